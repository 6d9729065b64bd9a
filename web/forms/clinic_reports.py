"""The form for requesting a clinic's month as a report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils import formats
from django.utils.translation import gettext_lazy as _


class MonthForm(forms.Form):
    """A month that was made, the latest first."""

    month_on = forms.TypedChoiceField(label=_("Month"), coerce=dt.date.fromisoformat)

    def __init__(self, *args: Any, months: Sequence[dt.date], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["month_on"].choices = [  # type: ignore[attr-defined]
            (month.isoformat(), formats.date_format(month, "YEAR_MONTH_FORMAT")) for month in months
        ]
