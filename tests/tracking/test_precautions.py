"""Precautions, allergies and age against strokes of the library."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from clinic.ages import Ages, ages
from tracking.precautions import (
    ChildPrecaution,
    Conflict,
    Product,
    Rule,
    StrokeRule,
    asks_before,
    conflicts,
    missing_needs,
)
from tracking.vocabulary.body import BodyRegion, Contact, Pressure
from tracking.vocabulary.programs import ProductKind
from tracking.vocabulary.reasons import AgeGate, AppliesTo, ConflictHow

LIBRARY = json.loads((Path(__file__).parents[2] / "tracking/services/library_data/strokes.json").read_text())
TODAY = date(2026, 11, 20)
RULES = {
    row["code"]: Rule(
        row["code"],
        ConflictHow(row["how"]),
        AppliesTo(row["applies_to"]),
        frozenset(row["needs"]),
        row.get("moment", False),
    )
    for row in LIBRARY["contraindications"]
}
STROKES = {
    row["slug"]: StrokeRule(
        row["slug"],
        BodyRegion(row["body_region"]),
        Pressure(row["pressure"]),
        Contact(row["contact"]),
        row["min_corrected_age_weeks"],
        AgeGate(row["gate"]),
        tuple((one["code"], ConflictHow(one["how"])) for one in row["conflicts"]),
        row["may_use_product"],
    )
    for row in LIBRARY["strokes"]
}
SUNFLOWER = Product(ProductKind.OIL, "Sunflower oil")


def aged(weeks: float, *, gestation: int | None = 280) -> Ages:
    return ages(born_on=TODAY - timedelta(days=round(weeks * 7)), gestation=gestation, on=TODAY)


def found(
    *slugs: str,
    precautions: tuple[ChildPrecaution, ...] = (),
    product: Product | None = None,
    age: Ages | None = None,
) -> list[tuple[str, str, str, str]]:
    made = conflicts(
        precautions=precautions,
        rules=RULES,
        strokes=[STROKES[slug] for slug in slugs],
        product=product or Product(),
        ages=age or aged(200),
        on=TODAY,
    )
    return [(one.stroke, one.code, one.how.value, one.reason.value) for one in made]


def test_cleo_is_asked_for_a_reason_on_the_face_and_refused_deep_pressure_for_her_age() -> None:
    cleo = ages(born_on=date(2026, 2, 20), gestation=31 * 7, on=TODAY)
    aversion = ChildPrecaution("face_aversion")
    assert found("hello-hands", "forehead-smooth", precautions=(aversion,), age=cleo) == [
        ("forehead-smooth", "face_aversion", "acknowledge", "listed")
    ]
    assert found("deep-squeeze-and-hug", age=cleo) == [
        ("deep-squeeze-and-hug", "under_minimum_age", "block", "under_minimum_age")
    ]


@pytest.mark.parametrize("code", [code for code, rule in RULES.items() if rule.applies_to is AppliesTo.ALL])
def test_what_applies_to_all_is_told_once_for_the_program_as_the_library_says(code: str) -> None:
    made = found("hello-hands", "toe-rolls", precautions=(ChildPrecaution(code),))
    assert made == [("", code, RULES[code].how.value, "whole_child")]


@pytest.mark.parametrize("slug", sorted(STROKES))
def test_every_listed_conflict_is_found_with_the_strokes_own_answer(slug: str) -> None:
    stroke = STROKES[slug]
    for code, how in stroke.conflicts:
        made = found(slug, precautions=(ChildPrecaution(code),), product=SUNFLOWER)
        assert (slug, code, how.value, "listed") in made


def test_a_listed_code_leaves_other_strokes_alone() -> None:
    assert found("toe-rolls", "chest-open-book", precautions=(ChildPrecaution("hip"),)) == []


def test_one_precaution_may_block_one_stroke_and_ask_about_another() -> None:
    assert found("leg-long-glide", "leg-rolling", precautions=(ChildPrecaution("hip"),)) == [
        ("leg-rolling", "hip", "block", "listed"),
        ("leg-long-glide", "hip", "acknowledge", "listed"),
    ]


def test_broken_skin_blocks_its_region_asks_beside_it_and_keeps_still_hands_away() -> None:
    broken = ChildPrecaution("skin_open", region="feet")
    assert found("hello-hands", "toe-rolls", "leg-long-glide", "arm-long-glide", precautions=(broken,)) == [
        ("toe-rolls", "skin_open", "block", "same_region"),
        ("leg-long-glide", "skin_open", "acknowledge", "near_region"),
        ("hello-hands", "skin_open", "adapt", "near_region"),
    ]


def test_a_region_left_out_means_everywhere() -> None:
    assert found("toe-rolls", precautions=(ChildPrecaution("skin_open"),)) == [
        ("toe-rolls", "skin_open", "block", "same_region")
    ]


def test_the_mouth_is_part_of_the_face() -> None:
    sore = ChildPrecaution("bruise_or_injury", region="mouth")
    assert found("cheeks-and-jaw", precautions=(sore,)) == [
        ("cheeks-and-jaw", "bruise_or_injury", "block", "same_region")
    ]


def test_an_allergy_blocks_the_product_it_means_and_asks_about_any_other() -> None:
    def allergy(substance: str) -> tuple[ChildPrecaution, ...]:
        return (ChildPrecaution("allergy", substance=substance),)

    product = ("", "allergy", "block", "product")
    assert found("leg-long-glide", precautions=allergy("seeds"), product=SUNFLOWER) == [product]
    assert found(
        "leg-long-glide", precautions=allergy("Nuts"), product=Product(ProductKind.OIL, "sweet ALMOND oil")
    ) == [product]
    assert found("leg-long-glide", precautions=allergy("nuts"), product=SUNFLOWER) == [
        ("", "allergy", "acknowledge", "product")
    ]


def test_no_product_no_allergy_conflict() -> None:
    allergy = (ChildPrecaution("allergy", substance="nuts"),)
    assert found("leg-long-glide", "palm-and-finger-rolls", precautions=allergy) == []
    assert found("hello-hands", precautions=allergy, product=SUNFLOWER) == []


def test_eczema_asks_only_where_the_product_goes() -> None:
    eczema = (ChildPrecaution("skin_chronic", region="legs"),)
    assert found("leg-long-glide", precautions=eczema, product=SUNFLOWER) == [
        ("", "skin_chronic", "acknowledge", "product")
    ]
    assert found("arm-long-glide", precautions=eczema, product=SUNFLOWER) == []


def test_before_the_due_date_only_still_touch_is_left() -> None:
    early = aged(3, gestation=32 * 7)
    assert found("hello-hands", "leg-long-glide", "leg-hug-and-twist", age=early) == [
        ("leg-long-glide", "before_due_date", "block", "before_due_date"),
        ("leg-hug-and-twist", "before_due_date", "block", "before_due_date"),
    ]


def test_minimum_age_is_compared_with_corrected_age_while_that_applies() -> None:
    slug = "leg-hug-and-twist"
    assert found(slug, age=aged(4)) == []
    assert found(slug, age=aged(27 / 7)) == [(slug, "under_minimum_age", "acknowledge", "under_minimum_age")]
    assert found(slug, age=aged(11, gestation=32 * 7)) == [
        (slug, "under_minimum_age", "acknowledge", "under_minimum_age")
    ]
    assert found(slug, age=aged(12, gestation=32 * 7)) == []


def test_after_correcting_has_ended_chronological_age_opens_deep_pressure() -> None:
    two_years = ages(born_on=date(2024, 11, 20), gestation=28 * 7, on=TODAY)
    assert two_years.used.weeks == 104
    assert found("deep-squeeze-and-hug", age=two_years) == []


def test_a_precaution_holds_from_its_first_to_its_last_day() -> None:
    def fever(from_on: int, until_on: int) -> tuple[ChildPrecaution, ...]:
        return (
            ChildPrecaution(
                "fever", from_on=TODAY + timedelta(from_on), until_on=TODAY + timedelta(until_on)
            ),
        )

    assert found("toe-rolls", precautions=fever(-2, 0))
    assert found("toe-rolls", precautions=fever(0, 2))
    assert not found("toe-rolls", precautions=fever(-2, -1))
    assert not found("toe-rolls", precautions=fever(1, 2))


def test_a_code_the_library_does_not_know_asks_for_a_reason() -> None:
    assert found("toe-rolls", precautions=(ChildPrecaution("later_code"),)) == [
        ("", "later_code", "acknowledge", "unknown_code")
    ]


def test_a_stroke_that_comes_twice_is_told_once() -> None:
    made = found("knees-to-tummy", "tummy-paddle", "knees-to-tummy", precautions=(ChildPrecaution("hip"),))
    assert made == [("knees-to-tummy", "hip", "block", "listed")]


def test_a_precaution_must_carry_what_its_rule_needs() -> None:
    assert missing_needs(RULES["recent_vaccination"], ChildPrecaution("recent_vaccination")) == (
        "region",
        "until",
    )
    told = ChildPrecaution("recent_vaccination", region="legs", until_on=TODAY)
    assert missing_needs(RULES["recent_vaccination"], told) == ()
    assert missing_needs(RULES["allergy"], ChildPrecaution("allergy", substance=" ")) == ("substance",)


def test_before_tummy_strokes_a_caregiver_is_reminded_of_the_feed() -> None:
    always = ("asleep_hungry_crying", "not_up_to_it")
    assert asks_before([STROKES["toe-rolls"]], RULES) == always
    assert asks_before([STROKES["tummy-paddle"]], RULES) == ("just_fed", *always)


def test_blocks_come_first() -> None:
    made: list[Any] = found(
        "forehead-smooth",
        "leg-rolling",
        precautions=(ChildPrecaution("hip"), ChildPrecaution("face_aversion")),
    )
    assert [one[2] for one in made] == ["block", "acknowledge"]


def test_a_conflict_says_which_region_it_is_about() -> None:
    made = conflicts(
        precautions=[ChildPrecaution("shunt_or_device", region="tummy")],
        rules=RULES,
        strokes=[STROKES["tummy-paddle"]],
        ages=aged(60),
        on=TODAY,
    )
    assert [one.region for one in made if isinstance(one, Conflict)] == ["tummy"]
