"""Who is signed in, where they work, and where they live."""

from __future__ import annotations

import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import Input, LanguageField, TruthField
from api.resources import Resource
from clinic.errors import Forbidden
from clinic.models import User
from clinic.services import languages
from clinic.vocabulary import Role
from tracking.readings import own

MOST_LANGUAGES = 20


class OwnClinicOut(serializers.Serializer[Any]):
    """A clinic one works in."""

    id = serializers.UUIDField()
    slug = serializers.CharField()
    name = serializers.CharField()
    zone = serializers.CharField()
    roles = serializers.ListField(child=serializers.ChoiceField([str(role) for role in Role]))


class OwnHouseholdOut(serializers.Serializer[Any]):
    """A household one belongs to."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    zone = serializers.CharField(help_text="Its days and clock times are of this zone.")
    locale = serializers.CharField()
    may_change = serializers.BooleanField(help_text="Whether you may set its routine times.")


class MeOut(serializers.Serializer[Any]):
    """Who is asking."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    email = serializers.CharField(allow_null=True)
    locale = serializers.CharField(allow_blank=True)
    spoken_languages = serializers.ListField(child=serializers.CharField(), help_text="BCP 47 tags.")
    reading_language = serializers.CharField(
        allow_blank=True, help_text="What you write is taken to be in it where you say nothing else."
    )
    clinics = OwnClinicOut(many=True)
    households = OwnHouseholdOut(many=True)


class LanguagesIn(Input):
    """What you speak and read, all of it."""

    spoken_languages = serializers.ListField(child=LanguageField(), max_length=MOST_LANGUAGES)
    reading_language = LanguageField(help_text="Empty: not known.")


class InterpreterIn(Input):
    """Whether an interpreter is to be there when the clinic talks with you."""

    is_needed = TruthField(help_text="For this child's clinic to talk with you.")


class InterpreterOut(serializers.Serializer[Any]):
    """Whether an interpreter is to be there when the clinic talks with you."""

    is_needed = serializers.BooleanField()


class Me(Resource):
    """Who is signed in."""

    @extend_schema(operation_id="get_me", responses=MeOut, tags=["me"])
    def get(self, request: Request) -> Response:  # noqa: ARG002  # DRF's signature
        """Oneself, the clinics one works in and the households one belongs to."""
        return Response(_answer(self.by))


class Languages(Resource):
    """What one speaks and reads."""

    @extend_schema(operation_id="put_own_languages", request=LanguagesIn, responses=MeOut, tags=["me"])
    def put(self, request: Request) -> Response:  # noqa: ARG002  # DRF's signature
        """Yours everywhere; read by those who care for your child and write to you."""
        sent = self.read(LanguagesIn)
        told = languages.say_own_languages(
            by=self.by, spoken=sent["spoken_languages"], reading=sent["reading_language"], now=self.now
        )
        return Response(_answer(told))


class Interpreter(Resource):
    """Whether the child's clinic needs an interpreter to talk with you."""

    @extend_schema(
        operation_id="put_own_interpreter", request=InterpreterIn, responses=InterpreterOut, tags=["me"]
    )
    def put(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002  # DRF's signature
        """A caregiver's to say of themselves; at other clinics it stays as it is."""
        grant = own.grant_to(self.by, self.fetch_child(child))
        if grant is None:
            raise Forbidden
        is_needed = self.read(InterpreterIn)["is_needed"]
        languages.say_interpreter_needed(by=self.by, grant=grant, is_needed=is_needed, now=self.now)
        return Response({"is_needed": grant.needs_interpreter})


def _answer(me: User) -> dict[str, Any]:
    return {
        "id": me.pk,
        "name": me.name,
        "email": me.email,
        "locale": me.locale,
        "spoken_languages": me.spoken_languages,
        "reading_language": me.reading_language,
        "clinics": own.clinics_of(me),
        "households": own.households_of(me),
    }
