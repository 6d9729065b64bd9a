"""The one way to fetch a row: out of sight is 404, in sight but forbidden is 403."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from clinic.errors import Forbidden, Unseen
from clinic.models import Child, User
from clinic.policy import Places, places_at, with_places
from clinic.prepared import Prepared


def fetch(queryset: Any, user: User, *, may: Callable[[User, Any], bool] | None = None, **lookup: Any) -> Any:
    """The row that `lookup` finds, if `user` may see it.

    `queryset` is a manager or queryset with `visible_to`. Raises `Unseen` if `user` sees no such row (also if
    the id is malformed), `Forbidden` if they see it but `may` refuses.
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


def fetch_child(user: User, pk: uuid.UUID) -> tuple[Child, Places]:
    """A child with its clinic, and what `user` is to it; one statement. Raises `Unseen` as `fetch` does."""
    found = _seen_children(user=user.pk, child=pk)
    if not found:
        raise Unseen
    return found[0], places_at(found[0], user)


def _seen(user: uuid.UUID, child: uuid.UUID) -> QuerySet[Child]:
    asker = User(pk=user)
    seen = Child.objects.visible_to(asker).filter(pk=child)
    return with_places(seen.select_related("clinic"), asker)


_seen_children = Prepared(_seen)


def demand(may: Callable[[User, Any], bool], user: User, row: Any) -> None:
    """Raise `Forbidden` unless `may` allows it; for a row that `user` is known to see."""
    if not may(user, row):
        refusal = Forbidden()
        refusal.about = row
        raise refusal
