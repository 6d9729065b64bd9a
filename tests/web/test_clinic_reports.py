"""Reports of the clinic as its pages show them: asked for, followed, kept, and given to who may have them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from clinic import files, rls
from clinic.models import AuditEvent, CareTeam, Child, ClinicMembership
from clinic.vocabulary import AuditCode, Role
from tests import factories
from tests.cast import Cast
from tests.web.test_clinic_outcomes import REPORTS, made, main_of, report_at
from tests.web.test_query_budgets import statements
from tracking.models import ClinicReport, ClinicReportKind, OutcomesSchedule, ReportState
from tracking.services.clinic_reporting import make_clinic_report


def asked(client: Client, verb: str, **sent: Any) -> tuple[ClinicReport, str]:
    """A report asked for by its button, and the address of its page."""
    answer = client.post(REPORTS, {"verb": verb, **sent})
    assert answer.status_code == 302
    return report_at(answer["Location"]), answer["Location"]


def test_a_month_is_asked_for_followed_kept_and_listed(cast: Cast, sign_in: Any) -> None:
    month_on = made(cast)
    otto = sign_in(cast.otto)
    assert "No reports yet" in main_of(otto, REPORTS)
    report, page = asked(otto, "outcomes", month_on=month_on)
    assert "The report is waiting for its turn" in main_of(otto, page)
    assert otto.get(page + "file/")["Location"] == page
    make_clinic_report(report_id=report.pk)
    report.refresh_from_db()
    shown = main_of(otto, page)
    assert report.content_sha256 in shown
    assert cast.otto.name in shown
    assert report.figures_at is not None
    theo = sign_in(cast.theo)
    assert page in main_of(theo, REPORTS)
    assert theo.get(page + "file/").content.startswith(b"%PDF-")
    done = AuditEvent.objects.filter(subject_id=report.pk).order_by("at").values_list("code", "actor_id")
    assert list(done) == [
        (AuditCode.ASKED_CLINIC_REPORT, cast.otto.pk),
        (AuditCode.EXPORTED_FIGURES, cast.theo.pk),
    ]


def test_asked_for_twice_one_is_made(cast: Cast, sign_in: Any) -> None:
    month_on = made(cast)
    otto = sign_in(cast.otto)
    assert asked(otto, "outcomes", month_on=month_on) == asked(otto, "outcomes", month_on=month_on)
    assert ClinicReport.objects.count() == 1


def test_who_lost_the_role_is_given_no_file(cast: Cast, sign_in: Any) -> None:
    month_on = made(cast)
    theo = sign_in(cast.theo)
    report, page = asked(theo, "outcomes", month_on=month_on)
    make_clinic_report(report_id=report.pk)
    assert theo.get(page + "file/").status_code == 200
    with rls.acting_as(system="seeding"):
        theos = ClinicMembership.objects.filter(user=cast.theo, clinic=cast.harbor)
        theos.update(roles=[str(Role.OFFICE)])
    assert theo.get(page + "file/").status_code == 404
    assert theo.get(page).status_code == 404
    assert theo.get(REPORTS).status_code == 403


def test_a_list_is_its_askers_alone_and_only_while_they_treat_every_child_on_it(
    cast: Cast, sign_in: Any
) -> None:
    tess = sign_in(cast.tess)
    report, page = asked(tess, "caseload")
    make_clinic_report(report_id=report.pk)
    assert tess.get(page + "file/").status_code == 200
    for other in (cast.otto, cast.theo, cast.asha):
        assert sign_in(other).get(page + "file/").status_code == 404
    with rls.acting_as(system="seeding"):
        CareTeam.objects.filter(therapist=cast.tess, child=cast.cleo).update(until_at=rls.now())
    assert tess.get(page + "file/").status_code == 404
    assert page not in main_of(tess, REPORTS)


def test_a_report_that_failed_is_asked_for_again(cast: Cast, sign_in: Any) -> None:
    failed = {"state": ReportState.FAILED, "failure_code": "not_made"}
    month_on = made(cast)
    report = factories.clinic_report(cast.harbor, by=cast.theo, month_on=month_on, **failed)
    page = f"{REPORTS}{report.pk}/"
    otto = sign_in(cast.otto)
    assert "The report could not be made" in main_of(otto, page)
    assert otto.post(page, {"verb": "again"}).status_code == 302
    make_clinic_report(report_id=report.pk)
    report.refresh_from_db()
    assert (report.state, report.asked_by) == (ReportState.READY, cast.otto)
    otto.post(page, {"verb": "again"})
    report.refresh_from_db()
    assert report.state == ReportState.READY


def test_bytes_that_are_not_those_that_were_made_are_given_to_nobody(cast: Cast, sign_in: Any) -> None:
    otto = sign_in(cast.otto)
    report, page = asked(otto, "outcomes", month_on=made(cast))
    make_clinic_report(report_id=report.pk)
    report.refresh_from_db()
    files.delete(report.file_name)
    assert otto.get(page + "file/")["Location"] == page


def test_an_owner_wishes_a_paper_each_month_and_a_therapist_may_not(cast: Cast, sign_in: Any) -> None:
    otto, tess = sign_in(cast.otto), sign_in(cast.tess)
    assert tess.post(REPORTS, {"verb": "monthly"}).status_code == 403
    assert "An owner can have" in main_of(tess, REPORTS)
    otto.post(REPORTS, {"verb": "monthly"})
    otto.post(REPORTS, {"verb": "monthly"})
    assert OutcomesSchedule.objects.running().count() == 1
    assert f"at the wish of {cast.otto.name}" in main_of(tess, REPORTS)
    otto.post(REPORTS, {"verb": "no_more"})
    assert not OutcomesSchedule.objects.running().exists()


@pytest.mark.parametrize("kind", ClinicReportKind)
def test_the_list_asks_as_much_for_ten_reports_as_for_one(
    cast: Cast, sign_in: Any, kind: ClinicReportKind
) -> None:
    children = [] if kind == ClinicReportKind.OUTCOMES else list(Child.objects.filter(pk=cast.cleo.pk))
    factories.clinic_report(cast.harbor, by=cast.tess, kind=kind, children=children)
    tess = sign_in(cast.tess)
    statements(tess, REPORTS)
    before = statements(tess, REPORTS)
    for _ in range(9):
        factories.clinic_report(cast.harbor, by=cast.tess, kind=kind, children=children)
    assert statements(tess, REPORTS) == before <= 10
