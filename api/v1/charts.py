"""The optional charts chosen for a child; for the care team."""

from __future__ import annotations

import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import CodesField, Input
from api.resources import Resource
from clinic import access
from clinic.errors import Unseen
from clinic.models import Child
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.readings.charts import chosen_charts
from tracking.services.charts import choose_charts
from tracking.vocabulary.charts import ChosenChart

CHARTS = [str(one) for one in ChosenChart]


class ChartsIn(Input):
    """All that are to be drawn; an empty list chooses none."""

    charts = CodesField(help_text="Of `chosen_charts`.")


class ChartsOut(serializers.Serializer[Any]):
    """What is drawn on the child's page and in its reports."""

    charts = serializers.ListField(
        child=serializers.ChoiceField(CHARTS), help_text="Of `chosen_charts`, in the order they are drawn."
    )


class Charts(Resource):
    """A child's chosen charts. To those who care for the child the address does not exist."""

    @extend_schema(operation_id="get_charts", responses=ChartsOut, tags=["goals"])
    def get(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002  # DRF's signature
        """What is chosen, in the order it is drawn."""
        return Response(self._answer(self._child(child)))

    @extend_schema(operation_id="choose_charts", request=ChartsIn, responses=ChartsOut, tags=["goals"])
    def put(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002  # DRF's signature
        """Whoever treats the child chooses. The same again changes nothing."""
        about = self._child(child)
        access.demand(policy.may_choose_charts, self.by, about)
        sent = self.read(ChartsIn)
        choose_charts(by=self.by, child=about, charts=sent["charts"], now=self.now)
        return Response(self._answer(about))

    def _child(self, child: uuid.UUID) -> Child:
        about, sight = self.fetch_record(child, viewed=AuditCode.VIEWED_CHILD)
        if not sight.is_team:
            raise Unseen
        return about

    def _answer(self, child: Child) -> dict[str, Any]:
        return {"charts": chosen_charts(child)}
