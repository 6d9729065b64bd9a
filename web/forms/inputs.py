"""Fields that several forms share: a day, a time, a zone, weekdays."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from functools import cache
from itertools import groupby
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from clinic import localtime
from tracking.wording import labels
from tracking.wording.languages import language_choices


class DayInput(forms.DateInput):
    """A day, by the browser's own picker."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class ClockInput(forms.TimeInput):
    """A wall time, by the browser's own picker."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, format="%H:%M")


def day_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    return forms.DateField(label=label, required=required, help_text=help_text, widget=DayInput())


def long_text(label: Any, *, required: bool = True, most: int = 4000, **more: Any) -> forms.CharField:
    """A few sentences."""
    return forms.CharField(
        label=label, required=required, max_length=most, widget=forms.Textarea(attrs={"rows": 3}), **more
    )


def code_field(
    label: Any, kind: type[Enum], *, required: bool = True, empty: Any = "", **more: Any
) -> forms.ChoiceField:
    """One code of a vocabulary, by its label; `empty` is what the empty choice says."""

    def choices() -> Iterable[tuple[Any, Any]]:
        blank = [] if required and not empty else [("", empty)]
        return [*blank, *labels.choices(kind)]

    return forms.ChoiceField(label=label, required=required, choices=choices, **more)


def language_input(label: Any, *, empty: Any, required: bool = False, **more: Any) -> forms.ChoiceField:
    """One language by its name; `empty` is what the empty choice says."""

    def choices() -> Iterable[tuple[Any, Any]]:
        return [("", empty), *language_choices()]

    return forms.ChoiceField(label=label, required=required, choices=choices, **more)


def typed_code_field(label: Any) -> forms.CharField:
    """A code of twelve characters, typed from paper."""
    return forms.CharField(
        label=label,
        max_length=40,
        help_text=_("Twelve letters and digits in three groups. Capitals and hyphens do not matter."),
        widget=forms.TextInput(
            attrs={
                "autocapitalize": "characters",
                "autocomplete": "one-time-code",
                "autocorrect": "off",
                "spellcheck": "false",
            }
        ),
    )


def new_password_field(*, required: bool = True) -> forms.CharField:
    """The password of somebody who has no second step yet."""
    return forms.CharField(
        label=_("A new password"),
        strip=False,
        required=required,
        max_length=4096,
        help_text=_("Fifteen characters or more: four words that do not belong together, for instance."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


def weekdays_field(
    label: Any, *, required: bool = False, help_text: Any = ""
) -> forms.TypedMultipleChoiceField:
    """Days of the week; Monday is 0."""
    return forms.TypedMultipleChoiceField(
        label=label,
        required=required,
        coerce=int,
        choices=[(number, name) for number, name in sorted(WEEKDAYS.items())],
        help_text=help_text,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices-inline"}),
    )


def zone_field(*, required: bool = True) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Time zone"),
        required=required,
        choices=zone_choices,
        help_text=_("Where the days and evenings of this place happen."),
    )


@cache
def zone_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Every zone by its continent: ("Europe", [("Europe/Berlin", "Berlin"), …])."""
    names = sorted(
        name
        for name in localtime.zone_names()
        if "/" in name and not name.startswith(("Etc/", "posix/", "right/"))
    )
    return [
        (area, [(name, name.split("/", 1)[1].replace("_", " ")) for name in zones])
        for area, zones in groupby(names, key=lambda name: name.split("/", 1)[0])
    ] + [("UTC", [("UTC", "UTC")])]
