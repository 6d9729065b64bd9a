"""A clinic's month on paper, as its page tells it: made when it is asked for, of rows that stay."""

from __future__ import annotations

import datetime as dt

from django.utils import formats
from django.utils.translation import gettext as _

from clinic import access, audit
from clinic.errors import Unseen
from clinic.localtime import local_day
from clinic.models import Clinic, User
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.readings.clinic_outcomes import ClinicOutcomes, clinic_outcomes
from tracking.reports import clinic_drawing, pdf
from tracking.reports.writing import Written, clinic_sheet


def take_clinic_outcomes(*, by: User, clinic: Clinic, month_on: dt.date | None, now: dt.datetime) -> bytes:
    """The PDF of a month, None: the latest, for somebody who takes it away, which the audit tells.

    Raises Forbidden, and Unseen for a month that was not made.
    """
    access.demand(policy.may_view_clinic_figures, by, clinic)
    read = clinic_outcomes(clinic, today=local_day(now, clinic.zone), month_on=month_on)
    if read.month is None and month_on is not None:
        raise Unseen
    audit.record(AuditCode.EXPORTED_FIGURES, by=by, now=now, clinic_id=clinic.pk)
    written = write(clinic, read, now=now)
    return pdf.compile_pdf("clinic_outcomes", written.data, charts=written.charts)


def write(clinic: Clinic, read: ClinicOutcomes, *, now: dt.datetime) -> Written:
    """What the paper says, in the language that is active; without a month what was told by week."""
    drawn = [clinic_drawing.weeks(read.weeks)]
    period = _("no month yet")
    if read.month is not None:
        drawn = [*clinic_drawing.of_month(read.month), *drawn]
        period = formats.date_format(read.month.month_on, "YEAR_MONTH_FORMAT")
    return Written(
        data={
            **clinic_sheet(clinic, title=_("Outcomes of the clinic"), period=period, now=now),
            "lead": lead(),
            "parts": [
                {
                    "name": one.name,
                    "title": one.title,
                    "words": one.words,
                    "note": one.note,
                    "columns": one.columns,
                    "rows": one.rows,
                }
                for one in drawn
            ],
        },
        charts={one.name: one.chart for one in drawn if one.chart is not None},
    )


def lead() -> str:
    """What is told here, and of whom nothing is."""
    return _(
        "Counts of children, never of fewer than five: a smaller group stands with its neighbor. Nobody is"
        " named, and neither therapists nor families nor homes are compared."
    )
