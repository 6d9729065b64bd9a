"""Prescribing for Cleo: born at 31 weeks, 30 weeks corrected, who dislikes touch on the face."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.db.utils import Error
from django.test.utils import CaptureQueriesContext

from clinic import rls
from clinic.errors import Forbidden, Invalid, Stale
from clinic.localtime import local_day
from clinic.models import AuditEvent, Child, Precaution
from clinic.vocabulary import AuditCode
from tests.cast import Cast
from tracking.models import HomeProgram, Preset, ProgramSlot, ProgramState, ProgramStep, ProgramVersion
from tracking.prescription import Difference
from tracking.readings.conflicts import conflicts_of
from tracking.readings.prescriptions import prescriptions, propose_change_kind
from tracking.services import prescribing, publishing
from tracking.services.drafts import (
    BlockedByConflict,
    ChildNotInCare,
    DraftIsOpen,
    NoDraft,
    ProgramHasEnded,
)
from tracking.services.program_parts import ScheduleInput, SlotInput, StepInput
from tracking.services.publishing import Incomplete, NeedsAcknowledgement, NeverPublished, NoSuchConflict
from tracking.vocabulary.programs import ChangeKind
from tracking.wording.prescription import sentence

EVERY_EVENING = ScheduleInput(
    slots=[SlotInput(anchor="after_bath")], minutes=5, minutes_kind="minimum", count_kind="target"
)
BEDTIME_CALM = [
    "hello-hands",
    "back-long-sweep",
    "leg-long-glide",
    "sole-thumb-walk",
    "arm-long-glide",
    "palm-and-finger-rolls",
    "chest-open-book",
    "forehead-smooth",
]


@pytest.fixture(autouse=True)
def as_tess(cast: Cast) -> Iterator[None]:
    with rls.acting_as(cast.tess):
        yield


def bedtime_calm() -> Preset:
    return Preset.objects.get(clinic=None, slug="bedtime-calm")


def started(cast: Cast) -> HomeProgram:
    return prescribing.start_program(by=cast.tess, child=cast.cleo, preset=bedtime_calm(), now=rls.now())


def changed(cast: Cast, program: HomeProgram, **changes: object) -> HomeProgram:
    return prescribing.change_draft(
        by=cast.tess,
        program=program,
        lock_version=program.lock_version,
        now=rls.now(),
        **changes,  # type: ignore[arg-type]
    )


def acknowledged(cast: Cast, program: HomeProgram, stroke: str, code: str) -> HomeProgram:
    return publishing.acknowledge_conflict(
        by=cast.tess,
        program=program,
        lock_version=program.lock_version,
        stroke=stroke,
        code=code,
        reason="Agreed with her mother: last, and only if she looks at her.",
        now=rls.now(),
    )


def published(cast: Cast, program: HomeProgram, **choices: str) -> HomeProgram:
    publishing.publish(
        by=cast.tess, program=program, lock_version=program.lock_version, now=rls.now(), **choices
    )
    program.refresh_from_db()
    return program


def tonight(cast: Cast) -> HomeProgram:
    """The story's program, published."""
    program = changed(
        cast,
        started(cast),
        steps=[StepInput(stroke=slug) for slug in BEDTIME_CALM if slug != "chest-open-book"],
        schedules=[EVERY_EVENING],
        weeks=8,
    )
    return published(cast, acknowledged(cast, program, "forehead-smooth", "face_aversion"))


def draft_of(program: HomeProgram) -> ProgramVersion:
    return program.versions.get(published_at__isnull=True)


def slugs(version: ProgramVersion) -> list[str]:
    return list(version.steps.order_by("order").values_list("stroke_version__stroke__slug", flat=True))


def today(cast: Cast) -> dt.date:
    return local_day(rls.now(), cast.harbor.zone)


# ---- the story ----------------------------------------------------------------------------------------


def test_a_preset_brings_its_strokes_in_order_with_the_librarys_seconds_both_sides_together(
    cast: Cast,
) -> None:
    program = started(cast)
    assert program.title == "Bedtime calm"
    assert program.state == ProgramState.DRAFT
    assert slugs(draft_of(program)) == BEDTIME_CALM
    steps = draft_of(program).steps.order_by("order")
    assert list(steps.values_list("seconds", flat=True)) == [30, 30, 60, 40, 60, 60, 20, 20]


def test_minutes_are_prefilled_from_one_pass(cast: Cast) -> None:
    [schedule] = draft_of(started(cast)).schedules.all()
    assert schedule.minutes == 5  # 320 seconds with the chest; domain A.7 prints 5.3


def test_bedtime_calm_without_the_chest_is_five_minutes_every_evening_for_eight_weeks(cast: Cast) -> None:
    program = tonight(cast)
    assert program.state == ProgramState.ACTIVE
    assert program.current_version is not None
    prescription = prescriptions([program.current_version])[program.current_version.pk]
    assert sum(step.seconds for step in prescription.steps) == 300
    assert sentence(prescription) == "Every evening after bath, at least 5 minutes, for 8 weeks."


def test_forehead_smoothing_waits_for_a_reason_because_cleo_dislikes_touch_on_the_face(cast: Cast) -> None:
    program = started(cast)
    [standing] = conflicts_of(draft_of(program), cast.cleo, on=today(cast))
    assert (standing.stroke, standing.code, standing.how) == (
        "forehead-smooth",
        "face_aversion",
        "acknowledge",
    )
    with pytest.raises(NeedsAcknowledgement) as refused, transaction.atomic():
        published(cast, program)
    assert refused.value.field == "steps.7"
    assert refused.value.parameters["stroke_name"] == "Forehead smoothing"
    assert refused.value.parameters["conflict"] == "face_aversion"
    program = published(cast, acknowledged(cast, program, "forehead-smooth", "face_aversion"))
    assert program.state == ProgramState.ACTIVE


def test_a_big_hug_is_refused_for_cleos_age_when_it_is_added(cast: Cast) -> None:
    program = started(cast)
    with pytest.raises(BlockedByConflict) as refused, transaction.atomic():
        changed(
            cast, program, steps=[StepInput(stroke="hello-hands"), StepInput(stroke="deep-squeeze-and-hug")]
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
    program = acknowledged(cast, started(cast), "forehead-smooth", "face_aversion")
    with_precaution(cast, "skin_open", region="legs")
    program = changed(cast, program, note="See you on Monday")
    with pytest.raises(BlockedByConflict) as refused:
        published(cast, program)
    assert [one["stroke"] for one in refused.value.parameters["conflicts"]] == ["leg-long-glide"]


def test_a_fever_that_is_over_by_the_first_day_blocks_nothing(cast: Cast) -> None:
    with_precaution(cast, "fever", until_on=today(cast) + dt.timedelta(days=2))
    program = acknowledged(cast, started(cast), "forehead-smooth", "face_aversion")
    with pytest.raises(BlockedByConflict), transaction.atomic():
        published(cast, program)
    program = changed(cast, program, starts_on=today(cast) + dt.timedelta(days=7))
    assert published(cast, program).state == ProgramState.ACTIVE


def test_an_oil_the_child_is_allergic_to_is_refused_with_the_product(cast: Cast) -> None:
    with_precaution(cast, "allergy", substance="nuts")
    program = changed(cast, started(cast), steps=[StepInput(stroke="leg-long-glide", contact="skin")])
    with pytest.raises(BlockedByConflict) as refused:
        changed(cast, program, product_kind="oil", product_name="Sweet almond oil")
    assert refused.value.field == "product_name"
    assert refused.value.parameters["conflict"] == "allergy"


def test_lotion_is_held_to_an_allergy_as_a_stroke_with_a_product_is(cast: Cast) -> None:
    with_precaution(cast, "allergy", substance="wheat")
    program = prescribing.start_program(by=cast.tess, child=cast.cleo, title="Lotion", now=rls.now())
    with pytest.raises(BlockedByConflict):
        changed(
            cast,
            program,
            steps=[StepInput(kind="lotion", seconds=180)],
            product_kind="emollient",
            product_name="Wheat germ lotion",
        )


def test_moving_legs_is_refused_while_the_hips_are_not_cleared(cast: Cast) -> None:
    with_precaution(cast, "hip")
    program = prescribing.start_program(by=cast.tess, child=cast.cleo, title="Moves", now=rls.now())
    with pytest.raises(BlockedByConflict):
        changed(cast, program, steps=[StepInput(kind="passive_movement", seconds=300)])


def test_only_a_conflict_that_asks_for_a_reason_can_be_acknowledged(cast: Cast) -> None:
    program = started(cast)
    for stroke, code in (("hello-hands", "face_aversion"), ("forehead-smooth", "fever"), ("", "hip")):
        with pytest.raises(NoSuchConflict), transaction.atomic():
            acknowledged(cast, program, stroke, code)
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
        program = prescribing.start_program(
            by=cast.asha, child=cast.cleo, preset=bedtime_calm(), now=rls.now()
        )
        with pytest.raises(Forbidden), transaction.atomic():
            publishing.publish(
                by=cast.asha, program=program, lock_version=program.lock_version, now=rls.now()
            )
    program = published(cast, acknowledged(cast, program, "forehead-smooth", "face_aversion"))
    assert program.current_version is not None
    assert program.current_version.drafted_by == cast.asha
    assert program.current_version.published_by == cast.tess


def test_a_guardian_prescribes_nothing(cast: Cast) -> None:
    with rls.acting_as(cast.fay), pytest.raises(Forbidden):
        prescribing.start_program(by=cast.fay, child=cast.cleo, title="Mine", now=rls.now())


def test_no_program_is_started_for_a_child_who_has_died(cast: Cast) -> None:
    Child.objects.filter(pk=cast.cleo.pk).update(died_on=today(cast))
    cast.cleo.refresh_from_db()
    with pytest.raises(ChildNotInCare):
        started(cast)


# ---- publishing ---------------------------------------------------------------------------------------


def test_a_published_version_and_its_parts_are_beyond_change(cast: Cast) -> None:
    program = tonight(cast)
    version = program.current_version
    assert version is not None
    for change in (
        lambda: ProgramVersion.objects.filter(pk=version.pk).update(note="otherwise"),
        lambda: ProgramStep.objects.filter(version=version).update(seconds=1),
        lambda: ProgramStep.objects.filter(version=version).delete(),
        lambda: version.acknowledgements.all().delete(),
    ):
        with pytest.raises(Error), transaction.atomic():
            change()


def test_publishing_is_audited_with_what_it_was(cast: Cast) -> None:
    program = tonight(cast)
    event = AuditEvent.objects.get(code=AuditCode.PUBLISHED_PROGRAM)
    assert (event.subject_id, event.detail, event.actor_id) == (
        program.current_version_id,
        "first",
        cast.tess.pk,
    )


def test_the_first_version_applies_from_its_diary_and_a_later_one_from_today(cast: Cast) -> None:
    begins = today(cast) + dt.timedelta(days=14)
    program = acknowledged(cast, started(cast), "forehead-smooth", "face_aversion")
    program = changed(
        cast,
        program,
        starts_on=begins,
        baseline_starts_on=begins - dt.timedelta(days=7),
        schedules=[EVERY_EVENING, ScheduleInput(phase="baseline", slots=[SlotInput(anchor="bedtime")])],
    )
    program = published(cast, program)
    assert program.current_version is not None
    assert program.current_version.effective_on == begins - dt.timedelta(days=7)
    running = tonight(cast)
    running = prescribing.open_draft(
        by=cast.tess, program=running, lock_version=running.lock_version, now=rls.now()
    )
    running = published(cast, running, change_kind="correction")
    assert running.current_version is not None
    assert running.current_version.effective_on == today(cast)


def next_draft(cast: Cast, program: HomeProgram) -> HomeProgram:
    return prescribing.open_draft(
        by=cast.tess, program=program, lock_version=program.lock_version, now=rls.now()
    )


def test_the_next_draft_is_a_copy_reasons_included(cast: Cast) -> None:
    program = tonight(cast)
    before = program.current_version
    assert before is not None
    program = next_draft(cast, program)
    draft = draft_of(program)
    assert draft.number == 2
    assert slugs(draft) == slugs(before)
    both = prescriptions([before, draft])
    assert both[before.pk] == both[draft.pk]
    assert draft.acknowledgements.get().code == "face_aversion"
    assert [s.number for s in draft.slots.all()] == [s.number for s in before.slots.all()]
    program.refresh_from_db()
    assert program.current_version_id == before.pk, "what runs goes on running"
    with pytest.raises(DraftIsOpen):
        next_draft(cast, program)


def test_more_minutes_are_proposed_as_a_change_and_begin_a_phase_that_has_a_name(cast: Cast) -> None:
    program = next_draft(cast, tonight(cast))
    longer = ScheduleInput(slots=[SlotInput(anchor="after_bath")], minutes=10, minutes_kind="minimum")
    program = changed(cast, program, schedules=[longer])
    proposal = propose_change_kind(draft_of(program), program.current_version)
    assert (proposal.kind, proposal.because) == (ChangeKind.CHANGE, (Difference.MINUTES,))
    with pytest.raises(Invalid) as refused, transaction.atomic():
        published(cast, program)
    assert refused.value.field == "phase_name"
    program = published(cast, program, phase_name="Ten minutes")
    assert program.current_version is not None
    assert program.current_version.phase_number == 2
    assert program.current_version.phase_name == "Ten minutes"


def test_another_anchor_is_proposed_as_a_correction_and_the_phase_goes_on(cast: Cast) -> None:
    program = next_draft(cast, tonight(cast))
    program = changed(
        cast,
        program,
        schedules=[
            ScheduleInput(slots=[SlotInput(anchor="bedtime")], minutes=5, minutes_kind="minimum"),
        ],
    )
    program = published(cast, program)
    version = program.current_version
    assert version is not None
    assert (version.change_kind, version.phase_number) == ("correction", 1)


def test_a_slot_that_stays_keeps_its_number_and_a_new_one_takes_an_unused_one(cast: Cast) -> None:
    program = started(cast)
    morning, evening = SlotInput(anchor="morning"), SlotInput(anchor="bedtime")
    program = changed(cast, program, schedules=[ScheduleInput(count=2, slots=[morning, evening])])
    program = published(cast, acknowledged(cast, program, "forehead-smooth", "face_aversion"))
    program = next_draft(cast, program)
    program = changed(
        cast,
        program,
        schedules=[ScheduleInput(count=2, slots=[evening, SlotInput(anchor="after_nap")])],
    )
    numbers = dict(draft_of(program).slots.values_list("anchor", "number"))
    first = dict(ProgramSlot.objects.filter(version=program.current_version).values_list("anchor", "number"))
    assert numbers["bedtime"] == first["bedtime"]
    assert numbers["after_nap"] == 3


def test_week_one_of_a_program_that_has_begun_stays_where_it_is(cast: Cast) -> None:
    program = next_draft(cast, tonight(cast))
    with pytest.raises(Invalid) as refused:
        changed(cast, program, starts_on=today(cast) + dt.timedelta(days=3))
    assert refused.value.field == "starts_on"


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"steps": []}, "steps"), ({"schedules": []}, "schedules")],
)
def test_a_program_without_steps_or_schedule_is_not_published(
    cast: Cast, changes: dict[str, object], field: str
) -> None:
    program = changed(cast, started(cast), **changes)
    with pytest.raises(Incomplete) as refused:
        published(cast, program)
    assert refused.value.field == field


def test_a_waitlist_program_asks_for_a_diary_until_the_massage_is_prescribed(cast: Cast) -> None:
    program = prescribing.start_program(
        by=cast.tess, child=cast.cleo, title="While you wait", is_waitlist=True, now=rls.now()
    )
    diary = ScheduleInput(phase="baseline", slots=[SlotInput(anchor="bedtime")])
    program = published(cast, changed(cast, program, schedules=[diary]))
    assert program.is_waitlist
    diary_began = program.current_version.starts_on if program.current_version else None
    assert diary_began is not None
    program = changed(
        cast,
        next_draft(cast, program),
        starts_on=diary_began + dt.timedelta(days=14),
        baseline_starts_on=diary_began,
        steps=[StepInput(stroke="hello-hands")],
        schedules=[diary, EVERY_EVENING],
    )
    program = published(cast, program, phase_name="Massage")
    assert not program.is_waitlist


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
    program = started(cast)
    with pytest.raises(Invalid) as refused:
        changed(cast, program, **changes)
    assert refused.value.field == field
    assert refused.value.parameters["allowed"]


def test_two_who_change_one_draft_do_not_overwrite_each_other(cast: Cast) -> None:
    program = started(cast)
    seen_by_asha = program.lock_version
    changed(cast, program, note="From Tess")
    with pytest.raises(Stale):
        prescribing.change_draft(
            by=cast.asha, program=program, lock_version=seen_by_asha, now=rls.now(), note="From Asha"
        )


def test_a_program_that_never_ran_goes_with_its_draft(cast: Cast) -> None:
    program = started(cast)
    gone = prescribing.discard_draft(by=cast.tess, program=program, lock_version=program.lock_version)
    assert gone is None
    assert not HomeProgram.objects.filter(child=cast.cleo).exists()


def test_a_discarded_draft_leaves_what_runs(cast: Cast) -> None:
    program = next_draft(cast, tonight(cast))
    left = prescribing.discard_draft(by=cast.tess, program=program, lock_version=program.lock_version)
    assert left is not None
    assert left.versions.count() == 1
    with pytest.raises(NoDraft):
        changed(cast, left, note="too late")


def test_a_program_ends_with_a_reason_and_changes_no_more(cast: Cast) -> None:
    program = next_draft(cast, tonight(cast))
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
        next_draft(cast, program)


def test_a_draft_that_never_ran_is_discarded_not_ended(cast: Cast) -> None:
    program = started(cast)
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
        program = prescribing.start_program(
            by=cast.tess,
            child=cast.cleo,
            preset=Preset.objects.get(clinic=None, slug=preset),
            now=rls.now(),
        )
        with CaptureQueriesContext(
            connection,
        ) as queries:
            conflicts_of(draft_of(program), cast.cleo, on=today(cast))
        counts.append(len(queries))
    assert counts[0] == counts[1]
