"""Counts of a clinic's children that may be read by whoever treats none of them: no group of fewer than five.

Nor one that is had by subtracting: a small group is told together with its neighbors, as one count, until no
count is of one to four children. To withhold cells instead, and others beside them, gives some away to who
knows the rule (of 13 in `0, 5, ?, ?` both would be four). Zero is no group and is shown. Five is the usual
least; what a law asks for is its clinic's to know.

Guarded is one table at a time. Tables are made for one month, once, with no choice of whom they are about, so
that no two of them differ by a child; that another month differs by those who came and went is not guarded.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

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
