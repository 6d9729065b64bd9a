"""Safeguarding notes, for their author and the leads an owner has named. Nobody else learns of one.

All staff may know who the leads are.
"""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import IdField, Input, LanguageField, TextField
from api.resources import Resource
from clinic import access, audit
from clinic.errors import Unseen
from clinic.models import Clinic
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.models import SafeguardingNote
from tracking.readings import safeguarding as reading
from tracking.readings.people import member_of
from tracking.readings.safeguarding import SeenSafeguardingNote
from tracking.services import safeguarding


class SafeguardingNoteIn(Input):
    """A worry about a child's safety, for those who read them."""

    body = TextField(max_length=safeguarding.LONGEST_NOTE, allow_blank=False)
    language = LanguageField(default="", help_text="Empty: the one you read.")


class LeadIn(Input):
    """Who is to read safeguarding notes from now on."""

    person = IdField(help_text="Somebody who works in the clinic.")


class LeadOut(serializers.Serializer[Any]):
    """Somebody who reads the clinic's safeguarding notes."""

    id = serializers.UUIDField()
    person = serializers.UUIDField(source="user_id")
    name = serializers.CharField()
    from_at = serializers.DateTimeField()


class LeadsOut(serializers.Serializer[Any]):
    """By name."""

    items = LeadOut(many=True)


class FollowingNoteOut(serializers.Serializer[Any]):
    """A note as it was written; nothing changes one."""

    id = serializers.UUIDField()
    follows = serializers.UUIDField(allow_null=True, help_text="The note above it.")
    child_name = serializers.CharField()
    by = serializers.CharField()
    body = serializers.CharField()
    language = serializers.CharField(allow_blank=True)
    written_at = serializers.DateTimeField()


class SafeguardingNotesOut(serializers.Serializer[Any]):
    """Newest first, each with what followed it after it, the oldest first."""

    items = FollowingNoteOut(many=True)


class ChildSafeguarding(Resource):
    """Notes about a child that are yours to read."""

    @extend_schema(
        operation_id="list_safeguarding_notes", responses=SafeguardingNotesOut, tags=["safeguarding"]
    )
    def get(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002  # DRF's signature
        may = policy.may_write_safeguarding_note
        about = self.fetch_child(child, may=may, viewed=AuditCode.VIEWED_CHILD)
        return _answer(reading.notes_of_child(self.by, about))

    @extend_schema(
        operation_id="write_safeguarding_note",
        request=SafeguardingNoteIn,
        responses={201: SafeguardingNotesOut},
        tags=["safeguarding"],
    )
    def post(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002  # DRF's signature
        """For yourself and the leads alone."""
        about = self.fetch_child(child, may=policy.may_write_safeguarding_note)
        sent = self.read(SafeguardingNoteIn)
        safeguarding.write_safeguarding_note(by=self.by, child=about, now=self.now, **sent)
        return _answer(reading.notes_of_child(self.by, about), status=201)


class ClinicSafeguarding(Resource):
    """The clinic's notes, for its leads."""

    @extend_schema(
        operation_id="list_clinic_safeguarding_notes", responses=SafeguardingNotesOut, tags=["safeguarding"]
    )
    def get(self, request: Request, clinic: str) -> Response:  # noqa: ARG002  # DRF's signature
        of = self.fetch_clinic(clinic)
        access.demand(policy.is_safeguarding_lead, self.by, of)
        audit.record_read(AuditCode.VIEWED_SAFEGUARDING_NOTES, by=self.by, now=self.now, clinic_id=of.pk)
        return _answer(reading.notes_of_clinic(self.by, of))


class FollowUps(Resource):
    """What followed a note."""

    @extend_schema(
        operation_id="follow_up_safeguarding_note",
        request=SafeguardingNoteIn,
        responses={201: SafeguardingNotesOut},
        tags=["safeguarding"],
    )
    def post(self, request: Request, clinic: str, written: uuid.UUID) -> Response:  # noqa: ARG002
        """What was done or seen since, by its author or a lead."""
        note: SafeguardingNote = access.fetch(
            SafeguardingNote.objects.select_related("child", "clinic"),
            self.by,
            pk=written,
            clinic=self.fetch_clinic(clinic),
        )
        sent = self.read(SafeguardingNoteIn)
        safeguarding.follow_up_safeguarding_note(by=self.by, note=note, now=self.now, **sent)
        return _answer(reading.notes_of_child(self.by, note.child), status=201)


class Leads(Resource):
    """Who is named."""

    recent_for: ClassVar[tuple[str, ...]] = ("POST",)

    @extend_schema(operation_id="list_safeguarding_leads", responses=LeadsOut, tags=["safeguarding"])
    def get(self, request: Request, clinic: str) -> Response:  # noqa: ARG002  # DRF's signature
        return _leads(self.fetch_clinic(clinic))

    @extend_schema(
        operation_id="name_safeguarding_lead",
        request=LeadIn,
        responses={201: LeadsOut},
        tags=["safeguarding"],
    )
    def post(self, request: Request, clinic: str) -> Response:  # noqa: ARG002  # DRF's signature
        """Somebody of the staff, by an owner: they read every note from now on."""
        of = self.fetch_clinic(clinic)
        access.demand(policy.may_name_safeguarding_lead, self.by, of)
        member = member_of(of, self.read(LeadIn)["person"])
        safeguarding.name_safeguarding_lead(by=self.by, membership=member, now=self.now)
        return _leads(of, status=201)


class OneLead(Resource):
    """One of them."""

    recent_for: ClassVar[tuple[str, ...]] = ("DELETE",)

    @extend_schema(
        operation_id="end_safeguarding_lead",
        request=None,
        responses={200: LeadsOut},
        tags=["safeguarding"],
    )
    def delete(self, request: Request, clinic: str, lead: uuid.UUID) -> Response:  # noqa: ARG002
        """They read no notes of others any more."""
        of = self.fetch_clinic(clinic)
        access.demand(policy.may_name_safeguarding_lead, self.by, of)
        row = reading.lead_of(of, lead)
        if row is None:
            raise Unseen
        safeguarding.end_safeguarding_lead(by=self.by, lead=row, now=self.now)
        return _leads(of)


def _leads(clinic: Clinic, *, status: int = 200) -> Response:
    return Response(LeadsOut({"items": reading.leads_of(clinic)}).data, status=status)


def _answer(notes: tuple[SeenSafeguardingNote, ...], *, status: int = 200) -> Response:
    return Response({"items": [line for note in notes for line in _lines(note, None)]}, status=status)


def _lines(note: SeenSafeguardingNote, follows: uuid.UUID | None) -> list[dict[str, Any]]:
    own = {
        "id": note.id,
        "follows": follows,
        "child_name": note.child_name,
        "by": note.by,
        "body": note.body,
        "language": note.language,
        "written_at": note.written_at,
    }
    return [own, *(line for one in note.followed_by for line in _lines(one, note.id))]
