"""The clinic's own pages: its details and its staff."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from clinic.models import ClinicMembership, User
from tests.cast import Cast
from tests.web.sending import fields_of

pytestmark = pytest.mark.django_db

SETTINGS = "/c/harbor/settings/"


@pytest.fixture
def otto(cast: Cast, sign_in: Any) -> Client:
    client: Client = sign_in(cast.otto)
    return client


def details(client: Client) -> dict[str, Any]:
    return {
        name: value
        for name, value in fields_of(client.get(SETTINGS)).items()
        if name != "csrfmiddlewaretoken"
    }


def test_an_owner_changes_the_details_and_others_read_them(cast: Cast, otto: Client, sign_in: Any) -> None:
    told = {
        **details(otto),
        "phone": "555 0199",
        "emergency_number": "911",
        "corrected_age_until_months": "36",
    }
    assert otto.post(SETTINGS, told).status_code == 302
    cast.harbor.refresh_from_db()
    assert (cast.harbor.phone, cast.harbor.corrected_age_until_months) == ("555 0199", 36)
    assert "555 0199" in sign_in(cast.tess).get(SETTINGS).content.decode()


def test_from_where_a_copm_change_is_noted_is_the_clinics_to_say(
    cast: Cast, otto: Client, sign_in: Any
) -> None:
    told = {**details(otto), "emergency_number": "911"}
    assert told["copm_notable_points"] == ["2"]
    assert otto.post(SETTINGS, {**told, "copm_notable_points": "0.4"}).status_code == 200
    cast.harbor.refresh_from_db()
    assert cast.harbor.copm_notable_points == 2
    # As a study among inpatients found for satisfaction (S70).
    assert otto.post(SETTINGS, {**told, "copm_notable_points": "2.06"}).status_code == 302
    cast.harbor.refresh_from_db()
    assert cast.harbor.copm_notable_points == Decimal("2.06")
    assert "<dd>2.06</dd>" in sign_in(cast.tess).get(SETTINGS).content.decode()


def test_a_zone_that_is_none_is_refused_by_name(cast: Cast, otto: Client) -> None:
    answer = otto.post(SETTINGS, {**details(otto), "emergency_number": "911", "zone": "Mars/Olympus"})
    assert answer.status_code == 200
    assert "Time zone" in answer.content.decode()
    cast.harbor.refresh_from_db()
    assert cast.harbor.zone == "America/New_York"


def test_somebody_new_is_added_changed_and_leaves(cast: Cast, otto: Client) -> None:
    told = {"name": "Nell", "email": "nell@example.org", "roles": ["therapist"], "credentials": "OTR/L, CIMI"}
    assert otto.post(f"{SETTINGS}staff/", told).status_code == 302
    nell = ClinicMembership.objects.get(user=User.objects.get(email="nell@example.org"))
    assert (nell.roles, nell.credentials) == (["therapist"], ["OTR/L", "CIMI"])
    again = otto.post(f"{SETTINGS}staff/", told)
    assert "works in the clinic already" in again.content.decode()
    otto.post(f"{SETTINGS}staff/{nell.pk}/", {"roles": ["therapist", "owner"], "credentials": "OTR/L"})
    nell.refresh_from_db()
    assert nell.roles == ["owner", "therapist"]
    otto.post(f"{SETTINGS}staff/{nell.pk}/end/")
    nell.refresh_from_db()
    assert nell.ended_at is not None


def test_the_last_owner_stays_an_owner(cast: Cast, otto: Client) -> None:
    mine = ClinicMembership.objects.get(user=cast.otto, clinic=cast.harbor)
    refused = otto.post(f"{SETTINGS}staff/{mine.pk}/", {"roles": ["therapist"]})
    assert "A clinic keeps one owner" in refused.content.decode()
    left = otto.post(f"{SETTINGS}staff/{mine.pk}/end/", follow=True)
    assert "A clinic keeps one owner" in left.content.decode()
    mine.refresh_from_db()
    assert mine.ended_at is None
