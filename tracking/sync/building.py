"""Builds unsaved rows from bodies, with the flags that follow from the body; used by services and the demo.

Nothing a parent logged is refused for being odd: unknown codes, long sessions and impossible times are kept
and flagged. Only what no row can hold is refused; the error names the field.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from typing import Any

from django.db import models

from clinic.errors import Invalid
from clinic.models import Child, Family, User
from tracking.ask_plan import Asked
from tracking.models import (
    Bedtime,
    ChildSign,
    ChildStrategy,
    Entry,
    MassageSession,
    StimulusDay,
    TactileObservation,
)
from tracking.models.programs import ProgramVersion
from tracking.sleep import sleep_onset_latency
from tracking.sync.arrival import MAY_BE_AHEAD, Placed, place
from tracking.sync.bodies import (
    BedtimeBody,
    CueNoted,
    EntryBody,
    EntryKind,
    ObservationBody,
    SessionBody,
    StimulusDayBody,
    Tried,
)
from tracking.vocabulary.asking import ASKED_WITH_A_MASSAGE, Question
from tracking.vocabulary.body import ObservationRegion
from tracking.vocabulary.cues import Cue, CueMoment
from tracking.vocabulary.programs import (
    EntryFlag,
    EntrySource,
    PartOfDay,
    Precision,
    ProductKind,
    Provider,
    SessionOutcome,
)
from tracking.vocabulary.reasons import NotTodayReason
from tracking.vocabulary.sleep import SleepAccuracy, SleepConfounder, SleepLocation, SleepMethod
from tracking.vocabulary.states import ArousalLevel, EndedBy, InfantState
from tracking.vocabulary.touch import (
    Accommodation,
    Confounder,
    Expectedness,
    Helped,
    RecoveryBand,
    Setting,
    Stimulus,
    TouchResponse,
    TouchType,
)

ODD_MINUTES = Decimal(240)
"""A session longer than this is kept and asked about. Our own."""

BEDTIME_INSTANTS = (
    "lights_out_at",
    "routine_started_at",
    "massage_ended_at",
    "asleep_at",
    "still_awake_at",
    "nap_ended_at",
    "woke_at",
)

PLACED_OR_REFERRED_TO = frozenset(
    {
        "occurred_at",
        "precision",
        "zone",
        "sent_at",
        "told_by_grant",
        "program_version",
        "contact",
        "tracked_stimulus",
    }
)

STATES = frozenset(InfantState) | frozenset(ArousalLevel)

KNOWN_CODES: dict[EntryKind, dict[str, frozenset[str]]] = {
    EntryKind.SESSION: {
        "provider": frozenset(Provider),
        "ended_by": frozenset(EndedBy),
        "not_today_reason": frozenset(NotTodayReason),
        "state_before": STATES,
        "state_after": STATES,
        "product_kind": frozenset(ProductKind),
    },
    EntryKind.BEDTIME: {
        "method": frozenset(SleepMethod),
        "location": frozenset(SleepLocation),
        "confounders": frozenset(SleepConfounder),
        "accuracy": frozenset(SleepAccuracy),
    },
    EntryKind.OBSERVATION: {
        "stimulus": frozenset(Stimulus),
        "responses": frozenset(TouchResponse),
        "recovery_band": frozenset(RecoveryBand),
        "region": frozenset(ObservationRegion),
        "expectedness": frozenset(Expectedness),
        "touch_type": frozenset(TouchType),
        "setting": frozenset(Setting),
        "confounders": frozenset(Confounder),
    },
    EntryKind.STIMULUS_DAY: {},
}

ROWS: dict[EntryKind, type[Entry]] = {
    EntryKind.SESSION: MassageSession,
    EntryKind.BEDTIME: Bedtime,
    EntryKind.OBSERVATION: TactileObservation,
    EntryKind.STIMULUS_DAY: StimulusDay,
}

KINDS: dict[type[EntryBody], EntryKind] = {
    SessionBody: EntryKind.SESSION,
    BedtimeBody: EntryKind.BEDTIME,
    ObservationBody: EntryKind.OBSERVATION,
    StimulusDayBody: EntryKind.STIMULUS_DAY,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Write:
    """The circumstances of one write: whose, under which id and revision, through which door, when."""

    child: Child
    by: User
    client_id: uuid.UUID
    revision: int
    door: str
    body_hash: str
    is_on_behalf: bool
    family: Family | None
    now: dt.datetime
    first_received_at: dt.datetime


def kind_of(body: EntryBody) -> EntryKind:
    return KINDS[type(body)]


def occurred(body: EntryBody) -> dt.datetime | None:
    """When it happened as the device says; of a bedtime that does not say, the first instant told."""
    if body.occurred_at is not None or not isinstance(body, BedtimeBody):
        return body.occurred_at
    told = (getattr(body, name) for name in BEDTIME_INSTANTS)
    return next((instant for instant in told if instant is not None), None)


def placed(
    body: EntryBody,
    *,
    zone: str,
    now: dt.datetime,
    first_received_at: dt.datetime,
    born_on: dt.date,
) -> Placed:
    """Where in time the body belongs; `zone` where it names none. Raises Invalid as `place` does."""
    occurred_at = occurred(body)
    if occurred_at is None:
        raise Invalid(field="occurred_at", allowed="instant_with_offset")
    _refuse_unknown("precision", body.precision, Precision)
    _refuse_unknown("source", body.source, EntrySource)
    if body.precision == Precision.PART_OF_DAY or body.part_of_day:
        _refuse_unknown("part_of_day", body.part_of_day, PartOfDay)
        _refuse_unknown("precision", body.precision, [Precision.PART_OF_DAY])
    return place(
        occurred_at,
        precision=body.precision,
        zone=body.zone or zone,
        sent_at=body.sent_at,
        now=now,
        first_received_at=first_received_at,
        born_on=born_on,
        is_night=isinstance(body, BedtimeBody),
    )


def build(
    body: EntryBody,
    *,
    write: Write,
    at: Placed,
    asked: Asked,
    version: ProgramVersion | None = None,
    signs: Mapping[uuid.UUID, ChildSign] | None = None,
    strategies: Mapping[uuid.UUID, ChildStrategy] | None = None,
    **references: Any,
) -> Entry:
    """The unsaved row of a body placed `at`, flagged for what the body alone shows to be odd.

    `asked` is what its local day's plan asks; `version` the program version a session answered; `signs` and
    `strategies` the child's that it names; `references` further row columns. Raises Invalid for a value that
    no row can hold, naming the field.
    """
    kind = kind_of(body)
    told = _told(body, signs or {}, strategies or {})
    own = {name: value for name, value in told.items() if name not in PLACED_OR_REFERRED_TO}
    own["language"] = body.language or write.by.writes_in
    for name in BEDTIME_INSTANTS:
        if own.get(name) is not None:
            own[name] += at.shift
    flags = [*at.flags, *_flags_of(kind, body, at=at, now=write.now)]
    if version is not None:
        references |= {"program_version": version, "program_id": version.program_id}
        if kind == EntryKind.SESSION and at.local_day < version.starts_on:
            flags.append(EntryFlag.BEFORE_PROGRAM)
    row = ROWS[kind](
        clinic_id=write.child.clinic_id,
        child=write.child,
        client_id=write.client_id,
        revision=write.revision,
        flags=[str(flag) for flag in flags],
        occurred_at=at.occurred_at,
        precision=body.precision,
        zone=at.zone,
        local_day=at.local_day,
        device_time=at.device_time,
        first_received_at=write.first_received_at,
        received_at=write.now,
        reported_by=write.by,
        is_on_behalf=write.is_on_behalf,
        door=write.door,
        family=write.family,
        body_hash=write.body_hash,
        **own | {"not_asked": not_asked(body, asked)},
        **references,
    )
    refuse_what_no_row_holds(row)
    return row


def _refuse_unknown(field: str, code: str, known: Iterable[str]) -> None:
    codes = [str(one) for one in known]
    if code not in codes:
        raise Invalid(field=field, allowed=codes)


def not_asked(body: EntryBody, asked: Asked) -> list[str]:
    """The questions of this kind of entry that its day's plan, or the app, left out and nobody answered.

    A bedtime or touch told although the plan has no such question carries that question.
    """
    if isinstance(body, BedtimeBody | ObservationBody):
        question = Question.BEDTIME if isinstance(body, BedtimeBody) else Question.TOUCH
        return [] if asked.asks(question) else [str(question)]
    if not isinstance(body, SessionBody) or body.outcome == SessionOutcome.NOT_TODAY:
        return []
    left_out = [*asked.leaves_out(ASKED_WITH_A_MASSAGE), *body.not_asked]
    return [str(code) for code in dict.fromkeys(left_out) if not getattr(body, code, None)]


def settled(body: EntryBody) -> EntryBody:
    """The body with what goes without saying: who ended a session that was stopped, declined or done."""
    if not isinstance(body, SessionBody) or body.ended_by:
        return body
    by_outcome: dict[str, EndedBy] = {
        SessionOutcome.DONE: EndedBy.COMPLETED,
        SessionOutcome.STOPPED: EndedBy.CHILD,
        SessionOutcome.DECLINED: EndedBy.CHILD,
    }
    return replace(body, ended_by=by_outcome.get(body.outcome, ""))


def _told(
    body: EntryBody,
    signs: Mapping[uuid.UUID, ChildSign],
    strategies: Mapping[uuid.UUID, ChildStrategy],
) -> dict[str, Any]:
    """The body's fields as row columns."""
    told = {field.name: getattr(body, field.name) for field in fields(body)}
    if isinstance(body, SessionBody):
        told["steps"] = [
            {
                "step": str(step.step) if step.step else None,
                "stroke": step.stroke,
                "is_done": step.is_done,
                "seconds": step.seconds,
            }
            for step in body.steps
        ]
        told["cues"] = [_cue(cue, signs) for cue in body.cues]
    if isinstance(body, ObservationBody):
        told["tried"] = [_tried(one, strategies) for one in body.tried]
    return {name: list(value) if isinstance(value, tuple) else value for name, value in told.items()}


def _cue(cue: CueNoted, signs: Mapping[uuid.UUID, ChildSign]) -> dict[str, Any]:
    """A cue as its session keeps it; a sign of the child's own with its words and its cue of that time."""
    told: dict[str, Any] = {"code": cue.code, "moment": cue.moment, "at_seconds": cue.at_seconds}
    if cue.sign is None:
        return told
    sign = signs[cue.sign]
    kept = {
        "id": str(sign.client_id),
        "asks_for": sign.asks_for,
        "words": sign.words,
        "language": sign.language,
    }
    return told | {"code": cue.code or sign.cue, "sign": kept}


def _tried(one: Tried, strategies: Mapping[uuid.UUID, ChildStrategy]) -> dict[str, Any]:
    """What was tried as its observation keeps it; a prescribed strategy as it was called then."""
    if one.strategy is None:
        return {"code": one.code, "helped": one.helped}
    strategy = strategies[one.strategy]
    kept = {"id": str(strategy.client_id), "name": strategy.name, "language": strategy.language}
    return {"code": strategy.code, "helped": one.helped, "strategy": kept}


def _flags_of(kind: EntryKind, body: EntryBody, *, at: Placed, now: dt.datetime) -> Iterable[EntryFlag]:
    if _has_unknown_code(kind, body):
        yield EntryFlag.UNKNOWN_CODE
    if _needs_review(body, at=at, now=now):
        yield EntryFlag.NEEDS_REVIEW


def _has_unknown_code(kind: EntryKind, body: EntryBody) -> bool:
    for name, known in KNOWN_CODES[kind].items():
        value = getattr(body, name)
        codes = value if isinstance(value, tuple) else (value,)
        if any(code and code not in known for code in codes):
            return True
    if isinstance(body, ObservationBody):
        return any(
            (one.code and one.code not in frozenset(Accommodation))
            or (one.helped and one.helped not in frozenset(Helped))
            for one in body.tried
        )
    if isinstance(body, SessionBody):
        return any(
            (cue.code not in frozenset(Cue) and not (cue.sign and not cue.code))
            or cue.moment not in frozenset(CueMoment)
            for cue in body.cues
        )
    return False


def _needs_review(body: EntryBody, *, at: Placed, now: dt.datetime) -> bool:
    """Whether somebody should look: a very long session, a night out of order or not yet over."""
    if isinstance(body, SessionBody):
        return body.minutes is not None and body.minutes > ODD_MINUTES
    if isinstance(body, BedtimeBody):
        instants = [getattr(body, name) for name in BEDTIME_INSTANTS]
        if any(one is not None and one + at.shift - now > MAY_BE_AHEAD for one in instants):
            return True
        latency = sleep_onset_latency(
            lights_out_at=body.lights_out_at,
            asleep_at=body.asleep_at,
            still_awake_at=body.still_awake_at,
            about_minutes=body.about_minutes,
        )
        return latency is not None and latency.needs_review
    return False


def refuse_what_no_row_holds(row: models.Model) -> None:
    """Raise Invalid for a text, number or outcome that the row's columns do not hold, naming the field."""
    for field in row._meta.concrete_fields:
        value = getattr(row, field.attname)
        if isinstance(field, models.CharField) and field.max_length and len(value) > field.max_length:
            raise Invalid(field=field.name, allowed="length", most=field.max_length)
        if isinstance(field, models.PositiveSmallIntegerField) and value is not None:
            most = 4 if field.name in ("intensity", "resistance") else 32767
            if not 0 <= value <= most:
                raise Invalid(field=field.name, allowed="range", least=0, most=most)
    if isinstance(row, MassageSession):
        if row.outcome not in frozenset(SessionOutcome):
            raise Invalid(field="outcome", allowed=[str(one) for one in SessionOutcome])
        if row.minutes is not None and not 0 <= row.minutes < 10_000:
            raise Invalid(field="minutes", allowed="range", least=0, most=9999)
