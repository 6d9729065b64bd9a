"""Consents: the wording of each item, and a guardian's own answer."""

from __future__ import annotations

import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import IdField, Input, TruthField
from api.resources import Resource
from clinic import policy
from clinic.errors import Unseen
from clinic.services import consents as services
from clinic.vocabulary import AuditCode, ConsentKind
from tracking.readings import consents as reading

KINDS = [str(kind) for kind in ConsentKind]


class ConsentIn(Input):
    """One's own word. With `is_given` the wording that was read, by its id."""

    is_given = TruthField()
    text = IdField(required=False, allow_null=True, default=None)


class AskedTextOut(serializers.Serializer[Any]):
    """The clinic's adopted wording, in the reader's language where there is one."""

    id = serializers.UUIDField()
    number = serializers.IntegerField()
    language = serializers.CharField()
    text = serializers.CharField()
    adopted_name = serializers.CharField()
    adopted_at = serializers.DateTimeField()


class OwnConsentOut(serializers.Serializer[Any]):
    """One item: what is asked, and what one said oneself; never what another guardian did."""

    kind = serializers.ChoiceField(KINDS)
    needs_every = serializers.BooleanField(help_text="Whether another guardian is asked as well.")
    asked = AskedTextOut(allow_null=True, help_text="null: the clinic has adopted no wording; ask nothing.")
    is_given = serializers.BooleanField(allow_null=True, help_text="null: one has said nothing.")
    on = serializers.DateField(allow_null=True)
    is_on_paper = serializers.BooleanField()
    is_newer = serializers.BooleanField(help_text="The wording was written anew since one agreed.")


class OwnConsentsOut(serializers.Serializer[Any]):
    """Each item, and what one said oneself."""

    items = OwnConsentOut(many=True)


class Consents(Resource):
    """What one agrees to for a child."""

    @extend_schema(operation_id="list_consents", responses=OwnConsentsOut, tags=["consents"])
    def get(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002  # DRF's signature
        """Every item, for a guardian: one's own words alone."""
        about = self.fetch_child(child, may=policy.may_consent, viewed=AuditCode.VIEWED_CHILD)
        return Response({"items": reading.own_consents(self.by, about, language=self.language)})


class Consent(Resource):
    """One item."""

    @extend_schema(
        operation_id="say_consent", request=ConsentIn, responses={200: OwnConsentOut}, tags=["consents"]
    )
    def put(self, request: Request, child: uuid.UUID, item: str) -> Response:  # noqa: ARG002
        """Agree, or take it back; the same word again changes nothing.

        409 `wording_changed`: read the wording again before agreeing.
        """
        about = self.fetch_child(child, may=policy.may_consent)
        kind = next((one for one in ConsentKind if one == item), None)
        if kind is None:
            raise Unseen
        sent = self.read(ConsentIn)
        if sent["is_given"]:
            services.give(by=self.by, child=about, kind=kind, text=sent["text"] or "", now=self.now)
        else:
            services.withdraw(by=self.by, child=about, kind=kind, now=self.now)
        said = reading.own_consents(self.by, about, language=self.language)
        return Response(next(one for one in said if one.kind == kind))
