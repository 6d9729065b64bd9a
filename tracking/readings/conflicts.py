"""What stands between a child and a program version, with the reasons a therapist has given."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from clinic.models import Child
from tracking.models import ConflictAcknowledgement, ProgramStep, ProgramVersion
from tracking.precautions import Conflict, StrokeRule, conflicts
from tracking.readings.library import child_precautions, contraindication_rules, product_of, stroke_rule
from tracking.readings.texts import StrokeText, stroke_texts
from tracking.vocabulary.body import BodyRegion, Contact, Pressure
from tracking.vocabulary.programs import StepKind
from tracking.vocabulary.reasons import AgeConflict, AgeGate, ConflictHow, PrecautionCode

# Steps that touch the child without being strokes of the library; our own, for a clinician's sign-off.
LOTION = StrokeRule(
    slug=str(StepKind.LOTION),
    region=BodyRegion.WHOLE_BODY,
    pressure=Pressure.MODERATE,
    contact=Contact.SKIN,
    minimum_age_weeks=0,
    gate=AgeGate.ACKNOWLEDGE_UNDER_MINIMUM_AGE,
)
PASSIVE_MOVEMENT = StrokeRule(
    slug=str(StepKind.PASSIVE_MOVEMENT),
    region=BodyRegion.WHOLE_BODY,
    pressure=Pressure.MODERATE,
    contact=Contact.THROUGH_CLOTHES,
    minimum_age_weeks=0,
    gate=AgeGate.ACKNOWLEDGE_UNDER_MINIMUM_AGE,
    conflicts=(
        (PrecautionCode.HIP, ConflictHow.BLOCK),
        (PrecautionCode.BRACHIAL_PLEXUS, ConflictHow.BLOCK),
        (PrecautionCode.LIMB_TONE, ConflictHow.ACKNOWLEDGE),
        (PrecautionCode.BLEEDING_BONE, ConflictHow.ACKNOWLEDGE),
    ),
    may_use_product=False,
)
TOUCHING = {StepKind.LOTION: LOTION, StepKind.PASSIVE_MOVEMENT: PASSIVE_MOVEMENT}


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """A therapist's reason, in their words, and when it was given."""

    reason: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class StandingConflict:
    """A conflict of a version. Empty `stroke`: it concerns the whole program.

    `orders` are the steps concerned, from 1; `minimum_age_weeks` is the stroke's, None for the whole program.
    """

    conflict: Conflict
    stroke_name: str
    orders: tuple[int, ...]
    minimum_age_weeks: int | None
    acknowledged: Acknowledged | None = None

    @property
    def code(self) -> str:
        return self.conflict.code

    @property
    def stroke(self) -> str:
        return self.conflict.stroke

    @property
    def how(self) -> ConflictHow:
        return self.conflict.how

    @property
    def is_block(self) -> bool:
        return self.how is ConflictHow.BLOCK

    @property
    def is_open(self) -> bool:
        """Whether it keeps the version from being published."""
        return self.is_block or (self.how is ConflictHow.ACKNOWLEDGE and self.acknowledged is None)


def conflicts_of(
    version: ProgramVersion,
    child: Child,
    *,
    on: dt.date,
    steps: Sequence[ProgramStep] | None = None,
    texts: Mapping[uuid.UUID, StrokeText] | None = None,
    language: str = "en",
) -> tuple[StandingConflict, ...]:
    """The conflicts of a version for this child on a local day, blocks first.

    Asks a constant number of queries; `steps` with their strokes and `texts` by stroke version spare two.
    """
    if steps is None:
        steps = list(
            ProgramStep.objects.filter(version=version)
            .select_related("stroke_version__stroke")
            .order_by("order", "id")
        )
    if texts is None:
        ids = [step.stroke_version_id for step in steps if step.stroke_version_id]
        texts = stroke_texts(ids, language)
    found = conflicts(
        precautions=child_precautions(child),
        rules=contraindication_rules(),
        strokes=stroke_rules(steps),
        product=product_of(kind=version.product_kind, name=version.product_name),
        ages=child.ages_on(on),
        on=on,
    )
    given = {
        (row.stroke_slug, row.code): Acknowledged(row.reason, row.at)
        for row in ConflictAcknowledgement.objects.filter(version=version).order_by("id")
    }
    return tuple(
        _standing(conflict, steps, texts, given.get((conflict.stroke, conflict.code))) for conflict in found
    )


def day_of_conflicts(version: ProgramVersion, today: dt.date) -> dt.date:
    """The day a version is judged for: its first, or today where it has begun."""
    return max(today, version.starts_on)


def stroke_rules(steps: Iterable[ProgramStep]) -> list[StrokeRule]:
    """What the steps that touch the child ask for, in order."""
    rules = []
    for step in steps:
        if step.stroke_version is not None:
            rules.append(stroke_rule(step.stroke_version, contact=step.contact))
        elif step.kind in TOUCHING:
            rules.append(TOUCHING[StepKind(step.kind)])
    return rules


def _standing(
    conflict: Conflict,
    steps: Sequence[ProgramStep],
    texts: Mapping[uuid.UUID, StrokeText],
    acknowledged: Acknowledged | None,
) -> StandingConflict:
    concerned = [step for step in steps if conflict.stroke and _slug(step) == conflict.stroke]
    first = concerned[0] if concerned else None
    stroke = first.stroke_version if first is not None else None
    name = ""
    if stroke is not None:
        text = texts.get(stroke.pk)
        name = text.name if text else stroke.stroke.slug
    return StandingConflict(
        conflict=conflict,
        stroke_name=name,
        orders=tuple(step.order for step in concerned),
        minimum_age_weeks=(
            stroke.min_corrected_age_weeks
            if stroke is not None and conflict.code == AgeConflict.UNDER_MINIMUM_AGE
            else None
        ),
        acknowledged=acknowledged,
    )


def _slug(step: ProgramStep) -> str:
    return step.stroke_version.stroke.slug if step.stroke_version else step.kind
