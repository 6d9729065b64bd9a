"""Conflicts between a child and a program version, with the therapist's reasons."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from clinic.ages import Ages
from clinic.models import Child
from tracking.models import ConflictAcknowledgement, ProgramStep, ProgramVersion, StrokeVersion
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
    version: ProgramVersion, child: Child, *, on: dt.date, language: str = "en"
) -> tuple[StandingConflict, ...]:
    """The conflicts of a version for this child on a local day, blocks first, in five queries."""
    steps = list(
        ProgramStep.objects.filter(version=version)
        .select_related("stroke_version__stroke")
        .order_by("order", "id")
    )
    texts = stroke_texts((step.stroke_version_id for step in steps if step.stroke_version_id), language)
    return ConflictsOfChild(child, [version]).of(version, steps, texts, on=on)


class ConflictsOfChild:
    """What the conflicts of a child's versions are found from, read once in three queries."""

    def __init__(self, child: Child, versions: Iterable[ProgramVersion]) -> None:
        self.child = child
        self.precautions = child_precautions(child)
        self.rules = contraindication_rules()
        self._reasons: dict[uuid.UUID, dict[tuple[str, str], Acknowledged]] = defaultdict(dict)
        rows = ConflictAcknowledgement.objects.filter(version__in=[version.pk for version in versions])
        for row in rows.order_by("id"):
            self._reasons[row.version_id][row.stroke_slug, row.code] = Acknowledged(row.reason, row.at)

    def of(
        self,
        version: ProgramVersion,
        steps: Sequence[ProgramStep],
        texts: Mapping[uuid.UUID, StrokeText],
        *,
        on: dt.date,
    ) -> tuple[StandingConflict, ...]:
        """The conflicts of one version, whose steps carry their strokes."""
        found = conflicts(
            precautions=self.precautions,
            rules=self.rules,
            strokes=stroke_rules(steps),
            product=product_of(kind=version.product_kind, name=version.product_name),
            ages=self.child.ages_on(on),
            on=on,
        )
        reasons = self._reasons[version.pk]
        return tuple(_standing(one, steps, texts, reasons.get((one.stroke, one.code))) for one in found)

    def of_strokes(
        self, versions: Iterable[StrokeVersion], *, on: dt.date
    ) -> dict[uuid.UUID, tuple[Conflict, ...]]:
        """What each stroke of the library, by version id, would be in conflict with on its own account.

        What concerns the whole child, whatever the stroke, is left out.
        """
        ages = self.child.ages_on(on)
        found = {}
        for version in versions:
            all_of_it = conflicts(
                precautions=self.precautions,
                rules=self.rules,
                strokes=[stroke_rule(version)],
                ages=ages,
                on=on,
            )
            found[version.pk] = tuple(one for one in all_of_it if one.stroke)
        return found


def told(one: StandingConflict, ages: Ages) -> dict[str, Any]:
    """A conflict as its sentence and an error are made from: codes, numbers, the stroke's name."""
    return {
        "stroke": one.stroke,
        "stroke_name": one.stroke_name,
        "conflict": one.code,
        "how": str(one.how),
        "why": str(one.conflict.reason),
        "region": one.conflict.region,
        "steps": list(one.orders),
        "minimum_age_weeks": one.minimum_age_weeks,
        "age_weeks": ages.used.weeks,
        "is_corrected": ages.is_corrected,
    }


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
