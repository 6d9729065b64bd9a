"""An owner's page of what could not be delivered: reasons and numbers, nobody's name, and trying again."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from clinic import rls
from clinic.models import AuditEvent, CaregiverGrant
from tests.cast import Cast
from tests.tracking.noticing import wish
from tests.tracking.reminding import at, claim, delivery, endings, planned_evening
from tracking.models import ReminderDelivery
from tracking.models.reminders import DeliveryState

PAGE = "/c/harbor/settings/reminders/"


def give_up(cast: Cast, *, reason: str = "tries_spent", state: str = DeliveryState.DEAD) -> dt.date:
    """Both of an evening's messages given up a moment ago, with time left; nobody has quiet hours."""
    day = planned_evening(cast)
    for recipient in (cast.fay, cast.nan):
        wish(recipient, quiet_from=dt.time(0), quiet_until=dt.time(0))
    now = rls.now()
    ReminderDelivery.objects.update(
        state=state,
        reason=reason,
        due_at=now,
        next_try_at=now,
        ended_at=now - dt.timedelta(minutes=1),
        expires_at=now + dt.timedelta(hours=2),
        provider_codes=["smtp_451"] * 5,
        begun=5,
    )
    return day


def test_an_owner_reads_why_and_how_many_and_nobodys_name(cast: Cast, sign_in: Any) -> None:
    give_up(cast)
    page = sign_in(cast.otto).get(PAGE).content.decode()
    assert "Tried five times, and not taken" in page
    assert "2 have time left" in page
    assert str(delivery(cast.fay).pk) in page
    for word in ("Cleo", str(cast.fay.email), cast.fay.name):
        assert escape(word) not in page


def test_where_everything_was_taken_the_page_says_so(cast: Cast, sign_in: Any) -> None:
    assert "Everything was taken" in sign_in(cast.otto).get(PAGE).content.decode()


def test_one_is_tried_again_under_its_key_with_its_tries_anew(cast: Cast, sign_in: Any) -> None:
    give_up(cast)
    one = delivery(cast.fay)
    asked = sign_in(cast.otto).post(f"{PAGE}again/", {"delivery": one.pk}, follow=True)
    assert "It is tried again now." in asked.content.decode()
    assert endings() == {("dead", "tries_spent"): 1, ("retry", ""): 1}
    event = AuditEvent.objects.get(code="replayed_reminders")
    assert (event.actor_id, event.clinic_id, event.child_id) == (cast.otto.pk, cast.harbor.pk, None)


def test_all_of_one_reason_go_through_the_ordinary_claim(cast: Cast, sign_in: Any) -> None:
    day = give_up(cast)
    keys = set(ReminderDelivery.objects.values_list("idempotency_key", flat=True))
    asked = sign_in(cast.otto).post(f"{PAGE}again/", {"state": "dead", "reason": "tries_spent"}, follow=True)
    assert "2 are tried again now." in asked.content.decode()
    ReminderDelivery.objects.update(expires_at=at(day, "21:00"))
    taken = claim(at(day, "18:31")).taken
    assert {one.idempotency_key for one in taken} == keys
    assert {(one.tries, one.deaths) for one in taken} == {(0, 0)}


@pytest.mark.parametrize("gone", ["expired", "access"])
def test_what_has_expired_or_may_not_reach_them_any_more_stays_given_up(
    cast: Cast, sign_in: Any, gone: str
) -> None:
    give_up(cast)
    if gone == "expired":
        ReminderDelivery.objects.update(expires_at=rls.now())
    else:
        CaregiverGrant.objects.filter(child=cast.cleo).update(revoked_at=rls.now())
    asked = sign_in(cast.otto).post(f"{PAGE}again/", {"state": "dead", "reason": "tries_spent"}, follow=True)
    assert "Nothing of this is to go out any more" in asked.content.decode()
    assert endings() == {("dead", "tries_spent"): 2}
    assert not AuditEvent.objects.filter(code="replayed_reminders").exists()


def test_another_clinics_message_is_none_of_theirs(cast: Cast, sign_in: Any) -> None:
    give_up(cast)
    sign_in(cast.olga).post(
        "/c/elsewhere/settings/reminders/again/", {"delivery": delivery(cast.fay).pk}, follow=True
    )
    assert endings() == {("dead", "tries_spent"): 2}


def test_the_page_asks_as_often_for_many_as_for_one(cast: Cast, sign_in: Any) -> None:
    give_up(cast)
    counts = []
    for many in (False, True):
        if many:
            for number in range(10):
                ReminderDelivery.objects.filter(recipient=cast.nan).update(reason=f"smtp_{550 + number}")
        browser = sign_in(cast.otto)
        with CaptureQueriesContext(connection) as asked:
            browser.get(PAGE)
        counts.append(len(asked))
    assert counts[0] == counts[1]


# ---- numbers for whoever runs this -------------------------------------------------------------------------


@pytest.mark.parametrize("token", ["", "Bearer ", "Bearer another"])
def test_numbers_are_closed_to_who_brings_no_token(
    client: Any, cast: Cast, settings: Any, token: str
) -> None:
    settings.METRICS_TOKEN = "of-the-monitor"
    assert client.get("/metrics", headers={"Authorization": token}).status_code == 404
    settings.METRICS_TOKEN = ""
    assert client.get("/metrics", headers={"Authorization": token}).status_code == 404


def test_numbers_tell_what_waits_what_ended_and_how_late(client: Any, cast: Cast, settings: Any) -> None:
    settings.METRICS_TOKEN = "of-the-monitor"
    give_up(cast)
    now = rls.now()
    one, other = ReminderDelivery.objects.order_by("id")
    ReminderDelivery.objects.filter(pk=one.pk).update(
        state="sent", reason="", due_at=now - dt.timedelta(seconds=90), ended_at=now
    )
    answer = client.get("/metrics", headers={"Authorization": "Bearer of-the-monitor"})
    said = answer.content.decode().splitlines()
    assert answer["Content-Type"].startswith("text/plain; version=0.0.4")
    assert 'littlefoot_reminders_ended_lately{state="sent"} 1' in said
    assert 'littlefoot_reminders_lateness_lately_seconds{quantile="0.99"} 90.0' in said
    assert 'littlefoot_reminders_given_up_day{state="dead",reason="tries_spent"} 1' in said
    ReminderDelivery.objects.filter(pk=other.pk).update(
        state="due", reason="", ended_at=None, next_try_at=now - dt.timedelta(minutes=5)
    )
    said = client.get("/metrics", headers={"Authorization": "Bearer of-the-monitor"}).content.decode()
    assert 'littlefoot_reminders_open{state="due"} 1' in said
    (oldest,) = [line for line in said.splitlines() if line.startswith("littlefoot_reminders_oldest")]
    assert float(oldest.split()[1]) >= 300


def test_the_job_that_counts_opens_deliveries_and_nothing_else(cast: Cast) -> None:
    give_up(cast)
    with rls.acting_as(system="metrics"):
        assert ReminderDelivery.objects.count() == 2
        assert not CaregiverGrant.objects.exists()
        with transaction.atomic():
            assert ReminderDelivery.objects.update(reason="changed") == 0
