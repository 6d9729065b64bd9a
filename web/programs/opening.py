"""Fetching a program for a page: the team member's desk and the program's reading."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Mapping

from django.http import HttpRequest
from django.utils.translation import get_language

from clinic import access
from clinic.errors import Unseen
from clinic.models import Child, User
from tracking import policy
from tracking.models import HomeProgram
from tracking.readings import shelf
from tracking.readings.family_words import OwnWords
from tracking.readings.program_versions import VersionReading
from tracking.readings.programs import ProgramReading, read_program
from tracking.readings.shelf import StrokeCard
from tracking.vocabulary.body import BodyRegion
from web.desk import ChildDesk, asker, desk_of
from web.library.shelf import searched


def open_program(
    request: HttpRequest, program: uuid.UUID, *, may: Callable[[User, Child], bool] = policy.may_draft_program
) -> tuple[ChildDesk, HomeProgram]:
    """The desk of a team member (`may`: of who else), and one of the child's programs.

    Raises Unseen, Forbidden.
    """
    row: HomeProgram = access.fetch(
        HomeProgram.objects.select_related("child__clinic", "current_version"), asker(request), pk=program
    )
    desk = desk_of(request, row.child)
    access.demand(may, desk.user, row.child)
    return desk, row


def read(
    desk: ChildDesk,
    program: HomeProgram,
    *,
    for_team: bool = True,
    own: Mapping[str, OwnWords] | None = None,
) -> ProgramReading:
    """The program in the language of the page, with its draft where it is read for the team."""
    return read_program(
        program, today=desk.today, language=get_language() or "en", for_team=for_team, own=own
    )


def draft_of(reading: ProgramReading) -> VersionReading:
    """The open draft. Raises Unseen where there is none."""
    if reading.draft is None:
        raise Unseen
    return reading.draft


def regions(desk: ChildDesk, *, on: dt.date, query: str = "") -> list[tuple[BodyRegion, list[StrokeCard]]]:
    """The strokes to choose from, judged for the child on a local day, by region in the usual order.

    `query` keeps those whose name, other name or instruction holds it.
    """
    wanted = query.strip().casefold()
    offered = shelf.picker(desk.child, on=on, language=get_language() or "en")
    found = [
        (region, [card for card in offered.of_region(region) if wanted in searched(card)])
        for region in BodyRegion
    ]
    return [(region, cards) for region, cards in found if cards]


def published_of(reading: ProgramReading) -> VersionReading:
    """What is published. Raises Unseen where nothing is."""
    if reading.current is None:
        raise Unseen
    return reading.current
