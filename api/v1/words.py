"""A household's own words and recordings for a child; other households cannot read them."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import Input, LanguageField, TextField, TruthField
from api.parsers import RecordingParser
from api.resources import Resource
from api.v1.media import file_answers
from clinic import access, files
from clinic.errors import Forbidden, Unseen
from clinic.models import Child, Family
from clinic.vocabulary import AuditCode
from tracking.models import FamilyWords
from tracking.readings import family_words as reading
from tracking.readings.family_words import OwnWords
from tracking.services import family_words


class WordsIn(Input):
    """What is said instead. With a recording the words may stay empty: the library's, in your own voice."""

    words = TextField(max_length=family_words.LONGEST_WORDS, default="")
    language = LanguageField(default="", help_text="Empty: the one you read.")
    is_shared = TruthField(default=False, help_text="With the care team.")


class WordsOut(serializers.Serializer[Any]):
    """What your household says. What it does not say falls back to the program's and the library's words."""

    id = serializers.UUIDField()
    about = serializers.CharField(help_text="A stroke's slug, or verse_ and a part of the body.")
    words = serializers.CharField(allow_blank=True)
    language = serializers.CharField(allow_blank=True)
    has_recording = serializers.BooleanField()
    is_shared = serializers.BooleanField()


class WordsListOut(serializers.Serializer[Any]):
    """What your household says, by what it is about."""

    items = WordsOut(many=True)


class _Household(Resource):
    """Words of the asker's own household."""

    def fetch_home(self, pk: uuid.UUID) -> tuple[Child, Family]:
        child, sight = self.fetch_record(pk)
        if sight.family_id is None:
            raise Forbidden
        return child, access.fetch(Family.objects, self.by, pk=sight.family_id)

    def fetch_words(self, child: Child, family: Family, about: str) -> FamilyWords:
        words: FamilyWords = access.fetch(
            FamilyWords.objects.select_related("child", "family"),
            self.by,
            child=child,
            family=family,
            about=about,
        )
        return words


class AllWords(_Household):
    """All of them."""

    @extend_schema(operation_id="list_words", responses=WordsListOut, tags=["words"])
    def get(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002  # DRF's signature
        """Your household's; for the care team those that are shared."""
        about, sight = self.fetch_record(child, viewed=AuditCode.VIEWED_PROGRAM)
        if sight.family_id is not None:
            found = reading.own_words_of(self.by, about, sight.family_id)
        else:
            found = reading.shared_words_of(self.by, about)
        return Response({"items": [_answer(one) for one in found.values()]})


class OneWords(_Household):
    """What is said with one stroke, or sung for one part of the body."""

    @extend_schema(operation_id="put_words", request=WordsIn, responses=WordsOut, tags=["words"])
    def put(self, request: Request, child: uuid.UUID, about: str) -> Response:  # noqa: ARG002
        """Kept as sent, whatever was there; a recording stays."""
        found, family = self.fetch_home(child)
        kept = family_words.keep_family_words(
            by=self.by, child=found, family=family, about=about, now=self.now, **self.read(WordsIn)
        )
        return Response(_answer(reading.own_words(kept)))

    @extend_schema(operation_id="give_up_words", request=None, responses={204: None}, tags=["words"])
    def delete(self, request: Request, child: uuid.UUID, about: str) -> Response:  # noqa: ARG002
        """The library's words stand again."""
        found, family = self.fetch_home(child)
        words = self.fetch_words(found, family, about)
        family_words.give_up_family_words(by=self.by, words=words, now=self.now)
        return Response(status=204)


class Recording(_Household):
    """The voice."""

    parser_classes = (RecordingParser,)

    @extend_schema(
        operation_id="put_recording",
        request=dict.fromkeys(RecordingParser.kinds, OpenApiTypes.BINARY),
        responses=WordsOut,
        tags=["words"],
    )
    def put(self, request: Request, child: uuid.UUID, about: str) -> Response:
        """Up to 2 MB and half a minute; the words beside it stay as they are."""
        found, family = self.fetch_home(child)
        sent: Any = request.data  # the parser's
        words = FamilyWords.objects.visible_to(self.by)
        there = words.filter(child=found, family=family, about=about).first()
        kept = family_words.keep_family_words(
            by=self.by,
            child=found,
            family=family,
            about=about,
            words=there.words if there else "",
            language=there.language if there else "",
            is_shared=there is not None and there.is_shared,
            recording=sent.get("content", b""),
            now=self.now,
        )
        return Response(_answer(reading.own_words(kept)))

    @extend_schema(operation_id="get_recording", responses=file_answers("audio/mp4"), tags=["words"])
    def get(self, request: Request, child: uuid.UUID, about: str) -> HttpResponse:
        """Of your own household; for the care team one that is shared."""
        found, sight = self.fetch_record(child, viewed=AuditCode.VIEWED_PROGRAM)
        rows = FamilyWords.objects.heard_by(self.by).filter(child=found, about=about)
        if sight.family_id is not None:
            rows = rows.filter(family=sight.family_id)
        words = rows.order_by("-at", "-id").first()
        if words is None:
            raise Unseen
        return files.answer(words.recording, request.headers)


def _answer(words: OwnWords) -> dict[str, Any]:
    return {
        "id": words.id,
        "about": words.about,
        "words": words.words,
        "language": words.language,
        "has_recording": words.has_recording,
        "is_shared": words.is_shared,
    }
