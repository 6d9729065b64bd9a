"""Sentences about care that has ended."""

from __future__ import annotations

import datetime as dt

from django.utils.formats import date_format
from django.utils.translation import gettext as _


def care_has_ended(on: dt.date) -> str:
    """For a family that opens its pages, or an app that logs, after a discharge."""
    return _(
        "Care here ended on %(day)s. All you wrote stays here to read. What you add for days before is kept "
        "as always; what you add for later days is kept too, but nobody here is asked to look at it."
    ) % {"day": date_format(on, "DATE_FORMAT")}
