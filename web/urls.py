"""Routes of the pages."""

from __future__ import annotations

from django.conf import settings
from django.urls import URLPattern

from web import styleguide
from web.pages import route

urlpatterns: list[URLPattern] = []

if settings.DEBUG:
    urlpatterns += [
        route("styleguide/", styleguide.styleguide, name="styleguide"),
        route("styleguide/family/", styleguide.styleguide_family, name="styleguide_family"),
    ]
