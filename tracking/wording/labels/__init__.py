"""Words for every code of the vocabularies: `label(Cue, "ep_gaze")` is "Looks at your face".

Codes come from rows and may be newer than this version; an unknown one is answered as it is, so that a page
never fails on it.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from django.utils.translation import gettext

from tracking.wording.labels import (
    asking,
    body,
    charts,
    clinic_figures,
    concerns,
    contacts,
    cues,
    erasure,
    flags,
    outcomes,
    people,
    programs,
    reasons,
    reminders,
    reports,
    sleep,
    states,
    supervision,
    teaching,
    touch,
)
from tracking.wording.labels.words import Table, Words

TABLE: Table = (
    asking.TABLE
    | body.TABLE
    | charts.TABLE
    | clinic_figures.TABLE
    | concerns.TABLE
    | contacts.TABLE
    | cues.TABLE
    | erasure.TABLE
    | flags.TABLE
    | outcomes.TABLE
    | people.TABLE
    | programs.TABLE
    | reasons.TABLE
    | reminders.TABLE
    | reports.TABLE
    | sleep.TABLE
    | states.TABLE
    | teaching.TABLE
    | supervision.TABLE
    | touch.TABLE
)


def label(kind: type[Enum], code: str | int) -> str:
    """The full wording of a code; `kind` is its vocabulary. Empty for an empty code."""
    words = _words(kind, code)
    return str(words.long) if words else str(code)


def tile(kind: type[Enum], code: str | int) -> str:
    """The wording for a button: short where a short one is given."""
    words = _words(kind, code)
    return str(words.tile or words.long) if words else str(code)


def clinical(kind: type[Enum], code: str | int) -> str:
    """The therapist's term; the parent's wording where there is none."""
    words = _words(kind, code)
    return str(words.clinical or words.long) if words else str(code)


def more(kind: type[Enum], code: str | int) -> str:
    """The example or anchor beneath a label; empty where there is none."""
    words = _words(kind, code)
    return str(words.more) if words else ""


def choices(kind: type[Enum], codes: Iterable[str | int] | None = None) -> list[tuple[str | int, str]]:
    """(code, label) of a vocabulary in its own order, or of these `codes` of it in theirs."""
    wanted = [member.value for member in kind] if codes is None else list(codes)
    return [(getattr(code, "value", code), label(kind, code)) for code in wanted]


def listed(items: Iterable[str]) -> str:
    """Items as one phrase: "a", "a and b", "a, b and c"; empty for none."""
    words = [str(item) for item in items]
    if len(words) < 2:
        return "".join(words)
    return gettext("%(items)s and %(last)s") % {
        "items": gettext(", ").join(words[:-1]),
        "last": words[-1],
    }


def _words(kind: type[Enum], code: str | int) -> Words | None:
    return TABLE[kind].get(code)
