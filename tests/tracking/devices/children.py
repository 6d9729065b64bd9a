"""The children of an evening, and the programs they are given."""

from __future__ import annotations

import copy
import datetime as dt

from django.db import transaction

from clinic import rls
from clinic.localtime import local_day
from clinic.models import CaregiverGrant, CareTeam, Child, User
from clinic.models.clinics import new_id
from clinic.vocabulary import CareTeamKind
from tests import database, factories
from tests.cast import Cast
from tests.tracking.records import publish_program
from tracking.models import HomeProgram, ProgramVersion

DAYS = 20
"""How far back entries reach, and figures look."""


def a_child(cast: Cast, *grants: CaregiverGrant) -> Child:
    """A child of Tess's with guardians who have such grants."""
    with rls.acting_as(system="seeding"), transaction.atomic():
        child = factories.sibling(cast.cleo, grants=copy.deepcopy(grants))
        CareTeam.objects.create(
            clinic=child.clinic, child=child, therapist=cast.tess, kind=CareTeamKind.LEAD, from_at=rls.now()
        )
    return child


def give_access(child: Child, like: CaregiverGrant) -> None:
    """From now on, to the person and of the kind of another grant."""
    with rls.acting_as(system="seeding"), transaction.atomic():
        grant = copy.copy(like)
        grant.pk, grant.child, grant.valid_from = new_id(), child, rls.now()
        grant.save(force_insert=True)


def take_out_of_sight(*children: Child) -> None:
    """Or the phones of every evening would have to fetch the children of all evenings before."""
    with database.as_owner() as cursor:
        for table in ("tracking_quarantinedentry", "clinic_caregivergrant", "clinic_careteam"):
            cursor.execute(
                f"DELETE FROM {table} WHERE child_id = ANY(%s)", [[child.pk for child in children]]
            )


def a_program(child: Child, by: User) -> HomeProgram:
    """One that has run for as long as entries reach back."""
    with rls.acting_as(by, system="seeding"), transaction.atomic():
        today = local_day(rls.now(), child.clinic.zone)
        return publish_program(child, by, starts_on=today - dt.timedelta(days=DAYS))


def next_version(program: HomeProgram, by: User, now: dt.datetime) -> ProgramVersion:
    """One that asks for a minute more, from today on."""
    before = program.versions.latest("number")
    today = local_day(now, program.clinic.zone)
    version = ProgramVersion.objects.create(
        clinic_id=program.clinic_id,
        program=program,
        number=before.number + 1,
        starts_on=before.starts_on,
        effective_on=today,
        drafted_by=by,
        drafted_at=now,
    )
    for schedule in before.schedules.all():
        slots = list(schedule.slots.all())
        schedule.pk, schedule.version, schedule.minutes = new_id(), version, schedule.minutes + 1
        schedule.save(force_insert=True)
        for slot in slots:
            slot.pk, slot.version, slot.schedule = new_id(), version, schedule
            slot.save(force_insert=True)
    ProgramVersion.objects.filter(pk=version.pk).update(published_at=now, published_by=by)
    HomeProgram.objects.filter(pk=program.pk).update(current_version=version)
    return version
