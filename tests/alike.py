"""Answers held against one another to the byte, without what is new in each."""

from __future__ import annotations

import re
from itertools import zip_longest

from tests.access import Answer

MASKED = re.compile(rb"[A-Za-z0-9]{64}")
"""The token of a form, masked anew for each answer."""

EXPIRES = re.compile(rb"(?<=; expires=)[^;]+")
"""The second at which a cookie ends, counted from that of the answer."""

MADE_ANEW = re.compile(rb'(<input type="hidden" name="(?:[\w-]*id|sheet)" value=")[0-9a-f-]{36}')
"""The id under which a form will send what is told in it, made for each form."""


def settled(body: bytes) -> bytes:
    """A body without the tokens and ids that are made for each."""
    return MADE_ANEW.sub(rb"\1new", MASKED.sub(b"<token>", body))


def plainly(answer: Answer, one: object) -> bytes:
    """An answer to the byte, but for cookies, what is made anew, and the one that was asked about."""
    headers = "\n".join(line for line in answer.headers if not line.startswith("Set-Cookie"))
    told = b"%d\n" % answer.status + headers.encode() + b"\n\n" + answer.body
    return settled(told.replace(str(one).encode(), b"<an id>"))


def difference(**told: bytes) -> str:
    """The first line at which answers part, each under its name."""
    lines = {about: text.decode(errors="replace").splitlines() for about, text in told.items()}
    for parted in zip_longest(*lines.values(), fillvalue=""):
        if len(set(parted)) > 1:
            return " | ".join(
                f"{about}: {line.strip()[:90]}" for about, line in zip(lines, parted, strict=True)
            )
    return "only in how lines end"
