"""What is shown of small tables, against somebody who tries every table that would have been shown alike."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from tracking.suppression import (
    LEAST,
    Group,
    chained,
    is_small,
    is_told_anew,
    nested,
    parted,
    parted_within,
    told,
)

Table = tuple[int, ...]


def tables(cells: int, most: int) -> Iterable[Table]:
    """Every table of up to `most` children in all."""
    return (table for table in itertools.product(range(most + 1), repeat=cells) if sum(table) <= most)


def given_away(counts: Iterable[Table], look: Callable[[Table], Any]) -> list[tuple[Any, Table, int]]:
    """Groups of one to four that somebody who knows the rule can work out: what was shown, cells, how many.

    Of all tables shown alike, a union of cells that counts the same in each is known.
    """
    alike: defaultdict[Any, list[Table]] = defaultdict(list)
    for table in counts:
        alike[look(table)].append(table)
    found = []
    for shown, those in alike.items():
        for size in range(1, len(those[0]) + 1):
            for cells in itertools.combinations(range(len(those[0])), size):
                sums = {sum(table[cell] for cell in cells) for table in those}
                if len(sums) == 1 and is_small(min(sums)):
                    found.append((shown, cells, min(sums)))
    return found


@pytest.mark.parametrize(("cells", "most"), [(2, 30), (3, 24), (4, 17), (5, 12), (6, 9)])
def test_no_table_gives_a_small_group_away(cells: int, most: int) -> None:
    assert given_away(tables(cells, most), parted) == []


@pytest.mark.parametrize(("stages", "most"), [(2, 30), (3, 24), (4, 17)])
def test_no_chain_of_groups_gives_away_who_fell_out_or_who_is_left(stages: int, most: int) -> None:
    def look(fell_out: Table) -> tuple[int | None, ...]:
        return nested(tuple(itertools.accumulate(reversed(fell_out)))[::-1])

    assert given_away(tables(stages, most), look) == []


@pytest.mark.parametrize(("rows", "columns", "most"), [(2, 2, 14), (2, 3, 10), (3, 2, 10)])
def test_no_table_by_two_things_gives_a_small_group_away(rows: int, columns: int, most: int) -> None:
    def look(cells: Table) -> Any:
        counts = [cells[row * columns :][:columns] for row in range(rows)]
        shown = parted([sum(row) for row in counts])
        return shown, parted_within(shown, counts)

    assert given_away(tables(rows * columns, most), look) == []


def test_a_table_by_the_second_thing_beside_one_by_the_first_gives_some_away() -> None:
    def look(cells: Table) -> Any:
        rows = [sum(cells[:2]), sum(cells[2:])]
        return parted(rows), parted(cells)

    assert given_away(tables(4, 14), look), "then it would not matter that parts are of the groups shown"


def small_ones_withheld(table: Table) -> Any:
    """What many do: leave out the small cells, and tell the total."""
    return (sum(table), *(None if is_small(count) else count for count in table))


def two_withheld(table: Table) -> Any:
    """What more do: leave out the smallest of the others as well, where it is a single one."""
    withheld = {place for place, count in enumerate(table) if is_small(count)}
    if len(withheld) == 1:
        withheld |= {
            place for _, place in sorted((n, place) for place, n in enumerate(table) if n >= LEAST)[:1]
        }
    return (sum(table), *(None if place in withheld else count for place, count in enumerate(table)))


@pytest.mark.parametrize("look", [small_ones_withheld, two_withheld])
def test_weaker_rules_give_some_away(look: Callable[[Table], Any]) -> None:
    assert given_away(tables(4, 17), look), "then the attacker of these tests would find nothing"


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ((12, 8, 5), [(0, 0, 12), (1, 1, 8), (2, 2, 5)]),
        ((12, 3, 5), [(0, 0, 12), (1, 2, 8)]),
        ((12, 4, 4), [(0, 0, 12), (1, 2, 8)]),
        ((12, 7, 2), [(0, 0, 12), (1, 2, 9)]),
        ((12, 0, 7), [(0, 0, 12), (1, 1, 0), (2, 2, 7)]),
        ((7, 0, 3), [(0, 2, 10)]),
        ((1, 1, 1, 1, 1), [(0, 4, 5)]),
        ((2, 1, 1), [(0, 2, None)]),
        ((0, 4), [(0, 1, None)]),
        ((0, 0), [(0, 0, 0), (1, 1, 0)]),
    ],
)
def test_what_is_shown_of_a_table(counts: Table, shown: list[Any]) -> None:
    assert parted(counts) == tuple(Group(*one) for one in shown)


def test_what_is_large_enough_is_shown_as_it_is() -> None:
    for table in itertools.product((0, LEAST, LEAST + 3), repeat=4):
        assert [one.count for one in parted(table)] == list(table)


def test_a_few_who_fell_out_are_not_told_by_who_is_left() -> None:
    assert nested((30, 24, 19, 12)) == (30, 24, 19, 12)
    assert nested((30, 24, 22, 12)) == (30, 24, None, 12)
    assert nested((30, 28, 20, 3)) == (30, None, 20, None)
    assert nested((4, 4, 0, 0)) == (None, None, None, None)
    assert nested((20, 20, 0, 0)) == (20, 20, 0, 0)


def test_things_told_by_a_few_children_are_told_with_those_of_more() -> None:
    assert [one.count for one in told((40, 6, 9), by=(12, 5, 7))] == [40, 6, 9]
    assert told((40, 6, 9), by=(12, 2, 7)) == (Group(0, 0, 40), Group(1, 2, 15))
    assert told((40, 6, 9), by=(12, 2, 1)) == (Group(0, 2, 55),)
    assert told((40, 6, 9), by=(4, 2, 1)) == (Group(0, 2, None),)


# ---- a series of reports that are kept --------------------------------------------------------------------


def series(months: Iterable[Table]) -> list[tuple[Group, ...]]:
    """What is shown of one table month after month, all of it kept."""
    shown: list[tuple[Group, ...]] = []
    for counts in months:
        fresh = parted(counts)
        shown.append(fresh if is_told_anew(fresh, earlier=shown) else shown[-1])
    return shown


def each_by_itself(months: Iterable[Table]) -> list[tuple[Group, ...]]:
    """What a series shows that does not look back."""
    return [parted(counts) for counts in months]


def after_a_few(counts: Table, most: int) -> Iterable[Table]:
    """Every table that so many children may make of one: who comes, goes, or moves to another group."""
    tables = {counts}
    for _ in range(most):
        tables |= {
            tuple(count + (place == to) - (place == of) for place, count in enumerate(table))
            for table in tables
            for of in range(-1, len(table))
            for to in range(-1, len(table))
            if of < 0 or table[of]
        }
    return tables


@pytest.mark.parametrize(("cells", "most"), [(2, 14), (3, 11)])
def test_of_fewer_than_five_who_came_went_or_moved_the_next_month_shows_nothing(
    cells: int, most: int
) -> None:
    for counts in tables(cells, most):
        before = parted(counts)
        if before[0].count is not None:
            assert all(series([counts, after])[1] == before for after in after_a_few(counts, LEAST - 1))


def test_months_that_do_not_look_back_give_a_family_away_by_subtraction() -> None:
    before, after = each_by_itself([(12, 8, 5), (12, 8, 6)])
    assert [late.count - early.count for early, late in zip(before, after, strict=True)] == [0, 0, 1]
    assert series([(12, 8, 5), (12, 8, 6)])[0] == series([(12, 8, 5), (12, 8, 6)])[1]


def test_no_two_reports_of_a_series_differ_by_fewer_than_five() -> None:
    """Not even the first and the last, between which children came and went again."""
    walk = [(12, 8), (17, 8), (12, 9), (12, 13), (13, 8), (30, 8), (12, 8), (3, 0), (9, 0)]
    for order in itertools.permutations(walk, 4):
        for early, late in itertools.combinations(series(order), 2):
            assert early == late or is_told_anew(late, earlier=[early])


@pytest.mark.parametrize(("cells", "most"), [(2, 16), (3, 9)])
def test_two_reports_that_are_kept_give_no_small_group_of_either_month_away(cells: int, most: int) -> None:
    alike: defaultdict[Any, list[tuple[Table, Table]]] = defaultdict(list)
    for months in itertools.product(tables(cells, most), repeat=2):
        alike[tuple(series(months))].append(months)
    for those in alike.values():
        for month in (0, 1):
            assert given_away((pair[month] for pair in those), lambda _: None) == []


def test_groups_of_a_chain_are_found_again_in_what_is_shown_of_it() -> None:
    for fell_out in tables(4, 14):
        shown = nested(tuple(itertools.accumulate(reversed(fell_out)))[::-1])
        assert chained(shown) == parted(fell_out)
