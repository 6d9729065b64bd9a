"""Charts chosen over the API: by who treats the child, for its care team."""

from __future__ import annotations

from collections.abc import Callable

from clinic.models import User
from tests.api.client import App
from tests.cast import Cast

AppOf = Callable[[User], App]


def test_charts_are_chosen_by_who_treats_and_read_by_the_team(cast: Cast, app_of: AppOf) -> None:
    tess, asha, address = app_of(cast.tess), app_of(cast.asha), f"/api/v1/children/{cast.cleo.pk}/charts"
    assert tess.get(address)["charts"] == []
    answer = tess.put(address, {"charts": ["goal_ladder", "body_map"]})
    assert (answer.status, answer["charts"]) == (200, ["body_map", "goal_ladder"])
    assert asha.get(address)["charts"] == ["body_map", "goal_ladder"]
    assert asha.put(address, {"charts": []}).status == 403
    assert app_of(cast.fay).get(address).status == 404
    assert tess.put(address, {"charts": []})["charts"] == []


def test_a_chart_nobody_knows_is_refused_by_its_field(cast: Cast, app_of: AppOf) -> None:
    answer = app_of(cast.tess).put(f"/api/v1/children/{cast.cleo.pk}/charts", {"charts": ["pie"]})
    assert answer.status == 400
    assert [one["field"] for one in answer["errors"]] == ["charts"]
