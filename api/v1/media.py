"""A clinic's own pictures and clips of strokes."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.request import Request

from api.resources import Resource
from clinic import files
from clinic.models import Clinic
from clinic.vocabulary import AuditCode, FileKind
from tracking.readings.program_steps import Media
from tracking.readings.stroke_media import file_in_library, file_in_programs


class MediaOut(serializers.Serializer[Any]):
    """A picture or clip of a stroke, for those who see the stroke."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField([str(FileKind.PHOTO), str(FileKind.CLIP)])
    alt_text = serializers.CharField(help_text="For those who cannot see it.")
    language = serializers.CharField(allow_blank=True, help_text="Of those words.")
    address = serializers.CharField(help_text="Of the file; ask with the same token, and keep it nowhere.")


@dataclass(frozen=True, slots=True)
class Addressed(Media):
    """A picture or clip with the address of its file."""

    address: str


def in_programs(child: uuid.UUID, media: Iterable[Media]) -> tuple[Addressed, ...]:
    """Media with addresses that who reads the child's programs may ask."""
    return tuple(
        Addressed(
            one.id,
            one.kind,
            one.alt_text,
            one.language,
            reverse("api:child-media", kwargs={"child": child, "media": one.id}),
        )
        for one in media
    )


def in_library(clinic: Clinic, media: Iterable[Media]) -> tuple[Addressed, ...]:
    """Media with addresses that the clinic's staff may ask."""
    return tuple(
        Addressed(
            one.id,
            one.kind,
            one.alt_text,
            one.language,
            reverse("api:clinic-media", kwargs={"clinic": clinic.slug, "media": one.id}),
        )
        for one in media
    )


class AsItIs(BaseContentNegotiation):
    """A file is what it is, whatever was asked for; a refusal is JSON."""

    def select_parser(self, request: Request, parsers: Any) -> Any:  # noqa: ARG002  # DRF's signature
        return parsers[0]

    def select_renderer(self, request: Request, renderers: Any, format_suffix: Any = None) -> Any:  # noqa: ARG002
        return renderers[0], renderers[0].media_type


def file_answers(*kinds: str) -> dict[Any, Any]:
    """What the address of a file answers: all of it, or the part a Range asks for."""
    answers: dict[Any, Any] = {(status, kind): OpenApiTypes.BINARY for status in (200, 206) for kind in kinds}
    return answers | {416: OpenApiResponse(description="The file has no such part.")}


FILE = file_answers("image/jpeg", "image/png", "video/mp4")


class ChildMedia(Resource):
    """A file at a step of a child's programs."""

    content_negotiation_class = AsItIs

    @extend_schema(operation_id="get_media", responses=FILE, tags=["programs"])
    def get(self, request: Request, child: uuid.UUID, media: uuid.UUID) -> HttpResponse:
        about, _ = self.fetch_record(child, viewed=AuditCode.VIEWED_PROGRAM)
        return files.answer(file_in_programs(self.by, about, media), request.headers)


class ClinicMedia(Resource):
    """A file in a clinic's library."""

    content_negotiation_class = AsItIs

    @extend_schema(operation_id="get_clinic_media", responses=FILE, tags=["library"])
    def get(self, request: Request, clinic: str, media: uuid.UUID) -> HttpResponse:
        return files.answer(file_in_library(self.fetch_clinic(clinic), media), request.headers)
