"""A clinic's audit, for its owners; it contains no words of any record."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import IdField, InstantField
from api.pagination import PageQuery, page_of, seal, unseal
from api.resources import Resource
from clinic import access, audit, policy
from clinic.vocabulary import AuditCode, Role
from tracking.readings import clinic_audit as reading
from tracking.readings.clinic_audit import UNTOLD, Asked, Event


class AuditQuery(PageQuery):
    """Which rows, and where a page begins."""

    child = IdField(required=False)
    person = IdField(required=False, help_text="Who did it.")
    kind = serializers.ChoiceField(
        [str(code) for code in AuditCode if code not in UNTOLD], required=False, help_text="What it was."
    )
    from_at = InstantField(required=False)
    until_at = InstantField(required=False, help_text="Not included.")


class AuditEventOut(serializers.Serializer[Any]):
    """One row. Names are empty where whom they are of is gone."""

    id = serializers.UUIDField()
    at = serializers.DateTimeField(help_text="Of a look: the hour it is noted for.")
    code = serializers.CharField()
    detail = serializers.CharField(allow_blank=True, help_text="A code, such as a refusal's.")
    person = serializers.CharField(allow_blank=True)
    roles = serializers.ListField(child=serializers.ChoiceField([str(role) for role in Role]))
    child = serializers.UUIDField(allow_null=True)
    child_name = serializers.CharField(allow_blank=True)
    subject_kind = serializers.CharField(allow_blank=True, help_text="What kind of row it was done to.")


class ClinicAudit(Resource):
    """What was done; no scope of an app of others reaches here."""

    scope_to_read = scope_to_write = None
    query = AuditQuery

    @extend_schema(
        operation_id="list_audit", parameters=[AuditQuery], responses=page_of(AuditEventOut), tags=["audit"]
    )
    def get(self, request: Request, clinic: str) -> Response:  # noqa: ARG002  # DRF's signature
        """One page, latest first."""
        of = self.fetch_clinic(clinic)
        access.demand(policy.may_view_clinic_audit, self.by, of)
        sent = self.ask()
        limit, cursor = sent.pop("limit"), sent.pop("cursor", None)
        asked = Asked(**sent | {"kind": AuditCode(sent["kind"])} if "kind" in sent else sent)
        list_name = f"{self.by.pk} {of.pk} audit {asked}"
        before = None
        if cursor is not None:
            at, row_id = unseal(cursor, about=list_name)
            before = (dt.datetime.fromisoformat(at), uuid.UUID(row_id))
        audit.record_read(AuditCode.VIEWED_AUDIT, by=self.by, now=self.now, clinic_id=of.pk)
        page = reading.page_of_events(of, asked, limit=limit, before=before)
        following = page.next_before and seal(
            [page.next_before[0].isoformat(), str(page.next_before[1])], about=list_name
        )
        return Response({"items": [_event(event) for event in page.events], "next_cursor": following})


def _event(event: Event) -> dict[str, Any]:
    return {
        "id": event.id,
        "at": event.at,
        "code": event.code,
        "detail": event.detail,
        "person": event.person,
        "roles": event.roles,
        "child": event.child_id,
        "child_name": event.child,
        "subject_kind": event.subject_kind,
    }
