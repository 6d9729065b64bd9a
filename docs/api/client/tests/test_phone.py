"""The phone against a scripted server: what it sends, keeps and forgets."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from littlefoot_client import Answer, Disk, Phone, Unreachable, Wait, new_id

CHILD = uuid.UUID("01980000-0000-7000-8000-0000000000c1")
SESSION = uuid.UUID("01980000-0000-7000-8000-000000000001")
OTHER = uuid.UUID("01980000-0000-7000-8000-000000000002")
TOKENS = Answer(200, {"access_token": "a", "refresh_token": "r"})
DONE = {"outcome": "done", "occurred_at": "2026-11-26T18:55:00-05:00"}


class Server:
    """Answers what it is told to, one after the other, and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, Any]] = []
        self.answers: list[Answer | Exception | Callable[[Any], Answer]] = []

    def __call__(self, method: str, path: str, *, headers: Mapping[str, str], body: bytes | None) -> Answer:
        told = json.loads(body) if body else None
        if "/auth/" in path:
            return TOKENS
        self.asked.append((method, path.split("?", maxsplit=1)[0], told))
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer if isinstance(answer, Answer) else answer(told)

    def operations(self) -> list[list[dict[str, Any]]]:
        """Those of each batch."""
        return [told["operations"] for _, path, told in self.asked if path == "/api/v1/batch"]


def entry(thing: uuid.UUID, revision: int = 1, **more: Any) -> dict[str, Any]:
    return {"id": str(thing), "revision": revision, "state": "recorded", **more}


def results(*told: dict[str, Any]) -> Answer:
    return Answer(200, {"results": [{"body": None, "problem": None, **one} for one in told]})


def applied(thing: uuid.UUID = SESSION, revision: int = 1, result: str = "applied") -> dict[str, Any]:
    return {"result": result, "body": entry(thing, revision)}


def rejected(code: str) -> dict[str, Any]:
    return {"result": "rejected", "problem": {"code": code}}


def changes(**told: Any) -> Answer:
    page = {"items": [], "cursor": "c1", "has_more": False, "resync": [], "gone": [], **told}
    return Answer(200, page)


def lists(*sessions: dict[str, Any]) -> list[Answer]:
    """A child's five lists, the first with these sessions."""
    pages = [list(sessions), [], [], [], []]
    return [Answer(200, {"items": items, "next_cursor": None}) for items in pages]


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    kept = Disk(tmp_path / "phone.db")
    yield kept
    kept.close()


@pytest.fixture
def phone(disk: Disk, server: Server) -> Phone:
    one = Phone(disk, server)
    one.sign_in("fay@example.org", "…")
    return one


def test_what_is_logged_without_a_network_is_sent_after_a_restart(
    phone: Phone, disk: Disk, server: Server
) -> None:
    phone.put("session", CHILD, SESSION, DONE)
    server.answers = [Unreachable(), results(applied())]
    with pytest.raises(Unreachable):
        phone.send()
    Phone(disk, server).send()
    first, second = server.operations()
    assert [one["id"] for one in first] == [str(SESSION)]
    assert first[0] | {"body": None} == second[0] | {"body": None}
    assert disk.queue() == []
    assert [thing.id for thing in disk.things(CHILD, "session")] == [SESSION]


def test_a_change_before_sending_replaces_what_is_queued(phone: Phone, disk: Disk) -> None:
    phone.put("session", CHILD, SESSION, DONE)
    phone.put("session", CHILD, SESSION, DONE | {"minutes": 5})
    (queued,) = disk.queue()
    assert queued.body["minutes"] == 5


def test_a_change_after_a_lost_answer_names_the_revision_the_first_became(
    phone: Phone, disk: Disk, server: Server
) -> None:
    phone.put("session", CHILD, SESSION, DONE)
    server.answers = [Unreachable()]
    with pytest.raises(Unreachable):
        phone.send()
    phone.put("session", CHILD, SESSION, DONE | {"minutes": 5})
    phone.put("session", CHILD, SESSION, DONE | {"minutes": 6})
    server.answers = [results(applied(result="replayed")), results(applied(revision=2))]
    phone.send()
    _, again, change = server.operations()
    assert [one["body"].get("base_revision") for one in (*again, *change)] == [None, 1]
    assert change[0]["body"]["minutes"] == 6
    assert disk.queue() == []


def test_what_is_refused_stays_until_it_is_mended_or_forgotten_and_costs_no_other(
    phone: Phone, disk: Disk, server: Server
) -> None:
    phone.put("session", CHILD, SESSION, DONE)
    phone.put("session", CHILD, OTHER, DONE)
    server.answers = [results(rejected("invalid"), applied(OTHER))]
    phone.send()
    (refused,) = phone.refused()
    assert (refused.id, refused.problem) == (SESSION, {"code": "invalid"})
    phone.put("session", CHILD, SESSION, DONE | {"outcome": "stopped"})
    server.answers = [results(rejected("forbidden"))]
    phone.send()
    (refused,) = phone.refused()
    phone.forget(refused)
    assert phone.refused() == disk.queue() == []


def test_what_only_a_newer_server_takes_waits_for_it(phone: Phone, disk: Disk, server: Server) -> None:
    phone.put("session", CHILD, SESSION, DONE)
    server.answers = [results(rejected("client_too_new"))]
    phone.send()
    assert [one.problem for one in disk.queue()] == [None]
    server.answers = [results(applied())]
    phone.send()
    assert disk.queue() == []


def test_what_is_sent_twice_does_not_bring_back_an_earlier_revision(
    phone: Phone, disk: Disk, server: Server
) -> None:
    phone.put("session", CHILD, SESSION, DONE)
    withdrawn = {"child": str(CHILD), "kind": "session", "id": str(SESSION), "revision": 2}
    told = changes(items=[withdrawn | {"is_withdrawn": True, "body": None}])
    server.answers = [Unreachable(), told, results(applied(result="replayed"))]
    with pytest.raises(Unreachable):
        phone.send()
    phone.fetch()
    phone.send()
    assert disk.things(CHILD, "session") == []
    assert disk.revision_of(CHILD, "session", SESSION) == 2


def test_a_cursor_is_kept_only_with_all_that_came_with_it(phone: Phone, disk: Disk, server: Server) -> None:
    server.answers = [changes(resync=[str(CHILD)]), Unreachable()]
    with pytest.raises(Unreachable):
        phone.fetch()
    assert disk.recall("cursor") is None
    server.answers = [changes(resync=[str(CHILD)]), *lists(entry(SESSION))]
    phone.fetch()
    assert disk.recall("cursor") == "c1"
    assert [thing.id for thing in disk.things(CHILD, "session")] == [SESSION]


def test_a_child_that_is_gone_is_forgotten_and_what_waits_is_still_sent(
    phone: Phone, disk: Disk, server: Server
) -> None:
    server.answers = [changes(resync=[str(CHILD)]), *lists(entry(SESSION))]
    phone.fetch()
    phone.put("session", CHILD, OTHER, DONE)
    server.answers = [changes(gone=[str(CHILD)]), results({"result": "quarantined"})]
    phone.fetch()
    assert disk.children() == []
    phone.send()
    assert disk.queue() == []


def test_a_child_gone_before_it_was_ever_fetched_is_forgotten_too(
    phone: Phone, disk: Disk, server: Server
) -> None:
    phone.put("session", CHILD, SESSION, DONE)
    server.answers = [results(applied())]
    phone.send()
    assert disk.children() == [CHILD]
    server.answers = [changes()]
    phone.fetch()
    assert disk.children() == []


def test_lists_to_fetch_again_are_told_once(phone: Phone, disk: Disk, server: Server) -> None:
    goals = {"child": str(CHILD), "kind": "goals", "id": None, "revision": None, "is_withdrawn": False}
    server.answers = [changes(items=[goals | {"body": None}])]
    phone.fetch()
    assert disk.take_stale() == [(CHILD, "goals")]
    assert disk.take_stale() == []


def test_what_was_read_on_another_device_is_no_longer_new_on_this_one(
    phone: Phone, disk: Disk, server: Server
) -> None:
    message = {"id": str(OTHER), "is_unread": True}
    told = {"child": str(CHILD), "revision": None, "is_withdrawn": False}
    server.answers = [changes(items=[{**told, "kind": "message", "id": str(OTHER), "body": message}])]
    phone.fetch()
    server.answers = [
        changes(items=[{**told, "kind": "messages_read", "id": None, "body": None}]),
        Answer(200, {"items": [message | {"is_unread": False}], "next_cursor": None}),
    ]
    phone.fetch()
    (kept,) = disk.things(CHILD, "message")
    assert kept.body == message | {"is_unread": False}


def test_a_renewed_feed_is_begun_anew(phone: Phone, disk: Disk, server: Server) -> None:
    server.answers = [changes(cursor="old")]
    phone.fetch()
    server.answers = [Answer(410, {"code": "feed_renewed"}), changes(resync=[str(CHILD)]), *lists()]
    phone.fetch()
    assert disk.recall("cursor") == "c1"


def test_a_token_that_has_run_out_is_replaced(phone: Phone, server: Server) -> None:
    server.answers = [Answer(401, {"code": "token_not_valid"}), changes()]
    phone.fetch()
    assert [path for _, path, _ in server.asked] == ["/api/v1/changes"] * 2


def test_a_busy_server_is_left_alone_for_as_long_as_it_says(phone: Phone, disk: Disk, server: Server) -> None:
    phone.put("session", CHILD, SESSION, DONE)
    server.answers = [Answer(429, {"code": "too_many_requests"}, {"retry-after": "7"})]
    with pytest.raises(Wait) as told:
        phone.send()
    assert told.value.seconds == 7
    assert len(disk.queue()) == 1


def test_what_a_hotel_answers_in_place_of_the_server_takes_nothing_off_the_queue(
    phone: Phone, disk: Disk, server: Server
) -> None:
    phone.put("session", CHILD, SESSION, DONE)
    server.answers = [Answer(200), Answer(404), results(applied())]
    for _ in range(2):
        with pytest.raises(Unreachable):
            phone.send()
    assert len(disk.queue()) == 1
    phone.send()
    assert disk.queue() == []


def test_what_the_server_wants_again_later_holds_up_neither_others_nor_what_is_new(
    phone: Phone, disk: Disk, server: Server
) -> None:
    phone.put("session", CHILD, SESSION, DONE)
    phone.put("session", CHILD, OTHER, DONE)
    phone.put("session", CHILD, OTHER, DONE | {"minutes": 5})
    again = {"result": "retry", "problem": {"code": "internal"}}
    server.answers = [results(again, applied(OTHER)), changes()]
    with pytest.raises(Wait):
        phone.sync()
    assert [one.id for one in disk.queue()] == [SESSION]
    assert disk.recall("cursor") == "c1"


def test_ids_are_of_the_seventh_kind_and_in_the_order_of_time() -> None:
    began = dt.datetime(2026, 11, 26, 18, 55, tzinfo=dt.UTC)
    ids = [new_id(lambda at=began + dt.timedelta(milliseconds=after): at) for after in range(50)]
    assert {(one.version, one.variant) for one in ids} == {(7, uuid.RFC_4122)}
    assert ids == sorted(set(ids))


def test_a_batch_that_is_too_large_is_halved(phone: Phone, disk: Disk, server: Server) -> None:
    ids = [uuid.uuid4() for _ in range(4)]
    for one in ids:
        phone.put("session", CHILD, one, DONE)
    server.answers = [
        Answer(413, {"code": "body_too_large"}),
        *[lambda told: results(*(applied(uuid.UUID(one["id"])) for one in told["operations"]))] * 2,
    ]
    phone.send()
    assert [len(one) for one in server.operations()] == [4, 2, 2]
    assert disk.queue() == []


def test_a_child_is_known_before_anything_was_logged(phone: Phone, disk: Disk, server: Server) -> None:
    server.answers = [changes(resync=[str(CHILD)]), *lists()]
    phone.fetch()
    assert disk.children() == [CHILD]
