"""Reminders while workers are killed -9 in the middle of a batch (docs/adr/0014)."""

from __future__ import annotations

import time
from collections import Counter

import pytest
from aiosmtpd.smtp import Envelope
from django.db import transaction

from clinic import rls
from clinic.models import CaregiverGrant, ChildHome, User
from clinic.vocabulary import GrantKind
from tests import database, factories, processes
from tests.cast import Cast
from tests.processes import Mailbox, Running, wait_until
from tests.tracking.reminding import TUESDAY, at, coming, endings, keep, plan
from tracking.models import ReminderDelivery

pytestmark = pytest.mark.faults

CAREGIVERS = 120
KILLS = 3
PROCESSES = 2
"""Of each worker; so many letters may be on their way when it is killed."""


def a_crowd_is_due(cast: Cast, clock: database.Clock) -> None:
    """Many caregivers of Fern's household, each with a letter due now."""
    day = coming(TUESDAY)
    with transaction.atomic():
        people = User.objects.bulk_create(
            [
                User(
                    name=f"crowd {number}",
                    email=f"crowd{number}@example.org",
                    email_verified_at=rls.now(),
                )
                for number in range(CAREGIVERS)
            ]
        )
        CaregiverGrant.objects.bulk_create(
            [
                CaregiverGrant(
                    clinic=cast.harbor,
                    child=cast.fern,
                    family=cast.finns_home,
                    user=person,
                    kind=GrantKind.CAREGIVER,
                    valid_from=rls.now(),
                )
                for person in people
            ]
        )
        assert ChildHome.objects.filter(child=cast.fern).count() == 1
        keep(factories.prescribed(cast.fern, by=cast.theo), now=at(day, "00:30"))
        plan(at(day, "15:00"))
    clock.move_to(at(day, "18:30"))


def test_nothing_is_lost_and_nothing_has_two_keys_when_workers_are_killed(
    live_cast: Cast, clock: database.Clock, mailbox: Mailbox
) -> None:
    a_crowd_is_due(live_cast, clock)
    everybody = CAREGIVERS + 1
    running: list[Running] = []
    deadly = [15, 45, 75]

    def kill_in_the_middle(envelope: Envelope) -> str | None:
        time.sleep(0.02)
        # Killed while the server holds the letter: it is taken, and nobody hears that it was.
        if deadly and len(mailbox.letters) >= deadly[0] and running and running[-1].child.poll() is None:
            deadly.pop(0)
            running[-1].kill()
        return None

    mailbox.answer = kill_in_the_middle
    processes.forget_tasks()
    with processes.running_beat():
        for _ in range(KILLS):
            with processes.running_worker(EMAIL_URL=mailbox.url) as worker:
                running.append(worker)
                wait_until(
                    lambda worker=worker: worker.child.poll() is not None or all_sent(),
                    what="the worker is killed or everybody is written to",
                )
            clock.advance(seconds=61)
        with processes.running_worker(EMAIL_URL=mailbox.url):
            wait_until(all_sent, what="everybody is written to")

    keys = Counter(mailbox.keys())
    planned = set(ReminderDelivery.objects.values_list("idempotency_key", flat=True))
    repeated = sum(count - 1 for count in keys.values())
    print(f"planned {everybody}, letters {len(mailbox.letters)}, keys {len(keys)}, repeated {repeated}")
    assert not deadly, "the workers were killed"
    assert endings() == {("sent", ""): everybody}
    assert {key.strip("<>").partition("@")[0] for key in keys} == {str(key) for key in planned}
    assert len(keys) == everybody
    assert 1 <= repeated <= KILLS * PROCESSES
    per_person = Counter(mailbox.recipients)
    assert len(per_person) == everybody


def all_sent() -> bool:
    return not ReminderDelivery.objects.exclude(state="sent").exists()
