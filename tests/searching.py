"""Planted words, searched for in whatever a run of the tests lets out besides answers to requests.

Every test is watched (tests/conftest.py): what is logged, as the product writes it; letters; messages to the
broker. Real processes and mail servers of tests (tests/processes.py) are searched as they end, PostgreSQL's
own log and what is left in the broker when the run ends. Answers are searched cell by cell (tests/matrix.py).
"""

from __future__ import annotations

import contextlib
import logging
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from celery.signals import before_task_publish
from django.conf import settings
from django.core import mail
from kombu.utils import json
from redis import Redis

from config.logs import JsonFormatter
from tests.outlets import words_in


class Keeper(logging.Handler):
    """Keeps what the product's own formatter makes of everything that is logged."""

    def __init__(self) -> None:
        super().__init__()
        self.setFormatter(JsonFormatter())
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if _watching[-1].logged is self:
            self.lines.append(self.format(record))


@dataclass
class Watch:
    """What left while somebody watched."""

    logged: Keeper = field(default_factory=Keeper)
    messages: list[str] = field(default_factory=list)

    def leaks(self) -> list[str]:
        """One sentence for each way out by which words went."""
        letters = [sent.message() for sent in getattr(mail, "outbox", [])]
        told = {
            "the log": words_in("\n".join(self.logged.lines)),
            "a message to the broker": words_in(*self.messages),
            "a letter": in_letters(letters),
        }
        return [f"{way} says {' '.join(sorted(words))}" for way, words in told.items() if words]


_watching: list[Watch] = []


@contextlib.contextmanager
def watched() -> Iterator[Watch]:
    """Keep what leaves in the meantime; whoever watches inside keeps it from whoever watches outside."""
    watch = Watch()
    _watching.append(watch)
    logging.getLogger().addHandler(watch.logged)
    try:
        yield watch
    finally:
        logging.getLogger().removeHandler(watch.logged)
        _watching.remove(watch)


def _keep(body: Any, headers: dict[str, Any], **_: Any) -> None:
    if _watching:
        _watching[-1].messages.append(json.dumps([body, headers]))


before_task_publish.connect(_keep)


def in_letters(letters: Iterable[EmailMessage]) -> frozenset[str]:
    """Words in letters, but for the address that each goes to."""
    found: set[str] = set()
    for letter in letters:
        found |= words_in(letter.as_bytes()) - words_in(str(letter["To"]))
    return frozenset(found)


def left_behind() -> list[str]:
    """What the servers of a run are left with, one sentence for each leak."""
    told = {
        "PostgreSQL's log": in_file(postgres_log()),
        "the broker": in_broker(settings.CACHES["default"]["LOCATION"]),
    }
    return [f"{where} says {' '.join(sorted(words))}" for where, words in told.items() if words]


def postgres_log() -> Path:
    """The log of this run's server (config.embedded.pytest_plugin)."""
    return Path(os.environ["LITTLEFOOT_TEST_POSTGRES_LOG"])


READ = {
    b"string": ["GET"],
    b"list": ["LRANGE", 0, -1],
    b"hash": ["HGETALL"],
    b"set": ["SMEMBERS"],
    b"zset": ["ZRANGE", 0, -1],
}
"""How what a key holds is read, by its kind."""


def in_broker(url: str) -> frozenset[str]:
    """Words in anything a Redis server holds: messages, the cache, names of keys."""
    found: set[str] = set()
    with Redis.from_url(url) as server:
        for key in server.scan_iter():
            verb, *which = READ[server.type(key)]
            found |= words_in(key, repr(server.execute_command(verb, key, *which)))
    return frozenset(found)


def in_file(log: Path) -> frozenset[str]:
    """Words in a log file; a line is read at a time, for it may be long."""
    with log.open("rb") as lines:
        return frozenset().union(*(words_in(line) for line in lines))
