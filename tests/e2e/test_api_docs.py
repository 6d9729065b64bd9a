"""The API's description in a real browser, under the policy that forbids inline script."""

from __future__ import annotations

import pytest
from pytest_django.live_server_helper import LiveServer

from tests.e2e.conftest import OpenPage

pytestmark = pytest.mark.e2e


def test_the_description_opens_and_names_every_part_of_the_api(
    live_server: LiveServer, open_page: OpenPage
) -> None:
    page = open_page()
    page.goto(f"{live_server.url}/api/v1/docs/")
    page.wait_for_selector(".opblock", timeout=60_000)
    sections = page.locator(".opblock-tag").all_text_contents()
    assert {"sessions", "bedtimes", "observations", "programs", "messages"} <= {
        section.split("\n")[0].strip() for section in sections
    }
    assert "Littlefoot" in page.locator(".info .title").inner_text()
