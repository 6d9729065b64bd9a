"""A language nobody speaks: every sentence that goes through gettext comes back between brackets.

What a page says outside them, no translator would ever see. Built while it runs, so it holds every sentence.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterator
from gettext import NullTranslations
from html.parser import HTMLParser

from django.utils.translation import trans_real

from web.templatetags.look import drawn_day

OPEN, CLOSE = "\u2039", "\u203a"
CONTEXT = "\x04"

READ_IN_ATTRIBUTES = {
    "alt",
    "title",
    "placeholder",
    "label",
    "aria-label",
    "aria-description",
    "aria-roledescription",
    "data-confirm",
    "data-confirm-detail",
    "data-confirm-verb",
    "data-said",
    "data-label",
}
READ_IN_CHARTS = {"title", "text", "description"}


class Pseudo(NullTranslations):
    """English with every sentence between brackets."""

    def gettext(self, message: str) -> str:
        return f"{OPEN}{message.rsplit(CONTEXT, maxsplit=1)[-1]}{CLOSE}"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)

    def language(self) -> str:
        return "en"

    def to_language(self) -> str:
        return "en"


@contextlib.contextmanager
def spoken() -> Iterator[None]:
    """Whoever asks for English meanwhile gets the language nobody speaks."""
    kept = trans_real._translations.get("en"), trans_real._default, getattr(trans_real._active, "value", None)
    pseudo = Pseudo()
    trans_real._translations["en"] = trans_real._default = trans_real._active.value = pseudo
    drawn_day.cache_clear()
    try:
        yield
    finally:
        drawn_day.cache_clear()
        trans_real._default = kept[1]
        if kept[0] is None:
            del trans_real._translations["en"]
        else:
            trans_real._translations["en"] = kept[0]
        if kept[2] is None:
            del trans_real._active.value
        else:
            trans_real._active.value = kept[2]


class Page(HTMLParser):
    """Everything a person reads or hears on a page: `text` as it runs, `said` in attributes and charts."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.said: list[str] = []
        self.silent = ""
        self.script: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in ("script", "style", "code"):
            self.silent = given.get("type", tag)
        self.said += [value for name, value in given.items() if name in READ_IN_ATTRIBUTES]
        if tag == "input" and given.get("type") in ("submit", "button", "reset"):
            self.said.append(given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style", "code"):
            if self.silent == "application/json":
                self.said += told_by_chart(json.loads("".join(self.script) or "null"))
            self.silent, self.script = "", []

    def handle_data(self, data: str) -> None:
        if self.silent:
            self.script.append(data)
        else:
            self.text.append(data)


def told_by_page(html: str) -> list[str]:
    """What stands outside brackets on a page, piece by piece; a sentence may hold a link."""
    page = Page()
    page.feed(html)
    page.close()
    depth, pieces = 0, []
    for text in page.text:
        piece, depth = _outside(text, depth)
        pieces.append(piece)
    return pieces + [_outside(said)[0] for said in page.said]


def told_by_chart(specification: object) -> list[str]:
    """The words of a chart's specification, wherever in it they stand."""
    match specification:
        case dict():
            return [
                word
                for name, value in specification.items()
                for word in (
                    [value] if name in READ_IN_CHARTS and isinstance(value, str) else told_by_chart(value)
                )
            ]
        case list():
            return [word for value in specification for word in told_by_chart(value)]
    return []


def _outside(text: str, depth: int = 0) -> tuple[str, int]:
    """What of a text stands outside all brackets, and how many are open at its end."""
    kept = []
    for letter in text:
        if letter == OPEN:
            depth += 1
            kept.append(" ")
        elif letter == CLOSE:
            depth -= 1
        elif depth == 0:
            kept.append(letter)
    return "".join(kept), depth


def told_by_text(text: str) -> list[str]:
    """What stands outside brackets, line by line."""
    return _outside(text)[0].splitlines()


def untranslated(pieces: list[str], known: re.Pattern[str]) -> list[str]:
    """Words, of two letters and more, that are nobody's own (`known`)."""
    # Most pieces are the white space between two tags, and `known` is long.
    said = (WORD.findall(known.sub(" ", piece)) for piece in pieces if WORD.search(piece))
    return [" ".join(words) for words in said if words]


WORD = re.compile(r"[^\W\d_]{2,}")
