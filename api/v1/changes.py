"""What changed since a device last asked: the change feed.

    GET /changes             where to begin, every child under `resync`: fetch their lists, keep the cursor
    GET /changes?cursor=…    what changed since, in order; `has_more`: ask again at once

A change of one thing carries what it is now, as its list would; a change of a list names it, and the list is
fetched again. Withdrawn things come without a body. Whatever a device may not see is left out.
"""

from __future__ import annotations

import base64
import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.pagination import PageQuery, seal, unseal
from api.resources import Resource
from api.v1 import bedtimes, messages, observations, sessions, stimulus_days
from api.v1.entries import EntryApi
from tracking.models.changes import ChangeKind
from tracking.readings import changes
from tracking.readings.changes import Cursor, SeenChange
from tracking.readings.entries import SeenEntry
from tracking.sync.bodies import EntryKind
from tracking.sync.changes import Position

LONGEST_CURSOR = 4000

ENTRIES: dict[EntryKind, EntryApi] = {
    api.kind: api
    for api in (
        sessions.SESSION,
        bedtimes.BEDTIME,
        observations.OBSERVATION,
        stimulus_days.STIMULUS_DAY,
    )
}


class ChangeQuery(PageQuery):
    """Where the device stands."""

    cursor = serializers.CharField(
        max_length=LONGEST_CURSOR, required=False, help_text="`cursor` of the answer before; absent: begin."
    )


class ChangeOut(serializers.Serializer[Any]):
    """One thing or list that changed."""

    child = serializers.UUIDField()
    kind = serializers.ChoiceField([str(kind) for kind in ChangeKind])
    id = serializers.UUIDField(allow_null=True, help_text="null: a list, to be fetched again.")
    revision = serializers.IntegerField(
        allow_null=True, help_text="Its number from 1, of an entry; null: a list."
    )
    is_withdrawn = serializers.BooleanField(help_text="It counts nowhere: show it no longer.")
    body = serializers.DictField(allow_null=True, help_text="What it is now, as its own address answers.")


class ChangesOut(serializers.Serializer[Any]):
    """Changes in the order in which they became true."""

    items = ChangeOut(many=True)
    cursor = serializers.CharField(help_text="Keep it once everything in this answer is stored.")
    has_more = serializers.BooleanField(help_text="Ask again at once.")
    resync = serializers.ListField(
        child=serializers.UUIDField(),
        help_text="Children whose lists are to be fetched anew: what you may see of them is another.",
    )
    gone = serializers.ListField(
        child=serializers.UUIDField(), help_text="Children you see no longer: forget everything of them."
    )


class Changes(Resource):
    """The feed."""

    query = ChangeQuery
    may_answer = ("409", "410")

    @extend_schema(operation_id="list_changes", parameters=[ChangeQuery], responses=ChangesOut, tags=["sync"])
    def get(self, request: Request) -> Response:  # noqa: ARG002  # DRF's signature
        """Of all children you care for or treat. 410 `feed_renewed`: forget the cursor, which holds for 90
        days, and begin again.
        """
        asked = self.ask()
        about = f"{self.by.pk} changes"
        since = _opened(unseal(asked["cursor"], about=about)) if "cursor" in asked else None
        page = changes.page_of_changes(self.by, since=since, limit=asked["limit"], now=self.now)
        return Response(
            {
                "items": [_answer(one) for one in page.changes],
                "cursor": seal(_closed(page.cursor), about=about),
                "has_more": page.has_more,
                "resync": page.resync,
                "gone": page.gone,
            }
        )


def _answer(change: SeenChange) -> dict[str, Any]:
    body: dict[str, Any] | None = None
    if isinstance(change.body, SeenEntry):
        body = ENTRIES[change.body.kind].answer(change.body)
    elif change.body is not None:
        body = messages.answer(change.body)
    return {
        "child": change.child_id,
        "kind": change.kind,
        "id": change.thing,
        "revision": change.revision,
        "is_withdrawn": change.is_withdrawn,
        "body": body,
    }


ID_BYTES, VERSION_BYTES = 16, 4


def _closed(cursor: Cursor) -> list[Any]:
    """A cursor as it is sealed, short enough for an address."""
    access = b"".join(one.bytes + bytes.fromhex(version) for one, version in cursor.access.items())
    position = cursor.position
    return [
        cursor.epoch.hex,
        str(position.written_in),
        str(position.place),
        base64.b64encode(access).decode(),
    ]


def _opened(sealed: list[Any]) -> Cursor:
    epoch, written_in, place, access = sealed
    raw, step = base64.b64decode(access), ID_BYTES + VERSION_BYTES
    parts = [raw[at : at + step] for at in range(0, len(raw), step)]
    return Cursor(
        uuid.UUID(epoch),
        Position(int(written_in), int(place)),
        {uuid.UUID(bytes=one[:ID_BYTES]): one[ID_BYTES:].hex() for one in parts},
    )
