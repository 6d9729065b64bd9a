"""One's own household: when its routines usually happen."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import ClockField, Input
from api.resources import Resource
from clinic import access, policy
from clinic.models import Family
from tracking.readings import own
from tracking.services import household as household_wishes


class RoutineTimeIn(Input):
    """When the household usually does this part of its day."""

    at = ClockField(allow_null=True, help_text="Wall time of the household's zone; null: no usual time.")


class RoutineTimeOut(serializers.Serializer[Any]):
    """When a household usually does a part of its day."""

    anchor = serializers.CharField()
    at = serializers.TimeField(allow_null=True)


class RoutineTimesOut(serializers.Serializer[Any]):
    """The household's usual times."""

    items = RoutineTimeOut(many=True)


class RoutineTimes(Resource):
    """The usual times of one's own household."""

    @extend_schema(operation_id="list_routine_times", responses=RoutineTimesOut, tags=["households"])
    def get(self, request: Request, household: uuid.UUID) -> Response:  # noqa: ARG002  # DRF's signature
        """In the order of the day."""
        home = _own(self, household)
        return Response({"items": [_answer(anchor, at) for anchor, at in own.routine_times_of(home)]})


class RoutineTime(Resource):
    """One of them."""

    @extend_schema(
        operation_id="put_routine_time",
        request=RoutineTimeIn,
        responses={200: RoutineTimeOut},
        tags=["households"],
    )
    def put(self, request: Request, household: uuid.UUID, anchor: str) -> Response:  # noqa: ARG002
        """Its guardians' to say; reminders move with it."""
        home = _own(self, household)
        access.demand(policy.may_change_routine, self.by, home)
        at = self.read(RoutineTimeIn)["at"]
        kept = household_wishes.set_routine_time(by=self.by, family=home, anchor=anchor, at=at, now=self.now)
        return Response(_answer(anchor, kept.at if kept else None))


def _own(view: Resource, pk: uuid.UUID) -> Family:
    home: Family = access.fetch(Family.objects.lived_in_by(view.by), view.by, pk=pk)
    return home


def _answer(anchor: str, at: dt.time | None) -> dict[str, Any]:
    return {"anchor": anchor, "at": at}
