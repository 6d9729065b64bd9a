"""Eight writers and two readers of the change feed, for a while: what the test and the proof share."""

from __future__ import annotations

import random
import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import transaction

from clinic import rls
from clinic.models import Child, User
from tests import factories
from tests.clinic.sealing import in_threads
from tests.clinic.writing_and_sealing import Undone
from tracking.models import Change
from tracking.readings.changes import Cursor, page_of_changes

WRITERS = 8


@dataclass(slots=True)
class Fed:
    """What was committed, and what each reader came to know of it."""

    written: set[uuid.UUID]
    undone_count: int
    read: set[uuid.UUID]
    read_by_sequence: set[uuid.UUID]

    @property
    def missed(self) -> int:
        return len(self.written - self.read)

    @property
    def missed_by_sequence(self) -> int:
        return len(self.written - self.read_by_sequence)

    def __str__(self) -> str:
        share = self.missed_by_sequence / max(1, len(self.written))
        return (
            f"{len(self.written)} written, {self.undone_count} undone; the feed missed {self.missed},"
            f" a cursor by sequence {self.missed_by_sequence} ({share:.1%})"
        )


@dataclass(slots=True)
class Evening:
    """Everybody at once, until the time is over."""

    by: User
    child: Child
    until: float
    fed: Fed
    is_over: bool = False

    def writing(self, number: int) -> Callable[[], None]:
        """A writer: transactions of varied length, some of them undone."""
        chance = random.Random(number)

        def write() -> None:
            while time.monotonic() < self.until:
                made: set[uuid.UUID] = set()
                try:
                    with rls.acting_as(self.by, system="seeding"), transaction.atomic():
                        for _ in range(chance.randint(1, 3)):
                            made.add(factories.observation(self.child, by=self.by).client_id)
                            time.sleep(chance.choice((0, 0, 0.002, 0.02, 0.1)))
                        Undone.now_and_then(chance)
                except Undone:
                    self.fed.undone_count += 1
                else:
                    self.fed.written |= made

        return write

    def write_all(self) -> None:
        try:
            in_threads(*(self.writing(number) for number in range(WRITERS)))
        finally:
            self.is_over = True

    def read_feed(self) -> None:
        cursor: Cursor | None = None
        chance = random.Random("reader")
        for is_last in self.looks():
            has_more = True
            while has_more:
                with rls.acting_as(self.by), transaction.atomic():
                    page = page_of_changes(self.by, since=cursor, limit=chance.randint(1, 100), now=rls.now())
                cursor, has_more = page.cursor, page.has_more and is_last
                self.fed.read |= {one.thing for one in page.changes if one.thing is not None}

    def read_by_sequence(self) -> None:
        """As everybody would read it first: by the number that each change was given."""
        last = 0
        for _ in self.looks():
            with rls.acting_as(self.by), transaction.atomic():
                rows = list(Change.objects.filter(child=self.child, place__gt=last).order_by("place"))
            self.fed.read_by_sequence |= {row.thing for row in rows}
            last = rows[-1].place if rows else last

    def looks(self) -> Iterator[bool]:
        """Whether it is the last look, every few milliseconds until it was."""
        while not self.is_over:
            yield False
            time.sleep(0.003)
        yield True


def write_and_read(by: User, child: Child, *, seconds: float) -> Fed:
    evening = Evening(by, child, time.monotonic() + seconds, Fed(set(), 0, set(), set()))
    in_threads(evening.write_all, evening.read_feed, evening.read_by_sequence)
    return evening.fed
