"""Group classes on the clinic's pages; families never see each other."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clinic import rls
from clinic.models import CareTeam, Child
from tests import factories
from tests.api.client import App
from tests.cast import Cast, planted
from tests.web.sending import fields_of
from tracking.models import ClassDate, ClassPlace, Contact, Demonstration, GroupClass

pytestmark = pytest.mark.django_db


@pytest.fixture
def tesss(cast: Cast, sign_in: Any) -> Client:
    """Tess, who for this treats Fern too."""
    with rls.acting_as(cast.theo):
        CareTeam.objects.create(
            clinic=cast.harbor, child=cast.fern, therapist=cast.tess, from_at=rls.now() - dt.timedelta(days=1)
        )
    client: Client = sign_in(cast.tess)
    return client


def address(date: ClassDate, rest: str = "") -> str:
    return f"/c/harbor/classes/{date.group_class_id}/{rest}"


def begun(cast: Cast) -> ClassDate:
    """A class of Cleo and Fern whose date has just begun."""
    date = factories.group_class(led_by=cast.tess, children=[cast.cleo, cast.fern])
    with rls.acting_as(cast.tess):
        date.starts_at = rls.now() - dt.timedelta(minutes=30)
        date.save(update_fields=["starts_at"])
        Contact.objects.filter(class_date=date).update(starts_at=date.starts_at)
    return date


def words(client: Client, page: str) -> str:
    answer = client.get(page)
    assert answer.status_code == 200, page
    return answer.content.decode()


def test_a_class_is_begun_dated_joined_and_held(cast: Cast, tesss: Client) -> None:
    told = {"title": "Spring", "minutes": "60", "led_by": str(cast.tess.pk)}
    assert tesss.post("/c/harbor/classes/", told).status_code == 302
    group = GroupClass.objects.get()
    page = f"/c/harbor/classes/{group.pk}/"
    for child in (cast.cleo, cast.fern):
        assert tesss.post(f"{page}children/", {"child": str(child.pk)}).status_code == 302
    assert tesss.post(f"{page}dates/", {"day": "2026-01-05", "clock": "10:00"}).status_code == 302
    date = group.dates.get()
    form = fields_of(tesss.get(f"{page}dates/{date.pk}/"))
    form |= {"strokes": ["toe-rolls", "sole-thumb-walk"], f"state_{cast.fern.pk}": "no_show"}
    assert tesss.post(f"{page}dates/{date.pk}/", form).status_code == 302
    states = dict(Contact.objects.filter(class_date=date).values_list("child__first_name", "state"))
    assert states == {"Cleo": "happened", "Fern": "no_show"}
    assert set(Demonstration.objects.values_list("child", "stroke_slug")) == {
        (cast.cleo.pk, "toe-rolls"),
        (cast.cleo.pk, "sole-thumb-walk"),
    }
    assert "held" in words(tesss, page)
    again = tesss.post(f"{page}dates/{date.pk}/", form).content.decode()
    assert "This date was held already." in again or "Nobody came" in again
    assert Demonstration.objects.count() == 2


def test_no_family_sees_another_in_any_page_or_answer(cast: Cast, tesss: Client, sign_in: Any) -> None:
    date = begun(cast)
    form = fields_of(tesss.get(address(date, f"dates/{date.pk}/"))) | {"strokes": ["toe-rolls"]}
    assert tesss.post(address(date, f"dates/{date.pk}/"), form).status_code == 302
    dated_again = factories.group_class(led_by=cast.tess, children=[cast.cleo, cast.fern])
    for user, child, theirs in (
        (cast.fay, cast.cleo, ("fern", "finn", "finns-home")),
        (cast.nan, cast.cleo, ("fern", "finn", "finns-home")),
        (cast.finn, cast.fern, ("cleo", "fay", "greg", "fays-home", "gregs-home")),
    ):
        browser, app = sign_in(user), App()
        app.sign_in(user)
        told = [
            browser.get(f"/family/{child.pk}/{page}").content.decode()
            for page in ("", "visits/", "shown/", "more/", "diary/")
        ]
        told += [
            app.get(f"/api/v1/children/{child.pk}{rest}").content.decode()
            for rest in ("", "/contacts", "/demonstrations", "/today", "/notes")
        ]
        assert "Group class" in told[0]
        assert "Group class" in told[1]
        assert '"group_class"' in told[6]
        for text in told:
            assert planted("class-title") not in text
            assert str(dated_again.group_class_id) not in text
            for name in theirs:
                for word in (name, f"{name}-name", f"{name}-last-name", f"{name}-nickname"):
                    assert planted(word) not in text
        for page in ("/c/harbor/classes/", address(date), address(date, f"dates/{date.pk}/")):
            assert browser.get(page).status_code == 404


def test_staff_read_the_children_they_may_know_of(cast: Cast, tesss: Client, sign_in: Any) -> None:
    date = begun(cast)
    ashas = words(sign_in(cast.asha), address(date))
    assert planted("cleo-last-name") in ashas
    assert planted("fern-last-name") not in ashas
    assert planted("fern-last-name") in words(sign_in(cast.otto), address(date))
    assert "Came" not in words(sign_in(cast.otto), address(date, f"dates/{date.pk}/"))


def test_a_larger_class_asks_no_more(cast: Cast, tesss: Client) -> None:
    date = begun(cast)
    pages = ("/c/harbor/classes/", address(date), address(date, f"dates/{date.pk}/"))
    for page in pages:
        tesss.get(page)
    counted = []
    for _ in range(2):
        for page in pages:
            with CaptureQueriesContext(connection) as asked:
                assert tesss.get(page).status_code == 200
            counted.append(len(asked))
        for _ in range(9):
            factories.group_class(led_by=cast.tess, children=[cast.cleo])
        with rls.acting_as(cast.tess):
            now = rls.now()
            more = [
                Child(clinic=cast.harbor, first_name=f"Child {n}", born_on=now.date(), created_at=now)
                for n in range(9)
            ]
            Child.objects.bulk_create(more)
            CareTeam.objects.bulk_create(
                CareTeam(clinic=cast.harbor, child=child, therapist=cast.tess, from_at=now) for child in more
            )
            ClassPlace.objects.bulk_create(
                ClassPlace(clinic=cast.harbor, group_class=date.group_class, child=child, from_at=now)
                for child in more
            )
    assert counted[:3] == counted[3:]
