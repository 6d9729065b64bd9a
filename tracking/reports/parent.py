"""The report for the family: plain words and days; no statistics, and never why anything changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clinic.models import Child, User
from tracking.models import Goal, Report
from tracking.readings.change import GoalChange, measured_progress
from tracking.readings.progress import Progress
from tracking.readings.routine import Routine
from tracking.reports import signs
from tracking.reports.progress import ended_early, offered, routine_on
from tracking.reports.writing import Written, full_name, own_words, paragraphs, plain, sheet
from tracking.vocabulary.outcomes import Outcome
from tracking.vocabulary.programs import SessionOutcome
from tracking.wording import labels
from tracking.wording.change import for_family


def write(report: Report, *, child: Child, viewer: User, now: dt.datetime) -> Written:
    """What the family did and how it went, as their corner says it, after the words of the therapist."""
    read, changes = measured_progress(viewer, child, first=report.period_from, last=report.period_until)
    prescribed = routine_on(child, read, on=report.period_until)
    title = _("How it went: %(name)s") % {"name": full_name(child)}
    signs_noted = signs.lines(read.signs)
    data = {
        **sheet(report, child, title=title, now=now),
        **own_words(report),
        "done": _done(read),
        "changes": [_change(one) for one in changes],
        "goals": _goals(child, until=report.period_until),
        "signs": [
            {"words": one.words, "language": one.language, "asks_for": one.asks_for} for one in signs_noted
        ],
        "cautions": [*_cautions(), *_safe_sleep(prescribed)],
        "words": {
            "done": _("What you did"),
            "changes": _("What changed alongside"),
            "goals": _("What you hope for"),
            "signs": _("What %(name)s says without words") % {"name": child.first_name},
            "reading": _("How to read this"),
        },
    }
    told = paragraphs(report.narrative) or [
        *data["done"],
        *(" ".join(one["said"]) for one in data["changes"]),
    ]
    return Written(data, for_chart=plain(f"{title}, {data['period']}", told, _cautions()[:1]))


def begin(viewer: User, child: Child, *, first: dt.date, last: dt.date) -> str:
    """What was done and what changed alongside, in the words families read."""
    read, changes = measured_progress(viewer, child, first=first, last=last)
    told = [" ".join(_done(read)), *(" ".join(_told(one)) for one in changes)]
    return "\n\n".join(paragraph for paragraph in told if paragraph)


def _done(read: Progress) -> list[str]:
    told = [offered(read)] if read.offered_days.of else []
    stopped = read.outcome_counts.get(SessionOutcome.STOPPED, 0)
    declined = read.outcome_counts.get(SessionOutcome.DECLINED, 0)
    if stopped or declined:
        told.append(ended_early(stopped, declined))
    days = read.days_with_entry
    sentence = ngettext(
        "Something was written down on %(count)d of %(of)d day.",
        "Something was written down on %(count)d of %(of)d days.",
        days.of,
    )
    return [*told, sentence % {"count": days.count, "of": days.of}]


def _change(one: GoalChange) -> dict[str, Any]:
    return {
        "goal": one.title,
        "language": one.language,
        "said": list(for_family(one.change.said)),
        "title": labels.label(Outcome, one.outcome),
    }


def _told(one: GoalChange) -> Sequence[str]:
    return [f"{labels.label(Outcome, one.outcome)}.", *for_family(one.change.said)]


def _goals(child: Child, *, until: dt.date) -> list[dict[str, str]]:
    """Each open goal and where it is now, in the words of its own ladder."""
    goals = Goal.objects.signed().filter(child=child, is_open=True).prefetch_related("ratings")
    found = []
    for goal in goals.order_by("set_on", "id"):
        rated = sorted(
            (one for one in goal.ratings.all() if one.on <= until), key=lambda one: (one.on, one.id)
        )
        level = rated[-1].level if rated else goal.baseline_level
        found.append(
            {
                "title": goal.title,
                "language": goal.language,
                "own_words": goal.own_words,
                "own_words_language": goal.own_words_language,
                "now_label": _("Now:"),
                "now": goal.ladder[level + 2],
            }
        )
    return found


def _safe_sleep(prescribed: Routine | None) -> list[str]:
    return [prescribed.safe_sleep_line] if prescribed and prescribed.safe_sleep_line else []


def _cautions() -> list[str]:
    return [
        _("This is your own diary. It can show what changed alongside the massages, never why."),
        _("A day without a note is not a day without a massage. Nobody has to write every day."),
    ]
