"""Group classes: one contact a child and date, held in one step, and nothing of one family to another."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from clinic import rls
from clinic.errors import Forbidden, Invalid
from clinic.models import CaregiverGrant, CareTeam, User
from tests import factories
from tests.cast import Cast
from tests.tracking.prescribing import changed, published, started, today
from tracking.models import ClassDate, Contact, Demonstration, GroupClass, Preset
from tracking.readings.classes import one_class, roster_of, who_may_join
from tracking.readings.programs import read_program
from tracking.readings.sight import sight_of
from tracking.readings.teaching import teaching_in_sight
from tracking.services import classes
from tracking.services.classes import AlreadyHeld, AlreadyInClass, Came
from tracking.services.program_parts import ScheduleInput, SlotInput, StepInput
from tracking.vocabulary.contacts import ContactKind, ContactState

pytestmark = pytest.mark.django_db


@pytest.fixture
def running(cast: Cast) -> GroupClass:
    """Tess's class; she treats Cleo and, for this, Fern too."""
    with rls.acting_as(cast.theo):
        CareTeam.objects.create(
            clinic=cast.harbor, child=cast.fern, therapist=cast.tess, from_at=rls.now() - dt.timedelta(days=1)
        )
    with rls.acting_as(cast.tess):
        return classes.start_class(
            by=cast.tess, clinic=cast.harbor, title="Spring", led_by=cast.tess.pk, now=rls.now()
        )


def dated(cast: Cast, group: GroupClass, *, in_days: float = 7, **told: Any) -> ClassDate:
    with rls.acting_as(cast.tess):
        now = rls.now()
        starts_at = now + dt.timedelta(days=in_days)
        return classes.add_date(by=cast.tess, group_class=group, starts_at=starts_at, now=now, **told)


def joined(cast: Cast, group: GroupClass, *names: str, by: User | None = None) -> None:
    by = by or cast.tess
    with rls.acting_as(by):
        for name in names:
            classes.join_class(by=by, group_class=group, child=getattr(cast, name), now=rls.now())


def grant(cast: Cast, user: User) -> CaregiverGrant:
    return CaregiverGrant.objects.get(user=user, child__in=[cast.cleo, cast.fern])


def contacts_of(cast: Cast) -> set[tuple[str, str]]:
    with rls.acting_as(cast.tess):
        rows = Contact.objects.filter(kind=ContactKind.GROUP_CLASS)
        return set(rows.values_list("child__first_name", "state"))


def held(cast: Cast, date: ClassDate, *came: Came, by: User | None = None, **told: Any) -> None:
    by = by or cast.tess
    with rls.acting_as(by):
        classes.hold_date(by=by, class_date=date, came=came, now=rls.now(), **({"strokes": []} | told))


def test_every_child_has_a_planned_contact_for_every_date_to_come(cast: Cast, running: GroupClass) -> None:
    dated(cast, running)
    joined(cast, running, "cleo")
    dated(cast, running, in_days=14)
    joined(cast, running, "fern")
    with rls.acting_as(cast.tess):
        assert Contact.objects.planned().filter(child=cast.cleo).count() == 2
        assert Contact.objects.planned().filter(child=cast.fern).count() == 2
        place = running.places.get(child=cast.fern)
        classes.leave_class(by=cast.tess, place=place, now=rls.now())
    assert contacts_of(cast) == {("Cleo", "planned"), ("Fern", "cancelled")}


def test_a_date_that_is_called_off_is_called_off_for_all(cast: Cast, running: GroupClass) -> None:
    date = dated(cast, running)
    joined(cast, running, "cleo", "fern")
    with rls.acting_as(cast.opal):
        classes.call_off(by=cast.opal, class_date=date, now=rls.now())
    assert contacts_of(cast) == {("Cleo", "cancelled"), ("Fern", "cancelled")}
    with pytest.raises(AlreadyHeld):
        held(cast, date)


def test_a_date_is_held_in_one_step_and_opens_the_weeks_stage(cast: Cast, running: GroupClass) -> None:
    with rls.acting_as(cast.tess):
        program = changed(
            cast.tess,
            started(cast.tess, cast.cleo, title="Feet"),
            steps=[
                StepInput(stroke="toe-rolls", opens_when_taught=True),
                StepInput(stroke="palm-and-finger-rolls", opens_when_taught=True),
            ],
            schedules=[ScheduleInput(slots=[SlotInput(anchor="after_bath")], minutes=5)],
        )
        published(cast.tess, program)
        program.refresh_from_db()
    date = dated(cast, running, in_days=-0.01)
    joined(cast, running, "cleo", "fern")
    fays = grant(cast, cast.fay)
    held(
        cast,
        date,
        Came(cast.cleo.pk, caregivers=(fays.pk,), name="Ada"),
        Came(cast.fern.pk, state=ContactState.NO_SHOW),
        strokes=["toe-rolls"],
    )
    assert contacts_of(cast) == {("Cleo", "happened"), ("Fern", "no_show")}
    with rls.acting_as(cast.tess):
        shown = Demonstration.objects.order_by("id")
        assert {(row.child_id, row.stroke_slug, row.shown_with) for row in shown} == {
            (cast.cleo.pk, "toe-rolls", "doll")
        }
        assert {row.caregiver_name for row in shown} == {"", "Ada"}
    with rls.acting_as(cast.fay):
        seen = teaching_in_sight(cast.cleo, sight_of(cast.fay, cast.cleo))
        reading = read_program(program, today=today(cast), language="en", teaching=seen)
        assert reading.current is not None
        assert [step.is_open for step in reading.current.steps] == [True, False]
    with pytest.raises(AlreadyHeld):
        held(cast, date)


def test_a_week_comes_with_what_its_preset_holds(cast: Cast, running: GroupClass) -> None:
    preset = Preset.objects.get(clinic=None, slug="bedtime-calm")
    dated(cast, running, preset=preset.pk)
    with rls.acting_as(cast.tess):
        [date] = one_class(running, language="en").dates
    assert date.preset == "Bedtime calm"
    assert date.strokes == tuple(preset.stroke_slugs)


def test_only_children_of_the_leaders_caseload_join_and_once(cast: Cast, running: GroupClass) -> None:
    joined(cast, running, "cleo")
    with pytest.raises(AlreadyInClass):
        joined(cast, running, "cleo")
    with rls.acting_as(cast.tess):
        CareTeam.objects.filter(child=cast.fern, therapist=cast.tess).update(until_at=rls.now())
    for by in (cast.otto, cast.tess):
        with pytest.raises(Invalid):
            joined(cast, running, "fern", by=by)


def test_whoever_does_not_treat_a_child_neither_holds_its_date_nor_sees_it(
    cast: Cast, running: GroupClass
) -> None:
    date = dated(cast, running, in_days=-0.01)
    joined(cast, running, "cleo", "fern")
    with pytest.raises(Forbidden):
        held(cast, date, Came(cast.cleo.pk), by=cast.otto)
    with pytest.raises(Invalid):
        held(cast, date, Came(cast.cleo.pk), by=cast.theo)
    with pytest.raises(Invalid):
        held(cast, date, Came(cast.cleo.pk), Came(cast.fern.pk), by=cast.asha)
    with rls.acting_as(cast.asha):
        assert [line.name.split()[0] for line in roster_of(cast.asha, running)] == ["Cleo"]
    with rls.acting_as(cast.theo):
        assert [line.name.split()[0] for line in roster_of(cast.theo, running)] == ["Fern"]


def test_a_child_without_a_place_did_not_come(cast: Cast, running: GroupClass) -> None:
    date = dated(cast, running, in_days=-0.01)
    joined(cast, running, "cleo")
    with pytest.raises(Invalid):
        held(cast, date, Came(cast.fern.pk))
    with rls.acting_as(cast.tess):
        assert [pk for pk, _name in who_may_join(cast.tess, running)] == [cast.fern.pk]


def test_a_class_is_kept_by_its_leader_and_the_desk(cast: Cast) -> None:
    group = factories.group_class(led_by=cast.tess, children=[cast.cleo]).group_class
    with rls.acting_as(cast.asha), pytest.raises(Forbidden):
        classes.add_date(by=cast.asha, group_class=group, starts_at=rls.now(), now=rls.now())
    with rls.acting_as(cast.opal):
        assert classes.add_date(by=cast.opal, group_class=group, starts_at=rls.now(), now=rls.now())
    with rls.acting_as(cast.opal), pytest.raises(Invalid):
        classes.start_class(
            by=cast.opal, clinic=cast.harbor, title="Mine", led_by=cast.opal.pk, now=rls.now()
        )
