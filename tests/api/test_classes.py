"""Group classes over the API: to staff of a roster what each may know; to a family its own contact alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clinic import rls
from clinic.models import CaregiverGrant, CareTeam, User
from tests import factories
from tests.api.client import App
from tests.cast import Cast, make_id, planted
from tracking.models import Demonstration

AppOf = Callable[[User], App]
CLASSES = "/api/v1/clinics/harbor/classes"


@pytest.fixture
def tesss(cast: Cast, app_of: AppOf) -> App:
    """Tess, who for this treats Fern too."""
    with rls.acting_as(cast.theo):
        CareTeam.objects.create(
            clinic=cast.harbor, child=cast.fern, therapist=cast.tess, from_at=rls.now() - dt.timedelta(days=1)
        )
    return app_of(cast.tess)


def begun(cast: Cast, app: App, *, days_ago: float = 0.02) -> tuple[str, str]:
    """The addresses of a class of Cleo and Fern, and of its date."""
    group = app.post(CLASSES, {"title": "Spring", "led_by": str(cast.tess.pk)})
    assert (group.status, group["minutes"], group["roster"]) == (201, 60, [])
    at = f"{CLASSES}/{group['id']}"
    for child in (cast.cleo, cast.fern):
        joined = app.post(f"{at}/children", {"child": str(child.pk)})
        assert joined.status == 201, joined.body
    starts_at = (rls.now() - dt.timedelta(days=days_ago)).isoformat()
    date = app.post(f"{at}/dates", {"starts_at": starts_at})
    assert (date.status, [line["state"] for line in date["roster"]]) == (201, ["planned", "planned"])
    return at, f"{at}/dates/{date['id']}"


def came(*told: dict[str, Any], strokes: tuple[str, ...] = ("toe-rolls",)) -> dict[str, Any]:
    return {"came": list(told), "strokes": list(strokes)}


def test_a_class_is_begun_joined_dated_and_held(cast: Cast, tesss: App) -> None:
    _, date = begun(cast, tesss)
    fays = str(CaregiverGrant.objects.get(child=cast.cleo, user=cast.fay).pk)
    told = came(
        {"child": str(cast.cleo.pk), "caregivers": [fays]}, {"child": str(cast.fern.pk), "state": "no_show"}
    )
    held = tesss.put(f"{date}/attendance", told)
    assert (held.status, held["is_held"]) == (200, True)
    assert {line["child"]: line["state"] for line in held["roster"]} == {
        str(cast.cleo.pk): "happened",
        str(cast.fern.pk): "no_show",
    }
    assert Demonstration.objects.get().grant_id is not None
    again = tesss.put(f"{date}/attendance", told)
    assert (again.status, again.code) == (409, "already_held")


def test_a_date_is_called_off_and_a_child_comes_no_more(cast: Cast, tesss: App) -> None:
    at, date = begun(cast, tesss, days_ago=-7)
    assert tesss.put(f"{date}/cancellation", None)["is_called_off"] is True
    left = tesss.delete(f"{at}/children/{cast.fern.pk}")
    assert [line["child"] for line in left["roster"]] == [str(cast.cleo.pk)]
    assert tesss.delete(f"{at}/children/{cast.fern.pk}").status == 404


def test_of_a_roster_each_reads_the_children_they_may_know_of(cast: Cast, tesss: App, app_of: AppOf) -> None:
    at, date = begun(cast, tesss)
    ashas = app_of(cast.asha)
    for address in (at, date):
        assert [line["child"] for line in ashas.get(address)["roster"]] == [str(cast.cleo.pk)]
        assert planted("fern-last-name") not in ashas.get(address).content.decode()
    ottos = app_of(cast.otto).get(date)["roster"]
    assert [(line["is_treated"], line["caregivers"]) for line in ottos] == [(False, []), (False, [])]


def test_a_child_out_of_sight_is_an_unknown_child(cast: Cast, tesss: App, app_of: AppOf) -> None:
    at, date = begun(cast, tesss)
    answers = [tesss.post(f"{at}/children", {"child": str(one)}) for one in (cast.cody.pk, make_id())]
    answers += [
        app_of(cast.asha).put(f"{date}/attendance", came({"child": str(one)}))
        for one in (cast.fern.pk, make_id())
    ]
    assert {answer.status for answer in answers} == {400}
    assert answers[0].body == answers[1].body
    assert answers[2].body == answers[3].body


def test_a_family_reads_its_own_childs_contact_and_knows_of_no_class(
    cast: Cast, tesss: App, app_of: AppOf
) -> None:
    at, date = begun(cast, tesss)
    tesss.put(f"{date}/attendance", came({"child": str(cast.cleo.pk)}, {"child": str(cast.fern.pk)}))
    for user, child, theirs in ((cast.fay, cast.cleo, "fern"), (cast.finn, cast.fern, "cleo")):
        app = app_of(user)
        [contact] = app.get(f"/api/v1/children/{child.pk}/contacts")["items"]
        assert (contact["kind"], contact["state"]) == ("group_class", "happened")
        told = app.get(f"/api/v1/children/{child.pk}/contacts").content.decode()
        assert "Spring" not in told
        assert planted(f"{theirs}-last-name") not in told
        for address in (CLASSES, at, date):
            assert app.get(address).status == 404


def test_more_classes_and_dates_ask_no_more(cast: Cast, tesss: App) -> None:
    at, date = begun(cast, tesss)
    counted = []
    for _ in range(2):
        for address in (CLASSES, at, date):
            with CaptureQueriesContext(connection) as asked:
                assert tesss.get(address).status == 200
            counted.append(len(asked))
        for _ in range(9):
            factories.group_class(led_by=cast.tess, children=[cast.cleo, cast.fern])
    assert counted[:3] == counted[3:]
