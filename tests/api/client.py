"""An app that signs in over HTTP and holds every answer against docs/api/openapi.yaml."""

from __future__ import annotations

import json
import random
import re
from dataclasses import dataclass
from functools import cache
from typing import Any

import jsonschema
import yaml
from django.test import Client
from django.urls import resolve
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from clinic.models import User
from tests.cast import PASSWORD
from tests.database import ROOT

SIGN_IN = "/api/auth/app/v1/auth/login"
SECOND_FACTOR = "/api/auth/app/v1/auth/2fa/authenticate"
REFRESH = "/api/auth/app/v1/tokens/refresh"
SIGN_OUT = "/api/auth/app/v1/auth/session"
DEVICES = "/api/auth/app/v1/auth/sessions"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: `body` is the JSON, None where there is none."""

    status: int
    body: Any
    headers: Any
    content: bytes

    def __getitem__(self, name: str) -> Any:
        return self.body[name]

    @property
    def code(self) -> str:
        """The code of a refusal."""
        return self.body["code"]

    @property
    def fields(self) -> dict[str, str]:
        """Of a refusal: field -> code."""
        return {error["field"]: error["code"] for error in self.body["errors"]}


class App:
    """An app on a phone; `token` is None before anybody signs in."""

    def __init__(self, *, language: str = "en") -> None:
        # Each phone its own address: sign-ins are limited by address.
        address = f"10.{random.randrange(256)}.{random.randrange(256)}.{random.randrange(1, 255)}"
        self.client = Client(headers={"accept-language": language}, REMOTE_ADDR=address)
        self.token: str | None = None
        self.refresh_token: str | None = None

    def sign_in(self, user: User, password: str = PASSWORD) -> Answer:
        answer = self.post(SIGN_IN, {"email": user.email, "password": password})
        if answer.status == 200:
            self.token, self.refresh_token = answer["access_token"], answer["refresh_token"]
        return answer

    def get(self, path: str, **query: Any) -> Answer:
        return self._call("GET", path, query=query)

    def get_unless(self, tag: str, path: str) -> Answer:
        """As `get`, unless the answer is the one that has this ETag."""
        return self._call("GET", path, headers={"If-None-Match": tag})

    def put(self, path: str, body: Any, **headers: str) -> Answer:
        return self._call("PUT", path, body, headers=headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Answer:
        return self._call("POST", path, body, headers=headers)

    def patch(self, path: str, body: Any, **headers: str) -> Answer:
        return self._call("PATCH", path, body, headers=headers)

    def delete(self, path: str) -> Answer:
        return self._call("DELETE", path)

    def raw(
        self, method: str, path: str, body: bytes, content_type: str = "application/json", **headers: str
    ) -> Answer:
        """Send these very bytes."""
        return self._call(method, path, body, content_type=content_type, headers=headers)

    def _call(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        query: dict[str, Any] | None = None,
        headers: dict[str, str] | None = None,
        content_type: str = "application/json",
    ) -> Answer:
        sent = {} if self.token is None else {"Authorization": f"Bearer {self.token}"}
        sent |= headers or {}
        data = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        response = self.client.generic(
            method, path, data, content_type=content_type, headers=sent, query_params=query or {}
        )
        is_json = "json" in response.headers.get("Content-Type", "")
        content = response.getvalue()  # of what is sent while it is made, too
        told = json.loads(content) if is_json and content else None
        answer = Answer(response.status_code, told, response.headers, content)
        _hold_against_description(method, path, answer)
        return answer


@cache
def description() -> dict[str, Any]:
    told = yaml.load((ROOT / "docs" / "api" / "openapi.yaml").read_text("utf-8"), yaml.CSafeLoader)
    return told | {"paths": _put_in_place(told["paths"], told["components"])}


TOLD_ONCE = re.compile(r"#/components/(headers|parameters|responses)/(.+)")


def _put_in_place(told: Any, components: Any) -> Any:
    """Headers, parameters and answers that are told once, told wherever they are named; shapes stay."""
    if isinstance(told, list):
        return [_put_in_place(one, components) for one in told]
    if not isinstance(told, dict):
        return told
    named = TOLD_ONCE.fullmatch(str(told.get("$ref", "")))
    if named:
        return _put_in_place(components[named[1]][named[2]], components)
    return {name: _put_in_place(one, components) for name, one in told.items()}


@cache
def closed() -> dict[str, Any]:
    """The description without the texts that lists of codes are open to: this server answers with none."""
    lists = {name for name, schema in description()["components"]["schemas"].items() if "enum" in schema}

    def close(told: Any) -> Any:
        if isinstance(told, list):
            return [close(one) for one in told]
        if not isinstance(told, dict):
            return told
        options = told.get("anyOf", [])
        if any(one.get("$ref", "").rpartition("/")[2] in lists for one in options):
            told = told | {"anyOf": [one for one in options if one != {"type": "string"}]}
        return {name: close(one) for name, one in told.items()}

    return close(description())


@cache
def _validator(template: str, method: str, status: str) -> jsonschema.Draft202012Validator | None:
    """What checks an answer; None where the description gives it no body."""
    operation = description()["paths"][template][method.lower()]
    content = operation["responses"][status].get("content")
    if not content:
        return None
    (media_type,) = content
    escaped = template.replace("/", "~1"), media_type.replace("/", "~1")
    pointer = f"paths/{escaped[0]}/{method.lower()}/responses/{status}/content/{escaped[1]}/schema"
    resource = DRAFT202012.create_resource(closed())
    return jsonschema.Draft202012Validator(
        {"$ref": f"urn:openapi#/{pointer}"},
        registry=Registry().with_resource("urn:openapi", resource),
        format_checker=jsonschema.FormatChecker(),
    )


def _hold_against_description(method: str, path: str, answer: Answer) -> None:
    match = resolve(path.split("?", maxsplit=1)[0])
    if match.url_name in ("nowhere", "docs", "openapi") or answer.status in (405, 406):
        return
    template = "/" + re.sub(r"<\w+:(\w+)>", r"{\1}", match.route)
    operations = description()["paths"][template]
    assert method.lower() in operations, f"{method} {template} is not described"
    responses = operations[method.lower()]["responses"]
    assert str(answer.status) in responses, f"{method} {template} is not described to answer {answer.status}"
    described = responses[str(answer.status)].get("content", {})
    if described and not any("json" in kind for kind in described):
        assert answer.headers["Content-Type"].partition(";")[0] in described
        return
    validator = _validator(template, method, str(answer.status))
    if validator is not None:
        validator.validate(answer.body)
    else:
        assert not answer.content
