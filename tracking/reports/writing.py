"""What all reports about a child share: its head, period, signature, and the type `Written`.

Each kind's writer reads as the person who asked may read, and produces complete sentences; the template only
lays them out.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import formats, translation
from django.utils.translation import gettext as _

from clinic.localtime import local_wall
from clinic.models import Child, Clinic, ClinicMembership, User
from tracking.models import Report
from tracking.readings.texts import adoption
from tracking.reports.charts import Spec

MOST_FOR_CHART = 1_499
"""In characters: what the notes of other systems take."""

_SENTENCE = re.compile(r"(?<=[.!?؟。])\s+")
_LEFT_OUT = "[…]"

LETTER_COUNTRIES = ("America/",)
"""Clinics in these zones print on letter paper, all others on A4."""


@dataclass(frozen=True, slots=True)
class Written:
    """The template's data, its charts by name, and its sentences as plain text (empty: not for a chart)."""

    data: Mapping[str, Any]
    charts: Mapping[str, Spec] = field(default_factory=dict)
    for_chart: str = ""


def sheet(report: Report, child: Child, *, title: str, now: dt.datetime) -> dict[str, Any]:
    """What `templates/reports/house.typ` sets on every report, in the language that is active."""
    return {
        **clinic_sheet(
            child.clinic, title=title, period=days(report.period_from, report.period_until), now=now
        ),
        "is_draft": adoption(child.clinic_id) is None,
        "signature": signature(report),
    }


def clinic_sheet(clinic: Clinic, *, title: str, period: str, now: dt.datetime) -> dict[str, Any]:
    """As `sheet`, of a clinic: nobody signs it, and it has no clinical text that could be a draft."""
    return {
        "lang": translation.get_language() or "en",
        "is_rtl": translation.get_language_bidi(),
        "paper": "us-letter" if clinic.zone.startswith(LETTER_COUNTRIES) else "a4",
        "title": title,
        "author": clinic.name,
        "clinic": {"name": clinic.name},
        "period": period,
        "footer": _("%(clinic)s · made on %(day)s")
        % {"clinic": clinic.name, "day": date(local_wall(now, clinic.zone).date())},
        "is_draft": False,
        "draft_note": _(
            "Draft wording: this clinic has not yet adopted the library's clinical texts by name and date."
        ),
        "signature": None,
    }


def signature(report: Report) -> dict[str, str] | None:
    """Who signed it and when; None until somebody has."""
    if report.signed_by is None or report.signed_at is None:
        return None
    wall = local_wall(report.signed_at, report.child.clinic.zone)
    return {
        "name": report.signed_by.name,
        "credentials": ", ".join(_credentials(report.signed_by, report)),
        "when": _("Signed on %(day)s") % {"day": date(wall.date())},
    }


def speaking(language: str) -> str:
    """The language a report of this one is written in: it, where our sentences are translated, else English.

    Words of the therapist keep theirs (`own_words`).
    """
    try:
        return translation.get_supported_language_variant(language)
    except LookupError:
        return "en"


def own_words(report: Report) -> dict[str, Any]:
    """What a therapist wrote, by paragraphs, and in which language."""
    return {"narrative": paragraphs(report.narrative), "narrative_language": report.language}


def plain(heading: str, told: Sequence[str], closing: Sequence[str]) -> str:
    """These sentences as plain text for a chart elsewhere: under 1,500 characters, cut between sentences.

    `closing`, what keeps it honest, is never what is left out.
    """
    end = "\n".join(closing)
    left = MOST_FOR_CHART - len(heading) - len(end) - len(_LEFT_OUT) - 3
    kept: list[str] = []
    for sentence in (part for paragraph in told for part in _SENTENCE.split(paragraph) if part.strip()):
        left -= len(sentence) + 1
        if left < 0:
            kept.append(_LEFT_OUT)
            break
        kept.append(sentence.strip())
    return "\n".join(part for part in (heading, " ".join(kept), end) if part)


def paragraphs(narrative: str) -> list[str]:
    """What a therapist wrote, by its empty lines; a browser sends its line ends in pairs."""
    parts = narrative.replace("\r\n", "\n").split("\n\n")
    return [part.strip() for part in parts if part.strip()]


def with_credentials(user: User, report: Report) -> str:
    """A member of staff as they sign here: "Tess Ward, OTR/L"."""
    return ", ".join([user.name, *_credentials(user, report)])


def _credentials(user: User, report: Report) -> list[str]:
    membership = ClinicMembership.objects.filter(user=user, clinic_id=report.clinic_id).order_by(
        "-started_at"
    )
    row = membership.first()
    return list(row.credentials) if row else []


def full_name(child: Child) -> str:
    """First and last name, where there is one."""
    return f"{child.first_name} {child.last_name}".strip()


def date(day: dt.date) -> str:
    """A day, as the active language writes it."""
    return formats.date_format(day, "DATE_FORMAT")


def days(first: dt.date, last: dt.date) -> str:
    """A period from its first to its last day."""
    return _("%(first)s to %(last)s") % {"first": date(first), "last": date(last)}
