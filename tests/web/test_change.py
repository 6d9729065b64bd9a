"""What changed alongside, on the child's page and in the corner: one magical night, and a kept diary."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from html import unescape
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from clinic import rls
from clinic.models import User
from tests.cast import Cast, make_id
from tests.tracking import reporting
from tests.tracking.records import publish_program
from tracking.models import Goal, ReportKind
from tracking.services import recording
from tracking.services.goals import set_goal
from tracking.sync.bodies import BedtimeBody

pytestmark = pytest.mark.django_db

SLOW = [50, 42, 61, 38, 55, 47, 52]
QUICK = [31, 22, 25, 30, 18, 27, 21, 20, 26, 24]
DAYS_IN = len(QUICK)
SignIn = Callable[[User], Client]


def running(cast: Cast, *, outcome: str = "sleep_latency") -> tuple[Goal, dt.date]:
    """Cleo's program ten days old after a week of baseline, and what its goal is measured by."""
    with rls.acting_as(cast.tess, system="seeding"):
        now = rls.now()
        begins = now.date() - dt.timedelta(days=DAYS_IN)
        publish_program(
            cast.cleo, cast.tess, starts_on=begins, baseline_starts_on=begins - dt.timedelta(days=7)
        )
        goal = set_goal(
            by=cast.tess,
            child=cast.cleo,
            title="Sleeps sooner",
            ladder=["an hour", "half", "twenty", "ten", "five"],
            set_on=begins,
            primary_outcome=outcome,
            now=now - dt.timedelta(days=DAYS_IN + 1),
        )
    return goal, begins


def in_bed(cast: Cast, by: User, begins: dt.date, minutes: Iterable[int]) -> None:
    with rls.acting_as(by, system="seeding"):
        for number, each in enumerate(minutes):
            evening = dt.datetime.combine(
                begins + dt.timedelta(days=number), dt.time(19, 30), ZoneInfo("America/New_York")
            )
            recording.record_bedtime(
                by=by,
                child=cast.cleo,
                client_id=make_id(),
                entry=BedtimeBody(lights_out_at=evening, asleep_at=evening + dt.timedelta(minutes=each)),
                door="family_pages",
                now=evening + dt.timedelta(hours=2),
            )


def main_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return unescape(answer.content.decode()).split("<main")[1].split("</main>")[0]


def test_one_magical_night_gives_no_statement_and_both_pages_say_why(cast: Cast, sign_in: Any) -> None:
    _, begins = running(cast)
    in_bed(cast, cast.fay, begins - dt.timedelta(days=1), [60, 5, *QUICK[1:]])
    clinic = main_of(sign_in(cast.tess), f"/children/{cast.cleo.pk}/")
    family = main_of(sign_in(cast.fay), f"/family/{cast.cleo.pk}/goals/")
    for page in (clinic, family):
        assert "Only one evening was told from before the program began." in page
        assert "A single evening can be anything, an easy one or a hard one" in page
        assert "This changed alongside" not in page
    assert "Statistics" not in clinic


def test_a_diary_that_was_kept_says_what_changed_alongside(cast: Cast, sign_in: Any) -> None:
    _, begins = running(cast)
    in_bed(cast, cast.fay, begins - dt.timedelta(days=7), [*SLOW, *QUICK])
    clinic = main_of(sign_in(cast.tess), f"/children/{cast.cleo.pk}/")
    assert "This changed alongside the program, in the direction hoped for." in clinic
    assert "Median before the program began: 50 minutes" in clinic
    assert "Nights told: 7 of 7 before, 10 of 10 since." in clinic
    assert "0 of 17 values were logged more than two days late." in clinic
    assert "(7 before, 10 since)" in clinic
    assert "Statistics" in clinic
    assert "baseline-corrected Tau" in clinic
    assert 'id="chart-latency"' not in clinic

    family = main_of(sign_in(cast.fay), f"/family/{cast.cleo.pk}/goals/")
    assert "Since the program began, this has gone more as you hoped than before." in family
    for figure in ("%", "NAP", "Tau", "edian", "50 minutes"):
        assert figure not in family


def test_a_goal_without_a_measure_says_nothing_of_change(cast: Cast, sign_in: Any) -> None:
    _, begins = running(cast, outcome="")
    in_bed(cast, cast.fay, begins - dt.timedelta(days=7), [*SLOW, *QUICK])
    clinic = main_of(sign_in(cast.tess), f"/children/{cast.cleo.pk}/")
    assert "This changed alongside" not in clinic
    assert 'id="chart-latency"' in clinic


# ---- what no goal is measured by ---------------------------------------------------------------------------


def sleep_on_paper(cast: Cast, begins: dt.date) -> str:
    """What a progress report says of sleep, of the program so far and the week before it."""
    told = {"period_from": begins - dt.timedelta(days=7), "period_until": reporting.days_ago(cast, 0)}
    report = reporting.asked(cast, ReportKind.PROGRESS, **told)
    return " ".join(reporting.written(cast, report).data["sleep"])


def test_what_no_goal_names_is_told_with_medians_and_finds_nothing(cast: Cast, sign_in: Any) -> None:
    _, begins = running(cast, outcome="")
    in_bed(cast, cast.fay, begins - dt.timedelta(days=7), [*SLOW, *QUICK])
    paper = sleep_on_paper(cast, begins)
    assert "Median before the program began: 50 minutes" in paper
    assert "since: 24" in paper
    assert "Nights told: 7 of 7 before, 10 of 10 since." in paper
    assert "Whatever changed here changed alongside the program; a diary cannot say why." in paper
    assert "hoped for" not in paper


def test_what_no_goal_names_is_not_told_side_by_side_where_nights_are_missing(
    cast: Cast, sign_in: Any
) -> None:
    """3 of 10 nights since the program began: less than half."""
    _, begins = running(cast, outcome="")
    in_bed(cast, cast.fay, begins - dt.timedelta(days=7), [*SLOW, *QUICK[:3]])
    why = "More than half of the days before or since the program began have no record."
    paper = sleep_on_paper(cast, begins)
    assert why in paper
    assert "Nights told: 7 of 7 before, 3 of 10 since." in paper
    assert "edian" not in paper
    clinic = main_of(sign_in(cast.tess), f"/children/{cast.cleo.pk}/")
    assert f"Minutes to fall asleep. {why}" in clinic
    for phase, nights in (("Before", "7 of 7 nights"), ("Program", "3 of 11 nights")):
        figure = f"<dt>{phase}: median minutes to sleep</dt><dd>– <small>{nights}</small></dd>"
        assert figure in clinic, "no median stands among the figures"


def test_what_was_told_of_one_side_alone_is_told_of_that_side(cast: Cast, sign_in: Any) -> None:
    _, begins = running(cast, outcome="")
    in_bed(cast, cast.fay, begins, QUICK)
    paper = sleep_on_paper(cast, begins)
    assert "Median since the program began: 24.5 minutes" in paper
    assert "Nothing was told from before the program began" in paper


def test_a_guardian_who_reads_their_own_entries_alone_reads_of_no_others(cast: Cast, sign_in: Any) -> None:
    _, begins = running(cast)
    in_bed(cast, cast.fay, begins - dt.timedelta(days=7), [*SLOW, *QUICK])
    with rls.acting_as(system="seeding"):
        type(cast.cleo).objects.filter(pk=cast.cleo.pk).update(sharing_mode="own_only")
    family = main_of(sign_in(cast.greg), f"/family/{cast.cleo.pk}/goals/")
    assert "Nothing was told from before the program began" in family
