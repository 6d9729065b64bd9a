"""A study played through the product, evening by evening on its clock, and what is read back of it."""

from __future__ import annotations

import datetime as dt
import io
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import mean
from typing import Any
from zoneinfo import ZoneInfo

from pypdf import PdfReader

from clinic import rls
from tests.cast import Cast, make_id
from tests.database import Clock
from tests.studies.homes import ZONE, Home, Phone, at, enrolled
from tests.studies.protocols import LADDER, Study
from tests.tracking.prescribing import changed, published, started
from tracking.adherence import Adherence
from tracking.outcomes.body import RegionsMet, regions_met
from tracking.outcomes.plans import plans_of
from tracking.outcomes.sessions import exposure, sessions_of
from tracking.readings.charts import charts_of
from tracking.readings.progress import Progress, progress
from tracking.services import goals, reporting
from tracking.services.charts import choose_charts
from tracking.sleep import AtLeast
from tracking.vocabulary.charts import ChosenChart
from tracking.vocabulary.programs import Provider

ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Played:
    """One family after the study: what the record says of it, as its therapist reads it.

    `outcome` is what the API answers of the goal's primary outcome; `body` where on the body the massages
    were; `with_therapist` of the therapist's own schedule, None where there is none.
    """

    home: Home
    read: Progress
    outcome: dict[str, Any]
    body: RegionsMet
    with_therapist: Adherence | None

    @property
    def exposure(self) -> Adherence:
        assert self.read.exposure is not None
        return self.read.exposure


@dataclass(frozen=True, slots=True)
class Result:
    """A study over all its families. `paper` is the text of the first family's progress report."""

    study: Study
    played: tuple[Played, ...]
    paper: str
    started_on: dt.date

    @property
    def results(self) -> Counter[str]:
        return sum((one.home.results for one in self.played), Counter())

    @property
    def shares(self) -> dict[str, float]:
        """Of the massages that tell their steps, in which share each region of the body was done."""
        told = sum(one.body.told_count for one in self.played)
        done = sum((_done(one.body) for one in self.played), Counter[str]())
        return {region: count / told for region, count in done.most_common()}

    def row(self) -> str:
        """A line of the table."""
        doses = [one.exposure for one in self.played]
        ratios = [one.dose_ratio for one in doses if one.dose_ratio is not None]
        judged = Counter(one.outcome["judgement"] for one in self.played)
        withheld = Counter(one.outcome["withheld"] for one in self.played if one.outcome["withheld"])
        found = {
            has_change: Counter(
                one.outcome["finding"]
                for one in self.played
                if one.outcome["finding"] and one.home.has_change is has_change
            )
            for has_change in (True, False)
        }
        asked = "–" if self.study.minutes_asked is None else f"{self.study.minutes_asked:.0f}"
        told = ", ".join(f"{name} {count}" for name, count in sorted(self.results.items()))
        return (
            f"{self.study.name}: {len(self.played)} families, {told}; asked {asked} min,"
            f" given {mean(one.dose_minutes for one in doses):.1f}"
            f" ({_percent(ratios)} of it), {mean(one.timed_count for one in doses):.2f} sessions;"
            f" capped {_percent([one.capped_ratio for one in doses])},"
            f" offered {_percent([one.offered_ratio for one in doses])},"
            f" days told {_percent([one.completeness_ratio for one in doses])};"
            f" {self.study.outcome}: {_said(judged)}; withheld: {_said(withheld)};"
            f" found where it changed: {_said(found[True])}, where it did not: {_said(found[False])}"
        )


def _done(body: RegionsMet) -> Counter[str]:
    return Counter({one.region: one.done_count for one in body.regions if one.done_count})


def _percent(ratios: Sequence[float | None]) -> str:
    known = [one for one in ratios if one is not None]
    return f"{100 * mean(known):.1f} %" if known else "–"


def _said(counts: Counter[str]) -> str:
    return ", ".join(f"{name} {count}" for name, count in sorted(counts.items())) or "–"


def play(study: Study, cast: Cast, clock: Clock, *, families: int, seed: int) -> Result:
    """The whole study. Every second family's child changes as the program starts, where the study has it so.

    Tess prescribes and names the outcome before the diary begins; families log; she visits, assesses, rates
    the goal, and asks for the progress report.
    """
    lots = random.Random(seed)
    homes = [
        enrolled(
            cast,
            number,
            study=study.outcome,
            weeks_old=study.weeks_old,
            gestation_weeks=study.gestation_weeks,
            lots=random.Random(lots.random()),
            has_change=number % 2 == 0,
        )
        for number in range(families)
    ]
    if study.plan is not None:
        study.plan(homes, lots)
    tess = Phone(cast.tess.email)
    with rls.acting_as(cast.tess):
        today = rls.now().astimezone(ZoneInfo(ZONE)).date()
        diary_from = today + ONE_DAY
        starts_on = diary_from + study.baseline_days * ONE_DAY
        for home in homes:
            _prescribe(study, cast, home, diary_from=diary_from, starts_on=starts_on, today=today)
    for home in homes:
        home.open_program()
    for number in range(-study.baseline_days, study.days):
        on = starts_on + number * ONE_DAY
        clock.move_to(dt.datetime.fromisoformat(at(on, "22:45")))
        is_visit = study.visits_every and number >= 0 and number % study.visits_every == 2
        for home in homes:
            if is_visit:
                _visit(tess, home, on)
            study.evening(home, on, number)
            home.sync(is_last=number == study.days - 1)
    last = starts_on + (study.days - 1) * ONE_DAY
    with rls.acting_as(cast.tess):
        for home in homes:
            _look_back(study, cast, home, last)
    played = tuple(_read(cast, tess, home, first=diary_from, last=last) for home in homes)
    return Result(study, played, _paper(cast, homes[0], diary_from, last), starts_on)


def _prescribe(
    study: Study, cast: Cast, home: Home, *, diary_from: dt.date, starts_on: dt.date, today: dt.date
) -> None:
    """The goal with its outcome, the totals before, and the program, in the order of the clinic."""
    goals.set_goal(
        by=cast.tess,
        child=home.child,
        title=study.goal,
        ladder=LADDER,
        set_on=today,
        primary_outcome=study.outcome,
        now=rls.now(),
    )
    for instrument, (before, _) in study.assessed.items():
        goals.record_assessment(
            by=cast.tess, child=home.child, instrument=instrument, on=today, totals=before, now=rls.now()
        )
    program = started(cast.tess, home.child, preset=study.preset, title=study.title)
    dates: dict[str, Any] = {"starts_on": starts_on}
    if study.baseline_days:
        dates["baseline_starts_on"] = diary_from
    if "weeks" not in study.draft:
        dates["ends_on"] = starts_on + (study.days - 1) * ONE_DAY
    published(cast.tess, changed(cast.tess, program, **study.draft, **dates))


def _visit(tess: Phone, home: Home, on: dt.date) -> None:
    """A visit of Tess's; where the program holds a schedule of hers, she gives a massage herself."""
    visit = tess.post(
        f"{home.room}/contacts", {"kind": "home_visit", "starts_at": at(on, "10:00"), "minutes": 45}
    )
    assert visit.status == 201, visit.body
    home.visits += 1
    providers = {one["provider"] for one in home.program["current"]["schedules"]}
    if Provider.THERAPIST in providers:
        body = {
            "occurred_at": at(on, "10:05"),
            "outcome": "done",
            "minutes": 15,
            "provider": "therapist",
            "contact": visit["id"],
        }
        given = tess.put(f"{home.room}/sessions/{make_id()}", body)
        assert given.status == 201, given.body


def _look_back(study: Study, cast: Cast, home: Home, last: dt.date) -> None:
    """The body map chosen, the goal rated, the totals after."""
    choose_charts(by=cast.tess, child=home.child, charts=[ChosenChart.BODY_MAP], now=rls.now())
    [goal] = home.child.goals.all()
    goals.rate_goal(by=cast.tess, goal=goal, level=1 if home.has_change else -1, on=last, now=rls.now())
    for instrument, (_, after) in study.assessed.items():
        goals.record_assessment(
            by=cast.tess, child=home.child, instrument=instrument, on=last, totals=after, now=rls.now()
        )


def _read(cast: Cast, tess: Phone, home: Home, *, first: dt.date, last: dt.date) -> Played:
    [outcome] = tess.get(f"{home.room}/outcomes")["items"]
    with rls.acting_as(cast.tess):
        read = progress(cast.tess, home.child, first=first, last=last)
        [plan] = plans_of([home.child.pk], active_only=False)[home.child.pk]
        sessions = sessions_of([home.child.pk], first=first, last=last).get(home.child.pk, [])
        theirs = exposure(plan, sessions, until=last, provider=Provider.THERAPIST)
        body = regions_met(read.sessions, charts_of(home.child).region_of)
    is_theirs = theirs is not None and theirs.prescribed_sessions > 0
    return Played(home, read, outcome, body, theirs if is_theirs else None)


def _paper(cast: Cast, home: Home, first: dt.date, last: dt.date) -> str:
    """The text of a progress report over the whole study, made and opened as its therapist does."""
    with rls.acting_as(cast.tess):
        report = reporting.ask_report(
            by=cast.tess, child=home.child, period_from=first, period_until=last, now=rls.now()
        )
    reporting.make_report(report_id=report.pk)
    report.refresh_from_db()
    with rls.acting_as(cast.tess):
        data = reporting.open_report(by=cast.tess, report=report, now=rls.now())
    pages = PdfReader(io.BytesIO(data)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def overlap(
    before: Sequence[float | AtLeast], since: Sequence[float | AtLeast], *, is_less_better: bool
) -> float:
    """NAP by counting every pair, apart from the product's own arithmetic."""

    def better(old: float | AtLeast, new: float | AtLeast) -> float:
        low, high = (new, old) if is_less_better else (old, new)
        if isinstance(high, AtLeast):
            return 0.5 if isinstance(low, AtLeast) or high.minutes < low else 1.0
        if isinstance(low, AtLeast):
            return 0.0 if low.minutes >= high else 0.5
        return 0.5 if low == high else float(low < high)

    return mean(better(old, new) for old in before for new in since)
