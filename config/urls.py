"""Every address of the product."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    path("api/", include("api.urls")),
    path("", include("web.urls")),
]

handler400 = "config.refusals.not_understood"
handler500 = "config.refusals.broken"
