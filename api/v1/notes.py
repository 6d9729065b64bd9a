"""Notes the care team shares with a child's guardians."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.pagination import PageQuery, page_of, seal, unseal
from api.resources import Resource
from api.v1.entries import ByOut, byline
from clinic.errors import Unseen
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.readings import notes
from tracking.readings.notes import SeenNote


class NoteOut(serializers.Serializer[Any]):
    """A note of the care team."""

    id = serializers.UUIDField()
    by = ByOut()
    body = serializers.CharField()
    language = serializers.CharField(allow_blank=True, help_text="Of the words; empty: not known.")
    is_private = serializers.BooleanField(help_text="Only ever your own.")
    about_entry = serializers.UUIDField(allow_null=True, help_text="The id of the entry it remarks on.")
    about_contact = serializers.UUIDField(allow_null=True, help_text="The visit it is about.")
    written_at = serializers.DateTimeField()


class Notes(Resource):
    """What the care team wrote."""

    query = PageQuery

    @extend_schema(
        operation_id="list_notes", parameters=[PageQuery], responses=page_of(NoteOut), tags=["notes"]
    )
    def get(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002  # DRF's signature
        """One page, newest first: what is shared, and one's own private ones."""
        asked = self.ask()
        about, sight = self.fetch_record(child)
        if not policy.may_view_shared_notes(self.by, about):
            raise Unseen
        self.write_read(AuditCode.VIEWED_DIARY)
        list_name = f"{self.by.pk} {child} notes"
        before = None
        if "cursor" in asked:
            written_at, row_id = unseal(asked["cursor"], about=list_name)
            before = (dt.datetime.fromisoformat(written_at), uuid.UUID(row_id))
        page = notes.page_of_notes(self.by, about, sight, limit=asked["limit"], before=before)
        following = page.next_before and seal(
            [page.next_before[0].isoformat(), str(page.next_before[1])], about=list_name
        )
        return Response({"items": [answer_note(note) for note in page.notes], "next_cursor": following})


def answer_note(note: SeenNote) -> dict[str, Any]:
    """The JSON of a note."""
    return {
        "id": note.id,
        "by": byline(note.by),
        "body": note.body,
        "language": note.language,
        "is_private": note.is_private,
        "about_entry": note.about_entry,
        "about_contact": note.about_contact,
        "written_at": note.written_at,
    }
