"""Flags, for those who read them: the clinic's list, one flag with its history, and what is done about it.

An owner who is a reader but not on the child's team reads only the head: `code` is null, `detail` empty.
"""

from __future__ import annotations

import dataclasses
import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import Input, InstantField, LanguageField, TextField
from api.pagination import Query
from api.resources import Resource
from clinic import access, audit
from clinic.errors import Forbidden
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.models import Flag, HomeProgram
from tracking.readings import flags as reading
from tracking.readings.flags import FlagPage, FlagSeen, ForFamily, Shown
from tracking.services import flag_handling
from tracking.vocabulary.concerns import Severity
from tracking.vocabulary.flags import CloseHow, ReaderKind

LANGUAGE = "Of your words; empty: the one you read."


class FlagQuery(Query):
    """Which flags of the list."""

    shown = serializers.ChoiceField([str(one) for one in Shown], default=str(Shown.NEEDS_SOMEBODY))


class AcknowledgementIn(Input):
    """That one has a flag, and what one will do."""

    will_do = TextField(max_length=flag_handling.LONGEST_REASON, default="", help_text="What you will do.")
    language = LanguageField(default="", help_text=LANGUAGE)


class SnoozeIn(Input):
    """Until when a flag is put off, and why that is safe."""

    until_at = InstantField(help_text="A medical one for four hours at most.")
    reason = TextField(max_length=flag_handling.LONGEST_REASON, allow_blank=False)
    language = LanguageField(default="", help_text=LANGUAGE)


class ClosingIn(Input):
    """What was done about a flag."""

    reason = TextField(
        max_length=flag_handling.LONGEST_CLOSING, allow_blank=False, help_text="What was done."
    )
    language = LanguageField(default="", help_text=LANGUAGE)


class FlagReaderOut(serializers.Serializer[Any]):
    """Somebody with whom a flag lies."""

    id = serializers.UUIDField()
    name = serializers.CharField()


class FlagOut(serializers.Serializer[Any]):
    """A flag as you may read it."""

    id = serializers.UUIDField()
    child = serializers.UUIDField()
    child_name = serializers.CharField()
    code = serializers.CharField(allow_null=True, help_text="Of `flag_codes`.")
    detail = serializers.DictField(help_text="Codes and numbers the rule looked at.")
    severity = serializers.ChoiceField([str(one) for one in Severity])
    raised_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField(allow_null=True, help_text="Counted in clinic hours.")
    is_late = serializers.BooleanField()
    readers = FlagReaderOut(many=True, help_text="With whom it lies.")
    reader_kind = serializers.ChoiceField([str(one) for one in ReaderKind])
    taken_by = serializers.CharField(allow_blank=True)
    taken_at = serializers.DateTimeField(allow_null=True)
    snoozed_until = serializers.DateTimeField(allow_null=True)
    closed_at = serializers.DateTimeField(allow_null=True)


class FlagsOut(serializers.Serializer[Any]):
    """At most 200, soonest due first."""

    items = FlagOut(many=True)
    counts = serializers.DictField(child=serializers.IntegerField(), help_text="By what `shown` may be.")


class HappenedOut(serializers.Serializer[Any]):
    """One thing that happened to a flag."""

    at = serializers.DateTimeField()
    what = serializers.CharField(help_text="raised, acknowledged, put_off, went_on or closed.")
    who = serializers.CharField(allow_blank=True)
    words = serializers.CharField(allow_blank=True)
    language = serializers.CharField(allow_blank=True)
    until_at = serializers.DateTimeField(allow_null=True)
    how = serializers.ChoiceField([str(one) for one in CloseHow], allow_null=True)


class ChosenForOut(serializers.Serializer[Any]):
    """A running program, and whether its family reads the text."""

    program = serializers.UUIDField()
    title = serializers.CharField()
    is_chosen = serializers.BooleanField(help_text="A therapist chose that its family reads the text.")


class ForFamilyOut(serializers.Serializer[Any]):
    """What the family reads about it."""

    text = serializers.CharField(allow_null=True, help_text="null: the clinic has adopted none.")
    language = serializers.CharField(allow_blank=True)
    changes_care = serializers.BooleanField(help_text="Then it is read only where it is chosen.")
    programs = ChosenForOut(many=True)


class FlagWithHistoryOut(FlagOut):
    is_medical = serializers.BooleanField(help_text="Nothing but a person closes it.")
    history = HappenedOut(many=True)
    for_family = ForFamilyOut(allow_null=True)


class FlagResource(Resource):
    def fetch_flag(self, clinic: str, flag: uuid.UUID) -> Flag:
        row: Flag = access.fetch(
            Flag.objects.select_related("child__clinic", "acknowledged_by", "closed_by"),
            self.by,
            pk=flag,
            clinic=self.fetch_clinic(clinic),
        )
        self.child = row.child
        return row

    def fetch_to_act(self, clinic: str, flag: uuid.UUID) -> Flag:
        row = self.fetch_flag(clinic, flag)
        access.demand(policy.may_act_on_flag, self.by, row)
        return row

    def answer(self, clinic: str, flag: uuid.UUID) -> Response:
        """As it stands now, and that it was read."""
        row = self.fetch_flag(clinic, flag)
        self.write_read(AuditCode.VIEWED_CHILD)
        is_team = policy.may_view_flag_record(self.by, row)
        page = reading.flag_page(row, is_team=is_team, now=self.now, language=row.child.clinic.locale)
        return Response(_page(page))


class Flags(FlagResource):
    """The flags of a clinic that you read."""

    query = FlagQuery

    @extend_schema(operation_id="list_flags", parameters=[FlagQuery], responses=FlagsOut, tags=["flags"])
    def get(self, request: Request, clinic: str) -> Response:  # noqa: ARG002  # DRF's signature
        shown = Shown(self.ask()["shown"])
        of = self.fetch_clinic(clinic)
        found = reading.flag_list(self.by, of, now=self.now, shown=shown, is_owner=False)
        children = sorted({row.child_id for row in found.rows})
        audit.record_reads(
            AuditCode.VIEWED_CHILD, by=self.by, now=self.now, clinic_id=of.pk, child_ids=children
        )
        counts = {str(one): count for one, count in found.counts.items()}
        return Response({"items": [_flag(one) for one in found.rows], "counts": counts})


class OneFlag(FlagResource):
    """One flag."""

    @extend_schema(operation_id="get_flag", responses=FlagWithHistoryOut, tags=["flags"])
    def get(self, request: Request, clinic: str, flag: uuid.UUID) -> Response:  # noqa: ARG002
        """What it stands on, what was done about it, and what the family reads."""
        return self.answer(clinic, flag)


class FlagAcknowledgement(FlagResource):
    """Who has it."""

    @extend_schema(
        operation_id="acknowledge_flag",
        request=AcknowledgementIn,
        responses=FlagWithHistoryOut,
        tags=["flags"],
    )
    def put(self, request: Request, clinic: str, flag: uuid.UUID) -> Response:  # noqa: ARG002
        """You have looked and have it; your first word stays."""
        row = self.fetch_to_act(clinic, flag)
        flag_handling.acknowledge_flag(by=self.by, flag=row, now=self.now, **self.read(AcknowledgementIn))
        return self.answer(clinic, flag)


class FlagSnoozes(FlagResource):
    """Until when it was put off."""

    @extend_schema(
        operation_id="snooze_flag", request=SnoozeIn, responses={201: FlagWithHistoryOut}, tags=["flags"]
    )
    def post(self, request: Request, clinic: str, flag: uuid.UUID) -> Response:  # noqa: ARG002
        """Put off with a reason."""
        row = self.fetch_to_act(clinic, flag)
        flag_handling.snooze_flag(by=self.by, flag=row, now=self.now, **self.read(SnoozeIn))
        answer = self.answer(clinic, flag)
        answer.status_code = 201
        return answer


class FlagClosing(FlagResource):
    """That it is over."""

    @extend_schema(operation_id="close_flag", request=ClosingIn, responses=FlagWithHistoryOut, tags=["flags"])
    def put(self, request: Request, clinic: str, flag: uuid.UUID) -> Response:  # noqa: ARG002
        """Closed with what was done."""
        row = self.fetch_to_act(clinic, flag)
        flag_handling.close_flag(by=self.by, flag=row, now=self.now, **self.read(ClosingIn))
        return self.answer(clinic, flag)


class FlagAdvice(FlagResource):
    """Whether the family of a program reads a text that changes care."""

    @extend_schema(
        operation_id="choose_flag_advice", request=None, responses=FlagWithHistoryOut, tags=["flags"]
    )
    def put(self, request: Request, clinic: str, flag: uuid.UUID, program: uuid.UUID) -> Response:  # noqa: ARG002
        """It does from now on; a treating therapist's to choose."""
        row, about = self._fetch(clinic, flag, program)
        flag_handling.choose_advice(by=self.by, program=about, code=row.code, now=self.now)
        return self.answer(clinic, flag)

    @extend_schema(
        operation_id="end_flag_advice", request=None, responses={200: FlagWithHistoryOut}, tags=["flags"]
    )
    def delete(self, request: Request, clinic: str, flag: uuid.UUID, program: uuid.UUID) -> Response:  # noqa: ARG002
        """It does not any more."""
        row, about = self._fetch(clinic, flag, program)
        flag_handling.end_advice(by=self.by, program=about, code=row.code, now=self.now)
        return self.answer(clinic, flag)

    def _fetch(self, clinic: str, flag: uuid.UUID, program: uuid.UUID) -> tuple[Flag, HomeProgram]:
        row = self.fetch_flag(clinic, flag)
        if not policy.may_view_flag_record(self.by, row):
            raise Forbidden
        about: HomeProgram = access.fetch(
            HomeProgram.objects.select_related("child"), self.by, pk=program, child=row.child
        )
        return row, about


def _flag(seen: FlagSeen) -> dict[str, Any]:
    return {
        name: getattr(seen, name) for name in FlagOut._declared_fields if name not in ("child", "readers")
    } | {"child": seen.child_id, "readers": [dataclasses.asdict(one) for one in seen.readers]}


def _page(page: FlagPage) -> dict[str, Any]:
    return _flag(page.flag) | {
        "is_medical": page.is_medical,
        "history": [dataclasses.asdict(one) for one in page.history],
        "for_family": _for_family(page.for_family) if page.for_family else None,
    }


def _for_family(said: ForFamily) -> dict[str, Any]:
    return {
        "text": said.text.text if said.text else None,
        "language": said.text.language if said.text else "",
        "changes_care": said.changes_care,
        "programs": [
            {"program": program.pk, "title": program.title, "is_chosen": is_chosen}
            for program, is_chosen in said.programs
        ],
    }
