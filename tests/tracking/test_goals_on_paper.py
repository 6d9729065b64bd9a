"""Goals and totals in reports: bands on the progress report, statistics on none a family may be given."""

from __future__ import annotations

import pytest

from clinic import rls
from tests.cast import Cast
from tests.tracking import reporting
from tests.tracking.test_reporting import asked, made, words
from tests.tracking.test_signed_reports import opened
from tests.web.test_standing import CAUTION, copm_noted_from, copm_twice, goal_of, total_of
from tracking.models import ReportKind
from tracking.services import reporting as reporting_services
from tracking.vocabulary.programs import Instrument
from tracking.wording.goals import signed

pytestmark = pytest.mark.django_db

STATISTICS = ("T score", "standard deviation", "%")
COPM_WENT = "to 4.5: 1 more."
TOGETHER = "1 of 1 open goal is at the level that was expected, or above."


def a_record(cast: Cast) -> None:
    goal_of(cast, -1, 0, importance=3, difficulty=2)
    copm_twice(cast)
    touch = {"least": 0, "most": 60}
    total_of(cast, Instrument.SP2_INFANT, 90, {"Touch": {"value": 25, **touch}}, respondent="Greg")
    latest = {"Touch": {"value": 31, **touch, "band": "more than others"}}
    total_of(cast, Instrument.SP2_INFANT, 3, latest, respondent="Fay")


def test_a_progress_report_tells_goals_and_totals_with_bands(cast: Cast) -> None:
    a_record(cast)
    _, paper = reporting.paper_of(cast, ReportKind.PROGRESS)
    assert TOGETHER in paper
    assert "Level 0, as seen on" in paper
    for told in ("Sensory Profile 2, Infant", "31 (0 to 60)", "more than others", "25 (0 to 60)", "6 more"):
        assert told in paper
    assert COPM_WENT in paper
    assert CAUTION in paper
    assert "It is not a diagnosis." in paper
    for told in STATISTICS:
        assert told not in paper


def test_reports_say_where_a_clinic_notes_a_copm_change_by_its_own_threshold(cast: Cast) -> None:
    """1.9, as found among outpatients (S69)."""
    copm_noted_from(cast, "1.9")
    a_record(cast)
    _, progress = reporting.paper_of(cast, ReportKind.PROGRESS)
    assert "A change is noted from 1.9 on: this clinic’s own threshold, not a proof." in progress
    assert "to 4: 2 more. That reaches this clinic’s threshold of 1.9." in progress
    _, letter = reporting.paper_of(cast, ReportKind.LETTER)
    assert "1.9 more is this clinic’s own threshold, not a proof." in letter
    for paper in (progress, letter):
        assert "2 points are its publisher’s" not in paper
        assert CAUTION not in paper


def test_a_progress_report_names_nobody_who_answered(cast: Cast) -> None:
    a_record(cast)
    report = reporting.asked(cast, ReportKind.PROGRESS)
    told = str(reporting.written(cast, report).data["assessments"])
    assert "Not always answered by the same person" in told
    assert "Greg" not in told
    assert "Fay" not in told


def test_what_is_drafted_or_later_than_a_paper_is_not_in_it(cast: Cast) -> None:
    a_record(cast)
    total_of(cast, Instrument.TSFI, 3, {"Total": {"value": 41}}, by=cast.asha)
    until = reporting.days_ago(cast, 17)
    report = reporting.asked(cast, ReportKind.PROGRESS, period_from=until, period_until=until)
    data = reporting.written(cast, report).data
    told = {one["title"]: one for one in data["assessments"]}
    assert [row["latest"] for row in told["Sensory Profile 2, Infant"]["rows"]] == ["25 (0 to 60)"]
    assert not any("Test of Sensory Functions" in title for title in told)
    [goal] = data["goals"]
    # Rated 0 two weeks ago, which is later.
    assert goal["where"].startswith(f"Level {signed(-1)}, as seen on")


def test_a_report_of_a_child_that_nothing_was_measured_of_has_no_such_section(cast: Cast) -> None:
    report = reporting.asked(cast, ReportKind.PROGRESS)
    told = reporting.written(cast, report)
    assert (told.data["assessments"], told.data["together"]) == ([], "")
    assert "Standard instruments" not in reporting.words(reporting.printed(report, told))


def test_a_letter_tells_both_in_a_line_and_stays_one_page(cast: Cast) -> None:
    a_record(cast)
    paper, words = reporting.paper_of(cast, ReportKind.LETTER)
    assert len(paper.pages) == 1
    assert TOGETHER in words
    assert "3.5 to 4.5" in words
    assert "2 points are its publisher’s rule of thumb, not a proof." in words
    # One goal: 10 points a level.
    assert "Goal attainment T score 40.0 when set, 50.0 by the latest ratings (50: as expected)." in words


def test_a_familys_own_report_says_where_the_goal_is_and_no_total(cast: Cast) -> None:
    a_record(cast)
    _, paper = reporting.paper_of(cast, ReportKind.PARENT)
    assert "30 minutes" in paper
    for told in (*STATISTICS, "COPM", "more than others", "2 points", "Level"):
        assert told not in paper


def test_what_is_copied_for_a_chart_holds_one_such_sentence_and_keeps_its_length(cast: Cast) -> None:
    a_record(cast)
    for narrative in ("", "Cleo offers her other foot. " * 80):
        report = reporting.asked(cast, ReportKind.PROGRESS, narrative=narrative)
        copied = reporting.written(cast, report).for_chart
        assert len(copied) < 1_500
        assert (TOGETHER in copied) is (narrative == "")


def test_a_total_entered_after_somebody_read_a_report_is_not_in_what_they_sign(cast: Cast) -> None:
    a_record(cast)
    report = asked(cast)
    made(cast, report)
    total_of(cast, Instrument.SP2_INFANT, 0, {"Touch": {"value": 58}})
    with rls.acting_as(cast.tess):
        reporting_services.sign_report(by=cast.tess, report=report, now=rls.now())
    reporting_services.make_report(report_id=report.pk)
    report.refresh_from_db()
    paper = words(opened(cast, report))
    assert "31 (0 to 60)" in paper
    assert "58" not in paper.partition("Standard instruments")[2]
