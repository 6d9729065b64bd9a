"""Which days and moments reminders are planned for, and that each is planned once."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clinic import rls
from clinic.models import ChildHomeException, Family, RoutineTime
from tests import factories
from tests.cast import Cast
from tests.tracking.reminding import CHICAGO, SATURDAY, TUESDAY, at, claim, coming, endings, keep, log, plan
from tracking.models import HomeProgram, ProgramPause, ReminderDelivery, ReminderOccurrence, ReminderRule
from tracking.models.programs import ProgramState
from tracking.reminders import planning
from tracking.reminders.asking import Asking, Place
from tracking.services import homes, household
from tracking.vocabulary.programs import FrequencyPer, Provider

DAY = dt.timedelta(days=1)


def days_planned() -> list[dt.date]:
    return list(ReminderOccurrence.objects.order_by("local_day", "id").values_list("local_day", flat=True))


def plan_daily(first: dt.date, days: int) -> None:
    """The planner as it would run over some days, at 15:00 and 16:00 New York time."""
    for number in range(days):
        plan(at(first + number * DAY, "15:00"))
        plan(at(first + number * DAY, "16:00"))


def test_a_program_has_a_rule_for_each_slot_and_household(cast: Cast) -> None:
    program = factories.prescribed(cast.cleo, by=cast.tess, anchors=("morning", "bedtime"))
    keep(program, now=rls.now())
    keep(program, now=rls.now())
    rules = ReminderRule.objects.filter(program=program)
    assert {(rule.family_id, rule.slot_number) for rule in rules} == {
        (family.pk, number) for family in (cast.fays_home, cast.gregs_home) for number in (1, 2)
    }
    assert rules.count() == 4


def test_a_therapists_own_schedule_has_no_rule(cast: Cast) -> None:
    program = factories.prescribed(cast.cleo, by=cast.tess, provider=Provider.THERAPIST)
    keep(program, now=rls.now())
    assert not ReminderRule.objects.exists()


def test_caregivers_of_the_home_are_planned_at_its_clock_time(cast: Cast) -> None:
    tuesday = coming(TUESDAY)
    keep(factories.prescribed(cast.cleo, by=cast.tess), now=at(tuesday, "00:30"))
    assert plan(at(tuesday, "12:00")) == 0
    assert plan(at(tuesday, "12:31")) == 2
    found = {d.recipient: d for d in ReminderDelivery.objects.select_related("recipient", "occurrence")}
    assert set(found) == {cast.fay, cast.nan}
    assert found[cast.fay].due_at == at(tuesday, "18:30")
    assert found[cast.fay].expires_at == at(tuesday, "21:30")
    assert found[cast.fay].occurrence.local_day == tuesday


def test_planning_again_makes_nothing_twice(cast: Cast) -> None:
    tuesday = coming(TUESDAY)
    program = factories.prescribed(cast.cleo, by=cast.tess)
    keep(program, now=at(tuesday, "00:30"))
    plan(at(tuesday, "15:00"))
    before = set(ReminderDelivery.objects.values_list("id", "idempotency_key"))
    keep(program, now=at(tuesday, "16:00"))
    plan(at(tuesday, "16:01"))
    assert set(ReminderDelivery.objects.values_list("id", "idempotency_key")) == before


def test_the_weekend_is_the_other_homes_by_its_own_clock(cast: Cast) -> None:
    saturday = coming(SATURDAY)
    keep(factories.prescribed(cast.cleo, by=cast.tess), now=at(saturday, "00:30"))
    plan(at(saturday, "15:00"))
    only = ReminderDelivery.objects.get()
    assert only.recipient == cast.greg
    assert only.due_at == at(saturday, "18:30", CHICAGO)


def test_a_day_swapped_between_homes_follows_the_child(cast: Cast) -> None:
    tuesday = coming(TUESDAY)
    ChildHomeException.objects.create(clinic=cast.harbor, child=cast.cleo, family=cast.gregs_home, on=tuesday)
    keep(factories.prescribed(cast.cleo, by=cast.tess), now=at(tuesday, "00:30"))
    plan(at(tuesday, "15:00"))
    assert [d.recipient for d in ReminderDelivery.objects.all()] == [cast.greg]


def test_only_named_days_are_planned(cast: Cast) -> None:
    tuesday = coming(TUESDAY)
    keep(
        factories.prescribed(
            cast.cleo, by=cast.tess, per=FrequencyPer.NAMED_DAYS, weekdays=[TUESDAY, TUESDAY + 2]
        ),
        now=at(tuesday, "00:30"),
    )
    plan_daily(tuesday, 8)
    assert days_planned() == [tuesday, tuesday + 2 * DAY, tuesday + 7 * DAY]


def test_nothing_is_planned_before_the_start_after_the_end_or_in_a_pause(cast: Cast) -> None:
    monday = coming(0)
    program = factories.prescribed(cast.fern, by=cast.theo, starts_on=monday + DAY, ends_on=monday + 4 * DAY)
    ProgramPause.objects.create(
        clinic=cast.harbor,
        program=program,
        from_on=monday + 2 * DAY,
        until_on=monday + 3 * DAY,
        reason="vacation",
        by=cast.theo,
        at=rls.now(),
    )
    keep(program, now=at(monday, "00:30"))
    plan_daily(monday, 7)
    assert days_planned() == [monday + DAY, monday + 4 * DAY]
    assert ReminderRule.objects.get().next_plan_at is None


def test_a_program_that_ended_plans_nothing_more(cast: Cast) -> None:
    tuesday = coming(TUESDAY)
    program = factories.prescribed(cast.fern, by=cast.theo)
    keep(program, now=at(tuesday, "00:30"))
    HomeProgram.objects.filter(pk=program.pk).update(state=ProgramState.ENDED, ended_on=tuesday)
    program.refresh_from_db()
    keep(program, now=at(tuesday, "01:00"))
    assert ReminderRule.objects.get().next_on is None
    plan_daily(tuesday, 2)
    assert days_planned() == []


def test_five_a_week_is_asked_for_on_no_more_than_five_days_of_a_program_week(cast: Cast) -> None:
    monday = coming(0)
    keep(
        factories.prescribed(
            cast.fern, by=cast.theo, per=FrequencyPer.WEEK, count=5, starts_on=monday - 7 * DAY
        ),
        now=at(monday, "00:30"),
    )
    for number in range(7):
        plan(at(monday + number * DAY, "15:00"))
        ReminderDelivery.objects.filter(state="due").update(state="sent", ended_at=rls.now())
    plan(at(monday + 7 * DAY, "15:00"))
    assert days_planned() == [monday + number * DAY for number in (0, 1, 2, 3, 4, 7)]


def test_a_week_that_has_its_sessions_is_left_in_peace(cast: Cast) -> None:
    monday = coming(0)
    program = factories.prescribed(
        cast.fern, by=cast.theo, per=FrequencyPer.WEEK, count=2, starts_on=monday - 7 * DAY
    )
    keep(program, now=at(monday, "00:30"))
    for number in (0, 1):
        log(cast.fern, monday + number * DAY, "10:00", by=cast.finn, program=program)
    plan(at(monday + 2 * DAY, "15:00"))
    assert monday + 2 * DAY not in days_planned()


def test_a_household_without_a_clock_time_waits_for_one(cast: Cast) -> None:
    tuesday = coming(TUESDAY)
    RoutineTime.objects.filter(family=cast.finns_home).delete()
    keep(factories.prescribed(cast.fern, by=cast.theo), now=at(tuesday, "00:30"))
    assert ReminderRule.objects.get().next_plan_at is None
    RoutineTime.objects.create(
        clinic=cast.harbor, family=cast.finns_home, anchor="after_bath", at=dt.time(19, 0)
    )
    with rls.acting_as(system="reminders"):
        planning.keep_rules_of_household(family=cast.finns_home, now=at(tuesday, "09:00"))
    plan(at(tuesday, "15:00"))
    assert ReminderDelivery.objects.get().due_at == at(tuesday, "19:00")


def test_a_day_swapped_at_noon_is_reminded_of_where_the_child_is(cast: Cast) -> None:
    tuesday = coming(TUESDAY)
    keep(factories.prescribed(cast.cleo, by=cast.tess), now=at(tuesday, "00:30"))
    plan(at(tuesday, "15:00"))
    with rls.acting_as(cast.tess):
        homes.set_home_on(
            by=cast.tess, child=cast.cleo, on=tuesday, family=cast.gregs_home, now=at(tuesday, "16:00")
        )
    plan(at(tuesday, "16:01"))
    taken = claim(at(tuesday, "18:30")).taken + claim(at(tuesday, "18:30", CHICAGO)).taken
    assert [one.address for one in taken] == [cast.greg.email]
    assert endings() == {("suppressed", "other_home"): 2, ("leased", ""): 1}


def test_a_household_that_moves_is_reminded_by_the_clock_where_it_is_now(cast: Cast) -> None:
    tuesday = coming(TUESDAY)
    keep(factories.prescribed(cast.fern, by=cast.theo), now=at(tuesday, "00:30"))
    plan(at(tuesday, "15:00"))
    with rls.acting_as(cast.finn):
        homes.change_household(by=cast.finn, family=cast.finns_home, zone=CHICAGO, now=at(tuesday, "16:00"))
    assert ReminderDelivery.objects.get().due_at == at(tuesday, "18:30", CHICAGO)


def test_a_new_home_is_reminded_of_what_runs(cast: Cast) -> None:
    tuesday = coming(TUESDAY)
    keep(factories.prescribed(cast.fern, by=cast.theo), now=at(tuesday, "00:30"))
    with rls.acting_as(cast.theo):
        home = homes.add_home(
            by=cast.theo,
            child=cast.fern,
            family=cast.gregs_home,
            weekdays=[TUESDAY],
            now=at(tuesday, "09:00"),
        )
        assert ReminderRule.objects.get(family=cast.gregs_home).next_on == tuesday
        homes.remove_home(by=cast.theo, home=home, now=at(tuesday, "10:00"))
    assert ReminderRule.objects.get(family=cast.gregs_home).next_on is None


def move(cast: Cast, wall: str, *, now: dt.datetime) -> None:
    with rls.acting_as(cast.finn):
        household.set_routine_time(
            by=cast.finn,
            family=cast.finns_home,
            anchor="after_bath",
            at=dt.time.fromisoformat(wall),
            now=now,
        )


def test_changing_a_clock_time_moves_what_was_planned_for_today(cast: Cast) -> None:
    tuesday = coming(TUESDAY)
    keep(factories.prescribed(cast.fern, by=cast.theo), now=at(tuesday, "00:30"))
    plan(at(tuesday, "15:00"))
    move(cast, "20:15", now=at(tuesday, "16:00"))
    plan(at(tuesday, "16:01"))
    only = ReminderDelivery.objects.get()
    assert (only.due_at, only.next_try_at) == (at(tuesday, "20:15"), at(tuesday, "20:15"))
    assert ReminderRule.objects.get().next_plan_at == at(tuesday + DAY, "14:15")


def test_a_time_moved_into_the_past_is_let_go_and_may_come_back(cast: Cast) -> None:
    tuesday = coming(TUESDAY)
    keep(factories.prescribed(cast.fern, by=cast.theo), now=at(tuesday, "00:30"))
    plan(at(tuesday, "15:00"))
    move(cast, "15:30", now=at(tuesday, "16:00"))
    assert endings() == {("expired", "moved"): 1}
    move(cast, "19:00", now=at(tuesday, "16:05"))
    assert endings() == {("due", ""): 1}
    assert ReminderDelivery.objects.get().due_at == at(tuesday, "19:00")


def test_publishing_after_the_hour_begins_the_next_day(cast: Cast) -> None:
    tuesday = coming(TUESDAY)
    keep(factories.prescribed(cast.fern, by=cast.theo), now=at(tuesday, "18:45"))
    plan(at(tuesday, "18:46"))
    assert days_planned() == []
    plan(at(tuesday + DAY, "15:00"))
    assert days_planned() == [tuesday + DAY]


def test_days_of_an_outage_are_planned_late_rather_than_forgotten(cast: Cast) -> None:
    tuesday = coming(TUESDAY)
    keep(factories.prescribed(cast.fern, by=cast.theo), now=at(tuesday, "00:30"))
    plan(at(tuesday + 2 * DAY, "15:00"))
    assert days_planned() == [tuesday, tuesday + DAY, tuesday + 2 * DAY]


def test_a_day_the_zone_skips_has_no_reminder(cast: Cast) -> None:
    Family.objects.filter(pk=cast.finns_home.pk).update(zone="Pacific/Apia")
    before = at(dt.date(2011, 12, 28), "00:30", "Pacific/Apia")
    keep(factories.prescribed(cast.fern, by=cast.theo, starts_on=dt.date(2011, 12, 1)), now=before)
    plan(at(dt.date(2011, 12, 31), "15:00", "Pacific/Apia"))
    assert days_planned() == [dt.date(2011, 12, day) for day in (28, 29, 31)]


def test_a_clock_time_the_zone_skips_is_shifted_forward(cast: Cast) -> None:
    Family.objects.filter(pk=cast.finns_home.pk).update(zone="Africa/Cairo")
    RoutineTime.objects.filter(family=cast.finns_home).update(at=dt.time(0, 30))
    day = dt.date(2026, 4, 24)
    now = dt.datetime(2026, 4, 23, 20, 0, tzinfo=dt.UTC)
    keep(factories.prescribed(cast.fern, by=cast.theo, starts_on=dt.date(2026, 4, 1)), now=now)
    plan(now)
    occurrence = ReminderOccurrence.objects.get()
    assert occurrence.local_day == day
    assert occurrence.due_at == dt.datetime(2026, 4, 23, 22, 30, tzinfo=dt.UTC)


def test_a_caregiver_without_an_address_is_not_written_to(cast: Cast) -> None:
    cast.nan.email = cast.nan.email_verified_at = None
    cast.nan.save()
    _only_fay_is_planned_for(cast)


def test_an_address_nobody_is_known_to_read_is_not_written_to(cast: Cast) -> None:
    cast.nan.email_verified_at = None
    cast.nan.save()
    _only_fay_is_planned_for(cast)


def _only_fay_is_planned_for(cast: Cast) -> None:
    tuesday = coming(TUESDAY)
    keep(factories.prescribed(cast.cleo, by=cast.tess), now=at(tuesday, "00:30"))
    plan(at(tuesday, "15:00"))
    assert [d.recipient for d in ReminderDelivery.objects.all()] == [cast.fay]


def test_rules_that_should_be_there_are_found(cast: Cast) -> None:
    now = rls.now()
    factories.prescribed(cast.cleo, by=cast.tess)
    lost = factories.prescribed(cast.fern, by=cast.theo)
    keep(lost, now=now)
    ReminderRule.objects.filter(program=lost).update(next_on=None, next_plan_at=None)
    with rls.acting_as(system="reminders"):
        assert planning.keep_neglected_rules(now=now, limit=10) == 2
        assert planning.keep_neglected_rules(now=now, limit=10) == 0
    assert ReminderRule.objects.filter(next_on__isnull=False).count() == 3


def test_a_rule_that_cannot_be_planned_holds_up_no_other(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    day = coming(TUESDAY)
    program = factories.prescribed(cast.cleo, by=cast.tess, anchors=("after_bath", "bedtime"))
    keep(program, now=at(day, "00:30"))
    broken = ReminderRule.objects.filter(family=cast.fays_home).order_by("slot_number").first()
    assert broken is not None
    refusal = Asking.refusal

    def stumble(self: Asking, place: Place, day: dt.date) -> object:
        if place.slot_number == broken.slot_number:
            raise LookupError
        return refusal(self, place, day)

    monkeypatch.setattr(Asking, "refusal", stumble)
    now = at(day, "15:00")
    with caplog.at_level("ERROR", "littlefoot.reminders"):
        assert plan(now) > 0
    slots = set(ReminderOccurrence.objects.values_list("slot_number", flat=True))
    assert slots
    assert broken.slot_number not in slots
    broken.refresh_from_db()
    assert broken.next_plan_at == now + planning.ONCE_MORE
    monkeypatch.undo()
    plan(now + planning.ONCE_MORE)
    assert ReminderOccurrence.objects.filter(slot_number=broken.slot_number, local_day=day).exists()


def test_planning_takes_the_same_statements_for_one_rule_and_for_many(cast: Cast) -> None:
    tuesday = coming(TUESDAY)
    counts = []
    for programs in (1, 6):
        for _ in range(programs):
            keep(factories.prescribed(cast.cleo, by=cast.tess), now=at(tuesday, "00:30"))
        with CaptureQueriesContext(connection) as statements:
            assert plan(at(tuesday, "15:00")) == 2 * programs
        counts.append(len(statements))
        ReminderRule.objects.all().delete()
    assert counts[0] == counts[1]
