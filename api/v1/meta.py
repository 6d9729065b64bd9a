"""What an app asks first: whether it fits this server, and the server's time."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.permissions import Anybody
from api.resources import Resource
from tracking.sync.changes import current_epoch


class MetaOut(serializers.Serializer[Any]):
    """The server, to an app nobody has signed in to yet."""

    contract_version = serializers.CharField(
        help_text="Of this description. Within a first number, things are added and nothing is taken away."
    )
    minimum_app_version = serializers.CharField(
        allow_blank=True, help_text="Apps below it are to say that they need an update; empty: none."
    )
    server_time = serializers.DateTimeField(help_text="To tell a device's clock that is off.")
    feed_epoch = serializers.UUIDField(help_text="Another one: the change feed begins anew.")


class Meta(Resource):
    """The server."""

    permission_classes = (Anybody,)
    authentication_classes = ()

    @extend_schema(operation_id="get_meta", responses=MetaOut, tags=["meta"], auth=[])
    def get(self, request: Request) -> Response:  # noqa: ARG002  # DRF's signature
        """Needs no token, and looks at none."""
        return Response(
            {
                "contract_version": settings.SPECTACULAR_SETTINGS["VERSION"],
                "minimum_app_version": settings.MINIMUM_APP_VERSION,
                "server_time": self.now,
                "feed_epoch": current_epoch(),
            }
        )
