"""What is counted as families write is what their entries say, whatever they do with them."""

from __future__ import annotations

import datetime as dt
import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.db.models import Sum

from clinic import rls
from clinic.jobs import as_system
from clinic.models import Child, User
from tests.cast import Cast, make_id
from tests.database import as_owner
from tests.tracking.erasures import carry_out, due_erasure
from tests.tracking.records import MONDAY, at, cleos_bedtime, cleos_lotion, cleos_session, log_session
from tracking import tasks
from tracking.models import Bedtime, ClinicDay, MassageSession, TactileObservation
from tracking.services import recording, revising
from tracking.services.rolling_up import differences, lay_days_together
from tracking.sync.bodies import EntryBody, EntryKind
from tracking.vocabulary.erasure import ErasureOf


def kept(cast: Cast) -> dict[tuple[dt.date, str], tuple[int, int, Decimal]]:
    """Entries, children and minutes by day and count, of Harbor Lane."""
    rows = ClinicDay.objects.filter(clinic=cast.harbor).values("local_day", "counts")
    sums = rows.annotate(entries=Sum("entry_count"), children=Sum("child_count"), timed=Sum("minutes"))
    return {
        (row["local_day"], row["counts"]): (row["entries"], row["children"], row["timed"])
        for row in sums
        if row["entries"]
    }


def test_a_second_massage_of_a_day_is_an_entry_more_and_no_child_more(cast: Cast) -> None:
    with rls.acting_as(cast.fay):
        log_session(cast.fay, cast.cleo)
        log_session(cast.fay, cast.cleo, occurred_at=at("09:00"))
    assert kept(cast) == {(MONDAY, "stopped"): (2, 1, Decimal("9.00"))}
    with rls.acting_as(cast.finn):
        log_session(cast.finn, cast.fern, minutes=None)
    assert kept(cast) == {(MONDAY, "stopped"): (3, 2, Decimal("9.00"))}


def test_a_correction_moves_an_entry_from_one_count_and_day_to_another(cast: Cast) -> None:
    mine = make_id()
    earlier = MONDAY - dt.timedelta(days=1)
    with rls.acting_as(cast.fay):
        log_session(cast.fay, cast.cleo, client_id=mine)
        log_session(
            cast.fay,
            cast.cleo,
            client_id=mine,
            base_revision=1,
            occurred_at=at("19:20", on=earlier),
            outcome="done",
            ended_by="",
            now=at("20:00"),
        )
    assert kept(cast) == {(earlier, "done"): (1, 1, Decimal("4.50"))}


def test_what_is_withdrawn_counts_nowhere_until_it_is_restored(cast: Cast) -> None:
    with rls.acting_as(cast.fay):
        row = log_session(cast.fay, cast.cleo).row
        told: dict[str, Any] = {
            "by": cast.fay,
            "child": cast.cleo,
            "kind": EntryKind.SESSION,
            "client_id": row.client_id,
            "now": at("20:30"),
        }
        revising.withdraw_entry(**told)
        assert kept(cast) == {}
        revising.restore_entry(**told)
    assert kept(cast) == {(MONDAY, "stopped"): (1, 1, Decimal("4.50"))}


class History:
    """Whatever families may do, in an order told by a number."""

    def __init__(self, cast: Cast, seed: int) -> None:
        self.cast, self.dice = cast, random.Random(seed)
        self.entries: list[tuple[User, Child, EntryKind, Any]] = []

    def do_something(self) -> None:
        verb = self.dice.choice([self.write, self.write, self.write, self.correct, self.withdraw, self.look])
        with rls.acting_as(system="seeding"):
            verb()

    def write(self) -> None:
        by, child = self.dice.choice(
            [
                (self.cast.fay, self.cast.cleo),
                (self.cast.greg, self.cast.cleo),
                (self.cast.finn, self.cast.fern),
                (self.cast.dana, self.cast.cody),
            ]
        )
        kind = self.dice.choice(
            [EntryKind.SESSION, EntryKind.SESSION, EntryKind.BEDTIME, EntryKind.OBSERVATION]
        )
        row = self.record(by, child, kind, make_id(), None)
        self.entries.append((by, child, kind, row.client_id))

    def correct(self) -> None:
        if self.entries:
            by, child, kind, client_id = self.dice.choice(self.entries)
            latest = VERBS[kind][1].objects.get(child=child, client_id=client_id, is_latest=True)
            self.record(by, child, kind, client_id, latest.revision)

    def withdraw(self) -> None:
        if self.entries:
            by, child, kind, client_id = self.dice.choice(self.entries)
            verb = self.dice.choice([revising.withdraw_entry, revising.restore_entry])
            verb(by=by, child=child, kind=kind, client_id=client_id, now=at("23:30"))

    def look(self) -> None:
        """Somebody says that an entry is right, or the job lays days together."""
        lay_days_together(limit=self.dice.randrange(1, 4))
        if self.entries:
            by, child, kind, client_id = self.dice.choice(self.entries)
            revising.confirm_entry(by=by, child=child, kind=kind, client_id=client_id, now=at("23:40"))

    def record(self, by: User, child: Child, kind: EntryKind, client_id: Any, base: int | None) -> Any:
        return VERBS[kind][0](
            by=by,
            child=child,
            client_id=client_id,
            entry=self.body(kind),
            door="api",
            base_revision=base,
            now=at("23:00"),
        ).row

    def body(self, kind: EntryKind) -> EntryBody:
        day = MONDAY - dt.timedelta(days=self.dice.randrange(3))
        if self.dice.random() < 0.2:
            day = MONDAY + dt.timedelta(days=400)  # a clock that cannot be right
        when = at(self.dice.choice(["08:00", "13:15", "19:20"]), on=day)
        if kind is EntryKind.BEDTIME:
            return cleos_bedtime(lights_out_at=when, asleep_at=None)
        if kind is EntryKind.OBSERVATION:
            return cleos_lotion(occurred_at=when)
        outcome = self.dice.choice(["done", "stopped", "declined", "not_today"])
        minutes = self.dice.choice([None, Decimal(5), Decimal("7.25")])
        return cleos_session(
            occurred_at=when,
            outcome=outcome,
            ended_by="child" if outcome == "stopped" else "",
            minutes=minutes if outcome in ("done", "stopped") else None,
            steps=(),
            cues=(),
        )


VERBS: dict[EntryKind, Any] = {
    EntryKind.SESSION: (recording.record_session, MassageSession),
    EntryKind.BEDTIME: (recording.record_bedtime, Bedtime),
    EntryKind.OBSERVATION: (recording.record_observation, TactileObservation),
}


@pytest.mark.parametrize("seed", [3, 11, 42])
def test_after_any_history_what_was_kept_is_what_the_entries_say(cast: Cast, seed: int) -> None:
    history = History(cast, seed)
    for _ in range(40):
        history.do_something()
        assert differences() == ()
    assert kept(cast)
    due_erasure(cast.harbor, ErasureOf.CHILD, cast.cleo.pk, by=cast.otto, confirmed_by=cast.theo)
    carry_out()
    assert differences() == ()
    assert set(MassageSession.objects.values_list("child_id", flat=True)) <= {cast.fern.pk, cast.cody.pk}
    assert ClinicDay.objects.exists()


@contextmanager
def without_upkeep(verb: str) -> Iterator[None]:
    """As if nobody counted what one verb changes of massages."""
    trigger = f"tracking_massagesession_{verb}_counted"
    with as_owner() as cursor:
        cursor.execute(f"ALTER TABLE tracking_massagesession DISABLE TRIGGER {trigger}")
    yield
    with as_owner() as cursor:
        cursor.execute(f"ALTER TABLE tracking_massagesession ENABLE TRIGGER {trigger}")


def test_upkeep_that_is_broken_is_found_said_and_set_right(
    live_cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    cast = live_cast
    with rls.acting_as(cast.fay), transaction.atomic():
        row = log_session(cast.fay, cast.cleo).row
    call_command("rollups")
    with without_upkeep("insert"), rls.acting_as(cast.fay), transaction.atomic():
        log_session(cast.fay, cast.cleo, occurred_at=at("09:00"))
    capsys.readouterr()
    with pytest.raises(CommandError, match="1 differences"):
        call_command("rollups")
    assert (
        f"{cast.harbor.pk} {MONDAY} stopped: entries +1, children +0, minutes +4.50"
        in capsys.readouterr().out
    )
    call_command("rollups", "--repair")
    call_command("rollups")
    with without_upkeep("update"), rls.acting_as(cast.fay), transaction.atomic():
        revising.withdraw_entry(
            by=cast.fay, child=cast.cleo, kind=EntryKind.SESSION, client_id=row.client_id, now=at("20:30")
        )
    capsys.readouterr()
    with pytest.raises(CommandError, match="1 differences"):
        call_command("rollups")
    assert f"{MONDAY} stopped: entries -1, children +0, minutes -4.50" in capsys.readouterr().out
    call_command("rollups", "--repair")
    with transaction.atomic():
        due_erasure(cast.harbor, ErasureOf.CHILD, cast.cleo.pk, by=cast.otto, confirmed_by=cast.theo)
    with without_upkeep("delete"):
        carry_out()
    with pytest.raises(CommandError, match="1 differences"):
        call_command("rollups")


def test_two_families_of_a_clinic_write_of_one_evening_without_waiting_for_each_other(
    live_cast: Cast,
) -> None:
    cast, done = live_cast, threading.Event()

    def write_and_end() -> None:
        with rls.acting_as(cast.finn), transaction.atomic():
            log_session(cast.finn, cast.fern)
        done.set()
        connection.close()

    other = threading.Thread(target=write_and_end)
    with rls.acting_as(cast.fay), transaction.atomic():
        log_session(cast.fay, cast.cleo)
        other.start()
        assert done.wait(timeout=20), "one evening's row would be waited for until this transaction ends"
    other.join()
    with as_system("rollups"):
        assert differences() == ()
    assert kept(cast) == {(MONDAY, "stopped"): (2, 2, Decimal("9.00"))}


def test_the_job_sums_the_parts_of_a_day_and_changes_nothing_told(cast: Cast) -> None:
    with rls.acting_as(cast.fay):
        for hour in ("08:00", "12:00", "19:20"):
            log_session(cast.fay, cast.cleo, occurred_at=at(hour))
    before = kept(cast)
    assert ClinicDay.objects.count() == 3
    tasks.lay_days_together()
    assert ClinicDay.objects.count() == 1
    assert kept(cast) == before
    assert differences() == ()


def test_owners_and_therapists_see_the_counts_of_their_clinic_and_nobody_changes_them(cast: Cast) -> None:
    with rls.acting_as(cast.fay):
        log_session(cast.fay, cast.cleo)
    sees = {"otto": 1, "theo": 1, "tess": 1, "asha": 0, "opal": 0, "fay": 0, "olga": 0, "sol": 0}
    for name, count in sees.items():
        with rls.acting_as(getattr(cast, name)):
            assert ClinicDay.objects.count() == count, name
            ClinicDay.objects.all().delete()
    assert ClinicDay.objects.count() == 1
