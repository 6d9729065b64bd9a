"""A clinic's names for its services, by which it counts the minutes of contacts."""

from __future__ import annotations

import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import Input, TextField
from api.resources import Resource
from clinic import access
from clinic.errors import Unseen
from clinic.models import Clinic
from tracking import policy
from tracking.models import ServiceLabel
from tracking.readings.contacts import label_of, labels_of
from tracking.services import service_labels


class LabelIn(Input):
    """A label of the clinic's own."""

    name = TextField(max_length=service_labels.LONGEST_NAME, allow_blank=False)


class LabelOut(serializers.Serializer[Any]):
    """A label that contacts may have."""

    id = serializers.UUIDField(help_text="Send it as the `label` of a contact.")
    name = serializers.CharField()
    is_offered = serializers.BooleanField(help_text="False: retired; contacts that have it keep it.")


class LabelsOut(serializers.Serializer[Any]):
    """By name, those that are retired last."""

    items = LabelOut(many=True)


class ServiceLabels(Resource):
    """A clinic's labels."""

    @extend_schema(operation_id="list_service_labels", responses=LabelsOut, tags=["contacts"])
    def get(self, request: Request, clinic: str) -> Response:  # noqa: ARG002  # DRF's signature
        """For its staff, who label contacts with them."""
        return _all(self.fetch_clinic(clinic))

    @extend_schema(
        operation_id="add_service_label", request=LabelIn, responses={201: LabelsOut}, tags=["contacts"]
    )
    def post(self, request: Request, clinic: str) -> Response:  # noqa: ARG002  # DRF's signature
        """One more, by a therapist or an owner; 409 `label_in_use` for a name that is offered already."""
        of = self.fetch_clinic(clinic)
        access.demand(policy.may_change_service_labels, self.by, of)
        service_labels.add_label(by=self.by, clinic=of, now=self.now, **self.read(LabelIn))
        return _all(of, status=201)


class OneServiceLabel(Resource):
    """One of them."""

    @extend_schema(
        operation_id="rename_service_label", request=LabelIn, responses=LabelsOut, tags=["contacts"]
    )
    def put(self, request: Request, clinic: str, label: uuid.UUID) -> Response:  # noqa: ARG002
        """Called otherwise, also where it stands already."""
        of, row = self._fetch(clinic, label)
        service_labels.rename_label(by=self.by, label=row, now=self.now, **self.read(LabelIn))
        return _all(of)

    @extend_schema(
        operation_id="retire_service_label", request=None, responses={200: LabelsOut}, tags=["contacts"]
    )
    def delete(self, request: Request, clinic: str, label: uuid.UUID) -> Response:  # noqa: ARG002
        """Offered no more; contacts keep it."""
        of, row = self._fetch(clinic, label)
        service_labels.retire_label(by=self.by, label=row, now=self.now)
        return _all(of)

    def _fetch(self, clinic: str, label: uuid.UUID) -> tuple[Clinic, ServiceLabel]:
        of = self.fetch_clinic(clinic)
        access.demand(policy.may_change_service_labels, self.by, of)
        row = label_of(of, label)
        if row is None:
            raise Unseen
        return of, row


def _all(clinic: Clinic, *, status: int = 200) -> Response:
    items = [
        {"id": label.pk, "name": label.name, "is_offered": label.retired_at is None}
        for label in labels_of(clinic)
    ]
    return Response({"items": items}, status=status)
