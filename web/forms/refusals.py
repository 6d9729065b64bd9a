"""Validation messages in this project's words: what is allowed.

Django's own messages ("This field is required.", "Ensure this value is less than or equal to 4.") are
replaced here, once for every form, including the sign-in pages.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core import validators
from django.forms.formsets import BaseFormSet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

MESSAGES: dict[type[forms.Field], dict[str, Any]] = {
    forms.Field: {"required": _("This is needed.")},
    forms.BooleanField: {"required": _("This has to be ticked.")},
    forms.ChoiceField: {"required": _("Choose one."), "invalid_choice": _("Choose one of those offered.")},
    forms.MultipleChoiceField: {
        "required": _("Choose at least one."),
        "invalid_choice": _("“%(value)s” is not among those offered."),
        "invalid_list": _("Choose from those offered."),
    },
    forms.DateField: {"invalid": _("A day is written 2026-05-01 and exists in the calendar.")},
    forms.DateTimeField: {"invalid": _("A day and time are written 2026-05-01 18:30.")},
    forms.DecimalField: {"invalid": _("This has to be a number, such as 4.5.")},
    forms.FileField: {
        "required": _("Choose a file."),
        "missing": _("Choose a file."),
        "invalid": _("Nothing arrived. Choose the file again."),
        "empty": _("The file is empty."),
    },
    forms.FloatField: {"invalid": _("This has to be a number, such as 4.5.")},
    forms.IntegerField: {"invalid": _("This has to be a whole number, such as 5.")},
    forms.TimeField: {"invalid": _("A time of day is written 18:30.")},
    forms.UUIDField: {"invalid": _("This page is out of date. Load it again.")},
}

LIMITS: dict[type[Any], Any] = {
    validators.EmailValidator: _("An e-mail address is written name@example.org."),
    validators.MaxLengthValidator: ngettext_lazy(
        "One character at most; this has %(show_value)d.",
        "%(limit_value)d characters at most; this has %(show_value)d.",
        "limit_value",
    ),
    validators.MaxValueValidator: _("%(limit_value)s at most."),
    validators.MinLengthValidator: ngettext_lazy(
        "At least one character; this has %(show_value)d.",
        "At least %(limit_value)d characters; this has %(show_value)d.",
        "limit_value",
    ),
    validators.MinValueValidator: _("%(limit_value)s at least."),
    validators.ProhibitNullCharactersValidator: _("This holds a character that cannot be kept."),
    validators.StepValueValidator: _("In steps of %(limit_value)s."),
}


def tell_in_our_words() -> None:
    """Have every form made after this say so. Called once, when the pages are set up."""
    for field, messages in MESSAGES.items():
        field.default_error_messages = {**vars(field).get("default_error_messages", {}), **messages}
    for validator, message in LIMITS.items():
        validator.message = message
    BaseFormSet.default_error_messages = {
        **BaseFormSet.default_error_messages,
        "missing_management_form": _("This page is out of date. Load it again."),
    }
