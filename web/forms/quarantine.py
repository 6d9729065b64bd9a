"""The form for rejecting a late entry, with a reason."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from tracking.services.quarantining import LONGEST_REASON
from web.forms.inputs import long_text


class DiscardForm(forms.Form):
    """For the team alone."""

    reason = long_text(_("Why is it left out?"), most=LONGEST_REASON)
