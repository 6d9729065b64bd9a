"""What ends a wish to be reminded, between the plan and the message."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.db import transaction

from clinic import rls
from clinic.models import CaregiverGrant, Child
from tests import database
from tests.cast import Cast
from tests.faults.promise.crowd import Crowd
from tracking.models import HomeProgram, ProgramPause


def access_ends(cast: Cast, crowd: Crowd) -> None:
    CaregiverGrant.objects.filter(child__in=crowd.children).update(revoked_at=rls.now())


def child_in_hospital(cast: Cast, crowd: Crowd) -> None:
    Child.objects.filter(pk__in=[child.pk for child in crowd.children]).update(in_hospital_since=crowd.day)


def program_paused(cast: Cast, crowd: Crowd) -> None:
    ProgramPause.objects.bulk_create(
        ProgramPause(
            clinic_id=program.clinic_id,
            program=program,
            from_on=crowd.day,
            reason="ill",
            by=cast.finn,
            at=rls.now(),
        )
        for program in HomeProgram.objects.filter(child__in=crowd.children)
    )


CHANGES: dict[str, Callable[[Cast, Crowd], None]] = {
    "revoked": access_ends,
    "hospital": child_in_hospital,
    "paused": program_paused,
}
"""By the reason that deliveries are to end with."""


def change(reason: str, cast: Cast, crowd: Crowd, clock: database.Clock) -> None:
    """Let it happen to every child of the crowd, a minute before all are due."""
    clock.advance(seconds=-dt.timedelta(minutes=1).total_seconds())
    with rls.acting_as(system="seeding"), transaction.atomic():
        CHANGES[reason](cast, crowd)
    clock.advance(minutes=1)
