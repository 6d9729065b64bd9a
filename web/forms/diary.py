"""Answering the diary."""

from __future__ import annotations

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _


class AnswerForm(forms.Form):
    """A few words to the family about one entry."""

    client_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    body = forms.CharField(label=_("Your answer"), max_length=4000, widget=forms.Textarea(attrs={"rows": 2}))
