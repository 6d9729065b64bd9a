"""How care stands and ends, over the API; and the week of one's own home."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from clinic import rls
from clinic.localtime import local_day
from clinic.models import ChildHomeWeek, User
from tests.api.client import App
from tests.cast import Cast

AppOf = Callable[[User], App]


def at(cast: Cast, rest: str = "") -> str:
    return f"/api/v1/children/{cast.cleo.pk}/{rest}"


def today(cast: Cast) -> dt.date:
    return local_day(rls.now(), cast.harbor.zone)


def test_the_desk_says_that_the_child_is_in_hospital_and_home_again(cast: Cast, app_of: AppOf) -> None:
    opals, day = app_of(cast.opal), today(cast).isoformat()
    stay = opals.put(at(cast, "care/hospital"), {"since": day})
    assert (stay.status, stay["in_hospital_since"]) == (200, day)
    assert app_of(cast.nan).get(at(cast, "care"))["in_hospital_since"] == day
    assert app_of(cast.fay).put(at(cast, "care/hospital"), {"since": day}).status == 403
    tomorrow = (today(cast) + dt.timedelta(days=1)).isoformat()
    assert opals.put(at(cast, "care/hospital"), {"since": tomorrow}).status == 400
    assert opals.delete(at(cast, "care/hospital"))["in_hospital_since"] is None


def test_a_death_is_said_and_a_mistake_put_right(cast: Cast, app_of: AppOf) -> None:
    ashas, day = app_of(cast.asha), today(cast).isoformat()
    assert ashas.put(at(cast, "care/death"), {"on": day})["died_on"] == day
    assert ashas.delete(at(cast, "care/death"))["died_on"] is None


def test_a_therapist_discharges_with_words_the_family_reads(cast: Cast, app_of: AppOf) -> None:
    told = {"reason": "goals_met", "words": "Keep the song.", "summary": "She asks for her feet."}
    ended = app_of(cast.tess).put(at(cast, "care/discharge"), told)
    assert (ended.status, ended["state"]) == (200, "discharged")
    assert "Keep the song." in app_of(cast.fay).get(at(cast, "today")).content.decode()
    again = app_of(cast.tess).put(at(cast, "care/discharge"), told)
    assert (again.status, again.code) == (409, "no_open_episode")


def test_a_guardian_changes_the_week_of_their_own_home_from_a_day_on(cast: Cast, app_of: AppOf) -> None:
    told = {"weekdays": [0, 1, 2, 3], "from_on": today(cast).isoformat()}
    fays = app_of(cast.fay)
    assert fays.put(at(cast, "home-week"), told).status == 204
    assert ChildHomeWeek.objects.get(home__family=cast.fays_home).weekdays == [0, 1, 2, 3]
    assert app_of(cast.nan).put(at(cast, "home-week"), told).status == 403
    assert fays.put(at(cast, "home-week"), told | {"weekdays": [0, 1, 2, 3, 5]}).status == 409
