"""What was signed stays as it was signed: its words, its bytes, and what is added to it later."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.files.storage import default_storage
from django.db import DatabaseError, transaction

from clinic import rls
from clinic.errors import Forbidden, Invalid, Unseen
from clinic.models import AuditEvent
from clinic.vocabulary import AuditCode
from tests import factories
from tests.cast import Cast
from tests.tracking.test_reporting import asked, made, words
from tracking.models import Report, ReportAddendum, ReportState
from tracking.services import making, reporting


def signed(cast: Cast) -> Report:
    """A report that Tess read, signed, and that was made with her signature."""
    report = asked(cast)
    made(cast, report)
    with rls.acting_as(cast.tess):
        reporting.sign_report(by=cast.tess, report=report, now=rls.now())
    reporting.make_report(report_id=report.pk)
    report.refresh_from_db()
    assert report.state == ReportState.READY
    return report


def opened(cast: Cast, report: Report) -> bytes:
    with rls.acting_as(cast.tess):
        return reporting.open_report(by=cast.tess, report=report, now=rls.now())


def test_what_is_logged_after_somebody_read_it_is_not_in_what_they_sign(cast: Cast) -> None:
    report = asked(cast)
    before = words(made(cast, report))
    factories.record(cast)
    with rls.acting_as(cast.tess):
        reporting.sign_report(by=cast.tess, report=report, now=rls.now())
    reporting.make_report(report_id=report.pk)
    report.refresh_from_db()
    after = words(opened(cast, report))
    assert "No program was prescribed in this period." in before
    assert "No program was prescribed in this period." in after
    assert "Signed on" in after
    assert report.content is None


@pytest.mark.parametrize(
    "change",
    [
        {"narrative": "Other words."},
        {"content_sha256": "0" * 64},
        {"file_name": "report/other.pdf"},
        {"state": ReportState.ASKED},
        {"signed_at": None},
        {"period_from": dt.date(2020, 1, 1)},
        {"kind": "letter"},
        {"for_chart": "Other words."},
    ],
    ids=lambda change: next(iter(change)),
)
def test_the_database_keeps_a_signed_report_as_it_is(cast: Cast, change: dict[str, object]) -> None:
    report, draft = signed(cast), factories.report(cast.cleo, by=cast.tess)
    with rls.acting_as(cast.tess):
        assert Report.objects.filter(pk=draft.pk).update(narrative="Other words.") == 1
        assert Report.objects.filter(pk=report.pk).update(shared_at=rls.now()) == 1
        with pytest.raises(DatabaseError, match="a signed report is never changed"), transaction.atomic():
            Report.objects.filter(pk=report.pk).update(**change)
        with pytest.raises(DatabaseError, match="a signed report is never changed"), transaction.atomic():
            Report.objects.filter(pk=report.pk).delete()


def test_a_signed_report_is_never_made_again(cast: Cast) -> None:
    report = signed(cast)
    data = opened(cast, report)
    factories.record(cast)
    reporting.make_report(report_id=report.pk)
    with rls.acting_as(cast.tess), pytest.raises(making.NotFailed):
        reporting.make_again(by=cast.tess, report=report, now=rls.now())
    assert opened(cast, report) == data


@pytest.mark.parametrize("altered", [b"%PDF-1.7 of somebody else", None], ids=["other bytes", "gone"])
def test_a_file_that_is_not_the_one_that_was_made_is_given_to_nobody(
    cast: Cast, altered: bytes | None
) -> None:
    report = signed(cast)
    opened(cast, report)
    default_storage.delete(report.file_name)
    if altered is not None:
        with default_storage.open(report.file_name, "wb") as file:
            file.write(altered)
    with pytest.raises(making.FileAltered):
        opened(cast, report)


def test_what_is_added_stands_beside_the_signed_file_with_its_author(cast: Cast) -> None:
    report = signed(cast)
    data = opened(cast, report)
    with rls.acting_as(cast.tess):
        told = {"by": cast.tess, "report": report, "now": rls.now()}
        reporting.add_to_report(**told, words="She had a cold that week.")
        with pytest.raises(Invalid):
            reporting.add_to_report(**told, words="  ")
        sheet = words(reporting.open_addenda(**told))
    assert "She had a cold that week." in sheet
    assert report.content_sha256 in sheet.replace("\n", "").replace(" ", "")
    assert "OTR/L" in sheet
    assert opened(cast, report) == data
    assert AuditEvent.objects.filter(code=AuditCode.ADDED_TO_REPORT, subject_id=report.pk).count() == 1


def test_nothing_is_added_to_a_draft_or_by_an_assistant_and_nothing_added_is_changed(cast: Cast) -> None:
    report, draft = signed(cast), asked(cast)
    with rls.acting_as(cast.tess):
        told = {"by": cast.tess, "now": rls.now()}
        with pytest.raises(reporting.NotSigned):
            reporting.add_to_report(**told, report=draft, words="More.")
        with pytest.raises(Unseen):
            reporting.open_addenda(**told, report=report)
        added = reporting.add_to_report(**told, report=report, words="More.")
        with pytest.raises(DatabaseError), transaction.atomic():
            ReportAddendum.objects.filter(pk=added.pk).update(words="Less.")
        with pytest.raises(DatabaseError), transaction.atomic():
            ReportAddendum.objects.filter(pk=added.pk).delete()
    with rls.acting_as(cast.asha), pytest.raises(Forbidden):
        reporting.add_to_report(by=cast.asha, report=report, words="More.", now=rls.now())
