"""A phone in somebody's hand."""

from __future__ import annotations

import datetime as dt
import time
import uuid
from pathlib import Path
from typing import Any, ClassVar

from clinic.models import Child, User
from littlefoot_client import Disk, Operation, Phone, Unreachable
from tests.cast import PASSWORD
from tests.tracking.devices.channel import Channel, name_of
from tests.tracking.devices.server import Call, Server


class Device:
    """A phone in somebody's hand, whose clock may be years off."""

    tokens: ClassVar[dict[str, str]] = {}
    """The refresh token of each phone, from one example to the next."""

    def __init__(self, name: str, user: User, server: Server, delayed: list[Call], folder: Path) -> None:
        self.name = name
        self.path = folder / f"{name}.db"
        self.channel = Channel(user.name, server, delayed)
        self.clock_is_ahead = dt.timedelta()
        self.logged: dict[tuple[uuid.UUID, str, uuid.UUID], list[dict[str, Any]]] = {}
        self.promised: dict[int, Operation] = {}
        self.start()
        if name in self.tokens:
            self.phone.disk.remember("refresh_token", self.tokens[name])
        else:
            self.phone.sign_in(str(user.email), PASSWORD)

    def start(self) -> None:
        self.phone = Phone(Disk(self.path), self.channel, clock=self.now)

    def now(self) -> dt.datetime:
        return dt.datetime.fromtimestamp(time.time(), dt.UTC) + self.clock_is_ahead

    def restart(self) -> None:
        self.phone.disk.close()
        self.start()

    def stop(self) -> None:
        token = self.phone.disk.recall("refresh_token")
        assert token is not None
        self.tokens[self.name] = token
        self.phone.disk.close()

    def put(self, kind: str, child: Child, thing: uuid.UUID, body: dict[str, Any]) -> None:
        self.logged.setdefault((child.pk, kind, thing), []).append(body)
        self.phone.put(kind, child.pk, thing, body)
        self.note()

    def note(self) -> None:
        """What the phone has promised to send; its file is not asked whether it remembers."""
        self.promised |= {one.number: one for one in self.phone.disk.queue()}

    def unaccounted(self) -> list[Operation]:
        """What has left the queue without an answer that says what became of it."""
        queued = {one.number for one in self.phone.disk.queue()}
        self.promised, gone = (
            {number: one for number, one in self.promised.items() if (number in queued) is is_queued}
            for is_queued in (True, False)
        )
        return [one for one in gone.values() if name_of(self.phone._told(one)) not in self.channel.heard]

    def sync(self) -> bool:
        """Whether it got to its end."""
        try:
            self.phone.sync()
        except Unreachable:
            return False
        return True
