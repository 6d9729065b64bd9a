"""The figures of a clinic's month: what is counted of its children, and what of that may be read."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from decimal import Decimal

import pytest
from django.db import Error, transaction

from clinic import rls
from clinic.jobs import as_system
from clinic.models import Child
from tests import factories
from tests.cast import Cast
from tests.tracking.records import log_session
from tests.tracking.reminding import at
from tests.web.test_change import QUICK, SLOW, in_bed, running
from tests.web.test_query_budgets import more_children
from tracking import tasks
from tracking.models import ClinicMonth
from tracking.readings.clinic_months import Counted, Month, children_after, count, figures, months_of
from tracking.services.clinic_figures import last_day, last_month, make_month
from tracking.suppression import Group
from tracking.vocabulary.clinic_figures import AdherenceBand, DoseBand, Stage, Standing
from tracking.vocabulary.outcomes import Outcome


def counted(cast: Cast) -> Counted:
    """Harbor Lane as it stands today."""
    found = Counted()
    with as_system("outcomes") as now:
        count(children_after(cast.harbor.pk, None, limit=50), found, last=now.date())
    return found


def made(cast: Cast) -> Month:
    """Harbor Lane's figures, made as if the month ended today."""
    with rls.acting_as(system="seeding"):
        month_on = rls.now().date().replace(day=1)
    make_month(clinic_id=cast.harbor.pk, month_on=month_on, at_once=3)
    with rls.acting_as(cast.otto):
        return months_of(cast.harbor)[0]


def test_a_child_stands_where_its_own_page_says(cast: Cast) -> None:
    _, begins = running(cast)
    assert counted(cast).standings == {Standing.TOO_FEW: 1}
    in_bed(cast, cast.fay, begins - dt.timedelta(days=7), [*SLOW, *QUICK])
    assert counted(cast).standings == {Standing.AS_WISHED: 1}


def test_what_changed_is_told_by_what_goals_are_measured_by(cast: Cast) -> None:
    _, begins = running(cast)
    in_bed(cast, cast.fay, begins - dt.timedelta(days=7), [*SLOW, *QUICK])
    assert counted(cast).by_outcome == {(Standing.AS_WISHED, Outcome.SLEEP_LATENCY): 1}
    told = {Outcome.SLEEP_LATENCY: 9, Outcome.BEDTIME_RESISTANCE: 2, Outcome.TOUCH_INTENSITY: 6, "": 7}
    counts = Counted(
        standings=Counter({Standing.AS_WISHED: 24}),
        by_outcome=Counter({(Standing.AS_WISHED, measure): count for measure, count in told.items()}),
    )
    [(_, among)] = figures(counts)["by_outcome"]
    assert [one for one in among if one[2]] == [(0, 0, 9), (1, 2, 8), (8, 8, 7)]


def test_a_goal_measured_by_nothing_and_a_diary_with_holes_are_told_apart(cast: Cast) -> None:
    _, begins = running(cast, outcome="")
    assert counted(cast).standings == {Standing.NOTHING_NAMED: 1}
    _, begins = running(cast)
    in_bed(cast, cast.fay, begins - dt.timedelta(days=7), SLOW[:3])
    in_bed(cast, cast.fay, begins, QUICK)
    assert counted(cast).standings == {Standing.WITHHELD: 1}


def test_how_much_was_done_is_told_in_bands_and_what_was_not_timed_apart(cast: Cast) -> None:
    running(cast)
    assert counted(cast).adherence == {AdherenceBand.UNDER_25: 1}
    assert counted(cast).dose == {DoseBand.NONE: 1}
    with rls.acting_as(cast.fay, system="seeding"):
        now = rls.now()
        for back in range(1, 11):
            when = now - dt.timedelta(days=back)
            log_session(
                cast.fay,
                cast.cleo,
                occurred_at=when,
                outcome="done",
                ended_by="",
                minutes=Decimal(20),
                now=when,
            )
    assert counted(cast).adherence == {AdherenceBand.FROM_75: 1}
    assert counted(cast).dose == {DoseBand.FROM_120: 1}  # 200 minutes in eleven days
    with rls.acting_as(cast.fay, system="seeding"):
        log_session(cast.fay, cast.cleo, occurred_at=now, outcome="done", ended_by="", minutes=None, now=now)
    assert counted(cast).dose == {DoseBand.NOT_TIMED: 1}


def test_a_child_stands_in_every_stage_it_has_come_to(cast: Cast) -> None:
    assert counted(cast).stages == {Stage.INVITED: 2, Stage.JOINED: 2}
    with rls.acting_as(system="seeding"):
        factories.session(cast.cleo, by=cast.fay, at=rls.now() - dt.timedelta(days=40))
        factories.session(cast.fern, by=cast.finn)
    assert counted(cast).stages == {Stage.INVITED: 2, Stage.JOINED: 2, Stage.FIRST_ENTRY: 2, Stage.ACTIVE: 1}


def test_of_a_few_children_nothing_may_be_read(cast: Cast) -> None:
    running(cast)
    month = made(cast)
    assert month.stages == (None, None, None, None)
    assert month.standings == (Group(0, 5, None),)
    assert month.adherence == (Group(0, 4, None),)
    assert month.dose == (Group(0, 5, None),)
    assert "1" not in str(ClinicMonth.objects.values_list("figures__stages", "figures__dose__0__2"))


def test_of_enough_children_counts_are_read_and_small_groups_with_their_neighbors(cast: Cast) -> None:
    running(cast)
    more_children(cast, 8)
    with rls.acting_as(system="seeding"):
        ends = at(last_day(rls.now().date().replace(day=1)), "18:30")
    for child in Child.objects.filter(first_name__startswith="Child "):
        factories.session(child, by=cast.tess, at=ends)
    month = made(cast)
    assert month.stages == (None, None, None, None)  # nobody invited their families: two were
    assert month.standings == (
        Group(0, 0, 0), Group(1, 1, 0), Group(2, 2, 0), Group(3, 5, 9),
    )  # fmt: skip
    assert [one.count for one in month.dose] == [9]


def test_a_family_that_came_is_not_found_by_subtracting_a_month_from_the_next(cast: Cast) -> None:
    months: list[Month] = []
    for number, children in enumerate((12, 13, 18), start=1):
        month_on = dt.date(2026, number, 1)
        counts = Counted(
            dose=Counter({DoseBand.NONE: children}), stages=Counter(dict.fromkeys(Stage, children))
        )
        with rls.acting_as(system="seeding"):
            ClinicMonth.objects.create(
                clinic=cast.harbor,
                month_on=month_on,
                made_at=rls.now(),
                figures=figures(counts, earlier=months_of(cast.harbor)),
            )
            months.append(months_of(cast.harbor)[0])
    first, second, third = months
    assert (second.dose, second.stages) == (first.dose, first.stages)
    assert second.since == dict.fromkeys(("stages", "standings", "adherence", "dose"), first.month_on)
    assert ([one.count for one in third.dose], third.stages) == ([18, 0, 0, 0, 0, 0], (18, 18, 18, 18))
    assert third.since == dict.fromkeys(("standings", "adherence"), first.month_on)


def test_the_job_makes_the_figures_of_each_clinics_last_month_once(cast: Cast) -> None:
    tasks.make_months()
    made_first = set(ClinicMonth.objects.values_list("clinic_id", "month_on", "made_at"))
    assert {clinic for clinic, _, _ in made_first} == {cast.harbor.pk, cast.elsewhere.pk, cast.solo.pk}
    more_children(cast, 6)
    tasks.make_months()
    assert set(ClinicMonth.objects.values_list("clinic_id", "month_on", "made_at")) == made_first
    with pytest.raises(Error, match="permission denied"), transaction.atomic():
        ClinicMonth.objects.update(figures={})


def test_figures_are_seen_by_owners_and_therapists_of_the_clinic(cast: Cast) -> None:
    tasks.make_months()
    sees = {"otto": 1, "theo": 1, "asha": 0, "opal": 0, "fay": 0, "olga": 1, "dana": 1}
    for name, months in sees.items():
        with rls.acting_as(getattr(cast, name)):
            assert ClinicMonth.objects.count() == months, name


def test_a_month_is_over_on_its_last_day() -> None:
    assert last_month(dt.date(2026, 1, 3)) == dt.date(2025, 12, 1)
    assert last_day(dt.date(2028, 2, 1)) == dt.date(2028, 2, 29)
    assert last_day(dt.date(2025, 12, 1)) == dt.date(2025, 12, 31)
