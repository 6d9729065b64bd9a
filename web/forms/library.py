"""Forms for a clinic's own strokes and presets, pictures, and adopting the wording."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tracking.readings.shelf import PresetCard, StrokeCard
from tracking.services.library import StrokeInput, StrokeWording
from tracking.services.precautions import RECORDABLE
from tracking.vocabulary.body import BodyRegion, Contact, Pressure
from tracking.vocabulary.reasons import AgeGate, ConflictHow, PrecautionCode
from tracking.wording import labels
from web.forms.inputs import code_field, long_text

HOWS = (
    (ConflictHow.BLOCK, _("Cannot be prescribed with")),
    (ConflictHow.ACKNOWLEDGE, _("Needs a reason with")),
    (ConflictHow.ADAPT, _("To be done differently with")),
)


def _listed(text: str, by: str = ",") -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(by) if part.strip())


class StrokeForm(forms.Form):
    """A stroke as the clinic does it."""

    name = forms.CharField(label=_("Name"), max_length=200)
    also_known_as = forms.CharField(
        label=_("Also known as"), required=False, max_length=500, help_text=_("Separated by commas.")
    )
    body_region = code_field(_("Part of the body"), BodyRegion)
    pressure = code_field(_("Pressure"), Pressure)
    is_side_specific = forms.BooleanField(label=_("Done on each side"), required=False)
    typical_seconds = forms.IntegerField(
        label=_("Seconds"),
        min_value=5,
        max_value=600,
        initial=20,
        help_text=_("Each side, where it has sides."),
    )
    fewest_repetitions = forms.IntegerField(label=_("Times, at least"), min_value=1, max_value=50, initial=3)
    most_repetitions = forms.IntegerField(label=_("Times, at most"), min_value=1, max_value=50, initial=5)
    contact = code_field(_("Through what"), Contact, initial=Contact.DRY_SKIN)
    may_use_product = forms.BooleanField(label=_("A product may be used"), required=False)
    min_corrected_age_weeks = forms.IntegerField(
        label=_("From this age, in weeks"),
        min_value=0,
        max_value=520,
        initial=4,
        help_text=_("Corrected age; deep pressure from 104 weeks."),
    )
    gate = code_field(_("Below that age"), AgeGate)
    position = forms.CharField(label=_("Position"), required=False, max_length=200)
    instruction = long_text(_("How it is done"), most=4000)
    words_to_say = long_text(_("Words to say or sing"), required=False, most=1000)
    precautions = long_text(_("To be careful about"), required=False, help_text=_("One on each line."))
    note = long_text(_("Note to therapists"), required=False, most=1000)
    tags = forms.CharField(
        label=_("Tags"), required=False, max_length=300, help_text=_("Separated by commas: calming, bedtime.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for how, label in HOWS:
            self.fields[f"conflicts_{how}"] = forms.MultipleChoiceField(
                label=label,
                required=False,
                choices=labels.choices(PrecautionCode, RECORDABLE),
                widget=forms.CheckboxSelectMultiple,
            )

    @property
    def facts(self) -> list[forms.BoundField]:
        """Everything but the conflicts."""
        return [self[name] for name in self.fields if not name.startswith("conflicts_")]

    @property
    def conflicts(self) -> list[forms.BoundField]:
        return [self[f"conflicts_{how}"] for how, _label in HOWS]

    def stroke(self) -> StrokeInput:
        told = self.cleaned_data
        return StrokeInput(
            **{
                name: told[name]
                for name in (
                    "body_region",
                    "pressure",
                    "is_side_specific",
                    "typical_seconds",
                    "fewest_repetitions",
                    "most_repetitions",
                    "contact",
                    "may_use_product",
                    "min_corrected_age_weeks",
                    "gate",
                )
            },
            tags=[tag.lower().replace(" ", "_") for tag in _listed(told["tags"])],
            conflicts=[(code, str(how)) for how, _label in HOWS for code in told[f"conflicts_{how}"]],
        )

    def words(self, language: str) -> StrokeWording:
        told = self.cleaned_data
        return StrokeWording(
            language=language,
            name=told["name"],
            instruction=told["instruction"],
            words_to_say=told["words_to_say"],
            position=told["position"],
            also_known_as=_listed(told["also_known_as"]),
            precautions=_listed(told["precautions"], "\n"),
            note=told["note"],
        )

    @staticmethod
    def initial_of(card: StrokeCard) -> dict[str, Any]:
        text = card.text
        return {
            "name": text.name,
            "also_known_as": ", ".join(text.also_known_as),
            "body_region": card.region,
            "pressure": card.pressure,
            "is_side_specific": card.is_side_specific,
            "typical_seconds": card.typical_seconds,
            "fewest_repetitions": card.fewest_repetitions,
            "most_repetitions": card.most_repetitions,
            "contact": card.contact,
            "may_use_product": card.may_use_product,
            "min_corrected_age_weeks": card.min_corrected_age_weeks,
            "gate": card.gate,
            "position": text.position,
            "instruction": text.instruction,
            "words_to_say": text.words_to_say,
            "precautions": "\n".join(text.precautions),
            "note": text.note,
            "tags": ", ".join(card.tags),
            **{
                f"conflicts_{how}": [code for code, asks in card.conflict_codes if asks == how]
                for how, _label in HOWS
            },
        }


MORE_ROWS = 3


class PresetForm(forms.Form):
    """A ready-made order of strokes: a row each, and a few empty ones at the end."""

    name = forms.CharField(label=_("Name"), max_length=200)
    contact = code_field(_("Through what"), Contact, required=False, empty=_("as each stroke says"))
    tags = forms.CharField(
        label=_("Tags"),
        required=False,
        max_length=300,
        help_text=_("Separated by commas; “bedtime” offers it for the evening."),
    )
    note = long_text(_("Note to therapists"), required=False, most=1000)

    def __init__(
        self, *args: Any, strokes: Iterable[StrokeCard], rows: Sequence[str] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("–")), *((card.slug, card.text.name) for card in strokes)]
        sent = [name for name in self.data if name.startswith("stroke_")] if self.is_bound else []
        count = max(len(rows) + MORE_ROWS, len(sent))
        self.rows = [f"stroke_{place}" for place in range(count)]
        for place, name in enumerate(self.rows):
            self.fields[name] = forms.ChoiceField(
                label=_("Stroke %(number)d") % {"number": place + 1},
                required=False,
                choices=choices,
                initial=rows[place] if place < len(rows) else "",
            )

    @property
    def head(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in self.rows]

    @property
    def stroke_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.rows]

    def preset(self) -> dict[str, Any]:
        told = self.cleaned_data
        return {
            "name": told["name"],
            "strokes": [told[name] for name in self.rows if told[name]],
            "tags": [tag.lower().replace(" ", "_") for tag in _listed(told["tags"])],
            "contact": told["contact"],
            "note": told["note"],
        }

    @staticmethod
    def initial_of(card: PresetCard) -> dict[str, Any]:
        return {"name": card.name, "contact": card.contact, "tags": ", ".join(card.tags), "note": card.note}


class MediaForm(forms.Form):
    """A picture or clip of a stroke."""

    file = forms.FileField(
        label=_("Picture or clip"), help_text=_("JPEG, PNG or WebP up to 10 MB; MP4 or WebM up to 50 MB.")
    )
    alt_text = forms.CharField(
        label=_("What is to be seen"), max_length=300, help_text=_("For those who cannot see it.")
    )


class AdoptForm(forms.Form):
    """The clinic's signature under the wording, with one of the signer's credentials."""

    def __init__(self, *args: Any, credentials: Sequence[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"] = forms.ChoiceField(
            label=_("Signed as"), choices=[(one, one) for one in credentials]
        )
