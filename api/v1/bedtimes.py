"""Bedtimes: from lights out to sleep, and the night that followed."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from api.fields import CodeField, CodesField, InstantField, WholeField
from api.v1.entries import EntryApi, EntryIn, EntryOut, common, instant, views_of
from tracking.readings.entry_details import BedtimeDetails
from tracking.services import recording
from tracking.sync.bodies import BedtimeBody, EntryKind

MOST_COUNT = 99
MOST_MINUTES = 24 * 60
INSTANTS = (
    "routine_started_at",
    "massage_ended_at",
    "lights_out_at",
    "asleep_at",
    "still_awake_at",
    "nap_ended_at",
    "woke_at",
)
PLAIN = (
    "about_minutes",
    "method",
    "resistance",
    "call_out_count",
    "location",
    "night_waking_count",
    "night_waking_minutes",
    "accuracy",
)


def _maybe_instant(help_text: str = "") -> InstantField:
    return InstantField(required=False, allow_null=True, default=None, help_text=help_text)


def _maybe_count(most: int, help_text: str = "") -> WholeField:
    return WholeField(
        min_value=0, max_value=most, required=False, allow_null=True, default=None, help_text=help_text
    )


class BedtimeIn(EntryIn):
    """One evening and its night, told at once or in revisions: “in bed now”, later “asleep now”."""

    occurred_at = _maybe_instant("Absent: lights out, else the first instant told.")
    routine_started_at = _maybe_instant()
    massage_ended_at = _maybe_instant()
    lights_out_at = _maybe_instant("In bed, lights out.")
    asleep_at = _maybe_instant()
    still_awake_at = _maybe_instant("Still awake when last seen.")
    about_minutes = _maybe_count(MOST_MINUTES, "In minutes: an estimate, where no instants are known.")
    method = CodeField(default="")
    resistance = _maybe_count(4, "How hard it was, a level from 0 none to 4 extreme.")
    call_out_count = _maybe_count(MOST_COUNT)
    location = CodeField(default="")
    nap_ended_at = _maybe_instant()
    night_waking_count = _maybe_count(MOST_COUNT)
    night_waking_minutes = _maybe_count(MOST_MINUTES)
    woke_at = _maybe_instant()
    confounders = CodesField(required=False, default=list)
    accuracy = CodeField(default="")


class LatencyOut(serializers.Serializer[Any]):
    """Minutes from lights out to sleep, computed."""

    minutes = serializers.FloatField(help_text="In minutes; may be negative: kept, and asked about.")
    is_more_than = serializers.BooleanField(help_text="Still awake when last seen: it took longer than this.")
    is_about = serializers.BooleanField(help_text="An estimate or a guess.")
    needs_review = serializers.BooleanField(help_text="Left out of figures until somebody says it is right.")


class BedtimeOut(EntryOut):
    """One evening and its night."""

    routine_started_at = serializers.CharField(allow_null=True)
    massage_ended_at = serializers.CharField(allow_null=True)
    lights_out_at = serializers.CharField(allow_null=True)
    asleep_at = serializers.CharField(allow_null=True)
    still_awake_at = serializers.CharField(allow_null=True)
    latency = LatencyOut(allow_null=True)
    about_minutes = serializers.IntegerField(allow_null=True)
    method = serializers.CharField(allow_blank=True)
    resistance = serializers.IntegerField(allow_null=True)
    call_out_count = serializers.IntegerField(allow_null=True)
    location = serializers.CharField(allow_blank=True)
    nap_ended_at = serializers.CharField(allow_null=True)
    night_waking_count = serializers.IntegerField(allow_null=True)
    night_waking_minutes = serializers.IntegerField(allow_null=True)
    woke_at = serializers.CharField(allow_null=True)
    confounders = serializers.ListField(child=serializers.CharField())
    accuracy = serializers.CharField(allow_blank=True)


def _body(sent: dict[str, Any]) -> BedtimeBody:
    told = {name: sent[name] for name in (*INSTANTS, *PLAIN)}
    return BedtimeBody(**common(sent), **told, confounders=tuple(sent["confounders"]))


def _details(details: BedtimeDetails) -> dict[str, Any]:
    return {
        **{name: instant(getattr(details, name.removesuffix("_at"))) for name in INSTANTS},
        **{name: getattr(details, name) for name in PLAIN},
        "latency": details.latency,
        "confounders": details.confounders,
    }


BEDTIME = EntryApi(
    kind=EntryKind.BEDTIME,
    name="bedtime",
    plural="bedtimes",
    sent=BedtimeIn,
    shown=BedtimeOut,
    body_of=_body,
    details_of=_details,
    record=recording.record_bedtime,
)
VIEWS = views_of(BEDTIME)
