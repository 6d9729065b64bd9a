"""What is hoped for, and the totals of standard instruments: for the care team and the child's guardians."""

from __future__ import annotations

import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.resources import Resource
from clinic.errors import Unseen
from clinic.models import Child
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.readings import goals as reading
from tracking.readings.sight import Sight
from tracking.vocabulary.outcomes import Outcome
from tracking.vocabulary.programs import Instrument


class RungOut(serializers.Serializer[Any]):
    """One step of a goal's ladder."""

    level = serializers.IntegerField(help_text="A level from -2 to 2; 0 is what is expected.")
    text = serializers.CharField()


class RatingOut(serializers.Serializer[Any]):
    """Where on the ladder the child was on a day."""

    level = serializers.IntegerField()
    on = serializers.DateField()


class GoalOut(serializers.Serializer[Any]):
    """A goal with its ladder, the best step first, and where on it the child was, newest first."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    language = serializers.CharField(allow_blank=True, help_text="Of title and ladder.")
    own_words = serializers.CharField(allow_blank=True, help_text="As the parent said it.")
    own_words_language = serializers.CharField(allow_blank=True)
    rungs = RungOut(many=True)
    began = serializers.CharField(help_text="Where the child was when it was set, in the ladder's words.")
    now = serializers.CharField(help_text="Where the child is, in the ladder's words: show this first.")
    next_step = serializers.CharField(allow_null=True, help_text="What comes next; null: the highest step.")
    level_now = serializers.IntegerField(
        help_text="A level from -2 to 2; before the first rating, where the child began."
    )
    ratings = RatingOut(many=True)
    primary_outcome = serializers.ChoiceField(
        [str(one) for one in Outcome],
        allow_blank=True,
        help_text="The one series of the diary it is measured by; empty: none.",
    )
    outcome_named_on = serializers.DateField(
        allow_null=True,
        help_text="The day that was named: once the program had begun, it is a look back. Null: none.",
    )
    is_open = serializers.BooleanField()
    is_draft = serializers.BooleanField(help_text="Waits for a signature; guardians do not see it yet.")
    set_on = serializers.DateField()


class GoalsOut(serializers.Serializer[Any]):
    """Goals in sight, open ones first."""

    items = GoalOut(many=True)


class TotalOut(serializers.Serializer[Any]):
    """One score. `least` and `most` are what it can be, null: nobody said."""

    score = serializers.CharField()
    value = serializers.FloatField()
    least = serializers.FloatField(allow_null=True)
    most = serializers.FloatField(allow_null=True)
    band = serializers.CharField(
        allow_blank=True, help_text="What the instrument calls it: for the care team."
    )


class AssessmentOut(serializers.Serializer[Any]):
    """What an instrument said on a day; its questions are never held."""

    id = serializers.UUIDField()
    instrument = serializers.ChoiceField([str(one) for one in Instrument])
    on = serializers.DateField()
    totals = TotalOut(many=True)
    respondent = serializers.CharField(allow_blank=True, help_text="Who answered: for the care team.")
    language = serializers.CharField(allow_blank=True, help_text="Of who answered and of the bands.")
    is_draft = serializers.BooleanField(help_text="Waits for a signature; guardians do not see it yet.")


class AssessmentsOut(serializers.Serializer[Any]):
    """Newest first."""

    items = AssessmentOut(many=True)


class _Measured(Resource):
    """Of the child's team and guardians; who only logs knows of none."""

    def fetch_for_goals(self, pk: uuid.UUID) -> tuple[Child, Sight]:
        child, sight = self.fetch_record(pk)
        if not policy.may_view_goals(self.by, child):
            raise Unseen
        self.write_read(AuditCode.VIEWED_DIARY)
        return child, sight


class Goals(_Measured):
    """What is hoped for."""

    @extend_schema(operation_id="list_goals", responses=GoalsOut, tags=["goals"])
    def get(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002  # DRF's signature
        """Open goals before closed ones, in the order they were set."""
        about, _ = self.fetch_for_goals(child)
        return Response(GoalsOut({"items": reading.goals_of(self.by, about)}).data)


class Assessments(_Measured):
    """What standard instruments said."""

    @extend_schema(operation_id="list_assessments", responses=AssessmentsOut, tags=["goals"])
    def get(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002  # DRF's signature
        """Newest first. Guardians get totals and what they can be, and no word about them."""
        about, sight = self.fetch_for_goals(child)
        found = reading.assessments_of(self.by, about, sight)
        return Response(AssessmentsOut({"items": found}).data)
