"""What cannot be: a corpus of bad input (tests/data/bad_input), each sent over HTTP to the address it is for.

Nothing of it ends in a 5xx or takes long, each refusal names the field and what is allowed, and nothing of it
is written. What is merely odd is kept, and flagged. tests/data/bad_input/README.md says how to add to it.
"""

from __future__ import annotations

import contextlib
import dataclasses
import datetime as dt
import json
import re
import time
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.db import connection, transaction

from clinic import rls
from clinic.localtime import local_day
from tests import access, factories
from tests.api.client import Answer, App, description
from tests.cast import Cast

FOLDER = Path(__file__).parents[1] / "data" / "bad_input"
FILES = sorted(path.stem for path in FOLDER.glob("*.yaml"))
FEWEST = 400
LONGEST_SECONDS = 2.0


# ---- the corpus as it is written --------------------------------------------------------------------------


class _Reader(yaml.SafeLoader):
    """YAML in which a day is text, and with three words for what nobody wants to type out.

    Not the parser in C, which reads no half of a pair (`"\\uD83E"`): that is bad input, too.
    """


_Reader.yaml_implicit_resolvers = {
    letter: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for letter, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _long(reader: _Reader, node: Any) -> str:
    return "x" * int(reader.construct_scalar(node))


def _times(reader: _Reader, node: Any) -> list[Any]:
    count, value = reader.construct_sequence(node, deep=True)
    return [value] * count


def _deep(reader: _Reader, node: Any) -> list[Any]:
    made: list[Any] = []
    for _ in range(int(reader.construct_scalar(node)) - 1):
        made = [made]
    return made


def _keys(reader: _Reader, node: Any) -> dict[str, int]:
    return {f"key_{number}": number for number in range(int(reader.construct_scalar(node)))}


def _nested(reader: _Reader, node: Any) -> str:
    depth = int(reader.construct_scalar(node))
    return '{"note": ' + "[" * depth + "]" * depth + "}"


_Reader.add_constructor("!long", _long)
_Reader.add_constructor("!keys", _keys)
_Reader.add_constructor("!nested", _nested)
_Reader.add_constructor("!times", _times)
_Reader.add_constructor("!deep", _deep)


@dataclass(frozen=True, slots=True)
class Input:
    """One entry: what it is, what is sent, and what has to come back."""

    what: str
    method: str
    address: str
    by: str
    body: Any = None  # JSON, where neither raw nor bytes is told
    raw: bytes | None = None
    query: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    status: int = 400
    code: str | None = "invalid"
    names: Mapping[str, str] = field(default_factory=dict)
    allowed: Any = None
    flags: tuple[str, ...] | None = None  # of what is odd and kept

    def __str__(self) -> str:
        return f"{self.method} {self.address}{'?' if self.query else ''}{self.query}: {self.what}"


@dataclass(frozen=True, slots=True)
class Place:
    """An address with a body that is right, and everything that is wrong with others."""

    good: Input | None
    bad: tuple[Input, ...]
    odd: tuple[Input, ...]


@cache
def corpus(name: str) -> tuple[Place, ...]:
    told = yaml.load((FOLDER / f"{name}.yaml").read_text("utf-8"), _Reader)
    return tuple(_place(one) for one in told)


KNOWN = {
    "what", "with", "leave_out", "body", "raw", "bytes", "query", "headers", "at", "as",
    "status", "code", "names", "allowed", "flags",
}  # fmt: skip


def _place(told: dict[str, Any]) -> Place:
    unknown = set(told) - {"to", "as", "good", "headers", "bad", "odd"}
    assert not unknown, f"{told['to']}: {unknown}"
    good = _input(told, {"what": "as it should be", "code": None}) if "good" in told else None
    return Place(
        good,
        tuple(_input(told, one) for one in told.get("bad", ())),
        tuple(_input(told, {"code": None, **one}) for one in told.get("odd", ())),
    )


def _input(place: dict[str, Any], told: dict[str, Any]) -> Input:
    unknown = set(told) - KNOWN
    assert not unknown, f"{told['what']}: {unknown}"
    method, address = place["to"].split(" ")
    body = place.get("good")
    if isinstance(body, dict):
        left_out = told.get("leave_out", ())
        dropped = {left_out} if isinstance(left_out, str) else set(left_out)
        body = {key: value for key, value in body.items() if key not in dropped} | told.get("with", {})
    body = told.get("body", body)
    raw = None
    if "raw" in told:
        raw = told["raw"].encode("utf-8")
    elif "bytes" in told:
        raw = bytes.fromhex(told["bytes"])
    names = told.get("names", {})
    code = "client_too_new" if "client_too_new" in names.values() else "invalid"
    return Input(
        what=told["what"],
        method=method,
        address=told.get("at", address),
        by=told.get("as", place.get("as", "fay")),
        body=body,
        raw=raw,
        query=told.get("query", ""),
        headers={**place.get("headers", {}), **told.get("headers", {})},
        status=told.get("status", 400),
        code=told.get("code", code),
        names=names,
        allowed=told.get("allowed"),
        flags=tuple(told["flags"]) if "flags" in told else None,
    )


# ---- sending it -------------------------------------------------------------------------------------------


class Sender:
    """The cast's apps, and what the placeholders of an entry stand for."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        with rls.acting_as(cast.tess, system="seeding"):
            self.values = access.values(cast, factories.record(cast))
        now = rls.now().replace(microsecond=0)
        today = local_day(now, cast.fays_home.zone)
        self.values |= {
            "now": now.isoformat(),
            "an_hour_ago": (now - dt.timedelta(hours=1)).isoformat(),
            "tomorrow_at_this_hour": (now + dt.timedelta(days=1)).isoformat(),
            "last_week_at_this_hour": (now - dt.timedelta(days=7)).isoformat(),
            "today": today.isoformat(),
            "yesterday": (today - dt.timedelta(days=1)).isoformat(),
            "tomorrow": (today + dt.timedelta(days=1)).isoformat(),
            **{name: person.pk for name, person in cast.people().items()},
            "strange": cast.fern.pk,
            "a_goal": factories.goal(cast.cleo, by=cast.tess).client_id,
            "nobody": "01980000-0000-7000-8000-00000000ff00",
        }
        self.apps: dict[str, App] = {}
        self.seconds: list[float] = []

    def app(self, name: str) -> App:
        if name not in self.apps:
            self.apps[name] = App()
            if name != "anonymous":
                assert self.apps[name].sign_in(getattr(self.cast, name)).status == 200
        return self.apps[name]

    def send(self, one: Input, *, entry: str | None = None) -> Answer:
        values = {**self.values, "new": entry or str(uuid.uuid4())}
        path = filled(one.address, values) + (f"?{one.query}" if one.query else "")
        if one.raw is not None:
            body = one.raw
        elif one.body is None:
            body = b""
        else:
            body = filled(json.dumps(one.body), values).encode()
        headers = dict(one.headers)
        content_type = headers.pop("Content-Type", "application/json")
        before = time.perf_counter()
        answer = self.app(one.by).raw(one.method, path, body, content_type, **headers)
        self.seconds.append(time.perf_counter() - before)
        return answer

    def is_slow(self, one: Input) -> bool:
        """Whether it takes long each time, and not only because the machine had something else to do."""
        if self.seconds[-1] <= LONGEST_SECONDS:
            return False
        for _ in range(2):
            self.send(one)
        self.seconds[-3:] = [min(self.seconds[-3:])]
        return self.seconds[-1] > LONGEST_SECONDS


def filled(text: str, values: Mapping[str, object]) -> str:
    """Text with what its placeholders stand for; <script> stands for itself."""
    return re.sub(r"<(\w+)>", lambda found: str(values.get(found[1], found[0])), text)


FRAMEWORKS = re.compile("This field|Ensure|Enter a valid|A valid|Not a|Expected|Object")
"""How the framework's own sentences begin; they name no field, and seldom what is allowed."""

SAID_IN_WORDS = frozenset({"required", "null", "blank", "empty", "client_too_new"})
"""Codes that say all there is: the field itself is what is allowed, or is not."""


def faults_of(one: Input, answer: Answer) -> Iterator[str]:
    """What is wrong with a refusal."""
    if answer.status != one.status:
        yield f"answered {answer.status}: {answer.content[:300]!r}"
        return
    if answer.code != one.code:
        yield f"code {answer.code!r}, not {one.code!r}"
    if answer.fields != one.names:
        yield f"names {answer.fields}, not {dict(one.names)}"
    if one.allowed is not None and one.allowed not in [error.get("allowed") for error in answer["errors"]]:
        yield f"allows {[error.get('allowed') for error in answer['errors']]}, not {one.allowed}"
    for said in (answer["detail"], *(error["detail"] for error in answer["errors"])):
        if not said or FRAMEWORKS.match(said):
            yield f"says {said!r}"


TABLES = """
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND has_table_privilege(c.oid, 'SELECT')
ORDER BY c.relname
"""

WRITTEN_BY_A_REFUSAL = frozenset({"clinic_auditevent", "django_session", "usersessions_usersession"})
"""That somebody was turned away, and that they are still there."""


@cache
def _fingerprint_query() -> str:
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        tables = [name for (name,) in cursor.fetchall() if name not in WRITTEN_BY_A_REFUSAL]
    each = (
        f"SELECT '{name}', count(*), sum(hashtextextended(t::text, 0)) FROM \"{name}\" t" for name in tables
    )
    return " UNION ALL ".join(each)


def written() -> set[tuple[Any, ...]]:
    """What stands in every table, told briefly."""
    with connection.cursor() as cursor:
        cursor.execute(_fingerprint_query())
        return set(cursor.fetchall())


# ---- the tests --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", FILES)
def test_bad_input_is_refused_by_its_field_and_writes_nothing(
    cast: Cast, name: str, say_at_the_end: Callable[[str], None]
) -> None:
    sender = Sender(cast)
    faults = [fault for place in corpus(name) for fault in faults_at(sender, place)]
    bad, odd = (sum(len(found) for found in kind) for kind in zip(*map(both, corpus(name)), strict=True))
    say_at_the_end(
        f"bad input, {name}: {bad} refused and {odd} kept at {len(corpus(name))} addresses,"
        f" {len(faults)} faults, the slowest {max(sender.seconds) * 1000:.0f} ms"
    )
    assert not faults, "\n".join(faults)


def both(place: Place) -> tuple[tuple[Input, ...], tuple[Input, ...]]:
    return place.bad, place.odd


def faults_at(sender: Sender, place: Place) -> Iterator[str]:
    """What is wrong with the answers at one address, each fault with the entry it is about."""
    for one in (place.good, *place.bad, *place.odd):
        if one is not None:
            sender.app(one.by)
    if place.good is not None:
        with undone():
            answer = sender.send(place.good)
        if answer.status >= 300:
            yield f"{place.good}: answered {answer.status}: {answer.content[:400]!r}"
    before = written()
    for one in place.bad:
        answer = sender.send(one)
        yield from (f"{one}: {fault}" for fault in faults_of(one, answer))
        if sender.is_slow(one):
            yield f"{one}: took {sender.seconds[-1]:.1f} s"
    changed = {table for table, *_ in before ^ written()}
    if changed:
        yield f"{place.bad[0].method} {place.bad[0].address}: wrote to {sorted(changed)}"
    for one in place.odd:
        with undone():
            yield from (f"{one}: {fault}" for fault in faults_of_kept(sender, one))


def faults_of_kept(sender: Sender, one: Input) -> Iterator[str]:
    """What is wrong with how something odd was kept: it is there as it was sent, and flagged."""
    entry = str(uuid.uuid4())
    answer = sender.send(one, entry=entry)
    if answer.status != 201:
        yield f"answered {answer.status}: {answer.content[:300]!r}"
        return
    missing = set(one.flags or ()) - set(answer.body.get("flags", ()))
    if missing:
        yield f"flagged {answer['flags']}, not {sorted(missing)}"
    again = sender.send(dataclasses.replace(one, method="GET", body=None), entry=entry)
    if again.status != 405 and again.body != answer.body:
        yield f"is not there as it was answered: {again.content[:300]!r}"
    for name, sent in one.body.items():
        if isinstance(sent, str) and not name.endswith("_at") and answer.body.get(name, sent) != sent:
            yield f"keeps {name} as {answer[name]!r}"


@contextlib.contextmanager
def undone() -> Iterator[None]:
    """What is written within is taken back."""
    point = transaction.savepoint()
    try:
        yield
    finally:
        transaction.savepoint_rollback(point)


def test_the_corpus_reaches_every_address_that_takes_a_body(say_at_the_end: Callable[[str], None]) -> None:
    told = [one for name in FILES for place in corpus(name) for found in both(place) for one in found]
    spoken_to = {f"{one.method} {re.sub(r'<[a-z_]+>', '<>', place)}" for one, place in _with_places()}
    described = {
        f"{method.upper()} {re.sub(r'{[a-z_]+}', '<>', path)}"
        for path, operations in description()["paths"].items()
        for method, operation in operations.items()
        if "requestBody" in operation
    }
    unreached = {one for one in described if not any(_is_at(one, place) for place in spoken_to)}
    say_at_the_end(f"bad input: {len(told)} entries, {len(described)} addresses that take a body")
    assert unreached == set()
    assert len(told) >= FEWEST


def _with_places() -> Iterator[tuple[Input, str]]:
    for name in FILES:
        for place in corpus(name):
            yield from ((one, one.address) for one in place.bad)


def _is_at(described: str, told: str) -> bool:
    """Whether an address as the corpus tells it is one of the description's, codes filled in."""
    return re.fullmatch(re.escape(described).replace("<>", "[^/]+"), told) is not None
