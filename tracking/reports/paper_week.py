"""The paper week as a PDF: the same boxes as the printed page, to be typed in the same way."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clinic.models import Child, User
from clinic.vocabulary import GrantKind
from tracking.models import Report
from tracking.readings.paper import PaperDay, PaperSlot, PaperWeek, paper_week
from tracking.reports import writing
from tracking.reports.writing import Written
from tracking.vocabulary.programs import Anchor, SessionOutcome
from tracking.vocabulary.touch import Stimulus
from tracking.wording import concerns, labels


def write(report: Report, *, child: Child, viewer: User, now: dt.datetime) -> Written:  # noqa: ARG001  # as all
    """The seven days from the report's first on, at the report's home or wherever the child is.

    The child is called as whoever cares for it knows it: by first name alone.
    """
    week = paper_week(
        child,
        report.family,
        first=report.period_from,
        language=report.language,
        with_words=True,
        grant=GrantKind.CAREGIVER,
    )
    title = _("%(name)s’s week") % {"name": week.child_name}
    return Written(
        {
            **writing.sheet(report, child, title=title, now=now),
            "period": writing.days(week.first, week.last),
            "is_draft": False,
            "how": _how(week),
            "states": [labels.tile(type(code), code.value) for code in week.states]
            if week.most_slots and week.asks_states
            else [],
            "days": [_day(day, week) for day in week.days],
            "say": [
                {"name": step.name, "words": step.words, "language": step.words_language}
                for step in week.words_to_say
            ],
            "safe_sleep": week.routine.safe_sleep_line if week.routine else "",
            "emergency": concerns.call(child.clinic.emergency_number),
            "words": _words(),
        }
    )


def _how(week: PaperWeek) -> list[str]:
    if not week.most_slots:
        return [_("No massage is asked for in this week. What happens all the same may be written down.")]
    told = [
        _(
            "Tick what fits. Stopping because %(name)s has had enough is good care, and it counts. “Not "
            "today” is an answer too."
        )
        % {"name": week.child_name}
    ]
    if week.minutes:
        about = ngettext("About %(minutes)d minute.", "About %(minutes)d minutes.", week.minutes)
        told.append(about % {"minutes": week.minutes})
    return told


def _day(day: PaperDay, week: PaperWeek) -> dict[str, Any]:
    return {
        "weekday": formats.date_format(day.on, "l"),
        "date": formats.date_format(day.on, "MONTH_DAY_FORMAT"),
        "is_here": day.is_here,
        "slots": [_slot(slot) for slot in day.slots],
        "boxes": [labels.tile(SessionOutcome, code) for code in SessionOutcome],
        "asks_bedtime": day.asks_bedtime,
        "states": _states(day),
        "touches": [
            {"name": one.label or labels.label(Stimulus, one.stimulus), "language": one.language}
            for one in week.touches
        ],
    }


def _slot(slot: PaperSlot) -> str:
    if not slot.anchor:
        return _("Massage")
    name = slot.anchor_name or labels.label(Anchor, slot.anchor)
    if slot.clock_time is None:
        return name
    return _("%(anchor)s, %(time)s") % {
        "anchor": name,
        "time": formats.time_format(slot.clock_time, "TIME_FORMAT"),
    }


def _states(day: PaperDay) -> list[str]:
    """What the gaps for states are called: before and after, or one of them."""
    asked = [(day.asks_state_before, _("before")), (day.asks_state_after, _("after"))]
    return [words for is_asked, words in asked if is_asked]


def _words() -> dict[str, str]:
    return {
        "states": _("The state before and after, by its number:"),
        "elsewhere": _("At the other home"),
        "minutes": _("min."),
        "in_bed": _("in bed at"),
        "asleep": _("asleep at"),
        "came_up": _("came up"),
        "did_not": _("did not"),
        "saw": _("What we saw:"),
        "say": _("Words to say"),
    }
