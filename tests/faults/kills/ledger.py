"""An evening of kills, and what became of everything that was logged."""

from __future__ import annotations

import contextlib
import random
import tempfile
import threading
import time
import uuid
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import psycopg
from django.db import transaction

from clinic import rls
from clinic.models import CaregiverGrant
from config.embedded.postgres import Postgres
from littlefoot_client import Phone
from tests import factories
from tests.cast import Cast
from tests.faults.kills.phones import Carried, Heard, SinglePuts
from tests.faults.kills.servers import Servers, another_postgres
from tests.processes import wait_until

UNDER_LOAD = 30
"""Writes acknowledged between two kills, at the least."""

TABLES = {
    "session": "tracking_massagesession",
    "bedtime": "tracking_bedtime",
    "observation": "tracking_tactileobservation",
}


@dataclass
class Ledger:
    """What became of everything that was logged."""

    seconds: dict[str, list[float]]
    """From each kill until web answered again."""
    operations: int = 0
    acknowledged: int = 0
    retried: int = 0
    told_late: int = 0
    """Done the first time, but nobody was told; known since it was sent again."""
    waited: int = 0
    """On phones, unacknowledged, when the last kill was over."""
    lost_acknowledged: int = 0
    lost: int = 0
    duplicates: int = 0
    unreceipted: int = 0
    """Revisions without exactly one receipt, and receipts without a revision."""
    unlike: int = 0
    """Things that a phone shows otherwise than the server."""
    signed_out: int = 0
    """How often somebody had to type their password again."""

    @property
    def is_clean(self) -> bool:
        wrong = (self.lost_acknowledged, self.lost, self.duplicates, self.unreceipted, self.unlike)
        return not any(wrong) and not self.signed_out

    def __str__(self) -> str:
        kills = ", ".join(
            f"{what} × {len(took)} (back after {min(took):.1f} to {max(took):.1f} s)"
            for what, took in self.seconds.items()
        )
        return (
            f"{sum(map(len, self.seconds.values()))} rounds: killed {kills};\n"
            f"  {self.operations} writes, {self.acknowledged} acknowledged before the last sync,"
            f" {self.waited} still on phones then; sent again {self.retried} times,"
            f" done without anybody being told {self.told_late};\n"
            f"  acknowledged lost {self.lost_acknowledged}, others lost {self.lost},"
            f" duplicates {self.duplicates}, receipts amiss {self.unreceipted},"
            f" things unlike on a phone {self.unlike}, signed out {self.signed_out}"
        )


def kill_while_phones_log(
    cast: Cast,
    *,
    victims: Sequence[str],
    seed: int,
    forgets: bool = False,
    kinds: Sequence[type[Phone]] = (Phone, SinglePuts, Phone, SinglePuts, Phone),
) -> Ledger:
    """Each round kills one of `victims`, in any order. `kinds` are the phones of Fay, Greg and Nan."""
    chance = random.Random(seed)
    with rls.acting_as(system="seeding"), transaction.atomic():
        grants = CaregiverGrant.objects.filter(child=cast.cleo, user__in=[cast.fay, cast.greg])
        twins = [cast.cleo.pk, factories.sibling(cast.cleo, grants=grants).pk]
    with contextlib.ExitStack() as lives:
        postgres = lives.enter_context(another_postgres(forgets=forgets))
        servers = Servers(postgres, lives)
        folder = Path(lives.enter_context(tempfile.TemporaryDirectory(prefix="littlefoot-phones-")))
        phones = [
            Carried(
                name,
                kind,
                folder / f"{number}.db",
                Heard(servers, random.Random(f"{seed} network {number}")),
                twins if name != "nan" else twins[:1],
                random.Random(f"{seed} {number}"),
            )
            for number, (name, kind) in enumerate(
                zip(("fay", "fay", "greg", "greg", "nan"), kinds, strict=True)
            )
        ]
        seconds = _kill(servers, phones, chance.sample(victims, len(victims)), chance)
        ledger = Ledger(seconds)
        _bring_to_rest(phones, ledger)
        _count(phones, twins, postgres, ledger)
        return ledger


def _kill(
    servers: Servers, phones: list[Carried], victims: Sequence[str], chance: random.Random
) -> dict[str, list[float]]:
    """The seconds that each was gone."""
    seconds: dict[str, list[float]] = {what: [] for what in sorted(set(victims))}
    is_over = threading.Event()
    with ThreadPoolExecutor(len(phones)) as hands:
        logging = [hands.submit(phone.run, is_over) for phone in phones]
        try:
            for what in victims:
                _wait_for_load(phones)
                time.sleep(chance.uniform(0, 2))
                seconds[what].append(servers.kill(what))
        finally:
            is_over.set()
    for one in logging:
        one.result()
    return seconds


def _wait_for_load(phones: list[Carried]) -> None:
    """Until whoever was started anew has got into its stride."""

    def acknowledged() -> int:
        return sum(len(phone.network.acknowledged) for phone in phones)

    before = acknowledged()
    wait_until(lambda: acknowledged() >= before + UNDER_LOAD, what="phones log again")


def _bring_to_rest(phones: list[Carried], ledger: Ledger) -> None:
    for phone in phones:
        phone.restart()
        ledger.operations += len(phone.logged)
        ledger.acknowledged += len(phone.network.acknowledged)
        ledger.waited += len(phone.disk.queue())
    for _ in range(2):
        for phone in phones:
            wait_until(lambda phone=phone: phone.try_to(phone.phone.sync), what="a phone has synced")
    for phone in phones:
        ledger.retried += sum(phone.network.sent.values()) - len(phone.network.sent)
        ledger.told_late += len(phone.network.replayed)
        ledger.unlike += phone.differs()
        ledger.signed_out += phone.signed_out


def _count(phones: list[Carried], children: list[uuid.UUID], postgres: Postgres, ledger: Ledger) -> None:
    """Look at the rows as they are in the tables."""
    rows: Counter[str] = Counter()
    revisions: Counter[tuple[uuid.UUID, str, uuid.UUID, int]] = Counter()
    with psycopg.connect(postgres.superuser_url) as connection:
        for kind, table in TABLES.items():
            for child, thing, revision, note in connection.execute(
                f"SELECT child_id, client_id, revision, note FROM {table} WHERE child_id = ANY(%s)",
                [children],
            ):
                rows[note] += 1
                revisions[child, kind, thing, revision] += 1
        receipts = Counter(
            connection.execute(
                "SELECT child_id, kind, client_id, revision FROM tracking_writereceipt"
                " WHERE child_id = ANY(%s)",
                [children],
            ).fetchall()
        )
    ledger.unreceipted = len(dict(revisions.items() ^ receipts.items()))
    for phone in phones:
        for mark in phone.logged:
            ledger.duplicates += max(0, rows[mark] - 1)
            if rows[mark] == 0 and mark in phone.network.acknowledged:
                ledger.lost_acknowledged += 1
            elif rows[mark] == 0:
                ledger.lost += 1
