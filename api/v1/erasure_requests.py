"""A caregiver's erasure requests, and the answers. A request alone erases nothing."""

from __future__ import annotations

import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import CodeField, Input
from api.resources import Resource
from clinic import access
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.models import ErasureRequest
from tracking.readings.erasures import wishes_of
from tracking.services import erasure_requests


class ErasureRequestIn(Input):
    """A guardian may ask for `child`, everybody who cares for the child for `me`."""

    about = CodeField(help_text="`child`: everything about the child; `me`: only what is about you.")


class ErasureRequestOut(serializers.Serializer[Any]):
    """A request of your own; other caregivers' are not told."""

    id = serializers.UUIDField()
    about = serializers.CharField()
    state = serializers.CharField(
        help_text="`open`, `taken_up` (two people there confirm it, then there is a wait), `declined` or"
        " `withdrawn`."
    )
    declined_because = serializers.CharField(allow_blank=True)
    asked_at = serializers.DateTimeField()
    answered_at = serializers.DateTimeField(allow_null=True)


class ErasureRequestsOut(serializers.Serializer[Any]):
    """Your own."""

    items = ErasureRequestOut(many=True)


class ErasureRequests(Resource):
    """What you asked for."""

    @extend_schema(operation_id="list_erasure_requests", responses=ErasureRequestsOut, tags=["erasure"])
    def get(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002  # DRF's signature
        """Your own requests about this child, newest first."""
        about = self.fetch_child(child, may=policy.may_request_own_erasure, viewed=AuditCode.VIEWED_CHILD)
        return Response({"items": [_answer(one) for one in wishes_of(self.by, about)]})


class OneErasureRequest(Resource):
    """One request."""

    @extend_schema(
        operation_id="put_erasure_request",
        request=ErasureRequestIn,
        responses={200: ErasureRequestOut},
        tags=["erasure"],
    )
    def put(self, request: Request, child: uuid.UUID, erasure_request: uuid.UUID) -> Response:  # noqa: ARG002
        """Asked under an id of your making; the same again answers alike. The clinic answers you itself."""
        about = self.fetch_child(child, may=policy.may_request_own_erasure)
        asked = erasure_requests.request_erasure(
            by=self.by, child=about, client_id=erasure_request, now=self.now, **self.read(ErasureRequestIn)
        )
        return Response(_answer(asked))

    @extend_schema(
        operation_id="withdraw_erasure_request",
        request=None,
        responses={200: ErasureRequestOut},
        tags=["erasure"],
    )
    def delete(self, request: Request, child: uuid.UUID, erasure_request: uuid.UUID) -> Response:  # noqa: ARG002
        """Taken back, while it is not answered."""
        about = self.fetch_child(child, may=policy.may_request_own_erasure)
        row = access.fetch(
            ErasureRequest.objects, self.by, child=about, asked_by=self.by, client_id=erasure_request
        )
        return Response(
            _answer(erasure_requests.withdraw_erasure_request(by=self.by, wish=row, now=self.now))
        )


def _answer(wish: ErasureRequest) -> dict[str, Any]:
    return {
        "id": wish.client_id,
        "about": wish.about,
        "state": wish.state,
        "declined_because": wish.declined_because,
        "asked_at": wish.asked_at,
        "answered_at": wish.answered_at,
    }
