"""A clinic's flag settings: for the rules, for those who read flags, and for the settings page.

A clinic that has set nothing uses the defaults, which are our own proposals.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import get_language

from clinic.models import Clinic, User
from tracking.models import (
    ClinicClosure,
    ClinicHours,
    FlagResponse,
    FlagSwitch,
    FlagText,
    FlagThreshold,
)
from tracking.readings.texts import languages
from tracking.response_times import (
    RESPONSES,
    USUAL_HOURS,
    Closure,
    OpenHours,
    Response,
    due_at,
    next_opening,
)
from tracking.thresholds import DEFAULTS, SETTINGS, Thresholds
from tracking.vocabulary.concerns import FlagCode, Severity
from tracking.vocabulary.flags import SAID_TO_FAMILIES, ReaderKind
from tracking.wording.flags import DRAFTS

CLOSURES_TOLD_AHEAD = dt.timedelta(days=7)
"""Of days on which nobody is there a worried family reads this long before. Our own."""


@dataclass(frozen=True, slots=True)
class OpeningTimes:
    """When a clinic is open, by its own clock."""

    zone: str
    hours: tuple[OpenHours, ...]
    closures: tuple[Closure, ...]

    def next_opening(self, after: dt.datetime) -> dt.datetime | None:
        """When it first opens on a day, after an instant; None: not within a year."""
        return next_opening(after, hours=self.hours, closures=self.closures, zone=self.zone)


@dataclass(frozen=True, slots=True)
class Rules:
    """How a clinic's flags are read: its hours, response times, and what it has switched off."""

    zone: str
    hours: tuple[OpenHours, ...]
    closures: tuple[Closure, ...]
    responses: Mapping[Severity, Response]
    off: frozenset[FlagCode]

    def due_at(self, asked_at: dt.datetime, severity: Severity) -> dt.datetime | None:
        """When somebody has to have looked at a flag of this severity that goes to them at `asked_at`."""
        return due_at(
            asked_at,
            minutes=self.responses[severity].within_minutes,
            hours=self.hours,
            closures=self.closures,
            zone=self.zone,
        )


def thresholds_of(clinic_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Thresholds]:
    """The numbers of the rules in each clinic; one statement."""
    told: defaultdict[uuid.UUID, dict[str, float]] = defaultdict(dict)
    for row in latest_thresholds(clinic_ids):
        if row.value is not None:
            told[row.clinic_id][row.name] = float(row.value)
    return {clinic_id: Thresholds.of(told[clinic_id]) for clinic_id in clinic_ids}


def opening_times_of(clinic_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, OpeningTimes]:
    """When each clinic is open; three statements."""
    wanted = list(set(clinic_ids))
    hours: defaultdict[uuid.UUID, list[OpenHours]] = defaultdict(list)
    for row in hours_in_force(wanted):
        hours[row.clinic_id].append(OpenHours(row.weekday, row.opens, row.closes))
    closures: defaultdict[uuid.UUID, list[Closure]] = defaultdict(list)
    for closure in closures_in_force(wanted):
        closures[closure.clinic_id].append(Closure(closure.from_on, closure.until_on))
    return {
        clinic_id: OpeningTimes(zone, tuple(hours[clinic_id]) or USUAL_HOURS, tuple(closures[clinic_id]))
        for clinic_id, zone in Clinic.objects.filter(pk__in=wanted).values_list("pk", "zone")
    }


def rules_of(clinic_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Rules]:
    """How each clinic's flags are read; five statements."""
    wanted = list(set(clinic_ids))
    responses: defaultdict[uuid.UUID, dict[Severity, Response]] = defaultdict(lambda: dict(RESPONSES))
    for set_to in latest_responses(wanted):
        responses[set_to.clinic_id][Severity(set_to.severity)] = Response(
            set_to.within_minutes,
            tuple(ReaderKind(kind) for kind in set_to.readers),
            set_to.owner_id,
        )
    off: defaultdict[uuid.UUID, set[FlagCode]] = defaultdict(set)
    for switch in switched_off(wanted):
        off[switch.clinic_id].add(FlagCode(switch.code))
    return {
        clinic_id: Rules(
            zone=times.zone,
            hours=times.hours,
            closures=times.closures,
            responses=responses[clinic_id],
            off=frozenset(off[clinic_id]),
        )
        for clinic_id, times in opening_times_of(wanted).items()
    }


# ---- rows, the latest of each ---------------------------------------------------------------------------


def latest_thresholds(clinic_ids: Collection[uuid.UUID]) -> list[FlagThreshold]:
    rows = FlagThreshold.objects.filter(clinic__in=list(clinic_ids)).select_related("set_by")
    return list(rows.order_by("clinic_id", "name", "-set_at", "-id").distinct("clinic_id", "name"))


def latest_responses(clinic_ids: Collection[uuid.UUID]) -> list[FlagResponse]:
    rows = FlagResponse.objects.filter(clinic__in=list(clinic_ids))
    return list(rows.order_by("clinic_id", "severity", "-set_at", "-id").distinct("clinic_id", "severity"))


def switched_off(clinic_ids: Collection[uuid.UUID]) -> list[FlagSwitch]:
    """What is off now, with who switched it off and why."""
    rows = FlagSwitch.objects.filter(clinic__in=list(clinic_ids)).select_related("set_by")
    latest = rows.order_by("clinic_id", "code", "-set_at", "-id").distinct("clinic_id", "code")
    return [row for row in latest if not row.is_on]


def hours_in_force(clinic_ids: Collection[uuid.UUID]) -> list[ClinicHours]:
    rows = ClinicHours.objects.filter(ended_at__isnull=True, clinic__in=list(clinic_ids))
    return list(rows.order_by("weekday", "opens", "id"))


@dataclass(frozen=True, slots=True)
class OpenDays:
    """Weekdays (Monday is 0) on which a clinic is open from one wall time until another."""

    weekdays: tuple[int, ...]
    opens: dt.time
    closes: dt.time


def hours_set_by(clinic: Clinic) -> tuple[OpenDays, ...]:
    """The hours a clinic has set, days of the same hours together; empty where it has set none."""
    days: defaultdict[tuple[dt.time, dt.time], list[int]] = defaultdict(list)
    for row in hours_in_force([clinic.pk]):
        days[row.opens, row.closes].append(row.weekday)
    return tuple(OpenDays(tuple(weekdays), *times) for times, weekdays in days.items())


def closures_in_force(clinic_ids: Collection[uuid.UUID]) -> list[ClinicClosure]:
    rows = ClinicClosure.objects.filter(ended_at__isnull=True, clinic__in=list(clinic_ids))
    return list(rows.order_by("from_on", "id"))


def closures_ahead(clinic: Clinic, *, on: dt.date) -> tuple[Closure, ...]:
    """When a clinic is closed from a local day on and in the week after it, soonest first; one statement."""
    return tuple(
        Closure(row.from_on, row.until_on)
        for row in closures_in_force([clinic.pk])
        if row.until_on >= on and row.from_on <= on + CLOSURES_TOLD_AHEAD
    )


# ---- texts ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class AdoptedText:
    """What a clinic's families read about a code, and who answers for it."""

    text: str
    language: str
    name: str
    credential: str
    at: dt.datetime


def adopted_texts(clinic_id: uuid.UUID, language: str) -> dict[FlagCode, AdoptedText]:
    """The texts a clinic has adopted, in the language nearest to a reader's; one statement.

    A code without one says nothing to a family.
    """
    rows = FlagText.objects.filter(clinic=clinic_id, adopted_at__isnull=False)
    latest = rows.order_by("code", "language", "-number", "-id").distinct("code", "language")
    chain = languages(language)
    found: dict[FlagCode, FlagText] = {}
    for row in sorted(
        latest, key=lambda row: chain.index(row.language) if row.language in chain else len(chain)
    ):
        found.setdefault(FlagCode(row.code), row)
    return {
        code: AdoptedText(
            text=row.text,
            language=row.language,
            name=row.adopted_name,
            credential=row.adopted_credential,
            at=row.adopted_at,
        )
        for code, row in found.items()
        if row.adopted_at is not None
    }


def latest_texts(clinic_id: uuid.UUID, language: str) -> dict[FlagCode, FlagText]:
    """The latest version of each text as it is being worked on, adopted or not; one statement."""
    rows = FlagText.objects.filter(clinic=clinic_id, language=language)
    return {FlagCode(row.code): row for row in rows.order_by("code", "-number", "-id").distinct("code")}


# ---- everything that is set, for an app ----


@dataclass(frozen=True, slots=True)
class Number:
    """One number of the rule of `code`; `is_set`: the clinic's own, else our default."""

    name: str
    code: FlagCode
    value: float
    default: float
    least: float
    most: float
    is_set: bool


@dataclass(frozen=True, slots=True)
class ResponseTo:
    """How soon a severity is looked at, and by whom in which order; `owner` None: every owner."""

    severity: Severity
    within_minutes: int
    readers: tuple[ReaderKind, ...]
    owner: uuid.UUID | None


@dataclass(frozen=True, slots=True)
class TextAbout:
    """What families are to read about a code: as it is being worked on, and as it was adopted last."""

    code: FlagCode
    text: str
    language: str
    is_adopted: bool
    adopted: AdoptedText | None


@dataclass(frozen=True, slots=True)
class FlagSettings:
    """All a clinic has set, or goes by where it has not."""

    hours: tuple[OpenHours, ...]
    is_usual: bool
    closures: tuple[ClinicClosure, ...]
    responses: tuple[ResponseTo, ...]
    numbers: tuple[Number, ...]
    off: tuple[FlagSwitch, ...]
    texts: tuple[TextAbout, ...]


def settings_of(clinic: Clinic) -> FlagSettings:
    """What is in force now, texts in the clinic's language; in a constant number of statements."""
    rules = rules_of([clinic.pk])[clinic.pk]
    set_to = set_thresholds_of(clinic)
    return FlagSettings(
        hours=rules.hours,
        is_usual=not hours_in_force([clinic.pk]),
        closures=tuple(closures_in_force([clinic.pk])),
        responses=tuple(
            ResponseTo(severity, told.within_minutes, told.readers, told.owner_id)
            for severity, told in ((each, rules.responses[each]) for each in Severity)
        ),
        numbers=tuple(_number(name, set_to.get(name)) for name in SETTINGS),
        off=tuple(switched_off([clinic.pk])),
        texts=_texts(clinic),
    )


def _number(name: str, set_to: Decimal | None) -> Number:
    setting, default = SETTINGS[name], float(getattr(DEFAULTS, name))
    return Number(
        name=name,
        code=setting.code,
        value=default if set_to is None else float(set_to),
        default=default,
        least=setting.least,
        most=setting.most,
        is_set=set_to is not None,
    )


def _texts(clinic: Clinic) -> tuple[TextAbout, ...]:
    """Of each code that families read about; before anybody wrote one, our draft wording."""
    written = latest_texts(clinic.pk, clinic.locale)
    spoken = adopted_texts(clinic.pk, clinic.locale)
    found = []
    for code in (one for one in FlagCode if one in SAID_TO_FAMILIES):
        row = written.get(code)
        found.append(
            TextAbout(
                code=code,
                text=row.text if row else str(DRAFTS[code]),
                language=row.language if row else get_language() or "en",
                is_adopted=row is not None and row.adopted_at is not None,
                adopted=spoken.get(code),
            )
        )
    return tuple(found)


# ---- the settings page ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class HoursPage:
    """When a clinic is open and who reads its flags; `is_usual`: it has set no hours of its own."""

    rules: Rules
    is_usual: bool
    closures: tuple[ClinicClosure, ...]
    owners: tuple[User, ...]
    unread_count: int


def set_thresholds_of(clinic: Clinic) -> dict[str, Decimal]:
    """The numbers a clinic has set itself, by name."""
    return {row.name: row.value for row in latest_thresholds([clinic.pk]) if row.value is not None}
