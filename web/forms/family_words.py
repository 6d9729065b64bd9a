"""Forms for a household's own words and recordings."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tracking.services.family_words import LONGEST_WORDS
from web.forms.inputs import language_input


class FamilyWordsForm(forms.Form):
    """Words, a recording, or both; and whether the care team may have them."""

    words = forms.CharField(
        label=_("In your own words"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=_("Empty: the words of the library."),
    )
    language = language_input(_("Language"), empty=_("the one I read"))
    recording = forms.FileField(
        label=_("In your own voice"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "audio/*", "data-recorded": ""}),
        help_text=_("Half a minute at most, for your own devices."),
    )
    drops_recording = forms.BooleanField(label=_("Take the recording away"), required=False)
    is_shared = forms.BooleanField(
        label=_("Share this with the care team"),
        required=False,
        help_text=_("Then it is printed on the handout, and the team can listen."),
    )

    def __init__(self, *args: Any, has_recording: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_recording:
            del self.fields["drops_recording"]

    def told(self) -> dict[str, Any]:
        """What the service is told."""
        sent = self.cleaned_data["recording"]
        return {**self.cleaned_data, "recording": sent.read() if sent else None}
