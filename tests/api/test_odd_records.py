"""Records no study has: ties alone, nobody seen asleep, nights that cannot be, phases of a day.

Every page and every paper of them stands, in sentences, without a number that is none.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Iterator
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from clinic import rls
from clinic.localtime import local_day
from clinic.models import Child
from tests import factories
from tests.api.client import App
from tests.cast import Cast
from tests.tracking.records import publish_program
from tests.web.test_change import main_of
from tracking.models import Goal, GoalRating
from tracking.readings.reports import usual_period
from tracking.reports import kinds
from tracking.reports.kinds import KINDS
from tracking.vocabulary.outcomes import Outcome

ONE_DAY = dt.timedelta(days=1)
NEW_YORK = ZoneInfo("America/New_York")
LEFT_OPEN = re.compile(
    r"(?<![\w-])(nan|NaN|inf|Infinity|None(?! yet)|AtLeast|Fraction)(?![\w-])|%\(\w+\)|%[sd]\b"
)
"""What a sentence that was not finished, or a number that is none, looks like."""


def night(cast: Cast, on: dt.date, minutes: float, *, is_seen: bool = True, **told: Any) -> None:
    evening = dt.datetime.combine(on, dt.time(20), NEW_YORK)
    ends = evening.astimezone(dt.UTC) + dt.timedelta(minutes=minutes)
    seen = {"asleep_at": ends} if is_seen else {"still_awake_at": ends}
    factories.bedtime(
        cast.cleo,
        by=cast.fay,
        at=evening.astimezone(dt.UTC),
        **{"local_day": on, "lights_out_at": evening, "resistance": 2, **seen, **told},
    )


def touch(cast: Cast, on: dt.date, intensity: int | None, **told: Any) -> None:
    when = dt.datetime.combine(on, dt.time(17), NEW_YORK)
    factories.observation(
        cast.cleo, by=cast.fay, at=when, **{"local_day": on, "intensity": intensity, **told}
    )


def evening(cast: Cast, on: dt.date, **told: Any) -> None:
    when = dt.datetime.combine(on, dt.time(19), NEW_YORK)
    factories.session(cast.cleo, by=cast.fay, at=when, **{"local_day": on, **told})


def days(begins: dt.date, count: int) -> Iterator[dt.date]:
    return (begins + number * ONE_DAY for number in range(count))


def ties_alone(cast: Cast, begins: dt.date) -> None:
    for on in days(begins - 7 * ONE_DAY, 17):
        night(cast, on, 0)
        touch(cast, on, 0, recovery_minutes=0)
        evening(cast, on, state_before="crying", state_after="crying")


def never_seen_asleep(cast: Cast, begins: dt.date) -> None:
    for on in days(begins - 7 * ONE_DAY, 17):
        night(cast, on, 90, is_seen=False)
        touch(cast, on, None, recovery_band=">30", is_not_settled=True)


def impossible_nights(cast: Cast, begins: dt.date) -> None:
    """Asleep before the lights were out, or a day later: kept, and in no figure until somebody looked."""
    for number, on in enumerate(days(begins - 7 * ONE_DAY, 17)):
        night(cast, on, -30 if number % 2 else 1430, flags=["needs_review"])


def told_twice(cast: Cast, begins: dt.date) -> None:
    """Each evening by two people, who do not agree; sessions at the same minute."""
    for on in days(begins - 7 * ONE_DAY, 17):
        night(cast, on, 20)
        when = dt.datetime.combine(on, dt.time(21), NEW_YORK)
        factories.bedtime(
            cast.cleo, by=cast.nan, at=when, local_day=on, about_minutes=60, accuracy="guess", resistance=4
        )
        evening(cast, on, minutes=5)
        evening(cast, on, minutes=5)


RECORDS = (ties_alone, never_seen_asleep, impossible_nights, told_twice)


def measured_by_everything(cast: Cast, begins: dt.date) -> None:
    """A goal for each outcome, named before the program, and rated once."""
    with rls.acting_as(cast.tess, system="seeding"):
        for outcome in Outcome:
            goal = Goal.objects.create(
                clinic=cast.harbor,
                child=cast.cleo,
                title=f"Of {outcome}",
                ladder=["one", "two", "three", "four", "five"],
                baseline_level=-1,
                set_on=begins - 8 * ONE_DAY,
                primary_outcome=outcome,
                outcome_named_on=begins - 8 * ONE_DAY,
                created_by=cast.tess,
            )
            GoalRating.objects.create(
                clinic=cast.harbor, goal=goal, level=0, on=begins, by=cast.tess, at=rls.now()
            )


def sane(told: object) -> None:
    text = told if isinstance(told, str) else json.dumps(told, default=str, ensure_ascii=False)
    found = LEFT_OPEN.search(text)
    assert not found, text[max(0, found.start() - 120) : found.end() + 60]


def read_everywhere(cast: Cast, sign_in: Any, app_of: Callable[[Any], App]) -> None:
    """On the team's and the family's pages, by an app, and on every paper."""
    tesss, fays = sign_in(cast.tess), sign_in(cast.fay)
    for page in ("", "goals/", "reports/"):
        sane(main_of(tesss, f"/children/{cast.cleo.pk}/{page}"))
    for page in ("goals/", "reports/"):
        sane(main_of(fays, f"/family/{cast.cleo.pk}/{page}"))
    sane(main_of(tesss, f"/c/{cast.harbor.slug}/caseload/"))
    found = app_of(cast.tess).get(f"/api/v1/children/{cast.cleo.pk}/outcomes")
    assert found.status == 200
    for one in found["items"]:
        assert one["said"], one["primary_outcome"]
        sane(one["said"])
    child = Child.objects.select_related("clinic").get(pk=cast.cleo.pk)
    with rls.acting_as(cast.tess):
        first, last = usual_period(child, today=local_day(rls.now(), child.clinic.zone))
        for kind in KINDS:
            report = factories.report(
                child, by=cast.tess, kind=kind, period_from=first, period_until=last, narrative=""
            )
            written = kinds.write(report, child=child, viewer=cast.tess, now=rls.now())
            sane({name: told for name, told in written.data.items() if name != "signature"})
            sane(kinds.begin(report, child=child, viewer=cast.tess))
            sane(written.for_chart)


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_a_record_of_any_kind_is_read_in_whole_sentences(
    cast: Cast, sign_in: Any, app_of: Callable[[Any], App], record: Callable[[Cast, dt.date], None]
) -> None:
    with rls.acting_as(cast.tess, system="seeding"):
        begins = local_day(rls.now(), cast.harbor.zone) - 10 * ONE_DAY
        publish_program(cast.cleo, cast.tess, starts_on=begins, baseline_starts_on=begins - 7 * ONE_DAY)
    measured_by_everything(cast, begins)
    record(cast, begins)
    read_everywhere(cast, sign_in, app_of)


@pytest.mark.parametrize(
    ("starts_in", "lasts", "baseline"),
    [(5, None, 10), (0, 1, 1), (-3, None, 400)],
)
def test_a_phase_of_any_length_is_read_in_whole_sentences(
    cast: Cast,
    sign_in: Any,
    app_of: Callable[[Any], App],
    starts_in: int,
    lasts: int | None,
    baseline: int | None,
) -> None:
    """Not begun, of a single day each, and after more than a year of baseline."""
    with rls.acting_as(cast.tess, system="seeding"):
        today = local_day(rls.now(), cast.harbor.zone)
        begins = today + starts_in * ONE_DAY
        publish_program(
            cast.cleo,
            cast.tess,
            starts_on=begins,
            ends_on=None if lasts is None else begins + (lasts - 1) * ONE_DAY,
            baseline_starts_on=None if baseline is None else begins - baseline * ONE_DAY,
        )
    measured_by_everything(cast, begins)
    ties_alone(cast, today - 9 * ONE_DAY)
    read_everywhere(cast, sign_in, app_of)
