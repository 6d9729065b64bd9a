"""Many writes in one call: what a phone has queued, in its order.

    POST /batch    {"operations": [{"do": "put", "kind": "session", "child": "…", "id": "…", "body": {…}}, …]}

Each operation is the single call it names: the same body, the same rules, the same refusal. Each stands or
falls by itself; 413, 429 and 5xx for the call as a whole mean that nothing of it was stored.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from enum import StrEnum, unique
from typing import Any

from django.db import connection, transaction
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request, clone_request
from rest_framework.response import Response

from api.errors import Problem, explain, problem_of, write_refusal
from api.fields import DayField, IdField, Input
from api.parsers import BatchParser, inspect
from api.resources import Resource
from api.schema import ProblemOut
from api.sentences import sentence
from api.v1 import (
    bedtimes,
    check_ins,
    concerns,
    home_days,
    messages,
    observations,
    sessions,
    stimulus_days,
)
from api.v1.entries import EntryApi, Views
from clinic.errors import DomainError
from tracking.services import locks

logger = logging.getLogger("littlefoot.batch")

MOST_OPERATIONS = 100


@unique
class Result(StrEnum):
    """What became of an operation. All but `retry` are the last word: the phone may forget it.

    `conflict_kept`: kept as a further revision and flagged, because another came between. `quarantined`: the
    sender's access has ended, the care team decides. `retry`: nothing is wrong with it; send it again.
    """

    APPLIED = "applied"
    REPLAYED = "replayed"
    CONFLICT_KEPT = "conflict_kept"
    REJECTED = "rejected"
    QUARANTINED = "quarantined"
    RETRY = "retry"


@dataclass(frozen=True, slots=True)
class Call:
    """The single call an operation stands for; `name` is what its address calls the operation's `id` or
    `on`.
    """

    view: type[Resource]
    method: str
    field: str = ""
    name: str = ""


def _of_entries(api: EntryApi, views: Views) -> dict[tuple[str, str], Call]:
    return {
        ("put", api.name): Call(views.one, "PUT", "id", api.name),
        ("withdraw", api.name): Call(views.withdrawal, "PUT", "id", api.name),
        ("restore", api.name): Call(views.withdrawal, "DELETE", "id", api.name),
        ("confirm", api.name): Call(views.confirmation, "PUT", "id", api.name),
    }


CALLS: dict[tuple[str, str], Call] = {
    **_of_entries(sessions.SESSION, sessions.VIEWS),
    **_of_entries(bedtimes.BEDTIME, bedtimes.VIEWS),
    **_of_entries(observations.OBSERVATION, observations.VIEWS),
    **_of_entries(stimulus_days.STIMULUS_DAY, stimulus_days.VIEWS),
    ("put", "concern"): Call(concerns.Concern, "PUT", "id", "concern"),
    ("confirm", "concern"): Call(concerns.ConcernPrecaution, "PUT", "id", "concern"),
    ("put", "check_in"): Call(check_ins.CheckIn, "PUT", "id", "check_in"),
    ("withdraw", "check_in"): Call(check_ins.CheckInWithdrawal, "PUT", "id", "check_in"),
    ("put", "message"): Call(messages.Message, "PUT", "id", "message"),
    ("put", "messages_read"): Call(messages.ReadState, "PUT"),
    ("put", "home_day"): Call(home_days.HomeDay, "PUT", "on", "on"),
    ("withdraw", "home_day"): Call(home_days.HomeDay, "DELETE", "on", "on"),
    ("put", "excused_day"): Call(home_days.ExcusedDay, "PUT", "on", "on"),
    ("withdraw", "excused_day"): Call(home_days.ExcusedDay, "DELETE", "on", "on"),
}
"""What may be queued. “Not today” is a session; a concern is confirmed by heeding what it proposes."""

VERBS = ("put", "withdraw", "restore", "confirm")
KINDS = tuple(dict.fromkeys(kind for _, kind in CALLS))


class OperationIn(Input):
    """One write."""

    do = serializers.ChoiceField(
        VERBS,
        default="put",
        help_text="`withdraw` takes back, `restore` undoes that, `confirm`: it is right.",
    )
    kind = serializers.ChoiceField(KINDS)
    child = IdField()
    id = IdField(required=False, help_text="As in the address of the single call.")
    on = DayField(required=False, help_text="Of a day, in place of an id.")
    body = serializers.DictField(
        required=False,
        default=dict,
        help_text="As the single call takes it; leave it out where it takes none.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        call = CALLS.get((attrs["do"], attrs["kind"]))
        if call is None:
            asked: Any = self.fields["do"]
            asked.choices = [verb for verb, kind in CALLS if kind == attrs["kind"]]
            message = str(asked.error_messages["invalid_choice"]).format(input=attrs["do"])
            raise serializers.ValidationError({"do": [serializers.ErrorDetail(message, "invalid_choice")]})
        if call.field and call.field not in attrs:
            message = str(self.fields[call.field].error_messages["required"])
            raise serializers.ValidationError({call.field: [serializers.ErrorDetail(message, "required")]})
        return attrs


@extend_schema_field(OperationIn)
class OperationField(serializers.Field[Any, Any, Any, Any]):
    """Whatever was sent: each operation is read by itself, later."""

    def to_internal_value(self, data: Any) -> Any:
        return data


class BatchIn(Input):
    """Up to a hundred writes; they are done in this order."""

    operations = serializers.ListField(
        child=OperationField(allow_null=True), allow_empty=False, min_length=1, max_length=MOST_OPERATIONS
    )


class ResultOut(serializers.Serializer[Any]):
    """What became of one operation."""

    result = serializers.ChoiceField([str(one) for one in Result])
    status = serializers.IntegerField(help_text="The HTTP status of the single call, 200 to 599.")
    kind = serializers.CharField(allow_null=True)
    child = serializers.UUIDField(allow_null=True)
    id = serializers.UUIDField(allow_null=True, help_text="As it was sent.")
    on = serializers.DateField(allow_null=True, help_text="As it was sent.")
    body = serializers.DictField(allow_null=True, help_text="What the single call answers.")
    problem = ProblemOut(allow_null=True, help_text="Its refusal.")


class BatchOut(serializers.Serializer[Any]):
    """What became of each operation."""

    results = ResultOut(many=True, help_text="One for each operation, in the order sent.")


class Batch(Resource):
    """What a phone queued."""

    parser_classes = (BatchParser,)

    @extend_schema(operation_id="send_batch", request=BatchIn, responses=BatchOut, tags=["sync"])
    def post(self, request: Request) -> Response:  # noqa: ARG002  # DRF's signature
        """Each operation as its single call would be; one that is refused costs no other."""
        operations = [_understood(raw) for raw in self.read(BatchIn)["operations"]]
        locks.one_batch_at_a_time(
            by=self.by, children={one["child"] for one in operations if isinstance(one, dict)}
        )
        answered = [_one_by_itself(self.request, one) for one in operations]
        response = Response({"results": [one.body for one in answered]})
        for one in answered:
            if one.error is not None:
                write_refusal(one.error, one.context, response)
        return response


@dataclass(frozen=True, slots=True)
class Answered:
    """The result of an operation; of one that is refused, its error and what the audit says of it."""

    body: dict[str, Any]
    error: Exception | None = None
    context: dict[str, Any] = field(default_factory=dict)


def _understood(raw: Any) -> dict[str, Any] | Exception:
    """The operation, or why it is none."""
    try:
        inspect(raw)
        reader = OperationIn(data=raw)
        if not reader.is_valid():
            raise explain(reader)
    except DomainError as error:
        return error
    understood: dict[str, Any] = reader.validated_data
    return understood


def _one_by_itself(request: Request, operation: dict[str, Any] | Exception) -> Answered:
    """Do one operation; whatever goes wrong with it is undone, and is its answer."""
    names = operation if isinstance(operation, dict) else {}
    context: dict[str, Any] = {"request": request, "kwargs": names, "view": None}
    try:
        with transaction.atomic():
            view, response = _call(request, operation, context)
    except Exception as error:
        if connection.needs_rollback:
            raise  # the database itself is gone, and with it everything done before
        problem = problem_of(error)
        if problem is None:
            logger.exception("operation failed")
            problem = Problem(500, "internal", sentence("internal"))
        result = Result.RETRY if problem.status in (429, 500) else Result.REJECTED
        return Answered(_told(names, result, problem.status, problem=problem.body()), error, context)
    return Answered(_told(names, Result(view.became), response.status_code, body=response.data))


def _call(
    request: Request, operation: dict[str, Any] | Exception, context: dict[str, Any]
) -> tuple[Resource, Response]:
    """The single call, by its own view. Raises whatever that raises."""
    if isinstance(operation, Exception):
        raise operation
    call = CALLS[operation["do"], operation["kind"]]
    view = call.view()
    context["view"] = view
    told: Any = clone_request(request, call.method)
    told._full_data = operation["body"]  # where the framework keeps what a parser has read
    view.begin(told)
    ids = {call.name: operation[call.field]} if call.field else {}
    response: Response = getattr(view, call.method.lower())(told, child=operation["child"], **ids)
    return view, response


def _told(
    operation: dict[str, Any], result: Result, status: int, *, body: Any = None, problem: Any = None
) -> dict[str, Any]:
    names = {name: operation.get(name) for name in ("kind", "child", "id", "on")}
    return {"result": result, "status": status, **names, "body": body, "problem": problem}
