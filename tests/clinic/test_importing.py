"""A caseload from a file: all of it or none, whatever the file is."""

from __future__ import annotations

import datetime as dt
import io
import tracemalloc
from typing import Any

import pytest

from clinic import rls
from clinic.csv_files import NotACsvFile, records
from clinic.errors import DomainError, Forbidden
from clinic.files import FileTooLarge
from clinic.models import AuditEvent, CareTeam, Child, Family, Invitation, User
from clinic.services import importing
from clinic.services.importing import Plan
from clinic.vocabulary import AuditCode, CareTeamKind, EpisodeState
from tests.cast import Cast

HEADS = "first_name;born_on;home_name;guardian_email"
TWO = f"{HEADS}\nMila;2025-03-31;Sand’s home;ada@sand.example\nNoé;1.4.2023;Sand’s home;ada@sand.example\n"


def file(text: str | bytes, encoding: str = "utf-8-sig") -> io.BytesIO:
    return io.BytesIO(text if isinstance(text, bytes) else text.encode(encoding))


def planned(cast: Cast, text: str | bytes, by: User | None = None) -> Plan:
    by = by or cast.otto
    with rls.acting_as(by):
        return importing.plan_import(by=by, clinic=cast.harbor, content=file(text), now=rls.now())


def refused(plan: Plan) -> list[tuple[int, str, Any]]:
    told = [(one.row, one.column, one.error) for one in plan.refusals]
    return [(row, column, error.parameters.get("allowed", error.code)) for row, column, error in told]


def because(cast: Cast, text: str | bytes) -> tuple[str, int]:
    with pytest.raises(NotACsvFile) as caught:
        planned(cast, text)
    return caught.value.parameters["because"], caught.value.parameters["row"]


# ---- all of it, or none -----------------------------------------------------------------------------------


def test_every_child_of_a_file_is_enrolled_with_its_home_and_drafts_of_invitations(cast: Cast) -> None:
    with rls.acting_as(cast.tess):
        made = importing.import_caseload(by=cast.tess, clinic=cast.harbor, content=file(TWO), now=rls.now())
    mila, noe = made.children
    assert (mila.first_name, noe.first_name, noe.born_on) == ("Mila", "Noé", dt.date(2023, 4, 1))
    assert (made.home_count, made.draft_count) == (1, 2)
    assert Family.objects.filter(name="Sand’s home").count() == 1
    led = CareTeam.objects.filter(child__in=made.children, kind=CareTeamKind.LEAD, therapist=cast.tess)
    assert led.count() == 2
    drafts = Invitation.objects.filter(child__in=made.children)
    assert {(one.email, one.token_hash, one.drafted_by_id) for one in drafts} == {
        ("ada@sand.example", None, cast.tess.pk)
    }
    assert AuditEvent.objects.filter(code=AuditCode.IMPORTED_CASELOAD, actor_id=cast.tess.pk).count() == 1


def test_one_row_that_is_not_right_enrolls_nobody(cast: Cast) -> None:
    before = Child.objects.count(), Family.objects.count()
    with rls.acting_as(cast.otto), pytest.raises(importing.CaseloadNotRight):
        importing.import_caseload(
            by=cast.otto, clinic=cast.harbor, content=file(f"{TWO}Ida;tomorrow;Home;\n"), now=rls.now()
        )
    assert (Child.objects.count(), Family.objects.count()) == before


def test_a_plan_writes_nothing(cast: Cast) -> None:
    before = Child.objects.count(), AuditEvent.objects.count()
    plan = planned(cast, TWO)
    assert (len(plan.children), plan.home_count, plan.invitation_count) == (2, 1, 2)
    assert (Child.objects.count(), AuditEvent.objects.count()) == before


def test_sent_twice_the_second_finds_everybody_there(cast: Cast) -> None:
    with rls.acting_as(cast.otto):
        importing.import_caseload(by=cast.otto, clinic=cast.harbor, content=file(TWO), now=rls.now())
    again = planned(cast, TWO)
    assert refused(again) == [(2, "first_name", "already_enrolled"), (3, "first_name", "already_enrolled")]
    assert not refused(planned(cast, TWO, by=cast.theo)), "whom one may not see is nobody one is told of"


@pytest.mark.parametrize("name", ["asha", "fay", "olga"])
def test_only_who_may_enroll_one_may_enroll_many(cast: Cast, name: str) -> None:
    with pytest.raises(Forbidden):
        planned(cast, TWO, by=getattr(cast, name))


# ---- row by row -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cells", "column", "allowed"),
    [
        (";2025-03-31;Home;", "first_name", "not_empty"),
        (f"{'x' * 101};2025-03-31;Home;", "first_name", "length"),
        ("Mila;;Home;", "born_on", "day_as_written"),
        ("Mila;3/31/2025;Home;", "born_on", "day_as_written"),
        ("Mila;2025-02-30;Home;", "born_on", "day_as_written"),
        ("Mila;٢٠٢٥-03-31;Home;", "born_on", "day_as_written"),
        ("Mila;2090-03-31;Home;", "born_on", "day_in_the_past"),
        ("Mila;1951-03-31;Home;", "born_on", "day_within_years"),
        ("Mila;2025-03-31;;", "home_name", "not_empty"),
        ("Mila;2025-03-31;Home;fay@", "guardian_email", "email_address"),
        ("Mila;2025-03-31;Home;;more", "", "no_cell_without_column"),
    ],
)
def test_each_refusal_names_its_row_and_column(cast: Cast, cells: str, column: str, allowed: str) -> None:
    assert refused(planned(cast, f"{HEADS}\nIda;2024-01-01;Ida’s home;\n\n{cells}\n")) == [
        (4, column, allowed)
    ]


@pytest.mark.parametrize(
    ("column", "cell", "allowed"),
    [
        ("gestation_weeks", "19", "range"),
        ("gestation_weeks", "33.5", "range"),
        ("gestation_days", "7", "range"),
        ("state", "closed", ["active", "waiting", "referred"]),
        ("home_zone", "Berlin", "iana_zone"),
        ("home_email", "here", "email_address"),
        ("home_phone", "1" * 41, "length"),
    ],
)
def test_what_may_be_left_out_is_refused_where_it_is_wrong(
    cast: Cast, column: str, cell: str, allowed: Any
) -> None:
    row = f"first_name,born_on,home_name,{column}\nMila,2025-03-31,Home,"
    assert refused(planned(cast, f"{row}{cell}\n")) == [(2, column, allowed)]
    (child,) = planned(cast, f"{row}\n").children
    assert child.state == EpisodeState.ACTIVE


def test_all_that_is_not_right_is_told_at_once_and_counted(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "MOST_TOLD", 2)
    plan = planned(cast, f"{HEADS}\n;x;;y\n")
    assert [one.column for one in plan.refusals] == ["first_name", "born_on"]
    assert plan.refusal_count == 4


def test_one_child_twice_is_refused_with_the_row_it_stood_in_first(cast: Cast) -> None:
    plan = planned(cast, f"{HEADS}\nMila;2025-03-31;Home;\nMILA;31.03.2025;Other home;\n")
    (only,) = plan.refusals
    assert (only.row, only.error.code, only.error.parameters["row"]) == (3, "twice_in_the_file", 2)


def test_a_home_is_said_once_or_the_same_each_time(cast: Cast) -> None:
    heads = "first_name,born_on,home_name,home_phone\nMila,2025-03-31,Home,+49 30 1\n"
    assert not refused(planned(cast, f"{heads}Noe,2023-04-01,home,\n"))
    plan = planned(cast, f"{heads}Noe,2023-04-01,home,+49 30 2\n")
    assert refused(plan) == [(3, "home_phone", "other_home_of_this_name")]


# ---- as spreadsheets save them ----------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_file_is_read_as_its_spreadsheet_saved_it(
    cast: Cast, encoding: str, separator: str, ending: str
) -> None:
    text = TWO.replace(";", separator).replace("\n", ending)
    assert [child.first_name for child in planned(cast, text.encode(encoding)).children] == ["Mila", "Noé"]


def test_names_of_columns_may_be_written_with_spaces_and_capitals_in_any_order(cast: Cast) -> None:
    text = 'sep=;\nHome name;Born on;"First-Name"\n"Sand; and ""sons""";2025-03-31;Mila\n'
    (child,) = planned(cast, text).children
    assert (child.row, child.home.name) == (3, 'Sand; and "sons"')


def test_a_cell_may_hold_lines(cast: Cast) -> None:
    text = 'first_name,born_on,home_name,home_address\nMila,2025-03-31,Home,"1 Quay\nHarbor"\n'
    assert planned(cast, text).children[0].home.address == "1 Quay\nHarbor"


@pytest.mark.parametrize("typed", ["=1+1", "@SUM(A1)", "=cmd|' /C calc'!A0", "-2", "+1"])
def test_what_a_spreadsheet_would_compute_is_words_like_others(cast: Cast, typed: str) -> None:
    for cell in (typed, f"'{typed}"):
        (child,) = planned(cast, f"{HEADS}\n{cell};2025-03-31;Home;\n").children
        assert child.first_name == typed


# ---- files that are none ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (b"", ("needed_column", 1)),
        (b"\xef\xbb\xbf", ("needed_column", 1)),
        (b"PK\x03\x04\x14\x00", ("workbook", 0)),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", ("workbook", 0)),
        (f"{HEADS}\n".encode(), ("nobody", 0)),
        (f"{HEADS}\n;;;\n\n".encode(), ("nobody", 0)),
        (f"{HEADS}\nM\x00la;2025-03-31;Home;\n".encode(), ("nul", 2)),
        (HEADS.encode("utf-16-le"), ("nul", 1)),
        (TWO.encode("utf-16-be"), ("encoding", 1)),
        (b"\xff\xfe\x00", ("encoding", 1)),
        (b"\xff\xfe\x00\xd8\x00\xd8", ("encoding", 1)),
        (TWO.encode("cp1252"), ("encoding", 1)),
        (b"\x89PNG\r\n\x1a\n", ("encoding", 1)),
        (f'{HEADS}\n"Mila;2025-03-31;Home;\n'.encode(), ("quotes", 2)),
        (f'{HEADS}\n"Mi"la;2025-03-31;Home;\n'.encode(), ("quotes", 2)),
        (f'{HEADS}\n"{"x" * 140_000}\n'.encode(), ("quotes", 2)),
        (f"{HEADS}\n{'x' * 10_001};2025-03-31;Home;\n".encode(), ("cell", 2)),
        (b";" * 100_000, ("columns", 1)),
        (f"{HEADS}\n{';' * 100_000}\n".encode(), ("columns", 2)),
        (b"name,born\nMila,2025-03-31\n", ("needed_column", 1)),
        (f"{HEADS};diagnosis\n".encode(), ("unknown_column", 1)),
        (f"{HEADS};First name\n".encode(), ("column_twice", 1)),
        (f"{HEADS}\n".encode() + b"Mila;2025-03-31;Home;\n" * 301, ("rows", 302)),
    ],
)
def test_what_is_no_such_file_is_refused_with_a_reason(
    cast: Cast, text: bytes, told: tuple[str, int]
) -> None:
    assert because(cast, text) == told


def test_a_file_too_large_is_not_even_read(cast: Cast) -> None:
    with pytest.raises(FileTooLarge):
        planned(cast, b"x" * (importing.MOST_BYTES + 1))


def test_rows_are_read_as_they_come() -> None:
    content = file(f"{HEADS}\n" + "Mila;2025-03-31;Home;\n" * 100_000)
    tracemalloc.start()
    try:
        assert sum(1 for _ in records(content)) == 100_001
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 500_000, "the file has 2 MB"


def test_any_bytes_end_in_a_refusal_or_in_rows(cast: Cast) -> None:
    """Every byte of a good file changed once, to each of what breaks formats."""
    good = TWO.encode("utf-8-sig")
    for place in range(0, len(good), 3):
        for byte in (0, 0x22, 0x0D, 0x3B, 0xFF):
            try:
                planned(cast, good[:place] + bytes([byte]) + good[place + 1 :])
            except DomainError:
                continue
