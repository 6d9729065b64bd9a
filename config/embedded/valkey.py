"""An embedded broker: Valkey on a unix socket, with persistence."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from config.embedded.postgres import tail
from config.embedded.processes import Account, CannotStart, end, spawn


class Valkey:
    """One server on one socket; with `throw_away` it writes nothing down."""

    def __init__(
        self,
        *,
        program: Path,
        data: Path,
        socket_path: Path,
        log: Path,
        account: Account | None,
        throw_away: bool = False,
        keep: Sequence[int] = (),
    ) -> None:
        self.program = program
        self.data = data
        self.socket_path = socket_path
        self.log = log
        self.account = account
        self.throw_away = throw_away
        self.keep = keep
        self.child: subprocess.Popen[bytes] | None = None

    def url(self, number: int = 0) -> str:
        """Kombu's spelling of the address; `number` is one of 16 separate databases."""
        return f"redis+socket://{self.socket_path}?virtual_host={number}"

    def start(self, *, seconds: float = 30) -> None:
        """Start the server and wait until it answers."""
        self.socket_path.unlink(missing_ok=True)
        options = {
            "port": "0",
            "unixsocket": str(self.socket_path),
            "unixsocketperm": "700",
            "dir": str(self.data),
            "appendonly": "no" if self.throw_away else "yes",
            "save": "",
            "maxmemory-policy": "noeviction",
            "daemonize": "no",
        }
        arguments = [part for name, value in options.items() for part in (f"--{name}", value)]
        with self.log.open("ab") as log:
            self.child = spawn(
                [self.program, *arguments],
                env={"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LANG": "C.UTF-8"},
                cwd=self.data,
                account=self.account,
                death_signal=signal.SIGTERM,
                output=log,
                keep=self.keep,
            )
        until = time.monotonic() + seconds
        while not self._answers():
            if self.child.poll() is not None:
                raise CannotStart(f"The broker stopped while starting.\n{tail(self.log)}")
            if time.monotonic() > until:
                raise CannotStart(f"The broker does not answer after {seconds:.0f} s.\n{tail(self.log)}")
            time.sleep(0.02)

    def stop(self, *, hurry: bool = False) -> None:
        """Stop the server; what it was told is on disk (unless thrown away)."""
        if self.child is not None:
            end(self.child, steps=[(signal.SIGTERM, 5)], hurry=hurry and self.throw_away)
            self.child = None

    def _answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as asker:
            asker.settimeout(1)
            try:
                asker.connect(str(self.socket_path))
                asker.sendall(b"PING\r\n")
                return asker.recv(16).startswith(b"+PONG")
            except OSError:
                return False
