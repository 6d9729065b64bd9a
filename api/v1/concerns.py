"""What worries a family, as it tells it.

GET    /children/{child}/concerns                     one page, newest first
PUT    /children/{child}/concerns/{id}                told once; what follows is another that names it
GET    /children/{child}/concerns/{id}
PUT    /children/{child}/concerns/{id}/precaution     what it proposes is in force from now on
"""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import (
    CodeField,
    IdField,
    Input,
    NumberField,
    TextField,
)
from api.pagination import PageQuery, page_of, seal, unseal
from api.resources import Resource
from api.v1.entries import ByOut, EntryIn, byline, common, instant
from clinic import access
from clinic.errors import Unseen
from clinic.models import Child
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.models import Concern as ConcernRow
from tracking.models import EntryDoor
from tracking.readings import concerns as reading
from tracking.readings.concerns import SeenConcern
from tracking.readings.sight import Sight, sight_of
from tracking.services import concerns
from tracking.services.recording import Answer
from tracking.sync.bodies import ConcernBody
from tracking.vocabulary.concerns import AdviceLevel
from tracking.vocabulary.programs import EntrySource, Precision
from tracking.wording import concerns as wording

MOST_ANSWERS = 20


class AnswerIn(Input):
    """One question of a concern, answered."""

    question = CodeField()
    answer = CodeField(help_text="yes, no or not_known.")


class ConcernIn(EntryIn):
    """Something that worries somebody, told once."""

    base_revision = None  # type: ignore[assignment]  # the framework's way to leave a field out
    kind = CodeField()
    follows = IdField(
        required=False, allow_null=True, default=None, help_text="The id of an earlier concern."
    )
    temperature = NumberField(
        min_value=-100,
        max_value=200,
        required=False,
        allow_null=True,
        default=None,
        help_text="As read, in `temperature_unit`.",
    )
    temperature_unit = CodeField(default="")
    temperature_site = CodeField(default="")
    region = CodeField(default="")
    answers = serializers.ListField(child=AnswerIn(), required=False, default=list, max_length=MOST_ANSWERS)
    product = TextField(max_length=100, default="", help_text="What was on the skin.")
    shown_version = TextField(
        max_length=20, default="", help_text="`version` of the bundle the phone read; empty: it read none."
    )
    shown_advice = CodeField(default="", help_text="`key` of the rule it then showed.")


class AdviceOut(serializers.Serializer[Any]):
    """What a family is advised."""

    key = serializers.CharField()
    level = serializers.ChoiceField(
        [str(one) for one in AdviceLevel],
        allow_null=True,
        help_text="null: of rules that are no longer here.",
    )
    title = serializers.CharField()
    text = serializers.CharField()
    language = serializers.CharField()
    is_draft = serializers.BooleanField(help_text="Draft wording: no clinician of the clinic has adopted it.")


class ProposalOut(serializers.Serializer[Any]):
    """A precaution to put in force with one tap."""

    code = serializers.CharField()
    region = serializers.CharField(allow_blank=True)
    substance = serializers.CharField(allow_blank=True)
    until_on = serializers.DateField(allow_null=True)


class PhotoOut(serializers.Serializer[Any]):
    """A photo that a caregiver sent with a concern."""

    id = serializers.UUIDField()
    sent_at = serializers.DateTimeField()
    goes_on = serializers.DateField(allow_null=True, help_text="When it is removed; null: somebody keeps it.")
    keep_reason = serializers.CharField(allow_blank=True)
    keep_language = serializers.CharField(allow_blank=True)


class ConcernAnswerOut(serializers.Serializer[Any]):
    """One question, answered."""

    question = serializers.CharField()
    answer = serializers.CharField()


class ConcernOut(serializers.Serializer[Any]):
    """A concern as you may see it. Of another household's `zone` and `received_at` are null and `occurred_at`
    is what the wall showed, without offset.
    """

    id = serializers.UUIDField()
    kind = serializers.CharField()
    follows = serializers.UUIDField(allow_null=True)
    occurred_at = serializers.CharField()
    precision = serializers.ChoiceField([str(one) for one in Precision])
    part_of_day = serializers.CharField(allow_blank=True)
    zone = serializers.CharField(allow_null=True)
    local_day = serializers.DateField()
    received_at = serializers.DateTimeField(allow_null=True)
    receipt = serializers.CharField(allow_blank=True, help_text="Since when the clinic has it, in words.")
    watch = serializers.CharField(help_text="When it is read, in words.")
    source = serializers.ChoiceField([str(one) for one in EntrySource])  # type: ignore[assignment]  # ours
    door = serializers.ChoiceField(EntryDoor.values)
    by = ByOut()
    told_by = ByOut(allow_null=True, help_text="Who told it, where that is not who wrote it down.")
    is_on_behalf = serializers.BooleanField()
    flags = serializers.ListField(child=serializers.CharField())
    temperature = serializers.FloatField(allow_null=True)
    temperature_unit = serializers.CharField(allow_blank=True)
    temperature_site = serializers.CharField(allow_blank=True)
    celsius = serializers.FloatField(
        allow_null=True,
        help_text="In degrees Celsius, from 30 to 45; null: not measured, or not to be believed.",
    )
    region = serializers.CharField(allow_blank=True)
    answers = ConcernAnswerOut(many=True)
    product = serializers.CharField(allow_blank=True)
    note = serializers.CharField(allow_blank=True)
    language = serializers.CharField(allow_blank=True)
    advice = AdviceOut()
    shown_version = serializers.CharField(allow_blank=True)
    shown_advice = AdviceOut(allow_null=True, help_text="What the phone showed, where that was another.")
    photo_count = serializers.IntegerField(
        allow_null=True, help_text="How many, 0 or more; null: not yours to know."
    )
    photos = PhotoOut(many=True, help_text="For the care team.")
    proposal = ProposalOut(allow_null=True, help_text="What may still be put in force, by you.")


class Worried(Resource):
    """Of the child's team and caregivers; nobody else knows of it."""

    def fetch_for_concerns(self, pk: uuid.UUID, *, viewed: AuditCode | None = None) -> tuple[Child, Sight]:
        child, sight = self.fetch_record(pk)
        if not policy.may_view_concerns(self.by, child):
            raise Unseen
        if viewed is not None:
            self.write_read(viewed)
        return child, sight

    def answer(self, row: ConcernRow, *, status: int = 200) -> Response:
        sight = sight_of(self.by, row.child)
        seen = reading.one_concern(row, sight, now=self.now, language=self.language)
        return Response(_answer(seen), status=status)


class Concerns(Worried):
    """A child's concerns."""

    query = PageQuery

    @extend_schema(
        operation_id="list_concerns", parameters=[PageQuery], responses=page_of(ConcernOut), tags=["concerns"]
    )
    def get(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002  # DRF's signature
        """One page of what you may see, newest first."""
        asked = self.ask()
        about, sight = self.fetch_for_concerns(child, viewed=AuditCode.VIEWED_CONCERNS)
        list_name = f"{self.by.pk} {child} concerns"
        before = None
        if "cursor" in asked:
            occurred_at, row_id = unseal(asked["cursor"], about=list_name)
            before = (dt.datetime.fromisoformat(occurred_at), uuid.UUID(row_id))
        page = reading.page_of_concerns(
            self.by,
            about,
            sight,
            now=self.now,
            language=self.language,
            limit=asked["limit"],
            before=before,
        )
        following = page.next_before and seal(
            [page.next_before[0].isoformat(), str(page.next_before[1])], about=list_name
        )
        return Response({"items": [_answer(one) for one in page.concerns], "next_cursor": following})


class Concern(Worried):
    """One concern."""

    is_queued = True

    @extend_schema(operation_id="get_concern", responses=ConcernOut, tags=["concerns"])
    def get(self, request: Request, child: uuid.UUID, concern: uuid.UUID) -> Response:  # noqa: ARG002
        about, _ = self.fetch_for_concerns(child, viewed=AuditCode.VIEWED_CONCERNS)
        row = access.fetch(
            ConcernRow.objects.select_related("child__clinic"), self.by, child=about, client_id=concern
        )
        return self.answer(row)

    @extend_schema(
        operation_id="put_concern",
        request=ConcernIn,
        responses={200: ConcernOut, 201: ConcernOut},
        tags=["concerns"],
    )
    def put(self, request: Request, child: uuid.UUID, concern: uuid.UUID) -> Response:  # noqa: ARG002
        """Told under an id of your own making: 201, and 200 when it had come before."""
        about, _ = self.fetch_for_concerns(child)
        kept = concerns.raise_concern(
            by=self.by,
            child=about,
            client_id=concern,
            entry=_body(self.read(ConcernIn)),
            door=EntryDoor.API,
            now=self.now,
        )
        self.became = Answer.REPLAYED if kept.is_replay else Answer.APPLIED
        return self.answer(kept.concern, status=200 if kept.is_replay else 201)


class ConcernPrecaution(Worried):
    """What a concern asks to be heeded."""

    is_queued = True

    @extend_schema(operation_id="heed_concern", request=None, responses=ConcernOut, tags=["concerns"])
    def put(self, request: Request, child: uuid.UUID, concern: uuid.UUID) -> Response:  # noqa: ARG002
        """The precaution it proposes is in force from now on; again, nothing changes."""
        about, _ = self.fetch_for_concerns(child)
        row = reading.told_or_seen(self.by, about, concern)
        concerns.heed(by=self.by, concern=row, now=self.now)
        return self.answer(row)


def _body(sent: dict[str, Any]) -> ConcernBody:
    same = (
        "kind",
        "follows",
        "temperature_unit",
        "temperature_site",
        "region",
        "product",
        "shown_version",
        "shown_advice",
    )
    temperature = sent["temperature"]
    return ConcernBody(
        **common(sent),
        **{name: sent[name] for name in same},
        temperature=None if temperature is None else round(Decimal(str(temperature)), 2),
        answers=tuple((one["question"], one["answer"]) for one in sent["answers"]),
    )


def _answer(concern: SeenConcern) -> dict[str, Any]:
    told = {
        name: getattr(concern, name)
        for name in ConcernOut._declared_fields
        if name not in ("id", "occurred_at", "by", "told_by", "watch", "answers", "photos", "shown_advice")
    }
    return told | {
        "id": concern.client_id,
        "occurred_at": instant(concern.occurred),
        "watch": wording.nobody_watches(),
        "by": byline(concern.by),
        "told_by": byline(concern.told_by) if concern.told_by else None,
        "temperature": None if concern.temperature is None else float(concern.temperature),
        "celsius": None if concern.celsius is None else float(concern.celsius),
        "answers": [{"question": question, "answer": answer} for question, answer in concern.answers],
        "shown_advice": concern.shown,
        "photos": [
            {
                "id": photo.client_id,
                "sent_at": photo.sent_at,
                "goes_on": photo.goes_on,
                "keep_reason": photo.keep_reason,
                "keep_language": photo.keep_language,
            }
            for photo in concern.photos
        ],
    }
