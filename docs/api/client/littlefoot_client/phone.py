"""A phone: what is logged on it is safe at once, is sent when there is a network, and converges.

    phone = Phone(Disk("littlefoot.db"), over_http("https://littlefoot.example"))
    phone.sign_in("fay@example.org", "…")
    phone.put("session", child, new_id(), {"outcome": "done", "occurred_at": "…"})
    phone.sync()

`sync` may fail at any moment and be called again at any other: what was done is not done twice, what was not
stays queued.
"""

from __future__ import annotations

import datetime as dt
import itertools
import json
import os
import uuid
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from littlefoot_client.disk import Disk, Operation, Thing
from littlefoot_client.network import Answer, Network, Refused, Unreachable, Wait

SIGN_IN = "/api/auth/app/v1/auth/login"
REFRESH = "/api/auth/app/v1/tokens/refresh"
BATCH = "/api/v1/batch"
CHANGES = "/api/v1/changes"

LISTS = {
    "session": "sessions",
    "bedtime": "bedtimes",
    "observation": "observations",
    "stimulus_day": "stimulus-days",
    "message": "messages",
}
"""What is mirrored thing by thing, and the last part of the address of its list."""

ENTRIES = frozenset(LISTS) - {"message"}
"""What is kept by revisions."""

BASED = frozenset({"put", "withdraw"})
"""What says which revision it changes."""

MOST_AT_ONCE = 100
RETRY_SECONDS = 5
DONE = frozenset({"applied", "replayed", "conflict_kept"})
LATER = frozenset({"client_too_new"})
"""Refusals that a newer server takes back."""

Clock = Callable[[], dt.datetime]


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def new_id(clock: Clock = _now) -> uuid.UUID:
    """A UUIDv7 for something new: random, behind the millisecond it was made in."""
    milliseconds = int(clock().timestamp() * 1000)
    chance = int.from_bytes(os.urandom(10))
    return uuid.UUID(
        int=milliseconds << 80 | 0x7 << 76 | (chance >> 68) << 64 | 0b10 << 62 | chance & (1 << 62) - 1
    )


class Phone:
    """One person's device."""

    def __init__(self, disk: Disk, network: Network, *, clock: Clock = _now, language: str = "en") -> None:
        self.disk = disk
        self._network = network
        self._clock = clock
        self._language = language
        self._access_token: str | None = None

    # ---- signing in ---------------------------------------------------------------------------------------

    def sign_in(self, email: str, password: str) -> None:
        """Raises Refused, with code `second_factor_needed` where that is to follow."""
        self._keep_tokens(self._ask("POST", SIGN_IN, {"email": email, "password": password}))

    def _refresh(self) -> None:
        token = self.disk.recall("refresh_token")
        if token is None:
            raise Refused(401, {"code": "not_authenticated", "detail": "Nobody is signed in."})
        self._keep_tokens(self._ask("POST", REFRESH, {"refresh_token": token}))

    def _keep_tokens(self, answer: Answer) -> None:
        self.disk.remember("refresh_token", answer.body["refresh_token"])
        self._access_token = answer.body["access_token"]

    # ---- logging ------------------------------------------------------------------------------------------

    def put(self, kind: str, child: uuid.UUID, thing: uuid.UUID, body: dict[str, Any]) -> None:
        """Log something new, or say something else under an id already used. Works without a network."""
        with self.disk.together():
            earlier = self._queued(child, kind, thing)
            last = earlier[-1] if earlier else None
            if last is not None and last.do == "put" and (last.problem is not None or not last.was_sent):
                self.disk.rewrite(last.number, body)
                return
            base = None if earlier else self.disk.revision_of(child, kind, thing)
            self.disk.enqueue("put", kind, child, thing, body, base)

    def withdraw(self, kind: str, child: uuid.UUID, thing: uuid.UUID) -> None:
        """It counts nowhere from now on; `restore` undoes that."""
        self._say("withdraw", kind, child, thing)

    def restore(self, kind: str, child: uuid.UUID, thing: uuid.UUID) -> None:
        self._say("restore", kind, child, thing)

    def _say(self, do: str, kind: str, child: uuid.UUID, thing: uuid.UUID) -> None:
        with self.disk.together():
            base = None if self._queued(child, kind, thing) else self.disk.revision_of(child, kind, thing)
            self.disk.enqueue(do, kind, child, thing, {}, base)

    def _queued(self, child: uuid.UUID, kind: str, thing: uuid.UUID) -> list[Operation]:
        return [one for one in self.disk.queue() if one.thing == (child, kind, thing)]

    def refused(self) -> list[Operation]:
        """What the server would not take, with its reasons: to be shown, mended with `put`, or forgotten."""
        return [one for one in self.disk.queue() if one.problem is not None]

    def forget(self, operation: Operation) -> None:
        self.disk.dequeue(operation.number)

    # ---- sending and fetching -----------------------------------------------------------------------------

    def sync(self) -> None:
        """Send what is queued, then fetch what changed. Raises Unreachable, Wait, Refused."""
        is_done = self._send_all()
        self.fetch()
        if not is_done:
            raise Wait(RETRY_SECONDS)

    def send(self) -> None:
        """Send what is queued. Raises as `sync`."""
        if not self._send_all():
            raise Wait(RETRY_SECONDS)

    def _send_all(self) -> bool:
        """Until the queue holds nothing but refusals and what only a newer server takes.

        False where the server wants something sent again later; that holds up nothing else.
        """
        most, for_later, is_done = MOST_AT_ONCE, set[int](), True
        while operations := [one for one in self._sendable() if one.number not in for_later][:most]:
            with self.disk.together():
                self.disk.mark_sent(one.number for one in operations)
            told = {"operations": [self._told(one) for one in operations]}
            try:
                results = self._call("POST", BATCH, told).body["results"]
            except Refused as refusal:
                if refusal.status != 413:
                    raise
                if len(operations) == 1:
                    self.disk.refuse(operations[0].number, dict(refusal.problem))
                most = max(1, len(operations) // 2)
                continue
            with self.disk.together():
                for operation, result in zip(operations, results, strict=True):
                    self._keep(operation, result)
            is_done = is_done and all(result["result"] != "retry" for result in results)
            for_later |= {one.number for one in operations}
        return is_done

    def _sendable(self) -> list[Operation]:
        """The first operation of each thing: what is behind it is based on what it becomes."""
        first: dict[tuple[uuid.UUID, str, uuid.UUID], Operation] = {}
        for one in self.disk.queue():
            first.setdefault(one.thing, one)
        return [one for one in first.values() if one.problem is None]

    def _told(self, operation: Operation) -> dict[str, Any]:
        body = dict(operation.body)
        if operation.kind in ENTRIES and operation.do == "put":
            body["sent_at"] = self._clock().isoformat()
        if operation.kind in ENTRIES and operation.do in BASED and operation.base is not None:
            body["base_revision"] = operation.base
        return {
            "do": operation.do,
            "kind": operation.kind,
            "child": str(operation.child),
            "id": str(operation.id),
            "body": body,
        }

    def _keep(self, operation: Operation, result: dict[str, Any]) -> None:
        became = result["result"]
        if became in DONE:
            body = result["body"] or {}
            if operation.kind in LISTS:
                self.disk.mirror(_thing(operation.child, operation.kind, body))
            if "revision" in body:
                self.disk.base_on(operation, body["revision"])
            self.disk.dequeue(operation.number)
        elif became == "quarantined":
            self.disk.dequeue(operation.number)
        elif became == "rejected" and result["problem"]["code"] not in LATER:
            self.disk.refuse(operation.number, result["problem"])

    def fetch(self) -> None:
        """Mirror what changed since the last time, from the beginning where the server says so."""
        while True:
            cursor = self.disk.recall("cursor")
            query = "?" + urlencode({"cursor": cursor}) if cursor else ""
            try:
                page = self._call("GET", CHANGES + query).body
            except Refused as refusal:
                if refusal.code not in ("feed_renewed", "cursor_not_valid") or not cursor:
                    raise
                with self.disk.together():
                    self.disk.remember("cursor", None)
                    self.disk.forget_fetched()
                continue
            anew = {child: self._fetch_child(child) for child in map(uuid.UUID, page["resync"])}
            read = {one["child"] for one in page["items"] if one["kind"] == "messages_read"} - set(
                page["resync"]
            )
            threads = [self._fetch_list(child, "message") for child in map(uuid.UUID, sorted(read))]
            with self.disk.together():
                for child in map(uuid.UUID, page["gone"]):
                    self.disk.forget_child(child)
                for child, things in anew.items():
                    self.disk.forget_child(child)
                    self.disk.mark_fetched(child)
                    for thing in things:
                        self.disk.mirror(thing)
                # What was only ever sent of a child, whose access was over before anything was fetched.
                for child in self.disk.unfetched():
                    self.disk.forget_child(child)
                for change in page["items"]:
                    self._apply(change)
                for thing in itertools.chain.from_iterable(threads):
                    self.disk.mirror(thing)
                self.disk.remember("cursor", page["cursor"])
            if not page["has_more"]:
                return

    def _apply(self, change: dict[str, Any]) -> None:
        child, kind = uuid.UUID(change["child"]), change["kind"]
        if change["body"] is not None:
            self.disk.mirror(_thing(child, kind, change["body"]))
        elif change["is_withdrawn"]:
            self.disk.mirror(Thing(child, kind, uuid.UUID(change["id"]), change["revision"], None))
        elif kind != "messages_read":
            self.disk.mark_stale(child, kind)

    def _fetch_child(self, child: uuid.UUID) -> list[Thing]:
        """Everything mirrored of a child."""
        return [thing for kind in LISTS for thing in self._fetch_list(child, kind)]

    def _fetch_list(self, child: uuid.UUID, kind: str) -> list[Thing]:
        """All of one kind, page by page; nothing where it is out of sight, or is so meanwhile."""
        things: list[Thing] = []
        query: dict[str, Any] = {"limit": 100}
        while query:
            try:
                page = self._call("GET", f"/api/v1/children/{child}/{LISTS[kind]}?{urlencode(query)}").body
            except Refused as refusal:
                if refusal.status != 404:
                    raise
                return []
            things += [_thing(child, kind, body) for body in page["items"]]
            following = page["next_cursor"]
            query = {"limit": 100, "cursor": following} if following else {}
        return things

    # ---- one call -----------------------------------------------------------------------------------------

    def _call(self, method: str, path: str, told: Any = None) -> Answer:
        """As whoever is signed in; an access token that has run out is replaced once."""
        if self._access_token is None:
            self._refresh()
        try:
            return self._ask(method, path, told)
        except Refused as refusal:
            if refusal.status != 401:
                raise
        self._access_token = None
        self._refresh()
        return self._ask(method, path, told)

    def _ask(self, method: str, path: str, told: Any = None) -> Answer:
        headers = {"Accept": "application/json", "Accept-Language": self._language}
        if self._access_token is not None:
            headers["Authorization"] = f"Bearer {self._access_token}"
        body = None
        if told is not None:
            headers["Content-Type"] = "application/json"
            body = json.dumps(told).encode()
        answer = self._network(method, path, headers=headers, body=body)
        if answer.status in (429, 503):
            raise Wait(int(answer.headers.get("retry-after", "30")))
        # What is no JSON is not from the server: a proxy, or a network that wants to be signed in to first.
        if answer.status >= 500 or not isinstance(answer.body, dict):
            raise Unreachable
        if answer.status >= 400:
            raise Refused(answer.status, answer.body)
        return answer


def _thing(child: uuid.UUID, kind: str, body: dict[str, Any]) -> Thing:
    """A thing of the mirror, from what its own address answers; a message has no revisions."""
    is_withdrawn = body.get("state") == "withdrawn"
    return Thing(child, kind, uuid.UUID(body["id"]), body.get("revision", 1), None if is_withdrawn else body)
