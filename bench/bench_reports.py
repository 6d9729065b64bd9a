"""What pages, papers and counts of a clinic cost as its record grows, beside the least that they could.

`LITTLEFOOT_CHILDREN` names the sizes, smallest first, and `LITTLEFOOT_DAYS` the evenings of each child: with
`LITTLEFOOT_CHILDREN=100,1000,10000` the last is a year of ten thousand, 3.65 million massages: some minutes
to write, and about five gigabytes. Floors are the statements that read the same entries.

A page's statements are told twice: planned anew each time, as on a connection that has just begun, and with
the plans that a connection keeps of what it was asked before. So are their floors.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import statistics
import time
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client

from bench.interleaved import (
    UNTIL_PLANS_ARE_KEPT,
    Cost,
    backend,
    costs,
    exponent,
    on_cpu,
    planned_anew,
    tell,
)
from bench.large_clinic import TREATED, pattern
from clinic import rls
from clinic.jobs import as_system
from clinic.models import CareTeam, Child
from tests import signing_in
from tests.cast import PASSWORD, Cast
from tests.database import as_owner
from tests.families import as_superuser
from tracking.models import Report
from tracking.readings.clinic_months import Counted, children_after, count
from tracking.reports import kinds, pdf
from tracking.services.rolling_up import differences, lay_days_together

CASELOAD = "/c/harbor/caseload/"
SIZES = [int(size) for size in os.environ.get("LITTLEFOOT_CHILDREN", "30,100,300").split(",")]
DAYS = int(os.environ.get("LITTLEFOOT_DAYS", "365"))
AT_A_TIME = 20
COUNTED_AT_MOST = 1000
"""So many children's months are counted and told by the child: it is the same for each."""

YEAR_SCANNED = """
SELECT date_trunc('week', local_day), outcome, count(*), count(DISTINCT child_id), sum(minutes)
FROM tracking_massagesession
WHERE clinic_id = %s AND is_latest AND state = 'recorded' AND NOT flags @> ARRAY['clock_off']::varchar[]
GROUP BY 1, 2
"""
YEAR_KEPT = """
SELECT date_trunc('week', local_day), counts, sum(entry_count), max(child_count), sum(minutes)
FROM tracking_clinicday WHERE clinic_id = %s GROUP BY 1, 2
"""
ENTRIES = (
    "tracking_massagesession",
    "tracking_bedtime",
    "tracking_tactileobservation",
    "tracking_stimulusday",
)
LAST_DAYS = """
SELECT child_id, local_day, outcome, minutes, flags FROM tracking_massagesession
WHERE child_id = ANY (%s) AND is_latest AND local_day > %s ORDER BY child_id, local_day, id
"""
NOTHING = """
SELECT child_id, local_day FROM tracking_massagesession
WHERE child_id = %s AND is_latest AND local_day > 'infinity'
"""
"""What any statement about a child's record costs, however little there is to answer with."""


class Grown:
    """Harbor Lane at one size after the other, and what each question cost there."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self.clinic, self.there = cast, pattern(cast), 0
        self.took: dict[str, list[Cost]] = {}
        self.client = Client()

    def to(self, size: int) -> None:
        began = time.monotonic()
        self.clinic.add(range(self.there + 1, size + 1), days=DAYS)
        self.there = size
        wrote = time.monotonic()
        with as_system("rollups"):
            differences(repair=True)
            while lay_days_together(limit=1000):
                pass
        with as_owner() as cursor:
            cursor.execute("ANALYZE tracking_clinicday")
        rolled = time.monotonic()
        with as_system("rollups"):
            assert differences() == ()
        tell(f"{size} children: massages, thousands", size * DAYS / 1000, "-")
        tell(f"{size} children: seconds to write them", wrote - began, "minutes")
        tell(f"{size} children: seconds to count their days anew", rolled - wrote, "-")

    def sign_in(self) -> None:
        """Anew: what is taken away wants somebody who signed in lately, and writing takes a while."""
        with transaction.atomic():
            signing_in.sign_in(self.client, self.cast.theo)

    def treated(self) -> list[uuid.UUID]:
        """The children with a year of evenings on Theo's caseload; the pattern itself has one evening."""
        with rls.acting_as(system=rls.SEEDING), transaction.atomic():
            places = CareTeam.objects.filter(therapist=self.cast.theo).exclude(child=self.cast.fern)
            return list(places.order_by("child_id").values_list("child_id", flat=True)[:TREATED])

    def ask(self, *, uncounted: int = 1, **works: Callable[[], object]) -> dict[str, Cost]:
        found = costs(works, rounds=5, uncounted=uncounted)
        for name, cost in found.items():
            self.took.setdefault(name, []).append(cost)
        return found

    def statement(self, sql: str, *values: object, times: int = 1) -> Callable[[], object]:
        def work() -> object:
            with rls.acting_as(system=rls.SEEDING), transaction.atomic(), connection.cursor() as cursor:
                for _ in range(times):
                    cursor.execute(sql, values)
                return cursor.fetchall()

        return work

    def page(self, address: str) -> Callable[[], object]:
        def work() -> object:
            answer = self.client.get(address)
            assert answer.status_code == 200, address
            return answer.content

        return work

    def of_entries(self, address: str) -> tuple[float, int]:
        """CPU ms of PostgreSQL for the statements of a page that read entries, the median of five; and how
        many statements the page has in all.
        """
        spent: list[float] = []
        asked = 0

        def listen(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
            nonlocal asked
            asked += 1
            began = on_cpu(server)
            try:
                return execute(sql, params, many, context)
            finally:
                if any(str(sql).startswith(f'SELECT "{table}"') for table in ENTRIES):
                    spent[-1] += on_cpu(server) - began

        server, page = backend(), self.page(address)
        for _ in range(5):
            spent.append(0.0)
            with connection.execute_wrapper(listen):
                page()
        return statistics.median(spent), asked // 5

    def grew(self, name: str) -> float:
        """What is measured twice a size, with plans kept."""
        took = self.took[name]
        return exponent(
            SIZES, [cost.total for cost in took[len(took) // len(SIZES) - 1 :: len(took) // len(SIZES)]]
        )


@pytest.fixture
def grown(live_cast: Cast) -> Grown:
    return Grown(live_cast)


@pytest.mark.usefixtures("product_clock")
def test_a_large_clinic(grown: Grown) -> None:
    clinic = grown.cast.harbor
    print()
    for size in SIZES:
        grown.to(size)
        grown.sign_in()
        treated = grown.treated()
        of = f"{size} children"
        took = grown.ask(
            scan=grown.statement(YEAR_SCANNED, clinic.pk),
            kept=grown.statement(YEAR_KEPT, clinic.pk),
            outcomes=grown.page("/c/harbor/outcomes/"),
        )
        tell_cost(f"{of}: a year by week, entries scanned", took["scan"])
        tell_cost(f"{of}: a year by week, days as they were kept", took["kept"])
        tell(f"{of}: times the scan costs the kept days", took["scan"].total / took["kept"].total, ">= 100")
        tell_cost(f"{of}: the page of outcomes", took["outcomes"])
        tell(
            f"{of}: times the scan costs that page's statements",
            took["scan"].postgres / took["outcomes"].postgres,
            "-",
        )
        with planned_anew():
            pages(grown, treated, f"{of}, planned anew", uncounted=1)
        pages(grown, treated, f"{of}, plans kept", uncounted=UNTIL_PLANS_ARE_KEPT)
        if size <= COUNTED_AT_MOST:
            began = time.process_time()
            with as_system("outcomes"):
                count(children_after(clinic.pk, None, limit=size), Counted(), last=grown.clinic.last)
            tell(
                f"{of}: Python ms a child, figures of a month",
                (time.process_time() - began) * 1000 / size,
                "-",
            )
    for name in ("outcomes", "caseload", "child", "kept", "scan"):
        tell(
            f"{name}: exponent over children",
            grown.grew(name),
            "<= 0.18 (1.5x for 10x)" if name != "scan" else "1",
        )
    covering(grown, treated)
    papers(grown, treated[0])
    upkeep(grown)


def pages(grown: Grown, treated: list[uuid.UUID], how: str, *, uncounted: int) -> None:
    """The caseload and a child's page beside an index scan of 90 days, and a statement that finds nothing."""
    since = grown.clinic.last - dt.timedelta(days=90)
    addresses = {"caseload": CASELOAD, "child": f"/children/{treated[0]}/"}
    took = grown.ask(
        uncounted=uncounted,
        caseload=grown.page(addresses["caseload"]),
        caseload_scan=grown.statement(LAST_DAYS, treated, since),
        child=grown.page(addresses["child"]),
        child_scan=grown.statement(LAST_DAYS, treated[:1], since),
        nothing=grown.statement(NOTHING, treated[0], times=AT_A_TIME),
    )
    nothing = took["nothing"].postgres / AT_A_TIME
    tell(f"{how}: CPU ms, PostgreSQL, of a statement that finds nothing", nothing, "-")
    for name, address in addresses.items():
        page, scan = took[name], took[f"{name}_scan"].postgres
        entries, asked = grown.of_entries(address)
        tell_cost(f"{how}: {name}", page)
        tell(f"{how}: {name}, CPU ms of PostgreSQL, an index scan of 90 days", scan, "-")
        tell(f"{how}: {name}, its statements, times that scan", page.postgres / scan, "<= 3")
        tell(f"{how}: {name}, those that read entries, times it", entries / scan, "<= 3")
        tell(f"{how}: {name}, statements", asked, "-")
        tell(
            f"{how}: {name}, per cent that so many that find nothing cost",
            nothing * asked / page.postgres * 100,
            "-",
        )


COVERING = """
CREATE INDEX covering ON tracking_massagesession (child_id, local_day, id)
INCLUDE (outcome, minutes, flags, state) WHERE is_latest
"""


def covering(grown: Grown, treated: list[uuid.UUID]) -> None:
    """What an index that holds what a strip needs would be worth, to the statement and to the pages."""
    since = grown.clinic.last - dt.timedelta(days=90)
    works = {
        "a scan of 90 days": grown.statement(LAST_DAYS, treated, since),
        "the caseload": grown.page(CASELOAD),
        "a child's page": grown.page(f"/children/{treated[0]}/"),
    }
    before = costs(works, rounds=5, uncounted=UNTIL_PLANS_ARE_KEPT)
    with as_superuser() as connection:
        connection.execute(COVERING)
        connection.execute("VACUUM (ANALYZE) tracking_massagesession")
    after = costs(works, rounds=5, uncounted=UNTIL_PLANS_ARE_KEPT)
    with as_superuser() as connection:
        connection.execute("DROP INDEX covering")
    for name in works:
        worth = before[name].postgres / after[name].postgres
        tell(f"a covering index: times faster is {name}", worth, "> 1.3, or it is none")


def papers(grown: Grown, child_id: uuid.UUID) -> None:
    """Each paper made again, in a process that has made one."""
    cast, last = grown.cast, grown.clinic.last
    with rls.acting_as(system=rls.SEEDING), transaction.atomic():
        child = Child.objects.select_related("clinic").get(pk=child_id)

    def progress() -> None:
        with rls.acting_as(cast.theo), transaction.atomic():
            report = Report(
                clinic=cast.harbor, child=child, asked_by=cast.theo, asked_at=rls.now(),
                period_from=last - dt.timedelta(days=56), period_until=last, language="en",
            )  # fmt: skip
            written = kinds.write(report, child=child, viewer=cast.theo, now=rls.now())
        pdf.compile_pdf(report.kind, written.data, charts=written.charts)

    took = grown.ask(
        progress=progress,
        outcomes_paper=grown.page("/c/harbor/outcomes/file/"),
        caseload_paper=grown.page("/c/harbor/caseload/file/"),
    )
    for name, cost in took.items():
        tell(f"paper, {name}: CPU seconds", cost.total / 1000, "<= 0.5 warm")


def upkeep(grown: Grown) -> None:
    """A new massage over the API, with the triggers that count it and without."""
    cast = grown.cast
    signed = Client().post(
        "/api/auth/app/v1/auth/login",
        {"email": cast.fay.email, "password": PASSWORD},
        content_type="application/json",
    )
    token = {"authorization": f"Bearer {signed.json()['access_token']}"}
    client, number = Client(), iter(range(10**6))

    def create() -> None:
        for _ in range(AT_A_TIME):
            at = dt.datetime.combine(grown.clinic.last, dt.time(1), dt.UTC) - dt.timedelta(hours=next(number))
            told = {
                "occurred_at": at.isoformat(),
                "outcome": "done",
                "minutes": 8,
                "zone": "America/New_York",
            }
            address = f"/api/v1/children/{cast.cleo.pk}/sessions/{uuid.uuid4()}"
            answer = client.put(address, json.dumps(told), "application/json", headers=token)
            assert answer.status_code == 201, answer.content

    def uncounted() -> None:
        switch("DISABLE")
        create()
        switch("ENABLE")

    def switched() -> None:
        switch("ENABLE")
        create()
        switch("ENABLE")

    took = costs({"counted": switched, "uncounted": uncounted}, rounds=9, of=AT_A_TIME)
    tell_cost("a new massage, counted", took["counted"])
    tell_cost("a new massage, not counted", took["uncounted"])
    more = took["counted"].postgres - took["uncounted"].postgres
    # Python does nothing for it: what differs there is the machine.
    tell("a new massage: per cent that counting adds", more / took["uncounted"].total * 100, "<= 10")
    tell("    of PostgreSQL's share", more / took["uncounted"].postgres * 100, "-")


def switch(how: str) -> None:
    with as_owner() as cursor:
        cursor.execute(
            f"ALTER TABLE tracking_massagesession {how} TRIGGER tracking_massagesession_insert_counted"
        )


def tell_cost(what: str, cost: Cost) -> None:
    tell(f"{what}: CPU ms, Python", cost.python, "-")
    tell(f"{what}: CPU ms, PostgreSQL", cost.postgres, "-")
