"""Reading tests/access.toml, and asking the product what it answers."""

from __future__ import annotations

import functools
import io
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from allauth.headless.tokens.strategies.jwt import internal as tokens
from django.contrib.admindocs.views import simplify_regex
from django.core import signing
from django.core.cache import cache
from django.core.handlers.base import BaseHandler
from django.db import transaction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.test import Client, RequestFactory, override_settings
from django.urls import URLPattern, URLResolver, get_resolver
from django.views.generic.edit import ProcessFormView

from clinic.models import (
    CaregiverGrant,
    CareTeam,
    ChildHome,
    ClinicMembership,
    Precaution,
    User,
)
from tests import belongings, signing_in
from tests.cast import PASSWORD, Cast, planted_email
from tests.factories import (
    Record,
    around_cleo,
    broken_glass,
    erasure,
    erasure_request,
    late_entry,
    reminder,
)
from tracking.models import Preset, SafeguardingLead, Stroke
from tracking.reminders.channels.email import STOPPING

ACTORS = (
    "anonymous", "otto", "tess", "theo", "asha", "opal", "fay", "greg", "nan", "rex", "finn", "tova",
)  # fmt: skip

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")

TABLE = Path(__file__).with_name("access.toml")


def values(cast: Cast, record: Record) -> dict[str, object]:
    """What each placeholder of an address stands for: Cleo, and what is hers."""
    wish = erasure_request(cast.cleo, by=cast.fay)
    return {
        "clinic": cast.harbor.slug,
        "child": cast.cleo.pk,
        "family": cast.fays_home.pk,
        "program": record.program.pk,
        "draft": record.draft.pk,
        "drafted": record.drafted.pk,
        "late": late_entry(cast).pk,
        "glass": broken_glass(cast).pk,
        "written": record.safeguarding.pk,
        "lead": SafeguardingLead.objects.get(clinic=cast.harbor).pk,
        "home": ChildHome.objects.get(child=cast.cleo, family=cast.fays_home).pk,
        "place": CareTeam.objects.get(child=cast.cleo, therapist=cast.asha).pk,
        "grant": CaregiverGrant.objects.get(child=cast.cleo, user=cast.nan).pk,
        "precaution": Precaution.objects.get(child=cast.cleo).pk,
        "item": "media",
        "membership": ClinicMembership.objects.get(clinic=cast.harbor, user=cast.theo).pk,
        "token": "nobodys-token",
        "calendar": "nobodys-token",
        "stopping": signing.dumps([str(cast.fay.pk), "reminders_by"], salt=STOPPING),
        "stroke": Stroke.objects.get(clinic=None, slug="toe-rolls").pk,
        "preset": Preset.objects.get(clinic=None, slug="bedtime-calm").pk,
        "session": record.session.client_id,
        "bedtime": record.bedtime.client_id,
        "observation": record.observation.client_id,
        "slot": 1,
        "one": record.session.client_id,
        "other": record.observation.client_id,
        "flag": record.flag.pk,
        "severity": "urgent",
        "code": "no_logs",
        "sign": record.sign.client_id,
        "words": record.words.pk,
        "about": record.words.about,
        "strategy": record.strategy.client_id,
        "kind": "session",
        "on": "1999-01-01",  # long before Cleo
        "how": "massage",
        "entry": record.session.client_id,
        "household": cast.fays_home.pk,
        "anchor": "after_bath",
        "reminder": reminder(cast.cleo, by=cast.tess, family=cast.fays_home).pk,
        "version": record.program.current_version_id,
        "message": record.message.client_id,
        "concern": record.concern.client_id,
        "strain": record.strain.client_id,
        "photo": record.photo.client_id,
        "worry": "temperature",
        "advice": "fever_any",
        "note": record.note.pk,
        "check_in": record.check_in.client_id,
        "contact": record.contact.pk,
        "group": record.class_date.group_class_id,
        "date": record.class_date.pk,
        "erasure": erasure(cast).pk,
        "wish": wish.pk,
        "erasure_request": wish.client_id,
        "person": cast.fay.pk,
        "new": "01980000-0000-7000-8000-00000000000a",  # of nobody's
        # allauth's own: a device and a key of nobody's.
        "device": 0,
        "key": "nobodys-key",
        "pk": 0,
        "passkey": 0,
        "app": "nobodys-app",
        "uidb36": "1",
        **belongings.of_clinic(around_cleo(cast)),
        **belongings.of_child(record, around_cleo(cast)),
    }


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    method: str
    address: str
    statuses: dict[str, int]
    body: Any
    names: Mapping[str, str] = field(default_factory=dict)
    """What else its placeholders stand for than those of the same name elsewhere."""

    def filled(self, values: Mapping[str, object]) -> Mapping[str, object]:
        """What its placeholders stand for."""
        return {**values, **{name: values[other] for name, other in self.names.items()}}

    @property
    def is_api(self) -> bool:
        return self.address.startswith("/api/")

    def __str__(self) -> str:
        return f"{self.method} {self.address}"


def rows() -> list[Row]:
    """The table. Raises ValueError for a row with neither 2 nor 12 statuses, or a body without a row."""
    table = tomllib.loads(TABLE.read_text())
    bodies, names = table["bodies"], table["names"]
    stale = {*bodies, *names} - set(table["answers"])
    if stale:
        raise ValueError(f"bodies or names without a row: {sorted(stale)}")
    return [
        _row(name, statuses, bodies.get(name), names.get(name, {}))
        for name, statuses in table["answers"].items()
    ]


def _row(name: str, statuses: list[int], body: Any, names: Mapping[str, str]) -> Row:
    method, address = name.split(" ")
    if len(statuses) == 2:
        statuses = [statuses[0], *[statuses[1]] * (len(ACTORS) - 1)]
    return Row(method, address, dict(zip(ACTORS, statuses, strict=True)), body, names)


# ---- what the product has ---------------------------------------------------------------------------------


def routes() -> Iterator[tuple[str, tuple[str, ...]]]:
    """Every address of the product as the table writes it, with the methods it answers."""
    yield from _routes(get_resolver().url_patterns, "")


def _routes(patterns: list[URLPattern | URLResolver], prefix: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for pattern in patterns:
        address = prefix + str(pattern.pattern).removeprefix("^")
        if isinstance(pattern, URLResolver):
            yield from _routes(pattern.url_patterns, address)
        else:
            simple = simplify_regex(re.sub(r"<\w+:(\w+)>", r"<\1>", address))
            yield simple, methods(pattern.callback)


def methods(view: Any) -> tuple[str, ...]:
    """The methods a view answers, as its declaration says (HEAD and OPTIONS aside)."""
    declared = getattr(view, "methods", None)
    if declared is not None:
        return tuple(method for method in METHODS if method in declared)
    kind = getattr(view, "view_class", None) or getattr(view, "cls", None)
    if kind is None:
        return ("GET",)
    names = {name.upper() for name in kind.http_method_names if hasattr(kind, name)}
    if issubclass(kind, ProcessFormView):
        names.discard("PUT")  # Django's form views answer it by calling post
    return tuple(method for method in METHODS if method in names)


# ---- asking -----------------------------------------------------------------------------------------------


class _Product(BaseHandler):
    """Every middleware and view of the product, without a server and without the test client's own work."""

    def __init__(self) -> None:
        self.load_middleware()

    def answer(self, request: HttpRequest) -> Answer:
        response = self.get_response(request)
        if response.streaming:
            body = b"".join(response.streaming_content)
            getattr(response, "file_to_stream", io.BytesIO()).close()
        else:
            body = response.content
        return Answer(response.status_code, _headers(response), body)


def _headers(response: HttpResponseBase) -> tuple[str, ...]:
    """As they are sent: cookies too, each on a line."""
    return (
        *(f"{name}: {value}" for name, value in sorted(response.items())),
        *(f"Set-Cookie: {cookie.OutputString()}" for cookie in response.cookies.values()),
    )


@functools.cache
def product() -> _Product:
    return _Product()


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, to the byte."""

    status: int
    headers: tuple[str, ...]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode(errors="replace")


class Door:
    """One actor at the product's doors: a session for pages, a token for the API."""

    def __init__(self, actor: str, cast: Cast) -> None:
        self.actor = actor
        self.cookie = ""
        self.bearer = ""
        if actor == "anonymous":
            return
        user: User = getattr(cast, actor)
        client = Client()
        signing_in.sign_in(client, user, seconds_ago=-A_DAY)
        self.cookie = client.cookies.output(header="", sep=";", attrs=[]).strip()
        with override_settings(HEADLESS_JWT_ACCESS_TOKEN_EXPIRES_IN=A_DAY):
            answer = Client().post(
                "/api/auth/app/v1/auth/login",
                {"email": planted_email(actor), "password": PASSWORD},
                content_type="application/json",
            )
        assert answer.status_code == 200, answer.content
        token = answer.json()["access_token"]
        _, payload = tokens.validate_access_token(token)
        signing_in.say_when(tokens.get_token_session(payload), user, seconds_ago=-A_DAY)
        self.bearer = f"Bearer {token}"

    def ask(
        self,
        row: Row,
        filled: Mapping[str, object],
        *,
        is_forged: bool = False,
        query: Mapping[str, str] | None = None,
        more: Mapping[str, str] | None = None,
        **headers: str,
    ) -> Answer:
        """What a row answers with these values in its placeholders; whatever it did is undone.

        `is_forged` is a form that came from another site's page. `query` is put behind the address, `more`
        into a page's form; `headers` are named as WSGI does.
        """
        filled = row.filled(filled)
        data, content_type = body_of(row, filled, more)
        address = fill(row.address, filled) + (f"?{urlencode(query)}" if query else "")
        if row.is_api:
            who = {"HTTP_AUTHORIZATION": self.bearer} if self.bearer else {}
        else:
            who = {"HTTP_COOKIE": self.cookie} if self.cookie else {}
        request = _REQUESTS.generic(row.method, address, data, content_type, **(who | headers))
        request._dont_enforce_csrf_checks = not is_forged
        if "/auth/" in address or address.startswith("/accounts/"):
            cache.clear()  # nobody is refused for having asked too often
        point = transaction.savepoint()
        try:
            return product().answer(request)
        finally:
            transaction.savepoint_rollback(point)
            transaction.savepoint_commit(point)  # or each would nest in the one before


_REQUESTS = RequestFactory()
A_DAY = 24 * 60 * 60
"""Doors stay open, and whoever stands at one gave their password a moment ago, however long a run takes."""


def body_of(row: Row, filled: Mapping[str, object], more: Mapping[str, str] | None = None) -> tuple[str, str]:
    """What is sent with a row, and as what; a form may be given more."""
    if row.method in ("GET", "HEAD"):
        return "", "application/octet-stream"
    body = {} if row.body is None else row.body
    if row.is_api:
        return fill(json.dumps(body), filled), "application/json"
    form = {key: fill(str(value), filled) for key, value in body.items()} | dict(more or {})
    return urlencode(form), "application/x-www-form-urlencoded"


def fill(text: str, filled: Mapping[str, object]) -> str:
    """`text` with each <placeholder> replaced. Raises KeyError for one that is not in `filled`."""
    return re.sub(r"<(\w+)>", lambda found: str(filled[found[1]]), text)
