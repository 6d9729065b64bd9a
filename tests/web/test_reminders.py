"""The page of a household's reminders: its wishes, what comes next, a rest, and bringing them back."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest
from django.test import Client

from clinic import rls
from clinic.models import CaregiverGrant, User
from tests import database, factories
from tests.cast import Cast
from tests.tracking.reminding import TUESDAY, at, claim, coming, keep, plan
from tracking.models import ReminderMute, ReminderRule
from tracking.models.reminders import DeliveryState
from tracking.reminders import claiming

ONE_DAY = dt.timedelta(days=1)


@pytest.fixture
def fays(cast: Cast, sign_in: Any) -> Client:
    client: Client = sign_in(cast.fay)
    return client


@pytest.fixture
def rule(cast: Cast) -> ReminderRule:
    """Cleo's evening program at Fay's."""
    keep(factories.prescribed(cast.cleo, by=cast.tess), now=rls.now())
    return ReminderRule.objects.get(family=cast.fays_home)


def page(cast: Cast, more: str = "reminders/") -> str:
    return f"/family/{cast.cleo.pk}/{more}"


def shown(client: Client, cast: Cast, more: str = "reminders/") -> str:
    return " ".join(client.get(page(cast, more)).content.decode().split())


def of(rule: ReminderRule, **told: Any) -> dict[str, Any]:
    """The form of a reminder, as the page sends it."""
    prefix = f"r{str(rule.pk)[-8:]}"
    return {f"{prefix}-lock_version": rule.lock_version} | {
        f"{prefix}-{name}": value for name, value in told.items()
    }


def grant(cast: Cast, who: str) -> uuid.UUID:
    return CaregiverGrant.objects.get(user=getattr(cast, who), child=cast.cleo).pk


def test_who_is_known_to_read_no_address_is_told_that_nothing_leads_to_them(
    cast: Cast, fays: Client, rule: ReminderRule
) -> None:
    assert "No reminder leads to you yet" not in shown(fays, cast)
    User.objects.filter(pk=cast.fay.pk).update(email_verified_at=None)
    said = shown(fays, cast)
    assert "No reminder leads to you yet" in said
    assert "None in the weeks to come" not in said


def test_the_next_one_is_shown_after_every_wish(
    cast: Cast, fays: Client, rule: ReminderRule, clock: database.Clock
) -> None:
    tuesday = coming(TUESDAY)
    clock.move_to(at(tuesday, "10:00"))
    assert "Next: today at 6:30 p.m." in shown(fays, cast)
    told = of(rule, weekdays=[TUESDAY + 1], only_on_home_days="on", recipients=[grant(cast, "fay")])
    answer = fays.post(page(cast, f"reminders/{rule.pk}/"), told, follow=True)
    assert "Next: tomorrow at 6:30 p.m." in " ".join(answer.content.decode().split())
    rule.refresh_from_db()
    assert (rule.weekdays, rule.only_on_home_days) == ([TUESDAY + 1], True)
    assert [mute.user for mute in ReminderMute.objects.all()] == [cast.nan]


def test_every_day_the_program_asks_for_is_no_choice_of_days(
    cast: Cast, fays: Client, rule: ReminderRule
) -> None:
    told = of(rule, weekdays=list(range(7)), recipients=[grant(cast, "fay"), grant(cast, "nan")])
    fays.post(page(cast, f"reminders/{rule.pk}/"), told)
    rule.refresh_from_db()
    assert (rule.weekdays, rule.only_on_home_days) == ([], False)


def test_a_wish_about_an_older_state_is_shown_again(cast: Cast, fays: Client, rule: ReminderRule) -> None:
    told = of(rule, weekdays=[1])
    fays.post(page(cast, f"reminders/{rule.pk}/"), told)
    again = fays.post(page(cast, f"reminders/{rule.pk}/"), told)
    assert again.status_code == 200
    assert "Somebody else has changed this meanwhile" in again.content.decode()


def test_a_rest_is_told_and_ended_in_one_tap(
    cast: Cast, fays: Client, rule: ReminderRule, clock: database.Clock
) -> None:
    tuesday = coming(TUESDAY)
    clock.move_to(at(tuesday, "10:00"))
    fays.post(page(cast, "reminders/pause/"), {"through": tuesday + ONE_DAY})
    assert "Nothing reminds you up to Wednesday" in shown(fays, cast)
    fays.post(page(cast, "reminders/pause/"), {"do": "end"})
    assert "Next: today at 6:30 p.m." in shown(fays, cast)


def test_a_rest_that_lies_in_the_past_is_refused_beside_its_field(
    cast: Cast, fays: Client, rule: ReminderRule
) -> None:
    answer = fays.post(page(cast, "reminders/pause/"), {"through": "2020-01-01"})
    assert answer.status_code == 200
    assert "cannot lie in the past" in answer.content.decode()
    rule.refresh_from_db()
    assert rule.paused_through is None


def ignored(cast: Cast, first: dt.date) -> None:
    """Four evenings nobody answers."""
    for number in range(4):
        plan(at(first + number * ONE_DAY, "15:00"))
        for one in claim(at(first + number * ONE_DAY, "18:30")).taken:
            claiming.mark(one, state=DeliveryState.SENT, now=at(first + number * ONE_DAY, "18:30"))


def test_that_reminders_rest_is_said_quietly_and_one_tap_brings_them_back(
    cast: Cast, fays: Client, rule: ReminderRule, clock: database.Clock, sign_in: Any
) -> None:
    monday = coming(0)
    keep(rule.program, now=at(monday, "00:30"))
    ignored(cast, monday)
    clock.move_to(at(monday + 4 * ONE_DAY, "10:00"))
    assert "Reminders are quiet for now." in shown(fays, cast, "")
    assert "Bring them back" in shown(fays, cast)
    assert "Pause the program" in shown(fays, cast)
    nans = sign_in(cast.nan)
    assert "Reminders are quiet for now." in shown(nans, cast, "")
    assert "Bring them back" not in shown(nans, cast, "") + shown(nans, cast)
    assert nans.post(page(cast, "reminders/back/")).status_code == 403
    fays.get(page(cast, "reminders/back/"))
    assert "Bring them back" in shown(fays, cast)
    fays.post(page(cast, "reminders/back/"))
    assert "Next: today at 6:30 p.m." in shown(fays, cast)
    assert "quiet for now" not in shown(fays, cast, "")


def test_what_has_just_come_may_be_put_off_from_the_first_screen(
    cast: Cast, fays: Client, rule: ReminderRule, clock: database.Clock
) -> None:
    tuesday = coming(TUESDAY)
    plan(at(tuesday, "15:00"))
    for one in claim(at(tuesday, "18:30")).taken:
        claiming.mark(one, state=DeliveryState.SENT, now=at(tuesday, "18:30"))
    clock.move_to(at(tuesday, "18:40") + dt.timedelta(seconds=30))
    assert "Remind me in 30 minutes" in shown(fays, cast, "")
    fays.post(page(cast, f"reminders/{rule.pk}/again/"))
    assert "Next: today at 7:10 p.m." in shown(fays, cast)
    assert "Remind me in 30 minutes" not in shown(fays, cast, "")


def test_a_reminder_of_another_home_is_not_found(cast: Cast, fays: Client, rule: ReminderRule) -> None:
    gregs = ReminderRule.objects.get(family=cast.gregs_home)
    for more in ("", "mine/", "again/"):
        assert fays.post(page(cast, f"reminders/{gregs.pk}/{more}")).status_code == 404
