"""Locks on the entries of a child, so that two writes at once see each other."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.db import connection, transaction

from clinic.models import Child, User


def one_at_a_time(child: Child) -> None:
    """Let one write at a time through for a child, until its transaction ends.

    Two caregivers who log the same massage at once would otherwise not see each other's.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"entries of {child.pk}"])


@transaction.atomic
def one_batch_at_a_time(*, by: User, children: Iterable[uuid.UUID]) -> None:
    """Let one writer at a time through for all the children of a batch that `by` sees, in one order.

    Two batches that took twins one after the other, each the other's first, would wait for each other.
    """
    seen = Child.objects.visible_to(by).filter(pk__in=set(children)).order_by("pk")
    keys = [f"entries of {pk}" for pk in seen.values_list("pk", flat=True)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(key, 0))"
            " FROM unnest(%s::text[]) WITH ORDINALITY AS named(key, place) ORDER BY place",
            [keys],
        )
