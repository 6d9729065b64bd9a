"""The style guide, which the product serves only under DEBUG."""

from __future__ import annotations

from django.urls import path

from web import styleguide

urlpatterns = [
    path("", styleguide.styleguide, name="home"),
    path("family/", styleguide.styleguide_family),
]
