"""Goals and totals of standard instruments: for the care team and the child's guardians.

The team creates them under ids it chooses, so a repeated request creates nothing twice.
"""

from __future__ import annotations

import uuid
from typing import Any

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import DayField, Input, LanguageField, NumberField, TextField, TruthField, WholeField
from api.resources import Resource
from api.v1.contacts import IF_MATCH
from clinic import access
from clinic.errors import Unseen
from clinic.localtime import local_day
from clinic.models import Child
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.models import Goal as GoalRow
from tracking.readings import goals as reading
from tracking.readings.assessments import assessments_of
from tracking.readings.sight import Sight
from tracking.services.goals import change_goal
from tracking.services.putting_goals import put_assessment, put_goal, put_rating
from tracking.vocabulary.outcomes import Outcome
from tracking.vocabulary.programs import Instrument

LONGEST_LEVEL = 2000
LONGEST_WORDS = 4000
MOST_SCORES = 60
FARTHEST_SCORE = 1_000_000


class GoalChangeIn(Input):
    """What of a goal is changed; the rest stays."""

    title = TextField(max_length=200, allow_blank=False, required=False)
    ladder = serializers.ListField(
        child=TextField(max_length=LONGEST_LEVEL, allow_blank=False),
        min_length=5,
        max_length=5,
        required=False,
        help_text="The texts of levels -2, -1, 0, 1 and 2, in this order; 0 is what is expected.",
    )
    own_words = TextField(max_length=LONGEST_WORDS, required=False, help_text="As the parent said it.")
    own_words_language = LanguageField(required=False)
    baseline_level = WholeField(
        min_value=-2, max_value=-1, required=False, help_text="A level: -1, or -2 where none is worse."
    )
    importance = WholeField(
        min_value=0, max_value=3, required=False, allow_null=True, help_text="A level from 0 to 3."
    )
    difficulty = WholeField(
        min_value=0, max_value=3, required=False, allow_null=True, help_text="A level from 0 to 3."
    )
    primary_outcome = serializers.ChoiceField(
        [str(one) for one in Outcome],
        required=False,
        allow_blank=True,
        help_text="The one series of the diary it is measured by; named before the program begins, it stays.",
    )
    is_open = TruthField(required=False, help_text="Whether it is still worked towards.")


class GoalIn(GoalChangeIn):
    """A goal with its ladder, written before the program starts."""

    title = TextField(max_length=200, allow_blank=False)
    ladder = serializers.ListField(
        child=TextField(max_length=LONGEST_LEVEL, allow_blank=False),
        min_length=5,
        max_length=5,
        help_text="The texts of levels -2, -1, 0, 1 and 2, in this order; 0 is what is expected.",
    )
    set_on = DayField(required=False, help_text="Absent: today, where the clinic is.")
    is_open = None  # type: ignore[assignment]  # a goal is set open


class RatingIn(Input):
    """Where on the ladder the child was, as you saw it."""

    level = WholeField(min_value=-2, max_value=2, help_text="A level from -2 to 2.")
    on = DayField()
    note = TextField(max_length=LONGEST_WORDS, default="")


class TotalIn(Input):
    """One score, as a number; never an item of the instrument."""

    score = TextField(max_length=120, allow_blank=False, help_text="What the instrument calls it.")
    value = NumberField(min_value=-FARTHEST_SCORE, max_value=FARTHEST_SCORE, help_text="A number.")
    least = NumberField(
        min_value=-FARTHEST_SCORE,
        max_value=FARTHEST_SCORE,
        required=False,
        help_text="A number, what the score can be at the least.",
    )
    most = NumberField(
        min_value=-FARTHEST_SCORE,
        max_value=FARTHEST_SCORE,
        required=False,
        help_text="A number, what the score can be at the most.",
    )
    band = TextField(max_length=200, required=False, help_text="What the instrument calls the value.")


class AssessmentIn(Input):
    """What an instrument said on a day. Of COPM, the means of ratings 1 to 10."""

    instrument = serializers.ChoiceField([str(one) for one in Instrument])
    on = DayField()
    totals = serializers.ListField(child=TotalIn(), min_length=1, max_length=MOST_SCORES)
    respondent = TextField(max_length=120, default="", help_text="Who answered.")
    language = LanguageField(default="", help_text="Of who answered and of the bands; empty: yours.")

    def validate_totals(self, totals: list[dict[str, Any]]) -> list[dict[str, Any]]:
        if len({one["score"] for one in totals}) < len(totals):
            raise serializers.ValidationError(_("Name each score once."), "invalid")
        return totals


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

    id = serializers.UUIDField(source="client_id", help_text="Its sender's.")
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
    lock_version = serializers.IntegerField(help_text="A number from 1: send it as If-Match with a change.")


class AttainmentOut(serializers.Serializer[Any]):
    """T scores of open goals (Kiresuk and Sherman). Show the ladders first; compare no two children by it."""

    goal_count = serializers.IntegerField(help_text="Of how many goals, from 1.")
    began = serializers.FloatField(
        allow_null=True,
        help_text="A number, negative or not, when they were set; 50: as expected. Null: every weight is 0.",
    )
    now = serializers.FloatField(
        allow_null=True,
        help_text="A number, negative or not, by the latest ratings. Null: as `began`, or one is not rated.",
    )
    is_weighted = serializers.BooleanField(help_text="By importance times difficulty.")
    unrated_count = serializers.IntegerField(
        help_text="How many goals that count have no rating yet, 0 or more."
    )
    rated_on = serializers.DateField(allow_null=True, help_text="The day of the newest rating; null: none.")


class GoalsOut(serializers.Serializer[Any]):
    """Goals in sight, open ones first."""

    items = GoalOut(many=True)
    attainment = AttainmentOut(
        allow_null=True, help_text="For the care team. Null: for others, and without an open goal."
    )


class TotalOut(serializers.Serializer[Any]):
    """One score. `least` and `most` are what it can be, null: nobody said."""

    score = serializers.CharField()
    value = serializers.FloatField()
    least = serializers.FloatField(allow_null=True)
    most = serializers.FloatField(allow_null=True)
    band = serializers.CharField(
        allow_blank=True, help_text="What the instrument calls it: for the care team."
    )
    since_first = serializers.FloatField(
        allow_null=True,
        help_text="A number, negative or not: what changed since the first of its name. Null: it is that.",
    )
    is_notable = serializers.BooleanField(
        allow_null=True,
        help_text="Of COPM alone, for the care team: whether it rose by `notable_from` or more. No proof.",
    )
    notable_from = serializers.FloatField(
        allow_null=True,
        help_text="Of COPM alone, for the care team: the clinic's threshold, 0.5 to 5 points; by default"
        " 2, the publisher's rule of thumb.",
    )


class AssessmentOut(serializers.Serializer[Any]):
    """What an instrument said on a day; its questions are never held."""

    id = serializers.UUIDField(source="client_id", help_text="Its sender's.")
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

    def fetch_goal(self, pk: uuid.UUID, client_id: uuid.UUID) -> GoalRow:
        """A goal in sight which the asker may change."""
        child, _ = self.fetch_for_goals(pk)
        row: GoalRow = access.fetch(
            GoalRow.objects.select_related("child__clinic"),
            self.by,
            child=child,
            client_id=client_id,
            may=policy.may_change_goal,
        )
        return row

    def answer(self, child: Child, client_id: uuid.UUID, *, status: int = 200) -> Response:
        """The goal as it is now; its `lock_version` is the ETag too."""
        cards = reading.goals_of(self.by, child)
        card = next(one for one in cards if one.client_id == client_id)
        tag = {"ETag": f'"{card.lock_version}"'}
        return Response(GoalOut(card).data, status=status, headers=tag)


class Goals(_Measured):
    """What is hoped for."""

    @extend_schema(operation_id="list_goals", responses=GoalsOut, tags=["goals"])
    def get(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002  # DRF's signature
        """Open goals before closed ones, in the order they were set."""
        about, sight = self.fetch_for_goals(child)
        cards = reading.goals_of(self.by, about)
        attainment = reading.attainment_of(cards) if sight.is_team else None
        return Response(GoalsOut({"items": cards, "attainment": attainment}).data)


class OneGoal(_Measured):
    """One goal."""

    may_answer = ("409",)

    @extend_schema(
        operation_id="put_goal",
        request=GoalIn,
        responses={200: GoalOut, 201: GoalOut},
        tags=["goals"],
    )
    def put(self, request: Request, child: uuid.UUID, goal: uuid.UUID) -> Response:  # noqa: ARG002
        """Set by the care team under an id of its making: 201, and 200 when it was there already.

        What an assistant or student sets waits for a signature before a guardian reads it.
        """
        about, _ = self.fetch_for_goals(child)
        access.demand(policy.may_set_goal, self.by, about)
        told = {"set_on": local_day(self.now, about.clinic.zone), **self.read(GoalIn)}
        put = put_goal(by=self.by, child=about, client_id=goal, now=self.now, **told)
        return self.answer(about, goal, status=200 if put.is_known else 201)

    @extend_schema(
        operation_id="change_goal",
        parameters=[IF_MATCH],
        request=GoalChangeIn,
        responses=GoalOut,
        tags=["goals"],
    )
    def patch(self, request: Request, child: uuid.UUID, goal: uuid.UUID) -> Response:  # noqa: ARG002
        """Change it, close it, open it again; what is not sent stays as it is."""
        row = self.fetch_goal(child, goal)
        lock_version = self.revision_asked()
        sent = self.read(GoalChangeIn)
        change_goal(by=self.by, goal=row, lock_version=lock_version, now=self.now, **sent)
        return self.answer(row.child, goal)


class GoalRating(_Measured):
    """One rating of a goal."""

    @extend_schema(
        operation_id="put_goal_rating",
        request=RatingIn,
        responses={200: GoalOut, 201: GoalOut},
        tags=["goals"],
    )
    def put(
        self,
        request: Request,  # noqa: ARG002
        child: uuid.UUID,
        goal: uuid.UUID,
        rating: uuid.UUID,
    ) -> Response:
        """Told by who treats the child, under an id of their making; the answer is the goal."""
        row = self.fetch_goal(child, goal)
        put = put_rating(by=self.by, goal=row, client_id=rating, now=self.now, **self.read(RatingIn))
        return self.answer(row.child, goal, status=200 if put.is_known else 201)


class Assessments(_Measured):
    """What standard instruments said."""

    @extend_schema(operation_id="list_assessments", responses=AssessmentsOut, tags=["goals"])
    def get(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002  # DRF's signature
        """Newest first. Guardians get totals and what they can be, and no word about them."""
        about, sight = self.fetch_for_goals(child)
        found = assessments_of(self.by, about, sight)
        return Response(AssessmentsOut({"items": found}).data)


class OneAssessment(_Measured):
    """One assessment."""

    @extend_schema(
        operation_id="put_assessment",
        request=AssessmentIn,
        responses={200: AssessmentOut, 201: AssessmentOut},
        tags=["goals"],
    )
    def put(self, request: Request, child: uuid.UUID, assessment: uuid.UUID) -> Response:  # noqa: ARG002
        """Entered by the care team under an id of its making: 201, and 200 when it was there already."""
        about, sight = self.fetch_for_goals(child)
        access.demand(policy.may_record_assessment, self.by, about)
        sent = self.read(AssessmentIn)
        totals = {one.pop("score"): one for one in sent.pop("totals")}
        put = put_assessment(
            by=self.by, child=about, client_id=assessment, totals=totals, now=self.now, **sent
        )
        found = assessments_of(self.by, about, sight)
        [card] = [one for one in found if one.client_id == assessment]
        return Response(AssessmentOut(card).data, status=200 if put.is_known else 201)
