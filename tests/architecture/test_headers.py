"""What every route says around its answer: who may keep it, what a browser may do with it, where it leads."""

from __future__ import annotations

import re
import runpy
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings

from config import settings as product_settings
from tests import access, factories
from tests.access import Answer, Door, Row
from tests.cast import Cast

EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
CLOSED = ("camera=()", "geolocation=()", "payment=()")
POLICY = {
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
}

WHO = ("anonymous", "otto", "tess", "fay")
"""Nobody, an owner, a therapist, a guardian: between them every route answers with something."""

THE_SAME_FOR_ALL = ("/api/v1/openapi.yaml", "/api/v1/docs/", "/.well-known/jwks.json")

WITHOUT_A_SESSION = ("/identity/o/api/", "/accounts/reaching/stop/")
"""What apps of others write to, known by their tokens and codes, and mail programs, by the letter's token."""

ANEW_EACH_TIME = ("/api/auth/app/v1/auth/webauthn/login",)
"""Answers with something random, for a device to sign."""

SECURE = "https://littlefoot.example"
AS_BROWSERS = {"HTTP_HOST": "littlefoot.example", "HTTP_X_FORWARDED_PROTO": "https"}


@pytest.fixture
def filled(cast: Cast) -> dict[str, object]:
    return access.values(cast, factories.record(cast))


@pytest.fixture
def doors(cast: Cast) -> dict[str, Door]:
    return {actor: Door(actor, cast) for actor in WHO}


@pytest.fixture
def over_https(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, object]]:
    """The settings of a product with a public address, in force."""
    monkeypatch.setenv("PUBLIC_URL", SECURE)
    told = runpy.run_path(str(Path(product_settings.__file__)))
    chosen = {
        name: value
        for name, value in told.items()
        if name.startswith(("SECURE_", "SESSION_COOKIE_", "CSRF_COOKIE_", "CSRF_TRUSTED_", "ALLOWED_HOSTS"))
    }
    access.product.cache_clear()
    with override_settings(**chosen):
        yield chosen
    access.product.cache_clear()


def header(answer: Answer, name: str) -> str:
    """Its value; empty where there is none."""
    found = [line for line in answer.headers if line.lower().startswith(f"{name.lower()}: ")]
    return found[0].partition(": ")[2] if found else ""


def test_every_answer_tells_a_browser_to_stay_at_home(
    doors: dict[str, Door], filled: dict[str, object], over_https: dict[str, object]
) -> None:
    for actor in WHO[1:]:
        doors[actor].cookie = doors[actor].cookie.replace(
            "littlefoot=", f"{over_https['SESSION_COOKIE_NAME']}="
        )
    wrong, asked = [], 0
    for row in access.rows():
        for actor in ("anonymous", let_in(row)):
            answer = doors[actor].ask(row, filled, **AS_BROWSERS)
            asked += 1
            wrong += [f"{row} as {actor} ({answer.status}): {fault}" for fault in _faults(row, actor, answer)]
    assert asked > 700
    assert not wrong, "\n".join(wrong)


def let_in(row: Row) -> str:
    """One of WHO whom a row tells something, or tess."""
    return next((actor for actor in WHO[1:] if row.statuses[actor] < 400), "tess")


def _faults(row: Row, actor: str, answer: Answer) -> Iterator[str]:
    for name, value in EVERYWHERE.items():
        if header(answer, name) != value:
            yield f"{name}: {header(answer, name)!r}"
    if "max-age=31536000" not in header(answer, "Strict-Transport-Security"):
        yield "no Strict-Transport-Security"
    if not all(one in header(answer, "Permissions-Policy") for one in CLOSED):
        yield "no Permissions-Policy"
    if not {part.strip() for part in header(answer, "Content-Security-Policy").split(";")} >= POLICY:
        yield f"Content-Security-Policy: {header(answer, 'Content-Security-Policy')!r}"
    if "unsafe" in header(answer, "Content-Security-Policy"):
        yield "an unsafe Content-Security-Policy"
    if header(answer, "X-Frame-Options") != "DENY":
        yield f"X-Frame-Options: {header(answer, 'X-Frame-Options')!r}"
    is_personal = actor != "anonymous" and row.address not in THE_SAME_FOR_ALL
    if is_personal and "no-store" not in header(answer, "Cache-Control"):
        yield f"Cache-Control: {header(answer, 'Cache-Control')!r}"
    for line in answer.headers:
        if line.startswith("Set-Cookie: "):
            yield from _cookie_faults(line)
    yield from _strangers(answer)


def _cookie_faults(line: str) -> Iterator[str]:
    name = line.removeprefix("Set-Cookie: ").partition("=")[0]
    said = {part.strip().lower() for part in line.split(";")[1:]}
    if name.startswith("__Host-"):
        if not {"secure", "path=/"} <= said or any(part.startswith("domain") for part in said):
            yield f"no host's cookie: {line}"
    elif "max-age=0" not in said:
        yield f"a cookie of no host: {line}"
    if "samesite=lax" not in said and "samesite=strict" not in said:
        yield f"a cookie for other sites: {line}"
    if "httponly" not in said and name != "__Host-csrf" and "max-age=0" not in said:
        yield f"a cookie for scripts: {line}"


LOADED = re.compile(
    r"""(?:\b(?:src|srcset|action|formaction|poster|data|ping|background)=|<link[^>]*\bhref=|url\(|@import)"""
    r"""\s*["']?\s*((?:https?:)?//[^"'\s)>]+)""",
    re.IGNORECASE,
)
"""What a page or a stylesheet loads or sends to by itself; a link that somebody follows is no such thing."""


def _strangers(answer: Answer) -> Iterator[str]:
    if header(answer, "Content-Type").startswith(("text/html", "text/css")):
        for address in LOADED.findall(answer.text):
            if not address.startswith((f"{SECURE}/", "//littlefoot.example/")):
                yield f"loads {address}"


def test_no_stylesheet_or_script_loads_from_elsewhere() -> None:
    built = [
        path for path in Path("assets/dist").rglob("*") if path.suffix in (".css", ".js") and path.is_file()
    ]
    assert built
    for path in built:
        assert not LOADED.findall(path.read_text()), path
    assert LOADED.findall('<img src="//elsewhere.example/a.png">') == ["//elsewhere.example/a.png"]


# ---- writes -----------------------------------------------------------------------------------------------


def test_no_page_is_written_to_from_another_site(doors: dict[str, Door], filled: dict[str, object]) -> None:
    """A signed-in browser that sends a form without the page's own token is refused, whatever it asks."""
    taken = []
    for row in access.rows():
        if row.is_api or row.method == "GET" or row.address.startswith(WITHOUT_A_SESSION):
            continue
        answer = doors[let_in(row)].ask(row, filled, is_forged=True)
        if answer.status != 403:
            taken.append(f"{row} as {let_in(row)}: {answer.status}")
    assert not taken, "\n".join(taken)


def test_a_session_opens_nothing_of_the_api(doors: dict[str, Door], filled: dict[str, object]) -> None:
    """The API knows tokens alone, so there is nothing another site could make a browser do there."""
    opened = []
    for row in access.rows():
        if not row.is_api:
            continue
        nobodys = doors["anonymous"].ask(row, filled)
        answer = doors["anonymous"].ask(row, filled, HTTP_COOKIE=doors["fay"].cookie)
        is_random = row.address in ANEW_EACH_TIME
        if answer.status != nobodys.status or (not is_random and answer.body != nobodys.body):
            opened.append(f"{row}: {answer.status}")
    assert not opened, "\n".join(opened)


# ---- ways out ---------------------------------------------------------------------------------------------

ELSEWHERE = "https://elsewhere.example/"
LURES = (ELSEWHERE, "//elsewhere.example/", "/\\elsewhere.example/", "javascript:alert(1)")
LEADING = ("next", "url", "return", "return_to", "redirect", "redirect_to", "continue", "to", "back", "from")
LEADERS = ("/accounts/", "/invitations/", "/join/", "/start/", "/$")
"""Addresses that send people on to where they came from; each is asked with every lure."""


@pytest.mark.parametrize("lure", LURES)
def test_no_parameter_leads_to_another_site(
    doors: dict[str, Door], filled: dict[str, object], lure: str
) -> None:
    """Nor does a header, be it by a redirect or by a link or form of the page."""
    luring = dict.fromkeys(LEADING, lure)
    led = []
    for row in access.rows():
        is_leader = f"{row.address}$".startswith(LEADERS)
        if row.is_api or not (is_leader or (row.method == "GET" and lure == ELSEWHERE)):
            continue
        for actor in ("anonymous", "tess") if is_leader else ("anonymous",):
            answer = doors[actor].ask(row, filled, query=luring, more=luring, HTTP_REFERER=ELSEWHERE)
            if leads_away(answer, lure):
                led.append(f"{row} as {actor}: {answer.status} {header(answer, 'Location')}")
    assert not led, "\n".join(led)


def leads_away(answer: Answer, lure: str) -> bool:
    location = header(answer, "Location")
    if re.match(r"\s*(?:https?:|javascript:|//|/\\)", location, re.IGNORECASE):
        return not location.startswith("http://testserver/")
    return any(f'{name}="{lure}' in answer.text for name in ("href", "action", "formaction"))


def test_a_way_out_is_found() -> None:
    assert leads_away(Answer(302, (f"Location: {ELSEWHERE}",), b""), ELSEWHERE)
    assert leads_away(Answer(302, ("Location: //elsewhere.example/",), b""), ELSEWHERE)
    assert leads_away(Answer(200, (), b'<a href="https://elsewhere.example/">'), ELSEWHERE)
    assert not leads_away(Answer(302, ("Location: /accounts/login/?next=/",), b""), ELSEWHERE)
