"""A prescription as sentences: "Every evening after bath, at least 5 minutes, for 8 weeks."

The first sentence says how often, when, how long and for how many weeks; further ones, where there is
something to say, the diary before, the order of the routine, lights out and the product.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from tracking.prescription import (
    BaselinePart,
    Difference,
    FrequencyPart,
    Length,
    LengthPart,
    LengthUnit,
    LightsOutPart,
    MinutesPart,
    Part,
    Prescription,
    ProductPart,
    RoutineElement,
    RoutinePart,
    Slot,
    SlotsPart,
    parts,
)
from tracking.vocabulary.programs import (
    AmountKind,
    Anchor,
    ChangeKind,
    FrequencyPer,
    ProductKind,
    Provider,
    StepKind,
)
from tracking.wording.labels import label, listed

# Said within a sentence; the labels of the same codes stand alone.
_WHEN = {
    Anchor.AFTER_BATH: _("after bath"),
    Anchor.BEFORE_BATH: _("before bath"),
    Anchor.BEDTIME: _("at bedtime"),
    Anchor.AFTER_WAKING: _("after waking up"),
    Anchor.MORNING: _("in the morning"),
    Anchor.MIDDAY: _("at midday"),
    Anchor.AFTERNOON: _("in the afternoon"),
    Anchor.AFTER_NAP: _("after a nap"),
    Anchor.DIAPER_CHANGE: _("at a diaper change"),
    Anchor.BEFORE_DRESSING: _("before dressing"),
}
_ON_DAYS = (
    _("Mondays"),
    _("Tuesdays"),
    _("Wednesdays"),
    _("Thursdays"),
    _("Fridays"),
    _("Saturdays"),
    _("Sundays"),
)
_ELEMENTS = {
    StepKind.STROKE: _("massage"),
    StepKind.BATH: _("bath"),
    StepKind.LOTION: _("lotion"),
    StepKind.QUIET_ACTIVITY: _("quiet activity"),
    StepKind.STORY: _("story"),
    StepKind.SONG: _("song"),
    StepKind.LIGHTS_OUT: _("lights out"),
    StepKind.PASSIVE_MOVEMENT: _("gentle movement of arms and legs"),
    StepKind.OTHER: _("another step"),
}
_DIFFERENCES = {
    Difference.FREQUENCY: _("how often it is done"),
    Difference.MINUTES: _("how long it takes"),
    Difference.STROKES: _("which strokes it holds"),
    Difference.HOW_STROKES_ARE_DONE: _("how a stroke is done"),
    Difference.OTHER_STEPS: _("the other steps of the routine"),
    Difference.LIGHTS_OUT: _("the time to lights out"),
    Difference.PRODUCT: _("the product"),
    Difference.ORDER: _("the order of the steps"),
    Difference.SLOTS: _("when in the day it is done"),
    Difference.DATES: _("the dates"),
}


def sentence(prescription: Prescription) -> str:
    """The first sentence alone: how often, when, how long, for how many weeks. Empty: nothing is asked."""
    clauses = [
        [part for part in group if not isinstance(part, LengthPart)]
        for group in _clauses(parts(prescription))
    ]
    length = next((part for part in parts(prescription) if isinstance(part, LengthPart)), None)
    if not clauses:
        return ""
    home = [_clause(clause) for clause in clauses if _provider(clause) is Provider.CAREGIVER]
    therapist = [_clause(clause) for clause in clauses if _provider(clause) is Provider.THERAPIST]
    said = listed(home or therapist)
    if home and therapist:
        said = gettext("at home %(home)s, and with the therapist %(therapist)s") % {
            "home": listed(home),
            "therapist": listed(therapist),
        }
    elif therapist:
        said = gettext("with the therapist %(therapist)s") % {"therapist": said}
    if length is not None and length.length is not None:
        said = gettext("%(prescription)s, for %(length)s") % {
            "prescription": said,
            "length": length_of(length.length),
        }
    return _as_sentence(said)


def text(prescription: Prescription) -> str:
    """Every sentence, separated by blanks."""
    return " ".join(sentences(prescription))


def sentences(prescription: Prescription) -> tuple[str, ...]:
    """The first sentence, then diary before, order of the routine, lights out and product, where given."""
    first = sentence(prescription)
    rest = [_further(part) for part in parts(prescription)]
    return tuple(one for one in (first, *rest) if one)


def length_of(length: Length) -> str:
    """A length as "8 weeks"."""
    number = {"number": length.count}
    match length.unit:
        case LengthUnit.DAYS:
            return ngettext("%(number)d day", "%(number)d days", length.count) % number
        case LengthUnit.WEEKS:
            return ngettext("%(number)d week", "%(number)d weeks", length.count) % number
        case LengthUnit.MONTHS:
            return ngettext("%(number)d month", "%(number)d months", length.count) % number


def difference(one: Difference) -> str:
    """What a new version changes, as a phrase within a sentence."""
    return str(_DIFFERENCES[one])


def proposal(kind: ChangeKind, because: Sequence[Difference]) -> str:
    """What publishing a draft is proposed to be, and why; empty for the first version."""
    said = {"differences": listed(difference(one) for one in because)}
    match kind:
        case ChangeKind.FIRST:
            return ""
        case ChangeKind.CORRECTION if not because:
            return gettext("Nothing that the child receives is different: this looks like a correction.")
        case ChangeKind.CORRECTION:
            return gettext("This looks like a correction. Different: %(differences)s.") % said
        case ChangeKind.CHANGE:
            return gettext("This looks like a change, a new phase. Different: %(differences)s.") % said


# ---- the first sentence -----------------------------------------------------------------------------------


def _clauses(said: Sequence[Part]) -> list[list[Part]]:
    """The parts of each provider's line: a frequency and what belongs to it."""
    clauses: list[list[Part]] = []
    for part in said:
        if isinstance(part, FrequencyPart):
            clauses.append([part])
        elif clauses and isinstance(part, SlotsPart | MinutesPart):
            clauses[-1].append(part)
    return clauses


def _provider(clause: Sequence[Part]) -> Provider:
    [frequency] = [part for part in clause if isinstance(part, FrequencyPart)]
    return frequency.provider


def _clause(clause: Sequence[Part]) -> str:
    [frequency] = [part for part in clause if isinstance(part, FrequencyPart)]
    slots = next((part.slots for part in clause if isinstance(part, SlotsPart)), ())
    minutes = next((part for part in clause if isinstance(part, MinutesPart)), None)
    said = _frequency(frequency)
    when = [phrase for phrase in map(_slot, slots) if phrase]
    if len(when) == 1:
        said = gettext("%(often)s %(when)s") % {"often": said, "when": when[0]}
    elif when:
        said = gettext("%(often)s, %(when)s") % {"often": said, "when": listed(when)}
    if minutes is not None:
        said = gettext("%(often)s, %(minutes)s") % {"often": said, "minutes": _minutes(frequency, minutes)}
    return said


def _frequency(part: FrequencyPart) -> str:
    match part.per:
        case FrequencyPer.NAMED_DAYS:
            return _on_named_days(part)
        case FrequencyPer.WEEK:
            often = ngettext("once a week", "%(count)d times a week", part.count) % {"count": part.count}
            if part.count == 2:
                often = gettext("twice a week")
            up_to = gettext("%(count)d to %(most)d times a week")
        case FrequencyPer.DAY:
            if part.count == 1 and part.most is None:
                return gettext("every evening") if part.is_evening else gettext("every day")
            often = ngettext("once a day", "%(count)d times a day", part.count) % {"count": part.count}
            if part.count == 2:
                often = gettext("twice a day")
            up_to = gettext("%(count)d to %(most)d times a day")
    if part.most is not None and part.most > part.count:
        return up_to % {"count": part.count, "most": part.most}
    return _at_least(often, part.count_kind)


def _on_named_days(part: FrequencyPart) -> str:
    days = listed(str(_ON_DAYS[day]) for day in part.weekdays)
    if part.count == 1:
        return gettext("on %(days)s") % {"days": days}
    times = ngettext("once", "%(count)d times", part.count) % {"count": part.count}
    return gettext("%(times)s on %(days)s") % {
        "times": gettext("twice") if part.count == 2 else times,
        "days": days,
    }


def _minutes(frequency: FrequencyPart, part: MinutesPart) -> str:
    amount = ngettext("%(number)d minute", "%(number)d minutes", part.minutes) % {"number": part.minutes}
    amount = _at_least(amount, part.kind)
    is_once = frequency.per is FrequencyPer.DAY and frequency.count == 1
    return amount if is_once else gettext("%(minutes)s each time") % {"minutes": amount}


def _at_least(amount: str, kind: AmountKind) -> str:
    return gettext("at least %(amount)s") % {"amount": amount} if kind is AmountKind.MINIMUM else amount


def _slot(slot: Slot) -> str:
    """When in the day; empty for a place of no name."""
    if slot.name:
        return slot.name
    known = {str(anchor) for anchor in _WHEN}
    return str(_WHEN[Anchor(slot.anchor)]) if slot.anchor in known else ""


# ---- further sentences ------------------------------------------------------------------------------------


def _further(part: Part) -> str:
    match part:
        case BaselinePart(length=length):
            return gettext("Before that, a diary for %(length)s.") % {"length": length_of(length)}
        case RoutinePart(elements=elements):
            said = listed(_elements(elements))
            return gettext("In this order: %(steps)s.") % {"steps": said} if len(elements) > 1 else ""
        case LightsOutPart(within_minutes=minutes, after=after):
            return _lights_out(minutes, after)
        case ProductPart(kind=kind, name=name):
            return gettext("On the hands: %(product)s.") % {"product": name or label(ProductKind, kind)}
        case _:
            return ""


def element(kind: str) -> str:
    """What a step of a routine is, as a word of a sentence: "story"."""
    return str(_ELEMENTS[StepKind(kind)])


def _elements(elements: Sequence[RoutineElement]) -> Iterator[str]:
    """The elements by name, one of a kind after another told once."""
    for name, _same in groupby(one.name or element(one.kind) for one in elements):
        yield name


def _lights_out(minutes: int, after: StepKind) -> str:
    number = {"number": minutes}
    match after:
        case StepKind.BATH:
            said = ngettext(
                "Lights out within %(number)d minute of the bath.",
                "Lights out within %(number)d minutes of the bath.",
                minutes,
            )
        case _:
            said = ngettext(
                "Lights out within %(number)d minute of the beginning.",
                "Lights out within %(number)d minutes of the beginning.",
                minutes,
            )
    return said % number


def _as_sentence(said: str) -> str:
    return gettext("%(words)s.") % {"words": said[:1].upper() + said[1:]}
