"""Template tags that turn codes of the record into words. They never query."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from typing import Any, Final

from django import template
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from clinic.ages import Ages
from tracking.outcomes.summaries import NOfN
from tracking.readings import bylines, entry_sentences
from tracking.readings.caseload import Spark
from tracking.readings.child_lists import SeenGoal
from tracking.readings.clinic_reports import SeenClinicReport
from tracking.readings.concerns import EarlierConcern, Proposal, SeenConcern, SeenPlan
from tracking.readings.entries import SeenEntry
from tracking.readings.reports import SeenReport
from tracking.readings.sight import Byline
from tracking.readings.so_far import ProgramSoFar
from tracking.readings.today import TodayProgram
from tracking.reports.kinds import waits_for_signature
from tracking.reports.pictures.phases import phase_name
from tracking.sleep import AtLeast
from tracking.vocabulary.body import ObservationRegion
from tracking.vocabulary.concerns import (
    AdviceLevel,
    ConcernAnswer,
    ConcernKind,
    ConcernQuestion,
    FlagCode,
    TemperatureSite,
    TemperatureUnit,
)
from tracking.vocabulary.cues import Cue, GentleBecause
from tracking.vocabulary.outcomes import Outcome
from tracking.vocabulary.programs import (
    Anchor,
    EntryFlag,
    EntrySource,
    Instrument,
    PartOfDay,
    SessionOutcome,
)
from tracking.vocabulary.reasons import PrecautionCode
from tracking.vocabulary.reminders import ReminderFate
from tracking.vocabulary.sleep import BedtimeResistance, SleepConfounder, SleepLocation, SleepMethod
from tracking.vocabulary.states import ArousalLevel, InfantState
from tracking.vocabulary.touch import Accommodation, Helped, Stimulus, TouchResponse
from tracking.wording import ages as wording_ages
from tracking.wording import care, goals, labels, reminders
from tracking.wording import concerns as wording_concerns
from tracking.wording import so_far as wording_so_far
from web.templatetags.look import spark_line

register = template.Library()

ENTRY_ICONS = {
    "session": "foot",
    "bedtime": "moon-stars",
    "observation": "hand-index-thumb",
    "stimulus_day": "question-circle",
}

HAND_OFF_ICONS = {
    **ENTRY_ICONS,
    "concern": "exclamation-circle",
    "pause": "pause-fill",
    "program": "foot",
}


@register.filter
def care_has_ended(on: dt.date) -> str:
    return care.care_has_ended(on)


@register.filter
def dial(number: str) -> str:
    """A number as a tel: link dials it."""
    return "".join(sign for sign in number if sign.isdigit() or sign in "+*#")


@register.filter
def concern_kind(code: str) -> str:
    return labels.label(ConcernKind, code)


@register.filter
def of_kind(plans: Mapping[ConcernKind, SeenPlan], kind: ConcernKind) -> SeenPlan | None:
    """The child's own plan for a kind of concern, if it has one."""
    return plans.get(kind)


@register.filter
def concern_help(code: str) -> str:
    """An example beneath a kind of concern, empty where there is none."""
    return labels.more(ConcernKind, code)


@register.filter
def concern_question(code: str) -> str:
    return labels.tile(ConcernQuestion, code)


@register.filter
def concern_answer(code: str) -> str:
    return labels.label(ConcernAnswer, code)


@register.filter
def reminder_fate(code: str) -> str:
    return labels.label(ReminderFate, code)


@register.filter
def advice_level(code: str | None) -> str:
    return labels.label(AdviceLevel, code or "")


@register.filter
def temperature(concern: SeenConcern) -> str:
    """A reading as it was read, with its unit and place; empty where there is none."""
    if concern.temperature is None:
        return ""
    unit = labels.tile(TemperatureUnit, concern.temperature_unit)
    read = f"{formats.localize(concern.temperature.normalize() + 0, use_l10n=True)} {unit}"
    site = labels.label(TemperatureSite, concern.temperature_site)
    return f"{read}, {site}" if site else read


@register.filter
def earlier_concern(earlier: EarlierConcern) -> str:
    return wording_concerns.named(earlier.kind, earlier.wall)


@register.filter
def observed_region(code: str) -> str:
    return labels.label(ObservationRegion, code)


@register.filter
def proposed(proposal: Proposal) -> str:
    """What a tap puts in force."""
    if proposal.code == PrecautionCode.FEVER and proposal.until_on is not None:
        day = formats.date_format(proposal.until_on, "DATE_FORMAT")
        return _("No massage until %(day)s, and as long as it takes") % {"day": day}
    if proposal.substance:
        return _("Put away: %(product)s") % {"product": proposal.substance}
    if proposal.region:
        place = labels.label(ObservationRegion, proposal.region)
        return _("Keep hands off: %(place)s") % {"place": place}
    return _("Note it for the routine: %(what)s") % {"what": labels.label(PrecautionCode, proposal.code)}


LEVEL_CALLOUTS = {
    AdviceLevel.EMERGENCY: "error",
    AdviceLevel.URGENT: "error",
    AdviceLevel.TODAY: "warning",
    AdviceLevel.PAUSE: "warning",
}


@register.filter
def level_callout(level: str | None) -> str:
    """The kind of callout an advice stands in."""
    return LEVEL_CALLOUTS.get(AdviceLevel(level), "") if level else "warning"


@register.simple_tag
def emergency(number: str) -> str:
    """Whom to call, in words."""
    return wording_concerns.call(number)


@register.simple_tag
def nobody_watches() -> str:
    return wording_concerns.nobody_watches()


@register.filter
def author(by: Byline) -> str:
    """Who wrote something, as this reader may know them."""
    return bylines.in_words(by)


WRITTEN_DOWN: Final = {
    EntrySource.APP: gettext_lazy("%(teller)s, written down by %(writer)s"),
    EntrySource.PAPER: gettext_lazy("%(teller)s, on paper, written down by %(writer)s"),
    EntrySource.PHONE_CALL: gettext_lazy("%(teller)s, by phone, written down by %(writer)s"),
    EntrySource.IN_PERSON: gettext_lazy("%(teller)s, in person, written down by %(writer)s"),
}


@register.filter
def who_told(entry: SeenEntry) -> str:
    """Whose words an entry is; where somebody else wrote them down, also how they came and who that was."""
    if entry.told_by is None and not entry.is_on_behalf:
        return author(entry.by)
    teller = author(entry.told_by) if entry.told_by else _("the family")
    said = WRITTEN_DOWN[EntrySource(entry.source)]
    return str(said) % {"teller": teller, "writer": author(entry.by)}


@register.filter
def part_of_day(code: str) -> str:
    return labels.tile(PartOfDay, code) if code else ""


@register.filter
def anchor(code: str, name: str = "") -> str:
    """The part of the day a slot hangs on, in the family's own word where they gave one."""
    return name or labels.label(Anchor, code)


@register.filter(expects_localtime=True)
def coming(at: dt.datetime, today: dt.date) -> str:
    """When a reminder comes, by the clock of the page: "today at 6:30 p.m."."""
    return reminders.coming(at, today)


@register.filter
def lately(program: TodayProgram | ProgramSoFar) -> str:
    """On how many of the last days or evenings; empty before the first that was asked for."""
    n_of_n = program.recent
    if n_of_n is None:
        return ""
    return wording_so_far.lately(n_of_n.count, n_of_n.of, is_evenings=program.is_evenings)


@register.filter
def this_week(n_of_n: NOfN) -> str:
    return wording_so_far.this_week(n_of_n.count, n_of_n.of)


@register.filter
def outcome(code: str) -> str:
    return labels.label(SessionOutcome, code)


@register.filter
def stimulus(code: str, label: str = "") -> str:
    """A touch, in the family's own words where they gave some."""
    return label or labels.label(Stimulus, code)


@register.simple_tag
def fresh_id() -> str:
    """A new client-made id for a form that records something, so that sending it twice is one entry."""
    return str(uuid.uuid4())


@register.filter
def state(code: str) -> str:
    """An infant state or a level of arousal, in a parent's words."""
    kind = InfantState if code in frozenset(InfantState) else ArousalLevel
    return labels.tile(kind, code)


@register.filter
def cue(code: str) -> str:
    return labels.label(Cue, code)


@register.filter
def accommodation(code: str) -> str:
    return labels.label(Accommodation, code)


@register.filter
def helped(code: str) -> str:
    """Whether something that was tried helped, in a few words; empty where nobody told."""
    return labels.label(Helped, code)


@register.filter
def gentle_because(reasons: Iterable[str]) -> str:
    """Why the stop rule is the gentle one, in one phrase."""
    return labels.listed(labels.label(GentleBecause, one) for one in reasons)


@register.filter
def flag_of_entry(code: str) -> str:
    return labels.label(EntryFlag, code)


@register.filter
def response(code: str) -> str:
    return labels.tile(TouchResponse, code)


@register.filter
def resistance(level: int) -> str:
    return labels.label(BedtimeResistance, level)


@register.filter
def evening(details: Any) -> list[str]:
    """How and where a child fell asleep, how often they called out, and what was unusual: as far as told."""
    calls = details.call_out_count
    told = [
        labels.label(SleepMethod, details.method),
        labels.label(SleepLocation, details.location),
        ""
        if calls is None
        else ngettext("called out %(count)d time", "called out %(count)d times", calls) % {"count": calls},
        *(labels.label(SleepConfounder, code) for code in details.confounders),
    ]
    return [words for words in told if words]


@register.filter
def entry_icon(kind: str) -> str:
    return ENTRY_ICONS.get(kind, "foot")


@register.filter
def hand_off_icon(kind: str) -> str:
    return HAND_OFF_ICONS[kind]


register.filter("entry_title", entry_sentences.sentence)
register.filter("clock", entry_sentences.clock)


# ---- the clinic's eyes ---------------------------------------------------------------------------------


@register.filter
def child_name(child: Any) -> str:
    """First and last name; the nickname where the family uses one."""
    name = f"{child.first_name} {child.last_name}".strip()
    return f"{name} “{child.nickname}”" if child.nickname and child.nickname != child.first_name else name


@register.filter
def age(ages: Ages) -> str:
    """The age as a clinic says it, corrected as long as it applies."""
    return wording_ages.age(ages)


@register.filter
def flag_code(code: str) -> str:
    return labels.label(FlagCode, code)


@register.filter
def flag_tile(code: str) -> str:
    """A flag in a word or two, for a crowded row."""
    return labels.tile(FlagCode, code)


@register.filter
def share(ratio: float | None) -> str:
    """A ratio as a percentage, for the clinic's eyes alone; a dash where there is none."""
    return "–" if ratio is None else _("%(percent)d%%") % {"percent": round(ratio * 100)}


@register.filter
def days_ago(days: int | None) -> str:
    if days is None:
        return _("nothing yet")
    if days == 0:
        return _("today")
    if days == 1:
        return _("yesterday")
    return ngettext("%(days)d day ago", "%(days)d days ago", days) % {"days": days}


@register.filter
def outcome_name(code: str) -> str:
    return labels.label(Outcome, code)


@register.filter
def instrument(code: str) -> str:
    return labels.label(Instrument, code)


@register.filter
def cut(number: float | None) -> str:
    """A number without a needless decimal."""
    if number is None:
        return "–"
    rounded = round(number, 1)
    return formats.localize(rounded if rounded % 1 else int(rounded))


@register.filter
def minutes(value: float | AtLeast | None) -> str:
    """A latency or a median: "19", "> 40" where it was not reached, a dash where there is none."""
    if isinstance(value, AtLeast):
        return f"> {cut(value.minutes)}"
    return cut(value)


@register.inclusion_tag("parts/_sparkline.html")
def caseload_spark(spark: Spark) -> dict[str, Any]:
    """The last weeks of a child's outcome, colored by the wished direction."""
    values = [point.value for point in spark.points]
    name = labels.label(Outcome, spark.outcome)
    seen = spark.drift
    if seen is None:
        return {"spark": spark_line(values, name)}
    words = _("%(outcome)s: median %(before)s, then %(since)s") % {
        "outcome": name,
        "before": minutes(seen.earlier),
        "since": minutes(seen.later),
    }
    return {"spark": spark_line(values, words, seen.moved)}


@register.filter
def edition(version: str) -> str:
    """The number of a version of the advice, "1" of "concerns-1"."""
    return version.rpartition("-")[2]


@register.filter
def precaution(code: str) -> str:
    return labels.tile(PrecautionCode, code)


@register.filter
def ladder(goal: SeenGoal) -> list[tuple[int, str]]:
    """The goal's levels with their texts, best first."""
    return list(zip(range(2, -3, -1), reversed(goal.ladder), strict=True))


@register.filter
def level_now(goal: SeenGoal) -> int:
    """The latest rating; where the child began while there is none."""
    return goal.ratings[-1].level if goal.ratings else goal.baseline_level


register.filter("signed", goals.signed)


# ---- phases ------------------------------------------------------------------------------------------------


register.filter("phase_name", phase_name)


# ---- reports -----------------------------------------------------------------------------------------------


@register.filter
def is_unsigned_draft(report: SeenReport | SeenClinicReport) -> bool:
    """Whether it is made and waits for a signature; a clinic's report needs none."""
    return isinstance(report, SeenReport) and waits_for_signature(report)
