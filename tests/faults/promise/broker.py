"""The broker gone for a while, with people on the pages and reminders coming due.

Worker and beat are started again when they end, as the supervisor and the composed services do: now and then
kombu meets, while it gives back what it held on a connection just lost, the connection that is None already
(AttributeError), and the worker ends with "Unrecoverable error".
"""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import signal
import statistics
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import requests
from django.conf import settings
from django.test import Client

from clinic.models import User
from tests import database, signing_in
from tests.cast import Cast
from tests.faults.promise.crowd import a_crowd_is_due
from tests.faults.promise.evening import Evening, another_broker, kill_broker
from tests.processes import Mailbox, running_web
from tracking.models import ReminderDelivery, Report

LONG = 2.0
"""Seconds after which somebody in front of a page would ask what is wrong."""

PATIENCE = 12
"""Seconds after which they give up."""

ASKS_EACH = 12
"""At the first look at the caseload, and after so many more, a report is asked for."""


@dataclass
class Visits:
    """What people met on the pages: how long each answer took, and which were none."""

    seconds: list[float] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    asked_for_reports: int = 0

    @property
    def slow(self) -> int:
        return sum(took > LONG for took in self.seconds)

    def __str__(self) -> str:
        median = statistics.median(self.seconds) * 1000
        longest = max(self.seconds) * 1000
        return (
            f"{len(self.seconds)} answers (median {median:.0f} ms, longest {longest:.0f} ms),"
            f" {self.asked_for_reports} of them asked the worker for a report; over {LONG:.0f} s {self.slow},"
            f" failed {len(self.refused)}"
        )


@dataclass
class Broken:
    """An outage of the broker: what was met before it and during it, and how what had gathered went out."""

    down_seconds: float = 0
    before: Visits = field(default_factory=Visits)
    meanwhile: Visits = field(default_factory=Visits)
    due_meanwhile: int = 0
    sent_meanwhile: int = 0
    lost: int = 0
    reports_lost: int = 0
    drained_in: float = 0
    restarts: int = 0

    @property
    def slow(self) -> int:
        """Answers that took longer than anybody waits, and much longer than on this machine before."""
        longest = max(LONG, 3 * max(self.before.seconds, default=0))
        return sum(took > longest for took in self.meanwhile.seconds)

    @property
    def is_clean(self) -> bool:
        return not (self.lost or self.reports_lost or self.slow or self.meanwhile.refused)

    def __str__(self) -> str:
        rate = (self.due_meanwhile - self.sent_meanwhile) / self.drained_in if self.drained_in else 0
        return (
            f"{self.down_seconds:.0f} s without a broker;\n  before: {self.before};\n"
            f"  meanwhile: {self.meanwhile};\n"
            f"  due meanwhile {self.due_meanwhile}, drained in {self.drained_in:.1f} s ({rate:.0f} a second);"
            f" reminders lost {self.lost}, reports lost {self.reports_lost};"
            f" processes that ended and were started again {self.restarts}"
        )


def go_down(
    cast: Cast,
    clock: database.Clock,
    mailbox: Mailbox,
    *,
    people: int,
    seconds: float,
    program: str = "config.wsgi",
    drains_within: float = 120,
    stalls: bool = False,
) -> Broken:
    """The broker is killed -9 and comes back empty after so many seconds of real time; or it stands still."""
    a_crowd_is_due(cast, clock, people=people, wall="18:29")
    broken = Broken(down_seconds=seconds)
    with another_broker() as broker, contextlib.ExitStack() as lives:
        told = {"BROKER_URL": broker.url(), "EMAIL_URL": mailbox.url, "CONN_MAX_AGE": "60"}
        web = lives.enter_context(running_web(program=program, **told))
        played = Evening(mailbox, lives, told, os.environ["LITTLEFOOT_TEST_SUPERUSER_URL"], broker=broker)
        played.start()
        visitors = [Visitor(web.url, cast.tess, cast), Visitor(web.url, cast.fay, cast)]
        _visit(visitors, seconds=1)  # the first answers compile templates
        broken.before = _visit(visitors, seconds=min(seconds / 4, 5))
        assert broker.child is not None
        if stalls:
            broker.child.send_signal(signal.SIGSTOP)
        else:
            kill_broker(broker)
        clock.advance(minutes=1)
        broken.meanwhile = _visit(visitors, seconds=seconds)
        everybody = ReminderDelivery.objects.all()
        broken.due_meanwhile = everybody.count()
        broken.sent_meanwhile = everybody.filter(state="sent").count()
        if stalls:
            broker.child.send_signal(signal.SIGCONT)
        else:
            broker.start()
        began = time.monotonic()
        with contextlib.suppress(AssertionError):
            played.wait_until(
                lambda: not everybody.exclude(state="sent").exists(),
                seconds=drains_within,
                what="all is sent",
            )
        broken.drained_in = time.monotonic() - began
        broken.lost = everybody.exclude(state="sent").count()
        # A report whose message was lost is asked for again once it is old enough.
        clock.advance(minutes=3)
        with contextlib.suppress(AssertionError):
            played.wait_until(
                lambda: not Report.objects.exclude(state="ready").exists(),
                seconds=drains_within,
                what="every report is made",
            )
        broken.reports_lost = Report.objects.exclude(state="ready").count()
        broken.restarts = played.restarts
        broken.reports_lost += max(0, broken.meanwhile.asked_for_reports - Report.objects.count())
    return broken


@dataclass
class Visitor:
    """Somebody signed in, who reads pages and, where they may, asks for reports."""

    url: str
    user: User
    cast: Cast

    def __post_init__(self) -> None:
        browser = Client()
        signing_in.sign_in(browser, self.user)
        self.session = requests.Session()
        self.session.cookies.set(
            settings.SESSION_COOKIE_NAME, browser.cookies[settings.SESSION_COOKIE_NAME].value
        )
        self.rounds = 0

    def visit(self, visits: Visits) -> None:
        child = self.cast.cleo.pk
        if self.user == self.cast.fay:
            self._get(f"/family/{child}/", visits)
            return
        self._get(f"/c/{self.cast.harbor.slug}/caseload/", visits)
        self.rounds += 1
        if self.rounds % ASKS_EACH == 1:
            self._get(f"/children/{child}/reports/", visits)
            day = database.Clock().now().date()
            told = {
                "period_from": str(day - dt.timedelta(days=7)),
                "period_until": str(day),
                "narrative": "",
                "csrfmiddlewaretoken": self.session.cookies[settings.CSRF_COOKIE_NAME],
            }
            self._ask("POST", f"/children/{child}/reports/", visits, told)
            visits.asked_for_reports += 1

    def _get(self, path: str, visits: Visits) -> None:
        self._ask("GET", path, visits)

    def _ask(self, method: str, path: str, visits: Visits, told: dict[str, str] | None = None) -> None:
        began = time.monotonic()
        try:
            answer = self.session.request(
                method,
                self.url + path,
                data=told,
                headers={"Referer": self.url + path, "Origin": self.url},
                allow_redirects=False,
                timeout=PATIENCE,
            )
        except requests.RequestException as error:
            visits.refused.append(f"{method} {path}: {type(error).__name__}")
        else:
            if answer.status_code not in (200, 302) or (told and answer.status_code != 302):
                visits.refused.append(f"{method} {path}: {answer.status_code}")
        visits.seconds.append(time.monotonic() - began)


def _visit(visitors: Sequence[Visitor], *, seconds: float) -> Visits:
    """All of them on the pages at once, for so long."""
    until = time.monotonic() + seconds
    visits = Visits()

    def keep_visiting(visitor: Visitor) -> None:
        visitor.rounds = 0
        while time.monotonic() < until:
            visitor.visit(visits)
            time.sleep(0.05)

    threads = [threading.Thread(target=keep_visiting, args=(visitor,)) for visitor in visitors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return visits
