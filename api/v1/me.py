"""Who is signed in, where they work, and where they live."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.resources import Resource
from clinic.vocabulary import Role
from tracking.readings import own


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
    id = serializers.UUIDField()
    name = serializers.CharField()
    email = serializers.CharField(allow_null=True)
    locale = serializers.CharField(allow_blank=True)
    clinics = OwnClinicOut(many=True)
    households = OwnHouseholdOut(many=True)


class Me(Resource):
    """Who is signed in."""

    @extend_schema(operation_id="get_me", responses=MeOut, tags=["me"])
    def get(self, request: Request) -> Response:  # noqa: ARG002  # DRF's signature
        """Oneself, the clinics one works in and the households one belongs to."""
        me = self.by
        return Response(
            {
                "id": me.pk,
                "name": me.name,
                "email": me.email,
                "locale": me.locale,
                "clinics": own.clinics_of(me),
                "households": own.households_of(me),
            }
        )
