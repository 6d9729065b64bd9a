"""Programs as pages and apps show them: the prescription in words, with everything to watch out for.

Reading one program or all of a child's takes the same number of queries.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from clinic.models import Child, User
from tracking.models import HomeProgram, ProgramPause, ProgramState, ProgramVersion
from tracking.readings.family_words import OwnWords
from tracking.readings.prescriptions import Proposal, prescription_of, propose_between
from tracking.readings.program_versions import VersionReading, VersionsReader
from tracking.readings.teaching import Teaching, teaching_for
from tracking.schedule import Pause, is_paused, program_week, weeks_in_all


@dataclass(frozen=True, slots=True)
class PhaseLine:
    """A published version as a line in a chart and in the list of versions."""

    version: uuid.UUID
    number: int
    change_kind: str
    phase_number: int
    phase_name: str
    effective_on: dt.date | None
    published_at: dt.datetime
    published_by: str


@dataclass(frozen=True, slots=True)
class PauseReading:
    id: uuid.UUID
    from_on: dt.date
    until_on: dt.date | None
    reason: str
    was_told_late: bool
    covers_today: bool


@dataclass(frozen=True, slots=True)
class ProgramReading:
    """A program on a local day. `current` is None before the first version, `draft` where there is none or it
    is not for this reader. `week` is None before the start, `weeks` while it has no end.
    """

    id: uuid.UUID
    child_id: uuid.UUID
    title: str
    title_language: str
    state: str
    is_waitlist: bool
    lock_version: int
    week: int | None
    weeks: int | None
    is_paused: bool
    ended_on: dt.date | None
    end_reason: str
    current: VersionReading | None
    draft: VersionReading | None
    proposal: Proposal | None
    phases: tuple[PhaseLine, ...]
    pauses: tuple[PauseReading, ...]


def read_program(
    program: HomeProgram,
    *,
    today: dt.date,
    language: str,
    for_team: bool = False,
    teaching: Teaching | None = None,
    own: Mapping[str, OwnWords] | None = None,
) -> ProgramReading:
    """One program, its child and clinic at hand. `for_team`: with the draft and the reasons given.

    `own` are the words of a household, instead of the program's and the library's.
    """
    [reading] = read_programs(
        program.child,
        [program],
        today=today,
        language=language,
        for_team=for_team,
        teaching=teaching,
        own=own,
    )
    return reading


def read_programs(
    child: Child,
    programs: Iterable[HomeProgram],
    *,
    today: dt.date,
    language: str,
    for_team: bool = False,
    teaching: Teaching | None = None,
    own: Mapping[str, OwnWords] | None = None,
) -> list[ProgramReading]:
    """Programs of one child, in the order given, in a constant number of queries.

    The caller has fetched them through the one door. `today` is the reader's local day. `teaching` says which
    steps are open to the reader; None: those that anybody was taught.
    """
    listed = list(programs)
    taught = teaching or teaching_for(child)
    reader = _Reader(
        child, listed, today=today, language=language, for_team=for_team, teaching=taught, own=own
    )
    return [reader.program(program) for program in listed]


def programs_of(user: User, child: Child) -> list[HomeProgram]:
    """The programs of a child that `user` sees: what runs, then drafts, then what ended, newest first."""
    seen = HomeProgram.objects.visible_to(user).filter(child=child).order_by("-created_at", "-id")
    order = [ProgramState.ACTIVE, ProgramState.DRAFT, ProgramState.ENDED]
    return sorted(seen, key=lambda program: order.index(ProgramState(program.state)))


class _Reader:
    """Everything about some programs of one child, read once."""

    def __init__(
        self,
        child: Child,
        programs: Sequence[HomeProgram],
        *,
        today: dt.date,
        language: str,
        for_team: bool,
        teaching: Teaching,
        own: Mapping[str, OwnWords] | None,
    ) -> None:
        self.today = today
        self.versions: dict[uuid.UUID, list[ProgramVersion]] = defaultdict(list)
        for version in (
            ProgramVersion.objects.filter(program__in=programs)
            .select_related("published_by", "drafted_by")
            .order_by("number", "id")
        ):
            self.versions[version.program_id].append(version)
        self.pauses: dict[uuid.UUID, list[ProgramPause]] = defaultdict(list)
        for pause in ProgramPause.objects.filter(program__in=programs).order_by("from_on", "id"):
            self.pauses[pause.program_id].append(pause)
        current = {program.current_version_id for program in programs}
        shown = [
            version
            for versions in self.versions.values()
            for version in versions
            if version.pk in current or (for_team and version.published_at is None)
        ]
        self.of = VersionsReader(
            child, shown, today=today, language=language, for_team=for_team, teaching=teaching, own=own
        )

    def program(self, program: HomeProgram) -> ProgramReading:
        versions = self.versions[program.pk]
        current = next((one for one in versions if one.pk == program.current_version_id), None)
        draft = next((one for one in versions if one.published_at is None and one.pk in self.of.parts), None)
        shown = current or draft
        week = program_week(started_on=shown.starts_on, day=self.today) if shown else None
        pauses = [pause_reading(pause, today=self.today) for pause in self.pauses[program.pk]]
        return ProgramReading(
            id=program.pk,
            child_id=program.child_id,
            title=program.title,
            title_language=program.language,
            state=program.state,
            is_waitlist=program.is_waitlist,
            lock_version=program.lock_version,
            week=week,
            weeks=(
                weeks_in_all(started_on=shown.starts_on, last=shown.ends_on)
                if shown is not None and shown.ends_on is not None
                else None
            ),
            is_paused=any(pause.covers_today for pause in pauses),
            ended_on=program.ended_on,
            end_reason=program.end_reason,
            current=self.of.read(current, week=week) if current else None,
            draft=self.of.read(draft, week=week) if draft else None,
            proposal=self._proposal(draft, current) if draft else None,
            phases=tuple(_phase_line(one) for one in versions if one.published_at is not None),
            pauses=tuple(pauses),
        )

    def _proposal(self, draft: ProgramVersion, current: ProgramVersion | None) -> Proposal:
        before = prescription_of(current, self.of.parts[current.pk]) if current else None
        return propose_between(before, prescription_of(draft, self.of.parts[draft.pk]))


def pause_reading(pause: ProgramPause, *, today: dt.date) -> PauseReading:
    return PauseReading(
        id=pause.pk,
        from_on=pause.from_on,
        until_on=pause.until_on,
        reason=pause.reason,
        was_told_late=pause.was_told_late,
        covers_today=is_paused(today, [Pause(pause.from_on, pause.until_on)]),
    )


def pause_of(program: HomeProgram, pk: uuid.UUID) -> ProgramPause | None:
    """A program's pause, its program at hand; None where it has none of this id."""
    pause = ProgramPause.objects.filter(program=program, pk=pk).first()
    if pause is not None:
        pause.program = program
    return pause


def _phase_line(version: ProgramVersion) -> PhaseLine:
    assert version.published_at is not None
    return PhaseLine(
        version=version.pk,
        number=version.number,
        change_kind=version.change_kind,
        phase_number=version.phase_number,
        phase_name=version.phase_name,
        effective_on=version.effective_on,
        published_at=version.published_at,
        published_by=version.published_by.name if version.published_by else "",
    )


def read_version(
    program: HomeProgram,
    version_id: uuid.UUID,
    *,
    today: dt.date,
    language: str,
    for_team: bool = False,
    teaching: Teaching | None = None,
    own: Mapping[str, OwnWords] | None = None,
) -> VersionReading | None:
    """One version of a program, older ones too; None where there is none, or a draft for another reader."""
    rows = ProgramVersion.objects.filter(program=program, pk=version_id)
    version = rows.select_related("published_by", "drafted_by").first()
    if version is None or (version.published_at is None and not for_team):
        return None
    taught = teaching or teaching_for(program.child)
    reader = VersionsReader(
        program.child, [version], today=today, language=language, for_team=for_team, teaching=taught, own=own
    )
    return reader.read(version, week=program_week(started_on=version.starts_on, day=today))
