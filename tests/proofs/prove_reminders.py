"""`make prove-reminders`: the fault table of reminders, with ledgers.

Ten thousand due rows (LITTLEFOOT_ROWS) while workers, beat, broker and PostgreSQL are killed -9 and a worker
is stalled, twenty times in all (LITTLEFOOT_KILLS), with a seed that LITTLEFOOT_SEED repeats; a minute without
a broker (LITTLEFOOT_BROKER_SECONDS); five hours without a worker, played on the product's clock; a message
that kills its senders; two beats; five hundred logs that race the claim (LITTLEFOOT_RACES); access ended,
hospital and pause between plan and message. tests/faults has each in short; prove_bugs.py has what each finds
out.
"""

from __future__ import annotations

import os
import random
from typing import Any

import pytest

from tests import database
from tests.cast import Cast
from tests.faults.promise.broker import go_down
from tests.faults.promise.changing import CHANGES, change
from tests.faults.promise.crowd import a_crowd_is_due
from tests.faults.promise.evening import VICTIMS, evening
from tests.faults.promise.killing import send_while_parts_are_killed
from tests.faults.promise.ledger import count
from tests.faults.promise.outage import go_away
from tests.faults.promise.poison import send_with_a_killer_among_them
from tests.faults.promise.racing import race
from tests.processes import Mailbox
from tests.tracking.reminding import endings
from tracking.reminders import delivering

ROWS = int(os.environ.get("LITTLEFOOT_ROWS", "10000"))
KILLS = int(os.environ.get("LITTLEFOOT_KILLS", "20"))
BROKER_SECONDS = float(os.environ.get("LITTLEFOOT_BROKER_SECONDS", "60"))
RACES = int(os.environ.get("LITTLEFOOT_RACES", "500"))
SEED = int(os.environ.get("LITTLEFOOT_SEED", "0")) or random.SystemRandom().randrange(1, 10**6)


def test_everybody_is_written_to_once_whatever_is_killed(
    live_cast: Cast, clock: database.Clock, mailbox: Mailbox
) -> None:
    a_crowd_is_due(live_cast, clock, people=ROWS)
    victims = [VICTIMS[number % len(VICTIMS)] for number in range(KILLS)]
    random.Random(SEED).shuffle(victims)
    print(f"\nseed {SEED}")
    ledger = send_while_parts_are_killed(mailbox, victims=victims, seed=SEED, seconds=1800)
    print(ledger)
    assert ledger.is_clean
    assert ledger.planned > ROWS


def test_a_minute_without_a_broker_is_met_by_nobody_on_the_pages(
    live_cast: Cast, clock: database.Clock, mailbox: Mailbox
) -> None:
    broken = go_down(live_cast, clock, mailbox, people=1000, seconds=BROKER_SECONDS, drains_within=600)
    print(f"\n{broken}")
    assert broken.is_clean, broken.meanwhile.refused


@pytest.mark.parametrize("from_wall", ["16:00", "19:30"])
def test_after_an_outage_nothing_late_comes_and_one_message_at_most(
    live_cast: Cast, clock: database.Clock, mailbox: Mailbox, from_wall: str
) -> None:
    outage = go_away(live_cast, clock, mailbox, people=400, from_wall=from_wall, seconds=300)
    print(f"\naway from {from_wall} for five hours: {outage}")
    assert outage.is_clean


def test_a_message_that_kills_its_senders_is_given_up_and_the_others_go(
    live_cast: Cast, clock: database.Clock, mailbox: Mailbox
) -> None:
    crowd = a_crowd_is_due(live_cast, clock, people=500)
    ledger = send_with_a_killer_among_them(mailbox, crowd, seconds=300)
    print(f"\none message that kills: {ledger}")
    assert ledger.states == {"sent": ledger.planned - 1, "unknown (senders_died)": 1}


def test_two_beats_and_two_workers_write_to_everybody_once(
    live_cast: Cast, clock: database.Clock, mailbox: Mailbox
) -> None:
    a_crowd_is_due(live_cast, clock, people=500)
    with evening(mailbox, has_own_servers=False) as played:
        played.start(workers=2, beats=2)
        played.send_all(seconds=300)
        ledger = count(played)
    print(f"\ntwo beats, two workers: {ledger}")
    assert ledger.is_clean
    assert ledger.repeats == 0


@pytest.fixture
def by_smtp(settings: Any, mailbox: Mailbox) -> Mailbox:
    """Mail of this process leaves by SMTP to a server of ours."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", mailbox.port
    return mailbox


def test_a_log_that_races_the_claim_is_seen(live_cast: Cast, clock: database.Clock, by_smtp: Mailbox) -> None:
    races = race(live_cast, clock, by_smtp, rounds=RACES, seed=SEED)
    print(f"\nseed {SEED}, {races}")
    assert races.is_clean


@pytest.mark.parametrize("reason", sorted(CHANGES))
def test_nobody_is_reminded_of_what_ended_between_plan_and_message(
    live_cast: Cast, clock: database.Clock, by_smtp: Mailbox, reason: str
) -> None:
    crowd = a_crowd_is_due(live_cast, clock, people=1000)
    change(reason, live_cast, crowd, clock)
    while delivering.deliver_batch():
        pass
    print(f"\n{reason} between plan and message: {dict(endings())}, letters {len(by_smtp.letters)}")
    assert len(by_smtp.letters) == 0
    assert set(endings()) == {("suppressed", reason)}
