"""The library's rows: complete, versioned, and left alone when nothing changed."""

from __future__ import annotations

import copy
import datetime as dt
from typing import Any

import pytest
from django.core.management import call_command

from tests.cast import Cast
from tracking.models import Contraindication, LibraryText, Preset, Stroke, StrokeWords
from tracking.services.loading_library import load_library, read_library

NOW = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)
LIBRARY = read_library()


@pytest.fixture
def library(cast: Cast) -> dict[str, Any]:
    """The library's document, loaded; a copy that a test may change."""
    load_library(library=LIBRARY, now=NOW)
    return copy.deepcopy(LIBRARY)


def stroke_of(slug: str) -> Stroke:
    return Stroke.objects.select_related("current_version").get(clinic=None, slug=slug)


def test_the_whole_library_becomes_rows(library: dict[str, Any]) -> None:
    assert Stroke.objects.filter(clinic=None, retired_at=None).count() == 24
    assert Preset.objects.filter(clinic=None, retired_at=None).count() == 5
    assert Contraindication.objects.filter(is_current=True).count() == 28
    for kind, count in {"verse": 8, "pressure": 4, "contraindication": 28}.items():
        texts = LibraryText.objects.filter(code__startswith=f"{kind}.", language="en", is_current=True)
        assert texts.count() == count
    assert "15 seconds" in LibraryText.objects.get(code="stop_rule", is_current=True).text
    assert LibraryText.objects.get(code="safe_sleep_line", is_current=True).source.startswith("AAP 2022")


def test_a_stroke_says_what_the_document_says(library: dict[str, Any]) -> None:
    glide = stroke_of("leg-long-glide").current_version
    assert glide is not None
    assert (glide.body_region, glide.pressure, glide.contact) == ("legs", "firm", "skin")
    assert (glide.typical_seconds, glide.pass_seconds) == (30, 60)
    assert glide.conflicts == [
        {"code": "limb_tone", "how": "acknowledge"},
        {"code": "hip", "how": "acknowledge"},
    ]
    words = glide.words.get(language="en")
    assert words.name == "Long glide, hip to foot"
    assert words.words_to_say.startswith("Here is your long, long leg")


@pytest.mark.parametrize("preset", LIBRARY["presets"], ids=lambda preset: preset["slug"])
def test_one_pass_of_a_preset_takes_the_minutes_it_is_said_to_take(
    library: dict[str, Any], preset: dict[str, Any]
) -> None:
    row = Preset.objects.get(clinic=None, slug=preset["slug"])
    versions = [stroke_of(slug).current_version for slug in row.stroke_slugs]
    minutes = sum(version.pass_seconds for version in versions if version) / 60
    assert minutes == pytest.approx(preset["typical_minutes"], abs=0.05)


def test_loading_again_changes_nothing(library: dict[str, Any]) -> None:
    assert load_library(library=library, now=NOW).is_unchanged


def test_a_changed_text_makes_a_new_version_and_the_old_one_still_says_what_it_said(
    library: dict[str, Any],
) -> None:
    before = stroke_of("toe-rolls").current_version
    library["strokes"][4]["instruction"] = "Hold each toe."
    loaded = load_library(library=library, now=NOW)
    after = stroke_of("toe-rolls").current_version
    assert before is not None
    assert after is not None
    assert dict(loaded.new_versions) == {"stroke": 1}
    assert after.number == before.number + 1
    assert after.words.get(language="en").instruction == "Hold each toe."
    assert before.words.get(language="en").instruction == LIBRARY["strokes"][4]["instruction"]


def test_words_of_another_language_are_added_and_carried_over(library: dict[str, Any]) -> None:
    german = copy.deepcopy(library) | {"language": "de"}
    german["verses"] = {"de": library["verses"]["en"]}
    german["strokes"][4]["name"] = "Zehenrollen"
    assert dict(load_library(library=german, now=NOW).new_versions) == {}
    version = stroke_of("toe-rolls").current_version
    library["strokes"][4]["typical_seconds"] = 25
    load_library(library=library, now=NOW)
    later = stroke_of("toe-rolls").current_version
    assert later is not None
    assert later != version
    assert StrokeWords.objects.get(version=later, language="de").name == "Zehenrollen"


def test_what_left_the_library_is_retired_and_may_come_back(library: dict[str, Any]) -> None:
    gone = library["strokes"].pop()
    assert dict(load_library(library=library, now=NOW).retired) == {"stroke": 1}
    assert stroke_of(gone["slug"]).retired_at == NOW
    load_library(library=LIBRARY, now=NOW)
    back = stroke_of(gone["slug"])
    assert back.retired_at is None
    assert back.current_version is not None
    assert back.current_version.number == 1


def test_a_changed_rule_and_its_text_are_new_versions_of_their_own(library: dict[str, Any]) -> None:
    fever = library["contraindications"][0]
    fever["how"], fever["text"] = "acknowledge", "Warm"
    library["presets"][0]["strokes"].pop()
    loaded = load_library(library=library, now=NOW)
    assert dict(loaded.new_versions) == {"contraindication": 1, "text": 1, "preset": 1}
    assert Contraindication.objects.get(code="fever", is_current=True).how == "acknowledge"
    assert Contraindication.objects.get(code="fever", is_current=False).how == "block"
    assert LibraryText.objects.get(code="contraindication.fever", is_current=True).number == 2


def test_a_clinics_own_stroke_is_not_the_librarys_to_retire(cast: Cast, library: dict[str, Any]) -> None:
    own = Stroke.objects.create(clinic=cast.harbor, slug="our-own")
    load_library(library=library, now=NOW)
    own.refresh_from_db()
    assert own.retired_at is None


def test_the_command_says_what_it_did(library: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    LibraryText.objects.filter(code="stop_rule").update(text="An older rule.")
    call_command("load_library")
    call_command("load_library")
    assert capsys.readouterr().out.splitlines() == [
        "New versions of: 1 text.",
        "The library is up to date.",
    ]
