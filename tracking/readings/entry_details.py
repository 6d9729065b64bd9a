"""The details of each kind of entry, as plain values."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tracking.outcomes.points import latency_of
from tracking.readings.sight import Moment, moment
from tracking.sleep import Latency
from tracking.sync.bodies import EntryKind
from tracking.sync.building import BEDTIME_INSTANTS
from tracking.vocabulary.cues import Cue, SignMeaning, meaning
from tracking.vocabulary.programs import SessionOutcome


@dataclass(frozen=True, slots=True)
class SeenStep:
    """A step as it went; `step` is the program step's id, None where it was none of the program's."""

    step: uuid.UUID | None
    stroke: str
    is_done: bool
    seconds: int | None


@dataclass(frozen=True, slots=True)
class SeenSign:
    """A sign of the child's own, in the words it had when it was noted."""

    id: uuid.UUID
    asks_for: SignMeaning
    words: str
    language: str


@dataclass(frozen=True, slots=True)
class SeenCue:
    """A cue. Of a sign of the child's own, `code` is the cue that stood for it, empty: none did."""

    code: str
    moment: str
    at_seconds: int | None
    sign: SeenSign | None

    @property
    def asks_for(self) -> SignMeaning | None:
        """What it asks for; None for a code we do not know."""
        if self.sign is not None:
            return self.sign.asks_for
        return meaning(Cue(self.code)) if self.code in frozenset(Cue) else None


@dataclass(frozen=True, slots=True)
class SessionDetails:
    """What a session says; `minutes` None: nobody timed it."""

    outcome: SessionOutcome
    ended_by: str
    not_today_reason: str
    minutes: float | None
    state_before: str
    state_after: str
    steps: tuple[SeenStep, ...]
    cues: tuple[SeenCue, ...]
    product_kind: str
    product_name: str
    program_id: uuid.UUID | None
    program_version_id: uuid.UUID | None
    contact_id: uuid.UUID | None
    slot_number: int | None
    provider: str


@dataclass(frozen=True, slots=True)
class BedtimeDetails:
    """What a bedtime says. `latency` is computed, None where nothing told gives one.

    `is_in_progress`: lights are out, and nothing has been said yet of what followed.
    """

    routine_started: Moment | None
    massage_ended: Moment | None
    lights_out: Moment | None
    asleep: Moment | None
    still_awake: Moment | None
    nap_ended: Moment | None
    woke: Moment | None
    about_minutes: int | None
    latency: Latency | None
    is_in_progress: bool
    method: str
    resistance: int | None
    call_out_count: int | None
    location: str
    night_waking_count: int | None
    night_waking_minutes: int | None
    confounders: tuple[str, ...]
    accuracy: str


@dataclass(frozen=True, slots=True)
class SeenTried:
    """What was tried and whether it helped (empty: not told). `strategy` None: none that was prescribed.

    `name` is the strategy's own, in `language`; empty: what its code is called.
    """

    code: str
    helped: str
    strategy: uuid.UUID | None
    name: str
    language: str


@dataclass(frozen=True, slots=True)
class ObservationDetails:
    """What a touch observation says; intensity 0-4, None not told."""

    stimulus: str
    stimulus_text: str
    responses: tuple[str, ...]
    intensity: int | None
    recovery_minutes: int | None
    recovery_band: str
    is_not_settled: bool
    region: str
    expectedness: str
    touch_type: str
    setting: str
    people_present: str
    tried: tuple[SeenTried, ...]
    confounders: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StimulusDayDetails:
    tracked_stimulus_id: uuid.UUID
    stimulus: str
    label: str
    came_up: bool


Details = SessionDetails | BedtimeDetails | ObservationDetails | StimulusDayDetails

OWN: dict[EntryKind, tuple[str, ...]] = {
    EntryKind.SESSION: (
        "program_id",
        "program_version_id",
        "contact_id",
        "slot_number",
        "provider",
        "outcome",
        "ended_by",
        "not_today_reason",
        "minutes",
        "state_before",
        "state_after",
        "steps",
        "cues",
        "product_kind",
        "product_name",
    ),
    EntryKind.BEDTIME: (
        *BEDTIME_INSTANTS,
        "about_minutes",
        "method",
        "resistance",
        "call_out_count",
        "location",
        "night_waking_count",
        "night_waking_minutes",
        "confounders",
        "accuracy",
    ),
    EntryKind.OBSERVATION: (
        "stimulus",
        "stimulus_text",
        "responses",
        "intensity",
        "recovery_minutes",
        "recovery_band",
        "is_not_settled",
        "region",
        "expectedness",
        "touch_type",
        "setting",
        "people_present",
        "tried",
        "confounders",
    ),
    EntryKind.STIMULUS_DAY: (
        "tracked_stimulus_id",
        "tracked_stimulus__stimulus",
        "tracked_stimulus__label",
        "came_up",
    ),
}


def details_of(kind: EntryKind, row: Mapping[str, Any], *, is_elsewhere: bool) -> Details:
    if kind is EntryKind.SESSION:
        return _session(row)
    if kind is EntryKind.BEDTIME:
        return _bedtime(row, is_elsewhere=is_elsewhere)
    if kind is EntryKind.STIMULUS_DAY:
        return StimulusDayDetails(
            tracked_stimulus_id=row["tracked_stimulus_id"],
            stimulus=row["tracked_stimulus__stimulus"],
            label=row["tracked_stimulus__label"],
            came_up=row["came_up"],
        )
    told = {name: row[name] for name in OWN[EntryKind.OBSERVATION]}
    told |= {name: tuple(told[name]) for name in ("responses", "confounders")}
    return ObservationDetails(**(told | {"tried": tuple(seen_tried(one) for one in told["tried"])}))


def seen_tried(kept: Mapping[str, Any]) -> SeenTried:
    """One thing tried as an observation keeps it."""
    strategy = kept.get("strategy")
    return SeenTried(
        code=kept["code"],
        helped=kept["helped"],
        strategy=uuid.UUID(strategy["id"]) if strategy else None,
        name=strategy["name"] if strategy else "",
        language=strategy["language"] if strategy else "",
    )


def _session(row: Mapping[str, Any]) -> SessionDetails:
    told = {name: row[name] for name in OWN[EntryKind.SESSION]}
    told["outcome"] = SessionOutcome(told["outcome"])
    told["minutes"] = None if told["minutes"] is None else float(told["minutes"])
    told["steps"] = tuple(
        SeenStep(
            step=uuid.UUID(step["step"]) if step.get("step") else None,
            stroke=step.get("stroke", ""),
            is_done=bool(step.get("is_done")),
            seconds=step.get("seconds"),
        )
        for step in row["steps"]
    )
    told["cues"] = tuple(
        SeenCue(
            code=cue["code"],
            moment=cue.get("moment", ""),
            at_seconds=cue.get("at_seconds"),
            sign=_sign(cue["sign"]) if "sign" in cue else None,
        )
        for cue in row["cues"]
    )
    return SessionDetails(**told)


def _sign(kept: Mapping[str, str]) -> SeenSign:
    return SeenSign(
        id=uuid.UUID(kept["id"]),
        asks_for=SignMeaning(kept["asks_for"]),
        words=kept["words"],
        language=kept["language"],
    )


def _bedtime(row: Mapping[str, Any], *, is_elsewhere: bool) -> BedtimeDetails:
    moments: dict[str, Any] = {
        name.removesuffix("_at"): (
            None if row[name] is None else moment(row[name], row["zone"], is_elsewhere=is_elsewhere)
        )
        for name in BEDTIME_INSTANTS
    }
    told = {name: row[name] for name in OWN[EntryKind.BEDTIME] if name not in BEDTIME_INSTANTS}
    told["confounders"] = tuple(told["confounders"])
    followed = (row["asleep_at"], row["still_awake_at"], row["about_minutes"], row["woke_at"])
    return BedtimeDetails(
        **moments,
        **told,
        latency=latency_of(row),
        is_in_progress=row["lights_out_at"] is not None and all(one is None for one in followed),
    )
