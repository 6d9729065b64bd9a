"""Forms for importing a caseload file: upload, then confirm."""

from __future__ import annotations

import io
from typing import IO

from django import forms
from django.utils.translation import gettext_lazy as _

from clinic.services.importing import MOST_BYTES


class CaseloadFileForm(forms.Form):
    """The file, as a spreadsheet saved it."""

    file = forms.FileField(
        label=_("CSV file"),
        help_text=_("Saved as CSV UTF-8; half a megabyte and 300 children at most. A workbook is not read."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
    )

    def content(self) -> IO[bytes]:
        """What was sent; of what is too large, as much as tells that it is."""
        return io.BytesIO(self.cleaned_data["file"].read(MOST_BYTES + 1))


class CheckedCaseloadForm(forms.Form):
    """What was checked, sent once more to be enrolled: nothing of it was kept meanwhile."""

    checked = forms.CharField(widget=forms.HiddenInput, strip=False)

    def content(self) -> IO[bytes]:
        return io.BytesIO(self.cleaned_data["checked"].encode())
