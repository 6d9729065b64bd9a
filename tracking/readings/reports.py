"""A child's reports as a reader may see them."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from clinic.models import CaregiverGrant, Child, User
from tracking.models import Report, ReportAddendum, ReportKind, ReportSchedule, ReportState
from tracking.outcomes.plans import plans_of
from tracking.readings.progress import main_plan
from tracking.wording import labels

USUAL_PERIOD = dt.timedelta(weeks=8)
DRAFT_WAITS = dt.timedelta(days=31)
"""How long a monthly draft is told of: until the next."""
LONGEST_NARRATIVE = 20_000
LONGEST_ADDENDUM = 8_000
LONGEST_ADDRESSEE = 200
LONGEST_QUESTION = 500
"""In characters."""


@dataclass(frozen=True, slots=True)
class SeenReport:
    """A report without its text. `percent` is how much of the file is made, 0-100; `home` the household it
    was made for, empty: for none in particular.
    """

    id: uuid.UUID
    kind: ReportKind
    period_from: dt.date
    period_until: dt.date
    language: str
    asked_at: dt.datetime
    asked_by: str
    state: ReportState
    percent: int
    failure_code: str
    signed_by: str
    signed_at: dt.datetime | None
    shared_at: dt.datetime | None
    fingerprint: str
    """The SHA-256 of its file; empty: there is none."""
    added_count: int
    """How much was added to it since it was signed."""
    home: str

    @property
    def title(self) -> str:
        """What it is, in the reader's language."""
        return labels.label(ReportKind, self.kind)

    @property
    def is_under_way(self) -> bool:
        return self.state in (ReportState.ASKED, ReportState.WORKING)

    @property
    def is_ready(self) -> bool:
        return self.state == ReportState.READY


@dataclass(frozen=True, slots=True)
class SeenAddendum:
    """Something added to a signed report."""

    words: str
    language: str
    by: str
    at: dt.datetime


def seen(report: Report, *, added_count: int = 0) -> SeenReport:
    """The report's state; its people have been read with it."""
    return SeenReport(
        id=report.pk,
        kind=ReportKind(report.kind),
        period_from=report.period_from,
        period_until=report.period_until,
        language=report.language,
        asked_at=report.asked_at,
        asked_by=report.asked_by.name,
        state=ReportState(report.state),
        percent=report.progress_percent,
        failure_code=report.failure_code,
        signed_by=report.signed_by.name if report.signed_by else "",
        signed_at=report.signed_at,
        shared_at=report.shared_at,
        home=report.family.name if report.family else "",
        fingerprint=report.content_sha256,
        added_count=added_count,
    )


def addenda_of(user: User, report: Report) -> tuple[SeenAddendum, ...]:
    """What was added to a report, in the order it was written; one statement."""
    rows = ReportAddendum.objects.visible_to(user).filter(report=report).select_related("written_by")
    return tuple(
        SeenAddendum(one.words, one.language, one.written_by.name, one.written_at)
        for one in rows.order_by("written_at", "id")
    )


def reports_of(user: User, child: Child) -> tuple[SeenReport, ...]:
    """The reports of a child that `user` may read, newest first; one statement."""
    return _read(Report.objects.visible_to(user).filter(child=child))


def shared_reports_of(user: User, child: Child) -> tuple[SeenReport, ...]:
    """Those of them that the family may read; one statement."""
    return _read(Report.objects.visible_to(user).shared().filter(child=child))


def _read(reports: QuerySet[Report]) -> tuple[SeenReport, ...]:
    rows = reports.select_related("asked_by", "signed_by", "family").annotate(added_count=Count("addenda"))
    return tuple(seen(row, added_count=row.added_count) for row in rows.order_by("-asked_at", "-id"))


@dataclass(frozen=True, slots=True)
class OfferedKind:
    """A kind that can be asked for, in words."""

    kind: ReportKind
    title: str
    more: str
    is_chosen: bool


def offered_kinds(kinds: Iterable[ReportKind], *, chosen: ReportKind) -> tuple[OfferedKind, ...]:
    """These kinds in the reader's language."""
    return tuple(
        OfferedKind(one, labels.label(ReportKind, one), labels.more(ReportKind, one), one is chosen)
        for one in kinds
    )


@dataclass(frozen=True, slots=True)
class Monthly:
    """A report drafted every month for one therapist."""

    day_of_month: int
    next_on: dt.date
    therapist: str


def monthly_of(user: User, child: Child) -> Monthly | None:
    """The child's, while one is drafted; one statement."""
    rows = ReportSchedule.objects.visible_to(user).running().filter(child=child)
    row = rows.select_related("therapist").first()
    return Monthly(row.day_of_month, row.next_on, row.therapist.name) if row else None


def drafts_of(user: User, *, since: dt.datetime) -> QuerySet[Report]:
    """Monthly drafts for a therapist after `since` that nobody has signed, of children they see."""
    return Report.objects.visible_to(user).filter(
        asked_by=user,
        schedule__isnull=False,
        signed_at__isnull=True,
        state=ReportState.READY,
        asked_at__gt=since,
    )


def family_language(child: Child) -> str:
    """The language that most guardians of a child read, the first of several alike; empty: nobody told one.

    One statement.
    """
    guardians = CaregiverGrant.objects.filter(child=child).valid().guardians().select_related("user")
    read = [one.user.writes_in for one in guardians.order_by("valid_from", "id") if one.user.writes_in]
    return Counter(read).most_common(1)[0][0] if read else ""


def usual_period(child: Child, *, today: dt.date) -> tuple[dt.date, dt.date]:
    """The days a new report is about unless told otherwise: the program so far, else the last eight weeks.

    One statement. The caller has made sure that the asker may see the child.
    """
    plan = main_plan(plans_of([child.pk], active_only=False).get(child.pk, ()), on=today)
    begins = None if plan is None else plan.baseline_starts_on or plan.started_on
    if begins is None or begins >= today:
        begins = today - USUAL_PERIOD
    return max(begins, child.born_on), today
