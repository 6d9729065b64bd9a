"""The content of each kind of entry, as the faces pass it to the services.

A body holds only what was reported; who, for which child and under which id are passed beside it. Codes are
plain text, because an unknown one is kept and flagged, never refused.
"""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum, unique

from tracking.vocabulary.cues import CueMoment
from tracking.vocabulary.programs import EntrySource, Precision, Provider


@unique
class EntryKind(StrEnum):
    """The kinds of entry; ids are unique per child across all of them."""

    SESSION = "session"
    BEDTIME = "bedtime"
    OBSERVATION = "observation"
    STIMULUS_DAY = "stimulus_day"


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryBody:
    """What every kind carries.

    `occurred_at` is aware, by the device's clock; known less exactly than to the minute, any instant of that
    local day, and for a part of it `part_of_day` says which. `source` is how the family told it; where that
    was not who writes it down, `told_by_grant` or `told_by_name` (of somebody without an account) says who it
    was. `zone` is the IANA name of where it happened, None: the household's. `sent_at` is what the device's
    clock showed when it sent this: it serves to place an entry whose time cannot have been, and is no part of
    what is compared when the same id comes again. `language` is that of its words; empty: the one its author
    reads.
    """

    occurred_at: dt.datetime | None = None
    precision: str = Precision.MINUTE
    part_of_day: str = ""
    source: str = EntrySource.APP
    told_by_grant: uuid.UUID | None = None
    told_by_name: str = ""
    zone: str | None = None
    sent_at: dt.datetime | None = None
    note: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepDone:
    """One step as it went: the program's step id, or the stroke's slug where it was none of the program's."""

    step: uuid.UUID | None = None
    stroke: str = ""
    is_done: bool = True
    seconds: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CueNoted:
    """One cue, `at_seconds` after the start where that was noted.

    `sign` is the id of the child's own sign that was tapped, `code` then the cue that stood for it, empty:
    whatever stands for it now.
    """

    code: str = ""
    moment: str = CueMoment.DURING
    at_seconds: int | None = None
    sign: uuid.UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """Something that was tried to make a touch easier, and whether it helped (empty: not told).

    `strategy` is the id of one that was prescribed for the child, else `code` says what it was.
    """

    code: str = ""
    strategy: uuid.UUID | None = None
    helped: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionBody(EntryBody):
    """A massage offered, or "not today". `occurred_at` is when it began.

    `program_version` None: the program that runs on that day. `ended_by` empty: the child where it was
    stopped or declined, completed where it was done. `minutes` None: nobody timed it. `contact`: the visit at
    which it was given.
    """

    outcome: str
    program_version: uuid.UUID | None = None
    slot_number: int | None = None
    contact: uuid.UUID | None = None
    provider: str = Provider.CAREGIVER
    ended_by: str = ""
    not_today_reason: str = ""
    minutes: Decimal | None = None
    state_before: str = ""
    state_after: str = ""
    steps: tuple[StepDone, ...] = ()
    cues: tuple[CueNoted, ...] = ()
    product_kind: str = ""
    product_name: str = ""
    not_asked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BedtimeBody(EntryBody):
    """One evening and its night. `occurred_at` None: lights out, else the first instant told.

    Told in calls of the same id: "in bed now" is `lights_out_at`, later "asleep now" `asleep_at` or "still
    awake when last seen" `still_awake_at`, each call carrying what was told before.
    """

    routine_started_at: dt.datetime | None = None
    massage_ended_at: dt.datetime | None = None
    lights_out_at: dt.datetime | None = None
    asleep_at: dt.datetime | None = None
    still_awake_at: dt.datetime | None = None
    about_minutes: int | None = None
    method: str = ""
    resistance: int | None = None
    call_out_count: int | None = None
    location: str = ""
    nap_ended_at: dt.datetime | None = None
    night_waking_count: int | None = None
    night_waking_minutes: int | None = None
    woke_at: dt.datetime | None = None
    confounders: tuple[str, ...] = ()
    accuracy: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservationBody(EntryBody):
    """One touch and the child's answer; intensity 0 where it came up and was fine."""

    stimulus: str
    stimulus_text: str = ""
    responses: tuple[str, ...] = ()
    intensity: int | None = None
    recovery_minutes: int | None = None
    recovery_band: str = ""
    is_not_settled: bool = False
    region: str = ""
    expectedness: str = ""
    touch_type: str = ""
    setting: str = ""
    people_present: str = ""
    tried: tuple[Tried, ...] = ()
    confounders: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StimulusDayBody(EntryBody):
    """Whether a tracked stimulus came up on the local day of `occurred_at`; its precision is `day`."""

    tracked_stimulus: uuid.UUID
    came_up: bool
    precision: str = Precision.DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcernBody(EntryBody):
    """Something that worries somebody. It is told once; what follows is a concern that names it.

    `temperature` is in `temperature_unit`, None where nobody measured; `answers` maps question codes to
    answer codes; `follows` is the id under which an earlier concern of the child was sent. `shown_version`
    and `shown_advice` are the rules and the advice a phone evaluated by itself.
    """

    kind: str
    follows: uuid.UUID | None = None
    temperature: Decimal | None = None
    temperature_unit: str = ""
    temperature_site: str = ""
    region: str = ""
    answers: tuple[tuple[str, str], ...] = ()
    product: str = ""
    shown_version: str = ""
    shown_advice: str = ""


CONCERN = "concern"
"""What a concern is called beside the kinds of entry, whose ids it shares: in receipts and addresses."""
