"""A prescription as ordered coded parts, from which wording makes the sentence a family reads.

Holds what the published protocols need: at least so many minutes on at least so many days (Menici 2021), two
providers with schedules of their own (Qigong Sensory Training), a routine with other steps than massage and
a limit to lights out (Mindell 2009), several times a day with passive movement (Field 1986).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum, unique
from math import floor

from tracking.dose import StepTime, one_pass_seconds
from tracking.vocabulary.programs import (
    AmountKind,
    Anchor,
    ChangeKind,
    FrequencyPer,
    ProductKind,
    Provider,
    StepKind,
)

EVENING = frozenset({Anchor.AFTER_BATH, Anchor.BEFORE_BATH, Anchor.BEDTIME})
"""Anchors that make "every day" read as "every evening"."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A place in the day; `name` is the family's own word where the anchor is `other`."""

    anchor: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One provider's schedule. `most` is an upper wish, None without; `weekdays` are 0 Monday to 6 Sunday."""

    provider: Provider
    per: FrequencyPer
    count: int
    count_kind: AmountKind = AmountKind.TARGET
    most: int | None = None
    weekdays: frozenset[int] = frozenset()
    slots: tuple[Slot, ...] = ()
    minutes: int | None = None
    minutes_kind: AmountKind = AmountKind.TARGET


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `seconds` in all, both sides together; `stroke` is a slug, empty for other kinds."""

    kind: StepKind
    seconds: int
    stroke: str = ""
    name: str = ""
    side: str = ""
    repetitions: int | None = None
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Prescription:
    """What one program version prescribes. Days are local and included; `ends_on` None is open."""

    lines: tuple[Line, ...]
    steps: tuple[Step, ...]
    starts_on: date
    ends_on: date | None = None
    baseline_starts_on: date | None = None
    lights_out_within_minutes: int | None = None
    product_kind: ProductKind = ProductKind.NONE
    product_name: str = ""


# ---- parts ------------------------------------------------------------------------------------------------


@unique
class LengthUnit(StrEnum):
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"


@dataclass(frozen=True, slots=True)
class Length:
    count: int
    unit: LengthUnit


@dataclass(frozen=True, slots=True)
class FrequencyPart:
    """How often; begins the clause of its provider. `is_evening`: once a day, at an evening's anchor."""

    provider: Provider
    per: FrequencyPer
    count: int
    count_kind: AmountKind
    most: int | None
    weekdays: tuple[int, ...]
    is_evening: bool


@dataclass(frozen=True, slots=True)
class SlotsPart:
    """When in the day."""

    slots: tuple[Slot, ...]


@dataclass(frozen=True, slots=True)
class MinutesPart:
    """How long each time."""

    minutes: int
    kind: AmountKind


@dataclass(frozen=True, slots=True)
class LengthPart:
    """For how long; `length` and `ends_on` are None while it is open."""

    starts_on: date
    ends_on: date | None
    length: Length | None


@dataclass(frozen=True, slots=True)
class BaselinePart:
    """A diary before the program starts."""

    starts_on: date
    length: Length


@dataclass(frozen=True, slots=True)
class RoutineElement:
    """A step of the routine that is no massage, or the strokes between two such steps taken together."""

    kind: StepKind
    name: str
    seconds: int
    stroke_count: int


@dataclass(frozen=True, slots=True)
class RoutinePart:
    """The order of the routine, given only where it holds more than massage."""

    elements: tuple[RoutineElement, ...]


@dataclass(frozen=True, slots=True)
class LightsOutPart:
    """Lights out within so many minutes of the first step, which is `after`."""

    within_minutes: int
    after: StepKind


@dataclass(frozen=True, slots=True)
class ProductPart:
    kind: ProductKind
    name: str


Part = (
    FrequencyPart
    | SlotsPart
    | MinutesPart
    | LengthPart
    | BaselinePart
    | RoutinePart
    | LightsOutPart
    | ProductPart
)


def parts(prescription: Prescription) -> tuple[Part, ...]:
    """The parts in the order they are said: each provider's clause, length, baseline, routine, limits,
    product.

    The caregiver's clauses come first.
    """
    said: list[Part] = []
    for line in sorted(prescription.lines, key=lambda line: line.provider is not Provider.CAREGIVER):
        said += _clause(line)
    first, last = prescription.starts_on, prescription.ends_on
    said.append(LengthPart(first, last, None if last is None else length_between(first, last)))
    baseline = prescription.baseline_starts_on
    if baseline is not None:
        said.append(BaselinePart(baseline, length_between(baseline, first - timedelta(days=1))))
    if any(step.kind is not StepKind.STROKE for step in prescription.steps):
        said.append(RoutinePart(_elements(prescription.steps)))
    if prescription.lights_out_within_minutes is not None:
        after = prescription.steps[0].kind if prescription.steps else StepKind.STROKE
        said.append(LightsOutPart(prescription.lights_out_within_minutes, after))
    if prescription.product_kind is not ProductKind.NONE:
        said.append(ProductPart(prescription.product_kind, prescription.product_name))
    return tuple(said)


def length_between(first: date, last: date) -> Length:
    """The length of days `first` to `last`, both included: whole weeks, else whole months, else days."""
    days = (last - first).days + 1
    if days % 7 == 0:
        return Length(days // 7, LengthUnit.WEEKS)
    after = last + timedelta(days=1)
    months = (after.year - first.year) * 12 + after.month - first.month
    if after.day == first.day and months > 0:
        return Length(months, LengthUnit.MONTHS)
    return Length(days, LengthUnit.DAYS)


def pass_seconds(steps: Sequence[Step]) -> int:
    """Seconds one pass of the massage takes: strokes and passive movement, not bath or story."""
    massage = {StepKind.STROKE, StepKind.PASSIVE_MOVEMENT}
    return one_pass_seconds(StepTime(step.seconds) for step in steps if step.kind in massage)


def prefilled_minutes(steps: Sequence[Step]) -> int:
    """Minutes to propose at prescribing: what one pass fills, in whole minutes, at least 1."""
    return max(1, floor(pass_seconds(steps) / 60))


@unique
class Difference(StrEnum):
    """In what one version prescribes something else than another; words and notes are not compared."""

    FREQUENCY = "frequency"
    MINUTES = "minutes"
    STROKES = "strokes"
    HOW_STROKES_ARE_DONE = "how_strokes_are_done"
    OTHER_STEPS = "other_steps"
    LIGHTS_OUT = "lights_out"
    PRODUCT = "product"
    ORDER = "order"
    SLOTS = "slots"
    DATES = "dates"


CORRECTIONS = frozenset({Difference.ORDER, Difference.SLOTS, Difference.DATES})
"""Differences that leave what the child receives as it was."""


def differences(before: Prescription, after: Prescription) -> tuple[Difference, ...]:
    """In what `after` differs, weightiest first; empty where both prescribe the same."""
    return tuple(difference for difference, of in _COMPARED.items() if of(before) != of(after))


def proposed_change(before: Prescription, after: Prescription) -> ChangeKind:
    """What a new version is, to be confirmed by the therapist: a change when the child would receive
    something else.

    Frequency, minutes, strokes (their side, time, repetitions, contact), other steps, the limit to lights
    out and the product are what is received; dates, anchors and the order of steps are corrections.
    """
    is_change = set(differences(before, after)) - CORRECTIONS
    return ChangeKind.CHANGE if is_change else ChangeKind.CORRECTION


def _strokes(prescription: Prescription) -> list[Step]:
    return [step for step in prescription.steps if step.kind is StepKind.STROKE]


def _others(prescription: Prescription) -> list[Step]:
    return [step for step in prescription.steps if step.kind is not StepKind.STROKE]


def _how(step: Step) -> tuple[str, str, int, int, str]:
    return step.stroke, step.side, step.seconds, step.repetitions or 0, step.contact


_COMPARED: dict[Difference, Callable[[Prescription], object]] = {
    Difference.FREQUENCY: lambda one: {
        (line.provider, line.per, line.count, line.count_kind, line.weekdays) for line in one.lines
    },
    Difference.MINUTES: lambda one: {(line.provider, line.minutes, line.minutes_kind) for line in one.lines},
    Difference.STROKES: lambda one: sorted(step.stroke for step in _strokes(one)),
    Difference.HOW_STROKES_ARE_DONE: lambda one: sorted(map(_how, _strokes(one))),
    Difference.OTHER_STEPS: lambda one: sorted((step.kind, *_how(step)) for step in _others(one)),
    Difference.LIGHTS_OUT: lambda one: one.lights_out_within_minutes,
    Difference.PRODUCT: lambda one: (one.product_kind, one.product_name.casefold().strip()),
    Difference.ORDER: lambda one: [(step.kind, step.stroke) for step in one.steps],
    Difference.SLOTS: lambda one: {(line.provider, line.per, line.most, line.slots) for line in one.lines},
    Difference.DATES: lambda one: (one.starts_on, one.ends_on, one.baseline_starts_on),
}


def _clause(line: Line) -> list[Part]:
    evening = (
        line.per is FrequencyPer.DAY
        and line.count == 1
        and bool(line.slots)
        and all(slot.anchor in EVENING for slot in line.slots)
    )
    said: list[Part] = [
        FrequencyPart(
            provider=line.provider,
            per=line.per,
            count=line.count,
            count_kind=line.count_kind,
            most=line.most,
            weekdays=tuple(sorted(line.weekdays)),
            is_evening=evening,
        )
    ]
    if line.slots:
        said.append(SlotsPart(line.slots))
    if line.minutes is not None:
        said.append(MinutesPart(line.minutes, line.minutes_kind))
    return said


def _elements(steps: Sequence[Step]) -> tuple[RoutineElement, ...]:
    elements: list[RoutineElement] = []
    for step in steps:
        last = elements[-1] if elements else None
        if step.kind is StepKind.STROKE and last is not None and last.kind is StepKind.STROKE:
            elements[-1] = RoutineElement(
                StepKind.STROKE, "", last.seconds + step.seconds, last.stroke_count + 1
            )
        else:
            is_stroke = step.kind is StepKind.STROKE
            elements.append(
                RoutineElement(step.kind, "" if is_stroke else step.name, step.seconds, int(is_stroke))
            )
    return tuple(elements)
