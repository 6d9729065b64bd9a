"""The world outside, on this machine: a browser's push service and an SMS gateway, for tests.

Both are real HTTP servers that keep what they were given, and answer as they are told to: at once, slowly,
never, with a refusal, or by breaking off after they took it. The mail server is `tests.processes.mailbox`.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import socket
import struct
import threading
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.outlets import words_in

LONGER_THAN_ANYBODY_WAITS = 120.0


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answers: a status and headers after so many seconds, or nothing (`breaks_off`)."""

    status: int = 201
    headers: Mapping[str, str] = field(default_factory=dict)
    after_seconds: float = 0.0
    breaks_off: bool = False

    @property
    def takes(self) -> bool:
        """Whether what was sent is taken, whatever the sender hears of it."""
        return self.status < 300


TAKEN = Reply()
BUSY = Reply(429, {"Retry-After": "30"})
BROKEN = Reply(500)
GONE = Reply(410)
TAKEN_AND_RESET = Reply(breaks_off=True)
SLOW = Reply(after_seconds=2.0)
HANGING = Reply(after_seconds=LONGER_THAN_ANYBODY_WAITS)


def elsewhere(address: str) -> Reply:
    """A redirect."""
    return Reply(307, {"Location": address})


class _Server:
    """A server on a free port of this machine; whoever still waits as it ends is let go."""

    def __init__(self) -> None:
        self._ending = threading.Event()
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._http.daemon_threads = True
        self.port: int = self._http.server_address[1]
        self.asked = 0
        """How often somebody asked, whatever the answer."""

    def take(self, path: str, headers: Mapping[str, str], body: bytes) -> Reply:
        raise NotImplementedError

    @contextlib.contextmanager
    def running(self) -> Iterator[None]:
        thread = threading.Thread(target=self._http.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._ending.set()
            self._http.shutdown()
            self._http.server_close()
            thread.join()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
                server.asked += 1
                server._reply(self, server.take(self.path, self.headers, body))

            def log_message(self, *told: Any) -> None:
                del told

        return Handler

    def _reply(self, handler: BaseHTTPRequestHandler, reply: Reply) -> None:
        self._ending.wait(reply.after_seconds)
        handler.close_connection = True
        if reply.breaks_off:
            # Closed with nothing left to say, which the other side reads as a reset.
            handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            handler.connection.close()
            return
        with contextlib.suppress(OSError):
            handler.send_response(reply.status)
            for name, value in {"Content-Length": "0", "Connection": "close", **reply.headers}.items():
                handler.send_header(name, value)
            handler.end_headers()


# ---- push ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a push service was given for one browser, and what that browser reads of it."""

    browser: str
    headers: Mapping[str, str]
    sealed: bytes
    said: dict[str, Any]
    at: float = field(default_factory=time.monotonic)

    @property
    def topic(self) -> str:
        return self.headers["Topic"]

    @property
    def key(self) -> uuid.UUID:
        """The delivery's idempotency key, the same at every try."""
        return uuid.UUID(self.said["key"])


@dataclass(frozen=True, slots=True)
class Browser:
    """A browser that subscribed: its secrets, and what it told the page (`PushSubscription.toJSON`)."""

    name: str
    endpoint: str
    private_key: ec.EllipticCurvePrivateKey
    auth: bytes

    def told(self) -> dict[str, Any]:
        public = self.private_key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return {"endpoint": self.endpoint, "keys": {"p256dh": _text(public), "auth": _text(self.auth)}}

    def read(self, sealed: bytes) -> dict[str, Any]:
        opened = http_ece.decrypt(
            sealed, private_key=self.private_key, auth_secret=self.auth, version="aes128gcm"
        )
        said: dict[str, Any] = json.loads(opened)
        return said


class PushService(_Server):
    """Takes what is pushed to the browsers that subscribed here and reads it as they would."""

    def __init__(self) -> None:
        super().__init__()
        self.browsers: dict[str, Browser] = {}
        self.pushed: list[Pushed] = []
        """What was taken, oldest first; what was refused is not among it."""
        self.answer: Callable[[Pushed], Reply] = lambda _: TAKEN

    def subscribe(self) -> Browser:
        """A new browser with a subscription at this service."""
        name = uuid.uuid4().hex
        browser = Browser(
            name,
            f"http://127.0.0.1:{self.port}/push/{name}",
            ec.generate_private_key(ec.SECP256R1()),
            os.urandom(16),
        )
        self.browsers[name] = browser
        return browser

    def to(self, browser: Browser) -> list[Pushed]:
        return [one for one in self.pushed if one.browser == browser.name]

    def take(self, path: str, headers: Mapping[str, str], body: bytes) -> Reply:
        browser = self.browsers.get(path.rpartition("/")[2])
        if browser is None:
            return Reply(404)
        pushed = Pushed(browser.name, headers, body, browser.read(body))
        reply = self.answer(pushed)
        if reply.takes:
            self.pushed.append(pushed)
        return reply


# ---- SMS -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class TextMessage:
    """What an SMS gateway was asked to send; `key` is the same at every try."""

    number: str
    words: str
    key: str
    at: float = field(default_factory=time.monotonic)


class SmsGateway(_Server):
    """Takes text messages as JSON, as many gateways do."""

    def __init__(self) -> None:
        super().__init__()
        self.sent: list[TextMessage] = []
        """What was taken, oldest first."""
        self.answer: Callable[[TextMessage], Reply] = lambda _: Reply(200)

    @property
    def url(self) -> str:
        """For the setting SMS_GATEWAY_URL."""
        return f"json://127.0.0.1:{self.port}/send?:to={{number}}&+Idempotency-Key={{key}}"

    def to(self, number: str) -> list[TextMessage]:
        return [one for one in self.sent if one.number == number]

    def take(self, path: str, headers: Mapping[str, str], body: bytes) -> Reply:
        del path
        told = json.loads(body)
        message = TextMessage(told["to"], told["message"], headers.get("Idempotency-Key", ""))
        reply = self.answer(message)
        if reply.takes:
            self.sent.append(message)
        return reply


@contextlib.contextmanager
def push_service() -> Iterator[PushService]:
    service = PushService()
    with service.running():
        yield service
    leaks = words_in(*(json.dumps([one.said, dict(one.headers)]) for one in service.pushed))
    assert not leaks, f"pushes say {' '.join(sorted(leaks))}"


@contextlib.contextmanager
def sms_gateway() -> Iterator[SmsGateway]:
    gateway = SmsGateway()
    with gateway.running():
        yield gateway
    leaks = words_in(*(one.words for one in gateway.sent))
    assert not leaks, f"text messages say {' '.join(sorted(leaks))}"


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
