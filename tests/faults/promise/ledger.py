"""What became of every reminder of an evening, from the rows and from what the provider took."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.faults.promise.evening import Evening

ROWS = """
SELECT d.state, d.reason, u.email
FROM tracking_reminderdelivery d JOIN clinic_user u ON u.id = d.recipient_id
"""
OPEN = ("due", "leased", "retry")


@dataclass
class Ledger:
    """Counts of one evening; `took` is what a provider that tells repeats by their key accepted."""

    planned: int = 0
    states: Counter[str] = field(default_factory=Counter)
    letters: int = 0
    took: int = 0
    stuck: int = 0
    never_sent: int = 0
    """People who were to be written to, whatever their rows say, and were not."""
    duplicates: int = 0
    """What the provider accepted beyond one for each person."""
    repeats: int = 0
    """Letters that came again under a key that was taken before."""
    most_repeats: int = 0
    """As many as can be explained: one for each process that was in the middle of something."""
    interrupted: Counter[str] = field(default_factory=Counter)

    @property
    def is_clean(self) -> bool:
        return (
            not (self.stuck or self.never_sent or self.duplicates)
            and self.repeats <= self.most_repeats
            and sum(self.states.values()) == self.planned
        )

    def __str__(self) -> str:
        states = ", ".join(f"{state} {count:,}" for state, count in sorted(self.states.items()))
        interrupted = ", ".join(f"{what} × {count}" for what, count in sorted(self.interrupted.items()))
        return (
            f"{self.planned:,} rows: {states}; interrupted: {interrupted or 'nothing'};\n"
            f"  letters {self.letters:,}, accepted by key {self.took:,}; never sent {self.never_sent},"
            f" stuck {self.stuck}, duplicates accepted {self.duplicates},"
            f" repeats {self.repeats} (explained: {self.most_repeats})"
        )


def count(evening: Evening, *, most_repeats: int = 0) -> Ledger:
    """The ledger of an evening that is over. Everybody was to be written to."""
    rows = evening.ask(ROWS)
    box = evening.mailbox
    letters = Counter(zip(box.recipients, box.keys(), strict=True))
    people = Counter(address for address, _ in letters)
    return Ledger(
        planned=len(rows),
        states=Counter(f"{state} ({reason})" if reason else state for state, reason, _ in rows),
        letters=letters.total(),
        took=len(letters),
        stuck=sum(state in OPEN for state, _, _ in rows),
        never_sent=len({address for _, _, address in rows} - people.keys()),
        duplicates=_beyond_one(people.values()),
        repeats=_beyond_one(letters.values()),
        most_repeats=most_repeats,
        interrupted=evening.interrupted,
    )


def _beyond_one(counts: Iterable[int]) -> int:
    return sum(count - 1 for count in counts)
