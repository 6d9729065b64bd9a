"""Routes of teaching."""

from __future__ import annotations

from django.urls import URLPattern

from web.pages import route
from web.teaching import showing

CHILD = "children/<uuid:child>/"

urlpatterns: list[URLPattern] = [
    route(f"{CHILD}teaching/", showing.teaching, name="child_teaching"),
    route(f"{CHILD}visits/<uuid:contact>/teaching/", showing.at_visit, name="visit_teaching"),
]
