"""What the description shows as a body is one: whoever may sends it to its address, and it is done."""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import reduce
from typing import Any

from api.meanings.examples import A_DAY, AN_ID, AN_INSTANT
from tests import access, factories, matrix
from tests.access import Answer, Door, Row
from tests.api.client import description
from tests.cast import Cast
from tests.database import Clock

WHO = ("fay", "tess", "otto")

NOBODYS_SECRET = frozenset(
    {"opens_nothing", "email_password_mismatch", "incorrect_password", "incorrect_code", "token_not_valid"}
    | {"code_opens_nothing"}
)
"""Codes with which a password, code or token is refused that opens nothing."""

AS_IT_IS = {
    "PUT /api/v1/me/reaching": "channel_not_ready",
    "PUT /api/v1/me/reaching/phone": "not_found",
    "POST /api/v1/clinics/<clinic>/safeguarding/<written>": "not_found",
    "POST /api/v1/clinics/<clinic>/reports": "invalid",  # no month was made
    "PUT /api/v1/children/<child>/consents/<item>": "wording_changed",
    "PUT /api/v1/children/<child>/erasure-requests/<erasure_request>": "already_requested",
    "POST /api/v1/children/<child>/care/episode": "episode_already_open",
    "POST /api/v1/clinics/<clinic>/break-glass": "no_such_child",
    "PUT /api/v1/children/<child>/concern-plans/<worry>": "stale",
    "PATCH /api/v1/children/<child>/contacts/<contact>": "stale",
}
"""What is refused for how the record stands, and not for what was sent."""


def shown() -> Iterator[Row]:
    """Every address that takes JSON, with its example for a body."""
    for row in access.rows():
        path = row.address.replace("<", "{").replace(">", "}")
        operation = description()["paths"].get(path, {}).get(row.method.lower(), {})
        body = operation.get("requestBody", {}).get("content", {}).get("application/json")
        if body is not None:
            yield replace(row, body=body["example"])


def who_may(row: Row) -> str:
    """Whoever the table lets do it, or else whoever it refuses for something else than who they are."""
    return min(WHO, key=lambda actor: (row.statuses[actor] in (401, 403, 404), row.statuses[actor]))


def is_for_an_id(row: Row, answer: Answer) -> bool:
    """Whether nothing was at fault but ids, which stand for things that are not there."""
    errors = json.loads(answer.body)["errors"]
    return bool(errors) and all(AN_ID in str(_sent(row.body, error["field"])) for error in errors)


def _sent(body: Any, path: str) -> Any:
    return reduce(
        lambda value, name: value[int(name)] if name.isdigit() else value.get(name), path.split("."), body
    )


def test_every_example_is_done_but_for_ids_and_secrets_that_are_nobodys(
    cast: Cast, clock: Clock, say_at_the_end: Callable[[str], None]
) -> None:
    clock.move_to(dt.datetime.fromisoformat(AN_INSTANT) + dt.timedelta(hours=2))
    doors = {actor: Door(actor, cast) for actor in WHO}
    filled = access.values(cast, factories.record(cast)) | {"on": A_DAY}
    sent, done, faults = 0, 0, []
    for row in shown():
        values = dict(filled)
        if str(row) in matrix.table().makes_ids:
            values[row.address.rpartition("<")[2].removesuffix(">")] = uuid.uuid4()
        answer = doors[who_may(row)].ask(row, values, HTTP_IF_MATCH='"1"')
        sent += 1
        if answer.status < 400:
            done += 1
        elif "credential" not in row.body and not is_for_an_id(row, answer):
            code = json.loads(answer.body)["code"]
            if code not in NOBODYS_SECRET and code != AS_IT_IS.get(str(row)):
                faults.append(f"{row} as {who_may(row)}: {answer.status} {answer.text[:600]}")
    say_at_the_end(f"examples of bodies: {sent} sent, {done} done, {len(faults)} faults")
    assert not faults, "\n".join(faults)
    assert done > 50
