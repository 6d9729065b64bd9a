"""Drafts of assistants and students that wait for a signature."""

from __future__ import annotations

import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import CappedField, Input, TextField, VisibleRelatedField
from api.resources import Resource
from clinic import access, audit
from clinic.models import Clinic
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.models import Cosigning
from tracking.readings import cosigning as reading
from tracking.readings.cosigning import Draft
from tracking.services import cosigning
from tracking.vocabulary.supervision import DraftKind

MOST_AT_ONCE = 200


class SignaturesIn(Input):
    """What is signed, all or none."""

    drafts = CappedField(
        child=VisibleRelatedField(lambda context: Cosigning.objects.filter(clinic=context["clinic"])),
        min_length=1,
        max_length=MOST_AT_ONCE,
        help_text="Their ids, as they were read.",
    )


class ReturnIn(Input):
    """What is to be changed before a draft can be signed."""

    remark = TextField(max_length=cosigning.LONGEST_REMARK, allow_blank=False, help_text="What is asked for.")


class DraftOut(serializers.Serializer[Any]):
    """A draft: read by the team alone until it is signed."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField([str(one) for one in DraftKind])
    child = serializers.UUIDField()
    child_name = serializers.CharField()
    title = serializers.CharField(allow_blank=True)
    parts = serializers.ListField(child=serializers.CharField(), help_text="What was written, in order.")
    language = serializers.CharField(allow_blank=True)
    drafted_by = serializers.CharField()
    supervisor = serializers.CharField(allow_null=True, help_text="Who was asked; null: whoever leads.")
    asked_at = serializers.DateTimeField()
    signed_by = serializers.CharField(allow_null=True)
    signed_at = serializers.DateTimeField(allow_null=True)
    returned_by = serializers.CharField(allow_null=True)
    returned_at = serializers.DateTimeField(allow_null=True)
    remark = serializers.CharField(allow_blank=True)
    remark_language = serializers.CharField(allow_blank=True)


class CosigningOut(serializers.Serializer[Any]):
    """What waits for your signature."""

    yours = DraftOut(many=True, help_text="Yours to sign, the oldest first.")
    others = DraftOut(many=True, help_text="A colleague was asked; you may sign them too.")
    own = DraftOut(many=True, help_text="What you drafted, returned ones first.")


class CosigningResource(Resource):
    def answer(self, clinic: Clinic) -> Response:
        queue = reading.queue(self.by, clinic, now=self.now)
        shown = [*(each for stack in queue.yours for each in stack.drafts), *queue.others, *queue.own]
        audit.record_reads(
            AuditCode.VIEWED_CHILD,
            by=self.by,
            now=self.now,
            clinic_id=clinic.pk,
            child_ids=sorted({each.child for each in shown}),
        )
        return Response(
            {
                "yours": [_draft(one) for stack in queue.yours for one in stack.drafts],
                "others": [_draft(one) for one in queue.others],
                "own": [_draft(one) for one in queue.own],
            }
        )


class CosigningQueue(CosigningResource):
    """What waits for you, and what of yours waits for others."""

    @extend_schema(operation_id="get_cosigning", responses=CosigningOut, tags=["supervision"])
    def get(self, request: Request, clinic: str) -> Response:  # noqa: ARG002  # DRF's signature
        of = self.fetch_clinic(clinic)
        access.demand(policy.may_use_cosigning, self.by, of)
        return self.answer(of)


class Signatures(CosigningResource):
    """What is signed."""

    @extend_schema(
        operation_id="cosign", request=SignaturesIn, responses={201: CosigningOut}, tags=["supervision"]
    )
    def post(self, request: Request, clinic: str) -> Response:  # noqa: ARG002  # DRF's signature
        """From now on the family reads what it may read. None is signed where one was written anew."""
        of = self.fetch_clinic(clinic)
        access.demand(policy.may_use_cosigning, self.by, of)
        drafts = self.read(SignaturesIn, clinic=of)["drafts"]
        cosigning.cosign(by=self.by, drafts=drafts, now=self.now)
        answer = self.answer(of)
        answer.status_code = 201
        return answer


class DraftReturn(CosigningResource):
    """A draft given back."""

    @extend_schema(
        operation_id="return_draft", request=ReturnIn, responses=CosigningOut, tags=["supervision"]
    )
    def put(self, request: Request, clinic: str, drafted: uuid.UUID) -> Response:  # noqa: ARG002
        """With what is asked for; it stays the team's alone."""
        of = self.fetch_clinic(clinic)
        access.demand(policy.may_use_cosigning, self.by, of)
        row: Cosigning = access.fetch(Cosigning.objects, self.by, pk=drafted, clinic=of)
        access.demand(policy.may_cosign, self.by, row)
        cosigning.return_draft(by=self.by, draft=row, now=self.now, **self.read(ReturnIn))
        return self.answer(of)


def _draft(draft: Draft) -> dict[str, Any]:
    text = draft.text
    told = {"title": text.title, "parts": text.parts, "language": text.language}
    return {name: getattr(draft, name) for name in DraftOut._declared_fields if name not in told} | told
