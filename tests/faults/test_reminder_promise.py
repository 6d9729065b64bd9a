"""What reminders promise, with real mail, workers and beats: the rows of the fault table that kill nobody.

Each row is played as the product is, and with a mistake switched on that it has to find out.
`make prove-bugs` plays the mistakes that have to be in other processes.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest

from tests import database
from tests.cast import Cast
from tests.faults.promise import bugs
from tests.faults.promise.changing import CHANGES, change
from tests.faults.promise.crowd import a_crowd_is_due
from tests.faults.promise.evening import evening
from tests.faults.promise.ledger import count
from tests.faults.promise.outage import go_away
from tests.faults.promise.poison import send_with_a_killer_among_them
from tests.faults.promise.racing import race
from tests.processes import Mailbox
from tests.tracking.reminding import endings
from tracking.reminders import delivering

pytestmark = pytest.mark.faults

Say = Callable[[str], None]


@pytest.fixture
def by_smtp(settings: Any, mailbox: Mailbox) -> Mailbox:
    """Mail of this process leaves by SMTP to a server of ours."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", mailbox.port
    return mailbox


# ---- five hours without a worker --------------------------------------------------------------------------


@pytest.mark.parametrize("from_wall", ["16:00", "19:30"])
def test_after_an_outage_nothing_late_comes_and_one_message_at_most(
    live_cast: Cast, clock: database.Clock, mailbox: Mailbox, say_at_the_end: Say, from_wall: str
) -> None:
    outage = go_away(live_cast, clock, mailbox, people=24, from_wall=from_wall)
    say_at_the_end(f"away from {from_wall}: {outage}")
    assert outage.is_clean, outage
    assert bool(outage.letters) is (from_wall == "16:00")


# ---- one message that cannot be sent ----------------------------------------------------------------------


def test_a_message_that_kills_its_senders_is_given_up_and_the_others_go(
    live_cast: Cast, clock: database.Clock, mailbox: Mailbox, say_at_the_end: Say
) -> None:
    crowd = a_crowd_is_due(live_cast, clock, people=60)
    ledger = send_with_a_killer_among_them(mailbox, crowd)
    say_at_the_end(f"one message that kills: {ledger}")
    assert ledger.states == {"sent": ledger.planned - 1, "unknown (senders_died)": 1}
    assert (ledger.stuck, ledger.duplicates, ledger.never_sent) == (0, 0, 1)


# ---- two beats --------------------------------------------------------------------------------------------


def test_two_beats_and_two_workers_write_to_everybody_once(
    live_cast: Cast, clock: database.Clock, mailbox: Mailbox, say_at_the_end: Say
) -> None:
    a_crowd_is_due(live_cast, clock, people=60)
    with evening(mailbox, has_own_servers=False, seconds_a_letter=0.02) as played:
        played.start(workers=2, beats=2)
        played.send_all(seconds=180)
        ledger = count(played)
    say_at_the_end(f"two beats: {ledger}")
    assert ledger.is_clean, ledger
    assert ledger.repeats == 0


# ---- a log that races the claim ---------------------------------------------------------------------------


def test_a_log_that_races_the_claim_is_always_seen(
    live_cast: Cast, clock: database.Clock, by_smtp: Mailbox, say_at_the_end: Say
) -> None:
    seed = random.SystemRandom().randrange(10**6)
    races = race(live_cast, clock, by_smtp, rounds=20, seed=seed)
    say_at_the_end(f"seed {seed}, {races}")
    assert races.is_clean, f"seed {seed}, {races}"
    assert races.log_first
    assert races.letters


def test_who_does_not_look_at_logs_is_found_out(
    live_cast: Cast, clock: database.Clock, by_smtp: Mailbox, say_at_the_end: Say
) -> None:
    with bugs.switched_on("deaf"):
        races = race(live_cast, clock, by_smtp, rounds=6, seed=1)
    say_at_the_end(f"with the bug deaf: {races}")
    assert races.wrong > 0


# ---- what ends between plan and message -------------------------------------------------------------------


@pytest.mark.parametrize("reason", sorted(CHANGES))
def test_nobody_is_reminded_of_what_ended_between_plan_and_message(
    live_cast: Cast, clock: database.Clock, by_smtp: Mailbox, say_at_the_end: Say, reason: str
) -> None:
    crowd = a_crowd_is_due(live_cast, clock, people=40)
    change(reason, live_cast, crowd, clock)
    while delivering.deliver_batch():
        pass
    say_at_the_end(f"{reason} between plan and message: {dict(endings())}, letters {len(by_smtp.letters)}")
    assert len(by_smtp.letters) == 0
    assert set(endings()) == {("suppressed", reason)}


@pytest.mark.parametrize("reason", ["revoked", "paused"])
def test_who_does_not_look_again_is_found_out(
    live_cast: Cast, clock: database.Clock, by_smtp: Mailbox, say_at_the_end: Say, reason: str
) -> None:
    crowd = a_crowd_is_due(live_cast, clock, people=8)
    change(reason, live_cast, crowd, clock)
    with bugs.switched_on("looks_at_nothing"):
        delivering.deliver_batch()
    say_at_the_end(f"{reason}, with the bug looks_at_nothing: letters {len(by_smtp.letters)}")
    assert by_smtp.letters
