"""Prescribing for Cleo: born at 31 weeks, 30 weeks corrected, who dislikes touch on the face."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from clinic import rls
from clinic.errors import Forbidden, Invalid, Stale
from clinic.models import Child, Precaution
from tests.cast import Cast
from tests.tracking.prescribing import (
    BEDTIME_CALM,
    acknowledged_one,
    calm,
    changed,
    draft_of,
    next_draft,
    publish_as_is,
    slugs,
    started,
    today,
    tonight,
)
from tracking.models import HomeProgram, ProgramState
from tracking.readings.conflicts import conflicts_of
from tracking.readings.prescriptions import prescriptions
from tracking.services import prescribing, publishing
from tracking.services.drafts import (
    BlockedByConflict,
    ChildNotInCare,
    NoDraft,
    ProgramHasEnded,
)
from tracking.services.program_parts import ScheduleInput, SlotInput, StepInput
from tracking.services.publishing import NeedsAcknowledgement, NeverPublished, NoSuchConflict
from tracking.wording.prescription import sentence


@pytest.fixture(autouse=True)
def as_tess(cast: Cast) -> Iterator[None]:
    with rls.acting_as(cast.tess):
        yield


# ---- the story ----------------------------------------------------------------------------------------


def test_a_preset_brings_its_strokes_in_order_with_the_librarys_seconds_both_sides_together(
    cast: Cast,
) -> None:
    program = calm(cast)
    assert program.title == "Bedtime calm"
    assert program.state == ProgramState.DRAFT
    assert slugs(draft_of(program)) == BEDTIME_CALM
    steps = draft_of(program).steps.order_by("order")
    assert list(steps.values_list("seconds", flat=True)) == [30, 30, 60, 40, 60, 60, 20, 20]


def test_minutes_are_prefilled_from_one_pass(cast: Cast) -> None:
    [schedule] = draft_of(calm(cast)).schedules.all()
    assert schedule.minutes == 5  # 320 seconds with the chest; printed as 5.3


def test_bedtime_calm_without_the_chest_is_five_minutes_every_evening_for_eight_weeks(cast: Cast) -> None:
    program = tonight(cast)
    assert program.state == ProgramState.ACTIVE
    assert program.current_version is not None
    prescription = prescriptions([program.current_version])[program.current_version.pk]
    assert sum(step.seconds for step in prescription.steps) == 300
    assert sentence(prescription) == "Every evening after bath, at least 5 minutes, for 8 weeks."


def test_forehead_smoothing_waits_for_a_reason_because_cleo_dislikes_touch_on_the_face(cast: Cast) -> None:
    program = calm(cast)
    [standing] = conflicts_of(draft_of(program), cast.cleo, on=today(cast))
    assert (standing.stroke, standing.code, standing.how) == (
        "forehead-smooth",
        "face_aversion",
        "acknowledge",
    )
    with pytest.raises(NeedsAcknowledgement) as refused, transaction.atomic():
        publish_as_is(cast, program)
    assert refused.value.field == "steps.7"
    assert refused.value.parameters["stroke_name"] == "Forehead smoothing"
    assert refused.value.parameters["conflict"] == "face_aversion"
    program = publish_as_is(cast, acknowledged_one(cast, program, "forehead-smooth", "face_aversion"))
    assert program.state == ProgramState.ACTIVE


def test_a_big_hug_is_refused_for_cleos_age_when_it_is_added(cast: Cast) -> None:
    program = calm(cast)
    with pytest.raises(BlockedByConflict) as refused, transaction.atomic():
        changed(
            cast.tess,
            program,
            steps=[StepInput(stroke="hello-hands"), StepInput(stroke="deep-squeeze-and-hug")],
        )
    assert refused.value.field == "steps.1"
    told = refused.value.parameters
    assert (told["stroke"], told["conflict"]) == ("deep-squeeze-and-hug", "under_minimum_age")
    weeks_old = (today(cast) - cast.cleo.born_on).days // 7
    assert told["minimum_age_weeks"] == 104
    assert (told["age_weeks"], told["is_corrected"]) == (weeks_old - 9, True)
    assert slugs(draft_of(program)) == BEDTIME_CALM


# ---- conflicts ----------------------------------------------------------------------------------------


def with_precaution(cast: Cast, code: str, **fields: object) -> Precaution:
    return Precaution.objects.create(
        clinic=cast.harbor,
        child=cast.cleo,
        code=code,
        recorded_by=cast.tess,
        recorded_at=rls.now(),
        **fields,
    )


def test_what_a_newer_precaution_blocks_stays_in_the_draft_and_stops_it_from_being_published(
    cast: Cast,
) -> None:
    program = acknowledged_one(cast, calm(cast), "forehead-smooth", "face_aversion")
    with_precaution(cast, "skin_open", region="legs")
    program = changed(cast.tess, program, note="See you on Monday")
    with pytest.raises(BlockedByConflict) as refused:
        publish_as_is(cast, program)
    assert [one["stroke"] for one in refused.value.parameters["conflicts"]] == ["leg-long-glide"]


def test_a_fever_that_is_over_by_the_first_day_blocks_nothing(cast: Cast) -> None:
    with_precaution(cast, "fever", until_on=today(cast) + dt.timedelta(days=2))
    program = acknowledged_one(cast, calm(cast), "forehead-smooth", "face_aversion")
    with pytest.raises(BlockedByConflict), transaction.atomic():
        publish_as_is(cast, program)
    program = changed(cast.tess, program, starts_on=today(cast) + dt.timedelta(days=7))
    assert publish_as_is(cast, program).state == ProgramState.ACTIVE


def test_an_oil_the_child_is_allergic_to_is_refused_with_the_product(cast: Cast) -> None:
    with_precaution(cast, "allergy", substance="nuts")
    program = changed(cast.tess, calm(cast), steps=[StepInput(stroke="leg-long-glide", contact="skin")])
    with pytest.raises(BlockedByConflict) as refused:
        changed(cast.tess, program, product_kind="oil", product_name="Sweet almond oil")
    assert refused.value.field == "product_name"
    assert refused.value.parameters["conflict"] == "allergy"


def test_lotion_is_held_to_an_allergy_as_a_stroke_with_a_product_is(cast: Cast) -> None:
    with_precaution(cast, "allergy", substance="wheat")
    program = started(cast.tess, cast.cleo, title="Lotion")
    with pytest.raises(BlockedByConflict):
        changed(
            cast.tess,
            program,
            steps=[StepInput(kind="lotion", seconds=180)],
            product_kind="emollient",
            product_name="Wheat germ lotion",
        )


def test_moving_legs_is_refused_while_the_hips_are_not_cleared(cast: Cast) -> None:
    with_precaution(cast, "hip")
    program = started(cast.tess, cast.cleo, title="Moves")
    with pytest.raises(BlockedByConflict):
        changed(cast.tess, program, steps=[StepInput(kind="passive_movement", seconds=300)])


def test_only_a_conflict_that_asks_for_a_reason_can_be_acknowledged(cast: Cast) -> None:
    program = calm(cast)
    for stroke, code in (("hello-hands", "face_aversion"), ("forehead-smooth", "fever"), ("", "hip")):
        with pytest.raises(NoSuchConflict), transaction.atomic():
            acknowledged_one(cast, program, stroke, code)
    with pytest.raises(Invalid), transaction.atomic():
        publishing.acknowledge_conflict(
            by=cast.tess,
            program=program,
            lock_version=program.lock_version,
            stroke="forehead-smooth",
            code="face_aversion",
            reason="   ",
            now=rls.now(),
        )


# ---- who ----------------------------------------------------------------------------------------------


def test_an_assistant_drafts_what_a_therapist_publishes(cast: Cast) -> None:
    with rls.acting_as(cast.asha):
        program = started(cast.asha, cast.cleo, preset="bedtime-calm")
        with pytest.raises(Forbidden), transaction.atomic():
            publishing.publish(
                by=cast.asha, program=program, lock_version=program.lock_version, now=rls.now()
            )
    program = publish_as_is(cast, acknowledged_one(cast, program, "forehead-smooth", "face_aversion"))
    assert program.current_version is not None
    assert program.current_version.drafted_by == cast.asha
    assert program.current_version.published_by == cast.tess


def test_a_guardian_prescribes_nothing(cast: Cast) -> None:
    with rls.acting_as(cast.fay), pytest.raises(Forbidden):
        started(cast.fay, cast.cleo, title="Mine")


def test_no_program_is_started_for_a_child_who_has_died(cast: Cast) -> None:
    Child.objects.filter(pk=cast.cleo.pk).update(died_on=today(cast))
    cast.cleo.refresh_from_db()
    with pytest.raises(ChildNotInCare):
        calm(cast)


# ---- changing, discarding, ending ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"steps": [StepInput(stroke="no-such-stroke")]}, "steps.0.stroke"),
        ({"steps": [StepInput(stroke="hello-hands", side="left")]}, "steps.0.side"),
        ({"steps": [StepInput(stroke="forehead-smooth", contact="skin")]}, "steps.0.contact"),
        ({"steps": [StepInput(stroke="hello-hands", seconds=2)]}, "steps.0.seconds"),
        ({"steps": [StepInput(kind="nap")]}, "steps.0.kind"),
        ({"steps": [StepInput(kind="bath", stroke="hello-hands")]}, "steps.0.stroke"),
        ({"schedules": [ScheduleInput(per="fortnight")]}, "schedules.0.per"),
        ({"schedules": [ScheduleInput(count=0)]}, "schedules.0.count"),
        ({"schedules": [ScheduleInput(per="named_days")]}, "schedules.0.weekdays"),
        ({"schedules": [ScheduleInput(weekdays=[7])]}, "schedules.0.weekdays"),
        ({"schedules": [ScheduleInput(minutes=241)]}, "schedules.0.minutes"),
        ({"schedules": [ScheduleInput(slots=[SlotInput(anchor="noon")])]}, "schedules.0.slots.0.anchor"),
        ({"schedules": [ScheduleInput(slots=[SlotInput(), SlotInput()])]}, "schedules.0.slots"),
        ({"weeks": 0}, "weeks"),
        ({"ends_on": dt.date(2001, 1, 1)}, "ends_on"),
        ({"starts_on": dt.date(2001, 1, 1)}, "starts_on"),
        ({"target_states": ["happy"]}, "target_states"),
        ({"product_kind": "snake_oil"}, "product_kind"),
        ({"title": " "}, "title"),
        ({"lights_out_within_minutes": 0}, "lights_out_within_minutes"),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(cast: Cast, changes: dict[str, object], field: str) -> None:
    program = calm(cast)
    with pytest.raises(Invalid) as refused:
        changed(cast.tess, program, **changes)
    assert refused.value.field == field
    assert refused.value.parameters["allowed"]


def test_two_who_change_one_draft_do_not_overwrite_each_other(cast: Cast) -> None:
    program = calm(cast)
    seen_by_asha = program.lock_version
    changed(cast.tess, program, note="From Tess")
    with pytest.raises(Stale):
        prescribing.change_draft(
            by=cast.asha, program=program, lock_version=seen_by_asha, now=rls.now(), note="From Asha"
        )


def test_a_program_that_never_ran_goes_with_its_draft(cast: Cast) -> None:
    program = calm(cast)
    gone = prescribing.discard_draft(by=cast.tess, program=program, lock_version=program.lock_version)
    assert gone is None
    assert not HomeProgram.objects.filter(child=cast.cleo).exists()


def test_a_discarded_draft_leaves_what_runs(cast: Cast) -> None:
    program = next_draft(cast.tess, tonight(cast))
    left = prescribing.discard_draft(by=cast.tess, program=program, lock_version=program.lock_version)
    assert left is not None
    assert left.versions.count() == 1
    with pytest.raises(NoDraft):
        changed(cast.tess, left, note="too late")


def test_a_program_ends_with_a_reason_and_changes_no_more(cast: Cast) -> None:
    program = next_draft(cast.tess, tonight(cast))
    program = publishing.end_program(
        by=cast.tess,
        program=program,
        lock_version=program.lock_version,
        reason="goals_met",
        now=rls.now(),
    )
    assert (program.state, program.end_reason) == ("ended", "goals_met")
    assert program.versions.count() == 1
    with pytest.raises(ProgramHasEnded):
        next_draft(cast.tess, program)


def test_a_draft_that_never_ran_is_discarded_not_ended(cast: Cast) -> None:
    program = calm(cast)
    with pytest.raises(NeverPublished):
        publishing.end_program(
            by=cast.tess,
            program=program,
            lock_version=program.lock_version,
            reason="completed",
            now=rls.now(),
        )


def test_the_conflicts_of_a_draft_take_the_same_queries_for_two_steps_as_for_twenty(cast: Cast) -> None:
    counts = []
    for preset in ("starter-legs-feet", "full-body"):
        program = started(cast.tess, cast.cleo, preset=preset)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            conflicts_of(draft_of(program), cast.cleo, on=today(cast))
        counts.append(len(queries))
    assert counts[0] == counts[1]
