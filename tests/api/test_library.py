"""The library over the API: whole for staff, in sentences for families, in words for apps."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from clinic import rls
from clinic.models import User
from tests.api.client import App
from tests.cast import Cast, make_id
from tests.pictures import picture
from tests.tracking.prescribing import tonight
from tracking.models import Stroke
from tracking.services import stroke_media
from tracking.vocabulary import cues, reasons, states, touch

AppOf = Callable[[User], App]


def test_a_therapist_reads_the_twenty_four_strokes_with_what_blocks_them(app_of: AppOf, cast: Cast) -> None:
    answer = app_of(cast.tess).get(f"/api/v1/clinics/{cast.harbor.slug}/strokes")
    strokes = {stroke["slug"]: stroke for stroke in answer["items"]}
    assert len(strokes) == 24
    assert answer["adopted"] is None
    hug = strokes["deep-squeeze-and-hug"]
    assert (hug["min_corrected_age_weeks"], hug["gate"], hug["pressure"]) == (
        104,
        "block_under_minimum_age",
        "deep",
    )
    forehead = {conflict["code"] for conflict in strokes["forehead-smooth"]["conflicts"]}
    assert "face_aversion" in forehead
    assert strokes["leg-long-glide"]["seconds"] == 60, "30 on each side"


def test_a_therapist_reads_the_five_presets(app_of: AppOf, cast: Cast) -> None:
    presets = app_of(cast.theo).get(f"/api/v1/clinics/{cast.harbor.slug}/presets")["items"]
    assert {preset["slug"]: len(preset["strokes"]) for preset in presets} == {
        "starter-legs-feet": 6,
        "tummy-ease": 7,
        "bedtime-calm": 8,
        "full-body": 23,
        "preschool-deep-pressure": 7,
    }


def test_a_clinic_of_others_has_no_library_for_me(app_of: AppOf, cast: Cast) -> None:
    tova = app_of(cast.tova)
    foreign = tova.get(f"/api/v1/clinics/{cast.harbor.slug}/strokes")
    unknown = tova.get("/api/v1/clinics/no-such-clinic/strokes")
    assert foreign.status == unknown.status == 404
    assert foreign.content == unknown.content


def test_a_family_reads_the_stop_rule_and_the_safe_sleep_line(app_of: AppOf, cast: Cast) -> None:
    answer = app_of(cast.nan).get(f"/api/v1/children/{cast.cleo.pk}/texts")
    texts = {text["code"]: text for text in answer["items"]}
    assert "back" in texts["safe_sleep_line"]["text"].lower()
    assert texts["stop_rule"]["data"]
    assert {"verse.legs", "pressure.firm", "contraindication.fever"} <= set(texts)


def test_a_picture_is_named_with_its_address_and_given_to_who_sees_its_stroke(
    app_of: AppOf, cast: Cast, settings: Any, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    hello = Stroke.objects.get(clinic=None, slug="hello-hands")
    with rls.acting_as(cast.tess):
        program = tonight(cast)
        stroke_media.add_media(
            by=cast.tess,
            clinic=cast.harbor,
            stroke=hello,
            kind="photo",
            content=picture(),
            alt_text="Two hands",
            now=rls.now(),
        )
    shelf = app_of(cast.theo).get(f"/api/v1/clinics/{cast.harbor.slug}/strokes")["items"]
    [on_the_shelf] = next(one for one in shelf if one["slug"] == "hello-hands")["media"]
    assert app_of(cast.theo).get(on_the_shelf["address"]).headers["Content-Type"] == "image/jpeg"
    fay = app_of(cast.fay)
    read = fay.get(f"/api/v1/children/{cast.cleo.pk}/programs/{program.pk}")["current"]
    [at_the_step] = next(step for step in read["steps"] if step["stroke"] == "hello-hands")["media"]
    assert (at_the_step["kind"], at_the_step["alt_text"]) == ("photo", "Two hands")
    file = fay.get(at_the_step["address"])
    assert (file.status, file.headers["X-Content-Type-Options"]) == (200, "nosniff")
    assert "no-store" in file.headers["Cache-Control"]
    assert fay.get(on_the_shelf["address"]).status == 404
    foreign, unknown = (
        app_of(cast.finn).get(address)
        for address in (at_the_step["address"], f"/api/v1/children/{make_id()}/media/{make_id()}")
    )
    assert (foreign.status, foreign.content) == (404, unknown.content)


def test_every_code_an_entry_may_hold_has_its_words(app_of: AppOf, cast: Cast) -> None:
    answer = app_of(cast.fay).get("/api/v1/vocabulary")
    assert answer["language"] == "en"
    lists = answer["lists"]
    for name, kind in {
        "cues": cues.Cue,
        "infant_states": states.InfantState,
        "stimuli": touch.Stimulus,
        "responses": touch.TouchResponse,
        "not_today_reasons": reasons.NotTodayReason,
    }.items():
        assert [word["code"] for word in lists[name]] == [code.value for code in kind]
    assert all(word["label"] and word["tile"] for words in lists.values() for word in words)
    offers = next(word for word in lists["cues"] if word["code"] == "ep_offer")
    assert (offers["group"], offers["strength"]) == ("engagement", "potent")
    shuts_down = next(word for word in lists["cues"] if word["code"] == "dp_shutdown")
    assert shuts_down["is_offered_at_bedtime"] is False
    strong = next(word for word in lists["intensities"] if word["value"] == 3)
    assert strong["more"], "the anchor of the score"
