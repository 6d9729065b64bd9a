"""When nobody answers: three reminders, a last one said gently, and silence until somebody speaks."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clinic import rls
from clinic.errors import Forbidden
from tests import factories
from tests.cast import Cast
from tests.tracking.reminding import TUESDAY, at, claim, coming, endings, keep, log, plan
from tracking.models import FlagThreshold, ReminderOccurrence, ReminderRule
from tracking.models.reminders import DeliveryState
from tracking.reminders import claiming
from tracking.reminders.resting import Rests, Standing, standing
from tracking.services import household

ONE_DAY = dt.timedelta(days=1)


def days(*numbers: int) -> list[dt.date]:
    """Days of a month, the newest first as the rule takes them."""
    return [dt.date(2026, 3, number) for number in sorted(numbers, reverse=True)]


def on(number: int | None) -> dt.date | None:
    return None if number is None else dt.date(2026, 3, number)


@pytest.mark.parametrize(
    ("reminded", "answered", "told", "patience", "expected"),
    [
        ([], None, None, 3, Standing.REMINDS),
        ([1, 2], None, None, 3, Standing.REMINDS),
        ([1, 2, 3], None, None, 3, Standing.LAST),
        ([2, 3, 4], None, 4, 3, Standing.RESTS),
        ([1, 2, 3], 1, None, 3, Standing.REMINDS),  # one was answered
        ([1, 2, 3], 3, None, 3, Standing.REMINDS),  # the last one was
        ([2, 3, 4], 20, 4, 3, Standing.REMINDS),  # it rested, and somebody came back by themselves
        ([1, 8, 15], None, None, 3, Standing.LAST),  # once a week
        ([21, 22, 23], 20, 4, 3, Standing.LAST),  # told weeks ago, answered since, ignored anew
        ([1, 2, 3], None, 3, 3, Standing.RESTS),  # another slot's was said meanwhile
        ([5, 6, 7], None, 4, 3, Standing.LAST),  # said before this run began
        ([7], None, None, 1, Standing.LAST),  # a clinic that wants it sooner
        ([8], None, 8, 1, Standing.RESTS),
        ([1, 2, 3], None, None, 4, Standing.REMINDS),
    ],
)
def test_how_a_rule_stands(
    reminded: list[int], answered: int | None, told: int | None, patience: int, expected: Standing
) -> None:
    assert (
        standing(reminded_on=days(*reminded), answered_on=on(answered), told_on=on(told), patience=patience)
        is expected
    )


# ---- evening after evening ------------------------------------------------------------------------------


def evening(day: dt.date, *, wall: str = "18:30") -> list[tuple[str, ...]]:
    """Plan and send what is due that evening; what each message told."""
    plan(at(day, "15:00"))
    taken = claim(at(day, wall)).taken
    for one in taken:
        assert claiming.mark(one, state=DeliveryState.SENT, now=at(day, wall))
    return [one.kinds for one in taken]


def evenings(first: dt.date, count: int) -> list[list[tuple[str, ...]]]:
    return [evening(first + number * ONE_DAY) for number in range(count)]


REMINDED, GENTLE, SILENT = [("reminder",)], [("gentle",)], list[tuple[str, ...]]()


def begun(cast: Cast, **fields: Any) -> dt.date:
    """Fern's program of every evening; Finn is to be reminded from a Tuesday on."""
    day = coming(TUESDAY)
    keep(factories.prescribed(cast.fern, by=cast.theo, **fields), now=at(day, "00:30"))
    return day


def test_three_reminders_a_gentle_one_and_then_silence(cast: Cast) -> None:
    day = begun(cast)
    assert evenings(day, 7) == [REMINDED, REMINDED, REMINDED, GENTLE, SILENT, SILENT, SILENT]
    assert endings() == {("sent", ""): 4}
    assert ReminderOccurrence.objects.get(is_gentle=True).local_day == day + 3 * ONE_DAY


def test_a_log_begins_the_count_anew(cast: Cast) -> None:
    day = begun(cast)
    assert evenings(day, 2) == [REMINDED, REMINDED]
    log(cast.fern, day + ONE_DAY, "20:00", by=cast.finn)
    assert evenings(day + 2 * ONE_DAY, 5) == [REMINDED, REMINDED, REMINDED, GENTLE, SILENT]


def test_who_comes_back_by_themselves_is_reminded_again(cast: Cast) -> None:
    day = begun(cast)
    evenings(day, 5)
    log(cast.fern, day + 6 * ONE_DAY, "20:00", by=cast.finn)
    assert evening(day + 7 * ONE_DAY) == REMINDED


def test_not_today_is_an_answer(cast: Cast) -> None:
    day = begun(cast)
    evenings(day, 2)
    log(cast.fern, day + 2 * ONE_DAY, "17:00", by=cast.finn, outcome="not_today", not_today_reason="ill")
    assert evenings(day + 2 * ONE_DAY, 2) == [SILENT, REMINDED]


def test_what_was_told_late_takes_the_last_one_back(cast: Cast) -> None:
    day = begun(cast)
    evenings(day, 3)
    last = day + 3 * ONE_DAY
    plan(at(last, "15:00"))
    log(cast.fern, day + 2 * ONE_DAY, "18:40", by=cast.finn)
    assert evening(last) == REMINDED
    assert not ReminderOccurrence.objects.filter(is_gentle=True).exists()


def test_what_is_planned_already_ends_when_the_household_was_told_meanwhile(cast: Cast) -> None:
    cast.finns_home.routine_times.filter(anchor="bedtime").update(at=dt.time(20, 30))
    day = begun(cast, anchors=("after_bath", "bedtime"))
    for number in range(3):
        evening(day + number * ONE_DAY)
        evening(day + number * ONE_DAY, wall="20:30")
    assert evening(day + 3 * ONE_DAY) == GENTLE
    assert evening(day + 3 * ONE_DAY, wall="20:30") == SILENT
    assert endings() == {("sent", ""): 7, ("suppressed", "backed_off"): 1}


def test_a_slot_that_is_answered_goes_on_while_the_other_rests(cast: Cast) -> None:
    cast.finns_home.routine_times.filter(anchor="bedtime").update(at=dt.time(20, 30))
    day = begun(cast, anchors=("after_bath", "bedtime"))
    for number in range(5):
        today = day + number * ONE_DAY
        evening(today)
        evening(today, wall="20:30")
        log(cast.fern, today, "20:40", by=cast.finn, slot_number=2)
    today = day + 5 * ONE_DAY
    assert evening(today) == SILENT
    assert evening(today, wall="20:30") == REMINDED


def test_a_diary_is_answered_by_any_entry(cast: Cast) -> None:
    day = coming(TUESDAY)
    program = factories.prescribed(
        cast.fern, by=cast.theo, starts_on=day + 20 * ONE_DAY, diary_from=day - ONE_DAY
    )
    keep(program, now=at(day, "00:30"))
    told = [evening(day + number * ONE_DAY, wall="19:30") for number in range(5)]
    assert told == [[("diary",)], [("diary",)], [("diary",)], GENTLE, SILENT]
    factories.observation(
        cast.fern, by=cast.finn, at=at(day + 5 * ONE_DAY, "10:00"), local_day=day + 5 * ONE_DAY
    )
    assert evening(day + 6 * ONE_DAY, wall="19:30") == [("diary",)]


def test_reminders_nobody_got_are_not_ignored(cast: Cast) -> None:
    day = begun(cast)
    for number in range(4):
        plan(at(day + number * ONE_DAY, "15:00"))
        claim(at(day + number * ONE_DAY, "21:30"))
    assert endings() == {("expired", ""): 4}
    assert evening(day + 4 * ONE_DAY) == REMINDED


def test_everybody_of_the_household_is_told_that_it_rests(cast: Cast) -> None:
    day = coming(TUESDAY) - ONE_DAY
    keep(factories.prescribed(cast.cleo, by=cast.tess), now=at(day, "00:30"))
    assert evenings(day, 5) == [REMINDED * 2, REMINDED * 2, REMINDED * 2, GENTLE * 2, SILENT]


def test_a_clinic_may_want_it_sooner_and_never_later(cast: Cast) -> None:
    def set_to(number: int) -> None:
        FlagThreshold.objects.create(
            clinic=cast.harbor,
            name="no_logs_remind_after_days",
            value=number,
            set_by=cast.otto,
            set_at=rls.now(),
        )

    day = begun(cast)
    set_to(2)
    assert evenings(day, 3) == [REMINDED, GENTLE, SILENT]
    log(cast.fern, day + 2 * ONE_DAY, "20:00", by=cast.finn)
    set_to(14)
    assert evenings(day + 3 * ONE_DAY, 5) == [REMINDED, REMINDED, REMINDED, GENTLE, SILENT]


# ---- bringing them back ---------------------------------------------------------------------------------


def test_one_tap_brings_them_back_and_counts_anew(cast: Cast) -> None:
    day = begun(cast)
    evenings(day, 5)
    with rls.acting_as(cast.finn):
        household.bring_back(
            by=cast.finn, child=cast.fern, family=cast.finns_home, now=at(day + 5 * ONE_DAY, "09:00")
        )
    back = day + 5 * ONE_DAY
    assert evenings(back, 5) == [REMINDED, REMINDED, REMINDED, GENTLE, SILENT]


def test_a_changed_wish_is_an_answer(cast: Cast) -> None:
    day = begun(cast)
    evenings(day, 5)
    rule = ReminderRule.objects.get()
    with rls.acting_as(cast.finn):
        household.set_routine_time(
            by=cast.finn,
            family=cast.finns_home,
            anchor="after_bath",
            at=dt.time(18, 15),
            now=at(day + 5 * ONE_DAY, "09:00"),
        )
    assert evening(day + 5 * ONE_DAY) == REMINDED
    rule.refresh_from_db()
    assert rule.counts_from == at(day + 5 * ONE_DAY, "09:00")


@pytest.mark.parametrize("who", ["nan", "greg", "tess", "rex"])
def test_only_a_guardian_of_the_household_brings_them_back(cast: Cast, who: str) -> None:
    by = getattr(cast, who)
    with rls.acting_as(by), pytest.raises(Forbidden):
        household.bring_back(by=by, child=cast.cleo, family=cast.fays_home, now=rls.now())


def test_how_rules_stand_takes_the_same_statements_for_few_and_for_many(cast: Cast) -> None:
    counts = []
    for programs in (1, 5):
        for _ in range(programs):
            keep(factories.prescribed(cast.fern, by=cast.theo), now=rls.now())
        rules = set(ReminderRule.objects.values_list("pk", flat=True))
        with CaptureQueriesContext(connection) as statements:
            Rests(rules, now=rls.now())
        counts.append(len(statements))
    assert counts == [3, 3]
