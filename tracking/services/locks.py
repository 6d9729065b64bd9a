"""Locks on the entries of a child, so that two writes at once see each other."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.db import connection, transaction

from clinic.models import Child, User


def one_at_a_time(child: Child) -> None:
    """Allow one write at a time for a child, until its transaction ends.

    Otherwise two caregivers who log the same massage at once would not see each other's entry.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"entries of {child.pk}"])


@transaction.atomic
def one_batch_at_a_time(*, by: User, children: Iterable[uuid.UUID]) -> None:
    """Allow one write at a time for all children of a batch that `by` sees, locking them in a fixed order.

    Otherwise two batches about twins could deadlock, each holding the other's next child.
    """
    seen = Child.objects.visible_to(by).filter(pk__in=set(children)).order_by("pk")
    keys = [f"entries of {pk}" for pk in seen.values_list("pk", flat=True)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(key, 0))"
            " FROM unnest(%s::text[]) WITH ORDINALITY AS named(key, place) ORDER BY place",
            [keys],
        )
