"""Days left out of what was asked, where nobody at the home had been shown the routine."""

from __future__ import annotations

import datetime as dt

import pytest

from clinic import rls
from clinic.errors import Forbidden, Invalid
from clinic.models import AuditEvent
from clinic.vocabulary import AuditCode
from tests.cast import Cast
from tests.tracking.records import MONDAY, at, log_session, publish_program
from tracking.models import Demonstration
from tracking.outcomes.plans import plans_of
from tracking.outcomes.sessions import exposure, sessions_of, strip
from tracking.readings.diary import diary
from tracking.readings.today import today
from tracking.services.excusing import SomebodyWasShown, excuse_day, take_back_excuse
from tracking.vocabulary.outcomes import DayState

pytestmark = pytest.mark.django_db

SATURDAY = MONDAY + dt.timedelta(days=5)
SUNDAY = SATURDAY + dt.timedelta(days=1)
NOW = at("20:00", on=SUNDAY)


@pytest.fixture(autouse=True)
def prescribed(cast: Cast) -> None:
    cast.cleo.born_on = MONDAY - dt.timedelta(days=300)
    with rls.acting_as(cast.tess):
        publish_program(cast.cleo, cast.tess, starts_on=MONDAY)


def excuse(cast: Cast, name: str, on: dt.date = SATURDAY) -> None:
    user = getattr(cast, name)
    with rls.acting_as(user):
        excuse_day(by=user, child=cast.cleo, on=on, now=NOW)


def shown_to_greg(cast: Cast, when: dt.datetime) -> None:
    with rls.acting_as(cast.tess):
        Demonstration.objects.create(
            clinic=cast.harbor,
            child=cast.cleo,
            caregiver_name="Greg",
            family=cast.gregs_home,
            what="routine",
            shown_with="child",
            level="alone",
            shown_by=cast.tess,
            shown_at=when,
            recorded_at=when,
        )


def test_an_excused_day_leaves_the_denominator_and_is_told_apart_from_a_pause(cast: Cast) -> None:
    excuse(cast, "greg")
    with rls.acting_as(cast.tess):
        (plan,) = plans_of([cast.cleo.pk])[cast.cleo.pk]
        sessions = sessions_of([cast.cleo.pk], first=MONDAY, last=SUNDAY).get(cast.cleo.pk, [])
        counted = exposure(plan, sessions, until=SUNDAY)
        days = strip([plan], sessions, last=SUNDAY, days=2)
        page = diary(cast.tess, cast.cleo, first=MONDAY, last=SUNDAY, now=NOW)
    assert counted is not None
    assert (counted.prescribed_sessions, counted.eligible_days) == (6, 6)
    assert [day.state for day in days] == [DayState.EXCUSED, DayState.NO_RECORD]
    assert [(day.on, day.is_excused, day.is_paused) for day in page.days if day.is_excused] == [
        (SATURDAY, True, False)
    ]


def test_what_was_logged_on_an_excused_day_stays_and_names_it(cast: Cast) -> None:
    excuse(cast, "tess")
    with rls.acting_as(cast.greg):
        log_session(cast.greg, cast.cleo, occurred_at=at("19:00", on=SATURDAY))
    with rls.acting_as(cast.tess):
        plans = plans_of([cast.cleo.pk])[cast.cleo.pk]
        sessions = sessions_of([cast.cleo.pk], first=MONDAY, last=SUNDAY)[cast.cleo.pk]
        assert strip(plans, sessions, last=SATURDAY, days=1)[0].state == DayState.STOPPED


def test_nothing_is_asked_on_an_excused_day_until_it_is_taken_back(cast: Cast) -> None:
    def slots() -> int:
        with rls.acting_as(cast.greg):
            (program,) = today(cast.greg, cast.cleo, now=at("12:00", on=SUNDAY)).programs
        return len(program.slots)

    assert slots() == 1
    excuse(cast, "greg", SUNDAY)
    excuse(cast, "tess", SUNDAY)
    assert slots() == 0
    with rls.acting_as(cast.greg):
        take_back_excuse(by=cast.greg, child=cast.cleo, on=SUNDAY, now=NOW)
    assert slots() == 1
    assert AuditEvent.objects.filter(code=AuditCode.EXCUSED_DAY).count() == 2


def test_a_day_is_excused_by_a_guardian_of_its_home_or_the_team_alone(cast: Cast) -> None:
    for name in ("fay", "nan", "opal", "otto", "theo", "rex"):
        with pytest.raises(Forbidden):
            excuse(cast, name)
    with pytest.raises(Forbidden):
        excuse(cast, "greg", MONDAY)
    with pytest.raises(Invalid):
        excuse(cast, "tess", SUNDAY + dt.timedelta(days=1))
    excuse(cast, "asha")


def test_one_tap_is_offered_only_until_somebody_there_was_shown_and_never_at_the_first_home(
    cast: Cast,
) -> None:
    with pytest.raises(SomebodyWasShown):
        excuse(cast, "fay", MONDAY)
    shown_to_greg(cast, at("10:00", on=SUNDAY))
    excuse(cast, "greg", SATURDAY)
    with pytest.raises(SomebodyWasShown):
        excuse(cast, "greg", SUNDAY)
    excuse(cast, "tess", SUNDAY)
