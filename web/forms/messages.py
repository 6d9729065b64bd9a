"""The form for writing to a family."""

from __future__ import annotations

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _


class LetterForm(forms.Form):
    """A few words to the guardians; the page makes its id, so that sending twice is one message."""

    client_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    body = forms.CharField(
        label=_("To the family"), max_length=5000, widget=forms.Textarea(attrs={"rows": 4})
    )
