"""Choices as large as a thumb, instead of lists to open."""

from __future__ import annotations

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString


def spoken(words: str, language: str) -> SafeString:
    """Somebody's words as the label of a choice: in their language, in their own direction."""
    if not language:
        return format_html("<bdi>{}</bdi>", words)
    return format_html('<bdi lang="{}">{}</bdi>', language, words)


class TileRadios(forms.RadioSelect):
    """One of several, each a tile."""

    template_name = "django/forms/widgets/tiles.html"


class TileCheckboxes(forms.CheckboxSelectMultiple):
    """Any of several, each a tile; groups of choices keep their headings."""

    template_name = "django/forms/widgets/tiles.html"


class Scale(forms.RadioSelect):
    """One of few in a row, from least to most: intensity, resistance."""

    template_name = "django/forms/widgets/scale.html"
