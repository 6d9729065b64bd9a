"""A phone in somebody's hand."""

from __future__ import annotations

import datetime as dt
import time
import uuid
from collections.abc import Sequence
from pathlib import Path
from typing import Any, ClassVar

from clinic.models import Child, User
from littlefoot_client import Disk, Phone, Unreachable
from tests.cast import PASSWORD
from tests.tracking.devices.channel import Channel
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

    def sync(self, fates: Sequence[str] = ()) -> bool:
        """Whether it got to its end."""
        self.channel.fates[:] = fates
        try:
            self.phone.sync()
        except Unreachable:
            return False
        return True

    def acknowledged(self) -> set[tuple[uuid.UUID, str, uuid.UUID]]:
        return set(self.logged) - {one.thing for one in self.phone.disk.queue()}
