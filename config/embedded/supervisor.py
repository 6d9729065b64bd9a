"""Littlefoot on one machine: `make run`.

Starts PostgreSQL, the broker, an outbox for mail, then web, worker and beat, each once the one before
answers, and stops them in the opposite order. DATABASE_URL with DATABASE_OWNER_URL, BROKER_URL and EMAIL_URL
each replace the part they name. No child process survives this one, however it ends.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import shlex
import shutil
import signal
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import FrameType

from config.embedded.parts import Part, Parts
from config.embedded.place import CHECKOUT, Place, TakenPort, fingerprint, take_port, write_private
from config.embedded.postgres import Postgres, tail
from config.embedded.processes import Account, CannotStart, end, service_account, spawn
from config.embedded.programs import can_run_the_product, find_postgres, find_valkey
from config.embedded.terminal import say, step
from config.embedded.valkey import Valkey

_PR_SET_PDEATHSIG = 1
# Files of packages that no page of ours asks for.
UNSERVED = ("--ignore=*.map", "--ignore=redoc", "--ignore=rest_framework")


class Stop(BaseException):
    """Somebody asked us to stop: Ctrl-C, a closed terminal, or `kill`."""


class Supervisor:
    """Everything that `make run` starts, and the order in which it ends."""

    def __init__(self, place: Place, *, demo: bool, account: Account | None) -> None:
        self.place = place
        self.demo = demo
        self.account = account
        self.app_account = account if can_run_the_product(account) else None
        self.postgres: Postgres | None = None
        self.valkey: Valkey | None = None
        self.parts = Parts(place, account=self.app_account)
        self.hurry = False
        self.keep: tuple[int, ...] = ()
        self.owner_url = ""
        self.environment: dict[str, str] = {}
        self.taken: list[TakenPort] = []
        """Held for as long as this process lives."""

    # ---- starting ---------------------------------------------------------------------------------------

    def start(self, *, rebuild: bool) -> None:
        """Bring everything up, in order; raises CannotStart with the reason and a way out."""
        self.place.make()
        self.place.lock()
        with step("Looking for what an earlier start left running"):
            self.keep = (self.place.wait_for_orphans(),)
        kept = self.place.secrets()
        host = os.environ.get("LITTLEFOOT_HOST") or "127.0.0.1"
        port = self._take_port(_number("PORT", 8000), host=host)
        self.environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "SECRET_KEY": os.environ.get("SECRET_KEY") or kept.secret_key,
            "OIDC_PRIVATE_KEY": os.environ.get("OIDC_PRIVATE_KEY") or self.place.oidc_key(),
            "VAPID_PRIVATE_KEY": os.environ.get("VAPID_PRIVATE_KEY") or self.place.vapid_key(),
            "PUBLIC_URL": os.environ.get("PUBLIC_URL") or f"http://localhost:{port}",
            "STATIC_ROOT": str(self.place.static),
            "MEDIA_ROOT": str(self.place.media),
            "LITTLEFOOT_DEMO": "1" if self.demo else "0",
            "PYTHONUNBUFFERED": "1",
        }
        for owners in ("DATABASE_OWNER_URL", "LITTLEFOOT_AS_OWNER"):
            self.environment.pop(owners, None)
        if self.app_account is not None:
            self.environment["HOME"] = str(self.place.private)
        fresh = self._start_database(rebuild=rebuild)
        self._start_broker(rebuild=rebuild)
        self._bring_up_to_date()
        if self.demo and fresh:
            with step("Making the demo clinics"):
                self._manage("seed_demo", "--logins-file", str(self.place.logins))
            self.place.seeded.touch()
        self._collect_static()
        self._start_outbox()
        self._start_product(host, port)
        told = {name: value for name, value in self.environment.items() if os.environ.get(name) != value}
        exports = [f"export {name}={shlex.quote(value)}\n" for name, value in sorted(told.items())]
        write_private(self.place.environment, "".join(exports))
        address = self.environment["PUBLIC_URL"].rstrip("/") + "/"
        self.place.tell(f"at {address}")
        self._welcome(address)

    def _start_database(self, *, rebuild: bool) -> bool:
        """Start PostgreSQL unless one is named; True if the demo has yet to be made."""
        if os.environ.get("DATABASE_URL"):
            self.owner_url = os.environ.get("DATABASE_OWNER_URL", "")
            if not self.owner_url:
                raise CannotStart(
                    "DATABASE_URL is set, so DATABASE_OWNER_URL must be too: the role that owns the tables"
                    " and migrates them. docs/operations.md shows how to make both roles."
                )
            say("  PostgreSQL: yours, by DATABASE_URL")
            return self.demo and not self.place.seeded.exists()
        programs = find_postgres(self.account)
        version = ".".join(str(number) for number in programs.version)
        self.postgres = Postgres(
            programs=programs,
            data=self.place.postgres,
            sockets=self.place.sockets(),
            log=self.place.log("postgres"),
            passwords=self.place.secrets().passwords,
            account=self.account,
            keep=self.keep,
        )
        if not self.place.postgres.exists():
            self.place.tables.unlink(missing_ok=True)
            with step(f"Making the data folder of PostgreSQL {version}"):
                self.postgres.initialize()
        else:
            self.postgres.initialize()
        with step(f"Starting PostgreSQL {version}"):
            self.postgres.start()
            # A demo that was not finished is not a demo.
            fresh = self.demo and (rebuild or not self.place.seeded.exists())
            if fresh:
                self.place.seeded.unlink(missing_ok=True)
                self.place.logins.unlink(missing_ok=True)
                self.place.tables.unlink(missing_ok=True)
                self.postgres.forget()
            self.postgres.prepare()
        self.environment["DATABASE_URL"] = self.postgres.app_url
        self.owner_url = self.postgres.owner_url
        return fresh

    def _start_broker(self, *, rebuild: bool) -> None:
        if os.environ.get("BROKER_URL"):
            say("  Broker: yours, by BROKER_URL")
            return
        if rebuild:
            for folder in (self.place.valkey, self.place.media, self.place.outbox):
                _empty(folder)
        self.valkey = Valkey(
            program=find_valkey(self.account),
            data=self.place.valkey,
            socket_path=self.place.sockets() / "valkey",
            log=self.place.log("valkey"),
            account=self.account,
            keep=self.keep,
        )
        with step("Starting the broker"):
            self.valkey.start()
        self.environment["BROKER_URL"] = self.valkey.url()

    def _bring_up_to_date(self) -> None:
        """Migrate and load the library, unless our own database was last left by this very code."""
        stamp = self.place.tables
        now = fingerprint()
        if self.postgres is not None and stamp.exists() and stamp.read_text() == now:
            return
        stamp.unlink(missing_ok=True)
        with step("Bringing the tables up to date"):
            self._manage("migrate", "--no-input", as_owner=True)
        with step("Loading the stroke library"):
            self._manage("load_library")
        stamp.write_text(now)

    def _collect_static(self) -> None:
        """Gather styles and scripts, unless they are those gathered last time."""
        sources = [CHECKOUT / "requirements.lock", *sorted((CHECKOUT / "assets" / "dist").rglob("*"))]
        now = "\n".join(f"{path} {path.stat().st_mtime_ns}" for path in sources)
        stamp = self.place.gathered
        if stamp.exists() and stamp.read_text() == now:
            return
        with step("Gathering styles and scripts"):
            # Compressing takes longer than all the rest, and a demo is looked at from this machine.
            plain = ["--no-post-process"] if self.demo else []
            self._manage("collectstatic", "--no-input", "--clear", *plain, *UNSERVED)
        stamp.write_text(now)

    def _start_outbox(self) -> None:
        if self.environment.get("EMAIL_URL"):
            return
        port = self._take_port(2525, host="127.0.0.1")
        self.environment["EMAIL_URL"] = f"smtp://127.0.0.1:{port}"
        outbox: list[str | Path] = [
            sys.executable,
            "-m",
            "config.embedded.outbox",
            self.place.outbox,
            str(port),
        ]
        self._begin(Part("outbox", outbox, signal.SIGKILL, [(signal.SIGTERM, 3)]))

    def _take_port(self, wanted: int, *, host: str) -> int:
        taken = take_port(wanted, host=host)
        self.taken.append(taken)
        return taken.number

    def _start_product(self, host: str, port: int) -> None:
        bin_folder = Path(sys.executable).parent
        cores = os.cpu_count() or 1
        web: list[str | Path] = [
            bin_folder / "granian", "--interface", "wsgi", "--host", host, "--port", str(port),
            "--workers", str(_number("WEB_WORKERS", min(cores, 2))),
            "--blocking-threads", str(_number("WEB_THREADS", 4)), "--blocking-threads-idle-timeout", "600",
            "--no-ws", "--log-level", "warning", "config.wsgi:application",
        ]  # fmt: skip
        celery: list[str | Path] = [bin_folder / "celery", "--app", "config", "--quiet"]
        worker: list[str | Path] = [
            *celery, "worker", "--loglevel", "WARNING", "--pool", "prefork",
            "--concurrency", str(_number("WORKER_PROCESSES", min(cores, 2))),
            # One that ends together with the broker would wait for ever to say so by its heartbeat.
            "--without-gossip", "--without-mingle", "--without-heartbeat",
        ]  # fmt: skip
        beat: list[str | Path] = [
            *celery, "beat", "--loglevel", "WARNING", "--pidfile", "",
            "--schedule", self.place.beat / "schedule",
        ]  # fmt: skip
        with step("Starting web, worker and beat"):
            self._begin(Part("web", web, signal.SIGTERM, [(signal.SIGTERM, 5)]))
            # SIGQUIT ends a worker without waiting for its task, which is done again by the next one.
            self._begin(Part("worker", worker, signal.SIGQUIT, [(signal.SIGTERM, 6), (signal.SIGQUIT, 3)]))
            self._begin(Part("beat", beat, signal.SIGKILL, [(signal.SIGTERM, 3)]))
            self._wait_for_web(host, port)

    def _begin(self, part: Part) -> None:
        self.parts.begin(part, env=self.environment, keep=self.keep)

    def _wait_for_web(self, host: str, port: int, *, seconds: float = 60) -> None:
        name = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, host)  # noqa: S104
        until = time.monotonic() + seconds
        while True:
            try:
                with urllib.request.urlopen(f"http://{name}:{port}/readyz", timeout=5):
                    return
            except (urllib.error.URLError, OSError) as error:
                self._look_after()
                if time.monotonic() > until:
                    log = tail(self.place.log("web"))
                    raise CannotStart(f"Web does not answer after {seconds:.0f} s: {error}\n{log}") from error
                time.sleep(0.1)

    def _manage(self, *arguments: str, as_owner: bool = False) -> None:
        """Run one of Django's commands to its end; its words go to a log, and here if it fails."""
        env = dict(self.environment)
        if as_owner:
            env |= {"DATABASE_OWNER_URL": self.owner_url, "LITTLEFOOT_AS_OWNER": "1"}
        path = self.place.log("commands")
        with path.open("ab") as log:
            log.write(f"== {' '.join(arguments)}\n".encode())
            log.flush()
            child = spawn(
                [sys.executable, CHECKOUT / "manage.py", *arguments],
                env=env,
                cwd=CHECKOUT,
                account=self.app_account,
                death_signal=signal.SIGKILL,
                output=log,
                keep=self.keep,
            )
            try:
                code = child.wait()
            except BaseException:
                end(child, steps=[(signal.SIGINT, 5)])
                raise
        if code:
            raise CannotStart(f"`manage.py {arguments[0]}` failed.\n{tail(path, 25)}")

    def _welcome(self, address: str) -> None:
        say(f"\nREADY {address}\n")
        if self.demo and self.place.logins.exists():
            say(f"Sign in with one of these, made for this demo and kept in {self.place.logins}:\n")
            for login in json.loads(self.place.logins.read_text()):
                say(f"  {login['email']:22} {login['password']:24} {login['who']}")
                if "app_secret" in login:
                    say(f"  {'':22} and a code: give an authenticator app {login['app_secret']}")
            say("")
        if "outbox" in self.parts:
            say(f"Mail is kept in {self.place.outbox}; none leaves this machine until EMAIL_URL is set.")
        if self.account is not None and self.app_account is None:
            say(
                f"Web and worker run as root: the user {self.account.name} cannot read this checkout or its"
                " Python. Put both where it can, for instance under /srv, to have them run as that user."
            )
        say(f"Data and logs are in {self.place.folder}. Ctrl-C stops everything; the data stay.")

    # ---- while it runs ----------------------------------------------------------------------------------

    def watch(self) -> None:
        """Look after the parts until somebody asks us to stop; raises CannotStart if that is no use."""
        while True:
            self._look_after()
            time.sleep(0.5)

    def _look_after(self) -> None:
        for server, name in ((self.postgres, "PostgreSQL"), (self.valkey, "The broker")):
            if server is not None and server.child is not None and server.child.poll() is not None:
                raise CannotStart(f"{name} stopped by itself.\n{tail(server.log)}")
        self.parts.look_after(env=self.environment, keep=self.keep)

    # ---- stopping ---------------------------------------------------------------------------------------

    def stop(self) -> None:
        """Stop everything in the opposite order. A second Ctrl-C stops waiting for web and worker."""
        self.parts.stop(hurried=lambda: self.hurry)
        if self.valkey is not None:
            self.valkey.stop()
        if self.postgres is not None:
            self.postgres.stop()
        self.place.unlock()


def _number(name: str, default: int) -> int:
    value = os.environ.get(name, "")
    if not value:
        return default
    try:
        return int(value)
    except ValueError as error:
        raise CannotStart(f"{name} is {value!r}; it must be a whole number.") from error


def _empty(folder: Path) -> None:
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def _wants_demo() -> bool:
    said = os.environ.get("DEMO", "").strip().lower()
    if said in ("0", "no", "false", "off"):
        return False
    if said in ("1", "yes", "true", "on"):
        return True
    if said:
        raise CannotStart(f"DEMO is {said!r}; allowed are 1 and 0.")
    # A database of somebody's own is not filled with inventions unasked.
    return not os.environ.get("DATABASE_URL")


def _stop_with_parent() -> None:
    """End when `make` is killed, as if it had told us to."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGTERM), 0, 0, 0)


def _of_this_checkout(*, rebuild: bool) -> Supervisor:
    demo = _wants_demo()
    if rebuild and (not demo or os.environ.get("DATABASE_URL")):
        raise CannotStart("Only the demo in the embedded database can be made anew.")
    account = service_account()
    place = Place.of_this_checkout("demo" if demo else "clinic", account=account)
    return Supervisor(place, demo=demo, account=account)


def main() -> int:
    """Run until told to stop. Returns 0 after a stop somebody asked for, 1 if something could not start."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rebuild-demo", action="store_true", help="throw the demo away and make it anew")
    parser.add_argument("--with-parent", action="store_true", help="stop when the starting process is gone")
    arguments = parser.parse_args()
    if arguments.with_parent:
        _stop_with_parent()

    supervisor: Supervisor | None = None
    stopping = False

    def told_to_stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG001
        if not stopping:
            raise Stop
        if supervisor is not None:
            supervisor.hurry = True

    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, told_to_stop)
    code = 0
    try:
        supervisor = _of_this_checkout(rebuild=arguments.rebuild_demo)
        say(f"Littlefoot, {'with a demo' if supervisor.demo else 'empty or as you left it'}")
        supervisor.start(rebuild=arguments.rebuild_demo)
        supervisor.watch()
    except Stop:
        stopping = True
        say("\nStopping …")
    except CannotStart as error:
        stopping = True
        say(f"\nLittlefoot could not start: {error}")
        code = 1
    finally:
        stopping = True
        if supervisor is not None:
            began = time.monotonic()
            supervisor.stop()
            if code == 0:
                say(f"Stopped after {time.monotonic() - began:.1f} s; the data are kept.")
    return code


if __name__ == "__main__":
    sys.exit(main())
