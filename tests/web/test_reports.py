"""Reports on the clinic's pages: asked for, made, signed, shared, opened."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clinic import rls
from clinic.models import AuditEvent
from clinic.vocabulary import AuditCode
from tests import factories
from tests.cast import Cast
from tracking.models import Report, ReportState
from tracking.services import report_schedules, reporting

pytestmark = pytest.mark.django_db


@pytest.fixture
def tesss(cast: Cast, sign_in: Any) -> Client:
    client: Client = sign_in(cast.tess)
    return client


def listed(cast: Cast) -> str:
    return f"/children/{cast.cleo.pk}/reports/"


def asked(cast: Cast, tesss: Client) -> Report:
    told = {"period_from": "2026-01-01", "period_until": "2026-02-01", "narrative": "She offers her foot."}
    answer = tesss.post(listed(cast), told)
    report = Report.objects.get(child=cast.cleo)
    assert answer.headers["Location"] == f"/reports/{report.pk}/"
    return report


def test_a_new_report_is_begun_from_the_record(cast: Cast, tesss: Client) -> None:
    factories.prescribed(cast.cleo, by=cast.tess)
    factories.session(cast.cleo, by=cast.fay, at=rls.now() - dt.timedelta(days=2))
    page = tesss.get(listed(cast)).content.decode()
    assert "A massage was offered on 1 of the 2" in page
    assert "No reports yet" in page
    assert "New report" not in page, "the form is all there is to see"


def test_a_letter_begins_without_words_and_offers_none(cast: Cast, tesss: Client) -> None:
    page = tesss.get(listed(cast)).content.decode()
    assert "Write the text anew" in page
    assert "Begun from the record" in page
    assert "What you changed in it is lost." in page, "asked before words are thrown away"
    letter = tesss.get(listed(cast), {"kind": "letter"}).content.decode()
    assert "Write the text anew" not in letter
    assert "Beside what the record says" in letter


def test_a_report_is_made_signed_shared_and_opened(cast: Cast, tesss: Client) -> None:
    report = asked(cast, tesss)
    address = f"/reports/{report.pk}/"
    waiting = tesss.get(address).content.decode()
    assert "waiting for its turn" in waiting
    assert "See how far it is" in waiting

    reporting.make_report(report_id=report.pk)
    assert "Open the PDF" in tesss.get(address).content.decode()
    tesss.post(address, {"verb": "sign"})
    reporting.make_report(report_id=report.pk)
    said = "It tells the bands of standard instruments, which families read nowhere else."
    assert said in tesss.get(address).content.decode()
    tesss.post(address, {"verb": "share"})
    assert said not in tesss.get(address).content.decode()
    report.refresh_from_db()
    assert report.signed_by_id == cast.tess.pk
    assert report.shared_at is not None

    file = tesss.get(f"{address}file/")
    assert file.headers["Content-Type"] == "application/pdf"
    assert file.content.startswith(b"%PDF")


def test_what_is_not_signed_yet_is_listed_as_a_draft_and_what_needs_no_signature_as_ready(
    cast: Cast, tesss: Client
) -> None:
    report = asked(cast, tesss)
    draft, ready = "draft, not signed yet", "</svg>ready</span>"
    assert draft not in tesss.get(listed(cast)).content.decode(), "it is not made yet"
    reporting.make_report(report_id=report.pk)
    for address in (listed(cast), f"/reports/{report.pk}/"):
        page = tesss.get(address).content.decode()
        assert draft in page
        assert ready not in page
    tesss.post(f"/reports/{report.pk}/", {"verb": "sign"})
    reporting.make_report(report_id=report.pk)
    page = tesss.get(listed(cast)).content.decode()
    assert draft not in page
    assert ready in page

    tesss.post(listed(cast), {"kind": "paper_week", "language": "en"})
    sheet = Report.objects.get(child=cast.cleo, kind="paper_week")
    reporting.make_report(report_id=sheet.pk)
    page = tesss.get(listed(cast)).content.decode()
    assert page.count(ready) == 2
    assert draft not in page


def test_a_narrative_is_changed_until_it_is_signed(cast: Cast, tesss: Client) -> None:
    report = asked(cast, tesss)
    reporting.make_report(report_id=report.pk)
    tesss.post(f"/reports/{report.pk}/", {"narrative": "She offers both feet."})
    report.refresh_from_db()
    assert (report.narrative, report.state) == ("She offers both feet.", ReportState.ASKED)

    reporting.make_report(report_id=report.pk)
    tesss.post(f"/reports/{report.pk}/", {"verb": "sign"})
    page = tesss.post(f"/reports/{report.pk}/", {"narrative": "Other words."}, follow=True)
    assert "is signed and stays as it is" in page.content.decode()


def test_a_period_turned_round_is_said_at_its_field(cast: Cast, tesss: Client) -> None:
    told = {"period_from": "2026-02-01", "period_until": "2026-01-01", "narrative": "kept words"}
    page = tesss.post(listed(cast), told).content.decode()
    assert "The last day of the period comes before the first." in page
    assert "kept words" in page
    assert not Report.objects.exists()


def test_a_file_that_is_not_made_is_not_opened(cast: Cast, tesss: Client) -> None:
    report = asked(cast, tesss)
    answer = tesss.get(f"/reports/{report.pk}/file/", follow=True)
    assert "not ready yet" in answer.content.decode()


def test_a_file_is_closed_once_access_has_ended(cast: Cast, tesss: Client) -> None:
    report = asked(cast, tesss)
    reporting.make_report(report_id=report.pk)
    with rls.acting_as(cast.otto):
        cast.cleo.care_team.filter(therapist=cast.tess).update(until_at=rls.now())
    assert tesss.get(f"/reports/{report.pk}/file/").status_code == 404


def test_one_whose_making_failed_is_asked_for_again(cast: Cast, tesss: Client) -> None:
    report = factories.report(cast.cleo, by=cast.tess, state=ReportState.FAILED, failure_code="not_made")
    assert "could not be made" in tesss.get(f"/reports/{report.pk}/").content.decode()
    tesss.post(f"/reports/{report.pk}/", {"verb": "again"})
    report.refresh_from_db()
    assert (report.state, report.failure_code) == (ReportState.ASKED, "")


def test_a_longer_list_asks_no_more(cast: Cast, tesss: Client) -> None:
    factories.report(cast.cleo, by=cast.tess)
    tesss.get(listed(cast))
    with CaptureQueriesContext(connection) as few:
        tesss.get(listed(cast))
    for _ in range(9):
        factories.report(cast.cleo, by=cast.tess)
    with CaptureQueriesContext(connection) as many:
        tesss.get(listed(cast))
    assert len(many) == len(few) <= 40


def test_a_shared_report_reaches_the_guardians_and_nobody_else(
    cast: Cast, tesss: Client, sign_in: Any
) -> None:
    report = asked(cast, tesss)
    corner, file = f"/family/{cast.cleo.pk}/reports/", f"/reports/{report.pk}/file/"
    reporting.make_report(report_id=report.pk)
    fays = sign_in(cast.fay)
    assert "No reports yet" in fays.get(corner).content.decode()
    assert fays.get(file).status_code == 404

    tesss.post(f"/reports/{report.pk}/", {"verb": "sign"})
    reporting.make_report(report_id=report.pk)
    tesss.post(f"/reports/{report.pk}/", {"verb": "share"})
    assert file in fays.get(corner).content.decode()
    assert fays.get(file).content.startswith(b"%PDF")
    nans = sign_in(cast.nan)
    assert (nans.get(corner).status_code, nans.get(file).status_code) == (403, 404)


def test_a_signed_report_shows_its_hash_and_what_was_added_and_says_when_its_file_was_altered(
    cast: Cast, tesss: Client
) -> None:
    report = asked(cast, tesss)
    reporting.make_report(report_id=report.pk)
    tesss.post(f"/reports/{report.pk}/", {"verb": "sign"})
    reporting.make_report(report_id=report.pk)
    report.refresh_from_db()
    tesss.post(f"/reports/{report.pk}/", {"verb": "add", "words": "She had a cold."})
    page = tesss.get(f"/reports/{report.pk}/").content.decode()
    assert report.content_sha256 in page
    assert "She had a cold." in page
    assert tesss.get(f"/reports/{report.pk}/addenda/").content.startswith(b"%PDF")

    default_storage.delete(report.file_name)
    answer = tesss.get(f"/reports/{report.pk}/file/", follow=True)
    assert "is not the one that was made" in answer.content.decode()
    refused = AuditEvent.objects.filter(code=AuditCode.REFUSED, detail="report_file_altered")
    assert refused.get().actor_id == cast.tess.pk


def test_a_monthly_draft_is_set_told_of_on_the_caseload_and_ended(cast: Cast, tesss: Client) -> None:
    tesss.post(listed(cast), {"verb": "monthly", "day_of_month": "31"})
    assert "Draft one each month" in tesss.get(listed(cast)).content.decode()
    tesss.post(listed(cast), {"verb": "monthly", "day_of_month": "5"})
    assert "on day 5 of each month" in tesss.get(listed(cast)).content.decode()
    with rls.acting_as(system="reports"):
        assert report_schedules.draft_due(now=rls.now() + dt.timedelta(days=32)) == 1
    report = Report.objects.get()
    reporting.make_report(report_id=report.pk)
    page = tesss.get(f"/c/{cast.harbor.slug}/caseload/").content.decode()
    assert f"/reports/{report.pk}/" in page
    tesss.post(listed(cast), {"verb": "no_more"})
    assert "Draft one each month" in tesss.get(listed(cast)).content.decode()
