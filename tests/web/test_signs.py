"""The child's own signs on the pages: told at home, named in the clinic, first among the chips."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clinic import rls
from tests import factories
from tests.cast import Cast, make_id
from tests.tracking.records import log_session
from tracking.models import ChildSign, MassageSession
from tracking.sync.bodies import CueNoted

pytestmark = pytest.mark.django_db


@pytest.fixture
def fays(cast: Cast, sign_in: Any) -> Client:
    client: Client = sign_in(cast.fay)
    return client


def at_home(cast: Cast, page: str = "signs/") -> str:
    return f"/family/{cast.cleo.pk}/{page}"


def in_the_clinic(cast: Cast, page: str = "signs/") -> str:
    return f"/children/{cast.cleo.pk}/{page}"


def test_a_guardian_tells_a_sign_and_finds_it_first_among_the_chips(cast: Cast, fays: Client) -> None:
    assert "No signs of your own yet" in fays.get(at_home(cast)).content.decode()
    told = {"client_id": make_id(), "words": "تفرك أذنها", "asks_for": "enough", "language": "ar"}
    assert fays.post(at_home(cast), told).headers["Location"] == at_home(cast)
    sign = ChildSign.objects.get()
    page = fays.get(at_home(cast, "massage/")).content.decode()
    assert '<bdi lang="ar">تفرك أذنها</bdi>' in page
    assert page.index("تفرك أذنها") < page.index("Looks at your face")

    fays.post(
        at_home(cast, "massage/"),
        {"client_id": make_id(), "outcome": "stopped", "cues": [f"sign:{sign.client_id}", "ds_stiff"]},
    )
    [own, listed] = MassageSession.objects.get().cues
    assert (own["sign"]["words"], own["code"], listed["code"]) == ("تفرك أذنها", "", "ds_stiff")
    diary = fays.get(at_home(cast, "diary/")).content.decode()
    assert '<span lang="ar" dir="auto">تفرك أذنها</span>' in diary


def test_the_childs_page_tells_what_was_seen_in_how_many_massages(cast: Cast, sign_in: Any) -> None:
    sign = factories.sign(cast.cleo, by=cast.fay, words="تفرك أذنها", language="ar", cue="ds_hand_face")
    smiles = CueNoted(code="ep_smile")
    with rls.acting_as(cast.fay):
        for days, cues in enumerate(((CueNoted(sign=sign.client_id), smiles), (smiles,), ()), start=1):
            log_session(cast.fay, cast.cleo, cues=cues, occurred_at=rls.now() - dt.timedelta(days=days))
    page = " ".join(sign_in(cast.tess).get(f"/children/{cast.cleo.pk}/").content.decode().split())
    assert "2 massages have signs recorded. 1 massage was asked about, with no answer." in page
    assert (
        '<bdi lang="ar" dir="auto">تفرك أذنها</bdi> '
        '<span class="text-soft">(Hand to ear, eye, mouth or neck)</span></th>'
        '<td>Enough</td><td class="number">1</td>'
    ) in page
    assert '<bdi dir="auto">Smiles</bdi></th><td>More, please</td><td class="number">2</td>' in page


def test_a_sign_without_words_is_told_at_its_field(cast: Cast, fays: Client) -> None:
    page = fays.post(at_home(cast), {"client_id": make_id(), "words": " ", "asks_for": "more"})
    assert "This is needed" in page.content.decode()
    assert not ChildSign.objects.exists()


def test_who_only_logs_reads_the_signs_and_changes_none(cast: Cast, sign_in: Any) -> None:
    factories.sign(cast.cleo, by=cast.fay)
    nans = sign_in(cast.nan)
    page = nans.get(at_home(cast)).content.decode()
    assert "planted-sign-words-word" in page
    assert "Add a sign" not in page


def test_a_seventh_is_not_offered(cast: Cast, fays: Client) -> None:
    for _ in range(6):
        factories.sign(cast.cleo, by=cast.fay)
    page = fays.get(at_home(cast)).content.decode()
    assert "Add a sign" not in page
    told = {"client_id": make_id(), "words": "One more", "asks_for": "more"}
    assert "Six signs are in use already" in fays.post(at_home(cast), told).content.decode()


def test_the_team_maps_orders_and_retires(cast: Cast, sign_in: Any) -> None:
    first, second = (factories.sign(cast.cleo, by=cast.fay) for _ in range(2))
    tesss = sign_in(cast.tess)
    one = in_the_clinic(cast, f"signs/{second.client_id}/")
    assert "taken for a quiet sign" in tesss.get(in_the_clinic(cast)).content.decode()
    tesss.post(one, {"verb": "map", "cue": "ds_yawn"})
    tesss.post(one, {"verb": "up"})
    second.refresh_from_db()
    assert (second.cue, second.order) == ("ds_yawn", 1)
    tesss.post(one, {"verb": "retire"})
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.order, second.order) == (1, None)
    assert "Of before" in tesss.get(in_the_clinic(cast)).content.decode()


def test_the_stop_rule_says_why_it_is_gentle_and_is_set(cast: Cast, sign_in: Any) -> None:
    tesss = sign_in(cast.tess)
    page = tesss.get(in_the_clinic(cast)).content.decode()
    assert "By age and history: pause at a single quiet sign (was in neonatal intensive care)." in page
    tesss.post(in_the_clinic(cast, "signs/stop/"), {"stop_sensitivity": "usual"})
    page = tesss.get(in_the_clinic(cast)).content.decode()
    assert "<strong>Pause at two quiet signs together.</strong> Set by the care team." in page
    assert 'name="stop_sensitivity"' not in sign_in(cast.asha).get(in_the_clinic(cast)).content.decode()


def test_six_signs_ask_no_more_than_one(cast: Cast, sign_in: Any) -> None:
    tesss = sign_in(cast.tess)
    counts = []
    for _ in range(2):
        factories.sign(cast.cleo, by=cast.fay)
        tesss.get(in_the_clinic(cast))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            tesss.get(in_the_clinic(cast))
        counts.append(len(queries))
    assert counts[0] == counts[1]
