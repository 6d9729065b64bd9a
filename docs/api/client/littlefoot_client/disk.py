"""What a phone keeps over restarts: the queue of what is to be sent, and a mirror of the server's record.

One file. Whatever belongs together is written in one transaction: an answer is stored before the operation
it answers leaves the queue, and a cursor together with the changes it stands behind.
"""

from __future__ import annotations

import contextlib
import json
import sqlite3
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TABLES = """
CREATE TABLE IF NOT EXISTS kept (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS queue (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    do TEXT NOT NULL, kind TEXT NOT NULL, child TEXT NOT NULL, id TEXT NOT NULL,
    body TEXT NOT NULL, base INTEGER, was_sent INTEGER NOT NULL DEFAULT 0, problem TEXT
);
CREATE TABLE IF NOT EXISTS mirror (
    child TEXT NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL,
    revision INTEGER NOT NULL, body TEXT, PRIMARY KEY (child, kind, id)
);
CREATE TABLE IF NOT EXISTS fetched (child TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS stale (child TEXT NOT NULL, kind TEXT NOT NULL, PRIMARY KEY (child, kind));
"""


@dataclass(frozen=True, slots=True)
class Operation:
    """Something to be done at the server. `base` is the revision it changes, None for what is new.

    `was_sent`: it may have arrived, so its body stays as it is. `problem`: why the server refused it; it
    stays here until somebody has mended or forgotten it.
    """

    number: int
    do: str
    kind: str
    child: uuid.UUID
    id: uuid.UUID
    body: dict[str, Any]
    base: int | None
    was_sent: bool
    problem: dict[str, Any] | None

    @property
    def thing(self) -> tuple[uuid.UUID, str, uuid.UUID]:
        return self.child, self.kind, self.id


@dataclass(frozen=True, slots=True)
class Thing:
    """An entry or message as the server has it. `body` is None once it was withdrawn."""

    child: uuid.UUID
    kind: str
    id: uuid.UUID
    revision: int
    body: dict[str, Any] | None


class Disk:
    """The phone's file; `:memory:` for one that forgets."""

    def __init__(self, path: Path | str) -> None:
        self._file = sqlite3.connect(path, isolation_level=None)
        self._file.executescript(TABLES)

    def close(self) -> None:
        self._file.close()

    @contextlib.contextmanager
    def together(self) -> Iterator[None]:
        """All of the block's writes, or none of them."""
        self._file.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._file.execute("ROLLBACK")
            raise
        self._file.execute("COMMIT")

    # ---- single values ------------------------------------------------------------------------------------

    def recall(self, name: str) -> str | None:
        row = self._file.execute("SELECT value FROM kept WHERE name = ?", [name]).fetchone()
        return row and str(row[0])

    def remember(self, name: str, value: str | None) -> None:
        self._file.execute("DELETE FROM kept WHERE name = ?", [name])
        if value is not None:
            self._file.execute("INSERT INTO kept VALUES (?, ?)", [name, value])

    # ---- the queue ----------------------------------------------------------------------------------------

    def queue(self) -> list[Operation]:
        """Everything not yet done, oldest first."""
        rows = self._file.execute(
            "SELECT number, do, kind, child, id, body, base, was_sent, problem FROM queue ORDER BY number"
        )
        return [
            Operation(
                number,
                do,
                kind,
                uuid.UUID(child),
                uuid.UUID(thing),
                json.loads(body),
                base,
                bool(was_sent),
                problem and json.loads(problem),
            )
            for number, do, kind, child, thing, body, base, was_sent, problem in rows
        ]

    def enqueue(
        self, do: str, kind: str, child: uuid.UUID, thing: uuid.UUID, body: dict[str, Any], base: int | None
    ) -> None:
        self._file.execute(
            "INSERT INTO queue (do, kind, child, id, body, base) VALUES (?, ?, ?, ?, ?, ?)",
            [do, kind, str(child), str(thing), json.dumps(body), base],
        )

    def rewrite(self, number: int, body: dict[str, Any]) -> None:
        """Say something else by an operation that was never sent, or was refused."""
        self._file.execute(
            "UPDATE queue SET body = ?, problem = NULL WHERE number = ?", [json.dumps(body), number]
        )

    def mark_sent(self, numbers: Iterable[int]) -> None:
        self._file.executemany("UPDATE queue SET was_sent = 1 WHERE number = ?", [[one] for one in numbers])

    def base_on(self, operation: Operation, revision: int) -> None:
        """Tell what was queued behind an operation which revision that one has become."""
        self._file.execute(
            "UPDATE queue SET base = ? WHERE base IS NULL AND was_sent = 0 AND number > ?"
            " AND child = ? AND kind = ? AND id = ?",
            [revision, operation.number, str(operation.child), operation.kind, str(operation.id)],
        )

    def refuse(self, number: int, problem: dict[str, Any]) -> None:
        self._file.execute("UPDATE queue SET problem = ? WHERE number = ?", [json.dumps(problem), number])

    def dequeue(self, number: int) -> None:
        self._file.execute("DELETE FROM queue WHERE number = ?", [number])

    # ---- the mirror ---------------------------------------------------------------------------------------

    def things(self, child: uuid.UUID, kind: str) -> list[Thing]:
        """What counts of one kind, in the order of its ids."""
        rows = self._file.execute(
            "SELECT id, revision, body FROM mirror"
            " WHERE child = ? AND kind = ? AND body IS NOT NULL ORDER BY id",
            [str(child), kind],
        )
        return [
            Thing(child, kind, uuid.UUID(thing), revision, json.loads(body)) for thing, revision, body in rows
        ]

    def revision_of(self, child: uuid.UUID, kind: str, thing: uuid.UUID) -> int | None:
        """Of what is mirrored, withdrawn or not."""
        row = self._file.execute(
            "SELECT revision FROM mirror WHERE child = ? AND kind = ? AND id = ?",
            [str(child), kind, str(thing)],
        ).fetchone()
        return row and int(row[0])

    def children(self) -> list[uuid.UUID]:
        """Of whom the feed tells, also where nothing was logged yet, or anything is mirrored."""
        rows = self._file.execute("SELECT child FROM fetched UNION SELECT child FROM mirror ORDER BY child")
        return [uuid.UUID(child) for (child,) in rows]

    def mirror(self, thing: Thing) -> None:
        """Keep what the server says of a thing, unless a later revision is here already: an operation that is
        sent again is answered with what it became the first time.
        """
        body = None if thing.body is None else json.dumps(thing.body)
        self._file.execute(
            "INSERT INTO mirror VALUES (?, ?, ?, ?, ?) ON CONFLICT (child, kind, id) DO UPDATE"
            " SET revision = excluded.revision, body = excluded.body"
            " WHERE excluded.revision >= mirror.revision",
            [str(thing.child), thing.kind, str(thing.id), thing.revision, body],
        )

    def forget_child(self, child: uuid.UUID) -> None:
        """Of the mirror; what waits in the queue is still to be sent."""
        self._file.execute("DELETE FROM mirror WHERE child = ?", [str(child)])
        self._file.execute("DELETE FROM stale WHERE child = ?", [str(child)])
        self._file.execute("DELETE FROM fetched WHERE child = ?", [str(child)])

    def mark_fetched(self, child: uuid.UUID) -> None:
        """From now on the feed tells of this child."""
        self._file.execute("INSERT OR IGNORE INTO fetched VALUES (?)", [str(child)])

    def unfetched(self) -> list[uuid.UUID]:
        """Children of whom there is only what was sent from here."""
        rows = self._file.execute(
            "SELECT DISTINCT child FROM mirror WHERE child NOT IN (SELECT child FROM fetched) ORDER BY child"
        )
        return [uuid.UUID(child) for (child,) in rows]

    def forget_fetched(self) -> None:
        """The feed begins anew."""
        self._file.execute("DELETE FROM fetched")

    # ---- lists to fetch again -----------------------------------------------------------------------------

    def mark_stale(self, child: uuid.UUID, kind: str) -> None:
        self._file.execute("INSERT OR IGNORE INTO stale VALUES (?, ?)", [str(child), kind])

    def take_stale(self) -> list[tuple[uuid.UUID, str]]:
        """Children and the kinds of theirs that an app has to fetch again; told once."""
        rows = self._file.execute("DELETE FROM stale RETURNING child, kind").fetchall()
        return sorted((uuid.UUID(child), kind) for child, kind in rows)
