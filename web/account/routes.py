"""Addresses of one's own account; they come before allauth's own and take some of their places."""

from __future__ import annotations

from django.urls import URLPattern

from web.account import address, connected, numbers, security, stopping
from web.pages import route

urlpatterns: list[URLPattern] = [
    route("accounts/2fa/", security.security, name="mfa_index"),
    route("accounts/2fa/webauthn/", security.passkeys, name="mfa_list_webauthn"),
    route("accounts/email/", address.address, name="account_email"),
    route("accounts/email/<str:token>/", address.confirm, name="address_confirm"),
    route("accounts/number/", numbers.own_number, name="own_number"),
    route("accounts/code/", numbers.sign_in_code, name="sign_in_code"),
    route("accounts/code/<str:code>/", numbers.sign_in_code, name="sign_in_code_link"),
    route("accounts/reaching/stop/<str:stopping>/", stopping.stop, name="stop_mail"),
    route("accounts/sessions/", security.signed_in, name="usersessions_list"),
    route("accounts/apps/<slug:app>/end/", connected.end, name="app_end"),
    route("identity/o/authorize", connected.let_in, name="app_let_in"),
    route("identity/o/device", connected.not_offered, name="app_by_device"),
    route("identity/o/api/device/code", connected.not_offered, name="app_device_code"),
    route("identity/o/logout", connected.not_offered, name="app_logout"),
    route("accounts/sessions/<int:device>/end/", security.sign_out, name="device_sign_out"),
]
