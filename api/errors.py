"""Every refusal in one shape: RFC 9457 problem+json with a stable code and the fields at fault.

    {"type": "urn:littlefoot:problem:invalid", "title": "…", "status": 400, "code": "invalid", "detail": "…",
     "errors": [{"field": "cues.1.code", "code": "required", "detail": "…", "allowed": …}]}

`code` is what programs read, `title` and `detail` what people read, in the language they asked for. A thing
out of sight and a thing that never was answer with the same bytes.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from math import ceil
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from rest_framework import exceptions, serializers
from rest_framework.fields import empty
from rest_framework.response import Response

from api.renderers import PROBLEM, dumps
from api.sentences import SENTENCES, fault, sentence, title
from clinic import audit
from clinic.errors import DomainError, Forbidden, Unseen
from clinic.limits import TriedTooOften
from tracking.wording import errors as wording


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """One input at fault: its dotted path, a stable code, a sentence, and what it may be where that is short.

    `allowed` is a list of values, or a mapping such as `{"min": 0, "max": 4}`, or None.
    """

    field: str
    code: str
    detail: str
    allowed: Any = None

    def body(self) -> dict[str, Any]:
        body: dict[str, Any] = {"field": self.field, "code": self.code, "detail": self.detail}
        return body if self.allowed is None else body | {"allowed": self.allowed}


@dataclass(frozen=True, slots=True)
class Problem:
    """A refusal, ready to be sent."""

    status: int
    code: str
    detail: str
    errors: tuple[FieldProblem, ...] = ()
    headers: Mapping[str, str] = field(default_factory=dict)
    extension: Mapping[str, Any] = field(default_factory=dict)

    def body(self) -> dict[str, Any]:
        return {
            "type": f"urn:littlefoot:problem:{self.code}",
            "title": title(self.status),
            "status": self.status,
            "code": self.code,
            "detail": self.detail,
            "errors": [error.body() for error in self.errors],
            **self.extension,
        }

    def response(self) -> Response:
        return Response(self.body(), status=self.status, content_type=PROBLEM, headers=dict(self.headers))


class NotUnderstood(DomainError):
    """Some fields are invalid; `errors` names each of them."""

    code = "invalid"
    says: ClassVar[str] = "not_understood"

    def __init__(self, problems: Iterable[FieldProblem]) -> None:
        super().__init__()
        self.problems = tuple(problems)


class ClientTooNew(NotUnderstood):
    """The client sent fields this server does not know; it keeps its data and retries after an upgrade."""

    code = says = "client_too_new"


class UnknownParameter(NotUnderstood):
    """The query parameter is unknown here, or given twice."""

    code = says = "unknown_parameter"


# ---- answering ------------------------------------------------------------------------------------------


def answer_problem(error: Exception, context: dict[str, Any]) -> Response | None:
    """The answer to an anticipated error, after undoing what was done; None lets a bug through to a 500."""
    problem = problem_of(error)
    if problem is None:
        return None
    if connection.in_atomic_block:
        connection.set_rollback(True)
    response = problem.response()
    write_refusal(error, context, response)
    return response


def write_refusal(error: Exception, context: dict[str, Any], response: Response) -> None:
    """Write that the asker was turned away, once the answer is on its way."""
    if isinstance(error, Unseen | Forbidden):
        # Rendering comes after the request's transaction is over, so this row outlives the rollback.
        response.add_post_render_callback(partial(_write_refusal, error, context))


def plain_problem(request: HttpRequest, status: int, code: str) -> HttpResponse:  # noqa: ARG001
    """A refusal outside any view of the API: an address nobody has, a bug, a host that is not ours."""
    problem = Problem(status=status, code=code, detail=sentence(code))
    response = HttpResponse(dumps(problem.body()), status=status, content_type=PROBLEM)
    response.headers["Cache-Control"] = "no-store"
    return response


def problem_of(error: Exception) -> Problem | None:
    """What is answered to an anticipated error; None: it is a bug."""
    match error:
        case NotUnderstood():
            return Problem(error.status, error.code, sentence(error.says), error.problems)
        case DomainError():
            return _of_domain_error(error)
        case exceptions.APIException():
            return _of_framework_error(error)
    return _of_django_error(error)


def _of_django_error(error: Exception) -> Problem | None:
    match error:
        case Http404():
            return _of_domain_error(Unseen())
        case PermissionDenied():
            return _of_domain_error(Forbidden())
        case RequestDataTooBig():
            limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
            detail = sentence("body_too_large", {"megabytes": limit // 2**20})
            return Problem(413, "body_too_large", detail, extension={"most_bytes": limit})
        case SuspiciousOperation():
            return Problem(400, "bad_request", sentence("bad_request"))
    return None


def _of_domain_error(error: DomainError) -> Problem:
    is_ours = error.code in SENTENCES
    detail = sentence(error.code, error.parameters) if is_ours else wording.sentence(error)
    errors: tuple[FieldProblem, ...] = ()
    if error.field is not None:
        name = NAMES_HERE.get(error.field, error.field)
        errors = (FieldProblem(name, error.code, detail, _told_allowed(error.parameters)),)
    wait = {"Retry-After": f"{error.parameters['seconds']}"} if isinstance(error, TriedTooOften) else {}
    return Problem(error.status, error.code, detail, errors, wait)


NAMES_HERE = {"slot_number": "slot"}
"""What the API calls an input that the services call otherwise."""


def _told_allowed(parameters: Mapping[str, Any]) -> Any:
    """What the input may be, as a service's error tells it."""
    allowed = parameters.get("allowed")
    match allowed:
        case "range":
            return {"min": parameters.get("least", 0), "max": parameters["most"]}
        case "length":
            return {"min_length": parameters.get("least", 0), "max_length": parameters["most"]}
        case set() | frozenset():
            return sorted(str(one) for one in allowed)
    return allowed


_FRAMEWORK_CODES = {
    exceptions.NotAuthenticated: "not_authenticated",
    exceptions.AuthenticationFailed: "token_not_valid",
    exceptions.MethodNotAllowed: "method_not_allowed",
    exceptions.NotAcceptable: "not_acceptable",
    exceptions.UnsupportedMediaType: "unsupported_media_type",
    exceptions.Throttled: "too_many_requests",
    exceptions.ParseError: "bad_request",
}


def _of_framework_error(error: exceptions.APIException) -> Problem | None:
    match error:
        case exceptions.PermissionDenied():
            return _of_domain_error(Forbidden())
        case exceptions.NotFound():
            return _of_domain_error(Unseen())
    code = next((code for kind, code in _FRAMEWORK_CODES.items() if isinstance(error, kind)), None)
    if code is None:
        return None
    headers = {}
    if auth_header := getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = auth_header
    wait = getattr(error, "wait", None)
    if wait:
        headers["Retry-After"] = f"{ceil(wait)}"
    return Problem(error.status_code, code, sentence(code, {"seconds": ceil(wait or 0)}), headers=headers)


def _write_refusal(error: DomainError, context: dict[str, Any], response: Response) -> None:  # noqa: ARG001
    request, child_id = context["request"], context["kwargs"].get("child")
    if request is None or not request.user.is_authenticated:
        return
    child = getattr(context["view"], "child", None)
    audit.record_refusal(
        by=request.user,
        code=error.code,
        clinic_id=child.clinic_id if child is not None else None,
        child_id=child_id if isinstance(child_id, uuid.UUID) else None,
    )


# ---- what a serializer found ------------------------------------------------------------------------------


def explain(serializer: serializers.BaseSerializer[Any]) -> NotUnderstood:
    """The refusal that says everything an invalid serializer found, field by field."""
    problems = tuple(_problems_in(serializer.errors, serializer, ""))
    if any(problem.code == ClientTooNew.code for problem in problems):
        return ClientTooNew(problems)
    return NotUnderstood(problems)


def _problems_in(found: Any, asked: Any, path: str) -> Iterable[FieldProblem]:
    if isinstance(found, Mapping):
        for name, inner in found.items():
            if name == "non_field_errors":
                yield from _problems_in(inner, asked, path)
            else:
                yield from _problems_in(inner, _inside(asked, name), f"{path}.{name}" if path else str(name))
    elif isinstance(found, list) and any(isinstance(item, Mapping | list) for item in found):
        for place, inner in enumerate(found):
            yield from _problems_in(inner, _inside(asked, place), f"{path}.{place}")
    else:
        for detail in found if isinstance(found, list) else [found]:
            code = getattr(detail, "code", None) or "invalid"
            said = fault(asked, path, code, str(detail))
            yield FieldProblem(path, code, said, _allowed_by(asked, code))


@dataclass(frozen=True, slots=True)
class _NoSuchField:
    """Stands where a serializer has no field of that name: `known` are those it has."""

    known: list[str]


def _inside(asked: Any, name: str | int) -> Any:
    """The field of that name in a serializer, the item of a list; None where there can be none."""
    if isinstance(asked, serializers.ListSerializer | serializers.ListField | serializers.DictField):
        return asked.child
    if isinstance(asked, serializers.Serializer):
        known = asked.fields
        return known.get(str(name)) or _NoSuchField([key for key, one in known.items() if not one.read_only])
    return None


def _allowed_by(asked: Any, code: str) -> Any:
    """What the field would have taken, where it can be said in a value or two."""
    if code in ("invalid_choice", "required", "null") and isinstance(asked, serializers.ChoiceField):
        return [value for value in asked.choices if value != ""]
    if code in ("min_value", "max_value"):
        return _limits(asked, "min_value", "max_value", names=("min", "max"))
    if code in ("min_length", "max_length"):
        return _limits(asked, "min_length", "max_length", names=("min_length", "max_length"))
    if code == ClientTooNew.code:
        return getattr(asked, "known", None)
    return getattr(asked, "allowed", None)


def _limits(asked: Any, *attributes: str, names: tuple[str, str]) -> dict[str, Any] | None:
    limits = {
        name: getattr(asked, attribute)
        for name, attribute in zip(names, attributes, strict=True)
        if getattr(asked, attribute, None) not in (None, empty)
    }
    return limits or None
