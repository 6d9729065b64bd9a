"""Entries as a reader may see them: one shape for the diary, today, the API and the child page.

Rows are read with `.values()` through `visible_to`, so that both walls stand before anything is shaped.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from clinic.models import Child, User
from tracking.outcomes.points import latency_of
from tracking.readings.sight import Byline, Moment, Sight, moment, sight_of
from tracking.sleep import Latency
from tracking.sync.bodies import EntryKind
from tracking.sync.building import BEDTIME_INSTANTS, ROWS
from tracking.vocabulary.cues import Cue, SignMeaning, meaning
from tracking.vocabulary.programs import EntryFlag, EntryState, SessionOutcome
from tracking.vocabulary.reasons import NotTodayReason


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


@dataclass(frozen=True, slots=True)
class SeenEntry:
    """One entry's latest revision, as this reader may see it.

    `not_asked`: questions its day did not ask and it does not answer; any other that is empty had no answer.
    Of another household's entries `zone` and `received_at` are None and every moment has its wall time alone.
    `by` is who wrote it down; `told_by` who told it where that is somebody else, None where nobody is named.
    """

    kind: EntryKind
    client_id: uuid.UUID
    revision: int
    state: EntryState
    flags: tuple[str, ...]
    occurred: Moment
    precision: str
    part_of_day: str
    zone: str | None
    local_day: dt.date
    received_at: dt.datetime | None
    source: str
    door: str
    by: Byline
    told_by: Byline | None
    is_mine: bool
    is_on_behalf: bool
    may_revise: bool
    note: str
    language: str
    not_asked: tuple[str, ...]
    details: Details

    @property
    def is_withdrawn(self) -> bool:
        return self.state == EntryState.WITHDRAWN

    @property
    def is_late(self) -> bool:
        return EntryFlag.LOGGED_LATE in self.flags


@dataclass(frozen=True, slots=True)
class EntryPage:
    """Entries newest first, and where the next page begins: (local day, row id), None at the end."""

    entries: tuple[SeenEntry, ...]
    next_before: tuple[dt.date, uuid.UUID] | None


BASE = (
    "id",
    "client_id",
    "revision",
    "state",
    "flags",
    "occurred_at",
    "precision",
    "part_of_day",
    "zone",
    "local_day",
    "first_received_at",
    "received_at",
    "source",
    "door",
    "told_by_grant__user_id",
    "told_by_name",
    "reported_by_id",
    "reported_by__name",
    "is_on_behalf",
    "family_id",
    "note",
    "language",
    "not_asked",
)

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


def entries_between(
    sight: Sight,
    user: User,
    *,
    kinds: Iterable[EntryKind] = tuple(EntryKind),
    first: dt.date,
    last: dt.date,
    now: dt.datetime,
    with_withdrawn: bool = False,
) -> list[SeenEntry]:
    """The entries of local days from `first` to `last`, as their walls showed; one statement a kind."""
    found: list[SeenEntry] = []
    for kind in kinds:
        rows = _visible(kind, user, sight.child_id).filter(local_day__range=(first, last))
        if not with_withdrawn:
            rows = rows.filter(state=EntryState.RECORDED)
        found += [seen(kind, row, sight, now=now) for row in rows.values(*BASE, *OWN[kind])]
    return sorted(found, key=lambda entry: (entry.local_day, entry.occurred.wall, entry.client_id))


def page_of_entries(
    user: User,
    child: Child,
    kind: EntryKind,
    *,
    now: dt.datetime,
    limit: int = 50,
    before: tuple[dt.date, uuid.UUID] | None = None,
    first: dt.date | None = None,
    last: dt.date | None = None,
    with_withdrawn: bool = True,
    sight: Sight | None = None,
) -> EntryPage:
    """Entries of one kind, newest day first, in pages by key: three statements whatever the table's size,
    one where the reader's `sight` is known already.

    `first` and `last` narrow to local days, both included.
    """
    sight = sight or sight_of(user, child)
    rows = _visible(kind, user, child.pk)
    if first is not None:
        rows = rows.filter(local_day__gte=first)
    if last is not None:
        rows = rows.filter(local_day__lte=last)
    if not with_withdrawn:
        rows = rows.filter(state=EntryState.RECORDED)
    if before is not None:
        day, row_id = before
        # As a row comparison PostgreSQL walks the index; local_day <= day lets it start there.
        rows = rows.filter(local_day__lte=day).exclude(local_day=day, id__gte=row_id)
    taken = list(rows.order_by("-local_day", "-id").values(*BASE, *OWN[kind])[: limit + 1])
    shown = taken[:limit]
    last = shown[-1] if len(taken) > limit else None
    return EntryPage(
        entries=tuple(seen(kind, row, sight, now=now) for row in shown),
        next_before=None if last is None else (last["local_day"], last["id"]),
    )


def one_entry(
    user: User,
    child: Child,
    kind: EntryKind,
    client_id: uuid.UUID,
    *,
    now: dt.datetime,
    sight: Sight | None = None,
) -> SeenEntry | None:
    """The latest revision of one entry; None where `user` sees no such entry."""
    sight = sight or sight_of(user, child)
    row = _visible(kind, user, child.pk).filter(client_id=client_id).values(*BASE, *OWN[kind]).first()
    return None if row is None else seen(kind, row, sight, now=now)


def seen_row(entry: Any, kind: EntryKind, sight: Sight, *, now: dt.datetime) -> SeenEntry:
    """The shape of a row just written, without asking the database for it again."""
    row = {name: _reach(entry, name) for name in (*BASE, *OWN[kind])}
    return seen(kind, row, sight, now=now)


def seen(kind: EntryKind, row: Mapping[str, Any], sight: Sight, *, now: dt.datetime) -> SeenEntry:
    """The shape of one row read with `.values(*BASE, *OWN[kind])`."""
    reported_by_id, teller_id = row["reported_by_id"], row["told_by_grant__user_id"]
    is_elsewhere = teller_id != sight.user_id and sight.is_elsewhere(
        family_id=row["family_id"], reported_by_id=reported_by_id
    )
    return SeenEntry(
        kind=kind,
        client_id=row["client_id"],
        revision=row["revision"],
        state=EntryState(row["state"]),
        flags=tuple(row["flags"]),
        occurred=moment(row["occurred_at"], row["zone"], is_elsewhere=is_elsewhere),
        precision=row["precision"],
        part_of_day=row["part_of_day"],
        zone=None if is_elsewhere else row["zone"],
        local_day=row["local_day"],
        received_at=None if is_elsewhere else row["received_at"],
        source=row["source"],
        door=row["door"],
        by=sight.byline(reported_by_id=reported_by_id, name=row["reported_by__name"]),
        told_by=sight.teller(user_id=teller_id, name=row["told_by_name"], is_elsewhere=is_elsewhere),
        is_mine=reported_by_id == sight.user_id,
        is_on_behalf=row["is_on_behalf"],
        may_revise=sight.may_revise(
            reported_by_id=reported_by_id, first_received_at=row["first_received_at"], now=now
        ),
        note=row["note"],
        language=row["language"],
        not_asked=tuple(row["not_asked"]),
        details=_details(kind, _without_anothers_reason(row, sight), is_elsewhere=is_elsewhere),
    )


def is_not_up_to_it(entry: SeenEntry) -> bool:
    """Whether somebody said that they were not up to it: about themselves, for them and the team to know."""
    told = entry.details
    return isinstance(told, SessionDetails) and told.not_today_reason == NotTodayReason.NOT_UP_TO_IT


def _without_anothers_reason(row: Mapping[str, Any], sight: Sight) -> Mapping[str, Any]:
    """The row, without a reason that says how another caregiver is rather than how the child is."""
    if sight.is_team or row["reported_by_id"] == sight.user_id:
        return row
    if row.get("not_today_reason") != NotTodayReason.NOT_UP_TO_IT:
        return row
    return {**row, "not_today_reason": ""}


def _details(kind: EntryKind, row: Mapping[str, Any], *, is_elsewhere: bool) -> Details:
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


def _visible(kind: EntryKind, user: User, child_id: uuid.UUID) -> Any:
    return ROWS[kind].objects.current().visible_to(user).filter(child=child_id)


def _reach(entry: Any, path: str) -> Any:
    value = entry
    for name in path.split("__"):
        value = None if value is None else getattr(value, name)
    return value
