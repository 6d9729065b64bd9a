"""Who saw a child, for its guardians."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import DayField
from api.pagination import Query
from api.resources import Resource
from clinic import access
from clinic.errors import Forbidden
from clinic.localtime import local_day
from clinic.models import Family
from clinic.vocabulary import AuditCode, Role
from tracking.readings import who_saw as reading
from tracking.readings.who_saw import DaySeen, ViewerKind


class DaysQuery(Query):
    """Where a page begins."""

    before = DayField(
        required=False, help_text="`earlier` of the page before; absent: the latest thirty days."
    )


class SightingOut(serializers.Serializer[Any]):
    """What one person looked at on a day. Who are told alike are one."""

    viewer = serializers.ChoiceField(
        [kind.value for kind in ViewerKind],
        help_text="team: on the care team; staff: else of the clinic; caregiver: helps at home; other: whose"
        " access has ended.",
    )
    name = serializers.CharField(allow_blank=True, help_text="Empty where only what they are is told.")
    roles = serializers.ListField(child=serializers.ChoiceField([str(role) for role in Role]))
    kinds = serializers.ListField(child=serializers.ChoiceField([str(code) for code in AuditCode]))
    is_emergency = serializers.BooleanField(help_text="Somebody of the clinic who is not on the care team.")


class DaySeenOut(serializers.Serializer[Any]):
    """One day, and who looked."""

    on = serializers.DateField(help_text="A local day of your household.")
    sightings = SightingOut(many=True)


class WhoSawOut(serializers.Serializer[Any]):
    """Thirty days, latest first, without those on which nobody looked."""

    items = DaySeenOut(many=True)
    earlier = serializers.DateField(
        allow_null=True, help_text="Send it as `before`; null: nobody looked before."
    )


class WhoSaw(Resource):
    """Staff and invited third parties, never another guardian."""

    query = DaysQuery

    @extend_schema(
        operation_id="list_who_saw", parameters=[DaysQuery], responses=WhoSawOut, tags=["children"]
    )
    def get(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002  # DRF's signature
        """For guardians: who looked at what is written about the child, by day."""
        asked = self.ask()
        about, sight = self.fetch_record(child)
        if not sight.is_guardian:
            raise Forbidden
        self.write_read(AuditCode.VIEWED_CHILD)
        home: Family = access.fetch(Family.objects, self.by, pk=sight.family_id)
        before = asked.get("before") or local_day(self.now, home.zone) + dt.timedelta(days=1)
        seen = reading.who_saw(about, sight, zone=home.zone, before=before)
        return Response({"items": [_day(one) for one in seen.days], "earlier": seen.earlier})


def _day(day: DaySeen) -> dict[str, Any]:
    return {
        "on": day.on,
        "sightings": [
            {
                "viewer": one.viewer.kind,
                "name": one.viewer.name,
                "roles": one.viewer.roles,
                "kinds": one.kinds,
                "is_emergency": one.is_emergency,
            }
            for one in day.sightings
        ],
    }
