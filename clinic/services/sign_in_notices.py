"""Telling people about sign-in codes that were given for their account."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from clinic import rls
from clinic.models import SignInCode, User

TOLD_FOR = dt.timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Notice:
    """Who gave a code, of which clinic, when, and when it was used; None: not yet."""

    given_by: str
    clinic_name: str
    given_at: dt.datetime
    used_at: dt.datetime | None


@rls.helped_by("invitations")
def notices_of(user: User, *, now: dt.datetime) -> list[Notice]:
    """Codes given for somebody within the last month, the latest first; one statement."""
    rows = SignInCode.objects.filter(user=user, given_at__gt=now - TOLD_FOR)
    return [
        Notice(row.given_by.name, row.clinic.name, row.given_at, row.used_at)
        for row in rows.select_related("given_by", "clinic").order_by("-given_at", "-id")
    ]
