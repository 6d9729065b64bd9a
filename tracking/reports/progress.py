"""The content of a progress report, as data for its template.

Everything is read as the person who asked may read it. Sentences are complete here; the template only lays
them out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clinic.models import Child, User
from tracking.adherence import Adherence
from tracking.models import HomeProgram, Report
from tracking.readings.change import GoalChange, measured_progress
from tracking.readings.charts import charts_of
from tracking.readings.progress import Progress
from tracking.readings.routine import Routine, routine
from tracking.readings.teaching import teaching_for
from tracking.reports import signs, standing
from tracking.reports.goals import assessed_by, in_levels, in_totals, signed_goals
from tracking.reports.pictures import days
from tracking.reports.pictures.chosen import chosen_pictures
from tracking.reports.pictures.ladders import laddered
from tracking.reports.pictures.phases import (
    of_change,
    of_latency,
    of_touch,
    said_of_no_goal,
    silences_in_words,
)
from tracking.reports.pictures.picture import Picture
from tracking.reports.pictures.weeks import n_of_n, of_weeks, weeks_words
from tracking.reports.writing import (
    Written,
    date,
    full_name,
    own_words,
    paragraphs,
    plain,
    sheet,
    with_credentials,
)
from tracking.vocabulary.cues import CueMoment
from tracking.vocabulary.outcomes import Outcome
from tracking.vocabulary.programs import SessionOutcome
from tracking.wording import ages, labels
from tracking.wording.change import for_team, logged_late


def write(report: Report, *, child: Child, viewer: User, now: dt.datetime) -> Written:
    """The child's record over the days of the report, with the words of whoever asked before it."""
    read, changes = measured_progress(viewer, child, first=report.period_from, last=report.period_until)
    return _written(report, child, viewer, read, changes, now)


def begin(viewer: User, child: Child, *, first: dt.date, last: dt.date) -> str:
    """As `first_draft`, of the record as `viewer` may read it."""
    return first_draft(*measured_progress(viewer, child, first=first, last=last))


def first_draft(read: Progress, changes: Sequence[GoalChange]) -> str:
    """A narrative to begin from: what was offered and what changed alongside, for the therapist to edit.

    What goals are measured by is said as on the child's page, other series by their medians alone.
    """
    measured = [
        " ".join([f"{labels.label(Outcome, one.outcome)}.", *for_team(one.change.said)]) for one in changes
    ]
    others = [
        " ".join(_of_no_goal(read, changes, outcome))
        for outcome in (Outcome.SLEEP_LATENCY, Outcome.TOUCH_INTENSITY)
    ]
    told = [offered(read), *measured, *others]
    return "\n\n".join(paragraph for paragraph in told if paragraph)


def _written(
    report: Report,
    child: Child,
    viewer: User,
    read: Progress,
    changes: Sequence[GoalChange],
    now: dt.datetime,
) -> Written:
    prescribed = routine_on(child, read, on=report.period_until)
    goals = signed_goals(viewer, child, until=report.period_until)
    assessed = assessed_by(viewer, child, read.sight, until=report.period_until)
    series = _of_series(read, changes)
    ladders = [laddered(one, child.clinic.zone) for one in goals]
    of_days = [one for one in (days.fortnight(read), days.calendar(read)) if one is not None]
    chosen = chosen_pictures(charts_of(child), read, goals=ladders)
    drawn = [*series, *of_days, *chosen]
    data = {
        **sheet(report, child, title=_("Progress report: %(name)s") % {"name": full_name(child)}, now=now),
        "facts": _facts(report, child),
        **own_words(report),
        "prescription": [prescribed.prescription]
        if prescribed and prescribed.prescription
        else [_("No program was prescribed in this period.")],
        "steps": [step.name for step in prescribed.steps] if prescribed else [],
        "done": done(read),
        "signs": [asdict(line) for line in signs.lines(read.signs)],
        "signs_told": signs.sentences(read.signs),
        "changes": [_change(one, name) for name, one in zip(_change_names(changes), changes, strict=True)],
        "days": [_picture(one) for one in of_days],
        "pictures": [_picture(one) for one in chosen],
        "sleep": _of_no_goal(read, changes, Outcome.SLEEP_LATENCY),
        "touch": _of_no_goal(read, changes, Outcome.TOUCH_INTENSITY),
        "goals": [in_levels(one) for one in goals],
        "together": standing.together(goals),
        "assessments": [in_totals(one) for one in assessed],
        "no_diagnosis": str(standing.NO_DIAGNOSIS),
        "cautions": _cautions(read, prescribed),
        "words": _headings(child),
        "alt": {one.name: one.words for one in series},
        "captions": {"signs": signs.note()} | {one.name: one.note for one in series},
        "tables": [_table(one) for one in drawn],
    }
    charts = {one.name: one.specification for one in drawn}
    said = [" ".join([f"{one['title']}.", *one["said"]]) for one in data["changes"]]
    told = paragraphs(report.narrative) or [*data["done"], *said, *data["sleep"], *data["touch"]]
    told += [standing.in_a_sentence(goals, assessed)]
    return Written(data, charts, plain(f"{data['title']}, {data['period']}", told, data["cautions"][:1]))


def _change_names(changes: Sequence[GoalChange]) -> list[str]:
    """What the pictures of the goals' outcomes are called."""
    return [f"change-{number}" for number in range(1, len(changes) + 1)]


def _change(seen: GoalChange, name: str) -> dict[str, Any]:
    """What a goal is measured by, in the sentences of the child's page."""
    said = seen.change.said
    sentences = for_team(said)
    title = labels.label(Outcome, seen.outcome)
    return {
        "goal": seen.title,
        "language": seen.language,
        "title": title,
        "said": [*sentences, *([late] if (late := logged_late(said)) else [])],
        "chart": name,
    }


def _of_series(read: Progress, changes: Sequence[GoalChange]) -> list[Picture]:
    """The pictures every child has; a series that a goal is measured by is not drawn a second time."""
    measured = {one.outcome for one in changes}
    drawn = [
        of_weeks(read),
        *(of_change(one, name, read) for one, name in zip(changes, _change_names(changes), strict=True)),
        None if Outcome.SLEEP_LATENCY in measured else of_latency(read),
        None if Outcome.TOUCH_INTENSITY in measured else of_touch(read),
    ]
    return [one for one in drawn if one is not None]


def routine_on(child: Child, read: Progress, *, on: dt.date) -> Routine | None:
    """The program as it was prescribed on a day; None before the first."""
    if read.plan is None:
        return None
    program = HomeProgram.objects.select_related("current_version").get(pk=read.plan.program_id)
    language = translation.get_language() or "en"
    return routine(program, child, teaching=teaching_for(child), on=on, language=language)


def _facts(report: Report, child: Child) -> list[dict[str, str]]:
    facts = [{"label": _("Age"), "value": ages.age(child.ages_on(report.period_until))}]
    facts.append({"label": _("Born"), "value": date(child.born_on)})
    facts.append({"label": _("Written by"), "value": with_credentials(report.asked_by, report)})
    days = (report.period_until - report.period_from).days + 1
    facts.append(
        {"label": _("Period"), "value": ngettext("%(days)d day", "%(days)d days", days) % {"days": days}}
    )
    return facts


def offered(read: Progress) -> str:
    """On how many of the days that asked for it a massage was offered; empty where none did."""
    if read.offered_days.of == 0:
        return ""
    return _("A massage was offered on %(count)d of the %(of)d days it was planned for.") % {
        "count": read.offered_days.count,
        "of": read.offered_days.of,
    }


def done(read: Progress) -> list[str]:
    sentences = [offered(read) or _("No massage was planned in this period.")]
    stopped = read.outcome_counts.get(SessionOutcome.STOPPED, 0)
    declined = read.outcome_counts.get(SessionOutcome.DECLINED, 0)
    if stopped or declined:
        sentences.append(ended_early(stopped, declined))
    exposure = read.exposure
    if exposure is not None and exposure.is_prescribed:
        # In counts: families read this paper too, and are never shown a percentage.
        sentences.append(weeks_words(read))
        sentences += dose(exposure)
    sentences += with_therapist(read)
    if read.target_states is not None and read.target_states.known_count:
        sentences.append(
            _("%(reached)d of %(known)d massages with a state recorded ended in a target state.")
            % {"reached": read.target_states.reached_count, "known": read.target_states.known_count}
        )
        sentences += silences_in_words(read.target_states)
    return sentences


def ended_early(stopped: int, declined: int) -> str:
    """That massages ended early, and that this is good care."""
    told = []
    if stopped:
        words = ngettext(
            "%(count)d massage was stopped early.", "%(count)d massages were stopped early.", stopped
        )
        told.append(words % {"count": stopped})
    if declined:
        words = ngettext(
            "%(count)d was declined by the child.", "%(count)d were declined by the child.", declined
        )
        told.append(words % {"count": declined})
    told.append(_("Stopping when a child has had enough is good care and counts as offered."))
    return " ".join(told)


def with_therapist(read: Progress) -> list[str]:
    """What the therapist gave by a schedule of their own: beside the family's, never against it."""
    theirs = read.with_therapist
    if theirs is None or not theirs.is_prescribed:
        return []
    said = _("With the therapist: %(offered)s of %(prescribed)s prescribed sessions so far.")
    return [" ".join([said % n_of_n(theirs), *timed(theirs)])]


def dose(exposure: Adherence) -> list[str]:
    """The minutes of what was timed, always with what was not."""
    days = {"days": exposure.days_with_entry, "of": exposure.eligible_days}
    return [" ".join([*timed(exposure), _("Entries on %(days)d of %(of)d days.") % days])]


def timed(exposure: Adherence) -> list[str]:
    told = []
    if exposure.timed_count:
        words = ngettext(
            "%(minutes)d minutes in %(count)d timed session.",
            "%(minutes)d minutes in %(count)d timed sessions.",
            exposure.timed_count,
        )
        told.append(words % {"minutes": round(exposure.dose_minutes), "count": exposure.timed_count})
    if exposure.untimed_count:
        words = ngettext(
            "%(count)d session was not timed.", "%(count)d sessions were not timed.", exposure.untimed_count
        )
        told.append(words % {"count": exposure.untimed_count})
    return told


def _of_no_goal(read: Progress, changes: Sequence[GoalChange], outcome: Outcome) -> list[str]:
    """An outcome without a claim, by the rules of those that goals are measured by; empty where one is."""
    if any(one.outcome is outcome for one in changes):
        return []
    return said_of_no_goal(read, outcome)


def _picture(picture: Picture) -> dict[str, Any]:
    """A picture as the paper sets it: without who told it, since both homes may read this."""
    return {
        "chart": picture.name,
        "title": picture.title,
        "language": picture.language,
        "alt": picture.words,
        "caption": picture.note,
        "is_narrow": picture.specification["width"] != "container",
    }


def _table(picture: Picture) -> dict[str, Any]:
    """The numbers behind a picture, for those who cannot see it."""
    return {
        "title": picture.title,
        "language": picture.language,
        "columns": picture.table.columns,
        "rows": [[str(cell) for cell in row] for row in picture.table.rows],
    }


def _cautions(read: Progress, prescribed: Routine | None) -> list[str]:
    safe_sleep = prescribed.safe_sleep_line if prescribed else ""
    return [
        _(
            "This is one family's diary, told by those who did it. It can show what changed alongside the "
            "program, never why."
        ),
        _("No record is not the same as not done: entries exist for %(count)d of %(of)d days.")
        % {"count": read.days_with_entry.count, "of": read.days_with_entry.of},
        _("Days in a row tend to be alike; figures from few days say little."),
        *([safe_sleep] if safe_sleep else []),
    ]


def _headings(child: Child) -> dict[str, str]:
    return {
        "summary": _("In short"),
        "program": _("The program"),
        "done": _("What was done"),
        "signs": _("What %(name)s said without words") % {"name": child.first_name},
        "sign": _("Sign"),
        "asks_for": _("Asks for"),
        "during": labels.tile(CueMoment, CueMoment.DURING),
        "after": labels.tile(CueMoment, CueMoment.AFTER),
        "changes": _("What changed alongside"),
        "sleep": _("Falling asleep"),
        "touch": _("Touch"),
        "goals": _("Goals"),
        "level": _("Level"),
        "assessments": _("Standard instruments"),
        "score": _("Score"),
        "latest": _("Latest"),
        "before": _("Before"),
        "since_first": _("Since the first"),
        "meaning": _("What it means"),
        "when": _("First reached"),
        "reading": _("How to read this"),
        "figures": _("The numbers behind the charts"),
    }
