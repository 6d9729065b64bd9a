"""The form for choosing a child's charts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tracking.vocabulary.charts import ChosenChart
from tracking.wording import labels
from web.forms.widgets import TileCheckboxes


class ChartsForm(forms.Form):
    """None, some or all of them."""

    charts = forms.MultipleChoiceField(label=_("Also draw"), required=False, widget=TileCheckboxes)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["charts"].choices = labels.choices(ChosenChart)  # type: ignore[attr-defined]
