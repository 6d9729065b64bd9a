"""A draft that saves itself, in a real browser: whoever writes it is never refused by its own saving."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import APIResponse, Locator, Page, Route, expect

from tests.cast import Cast
from tests.e2e.conftest import OpenPage
from tests.e2e.test_paper import sign_in
from tests.processes import Running

pytestmark = pytest.mark.e2e


@pytest.mark.parametrize(
    "send",
    [
        pytest.param(
            lambda page: page.get_by_role("button", name="Review and publish").click(), id="by a click"
        ),
        pytest.param(lambda page: page.locator(":focus").press("Enter"), id="by Enter"),
    ],
)
def test_a_draft_is_sent_after_what_it_is_saving(
    live_cast: Cast, running_web: Running, open_page: OpenPage, send: Callable[[Page], None]
) -> None:
    page = open_page()
    sign_in(page, running_web.url, "tess")
    page.goto(f"{running_web.url}/children/{live_cast.cleo.pk}/programs/new/", wait_until="networkidle")
    page.get_by_role("button", name="Begin with this").first.click()
    page.wait_for_url("**/draft/")

    answered: list[tuple[Route, APIResponse]] = []

    def keep_back(route: Route) -> None:
        if "hx-request" in route.request.headers and not answered:
            answered.append((route, route.fetch()))
        else:
            route.continue_()

    page.route("**/draft/", keep_back)
    weeks: Locator = page.get_by_label("For how many weeks")
    weeks.fill("8")
    send(page)
    while not answered:
        page.wait_for_timeout(50)
    [(route, answer)] = answered
    route.fulfill(response=answer)

    expect(page.locator("main")).to_contain_text("for 8 weeks")
    expect(page.get_by_text("This draft is not saved yet")).to_have_count(0)
