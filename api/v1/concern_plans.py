"""A child's own emergency plans, which its family reads before any general advice."""

from __future__ import annotations

import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import Input, LanguageField, TextField
from api.resources import Resource
from api.v1.contacts import IF_MATCH
from clinic import access
from clinic.errors import Unseen
from clinic.models import Child
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.readings import concerns as reading
from tracking.readings.concerns import SeenPlan
from tracking.services.concern_plans import LONGEST_PLAN, write_concern_plan
from tracking.vocabulary.concerns import ConcernKind


class ConcernPlanIn(Input):
    """What to do with this child when that happens."""

    text = TextField(max_length=LONGEST_PLAN, help_text="In plain words; empty: there is no plan any more.")
    language = LanguageField(default="", help_text="Empty: the one you read.")


class ConcernPlanOut(serializers.Serializer[Any]):
    """What to do with this child when that happens."""

    kind = serializers.CharField()
    text = serializers.CharField(allow_blank=True)
    language = serializers.CharField(allow_blank=True)
    written_by = serializers.CharField(allow_blank=True)
    written_at = serializers.DateTimeField(allow_null=True)
    lock_version = serializers.IntegerField(
        help_text="A number from 0: send it as If-Match with a change; 0: never written."
    )


class ConcernPlansOut(serializers.Serializer[Any]):
    """One for each kind of concern that has any."""

    items = ConcernPlanOut(many=True)


class ConcernPlans(Resource):
    """A child's own plans."""

    @extend_schema(operation_id="list_concern_plans", responses=ConcernPlansOut, tags=["concerns"])
    def get(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002  # DRF's signature
        """Those that say something."""
        about, _ = self.fetch_record(child, viewed=AuditCode.VIEWED_CONCERNS)
        plans = reading.plans_of_child(self.by, about)
        return Response({"items": [_answer(one) for one in plans.values()]})


class OneConcernPlan(Resource):
    """The plan for one kind of concern."""

    @extend_schema(operation_id="get_concern_plan", responses=ConcernPlanOut, tags=["concerns"])
    def get(self, request: Request, child: uuid.UUID, worry: str) -> Response:  # noqa: ARG002
        """Its `lock_version` is the ETag too; also of one that was never written."""
        about, _ = self.fetch_record(child, viewed=AuditCode.VIEWED_CONCERNS)
        return self.answer(about, _kind(worry))

    @extend_schema(
        operation_id="put_concern_plan",
        parameters=[IF_MATCH],
        request=ConcernPlanIn,
        responses=ConcernPlanOut,
        tags=["concerns"],
    )
    def put(self, request: Request, child: uuid.UUID, worry: str) -> Response:  # noqa: ARG002
        """Written by who treats the child; the family reads it from now on."""
        about, _ = self.fetch_record(child)
        kind = _kind(worry)
        access.demand(policy.may_write_concern_plan, self.by, about)
        lock_version = self.revision_asked()
        write_concern_plan(
            by=self.by,
            child=about,
            kind=kind,
            lock_version=lock_version,
            now=self.now,
            **self.read(ConcernPlanIn),
        )
        return self.answer(about, kind)

    def answer(self, child: Child, kind: ConcernKind) -> Response:
        plan = reading.standing_plan(self.by, child, kind)
        return Response(_answer(plan), headers={"ETag": f'"{plan.lock_version}"'})


def _kind(worry: str) -> ConcernKind:
    """Raises Unseen for what is no kind of concern."""
    if worry not in frozenset(ConcernKind):
        raise Unseen
    return ConcernKind(worry)


def _answer(plan: SeenPlan) -> dict[str, Any]:
    return {name: getattr(plan, name) for name in ConcernPlanOut._declared_fields}
