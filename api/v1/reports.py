"""Reports of a child: what the clinic shares with the family, and what a therapist asks for."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import DayField, Input, LanguageField, TextField, VisibleRelatedField
from api.resources import Resource
from api.v1.media import AsItIs
from clinic import access
from clinic.errors import Unseen
from clinic.models import Child, Family
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.models import Report, ReportKind, ReportState
from tracking.readings.reports import (
    LONGEST_ADDRESSEE,
    LONGEST_NARRATIVE,
    LONGEST_QUESTION,
    seen,
    shared_reports_of,
)
from tracking.services import reporting


class ReportIn(Input):
    """What is asked for."""

    kind = serializers.ChoiceField(ReportKind.values, help_text="What it is for.")
    period_from = DayField(help_text="The first local day it is about.")
    period_until = DayField(help_text="The last; no more than two years later.")
    narrative = TextField(
        max_length=LONGEST_NARRATIVE,
        default="",
        help_text="Words of the therapist, where the kind has any; an empty line starts a paragraph.",
    )
    addressee = TextField(
        max_length=LONGEST_ADDRESSEE, default="", help_text="Whom a letter goes to; other kinds have nobody."
    )
    question = TextField(
        max_length=LONGEST_QUESTION,
        default="",
        help_text="What a letter asks its reader; others ask none.",
    )
    household = VisibleRelatedField(
        lambda context: Family.objects.filter(child_homes__child=context["child"]),
        required=False,
        allow_null=True,
        default=None,
        help_text="For which one, where the kind can be for one; shared, only its guardians read it.",
    )
    language = LanguageField(default="", help_text="Of these words; empty: the household's, else English.")


class ReportOut(serializers.Serializer[Any]):
    """One report, without its text: its file has that."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(ReportKind.values, help_text="What it is for.")
    period_from = serializers.DateField(help_text="The first local day it is about.")
    period_until = serializers.DateField(help_text="The last.")
    language = serializers.CharField(help_text="Of what it says.")
    signed_by = serializers.CharField(
        allow_blank=True, help_text="The therapist who answers for it; empty: of a kind that nobody signs."
    )
    signed_at = serializers.DateTimeField(allow_null=True)
    shared_at = serializers.DateTimeField(help_text="Since when the family may read it.")


class ReportAskedOut(ReportOut):
    """One that was asked for just now."""

    state = serializers.ChoiceField(ReportState.values, help_text="How its making stands.")
    shared_at = serializers.DateTimeField(allow_null=True, help_text="Since when the family may read it.")


class ReportsOut(serializers.Serializer[Any]):
    """What is shared with the family."""

    items = ReportOut(many=True, help_text="Newest first.")


class _Shared(Resource):
    """Of the child's team and guardians; who only logs knows of none."""

    def fetch_for_reports(self, pk: uuid.UUID) -> Child:
        about, _ = self.fetch_record(pk)
        if not policy.may_view_reports(self.by, about):
            raise Unseen
        return about


class Reports(_Shared):
    """Reports of a child."""

    @extend_schema(operation_id="list_reports", responses=ReportsOut, tags=["reports"])
    def get(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002  # DRF's signature
        """Those that were signed and shared, to whoever of the team or the guardians asks."""
        about = self.fetch_for_reports(child)
        self.write_read(AuditCode.VIEWED_REPORT)
        return Response(ReportsOut({"items": shared_reports_of(self.by, about)}).data)

    @extend_schema(
        operation_id="ask_report", request=ReportIn, responses={202: ReportAskedOut}, tags=["reports"]
    )
    def post(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002
        """Its file is made in the background; it is read, signed and shared on the clinic's pages."""
        about = self.fetch_child(child)
        access.demand(policy.may_ask_report, self.by, about)
        told = self.read(ReportIn, child=about)
        kind = ReportKind(told.pop("kind"))
        home = told.pop("household")
        asked = reporting.ask_report(by=self.by, child=about, kind=kind, family=home, now=self.now, **told)
        return Response(ReportAskedOut(seen(asked)).data, status=202)


class ReportFile(_Shared):
    """The file of a report."""

    content_negotiation_class = AsItIs
    recent_for = ("GET",)

    @extend_schema(
        operation_id="get_report_file",
        responses={(200, "application/pdf"): OpenApiTypes.BINARY},
        tags=["reports"],
    )
    def get(self, request: Request, child: uuid.UUID, report: uuid.UUID) -> HttpResponse:  # noqa: ARG002
        """A PDF; whether you may take it away is asked anew each time."""
        about = self.fetch_for_reports(child)
        found: Report = access.fetch(
            Report.objects.shared().filter(child=about).select_related("child__clinic"),
            self.by,
            pk=report,
            may=policy.may_download_report,
        )
        data = reporting.open_report(by=self.by, report=found, now=self.now)
        return HttpResponse(data, content_type="application/pdf")
