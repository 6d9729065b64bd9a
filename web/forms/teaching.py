"""The form for recording demonstrations: a few taps for many rows."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tracking.readings.teaching import Thing
from tracking.services.teaching import Shown
from tracking.vocabulary.teaching import ShownWith, TaughtLevel
from tracking.wording import labels
from web.forms.inputs import code_field, language_input
from web.forms.widgets import Scale, TileCheckboxes


class TeachingForm(forms.Form):
    """Everything that is ticked was shown to everybody who is ticked, and went alike."""

    people = forms.TypedMultipleChoiceField(
        label=_("To whom"),
        required=False,
        coerce=uuid.UUID,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices-inline"}),
    )
    name = forms.CharField(
        label=_("Somebody without an account"), required=False, max_length=120, help_text=_("A name.")
    )
    family = forms.TypedChoiceField(
        label=_("Of which home"), required=False, coerce=uuid.UUID, empty_value=None
    )
    level = forms.ChoiceField(
        label=_("How it went"),
        choices=lambda: [(level, labels.tile(TaughtLevel, level)) for level in TaughtLevel],
        initial=TaughtLevel.SHOWN,
        widget=Scale,
    )
    things = forms.MultipleChoiceField(label=_("What"), widget=TileCheckboxes)
    shown_with = code_field(_("How it was shown"), ShownWith, initial=ShownWith.CHILD)
    language = language_input(_("In which language"), empty=_("mine"))

    def __init__(
        self,
        *args: Any,
        things: Iterable[Thing],
        people: Iterable[tuple[uuid.UUID, str]],
        homes: Sequence[tuple[uuid.UUID, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.by_key = {thing.key: thing for thing in things}
        self._choose("things", [(key, thing.name) for key, thing in self.by_key.items()])
        self._choose("people", people)
        self._choose("family", homes)
        if len(homes) < 2:
            del self.fields["family"]

    def _choose(self, name: str, choices: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if not told.get("people") and not told.get("name") and "people" not in self.errors:
            self.add_error("people", gettext("Say to whom."))
        return told

    def told(self) -> list[Shown]:
        """One row a thing and person."""
        told = self.cleaned_data
        how = {name: told[name] for name in ("level", "shown_with", "language")}
        people: list[dict[str, Any]] = [{"grant": grant} for grant in told["people"]]
        if told["name"]:
            people.append({"name": told["name"], "family": told.get("family")})
        return [
            Shown(what=thing.what, stroke=thing.stroke, **person, **how)
            for person in people
            for thing in (self.by_key[key] for key in told["things"])
        ]
