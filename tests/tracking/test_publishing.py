"""Publishing: immutable versions, corrections and changes, the diary before, the waitlist."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.db.utils import Error
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clinic import rls
from clinic.errors import Invalid
from clinic.models import AuditEvent
from clinic.vocabulary import AuditCode
from tests.cast import Cast
from tests.tracking.prescribing import (
    EVERY_EVENING,
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
from tracking.models import ProgramSlot, ProgramStep, ProgramVersion, ReminderRule
from tracking.prescription import Difference
from tracking.readings.prescriptions import prescriptions, propose_change_kind
from tracking.services import prescribing, publishing
from tracking.services.drafts import (
    DraftIsOpen,
)
from tracking.services.program_parts import ScheduleInput, SlotInput, StepInput
from tracking.services.publishing import Incomplete
from tracking.vocabulary.programs import ChangeKind


@pytest.fixture(autouse=True)
def as_tess(cast: Cast) -> Iterator[None]:
    with rls.acting_as(cast.tess):
        yield


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
    program = acknowledged_one(cast, calm(cast), "forehead-smooth", "face_aversion")
    program = changed(
        cast.tess,
        program,
        starts_on=begins,
        baseline_starts_on=begins - dt.timedelta(days=7),
        schedules=[EVERY_EVENING, ScheduleInput(phase="baseline", slots=[SlotInput(anchor="bedtime")])],
    )
    program = publish_as_is(cast, program)
    assert program.current_version is not None
    assert program.current_version.effective_on == begins - dt.timedelta(days=7)
    running = tonight(cast)
    running = prescribing.open_draft(
        by=cast.tess, program=running, lock_version=running.lock_version, now=rls.now()
    )
    running = publish_as_is(cast, running, change_kind="correction")
    assert running.current_version is not None
    assert running.current_version.effective_on == today(cast)


def test_the_next_draft_is_a_copy_reasons_included(cast: Cast) -> None:
    program = tonight(cast)
    before = program.current_version
    assert before is not None
    program = next_draft(cast.tess, program)
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
        next_draft(cast.tess, program)


def test_more_minutes_are_proposed_as_a_change_and_begin_a_phase_that_has_a_name(cast: Cast) -> None:
    program = next_draft(cast.tess, tonight(cast))
    longer = ScheduleInput(slots=[SlotInput(anchor="after_bath")], minutes=10, minutes_kind="minimum")
    program = changed(cast.tess, program, schedules=[longer])
    proposal = propose_change_kind(draft_of(program), program.current_version)
    assert (proposal.kind, proposal.because) == (ChangeKind.CHANGE, (Difference.MINUTES,))
    with pytest.raises(Invalid) as refused, transaction.atomic():
        publish_as_is(cast, program)
    assert refused.value.field == "phase_name"
    program = publish_as_is(cast, program, phase_name="Ten minutes")
    assert program.current_version is not None
    assert program.current_version.phase_number == 2
    assert program.current_version.phase_name == "Ten minutes"


def test_another_anchor_is_proposed_as_a_correction_and_the_phase_goes_on(cast: Cast) -> None:
    program = next_draft(cast.tess, tonight(cast))
    program = changed(
        cast.tess,
        program,
        schedules=[
            ScheduleInput(slots=[SlotInput(anchor="bedtime")], minutes=5, minutes_kind="minimum"),
        ],
    )
    program = publish_as_is(cast, program)
    version = program.current_version
    assert version is not None
    assert (version.change_kind, version.phase_number) == ("correction", 1)


def test_a_slot_that_stays_keeps_its_number_and_a_new_one_takes_an_unused_one(cast: Cast) -> None:
    program = calm(cast)
    morning, evening = SlotInput(anchor="morning"), SlotInput(anchor="bedtime")
    program = changed(cast.tess, program, schedules=[ScheduleInput(count=2, slots=[morning, evening])])
    program = publish_as_is(cast, acknowledged_one(cast, program, "forehead-smooth", "face_aversion"))
    program = next_draft(cast.tess, program)
    program = changed(
        cast.tess,
        program,
        schedules=[ScheduleInput(count=2, slots=[evening, SlotInput(anchor="after_nap")])],
    )
    numbers = dict(draft_of(program).slots.values_list("anchor", "number"))
    first = dict(ProgramSlot.objects.filter(version=program.current_version).values_list("anchor", "number"))
    assert numbers["bedtime"] == first["bedtime"]
    assert numbers["after_nap"] == 3


def test_week_one_of_a_program_that_has_begun_stays_where_it_is(cast: Cast) -> None:
    program = next_draft(cast.tess, tonight(cast))
    with pytest.raises(Invalid) as refused:
        changed(cast.tess, program, starts_on=today(cast) + dt.timedelta(days=3))
    assert refused.value.field == "starts_on"


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"steps": []}, "steps"), ({"schedules": []}, "schedules")],
)
def test_a_program_without_steps_or_schedule_is_not_published(
    cast: Cast, changes: dict[str, object], field: str
) -> None:
    program = changed(cast.tess, calm(cast), **changes)
    with pytest.raises(Incomplete) as refused:
        publish_as_is(cast, program)
    assert refused.value.field == field


def test_a_waitlist_program_asks_for_a_diary_until_the_massage_is_prescribed(cast: Cast) -> None:
    program = started(cast.tess, cast.cleo, title="While you wait", is_waitlist=True)
    diary = ScheduleInput(phase="baseline", slots=[SlotInput(anchor="bedtime")])
    program = publish_as_is(cast, changed(cast.tess, program, schedules=[diary]))
    assert program.is_waitlist
    diary_began = program.current_version.starts_on if program.current_version else None
    assert diary_began is not None
    program = changed(
        cast.tess,
        next_draft(cast.tess, program),
        starts_on=diary_began + dt.timedelta(days=14),
        baseline_starts_on=diary_began,
        steps=[StepInput(stroke="hello-hands")],
        schedules=[diary, EVERY_EVENING],
    )
    program = publish_as_is(cast, program, phase_name="Massage")
    assert not program.is_waitlist


def test_publishing_keeps_a_reminder_rule_for_every_home_and_slot_until_the_program_ends(
    cast: Cast,
) -> None:
    program = tonight(cast)
    rules = ReminderRule.objects.filter(program=program)
    [slot] = ProgramSlot.objects.filter(version=program.current_version)
    assert {(rule.family_id, rule.slot_number) for rule in rules} == {
        (cast.fays_home.pk, slot.number),
        (cast.gregs_home.pk, slot.number),
    }
    assert all(rule.next_on is not None for rule in rules)
    publishing.end_program(
        by=cast.tess,
        program=program,
        lock_version=program.lock_version,
        reason="completed",
        now=rls.now(),
    )
    assert all(rule.next_on is None for rule in ReminderRule.objects.filter(program=program))


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    days=st.lists(
        st.sets(st.sampled_from(["morning", "midday", "after_nap", "bedtime"]), min_size=1), max_size=5
    )
)
def test_whatever_is_redrafted_a_time_of_day_keeps_its_number(cast: Cast, days: list[set[str]]) -> None:
    program = calm(cast)
    known: dict[str, int] = {}
    for anchors in days:
        slots = [SlotInput(anchor=anchor) for anchor in sorted(anchors)]
        program = changed(cast.tess, program, schedules=[ScheduleInput(count=len(slots), slots=slots)])
        numbers = dict(draft_of(program).slots.values_list("anchor", "number"))
        assert set(numbers) == anchors
        assert len(set(numbers.values())) == len(anchors)
        kept = known.keys() & numbers.keys()
        assert {anchor: known[anchor] for anchor in kept} == {anchor: numbers[anchor] for anchor in kept}
        known = numbers
