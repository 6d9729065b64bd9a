"""Creating clinics (the first with its owner, further ones by an operator) and changing their settings."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TypedDict, Unpack

from django.db import connection, transaction
from django.utils.text import slugify

from clinic import access, audit, policy, rls
from clinic.ages import CORRECT_UNTIL_MONTHS
from clinic.errors import Conflict, Invalid
from clinic.models import Clinic, ClinicMembership, User
from clinic.models.clinics import COPM_NOTABLE_POINTS
from clinic.services import accounts, values
from clinic.vocabulary import AuditCode, Role

FIRST_RUN_LOCK = 5_510_319
"""A number of our own among PostgreSQL's advisory locks."""


class AlreadySetUp(Conflict):
    """There is a clinic here already; its owner adds further people."""

    code = "already_set_up"


def is_first_run() -> bool:
    """Whether nobody has set anything up yet."""
    with rls.helped_by("setup"):
        return not Clinic.objects.exists()


@rls.helped_by("setup")
@transaction.atomic
def create_first_clinic(
    *,
    clinic_name: str,
    zone: str,
    name: str,
    email: str,
    password: str,
    now: dt.datetime,
    locale: str = "en",
    is_therapist: bool = True,
) -> tuple[Clinic, User]:
    """The first clinic, and its owner with an account; commonly the owner treats, too.

    Raises AlreadySetUp (409) once there is any clinic, Invalid or PasswordTooWeak (400), naming the field.
    """
    with connection.cursor() as cursor:
        # Two people finishing the first page at once: the second finds a clinic.
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [FIRST_RUN_LOCK])
    if not is_first_run():
        raise AlreadySetUp
    if values.email(email) is None:
        raise Invalid(field="email", allowed="not_empty")
    owner = accounts.make_account(name=name, email=email, password=password, locale=locale, now=now)
    clinic = create_clinic(by=owner, name=clinic_name, zone=zone, locale=locale, now=now)
    membership = ClinicMembership.objects.create(
        clinic=clinic,
        user=owner,
        roles=[str(Role.OWNER), *([str(Role.THERAPIST)] if is_therapist else [])],
        started_at=now,
    )
    audit.record(AuditCode.ADDED_STAFF, by=owner, now=now, clinic_id=clinic.pk, subject=membership)
    accounts.ask_whether_address_is_read(by=owner)
    return clinic, owner


@rls.helped_by("setup")
@transaction.atomic
def create_clinic(*, by: User | None, name: str, zone: str, now: dt.datetime, locale: str = "en") -> Clinic:
    """A clinic in which nobody works yet, under an address made of its name. Raises Invalid."""
    name = values.words(name, "clinic_name", longest=200, is_needed=True)
    clinic = Clinic.objects.create(
        name=name,
        slug=_free_slug(name),
        zone=values.zone(zone),
        locale=values.words(locale, "locale", longest=16, is_needed=True),
        created_at=now,
    )
    audit.record(AuditCode.CREATED_CLINIC, by=by, now=now, clinic_id=clinic.pk)
    return clinic


class ClinicChanges(TypedDict, total=False):
    """What an owner may change of a clinic; what is left out stays."""

    name: str
    zone: str
    locale: str
    address: str
    phone: str
    emergency_number: str
    corrected_age_until_months: int
    vaccination_wait_hours: int
    copm_notable_points: Decimal
    staff_must_use_mfa: bool


@transaction.atomic
def change_clinic(*, by: User, clinic: Clinic, now: dt.datetime, **changes: Unpack[ClinicChanges]) -> Clinic:
    """The clinic with what is given changed; its address on the web stays. Raises Invalid, Forbidden."""
    access.demand(policy.may_change_clinic, by, clinic)
    if "name" in changes:
        clinic.name = values.words(changes["name"], "name", longest=200, is_needed=True)
    if "zone" in changes:
        clinic.zone = values.zone(changes["zone"])
    if "locale" in changes:
        clinic.locale = values.words(changes["locale"], "locale", longest=16, is_needed=True)
    if "address" in changes:
        clinic.address = values.words(changes["address"], "address", longest=values.LONGEST_ADDRESS)
    if "phone" in changes:
        clinic.phone = values.words(changes["phone"], "phone", longest=40)
    if "emergency_number" in changes:
        clinic.emergency_number = values.words(changes["emergency_number"], "emergency_number", longest=20)
    if "corrected_age_until_months" in changes:
        months = changes["corrected_age_until_months"]
        if months not in CORRECT_UNTIL_MONTHS:
            raise Invalid(field="corrected_age_until_months", allowed=list(CORRECT_UNTIL_MONTHS))
        clinic.corrected_age_until_months = months
    if "vaccination_wait_hours" in changes:
        clinic.vaccination_wait_hours = values.number(
            changes["vaccination_wait_hours"], "vaccination_wait_hours", least=0, most=14 * 24
        )
    if "copm_notable_points" in changes:
        least, most = COPM_NOTABLE_POINTS
        clinic.copm_notable_points = values.number(
            changes["copm_notable_points"], "copm_notable_points", least=least, most=most
        )
    if "staff_must_use_mfa" in changes:
        clinic.staff_must_use_mfa = changes["staff_must_use_mfa"]
    clinic.save(update_fields=list(changes))
    audit.record(AuditCode.CHANGED_CLINIC, by=by, now=now, clinic_id=clinic.pk)
    return clinic


def _free_slug(name: str) -> str:
    slug = slugify(name)[:50].strip("-") or "clinic"
    taken = set(Clinic.objects.filter(slug__startswith=slug).values_list("slug", flat=True))
    candidates = (slug, *(f"{slug}-{number}" for number in range(2, len(taken) + 3)))
    return next(candidate for candidate in candidates if candidate not in taken)
