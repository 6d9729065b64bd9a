"""Clinic reports: outcomes of a month, and one's own caseload as a list."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import DayField, Input, LanguageField
from api.resources import Resource
from api.v1.following import FOLLOWED, following
from api.v1.media import AsItIs
from clinic import access
from clinic.models import Clinic
from tracking import policy
from tracking.models import ClinicReport, ClinicReportKind, ReportState
from tracking.readings.clinic_reports import clinic_reports_of, monthly_outcomes_of, seen
from tracking.services import clinic_reporting, outcomes_schedules


class ClinicReportIn(Input):
    """What is asked for."""

    kind = serializers.ChoiceField(ClinicReportKind.values, help_text="What it is about.")
    month_on = DayField(
        required=False,
        allow_null=True,
        default=None,
        help_text="The first day of a month whose figures were made, for `clinic_outcomes` alone; without it "
        "the latest.",
    )
    language = LanguageField(default="", help_text="Of what it says; empty: that of the answer.")


class ClinicReportOut(serializers.Serializer[Any]):
    """One report, without what it tells: its file has that."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(ClinicReportKind.values, help_text="What it is about.")
    month_on = serializers.DateField(
        allow_null=True, help_text="The first day of the month it tells of; null: a list of children."
    )
    language = serializers.CharField(help_text="Of what it says.")
    asked_at = serializers.DateTimeField()
    asked_by = serializers.CharField(help_text="Who asked for it.")
    is_by_schedule = serializers.BooleanField(help_text="Whether it was asked for by itself, monthly.")
    state = serializers.ChoiceField(
        ReportState.values, help_text="How its making stands. `failed`: `make_clinic_report_again`."
    )
    percent = serializers.IntegerField(help_text="How many hundredths of it are made, 0 to 100.")
    failure_code = serializers.CharField(allow_blank=True)
    figures_at = serializers.DateTimeField(
        allow_null=True, help_text="When what it tells was counted or read; null: not made."
    )
    kept_until = serializers.DateTimeField(allow_null=True, help_text="When it is removed; null: it stays.")
    fingerprint = serializers.CharField(
        allow_blank=True, help_text="The SHA-256 of its file; empty: not made."
    )


class ClinicReportsOut(serializers.Serializer[Any]):
    """What was made before."""

    items = ClinicReportOut(many=True, help_text="The latest fifty, newest first.")


class MonthlyOutcomesOut(serializers.Serializer[Any]):
    """That the outcomes of every month are put on paper once they are made."""

    wanted_by = serializers.CharField(help_text="The owner who wished it, and as whom they are made.")
    set_at = serializers.DateTimeField(help_text="Since when.")


class MonthlyClinicReportOut(serializers.Serializer[Any]):
    """The clinic's, where there is one."""

    monthly = MonthlyOutcomesOut(allow_null=True, help_text="Null: none are made by themselves.")


class _OfClinic(Resource):
    """Of owners and therapists; no scope of an app of others reaches here."""

    scope_to_read = scope_to_write = None

    def fetch_for_reports(self, slug: str) -> Clinic:
        """Raises Forbidden for staff who read no figures."""
        of = self.fetch_clinic(slug)
        access.demand(policy.may_view_clinic_figures, self.by, of)
        return of

    def fetch_report(self, slug: str, pk: uuid.UUID) -> ClinicReport:
        of = self.fetch_for_reports(slug)
        found: ClinicReport = access.fetch(
            ClinicReport.objects.filter(clinic=of).select_related("asked_by", "clinic"), self.by, pk=pk
        )
        return found

    def answer(self, report: ClinicReport, *, status: int = 200) -> Response:
        """The report as it stands; while it is made, when to ask again, and where."""
        card = seen(report)
        address = reverse("api:clinic-report", args=[report.clinic.slug, report.pk])
        headers = following(address, status=status, is_under_way=card.is_under_way)
        return Response(ClinicReportOut(card).data, status=status, headers=headers)


class ClinicReports(_OfClinic):
    """Reports of a clinic."""

    @extend_schema(operation_id="list_clinic_reports", responses=ClinicReportsOut, tags=["reports"])
    def get(self, request: Request, clinic: str) -> Response:  # noqa: ARG002  # DRF's signature
        """Outcomes that anybody asked for, and lists of your own while you treat every child on them."""
        of = self.fetch_for_reports(clinic)
        return Response(ClinicReportsOut({"items": clinic_reports_of(self.by, of)}).data)

    @extend_schema(
        operation_id="ask_clinic_report",
        parameters=FOLLOWED,
        request=ClinicReportIn,
        responses={202: ClinicReportOut},
        tags=["reports"],
    )
    def post(self, request: Request, clinic: str) -> Response:  # noqa: ARG002
        """Its file is made in the background: follow it at the address in `Location` until it is `ready`.

        Asked twice, the one that is being made is answered.

        Outcomes tell counts of children, never of fewer than five. A list names the children you treat, for
        you alone, and is removed after seven days.
        """
        of = self.fetch_for_reports(clinic)
        told = self.read(ClinicReportIn)
        asked = clinic_reporting.ask_clinic_report(
            by=self.by,
            clinic=of,
            kind=ClinicReportKind(told["kind"]),
            month_on=told["month_on"],
            language=told["language"] or self.language,
            now=self.now,
        )
        return self.answer(asked, status=202)


class OneClinicReport(_OfClinic):
    """One report of a clinic."""

    @extend_schema(operation_id="get_clinic_report", responses=ClinicReportOut, tags=["reports"])
    def get(self, request: Request, clinic: str, clinic_report: uuid.UUID) -> Response:  # noqa: ARG002
        """How far it is: ask again after as many seconds as `Retry-After` says, while its file is made."""
        return self.answer(self.fetch_report(clinic, clinic_report))


class ClinicReportMaking(_OfClinic):
    """The making of a clinic's report."""

    may_answer = ("409",)

    @extend_schema(
        operation_id="make_clinic_report_again",
        parameters=FOLLOWED,
        request=None,
        responses={202: ClinicReportOut},
        tags=["reports"],
    )
    def post(self, request: Request, clinic: str, clinic_report: uuid.UUID) -> Response:  # noqa: ARG002
        """Once more, where it failed. 409 `report_not_failed` for one that is made, or being made."""
        found = self.fetch_report(clinic, clinic_report)
        again = clinic_reporting.make_again(by=self.by, report=found, now=self.now)
        return self.answer(again, status=202)


class MonthlyClinicReport(_OfClinic):
    """A clinic's outcomes put on paper every month."""

    @extend_schema(
        operation_id="get_monthly_clinic_report", responses=MonthlyClinicReportOut, tags=["reports"]
    )
    def get(self, request: Request, clinic: str) -> Response:  # noqa: ARG002  # DRF's signature
        """For owners and therapists."""
        return self.monthly(self.fetch_for_reports(clinic))

    @extend_schema(
        operation_id="put_monthly_clinic_report",
        request=None,
        responses=MonthlyClinicReportOut,
        tags=["reports"],
    )
    def put(self, request: Request, clinic: str) -> Response:  # noqa: ARG002
        """For owners: from the next month that is made on. It stays as it is where that is so already."""
        of = self.fetch_for_reports(clinic)
        outcomes_schedules.schedule_outcomes(by=self.by, clinic=of, now=self.now)
        return self.monthly(of)

    @extend_schema(
        operation_id="end_monthly_clinic_report", request=None, responses={204: None}, tags=["reports"]
    )
    def delete(self, request: Request, clinic: str) -> Response:  # noqa: ARG002
        """For owners: no more are made by themselves; what was made stays."""
        of = self.fetch_for_reports(clinic)
        outcomes_schedules.end_outcomes_schedule(by=self.by, clinic=of, now=self.now)
        return Response(status=204)

    def monthly(self, of: Clinic) -> Response:
        return Response(MonthlyClinicReportOut({"monthly": monthly_outcomes_of(of)}).data)


class ClinicReportFile(_OfClinic):
    """The file of a report of a clinic."""

    content_negotiation_class = AsItIs
    recent_for = ("GET",)
    may_answer = ("409",)

    @extend_schema(
        operation_id="get_clinic_report_file",
        responses={(200, "application/pdf"): OpenApiTypes.BINARY},
        tags=["reports"],
    )
    def get(self, request: Request, clinic: str, clinic_report: uuid.UUID) -> HttpResponse:  # noqa: ARG002
        """A PDF; whether you may take it away is asked anew each time. 409 `report_not_ready` before."""
        found = self.fetch_report(clinic, clinic_report)
        data = clinic_reporting.open_clinic_report(by=self.by, report=found, now=self.now)
        return HttpResponse(data, content_type="application/pdf")
