"""How much of a child's program was given, by provider; for the care team, never for families."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.resources import Resource
from api.v1.today import NOfNOut
from clinic.errors import Unseen
from clinic.localtime import local_day
from clinic.vocabulary import AuditCode
from tracking.adherence import Adherence
from tracking.readings.progress import Progress, progress
from tracking.readings.reports import usual_period
from tracking.vocabulary.programs import Provider


class WeekOut(serializers.Serializer[Any]):
    """One week of the program, counted from its first day."""

    number = serializers.IntegerField(help_text="A number from 1.")
    prescribed = serializers.FloatField(
        help_text="How many sessions were asked for, a number from 0; a week with paused days is prorated."
    )
    offered = serializers.FloatField(
        source="capped_offered",
        help_text="How many of those were offered, a number from 0: no more than were asked for.",
    )
    offered_ratio = serializers.FloatField(
        allow_null=True, help_text="Of what was asked for, a number 0 to 1. Null: nothing was."
    )
    capped_ratio = serializers.FloatField(
        allow_null=True, help_text="Given, of what was asked for, a number 0 to 1. Null: nothing was."
    )
    is_on_target = serializers.BooleanField(help_text="All of it was given.")
    is_complete = serializers.BooleanField(help_text="It is over.")


class GivenOut(serializers.Serializer[Any]):
    """By one schedule: what caregivers were asked to give, or what the therapist gives.

    Stopping because the child had enough is good care and counts as offered. Ratios are of sums, never means
    of weeks; our own definitions, for the clinic's sign-off.
    """

    provider = serializers.ChoiceField([str(one) for one in Provider], help_text="Whose schedule it is.")
    prescribed_sessions = serializers.FloatField(
        help_text="How many sessions were asked for, a number from 0."
    )
    offered_count = serializers.IntegerField(help_text="How many were offered, 0 or more, those beyond too.")
    offered_ratio = serializers.FloatField(
        allow_null=True, help_text="Of what was asked for, a number 0 to 1. Null: nothing was."
    )
    capped_ratio = serializers.FloatField(
        allow_null=True,
        help_text="Adherence, a number 0 to 1: no day or week counts for more than was asked of it. Null: "
        "nothing was asked for.",
    )
    minutes = serializers.FloatField(
        source="dose_minutes", help_text="Minutes of the sessions that were timed, 0 or more."
    )
    timed_count = serializers.IntegerField(help_text="How many sessions were timed, 0 or more.")
    untimed_count = serializers.IntegerField(help_text="How many were not, 0 or more.")
    unmeasured_count = serializers.IntegerField(
        help_text="How many of those stopped early without a step told, 0 or more: they are worth nothing."
    )
    weeks_on_target = serializers.IntegerField(help_text="In how many weeks all was given, 0 or more.")
    weeks_prescribed = serializers.IntegerField(help_text="In how many any was asked for, 0 or more.")
    active_days = serializers.IntegerField(help_text="Days with a session, 0 or more.")
    longest_gap_days = serializers.IntegerField(
        help_text="The most days asked for in a row on which none was begun or declined, 0 or more."
    )
    days_with_entry = NOfNOut(help_text="Of the days asked for, those with any entry. The others: no record.")
    weeks = WeekOut(many=True, help_text="From the first.")


class DoseOut(serializers.Serializer[Any]):
    """The program that runs, or the last that did, from its first day until today."""

    program = serializers.UUIDField(allow_null=True, help_text="Null: there was none, and nothing to count.")
    first_on = serializers.DateField(help_text="Its first local day; without one, eight weeks ago.")
    until_on = serializers.DateField(help_text="Today, at the clinic.")
    days_offered = NOfNOut(help_text="Of the days asked for, those on which a massage was offered.")
    given = GivenOut(many=True, help_text="By each schedule the program holds.")


class Dose(Resource):
    """How much was given."""

    @extend_schema(operation_id="get_dose", responses=DoseOut, tags=["goals"])
    def get(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002  # DRF's signature
        """As the child's page shows it, for the care team alone. Say no share of it to a family, and compare
        no two caregivers or homes by it.
        """
        about, sight = self.fetch_record(child)
        if not sight.is_team:
            raise Unseen
        self.write_read(AuditCode.VIEWED_DIARY)
        first, last = usual_period(about, today=local_day(self.now, about.clinic.zone))
        read = progress(self.by, about, first=first, last=last, sight=sight)
        return Response(DoseOut(_told(read)).data)


def _told(read: Progress) -> dict[str, Any]:
    return {
        "program": read.plan and read.plan.program_id,
        "first_on": min(read.plan.started_on, read.last) if read.plan else read.first,
        "until_on": read.last,
        "days_offered": read.offered_days,
        "given": list(_given(read)),
    }


def _given(read: Progress) -> Iterator[dict[str, Any]]:
    for provider, found in (
        (Provider.CAREGIVER, read.exposure),
        (Provider.THERAPIST, read.with_therapist),
    ):
        if found is not None:
            yield _figures(provider, found)


def _figures(provider: Provider, found: Adherence) -> dict[str, Any]:
    told = {name: getattr(found, name) for name in FIGURES}
    days = {"count": found.days_with_entry, "of": found.eligible_days}
    told["dose_minutes"] = round(found.dose_minutes, 1)
    return {"provider": provider, **told, "days_with_entry": days}


FIGURES = (
    "prescribed_sessions",
    "offered_count",
    "offered_ratio",
    "capped_ratio",
    "dose_minutes",
    "timed_count",
    "untimed_count",
    "unmeasured_count",
    "weeks_on_target",
    "weeks_prescribed",
    "active_days",
    "longest_gap_days",
    "weeks",
)
