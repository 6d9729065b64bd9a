"""Copies of the record: requested, made in the background, downloaded while they are kept."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import Input
from api.resources import Resource
from api.v1.media import AsItIs, file_answers
from clinic import access, files
from clinic.errors import Forbidden
from clinic.models import Child
from clinic.vocabulary import AuditCode
from tracking.models import CopyFor, ExportFormat, ExportState, RecordExport
from tracking.readings.exports import exports_of, seen_export
from tracking.services import exporting

FORMATS = [str(one) for one in ExportFormat]


COPIES = [str(one) for one in CopyFor]


class ExportIn(Input):
    """Whose copy it is, and how its tables are written."""

    copy_for = serializers.ChoiceField(
        COPIES,
        required=False,
        help_text="`family`: what a guardian reads, and their household; `clinic`: what the care team reads, "
        "for who treats the child. Without it: the one you may have.",
    )
    format = serializers.ChoiceField(
        FORMATS,
        default=str(ExportFormat.JSON),
        help_text="`json` and `csv`: a file for each table; `xlsx`: a sheet of one workbook for each.",
    )


class ExportOut(serializers.Serializer[Any]):
    """One copy: a ZIP whose `manifest.json` lists what is in it."""

    id = serializers.UUIDField()
    copy_for = serializers.ChoiceField(COPIES, help_text="Whose copy it is.")
    asked_at = serializers.DateTimeField()
    format = serializers.ChoiceField(FORMATS, source="file_format", help_text="How its tables are written.")
    state = serializers.ChoiceField(
        [str(one) for one in ExportState], help_text="Ask again for one that is `failed` or `expired`."
    )
    percent = serializers.IntegerField(help_text="How many hundredths of it are made, 0 to 100.")
    failure_code = serializers.CharField(allow_blank=True)
    finished_at = serializers.DateTimeField(allow_null=True)
    expires_at = serializers.DateTimeField(allow_null=True, help_text="When its file is removed.")
    byte_count = serializers.IntegerField(
        allow_null=True, help_text="How many bytes the file has, 0 or more; null: it is not made."
    )


class ExportsOut(serializers.Serializer[Any]):
    """Copies of a child's record that you asked for."""

    items = ExportOut(many=True, help_text="Your latest, newest first.")


class _OfTakers(Resource):
    """Of guardians and of who treats the child, each their own; an app of others is never given it."""

    scope_to_read = scope_to_write = None

    def fetch_for_export(self, pk: uuid.UUID) -> tuple[Child, list[CopyFor]]:
        """The child, and which copies the asker may have. Raises Forbidden where that is none."""
        about, _ = self.fetch_record(pk)
        copies = [CopyFor.FAMILY] if self.place.is_guardian else []
        copies += [CopyFor.CLINIC] if self.place.is_treating else []
        if not copies:
            raise Forbidden
        return about, copies

    def fetch_export(self, pk: uuid.UUID, about: Child) -> RecordExport:
        found: RecordExport = access.fetch(
            RecordExport.objects.filter(child=about).select_related("child"), self.by, pk=pk
        )
        return found


class Exports(_OfTakers):
    """Copies of the record."""

    @extend_schema(operation_id="list_exports", responses=ExportsOut, tags=["exports"])
    def get(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002  # DRF's signature
        about, _ = self.fetch_for_export(child)
        self.write_read(AuditCode.VIEWED_CHILD)
        return Response(ExportsOut({"items": exports_of(self.by, about, now=self.now)}).data)

    @extend_schema(operation_id="ask_export", request=ExportIn, responses={202: ExportOut}, tags=["exports"])
    def post(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002  # DRF's signature
        """What you may read of the child, and, for a guardian, of your household. One at a time: asking
        again answers the one that is being made, whatever its format; one that was ready is removed. 409
        `other_export_under_way` while another child's is made for the clinic.
        """
        about, copies = self.fetch_for_export(child)
        told = self.read(ExportIn)
        export = exporting.ask_export(
            by=self.by,
            child=about,
            copy_for=CopyFor(told.get("copy_for", copies[0])),
            language=self.language,
            as_format=ExportFormat(told["format"]),
            now=self.now,
        )
        return Response(ExportOut(seen_export(export, now=self.now)).data, status=202)


class Export(_OfTakers):
    """One copy."""

    @extend_schema(operation_id="get_export", responses=ExportOut, tags=["exports"])
    def get(self, request: Request, child: uuid.UUID, export: uuid.UUID) -> Response:  # noqa: ARG002
        """How far it is: ask every few seconds."""
        about, _ = self.fetch_for_export(child)
        found = self.fetch_export(export, about)
        self.write_read(AuditCode.VIEWED_CHILD)
        return Response(ExportOut(seen_export(found, now=self.now)).data)


class ExportFile(_OfTakers):
    """The file of a copy."""

    content_negotiation_class = AsItIs
    recent_for = ("GET",)
    may_answer = ("409",)

    @extend_schema(
        operation_id="get_export_file", responses=file_answers("application/zip"), tags=["exports"]
    )
    def get(self, request: Request, child: uuid.UUID, export: uuid.UUID) -> HttpResponse:
        """409 `export_not_ready` before it is made and once its time is over."""
        found = self.fetch_export(export, self.fetch_for_export(child)[0])
        name = exporting.open_export(by=self.by, export=found, now=self.now)
        return files.answer(name, request.headers)
