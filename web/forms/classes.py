"""Forms of group classes: create, schedule, join, hold."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clinic.localtime import to_instant
from tracking.models.contacts import LONGEST_CONTACT_MINUTES
from tracking.readings.classes import RosterLine
from tracking.services.classes import Came
from tracking.vocabulary.contacts import ContactState
from tracking.vocabulary.teaching import ShownWith, TaughtLevel
from tracking.wording import labels
from web.forms.inputs import ClockInput, code_field, day_field
from web.forms.widgets import Scale, TileCheckboxes

Choices = Sequence[tuple[uuid.UUID, str]]


def _row_field(label: Any, choices: Iterable[tuple[Any, Any]], *, required: bool) -> forms.TypedChoiceField:
    blank = [] if required else [("", _("none"))]
    return forms.TypedChoiceField(
        label=label, required=required, coerce=uuid.UUID, empty_value=None, choices=[*blank, *choices]
    )


class ClassForm(forms.Form):
    """A new class."""

    title = forms.CharField(
        label=_("Name of the class"), max_length=120, help_text=_("For staff; families do not read it.")
    )
    minutes = forms.IntegerField(
        label=_("Minutes"), min_value=1, max_value=LONGEST_CONTACT_MINUTES, initial=60
    )

    def __init__(self, *args: Any, leaders: Choices, services: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["led_by"] = _row_field(_("Led by"), leaders, required=True)
        self.fields["label"] = _row_field(_("Service"), services, required=False)


class DateForm(forms.Form):
    """A date, and what is shown that week."""

    day = day_field(_("Day"))
    clock = forms.TimeField(label=_("Time"), widget=ClockInput())

    def __init__(self, *args: Any, presets: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["preset"] = _row_field(_("What is shown"), presets, required=False)

    def told(self, zone: str) -> dict[str, Any]:
        told = self.cleaned_data
        starts_at = to_instant(dt.datetime.combine(told["day"], told["clock"]), zone)
        return {"starts_at": starts_at, "preset": told["preset"]}


class JoinForm(forms.Form):
    """A child comes from now on."""

    def __init__(self, *args: Any, children: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["child"] = _row_field(_("Child"), children, required=True)


STATES = (
    (ContactState.HAPPENED, _("Came")),
    (ContactState.NO_SHOW, _("Did not come")),
    (ContactState.CANCELLED, _("Told us before")),
)


class HoldForm(forms.Form):
    """Who came, and what all of them were shown. `lines` are the children; each has fields of its own."""

    level = forms.ChoiceField(
        label=_("How it went"),
        choices=lambda: [(level, labels.tile(TaughtLevel, level)) for level in TaughtLevel],
        initial=TaughtLevel.SHOWN,
        widget=Scale,
    )
    shown_with = code_field(_("How it was shown"), ShownWith, initial=ShownWith.DOLL)

    def __init__(
        self,
        *args: Any,
        lines: Sequence[RosterLine],
        strokes: Sequence[tuple[str, str]],
        usual: Sequence[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.lines = lines
        self.fields["strokes"] = forms.MultipleChoiceField(
            label=_("Shown to everybody there"),
            required=False,
            choices=strokes,
            initial=list(usual),
            widget=TileCheckboxes,
        )
        for line in lines:
            self.fields[f"state_{line.child}"] = forms.ChoiceField(
                label=line.name, choices=STATES, initial=ContactState.HAPPENED, widget=Scale
            )
            if line.caregivers:
                self.fields[f"caregivers_{line.child}"] = forms.TypedMultipleChoiceField(
                    label=_("With"),
                    required=False,
                    coerce=uuid.UUID,
                    choices=[(one.grant, one.name) for one in line.caregivers],
                    initial=[str(line.caregivers[0].grant)],
                    widget=forms.CheckboxSelectMultiple(attrs={"class": "choices-inline"}),
                )
            self.fields[f"name_{line.child}"] = forms.CharField(
                label=_("Somebody without an account"), required=False, max_length=120
            )

    def rows(self) -> Iterable[list[forms.BoundField]]:
        """The fields of each child."""
        for line in self.lines:
            names = (f"state_{line.child}", f"caregivers_{line.child}", f"name_{line.child}")
            yield [self[name] for name in names if name in self.fields]

    def came(self) -> list[Came]:
        told = self.cleaned_data
        return [
            Came(
                child=line.child,
                state=told[f"state_{line.child}"],
                caregivers=tuple(told.get(f"caregivers_{line.child}", ()))
                if told[f"state_{line.child}"] == ContactState.HAPPENED
                else (),
                name=told[f"name_{line.child}"],
            )
            for line in self.lines
        ]
