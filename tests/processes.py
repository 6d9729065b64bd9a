"""Real processes for tests: web, worker and beat on the test database, and a mail server that keeps all.

Each is a context manager, and a fixture of the same name in tests/conftest.py. They connect as the
application's role, live by the test database's clock (`clock`), and end with the test. A test that starts
one needs `live_cast` (or `transactional_db`): processes see only what is committed.
"""

from __future__ import annotations

import contextlib
import email
import email.policy
import logging
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope

from config.celery import app
from config.embedded.processes import end, spawn
from tests import searching

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60.0
"""Seconds within which a process answers, however busy the machine."""

WORKER_PROCESSES = 2
"""Of each worker; so many letters may be on their way when it is killed."""


def wait_until(is_so: Callable[[], Any], *, seconds: float = PATIENCE, what: str) -> Any:
    """What `is_so` answers once that is true; AssertionError naming `what` after so many seconds."""
    until = time.monotonic() + seconds
    while True:
        answer = is_so()
        if answer:
            return answer
        assert time.monotonic() < until, f"{what}: not within {seconds:.0f} s"
        time.sleep(0.05)


def free_port() -> int:
    with socket.socket() as asker:
        asker.bind(("127.0.0.1", 0))
        port: int = asker.getsockname()[1]
    return port


# ---- mail ------------------------------------------------------------------------------------------------


@dataclass
class Mailbox:
    """What a real SMTP server on this machine was given; `answer` may be set to refuse or to wait."""

    port: int = 0
    letters: list[EmailMessage] = field(default_factory=list)
    sources: list[bytes] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    answer: Callable[[Envelope], str | None] = lambda _: None

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def to(self, address: str) -> list[EmailMessage]:
        """Letters to one address, oldest first."""
        return [letter for letter, to in zip(self.letters, self.recipients, strict=True) if to == address]

    def keys(self) -> list[str]:
        """The Message-ID of every letter taken, repeats included."""
        return [str(letter["Message-ID"]) for letter in self.letters]

    def empty(self) -> None:
        self.letters.clear()
        self.sources.clear()
        self.recipients.clear()

    async def handle_DATA(self, server: Any, session: Any, envelope: Envelope) -> str:  # noqa: N802
        refusal = self.answer(envelope)
        if refusal is not None:
            return refusal
        content = envelope.content
        assert isinstance(content, bytes)
        self.sources.append(content)
        self.recipients.append(envelope.rcpt_tos[0])
        self.letters.append(email.message_from_bytes(content, policy=email.policy.default))
        return "250 taken"


@contextlib.contextmanager
def mailbox() -> Iterator[Mailbox]:
    """A mail server that keeps what it is sent."""
    box = Mailbox(port=free_port())
    logging.getLogger("mail.log").setLevel(logging.WARNING)  # a line for each command of every letter
    controller = Controller(box, hostname="127.0.0.1", port=box.port)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()
    leaks = searching.in_letters(box.letters)
    assert not leaks, f"letters say {' '.join(sorted(leaks))}"


# ---- processes -------------------------------------------------------------------------------------------


@dataclass
class Running:
    """One of our processes and the file its output goes to."""

    child: subprocess.Popen[bytes]
    log: Path
    url: str = ""

    def kill(self) -> None:
        """Send SIGKILL to the process and of everything it started."""
        os.killpg(self.child.pid, signal.SIGKILL)
        self.child.wait()

    def output(self) -> str:
        return self.log.read_text(errors="replace")


def surroundings(**more: str) -> dict[str, str]:
    """The environment of a process of the product under test."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings_test",
        "LITTLEFOOT_TICK_SECONDS": "0.5",
        "PYTHONWARNINGS": "default",
        **more,
    }


@contextlib.contextmanager
def _process(name: str, command: list[str], environment: dict[str, str]) -> Iterator[Running]:
    with tempfile.TemporaryDirectory(prefix=f"littlefoot-{name}-") as folder:
        log = Path(folder) / "log"
        with log.open("wb") as output:
            child = spawn(
                [sys.executable, "-m", *command],
                env=environment,
                cwd=ROOT,
                death_signal=signal.SIGKILL,
                output=output,
            )
        running = Running(child, log)
        try:
            yield running
        finally:
            end(child, steps=[(signal.SIGTERM, 10)])
        leaks = searching.in_file(log)
        assert not leaks, f"the {name} logged {' '.join(sorted(leaks))}"


@contextlib.contextmanager
def running_worker(*, include: str = "", **environment: str) -> Iterator[Running]:
    """A Celery worker of two processes, ready for work; `include` is a module to import when it starts.

    One with a broker of its own (BROKER_URL) is given at once, ready or not.
    """
    command = [
        "celery",
        "-A",
        "config.celery",
        "worker",
        "--concurrency",
        str(WORKER_PROCESSES),
        "--without-gossip",
        "--without-mingle",
        "--without-heartbeat",
    ]
    name = f"test-{time.monotonic_ns()}@localhost"
    command += ["--hostname", name, *(["--include", include] if include else [])]
    with _process("worker", command, surroundings(**environment)) as running:
        if "BROKER_URL" not in environment:
            wait_until(lambda: _answers(running, name), what="the worker is ready")
        yield running


def _answers(running: Running, name: str) -> bool:
    assert running.child.poll() is None, running.output()
    return bool(app.control.ping(destination=[name], timeout=0.5))


@contextlib.contextmanager
def running_beat(**environment: str) -> Iterator[Running]:
    """A beat that ticks every half second, by night as by day, and leaves Django's checks to the others."""
    with tempfile.TemporaryDirectory(prefix="littlefoot-beat-") as folder:
        schedule = str(Path(folder) / "schedule")
        command = ["celery", "-A", "tests.ticking", "beat", "--schedule", schedule, "--pidfile", ""]
        told = surroundings(CELERY_SKIP_CHECKS="1", **environment)
        with _process("beat", command, told) as running:
            yield running


@contextlib.contextmanager
def running_web(*, workers: int = 1, program: str = "config.wsgi", **environment: str) -> Iterator[Running]:
    """The product's web server on a free port; `url` is where it answers, `program` the module it serves."""
    port = free_port()
    url = f"http://localhost:{port}"
    command = ["granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    command += ["--workers", str(workers), "--blocking-threads", "4", f"{program}:application"]
    with _process("web", command, surroundings(**({"PUBLIC_URL": url} | environment))) as running:
        running.url = url
        wait_until(lambda: _is_ready(running, f"http://127.0.0.1:{port}/readyz"), what="the web is ready")
        yield running


@dataclass
class Product:
    """Web, worker and beat, at one address, with one folder of files and one mail server."""

    web: Running
    worker: Running
    beat: Running
    mailbox: Mailbox

    @property
    def url(self) -> str:
        return self.web.url

    def output(self) -> str:
        """What all three logged."""
        return "".join(one.output() for one in (self.web, self.worker, self.beat))


@contextlib.contextmanager
def running_product(box: Mailbox, **environment: str) -> Iterator[Product]:
    """Everything that `make run` starts, on the test's servers; links in letters lead to its web."""
    with contextlib.ExitStack() as started:
        files = started.enter_context(tempfile.TemporaryDirectory(prefix="littlefoot-media-"))
        shared = {"EMAIL_URL": box.url, "MEDIA_ROOT": files, **environment}
        web = started.enter_context(running_web(**shared))
        shared["PUBLIC_URL"] = web.url
        worker = started.enter_context(running_worker(**shared))
        beat = started.enter_context(running_beat(**shared))
        yield Product(web, worker, beat, box)


def _is_ready(running: Running, address: str) -> bool:
    assert running.child.poll() is None, running.output()
    try:
        with urllib.request.urlopen(address, timeout=2) as response:
            return response.status == 200
    except OSError:
        return False


def forget_tasks() -> None:
    """Empty the broker of what an earlier test left in it."""
    app.control.purge()
