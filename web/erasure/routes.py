"""Routes of the erasure pages."""

from __future__ import annotations

from django.urls import URLPattern

from web.erasure import asking, board, keeping, running
from web.pages import route

HERE = "c/<slug:clinic>/settings/erasure/"

urlpatterns: list[URLPattern] = [
    route("c/<slug:clinic>/settings/retention/", keeping.periods, name="retention"),
    route(HERE, board.board, name="erasures"),
    route(f"{HERE}find/", board.find, name="erasure_find"),
    route(f"{HERE}children/<uuid:child>/", asking.child, name="erasure_of_child"),
    route(f"{HERE}children/<uuid:child>/hold/", asking.hold, name="erasure_hold"),
    route(f"{HERE}people/<uuid:person>/", asking.person, name="erasure_of_person"),
    route(f"{HERE}holds/<uuid:hold>/lift/", board.lift, name="erasure_lift"),
    route(f"{HERE}wishes/<uuid:wish>/", board.answer, name="erasure_answer"),
    route(f"{HERE}<uuid:erasure>/", running.erasure, name="erasure"),
    route(f"{HERE}<uuid:erasure>/confirm/", running.confirm, name="erasure_confirm"),
    route(f"{HERE}<uuid:erasure>/call-off/", running.call_off, name="erasure_call_off"),
]
