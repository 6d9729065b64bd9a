"""The corner of a child who has died, and what was told long ago."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from clinic import rls
from clinic.localtime import local_day
from clinic.models import Child
from tests import factories
from tests.cast import Cast, make_id
from tracking.models import MassageSession
from tracking.reminders.planning import keep_rules

pytestmark = pytest.mark.django_db

ASKING = ("log", "massage", "not-today", "bedtime", "touch", "helps", "asking", "days", "reminders", "paper")
KEPT = (
    *("more", "diary", "messages", "check-ins", "words", "signs", "people", "visits", "shown", "consent"),
    *("who-saw", "reports", "erasure", "worry"),
)


@pytest.fixture
def fays(cast: Cast, sign_in: Any) -> Client:
    client: Client = sign_in(cast.fay)
    return client


def corner(cast: Cast, page: str = "") -> str:
    return f"/family/{cast.cleo.pk}/{page}"


def words(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


def has_died(cast: Cast) -> None:
    yesterday = local_day(rls.now(), cast.harbor.zone) - dt.timedelta(days=1)
    assert Child.objects.filter(pk=cast.cleo.pk).update(died_on=yesterday) == 1


@pytest.mark.parametrize("page", ASKING)
def test_nothing_asks_about_a_child_who_has_died(cast: Cast, fays: Client, page: str) -> None:
    assert fays.get(corner(cast, f"{page}/")).status_code == 200
    has_died(cast)
    assert fays.get(corner(cast, f"{page}/")).headers["Location"] == corner(cast)


def test_what_is_kept_of_a_child_who_has_died_stays_to_read(cast: Cast, fays: Client) -> None:
    has_died(cast)
    said = words(fays.get(corner(cast)))
    assert "stays here. Nothing asks any more." in said
    assert "Tonight" not in said
    for page in KEPT:
        said = words(fays.get(corner(cast, f"{page}/")))
        for address in ("log", "reminders", "asking", "paper", "days"):
            assert f'href="{corner(cast, address)}/"' not in said, (page, address)
    assert "Ask somebody to help" not in words(fays.get(corner(cast, "people/")))


def test_what_is_told_all_the_same_is_kept(cast: Cast, fays: Client) -> None:
    has_died(cast)
    told = {"client_id": make_id(), "outcome": "done"}
    assert fays.post(corner(cast, "massage/"), told).status_code == 302
    assert MassageSession.objects.filter(client_id=told["client_id"]).exists()


def test_the_diary_leads_to_what_was_told_long_ago(cast: Cast, fays: Client) -> None:
    long_ago = rls.now() - dt.timedelta(days=20)
    told = {"client_id": make_id(), "outcome": "declined", "happened": long_ago.strftime("%Y-%m-%dT%H:%M")}
    assert fays.post(corner(cast, "massage/"), told).status_code == 302
    now = words(fays.get(corner(cast, "diary/")))
    assert "Take it back" not in now
    until = local_day(rls.now(), cast.fays_home.zone) - dt.timedelta(days=14)
    assert f'href="?until={until.isoformat()}"' in now
    then = words(fays.get(corner(cast, "diary/"), {"until": until.isoformat()}))
    assert "Take it back" in then
    assert "Newer" in then
    for nonsense in ("0001-01-01", "9999-12-31", "soon"):
        assert "The last two weeks" in words(fays.get(corner(cast, "diary/"), {"until": nonsense}))


def test_no_reminder_is_announced_while_the_child_is_in_hospital(cast: Cast, fays: Client) -> None:
    program = factories.prescribed(cast.cleo, by=cast.tess)
    with rls.acting_as(cast.tess):
        keep_rules(program=program, now=rls.now())
    assert "Nothing reminds you" not in words(fays.get(corner(cast, "reminders/")))
    Child.objects.filter(pk=cast.cleo.pk).update(in_hospital_since=rls.now().date())
    said = words(fays.get(corner(cast, "reminders/")))
    assert "Nothing reminds you while" in said
    assert "unless it is told before" not in said


def test_a_diary_in_which_one_may_read_nothing_says_so(cast: Cast, sign_in: Any, fays: Client) -> None:
    told = {"client_id": make_id(), "outcome": "done"}
    assert fays.post(corner(cast, "massage/"), told).status_code == 302
    assert "Nothing here yet" not in words(fays.get(corner(cast, "diary/")))
    assert "Nothing here yet" in words(sign_in(cast.nan).get(corner(cast, "diary/")))
