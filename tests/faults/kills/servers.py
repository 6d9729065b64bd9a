"""The servers that are killed, and started again."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from config.embedded.postgres import Passwords, Postgres
from config.embedded.processes import give, service_account
from config.embedded.programs import find_postgres
from littlefoot_client import Answer, Unreachable, over_http
from tests.processes import Running, running_web, wait_until

WEB, POSTGRES = "web", "PostgreSQL"


@contextlib.contextmanager
def another_postgres(*, forgets: bool) -> Iterator[Postgres]:
    """A server with everything this run's has; `forgets`: it says "committed" before that is on the disk."""
    account = service_account()
    with tempfile.TemporaryDirectory(prefix="littlefoot-kills-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        for part in ("sockets", "logs"):
            (folder / part).mkdir(mode=0o700)
            give(folder / part, account)
        server = Postgres(
            programs=find_postgres(account),
            data=folder / "postgres",
            sockets=folder / "sockets",
            log=folder / "logs" / "postgres.log",
            passwords=Passwords(),
            account=account,
        )
        server.initialize()
        server.start()
        try:
            server.prepare()
            programs = server.programs.folder
            dumped = subprocess.run(
                [programs / "pg_dump", os.environ["LITTLEFOOT_TEST_SUPERUSER_URL"]],
                capture_output=True,
                check=True,
            )
            subprocess.run(
                [programs / "psql", "--quiet", "--set", "ON_ERROR_STOP=1", server.superuser_url],
                input=dumped.stdout,
                capture_output=True,
                check=True,
            )
            if forgets:
                with psycopg.connect(server.superuser_url, autocommit=True) as connection:
                    connection.execute("ALTER SYSTEM SET synchronous_commit = off")
                    connection.execute("SELECT pg_reload_conf()")
                    (writer,) = connection.execute(
                        "SELECT pid FROM pg_stat_activity WHERE backend_type = 'walwriter'"
                    ).fetchone() or (0,)
                os.kill(writer, signal.SIGSTOP)
            yield server
        finally:
            server.stop(hurry=True)


def kill(server: Postgres) -> None:
    """SIGKILL to all of it at one moment: nothing of it may still finish what it was at."""
    postmaster = server.child
    assert postmaster is not None
    postmaster.send_signal(signal.SIGSTOP)  # it starts nobody anew
    wait_until(lambda: _state(postmaster.pid) == "T", what="PostgreSQL stands still")
    started = Path(f"/proc/{postmaster.pid}/task/{postmaster.pid}/children").read_text().split()
    for pid in (*map(int, started), postmaster.pid):
        os.kill(pid, signal.SIGKILL)
    postmaster.wait()
    wait_until(lambda: all(_state(int(pid)) in ("", "Z") for pid in started), what="PostgreSQL is gone")


def _state(pid: int) -> str:
    """The letter Linux has for what a process is doing, empty for one that is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return ""


def has_crashed(server: Postgres) -> bool:
    """Whether its next start will have to recover; asked while it does not run."""
    told = subprocess.run(
        [server.programs.folder / "pg_controldata", server.data],
        capture_output=True,
        text=True,
        check=True,
        env={"LC_ALL": "C"},
    ).stdout
    return "in production" in next(line for line in told.splitlines() if "cluster state" in line)


@dataclass
class Servers:
    """Web and PostgreSQL, each started again after it was killed."""

    postgres: Postgres
    lives: contextlib.ExitStack
    web: Running = field(init=False)

    def __post_init__(self) -> None:
        self.start_web()

    def start_web(self) -> None:
        self.web = self.lives.enter_context(
            running_web(
                workers=2,
                DATABASE_URL=self.postgres.app_url,
                CONN_MAX_AGE="60",
                API_REQUESTS_PER_MINUTE="1000000",
            )
        )

    def kill(self, what: str) -> float:
        """Kill one and start it again; the seconds until web answered for both."""
        began = time.monotonic()
        if what == WEB:
            self.web.kill()
            self.start_web()
        else:
            kill(self.postgres)
            assert has_crashed(self.postgres)
            self.postgres.start()
            ask = over_http(self.web.url, seconds=5)
            wait_until(lambda: _is_ready(ask), what="web has found the new PostgreSQL")
        return time.monotonic() - began


def _is_ready(ask: Callable[..., Answer]) -> bool:
    try:
        return ask("GET", "/readyz", headers={}, body=None).status == 200
    except Unreachable:
        return False
