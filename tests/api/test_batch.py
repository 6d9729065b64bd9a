"""What a phone queued, sent in one call: each operation is the single call it names, and stands by itself."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clinic import rls
from clinic.models import AuditEvent, CaregiverGrant, Child, User
from clinic.models.clinics import new_id
from clinic.vocabulary import AuditCode
from tests import factories
from tests.api.client import Answer, App
from tests.cast import Cast
from tracking.models import MassageSession, TactileObservation
from tracking.services import locks

AppOf = Callable[[User], App]

EACH_OPERATION_TAKES = 12
"""Statements, two savepoints and their releases among them, whatever else is in the batch."""


def touch(**more: Any) -> dict[str, Any]:
    at = rls.now() - dt.timedelta(hours=1)
    return {"stimulus": "cloth_tag", "occurred_at": at.isoformat(), "intensity": 1, **more}


def massage(**more: Any) -> dict[str, Any]:
    at = rls.now() - dt.timedelta(hours=2)
    return {"outcome": "done", "occurred_at": at.isoformat(), "minutes": 8, **more}


def twin_of(cast: Cast) -> Child:
    return factories.sibling(cast.cleo, grants=CaregiverGrant.objects.filter(child=cast.cleo, user=cast.fay))


def put(child: Child, kind: str, body: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"kind": kind, "child": str(child.pk), "id": str(uuid.uuid4()), "body": body, **more}


def send(app: App, *operations: Any) -> Answer:
    return app.post("/api/v1/batch", {"operations": list(operations)})


def results(answer: Answer) -> list[str]:
    assert answer.status == 200, answer.body
    return [one["result"] for one in answer["results"]]


def test_each_operation_answers_what_its_single_call_would(app_of: AppOf, cast: Cast) -> None:
    fay = app_of(cast.fay)
    one, other = put(cast.cleo, "session", massage()), put(cast.cleo, "observation", touch(intensity=9))
    answer = send(fay, one, other)
    assert results(answer) == ["applied", "rejected"]
    kept, refused = answer["results"]
    room = f"/api/v1/children/{cast.cleo.pk}"
    assert kept["status"] == 201
    assert kept["body"] == fay.get(f"{room}/sessions/{one['id']}").body
    alone = fay.put(f"{room}/observations/{other['id']}", other["body"])
    assert refused["problem"] == alone.body
    assert refused["problem"]["errors"][0]["field"] == "intensity"
    assert refused["problem"]["errors"][0]["allowed"] == {"min": 0, "max": 4}
    assert (refused["id"], refused["body"]) == (other["id"], None)


def test_a_batch_sent_again_is_replayed_and_stores_nothing_twice(app_of: AppOf, cast: Cast) -> None:
    fay = app_of(cast.fay)
    queued = [
        put(cast.cleo, "session", massage()),
        put(cast.cleo, "observation", touch()),
        put(cast.cleo, "message", {"body": "She laughed."}),
        put(cast.cleo, "concern", {"kind": "skin", "occurred_at": rls.now().isoformat()}),
        put(cast.cleo, "check_in", {"occurred_at": rls.now().isoformat(), "how_sure": 4}),
    ]
    assert results(send(fay, *queued)) == ["applied"] * 5
    assert results(send(fay, *queued)) == ["replayed"] * 5
    assert MassageSession.objects.filter(client_id=queued[0]["id"]).count() == 1


def test_twins_massaged_together_are_one_call(app_of: AppOf, cast: Cast) -> None:
    twin = twin_of(cast)
    told = massage()
    assert results(send(app_of(cast.fay), put(cast.cleo, "session", told), put(twin, "session", told))) == [
        "applied",
        "applied",
    ]


@pytest.mark.parametrize(
    ("poison", "code"),
    [
        ('{"kind": "session", "child": 1, "note": "\\u0000"}', "forbidden_character"),
        ('{"kind": "session", "kind": "session"}', "key_given_twice"),
        ('{"kind": NaN}', "not_a_number"),
        ('{"kind": ' + "9" * 5000 + "}", "number_out_of_range"),
        ('{"kind": "session", "body": ' + "[" * 40 + "]" * 40 + "}", "too_deep"),
        ('{"kind": "poem", "child": "x"}', "invalid"),
        ('{"kind": "session", "do": "confirm", "child": "01970000-0000-7000-8000-000000000000"}', "invalid"),
        ('{"do": "restore", "kind": "message", "child": "01970000-0000-7000-8000-000000000000"}', "invalid"),
        ('{"kind": "session", "more": 1}', "client_too_new"),
        ("7", "invalid"),
        ("null", "invalid"),
    ],
)
def test_one_bad_operation_never_blocks_the_others(app_of: AppOf, cast: Cast, poison: str, code: str) -> None:
    good = json.dumps(put(cast.cleo, "observation", touch()))
    raw = f'{{"operations": [{good}, {poison}, {good.replace("cloth_tag", "grass")}]}}'
    answer = app_of(cast.fay).raw("POST", "/api/v1/batch", raw.encode())
    # The third is the first's id with another body.
    assert results(answer) == ["applied", "rejected", "rejected"]
    assert answer["results"][1]["problem"]["code"] == code
    assert answer["results"][2]["problem"]["code"] == "id_already_used"
    assert TactileObservation.objects.filter(child=cast.cleo).count() == 1


def test_what_no_batch_is_stores_nothing(app_of: AppOf, cast: Cast) -> None:
    fay = app_of(cast.fay)
    many = [put(cast.cleo, "observation", touch()) for _ in range(101)]
    assert send(fay, *many).fields == {"operations": "max_length"}
    assert send(fay).fields == {"operations": "empty"}
    assert fay.raw("POST", "/api/v1/batch", b'{"operations": [').code == "malformed_json"
    huge = json.dumps({"operations": [put(cast.cleo, "observation", touch(note="x" * 2**20))]})
    assert fay.raw("POST", "/api/v1/batch", huge.encode()).status == 413
    assert not TactileObservation.objects.exists()


def test_the_same_id_twice_in_a_batch_is_two_calls_in_order(app_of: AppOf, cast: Cast) -> None:
    first = put(cast.cleo, "session", massage())
    second = {**first, "body": {**massage(minutes=12), "base_revision": 1}}
    stale = {**first, "body": {**massage(minutes=5), "base_revision": 1}}
    answer = send(app_of(cast.fay), first, second, stale, first)
    assert results(answer) == ["applied", "applied", "conflict_kept", "replayed"]
    assert [one["body"]["revision"] for one in answer["results"]] == [1, 2, 3, 1]


def test_an_entry_is_withdrawn_and_restored_in_its_place_in_the_queue(app_of: AppOf, cast: Cast) -> None:
    told = put(cast.cleo, "session", massage())
    undo = {"kind": "session", "child": told["child"], "id": told["id"]}
    answer = send(app_of(cast.fay), told, undo | {"do": "withdraw"}, undo | {"do": "restore"})
    assert results(answer) == ["applied"] * 3
    assert [one["body"]["state"] for one in answer["results"]] == ["recorded", "withdrawn", "recorded"]


def test_days_and_reading_have_no_id(app_of: AppOf, cast: Cast) -> None:
    day = {"kind": "excused_day", "child": str(cast.cleo.pk), "on": "1999-01-01"}
    read = {"kind": "messages_read", "child": str(cast.cleo.pk)}
    answer = send(app_of(cast.fay), day, {**read, "body": {"read_until": rls.now().isoformat()}})
    assert results(answer) == ["rejected", "applied"]
    assert answer["results"][0]["problem"]["errors"][0]["field"] == "on"


def test_a_child_out_of_sight_is_a_child_that_never_was(app_of: AppOf, cast: Cast) -> None:
    nobody = Child(pk=new_id())
    answer = send(app_of(cast.finn), put(cast.cleo, "session", massage()), put(nobody, "session", massage()))
    assert results(answer) == ["rejected", "rejected"]
    seen, never = (one["problem"] for one in answer["results"])
    assert seen == never
    assert AuditEvent.objects.filter(actor_id=cast.finn.pk, code=AuditCode.REFUSED).count() == 2


def test_what_breaks_here_is_to_be_sent_again(
    app_of: AppOf, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(**_: Any) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")

    monkeypatch.setattr("api.v1.messages.messaging.send_message", broken)
    answer = send(
        app_of(cast.fay),
        put(cast.cleo, "message", {"body": "Hello"}),
        put(cast.cleo, "observation", touch()),
    )
    assert results(answer) == ["retry", "applied"]
    assert answer["results"][0]["problem"]["code"] == "internal"


def test_a_batch_of_ten_takes_as_many_statements_each_as_a_batch_of_two(app_of: AppOf, cast: Cast) -> None:
    fay = app_of(cast.fay)

    def statements(count: int) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert set(results(send(fay, *many(count)))) == {"applied"}
        return len(captured)

    def many(count: int) -> list[dict[str, Any]]:
        return [put(cast.cleo, "observation", touch(stimulus="grass")) for _ in range(count)]

    two, ten = statements(2), statements(10)
    assert (ten - two) / 8 <= EACH_OPERATION_TAKES
    assert (ten - two) % 8 == 0


def test_two_batches_take_their_children_in_one_order(cast: Cast) -> None:
    twin = twin_of(cast)
    with CaptureQueriesContext(connection) as captured, rls.acting_as(cast.fay):
        locks.one_batch_at_a_time(by=cast.fay, children={twin.pk, cast.cleo.pk, cast.cody.pk})
    (taken,) = [one["sql"] for one in captured if "pg_advisory_xact_lock" in one["sql"]]
    first, other = sorted([twin.pk, cast.cleo.pk])
    assert taken.index(str(first)) < taken.index(str(other))
    assert str(cast.cody.pk) not in taken, "nobody holds up a child they do not see"
