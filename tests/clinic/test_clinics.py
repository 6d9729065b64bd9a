"""The first clinic, settings, staff."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.core import mail as outbox
from django.db import transaction

from clinic import policy, rls
from clinic.errors import Forbidden, Invalid
from clinic.models import CareTeam, Clinic, ClinicMembership, Invitation, User
from clinic.services import accounts, caseload, clinics, staff
from clinic.vocabulary import Role
from tests import database
from tests.cast import Cast, planted_email
from tests.clinic.test_invitations import invite

FIRST = {
    "clinic_name": "Brook Therapy",
    "zone": "Europe/Dublin",
    "name": "Orla",
    "email": "Orla@Example.org",
    "password": "nine green lanterns drift",
}


def membership_of(cast: Cast, user: User) -> ClinicMembership:
    return ClinicMembership.objects.active().get(clinic=cast.harbor, user=user)


def test_the_first_clinic_is_made_once(transactional_db: None) -> None:
    database.empty()
    with rls.acting_as(system="seeding"), transaction.atomic():
        assert clinics.is_first_run()
        clinic, owner = clinics.create_first_clinic(**FIRST, now=rls.now())
        assert (clinic.slug, owner.email) == ("brook-therapy", "orla@example.org")
        assert policy.may_change_clinic(owner, clinic)
        with pytest.raises(clinics.AlreadySetUp):
            clinics.create_first_clinic(**FIRST, now=rls.now())


def test_no_first_clinic_beside_others(cast: Cast) -> None:
    with pytest.raises(clinics.AlreadySetUp):
        clinics.create_first_clinic(**FIRST, now=rls.now())


def test_clinics_of_one_name_have_different_addresses(cast: Cast) -> None:
    made = [clinics.create_clinic(by=None, name="Sol's Practice!", zone="UTC", now=rls.now()) for _ in "ab"]
    assert [clinic.slug for clinic in made] == ["sols-practice", "sols-practice-2"]


def test_settings_are_checked_by_field(cast: Cast) -> None:
    changed = clinics.change_clinic(
        by=cast.otto, clinic=cast.harbor, corrected_age_until_months=36, phone=" 1 ", now=rls.now()
    )
    changed.refresh_from_db()
    assert (changed.corrected_age_until_months, changed.phone) == (36, "1")
    with pytest.raises(Forbidden):
        clinics.change_clinic(by=cast.tess, clinic=cast.harbor, phone="1", now=rls.now())
    for field, value in (
        ("corrected_age_until_months", 25),
        ("vaccination_wait_hours", -1),
        ("copm_notable_points", Decimal("0.4")),
        ("copm_notable_points", Decimal("5.01")),
        ("zone", "Harbor"),
        ("name", ""),
    ):
        with pytest.raises(Invalid) as refusal:
            clinics.change_clinic(by=cast.otto, clinic=cast.harbor, now=rls.now(), **{field: value})  # type: ignore[arg-type]
        assert refusal.value.field == field


# ---- staff ----------------------------------------------------------------------------------------------


def add(cast: Cast, **given: Any) -> ClinicMembership:
    fields = {"name": "Wren", "email": "wren@example.org", "roles": [Role.THERAPIST], **given}
    return staff.add_staff(by=cast.otto, clinic=cast.harbor, now=rls.now(), **fields)


def test_somebody_new_is_written_to_and_chooses_a_password(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        made = add(cast, credentials=["OTR/L", " "])
    assert made.credentials == ["OTR/L"]
    assert not made.user.has_usable_password()
    assert [message.to for message in outbox.outbox] == [["wren@example.org"]]


def test_somebody_with_an_account_keeps_it(cast: Cast, django_capture_on_commit_callbacks: Any) -> None:
    name = cast.fay.name
    with django_capture_on_commit_callbacks(execute=True):
        made = add(cast, email=planted_email("fay").upper(), name="Somebody Else")
    assert made.user == cast.fay
    assert made.user.name == name
    assert not outbox.outbox


def test_nobody_but_an_owner_adds_changes_or_ends_staff(cast: Cast) -> None:
    told: dict[str, Any] = {"by": cast.tess, "now": rls.now()}
    wren, theo = {"name": "Wren", "email": "wren@example.org"}, membership_of(cast, cast.theo)
    with pytest.raises(Forbidden):
        staff.add_staff(**told, **wren, clinic=cast.harbor, roles=[Role.OWNER])
    with pytest.raises(Forbidden):
        staff.change_staff(**told, membership=membership_of(cast, cast.tess), roles=[Role.OWNER])
    with pytest.raises(Forbidden):
        staff.set_placement(**told, membership=membership_of(cast, cast.asha), last_on=None)
    with pytest.raises(Forbidden):
        staff.end_staff(**told, membership=theo)
    added = staff.add_staff(**{**told, "by": cast.otto}, **wren, clinic=cast.harbor, roles=[Role.THERAPIST])
    staff.end_staff(**{**told, "by": cast.otto}, membership=added)


def test_nobody_works_twice_in_one_clinic(cast: Cast) -> None:
    with pytest.raises(staff.AlreadyStaff):
        add(cast, email=planted_email("tess"))


@pytest.mark.parametrize(("given", "field"), [({"roles": []}, "roles"), ({"email": ""}, "email")])
def test_a_place_needs_a_role_and_an_address(cast: Cast, given: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refusal:
        add(cast, **given)
    assert refusal.value.field == field


def test_the_last_owner_neither_leaves_nor_steps_down(cast: Cast) -> None:
    otto = membership_of(cast, cast.otto)
    with pytest.raises(staff.LastOwner):
        staff.end_staff(by=cast.otto, membership=otto, now=rls.now())
    with pytest.raises(staff.LastOwner):
        staff.change_staff(by=cast.otto, membership=otto, roles=[Role.OFFICE], now=rls.now())
    staff.change_staff(
        by=cast.otto,
        membership=membership_of(cast, cast.theo),
        roles=[Role.OWNER, Role.THERAPIST],
        now=rls.now(),
    )
    staff.change_staff(by=cast.otto, membership=otto, roles=[Role.OFFICE], now=rls.now())


def test_who_leaves_the_clinic_leaves_nothing_behind(cast: Cast) -> None:
    invited = invite(cast).invitation
    with rls.acting_as(cast.tess):
        caseload.hand_over(
            by=cast.tess,
            place=CareTeam.objects.active().get(child=cast.cleo, therapist=cast.tess),
            to=cast.theo,
            now=rls.now(),
        )
    with rls.acting_as(cast.otto):
        staff.end_staff(by=cast.otto, membership=membership_of(cast, cast.tess), now=rls.now())
    with rls.acting_as(cast.tess):
        assert not policy.may_view_child(cast.tess, cast.cleo)
    invited.refresh_from_db()
    assert invited.invited_by == cast.theo  # who took the child over answers for it
    assert not Invitation.objects.open().filter(invited_by=cast.tess).exists()
    assert not CareTeam.objects.active().filter(therapist=cast.tess).exists()


def test_a_supervisor_is_replaced_before_leaving_the_clinic(cast: Cast) -> None:
    with rls.acting_as(cast.otto), pytest.raises(caseload.StillSupervises):
        staff.end_staff(by=cast.otto, membership=membership_of(cast, cast.tess), now=rls.now())


def test_a_membership_that_ended_is_not_changed(cast: Cast) -> None:
    theo = membership_of(cast, cast.theo)
    with rls.acting_as(cast.otto):
        staff.end_staff(by=cast.otto, membership=theo, now=rls.now())
        with pytest.raises(staff.NotStaffAnyMore):
            staff.change_staff(by=cast.otto, membership=theo, roles=[Role.OWNER], now=rls.now())


def test_an_address_belongs_to_one_person_whatever_its_letters(cast: Cast) -> None:
    with pytest.raises(accounts.AddressInUse):
        accounts.make_account(name="Wren", email=planted_email("fay").upper(), password=None, now=rls.now())
    assert Clinic.objects.count() == 3
