"""Forms for handling flags and for a clinic's flag settings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from tracking.response_times import MOST_MINUTES, OpenHours, Response
from tracking.thresholds import DEFAULTS, SETTINGS
from tracking.vocabulary.concerns import MEDICAL_FLAGS, FlagCode, Severity
from tracking.vocabulary.flags import ReaderKind
from tracking.wording import labels
from tracking.wording.flags import THRESHOLDS
from web.forms.inputs import ClockInput, day_field, long_text

SPANS = 2


class AcknowledgeForm(forms.Form):
    """Somebody has it."""

    will_do = forms.CharField(
        label=_("What you will do"),
        required=False,
        max_length=300,
        help_text=_("A few words, for whoever looks next."),
    )

    def told(self, now: dt.datetime) -> dict[str, Any]:  # noqa: ARG002  # as the other verbs'
        return self.cleaned_data


class SnoozeForm(forms.Form):
    """Put off until later, with a reason."""

    hours = forms.TypedChoiceField(label=_("Put off for"), coerce=int)
    reason = forms.CharField(label=_("Why"), max_length=300)

    MEDICAL = (1, 2, 4)
    OTHERS = (4, 24, 72, 168, 336, 720)

    def __init__(self, *told: Any, is_medical: bool, **more: Any) -> None:
        super().__init__(*told, **more)
        hours = self.fields["hours"]
        assert isinstance(hours, forms.TypedChoiceField)
        hours.choices = [(one, _span(one)) for one in (self.MEDICAL if is_medical else self.OTHERS)]

    def told(self, now: dt.datetime) -> dict[str, Any]:
        until_at = now + dt.timedelta(hours=self.cleaned_data["hours"])
        return {"until_at": until_at, "reason": self.cleaned_data["reason"]}


def _span(hours: int) -> Any:
    if hours % 24:
        return ngettext_lazy("%(count)d hour", "%(count)d hours", "count") % {"count": hours}
    return ngettext_lazy("%(count)d day", "%(count)d days", "count") % {"count": hours // 24}


class CloseForm(forms.Form):
    """What was done about it."""

    reason = forms.CharField(label=_("What was done"), max_length=200)

    def told(self, now: dt.datetime) -> dict[str, Any]:  # noqa: ARG002  # as the other verbs'
        return self.cleaned_data


# ---- settings -------------------------------------------------------------------------------------------


class HoursForm(forms.Form):
    """The week: on each day two spans at most, `opens_0_0` to `closes_6_1`; an empty one is closed."""

    def __init__(self, *told: Any, **more: Any) -> None:
        super().__init__(*told, **more)
        for weekday in range(7):
            for span in range(SPANS):
                for name, label in (("opens", _("from")), ("closes", _("until"))):
                    self.fields[f"{name}_{weekday}_{span}"] = forms.TimeField(
                        label=label, required=False, widget=ClockInput()
                    )

    def days(self) -> Iterator[tuple[Any, list[tuple[Any, Any]]]]:
        """Each weekday's name with the fields of its spans."""
        for weekday in range(7):
            yield (
                WEEKDAYS[weekday],
                [
                    (self[f"opens_{weekday}_{span}"], self[f"closes_{weekday}_{span}"])
                    for span in range(SPANS)
                ],
            )

    def clean(self) -> dict[str, Any]:
        for name, value in list(self.cleaned_data.items()):
            if name.startswith("opens_") and bool(value) != bool(
                self.cleaned_data.get(name.replace("opens_", "closes_"))
            ):
                self.add_error(name, _("Give both times, or none."))
        return self.cleaned_data

    def told(self) -> list[OpenHours]:
        data: Mapping[str, dt.time | None] = self.cleaned_data
        spans = [
            (weekday, data[f"opens_{weekday}_{span}"], data[f"closes_{weekday}_{span}"])
            for weekday in range(7)
            for span in range(SPANS)
        ]
        return [OpenHours(weekday, opens, closes) for weekday, opens, closes in spans if opens and closes]

    @staticmethod
    def initial_of(hours: tuple[OpenHours, ...]) -> dict[str, dt.time]:
        initial: dict[str, dt.time] = {}
        seen: dict[int, int] = {}
        for one in sorted(hours, key=lambda one: (one.weekday, one.opens)):
            span = seen.get(one.weekday, 0)
            seen[one.weekday] = span + 1
            initial[f"opens_{one.weekday}_{span}"] = one.opens
            initial[f"closes_{one.weekday}_{span}"] = one.closes
        return initial


class ClosureForm(forms.Form):
    """Days on which the clinic is closed."""

    from_on = day_field(_("First day"))
    until_on = day_field(_("Last day"), required=False)
    reason = forms.CharField(label=_("Why"), required=False, max_length=120)


class ResponseForm(forms.Form):
    """How soon a severity is looked at, and by whom, in order."""

    within_minutes = forms.IntegerField(label=_("Minutes of clinic hours"), min_value=5)
    first = forms.ChoiceField(label=_("First"))
    second = forms.ChoiceField(label=_("Then"), required=False)
    third = forms.ChoiceField(label=_("Then"), required=False)
    owner = forms.ChoiceField(label=_("Which owner"), required=False)

    ORDER = ("first", "second", "third")

    def __init__(
        self,
        told: Any = None,
        *,
        severity: Severity,
        owners: list[tuple[str, str]],
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(told, prefix=str(severity), initial=initial)
        for name in self.ORDER:
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            blank = [] if field.required else [("", _("nobody"))]
            field.choices = [*blank, *((kind, labels.tile(ReaderKind, kind)) for kind in ReaderKind)]
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ChoiceField)
        owner.choices = [("", _("Every owner")), *owners]
        self.fields["within_minutes"].help_text = _("%(most)d at most.") % {"most": MOST_MINUTES[severity]}

    def readers(self) -> list[str]:
        return [self.cleaned_data[name] for name in self.ORDER if self.cleaned_data[name]]

    @staticmethod
    def initial_of(response: Response) -> dict[str, Any]:
        return {
            "within_minutes": response.within_minutes,
            "owner": str(response.owner_id or ""),
            **dict(zip(ResponseForm.ORDER, response.readers, strict=False)),
        }


class ThresholdsForm(forms.Form):
    """The numbers of the rules; an empty field is the default."""

    def __init__(self, *told: Any, **more: Any) -> None:
        super().__init__(*told, **more)
        for name, setting in SETTINGS.items():
            default = getattr(DEFAULTS, name)
            self.fields[name] = forms.DecimalField(
                label=THRESHOLDS[name],
                required=False,
                min_value=Decimal(str(setting.least)),
                max_value=Decimal(str(setting.most)),
                decimal_places=0 if setting.kind is int else 2,
                widget=forms.NumberInput(attrs={"placeholder": f"{default:g}"}),
                help_text=_("%(least)s to %(most)s. Default %(default)s, our own proposal.")
                % {
                    "least": f"{setting.least:g}",
                    "most": f"{setting.most:g}",
                    "default": f"{default:g}",
                },
            )

    def of(self, code: FlagCode) -> list[Any]:
        """The fields of one rule."""
        return [self[name] for name, setting in SETTINGS.items() if setting.code is code]

    def told(self) -> dict[str, float | None]:
        return {name: None if value is None else float(value) for name, value in self.cleaned_data.items()}


class SwitchForm(forms.Form):
    """Why a rule goes off."""

    reason = forms.CharField(label=_("Why"), required=False, max_length=300)

    def __init__(self, told: Any = None, *, code: FlagCode) -> None:
        super().__init__(told, prefix=str(code))
        if code in MEDICAL_FLAGS:
            self.fields["reason"].help_text = _("20 letters at least; everybody who reads flags sees it.")


class TextForm(forms.Form):
    """What a family reads about a code."""

    text = long_text(_("What the family reads"), most=1000)
    credential = forms.ChoiceField(label=_("Your credential"), required=False)

    def __init__(
        self,
        told: Any = None,
        *,
        code: str,
        credentials: list[str],
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(told, prefix=code, initial=initial)
        credential = self.fields["credential"]
        assert isinstance(credential, forms.ChoiceField)
        credential.choices = [(one, one) for one in credentials]
