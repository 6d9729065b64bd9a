"""When a provider that fails is left alone, how it is probed, and that no try is lost by it."""

from __future__ import annotations

import datetime as dt

import pytest

from clinic import rls
from tests.cast import Cast
from tests.tracking.reminding import at, claim, endings, planned_evening
from tracking.models import ProviderStanding, ReminderDelivery
from tracking.reminders import breakers, providers
from tracking.reminders.breakers import Passes, Standing, after_failure, is_failure, passes, probing
from tracking.reminders.channels import Answer, Result

NOW = dt.datetime(2026, 3, 3, 23, 30, tzinfo=dt.UTC)
SECOND = dt.timedelta(seconds=1)
MINUTE = dt.timedelta(minutes=1)
UNREACHABLE = Answer(Result.UNREACHABLE, "unreachable")


def after(failures: int) -> Standing:
    """The standing after so many failures, each as soon as one could happen."""
    standing, now = Standing(), NOW
    for _ in range(failures):
        now = max(now, standing.open_until or now)
        standing = after_failure(standing, now=now)
    return standing


@pytest.mark.parametrize(
    ("failures", "pause"),
    [
        (1, None),
        (4, None),
        (5, dt.timedelta(seconds=30)),
        (6, dt.timedelta(seconds=60)),
        (7, dt.timedelta(minutes=2)),
        (8, dt.timedelta(minutes=4)),
        (9, dt.timedelta(minutes=8)),
        (10, dt.timedelta(minutes=15)),
        (300, dt.timedelta(minutes=15)),
    ],
)
def test_a_breaker_opens_at_the_fifth_failure_for_a_time_that_doubles(
    failures: int, pause: dt.timedelta | None
) -> None:
    before, standing = after(failures - 1), after(failures)
    began = before.open_until or NOW
    assert standing.failures == failures
    assert standing.open_until == (None if pause is None else began + pause)


@pytest.mark.parametrize(
    ("standing", "now", "passing", "again"),
    [
        (Standing(4), NOW, Passes.ALL, NOW),
        (Standing(5, NOW + MINUTE), NOW, Passes.NONE, NOW + MINUTE),
        (Standing(5, NOW), NOW, Passes.ONE, NOW + breakers.LOOK_AGAIN),
        (Standing(5, NOW, NOW + MINUTE), NOW, Passes.NONE, NOW + breakers.LOOK_AGAIN),
        (Standing(5, NOW, NOW + SECOND), NOW, Passes.NONE, NOW + SECOND),
        (Standing(5, NOW, NOW), NOW, Passes.ONE, NOW + breakers.LOOK_AGAIN),
    ],
)
def test_while_it_is_open_nothing_passes_and_then_one(
    standing: Standing, now: dt.datetime, passing: Passes, again: dt.datetime
) -> None:
    assert passes(standing, now=now) == (passing, again)


def test_what_was_on_its_way_when_it_opened_says_nothing_new() -> None:
    standing = after(5)
    assert after_failure(standing, now=NOW) == standing


def test_a_probe_that_fails_opens_it_again_and_a_provider_may_ask_for_longer() -> None:
    standing = after(5)
    assert standing.open_until is not None
    probed = probing(standing, now=standing.open_until)
    again = after_failure(probed, now=standing.open_until + SECOND, asked_for=dt.timedelta(hours=1))
    assert again == Standing(6, standing.open_until + SECOND + dt.timedelta(hours=1))


@pytest.mark.parametrize(
    ("code", "is_its_own"),
    [
        ("unreachable", True),
        ("push_timeout", True),
        ("broken_off", True),
        ("push_503", True),
        ("sms_429", True),
        ("smtp_421", True),
        ("smtp_451", False),
        ("push_410", False),
        ("unsendable", False),
        ("broken", False),
    ],
)
def test_only_a_providers_own_trouble_counts(code: str, is_its_own: bool) -> None:
    assert is_failure(code) is is_its_own


# ---- as rows ---------------------------------------------------------------------------------------------


def fail(now: dt.datetime, times: int = breakers.OPENS_AFTER) -> None:
    with rls.acting_as(system="reminders"):
        for _ in range(times):
            providers.record("email", UNREACHABLE, now=now)


def test_claims_pass_over_an_open_breaker_and_spend_no_try(cast: Cast) -> None:
    day = planned_evening(cast)
    now = at(day, "18:30")
    fail(now)
    assert claim(now).taken == []
    assert endings() == {("due", ""): 2}
    waiting = ReminderDelivery.objects.all()
    assert {(one.next_try_at, one.attempt) for one in waiting} == {(now + breakers.FIRST_PAUSE, 0)}


def test_one_row_probes_and_the_others_follow_once_it_was_taken(cast: Cast) -> None:
    day = planned_evening(cast)
    now = at(day, "18:30")
    fail(now)
    claim(now)
    now += breakers.FIRST_PAUSE
    assert len(claim(now).taken) == 1
    assert claim(now).taken == []
    with rls.acting_as(system="reminders"):
        providers.record("email", Answer(Result.ACCEPTED, "smtp_250"), now=now)
    assert len(claim(now + breakers.LOOK_AGAIN).taken) == 1
    assert ProviderStanding.objects.get().failures == 0


def test_a_row_that_expires_behind_an_open_breaker_ends_as_expired(cast: Cast) -> None:
    day = planned_evening(cast)
    expires_at = at(day, "18:30") + 20 * SECOND
    ReminderDelivery.objects.update(expires_at=expires_at)
    fail(at(day, "18:30"))
    claim(at(day, "18:30"))
    assert claim(expires_at).found == 2
    assert endings() == {("expired", ""): 2}


def test_another_provider_is_not_held_up(cast: Cast) -> None:
    day = planned_evening(cast)
    now = at(day, "18:30")
    with rls.acting_as(system="reminders"):
        for _ in range(breakers.OPENS_AFTER):
            providers.record("web_push/push.example.org", UNREACHABLE, now=now)
    assert len(claim(now).taken) == 2
