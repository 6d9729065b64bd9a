"""Sentences for a family about what they were shown, and what comes next."""

from __future__ import annotations

import datetime as dt

from django.utils import formats
from django.utils.translation import gettext as _

from tracking.vocabulary.teaching import TaughtLevel


def how_it_stands(level: str, *, by: str, on: dt.date) -> str:
    """A clause beside the name of the thing: "shown by Tess on May 3; next time on your own"."""
    told = {"name": by, "day": formats.date_format(on, "MONTH_DAY_FORMAT")}
    match level:
        case TaughtLevel.SHOWN:
            return _("shown by %(name)s on %(day)s; next time on your own") % told
        case TaughtLevel.WITH_HELP:
            return _("tried with %(name)s on %(day)s; next time on your own") % told
        case TaughtLevel.ALONE:
            return _("on your own since %(day)s, seen by %(name)s") % told
        case TaughtLevel.AGAIN:
            return _("%(name)s shows it to you once more") % told
    return _("shown by %(name)s on %(day)s") % told
