"""Tables of the child and of what was prescribed, hoped for, shown and said."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from clinic.models import Precaution
from clinic.vocabulary import GrantKind, Role, SharingMode
from tracking.models.supervision import is_unsigned
from tracking.readings.after_care import care_ended, care_of
from tracking.readings.contacts import reader_of
from tracking.readings.goals import assessments_of, goals_of
from tracking.readings.messages import thread
from tracking.readings.notes import page_of_notes
from tracking.readings.own import children_of
from tracking.readings.people import team_of
from tracking.readings.programs import programs_of, read_programs, read_version
from tracking.readings.reports import reports_of
from tracking.readings.signs import retired_signs_of, signs_of
from tracking.readings.strategies import strategies_of
from tracking.readings.teaching import page_of_demonstrations, teaching_in_sight
from tracking.reports.family.entries import author
from tracking.reports.family.tables import ROWS_AT_ONCE, Column, Kind, Table, Taker, paged
from tracking.vocabulary.body import ObservationRegion
from tracking.vocabulary.contacts import CancelledBy, ContactKind, ContactState
from tracking.vocabulary.cues import Cue, SignMeaning
from tracking.vocabulary.programs import Anchor, ChangeKind, Instrument
from tracking.vocabulary.reasons import PauseReason, PrecautionCode
from tracking.vocabulary.teaching import TaughtLevel
from tracking.vocabulary.touch import Accommodation, Stimulus


class _Part:
    """Something with what it is part of."""

    def __init__(self, whole: Any, part: Any) -> None:
        self.whole, self.part = whole, part


def _parts(wholes: Iterable[Any], name: str) -> Iterable[_Part]:
    return (_Part(whole, part) for whole in wholes for part in getattr(whole, name))


# ---- the child -------------------------------------------------------------------------------------------

CHILD = Table(
    "child",
    _("Who the child is, in one row"),
    (
        Column("id", Kind.ID, _("Of the child")),
        Column("first_name", Kind.TEXT, _("First name")),
        Column("last_name", Kind.TEXT, _("Last name")),
        Column("nickname", Kind.TEXT, _("What you call the child")),
        Column("born_on", Kind.DAY, _("Birthday")),
        Column("clinic", Kind.TEXT, _("The clinic"), "clinic_name"),
        Column("grant", Kind.CODE, _("What you are to the child"), codes=GrantKind),
        Column("sharing_mode", Kind.CODE, _("What homes read of each other's entries"), codes=SharingMode),
    ),
    lambda taker: children_of(taker.user, now=taker.now, pk=taker.child.pk).children,
)

CARE = Table(
    "care",
    _("Where care stands, in one row"),
    (
        Column("state", Kind.CODE, _("Of the care")),
        Column("started_on", Kind.DAY, _("First day")),
        Column("ended_on", Kind.DAY, _("Last day; null: it goes on")),
        Column("in_hospital_since", Kind.DAY, _("In hospital since; null: not in hospital")),
        Column("died_on", Kind.DAY, _("Day of death")),
    ),
    lambda taker: [care_of(taker.child)],
)


def _ended(taker: Taker) -> Iterable[Any]:
    ended = care_ended(taker.child, taker.sight)
    return [ended] if ended else []


AFTER_CARE = Table(
    "after_care",
    _("What the clinic gave you to go on with, once care has ended"),
    (
        Column("on", Kind.DAY, _("The day on which care ended")),
        Column("words", Kind.TEXT, _("Words for the family")),
        Column("summary", Kind.TEXT, _("What was done and what changed")),
        Column("language", Kind.TEXT, _("Of words and summary")),
        Column("program", Kind.ID, _("The program that may go on")),
        Column("follow_up_on", Kind.DAY, _("When the clinic asks again")),
    ),
    _ended,
)

CARE_TEAM = Table(
    "care_team",
    _("Who treats the child"),
    (
        Column("name", Kind.TEXT, _("Name"), "place.therapist.name"),
        Column("roles", Kind.CODES, _("As what they work at the clinic"), codes=Role),
    ),
    lambda taker: team_of(taker.child, now=taker.now),
)

PRECAUTIONS = Table(
    "precautions",
    _("What has to be heeded"),
    (
        Column("code", Kind.CODE, _("What it is"), codes=PrecautionCode),
        Column("region", Kind.CODE, _("Where on the body"), codes=ObservationRegion),
        Column("substance", Kind.TEXT, _("To what")),
        Column("from_on", Kind.DAY, _("First day")),
        Column("until_on", Kind.DAY, _("Last day; null: until somebody lifts it")),
    ),
    lambda taker: Precaution.objects.filter(~is_unsigned(Precaution), child=taker.child).order_by(
        "recorded_at", "id"
    ),
)

SIGNS = Table(
    "signs",
    _("The child's own signs"),
    (
        Column("id", Kind.ID, _("Of the sign")),
        Column("asks_for", Kind.CODE, _("What the child asks for by it"), codes=SignMeaning),
        Column("words", Kind.TEXT, _("The sign, in words")),
        Column("language", Kind.TEXT, _("Of those words")),
        Column("cue", Kind.CODE, _("The cue that stands for it"), codes=Cue),
        Column("retired_at", Kind.INSTANT, _("Since when it is no longer used; null: it is used")),
    ),
    lambda taker: (*signs_of(taker.user, taker.child), *retired_signs_of(taker.user, taker.child)),
)

STRATEGIES = Table(
    "strategies",
    _("What may make a touch easier, as it is prescribed now"),
    (
        Column("id", Kind.ID, _("Of the strategy")),
        Column("code", Kind.CODE, _("What it is"), codes=Accommodation),
        Column("name", Kind.TEXT, _("What it is called")),
        Column("text", Kind.TEXT, _("How it is done")),
        Column("language", Kind.TEXT, _("Of name and text")),
        Column("stimuli", Kind.CODES, _("For which touches"), codes=Stimulus),
    ),
    lambda taker: strategies_of(taker.user, taker.child),
)

# ---- programs --------------------------------------------------------------------------------------------


def _programs(taker: Taker) -> list[Any]:
    return read_programs(
        taker.child,
        programs_of(taker.user, taker.child),
        today=taker.today,
        language=taker.language,
        teaching=teaching_in_sight(taker.child, taker.sight),
    )


def _versions(taker: Taker) -> Iterable[_Part]:
    """(program, version) of every version that was published, older ones too."""
    for program in programs_of(taker.user, taker.child):
        program.child = taker.child
        for number in program.versions.filter(published_at__isnull=False).order_by("number", "id"):
            version = read_version(
                program,
                number.pk,
                today=taker.today,
                language=taker.language,
                teaching=teaching_in_sight(taker.child, taker.sight),
            )
            yield _Part(program, version)


PROGRAMS = Table(
    "programs",
    _("Home programs"),
    (
        Column("id", Kind.ID, _("Of the program")),
        Column("title", Kind.TEXT, _("What it is called")),
        Column("title_language", Kind.TEXT, _("Of the title")),
        Column("state", Kind.CODE, _("Whether it runs or has ended")),
        Column("ended_on", Kind.DAY, _("When it ended")),
    ),
    _programs,
)

PROGRAM_VERSIONS = Table(
    "program_versions",
    _("What was prescribed, from which day on"),
    (
        Column("program", Kind.ID, _("The program"), "whole.pk"),
        Column("id", Kind.ID, _("Of the version"), "part.id"),
        Column("number", Kind.WHOLE, _("Counted from one"), "part.number"),
        Column("change_kind", Kind.CODE, _("What it is to the one before"), "part.change_kind", ChangeKind),
        Column("baseline_starts_on", Kind.DAY, _("First day of the diary before"), "part.baseline_starts_on"),
        Column("starts_on", Kind.DAY, _("First day of the program"), "part.starts_on"),
        Column("effective_on", Kind.DAY, _("First day this version applies"), "part.effective_on"),
        Column("ends_on", Kind.DAY, _("Last day; null: open"), "part.ends_on"),
        Column("published_at", Kind.INSTANT, _("When it was published"), "part.published_at"),
        Column("published_by", Kind.TEXT, _("Who published it"), "part.published_by"),
        Column("sentences", Kind.CODES, _("The prescription in words, a sentence each"), "part.sentences"),
        Column("note", Kind.TEXT, _("A note to the family"), "part.note"),
        Column("language", Kind.TEXT, _("Of the note"), "part.language"),
        Column("target_states", Kind.CODES, _("The states hoped for"), "part.target_states"),
    ),
    _versions,
)

PROGRAM_STEPS = Table(
    "program_steps",
    _("The steps of each version, in order"),
    (
        Column("version", Kind.ID, _("The version"), "whole.id"),
        Column("id", Kind.ID, _("Of the step"), "part.id"),
        Column("order", Kind.WHOLE, _("Its place"), "part.order"),
        Column("stroke", Kind.TEXT, _("The stroke, by its name in the library"), "part.stroke"),
        Column("name", Kind.TEXT, _("What it is called"), "part.name"),
        Column("region", Kind.CODE, _("Where on the body"), "part.region"),
        Column("side", Kind.CODE, _("On which side"), "part.side"),
        Column("seconds", Kind.WHOLE, _("How long"), "part.seconds"),
        Column("repetitions", Kind.WHOLE, _("How often; null: as long as it takes"), "part.repetitions"),
        Column("pressure", Kind.CODE, _("How firmly"), "part.pressure"),
        Column("instruction", Kind.TEXT, _("How it is done"), "part.instruction"),
        Column("words_to_say", Kind.TEXT, _("Words to say"), "part.words_to_say"),
        Column("verse", Kind.TEXT, _("A verse to sing"), "part.verse"),
        Column("note", Kind.TEXT, _("A note of your therapist's"), "part.note"),
    ),
    lambda taker: _parts((one.part for one in _versions(taker)), "steps"),
)


def _slots(taker: Taker) -> Iterable[Any]:
    for version in _versions(taker):
        for schedule in version.part.schedules:
            for slot in schedule.slots or (None,):
                yield _Part(version.part, _Part(schedule, slot))


def _of_slot(name: str) -> Any:
    return lambda row: getattr(row.part.part, name, None)


PROGRAM_SCHEDULES = Table(
    "program_schedules",
    _("How often each version is asked for, a row for each place in the day"),
    (
        Column("version", Kind.ID, _("The version"), "whole.id"),
        Column("provider", Kind.CODE, _("Who gives it"), "part.whole.provider"),
        Column("phase", Kind.CODE, _("The diary before, or the program"), "part.whole.phase"),
        Column("per", Kind.CODE, _("By the day, the week, or named days"), "part.whole.per"),
        Column("count", Kind.WHOLE, _("How often"), "part.whole.count"),
        Column("weekdays", Kind.CODES, _("On which days of the week; Monday is 0"), "part.whole.weekdays"),
        Column("minutes", Kind.WHOLE, _("How long"), "part.whole.minutes"),
        Column("slot", Kind.WHOLE, _("Its place in the day"), _of_slot("number")),
        Column("anchor", Kind.CODE, _("The routine it hangs on"), _of_slot("anchor"), Anchor),
        Column("anchor_name", Kind.TEXT, _("The same in your words"), _of_slot("anchor_name")),
    ),
    _slots,
)

PROGRAM_PAUSES = Table(
    "program_pauses",
    _("Days on which nothing was asked for"),
    (
        Column("program", Kind.ID, _("The program"), "whole.id"),
        Column("id", Kind.ID, _("Of the pause"), "part.id"),
        Column("from_on", Kind.DAY, _("First day"), "part.from_on"),
        Column("until_on", Kind.DAY, _("Last day; null: until it is ended"), "part.until_on"),
        Column("reason", Kind.CODE, _("Why"), "part.reason", PauseReason),
    ),
    lambda taker: _parts(_programs(taker), "pauses"),
)

# ---- goals and totals ------------------------------------------------------------------------------------

GOALS = Table(
    "goals",
    _("What is hoped for"),
    (
        Column("id", Kind.ID, _("Of the goal")),
        Column("title", Kind.TEXT, _("What it is")),
        Column("language", Kind.TEXT, _("Of title and steps")),
        Column("own_words", Kind.TEXT, _("The same as a parent said it")),
        Column("own_words_language", Kind.TEXT, _("Of those words")),
        Column("began", Kind.TEXT, _("Where the child was when it was set")),
        Column("now", Kind.TEXT, _("Where the child is")),
        Column("level_now", Kind.WHOLE, _("The same as a step, -2 to 2; 0 is what is expected")),
        Column("is_open", Kind.YES_NO, _("Whether it is worked on")),
        Column("set_on", Kind.DAY, _("When it was set")),
    ),
    lambda taker: goals_of(taker.user, taker.child),
)

GOAL_STEPS = Table(
    "goal_steps",
    _("The five steps of each goal"),
    (
        Column("goal", Kind.ID, _("The goal"), "whole.id"),
        Column("level", Kind.WHOLE, _("2 to -2; 0 is what is expected"), "part.level"),
        Column("text", Kind.TEXT, _("What that looks like"), "part.text"),
    ),
    lambda taker: _parts(goals_of(taker.user, taker.child), "rungs"),
)

GOAL_RATINGS = Table(
    "goal_ratings",
    _("Where on its steps the child was, and when"),
    (
        Column("goal", Kind.ID, _("The goal"), "whole.id"),
        Column("level", Kind.WHOLE, _("2 to -2; 0 is what is expected"), "part.level"),
        Column("on", Kind.DAY, _("The day"), "part.on"),
    ),
    lambda taker: _parts(goals_of(taker.user, taker.child), "ratings"),
)


def _assessments(taker: Taker) -> Iterable[Any]:
    return assessments_of(taker.user, taker.child, taker.sight)


TOTALS = Table(
    "instrument_totals",
    _("Totals of standard instruments; the questions are never held, and a number says little by itself"),
    (
        Column("assessment", Kind.ID, _("The day it was done"), "whole.id"),
        Column("instrument", Kind.CODE, _("Which instrument"), "whole.instrument", Instrument),
        Column("on", Kind.DAY, _("The day"), "whole.on"),
        Column("score", Kind.TEXT, _("Which score"), "part.score"),
        Column("value", Kind.NUMBER, _("The score"), "part.value"),
        Column("least", Kind.NUMBER, _("The least it can be"), "part.least"),
        Column("most", Kind.NUMBER, _("The most it can be"), "part.most"),
    ),
    lambda taker: _parts(_assessments(taker), "totals"),
)

# ---- what was said and shown -----------------------------------------------------------------------------


def _contacts(taker: Taker) -> Iterable[Any]:
    reader = reader_of(taker.user, taker.child, taker.sight, taker.place, language=taker.language)

    def page(before: Any) -> Any:
        read = reader.page(limit=ROWS_AT_ONCE, before=before)
        return read.contacts, read.next_before

    return paged(page)


VISITS = Table(
    "visits",
    _("Visits and calls"),
    (
        Column("id", Kind.ID, _("Of the visit")),
        Column("kind", Kind.CODE, _("Visit, call or what else"), codes=ContactKind),
        Column("state", Kind.CODE, _("Planned, held or called off"), codes=ContactState),
        Column("cancelled_by", Kind.CODE, _("Who called it off"), codes=CancelledBy),
        Column("starts_at", Kind.INSTANT, _("When it began or begins")),
        Column("minutes", Kind.WHOLE, _("How long")),
        Column("therapist", Kind.TEXT, _("With whom")),
    ),
    _contacts,
)


def _notes(taker: Taker) -> Iterable[Any]:
    def page(before: Any) -> Any:
        read = page_of_notes(taker.user, taker.child, taker.sight, limit=ROWS_AT_ONCE, before=before)
        return read.notes, read.next_before

    return paged(page)


NOTES = Table(
    "notes",
    _("Notes of the care team that are shared with you"),
    (
        Column("id", Kind.ID, _("Of the note")),
        *author(),
        Column("body", Kind.TEXT, _("The note")),
        Column("language", Kind.TEXT, _("Of the note")),
        Column("about_entry", Kind.ID, _("The entry it is about")),
        Column("about_visit", Kind.ID, _("The visit it is about"), "about_contact"),
        Column("written_at", Kind.INSTANT, _("When it was written")),
    ),
    _notes,
)


def _messages(taker: Taker) -> Iterable[Any]:
    def page(before: Any) -> Any:
        read = thread(taker.user, taker.child, before=before, limit=ROWS_AT_ONCE)
        return reversed(read.messages), read.before

    return paged(page)


MESSAGES = Table(
    "messages",
    _("Messages between family and care team"),
    (
        Column("id", Kind.ID, _("Of the message"), "client_id"),
        *author(),
        Column("is_from_staff", Kind.YES_NO, _("Whether the clinic wrote it")),
        Column("body", Kind.TEXT, _("The message")),
        Column("language", Kind.TEXT, _("Of the message")),
        Column("about_entry", Kind.ID, _("The entry it is about")),
        Column("sent_at", Kind.INSTANT, _("When it was sent")),
    ),
    _messages,
)


def _demonstrations(taker: Taker) -> Iterable[Any]:
    return paged(
        lambda before: page_of_demonstrations(
            taker.user, taker.child, language=taker.language, limit=ROWS_AT_ONCE, before=before
        )
    )


DEMONSTRATIONS = Table(
    "shown",
    _("What was shown to your household, and how far each got"),
    (
        Column("id", Kind.ID, _("Of what was shown")),
        Column("what", Kind.CODE, _("What kind of thing")),
        Column("stroke", Kind.TEXT, _("The stroke, by its name in the library")),
        Column("name", Kind.TEXT, _("What it is called")),
        Column("to", Kind.TEXT, _("To whom")),
        Column("level", Kind.CODE, _("How far they got"), codes=TaughtLevel),
        Column("by", Kind.TEXT, _("Who showed it")),
        Column("at", Kind.INSTANT, _("When")),
    ),
    _demonstrations,
)


def shared_reports(taker: Taker) -> list[Any]:
    """Reports that are signed and shared with the guardians, newest first."""
    return [one for one in reports_of(taker.user, taker.child) if one.shared_at and one.is_ready]


REPORTS = Table(
    "reports",
    _("Progress reports the clinic has shared; the files are in the folder named so"),
    (
        Column("id", Kind.ID, _("Of the report, and the name of its file")),
        Column("period_from", Kind.DAY, _("First day it is about")),
        Column("period_until", Kind.DAY, _("Last day it is about")),
        Column("signed_by", Kind.TEXT, _("Who signed it")),
        Column("signed_at", Kind.INSTANT, _("When")),
        Column("shared_at", Kind.INSTANT, _("When it was shared")),
    ),
    shared_reports,
)

TABLES = (
    CHILD,
    CARE,
    AFTER_CARE,
    CARE_TEAM,
    PRECAUTIONS,
    SIGNS,
    STRATEGIES,
    PROGRAMS,
    PROGRAM_VERSIONS,
    PROGRAM_SCHEDULES,
    PROGRAM_STEPS,
    PROGRAM_PAUSES,
    GOALS,
    GOAL_STEPS,
    GOAL_RATINGS,
    TOTALS,
    VISITS,
    NOTES,
    MESSAGES,
    DEMONSTRATIONS,
    REPORTS,
)
