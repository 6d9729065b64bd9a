"""Emergency access: opening one child's record, closing it, and the owners' review."""

from __future__ import annotations

import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.errors import Problem
from api.fields import DayField, Input, LanguageField, TextField
from api.resources import Resource
from api.sentences import sentence
from clinic import access, policy
from clinic.models import BreakGlass, Child
from clinic.models.break_glass import LEAST_REASON
from clinic.services import break_glass as services
from tracking.readings import break_glass as reading
from tracking.readings.break_glass import SeenGlass

LANGUAGE = "Of your words; empty: the one you read."


class GlassReasonIn(Input):
    """Why a record has to be read now; its care team and the owners read it."""

    reason = TextField(max_length=services.LONGEST_REASON, min_length=LEAST_REASON, allow_blank=False)
    language = LanguageField(default="", help_text=LANGUAGE)


class NamedChildIn(GlassReasonIn):
    """Which child, for somebody who sees no list of them: all three as they are written in its record."""

    first_name = TextField(max_length=100, allow_blank=False)
    last_name = TextField(max_length=100, default="")
    born_on = DayField()


class GlassReviewIn(Input):
    """What an owner found of an opening, and what was said."""

    review = TextField(
        max_length=services.LONGEST_REVIEW, allow_blank=False, help_text="What you found, and what was said."
    )
    language = LanguageField(default="", help_text=LANGUAGE)


class GlassOut(serializers.Serializer[Any]):
    """One opening."""

    id = serializers.UUIDField()
    child = serializers.UUIDField()
    child_name = serializers.CharField()
    by = serializers.CharField()
    is_mine = serializers.BooleanField()
    reason = serializers.CharField()
    language = serializers.CharField(allow_blank=True, help_text="Of the reason; empty: not known.")
    opened_at = serializers.DateTimeField()
    over_at = serializers.DateTimeField(help_text="When it ended or will, four hours on at the latest.")
    is_open = serializers.BooleanField()
    reviewed_at = serializers.DateTimeField(allow_null=True)
    reviewed_by = serializers.CharField(allow_blank=True)
    review = serializers.CharField(allow_blank=True)
    review_language = serializers.CharField(allow_blank=True)
    may_review = serializers.BooleanField()


class GlassListOut(serializers.Serializer[Any]):
    """Your own, those of children on whose team you are, and for an owner the clinic's."""

    waiting = GlassOut(many=True, help_text="For a review, oldest first.")
    reviewed = GlassOut(many=True, help_text="The latest fifty, newest first.")


class GlassResource(Resource):
    """What is done about it; no scope of an app of others reaches here."""

    scope_to_read = scope_to_write = None

    def open(self, child: Child, *, reason: str, language: str) -> Response:
        row = services.break_glass(by=self.by, child=child, reason=reason, language=language, now=self.now)
        return self.answer(row, status=201)

    def fetch_glass(self, clinic: str, glass: uuid.UUID) -> BreakGlass:
        row: BreakGlass = access.fetch(
            BreakGlass.objects.select_related("clinic", "child", "opened_by", "reviewed_by"),
            self.by,
            pk=glass,
            clinic=self.fetch_clinic(clinic),
        )
        return row

    def answer(self, row: BreakGlass, *, status: int = 200) -> Response:
        return Response(_glass(reading.seen_glass(row, self.by, now=self.now)), status=status)


class ClinicGlass(GlassResource):
    """What was opened in a clinic."""

    recent_for = ("POST",)

    @extend_schema(operation_id="list_broken_glass", responses=GlassListOut, tags=["break glass"])
    def get(self, request: Request, clinic: str) -> Response:  # noqa: ARG002  # DRF's signature
        """What waits for a review, and what was reviewed."""
        seen = reading.glass_of_clinic(self.by, self.fetch_clinic(clinic), now=self.now)
        return Response(
            {
                "waiting": [_glass(one) for one in seen.waiting],
                "reviewed": [_glass(one) for one in seen.reviewed],
            }
        )

    @extend_schema(
        operation_id="break_glass_by_name",
        request=NamedChildIn,
        responses={201: GlassOut},
        tags=["break glass"],
    )
    def post(self, request: Request, clinic: str) -> Response:  # noqa: ARG002  # DRF's signature
        """Read the record of a child of this clinic for four hours, and write nothing in it.

        Open already, it stays as it was. 400 `no_such_child`: nobody is called that and was born on that day.
        """
        of = self.fetch_clinic(clinic)
        access.demand(policy.may_break_glass_in, self.by, of)
        told = self.read(NamedChildIn)
        said = {name: told.pop(name) for name in ("reason", "language")}
        child = services.find_child(by=self.by, clinic=of, now=self.now, **told)
        if child is None:
            # Answered, not raised: that somebody looked in vain stays in the audit.
            return Problem(400, services.NO_SUCH_CHILD, sentence(services.NO_SUCH_CHILD)).response()
        return self.open(child, **said)


class ChildGlass(GlassResource):
    """The record of a child one knows of, and does not treat."""

    recent_for = ("POST",)

    @extend_schema(
        operation_id="break_glass", request=GlassReasonIn, responses={201: GlassOut}, tags=["break glass"]
    )
    def post(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002  # DRF's signature
        """For an owner who is not on its team. Open already, it stays as it was."""
        about: Child = access.fetch(
            Child.objects.select_related("clinic"), self.by, pk=child, may=policy.may_break_glass
        )
        return self.open(about, **self.read(GlassReasonIn))


class GlassEnding(GlassResource):
    """That it is over."""

    @extend_schema(operation_id="end_glass", request=None, responses=GlassOut, tags=["break glass"])
    def put(self, request: Request, clinic: str, glass: uuid.UUID) -> Response:  # noqa: ARG002
        """One's own, before its time."""
        row = self.fetch_glass(clinic, glass)
        return self.answer(services.end_glass(by=self.by, glass=row, now=self.now))


class GlassReview(GlassResource):
    """What came of looking at it."""

    @extend_schema(
        operation_id="review_glass", request=GlassReviewIn, responses=GlassOut, tags=["break glass"]
    )
    def put(self, request: Request, clinic: str, glass: uuid.UUID) -> Response:  # noqa: ARG002
        """An owner's, and their own only where there is no other."""
        row = self.fetch_glass(clinic, glass)
        access.demand(policy.may_review_glass, self.by, row)
        return self.answer(
            services.review_glass(by=self.by, glass=row, now=self.now, **self.read(GlassReviewIn))
        )


def _glass(seen: SeenGlass) -> dict[str, Any]:
    return {name: getattr(seen, name) for name in GlassOut._declared_fields if name != "child"} | {
        "child": seen.child_id
    }
