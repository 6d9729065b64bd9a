"""Strategies on the pages: prescribed in the clinic, found beside the touch, told one by one."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests import factories
from tests.cast import Cast, make_id
from tracking.models import ChildStrategy, Strategy, TactileObservation

pytestmark = pytest.mark.django_db


@pytest.fixture
def tesss(cast: Cast, sign_in: Any) -> Client:
    client: Client = sign_in(cast.tess)
    return client


def test_a_strategy_goes_from_the_library_to_the_touch_and_into_the_count(
    cast: Cast, tesss: Client, sign_in: Any
) -> None:
    shelf = f"/c/{cast.harbor.slug}/library/strategies/"
    told = {"name": "Mirror", "text": "Brush in front of a mirror.", "stimuli": ["groom_hair_brush"]}
    assert tesss.post(shelf, told).status_code == 302
    mine = f"/children/{cast.cleo.pk}/strategies/"
    body = {"client_id": make_id(), "what": str(Strategy.objects.get().pk), "stimuli": ["groom_hair_brush"]}
    assert tesss.post(mine, body).status_code == 302
    made = ChildStrategy.objects.get()
    assert (made.name, made.text, made.code) == ("Mirror", "Brush in front of a mirror.", "")

    fays = sign_in(cast.fay)
    touch = f"/family/{cast.cleo.pk}/touch/"
    page = fays.get(touch).content.decode()
    assert 'data-helps="groom_hair_brush"' in page
    assert "Brush in front of a mirror." in page
    assert "Brush in front of a mirror." in fays.get(f"/family/{cast.cleo.pk}/helps/").content.decode()
    fays.post(
        touch,
        {
            "client_id": make_id(),
            "stimulus": "groom_hair_brush",
            "intensity": "2",
            f"tried_{made.client_id}": "partly",
            "tried_countdown": "tried",
        },
    )
    [own, listed] = TactileObservation.objects.get().tried
    assert (own["strategy"]["name"], own["helped"]) == ("Mirror", "partly")
    assert (listed["code"], listed["helped"]) == ("countdown", "")
    assert "Mirror: it helped partly" in " ".join(
        fays.get(f"/family/{cast.cleo.pk}/diary/").content.decode().replace("</bdi>", "").split()
    ).replace('<span dir="auto">', "").replace("</span>", "")
    page = tesss.get(mine).content.decode()
    assert "What was tried in the last 90 days" in page
    assert "%" not in page.split("What was tried", 1)[1].split("</table>")[0]


def test_a_strategy_for_no_touch_is_told_at_its_field(cast: Cast, tesss: Client) -> None:
    page = tesss.post(f"/children/{cast.cleo.pk}/strategies/", {"client_id": make_id(), "what": "countdown"})
    assert "Choose at least one." in page.content.decode()
    assert not ChildStrategy.objects.exists()


def test_an_ended_strategy_is_offered_no_more(cast: Cast, tesss: Client, sign_in: Any) -> None:
    row = factories.strategy(cast.cleo, by=cast.tess)
    tesss.post(f"/children/{cast.cleo.pk}/strategies/{row.client_id}/end/")
    assert row.name not in sign_in(cast.fay).get(f"/family/{cast.cleo.pk}/touch/").content.decode()
