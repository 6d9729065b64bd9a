"""A program as Tess and Fay read it."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clinic import rls
from clinic.models import Child, Precaution
from tests.cast import Cast
from tests.tracking.prescribing import (
    EVERY_EVENING,
    changed,
    draft_of,
    next_draft,
    published,
    started,
    strokes,
    today,
    tonight,
)
from tracking.models import HomeProgram, LibraryText, Stroke, StrokeWords
from tracking.readings.programs import (
    ProgramReading,
    VersionReading,
    programs_of,
    read_program,
    read_programs,
)
from tracking.readings.safe_sleep import asks_safe_sleep
from tracking.readings.today import today as day_of
from tracking.services.loading_library import read_library
from tracking.services.pausing import pause_program
from tracking.services.program_parts import ScheduleInput, SlotInput, StepInput
from tracking.vocabulary.programs import ChangeKind

DAY = dt.timedelta(days=1)


def read(cast: Cast, program: HomeProgram, *, on: dt.date | None = None, **how: object) -> ProgramReading:
    options = {"language": "en"} | how
    return read_program(program, today=on or today(cast), **options)  # type: ignore[arg-type]


def current(cast: Cast, program: HomeProgram, **how: object) -> VersionReading:
    version = read(cast, program, **how).current
    assert version is not None
    return version


@pytest.fixture
def program(cast: Cast) -> HomeProgram:
    with rls.acting_as(cast.tess):
        return tonight(cast)


def test_fay_reads_the_sentence_the_steps_with_their_words_and_the_safe_sleep_line(
    cast: Cast, program: HomeProgram
) -> None:
    with rls.acting_as(cast.fay):
        version = current(cast, program)
    assert version.sentence == "Every evening after bath, at least 5 minutes, for 8 weeks."
    assert version.safe_sleep.startswith("For sleep: on the back")
    assert version.stop_rule.startswith("Watch your child more than your hands.")
    assert "Asleep, hungry, crying or very tired" in version.asks_before
    hello, *_, forehead = version.steps
    assert hello.words_to_say == "Hello, my hands are here. Shall we begin?"
    assert hello.instruction.startswith("Warm your hands")
    assert hello.verse == ""
    assert (forehead.name, forehead.contact, forehead.seconds) == ("Forehead smoothing", "dry_skin", 20)
    assert forehead.verse.startswith("This is the way we massage your face")
    assert forehead.verse_tune == "Here We Go Round the Mulberry Bush"


def test_tess_reads_the_conflict_with_the_reason_she_gave(cast: Cast, program: HomeProgram) -> None:
    with rls.acting_as(cast.tess):
        [conflict] = current(cast, program, for_team=True).conflicts
        [seen_by_fay] = current(cast, program).conflicts
    assert (conflict.stroke, conflict.code, conflict.orders) == ("forehead-smooth", "face_aversion", (7,))
    assert conflict.sentence.startswith("Forehead smoothing: Dislikes touch on the face")
    assert conflict.reason == "Agreed with her mother."
    assert not conflict.is_open
    assert seen_by_fay.reason == ""
    assert "your reason" not in seen_by_fay.sentence


def test_a_precaution_that_came_after_publishing_is_shown_on_what_runs(
    cast: Cast, program: HomeProgram
) -> None:
    with rls.acting_as(cast.tess):
        Precaution.objects.create(
            clinic=cast.harbor,
            child=cast.cleo,
            code="skin_open",
            region="feet",
            recorded_by=cast.tess,
            recorded_at=rls.now(),
        )
        version = current(cast, program)
    assert ("sole-thumb-walk", True) in {(one.stroke, one.is_block) for one in version.conflicts}
    assert not version.may_be_published


def test_the_safe_sleep_line_is_for_the_evening_and_the_first_year(cast: Cast, program: HomeProgram) -> None:
    with rls.acting_as(cast.tess):
        morning = changed(
            cast.tess,
            started(cast.tess, cast.cleo, title="Morning"),
            steps=strokes("hello-hands"),
            schedules=[ScheduleInput(slots=[SlotInput(anchor="morning")])],
        )
        published(cast.tess, morning)
        morning.refresh_from_db()
        assert current(cast, morning).safe_sleep == ""
        Child.objects.filter(pk=cast.cleo.pk).update(born_on=today(cast) - dt.timedelta(weeks=80))
        program = HomeProgram.objects.select_related("child__clinic").get(pk=program.pk)
        assert current(cast, program).safe_sleep == ""


def test_a_minimum_longer_than_one_pass_says_how_many_rounds_fill_it(cast: Cast) -> None:
    longer = ScheduleInput(minutes=20, minutes_kind="minimum")
    with rls.acting_as(cast.tess):
        draft = changed(
            cast.tess, started(cast.tess, cast.cleo, preset="starter-legs-feet"), schedules=[longer]
        )
        reading = read(cast, draft, for_team=True).draft
    assert reading is not None
    assert reading.one_pass_seconds == 270  # four and a half minutes, as the preset says
    [schedule] = reading.schedules
    assert schedule.rounds == 5


def test_a_draft_is_read_by_those_who_may_and_proposes_what_it_would_be(
    cast: Cast, program: HomeProgram
) -> None:
    with rls.acting_as(cast.tess):
        changed(cast.tess, next_draft(cast.tess, program), steps=strokes("hello-hands"))
        program.refresh_from_db()
        assert read(cast, program).draft is None
        reading = read(cast, program, for_team=True)
    assert reading.draft is not None
    assert len(reading.draft.steps) == 1
    assert reading.current is not None
    assert len(reading.current.steps) == 7
    assert reading.proposal is not None
    assert reading.proposal.kind is ChangeKind.CHANGE


def test_weeks_are_counted_from_the_first_day(cast: Cast, program: HomeProgram) -> None:
    with rls.acting_as(cast.tess):
        assert (read(cast, program).week, read(cast, program).weeks) == (1, 8)
        assert read(cast, program, on=today(cast) + 7 * DAY).week == 2
        assert read(cast, program, on=today(cast) - DAY).week is None


def test_a_step_that_opens_in_week_two_or_when_taught_waits(cast: Cast) -> None:
    with rls.acting_as(cast.tess):
        program = changed(
            cast.tess,
            started(cast.tess, cast.cleo, title="In stages"),
            steps=[
                StepInput(stroke="hello-hands"),
                StepInput(stroke="leg-long-glide", opens_in_week=2),
                StepInput(stroke="sole-thumb-walk", opens_when_taught=True),
            ],
            schedules=[EVERY_EVENING],
        )
        published(cast.tess, program)
        program.refresh_from_db()
        assert [step.is_open for step in current(cast, program).steps] == [True, False, False]
        later = current(cast, program, on=today(cast) + 7 * DAY)
        assert [step.is_open for step in later.steps] == [True, True, False]


def test_a_pause_is_told_with_its_days(cast: Cast, program: HomeProgram) -> None:
    with rls.acting_as(cast.fay):
        pause_program(by=cast.fay, program=program, reason="illness", now=rls.now())
        reading = read(cast, program)
    assert reading.is_paused
    assert reading.pauses[0].reason == "illness"


def test_every_published_version_is_a_line(cast: Cast, program: HomeProgram) -> None:
    with rls.acting_as(cast.tess):
        draft = changed(cast.tess, next_draft(cast.tess, program), steps=strokes("hello-hands"))
        published(cast.tess, draft, phase_name="Hello alone")
        program.refresh_from_db()
        lines = read(cast, program).phases
    assert [(line.number, line.change_kind, line.phase_number) for line in lines] == [
        (1, "first", 1),
        (2, "change", 2),
    ]
    assert lines[1].phase_name == "Hello alone"


def test_words_fall_back_field_by_field(cast: Cast, program: HomeProgram) -> None:
    hello = Stroke.objects.get(clinic=None, slug="hello-hands").current_version
    assert hello is not None
    StrokeWords.objects.create(
        version=hello, language="de", name="Hallo-Hände", instruction="", words_to_say="Hallo, darf ich?"
    )
    LibraryText.objects.create(
        clinic=None, code="safe_sleep_line", language="de", number=1, text="Zum Schlafen auf den Rücken."
    )
    with rls.acting_as(cast.fay):
        version = current(cast, program, language="de-AT")
    step = version.steps[0]
    assert (step.name, step.words_to_say) == ("Hallo-Hände", "Hallo, darf ich?")
    assert step.instruction.startswith("Warm your hands")
    assert version.safe_sleep == "Zum Schlafen auf den Rücken."
    assert version.steps[1].name == "Long sweep, neck to bottom or feet"


def test_reading_costs_the_same_for_one_short_program_as_for_four_long_ones(cast: Cast) -> None:
    counts = []
    with rls.acting_as(cast.tess):
        for number in range(4):
            program = started(
                cast.tess, cast.cleo, preset="full-body" if number else "tummy-ease", title=f"{number}"
            )
            published(cast.tess, changed(cast.tess, program, schedules=[EVERY_EVENING]))
            child = Child.objects.select_related("clinic").get(pk=cast.cleo.pk)
            with CaptureQueriesContext(connection) as queries:
                seen = programs_of(cast.tess, child)
                read_programs(child, seen, today=today(cast), language="en", for_team=True)
            counts.append(len(queries))
    print(f"\nreading a child's programs: {counts[0]} queries")
    assert counts[0] == counts[-1]
    assert counts[0] <= 18


def test_a_product_waits_for_its_patch_test(cast: Cast) -> None:
    with rls.acting_as(cast.tess):
        draft = started(cast.tess, cast.cleo, preset="starter-legs-feet")
        draft = changed(cast.tess, draft, product_kind="emollient", product_name="The clinic's emollient")
        before = read(cast, draft, for_team=True).draft
        draft = changed(cast.tess, draft, product_patch_tested_on=today(cast))
        after = read(cast, draft, for_team=True).draft
    assert before is not None
    assert before.waits_for_patch_test
    assert after is not None
    assert not after.waits_for_patch_test


@pytest.mark.parametrize(
    "slug", [preset["slug"] for preset in read_library()["presets"] if "bedtime" in preset["tags"]]
)
def test_every_preset_for_bedtime_ends_with_safe_sleep_in_the_first_year(cast: Cast, slug: str) -> None:
    with rls.acting_as(cast.tess):
        draft = draft_of(started(cast.tess, cast.cleo, preset=slug))
    anchors = [slot.anchor for slot in draft.slots.all()]
    assert asks_safe_sleep(cast.cleo.ages_on(today(cast)), anchors=anchors)
    assert not asks_safe_sleep(cast.sami.ages_on(today(cast)), anchors=anchors)


def test_tonight_ends_with_the_safe_sleep_line_and_a_toddlers_does_not(
    cast: Cast, program: HomeProgram
) -> None:
    with rls.acting_as(cast.fay):
        assert day_of(cast.fay, cast.cleo, now=rls.now()).safe_sleep.startswith("For sleep: on the back")
    Child.objects.filter(pk=cast.cleo.pk).update(born_on=today(cast) - dt.timedelta(weeks=80))
    cast.cleo.refresh_from_db()
    with rls.acting_as(cast.fay):
        assert day_of(cast.fay, cast.cleo, now=rls.now()).safe_sleep == ""
