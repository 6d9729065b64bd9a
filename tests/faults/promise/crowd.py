"""Many people, each with a reminder due: the rows that the fault table counts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from clinic import rls
from clinic.models import CaregiverGrant, Child, ChildHome, Clinic, Family, User
from clinic.vocabulary import GrantKind
from tests import database, factories
from tests.cast import Cast
from tests.tracking.reminding import TUESDAY, at, coming, keep, plan

CHILDREN = 4
"""Of each clinic; the people are shared out among them."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """`people` were added; the cast's own caregivers of these children are written to as well."""

    day: dt.date
    children: list[Child]
    people: list[User]


def a_crowd_is_due(cast: Cast, clock: database.Clock, *, people: int, wall: str = "18:30") -> Crowd:
    """So many caregivers, of children of two clinics, and at `wall` in New York all are to be written to."""
    day = coming(TUESDAY)
    with transaction.atomic():
        children: list[Child] = []
        crowd: list[User] = []
        for number, (child, family, by) in enumerate(
            ((cast.fern, cast.finns_home, cast.theo), (cast.cody, cast.danas_home, cast.tova))
        ):
            Family.objects.filter(pk=family.pk).update(zone="America/New_York")
            siblings = [child, *(factories.sibling(child, grants=[]) for _ in range(CHILDREN - 1))]
            for one in siblings[1:]:
                ChildHome.objects.create(clinic=family.clinic, child=one, family=family)
            for one in siblings:
                keep(factories.prescribed(one, by=by), now=at(day, "00:30"))
            crowd += _caregivers(family.clinic, siblings, family, people // 2, name=f"crowd{number}")
            children += siblings
        plan(at(day, "15:00"))
    clock.move_to(at(day, wall))
    return Crowd(day, children, crowd)


def _caregivers(
    clinic: Clinic, children: list[Child], family: Family, count: int, *, name: str
) -> list[User]:
    people = User.objects.bulk_create(
        [
            User(
                name=f"{name} {number}",
                email=f"{name}.{number}@example.org",
                email_verified_at=rls.now(),
                zone="America/New_York",
            )
            for number in range(count)
        ],
        batch_size=1000,
    )
    CaregiverGrant.objects.bulk_create(
        [
            CaregiverGrant(
                clinic=clinic,
                child=children[number % len(children)],
                family=family,
                user=person,
                kind=GrantKind.CAREGIVER,
                valid_from=rls.now(),
            )
            for number, person in enumerate(people)
        ],
        batch_size=1000,
    )
    return people
