"""What changed alongside a child's program, by the measure of each open goal; for the care team."""

from __future__ import annotations

import uuid
from dataclasses import asdict
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.resources import Resource
from clinic.errors import Unseen
from clinic.localtime import local_day
from clinic.vocabulary import AuditCode
from tracking.alongside import Side
from tracking.readings.change import GoalChange, goal_changes
from tracking.sleep import AtLeast, Minutes
from tracking.vocabulary.outcomes import (
    Caution,
    Direction,
    Finding,
    Judgement,
    JudgementReason,
    Outcome,
    WithheldBecause,
)
from tracking.wording.change import for_team


class PointOut(serializers.Serializer[Any]):
    """One value. Nothing is filled in: a day without one has no point."""

    on = serializers.DateField(help_text="The local day; of a weekly outcome the first day of the week.")
    value = serializers.FloatField(
        help_text="Minutes (0 or more), a grade (0 to 4) or of 100, as the outcome is counted."
    )
    is_more_than = serializers.BooleanField(help_text="The true value is above: it was not seen to its end.")
    is_unusual = serializers.BooleanField(help_text="Illness, travel or something else of that day was told.")


class TypicalOut(serializers.Serializer[Any]):
    """A median, or a quartile."""

    value = serializers.FloatField()
    is_more_than = serializers.BooleanField(help_text="Not reached: it is more than this.")


class SideOut(serializers.Serializer[Any]):
    """Before or since the program began."""

    point_count = serializers.IntegerField(help_text="How many values are compared, 0 or more.")
    told_days = serializers.IntegerField(
        help_text="Days with a record, 0 or more: nights with a value, or, of other outcomes, with any entry."
    )
    asked_days = serializers.IntegerField(
        help_text="Days asked for, 0 or more: without pauses, and days on which nobody was asked."
    )
    median = TypicalOut(allow_null=True, help_text="Kaplan-Meier. Null: without a value.")
    lower = TypicalOut(allow_null=True, help_text="The lower quartile. Null: without a value.")
    upper = TypicalOut(allow_null=True, help_text="The upper quartile. Null: without a value.")


class ComparisonOut(serializers.Serializer[Any]):
    """Indices of single cases, oriented so that more is better; null where one is not defined.

    One baseline and one program are one demonstration: they never show what made anything change.
    """

    baseline_count = serializers.IntegerField(help_text="How many values before, 0 or more.")
    program_count = serializers.IntegerField(help_text="How many values since, 0 or more.")
    dropped = serializers.IntegerField(help_text="How many were left out as not recorded, 0 or more.")
    censored = serializers.IntegerField(
        help_text="How many are only known to be more than was seen, 0 or more."
    )
    nap = serializers.FloatField(
        allow_null=True, help_text="Non-overlap of all pairs, a number 0 to 1; 0.5: alike."
    )
    nap_se = serializers.FloatField(
        allow_null=True, help_text="Its standard error, unbiased, a number from 0."
    )
    nap_low = serializers.FloatField(
        allow_null=True, help_text="Of its 95 percent interval, a number 0 to 1."
    )
    nap_high = serializers.FloatField(
        allow_null=True, help_text="Of its 95 percent interval, a number 0 to 1."
    )
    wide_low = serializers.FloatField(
        allow_null=True,
        help_text="With days in a row allowed for, a number 0 to 1. Null: they are not alike.",
    )
    wide_high = serializers.FloatField(
        allow_null=True,
        help_text="With days in a row allowed for, a number 0 to 1. Null: they are not alike.",
    )
    tau = serializers.FloatField(allow_null=True, help_text="Twice `nap` less one, a number -1 to 1.")
    tau_u = serializers.FloatField(
        allow_null=True,
        help_text="A number less the baseline's trend, over all pairs of both; may leave -1 to 1.",
    )
    tau_bc = serializers.FloatField(
        allow_null=True, help_text="Without the baseline's Theil-Sen trend, a number -1 to 1."
    )
    pnd = serializers.FloatField(
        allow_null=True, help_text="How often values since are better than the best before, 0 to 1."
    )
    log_response_ratio = serializers.FloatField(
        allow_null=True, help_text="Of means, bias-corrected, negative or not; for minutes."
    )
    log_response_ratio_se = serializers.FloatField(
        allow_null=True, help_text="Its standard error, a number from 0."
    )
    log_ratio_of_medians = serializers.FloatField(
        allow_null=True, help_text="Since over before, not oriented, negative or not; for minutes."
    )
    log_ratio_of_medians_se = serializers.FloatField(
        allow_null=True, help_text="Its standard error, a number from 0."
    )
    log_odds_ratio = serializers.FloatField(
        allow_null=True,
        help_text="A number, of mean shares, negative or not. Null: no shares, or a mean of 0 or 100.",
    )
    log_odds_ratio_se = serializers.FloatField(
        allow_null=True, help_text="Its standard error, a number from 0."
    )
    lag1 = serializers.FloatField(
        allow_null=True, help_text="How alike days in a row are, -1 to 1. Null: no two follow each other."
    )
    was_already_changing = serializers.BooleanField(help_text="Before the program began.")
    judgement = serializers.ChoiceField(
        [str(one) for one in Judgement], help_text="What counts and bounds alone allow to be shown."
    )
    reason = serializers.ChoiceField([str(one) for one in JudgementReason], help_text="Why.")


class GoalOutcomeOut(serializers.Serializer[Any]):
    """A goal's primary outcome, before and since the program began, and what may be said of it."""

    goal = serializers.UUIDField()
    primary_outcome = serializers.ChoiceField([str(one) for one in Outcome], help_text="What is compared.")
    better = serializers.ChoiceField([str(one) for one in Direction], help_text="Which way is better.")
    judgement = serializers.ChoiceField(
        [str(one) for one in Judgement],
        help_text="What may be shown: `refused` nothing, `too_few` figures greyed, `ok` a finding.",
    )
    withheld = serializers.ChoiceField(
        [str(one) for one in WithheldBecause],
        allow_null=True,
        help_text="Why nothing is said for how the diary was kept. Null: nothing of that kind.",
    )
    finding = serializers.ChoiceField(
        [str(one) for one in Finding], allow_null=True, help_text="Null: nothing may be judged."
    )
    cautions = serializers.ListField(
        child=serializers.ChoiceField([str(one) for one in Caution]),
        help_text="What has to be said with it.",
    )
    said = serializers.ListField(
        child=serializers.CharField(), help_text="All of it in sentences of your language: show these."
    )
    before = SideOut(help_text="Up to the day before the program.")
    since = SideOut(help_text="From the first day of the program on.")
    comparison = ComparisonOut(help_text="Of everything compared.")
    without_illness = ComparisonOut(
        allow_null=True, help_text="Without days of illness and travel. Null: there were none."
    )
    told_count = serializers.IntegerField(
        help_text="How many values were told in all, by whomever, 0 or more."
    )
    late_count = serializers.IntegerField(help_text="Of those, told more than two days later; 0 or more.")
    teller_count = serializers.IntegerField(help_text="How many people told them, 0 or more.")
    is_of_one_teller = serializers.BooleanField(
        help_text="What two people do not see alike is compared as one of them told it."
    )
    points = PointOut(many=True, help_text="The values compared, in order of their days.")
    no_record_on = serializers.ListField(
        child=serializers.DateField(), help_text="Days on which one was asked for, and none told."
    )


class OutcomesOut(serializers.Serializer[Any]):
    """Of each open goal that is measured by something; empty while there is no program."""

    items = GoalOutcomeOut(many=True)


class Outcomes(Resource):
    """What changed alongside the program."""

    @extend_schema(operation_id="list_outcomes", responses=OutcomesOut, tags=["goals"])
    def get(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002  # DRF's signature
        """For the care team, up to today. Families read plain words: on their pages, and no figure."""
        about, sight = self.fetch_record(child)
        if not sight.is_team:
            raise Unseen
        self.write_read(AuditCode.VIEWED_DIARY)
        today = local_day(self.now, about.clinic.zone)
        found = goal_changes(self.by, about, until=today, sight=sight)
        return Response(OutcomesOut({"items": [_told(one) for one in found]}).data)


def _told(seen: GoalChange) -> dict[str, Any]:
    change, said = seen.change, seen.change.said
    return {
        "goal": seen.client_id,
        "primary_outcome": seen.outcome,
        "better": seen.outcome.direction,
        "judgement": said.judgement,
        "withheld": said.withheld,
        "finding": said.finding,
        "cautions": said.cautions,
        "said": for_team(said),
        "before": _side(said.before),
        "since": _side(said.since),
        "comparison": asdict(said.comparison),
        "without_illness": said.without_illness and asdict(said.without_illness),
        "told_count": said.told_count,
        "late_count": said.late_count,
        "teller_count": len(change.tellers),
        "is_of_one_teller": change.teller is not None,
        "points": change.series.points,
        "no_record_on": change.no_record_on,
    }


def _side(side: Side) -> dict[str, Any]:
    typical = side.typical
    return {
        "point_count": side.point_count,
        "told_days": side.told_days,
        "asked_days": side.asked_days,
        "median": typical and _minutes(typical.median),
        "lower": typical and _minutes(typical.lower),
        "upper": typical and _minutes(typical.upper),
    }


def _minutes(value: Minutes) -> dict[str, Any]:
    is_more_than = isinstance(value, AtLeast)
    return {"value": value.minutes if isinstance(value, AtLeast) else value, "is_more_than": is_more_than}
