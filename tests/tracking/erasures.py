"""Erasing in tests: asked, confirmed and carried out, without the wait."""

from __future__ import annotations

import datetime as dt
import uuid

from clinic import jobs, rls
from clinic.models import Clinic, User
from tracking.models import Erasure
from tracking.services import erasing
from tracking.vocabulary.erasure import ErasureBecause, ErasureOf


def due_erasure(
    clinic: Clinic, subject: ErasureOf, subject_id: uuid.UUID, *, by: User, confirmed_by: User
) -> Erasure:
    """An erasure whose wait is over."""
    with rls.acting_as(system="seeding"):
        long_ago = rls.now() - dt.timedelta(days=30)
        return Erasure.objects.create(
            clinic=clinic,
            subject=subject,
            subject_id=subject_id,
            because=ErasureBecause.GUARDIAN_ASKED,
            asked_by=by,
            asked_at=long_ago,
            confirmed_by=confirmed_by,
            confirmed_at=long_ago,
            due_at=long_ago + dt.timedelta(days=7),
        )


def carry_out() -> list[Erasure]:
    """What the worker does: every erasure that is due, then their files."""
    done = []
    while True:
        with jobs.as_system(rls.ERASING) as now:
            erasure = erasing.carry_out_next(now=now)
        if erasure is None:
            break
        done.append(erasure)
    while True:
        with jobs.as_system(rls.ERASING):
            if not erasing.remove_files(limit=50):
                return done
