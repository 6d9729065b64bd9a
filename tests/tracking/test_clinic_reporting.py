"""Reports of a clinic in the worker: whose they are, how long a list lasts, and each month by itself."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clinic import files, rls
from clinic.errors import Forbidden, Invalid
from clinic.models import ClinicMembership, User
from clinic.vocabulary import Role
from tests import factories
from tests.cast import Cast
from tests.database import Clock
from tests.tracking.erasures import carry_out, due_erasure
from tracking.models import (
    ClinicReport,
    ClinicReportKind,
    ListedChild,
    OutcomesSchedule,
    ReportState,
)
from tracking.services import clinic_reporting, outcomes_schedules
from tracking.services.clinic_figures import make_month
from tracking.services.clinic_reporting import LIST_KEPT_FOR, ask_clinic_report, make_clinic_report
from tracking.vocabulary.erasure import ErasureOf


def asked(
    cast: Cast, by: User, kind: ClinicReportKind = ClinicReportKind.CASELOAD, **told: Any
) -> ClinicReport:
    with rls.acting_as(by):
        return ask_clinic_report(by=by, clinic=cast.harbor, kind=kind, now=rls.now(), **told)


def made(report: ClinicReport) -> ClinicReport:
    make_clinic_report(report_id=report.pk)
    report.refresh_from_db()
    return report


def month_made(cast: Cast, months_ago: int = 0) -> dt.date:
    with rls.acting_as(system="seeding"):
        month_on = (rls.now().date() - dt.timedelta(days=31 * months_ago)).replace(day=1)
    make_month(clinic_id=cast.harbor.pk, month_on=month_on, at_once=100)
    return month_on


def is_stored(name: str) -> bool:
    try:
        files.open_stored(name).close()
    except FileNotFoundError:
        return False
    return True


def test_a_role_that_ended_while_it_waited_ends_the_report(cast: Cast) -> None:
    report = asked(cast, cast.theo)
    ClinicMembership.objects.filter(user=cast.theo, clinic=cast.harbor).update(roles=[str(Role.OFFICE)])
    made(report)
    assert (report.state, report.failure_code, report.file_name) == (
        ReportState.FAILED, "access_ended", "",
    )  # fmt: skip


def test_a_list_goes_after_a_week_and_a_month_stays(cast: Cast) -> None:
    month_made(cast)
    lasting = made(asked(cast, cast.otto, ClinicReportKind.OUTCOMES))
    listed = made(asked(cast, cast.tess))
    assert is_stored(listed.file_name)
    for later, left in ((LIST_KEPT_FOR - dt.timedelta(hours=1), 2), (LIST_KEPT_FOR, 1)):
        with rls.acting_as(system="reports"):
            clinic_reporting.sweep_clinic_reports(now=listed.asked_at + later)
        assert ClinicReport.objects.count() == left
    assert not is_stored(listed.file_name)
    assert is_stored(lasting.file_name)
    assert not ListedChild.objects.exists()


def test_a_list_that_was_never_made_goes_as_well(cast: Cast) -> None:
    report = asked(cast, cast.tess)
    with rls.acting_as(system="reports"):
        clinic_reporting.sweep_clinic_reports(now=report.asked_at + LIST_KEPT_FOR)
    assert not ClinicReport.objects.exists()


def test_erasing_a_child_takes_every_list_along_that_names_it(cast: Cast) -> None:
    listed = made(asked(cast, cast.tess))
    month_made(cast)
    lasting = made(asked(cast, cast.otto, ClinicReportKind.OUTCOMES))
    due_erasure(cast.harbor, ErasureOf.CHILD, cast.cleo.pk, by=cast.otto, confirmed_by=cast.otto)
    assert len(carry_out()) == 1
    assert not is_stored(listed.file_name)
    assert is_stored(lasting.file_name)
    with rls.acting_as(cast.tess):
        assert not ClinicReport.objects.visible_to(cast.tess).filter(pk=listed.pk).exists()


def test_a_message_that_was_lost_is_sent_again_and_given_up_in_the_end(cast: Cast) -> None:
    report = asked(cast, cast.tess)
    with rls.acting_as(system="reports"):
        assert clinic_reporting.sweep_clinic_reports(now=report.asked_at) == 0
        assert clinic_reporting.sweep_clinic_reports(now=report.asked_at + dt.timedelta(minutes=11)) == 1
    report.refresh_from_db()
    assert (report.state, report.failure_code) == (ReportState.FAILED, "not_made")


def test_of_a_month_without_figures_there_is_none_and_a_list_is_of_no_month(cast: Cast) -> None:
    with pytest.raises(Invalid):
        asked(cast, cast.otto, ClinicReportKind.OUTCOMES)
    month_on = month_made(cast)
    assert asked(cast, cast.otto, ClinicReportKind.OUTCOMES).month_on == month_on
    with pytest.raises(Invalid):
        asked(cast, cast.tess, month_on=month_on)
    with pytest.raises(Forbidden):
        asked(cast, cast.asha)


# ---- each month by itself ----------------------------------------------------------------------------------


def wished(cast: Cast, by: User) -> OutcomesSchedule:
    with rls.acting_as(by):
        return outcomes_schedules.schedule_outcomes(by=by, clinic=cast.harbor, now=rls.now())


def ticked() -> int:
    with rls.acting_as(system="reports"):
        return outcomes_schedules.draft_due(now=rls.now())


def test_each_month_made_since_it_was_wished_is_put_on_paper_once(cast: Cast, clock: Clock) -> None:
    month_made(cast, months_ago=2)
    clock.advance(minutes=1)
    schedule = wished(cast, cast.otto)
    assert ticked() == 0
    clock.advance(minutes=1)
    month_on = month_made(cast)
    assert (ticked(), ticked()) == (1, 0)
    report = made(ClinicReport.objects.get())
    assert (report.state, report.asked_by, report.schedule) == (ReportState.READY, cast.otto, schedule)
    assert report.month_on == month_on


def test_it_ends_with_the_role_of_who_wished_it(cast: Cast, clock: Clock) -> None:
    schedule = wished(cast, cast.otto)
    clock.advance(minutes=1)
    month_made(cast)
    ClinicMembership.objects.filter(user=cast.otto, clinic=cast.harbor).update(roles=[str(Role.OFFICE)])
    assert ticked() == 0
    schedule.refresh_from_db()
    assert schedule.ended_because == "access_ended"


def test_a_tick_with_nothing_due_asks_the_same_whatever_was_made_before(cast: Cast) -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert ticked() == 0
        return len(queries)

    ticked()
    none = statements()
    for months_ago in range(3):
        month_made(cast, months_ago)
    wished(cast, cast.otto)
    assert statements() == none


def test_the_list_of_others_is_nothing_to_an_owner(cast: Cast) -> None:
    report = factories.clinic_report(
        cast.harbor, by=cast.tess, kind=ClinicReportKind.CASELOAD, children=[cast.cleo]
    )
    for user, seen in ((cast.tess, 1), (cast.otto, 0)):
        with rls.acting_as(user):
            assert ClinicReport.objects.filter(pk=report.pk).count() == seen
