"""What is due today in one household, what is done, and how the last days went.

A family reads counts of evenings, never a percentage; nothing is due for a child in hospital or one who has
died.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from clinic.localtime import local_day, night_of, to_instant
from clinic.models import Child, Family, Precaution, RoutineTime, User
from clinic.vocabulary import StopSensitivity
from clinic.whereabouts import Whereabouts, whereabouts
from tracking.ask_plan import Asked
from tracking.models import Contact
from tracking.models.supervision import is_unsigned
from tracking.outcomes.plans import Plan, PlannedSchedule, PlanVersion, plans_of, pure_schedule
from tracking.outcomes.sessions import SessionFact, sessions_of
from tracking.outcomes.summaries import NOfN
from tracking.readings.advice import Advised, advised
from tracking.readings.after_care import Ended, care_ended
from tracking.readings.asking import asked_on, tracked_stimuli
from tracking.readings.checkins import CheckInDue, Support, own_week, support_of
from tracking.readings.contacts import next_contact
from tracking.readings.entries import SeenEntry, entries_between, is_not_up_to_it
from tracking.readings.entry_details import BedtimeDetails, StimulusDayDetails
from tracking.readings.home_days import is_untaught
from tracking.readings.messages import unread_count
from tracking.readings.safe_sleep import asks_safe_sleep, safe_sleep_text
from tracking.readings.sight import Byline, ShownAs, Sight, called, sight_of
from tracking.readings.signs import SignReading, signs_of
from tracking.readings.so_far import (
    RECENT_DAYS,
    is_evenings,
    known,
    offered_this_week,
    recent,
    week_done,
)
from tracking.readings.stopping import stop_sensitivity
from tracking.schedule import due_slots
from tracking.slots import DaySlot, SlotKey, fill, usual_part
from tracking.sync.bodies import EntryKind
from tracking.vocabulary.asking import Question
from tracking.vocabulary.programs import Phase, Provider, SessionOutcome


@dataclass(frozen=True, slots=True)
class SlotDone:
    """What filled a slot. `entry` is None if the reader may only know that it happened."""

    outcome: SessionOutcome
    by: Byline
    entry: uuid.UUID | None


@dataclass(frozen=True, slots=True)
class TodaySlot:
    """A slot of today. `clock_time` is the household's for this anchor; None: it has set none.

    `is_suggested`: any day of the week will do, and today is one. `done` None: nothing is logged yet.
    """

    number: int
    anchor: str
    anchor_name: str
    clock_time: dt.time | None
    at: dt.datetime | None
    is_suggested: bool
    done: SlotDone | None


@dataclass(frozen=True, slots=True)
class TodayProgram:
    """One running program today, in `week` of `weeks_in_all` (None before the start; no total if open-ended).

    `slots` is empty during a pause or the baseline, and on a day that asks for nothing; while the child is at
    another home it holds only what is done. `begins_on` is a future first day, `ended_on` a past last day;
    `is_waitlist`: only a diary so far. `recent` counts, of the last seven, the evenings or days
    (`is_evenings`) that were asked for; None before the first. `week_done` is for programs that count by the
    week.
    """

    program_id: uuid.UUID
    version_id: uuid.UUID
    version_number: int
    title: str
    title_language: str
    phase: Phase | None
    week: int | None
    weeks_in_all: int | None
    begins_on: dt.date | None
    ended_on: dt.date | None
    is_waitlist: bool
    is_paused: bool
    minutes: int | None
    minutes_kind: str
    target_states: tuple[str, ...]
    slots: tuple[TodaySlot, ...]
    extra: tuple[SlotDone, ...]
    recent: NOfN | None
    is_evenings: bool
    week_done: NOfN | None


@dataclass(frozen=True, slots=True)
class AskedStimulus:
    """A touch asked about today; `label` is the family's own name for it, in `language`, if there is one.

    `came_up` None: not answered yet. `answer` is the answering entry.
    """

    id: uuid.UUID
    stimulus: str
    label: str
    language: str
    came_up: bool | None
    answer: SeenEntry | None


@dataclass(frozen=True, slots=True)
class Today:
    """A child's day in one household, as this reader may see it.

    `plan` is what is asked today besides the touches in `asked`; nothing if the child is resting. `ended`
    says how care ended; None while it goes on, and for a child in hospital or who has died.

    `is_excused`: the day is excluded from what was asked. `may_be_excused`: this reader may exclude it.

    `check_in` is this caregiver's own week, `support` a message to them if it was hard. `safe_sleep` is the
    safe-sleep line, on a day with an evening routine; empty if it does not apply. `is_quiet`: they said that
    they are not up to it tonight, and nothing more is offered.
    """

    child_id: uuid.UUID
    child_name: str
    family_id: uuid.UUID | None
    zone: str
    on: dt.date
    night: dt.date
    is_here: bool
    is_resting: bool
    is_excused: bool
    may_be_excused: bool
    ended: Ended | None
    stop_sensitivity: StopSensitivity
    signs: tuple[SignReading, ...]
    precautions: tuple[str, ...]
    spoken: Advised
    programs: tuple[TodayProgram, ...]
    sessions: tuple[SeenEntry, ...]
    bedtime: SeenEntry | None
    observations: tuple[SeenEntry, ...]
    plan: Asked
    check_in: CheckInDue
    support: Support | None
    is_quiet: bool
    asked: tuple[AskedStimulus, ...]
    unread_count: int
    next_contact: Contact | None
    safe_sleep: str

    @property
    def is_open(self) -> bool:
        """Whether something due today is not done or answered yet."""
        return any(slot.done is None for program in self.programs for slot in program.slots)

    @property
    def bedtime_in_progress(self) -> SeenEntry | None:
        """Tonight's bedtime, until "asleep now" is logged."""
        bedtime = self.bedtime
        if bedtime is None or not isinstance(bedtime.details, BedtimeDetails):
            return None
        return bedtime if bedtime.details.is_in_progress else None


def today(
    user: User,
    child: Child,
    *,
    now: dt.datetime,
    sight: Sight | None = None,
    household: Family | None = None,
    asked: Asked | None = None,
) -> Today:
    """What is due and done for `child` where `user` is, in a constant number of statements.

    The caller has fetched the child through the one door, and may pass what it already knows: the reader's
    `sight`, their own `household` and what is `asked`. Staff read the day of the child's home.
    """
    sight = sight or sight_of(user, child)
    where = whereabouts(child, since=local_day(now, child.clinic.zone) - dt.timedelta(days=RECENT_DAYS + 2))
    family = household or _household(sight, where, now)
    zone = family.zone if family else child.clinic.zone
    day, night = local_day(now, zone), night_of(now, zone)
    times = _clock_times(family)
    plan = asked or asked_on(child, day)
    week = own_week(user, child, on=day) if sight.grant is not None else None
    entries = entries_between(sight, user, first=min(day, night), last=day, now=now)
    ended = care_ended(child, sight)
    is_quiet = child.died_on is not None or child.in_hospital_since is not None
    is_resting = is_quiet or ended is not None
    plans = plans_of([child.pk]).get(child.pk, [])
    week_ago = day - dt.timedelta(days=RECENT_DAYS + 7)
    everything = sessions_of([child.pk], first=week_ago, last=day).get(child.pk, [])
    sessions = known(everything, sight)
    is_here = family is None or where.is_at(family.pk, day)
    lately = [day - dt.timedelta(days=back) for back in range(RECENT_DAYS + 1)]
    here = _Here(
        sight=sight,
        zone=zone,
        day=day,
        times=times,
        entries={entry.client_id: entry for entry in entries},
        away_on=frozenset(one for one in lately if sight.family_id and not where.is_at(sight.family_id, one)),
    )
    language = family.locale if family else child.clinic.locale
    programs = tuple(here.program(plan, sessions) for plan in plans) if not is_resting else ()
    anchors = [slot.anchor for program in programs for slot in program.slots]
    return Today(
        child_id=child.pk,
        child_name=called(child, None if sight.is_team else sight.grant),
        family_id=family.pk if family else None,
        zone=zone,
        on=day,
        night=night,
        is_here=is_here,
        is_resting=is_resting,
        is_excused=not is_resting and any(plan.is_excused_on(day) for plan in plans),
        may_be_excused=sight.is_guardian
        and is_here
        and not is_resting
        and not any(one.on == day for one in everything)
        and is_untaught(child, sight.family_id, where, plans, day),
        ended=ended if not is_quiet else None,
        stop_sensitivity=stop_sensitivity(child, on=day),
        signs=signs_of(user, child),
        precautions=_precautions(child, sight, day),
        spoken=advised(child, sight, plans, today=day, language=language),
        programs=programs,
        sessions=_of_kind(entries, EntryKind.SESSION, on=day),
        bedtime=next(iter(reversed(_of_kind(entries, EntryKind.BEDTIME, on=night))), None),
        observations=_of_kind(entries, EntryKind.OBSERVATION, on=day),
        plan=Asked(frozenset(), plan.scale) if is_resting else plan,
        check_in=(
            week.due
            if week is not None and plans and not is_resting and plan.asks(Question.CHECK_IN)
            else CheckInDue.NOT_ASKED
        ),
        support=support_of(user, child, week, now=now, language=language),
        is_quiet=any(is_not_up_to_it(entry) for entry in entries if entry.is_mine and entry.local_day == day),
        asked=()
        if is_resting or not is_here
        else _asked(child, day, _of_kind(entries, EntryKind.STIMULUS_DAY, on=day)),
        unread_count=unread_count(user, child) if sight.is_team or sight.is_guardian else 0,
        next_contact=next_contact(child, now=now),
        safe_sleep=safe_sleep_text(child.clinic_id, language)
        if asks_safe_sleep(child.ages_on(day), anchors=anchors)
        else "",
    )


@dataclass(frozen=True, slots=True)
class _Here:
    """The place and day for which everything is read; `away_on`: recent days at another home."""

    sight: Sight
    zone: str
    day: dt.date
    times: dict[str, dt.time]
    entries: dict[uuid.UUID, SeenEntry]
    away_on: frozenset[dt.date]

    @property
    def left_out(self) -> frozenset[dt.date]:
        return self.away_on if self.sight.reads_own_home_alone else frozenset()

    def program(self, plan: Plan, sessions: Sequence[SessionFact]) -> TodayProgram:
        mine = [one for one in sessions if one.program_id == plan.program_id]
        version = plan.version_on(self.day) or plan.current
        asked = [one for one in plan.schedules_on(self.day) if one.provider == Provider.CAREGIVER]
        phase = plan.phase_on(self.day)
        is_asked = phase is Phase.PROGRAM and not plan.is_excused_on(self.day)
        schedule = asked[0] if asked and is_asked else None
        slots, extra = self._slots(plan, version, schedule, mine)
        return TodayProgram(
            program_id=plan.program_id,
            version_id=version.id,
            version_number=version.number,
            title=plan.title,
            title_language=plan.title_language,
            phase=phase,
            week=plan.week_on(self.day),
            weeks_in_all=plan.weeks_in_all,
            begins_on=plan.started_on if self.day < plan.started_on else None,
            ended_on=plan.last_on if plan.last_on is not None and plan.last_on < self.day else None,
            is_waitlist=plan.is_waitlist,
            is_paused=plan.is_paused_on(self.day),
            minutes=schedule.minutes if schedule else None,
            minutes_kind=schedule.minutes_kind if schedule else "",
            target_states=version.target_states,
            slots=slots,
            extra=extra,
            recent=recent(plan, mine, day=self.day, left_out=self.left_out),
            is_evenings=is_evenings(schedule),
            week_done=week_done(plan, schedule, mine, day=self.day),
        )

    def _slots(
        self,
        plan: Plan,
        version: PlanVersion,
        schedule: PlannedSchedule | None,
        sessions: Sequence[SessionFact],
    ) -> tuple[tuple[TodaySlot, ...], tuple[SlotDone, ...]]:
        """Today's slots with what filled them, and what else was done today."""
        today = [one for one in sessions if one.on == self.day and one.provider == Provider.CAREGIVER]
        if schedule is None:
            return (), tuple(self._done(one) for one in today if one.is_offered)
        due = due_slots(
            pure_schedule(schedule, first=max(version.first, plan.started_on), last=version.last),
            self.day,
            pauses=plan.pauses,
            offered_this_week=offered_this_week(plan, sessions, day=self.day),
        )
        names = {slot.number: slot for slot in schedule.slots}
        at = {slot.number: self._instant(slot.anchor) for slot in due}
        filled = fill(
            [
                DaySlot(
                    SlotKey(slot.on, slot.number),
                    at[slot.number],
                    usual_part(slot.anchor, self.times.get(slot.anchor)),
                )
                for slot in due
            ],
            [one.placed for one in today],
        )
        by_slot = {key.number: one for one in today if (key := filled[one.client_id]) is not None}
        slots = tuple(
            TodaySlot(
                number=slot.number,
                anchor=slot.anchor,
                anchor_name=names[slot.number].anchor_name if slot.number in names else "",
                clock_time=self.times.get(slot.anchor),
                at=at[slot.number],
                is_suggested=slot.is_suggested,
                done=self._done(by_slot[slot.number]) if slot.number in by_slot else None,
            )
            for slot in due
            if slot.number in by_slot or self.day not in self.away_on
        )
        extra = tuple(self._done(one) for one in today if filled[one.client_id] is None and one.is_offered)
        return slots, extra

    def _done(self, session: SessionFact) -> SlotDone:
        entry = self.entries.get(session.client_id)
        by = entry.by if entry else Byline(ShownAs.HIDDEN, None)
        return SlotDone(session.outcome, by, session.client_id if entry else None)

    def _instant(self, anchor: str) -> dt.datetime | None:
        clock_time = self.times.get(anchor)
        if clock_time is None:
            return None
        return to_instant(dt.datetime.combine(self.day, clock_time), self.zone)


def _household(sight: Sight, where: Whereabouts, now: dt.datetime) -> Family | None:
    """The reader's own household; for staff the child's home today."""
    family = sight.family_id or where.home_at(now)
    return Family.objects.get(pk=family) if family is not None else None


def _precautions(child: Child, sight: Sight, day: dt.date) -> tuple[str, ...]:
    """What is to be heeded on the day; families read a draft of an assistant or student once it is signed."""
    active = Precaution.objects.filter(child=child).on_day(day).order_by("code", "id")
    if not sight.is_team:
        active = active.filter(~is_unsigned(Precaution))
    return tuple(active.values_list("code", flat=True))


def _clock_times(family: Family | None) -> dict[str, dt.time]:
    if family is None:
        return {}
    return dict(RoutineTime.objects.filter(family=family).values_list("anchor", "at"))


def _of_kind(entries: Iterable[SeenEntry], kind: EntryKind, *, on: dt.date) -> tuple[SeenEntry, ...]:
    return tuple(entry for entry in entries if entry.kind is kind and entry.local_day == on)


def _asked(child: Child, day: dt.date, answers: Iterable[SeenEntry]) -> tuple[AskedStimulus, ...]:
    answered = {
        entry.details.tracked_stimulus_id: entry
        for entry in answers
        if isinstance(entry.details, StimulusDayDetails)
    }
    return tuple(
        AskedStimulus(
            id=one.pk,
            stimulus=one.stimulus,
            label=one.label,
            language=one.language,
            came_up=_came_up(answered.get(one.pk)),
            answer=answered.get(one.pk),
        )
        for one in tracked_stimuli(child, on=day)
    )


def _came_up(answer: SeenEntry | None) -> bool | None:
    if answer is None or not isinstance(answer.details, StimulusDayDetails):
        return None
    return answer.details.came_up
