"""The pages' scripts, each tried on the style guide, and the look in every dress it wears."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import override_settings
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.e2e.conftest import OpenPage

pytestmark = pytest.mark.e2e

PHONE = (390, 844)
STEPS = "[...document.querySelectorAll('.step')].map(step => step.dataset.name)"
THEME = "document.documentElement.dataset.bsTheme ?? ''"
GROUND = "getComputedStyle(document.body).backgroundColor"
NIGHT = "rgb(23, 19, 22)"
PAPER = "rgb(251, 249, 246)"


@pytest.fixture(scope="module")
def guide(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """The address of the style guide; nothing it shows is in a database."""
    with django_db_blocker.unblock(), override_settings(ROOT_URLCONF="tests.e2e.styleguide_urls"):
        server = LiveServer("localhost")
        yield str(server.url)
        server.stop()


def at(page: Page, address: str) -> Page:
    page.goto(address, wait_until="networkidle")
    return page


def test_a_chosen_darkness_outlives_the_page_and_comes_from_the_server(
    guide: str, open_page: OpenPage
) -> None:
    page = at(open_page(), guide)
    assert page.evaluate(GROUND) == PAPER
    page.click(".who summary")
    page.click("[data-theme-choice=dark]")
    assert page.evaluate(GROUND) == NIGHT
    assert (
        '<html lang="en" dir="ltr" data-face="clinic" data-bs-theme="dark">' in page.request.get(guide).text()
    )
    page.click("[data-theme-choice=auto]")
    assert page.evaluate(GROUND) == PAPER


def test_without_a_choice_or_a_script_the_device_decides(guide: str, open_page: OpenPage) -> None:
    assert at(open_page(scheme="dark", scripts=False), guide).evaluate(GROUND) == NIGHT


@pytest.mark.parametrize(("hour", "theme"), [(12, ""), (19, "dark"), (5, "dark"), (6, "")])
def test_the_family_corner_is_dark_in_the_evening(
    guide: str, open_page: OpenPage, hour: int, theme: str
) -> None:
    page = open_page(size=PHONE)
    page.add_init_script(f"Date.prototype.getHours = () => {hour}")
    assert at(page, f"{guide}/family/").evaluate(THEME) == theme


def test_keys_walk_the_rows_and_can_be_switched_off(guide: str, open_page: OpenPage) -> None:
    page = at(open_page(), guide)
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator(":focus")).to_have_text("Bo Sample")
    page.keyboard.press("k")
    expect(page.locator(":focus")).to_have_text("Cleo Example")
    page.keyboard.press("/")
    expect(page.locator(":focus")).to_have_attribute("name", "q")
    page.keyboard.type("?j")
    assert page.input_value("[data-search]") == "?j"
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("?")
    page.uncheck("#keys-on")
    page.keyboard.press("Escape")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("j")
    expect(page.locator("[data-row-link]:focus")).to_have_count(0)


def test_steps_are_moved_by_button_by_key_and_by_hand(guide: str, open_page: OpenPage) -> None:
    page = at(open_page(), guide)
    first = ["Hello hands", "Forehead smoothing", "Long glide, hip to foot"]
    assert page.evaluate(STEPS) == first
    page.click(".step:nth-child(1) [data-move=down]")
    assert page.evaluate(STEPS) == [first[1], first[0], first[2]]
    expect(page.locator("[data-announcer]")).to_have_text("Hello hands: now 2 of 3")
    expect(page.locator(":focus")).to_have_attribute("data-move", "down")
    page.locator(".step[data-name='Hello hands'] [data-handle]").press("ArrowUp")
    assert page.evaluate(STEPS) == first
    page.evaluate("document.querySelector('.steps').scrollIntoView()")
    handle = page.locator(".step:nth-child(1) [data-handle]").bounding_box()
    last = page.locator(".step:nth-child(3)").bounding_box()
    assert handle is not None
    assert last is not None
    page.mouse.move(handle["x"] + 8, handle["y"] + 8)
    page.mouse.down()
    page.mouse.move(handle["x"] + 8, last["y"] + last["height"] - 4, steps=6)
    page.mouse.up()
    assert page.evaluate(STEPS) == [first[1], first[2], first[0]]


def test_a_grave_form_asks_first(guide: str, open_page: OpenPage) -> None:
    page = at(open_page(), guide)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.is_navigation_request() else None)
    page.click("text=Asks first")
    expect(page.locator("#confirm-question")).to_have_text("End Greg's access to Cleo?")
    page.click("dialog#confirm >> text=Cancel")
    assert sent == []
    page.click("text=Asks first")
    with page.expect_navigation():
        page.click("dialog#confirm >> text=End access")
    assert len(sent) == 1


def test_the_timer_counts_pauses_and_survives_a_reload(guide: str, open_page: OpenPage) -> None:
    page = at(open_page(size=PHONE), f"{guide}/family/?part=step")
    clock, button = page.locator("[data-timer-clock]"), page.locator("[data-timer-button]")
    expect(clock).to_have_text("0:00")
    button.click()
    expect(button).to_have_attribute("aria-label", "Pause the timer")
    expect(clock).to_have_text("0:02", timeout=4000)
    page.reload(wait_until="networkidle")
    expect(clock).to_have_text(re.compile("0:0[2-9]"))
    button.click()
    expect(button).to_have_attribute("aria-label", "Start the timer")
    stopped_at = clock.inner_text()
    page.wait_for_timeout(1200)
    assert clock.inner_text() == stopped_at


def test_charts_are_drawn_under_the_strict_policy_and_follow_the_theme(
    guide: str, open_page: OpenPage
) -> None:
    page = at(open_page(), guide)
    point = page.locator("[data-chart=chart-latency] svg path[fill='var(--lf-accent)']").first
    expect(point).to_have_css("fill", "rgb(112, 52, 95)")
    page.click(".who summary")
    page.click("[data-theme-choice=dark]")
    expect(point).to_have_css("fill", "rgb(223, 166, 205)")
    page.emulate_media(media="print")
    expect(point).to_have_css("fill", "rgb(112, 52, 95)")
    expect(page.locator("[data-chart][aria-busy]")).to_have_count(0)


# Each of the three once with each of the others: four dresses instead of eight.
DRESSES = [
    ((1280, 900), "light", "rtl"),
    ((1280, 900), "dark", "ltr"),
    (PHONE, "light", "ltr"),
    (PHONE, "dark", "rtl"),
]


@pytest.mark.parametrize(("size", "scheme", "way"), DRESSES)
def test_every_component_can_be_read_by_everybody(
    guide: str, open_page: OpenPage, size: tuple[int, int], scheme: str, way: str
) -> None:
    page = open_page(size=size, scheme=scheme)
    page.add_init_script("Date.prototype.getHours = () => 12")
    for address in (
        "/?",
        "/family/?part=tonight&",
        "/family/?part=step&",
        "/family/?part=touch&",
        "/family/?part=more&",
    ):
        at(page, f"{guide}{address}dir={way}")
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0], (
            f"{address} is wider than the screen"
        )
        found = Axe().run(
            page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}
        )
        assert [(one["id"], one["nodes"][0]["html"]) for one in found.response["violations"]] == [], address


def test_what_a_thumb_presses_is_large_enough(guide: str, open_page: OpenPage) -> None:
    page = open_page(size=PHONE)
    small = """[...document.querySelectorAll('a, button, label.tile, input:not([type=hidden])')]
      .filter(one => one.offsetParent && !one.closest('.tile > *, .scale label > *, .skip-link'))
      .map(one => [one.textContent.trim(), one.getBoundingClientRect()])
      .filter(([, box]) => box.height < 43.5 || box.width < 43.5)
      .map(([words, box]) => `${words}: ${box.width} x ${box.height}`)"""
    for part in ("tonight", "step", "touch", "more"):
        at(page, f"{guide}/family/?part={part}")
        assert page.evaluate(small) == [], part
