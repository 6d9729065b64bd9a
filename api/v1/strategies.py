"""Strategies that make a touch easier: a clinic's own, and those prescribed for a child."""

from __future__ import annotations

import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import CodeField, CodesField, Input, LanguageField, TextField
from api.resources import Resource
from clinic import access
from clinic.errors import Unseen
from clinic.models import Clinic
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.models import ChildStrategy
from tracking.models.supervision import awaits_signature
from tracking.readings import strategies as reading
from tracking.readings.strategies import StrategyReading
from tracking.services import strategies


class StrategyIn(Input):
    """A strategy for one touch or more: an accommodation by its code, or one by a name of its own."""

    stimuli = CodesField(help_text="The touches it is for.")
    code = CodeField(default="")
    name = TextField(max_length=120, default="", help_text="Needed where there is no code.")
    text = TextField(max_length=strategies.LONGEST_TEXT, default="", help_text="To the family.")
    language = LanguageField(default="", help_text="Of name and text; empty: the one you read.")


class OwnStrategyIn(Input):
    """One of the clinic's own, to be prescribed from."""

    name = TextField(max_length=120, allow_blank=False)
    text = TextField(max_length=strategies.LONGEST_TEXT, allow_blank=False, help_text="To the family.")
    stimuli = CodesField(help_text="The touches it is for.")
    language = LanguageField(default="", help_text="Of name and text; empty: the one you read.")


class OwnStrategyOut(serializers.Serializer[Any]):
    """A strategy of the clinic's own, to be prescribed from."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    text = serializers.CharField()
    language = serializers.CharField(allow_blank=True)
    stimuli = serializers.ListField(child=serializers.CharField())


class OwnStrategiesOut(serializers.Serializer[Any]):
    """By name."""

    items = OwnStrategyOut(many=True)


class StrategyOut(serializers.Serializer[Any]):
    """Show it where one of its touches is told, and send its id with what was tried."""

    id = serializers.UUIDField()
    stimuli = serializers.ListField(child=serializers.CharField())
    code = serializers.CharField(allow_blank=True)
    name = serializers.CharField(allow_blank=True, help_text="Empty: what its code is called.")
    text = serializers.CharField(allow_blank=True)
    language = serializers.CharField(allow_blank=True)
    is_draft = serializers.BooleanField(help_text="Waits for a signature; the family does not see it yet.")


class StrategiesOut(serializers.Serializer[Any]):
    """Strategies of the child that you may see."""

    items = StrategyOut(many=True)


class OwnStrategies(Resource):
    """What the clinic offers beside its strokes."""

    @extend_schema(operation_id="list_own_strategies", responses=OwnStrategiesOut, tags=["strategies"])
    def get(self, request: Request, clinic: str) -> Response:  # noqa: ARG002  # DRF's signature
        return _own(self.fetch_clinic(clinic))

    @extend_schema(
        operation_id="add_own_strategy",
        request=OwnStrategyIn,
        responses={201: OwnStrategiesOut},
        tags=["strategies"],
    )
    def post(self, request: Request, clinic: str) -> Response:  # noqa: ARG002  # DRF's signature
        """One more, by a therapist or an owner."""
        of = self.fetch_clinic(clinic)
        access.demand(policy.may_change_library, self.by, of)
        strategies.add_strategy(by=self.by, clinic=of, now=self.now, **self.read(OwnStrategyIn))
        return _own(of, status=201)


class OneOwnStrategy(Resource):
    """One of them."""

    @extend_schema(
        operation_id="retire_own_strategy",
        request=None,
        responses={200: OwnStrategiesOut},
        tags=["strategies"],
    )
    def delete(self, request: Request, clinic: str, strategy: uuid.UUID) -> Response:  # noqa: ARG002
        """No longer offered; what was prescribed from it stays."""
        of = self.fetch_clinic(clinic)
        access.demand(policy.may_change_library, self.by, of)
        row = reading.library_strategy(of, strategy)
        if row is None:
            raise Unseen
        strategies.retire_strategy(by=self.by, strategy=row, now=self.now)
        return _own(of)


def _own(clinic: Clinic, *, status: int = 200) -> Response:
    return Response(OwnStrategiesOut({"items": reading.library_strategies(clinic)}).data, status=status)


class Strategies(Resource):
    """What is prescribed now."""

    @extend_schema(operation_id="list_strategies", responses=StrategiesOut, tags=["strategies"])
    def get(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002  # DRF's signature
        """In the order it was prescribed."""
        about, _ = self.fetch_record(child, viewed=AuditCode.VIEWED_PROGRAM)
        return Response({"items": [_answer(one) for one in reading.strategies_of(self.by, about)]})


class OneStrategy(Resource):
    """One strategy."""

    @extend_schema(
        operation_id="put_strategy",
        request=StrategyIn,
        responses={200: StrategyOut, 201: StrategyOut},
        tags=["strategies"],
    )
    def put(self, request: Request, child: uuid.UUID, strategy: uuid.UUID) -> Response:  # noqa: ARG002
        """Prescribed by the care team under an id of its making: 201, and 200 when it was there already."""
        about, _ = self.fetch_record(child)
        access.demand(policy.may_prescribe_strategy, self.by, about)
        made = strategies.prescribe_strategy(
            by=self.by, child=about, client_id=strategy, now=self.now, **self.read(StrategyIn)
        )
        seen = reading.strategy_reading(made.strategy, is_draft=awaits_signature(made.strategy))
        return Response(_answer(seen), status=200 if made.is_known else 201)

    @extend_schema(
        operation_id="end_strategy", request=None, responses={200: StrategyOut}, tags=["strategies"]
    )
    def delete(self, request: Request, child: uuid.UUID, strategy: uuid.UUID) -> Response:  # noqa: ARG002
        """No longer prescribed; observations that name it keep it."""
        about, _ = self.fetch_record(child)
        access.demand(policy.may_prescribe_strategy, self.by, about)
        row = access.fetch(
            ChildStrategy.objects.select_related("child"), self.by, child=about, client_id=strategy
        )
        ended = strategies.end_strategy(by=self.by, strategy=row, now=self.now)
        return Response(_answer(reading.strategy_reading(ended, is_draft=False)))


def _answer(strategy: StrategyReading) -> dict[str, Any]:
    return {
        "id": strategy.id,
        "stimuli": strategy.stimuli,
        "code": strategy.code,
        "name": strategy.name,
        "text": strategy.text,
        "language": strategy.language,
        "is_draft": strategy.is_draft,
    }
