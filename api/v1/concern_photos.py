"""Photos of a concern, as bytes: for the care team only, kept for 90 days or longer."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import Input, LanguageField, TextField
from api.parsers import PhotoParser
from api.v1.concerns import ConcernOut, Worried
from api.v1.media import file_answers
from clinic import access, files
from tracking import policy
from tracking.models import ConcernPhoto
from tracking.readings import concerns as reading
from tracking.services import concern_photos


class KeepingIn(Input):
    """Why a photo is kept longer."""

    reason = TextField(
        max_length=concern_photos.LONGEST_REASON, allow_blank=False, help_text="Why it is still needed."
    )
    language = LanguageField(default="", help_text="Empty: the one you read.")


class _Photographed(Worried):
    """Of a concern's photos."""

    def fetch_photo(self, child: uuid.UUID, concern: uuid.UUID, photo: uuid.UUID) -> ConcernPhoto:
        about, _ = self.fetch_for_concerns(child)
        row: ConcernPhoto = access.fetch(
            ConcernPhoto.objects.select_related("child__clinic", "concern__child__clinic"),
            self.by,
            child=about,
            concern__client_id=concern,
            client_id=photo,
        )
        return row


class Photo(_Photographed):
    """One photo of a concern."""

    parser_classes = (PhotoParser,)

    @extend_schema(
        operation_id="put_concern_photo",
        request=dict.fromkeys(PhotoParser.kinds, OpenApiTypes.BINARY),
        responses=ConcernOut,
        tags=["concerns"],
    )
    def put(
        self,
        request: Request,
        child: uuid.UUID,
        concern: uuid.UUID,
        photo: uuid.UUID,
    ) -> Response:
        """A picture of up to 10 MB, under an id of your own making; only the care team sees it."""
        about, _ = self.fetch_for_concerns(child)
        row = reading.told_or_seen(self.by, about, concern)
        access.demand(policy.may_send_photo, self.by, row)
        sent: Any = request.data  # the parser's
        content: bytes = sent.get("content", b"")
        concern_photos.send_photo(by=self.by, concern=row, client_id=photo, content=content, now=self.now)
        return self.answer(row)

    @extend_schema(
        operation_id="get_concern_photo",
        responses=file_answers("image/*"),
        tags=["concerns"],
    )
    def get(
        self,
        request: Request,
        child: uuid.UUID,
        concern: uuid.UUID,
        photo: uuid.UUID,
    ) -> HttpResponseBase:
        """The picture; each look is written down."""
        row = self.fetch_photo(child, concern, photo)
        return files.answer(
            concern_photos.look_at_photo(by=self.by, photo=row, now=self.now), request.headers
        )


class PhotoKeeping(_Photographed):
    """That a photo is kept longer than its 90 days."""

    @extend_schema(
        operation_id="keep_concern_photo", request=KeepingIn, responses=ConcernOut, tags=["concerns"]
    )
    def put(self, request: Request, child: uuid.UUID, concern: uuid.UUID, photo: uuid.UUID) -> Response:  # noqa: ARG002
        """Kept until somebody says otherwise; the first reason stands."""
        row = self.fetch_photo(child, concern, photo)
        concern_photos.keep_photo(by=self.by, photo=row, now=self.now, **self.read(KeepingIn))
        return self.answer(row.concern)

    @extend_schema(
        operation_id="keep_concern_photo_no_longer",
        request=None,
        responses={200: ConcernOut},
        tags=["concerns"],
    )
    def delete(self, request: Request, child: uuid.UUID, concern: uuid.UUID, photo: uuid.UUID) -> Response:  # noqa: ARG002
        """Removed after its 90 days again; one that is older, the next night."""
        row = self.fetch_photo(child, concern, photo)
        concern_photos.keep_photo_no_longer(by=self.by, photo=row, now=self.now)
        return self.answer(row.concern)
