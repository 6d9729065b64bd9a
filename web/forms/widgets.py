"""Widgets with thumb-sized choices instead of drop-down lists."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString


def spoken(words: str, language: str) -> SafeString:
    """Somebody's words as the label of a choice: in their language, in their own direction."""
    if not language:
        return format_html("<bdi>{}</bdi>", words)
    return format_html('<bdi lang="{}">{}</bdi>', language, words)


def explained(words: str, more: str) -> SafeString:
    """The label of a choice, and what it looks like in life."""
    return format_html('{} <small class="tile-more">{}</small>', words, more)


class TileRadios(forms.RadioSelect):
    """One of several, each a tile."""

    template_name = "django/forms/widgets/tiles.html"


class TileCheckboxes(forms.CheckboxSelectMultiple):
    """Any of several, each a tile; groups of choices keep their headings."""

    template_name = "django/forms/widgets/tiles.html"


class Scale(forms.RadioSelect):
    """One of few in a row, from least to most: intensity, resistance."""

    template_name = "django/forms/widgets/scale.html"


class Places(forms.SelectMultiple):
    """A few out of a long list, each in a list of its own to open: no key is held down, on a phone or a desk.

    There is one place more than is chosen, and at least three.
    """

    template_name = "django/forms/widgets/places.html"
    use_fieldset = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        return [one for one in super().value_from_datadict(data, files, name) or [] if one]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(name, value, attrs)
        chosen = context["widget"]["value"]
        context["places"] = [*chosen, *[""] * max(1, 3 - len(chosen))]
        context["choices"] = self.choices
        return context
