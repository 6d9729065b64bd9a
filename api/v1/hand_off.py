"""The hand-off line: who did what with a child since one last looked."""

from __future__ import annotations

import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import Input, InstantField
from api.resources import Resource
from api.v1.entries import ByOut, byline
from clinic import access
from clinic.models import Child
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.readings.hand_off import HandOffKind, HandOffLine, hand_off
from tracking.readings.sight import Sight
from tracking.services.handing_off import mark_looked


class HandOffLineOut(serializers.Serializer[Any]):
    """One thing that somebody else did."""

    kind = serializers.ChoiceField([str(one) for one in HandOffKind], help_text="What was done.")
    id = serializers.UUIDField(
        allow_null=True,
        help_text="Of the entry, worry, pause or version; null: you may know of it, no more.",
    )
    by = ByOut(help_text="Who wrote it down.")
    told_by = ByOut(allow_null=True, help_text="Who told it, where that is somebody else.")
    on = serializers.DateField(help_text="The local day it is of.")
    happened = serializers.CharField(
        allow_null=True,
        help_text="What the wall showed there, without offset; null: not known exactly.",
    )
    said = serializers.CharField(help_text="The same as a sentence, in your language.")


class HandOffOut(serializers.Serializer[Any]):
    """What others did since you last looked; what was heard of last comes first."""

    since = serializers.DateTimeField(help_text="Never looked: a day ago. At most two weeks.")
    until = serializers.DateTimeField(help_text="Send it back once the lines have been shown.")
    lines = HandOffLineOut(many=True)
    has_earlier = serializers.BooleanField(help_text="There is more: the lists of entries have it.")


class LookedIn(Input):
    """Up to where the hand-off was shown."""

    until = InstantField(help_text="`until` of the hand-off that was shown.")


class _HandOff(Resource):
    """Of those who care for the child."""

    def fetch_for_hand_off(self, pk: uuid.UUID) -> tuple[Child, Sight]:
        about, sight = self.fetch_record(pk)
        access.demand(policy.may_view_hand_off, self.by, about)
        self.write_read(AuditCode.VIEWED_DIARY)
        return about, sight

    def answer(self, about: Child, sight: Sight) -> Response:
        """As it stands now."""
        told = hand_off(self.by, about, now=self.now, sight=sight)
        return Response(
            {
                "since": told.since,
                "until": told.until,
                "lines": [_line(line) for line in told.lines],
                "has_earlier": told.has_earlier,
            }
        )


class HandOff(_HandOff):
    """What others did."""

    @extend_schema(operation_id="get_hand_off", responses=HandOffOut, tags=["today"])
    def get(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002  # DRF's signature
        """Asking marks nothing as seen. For who cares for the child; who only logs is told of massages."""
        return self.answer(*self.fetch_for_hand_off(child))


class HandOffLooked(_HandOff):
    """How far one has looked."""

    @extend_schema(
        operation_id="mark_hand_off_looked", request=LookedIn, responses=HandOffOut, tags=["today"]
    )
    def put(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002  # DRF's signature
        """Never goes back; answers what is left, which came meanwhile."""
        about, sight = self.fetch_for_hand_off(child)
        mark_looked(by=self.by, child=about, until=self.read(LookedIn)["until"], now=self.now)
        return self.answer(about, sight)


def _line(line: HandOffLine) -> dict[str, Any]:
    return {
        "kind": line.kind,
        "id": line.thing,
        "by": byline(line.by),
        "told_by": line.told_by and byline(line.told_by),
        "on": line.on,
        "happened": line.wall,
        "said": line.said,
    }
