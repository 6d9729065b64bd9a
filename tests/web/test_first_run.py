"""The first page of an empty Littlefoot."""

from __future__ import annotations

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from clinic.models import Clinic, ClinicMembership
from tests import database
from tests.cast import Cast

FIRST = {
    "clinic_name": "Brook Therapy",
    "zone": "Europe/Dublin",
    "name": "Orla",
    "email": "orla@example.org",
    "password": "brisk heron under lamplight",
    "is_therapist": "on",
}


@pytest.fixture
def nobody(transactional_db: None) -> Client:
    """Somebody before an empty Littlefoot."""
    database.empty()
    return Client()


def test_the_first_clinic_is_made_and_its_owner_is_inside(nobody: Client) -> None:
    assert nobody.get("/").headers["Location"] == "/start/"
    assert "Set up your clinic" in nobody.get("/start/").content.decode()
    answer = nobody.post("/start/", FIRST)
    assert answer.headers["Location"] == "/c/brook-therapy/caseload/"
    membership = ClinicMembership.objects.select_related("user").get()
    assert (membership.user.email, sorted(membership.roles)) == ("orla@example.org", ["owner", "therapist"])
    assert nobody.session["_auth_user_id"] == str(membership.user_id)
    assert UserSession.objects.get(user=membership.user_id).session_key == nobody.session.session_key
    assert Client().get("/start/").headers["Location"] == "/"
    assert "2fa" in nobody.get(answer.headers["Location"]).headers["Location"], (
        "staff add a second factor first"
    )


def test_a_password_that_is_too_weak_is_said_at_its_field(nobody: Client) -> None:
    page = nobody.post("/start/", FIRST | {"password": "orla"}).content.decode()
    assert "Take a longer password" in page
    assert "Brook Therapy" in page
    assert not Clinic.objects.exists()


def test_nobody_sets_up_a_second_one(cast: Cast) -> None:
    assert Client().get("/start/").headers["Location"] == "/"
    assert Client().post("/start/", FIRST).headers["Location"] == "/"
    assert not Clinic.objects.filter(name="Brook Therapy").exists()
