"""A migrated, empty database kept between test runs, because migrating takes longer than most of them."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from config.embedded.place import CHECKOUT, write_private
from config.embedded.postgres import Passwords
from config.embedded.processes import Account
from config.embedded.programs import PostgresPrograms

_NEWEST = 4


class KeptDatabase:
    """The data folder for exactly these migrations and this PostgreSQL; with CI=true there is none."""

    def __init__(self, programs: PostgresPrograms, *, account: Account | None) -> None:
        if account is not None:
            base = Path("/var/lib")
        else:
            base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
        self.base = base / "littlefoot" / "test-databases"
        self.folder = self.base / _fingerprint(programs)
        self.is_off = os.environ.get("CI", "").lower() in ("1", "true")

    def fetch(self, data: Path) -> Passwords | None:
        """Copy the kept folder to `data` and return its passwords; None if there is none."""
        if self.is_off or not self.folder.exists():
            return None
        try:
            os.utime(self.folder)
            passwords = Passwords(**json.loads((self.folder / "passwords.json").read_text()))
            _copy(self.folder / "postgres", data)
        except (OSError, subprocess.CalledProcessError):  # another run has just forgotten it
            shutil.rmtree(data, ignore_errors=True)
            return None
        return passwords

    def migrate(self, environment: Mapping[str, str]) -> bool:
        """Migrate as the owner; False if it failed, which the tests' own migration will then report."""
        if self.is_off:
            return False
        settings = {
            "DJANGO_SETTINGS_MODULE": "config.settings_test",
            "LITTLEFOOT_AS_OWNER": "1",
            "BROKER_URL": "redis://localhost:1/0",
        }
        done = subprocess.run(
            [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
            cwd=CHECKOUT,
            env={**environment, **settings},
            capture_output=True,
            check=False,
        )
        return done.returncode == 0

    def keep(self, data: Path, passwords: Passwords) -> None:
        """Keep a stopped server's folder for later runs, and forget all but the newest few."""
        for folder in reversed((self.base, *self.base.parents)):
            if not folder.exists():
                folder.mkdir(exist_ok=True)
                folder.chmod(0o755)
        unfinished = self.base / f".{self.folder.name}.{os.getpid()}"
        unfinished.mkdir(mode=0o711)
        _copy(data, unfinished / "postgres")
        write_private(unfinished / "passwords.json", json.dumps(asdict(passwords)))
        try:
            unfinished.rename(self.folder)
        except OSError:  # another run was quicker
            shutil.rmtree(unfinished)
        kept = sorted(self.base.glob("[!.]*"), key=lambda folder: folder.stat().st_mtime, reverse=True)
        for old in kept[_NEWEST:]:
            # Out of sight at once: a run that is ended while it removes a folder leaves no half of one.
            forgotten = self.base / f".{old.name}.{os.getpid()}"
            with contextlib.suppress(OSError):  # another run was quicker
                old.rename(forgotten)
            shutil.rmtree(forgotten, ignore_errors=True)


def _copy(source: Path, target: Path) -> None:
    """Copy a folder with its owners; `cp` shares the blocks where the disk can."""
    subprocess.run(["cp", "-a", "--reflink=auto", source, target], check=True)


def _fingerprint(programs: PostgresPrograms) -> str:
    """What the empty database depends on, as a short name."""
    files = [
        *sorted(CHECKOUT.glob("*/migrations/*.py")),
        CHECKOUT / "clinic" / "migrating.py",
        CHECKOUT / "clinic" / "rls.py",
        CHECKOUT / "config" / "database" / "prepare.sql",
        CHECKOUT / "requirements.lock",
        Path(__file__),
        Path(__file__).with_name("postgres.py"),
    ]
    # Checkouts side by side share one: which PostgreSQL is installed in them, requirements.lock says.
    seen = hashlib.sha256(repr(programs).replace(str(CHECKOUT), "").encode())
    for file in files:
        seen.update(f"\n{file.relative_to(CHECKOUT)}\n".encode())
        seen.update(file.read_bytes())
    return seen.hexdigest()[:16]
