"""What a child's family is asked, and who chose it."""

from __future__ import annotations

import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import CodeField, CodesField, DayField, Input
from api.resources import Resource
from api.v1.entries import ByOut, byline
from clinic import access
from clinic.localtime import local_day
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.ask_plan import Asked
from tracking.readings import asking as reading
from tracking.services import asking
from tracking.vocabulary.asking import Question
from tracking.vocabulary.states import StateScale

QUESTIONS = [str(one) for one in Question]
SCALES = [str(one) for one in StateScale]


class AskPlanIn(Input):
    """What to ask from a day on. `null` questions: what the child's age suggests, also as it grows."""

    questions = CodesField(required=False, allow_null=True, default=None, help_text="Of `questions`.")
    state_scale = CodeField(
        required=False,
        allow_null=True,
        default=None,
        help_text="The care team's to set; empty: by age, absent: as it was.",
    )
    from_on = DayField(required=False, allow_null=True, default=None, help_text="Absent: today.")


class AskedOut(serializers.Serializer[Any]):
    """Ask these and nothing else; a question that is not here is not asked, and its silence is no answer."""

    questions = serializers.ListField(child=serializers.ChoiceField(QUESTIONS))
    state_scale = serializers.ChoiceField(SCALES)


class ChosenPlanOut(serializers.Serializer[Any]):
    """One choice."""

    id = serializers.UUIDField()
    from_on = serializers.DateField()
    questions = serializers.ListField(
        child=serializers.ChoiceField(QUESTIONS), allow_null=True, help_text="null: by age."
    )
    state_scale = serializers.ChoiceField(SCALES, allow_null=True, help_text="null: by age.")
    by = ByOut()
    chosen_at = serializers.DateTimeField()


class AskPlanOut(serializers.Serializer[Any]):
    """What is asked today, what the age suggests, and every choice, the latest first."""

    asked = AskedOut()
    default = AskedOut()
    chosen = ChosenPlanOut(allow_null=True, help_text="null: nobody has chosen; it follows the age.")
    history = ChosenPlanOut(many=True)
    grown_since = serializers.DateField(
        allow_null=True, help_text="The choice is of this day, and the age would suggest otherwise by now."
    )


class AskPlan(Resource):
    """A child's ask plan."""

    @extend_schema(operation_id="get_ask_plan", responses=AskPlanOut, tags=["ask plan"])
    def get(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002  # DRF's signature
        """What is asked, and how it came to be. The touches are at `tracked-stimuli`."""
        return Response(self._answer(child))

    @extend_schema(
        operation_id="change_ask_plan", request=AskPlanIn, responses={201: AskPlanOut}, tags=["ask plan"]
    )
    def post(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002  # DRF's signature
        """The care team or a guardian chooses, from a day on; past days keep what was asked on them."""
        about, _ = self.fetch_record(child)
        access.demand(policy.may_change_ask_plan, self.by, about)
        sent = self.read(AskPlanIn)
        asking.change_ask_plan(by=self.by, child=about, now=self.now, **sent)
        return Response(self._answer(child), status=201)

    def _answer(self, child: uuid.UUID) -> dict[str, Any]:
        about, sight = self.fetch_record(child, viewed=AuditCode.VIEWED_CHILD)
        page = reading.asking(about, sight, on=local_day(self.now, about.clinic.zone))
        return {
            "asked": asked_out(page.asked),
            "default": asked_out(page.default),
            "chosen": page.chosen and _chosen(page.chosen),
            "history": [_chosen(one) for one in page.history],
            "grown_since": page.grown_since,
        }


def asked_out(asked: Asked) -> dict[str, Any]:
    """Questions in the order they are asked."""
    return {"questions": in_order(asked.questions), "state_scale": asked.scale}


def in_order(questions: frozenset[Question]) -> list[Question]:
    return [one for one in Question if one in questions]


def _chosen(plan: reading.ChosenPlan) -> dict[str, Any]:
    return {
        "id": plan.id,
        "from_on": plan.from_on,
        "questions": None if plan.questions is None else in_order(plan.questions),
        "state_scale": plan.scale,
        "by": byline(plan.by),
        "chosen_at": plan.chosen_at,
    }
