"""The URL configuration of the whole product."""

from __future__ import annotations

from django.conf import settings
from django.urls import include, path

from web.account.routes import urlpatterns as account

urlpatterns = [
    *account,
    path("accounts/", include("allauth.urls")),
    *([path("", include("allauth.idp.urls"))] if settings.IDP_OIDC_PRIVATE_KEY else []),
    path("api/", include("api.urls")),
    path("", include("web.urls")),
]

handler400 = "config.refusals.not_understood"
handler500 = "config.refusals.broken"
