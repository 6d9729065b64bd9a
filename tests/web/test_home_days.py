"""Where the child is, as each home says of its own days; and no page that compares homes or caregivers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

import pytest
from django.test import Client
from django.test.signals import template_rendered
from django.test.utils import ContextList

from clinic import rls
from clinic.localtime import local_day
from tests import factories
from tests.access import rows, values
from tests.cast import Cast, planted
from tracking.services import homes

pytestmark = pytest.mark.django_db


@pytest.fixture
def monday(cast: Cast) -> dt.date:
    """The first Monday from tomorrow on: Fay's day."""
    today = local_day(rls.now(), cast.harbor.zone)
    return today + dt.timedelta(days=7 - today.weekday())


def days(cast: Cast) -> str:
    return f"/family/{cast.cleo.pk}/days/"


def words(page: Any) -> str:
    text: str = page.content.decode()
    return text


def say(client: Client, cast: Cast, on: dt.date, word: str) -> Any:
    return client.post(days(cast), {"on": on.isoformat(), "say": word}, follow=True)


def test_a_day_is_given_away_in_one_tap_and_two_homes_at_odds_are_told_to_the_team(
    cast: Cast, monday: dt.date, sign_in: Any
) -> None:
    fay, greg, tess = sign_in(cast.fay), sign_in(cast.greg), sign_in(cast.tess)
    assert "the other home would like this day" not in words(fay.get(days(cast)))
    assert "waits for the other home" in words(say(greg, cast, monday, "here"))
    assert "the other home would like this day" in words(fay.get(days(cast)))
    assert "your care team will ask you both" in words(say(fay, cast, monday, "here"))
    assert "the homes are at odds" in words(tess.get(f"/children/{cast.cleo.pk}/people/"))
    assert "The homes say different things" in words(tess.get(f"/children/{cast.cleo.pk}/diary/"))
    say(fay, cast, monday, "not_here")
    assert "the homes are at odds" not in words(tess.get(f"/children/{cast.cleo.pk}/people/"))


def test_the_childs_page_says_that_the_homes_are_at_odds(cast: Cast, monday: dt.date, sign_in: Any) -> None:
    page, opal = f"/children/{cast.cleo.pk}/", sign_in(cast.opal)
    say(sign_in(cast.greg), cast, monday, "here")
    assert "The homes say different things" not in words(sign_in(cast.tess).get(page))
    say(sign_in(cast.fay), cast, monday, "here")
    assert "The homes say different things" in words(sign_in(cast.tess).get(page))
    assert "The homes say different things" not in words(opal.get(page))


def test_today_is_left_out_from_tonight_where_nobody_was_shown_the_routine(cast: Cast, sign_in: Any) -> None:
    factories.prescribed(cast.cleo, by=cast.tess)
    with rls.acting_as(cast.tess):
        today = local_day(rls.now(), cast.gregs_home.zone)
        homes.set_home_on(by=cast.tess, child=cast.cleo, on=today, family=cast.gregs_home, now=rls.now())
    tonight, leave_out = f"/family/{cast.cleo.pk}/", "Today need not count"
    greg = sign_in(cast.greg)
    assert leave_out in words(greg.get(tonight))
    for name in ("fay", "nan"):
        assert leave_out not in words(sign_in(getattr(cast, name)).get(tonight))
    left = greg.post(f"{days(cast)}excused/", {"on": today.isoformat()}, follow=True)
    assert left.redirect_chain[-1][0] == tonight
    assert "This day need not count." in words(left)
    greg.post(f"{days(cast)}excused/", {"on": today.isoformat(), "again": "1"})
    assert leave_out in words(greg.get(tonight))


def test_the_days_of_a_home_show_nothing_of_the_other_ones_place(
    cast: Cast, monday: dt.date, sign_in: Any
) -> None:
    say(sign_in(cast.fay), cast, monday, "not_here")
    page = words(sign_in(cast.greg).get(days(cast)))
    for secret in ("America/New_York", planted("fays-home"), planted("fays-home-address"), cast.fay.name):
        assert secret not in page


def test_a_log_only_caregiver_reads_the_days_and_changes_none(
    cast: Cast, monday: dt.date, sign_in: Any
) -> None:
    nan = sign_in(cast.nan)
    page = words(nan.get(days(cast)))
    assert "at the other home" in page
    assert "Not here" not in page
    assert say(nan, cast, monday, "not_here").status_code == 403


def test_the_week_is_changed_for_days_that_no_other_home_has(
    cast: Cast, monday: dt.date, sign_in: Any
) -> None:
    fay = sign_in(cast.fay)
    week = f"{days(cast)}week/"
    refused = fay.post(week, {"weekdays": ["0", "5"], "from_on": monday.isoformat()})
    assert "One of these days is the other home’s." in words(refused)
    assert fay.post(week, {"weekdays": ["0", "1"], "from_on": monday.isoformat()}).status_code == 302


# ---- nothing compares ----


def inside(value: Any, seen: set[int]) -> Iterator[Any]:
    """A value of a page and all that it holds, as far as it is plain: mappings, lists, dataclasses."""
    if id(value) in seen or isinstance(value, str | bytes):
        return
    seen.add(id(value))
    yield value
    if isinstance(value, Mapping):
        for one in value.values():
            yield from inside(one, seen)
    elif isinstance(value, list | tuple | set | frozenset):
        for one in value:
            yield from inside(one, seen)
    elif is_dataclass(value):
        for field in fields(value):
            yield from inside(getattr(value, field.name, None), seen)


def compares(value: Any, people_and_homes: frozenset[Any]) -> bool:
    """Whether a value holds numbers by home or by caregiver: a mapping from two or more of them."""
    if not isinstance(value, Mapping):
        return False
    names = {str(one) for one in people_and_homes}
    keys = {key for key in value if str(key) in names}
    return len(keys) > 1 and all(isinstance(value[key], int | float) for key in keys)


def test_no_page_compares_homes_or_caregivers(cast: Cast, sign_in: Any) -> None:
    record = factories.record(cast)
    for by, home in ((cast.fay, cast.fays_home), (cast.greg, cast.gregs_home), (cast.nan, cast.fays_home)):
        for back in range(3):
            at = rls.now() - dt.timedelta(days=back)
            factories.session(cast.cleo, by=by, at=at, family=home, program=record.program)
            factories.bedtime(cast.cleo, by=by, at=at, family=home)
    those = frozenset({cast.fays_home.pk, cast.gregs_home.pk, cast.fay.pk, cast.greg.pk, cast.nan.pk})
    shown: list[Any] = []

    def keep(sender: Any, template: Any, context: Any, **_: Any) -> None:
        shown.append(context.flatten() if not isinstance(context, ContextList) else context)

    filled = values(cast, record)
    clients = {name: sign_in(getattr(cast, name)) for name in ("tess", "opal", "fay", "greg")}
    template_rendered.connect(keep)
    read = 0
    try:
        for row in rows():
            if row.method != "GET" or row.is_api or "<child>" not in row.address:
                continue
            if row.address == "/family/<child>/after/":
                continue  # there is something to take along only after care, and little else then
            address = row.address
            for placeholder, value in row.filled(filled).items():
                address = address.replace(f"<{placeholder}>", str(value))
            for name, client in clients.items():
                if row.statuses[name] != 200:
                    continue
                assert client.get(address).status_code == 200, address
                read += 1
                for context in shown:
                    assert not any(compares(one, those) for one in inside(context, set())), address
                shown.clear()
    finally:
        template_rendered.disconnect(keep)
    assert read > 20


def test_the_guard_sees_a_comparison(cast: Cast) -> None:
    those = frozenset({cast.fays_home.pk, cast.gregs_home.pk})
    told = {"page": [{cast.fays_home.pk: 5, cast.gregs_home.pk: 2}]}
    assert any(compares(one, those) for one in inside(told, set()))
    zones = {"page": {cast.fays_home.pk: "America/New_York", cast.gregs_home.pk: "America/Chicago"}}
    assert not any(compares(one, those) for one in inside(zones, set()))
