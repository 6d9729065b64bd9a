"""Channels for messages to people: one small module each, behind this interface.

A channel is opened for a batch and sends one message at a time. It returns the provider's answer as a code
that names nobody, and never raises because of a provider or the network.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import TracebackType
from typing import Protocol, Self


class Result(StrEnum):
    ACCEPTED = "accepted"
    """The provider took it."""
    REFUSED = "refused"
    """It will never take this one."""
    LATER = "later"
    """It may take this one later, or took it and could not say so: the same key goes out again."""
    UNREACHABLE = "unreachable"
    """It takes nothing from anybody now."""
    UNCERTAIN = "uncertain"
    """It may have taken it, and cannot tell a repetition: never tried again, and ends as `unknown`."""


@dataclass(frozen=True, slots=True)
class Answer:
    """`code` is the provider's, like `smtp_250`; `wait` is how long it asked us to wait."""

    result: Result
    code: str
    wait: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """What is to be said to whom; the words are each channel's. Carries no name of anybody.

    `child_ids`, one or more, make the address of the page it opens, which asks who is there. `kinds` says
    what it tells of: `ReminderKind` or `NoticeKind` codes, one for each thing. After `expires_at` it helps
    nobody. `address` is empty where the channel itself knows how `recipient_id` is reached.
    """

    key: uuid.UUID
    recipient_id: uuid.UUID
    child_ids: tuple[uuid.UUID, ...]
    address: str
    locale: str
    is_to_staff: bool
    is_tonight: bool
    kinds: tuple[str, ...]
    expires_at: datetime


class Channel(Protocol):
    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None: ...

    def send(self, letter: Letter) -> Answer: ...
