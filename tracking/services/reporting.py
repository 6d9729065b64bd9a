"""Reports: ask for one, make it in the worker, sign, share, and open its file."""

from __future__ import annotations

import datetime as dt
import uuid
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import translation

from clinic import access, audit, jobs, rls
from clinic.errors import DomainError, Invalid, Unseen
from clinic.localtime import local_day
from clinic.models import Child, Family, User
from clinic.services.values import written_in
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.models import Report, ReportAddendum, ReportKind, ReportSchedule, ReportState
from tracking.models.notices import NoticeKind
from tracking.readings.reports import LONGEST_ADDRESSEE, LONGEST_QUESTION
from tracking.reports import addenda, kinds, pdf, writing
from tracking.reports.kinds import KINDS, Kind, kind_of
from tracking.reports.writing import Written
from tracking.services import making
from tracking.services.making import Draft, NotFailed, NotReady
from tracking.services.telling import tell

MAKE_REPORT = "tracking.tasks.make_report"
LONGEST_PERIOD = dt.timedelta(days=731)


class PeriodTurnedRound(DomainError):
    """The last day of the period is before the first."""

    code = "period_turned_round"


class PeriodTooLong(DomainError):
    """A report covers two years at most; `days` is the limit."""

    code = "period_too_long"


class AlreadySigned(DomainError):
    """A signed report cannot change; request a new one."""

    code = "already_signed"
    status = 409


class NeverSigned(DomainError):
    """A report of this kind is shared as it is and cannot be signed."""

    code = "report_never_signed"
    status = 409


class NotForFamilies(DomainError):
    """A report of this kind is not for families."""

    code = "report_not_for_families"
    status = 409


class NotOfOneHome(DomainError):
    """The report names who reported what; a household is only given its own."""

    code = "report_not_of_one_home"
    status = 409


class NotSigned(DomainError):
    """Only a signed report can get an addendum; before that, change its text."""

    code = "report_not_signed"
    status = 409


@transaction.atomic
def ask_report(
    *,
    by: User,
    child: Child,
    kind: ReportKind = ReportKind.PROGRESS,
    period_from: dt.date | None = None,
    period_until: dt.date | None = None,
    narrative: str = "",
    addressee: str = "",
    question: str = "",
    family: Family | None = None,
    language: str = "",
    schedule: ReportSchedule | None = None,
    now: dt.datetime,
) -> Report:
    """A new report of a child over local days `period_from` to `period_until`; the worker makes it.

    Both are None for a kind that is about the day it is asked for, which is today at the clinic. `language`
    is that of the words written for it, else that of the home it is for (`family`). Raises Forbidden,
    PeriodTurnedRound, PeriodTooLong, and Invalid for a kind that cannot be asked for, or not for this home or
    these days, or for words it has no place for. One of a `schedule` is begun with the words that whoever
    asks by hand finds.
    """
    access.demand(policy.may_ask_report, by, child)
    if kind not in KINDS:
        raise Invalid(field="kind", allowed=[str(one) for one in KINDS])
    _demand_words(KINDS[kind], narrative=narrative, addressee=addressee, question=question)
    if family is not None and not KINDS[kind].may_be_for_home:
        raise Invalid(field="household", allowed="empty")
    if family is not None and not child.homes.filter(family=family).exists():
        raise Invalid(field="household", allowed="home_of_the_child")
    first, last = _days(KINDS[kind], period_from, period_until, today=local_day(now, child.clinic.zone))
    report = Report.objects.create(
        clinic_id=child.clinic_id,
        child=child,
        asked_by=by,
        asked_at=now,
        kind=kind,
        schedule=schedule,
        period_from=first,
        period_until=last,
        narrative=narrative,
        addressee=addressee,
        question=question,
        family=family,
        language=language or (family.locale if family else "en"),
    )
    audit.record(
        AuditCode.ASKED_REPORT, by=by, now=now, clinic_id=child.clinic_id, child=child, subject=report
    )
    jobs.enqueue(MAKE_REPORT, report_id=report.pk)
    return report


def _days(
    kind: Kind, first: dt.date | None, last: dt.date | None, *, today: dt.date
) -> tuple[dt.date, dt.date]:
    """The first and the last day it is about. Raises Invalid, PeriodTurnedRound, PeriodTooLong."""
    for field, day in (("period_from", first), ("period_until", last)):
        if kind.covers_days is (day is None):
            raise Invalid(field=field, allowed="needed" if kind.covers_days else "empty")
    if first is None or last is None:
        return today, today
    if last < first:
        raise PeriodTurnedRound(field="period_until")
    if last - first > LONGEST_PERIOD:
        raise PeriodTooLong(field="period_from", days=LONGEST_PERIOD.days)
    return first, last


def _demand_words(kind: Kind, **told: str) -> None:
    """Raises Invalid for words that the kind has no place for, or more than there is place for."""
    most = {
        "narrative": kind.longest_narrative if kind.has_words else 0,
        "addressee": LONGEST_ADDRESSEE if kind.has_addressee else 0,
        "question": LONGEST_QUESTION if kind.has_addressee else 0,
    }
    for field, words in told.items():
        if len(words) > most[field]:
            raise Invalid(field=field, allowed="characters", most=most[field])


def make_report(*, report_id: uuid.UUID) -> None:
    """Make the file of an asked report, as the person who asked: what they may not see is not in it.

    Harmless to run twice or at the same time: the row is claimed first. Progress is committed on the way, so
    that a page can show it. Access that ended in the meantime ends the report (`access_ended`).
    """
    report = making.claim(Report.objects.all(), report_id)
    if report is not None:
        making.make_file(report, partial(_drafted, report))


def _drafted(report: Report) -> Draft:
    written = _as_signed(report, report.content) if report.signed_at else None
    written = written or _read_anew(report)
    return Draft(report.kind, written, _kept_for_signing(report, written))


def _read_anew(report: Report) -> Written:
    with rls.acting_as(report.asked_by), transaction.atomic():
        child = access.fetch(Child.objects, report.asked_by, pk=report.child_id, may=policy.may_ask_report)
        if report.schedule_id and not report.narrative:
            report.narrative = kinds.begin(report, child=child, viewer=report.asked_by)
        return kinds.write(report, child=child, viewer=report.asked_by, now=rls.now())


def _as_signed(report: Report, kept: dict[str, Any] | None) -> Written | None:
    """What was read before it was signed, word for word, with the signature; None where it was not kept."""
    if kept is None:
        return None
    with (
        rls.acting_as(report.asked_by),
        transaction.atomic(),
        translation.override(writing.speaking(report.language)),
    ):
        signature = writing.signature(report)
    return Written({**kept["data"], "signature": signature}, kept["charts"], report.for_chart)


def _kept_for_signing(report: Report, written: Written) -> dict[str, Any]:
    if report.signed_at is not None or not kind_of(report).is_signed:
        return {"content": None}
    content = {"data": written.data, "charts": written.charts}
    return {"content": content, "for_chart": written.for_chart, "narrative": report.narrative}


def sweep_reports(*, now: dt.datetime) -> int:
    """How many reports were found whose message or worker was lost; each is asked again or given up."""
    return making.sweep(Report.objects.all(), MAKE_REPORT, now=now)


@transaction.atomic
def change_narrative(*, by: User, report: Report, narrative: str, now: dt.datetime) -> Report:
    """The same report with another narrative, to be made anew. Raises AlreadySigned, Forbidden."""
    access.demand(policy.may_sign_report, by, report)
    making.hold(report)
    if report.signed_at is not None:
        raise AlreadySigned
    _demand_words(kind_of(report), narrative=narrative)
    making.change(
        report, narrative=narrative, state=ReportState.ASKED, progress_percent=0, asked_at=now, asked_by=by
    )
    jobs.enqueue(MAKE_REPORT, report_id=report.pk)
    return report


@transaction.atomic
def make_again(*, by: User, report: Report, now: dt.datetime) -> Report:
    """A report whose making failed, asked for once more by `by`; a signature stays.

    Raises NotFailed, Forbidden.
    """
    access.demand(policy.may_sign_report, by, report)
    making.hold(report)
    if report.state != ReportState.FAILED:
        raise NotFailed
    asked = {} if report.signed_at else {"asked_by": by}
    making.change(report, state=ReportState.ASKED, failure_code="", progress_percent=0, asked_at=now, **asked)
    jobs.enqueue(MAKE_REPORT, report_id=report.pk)
    return report


@transaction.atomic
def sign_report(*, by: User, report: Report, now: dt.datetime) -> Report:
    """Sign what was read: the file is set once more with the signature, and nothing changes after that.

    Raises NeverSigned, AlreadySigned, NotReady, NotMade, Forbidden.
    """
    access.demand(policy.may_sign_report, by, report)
    if not kind_of(report).is_signed:
        raise NeverSigned
    making.hold(report)
    if report.signed_at is not None:
        raise AlreadySigned
    making.demand_ready(report)
    making.change(
        report, signed_by=by, signed_at=now, state=ReportState.ASKED, progress_percent=0, asked_at=now
    )
    audit.record(
        AuditCode.SIGNED_REPORT,
        by=by,
        now=now,
        clinic_id=report.clinic_id,
        child=report.child,
        subject=report,
    )
    jobs.enqueue(MAKE_REPORT, report_id=report.pk)
    return report


@transaction.atomic
def share_report(*, by: User, report: Report, now: dt.datetime) -> Report:
    """Let the child's guardians read a report, and tell them the first time.

    One made for a home is for the guardians there. Raises Forbidden, NotForFamilies, NotOfOneHome, NotMade,
    or NotReady while it is not made, and signed where its kind is.
    """
    access.demand(policy.may_sign_report, by, report)
    kind = kind_of(report)
    if not kind.is_for_family:
        raise NotForFamilies
    if not kind.may_be_shared(report):
        raise NotOfOneHome
    making.hold(report)
    making.demand_ready(report)
    if kind.is_signed and report.signed_at is None:
        raise NotReady
    if report.shared_at is None:
        tell(
            kind=NoticeKind.REPORT_SHARED,
            clinic_id=report.clinic_id,
            child_id=report.child_id,
            subject_id=report.pk,
            by=by,
            now=now,
        )
    making.change(report, shared_at=now)
    return report


@transaction.atomic
def add_to_report(
    *, by: User, report: Report, words: str, language: str = "", now: dt.datetime
) -> ReportAddendum:
    """Something added to a signed report, under the name of `by`; the signed file stays as it is.

    Raises Forbidden, NotSigned, and Invalid for no words at all.
    """
    access.demand(policy.may_sign_report, by, report)
    words = words.strip()
    if not words:
        raise Invalid(field="words", allowed="text")
    making.hold(report)
    if report.signed_at is None:
        raise NotSigned
    addendum = ReportAddendum.objects.create(
        clinic_id=report.clinic_id,
        report=report,
        child_id=report.child_id,
        words=words,
        language=written_in(language, by),
        written_by=by,
        written_at=now,
    )
    audit.record(
        AuditCode.ADDED_TO_REPORT,
        by=by,
        now=now,
        clinic_id=report.clinic_id,
        child=report.child,
        subject=report,
    )
    return addendum


def open_report(*, by: User, report: Report, now: dt.datetime) -> bytes:
    """The file, to somebody who may take it away now.

    Raises Forbidden, NotReady, NotMade, and FileAltered where the file is gone or not the one that was made.
    """
    access.demand(policy.may_download_report, by, report)
    data = making.content(report)
    audit.record(
        AuditCode.DOWNLOADED_REPORT,
        by=by,
        now=now,
        clinic_id=report.clinic_id,
        child=report.child,
        subject=report,
    )
    return data


def open_addenda(*, by: User, report: Report, now: dt.datetime) -> bytes:
    """What was added to a report, as a file made when it is asked for. Raises Forbidden, Unseen for none."""
    access.demand(policy.may_download_report, by, report)
    added = ReportAddendum.objects.visible_to(by).filter(report=report).select_related("written_by")
    rows = list(added.order_by("written_at", "id"))
    if not rows:
        raise Unseen
    audit.record(
        AuditCode.DOWNLOADED_REPORT,
        by=by,
        now=now,
        clinic_id=report.clinic_id,
        child=report.child,
        subject=report,
        detail="addenda",
    )
    with translation.override(writing.speaking(report.language)):
        written = addenda.write(report, rows, now=now)
    return pdf.compile_pdf("addenda", written.data, charts=written.charts)
