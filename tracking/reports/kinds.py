"""How each kind of report is written and what may be done with it.

A kind has a module here, a line in `KINDS`, its words in `tracking.wording.labels.reports`, and
`templates/reports/<kind>.typ`, which begins with `#import "house.typ": *` and `#show: house`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from django.utils import translation

from clinic.models import Child, User
from tracking.models import Report, ReportKind
from tracking.readings.reports import LONGEST_NARRATIVE, SeenReport
from tracking.reports import handout, letter, paper_week, parent, progress, sleep_protocol, visit
from tracking.reports.writing import Written, speaking


class Write(Protocol):
    """What the report says, in the language that is active; `child` came through the one door."""

    def __call__(self, report: Report, *, child: Child, viewer: User, now: dt.datetime) -> Written: ...


class Begin(Protocol):
    """Words to begin from, for whoever asks to edit: about these local days, as they may read them."""

    def __call__(self, viewer: User, child: Child, *, first: dt.date, last: dt.date) -> str: ...


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of report.

    One that `has_words` has a place for those of whoever asks: begun by `begin`, empty where that is None.
    Where `covers_days` is false it is about the day it is asked for. One that `is_signed` is shared only
    signed, and stays as it was signed; one that is not is shared as soon as it is made. One that
    `has_addressee` is for somebody who is asked a question. One that `may_be_for_home` can be made for one of
    the child's homes; one that `tells_homes_apart` says who told what, and is shared only if it was.
    """

    write: Write
    has_words: bool = False
    begin: Begin | None = None
    covers_days: bool = True
    is_signed: bool = True
    is_for_family: bool = True
    is_in_family_language: bool = False
    has_addressee: bool = False
    longest_narrative: int = LONGEST_NARRATIVE
    may_be_for_home: bool = False
    tells_homes_apart: bool = False

    def may_be_shared(self, report: Report) -> bool:
        """Whether families may be given this report at all, once it is made."""
        return self.is_for_family and (report.family_id is not None or not self.tells_homes_apart)


KINDS: Mapping[ReportKind, Kind] = {
    ReportKind.PROGRESS: Kind(progress.write, has_words=True, begin=progress.begin),
    ReportKind.PARENT: Kind(parent.write, has_words=True, begin=parent.begin, is_in_family_language=True),
    ReportKind.LETTER: Kind(
        letter.write,
        has_words=True,
        is_for_family=False,
        has_addressee=True,
        longest_narrative=letter.LONGEST_NARRATIVE,
    ),
    ReportKind.HANDOUT: Kind(handout.write, covers_days=False, is_signed=False, may_be_for_home=True),
    ReportKind.PAPER_WEEK: Kind(paper_week.write, covers_days=False, is_signed=False, may_be_for_home=True),
    ReportKind.SLEEP_PROTOCOL: Kind(
        sleep_protocol.write,
        covers_days=False,
        is_signed=False,
        may_be_for_home=True,
        tells_homes_apart=True,
    ),
    ReportKind.VISIT: Kind(
        visit.write,
        has_words=True,
        begin=visit.begin,
        covers_days=False,
        is_signed=False,
        is_for_family=False,
    ),
}
"""Those that can be asked for, in the order they are offered."""


def kind_of(report: Report) -> Kind:
    """How this report is written."""
    return KINDS[ReportKind(report.kind)]


def waits_for_signature(report: SeenReport) -> bool:
    """Whether it is made, and a draft until somebody signs it."""
    return report.is_ready and KINDS[report.kind].is_signed and report.signed_at is None


def write(report: Report, *, child: Child, viewer: User, now: dt.datetime) -> Written:
    """The content of a report, in its language. The caller has fetched `child` through the one door."""
    with translation.override(speaking(report.language)):
        return kind_of(report).write(report, child=child, viewer=viewer, now=now)


def begin(report: Report, *, child: Child, viewer: User) -> str:
    """The words a report is begun with, in its language; empty for a kind that has none."""
    words = kind_of(report).begin
    with translation.override(speaking(report.language)):
        return words(viewer, child, first=report.period_from, last=report.period_until) if words else ""
