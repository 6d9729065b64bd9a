"""Progress for families: on how many of the last evenings, and each day's state."""

from __future__ import annotations

import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.resources import Resource
from api.v1.today import NOfNOut
from clinic.vocabulary import AuditCode
from tracking.readings.so_far import ProgramSoFar, so_far
from tracking.vocabulary.outcomes import DayState
from tracking.wording.so_far import lately, this_week


class ProgramSoFarOut(serializers.Serializer[Any]):
    """One running program."""

    program = serializers.UUIDField()
    title = serializers.CharField()
    title_language = serializers.CharField(allow_blank=True)
    is_evenings = serializers.BooleanField(help_text="Say evenings, not days.")
    is_paused = serializers.BooleanField()
    recent = NOfNOut(allow_null=True, help_text="Of the last seven days that were asked for; null: of none.")
    week_done = NOfNOut(allow_null=True, help_text="Of this program week, where it counts by the week.")
    said = serializers.ListField(
        child=serializers.CharField(), help_text="The same in words of your language: a line or two, or none."
    )


class DayOut(serializers.Serializer[Any]):
    """What a local day was. Days without a record are just that: no judgment, and no row to keep up."""

    on = serializers.DateField()
    state = serializers.ChoiceField([str(one) for one in DayState], help_text="What the day was.")
    count = serializers.IntegerField(help_text="How many massages were offered, 0 or more.")


class ProgressOut(serializers.Serializer[Any]):
    """As far as you may know of it. Whoever reads their own entries alone reads of their own days."""

    on = serializers.DateField(help_text="Today, in your household's zone.")
    programs = ProgramSoFarOut(many=True)
    days = DayOut(many=True, help_text="The last fourteen, oldest first.")


class Progress(Resource):
    """How it goes."""

    is_kept = True

    @extend_schema(operation_id="get_progress", responses=ProgressOut, tags=["today"])
    def get(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002  # DRF's signature
        """Counts of days, never shares. Stopping or declining counts as offered, like a massage done."""
        about, sight = self.fetch_record(child, viewed=AuditCode.VIEWED_DIARY)
        told = so_far(self.by, about, now=self.now, sight=sight)
        return Response(
            {
                "on": told.on,
                "programs": [_program(program) for program in told.programs],
                "days": [{"on": day.on, "state": day.state, "count": day.count} for day in told.days],
            }
        )


def _program(program: ProgramSoFar) -> dict[str, Any]:
    recent, week = program.recent, program.week_done
    said = [
        *([lately(recent.count, recent.of, is_evenings=program.is_evenings)] if recent else []),
        *([this_week(week.count, week.of)] if week else []),
    ]
    return {
        "program": program.program_id,
        "title": program.title,
        "title_language": program.title_language,
        "is_evenings": program.is_evenings,
        "is_paused": program.is_paused,
        "recent": recent and {"count": recent.count, "of": recent.of},
        "week_done": week and {"count": week.count, "of": week.of},
        "said": said,
    }
