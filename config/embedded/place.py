"""Where the embedded Littlefoot keeps its data and secrets on this machine."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import secrets
import shutil
import socket
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from config.embedded.postgres import Passwords
from config.embedded.processes import Account, CannotStart, can_reach, give

CHECKOUT = Path(__file__).resolve().parent.parent.parent
# sockaddr_un holds 108 bytes; PostgreSQL adds "/.s.PGSQL.5432.lock".
_LONGEST_SOCKET_FOLDER = 80


@dataclass(frozen=True, slots=True)
class Secrets:
    """Made at the first start and kept: losing them loses sign-ins, not data."""

    secret_key: str = field(default_factory=lambda: secrets.token_urlsafe(48))
    passwords: Passwords = field(default_factory=Passwords)


class Place:
    """One data folder: `demo` and `clinic` of a checkout are two, so that a demo never meets real records."""

    def __init__(self, folder: Path, *, account: Account | None) -> None:
        self.folder = folder
        self.account = account
        self.postgres = folder / "postgres"
        self.valkey = folder / "valkey"
        self.logs = folder / "logs"
        self.media = folder / "media"
        self.static = folder / "static"
        self.beat = folder / "beat"
        self.outbox = folder / "outbox"
        self.private = folder / "private"
        self.logins = self.private / "demo-logins.json"
        self.seeded = folder / "seeded"
        self.tables = folder / "tables.stamp"
        self.gathered = folder / "static.stamp"
        self.environment = folder / "environment"
        self._lock: int | None = None
        self._children: int | None = None
        self._short_sockets: Path | None = None

    @classmethod
    def of_this_checkout(cls, kind: str, *, account: Account | None) -> Place:
        """The folder for `kind` ("demo" or "clinic"); LITTLEFOOT_DATA names another."""
        named = os.environ.get("LITTLEFOOT_DATA")
        if named:
            return cls(Path(named).resolve() / kind, account=account)
        if account is not None:
            base = Path("/var/lib")
        else:
            base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
        mark = hashlib.sha256(os.fsencode(CHECKOUT)).hexdigest()[:10]
        return cls(base / "littlefoot" / mark / kind, account=account)

    def make(self) -> None:
        """Make the folder and its parts; those above it keep the permissions they have."""
        missing = [path for path in (self.folder, *self.folder.parents) if not path.exists()]
        for path in reversed(missing):
            path.mkdir()
            path.chmod(0o755 if path != self.folder else 0o711)
        for part in (self.valkey, self.logs, self.media, self.static, self.beat, self.outbox, self.private):
            if not part.exists():
                part.mkdir(mode=0o700)
            give(part, self.account)
        if self.account is not None and not can_reach(self.valkey, self.account):
            raise CannotStart(
                f"The user {self.account.name}, who runs the servers, cannot reach {self.folder}."
                " Set LITTLEFOOT_DATA to a folder it can, for instance under /var/lib."
            )

    def sockets(self) -> Path:
        """A folder for unix sockets whose path is short enough for the kernel."""
        folder = self.folder / "sockets"
        if len(os.fsencode(folder)) > _LONGEST_SOCKET_FOLDER:
            if self._short_sockets is None:
                self._short_sockets = Path(tempfile.mkdtemp(prefix="littlefoot-", dir="/tmp"))
            folder = self._short_sockets
        folder.mkdir(mode=0o700, exist_ok=True)
        give(folder, self.account)
        return folder

    def lock(self) -> None:
        """Hold the folder for as long as this process lives.

        Raises CannotStart, saying where it runs, if another copy holds it.
        """
        path = self.folder / "lock"
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            said = os.read(handle, 500).decode(errors="replace").strip()
            os.close(handle)
            raise CannotStart(
                f"Littlefoot is already running from here{f': {said}' if said else ''}."
                " Stop that one first (Ctrl-C where it runs)."
            ) from error
        self._lock = handle
        self.tell("starting")

    def wait_for_orphans(self, *, seconds: float = 30) -> int:
        """Wait until nothing is left of a start that was killed, and return the file that tells.

        The file is locked and inherited by every child (and theirs): the kernel lets go of the lock when the
        last of them is gone, so no pid has to be believed.
        """
        handle = os.open(self.folder / "children.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        until = time.monotonic() + seconds
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                if time.monotonic() > until:
                    raise CannotStart(
                        f"Something of an earlier start still runs after {seconds:.0f} s."
                        f" `fuser -v {self.folder / 'children.lock'}` shows what."
                    ) from error
                time.sleep(0.1)
            else:
                self._children = handle
                return handle

    def tell(self, what: str) -> None:
        """Leave word in the lock for a second copy: who holds it and where it answers."""
        if self._lock is not None:
            os.ftruncate(self._lock, 0)
            os.pwrite(self._lock, f"process {os.getpid()}, {what}".encode(), 0)

    def unlock(self) -> None:
        """Let another copy begin; nothing happens if we never held the folder."""
        if self._short_sockets is not None:
            shutil.rmtree(self._short_sockets, ignore_errors=True)
        if self._children is not None:
            os.close(self._children)
            self._children = None
        if self._lock is not None:
            self.environment.unlink(missing_ok=True)
            os.ftruncate(self._lock, 0)
            os.close(self._lock)
            self._lock = None

    def secrets(self) -> Secrets:
        """The secrets of this place, made the first time; readable by us alone."""
        path = self.folder / "secrets.json"
        if path.exists():
            kept = json.loads(path.read_text())
            return Secrets(secret_key=kept["secret_key"], passwords=Passwords(**kept["passwords"]))
        made = Secrets()
        unfinished = path.with_suffix(".unfinished")
        write_private(unfinished, json.dumps(asdict(made), indent=1))
        unfinished.replace(path)
        return made

    def oidc_key(self) -> str:
        """The key that signs for apps of others, as PEM; made the first time, readable by us alone."""
        return self._key("oidc-key.pem", lambda: rsa.generate_private_key(65537, key_size=2048))

    def vapid_key(self) -> str:
        """The key that signs what is pushed to browsers, as PEM; made and kept likewise."""
        return self._key("vapid-key.pem", lambda: ec.generate_private_key(ec.SECP256R1()))

    def _key(self, name: str, make: Callable[[], rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey]) -> str:
        path = self.folder / name
        if not path.exists():
            pem = make().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
            write_private(path, pem.decode())
        return path.read_text()

    def log(self, name: str) -> Path:
        """The log file of a part; one that has grown beyond 10 MB is kept once and begun anew."""
        path = self.logs / f"{name}.log"
        if path.exists() and path.stat().st_size > 10_000_000:
            path.replace(path.with_suffix(".log.1"))
        return path


def write_private(path: Path, text: str) -> None:
    """Write a file that only its owner may read, from its first byte on."""
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)


def fingerprint() -> str:
    """What the tables and the library are made by: our code and the packages' versions."""
    seen = hashlib.sha256((CHECKOUT / "requirements.lock").read_bytes())
    for path in sorted(path for part in ("clinic", "tracking") for path in (CHECKOUT / part).rglob("*")):
        if path.suffix != ".pyc" and path.is_file():
            seen.update(os.fsencode(path) + b"\0" + path.read_bytes())
    return seen.hexdigest()


@dataclass(frozen=True, slots=True)
class TakenPort:
    """A port that is ours among all copies on this machine, for as long as `hold` is open."""

    number: int
    hold: socket.socket


def take_port(wanted: int, *, host: str, tries: int = 50) -> TakenPort:
    """The first port from `wanted` on that nobody listens on, under any name of this machine.

    Between looking and listening another copy may look too, so the number is taken first: by a name in the
    kernel that only one can hold, and that goes with its process. Raises CannotStart if all of `tries` are
    taken.
    """
    for port in range(wanted, wanted + tries):
        hold = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        try:
            hold.bind(f"\0littlefoot-port-{port}")
        except OSError:
            hold.close()
            continue
        if all(_is_free(family, address, port) for family, address in _addresses(host)):
            return TakenPort(port, hold)
        hold.close()
    raise CannotStart(f"Ports {wanted} to {wanted + tries - 1} are all taken; set PORT to a free one.")


def _addresses(host: str) -> list[tuple[socket.AddressFamily, str]]:
    if host == "127.0.0.1":
        # A browser asking for `localhost` may try ::1 first and meet somebody else there.
        return [(socket.AF_INET, host), (socket.AF_INET6, "::1")]
    return [(socket.AF_INET6 if ":" in host else socket.AF_INET, host)]


def _is_free(family: socket.AddressFamily, address: str, port: int) -> bool:
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((address, port))
            probe.listen(1)
    except OSError as error:
        # No IPv6 here: nobody can be in the way there.
        return family == socket.AF_INET6 and error.errno in (97, 99)
    return True
