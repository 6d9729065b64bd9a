"""A home's own days over the API, and days left out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

from clinic import rls
from clinic.localtime import local_day
from clinic.models import User
from tests.api.client import App
from tests.cast import Cast, planted

pytestmark = pytest.mark.django_db

AppOf = Callable[[User], App]


def test_a_household_says_of_its_own_days_and_reads_nothing_of_the_other_ones_place(
    app_of: AppOf, cast: Cast
) -> None:
    days = f"/api/v1/children/{cast.cleo.pk}/home-days"
    today = local_day(rls.now(), "America/Chicago")
    tuesday = today + dt.timedelta(days=(1 - today.weekday()) % 7 or 7)
    fay, greg = app_of(cast.fay), app_of(cast.greg)
    assert greg.put(f"{days}/{tuesday}", {"is_here": True}).status == 204

    def told(app: App) -> dict[str, object]:
        answer = app.get(days)
        assert "America/New_York" not in answer.content.decode()
        assert planted("fays-home") not in answer.content.decode()
        return next(day for day in answer["items"] if day["on"] == tuesday.isoformat())

    gregs = told(greg)
    assert (gregs["is_here"], gregs["said"], gregs["is_own"]) == (False, True, False)
    assert fay.put(f"{days}/{tuesday}", {"is_here": False}).status == 204
    assert told(greg)["is_here"] is True
    assert fay.delete(f"{days}/{tuesday}").status == 204
    assert told(greg)["is_here"] is False
    assert app_of(cast.nan).put(f"{days}/{tuesday}", {"is_here": False}).status == 403
    assert greg.put(f"{days}/{today - dt.timedelta(days=1)}", {"is_here": True}).status == 400
    assert greg.put(f"{days}/2026-02-30", {"is_here": True}).status == 404


def test_a_day_is_left_out_once_and_asked_for_again(app_of: AppOf, cast: Cast) -> None:
    today = local_day(rls.now(), cast.harbor.zone)
    day = f"/api/v1/children/{cast.cleo.pk}/excused-days/{today}"
    tess = app_of(cast.tess)
    for _send in range(2):
        assert tess.put(day, {}).status == 204
    assert cast.cleo.excused_days.count() == 1
    assert tess.delete(day).status == 204
    assert cast.cleo.excused_days.filter(taken_back_at__isnull=True).count() == 0
    assert app_of(cast.nan).put(day, {}).status == 403
