"""What came after its author's access had ended: for the care team to take in, or to leave out.

GET  /clinics/{clinic}/quarantine                     what waits, the oldest first
PUT  /clinics/{clinic}/quarantine/{late}/acceptance   it becomes the entry, its author's and of its time
PUT  /clinics/{clinic}/quarantine/{late}/discarding   it stays out of the record, with the reason
"""

from __future__ import annotations

import dataclasses
import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import Input, TextField
from api.resources import Resource
from clinic import access, audit
from clinic.models import Clinic
from clinic.vocabulary import AuditCode, GrantKind
from tracking import policy
from tracking.models import QuarantinedEntry
from tracking.readings import quarantine as reading
from tracking.services import quarantining
from tracking.sync.bodies import EntryKind


class DiscardIn(Input):
    """Why an entry that came late is not taken."""

    reason = TextField(max_length=quarantining.LONGEST_REASON, allow_blank=False)


class LateEntryOut(serializers.Serializer[Any]):
    """An entry that waits; nobody but the care team reads it."""

    id = serializers.UUIDField()
    child = serializers.UUIDField()
    child_name = serializers.CharField()
    kind = serializers.ChoiceField([str(one) for one in EntryKind])
    sent_by = serializers.CharField()
    sent_as = serializers.ChoiceField([str(one) for one in GrantKind])
    relationship = serializers.CharField(allow_blank=True)
    happened = serializers.CharField(help_text="What the wall showed where it happened, without offset.")
    received_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(help_text="When its author's access ended.")
    told = serializers.DictField(help_text="What it says, as the entry of its kind takes it.")
    language = serializers.CharField(allow_blank=True)


class QuarantineOut(serializers.Serializer[Any]):
    """Entries that wait for the care team."""

    items = LateEntryOut(many=True, help_text="The oldest first; at most 200.")


class QuarantineResource(Resource):
    """Of those who work with children in a clinic."""

    def enter(self, slug: str) -> Clinic:
        clinic = self.fetch_clinic(slug)
        access.demand(policy.may_use_quarantine, self.by, clinic)
        return clinic

    def fetch_late(self, slug: str, pk: uuid.UUID) -> QuarantinedEntry:
        late: QuarantinedEntry = access.fetch(
            QuarantinedEntry.objects.select_related("child"),
            self.by,
            may=policy.may_decide_quarantined,
            pk=pk,
            clinic=self.enter(slug),
        )
        return late


class Quarantine(QuarantineResource):
    """What waits."""

    @extend_schema(operation_id="list_quarantine", responses=QuarantineOut, tags=["sync"])
    def get(self, request: Request, clinic: str) -> Response:  # noqa: ARG002  # DRF's signature
        """Of the children on whose team you are."""
        of = self.enter(clinic)
        waiting = reading.waiting(self.by, of)
        audit.record_reads(
            AuditCode.VIEWED_DIARY,
            by=self.by,
            now=self.now,
            clinic_id=of.pk,
            child_ids=sorted({one.child for one in waiting}),
        )
        return Response({"items": [_answer(one) for one in waiting]})


class QuarantineAcceptance(QuarantineResource):
    """One taken in."""

    @extend_schema(operation_id="accept_quarantined", request=None, responses={204: None}, tags=["sync"])
    def put(self, request: Request, clinic: str, late: uuid.UUID) -> Response:  # noqa: ARG002
        """The family reads it from now on, as any entry of its author."""
        quarantining.accept_quarantined(by=self.by, kept=self.fetch_late(clinic, late), now=self.now)
        return Response(status=204)


class QuarantineDiscarding(QuarantineResource):
    """One left out."""

    @extend_schema(
        operation_id="discard_quarantined", request=DiscardIn, responses={204: None}, tags=["sync"]
    )
    def put(self, request: Request, clinic: str, late: uuid.UUID) -> Response:  # noqa: ARG002
        """The reason is the team's alone."""
        kept = self.fetch_late(clinic, late)
        quarantining.discard_quarantined(by=self.by, kept=kept, now=self.now, **self.read(DiscardIn))
        return Response(status=204)


def _answer(late: reading.LateEntry) -> dict[str, Any]:
    told = dataclasses.asdict(late)
    del told["instants"]
    return told
