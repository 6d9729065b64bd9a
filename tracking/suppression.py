"""Counts of a clinic's children that may be read by whoever treats none of them: no group of fewer than five.

Nor one that is had by subtracting: a small group is told together with its neighbors, as one count, until no
count is of one to four children. To withhold cells instead, and others beside them, gives some away to who
knows the rule (of 13 in `0, 5, ?, ?` both would be four). Zero is no group and is shown. Five is the usual
least; what a law asks for is its clinic's to know.

Tables are made for one month, once, with no choice of whom they are about. Two months differ by those who
came, went or moved to another group; where these may be fewer than five, the later month is not told, and the
table before it stands (`is_told_anew`). So no two tables that were ever shown differ by a child.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

LEAST = 5


@dataclass(frozen=True, slots=True)
class Group:
    """Cells from `first` to `last`, told as one; `count` None: nothing may be read of them."""

    first: int
    last: int
    count: int | None


def is_small(count: int) -> bool:
    """Whether so many are a group that may not be told."""
    return 0 < count < LEAST


def parted(counts: Sequence[int]) -> tuple[Group, ...]:
    """What may be read of groups of children, each child in one of them, in order; their sum is the total."""
    return _grouped(counts, counts, sum)


def told(counts: Sequence[int], *, by: Sequence[int]) -> tuple[Group, ...]:
    """As `parted`, of things that children told: `by` says of how many children each count is, at least.

    Children may stand behind several counts, so that together they are known to be the most of one.
    """
    return _grouped(counts, by, max)


def nested(counts: Sequence[int]) -> tuple[int | None, ...]:
    """What may be read of groups each of which lies in the one before: neither it nor who fell out is small.

    None is withheld; all are where the widest is small.
    """
    fell_out = [wide - narrow for wide, narrow in zip(counts, (*counts[1:], 0), strict=True)]
    groups = parted(fell_out)
    begins = {one.first for one in groups if one.count is not None}
    return tuple(count if place in begins else None for place, count in enumerate(counts))


def parted_within(
    shown: Sequence[Group], counts: Sequence[Sequence[int]]
) -> tuple[tuple[Group, tuple[Group, ...]], ...]:
    """Each group that is shown, and what may be read of it by a second thing; `counts` by cell, then by that.

    Parts sum to their group, and no sum across groups is shown: whatever is subtracted is made of parts.
    """
    return tuple(
        (one, parted([sum(cell) for cell in zip(*counts[one.first : one.last + 1], strict=True)]))
        for one in shown
        if one.count
    )


def chained(shown: Sequence[int | None]) -> tuple[Group, ...]:
    """Who fell out of nested groups, as `nested` shows them: the groups whose sums they are."""
    begins = [place for place, count in enumerate(shown) if count is not None]
    if not begins:
        return (Group(0, len(shown) - 1, None),)
    ends = [*(place - 1 for place in begins[1:]), len(shown) - 1]
    counts = [count for count in shown if count is not None]
    fell_out = [wide - narrow for wide, narrow in zip(counts, (*counts[1:], 0), strict=True)]
    return tuple(Group(*one) for one in zip(begins, ends, fell_out, strict=True))


def is_told_anew(fresh: Sequence[Group], *, earlier: Iterable[Sequence[Group]]) -> bool:
    """Whether this table, as it would be shown, differs from every one that was shown before by five children
    or more: so many came into its groups, or so many left them.

    What it hides has no say, or that it is shown would tell of it. Of a table that showed nothing there is
    nothing to subtract; one that would show nothing takes no other's place.
    """
    before = [shown for shown in earlier if shown[0].count is not None]
    if before and fresh[0].count is None:
        return False
    return all(_came_or_went(fresh, shown) >= LEAST for shown in before)


def _came_or_went(fresh: Sequence[Group], shown: Sequence[Group]) -> int:
    """How many children stand elsewhere, at least, by the finest groups that both tables tell apart."""
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
    """From the first cell on, each with as many of the next as it takes; what is left over joins the last."""
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
