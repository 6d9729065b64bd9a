"""Demonstrations to caregivers: all of them for the team, their household's for a guardian."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import IdField, Input, TextField
from api.pagination import PageQuery, page_of, seal, unseal
from api.resources import Resource
from clinic import access
from clinic.errors import Unseen
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.readings import teaching
from tracking.readings.teaching import SeenDemonstration
from tracking.services.teaching import MOST_AT_ONCE, Shown, teach
from tracking.vocabulary.teaching import ShownWith, TaughtLevel, Teachable


class ShownIn(Input):
    """One thing shown to one caregiver: a grant of the child, or a name in one of its homes."""

    what = serializers.ChoiceField([str(one) for one in Teachable])
    stroke = TextField(max_length=60, default="", help_text="Its slug, for a stroke.")
    level = serializers.ChoiceField([str(one) for one in TaughtLevel], default=str(TaughtLevel.SHOWN))
    shown_with = serializers.ChoiceField([str(one) for one in ShownWith], default=str(ShownWith.CHILD))
    grant = IdField(required=False, allow_null=True, default=None)
    name = TextField(max_length=120, default="", help_text="Of somebody without an account.")
    family = IdField(
        required=False, allow_null=True, default=None, help_text="Their household, where there are two."
    )
    language = TextField(max_length=35, default="", help_text="In which it was shown; absent: yours.")


class DemonstrationsIn(Input):
    """What was shown, all of it at one moment."""

    contact = IdField(required=False, allow_null=True, default=None, help_text="The visit it was shown at.")
    shown = serializers.ListField(child=ShownIn(), min_length=1, max_length=MOST_AT_ONCE)


class DemonstrationOut(serializers.Serializer[Any]):
    """One thing shown to one caregiver. The latest of a thing and person is how it stands."""

    id = serializers.UUIDField()
    what = serializers.ChoiceField([str(one) for one in Teachable])
    stroke = serializers.CharField(allow_blank=True)
    name = serializers.CharField(help_text="Of the stroke, in the language asked for.")
    to = serializers.CharField()
    is_mine = serializers.BooleanField(help_text="Shown to you.")
    level = serializers.ChoiceField([str(one) for one in TaughtLevel])
    shown_with = serializers.ChoiceField([str(one) for one in ShownWith])
    by = serializers.CharField()
    at = serializers.DateTimeField()
    language = serializers.CharField(allow_blank=True)
    contact = serializers.UUIDField(allow_null=True)


class DemonstrationsMadeOut(serializers.Serializer[Any]):
    """What was written down just now."""

    items = DemonstrationOut(many=True)


class Demonstrations(Resource):
    """What was shown."""

    query = PageQuery

    @extend_schema(
        operation_id="list_demonstrations",
        parameters=[PageQuery],
        responses=page_of(DemonstrationOut),
        tags=["contacts"],
    )
    def get(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002  # DRF's signature
        """One page, latest first."""
        asked = self.ask()
        about, _ = self.fetch_record(child)
        if not policy.may_view_demonstrations(self.by, about):
            raise Unseen
        self.write_read(AuditCode.VIEWED_PROGRAM)
        list_name = f"{self.by.pk} {child} demonstrations"
        before = None
        if "cursor" in asked:
            shown_at, row_id = unseal(asked["cursor"], about=list_name)
            before = (dt.datetime.fromisoformat(shown_at), uuid.UUID(row_id))
        shown, following = teaching.page_of_demonstrations(
            self.by, about, language=self.language, limit=asked["limit"], before=before
        )
        cursor = following and seal([following[0].isoformat(), str(following[1])], about=list_name)
        return Response({"items": [answer_demonstration(one) for one in shown], "next_cursor": cursor})

    @extend_schema(
        operation_id="record_demonstrations",
        request=DemonstrationsIn,
        responses={201: DemonstrationsMadeOut},
        tags=["contacts"],
    )
    def post(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002  # DRF's signature
        """Many things to several people in one step, all or none."""
        self._refuse_parameters(frozenset())
        about, _ = self.fetch_record(child)
        access.demand(policy.may_demonstrate, self.by, about)
        sent = self.read(DemonstrationsIn)
        rows = teach(
            by=self.by,
            child=about,
            shown=[Shown(**one) for one in sent["shown"]],
            contact=sent["contact"],
            now=self.now,
        )
        seen = teaching.seen_demonstrations(rows, self.by, language=self.language)
        return Response({"items": [answer_demonstration(one) for one in seen]}, status=201)


def answer_demonstration(shown: SeenDemonstration) -> dict[str, Any]:
    """The JSON of a demonstration."""
    return {
        "id": shown.id,
        "what": shown.what,
        "stroke": shown.stroke,
        "name": shown.name,
        "to": shown.to,
        "is_mine": shown.is_mine,
        "level": shown.level,
        "shown_with": shown.shown_with,
        "by": shown.by,
        "at": shown.at,
        "language": shown.language,
        "contact": shown.contact,
    }
