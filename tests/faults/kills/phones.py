"""Phones that log under load, and what went over their networks."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import random
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from littlefoot_client import Answer, Disk, Phone, Refused, Unreachable, Wait, over_http
from littlefoot_client.phone import BATCH, LISTS
from tests.cast import PASSWORD, planted_email
from tests.faults.kills.servers import Servers
from tests.processes import PATIENCE

DONE = ("applied", "replayed", "conflict_kept")
KINDS = ("session", "bedtime", "observation")
DROPPED = 0.05
"""How many answers are lost by the network, besides those that nobody lived to give."""

MOST_WAITING = 20
"""Nobody logs on and on while nothing gets through."""


class SinglePuts(Phone):
    """Sends each operation by its own address."""

    def _send_all(self) -> bool:
        while operations := self._sendable():
            one = operations[0]
            with self.disk.together():
                self.disk.mark_sent([one.number])
            address = f"/api/v1/children/{one.child}/{LISTS[one.kind]}/{one.id}"
            answer = self._call("PUT", address, self._told(one)["body"])
            with self.disk.together():
                self._keep(one, {"result": "applied", "body": answer.body})
        return True


@dataclass
class Heard:
    """The network of one phone, which drops some answers, and what went over it by the operations' marks."""

    servers: Servers
    chance: random.Random
    sent: Counter[str] = field(default_factory=Counter)
    acknowledged: set[str] = field(default_factory=set)
    replayed: set[str] = field(default_factory=set)

    def __call__(self, method: str, path: str, *, headers: Mapping[str, str], body: bytes | None) -> Answer:
        told = json.loads(body) if body else {}
        operations = told["operations"] if path == BATCH else [{"body": told}] if method == "PUT" else []
        marks = [one["body"]["note"] for one in operations]
        self.sent.update(marks)
        answer = over_http(self.servers.web.url)(method, path, headers=headers, body=body)
        if not marks or answer.status not in (200, 201):
            return answer
        if self.chance.random() < DROPPED:
            raise Unreachable
        is_replay = answer.status == 200 and "base_revision" not in told
        results = (
            [one["result"] for one in answer.body["results"]]
            if path == BATCH
            else ["replayed" if is_replay else "applied"]
        )
        for mark, result in zip(marks, results, strict=True):
            if result in DONE and mark not in self.acknowledged:
                self.acknowledged.add(mark)
                self.replayed |= {mark} if result == "replayed" else set()
        return answer


@dataclass
class Carried:
    """A phone in somebody's hand, who logs for as long as `is_over` is not set."""

    name: str
    make: type[Phone]
    path: Path
    network: Heard
    children: list[uuid.UUID]
    chance: random.Random
    logged: dict[str, tuple[uuid.UUID, str, uuid.UUID]] = field(default_factory=dict)
    """What each mark is about."""
    signed_out: int = 0

    def __post_init__(self) -> None:
        self.disk = Disk(self.path)
        phone = Phone(self.disk, self.network)
        self.insist(lambda: phone.sign_in(planted_email(self.name), PASSWORD))
        self.disk.close()

    def run(self, is_over: threading.Event) -> None:
        self.restart()
        while not is_over.is_set():
            for _ in range(min(self.chance.randint(1, 8), MOST_WAITING - len(self.disk.queue()))):
                self.log()
            self.try_to(self.phone.sync if self.chance.random() < 0.2 else self.phone.send)
            if self.chance.random() < 0.1:
                self.disk.close()
                self.restart()
        self.disk.close()

    def restart(self) -> None:
        self.disk = Disk(self.path)
        self.phone = self.make(self.disk, self.network)

    def try_to(self, do: Callable[[], None]) -> bool:
        try:
            do()
        except (Unreachable, Wait):
            time.sleep(self.chance.uniform(0.02, 0.2))
            return False
        except Refused as refusal:
            if refusal.status != 401:
                raise
            self.signed_out += 1
            with contextlib.suppress(Unreachable, Wait):
                self.phone.sign_in(planted_email(self.name), PASSWORD)
            return False
        return True

    def insist(self, do: Callable[[], Any]) -> Any:
        """What it answers, once the network lets it through."""
        until = time.monotonic() + PATIENCE
        while True:
            try:
                return do()
            except (Unreachable, Wait):
                if time.monotonic() > until:
                    raise
                time.sleep(0.1)

    def log(self) -> None:
        """Something new, or something else about what was logged and has been on its way."""
        # Of what was never sent nothing would be left but the last that was said.
        unsent = {one.thing for one in self.disk.queue() if not one.was_sent}
        known = [thing for thing in self.logged.values() if thing not in unsent]
        if known and self.chance.random() < 0.2:
            child, kind, thing = self.chance.choice(known)
        else:
            kind, child = self.chance.choice(KINDS), self.chance.choice(self.children)
            thing = uuid.UUID(int=self.chance.getrandbits(128), version=4)
        mark = f"{self.path.stem} {len(self.logged)}"
        self.phone.put(kind, child, thing, self.body_of(kind, mark))
        self.logged[mark] = child, kind, thing

    def body_of(self, kind: str, mark: str) -> dict[str, Any]:
        now = dt.datetime.fromtimestamp(time.time(), dt.UTC)
        at = (now - dt.timedelta(minutes=self.chance.randint(1, 20_000))).isoformat()
        match kind:
            case "session":
                return {"outcome": "done", "minutes": 5, "occurred_at": at, "note": mark}
            case "observation":
                return {"stimulus": "sunscreen_lotion", "intensity": 2, "occurred_at": at, "note": mark}
        return {"lights_out_at": at, "zone": "America/New_York", "note": mark}

    def differs(self) -> int:
        """How many things of the record this phone has not, or has otherwise, or has and should not."""
        found = 0
        for child in self.children:
            for kind in KINDS:
                things = self.insist(lambda child=child, kind=kind: self.phone._fetch_list(child, kind))
                there = {one.id: one.body for one in things if one.body}
                here = {one.id: one.body for one in self.disk.things(child, kind)}
                found += sum(here.get(thing) != there.get(thing) for thing in here.keys() | there.keys())
        return found
