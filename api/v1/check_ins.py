"""A caregiver's weekly check-ins, for them and the care team only."""

from __future__ import annotations

import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import Input, InstantField, LanguageField, TextField, TruthField, WholeField
from api.resources import Resource
from clinic import access
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.models import CheckIn as CheckInRow
from tracking.readings import checkins
from tracking.services import checking_in
from tracking.services.checking_in import LONGEST_WORDS, CheckInBody
from tracking.services.recording import Answer


class CheckInIn(Input):
    """About yourself. Leave out what you like; `is_left` says "not this week", and then nothing else."""

    occurred_at = InstantField(help_text="By the device's clock; it says which week it is about.")
    how_it_was = WholeField(
        min_value=1,
        max_value=5,
        required=False,
        allow_null=True,
        default=None,
        help_text="A level from 1 to 5; 5: too much.",
    )
    how_sure = WholeField(
        min_value=1,
        max_value=5,
        required=False,
        allow_null=True,
        default=None,
        help_text="A level from 1 to 5; 5: very sure.",
    )
    words = TextField(max_length=LONGEST_WORDS, default="")
    language = LanguageField(default="", help_text="Of the words; empty: the one you read.")
    is_left = TruthField(default=False)


class CheckInOut(serializers.Serializer[Any]):
    """One answer."""

    id = serializers.UUIDField()
    week_on = serializers.DateField(help_text="The Monday of the week it is about.")
    how_it_was = serializers.IntegerField(allow_null=True)
    how_sure = serializers.IntegerField(allow_null=True)
    words = serializers.CharField(allow_blank=True)
    language = serializers.CharField(allow_blank=True)
    is_left = serializers.BooleanField()
    told_at = serializers.DateTimeField()
    is_withdrawn = serializers.BooleanField(help_text="Taken back: nobody but you reads it.")
    may_withdraw = serializers.BooleanField()


class CheckInsOfOneOut(serializers.Serializer[Any]):
    """One caregiver's latest."""

    author = serializers.UUIDField()
    name = serializers.CharField()
    relationship = serializers.CharField(allow_blank=True)
    items = CheckInOut(many=True)


class CheckInsOut(serializers.Serializer[Any]):
    """Your own; and, for the care team, each caregiver's apart. No number here is made of two people's."""

    own = CheckInOut(many=True)
    of_caregivers = CheckInsOfOneOut(many=True)


class CheckIns(Resource):
    """All of them that are yours to read."""

    @extend_schema(operation_id="list_check_ins", responses=CheckInsOut, tags=["check-ins"])
    def get(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002  # DRF's signature
        """Newest first."""
        about, sight = self.fetch_record(child, viewed=AuditCode.VIEWED_CHILD)
        own = checkins.own_check_ins(self.by, about, sight, now=self.now)
        each = checkins.check_ins_of_each(self.by, about, sight, now=self.now) if sight.is_team else ()
        return Response(
            {
                "own": [_answer(one) for one in own],
                "of_caregivers": [
                    {
                        "author": one.author_id,
                        "name": one.name,
                        "relationship": one.relationship,
                        "items": [_answer(each) for each in one.check_ins],
                    }
                    for one in each
                ],
            }
        )


class CheckIn(Resource):
    """One of your own."""

    is_queued = True

    @extend_schema(
        operation_id="put_check_in",
        request=CheckInIn,
        responses={200: CheckInOut, 201: CheckInOut},
        tags=["check-ins"],
    )
    def put(self, request: Request, child: uuid.UUID, check_in: uuid.UUID) -> Response:  # noqa: ARG002
        """Told under an id of your own making: 201, and 200 when it had come before."""
        about, sight = self.fetch_record(child)
        access.demand(policy.may_check_in, self.by, about)
        told = checking_in.check_in(
            by=self.by,
            child=about,
            client_id=check_in,
            told=CheckInBody(**self.read(CheckInIn)),
            now=self.now,
        )
        answer = _answer(checkins.seen_check_in(told.row, sight, now=self.now))
        self.became = Answer.REPLAYED if told.is_replay else Answer.APPLIED
        return Response(answer, status=200 if told.is_replay else 201)


class CheckInWithdrawal(Resource):
    """Taking one's own back."""

    is_queued = True

    @extend_schema(
        operation_id="withdraw_check_in", request=None, responses={200: CheckInOut}, tags=["check-ins"]
    )
    def put(self, request: Request, child: uuid.UUID, check_in: uuid.UUID) -> Response:  # noqa: ARG002
        """As long as an entry of yours may be revised. The care team reads it no longer."""
        about, sight = self.fetch_record(child)
        access.demand(policy.may_check_in, self.by, about)
        own = CheckInRow.objects.visible_to(self.by).filter(child=about, author=self.by)
        row: CheckInRow = access.fetch(own, self.by, client_id=check_in)
        withdrawn = checking_in.withdraw_check_in(by=self.by, check_in=row, now=self.now)
        return Response(_answer(checkins.seen_check_in(withdrawn, sight, now=self.now)))


def _answer(one: checkins.SeenCheckIn) -> dict[str, Any]:
    return {
        "id": one.client_id,
        "week_on": one.week_on,
        "how_it_was": one.how_it_was,
        "how_sure": one.how_sure,
        "words": one.words,
        "language": one.language,
        "is_left": one.is_left,
        "told_at": one.told_at,
        "is_withdrawn": one.is_withdrawn,
        "may_withdraw": one.may_withdraw,
    }
