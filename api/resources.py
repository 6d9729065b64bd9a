"""The base of every API view: parse, one call, one answer, never cached on the way.

A view names its permission, reads input with `read` and `ask`, fetches through the one door with
`fetch_child`, calls one service or reading, and answers plain values (docs/architecture.md, rule 8).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from email.utils import format_datetime
from functools import partial
from typing import Any, ClassVar

from allauth.core.internal.httpkit import get_client_ip
from allauth.headless.tokens.strategies.jwt import internal as tokens
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.translation import get_language
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer
from rest_framework.views import APIView

from api.errors import FieldProblem, UnknownParameter, explain
from api.pagination import Query
from api.parsers import NUL, ForbiddenCharacter
from api.permissions import SignedIn
from api.sentences import sentence
from api.throttling import PerPerson
from clinic import access, audit, rls
from clinic.errors import DomainError, Forbidden, Stale, Unseen
from clinic.models import Child, Clinic, User
from clinic.policy import Places, membership_in
from clinic.services import step_up
from clinic.services.connected_apps import LetIn, Scope
from clinic.vocabulary import AuditCode
from tracking.readings.sight import Sight, sight_of
from tracking.services.quarantining import refuse_who_cared_once
from tracking.services.recording import Answer


class RevisionNeeded(DomainError):
    """A change must name the state it changes: send its `lock_version` as If-Match."""

    code = "revision_needed"
    status = 428


class ScopeNeeded(Forbidden):
    """The app's scopes do not cover this; `scope` is the one it needs, empty if no scope covers it."""

    code = "scope_needed"


@dataclass(frozen=True, slots=True)
class Going:
    """A deprecated address: since when, and until when it will exist at least."""

    since: dt.datetime
    until: dt.datetime

    def headers(self) -> dict[str, str]:
        """The headers of RFC 9745 and RFC 8594."""
        return {
            "Deprecation": f"@{int(self.since.timestamp())}",
            "Sunset": format_datetime(self.until.astimezone(dt.UTC), usegmt=True),
        }


class Resource(APIView):
    """One address. `query` describes its query parameters; None: it has none.

    `recent_for` lists the methods that need a recent sign-in: grants, exports and the like. Without one they
    answer 403 `recent_sign_in_needed` (`clinic.services.step_up`).

    A third-party app needs `scope_to_read` to read and `scope_to_write` to write; None: no scope allows it.
    """

    permission_classes: Sequence[Any] = (SignedIn,)
    throttle_classes = (PerPerson,)
    http_method_names = ("get", "head", "put", "post", "patch", "delete")
    query: ClassVar[type[Query] | None] = None
    recent_for: ClassVar[tuple[str, ...]] = ()
    scope_to_read: ClassVar[str | None] = Scope.READ
    scope_to_write: ClassVar[str | None] = Scope.WRITE
    is_kept: ClassVar[bool] = False
    """Whether apps may keep the answer to a GET and revalidate it (If-None-Match: 304)."""
    going: ClassVar[Going | None] = None
    """None: not deprecated."""
    is_queued: ClassVar[bool] = False
    """Whether phones queue writes to this address while offline: somebody whose access to the child ended
    meanwhile is told that, and nothing else."""
    child: Child | None = None
    place = Places()
    became: str = Answer.APPLIED
    """The result of a write, for a batch; views set it where it differs."""

    # ---- the frame ----

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        self.begin(request)

    def begin(self, request: Request) -> None:
        """Checks before any method: query parameters, an app's scopes, a recent sign-in."""
        self.request = request
        if self.query is None:
            self._refuse_parameters(frozenset())
        if isinstance(request.auth, LetIn):
            self._demand_scope(request.auth)
        if request.method in self.recent_for:
            step_up.demand_recent(by=self.by, session=self._session())

    def _demand_scope(self, app: LetIn) -> None:
        """Raises ScopeNeeded if a third-party app's scopes do not cover this."""
        needed = self.scope_to_read if self.request.method in ("GET", "HEAD") else self.scope_to_write
        if needed is None or needed not in app.scopes:
            raise ScopeNeeded(scope=needed or "")

    def _session(self) -> SessionBase | None:
        """The session that the token belongs to; None for a third-party app."""
        payload: Any = self.request.auth
        return None if isinstance(payload, LetIn) else tokens.get_token_session(payload)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        answer = super().finalize_response(request, response, *args, **kwargs)
        if self.is_kept and request.method in ("GET", "HEAD") and answer.status_code == 200:
            answer.add_post_render_callback(partial(_not_again, request._request))
        return answer

    @property
    def default_response_headers(self) -> dict[str, str]:
        return {"Cache-Control": "no-store", **(self.going.headers() if self.going else {})}

    def http_method_not_allowed(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        self.headers["Allow"] = ", ".join(self.allowed_methods)
        return super().http_method_not_allowed(request, *args, **kwargs)

    # ---- who and when ----

    @property
    def by(self) -> User:
        """The user who made the request."""
        user = self.request.user
        assert isinstance(user, User)
        return user

    @property
    def now(self) -> dt.datetime:
        return rls.now()

    # ---- what was sent ----

    def read(self, serializer: type[BaseSerializer[Any]], **context: Any) -> dict[str, Any]:
        """The body, validated by `serializer`. Raises NotUnderstood, naming every invalid field."""
        reader = serializer(data=self.request.data, context={"user": self.request.user, **context})
        if not reader.is_valid():
            raise explain(reader)
        understood: dict[str, Any] = reader.validated_data
        return understood

    def ask(self) -> dict[str, Any]:
        """The query parameters, typed. Raises UnknownParameter or NotUnderstood."""
        if self.query is None:
            return {}
        reader = self.query(data=self.request.query_params.dict())
        self._refuse_parameters(frozenset(reader.fields))
        if not reader.is_valid():
            raise explain(reader)
        understood: dict[str, Any] = reader.validated_data
        return understood

    def _refuse_parameters(self, known: frozenset[str]) -> None:
        given = self.request.query_params
        at_fault = [name for name in given if name not in known or len(given.getlist(name)) > 1]
        if at_fault:
            detail = sentence(UnknownParameter.code)
            raise UnknownParameter(
                FieldProblem(name[:100], UnknownParameter.code, detail, sorted(known)) for name in at_fault
            )
        for name, value in given.items():
            if NUL in value:
                raise ForbiddenCharacter(field=name)

    def revision_asked(self) -> int:
        """The lock version in `If-Match: "3"`, from which a change is made.

        Raises RevisionNeeded if the header is missing, Stale if it is malformed.
        """
        sent = self.request.headers.get("If-Match", "")
        if not sent:
            raise RevisionNeeded
        match = re.fullmatch('"([0-9]{1,9})"', sent, re.ASCII)
        if match is None:
            raise Stale
        return int(match[1])

    @property
    def language(self) -> str:
        """The language of the answer."""
        return get_language() or "en"

    # ---- the one door ----

    def fetch_child(
        self,
        pk: uuid.UUID,
        *,
        may: Callable[[User, Any], bool] | None = None,
        viewed: AuditCode | None = None,
    ) -> Child:
        """The child an address is about, if the user passes `may`; `viewed` records the read in the audit.

        Sets `self.place` to the user's relation to the child.
        """
        self.child = None
        try:
            self.child, self.place = access.fetch_child(self.by, pk)
        except Unseen:
            if self.is_queued and self.request.method not in ("GET", "HEAD"):
                refuse_who_cared_once(by=self.by, child_id=pk, now=self.now)
            raise
        if self.place.is_by_glass and self.request.method not in ("GET", "HEAD"):
            raise Forbidden
        if may is not None:
            access.demand(may, self.by, self.child)
        if viewed is not None:
            self.write_read(viewed)
        return self.child

    def fetch_clinic(self, slug: str) -> Clinic:
        """The clinic an address is about, for its staff. Raises Unseen for anybody else."""
        membership = membership_in(self.by, slug)
        if membership is None:
            raise Unseen
        return membership.clinic

    def fetch_record(self, pk: uuid.UUID, *, viewed: AuditCode | None = None) -> tuple[Child, Sight]:
        """The child, and the user's relation to it, if they may read any of its record.

        Raises Unseen also for somebody who may know of the child but read nothing clinical.
        """
        child = self.fetch_child(pk)
        sight = sight_of(self.by, child, place=self.place)
        if not sight.is_of_record:
            raise Unseen
        if viewed is not None:
            self.write_read(viewed)
        return child, sight

    def write_read(self, viewed: AuditCode) -> None:
        """Record in the audit that the fetched child's record was read."""
        assert self.child is not None
        audit.record_read(viewed, by=self.by, now=self.now, clinic_id=self.child.clinic_id, child=self.child)


def _not_again(request: HttpRequest, response: HttpResponse) -> HttpResponseBase | None:
    """304 if the client has this answer already; otherwise the answer with its ETag."""
    tag = response.headers.get("ETag") or f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response.headers["ETag"] = tag
    answer: HttpResponseBase | None = get_conditional_response(request, etag=tag, response=response)
    if answer is response or answer is None:
        return None
    answer.headers["Cache-Control"] = response.headers.get("Cache-Control", "no-store")
    return answer


def address_of(request: Request) -> str | None:
    """The IP address a request came from; behind a proxy, the one the proxy names."""
    address: str | None = get_client_ip(request._request)
    return address


class Nowhere(Resource):
    """Any address the API does not have."""

    schema = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        APIView.initial(self, request, *args, **kwargs)
        raise Unseen
