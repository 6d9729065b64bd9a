"""What became of a slot's reminder is one word, whatever became of each message."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from tracking.readings.reminders_sent import fate_of
from tracking.vocabulary.reminders import ReminderFate


@pytest.mark.parametrize(
    ("deliveries", "fate"),
    [
        ([], "not_sent"),
        ([("due", "")], "planned"),
        ([("retry", "")], "planned"),
        ([("sent", ""), ("suppressed", "muted")], "sent"),
        ([("merged", ""), ("dead", "no_address")], "sent"),
        ([("suppressed", "logged"), ("suppressed", "muted")], "logged"),
        ([("suppressed", "hospital")], "paused"),
        ([("suppressed", "other_home"), ("expired", "")], "paused"),
        ([("suppressed", "backed_off")], "backed_off"),
        ([("dead", "no_address")], "not_delivered"),
        ([("unknown", ""), ("quiet", "")], "not_delivered"),
        ([("quiet", "")], "not_sent"),
        ([("suppressed", "muted")], "not_sent"),
        ([("suppressed", "revoked")], "not_sent"),
    ],
)
def test_everybodys_messages_of_a_slot_are_one_word(deliveries: Iterable[tuple[str, str]], fate: str) -> None:
    assert fate_of(deliveries) == ReminderFate(fate)
