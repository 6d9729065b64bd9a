"""The clinic's outcomes and the lists that are taken along, as their pages and papers tell them."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from dataclasses import replace
from html import unescape
from typing import Any

from django.test import Client
from pypdf import PdfReader

from clinic import rls
from clinic.localtime import local_day, monday_of
from clinic.models import AuditEvent, Child
from clinic.vocabulary import AuditCode
from tests import factories
from tests.cast import Cast
from tests.web.test_query_budgets import more_children, statements
from tracking.models import ClinicReport
from tracking.readings.clinic_months import Month
from tracking.reports.pictures.clinic import of_month
from tracking.services.clinic_figures import make_month
from tracking.services.clinic_reporting import make_clinic_report
from tracking.suppression import Group

OUTCOMES = "/c/harbor/outcomes/"
CASELOAD = "/c/harbor/caseload/"
REPORTS = "/c/harbor/reports/"


def main_of(client: Client, address: str = OUTCOMES) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return unescape(answer.content.decode()).split("<main")[1].split("</main>")[0]


def report_at(page: str) -> ClinicReport:
    return ClinicReport.objects.get(pk=page.strip("/").split("/")[-1])


def words(client: Client, address: str, **sent: Any) -> str:
    """What the paper says that is asked for there and made."""
    asked = client.post(address, sent)
    assert asked.status_code == 302, main_of(client, address)
    make_clinic_report(report_id=report_at(asked["Location"]).pk)
    answer = client.get(asked["Location"] + "file/")
    assert answer.status_code == 200
    paper = PdfReader(io.BytesIO(answer.content))
    assert paper.trailer["/Root"]["/MarkInfo"]["/Marked"]
    return " ".join(" ".join(page.extract_text() for page in paper.pages).split())


def made(cast: Cast) -> dt.date:
    with rls.acting_as(system="seeding"):
        month_on = rls.now().date().replace(day=1)
    make_month(clinic_id=cast.harbor.pk, month_on=month_on, at_once=100)
    return month_on


def log_weeks_ago(cast: Cast, children: list[Child], weeks: int = 2) -> None:
    """A massage done by each child on the same day, some weeks ago."""
    with rls.acting_as(system="seeding"):
        day = local_day(rls.now(), cast.harbor.zone) - dt.timedelta(weeks=weeks)
        noon = dt.datetime.combine(day, dt.time(17), dt.UTC)
    for child in children:
        factories.session(child, by=cast.fay, at=noon, minutes=10)


def test_a_clinic_before_its_first_month_reads_when_there_will_be_one(cast: Cast, sign_in: Any) -> None:
    page = main_of(sign_in(cast.otto))
    assert "The figures of a month are made once it is over" in page
    assert "No week yet was told by five children or more." in page
    assert "Make the report" not in page


def test_of_four_children_neither_page_nor_paper_tells_anything(cast: Cast, sign_in: Any) -> None:
    more_children(cast, 2)
    log_weeks_ago(cast, list(Child.objects.filter(clinic=cast.harbor)))
    month_on = made(cast)
    otto = sign_in(cast.otto)
    for told in (main_of(otto), words(otto, REPORTS, verb="outcomes", month_on=month_on)):
        assert told.count("Fewer than five children, so nothing is told of them.") == 4
        assert "No week yet was told by five children or more." in told
        assert "data-chart" not in told


def test_of_enough_children_groups_are_counted_and_nobody_is_named(cast: Cast, sign_in: Any) -> None:
    more_children(cast, 9)
    log_weeks_ago(cast, list(Child.objects.filter(clinic=cast.harbor)))
    month_on = made(cast)
    otto = sign_in(cast.otto)
    for told in (main_of(otto), words(otto, REPORTS, verb="outcomes", month_on=month_on)):
        assert "Of 9 children: No goal measured by the diary: 9" in told
        for name in ("Child 1", cast.cleo.first_name, "Tess", "Theo"):
            assert name not in told
        assert "worked" not in told


def test_what_changed_is_drawn_by_measure_where_a_group_is_told_in_parts() -> None:
    hidden = (Group(0, 5, None),)
    month = Month(
        month_on=dt.date(2026, 1, 1),
        made_at=dt.datetime(2026, 2, 4, tzinfo=dt.UTC),
        since={"standings": dt.date(2025, 12, 1)},
        weeks=(),
        stages=(None, None, None, None),
        standings=(Group(0, 0, 15), Group(1, 5, 6)),
        by_outcome=(
            (Group(0, 0, 15), (Group(0, 0, 9), Group(1, 8, 6))),
            (Group(1, 5, 6), (Group(0, 8, 6),)),
        ),
        adherence=hidden,
        dose=hidden,
    )
    drawn = {one.name: one for one in of_month(month)}
    assert [
        (row[1].removeprefix("One of: ").split(" · ")[0], row[2]) for row in drawn["by_outcome"].rows
    ] == [
        ("Minutes to fall asleep", "9"),
        ("How hard going to bed was", "6"),
    ]
    several = drawn["standings"].rows[1][0]
    assert several.startswith("One of: ")
    assert several.count(" · ") > 1
    assert '"line": "One of:"' in json.dumps(drawn["standings"].chart)
    assert all("As in December 2025" in drawn[name].note for name in ("standings", "by_outcome"))
    assert "by_outcome" not in {one.name for one in of_month(replace(month, by_outcome=month.by_outcome[1:]))}


def test_a_week_is_on_the_paper_of_the_month_in_which_it_ended_as_it_was_counted_then(
    cast: Cast, sign_in: Any
) -> None:
    more_children(cast, 9)
    children = list(Child.objects.filter(clinic=cast.harbor))
    log_weeks_ago(cast, children)
    with rls.acting_as(system="seeding"):
        sunday = monday_of(local_day(rls.now(), cast.harbor.zone)) - dt.timedelta(weeks=1, days=1)
    make_month(clinic_id=cast.harbor.pk, month_on=sunday.replace(day=1), at_once=100)
    log_weeks_ago(cast, children)
    otto = sign_in(cast.otto)
    assert "22 massages were offered" in main_of(otto)
    paper = words(otto, REPORTS, verb="outcomes", month_on=sunday.replace(day=1))
    assert "11 11 110" in paper


def test_a_therapist_reads_the_same_as_the_owner_and_an_assistant_nothing(cast: Cast, sign_in: Any) -> None:
    more_children(cast, 9)
    made(cast)
    seen = [re.sub(r'(?<=value=")\w{64}', "", main_of(sign_in(user))) for user in (cast.theo, cast.otto)]
    assert seen[0] == seen[1]
    assert sign_in(cast.asha).get(OUTCOMES).status_code == 403


def test_a_month_that_was_not_made_is_nowhere(cast: Cast, sign_in: Any) -> None:
    made(cast)
    otto = sign_in(cast.otto)
    assert otto.post(REPORTS, {"verb": "outcomes", "month_on": "1999-01-01"}).status_code == 200
    assert not ClinicReport.objects.exists()
    assert "No month yet" in main_of(otto, f"{OUTCOMES}?month=1999-01-01")
    assert otto.get(f"{OUTCOMES}?month=%00").status_code == 200


def test_the_page_asks_as_much_for_ten_children_as_for_one(cast: Cast, sign_in: Any) -> None:
    made(cast)
    otto = sign_in(cast.otto)
    statements(otto, OUTCOMES)
    before = statements(otto, OUTCOMES)
    more_children(cast, 9)
    log_weeks_ago(cast, list(Child.objects.filter(clinic=cast.harbor)))
    assert statements(otto, OUTCOMES) == before <= 6


def test_a_therapist_takes_their_own_children_along_and_no_others(cast: Cast, sign_in: Any) -> None:
    factories.record(cast)
    tess, otto = sign_in(cast.tess), sign_in(cast.otto)
    paper = words(tess, REPORTS, verb="caseload")
    assert cast.cleo.first_name in paper
    assert cast.fern.first_name not in paper
    assert "You are on no child’s care team." in words(otto, REPORTS, verb="caseload")
    table = b"".join(tess.get(CASELOAD + "table/").streaming_content).decode("utf-8-sig")
    [head, *rows] = csv.reader(io.StringIO(table))
    assert head[0] == "Child"
    assert [row[0].split()[0] for row in rows] == [cast.cleo.first_name]
    taken = AuditEvent.objects.filter(code=AuditCode.EXPORTED_CASELOAD)
    assert set(taken.values_list("actor_id", flat=True)) == {cast.tess.pk, cast.otto.pk}


def test_no_name_is_taken_for_a_formula(cast: Cast, sign_in: Any) -> None:
    with rls.acting_as(system="seeding"):
        Child.objects.filter(pk=cast.cleo.pk).update(first_name="=1+1", last_name="")
    table = b"".join(sign_in(cast.tess).get(CASELOAD + "table/").streaming_content).decode("utf-8-sig")
    assert "'=1+1" in table


def test_a_table_of_ten_children_asks_as_much_as_one_of_one(cast: Cast, sign_in: Any) -> None:
    factories.record(cast)
    tess = sign_in(cast.tess)
    statements(tess, CASELOAD + "table/")
    before = statements(tess, CASELOAD + "table/")
    more_children(cast, 9)
    assert statements(tess, CASELOAD + "table/") == before <= 16
