"""The form for a safeguarding note."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from web.forms.inputs import long_text


class SafeguardingNoteForm(forms.Form):
    """A note for the named leads."""

    body = long_text(
        _("What you saw or heard"),
        most=8000,
        help_text=_("When, where, who was there; their words as they said them, apart from what you think."),
    )


class SafeguardingFollowForm(forms.Form):
    """What came after a note."""

    body = long_text(_("What was done, seen or heard since"), most=8000)
