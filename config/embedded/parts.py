"""Supervised processes of the product: restarted when they die, ended together."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from signal import Signals

from config.embedded.place import CHECKOUT, Place
from config.embedded.postgres import tail
from config.embedded.processes import Account, CannotStart, end, spawn
from config.embedded.terminal import say

_OFTEN = 5
_OFTEN_SECONDS = 60.0


@dataclass
class Part:
    """One process: its command, what it is sent when we die, and how it is asked to end."""

    name: str
    command: Sequence[str | Path]
    death_signal: Signals
    ending: Sequence[tuple[Signals, float]]
    child: subprocess.Popen[bytes] | None = None
    deaths: list[float] = field(default_factory=list)

    @property
    def is_alive(self) -> bool:
        return self.child is not None and self.child.poll() is None


class Parts:
    """Those that run."""

    def __init__(self, place: Place, *, account: Account | None) -> None:
        self.place = place
        self.account = account
        self._parts: list[Part] = []

    def __contains__(self, name: str) -> bool:
        return any(part.name == name for part in self._parts)

    def begin(self, part: Part, *, env: Mapping[str, str], keep: Sequence[int]) -> None:
        """Start a part; `keep` are the open files it inherits."""
        with self.place.log(part.name).open("ab") as log:
            part.child = spawn(
                part.command,
                env=env,
                cwd=CHECKOUT,
                account=self.account,
                death_signal=part.death_signal,
                output=log,
                keep=keep,
            )
        if part not in self._parts:
            self._parts.append(part)

    def look_after(self, *, env: Mapping[str, str], keep: Sequence[int]) -> None:
        """Start again what died; raises CannotStart for a part that dies again and again."""
        for part in self._parts:
            if part.child is None or part.is_alive:
                continue
            now = time.monotonic()
            part.deaths = [at for at in part.deaths if now - at < _OFTEN_SECONDS] + [now]
            end(part.child, steps=[])
            log = tail(self.place.log(part.name))
            if len(part.deaths) >= _OFTEN:
                raise CannotStart(f"{part.name} stopped {_OFTEN} times within a minute.\n{log}")
            say(f"\n  {part.name} stopped (exit {part.child.returncode}); starting it again.\n{log}")
            self.begin(part, env=env, keep=keep)

    def stop(self, *, hurried: Callable[[], bool]) -> None:
        """Ask all to end, wait, ask more firmly, and end what is left with all of its children."""
        for rank in range(max((len(part.ending) for part in self._parts), default=0)):
            until = 0.0
            for part in reversed(self._parts):
                if part.is_alive and part.child is not None and rank < len(part.ending):
                    sent, seconds = part.ending[rank]
                    part.child.send_signal(sent)
                    until = max(until, time.monotonic() + seconds)
            while any(part.is_alive for part in self._parts) and time.monotonic() < until and not hurried():
                time.sleep(0.05)
        for part in reversed(self._parts):
            if part.child is not None:
                end(part.child, steps=[])
        self._parts.clear()
