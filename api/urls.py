"""Routes of the API, version 1."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
