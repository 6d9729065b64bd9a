"""What the tests of channels share: people with browsers that take pushes."""

from __future__ import annotations

import dataclasses

from clinic import rls
from clinic.models import User
from tests import outside
from tests.outside import PushService
from tracking.models import PushSubscription
from tracking.models.reaching import Browser


def subscribed(user: User, service: PushService) -> outside.Browser:
    """A new browser of somebody's that takes pushes."""
    browser = service.subscribe()
    told = browser.told()
    row = PushSubscription(user=user, provider="127.0.0.1", made_at=rls.now())
    row.keep(Browser(told["endpoint"], **told["keys"]))
    row.save()
    return browser


def move(user: User, endpoint: str) -> None:
    """Let somebody's one browser be reached at another address."""
    row = PushSubscription.objects.get(user=user)
    row.keep(dataclasses.replace(row.browser, endpoint=endpoint))
    row.save()
