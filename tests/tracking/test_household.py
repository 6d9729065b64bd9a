"""What a household is shown of its reminders, and what comes next."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clinic import rls
from clinic.errors import Forbidden
from clinic.models import AuditEvent, Child
from clinic.vocabulary import AuditCode
from tests import factories
from tests.cast import Cast
from tests.tracking.reminding import (
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
from tracking.models import HomeProgram, ProgramPause, ReachWishes, ReminderRule
from tracking.reminders.shown import ShownReminder, reminders_of
from tracking.services import household

DAY = dt.timedelta(days=1)


def fays_slot(cast: Cast, now: dt.datetime | None = None) -> ShownReminder:
    with rls.acting_as(cast.fay):
        return reminders_of(cast.fay, cast.cleo, cast.fays_home, now=now or rls.now()).reminders[0]


def test_tonight_is_the_next_until_its_hour_has_come(cast: Cast) -> None:
    day = planned_evening(cast)
    assert fays_slot(cast, at(day, "18:29")).next_at == at(day, "18:30")
    assert fays_slot(cast, at(day, "18:31")).next_at == at(day + DAY, "18:30")


def test_the_next_evening_is_one_the_child_spends_here(cast: Cast) -> None:
    saturday = coming(SATURDAY)
    keep(factories.prescribed(cast.cleo, by=cast.tess), now=at(saturday, "00:30"))
    assert fays_slot(cast, at(saturday, "09:00")).next_at == at(saturday + 2 * DAY, "18:30")


def wish(cast: Cast, day: dt.date, **changes: Any) -> None:
    rule = ReminderRule.objects.get(family=cast.fays_home)
    with rls.acting_as(cast.fay):
        household.change_reminder(
            by=cast.fay, rule=rule, lock_version=rule.lock_version, now=at(day, "09:00"), **changes
        )


@pytest.mark.parametrize(
    ("changes", "days_on"),
    [
        ({"weekdays": [TUESDAY + 2]}, 2),
        ({"paused_through": 2}, 3),
        ({"weekdays": [TUESDAY], "paused_through": 0}, 7),
        ({"paused_through": 40}, 41),
        ({"only_on_home_days": False, "weekdays": [SATURDAY]}, 4),
        ({"weekdays": [SATURDAY]}, None),
        ({"is_on": False}, None),
        ({"recipients": []}, None),
    ],
)
def test_what_comes_next_goes_by_every_wish(cast: Cast, changes: dict[str, Any], days_on: int | None) -> None:
    day = planned_evening(cast)
    if "paused_through" in changes:
        changes = {**changes, "paused_through": day + changes["paused_through"] * DAY}
    wish(cast, day, **changes)
    expected = None if days_on is None else at(day + days_on * DAY, "18:30")
    assert fays_slot(cast, at(day, "10:00")).next_at == expected


def test_what_comes_next_is_after_a_pause_of_the_program(cast: Cast) -> None:
    day = planned_evening(cast)
    ProgramPause.objects.create(
        clinic=cast.harbor,
        program=HomeProgram.objects.get(),
        from_on=day,
        until_on=day + DAY,
        reason="ill",
        by=cast.fay,
        at=rls.now(),
    )
    assert fays_slot(cast, at(day, "10:00")).next_at == at(day + 2 * DAY, "18:30")


def test_a_logged_evening_is_not_the_next_one(cast: Cast) -> None:
    day = planned_evening(cast)
    log(cast.cleo, day, "17:50", by=cast.greg)
    assert fays_slot(cast, at(day, "18:00")).next_at == at(day + DAY, "18:30")


def test_the_next_of_a_week_that_has_its_sessions_is_in_the_next_week(cast: Cast) -> None:
    day = coming(TUESDAY)
    program = factories.prescribed(cast.cleo, by=cast.tess, per="week", count=1, starts_on=day - 7 * DAY)
    keep(program, now=at(day, "00:30"))
    log(cast.cleo, day, "08:00", by=cast.fay)
    assert fays_slot(cast, at(day, "09:00")).next_at == at(day + 7 * DAY, "18:30")


def test_nothing_comes_next_while_the_child_is_in_hospital(cast: Cast) -> None:
    day = planned_evening(cast)
    with rls.acting_as(cast.tess):
        Child.objects.filter(pk=cast.cleo.pk).update(in_hospital_since=day)
    assert fays_slot(cast, at(day, "10:00")).next_at is None


@pytest.mark.parametrize(
    ("wishes", "is_hushed"),
    [
        ({"quiet_from": dt.time(18), "quiet_until": dt.time(6)}, True),
        ({"reminders_by": ""}, True),
        ({"quiet_from": dt.time(19), "quiet_until": dt.time(6)}, False),
        ({"notices_by": ""}, False),
    ],
)
def test_what_a_person_never_hears_is_told_as_that(
    cast: Cast, wishes: dict[str, Any], is_hushed: bool
) -> None:
    day = planned_evening(cast)
    ReachWishes.objects.create(user=cast.fay, updated_at=rls.now(), **wishes)
    fays = fays_slot(cast, at(day, "10:00"))
    assert (fays.is_hushed, fays.next_at is None) == (is_hushed, is_hushed)


def test_a_guardian_sees_whom_it_reaches_a_log_only_caregiver_themselves(cast: Cast) -> None:
    day = planned_evening(cast)
    assert {one.name for one in fays_slot(cast, at(day, "10:00")).recipients} == {
        cast.fay.name,
        cast.nan.name,
    }
    with rls.acting_as(cast.nan):
        nans = reminders_of(cast.nan, cast.cleo, cast.fays_home, now=at(day, "10:00")).reminders[0]
    assert [one.name for one in nans.recipients] == [cast.nan.name]


def test_a_diary_is_shown_while_it_lasts(cast: Cast) -> None:
    day = coming(TUESDAY)
    program = factories.prescribed(cast.cleo, by=cast.tess, starts_on=day + 2 * DAY, diary_from=day - DAY)
    keep(program, now=at(day, "00:30"))

    def shown(now: dt.datetime) -> list[tuple[bool, dt.datetime | None]]:
        with rls.acting_as(cast.fay):
            told = reminders_of(cast.fay, cast.cleo, cast.fays_home, now=now).reminders
        return [(one.is_diary, one.next_at) for one in told]

    massage = (False, at(day + 2 * DAY, "18:30"))
    assert shown(at(day, "10:00")) == [massage, (True, at(day, "19:30"))]
    assert shown(at(day + 2 * DAY, "10:00")) == [massage]


def test_what_is_shown_takes_the_same_statements_for_one_and_for_many(cast: Cast) -> None:
    day = coming(TUESDAY)
    counts = []
    for programs in (1, 5):
        for _ in range(programs):
            keep(factories.prescribed(cast.cleo, by=cast.tess), now=at(day, "00:30"))
        with rls.acting_as(cast.fay), CaptureQueriesContext(connection) as statements:
            reminders_of(cast.fay, cast.cleo, cast.fays_home, now=at(day, "10:00"))
        counts.append(len(statements))
    assert counts[0] == counts[1]


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
    assert fays_slot(cast).next_at is None
    assert claim(at(day, "18:30")).taken == []
    assert endings() == {("suppressed", "muted"): 2}


def test_what_a_household_wishes_is_in_the_audit_without_a_word(cast: Cast) -> None:
    day = planned_evening(cast)
    wish(cast, day, weekdays=[TUESDAY])
    rule = ReminderRule.objects.get(family=cast.fays_home)
    about = {"by": cast.fay, "child": cast.cleo, "family": cast.fays_home, "now": at(day, "09:00")}
    with rls.acting_as(cast.fay):
        household.pause_reminders(**about, through=day)
        household.pause_reminders(**about, through=None)
        household.bring_back(**about)
        household.mute_rule(by=cast.fay, rule=rule, is_muted=True, now=about["now"])
        with pytest.raises(Forbidden):
            household.mute_rule(by=cast.greg, rule=rule, is_muted=True, now=about["now"])
    told = AuditEvent.objects.filter(code=AuditCode.CHANGED_REMINDERS).order_by("written_in", "id")
    assert list(told.values_list("detail", flat=True)) == ["wishes", "pause", "go_on", "bring_back", "mute"]
    assert set(told.values_list("actor_id", "child_id", "subject_id")) == {
        (cast.fay.pk, cast.cleo.pk, rule.pk)
    }
