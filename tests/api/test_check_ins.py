"""Check-ins over the API: one's own, and the care team's to read."""

from __future__ import annotations

from collections.abc import Callable

from clinic import rls
from clinic.models import User
from tests import factories
from tests.api.client import App
from tests.cast import Cast, make_id, planted

AppOf = Callable[[User], App]


def address(cast: Cast) -> str:
    return f"/api/v1/children/{cast.cleo.pk}/check-ins"


def test_a_caregiver_tells_it_twice_and_it_is_kept_once(app_of: AppOf, cast: Cast) -> None:
    fay, one = app_of(cast.fay), make_id()
    told = {"occurred_at": rls.now().isoformat(), "how_it_was": 2, "how_sure": 5, "words": "good"}
    assert fay.put(f"{address(cast)}/{one}", told).status == 201
    assert fay.put(f"{address(cast)}/{one}", told).status == 200
    other = fay.put(f"{address(cast)}/{one}", told | {"how_it_was": 3})
    assert (other.status, other.code) == (409, "id_already_used")
    assert [row["words"] for row in fay.get(address(cast))["own"]] == ["good"]


def test_a_number_that_is_none_of_the_five_is_named(app_of: AppOf, cast: Cast) -> None:
    told = {"occurred_at": rls.now().isoformat(), "how_it_was": 0}
    answer = app_of(cast.fay).put(f"{address(cast)}/{make_id()}", told)
    assert (answer.status, list(answer.fields)) == (400, ["how_it_was"])


def test_each_reads_their_own_and_the_team_reads_everybodys(app_of: AppOf, cast: Cast) -> None:
    for by in (cast.fay, cast.greg, cast.nan):
        factories.check_in(cast.cleo, by=by)
    for name in ("fay", "greg", "nan"):
        text = app_of(getattr(cast, name)).get(address(cast)).content.decode()
        seen = {other for other in ("fay", "greg", "nan") if planted(f"{other}-check-in") in text}
        assert seen == {name}
    of_caregivers = app_of(cast.asha).get(address(cast))["of_caregivers"]
    assert [one["name"] for one in of_caregivers] == [cast.fay.name, cast.greg.name, cast.nan.name]


def test_what_is_taken_back_is_gone_for_the_team(app_of: AppOf, cast: Cast) -> None:
    row = factories.check_in(cast.cleo, by=cast.fay)
    withdrawn = app_of(cast.fay).put(f"{address(cast)}/{row.client_id}/withdrawal", {})
    assert (withdrawn.status, withdrawn["is_withdrawn"]) == (200, True)
    assert app_of(cast.tess).get(address(cast))["of_caregivers"] == []
    assert app_of(cast.greg).put(f"{address(cast)}/{row.client_id}/withdrawal", {}).status == 404
