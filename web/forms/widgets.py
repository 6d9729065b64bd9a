"""Choices as large as a thumb, instead of lists to open."""

from __future__ import annotations

from django import forms


class TileRadios(forms.RadioSelect):
    """One of several, each a tile."""

    template_name = "django/forms/widgets/tiles.html"


class TileCheckboxes(forms.CheckboxSelectMultiple):
    """Any of several, each a tile; groups of choices keep their headings."""

    template_name = "django/forms/widgets/tiles.html"


class Scale(forms.RadioSelect):
    """One of few in a row, from least to most: intensity, resistance."""

    template_name = "django/forms/widgets/scale.html"
