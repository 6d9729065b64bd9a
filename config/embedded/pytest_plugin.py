"""Throw-away servers for one test run, started before Django reads its settings.

Loaded with `-p` (see pyproject.toml), because a conftest comes too late. Sets DATABASE_URL (the application's
role), DATABASE_OWNER_URL and BROKER_URL, and LITTLEFOOT_TEST_MIGRATED=1 if the database is already migrated.
Nothing survives the run, even if it is killed: the kernel signals the servers, and the next run removes the
folder. LITTLEFOOT_PG_BIN chooses other programs. With `-n`, each process has its own servers.
"""

from __future__ import annotations

import contextlib
import fcntl
import functools
import ipaddress
import os
import shutil
import socket
import tempfile
import time
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest

from config.embedded.kept_database import KeptDatabase
from config.embedded.postgres import Passwords, Postgres
from config.embedded.processes import Account, CannotStart, give, service_account
from config.embedded.programs import PostgresPrograms, find_postgres, find_valkey
from config.embedded.valkey import Valkey

_PREFIX = "littlefoot-test-"
_services = contextlib.ExitStack()
_programs: list[str] = []


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(args: list[str]) -> Generator[None, Any, Any]:
    """Start the servers, then let everybody else begin."""
    if not {"--help", "-h", "--version", "-V"} & set(args):
        _stay_on_this_machine()
        try:
            _start_services()
        except CannotStart as error:
            _services.close()
            raise pytest.UsageError(str(error)) from error
    try:
        return (yield)
    except BaseException:
        _services.close()
        raise


def pytest_report_header() -> list[str]:
    return _programs


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    _services.close()


def _start_services() -> None:
    account = service_account()
    _sweep()
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
    folder.chmod(0o711)
    _services.callback(shutil.rmtree, folder, ignore_errors=True)
    lock = (folder / "lock").open("w")
    _services.callback(lock.close)
    fcntl.flock(lock, fcntl.LOCK_EX)
    for name in ("sockets", "valkey", "logs"):
        (folder / name).mkdir(mode=0o700)
        give(folder / name, account)

    programs = find_postgres(account)
    database = _start_database(folder, programs, account)
    broker = Valkey(
        program=find_valkey(account),
        data=folder / "valkey",
        socket_path=folder / "sockets" / "valkey",
        log=folder / "logs" / "valkey.log",
        account=account,
        throw_away=True,
    )
    _services.callback(broker.stop, hurry=True)
    broker.start()
    os.environ["DATABASE_URL"] = database.app_url
    os.environ["DATABASE_OWNER_URL"] = database.owner_url
    os.environ["LITTLEFOOT_TEST_SUPERUSER_URL"] = database.superuser_url
    os.environ["BROKER_URL"] = broker.url()
    os.environ["LITTLEFOOT_TEST_POSTGRES_LOG"] = str(database.log)
    _programs.append(
        f"servers: PostgreSQL {programs.version[0]}.{programs.version[1]} and Valkey, thrown away"
    )


def _start_database(folder: Path, programs: PostgresPrograms, account: Account | None) -> Postgres:
    """A server whose database is migrated: copied from an earlier run with the same migrations, else made."""
    kept = KeptDatabase(programs, account=account)
    database = Postgres(
        programs=programs,
        data=folder / "postgres",
        sockets=folder / "sockets",
        log=folder / "logs" / "postgres.log",
        passwords=kept.fetch(folder / "postgres") or Passwords(),
        account=account,
        throw_away=True,
    )
    made = database.initialize()
    _services.callback(database.stop, hurry=True)
    database.start()
    database.prepare()
    environment = {**os.environ, "DATABASE_URL": database.app_url, "DATABASE_OWNER_URL": database.owner_url}
    if made and kept.migrate(environment):
        database.stop()
        kept.keep(database.data, database.passwords)
        database.start()
        made = False
    # A worker inherits what was said of the servers of the process that started it.
    os.environ["LITTLEFOOT_TEST_MIGRATED"] = "" if made else "1"
    return database


def _sweep() -> None:
    """Remove what runs that were killed left behind; a live run holds its folder's lock."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        try:
            if time.time() - folder.stat().st_mtime < 60:
                continue
            with (folder / "lock").open("r") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
        except OSError:
            continue


def _stay_on_this_machine() -> None:
    """Let this process connect to this machine only.

    Every socket of Python's is a `socket.socket`. An audit hook would see them too, and be called at every
    `id()` and every attribute that is set besides: three percent of a run.
    """
    for name in ("connect", "connect_ex"):
        setattr(socket.socket, name, _only_here(getattr(socket.socket, name)))


def _only_here(connect: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(connect)
    def connect_here(self: socket.socket, address: Any) -> Any:
        if not _is_here(address):
            raise RuntimeError(f"A test tried to connect to {address!r}; tests reach this machine only.")
        return connect(self, address)

    return connect_here


def _is_here(address: Any) -> bool:
    """Whether an address is of this machine: a socket's path, or a host that loops back."""
    if not isinstance(address, tuple) or not isinstance(address[0], str):
        return True
    host = address[0].partition("%")[0]
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
