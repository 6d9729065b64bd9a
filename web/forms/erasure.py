"""Forms of erasure: reason and typed name, reply to a request, reason of a hold."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tracking.readings.retention import PeriodInForce
from tracking.vocabulary.erasure import DeclinedBecause, ErasureBecause, RequestAbout
from tracking.vocabulary.retention import Kept
from tracking.wording import labels
from web.forms.inputs import day_field
from web.forms.widgets import TileRadios


def _reasons() -> list[tuple[Any, str]]:
    asked = [one for one in ErasureBecause if one != ErasureBecause.TIME_IS_OVER]
    return labels.choices(ErasureBecause, asked)


def _answers() -> list[tuple[Any, str]]:
    return [("", gettext("Take it up")), *labels.choices(DeclinedBecause)]


class AskForm(forms.Form):
    """Why something is to be erased; `is_alone` where nobody else is there to confirm it."""

    because = forms.ChoiceField(label=_("Why"), choices=_reasons)
    written_on = day_field(
        _("Day of the request in writing"),
        required=False,
        help_text=_("Keep the letter or mail with the clinic’s own papers: it is not kept here."),
    )
    typed_name = forms.CharField(
        label=_("Type the name once more"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *arguments: Any, is_alone: bool, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if is_alone:
            self.fields["written_on"].help_text = _(
                "With no other owner and no named lead, it needs a request in writing and a fortnight."
            )


class AnswerForm(forms.Form):
    """An answer to a caregiver's wish: taken up, or why not."""

    declined_because = forms.ChoiceField(label=_("Answer"), required=False, choices=_answers)

    def reason(self) -> DeclinedBecause | None:
        told = self.cleaned_data["declined_because"]
        return DeclinedBecause(told) if told else None


class HoldForm(forms.Form):
    """Why a record has to stay."""

    reason = forms.CharField(
        label=_("Why it has to stay"),
        max_length=300,
        help_text=_("A claim, an inquiry, a court’s order. Read by owners alone."),
    )


class WishForm(forms.Form):
    """What a caregiver asks the clinic to erase."""

    about = forms.ChoiceField(label=_("What is to be erased"), widget=TileRadios)

    def __init__(self, *arguments: Any, is_guardian: bool, **options: Any) -> None:
        super().__init__(*arguments, **options)
        asked = list(RequestAbout) if is_guardian else [RequestAbout.ME]
        field = self.fields["about"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = labels.choices(RequestAbout, asked)


class PeriodForm(forms.Form):
    """How long one thing is kept. `is_sure` once what it would remove at once has been seen."""

    kept = forms.ChoiceField(choices=lambda: labels.choices(Kept), widget=forms.HiddenInput)
    amount = forms.IntegerField(label=_("How long"), required=False, min_value=0, max_value=32767)
    is_for_good = forms.BooleanField(label=_("For good"), required=False)
    is_sure = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """A number, or for good."""
        told = super().clean() or {}
        if not told.get("is_for_good") and told.get("amount") is None and "amount" not in self.errors:
            self.add_error("amount", gettext("Say how long, or for good."))
        return told

    def told(self) -> tuple[Kept, int | None]:
        """What it is about and for how long; None is for good."""
        is_for_good = self.cleaned_data["is_for_good"]
        return Kept(self.cleaned_data["kept"]), None if is_for_good else self.cleaned_data["amount"]

    @classmethod
    def of(cls, period: PeriodInForce) -> PeriodForm:
        """The form of a period, with what is in force or proposed."""
        is_for_good = period.is_in_force and period.amount is None
        return cls(
            initial={
                "kept": period.kept,
                "amount": period.proposal.amount if period.amount is None else period.amount,
                "is_for_good": is_for_good,
            }
        )
