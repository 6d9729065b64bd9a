"""A report drafted every month: for its therapist alone, on its day, and for as long as there is care."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clinic import rls
from clinic.errors import Forbidden, Invalid
from clinic.models import CareTeam, Child, Episode
from clinic.vocabulary import DischargeReason, EpisodeState
from tests import factories
from tests.cast import Cast
from tracking.models import Report, ReportSchedule, ReportState
from tracking.readings.caseload import caseload
from tracking.services import report_schedules, reporting

NEXT_MONTH = dt.timedelta(days=32)


def scheduled(cast: Cast) -> ReportSchedule:
    with rls.acting_as(cast.tess):
        now = rls.now()
        return report_schedules.schedule_reports(by=cast.tess, child=cast.cleo, day_of_month=5, now=now)


def ticked(now: dt.datetime) -> int:
    with rls.acting_as(system="reports"):
        return report_schedules.draft_due(now=now)


def test_on_its_day_a_draft_waits_for_its_therapist_and_nobody_signs_it(cast: Cast) -> None:
    factories.record(cast)
    Report.objects.all().delete()
    schedule = scheduled(cast)
    day = dt.datetime.combine(schedule.next_on, dt.time(20), dt.UTC)
    assert (ticked(day - dt.timedelta(days=1)), ticked(day), ticked(day)) == (0, 1, 0)
    report = Report.objects.get()
    assert (report.period_until, report.asked_by) == (schedule.next_on - dt.timedelta(days=1), cast.tess)
    reporting.make_report(report_id=report.pk)
    report.refresh_from_db()
    assert (report.state, report.signed_at, report.shared_at) == (ReportState.READY, None, None)
    for user, seen in ((cast.tess, [report.pk]), (cast.asha, [])):
        with rls.acting_as(user):
            assert [one.id for one in caseload(user, cast.harbor, now=report.asked_at).drafted] == seen
    schedule.refresh_from_db()
    assert schedule.next_on.day == 5
    assert schedule.next_on > day.date()


def test_months_that_were_slept_through_are_not_made_up(cast: Cast) -> None:
    schedule = scheduled(cast)
    late = dt.datetime.combine(schedule.next_on, dt.time(20), dt.UTC) + NEXT_MONTH * 3
    assert (ticked(late), ticked(late)) == (1, 0)


@pytest.mark.parametrize(
    ("because", "what"),
    [("care_ended", "discharged"), ("care_ended", "died"), ("access_ended", "off the team")],
)
def test_it_ends_with_care_death_and_access(cast: Cast, because: str, what: str) -> None:
    schedule = scheduled(cast)
    with rls.acting_as(cast.otto, system="seeding"):
        match what:
            case "discharged":
                Episode.objects.filter(child=cast.cleo).update(
                    state=EpisodeState.DISCHARGED,
                    discharge_reason=DischargeReason.GOALS_MET,
                    ended_on=rls.now().date(),
                )
            case "died":
                Child.objects.filter(pk=cast.cleo.pk).update(died_on=rls.now().date())
            case _:
                CareTeam.objects.filter(child=cast.cleo, therapist=cast.tess).update(until_at=rls.now())
    assert ticked(rls.now() + NEXT_MONTH) == 0
    schedule.refresh_from_db()
    assert schedule.ended_because == because
    assert not Report.objects.exists()


def test_an_assistant_sets_none_and_no_month_has_a_thirtieth_for_certain(cast: Cast) -> None:
    told = {"child": cast.cleo, "now": rls.now()}
    with rls.acting_as(cast.asha):
        with pytest.raises(Forbidden):
            report_schedules.schedule_reports(by=cast.asha, day_of_month=5, **told)
        with pytest.raises(Forbidden):
            report_schedules.end_schedule(by=cast.asha, **told)
    with rls.acting_as(cast.tess), pytest.raises(Invalid):
        report_schedules.schedule_reports(by=cast.tess, day_of_month=30, **told)


def test_another_day_takes_the_place_of_the_first_and_none_is_drafted_once_it_ended(cast: Cast) -> None:
    scheduled(cast)
    scheduled(cast)
    assert ReportSchedule.objects.running().count() == 1
    with rls.acting_as(cast.tess):
        report_schedules.end_schedule(by=cast.tess, child=cast.cleo, now=rls.now())
    assert ticked(rls.now() + NEXT_MONTH) == 0


def test_a_tick_with_nothing_due_asks_the_same_of_one_schedule_as_of_ten(cast: Cast) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert ticked(rls.now() - NEXT_MONTH * 2) == 0
        return len(queries)

    ticked(rls.now() - NEXT_MONTH * 2)
    one = asked()
    scheduled(cast)
    assert asked() == one
