"""What a phone stores to advise a family offline: rules, texts, the child's plans, whom to call."""

from __future__ import annotations

import dataclasses
import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.v1.concerns import Worried
from api.v1.programs import AdoptionOut
from clinic.vocabulary import AuditCode
from tracking.readings.concern_bundle import bundle_of


class BundleTextOut(serializers.Serializer[Any]):
    """The words of one advice."""

    title = serializers.CharField()
    text = serializers.CharField()
    language = serializers.CharField()


class BundleAgesOut(serializers.Serializer[Any]):
    """Count on from `on`; rules read the smaller, in completed calendar months."""

    on = serializers.DateField()
    chronological_days = serializers.IntegerField()
    corrected_days = serializers.IntegerField(allow_null=True)


class SayingsOut(serializers.Serializer[Any]):
    """Put the clock time for {time} and the number for {number}."""

    received = serializers.CharField()
    not_sent = serializers.CharField()
    nobody_watches = serializers.CharField()
    call = serializers.CharField()


class PlanOut(serializers.Serializer[Any]):
    """The child's own plan: shown before any advice."""

    kind = serializers.CharField()
    text = serializers.CharField()
    language = serializers.CharField(allow_blank=True)
    written_at = serializers.DateTimeField()


class BundleOut(serializers.Serializer[Any]):
    """Everything a phone needs to advise a family by itself. `reading` says how the rules are read."""

    version = serializers.CharField(help_text="Send it back as `shown_version`.")
    digest = serializers.CharField(help_text="Changes with anything in here; also the ETag.")
    language = serializers.CharField()
    reading = serializers.CharField()
    believed_celsius = serializers.ListField(child=serializers.FloatField())
    questions = serializers.DictField(child=serializers.ListField(child=serializers.CharField()))
    rules = serializers.ListField(child=serializers.DictField())
    texts = serializers.DictField(child=BundleTextOut())
    adopted = AdoptionOut(allow_null=True, help_text="null: draft wording; say so beside it.")
    say = SayingsOut()
    emergency_number = serializers.CharField(allow_blank=True, help_text="Empty: the clinic named none.")
    clinic_phone = serializers.CharField(allow_blank=True)
    plans = PlanOut(many=True)
    ages = BundleAgesOut()
    is_moving_about = serializers.BooleanField(allow_null=True)


class ConcernBundle(Worried):
    """What a phone holds."""

    is_kept = True

    @extend_schema(operation_id="get_concern_bundle", responses=BundleOut, tags=["concerns"])
    def get(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002  # DRF's signature
        """Fetch it whenever there is a network; it holds for later days, with the ages counted on."""
        about, sight = self.fetch_for_concerns(child, viewed=AuditCode.VIEWED_CONCERNS)
        bundle = bundle_of(self.by, about, sight, now=self.now, language=self.language)
        return Response(dataclasses.asdict(bundle), headers={"ETag": f'"{bundle.digest}"'})
