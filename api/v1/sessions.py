"""Massage sessions: done, stopped, declined by the child, or not today."""

from __future__ import annotations

import uuid
from decimal import Decimal
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import CodeField, CodesField, IdField, Input, NumberField, TextField, TruthField, WholeField
from api.resources import Resource
from api.v1.entries import EntryApi, EntryIn, EntryOut, common, views_of
from tracking.readings.entry_details import SessionDetails
from tracking.services import recording, revising
from tracking.sync.bodies import CueNoted, EntryKind, SessionBody, StepDone
from tracking.vocabulary.cues import CueMoment, SignMeaning
from tracking.vocabulary.programs import Provider, SessionOutcome

MOST_SECONDS = 24 * 3600
MOST_STEPS = 100
MOST_CUES = 200


class StepIn(Input):
    """One step as it went: a step of the program, or a stroke that was none of it."""

    step = IdField(required=False, allow_null=True, default=None, help_text="The program's step.")
    stroke = TextField(max_length=60, default="", help_text="A stroke's slug, where it was no step.")
    is_done = TruthField(default=True)
    seconds = WholeField(min_value=0, max_value=MOST_SECONDS, required=False, allow_null=True, default=None)


class CueIn(Input):
    """One thing the child said without words: a cue of the list, or a sign of the child's own."""

    code = CodeField(default="", help_text="May be left out with a sign: the cue that stands for it then.")
    sign = IdField(required=False, allow_null=True, default=None, help_text="One of the child's signs.")
    moment = CodeField(default=str(CueMoment.DURING), help_text="during or after")
    at_seconds = WholeField(
        min_value=0, max_value=MOST_SECONDS, required=False, allow_null=True, default=None
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if not attrs["code"] and attrs["sign"] is None:
            message = str(self.fields["code"].error_messages["required"])
            raise serializers.ValidationError({"code": [serializers.ErrorDetail(message, "required")]})
        return attrs


class SessionIn(EntryIn):
    """A massage offered, or “not today” with its reason. Nothing but outcome and time is asked for."""

    outcome = serializers.ChoiceField([str(one) for one in SessionOutcome])
    program_version = IdField(
        required=False, allow_null=True, default=None, help_text="The version it answers; absent: what runs."
    )
    contact = IdField(
        required=False, allow_null=True, default=None, help_text="The visit at which a therapist gave it."
    )
    slot = WholeField(min_value=1, max_value=100, required=False, allow_null=True, default=None)
    provider = CodeField(default=str(Provider.CAREGIVER))
    ended_by = CodeField(default="", help_text="Absent: the child where stopped or declined.")
    not_today_reason = CodeField(default="")
    minutes = NumberField(
        min_value=0,
        max_value=9999,
        required=False,
        allow_null=True,
        default=None,
        help_text="In minutes. Absent: nobody timed it.",
    )
    state_before = CodeField(default="")
    state_after = CodeField(default="")
    steps = serializers.ListField(child=StepIn(), required=False, default=list, max_length=MOST_STEPS)
    cues = serializers.ListField(child=CueIn(), required=False, default=list, max_length=MOST_CUES)
    product_kind = CodeField(default="")
    product_name = TextField(max_length=120, default="")
    not_asked = CodesField(
        required=False,
        default=list,
        help_text="What the app left out beyond the ask plan.",
    )


class StepDoneOut(serializers.Serializer[Any]):
    """One step as it went."""

    step = serializers.UUIDField(allow_null=True)
    stroke = serializers.CharField(allow_blank=True)
    is_done = serializers.BooleanField()
    seconds = serializers.IntegerField(allow_null=True)


class NamedSignOut(serializers.Serializer[Any]):
    """A sign of the child's own, in the words it had then."""

    id = serializers.UUIDField()
    asks_for = serializers.ChoiceField([str(one) for one in SignMeaning])
    words = serializers.CharField()
    language = serializers.CharField(allow_blank=True)


class CueOut(serializers.Serializer[Any]):
    """One thing the child said without words."""

    code = serializers.CharField(allow_blank=True, help_text="Empty: a sign that no cue stands for.")
    sign = NamedSignOut(allow_null=True)
    moment = serializers.CharField()
    at_seconds = serializers.IntegerField(allow_null=True)


class SessionOut(EntryOut):
    """A massage offered, or “not today”."""

    program = serializers.UUIDField(allow_null=True)
    contact = serializers.UUIDField(allow_null=True, help_text="The visit at which a therapist gave it.")
    outcome = serializers.ChoiceField([str(one) for one in SessionOutcome])
    provider = serializers.CharField()
    ended_by = serializers.CharField(allow_blank=True)
    not_today_reason = serializers.CharField(allow_blank=True)
    minutes = serializers.FloatField(allow_null=True, help_text="In minutes, from 0; null: nobody timed it.")
    state_before = serializers.CharField(allow_blank=True)
    state_after = serializers.CharField(allow_blank=True)
    steps = StepDoneOut(many=True)
    cues = CueOut(many=True)
    product_kind = serializers.CharField(allow_blank=True)
    product_name = serializers.CharField(allow_blank=True)


def _body(sent: dict[str, Any]) -> SessionBody:
    minutes = sent["minutes"]
    return SessionBody(
        **common(sent),
        outcome=sent["outcome"],
        program_version=sent["program_version"],
        slot_number=sent["slot"],
        contact=sent["contact"],
        provider=sent["provider"],
        ended_by=sent["ended_by"],
        not_today_reason=sent["not_today_reason"],
        minutes=None if minutes is None else round(Decimal(str(minutes)), 2),
        state_before=sent["state_before"],
        state_after=sent["state_after"],
        steps=tuple(StepDone(**step) for step in sent["steps"]),
        cues=tuple(CueNoted(**cue) for cue in sent["cues"]),
        product_kind=sent["product_kind"],
        product_name=sent["product_name"],
        not_asked=tuple(sent["not_asked"]),
    )


def _details(details: SessionDetails) -> dict[str, Any]:
    return {
        "program": details.program_id,
        "contact": details.contact_id,
        "program_version": details.program_version_id,
        "slot": details.slot_number,
        "outcome": details.outcome,
        "provider": details.provider,
        "ended_by": details.ended_by,
        "not_today_reason": details.not_today_reason,
        "minutes": details.minutes,
        "state_before": details.state_before,
        "state_after": details.state_after,
        "steps": details.steps,
        "cues": details.cues,
        "product_kind": details.product_kind,
        "product_name": details.product_name,
    }


SESSION = EntryApi(
    kind=EntryKind.SESSION,
    name="session",
    plural="sessions",
    sent=SessionIn,
    shown=SessionOut,
    body_of=_body,
    details_of=_details,
    record=recording.record_session,
)
VIEWS = views_of(SESSION)


class Apart(Resource):
    """Two sessions that look like one."""

    @extend_schema(
        operation_id="tell_sessions_apart", request=None, responses={204: None}, tags=[SESSION.tag]
    )
    def put(
        self,
        request: Request,  # noqa: ARG002  # DRF's signature
        child: uuid.UUID,
        session: uuid.UUID,
        twin: uuid.UUID,
    ) -> Response:
        """They were two: both count from now on."""
        about, _ = self.fetch_record(child)
        revising.tell_apart(by=self.by, child=about, one=session, other=twin, now=self.now)
        return Response(status=204)
