"""Library rows as the pure modules take them: strokes, contraindications, the stop rule."""

from __future__ import annotations

from typing import Any

from clinic.models import Child
from tracking.models import Contraindication, LibraryText, StrokeVersion
from tracking.precautions import ChildPrecaution, Product, Rule, StrokeRule
from tracking.stop_rule import StopRule
from tracking.vocabulary.body import BodyRegion, Contact, Pressure
from tracking.vocabulary.programs import ProductKind
from tracking.vocabulary.reasons import AgeGate, AppliesTo, ConflictHow

BUILT_IN_LANGUAGE = "en"


def contraindication_rules() -> dict[str, Rule]:
    """The rules in force by code, in the library's order."""
    return {
        row.code: Rule(
            code=row.code,
            how=ConflictHow(row.how),
            applies_to=AppliesTo(row.applies_to),
            needs=frozenset(row.needs),
            is_of_the_moment=row.is_of_the_moment,
        )
        for row in Contraindication.objects.filter(is_current=True).order_by("order", "id")
    }


def stroke_rule(version: StrokeVersion, *, contact: str = "") -> StrokeRule:
    """What a stroke version asks for, done as `contact` says; empty: as the library says.

    Reads the stroke's slug: select `stroke` with the versions.
    """
    return StrokeRule(
        slug=version.stroke.slug,
        region=BodyRegion(version.body_region),
        pressure=Pressure(version.pressure),
        contact=Contact(contact or version.contact),
        minimum_age_weeks=version.min_corrected_age_weeks,
        gate=AgeGate(version.gate),
        conflicts=tuple((conflict["code"], ConflictHow(conflict["how"])) for conflict in version.conflicts),
        may_use_product=version.may_use_product,
    )


def child_precautions(child: Child) -> tuple[ChildPrecaution, ...]:
    """Every precaution of a child, active or not: `tracking.precautions` reads the dates."""
    return tuple(
        ChildPrecaution(
            code=row.code,
            region=row.region,
            substance=row.substance,
            from_on=row.from_on,
            until_on=row.until_on,
        )
        for row in child.precautions.order_by("id")
    )


def product_of(*, kind: str, name: str) -> Product:
    """The product of a program or session; empty is none, a kind not known here counts as some product."""
    if not kind:
        return Product()
    known = kind in {str(each) for each in ProductKind}
    return Product(ProductKind(kind) if known else ProductKind.OTHER, name)


def stop_rule() -> StopRule:
    """The stop rule in force. Raises LibraryText.DoesNotExist before the library is loaded."""
    text = LibraryText.objects.get(clinic=None, code="stop_rule", language=BUILT_IN_LANGUAGE, is_current=True)
    data: dict[str, Any] = text.data
    return StopRule.from_data(data)


def library_version() -> str:
    """The version of the library that is loaded, as clinics adopt it."""
    text = LibraryText.objects.get(clinic=None, code="library", language=BUILT_IN_LANGUAGE, is_current=True)
    version: str = text.data["version"]
    return version
