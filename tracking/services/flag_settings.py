"""A clinic's flag settings: thresholds, disabled flags, texts, opening hours, response times, readers.

Nothing is overwritten: each change adds a row and the latest counts, so it is known what applied when.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from django.db import transaction

from clinic import audit
from clinic.errors import Conflict, Forbidden, Invalid
from clinic.models import Clinic, ClinicMembership, User
from clinic.vocabulary import AuditCode, Role
from tracking import policy
from tracking.models import (
    ClinicClosure,
    ClinicHours,
    FlagResponse,
    FlagSwitch,
    FlagText,
    FlagThreshold,
)
from tracking.readings.flag_readers import unread_children
from tracking.readings.flag_settings import Rules, latest_thresholds, rules_of
from tracking.red_flags import SEVERITIES
from tracking.response_times import MOST_MINUTES, OpenHours, Response
from tracking.services.allowed import in_range, one_of, short_text
from tracking.services.offering import CredentialNeeded
from tracking.thresholds import DEFAULTS, ORDERED, SETTINGS
from tracking.vocabulary.concerns import MEDICAL_FLAGS, FlagCode, Severity
from tracking.vocabulary.flags import NEEDS_A_READER, SAID_TO_FAMILIES, ReaderKind

MEDICAL_REASON = 20
LONGEST_TEXT = 1000
MOST_HOURS_A_WEEK = 28
FARTHEST_CLOSURE = dt.timedelta(days=800)


class NobodyReads(Conflict):
    """Nobody would read urgent flags: `count` children have no reader in the order that is set."""

    code = "nobody_reads"


class AlreadyAdopted(Conflict):
    """This version of the text is adopted already; a new wording needs a new version."""

    code = "already_adopted"


# ---- numbers, and what is off ---------------------------------------------------------------------------


@transaction.atomic
def set_thresholds(
    *, by: User, clinic: Clinic, values: Mapping[str, float | None], now: dt.datetime
) -> list[FlagThreshold]:
    """The numbers that changed, in force from now on; None goes back to the default.

    Raises Invalid naming the number and its range, or the two that would contradict each other; Forbidden.
    """
    _demand(by, clinic)
    told = {row.name: row.value for row in latest_thresholds([clinic.pk])}
    for name, value in values.items():
        if name not in SETTINGS:
            raise Invalid(field="name", allowed=sorted(SETTINGS))
        setting = SETTINGS[name]
        if value is not None and not setting.least <= value <= setting.most:
            raise Invalid(field=name, allowed="range", least=setting.least, most=setting.most)
    wanted = {**told, **values}

    def value_of(name: str) -> float:
        value = wanted.get(name)
        return float(getattr(DEFAULTS, name) if value is None else value)

    for lesser, greater in ORDERED:
        if value_of(lesser) > value_of(greater):
            raise Invalid(field=lesser, allowed="no_more_than", than=greater)
    rows = [
        FlagThreshold(clinic=clinic, name=name, value=value, set_by=by, set_at=now)
        for name, value in values.items()
        if (None if value is None else float(value)) != _number(told.get(name))
    ]
    FlagThreshold.objects.bulk_create(rows)
    for row in rows:
        _tell(by, clinic, row, now, row.name)
    return rows


@transaction.atomic
def switch_flag(
    *, by: User, clinic: Clinic, code: str, is_on: bool, now: dt.datetime, reason: str = ""
) -> FlagSwitch | None:
    """A rule switched off or on; None where it is so already.

    A medical one goes off with a reason of 20 characters, which every reader of flags then sees. An urgent
    one goes on only where somebody reads it. Raises Invalid, NobodyReads (409), Forbidden.
    """
    _demand(by, clinic)
    one_of("code", code, FlagCode)
    known = FlagCode(code)
    rules = _held(clinic)
    if is_on == (known not in rules.off):
        return None
    least = MEDICAL_REASON if known in MEDICAL_FLAGS and not is_on else 0
    reason = short_text("reason", reason, least=least, most=300)
    if is_on and SEVERITIES[known] in NEEDS_A_READER:
        _demand_readers(clinic, rules, SEVERITIES[known])
    row = FlagSwitch.objects.create(
        clinic=clinic,
        code=known,
        is_on=is_on,
        reason=reason,
        language=by.writes_in,
        set_by=by,
        set_at=now,
    )
    _tell(by, clinic, row, now, f"{code}_{'on' if is_on else 'off'}")
    return row


# ---- texts ----------------------------------------------------------------------------------------------


@transaction.atomic
def write_text(
    *, by: User, clinic: Clinic, code: str, language: str, text: str, now: dt.datetime
) -> FlagText:
    """The next version of what families read about `code`: draft wording until somebody adopts it.

    Raises Invalid for a code families read nothing about, or a text too short or long; Forbidden.
    """
    if not policy.may_write_flag_text(by, clinic):
        raise Forbidden
    if code not in SAID_TO_FAMILIES:
        raise Invalid(field="code", allowed=sorted(SAID_TO_FAMILIES))
    text = short_text("text", text, least=1, most=LONGEST_TEXT)
    Clinic.objects.select_for_update(of=("self",), no_key=True).get(pk=clinic.pk)
    versions = FlagText.objects.filter(clinic=clinic, code=code, language=language)
    latest = versions.order_by("-number", "-id").first()
    if latest is not None and latest.text == text:
        return latest
    row = FlagText.objects.create(
        clinic=clinic,
        code=code,
        language=language,
        number=(latest.number if latest else 0) + 1,
        text=text,
        written_by=by,
        written_at=now,
    )
    _tell(by, clinic, row, now, f"{code}_text")
    return row


@transaction.atomic
def adopt_text(*, by: User, text: FlagText, credential: str, now: dt.datetime) -> FlagText:
    """The text speaks to families from now on, under a person's name, credential and this day.

    Raises CredentialNeeded (409), AlreadyAdopted (409), Forbidden.
    """
    row = FlagText.objects.select_for_update(of=("self",)).select_related("clinic").get(pk=text.pk)
    if not policy.may_adopt_flag_text(by, row.clinic):
        raise Forbidden
    memberships = ClinicMembership.objects.active().filter(clinic=row.clinic, user=by)
    membership = memberships.order_by("started_at", "id").first()
    if membership is None or credential not in membership.credentials:
        raise CredentialNeeded(field="credential")
    if row.adopted_at is not None:
        raise AlreadyAdopted
    row.adopted_by, row.adopted_at = by, now
    row.adopted_name, row.adopted_credential = by.name, credential
    row.save(update_fields=["adopted_by", "adopted_at", "adopted_name", "adopted_credential"])
    audit.record(
        AuditCode.ADOPTED_WORDING, by=by, now=now, clinic_id=row.clinic_id, subject=row, detail=row.code
    )
    return row


@transaction.atomic
def write_and_adopt_text(
    *, by: User, clinic: Clinic, code: str, language: str, text: str, credential: str, now: dt.datetime
) -> FlagText:
    """The text as it is told now, adopted at once: one page, one button. Raises as the two verbs do."""
    row = write_text(by=by, clinic=clinic, code=code, language=language, text=text, now=now)
    return adopt_text(by=by, text=row, credential=credential, now=now)


# ---- hours, response times, readers ---------------------------------------------------------------------


@transaction.atomic
def set_hours(*, by: User, clinic: Clinic, hours: Sequence[OpenHours], now: dt.datetime) -> None:
    """The clinic's hours from now on, instead of those before; flags that are up keep their times.

    Raises Invalid (`hours`) where there are none, one ends before it begins, or two overlap; Forbidden.
    """
    _demand(by, clinic)
    in_order = sorted(hours, key=lambda one: (one.weekday, one.opens))
    if not 1 <= len(in_order) <= MOST_HOURS_A_WEEK:
        raise Invalid(field="hours", allowed="at_least_one_day")
    for one in in_order:
        in_range("weekday", one.weekday, 0, 6)
        if one.opens >= one.closes:
            raise Invalid(field="closes", allowed="after_the_beginning")
    for one, following in pairwise(in_order):
        if one.weekday == following.weekday and following.opens < one.closes:
            raise Invalid(field="opens", allowed="after_the_hours_before")
    ClinicHours.objects.filter(ended_at__isnull=True, clinic=clinic).update(ended_at=now)
    rows = [
        ClinicHours(
            clinic=clinic, weekday=one.weekday, opens=one.opens, closes=one.closes, set_by=by, set_at=now
        )
        for one in in_order
    ]
    ClinicHours.objects.bulk_create(rows)
    _tell(by, clinic, rows[0], now, "hours")


@transaction.atomic
def add_closure(
    *,
    by: User,
    clinic: Clinic,
    from_on: dt.date,
    now: dt.datetime,
    until_on: dt.date | None = None,
    reason: str = "",
) -> ClinicClosure:
    """Days on which the clinic is closed, both ends included. Raises Invalid naming the day, Forbidden."""
    _demand(by, clinic)
    last = until_on or from_on
    if last < from_on:
        raise Invalid(field="until_on", allowed="not_before_the_first_day")
    if last - now.date() > FARTHEST_CLOSURE:
        raise Invalid(field="until_on", allowed="within_days_of_today", most=FARTHEST_CLOSURE.days)
    row = ClinicClosure.objects.create(
        clinic=clinic,
        from_on=from_on,
        until_on=last,
        reason=short_text("reason", reason),
        language=by.writes_in,
        set_by=by,
        set_at=now,
    )
    _tell(by, clinic, row, now, "closure")
    return row


@transaction.atomic
def end_closure(*, by: User, closure: ClinicClosure, now: dt.datetime) -> None:
    """The clinic is open on these days after all. Raises Forbidden."""
    _demand(by, closure.clinic)
    if ClinicClosure.objects.filter(ended_at__isnull=True, pk=closure.pk).update(ended_at=now):
        _tell(by, closure.clinic, closure, now, "closure_ended")


@transaction.atomic
def set_response(
    *,
    by: User,
    clinic: Clinic,
    severity: str,
    within_minutes: int,
    readers: Sequence[str],
    now: dt.datetime,
    owner: User | None = None,
) -> FlagResponse:
    """How soon a severity is looked at and by whom in which order, for flags raised from now on.

    `owner` is the one owner who reads; None: every owner. Raises Invalid naming the field, NobodyReads (409)
    where an urgent severity would be left without a reader, Forbidden.
    """
    _demand(by, clinic)
    one_of("severity", severity, Severity)
    of = Severity(severity)
    if not 5 <= within_minutes <= MOST_MINUTES[of]:
        raise Invalid(field="within_minutes", allowed="range", least=5, most=MOST_MINUTES[of])
    if not readers:
        raise Invalid(field="readers", allowed="not_empty")
    if len(set(readers)) < len(readers) or not set(readers) <= set(ReaderKind):
        raise Invalid(field="readers", allowed=[str(kind) for kind in ReaderKind])
    owners = ClinicMembership.objects.active().filter(clinic=clinic).with_role(Role.OWNER)
    if owner is not None and not owners.filter(user=owner).exists():
        raise Invalid(field="owner", allowed="owner_of_the_clinic")
    rules = _held(clinic)
    response = Response(
        within_minutes, tuple(ReaderKind(kind) for kind in readers), owner.pk if owner else None
    )
    if of in NEEDS_A_READER and _is_any_on(rules, of):
        _demand_readers(clinic, replace(rules, responses={**rules.responses, of: response}), of)
    row = FlagResponse.objects.create(
        clinic=clinic,
        severity=of,
        within_minutes=within_minutes,
        readers=[str(kind) for kind in response.readers],
        owner=owner,
        set_by=by,
        set_at=now,
    )
    _tell(by, clinic, row, now, str(of))
    return row


# ---- steps ----------------------------------------------------------------------------------------------


def _is_any_on(rules: Rules, severity: Severity) -> bool:
    return any(SEVERITIES[code] == severity and code not in rules.off for code in FlagCode)


def _demand_readers(clinic: Clinic, rules: Rules, severity: Severity) -> None:
    unread = unread_children({clinic.pk: rules}, [severity]).get(clinic.pk, [])
    if unread:
        raise NobodyReads(count=len(unread))


def _held(clinic: Clinic) -> Rules:
    """The clinic's rules, held: of two who change them at once the second sees what the first did."""
    Clinic.objects.select_for_update(of=("self",), no_key=True).get(pk=clinic.pk)
    return rules_of([clinic.pk])[clinic.pk]


def _number(value: object) -> float | None:
    return None if value is None else float(str(value))


def _demand(by: User, clinic: Clinic) -> None:
    if not policy.may_change_flag_settings(by, clinic):
        raise Forbidden


def _tell(by: User, clinic: Clinic, row: object, now: dt.datetime, detail: str) -> None:
    audit.record(
        AuditCode.CHANGED_FLAG_RULES, by=by, now=now, clinic_id=clinic.pk, subject=row, detail=detail
    )
