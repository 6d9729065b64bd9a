"""The API's description in a real browser, under the policy that forbids inline script."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from tests.e2e.conftest import OpenPage

pytestmark = pytest.mark.e2e


def test_the_description_opens_and_names_every_part_of_the_api(
    live_server: LiveServer, open_page: OpenPage
) -> None:
    page = open_page()
    page.goto(f"{live_server.url}/api/v1/docs/")
    for section in ("sessions", "bedtimes", "observations", "programs", "messages"):
        expect(page.locator(f'.opblock-tag[data-tag="{section}"]')).to_be_visible(timeout=60_000)
    assert "Littlefoot" in page.locator(".info .title").inner_text()
