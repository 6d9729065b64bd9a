"""What became of reminders, for the therapists of a child's team."""

from __future__ import annotations

import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.resources import Resource
from clinic.errors import Unseen
from clinic.localtime import local_day
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.readings.reminders_sent import reminders_sent
from tracking.vocabulary.programs import Anchor
from tracking.vocabulary.reminders import ReminderFate


class ReminderSentOut(serializers.Serializer[Any]):
    """A slot of a local day; nothing of whom a message reached, by what, or at what hour."""

    on = serializers.DateField()
    program_title = serializers.CharField(help_text="The program the slot is of.")
    title_language = serializers.CharField(allow_blank=True)
    anchor = serializers.ChoiceField([str(one) for one in Anchor])
    anchor_name = serializers.CharField(allow_blank=True)
    is_diary = serializers.BooleanField(help_text="Of the diary before the program.")
    fate = serializers.ChoiceField([str(one) for one in ReminderFate], help_text="What became of it.")
    is_answered = serializers.BooleanField(
        allow_null=True, help_text="Whether what it asks for was told after it; null: it was not sent."
    )


class HouseholdRemindersOut(serializers.Serializer[Any]):
    """Those of one home."""

    household = serializers.UUIDField(source="family_id")
    name = serializers.CharField(help_text="What the clinic calls the household.")
    reminders = ReminderSentOut(many=True, help_text="The newest day first.")


class RemindersSentOut(serializers.Serializer[Any]):
    """The last fourteen local days, and what is planned already."""

    items = HouseholdRemindersOut(many=True, help_text="By household; none: nobody is reminded.")


class RemindersSent(Resource):
    """Reminders of a child's homes."""

    @extend_schema(operation_id="list_reminders_sent", responses=RemindersSentOut, tags=["programs"])
    def get(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002  # DRF's signature
        """For the therapists of the child's team: what was sent, and what was told after it."""
        about, _ = self.fetch_record(child)
        if not policy.may_view_reminders_sent(self.by, about):
            raise Unseen
        self.write_read(AuditCode.VIEWED_PROGRAM)
        today = local_day(self.now, about.clinic.zone)
        return Response(RemindersSentOut({"items": reminders_sent(about, today=today)}).data)
