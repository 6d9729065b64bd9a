"""Where group classes are."""

from __future__ import annotations

from django.urls import URLPattern

from web.classes import holding, keeping
from web.pages import route

CLASSES = "c/<slug:clinic>/classes/"
ONE = f"{CLASSES}<uuid:group>/"

urlpatterns: list[URLPattern] = [
    route(CLASSES, keeping.listed, name="classes"),
    route(ONE, keeping.group_class, name="group_class"),
    route(f"{ONE}dates/", keeping.add_date, name="class_date_add"),
    route(f"{ONE}children/", keeping.join, name="class_join"),
    route(f"{ONE}children/<uuid:place>/leave/", keeping.leave, name="class_leave"),
    route(f"{ONE}dates/<uuid:date>/", holding.hold, name="class_date"),
    route(f"{ONE}dates/<uuid:date>/off/", holding.call_off, name="class_date_off"),
]
