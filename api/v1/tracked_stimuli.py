"""The touches a family is asked about every day."""

from __future__ import annotations

import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import CodeField, DayField, Input, LanguageField, TextField
from api.resources import Resource
from clinic import access
from clinic.localtime import local_day
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.models import TrackedStimulus
from tracking.services import asking


class TrackedStimulusIn(Input):
    """What to ask about from a day on."""

    stimulus = CodeField()
    label = TextField(max_length=120, default="", help_text="The family's words for it.")  # type: ignore[assignment]  # a name of ours
    language = LanguageField(default="", help_text="Of the label; empty: the one you read.")
    from_on = DayField(required=False, allow_null=True, default=None, help_text="Absent: today.")


class TrackedStimulusOut(serializers.Serializer[Any]):
    """A touch that the family is asked about every day."""

    id = serializers.UUIDField()
    stimulus = serializers.CharField()
    label = serializers.CharField(allow_blank=True)  # type: ignore[assignment]  # a name of ours
    language = serializers.CharField(allow_blank=True, help_text="Of the label; empty: not known.")
    from_on = serializers.DateField()
    until_on = serializers.DateField(allow_null=True, help_text="Last day; null: it is asked about.")


class TrackedStimuliOut(serializers.Serializer[Any]):
    """Touches that are or were asked about."""

    items = TrackedStimulusOut(many=True)


class TrackedStimuli(Resource):
    """What is asked about, and what was."""

    @extend_schema(operation_id="list_tracked_stimuli", responses=TrackedStimuliOut, tags=["stimulus days"])
    def get(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002  # DRF's signature
        """All there ever were, in the order they began; three at most are open."""
        about, _ = self.fetch_record(child, viewed=AuditCode.VIEWED_DIARY)
        rows = TrackedStimulus.objects.visible_to(self.by).of_child(about)
        return Response({"items": [_answer(row) for row in rows]})

    @extend_schema(
        operation_id="track_stimulus",
        request=TrackedStimulusIn,
        responses={201: TrackedStimulusOut},
        tags=["stimulus days"],
    )
    def post(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002  # DRF's signature
        """What the care team or a guardian chooses to be asked about; three at most."""
        about, _ = self.fetch_record(child)
        access.demand(policy.may_track_stimulus, self.by, about)
        sent = self.read(TrackedStimulusIn)
        tracked = asking.track_stimulus(
            by=self.by,
            child=about,
            stimulus=sent["stimulus"],
            label=sent["label"],
            language=sent["language"],
            from_on=sent["from_on"] or local_day(self.now, about.clinic.zone),
            now=self.now,
        )
        return Response(_answer(tracked), status=201)


class OneTrackedStimulus(Resource):
    """One of them."""

    @extend_schema(
        operation_id="stop_tracking",
        request=None,
        responses={200: TrackedStimulusOut},
        tags=["stimulus days"],
    )
    def delete(self, request: Request, child: uuid.UUID, stimulus: uuid.UUID) -> Response:  # noqa: ARG002
        """Asked about no longer after today; what was answered stays."""
        about, _ = self.fetch_record(child)
        access.demand(policy.may_stop_tracking, self.by, about)
        tracked = access.fetch(TrackedStimulus.objects.of_child(about), self.by, pk=stimulus)
        stopped = asking.stop_tracking(
            by=self.by, tracked=tracked, until_on=local_day(self.now, about.clinic.zone), now=self.now
        )
        return Response(_answer(stopped))


def _answer(tracked: TrackedStimulus) -> dict[str, Any]:
    return {
        "id": tracked.pk,
        "stimulus": tracked.stimulus,
        "label": tracked.label,
        "language": tracked.language,
        "from_on": tracked.from_on,
        "until_on": tracked.until_on,
    }
