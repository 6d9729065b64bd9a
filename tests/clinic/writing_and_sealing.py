"""Eight writers and two sealers at once, for a while: what the test and the long proof share."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction

from clinic import audit, rls
from clinic.models import Clinic, User
from clinic.vocabulary import AuditCode
from tests import database
from tests.clinic.sealing import in_threads, seal, verified, written_to

WRITERS, SEALERS = 8, 2


class Undone(Exception):
    """The writer thought better of it."""

    @classmethod
    def now_and_then(cls, chance: random.Random) -> None:
        """Raise it once in ten times."""
        if chance.random() < 0.1:
            raise cls


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it; a fork is a place taken twice, a gap one that nobody took."""

    rows: int
    seals: int
    forks: int
    gaps: int
    faults: int
    out_of_order: int

    def __str__(self) -> str:
        return (
            f"{self.rows} rows, {self.seals} seals, {self.forks} forks, {self.gaps} gaps,"
            f" {self.faults} faults, {self.out_of_order} out of order"
        )


def write_and_seal(people: list[User], clinics: list[Clinic | None], *, seconds: float) -> Outcome:
    """Write and seal at once, seal the rest, and look at what there is."""
    over = time.monotonic() + seconds

    def writer(number: int) -> Callable[[], None]:
        chance = random.Random(number)

        def run() -> None:
            while time.monotonic() < over:
                try:
                    _write(chance, chance.choice(people), chance.choice(clinics))
                except Undone:
                    continue

        return run

    def sealer() -> None:
        while time.monotonic() < over:
            seal()

    in_threads(*[writer(number) for number in range(WRITERS)], *[sealer] * SEALERS)
    seal()
    return _outcome(clinics)


def _write(chance: random.Random, by: User, clinic: Clinic | None) -> None:
    """A transaction of a few rows; some stay open for a while, some are undone as a whole or in part."""
    clinic_id = clinic.pk if clinic else None
    with rls.acting_as(by), transaction.atomic():
        for _ in range(chance.randint(1, 4)):
            try:
                with transaction.atomic():
                    audit.record(AuditCode.INVITED, by=by, now=rls.now(), clinic_id=clinic_id)
                    Undone.now_and_then(chance)
            except Undone:
                continue
        if chance.random() < 0.2:
            time.sleep(chance.random() / 5)
        Undone.now_and_then(chance)


def _outcome(clinics: list[Clinic | None]) -> Outcome:
    rows = seals = forks = gaps = faults = out_of_order = 0
    for clinic in clinics:
        rows += written_to(clinic)
        report = verified(clinic)
        faults += len(report.findings) + report.unsealed
        with database.as_owner() as cursor:
            chain = "clinic_id IS NULL" if clinic is None else "clinic_id = %(clinic)s"
            cursor.execute(
                "SELECT count(*), count(*) - count(DISTINCT position), coalesce(max(position), 0)"
                f" - count(DISTINCT position) FROM clinic_auditseal WHERE {chain}",
                {"clinic": clinic and clinic.pk},
            )
            counted = cursor.fetchone()
            assert counted is not None
            cursor.execute(
                "SELECT count(*) FROM (SELECT (written_in, event_id) < lag((written_in, event_id))"
                f" OVER (ORDER BY position) AS is_back FROM clinic_auditseal WHERE {chain}) s WHERE is_back",
                {"clinic": clinic and clinic.pk},
            )
            backwards = cursor.fetchone()
            assert backwards is not None
        seals, forks, gaps = seals + counted[0], forks + counted[1], gaps + counted[2]
        out_of_order += backwards[0]
    return Outcome(rows, seals, forks, gaps, faults, out_of_order)
