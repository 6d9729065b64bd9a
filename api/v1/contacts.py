"""Contacts of clinic and family: visits, calls, classes, planned ones included.

Everyone who may know of the child reads their times. The team reads the notes and who was there; guardians
read the notes that are shared.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import IdField, Input, InstantField, TextField, TruthField, WholeField
from api.pagination import PageQuery, page_of, seal, unseal
from api.resources import Resource
from api.v1.demonstrations import DemonstrationOut, answer_demonstration
from api.v1.media import AsItIs
from api.v1.notes import NoteOut, answer_note
from clinic import access, files
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.models import Contact as ContactRow
from tracking.models.contacts import LONGEST_CONTACT_MINUTES
from tracking.readings.contacts import ContactReader, Presence, SeenContact, reader_of
from tracking.readings.sight import sight_of
from tracking.reports.exports import take_contacts, take_shared_contacts
from tracking.services import contacts
from tracking.vocabulary.contacts import CancelledBy, ContactKind, ContactState

IF_MATCH = OpenApiParameter(
    "If-Match", OpenApiTypes.STR, OpenApiParameter.HEADER, required=True, description='`"lock_version"`'
)


class ContactChangeIn(Input):
    """What of a contact is changed. Owner and office tell times alone: nothing after `therapist`."""

    kind = serializers.ChoiceField([str(one) for one in ContactKind], required=False)
    state = serializers.ChoiceField([str(one) for one in ContactState], required=False)
    cancelled_by = serializers.ChoiceField(["", *(str(one) for one in CancelledBy)], required=False)
    starts_at = InstantField(required=False)
    minutes = WholeField(min_value=0, max_value=LONGEST_CONTACT_MINUTES, required=False, allow_null=True)
    label = IdField(required=False, allow_null=True)  # type: ignore[assignment]  # a name of ours
    therapist = IdField(required=False, allow_null=True, help_text="Somebody of the care team.")
    caregivers = serializers.ListField(
        child=IdField(), required=False, max_length=50, help_text="Grants of who was there."
    )
    others_present = TextField(max_length=200, required=False)
    has_student = TruthField(required=False)
    has_interpreter = TruthField(required=False)


class ContactIn(ContactChangeIn):
    """A contact. Without a `state` it is planned where it is to come, else happened."""

    kind = serializers.ChoiceField([str(one) for one in ContactKind])
    starts_at = InstantField()
    shared_note = TextField(max_length=10_000, required=False, help_text="For team and guardians.")
    private_note = TextField(max_length=10_000, required=False, help_text="For yourself alone.")


class PresenceOut(serializers.Serializer[Any]):
    """Who was there beside the therapist."""

    caregivers = serializers.ListField(child=serializers.CharField())
    others = serializers.CharField(allow_blank=True)
    language = serializers.CharField(allow_blank=True, help_text="Of `others`.")
    has_student = serializers.BooleanField()
    has_interpreter = serializers.BooleanField()


class ContactOut(serializers.Serializer[Any]):
    """A contact as you may see it."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField([str(one) for one in ContactKind])
    state = serializers.ChoiceField([str(one) for one in ContactState])
    cancelled_by = serializers.ChoiceField(["", *(str(one) for one in CancelledBy)])
    starts_at = serializers.DateTimeField()
    minutes = serializers.IntegerField(allow_null=True)
    label = serializers.CharField(allow_blank=True, help_text="For staff.")  # type: ignore[assignment]  # ours
    therapist = serializers.CharField(allow_blank=True)
    lock_version = serializers.IntegerField(help_text="A number from 0: send it as If-Match with a change.")
    presence = PresenceOut(allow_null=True, help_text="For the care team; null for others.")
    notes = NoteOut(many=True)
    shown = DemonstrationOut(many=True, help_text="What was shown, as far as you may know.")


class ContactResource(Resource):
    def reader(self, pk: uuid.UUID) -> ContactReader:
        child = self.fetch_child(pk)
        sight = sight_of(self.by, child, place=self.place)
        return reader_of(self.by, child, sight, self.place, language=self.language)


class Contacts(ContactResource):
    """A child's contacts."""

    query = PageQuery

    @extend_schema(
        operation_id="list_contacts", parameters=[PageQuery], responses=page_of(ContactOut), tags=["contacts"]
    )
    def get(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002  # DRF's signature
        """One page, latest first, planned ones at its head."""
        asked = self.ask()
        reader = self.reader(child)
        self.write_read(AuditCode.VIEWED_CONTACTS)
        list_name = f"{self.by.pk} {child} contacts"
        before = None
        if "cursor" in asked:
            starts_at, row_id = unseal(asked["cursor"], about=list_name)
            before = (dt.datetime.fromisoformat(starts_at), uuid.UUID(row_id))
        page = reader.page(limit=asked["limit"], before=before)
        following = page.next_before and seal(
            [page.next_before[0].isoformat(), str(page.next_before[1])], about=list_name
        )
        return Response({"items": [_answer(one) for one in page.contacts], "next_cursor": following})

    @extend_schema(
        operation_id="record_contact", request=ContactIn, responses={201: ContactOut}, tags=["contacts"]
    )
    def post(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002  # DRF's signature
        """Plan a contact, or record one."""
        self._refuse_parameters(frozenset())
        reader = self.reader(child)
        access.demand(policy.may_record_contact, self.by, reader.child)
        sent = self.read(ContactIn)
        made = contacts.record_contact(by=self.by, child=reader.child, now=self.now, **sent)
        return Response(_answer(reader.one(made)), status=201)


class Contact(ContactResource):
    """One contact."""

    @extend_schema(operation_id="get_contact", responses=ContactOut, tags=["contacts"])
    def get(self, request: Request, child: uuid.UUID, contact: uuid.UUID) -> Response:  # noqa: ARG002
        """As you may see it; its `lock_version` is the ETag too."""
        reader = self.reader(child)
        self.write_read(AuditCode.VIEWED_CONTACTS)
        return _tagged(reader.one(self._fetch(reader, contact)))

    @extend_schema(
        operation_id="change_contact",
        parameters=[IF_MATCH],
        request=ContactChangeIn,
        responses=ContactOut,
        tags=["contacts"],
    )
    def patch(self, request: Request, child: uuid.UUID, contact: uuid.UUID) -> Response:  # noqa: ARG002
        """Move it, say what became of it, complete it; what is not sent stays as it is."""
        reader = self.reader(child)
        row = self._fetch(reader, contact)
        access.demand(policy.may_record_contact, self.by, reader.child)
        lock_version = self.revision_asked()
        sent = self.read(ContactChangeIn)
        changed = contacts.change_contact(
            by=self.by, contact=row, lock_version=lock_version, now=self.now, **sent
        )
        return _tagged(reader.one(changed))

    def _fetch(self, reader: ContactReader, pk: uuid.UUID) -> ContactRow:
        row: ContactRow = access.fetch(
            ContactRow.objects.filter(child=reader.child).select_related("label", "therapist"), self.by, pk=pk
        )
        row.child = reader.child
        return row


CSV = {(200, "text/csv"): OpenApiTypes.BINARY}


class ContactsFile(Resource):
    """A child's contacts as a file."""

    content_negotiation_class = AsItIs
    recent_for = ("GET",)
    scope_to_read = scope_to_write = None

    @extend_schema(operation_id="get_contacts_file", responses=CSV, tags=["contacts"])
    def get(self, request: Request, child: uuid.UUID) -> HttpResponse:  # noqa: ARG002  # DRF's signature
        """Oldest first: for who treats the child all but private notes, for an owner times alone, for a
        guardian what is shared with them.
        """
        about = self.fetch_child(child)
        if self.place.is_guardian:
            lines = take_shared_contacts(by=self.by, child=about, now=self.now)
        else:
            lines = take_contacts(by=self.by, clinic=about.clinic, child=about, now=self.now)
        return files.csv_answer(lines, f"visits-{self.now:%Y-%m-%d}")


class ClinicContactsFile(Resource):
    """All contacts that are one's to take away, as a file."""

    content_negotiation_class = AsItIs
    recent_for = ("GET",)
    scope_to_read = scope_to_write = None

    @extend_schema(operation_id="get_clinic_contacts_file", responses=CSV, tags=["contacts"])
    def get(self, request: Request, clinic: str) -> HttpResponse:  # noqa: ARG002  # DRF's signature
        """A therapist's own caseload; for an owner every child, times alone but for their own."""
        of = self.fetch_clinic(clinic)
        lines = take_contacts(by=self.by, clinic=of, now=self.now)
        return files.csv_answer(lines, f"visits-{of.slug}-{self.now:%Y-%m-%d}")


def _tagged(contact: SeenContact) -> Response:
    return Response(_answer(contact), headers={"ETag": f'"{contact.lock_version}"'})


def _answer(contact: SeenContact) -> dict[str, Any]:
    return {
        "id": contact.id,
        "kind": contact.kind,
        "state": contact.state,
        "cancelled_by": contact.cancelled_by,
        "starts_at": contact.starts_at,
        "minutes": contact.minutes,
        "label": contact.label,
        "therapist": contact.therapist,
        "lock_version": contact.lock_version,
        "presence": _presence(contact.presence) if contact.presence else None,
        "notes": [answer_note(note) for note in contact.notes],
        "shown": [answer_demonstration(one) for one in contact.shown],
    }


def _presence(there: Presence) -> dict[str, Any]:
    return {
        "caregivers": there.caregivers,
        "others": there.others,
        "language": there.language,
        "has_student": there.has_student,
        "has_interpreter": there.has_interpreter,
    }
