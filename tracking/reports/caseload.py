"""A therapist's caseload as a PDF or as CSV.

The CSV is made on request, as its reader may read it, and not stored. The PDF is a report (`ClinicReport`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _

from clinic import access, audit
from clinic.localtime import local_day
from clinic.models import Clinic, User
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.readings.caseload import CaseloadRow, Sort, caseload
from tracking.reports.spreadsheets import BYTE_ORDER_MARK, line
from tracking.reports.writing import Written, clinic_sheet, date
from tracking.vocabulary.concerns import FlagCode
from tracking.vocabulary.outcomes import DayState
from tracking.wording import ages, labels

OFFERED = frozenset({DayState.DONE, DayState.STOPPED, DayState.DECLINED})
ASKED = OFFERED | {DayState.NOT_TODAY, DayState.NO_RECORD}


def write(by: User, clinic: Clinic, rows: Sequence[CaseloadRow], *, now: dt.datetime) -> Written:
    """What the paper says of children whose rows `treated` read, in the language that is active."""
    today = local_day(now, clinic.zone)
    return Written(
        {
            **clinic_sheet(clinic, title=_("Caseload"), period=date(today), now=now),
            "whose": by.name,
            "columns": _columns(),
            "rows": [_cells(row, today) for row in rows],
            "empty": _("You are on no child’s care team."),
            "note": _(
                "Offered: of the last fourteen days on which a massage was asked for, those on which one was"
                " begun or declined. Next review: the last day of the program, or now where somebody was to"
                " look again."
            ),
        }
    )


def take_caseload_csv(*, by: User, clinic: Clinic, now: dt.datetime) -> Iterator[str]:
    """The list as lines of CSV, which the audit tells. Raises Forbidden."""
    rows = treated(by, clinic, now=now)
    audit.record(AuditCode.EXPORTED_CASELOAD, by=by, now=now, clinic_id=clinic.pk)
    today = local_day(now, clinic.zone)
    return iter([BYTE_ORDER_MARK + line(_columns()), *(line(_cells(row, today)) for row in rows)])


def treated(by: User, clinic: Clinic, *, now: dt.datetime) -> tuple[CaseloadRow, ...]:
    """The children that `by` treats, by name. Raises Forbidden."""
    access.demand(policy.may_take_caseload, by, clinic)
    return caseload(by, clinic, now=now, sort=Sort.NAME, of_team=True).rows


def _columns() -> list[str]:
    return [
        _("Child"),
        _("Age"),
        _("Program"),
        _("Last entry"),
        _("Offered, last 14 days"),
        _("Open flags"),
        _("Next review"),
    ]


def _cells(row: CaseloadRow, today: dt.date) -> list[str]:
    last_entry = None if row.days_since_entry is None else today - dt.timedelta(days=row.days_since_entry)
    asked = [day for day in row.strip if day.state in ASKED]
    offered = sum(day.state in OFFERED for day in asked)
    return [
        f"{row.first_name} {row.last_name}".strip(),
        ages.age(row.ages),
        _program(row),
        date(last_entry) if last_entry else _("none yet"),
        _("%(count)s of %(of)s days") % {"count": offered, "of": len(asked)} if asked else "–",
        ", ".join(labels.tile(FlagCode, flag.code) for flag in row.flags) or "–",
        _review(row),
    ]


def _program(row: CaseloadRow) -> str:
    if row.plan is None:
        return _("none yet")
    if row.week is None:
        return f"{row.plan.title}, " + _("not begun")
    if row.weeks_in_all is None:
        return f"{row.plan.title}, " + _("week %(week)s") % {"week": row.week}
    return f"{row.plan.title}, " + _("week %(week)s of %(weeks)s") % {
        "week": row.week,
        "weeks": row.weeks_in_all,
    }


def _review(row: CaseloadRow) -> str:
    if row.is_follow_up_due:
        return _("now")
    return date(row.plan.last_on) if row.plan and row.plan.last_on else "–"
