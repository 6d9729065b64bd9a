"""Passkeys, codes and recovery codes in a real browser, its fingerprint reader a virtual one."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import CDPSession, Page, expect

from clinic.models import Clinic, User
from tests.cast import PASSWORD, Cast
from tests.e2e.conftest import OpenPage
from tests.processes import Running

pytestmark = pytest.mark.e2e

PHONE = (390, 844)


@dataclass
class Reader:
    """A fingerprint reader built into the browser's device; `is_willing` is whether the finger fits."""

    session: CDPSession
    id: str

    @classmethod
    def of(cls, page: Page) -> Reader:
        session = page.context.new_cdp_session(page)
        session.send("WebAuthn.enable")
        made = session.send(
            "WebAuthn.addVirtualAuthenticator",
            {
                "options": {
                    "protocol": "ctap2",
                    "transport": "internal",
                    "hasResidentKey": True,
                    "hasUserVerification": True,
                    "isUserVerified": True,
                    "automaticPresenceSimulation": True,
                }
            },
        )
        return cls(session, made["authenticatorId"])

    def refuse(self, *, is_willing: bool = False) -> None:
        told = {"authenticatorId": self.id, "isUserVerified": is_willing}
        self.session.send("WebAuthn.setUserVerified", told)

    def credentials(self) -> list[dict[str, object]]:
        return self.session.send("WebAuthn.getCredentials", {"authenticatorId": self.id})["credentials"]


def sign_in(page: Page, web: Running, user: User) -> None:
    page.goto(f"{web.url}/accounts/login/")
    page.get_by_label("E-mail address or sign-in number").fill(user.email or "")
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def sign_out(page: Page, web: Running) -> None:
    page.wait_for_load_state("networkidle")  # a form that was just sent would cut the next page off
    page.goto(f"{web.url}/accounts/logout/")
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(re.compile("/accounts/login/"))


def add_passkey(page: Page, web: Running, name: str) -> None:
    page.goto(f"{web.url}/accounts/2fa/")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("What to call it").fill(name)
    page.get_by_role("button", name="Make the passkey").click()


def test_a_mother_adds_a_passkey_and_signs_in_with_it_alone(
    live_cast: Cast, running_web: Running, open_page: OpenPage
) -> None:
    page = open_page(size=PHONE)
    reader = Reader.of(page)
    sign_in(page, running_web, live_cast.fay)
    add_passkey(page, running_web, "My phone")
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    assert len(reader.credentials()) == 1
    sign_out(page, running_web)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page).to_have_url(re.compile(f"/family/{live_cast.cleo.pk}/"))
    page.goto(f"{running_web.url}/accounts/2fa/")
    expect(page.get_by_role("link", name="Rename My phone")).to_be_visible()
    expect(page.get_by_text(re.compile("last used"))).to_be_visible()


def test_a_password_alone_no_longer_opens_an_account_with_a_passkey(
    live_cast: Cast, running_web: Running, open_page: OpenPage
) -> None:
    page = open_page()
    reader = Reader.of(page)
    sign_in(page, running_web, live_cast.tess)
    add_passkey(page, running_web, "Laptop")
    sign_out(page, running_web)
    sign_in(page, running_web, live_cast.tess)
    expect(page.get_by_role("heading", name="The second step")).to_be_visible()
    page.goto(f"{running_web.url}/c/harbor/caseload/")
    expect(page).to_have_url(re.compile("/accounts/2fa/authenticate/"))
    reader.refuse()
    page.get_by_role("button", name="Use a passkey").click()
    reader.refuse(is_willing=True)
    page.get_by_role("button", name="Use a passkey").click()
    expect(page).to_have_url(re.compile("/c/harbor/caseload/"))


def test_staff_whose_clinic_demands_it_set_up_an_app_before_anything_else_opens(
    live_cast: Cast, running_web: Running, open_page: OpenPage
) -> None:
    assert Clinic.objects.filter(pk=live_cast.harbor.pk).update(staff_must_use_mfa=True) == 1
    page = open_page(scripts=False)
    sign_in(page, running_web, live_cast.tess)
    expect(page.get_by_text("Your clinic asks for a second step")).to_be_visible()
    page.goto(f"{running_web.url}/c/harbor/caseload/")
    expect(page).to_have_url(re.compile("/accounts/2fa/$"))
    page.get_by_role("link", name="Set up an app").click()
    secret = page.locator(".account-secret").inner_text().replace("-", "")
    page.get_by_label("The code the app shows now").fill("000000")
    page.get_by_role("button", name="Use this app").click()
    expect(page.get_by_text("This code opens nothing").first).to_be_visible()
    page.get_by_label("The code the app shows now").fill(code_of(secret))
    page.get_by_role("button", name="Use this app").click()
    codes = page.locator(".account-codes code").all_inner_texts()
    assert len(codes) == 10
    page.goto(f"{running_web.url}/c/harbor/caseload/")
    expect(page).to_have_url(re.compile("/c/harbor/caseload/"))
    stored = Authenticator.objects.get(user=live_cast.tess, type=Authenticator.Type.TOTP).data["secret"]
    assert secret not in stored
    page.goto(f"{running_web.url}/accounts/2fa/recovery-codes/")
    expect(page.get_by_text("10 of 10 codes are left")).to_be_visible()
    assert codes[0] not in page.content(), "they are shown once"
    use_a_recovery_code(page, running_web, live_cast.tess, codes[0])


def use_a_recovery_code(page: Page, web: Running, user: User, code: str) -> None:
    sign_out(page, web)
    sign_in(page, web, user)
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile("/c/harbor/caseload/"))
    page.goto(f"{web.url}/accounts/2fa/")
    expect(page.get_by_text("9 codes are left")).to_be_visible()
    sign_out(page, web)
    sign_in(page, web, user)
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("This code opens nothing").first).to_be_visible()


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))
