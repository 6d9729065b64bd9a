"""Sentences about why a message was given up, for whoever looks after the clinic's mail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_REASONS: dict[str, _StrPromise] = {
    "no_address": _("There is no address to write to"),
    "tries_spent": _("Tried five times, and not taken"),
    "senders_died": _("Whatever was sending it stopped in the middle of it, again and again"),
    "undecidable": _("Something about it could not be read"),
    "unsendable": _("No message can be sent to this address"),
    "push_unsendable": _("No notification can be sent to this device"),
    "push_no_browser": _("No device takes notifications any more"),
    "push_404": _("The device takes no notifications any more"),
    "push_410": _("The device takes no notifications any more"),
}


def reason_of(code: str) -> str:
    """A sentence; for a provider's own number, that number."""
    if code in _REASONS:
        return str(_REASONS[code])
    number = code.rpartition("_")[2]
    if number.isdecimal():
        return gettext("Refused with number %(number)s") % {"number": number}
    return gettext("Not known whether it was taken")
