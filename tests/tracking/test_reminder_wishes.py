"""What a household wishes of its reminders counts when they are planned, and once more before they go out."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest

from clinic import rls
from clinic.errors import Forbidden, Invalid, Stale
from clinic.models import CaregiverGrant, User
from tests import factories
from tests.cast import Cast
from tests.tracking.reminding import (
    CHICAGO,
    SATURDAY,
    TUESDAY,
    at,
    claim,
    coming,
    endings,
    keep,
    log,
    plan,
    planned_evening,
)
from tracking.models import ReminderDelivery, ReminderMute, ReminderOccurrence, ReminderRule
from tracking.reminders import planning
from tracking.services import household

DAY = dt.timedelta(days=1)


def fays_rule(cast: Cast) -> ReminderRule:
    return ReminderRule.objects.get(family=cast.fays_home)


def wish(cast: Cast, *, now: dt.datetime, **changes: Any) -> ReminderRule:
    """Fay changes the rule of her home."""
    rule = fays_rule(cast)
    with rls.acting_as(cast.fay):
        return household.change_reminder(
            by=cast.fay, rule=rule, lock_version=rule.lock_version, now=now, **changes
        )


def days_planned() -> list[dt.date]:
    return list(ReminderOccurrence.objects.order_by("local_day", "id").values_list("local_day", flat=True))


def plan_days(first: dt.date, days: int) -> None:
    for number in range(days):
        plan(at(first + number * DAY, "15:00"))


def addresses(now: dt.datetime) -> set[str]:
    return {one.address for one in claim(now).taken}


# ---- days -----------------------------------------------------------------------------------------------


def test_only_the_weekdays_a_household_wants_are_planned(cast: Cast) -> None:
    tuesday = coming(TUESDAY)
    keep(factories.prescribed(cast.cleo, by=cast.tess), now=at(tuesday, "00:30"))
    ReminderRule.objects.filter(family=cast.gregs_home).delete()
    rule = wish(cast, now=at(tuesday, "01:00"), weekdays=[TUESDAY, TUESDAY + 2])
    assert rule.next_on == tuesday
    plan_days(tuesday, 8)
    assert days_planned() == [tuesday, tuesday + 2 * DAY, tuesday + 7 * DAY]


def test_a_household_that_wants_no_day_its_program_asks_for_hears_nothing(cast: Cast) -> None:
    tuesday = coming(TUESDAY)
    keep(
        factories.prescribed(cast.fern, by=cast.theo, per="named_days", weekdays=[TUESDAY]),
        now=at(tuesday, "00:30"),
    )
    ReminderRule.objects.update(weekdays=[SATURDAY])
    plan_days(tuesday, 8)
    assert days_planned() == []
    with rls.acting_as(system="reminders"):
        assert planning.keep_neglected_rules(now=at(tuesday, "15:00"), limit=10) == 0


def test_a_weekday_no_longer_wanted_ends_what_is_planned_for_it(cast: Cast) -> None:
    day = planned_evening(cast)
    wish(cast, now=at(day, "17:00"), weekdays=[SATURDAY])
    assert addresses(at(day, "18:30")) == set()
    assert endings() == {("suppressed", "muted"): 2}


# ---- a pause of reminders -------------------------------------------------------------------------------


def test_reminders_go_on_the_day_after_a_households_pause(cast: Cast) -> None:
    day = planned_evening(cast)
    rule = wish(cast, now=at(day, "17:00"), paused_through=day + 2 * DAY)
    assert rule.next_on == day + 3 * DAY
    assert addresses(at(day, "18:30")) == set()
    assert endings() == {("suppressed", "paused"): 2}


def test_a_pause_taken_back_early_reminds_again_today(cast: Cast) -> None:
    tuesday = coming(TUESDAY)
    keep(factories.prescribed(cast.cleo, by=cast.tess), now=at(tuesday, "00:30"))
    wish(cast, now=at(tuesday, "01:00"), paused_through=tuesday + DAY)
    rule = wish(cast, now=at(tuesday, "02:00"), paused_through=None)
    assert rule.next_on == tuesday


def test_one_pause_is_for_all_reminders_about_the_child_in_this_home_and_no_other(cast: Cast) -> None:
    tuesday = coming(TUESDAY)
    keep(
        factories.prescribed(cast.cleo, by=cast.tess, anchors=("after_bath", "bedtime")),
        now=at(tuesday, "00:30"),
    )
    with rls.acting_as(cast.fay):
        household.pause_reminders(
            by=cast.fay, child=cast.cleo, family=cast.fays_home, through=tuesday, now=at(tuesday, "01:00")
        )
    paused = ReminderRule.objects.filter(paused_through=tuesday)
    assert [rule.family_id for rule in paused] == [cast.fays_home.pk] * 2


@pytest.mark.parametrize(("field", "value"), [("paused_through", -1), ("paused_through", 400)])
def test_a_pause_ends_today_at_the_earliest_and_within_a_year(cast: Cast, field: str, value: int) -> None:
    day = planned_evening(cast)
    now = at(day, "17:00")
    with pytest.raises(Invalid) as refused:
        wish(cast, now=now, **{field: day + value * DAY})
    assert refused.value.field == field
    wish(cast, now=now, paused_through=day)


def test_a_wish_about_an_older_state_is_refused(cast: Cast) -> None:
    day = planned_evening(cast)
    rule = fays_rule(cast)
    wish(cast, now=at(day, "16:00"), is_on=False)
    with rls.acting_as(cast.fay), pytest.raises(Stale):
        household.change_reminder(
            by=cast.fay, rule=rule, lock_version=rule.lock_version, is_on=True, now=at(day, "16:01")
        )


# ---- where the child sleeps -----------------------------------------------------------------------------


def test_a_household_may_be_reminded_also_while_the_child_is_at_the_other_home(cast: Cast) -> None:
    saturday = coming(SATURDAY)
    keep(factories.prescribed(cast.cleo, by=cast.tess), now=at(saturday, "00:30"))
    wish(cast, now=at(saturday, "01:00"), only_on_home_days=False)
    plan(at(saturday, "15:00"))
    assert addresses(at(saturday, "18:30", CHICAGO)) == {cast.fay.email, cast.nan.email, cast.greg.email}


def test_a_household_that_takes_that_back_is_left_alone_the_same_evening(cast: Cast) -> None:
    saturday = coming(SATURDAY)
    keep(factories.prescribed(cast.cleo, by=cast.tess), now=at(saturday, "00:30"))
    wish(cast, now=at(saturday, "01:00"), only_on_home_days=False)
    plan(at(saturday, "15:00"))
    wish(cast, now=at(saturday, "16:00"), only_on_home_days=True)
    assert addresses(at(saturday, "18:30")) == set()
    assert endings()["suppressed", "other_home"] == 2


# ---- whom -----------------------------------------------------------------------------------------------


def grant_of(cast: Cast, user: User) -> uuid.UUID:
    return CaregiverGrant.objects.get(user=user, child=cast.cleo).pk


def choose(cast: Cast, *recipients: User, now: dt.datetime, by: User | None = None) -> None:
    """Fay, or somebody else, says whom her home's reminders reach."""
    chooser, rule = by or cast.fay, fays_rule(cast)
    wanted = [grant_of(cast, user) for user in recipients]
    with rls.acting_as(chooser):
        household.change_reminder(
            by=chooser, rule=rule, lock_version=rule.lock_version, recipients=wanted, now=now
        )


def test_a_guardian_chooses_who_of_the_household_is_reminded(cast: Cast) -> None:
    day = planned_evening(cast)
    choose(cast, cast.fay, now=at(day, "16:00"))
    assert ReminderMute.objects.get().chosen_by == cast.fay
    assert addresses(at(day, "18:30")) == {cast.fay.email}


def test_a_guardian_takes_back_their_own_choice_and_nobodys_wish(cast: Cast) -> None:
    day = planned_evening(cast)
    choose(cast, cast.fay, now=at(day, "16:00"))
    choose(cast, cast.fay, cast.nan, now=at(day, "16:01"))
    assert not ReminderMute.objects.exists()
    rule = fays_rule(cast)
    with rls.acting_as(cast.nan):
        household.mute_rule(by=cast.nan, rule=rule, is_muted=True, now=at(day, "16:02"))
    choose(cast, cast.fay, cast.nan, now=at(day, "16:03"))
    assert addresses(at(day, "18:30")) == {cast.fay.email}


def test_whom_a_guardian_left_out_may_still_want_to_be_reminded(cast: Cast) -> None:
    day = planned_evening(cast)
    choose(cast, cast.fay, now=at(day, "16:00"))
    rule = fays_rule(cast)
    with rls.acting_as(cast.nan):
        household.mute_rule(by=cast.nan, rule=rule, is_muted=False, now=at(day, "16:01"))
    assert addresses(at(day, "18:30")) == {cast.fay.email, cast.nan.email}


@pytest.mark.parametrize("who", ["nan", "greg", "tess"])
def test_nobody_else_chooses_for_others(cast: Cast, who: str) -> None:
    day = planned_evening(cast)
    with pytest.raises(Forbidden):
        choose(cast, cast.fay, now=at(day, "16:00"), by=getattr(cast, who))


def test_a_guardian_may_leave_themselves_out(cast: Cast) -> None:
    day = planned_evening(cast)
    choose(cast, cast.nan, now=at(day, "16:00"))
    assert ReminderMute.objects.get().chosen_by is None
    assert addresses(at(day, "18:30")) == {cast.nan.email}


def test_somebody_of_another_household_is_an_unknown_recipient(cast: Cast) -> None:
    day = planned_evening(cast)
    with pytest.raises(Invalid) as refused:
        choose(cast, cast.fay, cast.greg, now=at(day, "16:00"))
    assert refused.value.field == "recipients"


# ---- the diary before a program -------------------------------------------------------------------------


def planned_diary(cast: Cast) -> dt.date:
    """Fern's diary, a week before her massage begins: Finn is to be written to at 19:30."""
    day = coming(TUESDAY)
    program = factories.prescribed(cast.fern, by=cast.theo, starts_on=day + 3 * DAY, diary_from=day - 4 * DAY)
    keep(program, now=at(day, "00:30"))
    plan(at(day, "15:00"))
    return day


def test_a_diary_is_reminded_of_until_the_day_before_the_massage_begins(cast: Cast) -> None:
    day = planned_diary(cast)
    plan_days(day, 6)
    asked = ReminderOccurrence.objects.order_by("local_day", "slot_number", "id")
    assert list(asked.values_list("local_day", "slot_number")) == [
        *((day + number * DAY, 2) for number in range(3)),
        *((day + number * DAY, 1) for number in range(3, 6)),
    ]
    assert ReminderDelivery.objects.order_by("due_at")[0].due_at == at(day, "19:30")
    with rls.acting_as(system="reminders"):
        assert planning.keep_neglected_rules(now=at(day + 6 * DAY, "15:00"), limit=10) == 0


def test_a_diary_without_a_rule_is_found(cast: Cast) -> None:
    day = planned_diary(cast)
    ReminderRule.objects.filter(slot_number=2).delete()
    with rls.acting_as(system="reminders"):
        assert planning.keep_neglected_rules(now=at(day, "15:00"), limit=10) == 1
    assert ReminderRule.objects.get(slot_number=2).next_on == day


def told_bedtime(cast: Cast, day: dt.date) -> None:
    factories.bedtime(cast.fern, by=cast.finn, at=at(day, "19:00"), local_day=day)


def told_touch(cast: Cast, day: dt.date) -> None:
    factories.observation(cast.fern, by=cast.finn, at=at(day, "10:00"), local_day=day)


def told_not_up_to_it(cast: Cast, day: dt.date) -> None:
    said = {"outcome": "not_today", "not_today_reason": "not_up_to_it"}
    log(cast.fern, day, "17:00", by=cast.finn, **said)


@pytest.mark.parametrize("tell", [told_bedtime, told_touch, told_not_up_to_it])
def test_a_diary_somebody_wrote_in_that_day_is_silent(cast: Cast, tell: Any) -> None:
    day = planned_diary(cast)
    tell(cast, day - DAY)
    tell(cast, day)
    assert claim(at(day, "19:30")).taken == []
    assert endings() == {("suppressed", "logged"): 1}


def test_yesterdays_bedtime_silences_no_diary_of_today(cast: Cast) -> None:
    day = planned_diary(cast)
    told_bedtime(cast, day - DAY)
    assert addresses(at(day, "19:30")) == {cast.finn.email}
