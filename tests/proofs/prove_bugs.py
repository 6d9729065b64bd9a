"""`make prove-bugs`: what the fault runs of `make test` would notice.

Each row is a fault run of tests/faults with a mistake built into the processes that it plays with, and passes
only if the run's ledger shows the damage. Rows whose mistake fits into the test's own process are in
tests/faults, beside the run that they belong to.
"""

from __future__ import annotations

import uuid

import pytest

from littlefoot_client import Phone
from tests import database
from tests.cast import Cast
from tests.faults.kills.ledger import kill_while_phones_log
from tests.faults.kills.servers import POSTGRES
from tests.faults.promise.broker import go_down
from tests.faults.promise.crowd import a_crowd_is_due
from tests.faults.promise.evening import STALL, WORKER, evening
from tests.faults.promise.killing import send_while_parts_are_killed
from tests.faults.promise.ledger import count
from tests.faults.promise.outage import go_away
from tests.faults.promise.poison import send_with_a_killer_among_them
from tests.processes import Mailbox

# ---- logging ----------------------------------------------------------------------------------------------


class Forgetful(Phone):
    """Takes for done what it has sent."""

    def _send_all(self) -> bool:
        operations = self._sendable()
        try:
            return super()._send_all()
        finally:
            for one in operations:
                self.disk.dequeue(one.number)


class Impatient(Phone):
    """Sends everything twice, the second time under an id of its own."""

    def _send_all(self) -> bool:
        for one in self._sendable():
            if not one.was_sent:
                self.disk.enqueue(one.do, one.kind, one.child, uuid.uuid4(), one.body, None)
        return super()._send_all()


def test_a_server_that_commits_in_memory_and_phones_that_forget_or_repeat_are_found_out(
    live_cast: Cast,
) -> None:
    ledger = kill_while_phones_log(
        live_cast,
        victims=[POSTGRES],
        seed=1,
        forgets=True,
        kinds=(Forgetful, Impatient, Phone, Forgetful, Impatient),
    )
    print(f"\nbroken on purpose: {ledger}")
    assert ledger.lost_acknowledged > 0
    assert ledger.lost > 0
    assert ledger.duplicates > 0


# ---- reminders --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("bug", "victims", "amiss"),
    [
        ("mark_then_send", [WORKER], "never_sent"),
        ("no_fence", [STALL], "repeats"),
        ("new_key_each_time", [WORKER], "duplicates"),
    ],
)
def test_what_sends_wrongly_is_found_out(
    live_cast: Cast, clock: database.Clock, mailbox: Mailbox, bug: str, victims: list[str], amiss: str
) -> None:
    a_crowd_is_due(live_cast, clock, people=200)
    ledger = send_while_parts_are_killed(mailbox, victims=victims, seed=1, bugs=[bug], seconds=30)
    print(f"\nwith the bug {bug}: {ledger}")
    assert not ledger.is_clean
    assert getattr(ledger, amiss) > 0


def test_two_workers_without_leases_are_found_out(
    live_cast: Cast, clock: database.Clock, mailbox: Mailbox
) -> None:
    a_crowd_is_due(live_cast, clock, people=60)
    with evening(mailbox, bugs=["no_lease"], has_own_servers=False, seconds_a_letter=0.02) as played:
        played.start(workers=2, beats=2)
        played.send_all(seconds=180)
        ledger = count(played)
    print(f"\nwith the bug no_lease: {ledger}")
    assert ledger.repeats > 0


@pytest.mark.parametrize(("bug", "amiss"), [("expiry_not_looked_at", "late"), ("no_merging", "most_for_one")])
def test_a_late_message_and_a_second_one_are_found_out(
    live_cast: Cast, clock: database.Clock, mailbox: Mailbox, bug: str, amiss: str
) -> None:
    outage = go_away(live_cast, clock, mailbox, people=8, from_wall="16:00", bugs=[bug])
    print(f"\nwith the bug {bug}: {outage}")
    assert not outage.is_clean
    assert getattr(outage, amiss) > (amiss == "most_for_one")


def test_who_forgets_over_what_senders_died_is_found_out(
    live_cast: Cast, clock: database.Clock, mailbox: Mailbox
) -> None:
    crowd = a_crowd_is_due(live_cast, clock, people=20)
    ledger = send_with_a_killer_among_them(mailbox, crowd, bugs=["blames_nobody"], seconds=25)
    print(f"\nwith the bug blames_nobody: {ledger}")
    assert ledger.stuck > 0


def test_a_page_that_waits_for_the_broker_is_found_out(
    live_cast: Cast, clock: database.Clock, mailbox: Mailbox
) -> None:
    program = "tests.faults.promise.waiting_web"
    broken = go_down(live_cast, clock, mailbox, people=10, seconds=6, program=program)
    print(f"\nwith pages that wait: {broken}")
    assert broken.meanwhile.slow > 0
