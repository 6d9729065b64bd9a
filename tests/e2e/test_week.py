"""A week in the life of Cleo's two homes, end to end over HTTP, the product's clock moved from day to day.

A visit and what was shown at it, a step that opens, an assistant's note that waits, how it was for Fay,
Greg's weekend, a fever on Saturday night with no network, a week on paper, and the end of care.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.test import Client

from clinic import localtime, rls
from clinic.models import CaregiverGrant, User
from tests import database
from tests.api.client import App
from tests.cast import Cast, make_id
from tests.tracking.phone import Phone
from tests.tracking.prescribing import changed, published, started
from tests.web.sending import fields_of
from tracking.models import Bedtime, Concern, Cosigning, Flag, HomeProgram, MassageSession
from tracking.services.program_parts import ScheduleInput, SlotInput, StepInput

pytestmark = pytest.mark.e2e

CLINIC_ZONE, FAYS_ZONE, GREGS_ZONE = "America/New_York", "America/New_York", "America/Chicago"
MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY, NEXT_MONDAY = range(8)


@dataclass(slots=True)
class Week:
    """Cleo's people, the first Monday, and the clock that takes them through it."""

    cast: Cast
    clock: database.Clock
    first: dt.date
    sign_in: Callable[[User], Client]

    def day(self, weekday: int) -> dt.date:
        return self.first + dt.timedelta(days=weekday)

    def at(self, weekday: int, wall: str, zone: str = CLINIC_ZONE) -> dt.datetime:
        moment = dt.datetime.combine(self.day(weekday), dt.time.fromisoformat(wall))
        return localtime.to_instant(moment, zone)

    def go_to(self, weekday: int, wall: str, zone: str = CLINIC_ZONE) -> dt.datetime:
        moment = self.at(weekday, wall, zone)
        self.clock.move_to(moment)
        return moment

    def read(self, name: str, page: str) -> str:
        """The words of a page, as one of the cast reads it."""
        answer = self.sign_in(getattr(self.cast, name)).get(page)
        assert answer.status_code == 200, f"{name} {page}: {answer.status_code}"
        return str(answer.content.decode())

    def send(self, name: str, page: str, told: dict[str, Any]) -> str:
        """Send a form and follow where it leads."""
        answer = self.sign_in(getattr(self.cast, name)).post(page, told, follow=True)
        assert answer.status_code == 200, f"{name} {page}: {answer.status_code}"
        return str(answer.content.decode())

    def app(self, name: str) -> App:
        app = App()
        assert app.sign_in(getattr(self.cast, name)).status == 200
        return app

    @property
    def child(self) -> str:
        return f"/children/{self.cast.cleo.pk}/"

    @property
    def corner(self) -> str:
        return f"/family/{self.cast.cleo.pk}/"

    @property
    def api(self) -> str:
        return f"/api/v1/children/{self.cast.cleo.pk}"

    def grant(self, name: str) -> str:
        return str(CaregiverGrant.objects.get(child=self.cast.cleo, user=getattr(self.cast, name)).pk)


@pytest.fixture
def week(live_cast: Cast, clock: database.Clock, sign_in: Callable[[User], Client]) -> Week:
    today = localtime.local_day(clock.now(), CLINIC_ZONE)
    first = today + dt.timedelta(days=7 - today.weekday())
    return Week(live_cast, clock, first, sign_in)


def test_a_week_in_two_homes(week: Week) -> None:
    program = a_program_with_a_step_that_waits(week)
    a_visit_shows_fay_the_toes_and_opens_the_step(week, program)
    an_evening_at_fays(week, program)
    an_assistants_note_waits_for_its_signature(week)
    how_it_was_is_fays_own(week)
    gregs_saturday_is_left_out_since_nobody_was_shown(week)
    a_fever_on_saturday_night_is_advised_with_no_network(week)
    gregs_sunday_is_his_homes(week)
    three_evenings_come_on_paper(week)
    care_ends_and_the_record_stays(week)


def a_program_with_a_step_that_waits(week: Week) -> HomeProgram:
    week.go_to(MONDAY, "09:00")
    with rls.acting_as(week.cast.tess), transaction.atomic():
        program = changed(
            week.cast.tess,
            started(week.cast.tess, week.cast.cleo, title="Feet before bed"),
            steps=[StepInput(stroke="hello-hands"), StepInput(stroke="toe-rolls", opens_when_taught=True)],
            schedules=[ScheduleInput(slots=[SlotInput(anchor="after_bath")], minutes=5)],
        )
        published(week.cast.tess, program)
        program.refresh_from_db()
    assert "Not yet in your routine: Toe rolls." in week.read("fay", f"{week.corner}routine/{program.pk}/1/")
    return program


def a_visit_shows_fay_the_toes_and_opens_the_step(week: Week, program: HomeProgram) -> None:
    week.go_to(MONDAY, "11:00")
    told = {
        "kind": "visit",
        "day": week.day(MONDAY).isoformat(),
        "clock": "10:15",
        "minutes": "45",
        "end": "",
    }
    told |= {"people": week.grant("fay"), "shared_note": "Feet first; she offers the next one."}
    week.send("tess", f"{week.child}visits/new/", told)
    visit = week.cast.cleo.contacts.get()
    shown = {"people": [week.grant("fay")], "things": ["stroke:toe-rolls", "stop_rule"], "level": "with_help"}
    week.send("tess", f"{week.child}visits/{visit.pk}/teaching/", shown | {"shown_with": "child"})

    routine = f"{week.corner}routine/{program.pk}/1/"
    assert "Not yet in your routine" not in week.read("fay", routine)
    assert "Not yet in your routine: Toe rolls." in week.read("greg", routine)
    assert "Feet first; she offers the next one." in week.read("fay", f"{week.corner}visits/")
    assert "Feet first" not in week.read("nan", f"{week.corner}visits/")
    assert "With help" in week.read("tess", f"/programs/{program.pk}/")


def an_evening_at_fays(week: Week, program: HomeProgram) -> None:
    week.go_to(MONDAY, "20:30")
    fay = week.app("fay")
    [due] = fay.get(f"{week.api}/today")["programs"]
    assert due["program"] == str(program.pk)
    session = {
        "outcome": "stopped",
        "ended_by": "child",
        "occurred_at": week.at(MONDAY, "18:40").isoformat(),
        "zone": FAYS_ZONE,
        "slot": 1,
        "minutes": 4,
        "state_before": "quiet_alert",
        "state_after": "drowsy",
    }
    kept = fay.put(f"{week.api}/sessions/{uuid.uuid4()}", session)
    assert (kept.status, kept["flags"]) == (201, [])
    bedtime = {"lights_out_at": week.at(MONDAY, "19:42").isoformat(), "zone": FAYS_ZONE}
    bedtime |= {"asleep_at": week.at(MONDAY, "20:01").isoformat()}
    assert fay.put(f"{week.api}/bedtimes/{uuid.uuid4()}", bedtime)["latency"]["minutes"] == 19
    [evening] = fay.get(f"{week.api}/today")["programs"]
    assert evening["slots"][0]["done"]["outcome"] == "stopped"


def an_assistants_note_waits_for_its_signature(week: Week) -> None:
    week.go_to(TUESDAY, "09:30")
    week.send("asha", f"{week.child}notes/", {"body": "Warm hands help her."})
    notes = f"{week.api}/notes"
    assert "Warm hands help her." not in str(week.app("fay").get(notes).body)
    queue = f"/c/{week.cast.harbor.slug}/cosigning/"
    assert "Warm hands help her." in week.read("tess", queue)
    week.send("tess", f"{queue}sign/", {"draft": Cosigning.objects.get().pk})
    assert "Warm hands help her." in str(week.app("fay").get(notes).body)


def how_it_was_is_fays_own(week: Week) -> None:
    week.go_to(WEDNESDAY, "21:00")
    told = {
        "client_id": make_id(),
        "how_it_was": "2",
        "how_sure": "4",
        "words": "She let me.",
        "language": "en",
    }
    assert "She let me." in week.send("fay", f"{week.corner}check-ins/", told)
    assert "She let me." in week.read("tess", week.child)
    for name in ("greg", "nan"):
        assert "She let me." not in week.read(name, f"{week.corner}check-ins/")
    assert "She let me." not in week.read("otto", week.child)


def gregs_saturday_is_left_out_since_nobody_was_shown(week: Week) -> None:
    week.go_to(SATURDAY, "09:00", GREGS_ZONE)
    days = f"{week.corner}days/"
    assert "At the other home" in week.read("fay", days) or "at the other home" in week.read("fay", days)
    week.send("greg", f"{days}excused/", {"on": week.day(SATURDAY).isoformat()})
    [program] = week.app("greg").get(f"{week.api}/today")["programs"] or [{"slots": []}]
    assert all(slot["done"] is None for slot in program["slots"])
    assert "excused: nobody there had been shown how" in week.read("tess", f"{week.child}diary/")


def a_fever_on_saturday_night_is_advised_with_no_network(week: Week) -> None:
    network = week.app("greg")
    phone = Phone(str(week.cast.cleo.pk), ZoneInfo(GREGS_ZONE), GREGS_ZONE, network=network)
    phone.refresh()
    phone.network = None
    night = week.go_to(SATURDAY, "23:10", GREGS_ZONE)
    told = {"kind": "temperature", "temperature": 39.2, "temperature_unit": "celsius"}
    screen = phone.tell(told | {"temperature_site": "ear"}, at=night)
    assert screen.receipt.startswith("Not sent yet")
    assert not Concern.objects.exists()

    morning = week.go_to(SUNDAY, "08:00", GREGS_ZONE)
    phone.network = week.app("greg")
    [answer] = phone.send(clock=morning)
    assert (answer.status, answer["advice"]["key"], answer["shown_advice"]) == (201, screen.key, None)
    concern = Concern.objects.get()
    assert (concern.occurred_at, concern.received_at) == (
        night,
        pytest.approx(morning, abs=dt.timedelta(minutes=1)),
    )
    with rls.acting_as(week.cast.tess), transaction.atomic():
        assert Flag.objects.filter(child=week.cast.cleo, code__startswith="fever").count() == 1
    assert "39.2" in week.read("tess", f"{week.child}concerns/")


def gregs_sunday_is_his_homes(week: Week) -> None:
    week.go_to(SUNDAY, "20:00", GREGS_ZONE)
    session = {
        "outcome": "not_today",
        "not_today_reason": "child_ill",
        "occurred_at": week.at(SUNDAY, "19:00", GREGS_ZONE).isoformat(),
        "zone": GREGS_ZONE,
    }
    kept = week.app("greg").put(f"{week.api}/sessions/{uuid.uuid4()}", session)
    assert kept.status == 201, kept.body
    row = MassageSession.objects.get(child=week.cast.cleo, local_day=week.day(SUNDAY))
    assert row.family == week.cast.gregs_home
    [seen] = [
        one
        for one in week.app("fay").get(f"{week.api}/sessions")["items"]
        if one["local_day"] == week.day(SUNDAY).isoformat()
    ]
    assert (seen["zone"], seen["received_at"], seen["by"]["name"]) == (None, None, "")


def three_evenings_come_on_paper(week: Week) -> None:
    week.go_to(NEXT_MONDAY, "10:00")
    typing = f"{week.child}paper/typing/"
    told: dict[str, Any] = fields_of(week.sign_in(week.cast.opal).get(typing))
    told |= {"told_by_grant": week.grant("fay")}
    for weekday in (TUESDAY, WEDNESDAY, THURSDAY):
        evening = {"outcome-0": "d", "minutes-0": "5", "in_bed": "1945", "asleep": "2005"}
        told |= {f"{week.day(weekday)}-{name}": value for name, value in evening.items()}
    week.send("opal", typing, told)
    typed = MassageSession.objects.filter(child=week.cast.cleo, source="paper").order_by("local_day")
    assert [row.local_day for row in typed] == [week.day(n) for n in (TUESDAY, WEDNESDAY, THURSDAY)]
    assert {row.family for row in typed} == {week.cast.fays_home}
    assert Bedtime.objects.filter(child=week.cast.cleo).count() == 4
    assert "20 minutes" in week.read("tess", f"{week.child}diary/")


def care_ends_and_the_record_stays(week: Week) -> None:
    week.go_to(NEXT_MONDAY, "16:00")
    told = {"reason": "goals_met", "on": week.day(NEXT_MONDAY).isoformat(), "words": "Sing on."}
    week.send("tess", f"{week.child}care/discharge/", told | {"summary": "She offers the next foot."})
    corner = week.read("fay", week.corner)
    assert "Care here ended on" in corner
    assert "Start together" not in corner
    assert "She offers the next foot." in week.read("fay", f"{week.corner}after/")
    assert "19 minutes" in week.read("fay", f"{week.corner}diary/")
    late = {"outcome": "done", "occurred_at": week.at(FRIDAY, "18:40").isoformat(), "zone": FAYS_ZONE}
    assert week.app("fay").put(f"{week.api}/sessions/{uuid.uuid4()}", late).status == 201
