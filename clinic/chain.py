"""The seals of the audit: each row's hash carries the hash of the row before it (docs/audit-chain.md).

A chain is all audit rows of one clinic in the order in which they were sealed. The hash of a row is the
SHA-256 of a text that an outsider can write with any tool: the words `littlefoot audit 1`, the hash before
it, and every column, each as a netstring (`<bytes>:<text>,`), an absent one as `-,`.

How a row is written never changes. A new column makes the next version, for rows sealed from then on.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum, unique

VERSION = 1
BEGINNING = "0" * 64
"""What stands before the first row."""

COLUMNS = (
    "id",
    "clinic_id",
    "at",
    "hour",
    "actor_id",
    "code",
    "child_id",
    "subject_kind",
    "subject_id",
    "detail",
    "written_in",
)
"""Every column of an audit row, in the order in which version 1 writes them."""


@dataclass(frozen=True, slots=True)
class Row:
    """An audit row as it is sealed. `written_in` is the transaction that wrote it."""

    id: uuid.UUID
    clinic_id: uuid.UUID | None
    at: dt.datetime
    hour: dt.datetime | None
    actor_id: uuid.UUID | None
    code: str
    child_id: uuid.UUID | None
    subject_kind: str
    subject_id: uuid.UUID | None
    detail: str
    written_in: int


@dataclass(frozen=True, slots=True)
class Link:
    """One place of a chain: what its seal says, and the row it seals; None where that row is gone."""

    position: int
    digest: str
    row_id: uuid.UUID
    row: Row | None


@dataclass(frozen=True, slots=True)
class Head:
    """How far a chain had come at some time: its last position (0: nothing yet) and the hash there."""

    position: int
    digest: str


@unique
class Fault(StrEnum):
    """What is wrong with a chain, at a position."""

    EDITED = "edited"
    """The row is not what was sealed, or what stood before it is gone."""
    DELETED = "deleted"
    """The row, its seal or both are gone."""
    INSERTED = "inserted"
    """The row was put there after its neighbors were sealed."""
    RECHAINED = "rechained"
    """The chain is whole and not the one whose head was kept: it was written anew."""
    CUT = "cut"
    """The chain ends before the head that was kept."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault, where it is, and the row there; None where none is left to name."""

    fault: Fault
    position: int
    row_id: uuid.UUID | None = None


def digest(row: Row, before: str) -> str:
    """The hash (64 hex digits) of a row that follows one with the hash `before`."""
    return hashlib.sha256(written(row, before)).hexdigest()


def written(row: Row, before: str) -> bytes:
    """The text that is hashed."""
    told = [f"littlefoot audit {VERSION}", before, *(text_of(getattr(row, column)) for column in COLUMNS)]
    return b"".join(_netstring(one) for one in told)


def text_of(value: object) -> str | None:
    """A column as it is hashed: an instant in UTC with six digits of a second; None where it is empty."""
    match value:
        case None:
            return None
        case dt.datetime():
            return value.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return str(value)


def _netstring(text: str | None) -> bytes:
    if text is None:
        return b"-,"
    told = text.encode()
    return b"%d:%b," % (len(told), told)


def faults(links: Iterable[Link], *, kept: Iterable[Head] = ()) -> Iterator[Finding]:
    """What is wrong with a chain, in the order of its positions; nothing: it is whole.

    `links` come by position, each once. `kept` are heads that were exported earlier: without one, a chain
    that was written anew from some row on to its end is whole.
    """
    asked = {head.position: head.digest for head in kept if head.position}
    before, before_that, last, doubted = BEGINNING, None, None, None
    for link in links:
        reached = last.position if last else 0
        found = None
        if link.row is None:
            found = Finding(Fault.DELETED, link.position, link.row_id)
        elif digest(link.row, before) != link.digest:
            if last and before_that and digest(link.row, before_that) == link.digest:
                doubted = Finding(Fault.INSERTED, reached, last.row_id)
            elif link.position == reached + 1:
                found = Finding(Fault.EDITED, link.position, link.row_id)
        if doubted:
            yield doubted
        yield from (Finding(Fault.DELETED, gone) for gone in range(reached + 1, link.position))
        if asked.get(link.position, link.digest) != link.digest:
            yield Finding(Fault.RECHAINED, link.position, link.row_id)
        before, before_that, last, doubted = link.digest, before, link, found
    if doubted:
        yield doubted
    reached = last.position if last else 0
    yield from (Finding(Fault.CUT, position) for position in sorted(asked) if position > reached)
