"""Touch observations: a touch that bothered the child, or was fine."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from api.fields import CodeField, CodesField, IdField, Input, TextField, TruthField, WholeField
from api.v1.entries import EntryApi, EntryIn, EntryOut, common, views_of
from tracking.readings.entry_details import ObservationDetails
from tracking.services import recording
from tracking.sync.bodies import EntryKind, ObservationBody, Tried

MOST_MINUTES = 24 * 60
LISTS = ("responses", "confounders")
MOST_TRIED = 40
PLAIN = (
    "stimulus",
    "stimulus_text",
    "intensity",
    "recovery_minutes",
    "recovery_band",
    "is_not_settled",
    "region",
    "expectedness",
    "touch_type",
    "setting",
    "people_present",
)
TOLD = (*PLAIN, *LISTS, "tried")


class TriedIn(Input):
    """Something tried to make it easier: a code of the list, or a strategy of the child."""

    code = CodeField(default="", help_text="May be left out with a strategy.")
    strategy = IdField(required=False, allow_null=True, default=None)
    helped = CodeField(default="", help_text="Empty: not told.")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not attrs["code"] and attrs["strategy"] is None:
            message = str(self.fields["code"].error_messages["required"])
            raise serializers.ValidationError({"code": [serializers.ErrorDetail(message, "required")]})
        return attrs


class TriedOut(serializers.Serializer[Any]):
    """Something tried; a strategy as it was called then."""

    code = serializers.CharField(allow_blank=True)
    helped = serializers.CharField(allow_blank=True)
    strategy = serializers.UUIDField(allow_null=True)
    name = serializers.CharField(allow_blank=True)
    language = serializers.CharField(allow_blank=True)


class ObservationIn(EntryIn):
    """One touch and the child's answer to it. Intensity 0: it came up and was fine."""

    stimulus = CodeField()
    stimulus_text = TextField(max_length=120, default="", help_text="What it was, for `other`.")
    responses = CodesField(required=False, default=list)
    intensity = WholeField(min_value=0, max_value=4, required=False, allow_null=True, default=None)
    recovery_minutes = WholeField(
        min_value=0, max_value=MOST_MINUTES, required=False, allow_null=True, default=None
    )
    recovery_band = CodeField(default="", help_text="Where nobody looked at a clock.")
    is_not_settled = TruthField(default=False, help_text="Had not settled when last seen.")
    region = CodeField(default="")
    expectedness = CodeField(default="")
    touch_type = CodeField(default="")
    setting = CodeField(default="")
    people_present = TextField(max_length=200, default="")
    tried = serializers.ListField(child=TriedIn(), required=False, default=list, max_length=MOST_TRIED)
    confounders = CodesField(required=False, default=list)


class ObservationOut(EntryOut):
    """One touch and the child's answer to it."""

    stimulus = serializers.CharField()
    stimulus_text = serializers.CharField(allow_blank=True)
    responses = serializers.ListField(child=serializers.CharField())
    intensity = serializers.IntegerField(allow_null=True)
    recovery_minutes = serializers.IntegerField(allow_null=True)
    recovery_band = serializers.CharField(allow_blank=True)
    is_not_settled = serializers.BooleanField()
    region = serializers.CharField(allow_blank=True)
    expectedness = serializers.CharField(allow_blank=True)
    touch_type = serializers.CharField(allow_blank=True)
    setting = serializers.CharField(allow_blank=True)
    people_present = serializers.CharField(allow_blank=True)
    tried = TriedOut(many=True)
    confounders = serializers.ListField(child=serializers.CharField())


def _body(sent: dict[str, Any]) -> ObservationBody:
    told: dict[str, Any] = {name: sent[name] for name in PLAIN}
    told |= {name: tuple(sent[name]) for name in LISTS}
    told["tried"] = tuple(Tried(**one) for one in sent["tried"])
    return ObservationBody(**common(sent), **told)


def _details(details: ObservationDetails) -> dict[str, Any]:
    return {name: getattr(details, name) for name in TOLD}


OBSERVATION = EntryApi(
    kind=EntryKind.OBSERVATION,
    name="observation",
    plural="observations",
    sent=ObservationIn,
    shown=ObservationOut,
    body_of=_body,
    details_of=_details,
    record=recording.record_observation,
)
VIEWS = views_of(OBSERVATION)
