"""Tables of prescribed programs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from tracking.readings.programs import programs_of, read_programs, read_version
from tracking.readings.teaching import teaching_in_sight
from tracking.reports.copies.tables import Column, Kind, Part, Table, Taker, parts_of
from tracking.vocabulary.programs import Anchor, ChangeKind
from tracking.vocabulary.reasons import PauseReason


def _programs(taker: Taker) -> list[Any]:
    return read_programs(
        taker.child,
        programs_of(taker.user, taker.child),
        today=taker.today,
        language=taker.language,
        teaching=teaching_in_sight(taker.child, taker.sight),
    )


def _versions(taker: Taker) -> Iterable[Part]:
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
            yield Part(program, version)


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
    lambda taker: taker.once(_programs),
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
        Column("ends_on", Kind.DAY, _("Last day"), "part.ends_on", empty=_("Open")),
        Column("published_at", Kind.INSTANT, _("When it was published"), "part.published_at"),
        Column("published_by", Kind.TEXT, _("Who published it"), "part.published_by"),
        Column("sentences", Kind.CODES, _("The prescription in words, a sentence each"), "part.sentences"),
        Column("note", Kind.TEXT, _("A note to the family"), "part.note"),
        Column("language", Kind.TEXT, _("Of the note"), "part.language"),
        Column("target_states", Kind.CODES, _("The states hoped for"), "part.target_states"),
    ),
    lambda taker: taker.once(_versions),
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
        Column("repetitions", Kind.WHOLE, _("How often"), "part.repetitions", empty=_("As long as it takes")),
        Column("pressure", Kind.CODE, _("How firmly"), "part.pressure"),
        Column("instruction", Kind.TEXT, _("How it is done"), "part.instruction"),
        Column("words_to_say", Kind.TEXT, _("Words to say"), "part.words_to_say"),
        Column("verse", Kind.TEXT, _("A verse to sing"), "part.verse"),
        Column("note", Kind.TEXT, _("A note of the therapist's"), "part.note"),
    ),
    lambda taker: (Part(one.part, step) for one in taker.once(_versions) for step in one.part.steps),
)


def _slots(taker: Taker) -> Iterable[Any]:
    for version in taker.once(_versions):
        for schedule in version.part.schedules:
            for slot in schedule.slots or (None,):
                yield Part(version.part, Part(schedule, slot))


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
        Column("anchor_name", Kind.TEXT, _("The same in own words"), _of_slot("anchor_name")),
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
        Column("until_on", Kind.DAY, _("Last day"), "part.until_on", empty=_("Until it is ended")),
        Column("reason", Kind.CODE, _("Why"), "part.reason", PauseReason),
    ),
    parts_of(_programs, "pauses"),
)

TABLES = (
    PROGRAMS,
    PROGRAM_VERSIONS,
    PROGRAM_SCHEDULES,
    PROGRAM_STEPS,
    PROGRAM_PAUSES,
)
