"""Forms for notification settings: channel, quiet hours, browsers, phone number."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tracking.models import Channel
from tracking.readings.reaching import Ways
from tracking.reminders.channels.endpoints import LONGEST
from tracking.wording import labels
from web.forms.inputs import ClockInput


class WishesForm(forms.Form):
    """One way for each, of those that lead somewhere now; and quiet hours."""

    reminders_by = forms.ChoiceField(label=_("Reminders"), required=False)
    notices_by = forms.ChoiceField(
        label=_("News"),
        required=False,
        help_text=_("Messages, programs, reports, and for staff flags. What is urgent is told in any case."),
    )
    quiet_from = forms.TimeField(label=_("Quiet from"), widget=ClockInput())
    quiet_until = forms.TimeField(
        label=_("Quiet until"),
        widget=ClockInput(),
        help_text=_("By the clock where you are. The same time twice: no quiet hours."),
    )

    def __init__(self, *args: Any, ways: Ways, **kwargs: Any) -> None:
        wishes = ways.wishes
        super().__init__(*args, **kwargs)
        for name in self.fields:
            self.initial[name] = getattr(wishes, name)
        for name in ("reminders_by", "notices_by"):
            here = {Channel.EMAIL, *ways.ready, getattr(wishes, name)} - {""}
            choices = [(code, words) for code, words in labels.choices(Channel) if code in here]
            self.fields[name].choices = [*choices, ("", _("Not at all"))]  # type: ignore[attr-defined]
        if not ways.is_caregiver:
            del self.fields["reminders_by"]
        self._kept = wishes.reminders_by if wishes.reminders_by in ("", *ways.ready) else Channel.EMAIL

    def clean(self) -> dict[str, Any]:
        """What is not asked, for there is nobody to be reminded of, stays as it was."""
        return {"reminders_by": self._kept, **self.cleaned_data}


class BrowserForm(forms.Form):
    """What a browser gives with its subscription; a script fills it in."""

    endpoint = forms.CharField(max_length=LONGEST, widget=forms.HiddenInput())
    p256dh = forms.CharField(max_length=100, widget=forms.HiddenInput())
    auth = forms.CharField(max_length=40, widget=forms.HiddenInput())


class PhoneForm(forms.Form):
    """A number to send a code to."""

    number = forms.CharField(
        label=_("Phone number"),
        max_length=40,
        help_text=_("With its country, such as +1 555 010 0123. A code is sent there."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "dir": "ltr"}),
    )


class PhoneCodeForm(forms.Form):
    """The code that arrived."""

    code = forms.CharField(
        label=_("The code that was sent to you"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "dir": "ltr"}),
    )
