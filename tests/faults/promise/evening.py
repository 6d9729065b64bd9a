"""Worker, beat, broker and PostgreSQL of an evening, each started again whenever it is gone."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import signal
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from aiosmtpd.smtp import Envelope

from config.embedded.postgres import Postgres
from config.embedded.processes import give, service_account
from config.embedded.programs import find_valkey
from config.embedded.valkey import Valkey
from tests import processes
from tests.faults.kills import servers
from tests.faults.kills.servers import another_postgres
from tests.processes import Mailbox, Running, running_beat, running_worker

WORKER, BEAT, BROKER, POSTGRES, STALL = "worker", "beat", "broker", "PostgreSQL", "stalled worker"
VICTIMS = (WORKER, BEAT, BROKER, POSTGRES, STALL)

SLOW = 4.0
"""Seconds without anything sent after which what is left is taken to be leased to the dead."""

LEASE_AND_A_BIT = dt.timedelta(seconds=61)
"""Time that passes over each fault, on the product's clock: what the dead had leased is free again."""


@contextlib.contextmanager
def another_broker() -> Iterator[Valkey]:
    """A broker that forgets everything when it is killed."""
    account = service_account()
    with tempfile.TemporaryDirectory(prefix="littlefoot-broker-") as name:
        folder = Path(name)
        folder.chmod(0o711)
        for part in ("data", "sockets", "logs"):
            (folder / part).mkdir(mode=0o700)
            give(folder / part, account)
        broker = Valkey(
            program=find_valkey(account),
            data=folder / "data",
            socket_path=folder / "sockets" / "valkey",
            log=folder / "logs" / "valkey.log",
            account=account,
            throw_away=True,
        )
        broker.start()
        try:
            yield broker
        finally:
            broker.stop(hurry=True)


def kill_broker(broker: Valkey) -> None:
    assert broker.child is not None
    broker.child.kill()
    broker.child.wait()


@dataclass
class Evening:
    """The parts that send reminders, on the run's servers or on some of their own, which may be killed."""

    mailbox: Mailbox
    lives: contextlib.ExitStack
    environment: dict[str, str]
    database: str
    postgres: Postgres | None = None
    broker: Valkey | None = None
    workers: list[Running] = field(default_factory=list)
    beats: list[Running] = field(default_factory=list)
    interrupted: Counter[str] = field(default_factory=Counter)
    restarts: int = 0
    """How often a process had ended and was started again."""
    stranded: int = 0
    """How often each process may have been in the middle of a letter that went out once more."""
    is_next_letter_deadly: bool = False

    # ---- looking ---------------------------------------------------------------------------------------

    def ask(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """Rows of the database, whoever they belong to."""
        with psycopg.connect(self.database, autocommit=True) as connection:
            return connection.execute(query.encode(), values or None).fetchall()

    def do(self, statement: str, *values: Any) -> None:
        with psycopg.connect(self.database, autocommit=True) as connection:
            connection.execute("SELECT set_config('littlefoot.system', 'seeding', false)")
            connection.execute(statement.encode(), values or None)

    def pass_time(self, duration: dt.timedelta) -> None:
        self.stranded += 1
        self.do("UPDATE littlefoot_test_clock SET ahead = ahead + %s", duration)

    @property
    def still_open(self) -> int:
        ((count,),) = self.ask(
            "SELECT count(*) FROM tracking_reminderdelivery WHERE state IN ('due', 'leased', 'retry')"
        )
        return int(count)

    # ---- living ----------------------------------------------------------------------------------------

    def start(self, *, workers: int = 1, beats: int = 1) -> None:
        for _ in range(workers):
            self._start_worker()
        for _ in range(beats):
            self._start_beat()

    def keep_alive(self) -> None:
        """Start again what has died, as the supervisor of a clinic does."""
        for dead in [one for one in self.workers if one.child.poll() is not None]:
            self.workers.remove(dead)
            self.restarts += 1
            self._start_worker()
        for dead in [one for one in self.beats if one.child.poll() is not None]:
            self.beats.remove(dead)
            self.restarts += 1
            self._start_beat()

    def wait_until(self, is_so: Callable[[], Any], *, what: str, seconds: float = processes.PATIENCE) -> None:
        until = time.monotonic() + seconds
        while not is_so():
            self.keep_alive()
            assert time.monotonic() < until, f"{what}: not within {seconds:.0f} s\n{self._last_words()}"
            time.sleep(0.05)

    def send_all(self, *, seconds: float) -> None:
        """Until every row has ended, and time goes as it does: nobody who sends is taken for dead."""
        self.wait_until(lambda: not self.still_open, what="every reminder has ended", seconds=seconds)

    def come_to_rest(self, *, seconds: float) -> None:
        """Until every row has ended, or none went on for so long; time leaps whenever nobody seems at work.

        Whoever was only slow has lost their lease by it, so that each leap may explain a repeat (`stranded`).
        """
        until = time.monotonic() + seconds
        left, since = self.still_open, time.monotonic()
        while left and time.monotonic() < until:
            self.keep_alive()
            time.sleep(0.2)
            now_left = self.still_open
            if now_left < left:
                left, since = now_left, time.monotonic()
            elif time.monotonic() - since > SLOW:
                self.pass_time(LEASE_AND_A_BIT)
                since = time.monotonic()

    def _start_worker(self) -> None:
        wrong = "tests.faults.promise.bugs" if "LITTLEFOOT_BUGS" in self.environment else ""
        self.workers.append(self.lives.enter_context(running_worker(include=wrong, **self.environment)))

    def _start_beat(self) -> None:
        self.beats.append(self.lives.enter_context(running_beat(**self.environment)))

    def _last_words(self) -> str:
        return "".join(one.output()[-3000:] for one in (*self.workers, *self.beats))

    # ---- dying -----------------------------------------------------------------------------------------

    def interrupt(self, what: str) -> None:
        """Kill -9 one of the parts, start it again, and let what it had leased run out.

        A stalled worker is not killed: it stands still until others have taken what it holds, and goes on.
        """
        self.interrupted[what] += 1
        if what == STALL:
            self._stall(self.workers[0])
            return
        if what == WORKER:
            self._kill_over_a_letter()
        elif what == BEAT:
            self.beats[0].kill()
        elif what == BROKER:
            assert self.broker is not None
            kill_broker(self.broker)
            time.sleep(0.5)
            self.broker.start()
        else:
            assert self.postgres is not None
            self.stranded += 1
            servers.kill(self.postgres)
            assert servers.has_crashed(self.postgres)
            self.postgres.start()
        self.pass_time(LEASE_AND_A_BIT)
        self.keep_alive()

    def _kill_over_a_letter(self) -> None:
        """Kill every worker while the mail server holds a letter: it is taken, nobody hears that it was."""
        self.stranded += 1
        self.is_next_letter_deadly = True
        self.wait_until(
            lambda: not self.is_next_letter_deadly or not self.still_open, what="another letter is sent"
        )
        self.is_next_letter_deadly = False

    def while_a_letter_is_held(self, seconds: float) -> None:
        """What the mail server does with each letter before it answers, in a thread of its own."""
        time.sleep(seconds)
        if self.is_next_letter_deadly:
            for worker in self.workers:
                worker.kill()
            self.is_next_letter_deadly = False

    def _stall(self, worker: Running) -> None:
        sent = len(self.mailbox.letters)
        # The pool's processes are of the worker's group.
        os.killpg(worker.child.pid, signal.SIGSTOP)
        self.pass_time(LEASE_AND_A_BIT)
        self._start_worker()
        try:
            self.wait_until(
                lambda: len(self.mailbox.letters) > sent + 5 or not self.still_open,
                what="another worker has taken over",
            )
        finally:
            os.killpg(worker.child.pid, signal.SIGCONT)
        time.sleep(1)
        worker.kill()
        self.workers.remove(worker)


@contextlib.contextmanager
def evening(
    mailbox: Mailbox,
    *,
    bugs: Sequence[str] = (),
    seconds_a_letter: float = 0.004,
    has_own_servers: bool = True,
    **environment: str,
) -> Iterator[Evening]:
    """The parts with all that is committed by now, and an empty broker.

    `has_own_servers`: a PostgreSQL with a copy of everything, and a broker, that may both be killed.
    """
    with contextlib.ExitStack() as lives:
        told = {"EMAIL_URL": mailbox.url, "CONN_MAX_AGE": "60", **environment}
        if bugs:
            told["LITTLEFOOT_BUGS"] = ",".join(bugs)
        if has_own_servers:
            postgres = lives.enter_context(another_postgres(forgets=False))
            broker = lives.enter_context(another_broker())
            told |= {"DATABASE_URL": postgres.app_url, "BROKER_URL": broker.url()}
            played = Evening(mailbox, lives, told, postgres.superuser_url, postgres, broker)
        else:
            processes.forget_tasks()
            played = Evening(mailbox, lives, told, os.environ["LITTLEFOOT_TEST_SUPERUSER_URL"])

        def hold(_: Envelope) -> None:
            played.while_a_letter_is_held(seconds_a_letter)

        mailbox.answer = hold
        yield played
