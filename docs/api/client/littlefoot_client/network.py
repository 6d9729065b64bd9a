"""Calls to a server: what one is, how it fails, and the plain HTTP of the standard library."""

from __future__ import annotations

import http.client
import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; `body` is its JSON, None where there is none. Names of headers are in lower case."""

    status: int
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)


class Network(Protocol):
    """Whatever carries a call to the server and its answer back. Raises Unreachable where none came."""

    def __call__(
        self, method: str, path: str, *, headers: Mapping[str, str], body: bytes | None
    ) -> Answer: ...


class Unreachable(Exception):
    """No answer, or none of the server's own: it may or may not have done what was asked. Send it again."""


class Wait(Exception):
    """The server asks to be left alone for so many seconds; nothing was done."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"ask again in {seconds} s")
        self.seconds = seconds


class Refused(Exception):
    """The server understood and will not. `code` is for programs, `detail` for people."""

    def __init__(self, status: int, problem: Mapping[str, Any]) -> None:
        super().__init__(f"{status} {problem.get('code', '')}: {problem.get('detail', '')}")
        self.status = status
        self.problem = problem

    @property
    def code(self) -> str:
        return str(self.problem.get("code", ""))


def over_http(address: str, *, seconds: float = 30) -> Network:
    """The network to a server such as `https://littlefoot.example`, giving up on a call after so long."""

    def call(method: str, path: str, *, headers: Mapping[str, str], body: bytes | None) -> Answer:
        request = urllib.request.Request(address + path, body, dict(headers), method=method)
        try:
            with _open(request, seconds) as response:
                return _read(response.status, response.headers, response.read())
        except (OSError, http.client.HTTPException) as lost:
            raise Unreachable from lost

    return call


def _open(request: urllib.request.Request, seconds: float) -> Any:
    """What is answered, refusals too."""
    try:
        return urllib.request.urlopen(request, timeout=seconds)
    except urllib.error.HTTPError as refusal:
        return refusal


def _read(status: int, headers: Any, content: bytes) -> Answer:
    is_json = "json" in headers.get("Content-Type", "")
    try:
        body = json.loads(content) if is_json and content else None
    except ValueError as torn:
        raise Unreachable from torn
    return Answer(status, body, {name.lower(): value for name, value in headers.items()})
