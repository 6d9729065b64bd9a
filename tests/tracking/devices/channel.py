"""What lies between a phone and the server: it loses, repeats and reorders."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from littlefoot_client import Answer, Unreachable
from tests.tracking.devices.server import Call, Server

FATES = ("arrives", "arrives", "lost", "answer lost", "twice", "delayed", "server dies")


@dataclass
class Channel:
    """Between one phone and the server. What happens to its next calls is in `fates`; then all goes well."""

    by: str
    server: Server
    delayed: list[Call]
    fates: list[str] = field(default_factory=list)

    def __call__(self, method: str, path: str, *, headers: Mapping[str, str], body: bytes | None) -> Answer:
        call = Call(self.by, method, path, headers, body)
        # Tokens have tests of their own (tests/api/test_sign_in.py).
        fate = "arrives" if "/auth/" in path or not self.fates else self.fates.pop(0)
        self.server.happened.by_fate[fate] += 1
        if fate == "lost":
            raise Unreachable
        if fate == "delayed":
            self.delayed.append(call)
            raise Unreachable
        if fate == "server dies":
            self.server.die_over(call)
            raise Unreachable
        answer = self.server.answer(call)
        if fate == "answer lost":
            raise Unreachable
        return self.server.answer(call) if fate == "twice" else answer
