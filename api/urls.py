"""Routes of the API. An address without a declared rule does not boot (architecture, rule 7)."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured
from django.urls import URLPattern, path, re_path, register_converter

from api import description, sign_in
from api.converters import CodeConverter, IdConverter
from api.permissions import Anybody, SignedIn
from api.resources import Nowhere, Resource

app_name = "api"

register_converter(IdConverter, "id")
register_converter(CodeConverter, "code")


def route(address: str, view: type[Resource], name: str) -> URLPattern:
    """A path to a resource. Raises ImproperlyConfigured for one that declares no rule of ours."""
    rules = set(view.permission_classes)
    if not rules or not rules <= {SignedIn, Anybody}:
        raise ImproperlyConfigured(f"The address {name!r} declares no rule.")
    return path(address, view.as_view(), name=name)


SIGN_IN = "auth/app/v1/"

urlpatterns = [
    route(SIGN_IN + "auth/login", sign_in.SignIn, "sign-in"),
    route(SIGN_IN + "auth/2fa/authenticate", sign_in.SecondFactor, "second-factor"),
    route(SIGN_IN + "auth/session", sign_in.SignOut, "sign-out"),
    route(SIGN_IN + "auth/sessions", sign_in.Devices, "devices"),
    route(SIGN_IN + "auth/sessions/<int:device>", sign_in.Device, "device"),
    route(SIGN_IN + "tokens/refresh", sign_in.Refresh, "refresh"),
    path("v1/openapi.yaml", description.openapi, name="openapi"),
    path("v1/docs/", description.docs, name="docs"),
    # Whatever is no address of ours answers as a thing out of sight does.
    re_path("", Nowhere.as_view(), name="nowhere"),
]
