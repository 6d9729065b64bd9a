"""The seals of the audit as arithmetic: a vector written by hand, and what each fault looks like."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import uuid

import pytest

from clinic.chain import BEGINNING, COLUMNS, Fault, Finding, Head, Link, Row, digest, faults, written
from clinic.models import AuditEvent

FIRST = Row(
    id=uuid.UUID("01980000-0000-7000-8000-000000000001"),
    clinic_id=uuid.UUID("01980000-0000-7000-8000-0000000000c1"),
    at=dt.datetime(2026, 3, 29, 3, 30, 0, 250, tzinfo=dt.timezone(dt.timedelta(hours=2))),
    hour=None,
    actor_id=uuid.UUID("01980000-0000-7000-8000-0000000000a1"),
    code="invited",
    child_id=None,
    subject_kind="invitation",
    subject_id=uuid.UUID("01980000-0000-7000-8000-0000000000b1"),
    detail="",
    written_in=1234,
)

BY_HAND = (
    b"18:littlefoot audit 1,64:" + b"0" * 64 + b",36:01980000-0000-7000-8000-000000000001,"
    b"36:01980000-0000-7000-8000-0000000000c1,27:2026-03-29T01:30:00.000250Z,-,"
    b"36:01980000-0000-7000-8000-0000000000a1,7:invited,-,10:invitation,"
    b"36:01980000-0000-7000-8000-0000000000b1,0:,4:1234,"
)


def test_a_row_is_written_as_the_document_says() -> None:
    assert written(FIRST, BEGINNING) == BY_HAND


def test_its_hash_is_the_one_that_sha256sum_gives() -> None:
    # printf '18:littlefoot audit 1,…' | sha256sum
    assert digest(FIRST, BEGINNING) == "0c4d516046a194018fec6c25e39c651f9a5b407459cc84daace4bc079ed168c0"
    assert digest(FIRST, BEGINNING) == hashlib.sha256(BY_HAND).hexdigest()


def test_every_column_of_the_audit_is_sealed() -> None:
    assert {field.attname for field in AuditEvent._meta.concrete_fields} == set(COLUMNS)
    assert [field.name for field in dataclasses.fields(Row)] == list(COLUMNS)


@pytest.mark.parametrize("column", COLUMNS)
def test_no_column_changes_without_the_hash(column: str) -> None:
    value = getattr(FIRST, column)
    others = {
        "hour": FIRST.at,
        "child_id": uuid.UUID(int=7),
        "at": FIRST.at + dt.timedelta(microseconds=1),
        "written_in": 12340,
    }
    other = others.get(column) or (uuid.UUID(int=7) if isinstance(value, uuid.UUID) else f"{value} ")
    assert digest(dataclasses.replace(FIRST, **{column: other}), BEGINNING) != digest(FIRST, BEGINNING)


def test_words_cannot_move_from_one_column_to_the_next() -> None:
    one = dataclasses.replace(FIRST, code="a", subject_kind="bc")
    other = dataclasses.replace(FIRST, code="ab", subject_kind="c")
    assert digest(one, BEGINNING) != digest(other, BEGINNING)
    absent = dataclasses.replace(FIRST, detail="-")
    assert digest(absent, BEGINNING) != digest(FIRST, BEGINNING)


# ---- faults ---------------------------------------------------------------------------------------------


def row(number: int, detail: str = "") -> Row:
    return dataclasses.replace(FIRST, id=uuid.UUID(int=number), detail=detail)


def chained(*rows: Row, before: str = BEGINNING, begin: int = 1) -> list[Link]:
    links = []
    for position, one in enumerate(rows, start=begin):
        before = digest(one, before)
        links.append(Link(position, before, one.id, one))
    return links


SOUND = chained(*(row(number) for number in range(1, 6)))
STRANGER = row(99)


def moved(links: list[Link], by: int) -> list[Link]:
    return [dataclasses.replace(link, position=link.position + by) for link in links]


def found(links: list[Link], *kept: Head) -> list[tuple[Fault, int]]:
    return [(one.fault, one.position) for one in faults(links, kept=kept)]


def test_a_sound_chain_has_no_fault_and_fits_each_of_its_heads() -> None:
    assert found(SOUND, *(Head(link.position, link.digest) for link in SOUND), Head(0, BEGINNING)) == []
    assert found([]) == []


def test_an_edited_row_is_named_once_and_what_follows_is_not() -> None:
    edited = [*SOUND]
    edited[2] = dataclasses.replace(SOUND[2], row=row(3, "other"))
    assert list(faults(edited)) == [Finding(Fault.EDITED, 3, uuid.UUID(int=3))]


def test_a_row_that_is_gone_is_named_with_its_seal_and_without() -> None:
    without_row = [*SOUND]
    without_row[2] = dataclasses.replace(SOUND[2], row=None)
    assert found(without_row) == [(Fault.DELETED, 3)]
    assert found([*SOUND[:2], *SOUND[3:]]) == [(Fault.DELETED, 3)]


def test_a_gap_that_was_closed_is_noticed_where_it_was() -> None:
    assert found([*SOUND[:2], *moved(SOUND[3:], -1)]) == [(Fault.EDITED, 3)]


@pytest.mark.parametrize("is_well_hashed", [True, False], ids=["well hashed", "badly hashed"])
def test_a_row_put_between_two_others_is_named(is_well_hashed: bool) -> None:
    (put,) = chained(STRANGER, before=SOUND[1].digest, begin=3)
    if not is_well_hashed:
        put = dataclasses.replace(put, digest="f" * 64)
    assert list(faults([*SOUND[:2], put, *moved(SOUND[2:], 1)])) == [Finding(Fault.INSERTED, 3, STRANGER.id)]


def test_a_chain_written_anew_is_whole_until_it_is_held_against_a_head() -> None:
    anew = chained(row(1), row(2), row(3, "other"), row(4), row(5))
    head = Head(4, SOUND[3].digest)
    assert found(anew) == []
    assert found(anew, head) == [(Fault.RECHAINED, 4)]
    assert found(SOUND, head) == []


def test_a_chain_that_was_cut_is_whole_until_it_is_held_against_a_head() -> None:
    assert found(SOUND[:3]) == []
    assert found(SOUND[:3], Head(5, SOUND[4].digest)) == [(Fault.CUT, 5)]
