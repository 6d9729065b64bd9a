"""One message among many that cannot be made, or that kills whoever sends it."""

from __future__ import annotations

from collections.abc import Sequence

from clinic import rls
from clinic.models import User
from tests.faults.promise.bugs import POISONOUS
from tests.faults.promise.crowd import Crowd
from tests.faults.promise.evening import evening
from tests.faults.promise.ledger import Ledger, count
from tests.processes import Mailbox


def send_with_a_killer_among_them(
    mailbox: Mailbox, crowd: Crowd, *, bugs: Sequence[str] = (), seconds: float = 60
) -> Ledger:
    """Everybody is due, and the message to one kills the worker process that is to send it."""
    with rls.acting_as(system="seeding"):
        User.objects.filter(pk=crowd.people[len(crowd.people) // 2].pk).update(email=POISONOUS)
    with evening(mailbox, bugs=["dies_over_one", *bugs], has_own_servers=False) as played:
        played.start()
        played.come_to_rest(seconds=seconds)
        return count(played, most_repeats=played.stranded * 2)
