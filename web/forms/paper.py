"""The form for typing in a paper week: single keys for outcomes, four digits for a time."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from typing import Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tracking.readings.paper import PaperDay, PaperWeek
from tracking.services.paper import ToldDay, ToldMassage
from tracking.vocabulary.programs import SessionOutcome
from tracking.vocabulary.touch import Stimulus
from tracking.wording import labels
from web.forms.inputs import day_field
from web.forms.telling import WhoseWordsForm
from web.forms.widgets import spoken

NOTHING: Final = "-"

OUTCOMES: Final = {
    "d": SessionOutcome.DONE,
    "s": SessionOutcome.STOPPED,
    "c": SessionOutcome.DECLINED,
    "n": SessionOutcome.NOT_TODAY,
}
"""One key each."""

_CLOCK = re.compile(r"(\d{2})[:.]?(\d{2})|(\d)[:.](\d{2})")


class KeyInput(forms.TextInput):
    """A short cell of the grid."""

    def __init__(self, size: int, **attrs: Any) -> None:
        cell = {"class": "paper-cell", "maxlength": size, "autocomplete": "off"}
        super().__init__(attrs={**cell, **attrs})


class KeyField(forms.CharField):
    """One key of a few; "-" and an empty cell are None."""

    def __init__(self, label: Any, meanings: dict[str, Any]) -> None:
        super().__init__(label=label, required=False, max_length=2, widget=KeyInput(2))
        self.meanings = meanings

    def clean(self, value: Any) -> Any:
        key = super().clean(value).lower()
        if key in ("", NOTHING):
            return None
        if key not in self.meanings:
            raise forms.ValidationError(
                gettext("Type one of: %(keys)s.") % {"keys": " ".join([*self.meanings, NOTHING])}
            )
        return self.meanings[key]


class ClockField(forms.CharField):
    """A wall time: 1942, or 19:42; "-" and an empty cell are None."""

    def __init__(self, label: Any) -> None:
        super().__init__(label=label, required=False, max_length=5, widget=KeyInput(5, inputmode="numeric"))

    def clean(self, value: Any) -> dt.time | None:
        told = super().clean(value)
        if told in ("", NOTHING):
            return None
        match = _CLOCK.fullmatch(told)
        if match is not None:
            hour, minute = int(match[1] or match[3]), int(match[2] or match[4])
            if hour < 24 and minute < 60:
                return dt.time(hour, minute)
        raise forms.ValidationError(gettext("Type a time with four digits, such as 1942."))


class WeekForm(forms.Form):
    """Which seven days."""

    first = day_field(_("First day"))


class PaperHeadForm(WhoseWordsForm):
    """Of a whole sheet: whose words it holds, and under which name what it sends is known again."""

    sheet = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class PaperDayForm(forms.Form):
    """One row of the grid; its fields stand in the order they are typed."""

    def __init__(self, day: PaperDay, week: PaperWeek, data: Any = None) -> None:
        super().__init__(data, prefix=day.on.isoformat())
        self.day = day
        self.touches = week.touches
        states = {str(number): code for number, code in enumerate(week.states, start=1)}
        cells: dict[str, forms.Field] = {}
        for place, _slot in enumerate(day.slots):
            cells[f"outcome-{place}"] = KeyField(_("Massage"), OUTCOMES)
            cells[f"minutes-{place}"] = forms.DecimalField(
                label=_("Minutes"),
                required=False,
                min_value=0,
                max_value=600,
                max_digits=5,
                decimal_places=1,
                widget=KeyInput(5, inputmode="decimal"),
            )
        if day.asks_bedtime:
            cells |= {"in_bed": ClockField(_("In bed")), "asleep": ClockField(_("Asleep"))}
        for touch in week.touches:
            cells[f"touch-{touch.pk}"] = KeyField(
                spoken(touch.label, touch.language)
                if touch.label
                else labels.label(Stimulus, touch.stimulus),
                {"y": True, "n": False},
            )
        for place, _slot in enumerate(day.slots):
            if day.asks_state_before:
                cells[f"before-{place}"] = KeyField(_("Before"), states)
            if day.asks_state_after:
                cells[f"after-{place}"] = KeyField(_("After"), states)
        self.fields.update(cells)

    def told(self) -> ToldDay | None:
        """What the row says; None for an empty one."""
        said = self.cleaned_data
        massages = tuple(
            ToldMassage(
                slot=slot,
                outcome=said[f"outcome-{place}"],
                minutes=said[f"minutes-{place}"],
                state_before=said.get(f"before-{place}") or "",
                state_after=said.get(f"after-{place}") or "",
            )
            for place, slot in enumerate(self.day.slots)
            if said[f"outcome-{place}"] is not None
        )
        came_up = {
            touch.pk: said[f"touch-{touch.pk}"]
            for touch in self.touches
            if said[f"touch-{touch.pk}"] is not None
        }
        in_bed, asleep = said.get("in_bed"), said.get("asleep")
        if not (massages or came_up or in_bed or asleep):
            return None
        return ToldDay(self.day, massages, in_bed, asleep, came_up)

    def clean(self) -> dict[str, Any]:
        """Minutes or a state without what became of the massage are a slip of the keys."""
        said: dict[str, Any] = self.cleaned_data
        for place, _slot in enumerate(self.day.slots):
            rest = [said.get(f"{name}-{place}") for name in ("minutes", "before", "after")]
            is_told = any(one is not None for one in rest)
            if is_told and f"outcome-{place}" in said and said[f"outcome-{place}"] is None:
                self.add_error(f"outcome-{place}", gettext("Type what became of the massage too."))
        return said
