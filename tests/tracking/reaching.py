"""What the tests of channels share: people with browsers, numbers and wishes."""

from __future__ import annotations

import dataclasses
from typing import Any

from django.db import transaction

from clinic import rls
from clinic.models import User
from tests import outside
from tests.outside import PushService
from tracking.models import PhoneNumber, PushSubscription, ReachWishes
from tracking.models.reaching import Browser


@transaction.atomic
def subscribed(user: User, service: PushService) -> outside.Browser:
    """A new browser of somebody's that takes pushes."""
    browser = service.subscribe()
    told = browser.told()
    row = PushSubscription(user=user, provider="127.0.0.1", made_at=rls.now())
    row.keep(Browser(told["endpoint"], **told["keys"]))
    row.save()
    return browser


@transaction.atomic
def move(user: User, endpoint: str) -> None:
    """Let somebody's one browser be reached at another address."""
    row = PushSubscription.objects.get(user=user)
    row.keep(dataclasses.replace(row.browser, endpoint=endpoint))
    row.save()


@transaction.atomic
def numbered(user: User, number: str, *, is_verified: bool = True) -> PhoneNumber:
    """Somebody's number."""
    return PhoneNumber.objects.create(
        user=user, number=number, verified_at=rls.now() if is_verified else None
    )


@transaction.atomic
def say(user: User, **wishes: Any) -> ReachWishes:
    """What somebody wishes; what is left out is as it is without."""
    return ReachWishes.objects.update_or_create(user=user, defaults={"updated_at": rls.now(), **wishes})[0]
