"""A report is a row from the start: asked, worked on, ready or failed; its file is read, not trusted."""

from __future__ import annotations

import datetime as dt
import hashlib
import io

import pytest
from pypdf import PdfReader

from clinic import rls
from clinic.errors import Forbidden
from clinic.models import AuditEvent, CareTeam
from clinic.vocabulary import AuditCode
from tests import factories
from tests.cast import Cast, planted
from tests.tracking.records import MONDAY, at, log_session
from tests.web.test_change import QUICK, SLOW, in_bed, running
from tracking.models import Report, ReportKind, ReportState
from tracking.readings.change import goal_changes
from tracking.reports import charts, kinds, pdf
from tracking.reports.charts import Foot, Mark, Point, Scale, Span, WeekBar
from tracking.services import making, reporting
from tracking.sync.bodies import CueNoted
from tracking.wording import labels
from tracking.wording.change import for_team

DAY = dt.date(2026, 3, 2)


def asked(cast: Cast, narrative: str = "Cleo now offers her other foot.") -> Report:
    with rls.acting_as(cast.tess):
        now = rls.now()
        return reporting.ask_report(
            by=cast.tess,
            child=cast.cleo,
            period_from=now.date() - dt.timedelta(days=30),
            period_until=now.date(),
            narrative=narrative,
            now=now,
        )


def made(cast: Cast, report: Report) -> bytes:
    """The report's PDF, as its author opens it."""
    reporting.make_report(report_id=report.pk)
    report.refresh_from_db()
    assert (report.state, report.progress_percent) == (ReportState.READY, 100)
    with rls.acting_as(cast.tess):
        return reporting.open_report(by=cast.tess, report=report, now=rls.now())


def test_each_kind_that_can_be_asked_for_has_its_template_its_words_and_its_file(cast: Cast) -> None:
    factories.record(cast)
    for kind in kinds.KINDS:
        report = factories.report(cast.cleo, by=cast.tess, kind=kind, narrative="")
        assert made(cast, report).startswith(b"%PDF")
        assert labels.label(ReportKind, kind) != kind
        assert labels.more(ReportKind, kind)


def test_an_assistant_neither_shares_a_report_nor_takes_it_away(cast: Cast) -> None:
    factories.record(cast)
    report = asked(cast)
    made(cast, report)
    with rls.acting_as(cast.asha):
        for verb in (reporting.share_report, reporting.open_report):
            with pytest.raises(Forbidden):
                verb(by=cast.asha, report=report, now=rls.now())


def words(data: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)


def test_an_asked_report_becomes_a_tagged_pdf_with_its_words_and_hash(cast: Cast) -> None:
    factories.record(cast)
    report = asked(cast)
    data = made(cast, report)
    assert hashlib.sha256(data).hexdigest() == report.content_sha256
    assert "Cleo now offers her other foot." in words(data)
    assert "never why" in words(data)
    assert "%" not in words(data)  # families read it too
    assert PdfReader(io.BytesIO(data)).trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert AuditEvent.objects.filter(code=AuditCode.DOWNLOADED_REPORT, actor_id=cast.tess.pk).exists()


def test_a_sign_that_no_font_here_draws_keeps_no_report_from_being_made(cast: Cast) -> None:
    report = asked(cast, "She laughs \N{SMILING FACE WITH SMILING EYES} when it begins.")
    data = made(cast, report)
    assert "when it begins" in words(data)
    assert PdfReader(io.BytesIO(data)).trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_a_report_of_a_child_without_entries_says_so(cast: Cast) -> None:
    report = asked(cast)
    data = made(cast, report)
    assert "No program was prescribed in this period." in words(data)


def test_a_report_tells_the_childs_own_signs_in_the_words_and_language_of_who_told_them(cast: Cast) -> None:
    sign = factories.sign(
        cast.cleo, by=cast.fay, words="Se frota la oreja", language="es", cue="ds_hand_face"
    )
    with rls.acting_as(cast.fay):
        noted = (CueNoted(code="ep_gaze"), CueNoted(sign=sign.client_id, moment="after"))
        log_session(cast.fay, cast.cleo, cues=noted)
        log_session(cast.fay, cast.cleo, cues=(), occurred_at=at("09:00"))
    with rls.acting_as(cast.tess):
        report = reporting.ask_report(
            by=cast.tess, child=cast.cleo, period_from=MONDAY, period_until=MONDAY, now=rls.now()
        )
        written = kinds.write(report, child=cast.cleo, viewer=cast.tess, now=rls.now())
    assert {"label": "Period", "value": "1 day"} in written.data["facts"]
    [own, gaze] = written.data["signs"]
    assert (own["language"], own["during_count"], own["after_count"]) == ("es", 0, 1)
    assert (gaze["language"], gaze["during_count"], gaze["after_count"]) == ("", 1, 0)
    text = words(pdf.compile_pdf("progress", written.data, charts=written.charts))
    assert "Se frota la oreja (Hand to ear, eye, mouth or neck)" in text
    assert "1 massage has signs recorded. 1 massage was asked about, with no answer." in text


def test_a_report_names_nobody_who_logged(cast: Cast) -> None:
    factories.record(cast)
    report = asked(cast)
    text = words(made(cast, report))
    for secret in ("fay-name", "greg-name", "fays-home", "fays-home-phone", "note-body"):
        assert planted(secret) not in text


def test_access_that_ended_before_the_worker_came_ends_the_report(cast: Cast) -> None:
    report = asked(cast)
    with rls.acting_as(cast.otto):
        CareTeam.objects.filter(child=cast.cleo, therapist=cast.tess).update(until_at=rls.now())
    reporting.make_report(report_id=report.pk)
    report.refresh_from_db()
    assert (report.state, report.failure_code) == (ReportState.FAILED, "access_ended")


def test_making_a_report_twice_makes_it_once(cast: Cast) -> None:
    report = asked(cast)
    reporting.make_report(report_id=report.pk)
    report.refresh_from_db()
    file_name = report.file_name
    reporting.make_report(report_id=report.pk)
    report.refresh_from_db()
    assert report.file_name == file_name


def test_a_report_whose_worker_was_lost_is_given_up_with_a_reason(cast: Cast) -> None:
    report = asked(cast)
    long_ago = report.asked_at - making.GIVE_UP_AFTER * 2
    Report.objects.filter(pk=report.pk).update(state=ReportState.WORKING, asked_at=long_ago)
    with rls.acting_as(system="reports"):
        assert reporting.sweep_reports(now=rls.now()) == 1
    report.refresh_from_db()
    assert (report.state, report.failure_code) == (ReportState.FAILED, "not_made")


def test_an_assistant_asks_for_no_report_and_changes_and_signs_none(cast: Cast) -> None:
    report = asked(cast)
    told = {"by": cast.asha, "now": rls.now()}
    with rls.acting_as(cast.asha):
        with pytest.raises(Forbidden):
            reporting.ask_report(**told, child=cast.cleo, period_from=DAY, period_until=DAY)
        with pytest.raises(Forbidden):
            reporting.change_narrative(**told, report=report, narrative="other")
        for verb in (reporting.make_again, reporting.sign_report):
            with pytest.raises(Forbidden):
                verb(**told, report=report)


def test_a_signed_report_is_frozen(cast: Cast) -> None:
    report = asked(cast)
    reporting.make_report(report_id=report.pk)
    report.refresh_from_db()
    with rls.acting_as(cast.tess):
        reporting.sign_report(by=cast.tess, report=report, now=rls.now())
    reporting.make_report(report_id=report.pk)
    report.refresh_from_db()
    assert report.state == ReportState.READY
    with rls.acting_as(cast.tess):
        assert "OTR/L" in words(reporting.open_report(by=cast.tess, report=report, now=rls.now()))
        with pytest.raises(reporting.AlreadySigned):
            reporting.change_narrative(by=cast.tess, report=report, narrative="other", now=rls.now())


@pytest.mark.parametrize(
    ("first", "last", "refusal"),
    [
        (dt.date(2026, 3, 2), dt.date(2026, 3, 1), reporting.PeriodTurnedRound),
        (dt.date(2020, 1, 1), dt.date(2026, 3, 1), reporting.PeriodTooLong),
    ],
)
def test_a_period_that_cannot_be_is_refused_by_its_field(
    cast: Cast, first: dt.date, last: dt.date, refusal: type[Exception]
) -> None:
    with rls.acting_as(cast.tess), pytest.raises(refusal) as refused:
        reporting.ask_report(
            by=cast.tess, child=cast.cleo, period_from=first, period_until=last, now=rls.now()
        )
    assert refused.value.field in ("period_from", "period_until")  # type: ignore[attr-defined]


def test_a_chart_is_drawn_from_one_specification_without_a_color_of_its_own() -> None:
    spec = charts.outcome_chart(
        [Point(DAY, 40.0), Point(DAY + dt.timedelta(days=1), 60.0, is_at_least=True)],
        spans=[Span("Before", DAY, DAY + dt.timedelta(days=6), 40.0)],
        marks=[Mark(DAY + dt.timedelta(days=3), "Bedtime calm")],
        first=DAY,
        last=DAY + dt.timedelta(days=6),
        title="Minutes to fall asleep",
        scale=Scale.MINUTES,
    )
    assert "#" not in str({**spec, "$schema": ""})
    svg = pdf.draw(spec)
    assert svg.startswith("<svg")
    assert "Before" in svg
    assert "role:" not in svg


def test_names_of_phases_that_would_meet_on_a_phone_stand_in_rows() -> None:
    first = dt.date(2026, 9, 15)
    days = [first + dt.timedelta(days=number) for number in (0, 10, 38, 74)]
    names = ("Before", "Preschool bedtime deep pressure", "Shorter routine")
    spans = [Span(*told) for told in zip(names, days, days[1:], strict=False)]
    spec = charts.outcome_chart(
        [],
        spans=spans,
        marks=[],
        first=first,
        last=days[-1],
        title="Minutes",
        scale=Scale.MINUTES,
    )
    texts = [
        layer
        for layer in spec["layer"]
        if isinstance(layer["mark"], dict) and layer["mark"]["type"] == "text"
    ]
    rows = [[row["name"] for row in layer["data"]["values"]] for layer in texts]
    assert rows == [["Before", "Shorter routine"], ["Preschool bedtime deep pressure"]]


def test_a_chart_of_weeks_shows_what_was_prescribed() -> None:
    weeks = [WeekBar(1, 7, 6, 5), WeekBar(2, 7, 0, 0)]
    svg = pdf.draw(charts.weeks_chart(weeks, started_on=DAY, foot=Foot(no_record_on=[DAY])))
    assert "Program week" in svg


def test_what_was_signed_meanwhile_keeps_its_words(cast: Cast) -> None:
    """Two people have the report open; one signs it, the other then saves other words."""
    report = asked(cast)
    reporting.make_report(report_id=report.pk)
    with rls.acting_as(cast.tess):
        open_elsewhere = Report.objects.get(pk=report.pk)
        reporting.sign_report(by=cast.tess, report=Report.objects.get(pk=report.pk), now=rls.now())
        with pytest.raises(reporting.AlreadySigned):
            reporting.change_narrative(
                by=cast.tess, report=open_elsewhere, narrative="Other words.", now=rls.now()
            )
    report.refresh_from_db()
    assert report.narrative == "Cleo now offers her other foot."


def test_a_file_of_words_that_changed_meanwhile_is_not_kept(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    report = asked(cast)

    def changed_meanwhile(*given: object, **named: object) -> bytes:
        with rls.acting_as(cast.tess):
            reporting.change_narrative(
                by=cast.tess,
                report=Report.objects.get(pk=report.pk),
                narrative="Other words.",
                now=rls.now() + dt.timedelta(seconds=1),
            )
        return b"%PDF-1.7 of the words before"

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(pdf, "compile_pdf", changed_meanwhile)
        reporting.make_report(report_id=report.pk)
    report.refresh_from_db()
    assert (report.state, report.file_name) == (ReportState.ASKED, "")
    assert "Other words." in words(made(cast, report))


def test_a_report_says_of_a_change_what_the_childs_page_says(cast: Cast) -> None:
    _, begins = running(cast)
    in_bed(cast, cast.fay, begins - dt.timedelta(days=7), [*SLOW, *QUICK])
    report = asked(cast)
    with rls.acting_as(cast.tess):
        written = kinds.write(report, child=cast.cleo, viewer=cast.tess, now=rls.now())
        [seen] = goal_changes(cast.tess, cast.cleo, until=report.period_until)
    [told] = written.data["changes"]
    assert told["said"][:-1] == list(for_team(seen.change.said))
    assert (written.data["sleep"], "change-1" in written.charts) == ([], True)
    text = " ".join(words(pdf.compile_pdf("progress", written.data, charts=written.charts)).split())
    assert "This changed alongside the program, in the direction hoped for." in text
    assert "%" not in text
