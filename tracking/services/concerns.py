"""Concerns: stored as told, answered with advice at once, and brought to the team's attention."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from clinic import audit
from clinic.ages import Age
from clinic.errors import Forbidden, IdAlreadyUsed, Invalid, Unseen
from clinic.models import Child, Precaution, User
from clinic.services import values
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.concern_advice import About, Advice, Told, advise
from tracking.models import Concern, MassageSession
from tracking.readings.concern_texts import rules
from tracking.readings.concerns import proposal_of, told_or_seen
from tracking.red_flags import Raised
from tracking.services import flagging, precautions
from tracking.services.entry_authors import Author, author_of, teller_of
from tracking.services.locks import one_at_a_time
from tracking.sync import building, receipts
from tracking.sync.arrival import Placed
from tracking.sync.bodies import CONCERN, ConcernBody
from tracking.vocabulary.body import ObservationRegion
from tracking.vocabulary.concerns import (
    ConcernAnswer,
    ConcernKind,
    ConcernQuestion,
    TemperatureSite,
    TemperatureUnit,
)
from tracking.vocabulary.programs import EntryFlag, ProductKind

PRODUCT_LOOKS_BACK = dt.timedelta(days=3)
"""A skin that reacts does so within days of what was put on it. Our own."""


class NothingToHeed(Invalid):
    """This concern proposes no precaution, or the region or product for one is missing."""

    code = "nothing_to_heed"


@dataclass(frozen=True, slots=True)
class Kept:
    """The concern, and whether this write only repeated one that had come before."""

    concern: Concern
    is_replay: bool


@transaction.atomic
def raise_concern(
    *, by: User, child: Child, client_id: uuid.UUID, entry: ConcernBody, door: str, now: dt.datetime
) -> Kept:
    """A concern, kept as told, with the advice of the rules here beside the one a phone showed.

    It raises the flag that the advice names, and a product that may have harmed the skin counts as an
    allergy from now on. The same id and body again is a replay. Raises Forbidden, IdAlreadyUsed (409),
    Invalid for a zone, time, number or text that cannot be, and for an earlier concern that `by` did not
    tell or may not see.
    """
    if not policy.may_raise_concern(by, child):
        raise Forbidden
    digest = receipts.body_hash(CONCERN, entry)
    one_at_a_time(child)
    if (known := receipts.receipts_of(child, client_id)).kept:
        kept = Concern.objects.filter(child=child, client_id=client_id, reported_by=by).first()
        if kept is None or known.of(body_hash=digest, base_revision=0) is None:
            raise IdAlreadyUsed(field="id")
        return Kept(kept, is_replay=True)
    concern, advice = _built(entry, author_of(by, child), child, client_id, door=door, now=now)
    concern.body_hash = digest
    building.refuse_what_no_row_holds(concern)
    concern.save(force_insert=True)
    receipts.keep_receipt(
        child=child,
        kind=CONCERN,
        client_id=client_id,
        base_revision=0,
        body_hash=digest,
        revision=1,
        now=now,
    )
    audit.record(
        AuditCode.RAISED_CONCERN,
        by=by,
        now=now,
        clinic_id=child.clinic_id,
        child=child,
        subject=concern,
        detail=concern.kind,
    )
    _raise_flag(concern, advice, now=now)
    if advice.is_product_stopped and concern.product and policy.may_record_precaution(by, child):
        heed(by=by, concern=concern, now=now)
    return Kept(concern, is_replay=False)


@transaction.atomic
def heed(*, by: User, concern: Concern, now: dt.datetime) -> Precaution:
    """The precaution that a concern proposes, in force from now on; the one that stands where there is one.

    Raises Forbidden, NothingToHeed.
    """
    if not policy.may_record_precaution(by, concern.child):
        raise Forbidden
    proposal = proposal_of(concern)
    if proposal is None:
        raise NothingToHeed
    region, substance = proposal.region, proposal.substance
    same = Precaution.objects.filter(
        child=concern.child, code=proposal.code, region=region, substance=substance
    )
    last = proposal.until_on or dt.date.max
    for row in same.order_by("id"):
        if (row.until_on or dt.date.max) >= last:
            return row
    day = date_format(concern.local_day, "DATE_FORMAT")
    return precautions.record_precaution(
        by=by,
        child=concern.child,
        code=proposal.code,
        region=region,
        substance=substance,
        until_on=proposal.until_on,
        note=_("From what a family told us on %(day)s.") % {"day": day},
        now=now,
    )


def _built(
    entry: ConcernBody, author: Author, child: Child, client_id: uuid.UUID, *, door: str, now: dt.datetime
) -> tuple[Concern, Advice]:
    teller = teller_of(author, child, entry)
    home = author.family or (teller.family if teller else None)
    zone = home.zone if home else child.clinic.zone
    at = building.placed(entry, zone=zone, now=now, first_received_at=now, born_on=child.born_on)
    told = Told(entry.kind, entry.temperature, entry.temperature_unit, dict(entry.answers))
    younger: Age = child.ages_on(at.local_day).younger
    advice = advise(rules(), told, About(younger, child.is_moving_about))
    concern = Concern(
        clinic_id=child.clinic_id,
        child=child,
        client_id=client_id,
        kind=entry.kind,
        follows=_earlier(entry.follows, author.user, child),
        flags=[str(flag) for flag in _flags_of(entry, at, advice)],
        occurred_at=at.occurred_at,
        precision=entry.precision,
        part_of_day=entry.part_of_day,
        zone=at.zone,
        local_day=at.local_day,
        device_time=at.device_time,
        received_at=now,
        reported_by=author.user,
        is_on_behalf=author.is_on_behalf,
        source=entry.source,
        door=door,
        told_by_grant=teller,
        told_by_name=entry.told_by_name,
        family=home,
        temperature=_storable(entry.temperature),
        temperature_unit=entry.temperature_unit,
        temperature_site=entry.temperature_site,
        region=entry.region,
        answers=dict(entry.answers),
        product=entry.product.strip() or _product_used(child, advice, at.occurred_at),
        note=entry.note,
        language=values.written_in(entry.language, author.user),
        rules_version=rules().version,
        advice=advice.key,
        level=advice.level,
        shown_version=entry.shown_version,
        shown_advice=entry.shown_advice,
    )
    return concern, advice


def _earlier(client_id: uuid.UUID | None, by: User, child: Child) -> Concern | None:
    if client_id is None:
        return None
    try:
        return told_or_seen(by, child, client_id)
    except Unseen:
        raise Invalid(field="follows", allowed="concern") from None


def _storable(temperature: Decimal | None) -> Decimal | None:
    if temperature is not None and not -999 < temperature < 999:
        raise Invalid(field="temperature", allowed="range", least=-998, most=998)
    return temperature


def _flags_of(entry: ConcernBody, at: Placed, advice: Advice) -> list[EntryFlag]:
    codes = (
        ({entry.kind}, ConcernKind),
        ({entry.temperature_unit} - {""}, TemperatureUnit),
        ({entry.temperature_site} - {""}, TemperatureSite),
        ({entry.region} - {""}, ObservationRegion),
        ({question for question, _ in entry.answers}, ConcernQuestion),
        ({answer for _, answer in entry.answers}, ConcernAnswer),
    )
    is_unknown = any(told - {str(one.value) for one in known} for told, known in codes)
    told = Told(entry.kind, entry.temperature, entry.temperature_unit)
    is_odd = entry.temperature is not None and rules().celsius(told) is None
    return [
        *at.flags,
        *([EntryFlag.UNKNOWN_CODE] if is_unknown else []),
        *([EntryFlag.NEEDS_REVIEW] if is_odd else []),
        *([EntryFlag.ADVICE_DIFFERS] if entry.shown_advice not in ("", advice.key) else []),
    ]


def _product_used(child: Child, advice: Advice, at: dt.datetime) -> str:
    """What was last on the hands before a skin reacted, where it was told; its kind where it has no name."""
    if not advice.is_product_stopped:
        return ""
    lately = MassageSession.objects.counted().filter(
        child=child, occurred_at__range=(at - PRODUCT_LOOKS_BACK, at)
    )
    with_product = lately.exclude(product_kind__in=("", ProductKind.NONE)).order_by("-occurred_at", "-id")
    used = with_product.values_list("product_name", "product_kind").first()
    return (used[0] or used[1])[:100] if used else ""


def _raise_flag(concern: Concern, advice: Advice, *, now: dt.datetime) -> None:
    if advice.flag is None:
        return
    told = Told(concern.kind, concern.temperature, concern.temperature_unit)
    celsius = rules().celsius(told)
    figures = () if celsius is None else (("celsius", float(celsius)),)
    flagging.raise_flags(
        {concern.child_id: [Raised(advice.flag, figures, graver=advice.severity)]},
        clinics={concern.child_id: concern.clinic_id},
        now=now,
    )
