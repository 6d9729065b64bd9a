"""The page on which people choose how they are reached, and the address that stops letters."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail, signing
from django.test import Client

from clinic import rls
from clinic.models import User
from tests.cast import Cast
from tests.outside import PushService, SmsGateway
from tests.tracking.reaching import say, subscribed
from tracking.models import PushSubscription, ReachWishes
from tracking.reminders.channels.email import STOPPING
from tracking.services import calendars

SignedIn = Callable[[User], Client]
PAGE = "/accounts/reaching/"


def text_of(client: Client) -> str:
    return client.get(PAGE).content.decode()


@pytest.mark.parametrize("who", ["fay", "nan", "tess", "opal"])
def test_everybody_chooses_for_themselves(sign_in: SignedIn, cast: Cast, who: str) -> None:
    person = cast.people()[who]
    client = sign_in(person)
    assert "How we reach you" in text_of(client)
    told = {"reminders_by": "", "notices_by": "", "quiet_from": "20:00", "quiet_until": "07:00"}
    assert client.post(PAGE, told).status_code == 302
    kept = ReachWishes.objects.get()
    assert (kept.user, kept.notices_by, kept.quiet_from.hour) == (person, "", 20)


@pytest.mark.parametrize(
    ("who", "is_offered"), [("nan", True), ("dana", True), ("tess", False), ("opal", False)]
)
def test_reminders_and_a_calendar_are_for_who_cares_for_a_child(
    sign_in: SignedIn, cast: Cast, who: str, *, is_offered: bool
) -> None:
    """Dana is a therapist here and a guardian there."""
    person = cast.people()[who]
    client = sign_in(person)
    page = text_of(client)
    assert ('name="reminders_by"' in page) is is_offered
    assert ("In your own calendar" in page) is is_offered
    told = {"reminders_by": "", "notices_by": "email", "quiet_from": "20:00", "quiet_until": "07:00"}
    client.post(PAGE, told)
    assert ReachWishes.objects.get(user=person).reminders_by == ("" if is_offered else "email")


def test_who_cares_for_nobody_any_more_may_still_end_a_calendar(sign_in: SignedIn, cast: Cast) -> None:
    calendars.make_calendar(by=cast.tess, now=rls.now())
    assert "No calendar any more" in text_of(sign_in(cast.tess))


def test_an_address_that_is_not_known_to_be_read_is_said_with_one_tap_to_ask_again(
    sign_in: SignedIn, cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    client = sign_in(cast.fay)
    said = "Send the letter again"
    assert said not in text_of(client)
    User.objects.filter(pk=cast.fay.pk).update(email_verified_at=None)
    assert said in text_of(client)
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(f"{PAGE}letter/", follow=True).content.decode()
    assert "A letter is on its way" in answer
    (letter,) = mail.outbox
    assert letter.to == [cast.fay.email]
    link = re.search(r"http://localhost:8000(/accounts/email/\S+)", str(letter.body))
    assert link is not None
    assert said not in client.post(link[1], follow=True).content.decode()


def test_no_letter_asks_what_is_known(
    sign_in: SignedIn, cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        sign_in(cast.fay).post(f"{PAGE}letter/")
    assert not mail.outbox


def test_a_way_is_offered_once_it_leads_somewhere(
    sign_in: SignedIn, cast: Cast, push_service: PushService
) -> None:
    client = sign_in(cast.fay)
    assert 'value="web_push"' not in text_of(client)
    browser = push_service.subscribe().told()
    told = {"endpoint": browser["endpoint"], **browser["keys"]}
    agent = "Mozilla/5.0 (Linux; Android 14) Firefox/130.0"
    client.post(f"{PAGE}browsers/", told, headers={"User-Agent": agent})
    page = text_of(client)
    assert 'value="web_push"' in page
    assert "Firefox" in page
    kept = PushSubscription.objects.get()
    client.post(f"{PAGE}browsers/{kept.pk}/end/")
    assert not PushSubscription.objects.exists()


def test_signing_out_ends_what_is_shown_on_that_device_alone(
    sign_in: SignedIn, cast: Cast, push_service: PushService
) -> None:
    elsewhere = subscribed(cast.fay, push_service)
    client = sign_in(cast.fay)
    here = push_service.subscribe().told()
    client.post(f"{PAGE}browsers/", {"endpoint": here["endpoint"], **here["keys"]})
    assert client.get("/accounts/logout/").status_code == 200
    assert PushSubscription.objects.count() == 2, "looking at the page ends nothing"
    assert client.post("/accounts/logout/").status_code == 302
    assert [one.browser.endpoint for one in PushSubscription.objects.all()] == [elsewhere.endpoint]
    assert client.get(PAGE).status_code == 302, "signed out"


def test_signing_out_where_the_device_was_switched_off_before_is_signing_out(
    sign_in: SignedIn, cast: Cast, push_service: PushService
) -> None:
    client = sign_in(cast.fay)
    here = push_service.subscribe().told()
    client.post(f"{PAGE}browsers/", {"endpoint": here["endpoint"], **here["keys"]})
    client.post(f"{PAGE}browsers/{PushSubscription.objects.get().pk}/end/")
    assert client.post("/accounts/logout/").status_code == 302
    assert client.get(PAGE).status_code == 302


def test_the_page_of_another_persons_browser_is_none(
    sign_in: SignedIn, cast: Cast, push_service: PushService
) -> None:
    subscribed(cast.fay, push_service)
    kept = PushSubscription.objects.get()
    assert sign_in(cast.greg).post(f"{PAGE}browsers/{kept.pk}/end/").status_code == 404


def test_a_phone_is_asked_for_where_there_is_a_gateway(
    sign_in: SignedIn, cast: Cast, sms_gateway: SmsGateway, settings: Any
) -> None:
    client = sign_in(cast.fay)
    wrong = client.post(f"{PAGE}phone/", {"number": "555"}).content.decode()
    assert "has to begin with its country" in wrong
    client.post(f"{PAGE}phone/", {"number": "+1 555 000 1234"})
    page = text_of(client)
    assert "+15550001234" in page
    assert 'autocomplete="one-time-code"' in page
    settings.SMS_GATEWAY_URL = ""
    assert sign_in(cast.greg).get(PAGE).content.decode().count("Send me a code") == 0


def test_the_address_of_a_calendar_is_shown_once(sign_in: SignedIn, cast: Cast) -> None:
    client = sign_in(cast.fay)
    made = client.post(f"{PAGE}calendar/").content.decode()
    assert "/calendars/" in made
    assert "/calendars/" not in text_of(client)
    assert "A calendar may read along" in text_of(client)


# ---- stopping letters -------------------------------------------------------------------------------------


def test_looking_at_the_address_of_a_letter_stops_nothing_and_posting_does(cast: Cast) -> None:
    mail_program = Client(enforce_csrf_checks=True)
    address = f"{PAGE}stop/{signing.dumps([str(cast.fay.pk), 'reminders_by'], salt=STOPPING)}/"
    assert "No more reminders for you?" in mail_program.get(address).content.decode()
    assert not ReachWishes.objects.exists()
    answer = mail_program.post(
        address, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
    )
    assert answer.status_code == 200
    kept = ReachWishes.objects.get()
    assert (kept.user, kept.reminders_by, kept.notices_by) == (cast.fay, "", "email")


def test_a_made_up_address_stops_nothing(cast: Cast) -> None:
    say(cast.fay)
    assert Client().post(f"{PAGE}stop/nonsense/").status_code == 404
    assert ReachWishes.objects.get().reminders_by == "email"
