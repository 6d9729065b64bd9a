"""An embedded PostgreSQL server, on a unix socket in a private folder."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import subprocess
import time
import urllib.parse
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import LiteralString

import psycopg
from psycopg import sql

from config.embedded.processes import Account, CannotStart, end, give, spawn, wait_until_gone
from config.embedded.programs import PostgresPrograms

DATABASE = "littlefoot"
OWNER = "littlefoot_owner"
APP = "littlefoot_app"
_SUPERUSER = "postgres"
_PREPARE = Path(__file__).resolve().parent.parent / "database" / "prepare.sql"
_SAFE = {
    "max_connections": "60",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # Otherwise the log would quote rows and statements, and so people (docs/architecture.md, rule 17).
    # A refused value stands in the error itself, too, which the product logs without its words.
    "log_min_messages": "fatal",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
}
_THROW_AWAY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "shared_buffers": "64MB",
}


@dataclass(frozen=True, slots=True)
class Passwords:
    """Of the three roles: the superuser only prepares the database."""

    superuser: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    owner: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    app: str = field(default_factory=lambda: secrets.token_urlsafe(24))


class Postgres:
    """One server: `initialize` once, then `start`, `prepare`, and `stop`."""

    def __init__(
        self,
        *,
        programs: PostgresPrograms,
        data: Path,
        sockets: Path,
        log: Path,
        passwords: Passwords,
        account: Account | None,
        throw_away: bool = False,
        keep: Sequence[int] = (),
    ) -> None:
        self.programs = programs
        self.data = data
        self.sockets = sockets
        self.log = log
        self.passwords = passwords
        self.account = account
        self.throw_away = throw_away
        self.keep = keep
        self.child: subprocess.Popen[bytes] | None = None

    # ---- where it is ------------------------------------------------------------------------------------

    def url(self, role: str, password: str, database: str = DATABASE) -> str:
        """A postgresql:// URL of the socket, for a role."""
        query = urllib.parse.urlencode({"host": str(self.sockets)})
        return f"postgresql://{role}:{password}@/{database}?{query}"

    @property
    def app_url(self) -> str:
        return self.url(APP, self.passwords.app)

    @property
    def owner_url(self) -> str:
        return self.url(OWNER, self.passwords.owner)

    @property
    def superuser_url(self) -> str:
        """For preparing the database, and for tests of what must not connect."""
        return self.url(_SUPERUSER, self.passwords.superuser)

    # ---- its life ---------------------------------------------------------------------------------------

    def initialize(self) -> bool:
        """Make the data folder if it is not there; True if it was made now.

        Raises CannotStart if the folder was made by another major version, or if it cannot be made.
        """
        marker = self.data / "PG_VERSION"
        if marker.exists():
            made_by = marker.read_text().strip()
            if made_by != str(self.programs.major):
                raise CannotStart(
                    f"The data in {self.data} were made by PostgreSQL {made_by}; this is PostgreSQL"
                    f" {self.programs.major}. Start once with the old programs (LITTLEFOOT_PG_BIN=<folder of"
                    f" PostgreSQL {made_by}'s programs>) and take a copy with pg_dump, or move the folder"
                    " away to begin empty."
                )
            return False
        # Made beside its place and then renamed: an interrupted start leaves no half of a cluster.
        unfinished = self.data.with_name(f"{self.data.name}.unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700)
        give(unfinished, self.account)
        password_file = self.data.with_name(f"{self.data.name}.password")
        password_file.touch(mode=0o600)
        password_file.write_text(self.passwords.superuser)
        give(password_file, self.account)
        builtin = self.programs.major >= 17
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        command: list[str | Path] = [
            self.programs.folder / "initdb",
            "--pgdata", unfinished,
            "--username", _SUPERUSER,
            "--pwfile", password_file,
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--data-checksums",
            *(locale if builtin else ["--locale=C.UTF-8"]),
            *(["--no-sync"] if self.throw_away else []),
        ]  # fmt: skip
        with self.log.open("ab") as log:
            child = spawn(
                command,
                env=self._environment(),
                cwd=unfinished,
                account=self.account,
                death_signal=signal.SIGKILL,
                output=log,
                keep=self.keep,
            )
            code = child.wait()
        password_file.unlink()
        if code:
            raise CannotStart(f"PostgreSQL could not make its data folder.\n{tail(self.log)}")
        unfinished.rename(self.data)
        return True

    def start(self, *, seconds: float = 60) -> None:
        """Start the server and wait until it answers; a crash before is recovered from in that time."""
        self._see_off_an_orphan()
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.sockets),
            "unix_socket_permissions": "0700",
            **_SAFE,
            **(_THROW_AWAY if self.throw_away else {}),
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with self.log.open("ab") as log:
            self.child = spawn(
                [self.programs.folder / "postgres", "-D", self.data, *options],
                env=self._environment(),
                cwd=self.data,
                account=self.account,
                death_signal=signal.SIGINT,
                output=log,
                keep=self.keep,
            )
        until = time.monotonic() + seconds
        while True:
            try:
                self._connect("postgres").close()
            except psycopg.OperationalError as error:
                if self.child.poll() is not None:
                    raise CannotStart(f"PostgreSQL stopped while starting.\n{tail(self.log)}") from error
                if time.monotonic() > until:
                    raise CannotStart(
                        f"PostgreSQL does not answer after {seconds:.0f} s: {error}\n{tail(self.log)}"
                    ) from error
                time.sleep(0.03)
            else:
                return

    def prepare(self) -> None:
        """Make the two roles, the database and what it needs before its first migration; safe to repeat."""
        with self._connect("postgres") as connection:
            for role, password in ((OWNER, self.passwords.owner), (APP, self.passwords.app)):
                known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
                verb = "ALTER" if known else "CREATE"
                connection.execute(
                    sql.SQL(
                        verb
                        + " ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE "
                        + self._may
                        + " PASSWORD {}"
                    ).format(sql.Identifier(role), sql.Literal(password))
                )
            known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
        if self.throw_away:
            # Databases the test runner makes are copies of this one.
            self._prepare_inside("template1")
        if not known:
            with self._connect("postgres") as connection:
                connection.execute(
                    sql.SQL("CREATE DATABASE {} OWNER {}").format(
                        sql.Identifier(DATABASE), sql.Identifier(OWNER)
                    )
                )
        if not self.throw_away:
            self._prepare_inside(DATABASE)

    def forget(self) -> None:
        """Drop the database with everything in it; `prepare` makes an empty one."""
        with self._connect("postgres") as connection:
            connection.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(DATABASE))
            )

    def stop(self, *, hurry: bool = False) -> None:
        """Stop the server: running statements are cancelled, nothing committed is lost."""
        if self.child is not None:
            end(
                self.child,
                steps=[(signal.SIGINT, 20), (signal.SIGQUIT, 5)],
                hurry=hurry and self.throw_away,
            )
            self.child = None

    # ---- inside -----------------------------------------------------------------------------------------

    @property
    def _may(self) -> LiteralString:
        return "CREATEDB" if self.throw_away else "NOCREATEDB"

    def _prepare_inside(self, database: str) -> None:
        with self._connect(database) as connection:
            connection.execute(_PREPARE.read_bytes())

    def _connect(self, database: str) -> psycopg.Connection[tuple[object, ...]]:
        url = self.url(_SUPERUSER, self.passwords.superuser, database)
        return psycopg.connect(url, autocommit=True, connect_timeout=5)

    def _environment(self) -> dict[str, str]:
        return {
            "PATH": os.environ.get("PATH", "/usr/bin:/bin"),
            "LANG": "C.UTF-8",
            "HOME": str(self.data.parent),
            "TZ": "UTC",
        }

    def _see_off_an_orphan(self) -> None:
        """Wait for a server of a start that was killed; forget the pid of one that is no more.

        Pids are used again after a restart of the machine, so a pid alone proves nothing: the process must
        stand in our data folder.
        """
        pid_file = self.data / "postmaster.pid"
        try:
            pid = int(pid_file.read_text().split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            return
        try:
            ours = Path(f"/proc/{pid}/cwd").resolve(strict=True) == self.data.resolve()
        except OSError:
            ours = False
        if not ours:
            pid_file.unlink()
        elif not wait_until_gone(pid, seconds=30):
            raise CannotStart(
                f"Another PostgreSQL (process {pid}) still uses {self.data}; end it with: kill -INT {pid}"
            )


def tail(log: Path, lines: int = 12) -> str:
    """The last lines of a log file, indented; the file's name first."""
    try:
        last = log.read_text(errors="replace").splitlines()[-lines:]
    except FileNotFoundError:
        last = []
    return "\n".join([f"  {log}:", *(f"    {line}" for line in last)])
