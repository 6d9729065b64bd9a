"""Households, and which of them a child sleeps in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TypedDict, Unpack

from django.db import transaction

from clinic import audit
from clinic.errors import Conflict, Forbidden, Invalid
from clinic.models import (
    CaregiverGrant,
    Child,
    ChildHome,
    ChildHomeException,
    Clinic,
    Family,
    RoutineTime,
    User,
)
from clinic.services import values
from clinic.vocabulary import AuditCode


class HomeAlreadyThere(Conflict):
    """The child lives in this household already."""

    code = "home_already_there"


class HomeStillNeeded(Conflict):
    """Somebody's access to the child comes through this household; `count` says how many people's."""

    code = "home_still_needed"


class NotTheChildsHome(Invalid):
    """The child does not live in this household."""

    code = "not_the_childs_home"


class NotYoursToChange(Forbidden):
    """This person may change something here, but not what `field` names."""

    code = "not_yours_to_change"


@dataclass(frozen=True, slots=True)
class NewHome:
    """A household to be written. `name` is what staff call it; empty `zone` and `locale`: the clinic's."""

    name: str
    zone: str = ""
    locale: str = ""
    phone: str = ""
    contact_email: str = ""
    address: str = ""


class HouseholdChanges(TypedDict, total=False):
    """What may be changed of a household; what is left out stays."""

    name: str
    zone: str
    locale: str
    phone: str
    contact_email: str
    address: str


GUARDIANS_CHANGE = frozenset({"zone", "locale"})
"""What a guardian changes of their own household: what reminders go by. Contact data are the clinic's."""


@transaction.atomic
def add_household(*, by: User, clinic: Clinic, home: NewHome, now: dt.datetime) -> Family:
    """A household of the clinic that no child lives in yet. Raises Invalid, naming the field."""
    family = Family.objects.create(
        clinic=clinic,
        name=values.words(home.name, "name", longest=200, is_needed=True),
        zone=values.zone(home.zone or clinic.zone),
        locale=values.words(home.locale or clinic.locale, "locale", longest=16),
        phone=values.words(home.phone, "phone", longest=40),
        contact_email=values.email(home.contact_email, "contact_email") or "",
        address=values.words(home.address, "address", longest=values.LONGEST_ADDRESS),
        created_at=now,
    )
    audit.record(AuditCode.CHANGED_HOUSEHOLD, by=by, now=now, clinic_id=clinic.pk, subject=family)
    return family


@transaction.atomic
def change_household(
    *, by: User, family: Family, now: dt.datetime, **changes: Unpack[HouseholdChanges]
) -> Family:
    """The household with what is given changed: by staff all of it, by its guardian the zone and language.

    Raises NotYoursToChange (403) for a field that is the clinic's to change, Invalid naming the field.
    """
    foreign = sorted(set(changes) - GUARDIANS_CHANGE)
    if foreign and not Family.objects.seen_by_staff(by).filter(pk=family.pk).exists():
        raise NotYoursToChange(field=foreign[0])
    if "name" in changes:
        family.name = values.words(changes["name"], "name", longest=200, is_needed=True)
    if "zone" in changes:
        family.zone = values.zone(changes["zone"])
    if "locale" in changes:
        family.locale = values.words(changes["locale"], "locale", longest=16, is_needed=True)
    if "phone" in changes:
        family.phone = values.words(changes["phone"], "phone", longest=40)
    if "contact_email" in changes:
        family.contact_email = values.email(changes["contact_email"], "contact_email") or ""
    if "address" in changes:
        family.address = values.words(changes["address"], "address", longest=values.LONGEST_ADDRESS)
    family.save(update_fields=list(changes))
    audit.record(AuditCode.CHANGED_HOUSEHOLD, by=by, now=now, clinic_id=family.clinic_id, subject=family)
    return family


# ---- where a child sleeps -------------------------------------------------------------------------------


@transaction.atomic
def add_home(
    *, by: User, child: Child, family: Family, weekdays: list[int] | tuple[int, ...] = (), now: dt.datetime
) -> ChildHome:
    """A household the child lives in on these weekdays (Monday is 0; none: every day).

    Raises HomeAlreadyThere (409), Invalid for another clinic's household or a weekday that is none.
    """
    if family.clinic_id != child.clinic_id:
        raise Invalid(field="family", allowed="household_of_the_clinic")
    days = values.weekdays(weekdays)
    home, is_new = ChildHome.objects.get_or_create(
        child=child, family=family, defaults={"clinic_id": child.clinic_id, "weekdays": days}
    )
    if not is_new:
        raise HomeAlreadyThere(field="family")
    _audit_homes(by, child, home, now)
    return home


@transaction.atomic
def change_weekdays(
    *, by: User, home: ChildHome, weekdays: list[int] | tuple[int, ...], now: dt.datetime
) -> ChildHome:
    """The home with other usual weekdays. Two homes may both have a day: the record asks nobody to choose."""
    home.weekdays = values.weekdays(weekdays)
    home.save(update_fields=["weekdays"])
    _audit_homes(by, home.child, home, now)
    return home


@transaction.atomic
def remove_home(*, by: User, home: ChildHome, now: dt.datetime) -> None:
    """The child lives there no more; what was logged there stays.

    Raises HomeStillNeeded (409) while anybody's access comes through the household: end it first.
    """
    count = CaregiverGrant.objects.valid().filter(child=home.child, family=home.family).count()
    if count:
        raise HomeStillNeeded(count=count)
    _audit_homes(by, home.child, home, now)
    home.delete()


@transaction.atomic
def set_home_on(
    *, by: User, child: Child, on: dt.date, family: Family | None, now: dt.datetime
) -> ChildHomeException | None:
    """One day spent at another home than the week says; None takes that back.

    Raises NotTheChildsHome (400) for a household the child does not live in.
    """
    if family is None:
        ChildHomeException.objects.filter(child=child, on=on).delete()
        audit.record(AuditCode.CHANGED_HOMES, by=by, now=now, clinic_id=child.clinic_id, child=child)
        return None
    if not ChildHome.objects.filter(child=child, family=family).exists():
        raise NotTheChildsHome(field="family")
    exception, _ = ChildHomeException.objects.update_or_create(
        child=child, on=on, defaults={"family": family, "clinic_id": child.clinic_id}
    )
    _audit_homes(by, child, exception, now)
    return exception


def _audit_homes(by: User, child: Child, subject: ChildHome | ChildHomeException, now: dt.datetime) -> None:
    audit.record(
        AuditCode.CHANGED_HOMES, by=by, now=now, clinic_id=child.clinic_id, child=child, subject=subject
    )


# ---- routines -------------------------------------------------------------------------------------------


@transaction.atomic
def set_routine_time(
    *, by: User, family: Family, anchor: str, at: dt.time | None, now: dt.datetime
) -> RoutineTime | None:
    """When the household usually does this part of its day, wall time of its zone; None: no usual time.

    `anchor` is a code of the record's routines, which the caller knows. Raises Invalid where it is no code.
    """
    if not anchor.isidentifier() or len(anchor) > 40:
        raise Invalid(field="anchor", allowed="code")
    if at is None:
        RoutineTime.objects.filter(family=family, anchor=anchor).delete()
        time = None
    else:
        time, _ = RoutineTime.objects.update_or_create(
            family=family,
            anchor=anchor,
            defaults={"at": at.replace(tzinfo=None), "clinic_id": family.clinic_id},
        )
    audit.record(
        AuditCode.CHANGED_ROUTINE, by=by, now=now, clinic_id=family.clinic_id, subject=family, detail=anchor
    )
    return time
