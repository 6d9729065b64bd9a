"""The one door: a row out of sight is not found, a row in sight may still be forbidden."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from clinic.errors import Forbidden, Unseen
from clinic.models import User


def fetch(queryset: Any, user: User, *, may: Callable[[User, Any], bool] | None = None, **lookup: Any) -> Any:
    """The row that `lookup` names, if `user` may see it.

    `queryset` is a manager or queryset with `visible_to`. Raises `Unseen` when there is no such row in
    sight (also for an id that is no id), `Forbidden` when `may` says no to a row in sight.
    """
    for key in ("pk", "id"):
        if key in lookup and not isinstance(lookup[key], uuid.UUID):
            try:
                lookup[key] = uuid.UUID(str(lookup[key]))
            except ValueError:
                raise Unseen from None
    row = queryset.visible_to(user).filter(**lookup).first()
    if row is None:
        raise Unseen
    if may is not None:
        demand(may, user, row)
    return row


def demand(may: Callable[[User, Any], bool], user: User, row: Any) -> None:
    """Raise `Forbidden` unless `may` says yes to a row that is in sight already."""
    if not may(user, row):
        refusal = Forbidden()
        refusal.about = row
        raise refusal
