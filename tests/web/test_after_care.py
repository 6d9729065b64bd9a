"""Discharging on the page, and what the family's pages say afterwards."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from clinic import rls
from clinic.localtime import local_day
from tests import factories
from tests.cast import Cast, make_id, planted
from tracking.models import AfterCare

pytestmark = pytest.mark.django_db


def words(answer: Any) -> str:
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


def test_a_therapist_discharges_with_words_a_summary_and_a_day(cast: Cast, sign_in: Any) -> None:
    tesss: Client = sign_in(cast.tess)
    page = f"/children/{cast.cleo.pk}/care/discharge/"
    today = local_day(rls.now(), cast.harbor.zone)
    told = {"reason": "goals_met", "on": today.isoformat(), "words": "Sing on."}
    begun = words(tesss.post(page, {**told, "verb": "draft"}))
    assert "Sing on." in begun
    assert "aria-invalid" in words(tesss.post(page, {**told, "reason": ""}))
    assert tesss.post(page, {**told, "summary": "She asks for more."}).status_code == 302
    assert "She asks for more." in words(tesss.get(f"/children/{cast.cleo.pk}/care/"))
    # An owner who is on no team reads that care has ended, and none of the words.
    assert "She asks for more." not in words(sign_in(cast.otto).get(f"/children/{cast.cleo.pk}/care/"))


def test_the_family_reads_on_and_logging_closes_kindly(cast: Cast, sign_in: Any) -> None:
    factories.program(cast.cleo, by=cast.tess)
    factories.after_care(cast)
    fays, nans = sign_in(cast.fay), sign_in(cast.nan)
    corner = f"/family/{cast.cleo.pk}/"
    for client, reads_summary in ((fays, True), (nans, False)):
        for page in (corner, f"{corner}log/"):
            assert "Care here ended on" in words(client.get(page))
            assert planted("after-care-words") in words(client.get(page))
        assert (planted("after-care-summary") in words(client.get(f"{corner}after/"))) is reads_summary
    assert "Start together" not in words(fays.get(corner))
    assert "How was it for you?" not in words(fays.get(f"{corner}check-ins/"))
    assert "Nothing reminds you any more" in words(fays.get(f"{corner}reminders/"))
    assert words(fays.get(f"{corner}diary/"))
    assert fays.post(f"{corner}massage/", {"client_id": make_id(), "outcome": "done"}).status_code == 302


def test_what_we_are_asked_lists_nothing_once_care_has_ended(cast: Cast, sign_in: Any) -> None:
    asking = f"/family/{cast.cleo.pk}/asking/"
    fays = sign_in(cast.fay)
    assert "Asked today" in words(fays.get(asking))
    factories.after_care(cast)
    said = words(fays.get(asking))
    assert "Nothing is asked any more" in said
    assert "Asked today" not in said


def test_somebody_looks_again(cast: Cast, sign_in: Any) -> None:
    factories.after_care(cast)
    tesss: Client = sign_in(cast.tess)
    care = f"/children/{cast.cleo.pk}/care/"
    assert "To look again on" in words(tesss.get(care))
    tesss.post(f"{care}follow-up/")
    assert "Looked at again on" in words(tesss.get(care))
    with rls.acting_as(cast.tess):
        assert AfterCare.objects.get().followed_up_by == cast.tess
