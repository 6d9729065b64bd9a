"""Removing the remains of ended sign-ins: sessions, devices, app tokens.

They open nothing any more, but would show for how long who was signed in on which device. Runs as the job
`rls.SIGNING_IN`, to which these tables are open.
"""

from __future__ import annotations

from typing import Any

from allauth.idp.oidc.models import Token
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Exists, OuterRef

from clinic.rls import Now

REMOVED_AT_ONCE = 500


@transaction.atomic
def remove_some(*, limit: int = REMOVED_AT_ONCE) -> int:
    """How many rows were removed, `limit` of each kind at most. What is gone already is as good."""
    living = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=Now())
    return sum(
        _remove(rows, limit)
        for rows in (
            Session.objects.filter(expire_date__lte=Now()),
            UserSession.objects.exclude(Exists(living)),
            Token.objects.filter(expires_at__lte=Now()),
        )
    )


def _remove(rows: Any, limit: int) -> int:
    going = list(rows.order_by("pk").values_list("pk", flat=True)[:limit])
    rows.filter(pk__in=going).delete()
    return len(going)
