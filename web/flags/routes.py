"""Routes of the flag pages."""

from __future__ import annotations

from django.urls import URLPattern

from web.flags import handling, settings
from web.pages import route

FLAGS = "c/<slug:clinic>/flags/"
SETTINGS = "c/<slug:clinic>/settings/flags/"

urlpatterns: list[URLPattern] = [
    route(FLAGS, handling.listed, name="flags"),
    route(f"{FLAGS}<uuid:flag>/", handling.flag, name="flag"),
    route(f"{FLAGS}<uuid:flag>/advice/<uuid:program>/", handling.advice, name="flag_advice"),
    route(SETTINGS, settings.hours, name="flag_hours"),
    route(f"{SETTINGS}closures/", settings.closures, name="flag_closures"),
    route(f"{SETTINGS}readers/<slug:severity>/", settings.readers, name="flag_readers"),
    route(f"{SETTINGS}rules/", settings.rules, name="flag_rules"),
    route(f"{SETTINGS}rules/<slug:code>/", settings.switch, name="flag_switch"),
    route(f"{SETTINGS}texts/", settings.texts, name="flag_texts"),
    route(f"{SETTINGS}texts/<slug:code>/", settings.text, name="flag_text"),
]
