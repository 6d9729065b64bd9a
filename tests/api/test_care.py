"""How care stands and ends, over the API; and the week of one's own home."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from clinic import rls
from clinic.localtime import local_day
from clinic.models import ChildHomeWeek, Family, User
from tests.api.client import App
from tests.cast import Cast

AppOf = Callable[[User], App]


def at(cast: Cast, rest: str = "") -> str:
    return f"/api/v1/children/{cast.cleo.pk}/{rest}"


def today(cast: Cast) -> dt.date:
    return local_day(rls.now(), cast.harbor.zone)


def homes(cast: Cast) -> tuple[Family, Family]:
    return cast.fays_home, cast.gregs_home


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


def test_the_desk_moves_the_episode_and_opens_another_after_a_discharge(cast: Cast, app_of: AppOf) -> None:
    opals, episode = app_of(cast.opal), at(cast, "care/episode")
    assert opals.put(episode, {"state": "on_hold"})["state"] == "on_hold"
    assert opals.put(episode, {"state": "discharged"}).fields == {"state": "invalid_choice"}
    again = opals.post(episode, {"state": "waiting"})
    assert (again.status, again.code) == (409, "episode_already_open")
    app_of(cast.tess).put(at(cast, "care/discharge"), {"reason": "goals_met"})
    closed = opals.put(episode, {"state": "active"})
    assert (closed.status, closed.code) == (409, "no_open_episode")
    opened = opals.post(episode, {"state": "referred", "started_on": today(cast).isoformat()})
    assert (opened.status, opened["state"], opened["ended_on"]) == (201, "referred", None)
    assert app_of(cast.fay).post(episode, {"state": "active"}).status == 403


def test_a_therapist_puts_the_record_away(cast: Cast, app_of: AppOf) -> None:
    assert app_of(cast.asha).put(at(cast, "care/archiving"), {}).status == 403
    tesss = app_of(cast.tess)
    assert tesss.put(at(cast, "care/archiving"), {})["state"] == "archived"
    assert tesss.get(at(cast)).status == 404


def test_staff_say_where_the_child_usually_is_and_is_on_one_day(cast: Cast, app_of: AppOf) -> None:
    opals, saturday = app_of(cast.opal), today(cast) + dt.timedelta(days=(5 - today(cast).weekday()) % 7 or 7)
    seen = opals.get(at(cast, "homes"))
    fays, gregs = (
        next(one for one in seen["homes"] if one["household"] == str(home.pk)) for home in homes(cast)
    )
    sent = {"weekdays": [0, 1, 2, 3, 4], "from_on": saturday.isoformat()}
    changed = opals.put(at(cast, f"homes/{fays['id']}/week"), sent)
    later = next(one for one in changed["homes"] if one["id"] == fays["id"])
    assert later["next_weeks"] == [sent]
    assert later["weekdays"] == fays["weekdays"]
    past = opals.put(at(cast, f"homes/{fays['id']}/week"), sent | {"from_on": "2020-01-01"})
    assert (past.status, list(past.fields)) == (400, ["from_on"])

    word = at(cast, f"home-words/{saturday}")
    [day] = opals.put(word, {"household": gregs["household"]})["days"]
    assert (day["on"], day["household"], day["said"][0]["is_clinics"]) == (
        saturday.isoformat(),
        gregs["household"],
        True,
    )
    assert opals.put(word, {"household": str(cast.finns_home.pk)}).fields == {"household": "unknown"}
    assert app_of(cast.fay).put(word, {"household": fays["household"]}).status == 403
    assert opals.delete(word)["days"] == []
