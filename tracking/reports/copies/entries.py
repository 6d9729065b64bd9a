"""Tables of logged entries."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from tracking.models import TrackedStimulus
from tracking.readings.concerns import page_of_concerns
from tracking.readings.entries import SeenEntry, page_of_entries
from tracking.reports.copies.tables import ROWS_AT_ONCE, Column, Kind, Part, Table, Taker, paged, parts_of
from tracking.sync.bodies import EntryKind
from tracking.vocabulary.body import ObservationRegion
from tracking.vocabulary.concerns import (
    AdviceLevel,
    ConcernAnswer,
    ConcernKind,
    ConcernQuestion,
    TemperatureUnit,
)
from tracking.vocabulary.cues import Cue
from tracking.vocabulary.programs import (
    EntryFlag,
    EntrySource,
    EntryState,
    PartOfDay,
    Precision,
    ProductKind,
    SessionOutcome,
)
from tracking.vocabulary.reasons import NotTodayReason
from tracking.vocabulary.sleep import BedtimeResistance, SleepConfounder, SleepLocation, SleepMethod
from tracking.vocabulary.states import ArousalLevel, EndedBy, InfantState
from tracking.vocabulary.touch import Accommodation, Helped, Intensity, RecoveryBand, Stimulus, TouchResponse


def author(place: str = "by") -> tuple[Column, ...]:
    """Who wrote something down, as far as the taker may know."""
    return (
        Column("by", Kind.CODE, _("How its author is shown: you, by name, by role, or hidden"),
               _of_byline(place, "shown_as")),
        Column("by_role", Kind.CODE, _("A guardian, a caregiver, or the care team"),
               _of_byline(place, "role")),
        Column("by_name", Kind.TEXT, _("Its author; empty where only the role is shown"),
               _of_byline(place, "name")),
    )  # fmt: skip


def _of_byline(place: str, name: str) -> Any:
    return lambda row: getattr(getattr(row, place), name, None) if getattr(row, place) else None


MOMENT = (
    Column("wall", Kind.WALL, _("What clocks showed there"), "occurred.wall"),
    Column("at", Kind.INSTANT, _("When"), "occurred.at", empty=_("Of another household")),
    Column("precision", Kind.CODE, _("How exactly that is known"), codes=Precision),
    Column("part_of_day", Kind.CODE, _("The part of the day, where no more is known"), codes=PartOfDay),
    Column("zone", Kind.TEXT, _("Time zone of the place"), empty=_("Of another household")),
    Column("local_day", Kind.DAY, _("The day it counts for, there")),
    Column("received_at", Kind.INSTANT, _("When it arrived"), empty=_("Of another household")),
)

COMMON = (
    Column("id", Kind.ID, _("Of the entry"), "client_id"),
    Column("revision", Kind.WHOLE, _("How often it was told; the last telling is here")),
    Column("state", Kind.CODE, _("Recorded, or taken back: then it counts nowhere"), codes=EntryState),
    Column("flags", Kind.CODES, _("What was odd about it"), codes=EntryFlag),
    *MOMENT,
    Column("source", Kind.CODE, _("How it was told"), codes=EntrySource),
    *author(),
    Column("told_by_name", Kind.TEXT, _("Who told it, where somebody else wrote it down"),
           lambda row: row.told_by.name if row.told_by else ""),
    Column("is_mine", Kind.YES_NO, _("Whether you wrote it")),
    Column("is_on_behalf", Kind.YES_NO, _("Whether the clinic wrote it down for the family")),
    Column("note", Kind.TEXT, _("A note to it")),
    Column("language", Kind.TEXT, _("Of the note")),
    Column("not_asked", Kind.CODES, _("Questions that were not asked on that day")),
)  # fmt: skip


def _told(name: str, kind: Kind, says: Any, codes: Any = None, **more: Any) -> Column:
    """A column of what an entry of its kind tells."""
    return Column(name, kind, says, f"details.{name}", codes, **more)


def _clock(name: str, says: Any) -> Column:
    """What clocks showed at a moment of the evening; null where it was not told."""
    return Column(name, Kind.WALL, says, lambda row: getattr(getattr(row.details, name), "wall", None))


def _reading(kind: EntryKind) -> Callable[[Taker], Iterable[SeenEntry]]:
    """Of all entries of one kind that the taker may read, newest day first."""

    def read(taker: Taker) -> Iterable[SeenEntry]:
        def page(before: Any) -> tuple[Iterable[SeenEntry], Any]:
            found = page_of_entries(
                taker.user,
                taker.child,
                kind,
                now=taker.now,
                limit=ROWS_AT_ONCE,
                before=before,
                sight=taker.sight,
            )
            return found.entries, found.next_before

        return paged(page)

    return read


ENTRIES: Final = {kind: _reading(kind) for kind in EntryKind}


def _of(kind: EntryKind) -> Callable[[Taker], Iterable[SeenEntry]]:
    return lambda taker: taker.once(ENTRIES[kind])


def _parts(kind: EntryKind, name: str) -> Callable[[Taker], Iterable[Part]]:
    return parts_of(ENTRIES[kind], f"details.{name}")


def _part(name: str, kind: Kind, says: Any, codes: Any = None, **more: Any) -> Column:
    return Column(name, kind, says, f"part.{name}", codes, **more)


LEVELS = (0, 4)

STATES = (InfantState, ArousalLevel)
"""Which of them a state is of depends on the child's age then."""

OF_ENTRY = Column("entry", Kind.ID, _("The entry it is part of"), "whole.client_id")

SESSIONS = Table(
    "sessions",
    _("Massages: done, stopped, declined, and days on which it was not one for a massage"),
    (
        *COMMON,
        _told("outcome", Kind.CODE, _("How it went"), SessionOutcome),
        _told("ended_by", Kind.CODE, _("Who ended it early"), EndedBy),
        _told("not_today_reason", Kind.CODE, _("Why there was none"), NotTodayReason),
        _told("minutes", Kind.NUMBER, _("How long"), empty=_("Nobody timed it")),
        _told("state_before", Kind.CODE, _("The child before"), STATES),
        _told("state_after", Kind.CODE, _("The child after"), STATES),
        _told("product_kind", Kind.CODE, _("What was on the hands"), ProductKind),
        _told("product_name", Kind.TEXT, _("Its name")),
        _told("program_id", Kind.ID, _("The program it belongs to")),
        _told("program_version_id", Kind.ID, _("The version of the program it answered")),
        _told("slot_number", Kind.WHOLE, _("Its place in the day")),
        _told("contact_id", Kind.ID, _("The visit at which it was given")),
    ),
    _of(EntryKind.SESSION),
)

SESSION_STEPS = Table(
    "session_steps",
    _("The strokes of each massage, in order"),
    (
        OF_ENTRY,
        _part("step", Kind.ID, _("The step of the program"), empty=_("None of its")),
        _part("stroke", Kind.TEXT, _("The stroke, by its name in the library")),
        _part("is_done", Kind.YES_NO, _("Whether it was done")),
        _part("seconds", Kind.WHOLE, _("How long")),
    ),
    _parts(EntryKind.SESSION, "steps"),
)

SESSION_CUES = Table(
    "session_cues",
    _("What the child said without words"),
    (
        OF_ENTRY,
        _part("code", Kind.CODE, _("The cue"), Cue),
        _part("moment", Kind.CODE, _("Before, during or after")),
        _part("at_seconds", Kind.WHOLE, _("Seconds after the beginning")),
        Column("own_sign", Kind.TEXT, _("A sign of the child's own, in its words then"),
               lambda row: row.part.sign.words if row.part.sign else ""),
    ),
    _parts(EntryKind.SESSION, "cues"),
)  # fmt: skip

BEDTIMES = Table(
    "bedtimes",
    _("Evenings, from lights out to sleep, and the night after"),
    (
        *COMMON,
        _clock("routine_started", _("When the routine began")),
        _clock("massage_ended", _("When the massage was over")),
        _clock("lights_out", _("When it was bedtime")),
        _clock("asleep", _("When the child slept")),
        _clock("still_awake", _("When the child was last seen awake")),
        _clock("nap_ended", _("When the last nap ended")),
        _clock("woke", _("When the child woke in the morning")),
        _told("about_minutes", Kind.WHOLE, _("About how long falling asleep took, where no times were told")),
        Column("latency_minutes", Kind.NUMBER, _("Minutes from lights out to sleep, computed"),
               lambda row: row.details.latency.minutes if row.details.latency else None),
        Column("is_longer_than_that", Kind.YES_NO, _("Whether it was more than that: last seen awake"),
               lambda row: row.details.latency.is_more_than if row.details.latency else None),
        _told("method", Kind.CODE, _("How the child fell asleep"), SleepMethod),
        _told("resistance", Kind.CODE, _("How hard going to bed was"), BedtimeResistance, within=LEVELS),
        _told("call_out_count", Kind.WHOLE, _("How often the child called out")),
        _told("location", Kind.CODE, _("Where"), SleepLocation),
        _told("night_waking_count", Kind.WHOLE, _("How often the child woke at night")),
        _told("night_waking_minutes", Kind.WHOLE, _("For how long in all")),
        _told("confounders", Kind.CODES, _("What was unusual"), SleepConfounder),
    ),
    _of(EntryKind.BEDTIME),
)  # fmt: skip

OBSERVATIONS = Table(
    "observations",
    _("Touches and how the child answered"),
    (
        *COMMON,
        _told("stimulus", Kind.CODE, _("What touched"), Stimulus),
        _told("stimulus_text", Kind.TEXT, _("The same in own words")),
        _told("responses", Kind.CODES, _("How the child answered"), TouchResponse),
        _told("intensity", Kind.CODE, _("How strongly"), Intensity, within=LEVELS),
        _told("recovery_minutes", Kind.WHOLE, _("Minutes until settled")),
        _told("recovery_band", Kind.CODE, _("About how long until settled"), RecoveryBand),
        _told("is_not_settled", Kind.YES_NO, _("Not settled when last seen")),
        _told("region", Kind.CODE, _("Where on the body"), ObservationRegion),
        _told("expectedness", Kind.CODE, _("Whether the child saw it coming")),
        _told("touch_type", Kind.CODE, _("What kind of touch")),
        _told("setting", Kind.CODE, _("Where it was")),
        _told("people_present", Kind.CODE, _("Who was there")),
        _told("confounders", Kind.CODES, _("What was unusual")),
    ),
    _of(EntryKind.OBSERVATION),
)

OBSERVATIONS_TRIED = Table(
    "observations_tried",
    _("What was tried to make a touch easier"),
    (
        OF_ENTRY,
        _part("code", Kind.CODE, _("What was tried"), Accommodation),
        _part("helped", Kind.CODE, _("Whether it helped"), Helped),
        _part("strategy", Kind.ID, _("The strategy it is"), empty=_("None that was prescribed")),
        _part("name", Kind.TEXT, _("The strategy's name")),
    ),
    _parts(EntryKind.OBSERVATION, "tried"),
)

STIMULUS_DAYS = Table(
    "stimulus_days",
    _("Whether a touch that is asked about came up"),
    (
        *COMMON,
        _told("tracked_stimulus_id", Kind.ID, _("The touch that is asked about")),
        _told("stimulus", Kind.CODE, _("What it is"), Stimulus),
        _told("label", Kind.TEXT, _("The same in own words")),
        _told("came_up", Kind.YES_NO, _("Whether it came up")),
    ),
    _of(EntryKind.STIMULUS_DAY),
)


def _tracked(taker: Taker) -> Iterable[Any]:
    return TrackedStimulus.objects.visible_to(taker.user).of_child(taker.child)


TRACKED_STIMULI = Table(
    "tracked_stimuli",
    _("Touches that are or were asked about every day"),
    (
        Column("id", Kind.ID, _("Of the touch")),
        Column("stimulus", Kind.CODE, _("What it is"), codes=Stimulus),
        Column("label", Kind.TEXT, _("The same in own words")),
        Column("language", Kind.TEXT, _("Of those words")),
        Column("from_on", Kind.DAY, _("First day")),
        Column("until_on", Kind.DAY, _("Last day"), empty=_("It goes on")),
    ),
    _tracked,
)


def _concerns(taker: Taker) -> Iterable[Any]:
    def page(before: Any) -> Any:
        told = page_of_concerns(
            taker.user,
            taker.child,
            taker.sight,
            now=taker.now,
            language=taker.language,
            limit=ROWS_AT_ONCE,
            before=before,
        )
        return told.concerns, told.next_before

    return paged(page)


CONCERNS = Table(
    "concerns",
    _("What worried somebody, and what was advised then"),
    (
        Column("id", Kind.ID, _("Of the worry"), "client_id"),
        Column("kind", Kind.CODE, _("What it was"), codes=ConcernKind),
        Column("follows", Kind.ID, _("The worry it follows")),
        *MOMENT,
        Column("source", Kind.CODE, _("How it was told"), codes=EntrySource),
        *author(),
        Column("flags", Kind.CODES, _("What was odd about it"), codes=EntryFlag),
        Column("temperature", Kind.NUMBER, _("As it was read"), unit=_("as temperature_unit says")),
        Column("temperature_unit", Kind.CODE, _("In its unit"), codes=TemperatureUnit),
        Column("region", Kind.CODE, _("Where on the body"), codes=ObservationRegion),
        Column("product", Kind.TEXT, _("What was on the skin")),
        Column("note", Kind.TEXT, _("A note to it")),
        Column("language", Kind.TEXT, _("Of the note")),
        Column("advice_level", Kind.CODE, _("How urgent the advice was"), "advice.level", AdviceLevel),
        Column("advice", Kind.TEXT, _("What was advised"), "advice.text"),
    ),
    lambda taker: taker.once(_concerns),
)

CONCERN_ANSWERS = Table(
    "concern_answers",
    _("Questions to a worry, and what was answered"),
    (
        Column("concern", Kind.ID, _("The worry"), "whole.client_id"),
        Column("question", Kind.CODE, _("What was asked"), lambda row: row.part[0], ConcernQuestion),
        Column("answer", Kind.CODE, _("What was answered"), lambda row: row.part[1], ConcernAnswer),
    ),
    parts_of(_concerns, "answers"),
)

TABLES = (
    SESSIONS,
    SESSION_STEPS,
    SESSION_CUES,
    BEDTIMES,
    OBSERVATIONS,
    OBSERVATIONS_TRIED,
    STIMULUS_DAYS,
    TRACKED_STIMULI,
    CONCERNS,
    CONCERN_ANSWERS,
)
