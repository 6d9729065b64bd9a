"""By what people are reached: their wishes, what leads somewhere, and what a claim makes of both."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import transaction

from clinic.models import User
from tests import database, outside
from tests.cast import Cast
from tests.outside import PushService, SmsGateway
from tests.tracking import noticing
from tests.tracking.reaching import numbered, say, subscribed
from tests.tracking.reminding import at, claim, delivery, endings, planned_evening
from tracking.models import Channel, ReminderDelivery
from tracking.reminders import delivering
from tracking.reminders.reach import Reach, reach_of

NUMBER = "+15550001234"


def way(user: User, wish: str) -> tuple[str, str]:
    say(user, reminders_by=wish)
    return reach_of([user.pk])[user.pk].way("reminder")


@pytest.mark.parametrize(
    ("quiet", "wall", "until"),
    [
        ("22:00-06:00", "21:59", None),
        ("22:00-06:00", "22:00", "2026-06-02 06:00"),
        ("22:00-06:00", "03:00", "2026-06-01 06:00"),
        ("22:00-06:00", "05:59", "2026-06-01 06:00"),
        ("22:00-06:00", "06:00", None),
        ("09:00-17:00", "08:59", None),
        ("09:00-17:00", "09:00", "2026-06-01 17:00"),
        ("09:00-17:00", "17:00", None),
        ("00:00-00:00", "00:00", None),
        ("12:00-12:00", "12:00", None),
    ],
)
def test_quiet_hours_are_by_the_clock_of_the_place(quiet: str, wall: str, until: str | None) -> None:
    eastern = dt.timezone(dt.timedelta(hours=-4))
    now = dt.datetime.combine(dt.date(2026, 6, 1), dt.time.fromisoformat(wall), eastern)
    begins, ends = map(dt.time.fromisoformat, quiet.split("-"))
    waits = Reach(quiet_from=begins, quiet_until=ends).quiet_at(now.astimezone(dt.UTC), "America/New_York")
    assert (waits and waits.astimezone(eastern).isoformat(" ", "minutes")[:16]) == until


def test_who_said_nothing_is_written_to_and_left_alone_at_night(cast: Cast) -> None:
    reach = reach_of([cast.fay.pk])[cast.fay.pk]
    assert reach.way("reminder") == reach.way("message") == ("email", cast.fay.email)
    assert (reach.quiet_from, reach.quiet_until) == (dt.time(22), dt.time(6))


def test_a_wish_is_served_while_it_leads_somewhere_and_by_mail_after_that(
    cast: Cast, push_service: PushService, sms_gateway: SmsGateway, settings: Any
) -> None:
    by_mail = ("email", cast.fay.email)
    assert way(cast.fay, Channel.WEB_PUSH) == way(cast.fay, Channel.SMS) == by_mail
    subscribed(cast.fay, push_service)
    numbered(cast.fay, NUMBER)
    assert way(cast.fay, Channel.WEB_PUSH) == ("web_push", str(cast.fay.pk))
    assert way(cast.fay, Channel.SMS) == ("sms", NUMBER)
    assert way(cast.fay, "") == ("", "")
    settings.SMS_GATEWAY_URL = ""
    settings.VAPID_PRIVATE_KEY = ""
    assert way(cast.fay, Channel.WEB_PUSH) == way(cast.fay, Channel.SMS) == by_mail


def test_who_wishes_to_hear_no_news_is_told_what_is_urgent_all_the_same(cast: Cast) -> None:
    say(cast.tess, notices_by="")
    reach = reach_of([cast.tess.pk])[cast.tess.pk]
    assert reach.way("message") == ("", "")
    assert reach.way("urgent_flag") == ("email", cast.tess.email)


def test_a_number_that_is_not_verified_leads_nowhere(cast: Cast, sms_gateway: SmsGateway) -> None:
    numbered(cast.fay, NUMBER, is_verified=False)
    assert way(cast.fay, Channel.SMS) == ("email", cast.fay.email)


def test_who_has_no_address_at_all_is_not_reached(cast: Cast) -> None:
    User.objects.filter(pk=cast.fay.pk).update(email=None, email_verified_at=None)
    assert way(cast.fay, Channel.EMAIL) == ("email", "")


def test_an_address_nobody_is_known_to_read_leads_nowhere(cast: Cast, push_service: PushService) -> None:
    assert way(cast.fay, Channel.EMAIL) == ("email", cast.fay.email)
    User.objects.filter(pk=cast.fay.pk).update(email_verified_at=None)
    assert way(cast.fay, Channel.EMAIL) == way(cast.fay, Channel.WEB_PUSH) == ("email", "")
    subscribed(cast.fay, push_service)
    assert way(cast.fay, Channel.WEB_PUSH) == ("web_push", str(cast.fay.pk))
    assert way(cast.fay, Channel.EMAIL) == ("email", "")


def test_many_are_looked_up_in_two_statements(cast: Cast, django_assert_num_queries: Any) -> None:
    for people in ([cast.fay.pk], [one.pk for one in cast.people().values()]):
        with django_assert_num_queries(2):
            assert set(reach_of(people)) == set(people)


# ---- what a claim makes of it ------------------------------------------------------------------------------


def test_a_claim_goes_by_what_somebody_wishes_then(cast: Cast, push_service: PushService) -> None:
    day = planned_evening(cast)
    subscribed(cast.fay, push_service)
    say(cast.fay, reminders_by=Channel.WEB_PUSH)
    taken = {one.recipient_id: one for one in claim(at(day, "18:30")).taken}
    assert (taken[cast.fay.pk].channel, taken[cast.fay.pk].address) == ("web_push", str(cast.fay.pk))
    assert taken[cast.nan.pk].channel == "email"
    assert delivery(cast.fay).channel == "web_push"


def test_who_wishes_for_no_reminders_gets_none(cast: Cast) -> None:
    day = planned_evening(cast)
    say(cast.fay, reminders_by="")
    assert [one.recipient_id for one in claim(at(day, "18:30")).taken] == [cast.nan.pk]
    assert endings()["suppressed", "muted"] == 1


def test_nothing_is_planned_for_who_wishes_for_none(cast: Cast) -> None:
    say(cast.fay, reminders_by="")
    planned_evening(cast)
    assert delivery(cast.nan).state == "due"
    assert not endings()["due", ""] > 1


def test_nothing_goes_to_an_address_that_is_not_known_to_be_read_any_more(cast: Cast) -> None:
    day = planned_evening(cast)
    User.objects.filter(pk=cast.fay.pk).update(email_verified_at=None)
    assert [one.recipient_id for one in claim(at(day, "18:30")).taken] == [cast.nan.pk]
    assert endings()["dead", "no_address"] == 1


def test_own_quiet_hours_hold_back(cast: Cast) -> None:
    day = planned_evening(cast)
    say(cast.fay, quiet_from=dt.time(18), quiet_until=dt.time(19))
    assert [one.recipient_id for one in claim(at(day, "18:30")).taken] == [cast.nan.pk]
    assert delivery(cast.fay).state == "quiet"


@pytest.mark.parametrize(
    ("own_zone", "is_left_alone"), [("", False), ("Europe/Berlin", True), ("America/Chicago", False)]
)
def test_own_clock_says_when_it_is_night_for_reminders_and_for_news_alike(
    cast: Cast, own_zone: str, *, is_left_alone: bool
) -> None:
    """Half past six at home is half past midnight in Berlin, where Fay is on a journey."""
    User.objects.filter(pk=cast.fay.pk).update(zone=own_zone)
    day = planned_evening(cast)
    now = at(day, "18:30")
    noticing.send(cast.cleo, by=cast.tess, now=now)
    noticing.plan(now)
    news = ReminderDelivery.objects.get(recipient=cast.fay, notice__isnull=False)
    six_in_berlin = at(day, "00:00") + dt.timedelta(days=1)
    assert news.due_at == (six_in_berlin if is_left_alone else now)
    claim(now)
    reminder = ReminderDelivery.objects.get(recipient=cast.fay, notice=None)
    assert reminder.state == ("quiet" if is_left_alone else "leased")


def test_news_that_was_planned_before_a_journey_waits_for_the_morning_there(cast: Cast) -> None:
    now = at(planned_evening(cast), "18:30")
    noticing.send(cast.cleo, by=cast.tess, now=now)
    noticing.plan(now)
    User.objects.filter(pk=cast.fay.pk).update(zone="Europe/Berlin")
    claim(now)
    news = ReminderDelivery.objects.get(recipient=cast.fay, notice__isnull=False)
    assert (news.state, news.next_try_at) == ("due", now + dt.timedelta(hours=5, minutes=30))


def test_who_has_no_address_is_reminded_in_their_browser(cast: Cast, push_service: PushService) -> None:
    User.objects.filter(pk=cast.fay.pk).update(email=None, email_verified_at=None)
    subscribed(cast.fay, push_service)
    say(cast.fay, reminders_by=Channel.WEB_PUSH)
    day = planned_evening(cast)
    assert cast.fay.pk in {one.recipient_id for one in claim(at(day, "18:30")).taken}


def test_what_is_claimed_arrives_by_each_ones_channel(
    live_cast: Cast, clock: database.Clock, push_service: PushService, sms_gateway: SmsGateway
) -> None:
    browser = subscribed(live_cast.fay, push_service)
    numbered(live_cast.nan, NUMBER)
    say(live_cast.fay, reminders_by=Channel.WEB_PUSH)
    say(live_cast.nan, reminders_by=Channel.SMS)
    with transaction.atomic():
        day = planned_evening(live_cast)
    clock.move_to(at(day, "18:30"))
    assert delivering.deliver_batch() == 2
    assert endings() == {("sent", ""): 2}
    (pushed,) = push_service.to(browser)
    assert pushed.key == delivery(live_cast.fay).idempotency_key
    (message,) = sms_gateway.to(NUMBER)
    assert message.key == str(delivery(live_cast.nan).idempotency_key)
    assert delivery(live_cast.fay).provider_codes == ["push_201"]
    assert delivery(live_cast.nan).provider_codes == ["sms_taken"]


def test_a_text_message_that_may_have_gone_is_never_sent_again(
    live_cast: Cast, clock: database.Clock, sms_gateway: SmsGateway
) -> None:
    numbered(live_cast.fay, NUMBER)
    say(live_cast.fay, reminders_by=Channel.SMS)
    with transaction.atomic():
        day = planned_evening(live_cast)
    clock.move_to(at(day, "18:30"))
    sms_gateway.answer = lambda _: outside.TAKEN_AND_RESET
    delivering.deliver_batch()
    found = delivery(live_cast.fay)
    assert (found.state, found.reason) == ("unknown", "sms_unanswered")
    clock.advance(minutes=30)
    delivering.deliver_batch()
    assert len(sms_gateway.to(NUMBER)) == 1
