"""Routes of the library."""

from __future__ import annotations

from django.urls import URLPattern

from web.library import advice, media, own, shelf, strategies
from web.pages import route

LIBRARY = "c/<slug:clinic>/library/"

urlpatterns: list[URLPattern] = [
    route(LIBRARY, shelf.library, name="library"),
    route(f"{LIBRARY}texts/", shelf.texts, name="library_texts"),
    route(f"{LIBRARY}advice/", advice.advice, name="library_advice"),
    route(f"{LIBRARY}advice/<slug:advice>/", advice.words, name="library_advice_words"),
    route(f"{LIBRARY}media/<uuid:media>/", shelf.media, name="library_media"),
    route(f"{LIBRARY}media/<uuid:media>/describe/", media.describe, name="library_media_describe"),
    route(f"{LIBRARY}media/<uuid:media>/move/", media.move, name="library_media_move"),
    route(f"{LIBRARY}media/<uuid:media>/remove/", media.remove, name="library_media_remove"),
    route(f"{LIBRARY}strokes/new/", own.new_stroke, name="library_stroke_new"),
    route(f"{LIBRARY}strokes/<uuid:stroke>/", shelf.stroke, name="library_stroke"),
    route(f"{LIBRARY}strokes/<uuid:stroke>/edit/", own.edit_stroke, name="library_stroke_edit"),
    route(f"{LIBRARY}strokes/<uuid:stroke>/offer/", shelf.offer_stroke, name="library_stroke_offer"),
    route(f"{LIBRARY}strokes/<uuid:stroke>/retire/", own.retire_stroke, name="library_stroke_retire"),
    route(f"{LIBRARY}strokes/<uuid:stroke>/media/", media.add, name="library_media_add"),
    route(f"{LIBRARY}strategies/", strategies.listed, name="library_strategies"),
    route(f"{LIBRARY}strategies/<uuid:strategy>/retire/", strategies.retire, name="library_strategy_retire"),
    route(f"{LIBRARY}presets/new/", own.new_preset, name="library_preset_new"),
    route(f"{LIBRARY}presets/<uuid:preset>/edit/", own.edit_preset, name="library_preset_edit"),
    route(f"{LIBRARY}presets/<uuid:preset>/offer/", shelf.offer_preset, name="library_preset_offer"),
    route(f"{LIBRARY}presets/<uuid:preset>/retire/", own.retire_preset, name="library_preset_retire"),
]
