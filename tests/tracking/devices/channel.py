"""What lies between a phone and the server: it loses, repeats and reorders."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from littlefoot_client import Answer, Unreachable
from littlefoot_client.phone import BATCH
from tests.tracking.devices.server import Call, Server

LAST_WORDS = ("applied", "replayed", "conflict_kept", "quarantined")
FATES = ("arrives", "arrives", "lost", "answer lost", "twice", "delayed", "server dies")


@dataclass
class Channel:
    """Between one phone and the server. What happens to its next calls is in `fates`; then all goes well."""

    by: str
    server: Server
    delayed: list[Call]
    fates: list[str] = field(default_factory=list)
    heard: set[str] = field(default_factory=set)
    """Operations that an answer which came through took off the phone's hands."""

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
        if fate == "twice":
            answer = self.server.answer(call)
        if path == BATCH and answer.status == 200 and body is not None:
            operations = json.loads(body)["operations"]
            for operation, result in zip(operations, answer.body["results"], strict=True):
                if result["result"] in LAST_WORDS:
                    self.heard.add(name_of(operation))
        return answer


def name_of(operation: Mapping[str, Any]) -> str:
    """What is the same however often an operation is sent, and whatever it is based on."""
    body = {
        name: told for name, told in operation["body"].items() if name not in ("sent_at", "base_revision")
    }
    return json.dumps({**operation, "body": body}, sort_keys=True)
