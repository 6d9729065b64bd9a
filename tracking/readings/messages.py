"""A child's thread as a reader may see it, and how much of it is unread."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery

from clinic.models import Child, User
from tracking.models import Message, ThreadRead
from tracking.models.notes import MessageQuerySet
from tracking.readings.sight import AuthorRole, Byline, ShownAs, Sight, sight_of

COLUMNS = (
    "id",
    "client_id",
    "author_id",
    "author__name",
    "is_from_staff",
    "body",
    "language",
    "about_entry",
    "sent_at",
)


@dataclass(frozen=True, slots=True)
class SeenMessage:
    """One message. `about_entry` is the client id of the entry it answers, None where it answers none."""

    client_id: uuid.UUID
    by: Byline
    is_mine: bool
    is_from_staff: bool
    body: str
    language: str
    about_entry: uuid.UUID | None
    sent_at: dt.datetime
    is_unread: bool


@dataclass(frozen=True, slots=True)
class Thread:
    """Messages oldest first, and where the ones before begin: (sent at, row id), None at the beginning."""

    messages: tuple[SeenMessage, ...]
    before: tuple[dt.datetime, uuid.UUID] | None
    unread_count: int


def thread(
    user: User,
    child: Child,
    *,
    before: tuple[dt.datetime, uuid.UUID] | None = None,
    limit: int = 50,
) -> Thread:
    """The latest messages of a child's thread, or those before a place in it; five statements.

    Guardians are shown to one another as the child's sharing mode says, the care team by name.
    """
    sight = sight_of(user, child)
    rows = Message.objects.visible_to(user).filter(child=child)
    if before is not None:
        sent_at, row_id = before
        rows = rows.filter(sent_at__lte=sent_at).exclude(sent_at=sent_at, id__gte=row_id)
    taken = list(rows.order_by("-sent_at", "-id").values(*COLUMNS)[: limit + 1])
    shown = taken[:limit]
    read_until = (
        ThreadRead.objects.filter(child=child, user=user).values_list("read_until", flat=True).first()
    )
    return Thread(
        messages=tuple(_seen(row, sight, user, read_until) for row in reversed(shown)),
        before=(shown[-1]["sent_at"], shown[-1]["id"]) if len(taken) > limit else None,
        unread_count=unread_count(user, child),
    )


def messages_named(
    user: User, sights: Mapping[uuid.UUID, Sight], things: Iterable[uuid.UUID]
) -> dict[tuple[uuid.UUID, uuid.UUID], SeenMessage]:
    """Messages of several children by (child, id), those in sight; two statements."""
    rows = Message.objects.visible_to(user).filter(child__in=sights, client_id__in=things)
    read = dict(ThreadRead.objects.filter(user=user, child__in=sights).values_list("child_id", "read_until"))
    return {
        (row["child_id"], row["client_id"]): _seen(
            row, sights[row["child_id"]], user, read.get(row["child_id"])
        )
        for row in rows.order_by("id").values("child_id", *COLUMNS)
    }


def _seen(row: Mapping[str, Any], sight: Sight, user: User, read_until: dt.datetime | None) -> SeenMessage:
    return SeenMessage(
        client_id=row["client_id"],
        by=sight.byline(reported_by_id=row["author_id"], name=row["author__name"], is_letter=True),
        is_mine=row["author_id"] == user.pk,
        is_from_staff=row["is_from_staff"],
        body=row["body"],
        language=row["language"],
        about_entry=row["about_entry"],
        sent_at=row["sent_at"],
        is_unread=row["author_id"] != user.pk and (read_until is None or row["sent_at"] > read_until),
    )


def own_message(message: Message) -> SeenMessage:
    """A message as its author sees it."""
    role = AuthorRole.CARE_TEAM if message.is_from_staff else AuthorRole.GUARDIAN
    return SeenMessage(
        client_id=message.client_id,
        by=Byline(ShownAs.YOU, role, message.author.name),
        is_mine=True,
        is_from_staff=message.is_from_staff,
        body=message.body,
        language=message.language,
        about_entry=message.about_entry,
        sent_at=message.sent_at,
        is_unread=False,
    )


def unread_count(user: User, child: Child) -> int:
    """Messages of others in the child's thread that `user` has not read; one statement."""
    return unread_counts(user, [child.pk]).get(child.pk, 0)


def unread_counts(user: User, child_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, int]:
    """Unread messages by child, for those that have any; one statement for any number of children."""
    rows = _unread(user).filter(child__in=list(child_ids))
    counted = rows.values("child_id").annotate(count=Count("id")).order_by("child_id")
    return {row["child_id"]: row["count"] for row in counted}


def unread_of(user: User, child: OuterRef) -> QuerySet[Any, Any]:
    """How many messages of an outer query's child `user` has not read: for a Subquery, NULL for none."""
    rows = _unread(user).filter(child=child).order_by().values("child")
    return rows.annotate(count=Count("id")).values("count")


def _unread(user: User) -> MessageQuerySet:
    """Messages of others that `user` may see and has not read."""
    read_until = ThreadRead.objects.filter(user=user, child=OuterRef("child")).values("read_until")[:1]
    rows: MessageQuerySet = (
        Message.objects.visible_to(user)
        .exclude(author=user)
        .annotate(read_until=Subquery(read_until))
        .filter(Q(read_until__isnull=True) | Q(sent_at__gt=F("read_until")))
    )
    return rows
