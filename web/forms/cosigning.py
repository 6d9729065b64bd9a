"""Forms for returning a draft with a remark, and for rewriting it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from web.forms.inputs import long_text


class ReturnForm(forms.Form):
    """What a supervisor asks for."""

    remark = long_text(_("What is to be changed?"), most=1000)


class RewriteForm(forms.Form):
    """A returned note in other words."""

    body = long_text(_("Your note"))
    lock_version = forms.IntegerField(widget=forms.HiddenInput)
