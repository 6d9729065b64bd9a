"""Whether a tracked touch came up on a day."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from api.fields import TruthField, VisibleRelatedField
from api.v1.entries import EntryApi, EntryIn, EntryOut, common, views_of
from tracking.models import TrackedStimulus
from tracking.readings.entry_details import StimulusDayDetails
from tracking.services import recording
from tracking.sync.bodies import EntryKind, StimulusDayBody
from tracking.vocabulary.programs import Precision


class StimulusDayIn(EntryIn):
    """“Did it come up today?”: yes or no."""

    precision = serializers.ChoiceField([str(one) for one in Precision], default=str(Precision.DAY))
    tracked_stimulus = VisibleRelatedField(lambda asked: TrackedStimulus.objects.of_child(asked["child"]))
    came_up = TruthField()


class StimulusDayOut(EntryOut):
    tracked_stimulus = serializers.UUIDField()
    stimulus = serializers.CharField()
    label = serializers.CharField(allow_blank=True, help_text="The family's words for it.")  # type: ignore[assignment]  # a name of ours
    came_up = serializers.BooleanField()


def _body(sent: dict[str, Any]) -> StimulusDayBody:
    return StimulusDayBody(
        **common(sent), tracked_stimulus=sent["tracked_stimulus"].pk, came_up=sent["came_up"]
    )


def _details(details: StimulusDayDetails) -> dict[str, Any]:
    return {
        "tracked_stimulus": details.tracked_stimulus_id,
        "stimulus": details.stimulus,
        "label": details.label,
        "came_up": details.came_up,
    }


STIMULUS_DAY = EntryApi(
    kind=EntryKind.STIMULUS_DAY,
    name="stimulus_day",
    plural="stimulus_days",
    sent=StimulusDayIn,
    shown=StimulusDayOut,
    body_of=_body,
    details_of=_details,
    record=recording.record_stimulus_day,
)
VIEWS = views_of(STIMULUS_DAY)
