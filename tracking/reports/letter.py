"""The letter to a professional, on one page: first the question, then what was done and reported.

It says that it rests on one family's diary. "Not asked" is never written as "none reported".
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clinic.ages import Ages
from clinic.localtime import local_wall
from clinic.models import Child, User
from tracking.alongside import Side
from tracking.models import Report
from tracking.readings.change import GoalChange, measured_progress
from tracking.readings.goals import attainment_of
from tracking.readings.progress import Progress
from tracking.readings.told_beside import Asked, ToldBeside, told_beside
from tracking.reports import standing
from tracking.reports.goals import assessed_by, signed_goals
from tracking.reports.progress import dose, offered, routine_on, with_therapist
from tracking.reports.writing import Written, date, full_name, own_words, plain, sheet, with_credentials
from tracking.sleep import AtLeast, at_face
from tracking.vocabulary.concerns import ConcernKind
from tracking.vocabulary.outcomes import Judgement, Outcome
from tracking.wording import ages as age_words
from tracking.wording import labels
from tracking.wording.change import found, unit
from tracking.wording.numbers import median_in_words, number

LONGEST_NARRATIVE = 900
"""In characters: more would not leave it one page."""


def write(report: Report, *, child: Child, viewer: User, now: dt.datetime) -> Written:
    """What the days of the report tell, in the order in which a busy reader asks for it."""
    read, changes = measured_progress(viewer, child, first=report.period_from, last=report.period_until)
    beside = told_beside(viewer, child, read)
    title = _("About %(name)s") % {"name": full_name(child)}
    data = {
        **sheet(report, child, title=title, now=now),
        **own_words(report),
        "addressee": report.addressee,
        "day": date(local_wall(now, child.clinic.zone).date()),
        "facts": _identifiers(child, child.ages_on(report.period_until), report),
        "question": report.question.strip() or _("No question: this is for your information."),
        "done": _done(child, read, beside, on=report.period_until),
        "outcome": _outcome(changes[0]) if changes else None,
        "goals": _goals(child, viewer, read, until=report.period_until),
        "no_outcome": _("No outcome was named to be measured."),
        "safety": _safety(beside),
        "other": [_illness(beside.illness), _medicines(beside.medicines)],
        "closing": _("Parent-reported, unblinded, one child; no cause shown."),
        "unsigned": _("A draft: not signed yet."),
        "words": {
            "to": _("To"),
            "question": _("Our question to you"),
            "done": _("What was offered and done"),
            "outcome": _("What changed alongside"),
            "goals": _("Goals"),
            "before": _("Before"),
            "since": _("Since it began"),
            "safety": _("Safety"),
            "other": _("Illness and medicines"),
        },
    }
    outcome = data["outcome"]
    told = [
        f"{data['words']['question']}: {data['question']}",
        *data["narrative"],
        *data["done"],
        *(_row_in_words(row) for row in (outcome["rows"] if outcome else ())),
        *(outcome["said"] if outcome else [data["no_outcome"]]),
        *([data["goals"]] if data["goals"] else []),
        *data["other"],
    ]
    heading = ", ".join(fact["value"] for fact in data["facts"])
    return Written(data, for_chart=plain(heading, told, [*data["safety"], data["closing"]]))


def _identifiers(child: Child, ages: Ages, report: Report) -> list[dict[str, str]]:
    corrected = age_words.corrected_age(ages)
    if not corrected:
        left = age_words.before_due_date(ages)
        corrected = _("%(time)s before the due date") % {"time": left} if left else ""
    if not corrected:
        corrected = age_words.age_warning(ages) or _("not corrected: born at term")
    facts = [
        (_("Name"), full_name(child)),
        (_("Born"), date(child.born_on)),
        (_("Age"), _("%(age)s old") % {"age": age_words.chronological_age(ages)}),
        (_("Corrected age"), corrected),
        (_("Period"), f"{date(report.period_from)} – {date(report.period_until)}"),
        (_("From"), with_credentials(report.asked_by, report)),
    ]
    return [{"label": label, "value": value} for label, value in facts]


def _done(child: Child, read: Progress, beside: ToldBeside, *, on: dt.date) -> list[str]:
    prescribed = routine_on(child, read, on=on)
    told = [prescribed.prescription] if prescribed and prescribed.prescription else []
    told.append(offered(read) or _("No massage was planned in this period."))
    if read.exposure is not None and read.exposure.is_prescribed:
        told += dose(read.exposure)
    told += with_therapist(read)
    by = ngettext(
        "Told by %(count)d person who cares for the child; nobody else watched.",
        "Told by %(count)d people who care for the child; nobody else watched.",
        beside.teller_count,
    )
    told.append(by % {"count": beside.teller_count} if beside.teller_count else _("Nothing was told."))
    return told


def _outcome(one: GoalChange) -> dict[str, Any]:
    """The primary outcome: median and range of both sides where there are enough values, and what is said."""
    said = one.change.said
    days = _("Nights told") if one.outcome.is_nightly else _("Days with an entry")
    rows = [
        {
            "label": _("Median, %(unit)s") % {"unit": unit(one.outcome)},
            "before": _median(said.before),
            "since": _median(said.since),
        },
        {"label": _("Range"), "before": _range(said.before), "since": _range(said.since)},
        {"label": days, "before": _days(said.before), "since": _days(said.since)},
    ]
    return {
        "title": labels.label(Outcome, one.outcome),
        "rows": [] if said.judgement is Judgement.REFUSED else rows,
        "said": found(said),
    }


def _goals(child: Child, viewer: User, read: Progress, *, until: dt.date) -> str:
    """In one line: where the goals are, by their T scores too where both are defined, and COPM; or empty."""
    goals = signed_goals(viewer, child, until=until)
    assessed = assessed_by(viewer, child, read.sight, until=until)
    attained = attainment_of(goals)
    told = [standing.t_scores_in_words(attained)] if attained else []
    return " ".join(part for part in (standing.in_a_sentence(goals, assessed), *told) if part)


def _median(side: Side) -> str:
    return median_in_words(side.typical.median if side.typical else None)


def _range(side: Side) -> str:
    if side.span is None:
        return "–"
    least, most = side.span
    told = {"least": median_in_words(least), "most": number(at_face(most))}
    if isinstance(most, AtLeast):
        return _("%(least)s to %(most)s or more") % told
    return _("%(least)s to %(most)s") % told


def _days(side: Side) -> str:
    return _("%(count)d of %(of)d") % {"count": side.told_days, "of": side.asked_days}


def _row_in_words(row: dict[str, str]) -> str:
    told = _("%(what)s: before %(before)s, since %(since)s.")
    return told % {"what": row["label"], "before": row["before"], "since": row["since"]}


def _safety(beside: ToldBeside) -> list[str]:
    """What worried somebody, and distress afterwards: none is told apart from what nobody was asked."""
    told = [
        _("%(what)s (%(count)d)") % {"what": labels.label(ConcernKind, kind), "count": count}
        for kind, count in beside.concerns.items()
    ]
    said = labels.listed(told) if told else _("none reported")
    return [
        _("Concerns, which families tell unasked: %(said)s.") % {"said": said},
        _("Crying after a massage: %(said)s.") % {"said": _said(beside.distress, _of_massages)},
    ]


def _illness(asked: Asked) -> str:
    return _("Illness: %(said)s.") % {"said": _said(asked, _of_nights)}


def _medicines(asked: Asked) -> str:
    return _("Medicines, or a change of them: %(said)s.") % {"said": _said(asked, _of_nights)}


def _said(asked: Asked, counted: Callable[[Asked], str]) -> str:
    """How often it was so; none only where somebody was asked and answered."""
    if not asked.is_asked:
        return _("not asked")
    if not asked.told_count:
        return _("asked, not answered")
    return counted(asked)


def _of_massages(asked: Asked) -> str:
    if not asked.yes_count:
        said = ngettext(
            "none reported in %(of)d massage told of",
            "none reported in %(of)d massages told of",
            asked.told_count,
        )
        return said % {"of": asked.told_count}
    said = ngettext(
        "%(count)d of %(of)d massage told of", "%(count)d of %(of)d massages told of", asked.told_count
    )
    return said % {"count": asked.yes_count, "of": asked.told_count}


def _of_nights(asked: Asked) -> str:
    if not asked.yes_count:
        said = ngettext(
            "none reported on %(of)d night told of",
            "none reported on %(of)d nights told of",
            asked.told_count,
        )
        return said % {"of": asked.told_count}
    said = ngettext(
        "on %(count)d of %(of)d night told of", "on %(count)d of %(of)d nights told of", asked.told_count
    )
    return said % {"count": asked.yes_count, "of": asked.told_count}
