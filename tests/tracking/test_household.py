"""What a household is shown and may choose about its reminders."""

from __future__ import annotations

import datetime as dt

import pytest

from clinic import rls
from clinic.errors import Forbidden
from tests import database, factories
from tests.cast import Cast
from tests.tracking.reminding import SATURDAY, at, claim, coming, endings, keep, plan, planned_evening
from tracking.models import ReminderRule
from tracking.readings.household import RoutineSlot, routine_slots
from tracking.services import household


def fays_slot(cast: Cast) -> RoutineSlot:
    with rls.acting_as(cast.fay):
        return routine_slots(cast.fay, cast.cleo, cast.fays_home)[0]


def test_tonight_is_the_next_until_its_hour_has_come(cast: Cast, clock: database.Clock) -> None:
    day = planned_evening(cast)
    clock.move_to(at(day, "18:29"))
    assert fays_slot(cast).next_on == day
    clock.move_to(at(day, "18:31"))
    assert fays_slot(cast).next_on == day + dt.timedelta(days=1)


def test_the_next_evening_is_one_the_child_spends_here(cast: Cast) -> None:
    saturday = coming(SATURDAY)
    keep(factories.prescribed(cast.cleo, by=cast.tess), now=at(saturday, "00:30"))
    assert fays_slot(cast).next_on == saturday + dt.timedelta(days=2)


def test_a_guardian_switches_a_slot_off_for_the_household_and_on_again(cast: Cast) -> None:
    day = planned_evening(cast)
    rule = ReminderRule.objects.get(family=cast.fays_home)
    with rls.acting_as(cast.fay):
        household.change_reminder(by=cast.fay, rule=rule, lock_version=1, is_on=False, now=at(day, "16:00"))
    assert not fays_slot(cast).is_on
    assert claim(at(day, "18:30")).taken == []
    with rls.acting_as(cast.fay):
        household.change_reminder(by=cast.fay, rule=rule, lock_version=2, is_on=True, now=at(day, "19:00"))
    tomorrow = day + dt.timedelta(days=1)
    plan(at(tomorrow, "15:00"))
    assert endings() == {("suppressed", "muted"): 2, ("due", ""): 2}


def test_a_caregiver_mutes_their_own_letters_and_nobody_elses(cast: Cast) -> None:
    day = planned_evening(cast)
    rule = ReminderRule.objects.get(family=cast.fays_home)
    with rls.acting_as(cast.nan):
        household.mute_rule(by=cast.nan, rule=rule, is_muted=True, now=at(day, "16:00"))
        household.mute_rule(by=cast.nan, rule=rule, is_muted=True, now=at(day, "16:00"))
    assert [one.address for one in claim(at(day, "18:30")).taken] == [cast.fay.email]


@pytest.mark.parametrize("who", ["nan", "greg", "tess", "finn"])
def test_only_a_guardian_of_the_household_sets_its_times(cast: Cast, who: str) -> None:
    planned_evening(cast)
    rule = ReminderRule.objects.get(family=cast.fays_home)
    by, now = getattr(cast, who), rls.now()
    with rls.acting_as(by), pytest.raises(Forbidden):
        household.set_routine_time(by=by, family=cast.fays_home, anchor="after_bath", at=dt.time(20), now=now)
    with rls.acting_as(by), pytest.raises(Forbidden):
        household.change_reminder(by=by, rule=rule, lock_version=1, is_on=False, now=now)


@pytest.mark.parametrize("who", ["greg", "tess", "rex"])
def test_only_caregivers_of_the_household_mute(cast: Cast, who: str) -> None:
    planned_evening(cast)
    rule = ReminderRule.objects.get(family=cast.fays_home)
    by = getattr(cast, who)
    with rls.acting_as(by), pytest.raises(Forbidden):
        household.mute_rule(by=by, rule=rule, is_muted=True, now=rls.now())


def test_a_time_taken_away_takes_tonights_reminder_with_it(cast: Cast) -> None:
    day = planned_evening(cast)
    with rls.acting_as(cast.fay):
        household.set_routine_time(
            by=cast.fay, family=cast.fays_home, anchor="after_bath", at=None, now=at(day, "16:00")
        )
    assert fays_slot(cast).at is None
    assert fays_slot(cast).next_on is None
    assert claim(at(day, "18:30")).taken == []
    assert endings() == {("suppressed", "muted"): 2}
