"""The visit preparation: one page for the therapist, never for the family."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils import formats, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clinic.localtime import local_day, local_wall
from clinic.models import CaregiverGrant, Child, Precaution, User
from tracking.models import Message, ProgramSlot, ReminderRule, Report
from tracking.readings.change import GoalChange, measured_progress
from tracking.readings.goals import GoalCard, goals_of
from tracking.readings.teaching import Line, grid_of
from tracking.readings.visit import BeforeVisit, FlagHead, Meeting, before_visit
from tracking.reminders.resting import Rests, Standing
from tracking.reports import writing
from tracking.reports.progress import done
from tracking.reports.writing import Written
from tracking.vocabulary.concerns import ConcernKind, FlagCode
from tracking.vocabulary.contacts import ContactKind
from tracking.vocabulary.outcomes import Outcome
from tracking.vocabulary.programs import Anchor, Phase
from tracking.vocabulary.teaching import TaughtLevel
from tracking.wording import ages, flags, labels
from tracking.wording.change import for_team
from tracking.wording.conflicts import precaution
from tracking.wording.goals import signed
from tracking.wording.languages import language_name

MOST = 4
"""So many of each list, for the page has to stay one."""

LONGEST_QUESTION = 180


def begin(viewer: User, child: Child, *, first: dt.date, last: dt.date) -> str:  # noqa: ARG001  # as all
    """What seems worth bringing up, for the therapist to change."""
    read = before_visit(viewer, child, on=last)
    return "\n\n".join(_worth_bringing_up(read, _open_goals(viewer, child)))


def write(report: Report, *, child: Child, viewer: User, now: dt.datetime) -> Written:
    """Since the last visit up to the report's day, as the therapist may read it."""
    on = report.period_until
    read = before_visit(viewer, child, on=on)
    progress, changes = measured_progress(viewer, child, first=min(read.since, on), last=on)
    goals = _open_goals(viewer, child)
    name = writing.full_name(child)
    lists = [
        (_("Flags open"), [_flag(one) for one in read.flags], _("No flag is open.")),
        (
            _("Concerns told since"),
            [_day_first(one.local_day, labels.label(ConcernKind, one.kind)) for one in read.concerns],
            _("No concern has been told."),
        ),
        (
            _("The family asks"),
            [_question(one, child.clinic.zone) for one in read.questions],
            _("No message waits for an answer."),
        ),
        (
            _("Teaching left"),
            _teaching(child),
            _("Everything in the program has been done alone by somebody."),
        ),
        (
            _("Precautions to renew"),
            [_item(_due(one, on)) for one in read.due],
            _("No precaution ends within four weeks."),
        ),
        (
            _("Reminders at rest"),
            [_item(one) for one in _resting(child, now=now)],
            _("No reminder rests for want of an answer."),
        ),
    ]
    return Written(
        {
            **writing.sheet(report, child, title=_("Before the visit: %(name)s") % {"name": name}, now=now),
            "period": writing.days(read.since, on) if read.since < on else writing.date(on),
            "is_draft": False,
            "facts": _facts(child, read, on=on),
            **writing.own_words(report),
            "done": done(progress) if progress.plan else [_("No program has been published yet.")],
            "goals": [_goal(one, changes, since=read.since) for one in goals[:MOST]],
            "more_goals": _more(len(goals)),
            "lists": [
                {"title": title, "items": items[:MOST], "more": _more(len(items)), "none": none}
                for title, items, none in lists
            ],
            "words": _words(read),
        }
    )


def _open_goals(viewer: User, child: Child) -> list[GoalCard]:
    return [goal for goal in goals_of(viewer, child) if goal.is_open]


# ---- what is worth bringing up ----------------------------------------------------------------------------


def _worth_bringing_up(read: BeforeVisit, goals: Iterable[GoalCard]) -> list[str]:
    told = []
    unrated = [one.title for one in goals if not one.ratings or one.ratings[0].on < read.since]
    if unrated:
        told.append(_("Rate together: %(goals)s.") % {"goals": labels.listed(unrated)})
    if read.questions:
        waiting = ngettext(
            "%(count)d message of the family waits for an answer.",
            "%(count)d messages of the family wait for an answer.",
            len(read.questions),
        )
        told.append(waiting % {"count": len(read.questions)})
    told += [
        _("Does it still hold: %(precaution)s?") % {"precaution": precaution(one.code, one.region)}
        for one in read.due
    ]
    return told


# ---- the page -------------------------------------------------------------------------------------------


def _facts(child: Child, read: BeforeVisit, *, on: dt.date) -> list[dict[str, str]]:
    zone = child.clinic.zone
    grants = CaregiverGrant.objects.valid().filter(child=child).select_related("user")
    caregivers = [_caregiver(one) for one in grants.order_by("valid_from", "id")]
    facts = [
        {"label": _("Age"), "value": ages.age(child.ages_on(on))},
        {
            "label": _("Last visit"),
            "value": _met(read.last, zone)
            if read.last
            else _("none so far; looked back to %(day)s") % {"day": writing.date(read.since)},
        },
        {"label": _("Next contact"), "value": _met(read.next, zone) if read.next else _("none planned")},
    ]
    if caregivers:
        facts.append({"label": _("Cared for by"), "value": "; ".join(caregivers)})
    return facts


def _caregiver(grant: CaregiverGrant) -> str:
    speaks = labels.listed(language_name(tag) for tag in grant.user.spoken_languages)
    told = [part for part in (grant.relationship, speaks) if part]
    if grant.needs_interpreter:
        told.append(_("with an interpreter"))
    return f"{grant.user.name} ({', '.join(told)})" if told else grant.user.name


def _met(meeting: Meeting, zone: str) -> str:
    told = [
        formats.date_format(local_wall(meeting.starts_at, zone), "DATETIME_FORMAT"),
        labels.label(ContactKind, meeting.kind),
        meeting.therapist,
    ]
    return ", ".join(part for part in told if part)


def _item(words: str, *, said: str = "", language: str = "") -> dict[str, str]:
    """A line of a list; `said` are somebody's own words, in `language`."""
    return {"words": words, "said": said, "language": language}


def _day_first(on: dt.date, words: str) -> dict[str, str]:
    return _item(_("%(day)s: %(words)s") % {"day": writing.date(on), "words": words})


def _flag(head: FlagHead) -> dict[str, str]:
    code = head.flag.code
    told = [labels.label(FlagCode, code), flags.figures(code, head.flag.detail)]
    words = ". ".join(part.removesuffix(".") for part in told if part) + "."
    if not head.taken_by:
        return _item(words)
    taken = _("%(words)s %(name)s has it.") % {"words": words, "name": head.taken_by}
    return _item(taken, said=head.will_do, language=head.language)


def _question(message: Message, zone: str) -> dict[str, str]:
    body = " ".join(message.body.split())
    if len(body) > LONGEST_QUESTION:
        body = body[:LONGEST_QUESTION].rsplit(" ", 1)[0] + " …"
    words = _("%(name)s, %(day)s:") % {
        "name": message.author.name,
        "day": writing.date(local_day(message.sent_at, zone)),
    }
    return _item(words, said=body, language=message.language)


def _teaching(child: Child) -> list[dict[str, str]]:
    """What nobody does alone yet, first what nobody was shown; each with how it stands with whom."""
    grid = grid_of(child, language=translation.get_language() or "en")
    left = [line for line in grid.lines if all(cell.level != TaughtLevel.ALONE for cell in line.cells)]
    unseen = [line.thing.name for line in left if not any(cell.level for cell in line.cells)]
    told = [_item(_stands(line)) for line in left if any(cell.level for cell in line.cells)]
    if unseen:
        told.insert(0, _item(_("Not shown to anybody yet: %(things)s.") % {"things": labels.listed(unseen)}))
    return told


def _stands(line: Line) -> str:
    each = [
        _("%(name)s %(level)s") % {"name": cell.person, "level": labels.tile(TaughtLevel, cell.level).lower()}
        for cell in line.cells
        if cell.level
    ]
    return _("%(thing)s: %(people)s") % {"thing": line.thing.name, "people": ", ".join(each)}


def _due(one: Precaution, on: dt.date) -> str:
    assert one.until_on is not None
    words = _("%(precaution)s: ended on %(day)s") if one.until_on < on else _("%(precaution)s: until %(day)s")
    return words % {"precaution": precaution(one.code, one.region), "day": writing.date(one.until_on)}


def _resting(child: Child, *, now: dt.datetime) -> list[str]:
    """The reminders that rest because nobody answered them, by slot and home."""
    rules = list(
        ReminderRule.objects.filter(child=child, is_on=True, next_on__isnull=False)
        .select_related("family", "program")
        .order_by("family__name", "id")
    )
    if not rules:
        return []
    slots: dict[tuple[uuid.UUID | None, int], ProgramSlot] = {
        (slot.version_id, slot.number): slot
        for slot in ProgramSlot.objects.filter(
            version__in=[rule.program.current_version_id for rule in rules]
        ).select_related("schedule")
    }
    rests = Rests([rule.pk for rule in rules], now=now)
    told = []
    for rule in rules:
        slot = slots.get((rule.program.current_version_id, rule.slot_number))
        is_diary = slot is not None and slot.schedule.phase == Phase.BASELINE
        if rests.standing(rule.pk, is_diary=is_diary) is Standing.RESTS:
            anchor = slot.anchor_name or labels.label(Anchor, slot.anchor) if slot else rule.program.title
            told.append(_("%(home)s: %(anchor)s") % {"home": rule.family.name, "anchor": anchor})
    return told


def _goal(goal: GoalCard, changes: Sequence[GoalChange], *, since: dt.date) -> dict[str, Any]:
    rated = goal.ratings[0].on if goal.ratings else None
    before = next((one.level for one in goal.ratings if one.on < since), goal.baseline_level)
    change = next((one for one in changes if one.goal_id == goal.id), None)
    if rated is None:
        when = _("as at the beginning, not rated yet")
    elif rated < since:
        when = _("rated on %(day)s, not since") % {"day": writing.date(rated)}
    else:
        when = _("rated on %(day)s, before that %(level)s") % {
            "day": writing.date(rated),
            "level": signed(before),
        }
    told = []
    if change is not None:
        outcome = labels.label(Outcome, change.outcome)
        told = [f"{outcome}. {' '.join(for_team(change.change.said))}"]
    return {
        "title": goal.title,
        "language": goal.language,
        "level": signed(goal.level_now),
        "text": goal.now,
        "when": when,
        "told": told,
    }


def _more(count: int) -> str:
    if count <= MOST:
        return ""
    return ngettext("and %(count)d more", "and %(count)d more", count - MOST) % {"count": count - MOST}


def _words(read: BeforeVisit) -> dict[str, str]:
    return {
        "bring": _("To bring up"),
        "done": _("Since the last visit") if read.last else _("So far"),
        "goals": _("Goals"),
        "no_goals": _("No goal is open."),
    }
