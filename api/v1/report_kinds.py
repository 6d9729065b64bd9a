"""The kinds of report that may be requested for a child, and its monthly draft."""

from __future__ import annotations

import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import Input
from api.v1.reports import OfReports
from clinic import access
from clinic.errors import Forbidden
from clinic.localtime import local_day
from clinic.models import Child
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.models import ReportKind
from tracking.models.report_schedules import LATEST_DAY
from tracking.readings import reports as reading
from tracking.reports.kinds import KINDS
from tracking.services import report_schedules


class ReportKindOut(serializers.Serializer[Any]):
    """One kind, and what asking for it needs."""

    kind = serializers.ChoiceField(ReportKind.values, help_text="Send it back with `ask_report`.")
    title = serializers.CharField(help_text="What it is called, in your language.")
    more = serializers.CharField(allow_blank=True, help_text="What it is for, in your language.")
    covers_days = serializers.BooleanField(
        help_text="It is about the period you name; false: about today, and takes no days."
    )
    has_words = serializers.BooleanField(help_text="It has a place for a `narrative`.")
    most_characters = serializers.IntegerField(help_text="How many characters that may have, 0 or more.")
    has_addressee = serializers.BooleanField(help_text="It goes to an `addressee` who is asked a `question`.")
    may_be_for_home = serializers.BooleanField(help_text="It can be made for one `household`.")
    is_signed = serializers.BooleanField(
        help_text="Somebody signs it before it is shared; false: it is handed out as soon as it is made."
    )
    is_for_family = serializers.BooleanField(
        help_text="It can be shared; false: it is written for a professional."
    )
    is_shared_by_home = serializers.BooleanField(
        help_text="It says who told what, and is shared only if it was made for one household."
    )


class ReportKindsOut(serializers.Serializer[Any]):
    """What can be asked for, and the days it is usually about."""

    items = ReportKindOut(many=True, help_text="In the order they are offered.")
    usual_from = serializers.DateField(
        help_text="The program's first day, or eight weeks ago: a period to begin from."
    )
    usual_until = serializers.DateField(help_text="Today, at the clinic.")


class MonthlyIn(Input):
    """On which day."""

    day_of_month = serializers.IntegerField(
        min_value=1, max_value=LATEST_DAY, help_text="A day number that every month has, 1 to 28."
    )


class MonthlyOut(serializers.Serializer[Any]):
    """A progress report that is drafted every month; nobody is sent it, and somebody has to sign it."""

    day_of_month = serializers.IntegerField(help_text="A day number, 1 to 28.")
    next_on = serializers.DateField(help_text="The local day of the next, at the clinic.")
    therapist = serializers.CharField(help_text="For whom it is drafted.")


class MonthlyReportOut(serializers.Serializer[Any]):
    """The child's, where there is one."""

    monthly = MonthlyOut(allow_null=True, help_text="Null: none is drafted.")


class ReportKinds(OfReports):
    """Kinds of report."""

    @extend_schema(operation_id="list_report_kinds", responses=ReportKindsOut, tags=["reports"])
    def get(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002  # DRF's signature
        """For who may ask for them: who treats the child."""
        about = self.fetch_for_reports(child)
        access.demand(policy.may_ask_report, self.by, about)
        self.write_read(AuditCode.VIEWED_REPORT)
        first, last = reading.usual_period(about, today=local_day(self.now, about.clinic.zone))
        offered = reading.offered_kinds(KINDS, chosen=next(iter(KINDS)))
        items = [_kind(one) for one in offered]
        return Response(
            ReportKindsOut({"items": items, "usual_from": first, "usual_until": last}).data,
        )


class MonthlyReport(OfReports):
    """The monthly progress report of a child."""

    @extend_schema(operation_id="get_monthly_report", responses=MonthlyReportOut, tags=["reports"])
    def get(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002  # DRF's signature
        """For the care team."""
        about = self.fetch_for_reports(child)
        if not self.place.is_reading:
            raise Forbidden
        self.write_read(AuditCode.VIEWED_REPORT)
        return self.monthly(about)

    @extend_schema(
        operation_id="put_monthly_report", request=MonthlyIn, responses=MonthlyReportOut, tags=["reports"]
    )
    def put(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002
        """Have one drafted for you every month, in place of what was set before. A child has one."""
        about = self.fetch_for_reports(child)
        access.demand(policy.may_ask_report, self.by, about)
        told = self.read(MonthlyIn)
        report_schedules.schedule_reports(by=self.by, child=about, now=self.now, **told)
        return self.monthly(about)

    @extend_schema(operation_id="end_monthly_report", request=None, responses={204: None}, tags=["reports"])
    def delete(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002
        """No more are drafted; what was drafted stays."""
        about = self.fetch_for_reports(child)
        report_schedules.end_schedule(by=self.by, child=about, now=self.now)
        return Response(status=204)

    def monthly(self, about: Child) -> Response:
        return Response(MonthlyReportOut({"monthly": reading.monthly_of(self.by, about)}).data)


def _kind(offered: reading.OfferedKind) -> dict[str, Any]:
    kind = KINDS[offered.kind]
    return {
        "kind": offered.kind,
        "title": offered.title,
        "more": offered.more,
        "covers_days": kind.covers_days,
        "has_words": kind.has_words,
        "most_characters": kind.longest_narrative if kind.has_words else 0,
        "has_addressee": kind.has_addressee,
        "may_be_for_home": kind.may_be_for_home,
        "is_signed": kind.is_signed,
        "is_for_family": kind.is_for_family,
        "is_shared_by_home": kind.tells_homes_apart,
    }
