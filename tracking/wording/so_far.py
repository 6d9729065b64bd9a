"""Progress for families: "4 of the last 7", never a percentage."""

from __future__ import annotations

from django.utils.translation import gettext


def lately(count: int, of: int, *, is_evenings: bool) -> str:
    if is_evenings:
        return gettext("%(n)s of the last %(of)s evenings") % {"n": count, "of": of}
    return gettext("%(n)s of the last %(of)s days") % {"n": count, "of": of}


def this_week(count: int, of: int) -> str:
    return gettext("%(n)s of %(of)s this week") % {"n": count, "of": of}
