"""A week on paper typed by keyboard in a real browser, and the sheet as the browser prints it."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.db import transaction
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from clinic import rls
from clinic.localtime import local_day, to_instant
from tests import factories
from tests.cast import PASSWORD, Cast, planted_email
from tests.database import Clock
from tests.e2e.conftest import OpenPage
from tests.processes import Running
from tracking.models import Bedtime, MassageSession

pytestmark = pytest.mark.e2e

MOST_KEYS = 120
EVENINGS = (
    ("d", "5", "1942", "2001"),
    ("d", "6", "1950", "2010"),
    ("s", "3", "2000", "2035"),
    ("n", "", "2005", "2040"),
    ("d", "5", "1938", "1955"),
    ("c", "", "1945", "2020"),
    ("d", "7", "1940", "0010"),
)


def prescribe(cast: Cast, *anchors: str) -> None:
    with transaction.atomic():
        factories.prescribed(cast.cleo, by=cast.tess, anchors=anchors)


def sign_in(page: Page, url: str, name: str) -> None:
    page.goto(f"{url}/accounts/login/", wait_until="networkidle")
    page.get_by_label("E-mail address or sign-in number").fill(planted_email(name))
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda address: "login" not in address)


def test_seven_evenings_are_typed_in_few_keys_and_without_a_mouse(
    live_cast: Cast, clock: Clock, running_web: Running, open_page: OpenPage
) -> None:
    today = local_day(clock.now(), live_cast.harbor.zone)
    night = dt.datetime.combine(today + dt.timedelta(days=1), dt.time(23, 30))
    clock.move_to(to_instant(night, live_cast.harbor.zone))
    prescribe(live_cast, "after_bath")
    page = open_page()
    sign_in(page, running_web.url, "opal")
    page.goto(f"{running_web.url}/children/{live_cast.cleo.pk}/paper/typing/", wait_until="networkidle")
    pressed = 0
    for outcome, minutes, in_bed, asleep in EVENINGS:
        keys = [outcome, "Tab", *minutes, "Tab", *in_bed, "Tab", *asleep, "Enter"]
        for key in keys:
            page.keyboard.press(key)
        pressed += len(keys)
    expect(page.get_by_text("7 days were written down.")).to_be_visible()
    print(f"seven evenings: {pressed} keys")
    assert pressed <= MOST_KEYS

    with rls.acting_as(live_cast.tess), transaction.atomic():
        last = local_day(rls.now(), live_cast.harbor.zone)
        sessions = MassageSession.objects.filter(child=live_cast.cleo).order_by("local_day")
        assert [one.outcome for one in sessions] == [
            "done", "done", "stopped", "not_today", "done", "declined", "done",
        ]  # fmt: skip
        nights = Bedtime.objects.filter(child=live_cast.cleo).order_by("local_day")
        minutes = [(one.asleep_at - one.lights_out_at) / dt.timedelta(minutes=1) for one in nights]
        assert minutes == [19, 20, 35, 35, 17, 35, 270]
        assert nights[6].local_day == last


def test_a_week_is_one_sheet_of_either_paper(
    live_cast: Cast, running_web: Running, open_page: OpenPage
) -> None:
    with transaction.atomic():
        factories.prescribed(live_cast.fern, by=live_cast.theo, anchors=("after_bath", "bedtime"))
    page = open_page()
    sign_in(page, running_web.url, "finn")
    page.goto(f"{running_web.url}/family/{live_cast.fern.pk}/paper/", wait_until="networkidle")
    expect(page.locator(".paper-week tbody tr:not(.paper-away)")).to_have_count(7)
    for paper in ("A4", "Letter"):
        printed = page.pdf(format=paper, print_background=True)
        assert len(PdfReader(io.BytesIO(printed)).pages) == 1, paper
