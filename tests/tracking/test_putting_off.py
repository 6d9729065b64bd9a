"""A reminder that came at a bad moment comes again in half an hour, to whoever asked, twice at most."""

from __future__ import annotations

import datetime as dt

import pytest

from clinic import rls
from clinic.errors import DomainError, Forbidden
from clinic.models import User
from tests.cast import Cast
from tests.tracking.reminding import at, claim, endings, log, planned_evening
from tracking.models import ReachWishes, ReminderDelivery, ReminderRule
from tracking.models.reminders import DeliveryState
from tracking.reminders import claiming
from tracking.reminders.shown import reminders_of, tonight_of
from tracking.services.putting_off import NothingToPutOff, PutOffEnough, TooLateToPutOff, put_off


def reminded(now: dt.datetime) -> list[str]:
    """Send what is due; to whom."""
    taken = claim(now).taken
    for one in taken:
        assert claiming.mark(one, state=DeliveryState.SENT, now=now)
    return [one.address for one in taken]


def again(cast: Cast, now: dt.datetime, *, by: User | None = None) -> ReminderDelivery:
    who, rule = by or cast.fay, ReminderRule.objects.get(family=cast.fays_home)
    with rls.acting_as(who):
        return put_off(by=who, rule=rule, now=now)


def test_it_comes_again_in_half_an_hour_to_whoever_asked_alone(cast: Cast) -> None:
    day = planned_evening(cast)
    assert len(reminded(at(day, "18:30"))) == 2
    again(cast, at(day, "18:35"))
    assert reminded(at(day, "19:04")) == []
    assert reminded(at(day, "19:05")) == [cast.fay.email]
    assert endings() == {("sent", ""): 3}


def test_it_stays_silent_when_somebody_logs_meanwhile(cast: Cast) -> None:
    day = planned_evening(cast)
    reminded(at(day, "18:30"))
    again(cast, at(day, "18:35"))
    log(cast.cleo, day, "18:50", by=cast.greg)
    assert reminded(at(day, "19:05")) == []
    assert endings() == {("sent", ""): 2, ("suppressed", "logged"): 1}


def test_asked_twice_before_it_came_it_comes_once(cast: Cast) -> None:
    day = planned_evening(cast)
    reminded(at(day, "18:30"))
    assert again(cast, at(day, "18:35")) == again(cast, at(day, "18:36"))
    assert reminded(at(day, "19:10")) == [cast.fay.email]


def test_it_is_put_off_twice_at_most(cast: Cast) -> None:
    day = planned_evening(cast)
    reminded(at(day, "18:30"))
    for asked, comes in (("18:35", "19:05"), ("19:10", "19:40")):
        again(cast, at(day, asked))
        assert reminded(at(day, comes)) == [cast.fay.email]
    with pytest.raises(PutOffEnough):
        again(cast, at(day, "19:45"))
    with rls.acting_as(cast.fay):
        assert tonight_of(cast.fay, cast.cleo, cast.fays_home, now=at(day, "19:45")).may_put_off == ()


@pytest.mark.parametrize(
    ("wall", "refusal"), [("18:20", NothingToPutOff), ("21:00", TooLateToPutOff), ("21:40", NothingToPutOff)]
)
def test_it_is_not_put_off_before_it_came_or_past_its_time(
    cast: Cast, wall: str, refusal: type[DomainError]
) -> None:
    day = planned_evening(cast)
    if wall != "18:20":
        reminded(at(day, "18:30"))
    with pytest.raises(refusal):
        again(cast, at(day, wall))


def test_it_is_not_put_off_into_ones_own_quiet_hours(cast: Cast) -> None:
    day = planned_evening(cast)
    ReachWishes.objects.create(user=cast.fay, quiet_from=dt.time(19), updated_at=rls.now())
    reminded(at(day, "18:30"))
    with pytest.raises(TooLateToPutOff):
        again(cast, at(day, "18:35"))
    assert again(cast, at(day, "18:35"), by=cast.nan).due_at == at(day, "19:05")


def test_who_was_not_reminded_has_nothing_to_put_off(cast: Cast) -> None:
    day = planned_evening(cast)
    ReminderDelivery.objects.filter(recipient=cast.nan).delete()
    reminded(at(day, "18:30"))
    with pytest.raises(NothingToPutOff):
        again(cast, at(day, "18:35"), by=cast.nan)


@pytest.mark.parametrize("who", ["greg", "tess", "rex"])
def test_nobody_outside_the_household_puts_it_off(cast: Cast, who: str) -> None:
    day = planned_evening(cast)
    reminded(at(day, "18:30"))
    with pytest.raises(Forbidden):
        again(cast, at(day, "18:35"), by=getattr(cast, who))


def test_what_was_put_off_is_what_comes_next(cast: Cast) -> None:
    day = planned_evening(cast)
    reminded(at(day, "18:30"))

    def shown(now: dt.datetime) -> tuple[bool, dt.datetime | None]:
        with rls.acting_as(cast.fay):
            [one] = reminders_of(cast.fay, cast.cleo, cast.fays_home, now=now).reminders
        return one.may_put_off, one.next_at

    assert shown(at(day, "18:34")) == (True, at(day + dt.timedelta(days=1), "18:30"))
    again(cast, at(day, "18:35"))
    assert shown(at(day, "18:36")) == (False, at(day, "19:05"))
