"""Sentences of the hand-off line about what is not an entry."""

from __future__ import annotations

import datetime as dt

from django.utils.formats import date_format
from django.utils.translation import gettext

from tracking.vocabulary.concerns import ConcernKind
from tracking.wording.labels import label


def worried(kind: str) -> str:
    return gettext("A worry: %(what)s") % {"what": label(ConcernKind, kind)}


def paused(from_on: dt.date, until_on: dt.date | None) -> str:
    """A pause; until its last day, where it has one."""
    first = date_format(from_on, "MONTH_DAY_FORMAT")
    if until_on is None:
        return gettext("The massage is paused from %(first)s on") % {"first": first}
    return gettext("The massage is paused from %(first)s to %(last)s") % {
        "first": first,
        "last": date_format(until_on, "MONTH_DAY_FORMAT"),
    }


def routine_begins(on: dt.date) -> str:
    return gettext("A routine is there, from %(day)s on") % {"day": date_format(on, "MONTH_DAY_FORMAT")}


def routine_changes(on: dt.date) -> str:
    return gettext("The routine changes, from %(day)s on") % {"day": date_format(on, "MONTH_DAY_FORMAT")}
