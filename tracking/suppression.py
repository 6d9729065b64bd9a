"""Statistical disclosure control for clinic counts: no group of one to four children can be read or derived.

Small groups are merged with their neighbors until every count is 0 or at least 5. Withholding single cells
instead would give some away to a reader who knows the rule (of 13 in `0, 5, ?, ?` both must be 4). Five is a
common minimum; a clinic has to know what its law asks for. Reasons and limits: docs/adr/0047.

Tables are made once a month, without filters. Two months differ by the children who came, went or moved to
another group; if those may be fewer than five, the earlier table is shown again (`is_told_anew`). So no two
tables ever shown differ by fewer than five children.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

LEAST = 5


@dataclass(frozen=True, slots=True)
class Group:
    """Cells `first` to `last` (indices), shown as one count; None: withheld."""

    first: int
    last: int
    count: int | None


def is_small(count: int) -> bool:
    """Whether a group of this size may not be shown."""
    return 0 < count < LEAST


def parted(counts: Sequence[int]) -> tuple[Group, ...]:
    """Groups as they may be shown, in order; each child is in exactly one cell, so they sum to the total."""
    return _grouped(counts, counts, sum)


def told(counts: Sequence[int], *, by: Sequence[int]) -> tuple[Group, ...]:
    """As `parted`, for counts of entries: `by` is the least number of children behind each count.

    A child may be behind several counts, so a merged group is known to have only the largest of its numbers.
    """
    return _grouped(counts, by, max)


def nested(counts: Sequence[int]) -> tuple[int | None, ...]:
    """Counts of groups each contained in the one before, as they may be shown; None: withheld.

    No group shown is small, nor is the difference between two of them. All are None if the widest is small.
    """
    fell_out = [wide - narrow for wide, narrow in zip(counts, (*counts[1:], 0), strict=True)]
    groups = parted(fell_out)
    begins = {one.first for one in groups if one.count is not None}
    return tuple(count if place in begins else None for place, count in enumerate(counts))


def parted_within(
    shown: Sequence[Group], counts: Sequence[Sequence[int]]
) -> tuple[tuple[Group, tuple[Group, ...]], ...]:
    """Each group shown, with its parts by a second variable; `counts[cell][second]`.

    Parts sum to their group, and no sum across groups is shown, so subtracting yields only sums of parts.
    """
    return tuple(
        (one, parted([sum(cell) for cell in zip(*counts[one.first : one.last + 1], strict=True)]))
        for one in shown
        if one.count
    )


def chained(shown: Sequence[int | None]) -> tuple[Group, ...]:
    """The differences between neighbors of a `nested` result, as groups."""
    begins = [place for place, count in enumerate(shown) if count is not None]
    if not begins:
        return (Group(0, len(shown) - 1, None),)
    ends = [*(place - 1 for place in begins[1:]), len(shown) - 1]
    counts = [count for count in shown if count is not None]
    fell_out = [wide - narrow for wide, narrow in zip(counts, (*counts[1:], 0), strict=True)]
    return tuple(Group(*one) for one in zip(begins, ends, fell_out, strict=True))


def is_told_anew(fresh: Sequence[Group], *, earlier: Iterable[Sequence[Group]]) -> bool:
    """Whether a new table may be shown: five children or more joined or left since each earlier one.

    Only shown counts are compared; otherwise showing the table would reveal something of what it hides.
    Earlier tables that showed nothing are ignored. A table that would show nothing never replaces another.
    """
    before = [shown for shown in earlier if shown[0].count is not None]
    if before and fresh[0].count is None:
        return False
    return all(_came_or_went(fresh, shown) >= LEAST for shown in before)


def _came_or_went(fresh: Sequence[Group], shown: Sequence[Group]) -> int:
    """The least number of children that moved, by the finest groups that both tables distinguish."""
    ends = sorted({one.last for one in fresh} & {one.last for one in shown})
    upto = [_upto(end, fresh) - _upto(end, shown) for end in ends]
    changes = [late - early for early, late in pairwise([0, *upto])]
    came = sum(change for change in changes if change > 0)
    return max(came, came - sum(changes))


def _upto(end: int, table: Sequence[Group]) -> int:
    return sum(one.count or 0 for one in table if one.last <= end)


def _grouped(
    counts: Sequence[int], by: Sequence[int], together: Callable[[Iterable[int]], int]
) -> tuple[Group, ...]:
    """Merge cells in order until each group is large enough; a small remainder joins the last group."""
    spans: list[tuple[int, int]] = []
    first = 0
    for place in range(len(counts)):
        if not is_small(together(by[first : place + 1])):
            spans.append((first, place))
            first = place + 1
    last = len(counts) - 1
    while first <= last:
        if not spans:
            return (Group(0, last, None),)
        first, _ = spans.pop()
        if not is_small(together(by[first:])):
            spans.append((first, last))
            break
    return tuple(Group(begins, ends, sum(counts[begins : ends + 1])) for begins, ends in spans)
