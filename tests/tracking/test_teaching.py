"""When a step counts as taught, to whom; rows that are only added; what opens for whom."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from clinic import rls
from clinic.errors import Forbidden, Invalid
from clinic.models import AuditEvent, CaregiverGrant, User
from clinic.vocabulary import AuditCode
from tests import factories
from tests.cast import Cast, make_id
from tests.tracking.prescribing import changed, published, started, today
from tracking.models import Cosigning, Demonstration, HomeProgram
from tracking.readings.programs import read_program
from tracking.readings.routine import routine
from tracking.readings.sight import sight_of
from tracking.readings.teaching import grid_of, latest_in_household, teaching_for, teaching_in_sight
from tracking.services.cosigning import cosign
from tracking.services.program_parts import ScheduleInput, SlotInput, StepInput
from tracking.services.teaching import Shown, teach
from tracking.teaching import Asker, Learner, Lesson, is_taught
from tracking.vocabulary.teaching import TaughtLevel, Teachable
from tracking.wording.teaching import how_it_stands

NOON = dt.datetime(2026, 5, 3, 12, tzinfo=dt.UTC)
HOME, OTHER_HOME = uuid.uuid4(), uuid.uuid4()
FAY, NAN, GREG = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()


def lesson(
    to: uuid.UUID | str,
    level: TaughtLevel = TaughtLevel.SHOWN,
    *,
    stroke: str = "toe-rolls",
    what: Teachable = Teachable.STROKE,
    home: uuid.UUID | None = HOME,
    hours: int = 0,
) -> Lesson:
    named = (None, to) if isinstance(to, str) else (to, "")
    whole = what is not Teachable.STROKE
    return Lesson(
        Learner(*named, home), what, "" if whole else stroke, level, NOON + dt.timedelta(hours=hours)
    )


AGAIN = TaughtLevel.AGAIN


@pytest.mark.parametrize(
    ("lessons", "expected"),
    [
        ([], False),
        ([lesson(FAY)], True),
        ([lesson(FAY, TaughtLevel.WITH_HELP)], True),
        ([lesson(FAY, AGAIN)], False),
        ([lesson(FAY, AGAIN), lesson(FAY, hours=1)], True),
        ([lesson(FAY), lesson(FAY, AGAIN, hours=1)], False),
        ([lesson(FAY, stroke="sole-thumb-walk")], False),
        # The whole routine teaches each of its strokes, whichever was said later.
        ([lesson(FAY, what=Teachable.ROUTINE)], True),
        ([lesson(FAY, what=Teachable.CUE_READING)], False),
        ([lesson(FAY, AGAIN), lesson(FAY, what=Teachable.ROUTINE, hours=1)], True),
        ([lesson(FAY, AGAIN, hours=1), lesson(FAY, what=Teachable.ROUTINE)], False),
        ([lesson(FAY, AGAIN), lesson(FAY, what=Teachable.ROUTINE)], False),
        # Who has no lesson of their own is asked about with their household, and only theirs.
        ([lesson(NAN)], True),
        ([lesson("Ada")], True),
        ([lesson(GREG, home=OTHER_HOME)], False),
        ([lesson("Ada", home=None)], False),
        ([lesson(NAN, AGAIN)], False),
        # Who has one is asked about alone.
        ([lesson(NAN), lesson(FAY, AGAIN)], False),
    ],
)
def test_a_stroke_is_taught_to_whoever_asks(lessons: list[Lesson], expected: bool) -> None:
    assert is_taught(lessons, stroke="toe-rolls", asker=Asker(FAY, HOME)) is expected


def test_the_team_asks_whether_anybody_was_taught() -> None:
    assert is_taught([lesson(GREG, home=OTHER_HOME)], stroke="toe-rolls", asker=None)
    assert not is_taught([lesson(GREG, AGAIN, home=OTHER_HOME)], stroke="toe-rolls", asker=None)


def test_a_step_that_is_no_stroke_opens_with_the_whole_routine() -> None:
    fays = Asker(FAY, HOME)
    assert is_taught([lesson(FAY, what=Teachable.ROUTINE)], stroke="", asker=fays)
    assert not is_taught([lesson(FAY)], stroke="", asker=fays)


# ---- rows -----------------------------------------------------------------------------------------------


def grant_of(cast: Cast, user: User) -> uuid.UUID:
    return CaregiverGrant.objects.get(user=user, child__in=[cast.cleo, cast.fern]).pk


def taught(cast: Cast, *shown: Shown, by: User | None = None, **told: Any) -> list[Demonstration]:
    by = by or cast.tess
    with rls.acting_as(by):
        return teach(**{"by": by, "child": cast.cleo, "shown": shown, "now": rls.now()} | told)


def stroke(cast: Cast, to: User, slug: str = "toe-rolls", **how: Any) -> Shown:
    return Shown(what=Teachable.STROKE, stroke=slug, grant=grant_of(cast, to), **how)


def test_many_things_are_shown_to_several_people_in_one_step(cast: Cast) -> None:
    visit = factories.contact(cast.cleo, by=cast.tess)
    ada = Shown(what=Teachable.STOP_RULE, name="Ada", family=cast.gregs_home.pk, level=TaughtLevel.ALONE)
    rows = taught(cast, stroke(cast, cast.fay), stroke(cast, cast.nan), ada, contact=visit.pk)
    assert [row.family for row in rows] == [cast.fays_home, cast.fays_home, cast.gregs_home]
    assert {row.shown_at for row in rows} == {visit.starts_at}
    written = AuditEvent.objects.get(code=AuditCode.RECORDED_DEMONSTRATION)
    assert (written.child_id, written.subject_id, written.detail) == (cast.cleo.pk, visit.pk, "3")


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"what": "juggling"}, "shown.0.what"),
        ({"what": Teachable.STROKE, "stroke": "no-such-stroke"}, "shown.0.stroke"),
        ({"what": Teachable.STROKE}, "shown.0.stroke"),
        ({"stroke": "toe-rolls"}, "shown.0.stroke"),
        ({"level": "expert"}, "shown.0.level"),
        ({"shown_with": "puppet"}, "shown.0.shown_with"),
        ({"grant": make_id()}, "shown.0.grant"),
        ({"grant": None}, "shown.0.name"),
        ({"name": "Ada"}, "shown.0.name"),
        ({"grant": None, "name": "Ada"}, "shown.0.family"),
        ({"grant": None, "name": "Ada", "family": make_id()}, "shown.0.family"),
        ({"language": "no such language"}, "language"),
    ],
)
def test_what_cannot_have_been_shown_is_refused_by_its_field(
    cast: Cast, told: dict[str, Any], field: str
) -> None:
    shown = Shown(**{"what": Teachable.ROUTINE, "grant": grant_of(cast, cast.fay)} | told)
    with pytest.raises(Invalid) as refused:
        taught(cast, shown)
    assert refused.value.field == field
    assert not Demonstration.objects.exists()


def test_another_childs_caregiver_and_one_whose_access_ended_are_unknown(cast: Cast) -> None:
    for user in (cast.finn, cast.rex):
        with pytest.raises(Invalid):
            taught(cast, stroke(cast, user))
    with pytest.raises(Invalid):
        taught(cast, stroke(cast, cast.fay), contact=factories.contact(cast.fern, by=cast.theo).pk)


def test_nobody_but_the_team_says_what_was_shown(cast: Cast) -> None:
    for by in (cast.otto, cast.opal, cast.theo, cast.fay, cast.nan):
        with pytest.raises(Forbidden):
            taught(cast, stroke(cast, cast.fay), by=by)


def test_what_was_shown_is_never_changed(cast: Cast) -> None:
    [row] = taught(cast, stroke(cast, cast.fay))
    with rls.acting_as(cast.tess):
        for change in (row.delete, lambda: Demonstration.objects.update(level=AGAIN)):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()


# ---- what opens -----------------------------------------------------------------------------------------


@pytest.fixture
def program(cast: Cast) -> HomeProgram:
    """Three strokes: one for all, two that open when taught, of which one only in a later week."""
    with rls.acting_as(cast.tess):
        made = changed(
            cast.tess,
            started(cast.tess, cast.cleo, title="Feet"),
            steps=[
                StepInput(stroke="hello-hands"),
                StepInput(stroke="toe-rolls", opens_when_taught=True),
                StepInput(stroke="sole-thumb-walk", opens_when_taught=True, opens_in_week=30),
            ],
            schedules=[ScheduleInput(slots=[SlotInput(anchor="after_bath")], minutes=5)],
        )
        published(cast.tess, made)
        made.refresh_from_db()
        return made


def steps_open_to(cast: Cast, user: User, program: HomeProgram) -> list[bool]:
    with rls.acting_as(user):
        seen = teaching_in_sight(cast.cleo, sight_of(user, cast.cleo))
        reading = read_program(program, today=today(cast), language="en", teaching=seen)
    assert reading.current is not None
    return [step.is_open for step in reading.current.steps]


def routine_of(cast: Cast, user: User, program: HomeProgram) -> tuple[list[str], tuple[str, ...]]:
    with rls.acting_as(user):
        home = CaregiverGrant.objects.get(user=user, child=cast.cleo).family_id
        seen = teaching_for(cast.cleo, user=user, family_id=home)
        found = routine(program, cast.cleo, teaching=seen, on=today(cast), language="en")
    assert found is not None
    return [step.stroke for step in found.steps], found.waiting


def test_a_step_opens_for_the_household_of_whoever_was_taught_it(cast: Cast, program: HomeProgram) -> None:
    for user in (cast.fay, cast.greg, cast.tess):
        assert steps_open_to(cast, user, program) == [True, False, False]
    assert routine_of(cast, cast.fay, program) == (["hello-hands"], ("Toe rolls",))
    taught(cast, stroke(cast, cast.fay))
    for user in (cast.fay, cast.nan, cast.tess):
        assert steps_open_to(cast, user, program) == [True, True, False]
    assert steps_open_to(cast, cast.greg, program) == [True, False, False]
    assert routine_of(cast, cast.nan, program) == (["hello-hands", "toe-rolls"], ())
    taught(cast, stroke(cast, cast.nan, level=AGAIN))
    assert steps_open_to(cast, cast.nan, program) == [True, False, False]
    assert steps_open_to(cast, cast.fay, program) == [True, True, False]


def test_what_an_assistant_notes_opens_once_it_is_signed(cast: Cast, program: HomeProgram) -> None:
    [row] = taught(cast, stroke(cast, cast.fay), by=cast.asha)
    assert steps_open_to(cast, cast.fay, program) == [True, False, False]
    with rls.acting_as(cast.tess):
        cosign(by=cast.tess, drafts=[Cosigning.objects.get(subject_id=row.pk)], now=rls.now())
    assert steps_open_to(cast, cast.fay, program) == [True, True, False]


def test_who_cares_for_the_child_no_more_opens_nothing(cast: Cast, program: HomeProgram) -> None:
    taught(cast, stroke(cast, cast.nan))
    assert steps_open_to(cast, cast.fay, program) == [True, True, False]
    with rls.acting_as(cast.tess):
        CaregiverGrant.objects.filter(user=cast.nan).update(revoked_at=rls.now())
    assert steps_open_to(cast, cast.fay, program) == [True, False, False]


def test_the_grid_tells_the_team_who_is_ready_for_what(cast: Cast, program: HomeProgram) -> None:
    taught(cast, stroke(cast, cast.fay), stroke(cast, cast.fay, level=TaughtLevel.ALONE))
    taught(cast, Shown(what=Teachable.ROUTINE, name="Ada", family=cast.gregs_home.pk))
    with rls.acting_as(cast.tess):
        grid = grid_of(cast.cleo, language="en", program=program)
    assert grid.people == (cast.fay.name, cast.greg.name, cast.nan.name, "Ada")
    told = {line.thing.key: [cell.level for cell in line.cells] for line in grid.lines}
    assert told["stroke:toe-rolls"] == ["alone", "", "", ""]
    assert told["routine"] == ["", "", "", "shown"]
    assert list(told)[-3:] == ["routine", "cue_reading", "stop_rule"]


def test_a_guardian_reads_of_their_own_household_alone(cast: Cast) -> None:
    taught(cast, stroke(cast, cast.nan), stroke(cast, cast.fay), stroke(cast, cast.greg))
    with rls.acting_as(cast.fay):
        seen = latest_in_household(cast.fay, cast.cleo, language="en")
    assert [(one.to, one.is_mine, one.name) for one in seen] == [
        (cast.fay.name, True, "Toe rolls"),
        (cast.nan.name, False, "Toe rolls"),
    ]


@pytest.mark.parametrize(
    ("level", "said"),
    [
        ("shown", "shown by Tess on May 3; next time on your own"),
        ("with_help", "tried with Tess on May 3; next time on your own"),
        ("alone", "on your own since May 3, seen by Tess"),
        ("again", "Tess shows it to you once more"),
    ],
)
def test_a_family_is_told_in_plain_words(level: str, said: str) -> None:
    assert how_it_stands(level, by="Tess", on=NOON.date()) == said
