"""The library: strokes and presets for prescribers, clinical sentences for everyone who follows them.

A family reads the strokes of its own programs, step by step, in `programs`.
"""

from __future__ import annotations

import dataclasses
import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.resources import Resource
from api.v1.media import MediaOut, in_library
from api.v1.programs import AdoptionOut
from clinic.models import Clinic
from clinic.vocabulary import AuditCode
from tracking.readings import shelf, texts
from tracking.readings.shelf import PresetCard, StrokeCard


def _words(**kwargs: Any) -> serializers.CharField:
    return serializers.CharField(allow_blank=True, **kwargs)


class StrokeConflictOut(serializers.Serializer[Any]):
    """With a child who has this, the stroke is blocked, asks for a reason, or is adapted."""

    code = serializers.CharField()
    how = serializers.CharField()


class StrokeOut(serializers.Serializer[Any]):
    """A stroke as it is offered now."""

    slug = serializers.CharField()
    version = serializers.UUIDField()
    number = serializers.IntegerField(
        help_text="The version's number, from 1; raised when its content changes."
    )
    language = serializers.CharField(help_text="Of the instruction.")
    name = serializers.CharField()
    also_known_as = serializers.ListField(child=serializers.CharField())
    position = _words()
    instruction = serializers.CharField()
    words_to_say = _words()
    precautions = serializers.ListField(child=serializers.CharField())
    note = _words()
    region = serializers.CharField()
    pressure = serializers.CharField()
    contact = serializers.CharField()
    may_use_product = serializers.BooleanField()
    is_side_specific = serializers.BooleanField()
    seconds = serializers.IntegerField(help_text="Seconds of one pass, both sides together, from 0.")
    fewest_repetitions = serializers.IntegerField()
    most_repetitions = serializers.IntegerField()
    min_corrected_age_weeks = serializers.IntegerField()
    minimum_age = serializers.CharField(help_text="In words.")
    gate = serializers.CharField(help_text="What the minimum age does.")
    tags = serializers.ListField(child=serializers.CharField())
    conflicts = StrokeConflictOut(many=True)
    is_own = serializers.BooleanField(help_text="The clinic's own.")
    media = MediaOut(many=True)


class StrokesOut(serializers.Serializer[Any]):
    """Strokes that may be prescribed, built in and the clinic's own."""

    library_version = serializers.CharField()
    adopted = AdoptionOut(allow_null=True, help_text="null: the built-in words are draft wording.")
    items = StrokeOut(many=True)


class PresetOut(serializers.Serializer[Any]):
    """A ready-made order of strokes."""

    id = serializers.UUIDField()
    slug = serializers.CharField()
    number = serializers.IntegerField()
    name = serializers.CharField()
    position = _words()
    note = _words()
    strokes = serializers.ListField(child=serializers.CharField(), help_text="Slugs, in order.")
    seconds = serializers.IntegerField(help_text="Seconds of one pass, 0 or more.")
    minutes = serializers.IntegerField(help_text="Minutes that are prescribed unless said otherwise, from 1.")
    contact = _words()
    tags = serializers.ListField(child=serializers.CharField())
    is_own = serializers.BooleanField()


class PresetsOut(serializers.Serializer[Any]):
    """Ready-made orders of strokes, built in and the clinic's own."""

    items = PresetOut(many=True)


class TextOut(serializers.Serializer[Any]):
    """A clinical sentence."""

    code = serializers.CharField(help_text="stop_rule, safe_sleep_line, verse.legs, contraindication.fever …")
    text = serializers.CharField()
    language = serializers.CharField()
    source = _words()  # type: ignore[assignment]  # names of ours
    data = serializers.DictField(  # type: ignore[assignment]
        help_text="The numbers it stands for, where it has any."
    )


class TextsOut(serializers.Serializer[Any]):
    """Clinical sentences in your language."""

    adopted = AdoptionOut(allow_null=True, help_text="null: draft wording; say so beside it.")
    items = TextOut(many=True)


class Strokes(Resource):
    """What a clinic offers."""

    is_kept = True

    @extend_schema(operation_id="list_strokes", responses=StrokesOut, tags=["library"])
    def get(self, request: Request, clinic: str) -> Response:  # noqa: ARG002  # DRF's signature
        """In the usual order of a massage, the clinic's own after the built-in ones."""
        of = self.fetch_clinic(clinic)
        found = shelf.shelf(of, language=self.language)
        return Response(
            {
                "library_version": found.version,
                "adopted": found.adopted,
                "items": [_stroke(of, card) for card in found.strokes],
            }
        )


class Presets(Resource):
    """What a clinic begins programs from."""

    is_kept = True

    @extend_schema(operation_id="list_presets", responses=PresetsOut, tags=["library"])
    def get(self, request: Request, clinic: str) -> Response:  # noqa: ARG002  # DRF's signature
        found = shelf.shelf(self.fetch_clinic(clinic), language=self.language)
        return Response({"items": [_preset(card) for card in found.presets]})


class ClinicTexts(Resource):
    """A clinic's clinical sentences."""

    is_kept = True

    @extend_schema(operation_id="list_clinic_texts", responses=TextsOut, tags=["library"])
    def get(self, request: Request, clinic: str) -> Response:  # noqa: ARG002  # DRF's signature
        """Stop rule, safe sleep, pressures, verses, contraindications."""
        return Response(_texts(self.fetch_clinic(clinic), self.language))


class ChildTexts(Resource):
    """The same, for who follows a program."""

    is_kept = True

    @extend_schema(operation_id="list_texts", responses=TextsOut, tags=["library"])
    def get(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002  # DRF's signature
        """The clinical sentences of the child's clinic: stop rule, safe sleep, verses to sing …"""
        about, _ = self.fetch_record(child, viewed=AuditCode.VIEWED_PROGRAM)
        return Response(_texts(about.clinic, self.language))


def _texts(clinic: Clinic, language: str) -> dict[str, Any]:
    sentences = shelf.library_sentences(clinic, language=language)
    return {"adopted": texts.adoption(clinic.pk), "items": list(sentences.values())}


def _stroke(clinic: Clinic, card: StrokeCard) -> dict[str, Any]:
    told = {
        field.name: getattr(card, field.name)
        for field in dataclasses.fields(card)
        if field.name not in NOT_TOLD_OF_STROKES
    }
    conflicts = [{"code": code, "how": how} for code, how in card.conflict_codes]
    return (
        told
        | dataclasses.asdict(card.text)
        | {"conflicts": conflicts, "media": in_library(clinic, card.media)}
    )


NOT_TOLD_OF_STROKES = frozenset(
    {"id", "text", "typical_seconds", "conflict_codes", "is_hidden", "is_retired", "conflicts"}
)


def _preset(card: PresetCard) -> dict[str, Any]:
    told = {
        field.name: getattr(card, field.name)
        for field in dataclasses.fields(card)
        if field.name not in NOT_TOLD_OF_PRESETS
    }
    return told | {"strokes": [slug for slug, _ in card.strokes]}


NOT_TOLD_OF_PRESETS = frozenset({"is_hidden", "is_retired", "blocked", "needs_reason"})
