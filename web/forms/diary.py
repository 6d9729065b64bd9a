"""Forms for replying to diary entries."""

from __future__ import annotations

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from tracking.sync.bodies import EntryKind


class AnswerForm(forms.Form):
    """A few words to the family about one entry."""

    client_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    body = forms.CharField(label=_("Your answer"), max_length=4000, widget=forms.Textarea(attrs={"rows": 2}))


class KindForm(forms.Form):
    """Which kind of entry is meant."""

    kind = forms.ChoiceField(choices=[(kind, kind) for kind in EntryKind], widget=forms.HiddenInput)


class RemarkForm(KindForm):
    """A clinician's note beside an entry."""

    body = forms.CharField(label=_("Note"), max_length=4000, widget=forms.Textarea(attrs={"rows": 2}))
    is_private = forms.BooleanField(label=_("For me alone"), required=False)
