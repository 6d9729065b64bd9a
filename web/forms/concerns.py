"""Forms for concerns: few questions of each kind, none compulsory; and a clinic's own advice."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tracking.readings.concerns import EarlierConcern
from tracking.services.concern_plans import LONGEST_ADVICE, LONGEST_PLAN
from tracking.sync.bodies import ConcernBody
from tracking.vocabulary.body import ObservationRegion
from tracking.vocabulary.concerns import (
    ConcernAnswer,
    ConcernKind,
    ConcernQuestion,
    TemperatureSite,
    TemperatureUnit,
)
from tracking.wording import labels
from tracking.wording.concerns import named
from web.forms.family import EntryForm
from web.forms.inputs import code_field
from web.forms.widgets import TileRadios

OF_A_REGION = (
    ConcernKind.SKIN_REACTION,
    ConcernKind.BRUISE_OR_SWELLING,
    ConcernKind.PAIN_OR_LIMP,
    ConcernKind.LIMB_NOT_MOVED,
)
WITH_A_PHOTO = (*OF_A_REGION, ConcernKind.OTHER)
SURELY_FAHRENHEIT = Decimal(60)
"""A number that no child has in Celsius, where nobody chose the unit. Our own."""


class ConcernForm(EntryForm):
    """One concern; `questions` are those the advice depends on, which stand first, `earlier` what it may be
    about.
    """

    temperature = forms.DecimalField(
        label=_("What did the thermometer show?"),
        help_text=_("Leave it empty if you could not measure."),
        required=False,
        max_digits=5,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    temperature_unit = forms.ChoiceField(label=_("In which degrees?"), required=False, widget=TileRadios)
    temperature_site = code_field(_("Measured where?"), TemperatureSite, required=False, empty=_("not said"))
    region = code_field(_("Where on the body?"), ObservationRegion, required=False, empty=_("not said"))
    product = forms.CharField(
        label=_("What was on the skin?"),
        help_text=_("Oil, cream, soap. Empty: what you last told about a massage."),
        required=False,
        max_length=100,
    )
    follows = forms.ChoiceField(
        label=_("Is this about something you told us before?"), required=False, widget=TileRadios
    )
    photo = forms.FileField(
        label=_("A photo"),
        help_text=_("Only your care team sees it. It is removed after 90 days."),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )

    def __init__(
        self,
        *args: Any,
        kind: ConcernKind,
        questions: Iterable[ConcernQuestion],
        earlier: tuple[EarlierConcern, ...],
        may_send_photo: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.questions = kind, tuple(questions)
        if kind is ConcernKind.OTHER:
            self.fields["note"].label = _("What worries you?")
        left_out = {
            "temperature": kind is not ConcernKind.TEMPERATURE,
            "temperature_unit": kind is not ConcernKind.TEMPERATURE,
            "temperature_site": kind is not ConcernKind.TEMPERATURE,
            "region": kind not in OF_A_REGION,
            "product": kind is not ConcernKind.SKIN_REACTION,
            "photo": kind not in WITH_A_PHOTO or not may_send_photo,
            "follows": not earlier,
        }
        for name, is_out in left_out.items():
            if is_out:
                del self.fields[name]
        if "temperature_unit" in self.fields:
            self.fields["temperature_unit"].choices = [  # type: ignore[attr-defined]
                (str(unit), labels.tile(TemperatureUnit, unit)) for unit in TemperatureUnit
            ]
        if "follows" in self.fields:
            self.fields["follows"].choices = [  # type: ignore[attr-defined]
                ("", _("No, this is new")),
                *((str(one.client_id), named(one.kind, one.wall)) for one in earlier),
            ]
        for question in self.questions:
            self.fields[question] = forms.ChoiceField(
                label=labels.label(ConcernQuestion, question),
                required=False,
                choices=labels.choices(ConcernAnswer),
                widget=TileRadios(attrs={"class": "tiles-three"}),
            )
        self.order_fields(["client_id", "temperature", "temperature_unit", *self.questions])

    @property
    def asked(self) -> list[forms.BoundField]:
        """The questions, as a page draws them."""
        return [self[question] for question in self.questions]

    def body(self, *, zone: str, now: dt.datetime) -> ConcernBody:
        """What was told; an answer left open is not an answer."""
        told = self.cleaned_data
        temperature: Decimal | None = told.get("temperature")
        unit = told.get("temperature_unit", "")
        if temperature is not None and not unit:
            is_fahrenheit = temperature >= SURELY_FAHRENHEIT
            unit = TemperatureUnit.FAHRENHEIT if is_fahrenheit else TemperatureUnit.CELSIUS
        return ConcernBody(
            kind=self.kind,
            occurred_at=self.happened_at(zone=zone, now=now),
            follows=uuid.UUID(told["follows"]) if told.get("follows") else None,
            temperature=temperature,
            temperature_unit=unit if temperature is not None else "",
            temperature_site=told.get("temperature_site", "") if temperature is not None else "",
            region=told.get("region", ""),
            product=told.get("product", ""),
            answers=tuple((str(one), told[one]) for one in self.questions if told[one]),
            note=told["note"],
        )


class PhotoForm(forms.Form):
    """One more photo of what was told."""

    client_id = forms.UUIDField()
    photo = forms.FileField()


class PlanForm(forms.Form):
    """What to do with this child when that happens."""

    text = forms.CharField(
        label=_("What the family reads first"),
        help_text=_("In plain words, for somebody frightened. Empty: no plan of its own."),
        required=False,
        max_length=LONGEST_PLAN,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    lock_version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class AdviceTextForm(forms.Form):
    """A clinic's own words for one advice."""

    title = forms.CharField(label=_("Heading"), required=False, max_length=200)
    text = forms.CharField(
        label=_("Text"),
        help_text=_("Empty: the built-in words."),
        required=False,
        max_length=LONGEST_ADVICE,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
