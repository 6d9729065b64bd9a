"""Reports about a child: request, follow, read, reword, sign, share, amend, download."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import DayField, Input, LanguageField, TextField, VisibleRelatedField
from api.resources import Resource
from api.v1.following import FOLLOWED, following
from api.v1.media import AsItIs
from clinic import access
from clinic.errors import Unseen
from clinic.models import Child, Family, User
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.models import Report, ReportKind, ReportState
from tracking.readings.reports import (
    LONGEST_ADDENDUM,
    LONGEST_ADDRESSEE,
    LONGEST_NARRATIVE,
    LONGEST_QUESTION,
    addenda_of,
    reports_of,
    seen,
    shared_reports_of,
)
from tracking.services import reporting


class ReportIn(Input):
    """What is asked for."""

    kind = serializers.ChoiceField(ReportKind.values, help_text="What it is for.")
    period_from = DayField(
        required=False,
        allow_null=True,
        default=None,
        help_text="The first local day it is about, where the kind covers days; others are about today.",
    )
    period_until = DayField(
        required=False, allow_null=True, default=None, help_text="The last; no more than two years later."
    )
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


class ReportChangeIn(Input):
    """Other words for a report that nobody has signed."""

    narrative = TextField(
        max_length=LONGEST_NARRATIVE, allow_blank=True, help_text="An empty line starts a paragraph."
    )


class AddendumIn(Input):
    """Something to add to a signed report."""

    words = TextField(max_length=LONGEST_ADDENDUM, help_text="An empty line starts a paragraph.")
    language = LanguageField(default="", help_text="Of these words; empty: the one you read.")


class ReportOut(serializers.Serializer[Any]):
    """One report, without its text."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(ReportKind.values, help_text="What it is for.")
    period_from = serializers.DateField(help_text="The first local day it is about.")
    period_until = serializers.DateField(help_text="The last.")
    language = serializers.CharField(help_text="Of what it says.")
    home = serializers.CharField(allow_blank=True, help_text="The household it was made for; empty: none.")
    state = serializers.ChoiceField(
        ReportState.values, help_text="How its making stands. `ready`: its file can be taken away."
    )
    percent = serializers.IntegerField(help_text="How many hundredths of it are made, 0 to 100.")
    failure_code = serializers.CharField(allow_blank=True)
    asked_at = serializers.DateTimeField(help_text="When it was asked for, or last asked for again.")
    signed_by = serializers.CharField(
        allow_blank=True, help_text="The therapist who answers for it; empty: nobody has signed it."
    )
    signed_at = serializers.DateTimeField(allow_null=True)
    shared_at = serializers.DateTimeField(
        allow_null=True, help_text="Since when the family may read it. Null: it may not."
    )
    added_count = serializers.IntegerField(help_text="How many additions it has, 0 or more.")


class ReportWordsOut(ReportOut):
    """One report with the words in it that people wrote; they and what follows are the care team's alone."""

    narrative = serializers.CharField(allow_null=True, help_text="Null: for guardians, who read the file.")
    addressee = serializers.CharField(allow_null=True, help_text="Whom a letter goes to.")
    question = serializers.CharField(allow_null=True, help_text="What a letter asks its reader.")
    for_chart = serializers.CharField(
        allow_null=True,
        help_text="Its sentences as plain text, to be copied into a chart elsewhere. Null: not for you, or "
        "it is not made.",
    )


class ReportsOut(serializers.Serializer[Any]):
    """The reports you may read."""

    items = ReportOut(many=True, help_text="Newest first.")


class AddendumOut(serializers.Serializer[Any]):
    """Something added to a signed report; it stays as it was written."""

    words = serializers.CharField()
    language = serializers.CharField(allow_blank=True, help_text="Of these words.")
    by = serializers.CharField(help_text="Who added it.")
    at = serializers.DateTimeField(help_text="When.")


class AddendaOut(serializers.Serializer[Any]):
    """What was added to a report."""

    items = AddendumOut(many=True, help_text="In the order it was written.")


class OfReports(Resource):
    """Of the child's team and guardians; who only logs knows of none."""

    def fetch_for_reports(self, pk: uuid.UUID) -> Child:
        about, _ = self.fetch_record(pk)
        if not policy.may_view_reports(self.by, about):
            raise Unseen
        return about

    def fetch_report(
        self, child: uuid.UUID, pk: uuid.UUID, *, may: Callable[[User, Report], bool] | None = None
    ) -> Report:
        """A report in sight which the asker may do this to."""
        about = self.fetch_for_reports(child)
        people = ("child__clinic", "asked_by", "signed_by", "family")
        found: Report = access.fetch(
            Report.objects.filter(child=about).select_related(*people),
            self.by,
            pk=pk,
            may=may,
        )
        return found

    def answer(self, report: Report, *, status: int = 200) -> Response:
        """The report as it stands; while it is made, when to ask again, and where."""
        added = addenda_of(self.by, report) if report.signed_at else ()
        card = seen(report, added_count=len(added))
        told = {**asdict(card), **dict.fromkeys(("narrative", "addressee", "question", "for_chart"))}
        if self.place.is_reading:
            told |= {name: getattr(report, name) for name in ("narrative", "addressee", "question")}
        if self.place.is_treating and card.is_ready:
            told["for_chart"] = report.for_chart
        address = reverse("api:report", kwargs={"child": report.child_id, "report": report.pk})
        headers = following(address, status=status, is_under_way=card.is_under_way)
        return Response(ReportWordsOut(told).data, status=status, headers=headers)


class Reports(OfReports):
    """Reports of a child."""

    @extend_schema(operation_id="list_reports", responses=ReportsOut, tags=["reports"])
    def get(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002  # DRF's signature
        """All of them to the care team; to a guardian those that were shared with their home or with all."""
        about = self.fetch_for_reports(child)
        self.write_read(AuditCode.VIEWED_REPORT)
        listed = reports_of if self.place.is_reading else shared_reports_of
        return Response(ReportsOut({"items": listed(self.by, about)}).data)

    @extend_schema(
        operation_id="ask_report",
        parameters=FOLLOWED,
        request=ReportIn,
        responses={202: ReportWordsOut},
        tags=["reports"],
    )
    def post(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002
        """Its file is made in the background: follow it at the address in `Location` until it is `ready`.

        What each kind needs is told by `list_report_kinds`.
        """
        about = self.fetch_child(child)
        access.demand(policy.may_ask_report, self.by, about)
        told = self.read(ReportIn, child=about)
        kind = ReportKind(told.pop("kind"))
        home = told.pop("household")
        asked = reporting.ask_report(by=self.by, child=about, kind=kind, family=home, now=self.now, **told)
        return self.answer(asked, status=202)


class OneReport(OfReports):
    """One report."""

    may_answer = ("409",)

    @extend_schema(operation_id="get_report", responses=ReportWordsOut, tags=["reports"])
    def get(self, request: Request, child: uuid.UUID, report: uuid.UUID) -> Response:  # noqa: ARG002
        """How far it is: ask again after as many seconds as `Retry-After` says, which is there while its file
        is made. `failed`: `failure_code` says why; ask for it to be made again with `make_report_again`.
        """
        found = self.fetch_report(child, report)
        self.write_read(AuditCode.VIEWED_REPORT)
        return self.answer(found)

    @extend_schema(
        operation_id="change_report",
        parameters=FOLLOWED,
        request=ReportChangeIn,
        responses={202: ReportWordsOut},
        tags=["reports"],
    )
    def patch(self, request: Request, child: uuid.UUID, report: uuid.UUID) -> Response:  # noqa: ARG002
        """Other words, until it is signed; its file is made anew. Afterwards: `add_to_report`."""
        found = self.fetch_report(child, report, may=policy.may_sign_report)
        told = self.read(ReportChangeIn)
        changed = reporting.change_narrative(by=self.by, report=found, now=self.now, **told)
        return self.answer(changed, status=202)


class ReportMaking(OfReports):
    """The making of a report's file."""

    may_answer = ("409",)

    @extend_schema(
        operation_id="make_report_again",
        parameters=FOLLOWED,
        request=None,
        responses={202: ReportWordsOut},
        tags=["reports"],
    )
    def post(self, request: Request, child: uuid.UUID, report: uuid.UUID) -> Response:  # noqa: ARG002
        """Once more, where it failed. 409 `report_not_failed` for one that is made, or being made."""
        found = self.fetch_report(child, report, may=policy.may_sign_report)
        again = reporting.make_again(by=self.by, report=found, now=self.now)
        return self.answer(again, status=202)


class ReportSignature(OfReports):
    """The signature under a report."""

    may_answer = ("409",)

    @extend_schema(
        operation_id="sign_report",
        parameters=FOLLOWED,
        request=None,
        responses={202: ReportWordsOut},
        tags=["reports"],
    )
    def put(self, request: Request, child: uuid.UUID, report: uuid.UUID) -> Response:  # noqa: ARG002
        """Sign what was read: it stays as it is from then on. Its file is made once more, with the signature.

        409 `report_not_ready` while it is made, `already_signed`, or `report_never_signed` for a kind that
        nobody signs.
        """
        found = self.fetch_report(child, report, may=policy.may_sign_report)
        signed = reporting.sign_report(by=self.by, report=found, now=self.now)
        return self.answer(signed, status=202)


class ReportSharing(OfReports):
    """Whether the family reads a report."""

    may_answer = ("409",)

    @extend_schema(operation_id="share_report", request=None, responses=ReportWordsOut, tags=["reports"])
    def put(self, request: Request, child: uuid.UUID, report: uuid.UUID) -> Response:  # noqa: ARG002
        """Let the guardians read it, of one made for a home those there. They are told the first time.

        409 `report_not_ready` before it is made, and signed where its kind is; `report_not_for_families`;
        `report_not_of_one_home`.
        """
        found = self.fetch_report(child, report, may=policy.may_sign_report)
        return self.answer(reporting.share_report(by=self.by, report=found, now=self.now))


class ReportAddenda(OfReports):
    """What was added to a signed report."""

    may_answer = ("409",)

    @extend_schema(operation_id="list_report_addenda", responses=AddendaOut, tags=["reports"])
    def get(self, request: Request, child: uuid.UUID, report: uuid.UUID) -> Response:  # noqa: ARG002
        """Whoever reads the report reads what was added to it."""
        found = self.fetch_report(child, report)
        self.write_read(AuditCode.VIEWED_REPORT)
        return Response(AddendaOut({"items": addenda_of(self.by, found)}).data)

    @extend_schema(
        operation_id="add_to_report", request=AddendumIn, responses={201: AddendaOut}, tags=["reports"]
    )
    def post(self, request: Request, child: uuid.UUID, report: uuid.UUID) -> Response:  # noqa: ARG002
        """Under your name; the signed file stays as it is. 409 `report_not_signed` before it is signed."""
        found = self.fetch_report(child, report, may=policy.may_sign_report)
        reporting.add_to_report(by=self.by, report=found, now=self.now, **self.read(AddendumIn))
        return Response(AddendaOut({"items": addenda_of(self.by, found)}).data, status=201)


class ReportAddendaFile(OfReports):
    """What was added to a report, as a file of its own."""

    content_negotiation_class = AsItIs
    recent_for = ("GET",)

    @extend_schema(
        operation_id="get_report_addenda_file",
        responses={(200, "application/pdf"): OpenApiTypes.BINARY},
        tags=["reports"],
    )
    def get(self, request: Request, child: uuid.UUID, report: uuid.UUID) -> HttpResponse:  # noqa: ARG002
        """A PDF, made when it is asked for; 404 where nothing was added."""
        found = self.fetch_report(child, report, may=policy.may_download_report)
        data = reporting.open_addenda(by=self.by, report=found, now=self.now)
        return HttpResponse(data, content_type="application/pdf")


class ReportFile(OfReports):
    """The file of a report."""

    content_negotiation_class = AsItIs
    recent_for = ("GET",)
    may_answer = ("409",)

    @extend_schema(
        operation_id="get_report_file",
        responses={(200, "application/pdf"): OpenApiTypes.BINARY},
        tags=["reports"],
    )
    def get(self, request: Request, child: uuid.UUID, report: uuid.UUID) -> HttpResponse:  # noqa: ARG002
        """A PDF; whether you may take it away is asked anew each time. 409 `report_not_ready` while it is
        made, `report_not_made` where that failed.
        """
        found = self.fetch_report(child, report, may=policy.may_download_report)
        data = reporting.open_report(by=self.by, report=found, now=self.now)
        return HttpResponse(data, content_type="application/pdf")
