"""`make run` as it is met by a person: a taken port, a second copy, Ctrl-C, and kill -9.

Real servers in a data folder of their own. Starting takes seconds, so one start is the setting of one story.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import pytest

ROOT = Path(__file__).resolve().parent.parent.parent

pytestmark = pytest.mark.faults


@dataclass
class Run:
    """One `make run` without make, its words collected."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.output = self.folder / f"output-{time.monotonic_ns()}.txt"
        unwanted = ("DATABASE_", "BROKER_", "EMAIL_", "PUBLIC_", "SECRET_", "LITTLEFOOT_", "DJANGO_", "DEMO")
        env = {name: value for name, value in os.environ.items() if not name.startswith(unwanted)}
        kept = {"LITTLEFOOT_PG_BIN": os.environ.get("LITTLEFOOT_PG_BIN", "")}
        small = {"DEMO": "0", "WEB_WORKERS": "1", "WEB_THREADS": "1", "WORKER_PROCESSES": "1"}
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "config.embedded.supervisor"],
                cwd=ROOT,
                env=env | kept | small | {"LITTLEFOOT_DATA": str(self.folder)} | self.environment,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    @property
    def said(self) -> str:
        return self.output.read_text()

    def address(self, *, seconds: float = 180) -> str:
        """Where it answers, once it says so."""
        wait_until(
            lambda: "READY" in self.said or self.process.poll() is not None, seconds=seconds, what=self.output
        )
        found = re.search(r"^READY (\S+)$", self.said, re.MULTILINE)
        assert found, self.said
        return found[1]


def wait_until(happened: Callable[[], bool], *, seconds: float, what: object) -> float:
    """Wait for something and return the seconds it took."""
    began = time.monotonic()
    while not happened():
        if time.monotonic() - began > seconds:
            pytest.fail(f"not within {seconds} s: {what.read_text() if isinstance(what, Path) else what}")
        time.sleep(0.05)
    return time.monotonic() - began


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}livez", timeout=2) as response:
            return bool(response.read() == b"ok\n")
    except OSError:
        return False


def processes_of(folder: Path) -> dict[int, str]:
    """Every process of this machine whose command or environment names the folder, but for the tests."""
    found = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            command = (entry / "cmdline").read_bytes()
            told = command + (entry / "environ").read_bytes()
        except OSError:
            continue
        # A process that has ended and waits to be collected has no command any more.
        if command and os.fsencode(folder) in told:
            found[int(entry.name)] = command.replace(b"\0", b" ").decode(errors="replace")
    return found


def process_named(folder: Path, *words: str) -> int:
    """The oldest process of the folder whose command has all these words."""
    return min(pid for pid, command in processes_of(folder).items() if all(word in command for word in words))


def superuser_url(place: Path) -> str:
    password = json.loads((place / "secrets.json").read_text())["passwords"]["superuser"]
    return f"postgresql://postgres:{password}@/littlefoot?host={place / 'sockets'}"


@pytest.fixture
def folder() -> Iterator[Path]:
    """A data folder that the servers' own user can reach, and a machine left as it was."""
    made = Path(tempfile.mkdtemp(prefix="littlefoot-run-"))
    made.chmod(0o755)
    yield made
    for pid in processes_of(made):
        os.kill(pid, signal.SIGKILL)
    shutil.rmtree(made, ignore_errors=True)


@pytest.fixture
def taken_port() -> Iterator[int]:
    """A port somebody listens on, the next one being free."""
    with socket.socket() as listener:
        for port in range(18200, 18300):
            with socket.socket() as following:
                try:
                    following.bind(("127.0.0.1", port + 1))
                    listener.bind(("127.0.0.1", port))
                except OSError:
                    continue
                break
        listener.listen()
        yield listener.getsockname()[1]


def test_it_starts_beside_others_survives_its_parts_and_leaves_nothing_when_killed(
    folder: Path, taken_port: int
) -> None:
    place = folder / "clinic"
    run = Run(folder, {"PORT": str(taken_port)})

    # A taken port is stepped over.
    address = run.address()
    assert address == f"http://localhost:{taken_port + 1}/"
    assert answers(address)

    # A second copy says so and stops, and does the first no harm.
    second = Run(folder, {"PORT": str(taken_port)})
    assert second.process.wait(timeout=30) == 1
    assert f"already running from here: process {run.process.pid}, at {address}" in second.said
    assert answers(address)

    # A part that dies is started again.
    os.kill(process_named(folder, "granian"), signal.SIGKILL)
    wait_until(lambda: "web stopped (exit -9); starting it again" in run.said, seconds=10, what=run.output)
    wait_until(lambda: answers(address), seconds=20, what=run.output)

    # Secrets are for us alone.
    for secret in (place / "secrets.json", place / "environment"):
        assert secret.stat().st_mode & 0o077 == 0

    with psycopg.connect(superuser_url(place), autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (word text)")
        connection.execute("INSERT INTO kept VALUES ('foot')")

    # kill -9 leaves nothing behind, and nothing has to be tidied by hand.
    run.process.kill()
    run.process.wait()
    gone_after = wait_until(lambda: not processes_of(folder), seconds=20, what="processes are left")
    print(f"nothing left {gone_after:.1f} s after kill -9")

    # The next start keeps the data, and Ctrl-C ends it in seconds with nothing left.
    began = time.monotonic()
    third = Run(folder, {"PORT": str(taken_port)})
    assert answers(third.address())
    print(f"second start in {time.monotonic() - began:.1f} s")
    assert "data folder of PostgreSQL" not in third.said
    with psycopg.connect(superuser_url(place)) as connection:
        assert connection.execute("SELECT word FROM kept").fetchone() == ("foot",)
    third.process.send_signal(signal.SIGINT)
    began = time.monotonic()
    assert third.process.wait(timeout=20) == 0, third.said
    print(f"stopped in {time.monotonic() - began:.1f} s")
    assert processes_of(folder) == {}
    assert not (place / "environment").exists()


def test_ctrl_c_while_starting_ends_it_too(folder: Path) -> None:
    run = Run(folder)
    wait_until(lambda: "Bringing the tables" in run.said, seconds=30, what=run.output)
    run.process.send_signal(signal.SIGINT)
    assert run.process.wait(timeout=40) == 0, run.said
    assert processes_of(folder) == {}


def test_data_of_another_postgresql_are_refused_with_a_way_out(folder: Path) -> None:
    data = folder / "clinic" / "postgres"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("12\n")
    run = Run(folder)
    assert run.process.wait(timeout=40) == 1
    assert "were made by PostgreSQL 12" in run.said
    assert "LITTLEFOOT_PG_BIN" in run.said
    assert (data / "PG_VERSION").read_text() == "12\n"


@pytest.mark.parametrize(
    ("told", "answer"),
    [
        ({"DATABASE_URL": "postgresql://x@localhost/x"}, "DATABASE_OWNER_URL must be too"),
        ({"PORT": "eight thousand"}, "PORT is 'eight thousand'; it must be a whole number"),
        ({"DEMO": "perhaps"}, "DEMO is 'perhaps'; allowed are 1 and 0"),
        ({"LITTLEFOOT_PG_BIN": "/nowhere"}, "No PostgreSQL was found in /nowhere"),
    ],
)
def test_a_start_that_cannot_be_says_what_to_change(folder: Path, told: dict[str, str], answer: str) -> None:
    run = Run(folder, told)
    assert run.process.wait(timeout=40) == 1
    assert answer in run.said
    assert "Traceback" not in run.said
