"""Contacts over the API: times for everybody around the child, the rest for fewer; If-Match for changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from clinic import rls
from clinic.models import CaregiverGrant, User
from tests import factories
from tests.api.client import Answer, App
from tests.api.test_break_glass import leave_open
from tests.cast import Cast, make_id, planted
from tracking.vocabulary.contacts import ContactState

AppOf = Callable[[User], App]


def at(cast: Cast, rest: str = "") -> str:
    return f"/api/v1/children/{cast.cleo.pk}/contacts{rest}"


def patch(app: App, path: str, body: Any, match: str | None) -> Answer:
    return app.patch(path, body, **({} if match is None else {"If-Match": match}))


def sent(cast: Cast) -> dict[str, Any]:
    return {"kind": "visit", "starts_at": "2026-01-05T10:30:00-05:00", "minutes": 45}


def test_a_therapist_records_and_moves_a_visit(cast: Cast, app_of: AppOf) -> None:
    tesss = app_of(cast.tess)
    fays = CaregiverGrant.objects.get(child=cast.cleo, user=cast.fay)
    told = {"caregivers": [str(fays.pk)], "therapist": str(cast.tess.pk), "shared_note": "Feet first."}
    made = tesss.post(at(cast), sent(cast) | told)
    assert (made.status, made["state"], made["lock_version"]) == (201, "happened", 1)
    assert made["presence"]["caregivers"] == [cast.fay.name]
    moved = patch(tesss, at(cast, f"/{made['id']}"), {"minutes": 30}, '"1"')
    assert (moved.status, moved["minutes"], moved["presence"]) == (200, 30, made["presence"])
    assert moved.headers["ETag"] == '"2"'


@pytest.mark.parametrize(
    ("match", "status", "code"),
    [(None, 428, "revision_needed"), ('"7"', 412, "stale"), ("1", 412, "stale"), ("*", 412, "stale")],
)
def test_a_change_says_which_state_it_changes(
    cast: Cast, app_of: AppOf, match: str | None, status: int, code: str
) -> None:
    visit = factories.contact(cast.cleo, by=cast.tess)
    answer = patch(app_of(cast.tess), at(cast, f"/{visit.pk}"), {"minutes": 30}, match)
    assert (answer.status, answer.code) == (status, code)
    visit.refresh_from_db()
    assert visit.minutes == 45


def test_each_reads_what_is_theirs(cast: Cast, app_of: AppOf) -> None:
    visit = factories.contact(cast.cleo, by=cast.tess)
    seen = {name: app_of(getattr(cast, name)).get(at(cast))["items"][0] for name in ("tess", "fay", "nan")}
    assert {one["starts_at"] for one in seen.values()} == {visit.starts_at.isoformat().replace("+00:00", "Z")}
    assert [note["body"] for note in seen["fay"]["notes"]] == [planted("contact-shared")]
    assert len(seen["tess"]["notes"]) == 2
    assert seen["nan"]["notes"] == []
    assert seen["tess"]["presence"]["others"] == planted("contact-others")
    assert seen["fay"]["presence"] is seen["nan"]["presence"] is None


def test_the_office_tells_times_alone(cast: Cast, app_of: AppOf) -> None:
    opals = app_of(cast.opal)
    assert opals.post(at(cast), sent(cast)).status == 201
    assert opals.post(at(cast), sent(cast) | {"shared_note": "Well done."}).status == 403


def test_a_foreign_id_is_as_unknown_as_a_random_one(cast: Cast, app_of: AppOf) -> None:
    tesss = app_of(cast.tess)
    finns = CaregiverGrant.objects.get(user=cast.finn)
    for name, foreign, random in (
        ("caregivers", [str(finns.pk)], [str(make_id())]),
        ("therapist", str(cast.theo.pk), str(make_id())),
    ):
        answers = [tesss.post(at(cast), sent(cast) | {name: value}) for value in (foreign, random)]
        assert answers[0].status == 400
        assert answers[0].body == answers[1].body


def test_today_tells_the_next_visit(cast: Cast, app_of: AppOf) -> None:
    today = f"/api/v1/children/{cast.cleo.pk}/today"
    assert app_of(cast.nan).get(today)["next_contact"] is None
    with rls.acting_as(cast.tess):
        soon = rls.now() + dt.timedelta(days=2)
    factories.contact(cast.cleo, by=cast.tess, at=soon, state=ContactState.PLANNED)
    told = app_of(cast.nan).get(today)["next_contact"]
    assert (told["kind"], told["therapist"]) == ("visit", cast.tess.name)


def test_pages_of_contacts_end_where_they_should(cast: Cast, app_of: AppOf) -> None:
    for back in range(3):
        factories.contact(cast.cleo, by=cast.tess, at=rls.now() - dt.timedelta(days=back))
    fays = app_of(cast.fay)
    first = fays.get(at(cast), limit=2)
    second = fays.get(at(cast), limit=2, cursor=first["next_cursor"])
    ids = [one["id"] for one in (*first["items"], *second["items"])]
    assert len(set(ids)) == 3
    assert second["next_cursor"] is None
    assert app_of(cast.greg).get(at(cast), cursor=first["next_cursor"]).status == 400


def test_a_file_of_visits_holds_what_is_its_takers(cast: Cast, app_of: AppOf) -> None:
    factories.contact(cast.cleo, by=cast.tess)
    held = {}
    for name in ("tess", "otto", "greg"):
        file = app_of(cast.people()[name]).get(at(cast, "/file"))
        assert (file.status, file.headers["Content-Type"]) == (200, "text/csv; charset=utf-8")
        held[name] = file.content.decode()
    assert [planted("contact-shared") in held[name] for name in held] == [True, False, True]
    assert [planted("contact-private") in text for text in held.values()] == [False, False, False]
    assert app_of(cast.nan).get(at(cast, "/file")).status == 403
    clinics = app_of(cast.tess).get("/api/v1/clinics/harbor/contacts/file")
    assert planted("contact-shared") in clinics.content.decode()


def test_a_file_of_visits_asks_once_more_who_is_asking(cast: Cast, app_of: AppOf) -> None:
    app = app_of(cast.tess)
    leave_open(cast.tess)
    for address in (at(cast, "/file"), "/api/v1/clinics/harbor/contacts/file"):
        assert app.get(address).code == "recent_sign_in_needed"
