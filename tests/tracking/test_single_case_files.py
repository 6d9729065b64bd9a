"""Series in the columns that programs for single cases read."""

from __future__ import annotations

import csv
import datetime as dt
import io
import math
import re
import uuid
import zipfile
from dataclasses import replace
from typing import Any

import pytest

from clinic.localtime import local_day
from clinic.models import AuditEvent, Child
from clinic.rls import now
from clinic.vocabulary import AuditCode
from tests import factories
from tests.cast import Cast
from tests.outlets import words_in
from tests.tracking.test_change import BASELINE, FATHER, ONE_DAY, nights
from tests.tracking.test_outcomes import MONDAY, plan, version
from tracking.outcomes.series import SeriesPoint
from tracking.reports.single_case_files import COLUMNS, lines, readme
from tracking.vocabulary.outcomes import Outcome
from tracking.vocabulary.programs import ChangeKind

CHILD = Child(pk=uuid.UUID(int=7))
LAST = MONDAY + 13 * ONE_DAY
RUNNING = plan(version(1, MONDAY))


def rows(outcome: Outcome, points: list[SeriesPoint]) -> list[dict[str, str]]:
    text = "".join(lines(CHILD, outcome, points, RUNNING, last=LAST))
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_the_columns_are_those_that_scan_reads_by_itself() -> None:
    """read_scdf(file, cvar = "case", pvar = "phase", dvar = "values", mvar = "mt", na = c("", "NA"))"""
    text = "".join(lines(CHILD, Outcome.SLEEP_LATENCY, nights(BASELINE, [50]), RUNNING, last=LAST))
    assert text.splitlines()[0].split(",")[:4] == ["case", "phase", "values", "mt"]
    assert not text.startswith("\ufeff"), "R would take the mark for part of the first name"
    assert tuple(text.splitlines()[0].split(",")) == COLUMNS


def test_a_night_is_a_row_of_its_phase_and_day_and_a_missing_one_is_none() -> None:
    told = rows(Outcome.SLEEP_LATENCY, nights(BASELINE, [50, None, 61]) + nights(MONDAY, [31.5]))
    assert [(one["phase"], one["values"], one["mt"]) for one in told] == [
        ("A", "50.0", "1"),
        ("A", "61.0", "3"),
        ("B", "31.5", "8"),
    ]
    assert {one["case"] for one in told} == {"case-00000007"}
    assert [one["day"] for one in told][-1] == MONDAY.isoformat()
    assert all(re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", one["values"]) for one in told)


def test_a_file_without_a_diary_has_no_first_letter_to_be_compared_with() -> None:
    """And so both packages refuse it: SingleCaseES by `baseline_phase`, scan by `phases`."""
    second = MONDAY + 7 * ONE_DAY
    versions = version(1, MONDAY, second - ONE_DAY), version(2, second, phase=2, kind=ChangeKind.CHANGE)
    points = nights(BASELINE, range(40, 61))
    with_one, without = (
        plan(*(replace(one, baseline_starts_on=begun) for one in versions)) for begun in (BASELINE, None)
    )
    for running, letters in ((with_one, "AAAAAAABBBBBBBCCCCCCC"), (without, "BBBBBBBCCCCCCC")):
        text = "".join(lines(CHILD, Outcome.SLEEP_LATENCY, points, running, last=LAST))
        told = csv.DictReader(io.StringIO(text, newline=""))
        assert "".join(one["phase"] for one in told) == letters


def test_columns_that_r_takes_for_numbers_hold_nothing_else_and_rows_are_in_order() -> None:
    points = [*nights(BASELINE, [50, None, 61]), *nights(MONDAY, [31.5], by=FATHER)]
    told = rows(Outcome.SLEEP_LATENCY, points[::-1])
    numbers = [name for name in COLUMNS if name not in ("case", "phase", "day")]
    assert all(math.isfinite(float(one[name])) for one in told for name in numbers)
    assert [int(one["mt"]) for one in told] == [1, 3, 8]


def test_a_value_known_only_to_be_above_is_its_bound_with_a_mark() -> None:
    points = [*nights(BASELINE, [50]), SeriesPoint(BASELINE + ONE_DAY, 60, is_more_than=True)]
    told = rows(Outcome.SLEEP_LATENCY, points)
    assert [(one["values"], one["more_than"]) for one in told] == [("50.0", "0"), ("60.0", "1")]


def test_two_tellers_are_told_apart_without_a_name() -> None:
    points = nights(BASELINE, [2]) + nights(BASELINE, [3], by=FATHER)
    told = rows(Outcome.BEDTIME_RESISTANCE, points)
    assert sorted(one["teller"] for one in told) == ["1", "2"]


def test_weeks_and_touches_have_occasions_of_their_own() -> None:
    points = nights(BASELINE, [4, 2, 0]) + nights(MONDAY, [1, 1])
    weekly = rows(Outcome.TOUCH_WEEKLY, points)
    assert [(one["phase"], one["mt"], one["values"]) for one in weekly] == [
        ("A", "1", "2.0"),
        ("B", "2", "1.0"),
    ]
    twice = rows(Outcome.TOUCH_INTENSITY, nights(BASELINE, [4]) + nights(BASELINE, [2]))
    assert [one["mt"] for one in twice] == ["1", "2"]


def test_a_share_is_of_100_and_said_to_be() -> None:
    answers = nights(BASELINE, [1, 0, 1, 1])
    [week] = rows(Outcome.TARGET_STATE, answers)
    assert week["values"] == "75.0"
    assert "how many of 100" in readme([Outcome.TARGET_STATE])
    assert 'scale = "percentage"' in readme([Outcome.TARGET_STATE])
    assert "scale" not in readme([Outcome.SLEEP_LATENCY])


def test_what_is_read_first_names_each_file_and_what_is_better() -> None:
    told = readme([Outcome.SLEEP_LATENCY, Outcome.TARGET_STATE])
    assert 'read_scdf("sleep_latency.csv")' in told
    assert 'decreasing = TRUE, phases = c("A", "B")' in told, "scan would compare the first two there are"
    assert 'baseline_phase = "A", intervention_phase = "B"' in told
    assert "target_state.csv" in told
    assert "nothing to compare" in readme([])


@pytest.mark.django_db
def test_who_treats_a_child_takes_its_series_along_and_who_assists_does_not(cast: Cast, sign_in: Any) -> None:
    today = local_day(now(), cast.harbor.zone)
    week = dt.timedelta(days=7)
    factories.prescribed(cast.cleo, by=cast.tess, starts_on=today - week, diary_from=today - 2 * week)
    factories.bedtime(
        cast.cleo, by=cast.fay, at=now() - 10 * ONE_DAY, about_minutes=45, note="planted-note-of-a-night-word"
    )
    room = f"/children/{cast.cleo.pk}/single-case/"
    assert "Single-case data" in sign_in(cast.tess).get(f"/children/{cast.cleo.pk}/reports/").content.decode()
    answer = sign_in(cast.tess).get(room)
    assert answer["Content-Type"] == "application/zip"
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    assert set(archive.namelist()) == {"README.txt", "sleep_latency.csv"}
    (night,) = csv.DictReader(io.StringIO(archive.read("sleep_latency.csv").decode(), newline=""))
    assert (night["phase"], night["values"], night["estimated"]) == ("A", "45.0", "1")
    assert words_in(answer.content) == frozenset(), "no name, and no word anybody wrote"
    assert AuditEvent.objects.filter(code=AuditCode.EXPORTED_RECORD, actor_id=cast.tess.pk).count() == 1
    assert sign_in(cast.asha).get(room).status_code == 403
