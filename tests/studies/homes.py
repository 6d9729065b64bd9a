"""A family of a study: enrolled and invited as a clinic does it, telling its evenings as an app does.

The app keeps what was told until there is a network, sends it in one batch, and sends it again where the
answer was lost. Everything by lot comes from the seed.
"""

from __future__ import annotations

import datetime as dt
import random
import uuid
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from clinic import rls
from clinic.models import Child, Family
from clinic.services import answering_invitations, enrolment, invitations
from clinic.services.answering_invitations import Key
from clinic.services.homes import NewHome
from clinic.vocabulary import GrantKind
from tests.api.client import SIGN_IN, Answer, App
from tests.cast import PASSWORD, Cast
from tracking.sleep import AtLeast

ZONE = "America/New_York"
NO_NETWORK = 0.5
ANSWER_LOST = 0.1
MOST_AT_ONCE = 100
LEFT_OUT = {"legs": 0.02, "feet": 0.05, "tummy": 0.3, "chest": 0.35, "arms": 0.15, "face": 0.5}
"""Shares of massages without that part of the body, our own; a tenth for every other."""


class Phone(App):
    """An app in which somebody signs in, and again once the token has run out: a study takes its time."""

    def __init__(self, email: str) -> None:
        super().__init__()
        self.email = email

    def _call(self, method: str, path: str, *args: Any, **kwargs: Any) -> Answer:
        answer = super()._call(method, path, *args, **kwargs)
        if answer.status != 401 or path == SIGN_IN:
            return answer
        signed_in = super()._call("POST", SIGN_IN, {"email": self.email, "password": PASSWORD})
        self.token = signed_in["access_token"]
        return super()._call(method, path, *args, **kwargs)


@dataclass(slots=True)
class Home:
    """One child and the phone of its guardian.

    `told` are the values of the primary outcome in order, with their days, as the family told them;
    `minutes` what each massage took; `massaged` in how many massages each region of the body was done. All
    are what the record has to say in the end.
    """

    child: Child
    family: Family
    app: Phone
    lots: random.Random
    has_change: bool
    program: dict[str, Any] = field(default_factory=dict)
    queue: list[dict[str, Any]] = field(default_factory=list)
    results: Counter[str] = field(default_factory=Counter)
    told: list[tuple[dt.date, float | AtLeast]] = field(default_factory=list)
    minutes: list[float] = field(default_factory=list)
    massaged: Counter[str] = field(default_factory=Counter)
    visits: int = 0
    plan: dict[int, int] = field(default_factory=dict)

    @property
    def room(self) -> str:
        return f"/api/v1/children/{self.child.pk}"

    # ---- what happened ----

    def tell(self, kind: str, **body: Any) -> None:
        made = uuid.UUID(int=self.lots.getrandbits(128), version=4)
        told = {"kind": kind, "child": str(self.child.pk), "id": str(made), "body": {"zone": ZONE, **body}}
        self.queue.append(told)

    def massage(
        self, on: dt.date, clock: str, *, minutes: float | None, outcome: str = "done", **told: Any
    ) -> None:
        """A massage by the program's steps; a part of the body is left out as often as `LEFT_OUT` says."""
        routine = self.program["current"]["steps"]
        parts = dict.fromkeys(step["region"] for step in routine)
        done = {part for part in parts if outcome == "done" and self.lots.random() > LEFT_OUT.get(part, 0.1)}
        steps = [{"step": step["id"], "is_done": step["region"] in done} for step in routine]
        self.massaged.update(done - {""})
        if minutes is not None:
            self.minutes.append(minutes)
        body = {"outcome": outcome, "minutes": minutes, "steps": steps, **told}
        self.tell("session", occurred_at=at(on, clock), **body)

    def not_today(self, on: dt.date, reason: str = "no_time") -> None:
        self.tell("session", occurred_at=at(on, "20:00"), outcome="not_today", not_today_reason=reason)

    # ---- the phone ----

    def open_program(self) -> None:
        """Hold the program as the app shows it."""
        [head] = self.app.get(f"{self.room}/programs")["items"]
        self.program = self.app.get(f"{self.room}/programs/{head['id']}").body

    def sync(self, *, is_last: bool = False) -> None:
        """Send what waits, unless there is no network; forget it once an answer came."""
        if not self.queue or (not is_last and self.lots.random() < NO_NETWORK):
            return
        waiting, self.queue = self.queue[:MOST_AT_ONCE], self.queue[MOST_AT_ONCE:]
        answer = self.app.post("/api/v1/batch", {"operations": waiting})
        assert answer.status == 200, answer.body
        refused = [one for one in answer["results"] if one["result"] == "rejected"]
        assert not refused, refused
        self.results.update(one["result"] for one in answer["results"])
        if not is_last and self.lots.random() < ANSWER_LOST:
            self.queue = [*waiting, *self.queue]
        elif self.queue:
            self.sync(is_last=is_last)


def at(on: dt.date, clock: str) -> str:
    """An instant as a phone in New York writes it."""
    return dt.datetime.combine(on, dt.time.fromisoformat(clock), ZoneInfo(ZONE)).isoformat()


def enrolled(
    cast: Cast,
    number: int,
    *,
    study: str,
    weeks_old: int,
    gestation_weeks: int,
    lots: random.Random,
    has_change: bool,
) -> Home:
    """A family that Tess enrolled and invited, whose mother joined by the link."""
    email = f"{study}-{number}@example.org"
    with rls.acting_as(cast.tess):
        now = rls.now()
        child = enrolment.enroll_child(
            by=cast.tess,
            clinic=cast.harbor,
            first_name=f"Child {number}",
            born_on=now.astimezone(ZoneInfo(ZONE)).date() - dt.timedelta(weeks=weeks_old),
            home=NewHome(name=f"Home {number} of {study}", zone=ZONE),
            gestation_weeks=gestation_weeks,
            now=now,
        )
        family = Family.objects.get(child_homes__child=child)
        sent = invitations.invite(
            by=cast.tess,
            child=child,
            family=family,
            kind=GrantKind.GUARDIAN,
            relationship="mother",
            link_to=str,
            now=now,
        )
    with rls.acting_as():
        answering_invitations.join(
            key=Key.of_token(sent.token), name=f"Mother {number}", email=email, password=PASSWORD, now=now
        )
    return Home(child, family, Phone(email), lots, has_change)
