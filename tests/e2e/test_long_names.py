"""Names of one long word, as some are: every page keeps them within its width, on a phone too."""

from __future__ import annotations

import pytest
from django.db import transaction

from clinic.models import Child, Family
from tests.cast import Cast
from tests.e2e.conftest import OpenPage
from tests.e2e.test_paper import prescribe, sign_in
from tests.processes import Running

pytestmark = pytest.mark.e2e

PHONE = (390, 844)
NAME = "Wolfeschlegelsteinhausenbergerdorffwelchevoralternwarengewissenhaft"
WIDTHS = "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
OF_THE_CLINIC = (
    "/c/{clinic}/caseload/", "/children/{child}/", "/children/{child}/people/", "/children/{child}/programs/",
    "/children/{child}/programs/new/", "/children/{child}/goals/", "/children/{child}/messages/",
    "/children/{child}/reports/", "/children/{child}/exports/", "/children/{child}/care/",
)  # fmt: skip
OF_THE_FAMILY = (
    "/family/{child}/", "/family/{child}/log/", "/family/{child}/massage/", "/family/{child}/not-today/",
    "/family/{child}/more/", "/family/{child}/days/", "/family/{child}/people/", "/family/{child}/reports/",
    "/family/{child}/exports/", "/family/{child}/who-saw/",
)  # fmt: skip


def test_a_name_of_one_long_word_stays_within_every_page(
    live_cast: Cast, running_web: Running, open_page: OpenPage
) -> None:
    prescribe(live_cast, "after_bath")
    with transaction.atomic():
        Child.objects.filter(pk=live_cast.cleo.pk).update(first_name=NAME, nickname="", last_name=NAME[::-1])
        Family.objects.filter(pk=live_cast.fays_home.pk).update(name=f"{NAME}’s home")
    too_wide = []
    for name, paths in (("tess", OF_THE_CLINIC), ("fay", OF_THE_FAMILY)):
        page = open_page(size=PHONE)
        sign_in(page, running_web.url, name)
        for path in paths:
            address = path.format(clinic=live_cast.harbor.slug, child=live_cast.cleo.pk)
            page.goto(f"{running_web.url}{address}")
            assert NAME in (page.text_content("body") or "") or "caseload" in path, path
            wide, room = page.evaluate(WIDTHS)
            if wide > room:
                too_wide.append(path)
    assert too_wide == []


def test_every_column_of_the_caseload_is_in_sight_on_a_small_screen(
    live_cast: Cast, running_web: Running, open_page: OpenPage
) -> None:
    prescribe(live_cast, "after_bath")
    with transaction.atomic():
        Child.objects.filter(pk=live_cast.cleo.pk).update(first_name="Marguerite", last_name=NAME)
    page = open_page(size=(1024, 768))
    sign_in(page, running_web.url, "tess")
    page.goto(f"{running_web.url}/c/{live_cast.harbor.slug}/caseload/")
    assert page.locator(".table-caseload .strip").count()
    wide, room = page.locator(".card-table").evaluate("card => [card.scrollWidth, card.clientWidth]")
    assert wide <= room
