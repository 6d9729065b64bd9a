"""A letter fits one page and tells none apart from not asked; a family's report tells no statistics."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from pypdf import PdfReader

from clinic import rls
from clinic.errors import Invalid
from clinic.models import Child, Clinic, User
from tests import factories
from tests.cast import Cast
from tests.tracking.reporting import paper_of, place_of
from tests.tracking.test_reporting import made, words
from tests.web.test_change import QUICK, SLOW, in_bed, running
from tracking.models import Report, ReportKind
from tracking.readings.change import goal_changes
from tracking.reports import kinds, pdf
from tracking.reports.writing import MOST_FOR_CHART, Written, plain
from tracking.services import reporting
from tracking.wording.change import for_family


def asked(cast: Cast, kind: ReportKind, **told: str) -> Report:
    with rls.acting_as(cast.tess):
        now = rls.now()
        return reporting.ask_report(
            by=cast.tess,
            child=Child.objects.select_related("clinic").get(pk=cast.cleo.pk),
            kind=kind,
            period_from=now.date() - dt.timedelta(days=60),
            period_until=now.date(),
            now=now,
            **told,
        )


def written(cast: Cast, report: Report) -> Written:
    with rls.acting_as(cast.tess):
        return kinds.write(report, child=report.child, viewer=cast.tess, now=rls.now())


def a_month(cast: Cast) -> None:
    """Nights before and since a program, seven of them slow and the others quick."""
    _, begins = running(cast)
    in_bed(cast, cast.fay, begins - dt.timedelta(days=7), [*SLOW, *QUICK])


def test_a_letter_says_what_is_asked_first_and_what_it_is_last(cast: Cast) -> None:
    a_month(cast)
    report = asked(cast, ReportKind.LETTER, question="May she have deep pressure?", addressee="Dr. Ito")
    text = " ".join(words(made(cast, report)).split())
    told = [
        "Dr. Ito",
        "Corrected age",
        "Our question to you",
        "May she have deep pressure?",
        "What was offered and done",
        "Told by 1 person who cares for the child",
        "Median, minutes",
        "Range",
        "Nights told",
        "Safety",
        "Concerns, which families tell unasked: none reported.",
        "Medicines, or a change of them: none reported on",
        "Parent-reported, unblinded, one child; no cause shown.",
        "A draft: not signed yet.",
    ]
    places = [text.index(one) for one in told]
    assert places == sorted(places)
    assert "%" not in text


def test_a_range_is_open_at_the_top_where_any_night_was_not_seen_to_its_end(cast: Cast) -> None:
    _, begins = running(cast)
    in_bed(cast, cast.fay, begins - dt.timedelta(days=7), [*SLOW, *QUICK[:-1]])
    evening = dt.datetime.combine(begins, dt.time(20), dt.UTC) + dt.timedelta(days=len(QUICK) - 1)
    factories.bedtime(
        cast.cleo,
        by=cast.fay,
        at=evening,
        lights_out_at=evening,
        still_awake_at=evening + dt.timedelta(minutes=1),
    )
    outcome = written(cast, asked(cast, ReportKind.LETTER)).data["outcome"]
    [row] = [one for one in outcome["rows"] if one["label"] == "Range"]
    assert row["before"] == f"{min(SLOW)} to {max(SLOW)}"
    assert row["since"] == f"> 1 to {max(QUICK[:-1])} or more"


def test_a_letter_tells_what_nobody_was_asked_apart_from_what_nobody_reported(cast: Cast) -> None:
    report = asked(cast, ReportKind.LETTER)
    factories.ask_plan(cast.cleo, by=cast.tess, questions=(), at=rls.now() - dt.timedelta(days=90))
    silent = written(cast, report).data
    assert silent["other"] == ["Illness: not asked.", "Medicines, or a change of them: not asked."]
    assert silent["safety"][1] == "Crying after a massage: not asked."
    a_month(cast)
    told = written(cast, report).data
    assert told["other"][0].startswith("Illness: none reported on ")


@pytest.mark.parametrize("paper", ["America/New_York", "Europe/Berlin"])
def test_a_letter_is_one_page_however_long_its_names_and_words(cast: Cast, paper: str) -> None:
    a_month(cast)
    with rls.acting_as(None, system="seeding"):
        Child.objects.filter(pk=cast.cleo.pk).update(first_name="Wilhelmina " * 9, last_name="Ó" * 100)
        Clinic.objects.filter(pk=cast.harbor.pk).update(name="Harbor " * 28, zone=paper)
        User.objects.filter(pk=cast.tess.pk).update(name="Theodora " * 15)
    factories.concern(cast.cleo, by=cast.fay)
    report = asked(
        cast,
        ReportKind.LETTER,
        narrative="She offers her foot and waits. " * 29,
        question="Would you look at her skin again? " * 14,
        addressee="A practice with a long name " * 7,
    )
    report = Report.objects.select_related("child__clinic", "asked_by").get(pk=report.pk)
    made(cast, report)
    with rls.acting_as(cast.tess):
        reporting.sign_report(by=cast.tess, report=report, now=rls.now())
    paper_of = PdfReader(io.BytesIO(made(cast, report)))
    assert len(paper_of.pages) == 1
    assert "Signed on" in paper_of.pages[0].extract_text()
    assert "no cause shown" in paper_of.pages[0].extract_text().replace("\n", " ")


def test_more_words_than_a_letter_holds_are_refused_and_other_kinds_ask_no_question(cast: Cast) -> None:
    for kind, told in (
        (ReportKind.LETTER, {"narrative": "a" * 901}),
        (ReportKind.LETTER, {"question": "a" * 501}),
        (ReportKind.PROGRESS, {"question": "Why?"}),
    ):
        with pytest.raises(Invalid) as refused:
            asked(cast, kind, **told)
        assert refused.value.field in told


def test_a_letter_is_not_shared_with_the_family(cast: Cast) -> None:
    report = asked(cast, ReportKind.LETTER)
    with rls.acting_as(cast.tess), pytest.raises(reporting.NotForFamilies):
        reporting.share_report(by=cast.tess, report=report, now=rls.now())


def test_a_familys_report_says_what_their_corner_says_and_no_statistics(cast: Cast) -> None:
    a_month(cast)
    report = asked(cast, ReportKind.PARENT)
    told = written(cast, report)
    [change] = told.data["changes"]
    text = " ".join(words(pdf.compile_pdf("parent", told.data, charts={})).split())
    assert "Since the program began, this has gone more as you hoped than before." in text
    assert "A day without a note is not a day without a massage." in text
    for banned in ("%", "Median", "median", "NAP", "interval", "worked", "missed", "!"):
        assert banned not in text
    with rls.acting_as(cast.tess):
        [seen] = goal_changes(cast.tess, cast.cleo, until=report.period_until)
    assert change["said"] == list(for_family(seen.change.said))


def test_a_familys_words_keep_their_language_and_direction_while_ours_are_not_translated(
    cast: Cast, settings: Any
) -> None:
    report = asked(cast, ReportKind.PARENT, narrative="تنام الآن أسرع.", language="ar")
    told = written(cast, report).data
    assert (told["lang"], told["is_rtl"], told["narrative_language"]) == ("en", False, "ar")
    settings.LANGUAGES = [("en", "English"), ("ar", "Arabic")]
    told = written(cast, report).data
    assert (told["lang"], told["is_rtl"]) == ("ar", True)
    assert made(cast, report).startswith(b"%PDF")


def test_what_is_copied_for_a_chart_has_the_reports_sentences_and_less_than_1500_characters(
    cast: Cast,
) -> None:
    a_month(cast)
    for kind in (ReportKind.PROGRESS, ReportKind.LETTER):
        report = asked(cast, kind)
        made(cast, report)
        report.refresh_from_db()
        assert 0 < len(report.for_chart) < 1500
        assert "This changed alongside the program" in report.for_chart
        assert "worked" not in report.for_chart


def test_a_long_text_for_a_chart_is_cut_between_sentences_and_keeps_what_makes_it_honest() -> None:
    told = plain("Cleo", ["A sentence of some words. " * 100], ["One family's diary."])
    assert len(told) <= MOST_FOR_CHART
    assert told.startswith("Cleo\nA sentence of some words. A sentence")
    assert told.endswith("words. […]\nOne family's diary.")


def test_words_that_nobody_translated_run_their_own_way_in_a_familys_report(cast: Cast) -> None:
    told = "Nothing more was told.\n\nلم يُذكر شيء آخر."
    paper, _ = paper_of(cast, ReportKind.PARENT, narrative=told, language="ar")
    margin = place_of(paper, "How it went")
    assert place_of(paper, "Nothing more") == margin
    assert place_of(paper, r"[\u0600-\u06ff]") > margin + 200
