"""The product, and what a run came across."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.test import Client

from littlefoot_client import Answer
from littlefoot_client.phone import BATCH

LATE = {"result": "quarantined", "code": "grant_revoked"}
TAKEN = ("applied", "conflict_kept")


@dataclass
class Happened:
    """What a run came across."""

    evenings: int = 0
    calls: int = 0
    by_rule: Counter[str] = field(default_factory=Counter)
    by_fate: Counter[str] = field(default_factory=Counter)
    by_result: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        """Everything that happened, with how often."""
        counted = {"steps": self.by_rule, "network": self.by_fate, "results": self.by_result}
        lines = [
            f"{what}: " + ", ".join(f"{name} {count}" for name, count in found.most_common())
            for what, found in counted.items()
        ]
        return "\n  ".join([f"{self.evenings} evenings, {self.calls} calls", *lines])


@dataclass(frozen=True, slots=True)
class Call:
    """A request on its way."""

    by: str
    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes | None


@dataclass(frozen=True, slots=True)
class Taken:
    """An operation the server has taken: by whom, and what it said."""

    by: str
    operation: dict[str, Any]

    @property
    def thing(self) -> tuple[str, str]:
        return self.operation["child"], self.operation["id"]


class Server:
    """The product. `hidden` names whom which children are hidden from: nothing of those may leave it."""

    def __init__(self, happened: Happened) -> None:
        self.happened = happened
        self.client = Client(REMOTE_ADDR="10.0.0.7")
        self.hidden: set[tuple[str, str]] = set()
        self.taken: list[Taken] = []
        self.first_answers: dict[tuple[str, str], dict[str, Any]] = {}

    def answer(self, call: Call) -> Answer:
        self.happened.calls += 1
        response = self.client.generic(
            call.method,
            call.path,
            call.body or b"",
            content_type="application/json",
            headers=dict(call.headers),
        )
        body = json.loads(response.content) if response.content else None
        answer = Answer(
            response.status_code, body, {name.lower(): value for name, value in response.headers.items()}
        )
        if answer.status == 200 and call.body is not None and call.path == BATCH:
            self._look_at(call, json.loads(call.body)["operations"], body["results"])
        elif answer.status == 200:
            self._look_for_hidden(call, body)
        return answer

    def die_over(self, call: Call) -> None:
        """All of the request, but for its commit."""
        taken, first_answers = list(self.taken), dict(self.first_answers)
        with transaction.atomic():
            self.answer(call)
            transaction.set_rollback(True)
        self.taken, self.first_answers = taken, first_answers

    def _look_at(self, call: Call, operations: list[dict[str, Any]], results: list[dict[str, Any]]) -> None:
        for operation, result in zip(operations, results, strict=True):
            assert result["status"] < 500, result
            self.happened.by_result[result["result"]] += 1
            if (call.by, operation["child"]) in self.hidden:
                assert result["body"] in (None, LATE), result
            said = {**operation, "body": {**operation["body"], "sent_at": None}}
            key = call.by, json.dumps(said, sort_keys=True)
            if result["result"] in TAKEN:
                is_based = operation["do"] == "put" or "base_revision" in operation["body"]
                assert not is_based or key not in self.first_answers, f"done twice: {operation}"
                self.taken.append(Taken(call.by, operation))
                self.first_answers[key] = result["body"]
            if result["result"] == "replayed" and key in self.first_answers:
                for name in ("id", "revision", "occurred_at", "local_day", "state", "sent_at"):
                    assert result["body"].get(name) == self.first_answers[key].get(name), name

    def _look_for_hidden(self, call: Call, body: Any) -> None:
        told = call.path + json.dumps(body.get("items", []) if isinstance(body, dict) else body)
        for by, child in self.hidden:
            assert by != call.by or child not in told, f"{by} is told of {child} by {call.path}"
