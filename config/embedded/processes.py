"""Child processes that never outlive the one that started them."""

from __future__ import annotations

import ctypes
import os
import pwd
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

_PR_SET_PDEATHSIG = 1
_LIBC = ctypes.CDLL(None, use_errno=True)

SERVICE_ACCOUNT = "littlefoot"


class CannotStart(Exception):
    """A part could not be started; the message tells a person what happened and what to do."""


@dataclass(frozen=True, slots=True)
class Account:
    """A user of this machine that servers run as."""

    name: str
    uid: int
    gid: int


def service_account() -> Account | None:
    """The account servers run as when we are root; None means our own.

    PostgreSQL refuses to run as root. The account is made once; where that is impossible `nobody` serves.
    """
    if os.geteuid() != 0:
        return None
    for name in (SERVICE_ACCOUNT, "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            if name != SERVICE_ACCOUNT or not _make_account(name):
                continue
            entry = pwd.getpwnam(name)
        return Account(name=name, uid=entry.pw_uid, gid=entry.pw_gid)
    raise CannotStart("There is no user `nobody` here to run PostgreSQL as; make one named `littlefoot`.")


def _make_account(name: str) -> bool:
    nologin = "/usr/sbin/nologin"
    try:
        made = subprocess.run(
            ["useradd", "--system", "--user-group", "--no-create-home", "--shell", nologin, name],
            capture_output=True,
            check=False,
            env={**os.environ, "PATH": os.environ.get("PATH", "") + ":/usr/sbin:/sbin"},
        )
    except FileNotFoundError:
        return False
    # 9: somebody else made it in the meantime.
    return made.returncode in (0, 9)


def give(path: Path, account: Account | None) -> None:
    """Make one file or folder belong to the service account; nothing happens when we run as ourselves."""
    if account is not None:
        os.chown(path, account.uid, account.gid)


def can_reach(path: Path, account: Account | None) -> bool:
    """Whether the service account may read a path, every folder above it included."""
    if account is None:
        return os.access(path, os.R_OK)
    child = os.fork()
    if child == 0:
        answer = 1
        try:
            os.setgroups([])
            os.setgid(account.gid)
            os.setuid(account.uid)
            answer = 0 if os.access(path, os.R_OK) else 1
        finally:
            os._exit(answer)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def spawn(
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str],
    cwd: Path,
    account: Account | None = None,
    death_signal: signal.Signals = signal.SIGTERM,
    output: IO[bytes] | int | None = None,
    keep: Sequence[int] = (),
) -> subprocess.Popen[bytes]:
    """Start a child in a session of its own that is sent `death_signal` when we die, however we die.

    A session of its own keeps Ctrl-C from reaching all children at once; we stop them in order instead.
    `keep` are open files it inherits. Must be called from the main thread: the kernel watches the thread
    that started the child.
    """
    parent = os.getpid()

    def before_exec() -> None:
        # After the change of user, which would clear it again.
        _LIBC.prctl(_PR_SET_PDEATHSIG, int(death_signal), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return subprocess.Popen(
        [os.fspath(part) for part in command],
        env=dict(env),
        cwd=cwd,
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output is not None else None,
        start_new_session=True,
        pass_fds=keep,
        preexec_fn=before_exec,  # noqa: PLW1509  # one prctl; we have no threads when children start
    )


def end(
    child: subprocess.Popen[bytes], *, steps: Sequence[tuple[signal.Signals, float]], hurry: bool = False
) -> None:
    """Stop a child and all of its session: each signal in turn, each with its seconds of patience."""
    for sent, seconds in () if hurry else steps:
        if child.poll() is not None:
            break
        child.send_signal(sent)
        try:
            child.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            continue
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
    except PermissionError:
        child.kill()
    child.wait()


def wait_until_gone(pid: int, *, seconds: float) -> bool:
    """Whether a process that is not our child is gone within so many seconds."""
    until = time.monotonic() + seconds
    while Path(f"/proc/{pid}").exists():
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True
