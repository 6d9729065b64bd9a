"""The child's own signs of more and enough, and how soon quiet ones pause a massage."""

from __future__ import annotations

import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import CodeField, IdField, Input, LanguageField, TextField
from api.resources import Resource
from clinic import access
from clinic.localtime import local_day
from clinic.models import Child
from clinic.vocabulary import AuditCode, StopSensitivity
from tracking import policy
from tracking.models import ChildSign
from tracking.models.signs import MOST_SIGNS
from tracking.models.supervision import awaits_signature
from tracking.readings import signs as reading
from tracking.readings.signs import SignReading
from tracking.readings.stopping import stop_setting
from tracking.services import signs
from tracking.vocabulary.cues import GentleBecause, SignMeaning


class SignIn(Input):
    """A sign in the words of somebody who knows it."""

    asks_for = serializers.ChoiceField([str(one) for one in SignMeaning])
    words = TextField(max_length=signs.LONGEST_WORDS, allow_blank=False)
    language = LanguageField(default="", help_text="Of the words; empty: the one you read.")
    cue = CodeField(default="", help_text="The cue that stands for it; empty: none.")


class SignOut(serializers.Serializer[Any]):
    """A sign in use. Offer it before all other cues, and send its id with a cue of a session."""

    id = serializers.UUIDField()
    asks_for = serializers.ChoiceField([str(one) for one in SignMeaning])
    words = serializers.CharField()
    language = serializers.CharField(allow_blank=True)
    cue = serializers.CharField(
        allow_blank=True,
        help_text="Empty: no cue stands for it; the stop rule takes one of enough for a quiet sign.",
    )
    is_draft = serializers.BooleanField(help_text="Waits for a signature; the family does not see it yet.")


class SignsOut(serializers.Serializer[Any]):
    """In the order in which they are offered."""

    items = SignOut(many=True)


class OrderIn(Input):
    """The signs in the order in which they are to be offered."""

    signs = serializers.ListField(child=IdField(), max_length=MOST_SIGNS, help_text="Each in use, once.")


class StopSensitivityIn(Input):
    """How soon a session is to be stopped."""

    sensitivity = serializers.ChoiceField(
        ["", *(str(one) for one in StopSensitivity)], help_text="Empty: by age and history."
    )


class StopSensitivityOut(serializers.Serializer[Any]):
    """What holds, and what would hold if nobody had set it, with the reasons."""

    sensitivity = serializers.ChoiceField([str(one) for one in StopSensitivity])
    is_set = serializers.BooleanField()
    by_default = serializers.ChoiceField([str(one) for one in StopSensitivity])
    because = serializers.ListField(child=serializers.ChoiceField([str(one) for one in GentleBecause]))


class Signs(Resource):
    """The signs in use."""

    @extend_schema(operation_id="list_signs", responses=SignsOut, tags=["signs"])
    def get(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002  # DRF's signature
        """Six at most, in their order."""
        about, _ = self.fetch_record(child, viewed=AuditCode.VIEWED_CHILD)
        return Response({"items": [answer(sign) for sign in reading.signs_of(self.by, about)]})


class SignOrder(Resource):
    """In which order they are offered."""

    @extend_schema(operation_id="order_signs", request=OrderIn, responses={200: SignsOut}, tags=["signs"])
    def put(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002  # DRF's signature
        """All in use, the first one first."""
        about, _ = self.fetch_record(child)
        access.demand(policy.may_change_signs, self.by, about)
        asked = self.read(OrderIn)
        signs.order_signs(by=self.by, child=about, client_ids=asked["signs"], now=self.now)
        return Response({"items": [answer(sign) for sign in reading.signs_of(self.by, about)]})


class Sign(Resource):
    """One sign."""

    @extend_schema(
        operation_id="put_sign",
        request=SignIn,
        responses={200: SignOut, 201: SignOut},
        tags=["signs"],
    )
    def put(self, request: Request, child: uuid.UUID, sign: uuid.UUID) -> Response:  # noqa: ARG002
        """Told under an id of your own making: 201, and 200 when it was there already.

        Of one that is there only the cue may change; other words are another sign.
        """
        about, _ = self.fetch_record(child)
        access.demand(policy.may_change_signs, self.by, about)
        told = signs.tell_sign(by=self.by, child=about, client_id=sign, now=self.now, **self.read(SignIn))
        seen = reading.sign_reading(told.sign, is_draft=awaits_signature(told.sign))
        return Response(answer(seen), status=200 if told.is_known else 201)

    @extend_schema(operation_id="retire_sign", request=None, responses={200: SignOut}, tags=["signs"])
    def delete(self, request: Request, child: uuid.UUID, sign: uuid.UUID) -> Response:  # noqa: ARG002
        """No longer offered; sessions that name it keep it."""
        about, _ = self.fetch_record(child)
        access.demand(policy.may_change_signs, self.by, about)
        row = access.fetch(ChildSign.objects.select_related("child"), self.by, child=about, client_id=sign)
        return Response(answer(reading.sign_reading(signs.retire_sign(by=self.by, sign=row, now=self.now))))


class StopSensitivityOfChild(Resource):
    """How many quiet signs together pause a massage: usual two, gentle one."""

    @extend_schema(operation_id="get_stop_sensitivity", responses=StopSensitivityOut, tags=["signs"])
    def get(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002  # DRF's signature
        about, _ = self.fetch_record(child, viewed=AuditCode.VIEWED_CHILD)
        return self.answer(about)

    @extend_schema(
        operation_id="put_stop_sensitivity",
        request=StopSensitivityIn,
        responses=StopSensitivityOut,
        tags=["signs"],
    )
    def put(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002  # DRF's signature
        """By who treats the child; it holds from the next massage on."""
        about, _ = self.fetch_record(child)
        access.demand(policy.may_set_stop_sensitivity, self.by, about)
        signs.set_stop_sensitivity(by=self.by, child=about, now=self.now, **self.read(StopSensitivityIn))
        return self.answer(about)

    def answer(self, child: Child) -> Response:
        setting = stop_setting(child, on=local_day(self.now, child.clinic.zone))
        return Response(StopSensitivityOut(setting).data)


def answer(sign: SignReading) -> dict[str, Any]:
    return {
        "id": sign.id,
        "asks_for": sign.asks_for,
        "words": sign.words,
        "language": sign.language,
        "cue": sign.cue,
        "is_draft": sign.is_draft,
    }
