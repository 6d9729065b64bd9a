"""Ten seconds without a broker, or with one that stands still: pages answer as ever, and nothing is lost.

`make prove-reminders` plays sixty; `make prove-bugs` shows that pages which wait are noticed.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests import database
from tests.cast import Cast
from tests.faults.promise.broker import go_down
from tests.processes import Mailbox

pytestmark = pytest.mark.faults


@pytest.mark.parametrize("stalls", [False, True], ids=["gone", "standing still"])
def test_without_a_broker_pages_answer_and_nothing_is_lost(
    live_cast: Cast,
    clock: database.Clock,
    mailbox: Mailbox,
    say_at_the_end: Callable[[str], None],
    stalls: bool,
) -> None:
    broken = go_down(live_cast, clock, mailbox, people=100, seconds=10, stalls=stalls)
    say_at_the_end(f"{'standing still' if stalls else 'gone'}, {broken}")
    assert broken.is_clean, (broken, broken.meanwhile.refused)
    assert broken.meanwhile.asked_for_reports
    assert broken.due_meanwhile > broken.sent_meanwhile
