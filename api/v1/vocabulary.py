"""Codes and their labels."""

from __future__ import annotations

from enum import Enum
from typing import Any

from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.labels import LISTS, vocabulary
from api.resources import Resource


class WordOut(serializers.Serializer[Any]):
    """One code."""

    code = serializers.CharField()
    label = serializers.CharField(help_text="In full.")  # type: ignore[assignment]  # a name of ours
    tile = serializers.CharField(help_text="Short, for a button.")
    more = serializers.CharField(allow_blank=True, help_text="An example or an anchor beneath it.")
    group = serializers.CharField(allow_null=True)
    strength = serializers.CharField(allow_null=True, help_text="Of a cue: potent or subtle.")
    value = serializers.IntegerField(
        allow_null=True, help_text="The score or rank it stands for, from -2 to 9; null: none."
    )
    is_offered_at_bedtime = serializers.BooleanField()


def _about(kind: type[Enum]) -> str:
    """The first sentence of what its vocabulary says it is."""
    return (kind.__doc__ or "").split("\n\n", maxsplit=1)[0].split(". ", maxsplit=1)[0].rstrip(".") + "."


ListsOut = type(
    "ListsOut",
    (serializers.Serializer,),
    {
        "__doc__": "Every list, by its name.",
        **{name: WordOut(many=True, help_text=_about(kind)) for name, kind in LISTS.items()},
    },
)


class VocabularyOut(serializers.Serializer[Any]):
    """Every list of codes with its words."""

    language = serializers.CharField(help_text="Of the words: as Accept-Language asked, or English.")
    lists = ListsOut()


class Vocabulary(Resource):
    """Codes and their words."""

    is_kept = True

    @extend_schema(operation_id="get_vocabulary", responses=VocabularyOut, tags=["library"])
    def get(self, request: Request) -> Response:  # noqa: ARG002  # DRF's signature
        """Every list of codes. A code never changes its meaning; lists may grow."""
        return Response({"language": get_language(), "lists": vocabulary()})
