"""The form for a copy of the record: the kind of file."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from tracking.models import ExportFormat
from tracking.wording import labels
from web.forms.widgets import TileRadios, explained

IN_ORDER = (ExportFormat.XLSX, ExportFormat.CSV, ExportFormat.JSON)
"""What most people open first."""


def _formats() -> Iterable[tuple[str, str]]:
    return [
        (one, explained(labels.label(ExportFormat, one), labels.more(ExportFormat, one))) for one in IN_ORDER
    ]


class CopyForm(forms.Form):
    """How the tables of a copy are written."""

    file_format = forms.ChoiceField(
        label=_("Format"), choices=_formats, initial=ExportFormat.XLSX, required=False, widget=TileRadios
    )

    def as_format(self) -> ExportFormat:
        return ExportFormat(self.cleaned_data["file_format"] or ExportFormat.XLSX)
