"""Since you last looked, on the family's pages: one line above tonight, put away by one tap."""

from __future__ import annotations

from typing import Any

import pytest

from clinic import rls
from clinic.localtime import local_day
from tests import factories
from tests.cast import Cast, planted

pytestmark = pytest.mark.django_db


def test_the_other_home_is_told_in_a_line_until_it_was_seen(cast: Cast, sign_in: Any) -> None:
    tonight_there = local_day(rls.now(), cast.gregs_home.zone)
    factories.session(cast.cleo, by=cast.fay, local_day=tonight_there)
    factories.bedtime(cast.cleo, by=cast.fay, local_day=tonight_there)
    gregs, room = sign_in(cast.greg), f"/family/{cast.cleo.pk}/"
    tonight = gregs.get(room).content.decode()
    assert tonight.count("Since you last looked") == 1
    assert "See all of it" in tonight
    page = gregs.get(f"{room}hand-off/")
    assert "a guardian, today" in page.content.decode()
    assert planted("fay-name") not in page.content.decode()

    until = page.context["form"]["until"].value()
    gregs.post(f"{room}hand-off/", {"until": "no time"})
    assert "Since you last looked" in gregs.get(room).content.decode()
    gregs.post(f"{room}hand-off/", {"until": rls.now().isoformat()})
    assert "Since you last looked" not in gregs.get(room).content.decode()
    assert "Nothing new" in gregs.get(f"{room}hand-off/").content.decode()
    assert until < rls.now().isoformat()
