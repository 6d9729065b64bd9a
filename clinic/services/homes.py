"""Households, and which of them a child lives in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, TypedDict, Unpack

from django.db import transaction

from clinic import audit, policy
from clinic.errors import Conflict, Forbidden, Invalid
from clinic.homes import HomeDay
from clinic.localtime import local_day
from clinic.models import (
    CaregiverGrant,
    Child,
    ChildHome,
    ChildHomeException,
    ChildHomeWeek,
    Clinic,
    Family,
    RoutineTime,
    User,
)
from clinic.services import values
from clinic.vocabulary import AuditCode, HomeWord
from clinic.whereabouts import whereabouts

FURTHEST_SAID = dt.timedelta(days=366)
"""So far ahead a household may say where the child will be. Our own."""


class HomeAlreadyThere(Conflict):
    """The child lives in this household already."""

    code = "home_already_there"


class HomeStillNeeded(Conflict):
    """Somebody has access to the child through this household; `count` says how many people."""

    code = "home_still_needed"


class NotTheChildsHome(Invalid):
    """The child does not live in this household."""

    code = "not_the_childs_home"


class DayIsAnothers(Conflict):
    """Another home has this weekday: choose single days, or ask the care team."""

    code = "day_is_anothers"


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
    """A household of the clinic that no child lives in yet. Raises Invalid, naming the field, Forbidden."""
    if not policy.may_enter_clinic(by, clinic):
        raise Forbidden
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

    Raises NotYoursToChange (403) for a field that is the clinic's to change, Invalid naming the field,
    Forbidden.
    """
    if not policy.may_change_household(by, family):
        raise Forbidden
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
    """A household the child lives in on these weekdays (Monday is 0; none: every day), from today on.

    The first home is the child's from the beginning. Raises HomeAlreadyThere (409), Invalid for another
    clinic's household or a weekday that is none, Forbidden.
    """
    _demand(by, child)
    if family.clinic_id != child.clinic_id:
        raise Invalid(field="family", allowed="household_of_the_clinic")
    is_first = not ChildHome.objects.filter(child=child).exists()
    home, is_new = ChildHome.objects.get_or_create(
        child=child,
        family=family,
        defaults={
            "clinic_id": child.clinic_id,
            "weekdays": values.weekdays(weekdays),
            "from_on": None if is_first else local_day(now, child.clinic.zone),
        },
    )
    if not is_new:
        raise HomeAlreadyThere(field="family")
    _audit_homes(by, child, home, now)
    return home


@transaction.atomic
def change_weekdays(
    *,
    by: User,
    home: ChildHome,
    weekdays: list[int] | tuple[int, ...],
    from_on: dt.date | None = None,
    now: dt.datetime,
) -> ChildHomeWeek:
    """The home's week from a local day on, None: from today. Days that are past keep the week they had.

    Two homes may both have a day: the clinic knows, and asks nobody to choose. Raises Invalid for a weekday
    that is none and a first day that is past, Forbidden.
    """
    _demand(by, home.child)
    return _set_week(by, home, weekdays, from_on or local_day(now, home.child.clinic.zone), now)


@transaction.atomic
def change_own_week(
    *, by: User, home: ChildHome, weekdays: list[int] | tuple[int, ...], from_on: dt.date, now: dt.datetime
) -> ChildHomeWeek:
    """As `change_weekdays`, by a guardian of that household, of its own days alone.

    Any day may be given away, and one taken that no other home has named. Raises Forbidden for anybody else,
    DayIsAnothers (409), Invalid (400) for a week without a day.
    """
    if not policy.may_say_home_on(by, home.child, home.family):
        raise Forbidden
    days = set(values.weekdays(weekdays))
    if not days:
        raise Invalid(field="weekdays", allowed="at_least_one_day")
    in_force = whereabouts(home.child).weekdays(from_on)
    others = {day for family, named in in_force.items() if family != home.family_id for day in named}
    if (days - in_force.get(home.family_id, frozenset())) & others:
        raise DayIsAnothers(field="weekdays")
    return _set_week(by, home, sorted(days), from_on, now)


def _set_week(
    by: User, home: ChildHome, weekdays: list[int] | tuple[int, ...], from_on: dt.date, now: dt.datetime
) -> ChildHomeWeek:
    if from_on < local_day(now, home.child.clinic.zone):
        raise Invalid(field="from_on", allowed="not_before_today")
    week, _ = ChildHomeWeek.objects.update_or_create(
        home=home,
        from_on=from_on,
        defaults={"clinic_id": home.clinic_id, "weekdays": values.weekdays(weekdays)},
    )
    _audit_homes(by, home.child, week, now)
    return week


@transaction.atomic
def remove_home(*, by: User, home: ChildHome, now: dt.datetime) -> None:
    """The child lives there no more; what was logged there stays.

    Raises HomeStillNeeded (409) while anybody's access comes through the household: end it first; Forbidden.
    """
    _demand(by, home.child)
    count = CaregiverGrant.objects.valid().filter(child=home.child, family=home.family).count()
    if count:
        raise HomeStillNeeded(count=count)
    _audit_homes(by, home.child, home, now)
    home.delete()


@transaction.atomic
def set_home_on(
    *, by: User, child: Child, on: dt.date, family: Family | None, now: dt.datetime
) -> ChildHomeException | None:
    """The clinic's word where the child is on one day, which stands above all others; None takes it back.

    Raises Forbidden where `by` may not change homes, NotTheChildsHome (400) for a household the child does
    not live in.
    """
    _demand(by, child)
    if family is None:
        ChildHomeException.objects.filter(child=child, on=on, word=HomeWord.CLINIC).delete()
        _audit_homes(by, child, None, now)
        return None
    _must_be_home(child, family)
    said, _ = ChildHomeException.objects.update_or_create(
        child=child, on=on, word=HomeWord.CLINIC, defaults={"family": family, "clinic_id": child.clinic_id}
    )
    _audit_homes(by, child, said, now)
    return said


@transaction.atomic
def say_home_on(
    *, by: User, child: Child, family: Family, on: dt.date, is_here: bool | None, now: dt.datetime
) -> HomeDay:
    """A guardian's word of their own household: the child is here that day, or not; None takes it back.

    What other households said stays; the answer is where the child is that day by all that was said. Raises
    Forbidden for anybody but a guardian of that household, NotTheChildsHome, Invalid (field `on`) for a day
    that is past or lies more than a year ahead.
    """
    if not policy.may_say_home_on(by, child, family):
        raise Forbidden
    _must_be_home(child, family)
    today = local_day(now, family.zone)
    if on < today:
        raise Invalid(field="on", allowed="not_before_today")
    if on - today > FURTHEST_SAID:
        raise Invalid(field="on", allowed="within_days_of_today", most=FURTHEST_SAID.days)
    spoken: dict[str, Any] = {"child": child, "family": family, "on": on, "word": HomeWord.HOUSEHOLD}
    said = None
    if is_here is None:
        ChildHomeException.objects.filter(**spoken).delete()
    else:
        said, _ = ChildHomeException.objects.update_or_create(
            **spoken, defaults={"is_here": is_here, "clinic_id": child.clinic_id}
        )
    _audit_homes(by, child, said, now)
    return whereabouts(child, since=on).on(on)


def _demand(by: User, child: Child) -> None:
    if not policy.may_change_homes(by, child):
        raise Forbidden


def _must_be_home(child: Child, family: Family) -> None:
    if not ChildHome.objects.filter(child=child, family=family).exists():
        raise NotTheChildsHome(field="family")


def _audit_homes(
    by: User, child: Child, subject: ChildHome | ChildHomeWeek | ChildHomeException | None, now: dt.datetime
) -> None:
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
