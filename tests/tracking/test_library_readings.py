"""Rows of the library as the arithmetic reads them."""

from __future__ import annotations

from clinic.models import Precaution
from clinic.rls import now
from clinic.vocabulary import StopSensitivity
from tests.cast import Cast
from tests.data import OUTCOMES
from tracking.models import Stroke
from tracking.readings.library import (
    child_precautions,
    contraindication_rules,
    library_version,
    product_of,
    stop_rule,
    stroke_rule,
)
from tracking.stop_rule import NotedCue, advice
from tracking.vocabulary.body import Contact
from tracking.vocabulary.cues import Cue
from tracking.vocabulary.programs import ProductKind


def test_the_stop_rule_of_the_rows_answers_as_the_document_does(cast: Cast) -> None:
    rule = stop_rule()
    for vector in OUTCOMES["stop_rule"]:
        cues = [NotedCue(Cue(code), at) for code, at in vector["cues"]]
        assert advice(rule, cues, sensitivity=StopSensitivity(vector["sensitivity"])) == vector["advice"]


def test_rules_come_in_the_librarys_order_with_what_they_need(cast: Cast) -> None:
    rules = contraindication_rules()
    assert list(rules)[:3] == ["fever", "infection", "recent_vaccination"]
    assert rules["recent_vaccination"].needs == {"until", "region"}
    assert rules["just_fed"].is_of_the_moment
    assert library_version() == "0.2"


def test_a_program_may_do_a_stroke_drier_than_the_library(cast: Cast) -> None:
    stroke = Stroke.objects.select_related("current_version__stroke").get(slug="leg-rolling")
    assert stroke.current_version is not None
    assert stroke_rule(stroke.current_version).contact is Contact.SKIN
    drier = stroke_rule(stroke.current_version, contact="through_clothes")
    assert drier.contact is Contact.THROUGH_CLOTHES
    assert dict(drier.conflicts)["hip"] == "block"


def test_a_childs_precautions_keep_their_region_and_days(cast: Cast) -> None:
    Precaution.objects.create(
        clinic=cast.harbor,
        child=cast.fern,
        code="skin_open",
        region="feet",
        recorded_by=cast.theo,
        recorded_at=now(),
    )
    (told,) = [one for one in child_precautions(cast.fern) if one.code == "skin_open"]
    assert (told.region, told.from_on, told.until_on) == ("feet", None, None)


def test_a_product_of_an_unknown_kind_is_still_a_product() -> None:
    assert product_of(kind="balm", name="").kind is ProductKind.OTHER
    assert not product_of(kind="", name="").is_used
    assert not product_of(kind="none", name="").is_used
