"""Addresses of one's own account; they come before allauth's own and take some of their places."""

from __future__ import annotations

from django.urls import URLPattern

from web.account import address, connected, numbers, reaching, security, stopping
from web.pages import route

urlpatterns: list[URLPattern] = [
    route("accounts/2fa/", security.security, name="mfa_index"),
    route("accounts/2fa/webauthn/", security.passkeys, name="mfa_list_webauthn"),
    route("accounts/email/", address.address, name="account_email"),
    route("accounts/email/<str:token>/", address.confirm, name="address_confirm"),
    route("accounts/logout/", security.leave, name="account_logout"),
    route("accounts/number/", numbers.own_number, name="own_number"),
    route("accounts/code/", numbers.sign_in_code, name="sign_in_code"),
    route("accounts/code/<str:code>/", numbers.sign_in_code, name="sign_in_code_link"),
    route("accounts/reaching/", reaching.ways, name="own_ways"),
    route("accounts/reaching/letter/", reaching.send_letter, name="address_letter"),
    route("accounts/reaching/browsers/", reaching.add_browser, name="browser_add"),
    route("accounts/reaching/browsers/<uuid:browser>/end/", reaching.remove_browser, name="browser_remove"),
    route("accounts/reaching/phone/", reaching.say_phone, name="phone_say"),
    route("accounts/reaching/phone/code/", reaching.confirm_phone, name="phone_confirm"),
    route("accounts/reaching/phone/end/", reaching.forget_phone, name="phone_forget"),
    route("accounts/reaching/calendar/", reaching.make_calendar, name="calendar_make"),
    route("accounts/reaching/calendar/end/", reaching.end_calendar, name="calendar_end"),
    route("calendars/<str:calendar>.ics", reaching.calendar, name="calendar"),
    route("accounts/reaching/stop/<str:stopping>/", stopping.stop, name="stop_mail"),
    route("accounts/sessions/", security.signed_in, name="usersessions_list"),
    route("accounts/apps/<slug:app>/end/", connected.end, name="app_end"),
    route("identity/o/authorize", connected.let_in, name="app_let_in"),
    route("identity/o/device", connected.not_offered, name="app_by_device"),
    route("identity/o/api/device/code", connected.not_offered, name="app_device_code"),
    route("identity/o/logout", connected.not_offered, name="app_logout"),
    route("accounts/sessions/<int:device>/end/", security.sign_out, name="device_sign_out"),
]
