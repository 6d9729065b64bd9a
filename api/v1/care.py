"""The episode of care, and what stops everything automatic: a hospital stay, a death, the end of care.

`today` has what a family is given at the end of care.
"""

from __future__ import annotations

import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import DayField, Input, TextField, TruthField
from api.resources import Resource
from clinic import policy
from clinic.models import Child
from clinic.services import episodes
from clinic.vocabulary import OPEN_EPISODE_STATES, AuditCode, DischargeReason, EpisodeState
from tracking.readings.after_care import care_of
from tracking.services import archiving, stopping_everything
from tracking.services.archiving import LONGEST_WORDS, Given


class StateIn(Input):
    """How the care of a child stands from now on."""

    state = serializers.ChoiceField([str(one) for one in OPEN_EPISODE_STATES])


class EpisodeIn(StateIn):
    """The beginning of care, from referral on."""

    started_on = DayField(required=False, allow_null=True, default=None, help_text="Absent: today.")


class HospitalIn(Input):
    """Since when a child is in hospital."""

    since = DayField()


class DeathIn(Input):
    """The day a child died."""

    on = DayField()


class DischargeIn(Input):
    """Why care ends, and what the family takes along: the words of who treats the child."""

    reason = serializers.ChoiceField([str(one) for one in DischargeReason])
    on = DayField(required=False, allow_null=True, default=None, help_text="Absent: today.")
    words = TextField(max_length=LONGEST_WORDS, default="", help_text="To go on with.")
    summary = TextField(max_length=LONGEST_WORDS, default="", help_text="For guardians.")
    keeps_steps = TruthField(default=False, help_text="The steps they know may go on, without reminders.")
    follow_up_on = DayField(required=False, allow_null=True, default=None)


class CareOut(serializers.Serializer[Any]):
    """How the care of a child stands."""

    state = serializers.ChoiceField(
        [str(one) for one in EpisodeState], allow_null=True, help_text="Of the last episode; null: none yet."
    )
    started_on = serializers.DateField(allow_null=True)
    ended_on = serializers.DateField(allow_null=True)
    in_hospital_since = serializers.DateField(allow_null=True)
    died_on = serializers.DateField(allow_null=True)


class Care(Resource):
    """How the care stands."""

    @extend_schema(operation_id="get_care", responses=CareOut, tags=["care"])
    def get(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002  # DRF's signature
        """For everybody who may know of the child."""
        return _answer(self.fetch_child(child, viewed=AuditCode.VIEWED_CHILD))


class Episode(Resource):
    """The episode of care, while it is open."""

    @extend_schema(operation_id="open_episode", request=EpisodeIn, responses={201: CareOut}, tags=["care"])
    def post(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002  # DRF's signature
        """Another one begins; 409 `episode_already_open` while there is one."""
        about = self.fetch_child(child, may=policy.may_change_episode)
        sent = self.read(EpisodeIn)
        state = EpisodeState(sent.pop("state"))
        episodes.open_episode(by=self.by, child=about, state=state, now=self.now, **sent)
        return _answer(about, status=201)

    @extend_schema(operation_id="move_episode", request=StateIn, responses=CareOut, tags=["care"])
    def put(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002  # DRF's signature
        """Referred, waiting, active or on hold; it ends by a discharge."""
        about = self.fetch_child(child, may=policy.may_change_episode)
        to = EpisodeState(self.read(StateIn)["state"])
        episodes.move_episode(by=self.by, child=about, to=to, now=self.now)
        return _answer(about)


class Hospital(Resource):
    """A stay in hospital."""

    @extend_schema(operation_id="put_hospital", request=HospitalIn, responses=CareOut, tags=["care"])
    def put(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002  # DRF's signature
        """Said by the team or the desk: from now on the family is left alone, and programs are paused."""
        about = self.fetch_child(child, may=policy.may_stop_everything)
        since = self.read(HospitalIn)["since"]
        stopping_everything.set_in_hospital(by=self.by, child=about, since=since, now=self.now)
        return _answer(about)

    @extend_schema(operation_id="end_hospital", request=None, responses={200: CareOut}, tags=["care"])
    def delete(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002  # DRF's signature
        """Home again, or never there: programs and reminders go on from now."""
        about = self.fetch_child(child, may=policy.may_stop_everything)
        stopping_everything.set_home_again(by=self.by, child=about, now=self.now)
        return _answer(about)


class Death(Resource):
    """That the child has died."""

    @extend_schema(operation_id="put_death", request=DeathIn, responses=CareOut, tags=["care"])
    def put(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002  # DRF's signature
        """Ask twice before you send it: nothing automatic is sent any more, invitations are taken back."""
        about = self.fetch_child(child, may=policy.may_stop_everything)
        on = self.read(DeathIn)["on"]
        stopping_everything.set_died(by=self.by, child=about, on=on, now=self.now)
        return _answer(about)

    @extend_schema(operation_id="take_back_death", request=None, responses={200: CareOut}, tags=["care"])
    def delete(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002  # DRF's signature
        """A mistake put right."""
        about = self.fetch_child(child, may=policy.may_stop_everything)
        stopping_everything.take_back_death(by=self.by, child=about, now=self.now)
        return _answer(about)


class Discharge(Resource):
    """The end of an episode."""

    @extend_schema(operation_id="discharge", request=DischargeIn, responses=CareOut, tags=["care"])
    def put(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002  # DRF's signature
        """Programs, reminders and open invitations end with it; what is there stays readable."""
        about = self.fetch_child(child, may=policy.may_discharge)
        sent = self.read(DischargeIn)
        reason, on = DischargeReason(sent.pop("reason")), sent.pop("on")
        archiving.discharge_child(
            by=self.by, child=about, reason=reason, on=on, given=Given(**sent), now=self.now
        )
        return _answer(about)


class Archiving(Resource):
    """The record put away."""

    @extend_schema(operation_id="archive_child", request=None, responses=CareOut, tags=["care"])
    def put(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002  # DRF's signature
        """Out of every list of who is in care; programs and reminders end, the record stays."""
        about = self.fetch_child(child, may=policy.may_archive)
        archiving.archive_child(by=self.by, child=about, now=self.now)
        return _answer(about)


def _answer(child: Child, *, status: int = 200) -> Response:
    return Response(CareOut(care_of(child)).data, status=status)
