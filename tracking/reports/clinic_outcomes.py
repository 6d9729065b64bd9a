"""The PDF of a clinic's month, from the stored rows its page shows."""

from __future__ import annotations

import datetime as dt

from django.utils import formats
from django.utils.translation import gettext as _

from clinic.models import Clinic
from tracking.readings.clinic_outcomes import ClinicOutcomes
from tracking.reports.pictures.clinic import of_month, of_weeks
from tracking.reports.writing import Written, clinic_sheet


def write(clinic: Clinic, read: ClinicOutcomes, *, now: dt.datetime) -> Written:
    """The content, in the active language; without a month only the weeks."""
    drawn = [of_weeks(read.weeks)]
    period = _("no month yet")
    if read.month is not None:
        drawn = [*of_month(read.month), *drawn]
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
    """What the figures are, and what they do not show."""
    return _(
        "Counts of children, never of fewer than five: a smaller group is counted together with its neighbor."
        " Nobody is named, and therapists, families and homes are not compared."
    )
