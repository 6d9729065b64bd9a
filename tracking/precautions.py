"""What stands between a child and a stroke: precautions, allergies, age; and what each asks for.

A conflict blocks, asks the therapist for a reason, or changes how the stroke is done, as the library says.
Which regions lie near one another, and what counts as a nut, are our own lists, for a clinician's sign-off.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from clinic.ages import Ages
from tracking.vocabulary.body import BodyRegion, Contact, ObservationRegion, Pressure
from tracking.vocabulary.programs import ProductKind
from tracking.vocabulary.reasons import (
    AgeConflict,
    AgeGate,
    AppliesTo,
    ConflictHow,
    ConflictReason,
    PrecautionCode,
)


@dataclass(frozen=True, slots=True)
class Rule:
    """One contraindication of the library. `needs` names the fields a child's precaution must carry."""

    code: str
    how: ConflictHow
    applies_to: AppliesTo
    needs: frozenset[str] = frozenset()
    is_of_the_moment: bool = False


@dataclass(frozen=True, slots=True)
class ChildPrecaution:
    """A precaution of the child. Days are local and included; None is open. Empty `region`: anywhere."""

    code: str
    region: str = ""
    substance: str = ""
    from_on: date | None = None
    until_on: date | None = None

    def is_active(self, on: date) -> bool:
        begun = self.from_on is None or self.from_on <= on
        return begun and (self.until_on is None or on <= self.until_on)


@dataclass(frozen=True, slots=True)
class StrokeRule:
    """What a stroke asks for. `conflicts` are the codes it lists and what each does to it.

    `contact` is how the program does it, which may be drier than the library's own.
    """

    slug: str
    region: BodyRegion
    pressure: Pressure
    contact: Contact
    minimum_age_weeks: int
    gate: AgeGate
    conflicts: tuple[tuple[str, ConflictHow], ...] = ()
    may_use_product: bool = True

    def uses(self, product: "Product") -> bool:
        return product.is_used and self.may_use_product and self.contact is Contact.SKIN


@dataclass(frozen=True, slots=True)
class Product:
    """What is on the hands; `name` as the therapist or family wrote it."""

    kind: ProductKind = ProductKind.NONE
    name: str = ""

    @property
    def is_used(self) -> bool:
        return self.kind is not ProductKind.NONE


NO_PRODUCT = Product()


@dataclass(frozen=True, slots=True)
class Conflict:
    """One conflict. `code` is a precaution's code or `under_minimum_age`; empty `stroke`: the whole program.

    `region` is the precaution's, empty where it has none.
    """

    code: str
    how: ConflictHow
    reason: ConflictReason
    stroke: str = ""
    region: str = ""


def conflicts(
    *,
    precautions: Iterable[ChildPrecaution],
    rules: Mapping[str, Rule],
    strokes: Sequence[StrokeRule],
    product: Product = NO_PRODUCT,
    ages: Ages,
    on: date,
) -> tuple[Conflict, ...]:
    """Everything in the way of a program on the local day `on`: blocks first, then in the order of the
    strokes.

    A precaution whose code the library does not know asks for a reason. Before the due date only still touch
    is left, and no minimum age is asked about on top.
    """
    found: list[Conflict] = []
    for precaution in precautions:
        if precaution.is_active(on):
            found += _of_precaution(precaution, rules.get(precaution.code), strokes, product)
    found += [conflict for stroke in strokes for conflict in _of_age(stroke, ages)]
    order = {stroke.slug: place for place, stroke in reversed(list(enumerate(strokes)))}
    return tuple(
        sorted(
            _strictest(found),
            key=lambda one: (_STRICTNESS[one.how], order.get(one.stroke, -1), one.code, one.region),
        )
    )


def missing_needs(rule: Rule, precaution: ChildPrecaution) -> tuple[str, ...]:
    """The fields (`region`, `until`, `substance`) a precaution of this rule lacks."""
    carried = {
        "region": bool(precaution.region),
        "until": precaution.until_on is not None,
        "substance": bool(precaution.substance.strip()),
    }
    return tuple(sorted(need for need in rule.needs if not carried.get(need, True)))


def asks_before(strokes: Iterable[StrokeRule], rules: Mapping[str, Rule]) -> tuple[str, ...]:
    """The codes that hold for an hour, which a caregiver is reminded of before these strokes, in order."""
    listed = {code for stroke in strokes for code, _ in stroke.conflicts}
    return tuple(
        rule.code
        for rule in rules.values()
        if rule.is_of_the_moment and (rule.applies_to is AppliesTo.ALL or rule.code in listed)
    )


def _of_precaution(
    precaution: ChildPrecaution, rule: Rule | None, strokes: Sequence[StrokeRule], product: Product
) -> list[Conflict]:
    code, region = precaution.code, precaution.region
    listed = [
        Conflict(code, how, ConflictReason.LISTED, stroke.slug, region)
        for stroke in strokes
        for listed_code, how in stroke.conflicts
        if listed_code == code
        and (rule is None or rule.applies_to is not AppliesTo.PRODUCT or stroke.uses(product))
    ]
    if rule is None:
        return [*listed, Conflict(code, ConflictHow.ACKNOWLEDGE, ConflictReason.UNKNOWN_CODE, region=region)]
    match rule.applies_to:
        case AppliesTo.ALL:
            return [*listed, Conflict(code, rule.how, ConflictReason.WHOLE_CHILD, region=region)]
        case AppliesTo.REGION:
            regional = [_of_region(precaution, rule, stroke) for stroke in strokes]
            return [*listed, *(conflict for conflict in regional if conflict)]
        case AppliesTo.PRODUCT:
            return listed + _of_product(precaution, rule, strokes, product)
        case AppliesTo.LISTED | AppliesTo.COMPUTED:
            return listed


def _of_region(precaution: ChildPrecaution, rule: Rule, stroke: StrokeRule) -> Conflict | None:
    """In the same region as the rule says; near it at most a reason, and still hands simply lie elsewhere."""
    if _is_same_region(precaution.region, stroke.region):
        return Conflict(
            rule.code, rule.how, ConflictReason.SAME_REGION, stroke.slug, region=precaution.region
        )
    if stroke.region is BodyRegion.WHOLE_BODY and stroke.pressure is Pressure.STILL_TOUCH:
        how = ConflictHow.ADAPT
    elif stroke.region is BodyRegion.WHOLE_BODY or stroke.region in _NEAR.get(precaution.region, ()):
        how = ConflictHow.ACKNOWLEDGE if rule.how is ConflictHow.BLOCK else rule.how
    else:
        return None
    return Conflict(rule.code, how, ConflictReason.NEAR_REGION, stroke.slug, region=precaution.region)


def _of_product(
    precaution: ChildPrecaution, rule: Rule, strokes: Sequence[StrokeRule], product: Product
) -> list[Conflict]:
    """For the program as a whole: the rule's answer where the product is meant, else a reason.

    A product whose name says nothing about its ingredients cannot be cleared by software.
    """
    using = [stroke for stroke in strokes if stroke.uses(product)]
    if precaution.region and not any(
        _is_same_region(precaution.region, stroke.region) or stroke.region is BodyRegion.WHOLE_BODY
        for stroke in using
    ):
        return []
    if not using:
        return []
    is_meant = not precaution.substance or _names(product.name, precaution.substance)
    how = rule.how if is_meant else ConflictHow.ACKNOWLEDGE
    return [Conflict(rule.code, how, ConflictReason.PRODUCT, region=precaution.region)]


def _of_age(stroke: StrokeRule, ages: Ages) -> Iterable[Conflict]:
    if ages.is_before_due_date:
        if stroke.pressure is not Pressure.STILL_TOUCH:
            yield Conflict(
                PrecautionCode.BEFORE_DUE_DATE, ConflictHow.BLOCK, ConflictReason.BEFORE_DUE_DATE, stroke.slug
            )
    elif ages.used.days < stroke.minimum_age_weeks * 7:
        blocks = stroke.gate is AgeGate.BLOCK_UNDER_MINIMUM_AGE
        yield Conflict(
            AgeConflict.UNDER_MINIMUM_AGE,
            ConflictHow.BLOCK if blocks else ConflictHow.ACKNOWLEDGE,
            ConflictReason.UNDER_MINIMUM_AGE,
            stroke.slug,
        )


_STRICTNESS = {ConflictHow.BLOCK: 0, ConflictHow.ACKNOWLEDGE: 1, ConflictHow.ADAPT: 2}


def _strictest(found: Iterable[Conflict]) -> list[Conflict]:
    """One conflict per code, stroke and region: a stroke that comes twice is told once."""
    kept: dict[tuple[str, str, str], Conflict] = {}
    for conflict in found:
        key = (conflict.code, conflict.stroke, conflict.region)
        if key not in kept or _STRICTNESS[conflict.how] < _STRICTNESS[kept[key].how]:
            kept[key] = conflict
    return list(kept.values())


def _is_same_region(precaution: str, stroke: BodyRegion) -> bool:
    """A precaution anywhere or without a region is in every region; the mouth is part of the face."""
    if precaution in {"", ObservationRegion.WHOLE_BODY}:
        return True
    return stroke in ({BodyRegion.FACE} if precaution == ObservationRegion.MOUTH else {precaution})


_NEAR: Mapping[str, frozenset[BodyRegion]] = {
    ObservationRegion.LEGS: frozenset({BodyRegion.FEET}),
    ObservationRegion.FEET: frozenset({BodyRegion.LEGS}),
    ObservationRegion.ARMS: frozenset({BodyRegion.HANDS}),
    ObservationRegion.HANDS: frozenset({BodyRegion.ARMS}),
    ObservationRegion.HEAD_HAIR: frozenset({BodyRegion.FACE}),
    ObservationRegion.NECK: frozenset({BodyRegion.FACE, BodyRegion.CHEST, BodyRegion.BACK}),
}
"""Where a stroke's hands may reach although it is named for the part beside."""

_NUTS = ("nut", "almond", "argan", "arachis", "cashew", "hazel", "macadamia", "pecan", "pistachio", "shea")
_SEEDS = (
    "seed",
    "canola",
    "flax",
    "grape",
    "mustard",
    "poppy",
    "pumpkin",
    "rape",
    "safflower",
    "sesame",
    "sunflower",
)
_WHEAT = ("wheat", "gluten", "spelt", "triticum")
_FAMILIES: Mapping[str, tuple[str, ...]] = {"nut": _NUTS, "seed": _SEEDS, "wheat": _WHEAT}


def _names(product: str, substance: str) -> bool:
    """Whether a product's name speaks of the substance, or of a member of its family (nuts, seeds, wheat)."""
    name, meant = product.casefold(), substance.casefold().strip()
    words = {meant, meant.removesuffix("s")}
    for family, members in _FAMILIES.items():
        if family in meant:
            words.update(members)
    return any(word in name for word in words if word)
