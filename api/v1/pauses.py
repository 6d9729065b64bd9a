"""Pausing a program: one tap for an illness, a holiday, a stay in hospital."""

from __future__ import annotations

import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import DayField, Input
from api.v1.programs import PauseOut, ProgramResource
from clinic import access
from tracking import policy
from tracking.readings.programs import pause_reading
from tracking.services import pausing
from tracking.vocabulary.reasons import PauseReason


class PauseIn(Input):
    """Days on which nothing is to be asked for, both ends included."""

    reason = serializers.ChoiceField([str(reason) for reason in PauseReason])
    from_on = DayField(required=False, allow_null=True, default=None, help_text="Absent: today.")
    until_on = DayField(
        required=False, allow_null=True, default=None, help_text="Last day; absent: until it is ended."
    )


class Pauses(ProgramResource):
    """Pauses of a program."""

    @extend_schema(
        operation_id="pause_program", request=PauseIn, responses={201: PauseOut}, tags=["programs"]
    )
    def post(self, request: Request, child: uuid.UUID, program: uuid.UUID) -> Response:  # noqa: ARG002
        """Nothing is asked for on these days; 409 `already_paused` where some are paused already."""
        about, _ = self.fetch_record(child)
        found = self.fetch_program(program, about)
        access.demand(policy.may_pause_program, self.by, found)
        sent: dict[str, Any] = self.read(PauseIn)
        pause = pausing.pause_program(by=self.by, program=found, now=self.now, **sent)
        return Response(pause_reading(pause, today=self.today(about)), status=201)


class Pause(ProgramResource):
    """One pause."""

    @extend_schema(operation_id="end_pause", request=None, responses={204: None}, tags=["programs"])
    def delete(
        self,
        request: Request,  # noqa: ARG002  # DRF's signature
        child: uuid.UUID,
        program: uuid.UUID,
        pause: uuid.UUID,
    ) -> Response:
        """Today is a day of the program again; a pause that begins later is taken back."""
        about, _ = self.fetch_record(child)
        found = self.fetch_program(program, about)
        pausing.end_pause(by=self.by, pause=self.fetch_pause(pause, found), now=self.now)
        return Response(status=204)
