"""Roles, grants and exports are for whoever proved lately who they are."""

from __future__ import annotations

import pytest
from django.test import Client

from clinic.models import CareTeam, ClinicMembership, Invitation
from clinic.vocabulary import Role
from tests import factories
from tests.cast import PASSWORD, Cast
from tests.signing_in import sign_in
from tests.web.sending import fields_of

A_WHILE = 16 * 60


@pytest.fixture
def left_open(cast: Cast) -> Client:
    """Otto's browser, in which he signed in a while ago."""
    client = Client()
    sign_in(client, cast.otto, seconds_ago=A_WHILE)
    return client


def make_owner(cast: Cast, client: Client) -> tuple[str, dict[str, str]]:
    membership = ClinicMembership.objects.get(clinic=cast.harbor, user=cast.theo)
    address = f"/c/{cast.harbor.slug}/settings/staff/{membership.pk}/"
    return address, {"roles": "owner"}


def roles_of_theo(cast: Cast) -> list[str]:
    return ClinicMembership.objects.get(clinic=cast.harbor, user=cast.theo).roles


def test_a_role_given_in_a_browser_left_open_waits_for_the_password_and_is_then_given(
    cast: Cast, left_open: Client
) -> None:
    address, told = make_owner(cast, left_open)
    asked = left_open.post(address, told)
    assert asked.status_code == 302
    assert asked.headers["Location"] == f"/accounts/reauthenticate/?next={address.replace('/', '%2F')}"
    assert roles_of_theo(cast) == [Role.THERAPIST]
    wrong = left_open.post(asked.headers["Location"], {"password": "not his"})
    assert wrong.status_code == 200
    assert roles_of_theo(cast) == [Role.THERAPIST]
    done = left_open.post(asked.headers["Location"], {"password": PASSWORD})
    assert done.status_code == 302
    assert roles_of_theo(cast) == [Role.OWNER]
    assert left_open.post(address, {"roles": "therapist"}).headers["Location"].endswith("/settings/")


def test_looking_needs_no_second_proof(cast: Cast, left_open: Client) -> None:
    address, _ = make_owner(cast, left_open)
    assert left_open.get(address).status_code == 200


def test_an_export_is_asked_for_again_and_a_grant_not_given(cast: Cast) -> None:
    client = Client()
    sign_in(client, cast.tess, seconds_ago=A_WHILE)
    answer = client.get(f"/children/{cast.cleo.pk}/visits/file/")
    assert answer.headers["Location"].startswith("/accounts/reauthenticate/?next=")
    invite = f"/children/{cast.cleo.pk}/homes/{cast.fays_home.pk}/invite/"
    answer = client.post(invite, {"kind": "caregiver", "email": "aunt@example.org"})
    assert answer.headers["Location"].startswith("/accounts/reauthenticate/?next=")
    assert not Invitation.objects.filter(email="aunt@example.org").exists()


def test_a_place_on_a_team_and_the_file_of_a_report_wait_for_the_password_too(cast: Cast) -> None:
    report = factories.record(cast).report
    client = Client()
    sign_in(client, cast.tess, seconds_ago=A_WHILE)
    place = CareTeam.objects.get(child=cast.cleo, therapist=cast.tess)
    handed = client.post(f"/children/{cast.cleo.pk}/team/{place.pk}/hand-over/", {"to": str(cast.theo.pk)})
    assert handed.headers["Location"].startswith("/accounts/reauthenticate/?next=")
    assert not CareTeam.objects.active().filter(child=cast.cleo, therapist=cast.theo).exists()
    file = client.get(f"/reports/{report.pk}/file/")
    assert file.headers["Location"].startswith("/accounts/reauthenticate/?next=")
    assert client.get(f"/reports/{report.pk}/").status_code == 200, "reading it is not taking it away"
    done = client.post(file.headers["Location"], {"password": PASSWORD})
    assert done.headers["Location"] == f"/reports/{report.pk}/file/"
    opened = client.get(f"/reports/{report.pk}/file/")
    assert opened.headers["Location"] == f"/reports/{report.pk}/", "back to its page: it has no file yet"
    joined = client.post(f"/children/{cast.cleo.pk}/team/{place.pk}/hand-over/", {"to": str(cast.theo.pk)})
    assert joined.status_code == 302
    assert CareTeam.objects.active().filter(child=cast.cleo, therapist=cast.theo).exists()


def test_the_second_step_of_staff_is_not_switched_off_in_a_browser_left_open(
    cast: Cast, left_open: Client
) -> None:
    settings = f"/c/{cast.harbor.slug}/settings/"
    cast.harbor.staff_must_use_mfa = False
    cast.harbor.save(update_fields=["staff_must_use_mfa"])
    told = {
        name: value
        for name, value in fields_of(left_open.get(settings)).items()
        if name not in ("csrfmiddlewaretoken", "staff_must_use_mfa")
    } | {"emergency_number": "911"}
    assert left_open.post(settings, told | {"phone": "555 0107"}).headers["Location"] == settings
    asked = left_open.post(settings, told | {"staff_must_use_mfa": "on"})
    assert asked.headers["Location"].startswith("/accounts/reauthenticate/")
    cast.harbor.refresh_from_db()
    assert (cast.harbor.phone, cast.harbor.staff_must_use_mfa) == ("555 0107", False)


def test_somebody_elses_proof_counts_for_nothing(cast: Cast) -> None:
    client = Client()
    sign_in(client, cast.tess)
    session = client.session
    session["account_authentication_methods_user"] = str(cast.otto.pk)
    session.save()
    answer = client.get(f"/children/{cast.cleo.pk}/visits/file/")
    assert answer.status_code == 302
