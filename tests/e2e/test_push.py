"""A reminder on the screen of a phone: from the button that switches it on to the page that a tap opens.

Real are Chromium with our page, our scripts and our service worker, the permission it asks for and the
notification it shows; web, worker and beat; the encryption, and the HTTP request that carries it.

Three things are played, each at the outermost edge, because browsers here reach no vendor's push service:

- `PushManager.subscribe` hands out a subscription at a push service of this machine (`tests.outside`), whose
  keys decrypt as a browser's would; what our script asked of it is looked at;
- the way from that service into the browser is DevTools' `ServiceWorker.deliverPushMessage`, which raises a
  true push event with the decrypted bytes that had arrived;
- a tap is a `notificationclick` event on the notification that is shown. A browser lets only a finger's event
  open a window, so the address is taken from `openWindow` and opened in the page.
"""

from __future__ import annotations

import base64
import contextlib
import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import transaction
from playwright.sync_api import CDPSession, Page, Worker, expect

from tests import database, factories, outside
from tests.cast import PASSWORD, Cast
from tests.e2e.conftest import OpenPage
from tests.outside import Pushed, PushService
from tests.processes import Mailbox, Product, forget_tasks, running_product, wait_until
from tests.tracking.reminding import TUESDAY, at, coming, keep
from tracking.models import PushSubscription, ReachWishes, ReminderDelivery
from tracking.readings.reaching import push_key

pytestmark = pytest.mark.e2e

PHONE = (390, 844)
WAYS = "/accounts/reaching/"

SUBSCRIBE = """told => {
  PushManager.prototype.subscribe = async function (options) {
    const key = btoa(String.fromCharCode(...new Uint8Array(options.applicationServerKey)));
    sessionStorage.setItem("asked", JSON.stringify({ ...options, key }));
    return { toJSON: () => told };
  };
}"""

FORBIDDEN = """PushManager.prototype.subscribe = async () => {
  throw new DOMException("permission denied", "NotAllowedError");
}"""

SHOWN = """async () => (await self.registration.getNotifications()).map(
  one => ({ title: one.title, body: one.body, tag: one.tag, silent: one.silent })
)"""

TAP = """async () => {
  const opened = [];
  Clients.prototype.openWindow = async address => void opened.push(address);
  const [shown] = await self.registration.getNotifications();
  const lasting = [];
  const tapped = new NotificationEvent("notificationclick", { notification: shown });
  tapped.waitUntil = until => lasting.push(until);
  self.dispatchEvent(tapped);
  await Promise.all(lasting);
  return opened;
}"""


@pytest.fixture
def product(live_cast: Cast, mailbox: Mailbox) -> Iterator[Product]:
    """Everything, allowed to speak to a push service of this machine."""
    forget_tasks()
    with running_product(mailbox, PUSH_TO_THIS_MACHINE="1") as running:
        yield running


@dataclass
class Phone:
    """A phone's browser that allows messages, and the push service it would be connected to."""

    page: Page
    url: str
    browser: outside.Browser
    devtools: CDPSession
    registrations: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    def of(cls, page: Page, url: str, service: PushService) -> Phone:
        page.context.grant_permissions(["notifications"], origin=url)
        phone = cls(page, url, service.subscribe(), page.context.new_cdp_session(page))
        phone.devtools.on(
            "ServiceWorker.workerRegistrationUpdated",
            lambda event: phone.registrations.extend(event["registrations"]),
        )
        phone.devtools.send("ServiceWorker.enable")
        page.add_init_script(f"({SUBSCRIBE})({json.dumps(phone.browser.told())})")
        return phone

    @property
    def worker(self) -> Worker:
        return self.page.context.service_workers[0]

    def receive(self, pushed: Pushed) -> None:
        """What a push service would hand over, as the browser has decrypted it."""
        told = {
            "origin": self.url,
            "registrationId": self.registrations[-1]["registrationId"],
            "data": json.dumps(self.browser.read(pushed.sealed)),
        }
        self.devtools.send("ServiceWorker.deliverPushMessage", told)

    def receive_and_show(self, pushed: Pushed) -> None:
        """What DevTools hands over to a worker is lost now and then on a busy machine; a push service would
        hand it over again.
        """
        self.receive(pushed)
        with contextlib.suppress(AssertionError):
            wait_until(self.shown, seconds=20, what="the phone shows it")
            return
        self.receive(pushed)
        wait_until(self.shown, what="the phone shows it, handed over again")

    def shown(self) -> list[dict[str, Any]]:
        shown: list[dict[str, Any]] = self.worker.evaluate(SHOWN)
        return shown


def sign_in(page: Page, product: Product, cast: Cast) -> None:
    page.goto(f"{product.url}/accounts/login/")
    page.get_by_label("E-mail address or sign-in number").fill(str(cast.fay.email))
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda address: "login" not in address)


def test_a_reminder_is_shown_by_a_real_browser_and_opens_tonights_page(
    live_cast: Cast,
    clock: database.Clock,
    push_service: PushService,
    product: Product,
    open_page: OpenPage,
) -> None:
    tuesday = coming(TUESDAY)
    clock.move_to(at(tuesday, "15:00"))
    with transaction.atomic():
        keep(factories.prescribed(live_cast.cleo, by=live_cast.tess), now=clock.now())
    page = open_page(size=PHONE)
    sign_in(page, product, live_cast)
    phone = Phone.of(page, product.url, push_service)

    switch_on(phone, product)
    choose_this_device(phone, live_cast)
    clock.move_to(at(tuesday, "18:30"))
    pushed = what_arrives(phone, push_service, live_cast)
    phone.receive_and_show(pushed)
    (shown,) = phone.shown()
    assert (shown["title"], shown["body"]) == (pushed.said["title"], pushed.said["body"])
    assert shown["title"] == "A quiet moment for tonight"
    assert (shown["tag"], shown["silent"]) == (pushed.topic, False)
    assert "Cleo" not in json.dumps(shown)

    the_same_once_more_takes_its_own_place_and_is_silent(phone, pushed)
    a_tap_opens_tonights_page(phone, live_cast)


def switch_on(phone: Phone, product: Product) -> None:
    phone.page.goto(product.url + WAYS)
    phone.page.get_by_role("button", name="Switch on for this device").click()
    expect(phone.page.get_by_text("This device shows messages from now on")).to_be_visible()
    asked = json.loads(phone.page.evaluate("sessionStorage.getItem('asked')"))
    assert asked["userVisibleOnly"] is True
    with_key = base64.urlsafe_b64encode(base64.b64decode(asked["key"])).rstrip(b"=").decode()
    assert with_key == push_key()
    kept = PushSubscription.objects.get()
    assert kept.browser.endpoint == phone.browser.endpoint
    assert "Chrom" in kept.device


def choose_this_device(phone: Phone, cast: Cast) -> None:
    phone.page.get_by_label("Reminders").select_option("web_push")
    phone.page.get_by_role("button", name="Keep this").click()
    expect(phone.page.get_by_text("Kept.")).to_be_visible()
    assert ReachWishes.objects.get(user=cast.fay).reminders_by == "web_push"


def what_arrives(phone: Phone, service: PushService, cast: Cast) -> Pushed:
    """What the real worker encrypted and sent: unreadable to the service, short-lived, and written down."""
    wait_until(lambda: service.to(phone.browser), what="the worker pushes")
    (pushed,) = service.to(phone.browser)
    assert pushed.said["title"].encode() not in pushed.sealed
    assert 0 < int(pushed.headers["TTL"]) <= dt.timedelta(hours=6).total_seconds()
    sent = ReminderDelivery.objects.filter(recipient=cast.fay, state="sent")
    wait_until(sent.exists, what="that it was sent is written down")
    assert (sent.get().channel, sent.get().idempotency_key) == ("web_push", pushed.key)
    return pushed


def the_same_once_more_takes_its_own_place_and_is_silent(phone: Phone, pushed: Pushed) -> None:
    phone.receive(pushed)
    wait_until(lambda: any(one["silent"] for one in phone.shown()), what="it came once more")
    assert len(phone.shown()) == 1


def a_tap_opens_tonights_page(phone: Phone, cast: Cast) -> None:
    assert phone.worker.evaluate(TAP) == [f"/family/{cast.cleo.pk}/"]
    assert phone.shown() == [], "a message that was tapped is gone"
    phone.page.goto(f"{phone.url}/family/{cast.cleo.pk}/")
    expect(phone.page.get_by_role("heading", level=1).first).to_be_visible()


def test_who_has_forbidden_messages_is_told_where_to_allow_them(
    live_cast: Cast, product: Product, open_page: OpenPage
) -> None:
    """What `subscribe` throws then is played: a browser without a face says no to each anyway."""
    page = open_page(size=PHONE)
    page.add_init_script(FORBIDDEN)
    sign_in(page, product, live_cast)
    page.goto(product.url + WAYS)
    page.get_by_role("button", name="Switch on for this device").click()
    expect(page.get_by_text("Messages are switched off for this page")).to_be_visible()
    assert not PushSubscription.objects.exists()
