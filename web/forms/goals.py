"""Forms for goals on their ladders, notes, and totals of standard instruments."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tracking.vocabulary.outcomes import Outcome
from tracking.vocabulary.programs import Instrument
from tracking.wording import labels
from tracking.wording.goals import signed
from web.forms.inputs import code_field, day_field, long_text
from web.forms.widgets import Scale

RUNGS = (
    ("rung_2", _("+2, much more than expected")),
    ("rung_1", _("+1, more than expected")),
    ("rung_0", _("0, what we expect")),
    ("rung_minus_1", _("\N{MINUS SIGN}1, less than expected")),
    ("rung_minus_2", _("\N{MINUS SIGN}2, much less than expected")),
)
NOT_MEASURED = _("nothing that is logged")
WEIGHTS = (("", _("not weighed")), (0, "0"), (1, "1"), (2, "2"), (3, "3"))


class GoalForm(forms.Form):
    """A goal with a text for each of its five levels, written before the program starts."""

    title = forms.CharField(label=_("Goal"), max_length=200)
    own_words = long_text(_("In the family’s own words"), required=False, most=1000)
    baseline_level = forms.TypedChoiceField(
        label=_("Where the child is now"),
        coerce=int,
        choices=[(level, signed(level)) for level in (-1, -2)],
        initial=-1,
    )
    importance = forms.TypedChoiceField(
        label=_("How much it matters to the family"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=WEIGHTS,
    )
    difficulty = forms.TypedChoiceField(
        label=_("How hard it is"), required=False, coerce=int, empty_value=None, choices=WEIGHTS
    )
    primary_outcome = code_field(
        _("Measured by"),
        Outcome,
        required=False,
        empty=NOT_MEASURED,
        help_text=_(
            "The one figure of the diary that this goal is about. Name it before the program begins: what is"
            " chosen afterwards is a look back."
        ),
    )
    set_on = day_field(_("Set on"))

    def __init__(self, *args: Any, outcomes: Sequence[Outcome], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, outcomes)
        for name, label in RUNGS:
            self.fields[name] = forms.CharField(
                label=label, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
            )
        self.order_fields(
            ["title", "own_words", *(name for name, _label in RUNGS), "baseline_level", "importance"]
        )

    def told(self) -> dict[str, Any]:
        """What the service is told; the ladder begins at level -2."""
        rungs = [name for name, _label in RUNGS]
        told = {name: value for name, value in self.cleaned_data.items() if name not in rungs}
        return {**told, "ladder": [self.cleaned_data[name] for name in reversed(rungs)]}


class OutcomeForm(forms.Form):
    """What a goal is measured by, named or changed."""

    lock_version = forms.IntegerField(widget=forms.HiddenInput)
    primary_outcome = code_field(_("Measured by"), Outcome, required=False, empty=NOT_MEASURED)

    def __init__(self, *args: Any, outcomes: Sequence[Outcome], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _offer(self, outcomes)


def _offer(form: forms.Form, outcomes: Sequence[Outcome]) -> None:
    """Leave out of a form's outcomes what the child is too young for."""
    field = form.fields["primary_outcome"]
    assert isinstance(field, forms.ChoiceField)
    field.choices = [
        ("", NOT_MEASURED),
        *(choice for choice in labels.choices(Outcome) if choice[0] in outcomes),
    ]


class RatingForm(forms.Form):
    """Where on the ladder the child is."""

    level = forms.TypedChoiceField(
        label=_("Level"),
        coerce=int,
        choices=[(level, signed(level)) for level in range(-2, 3)],
        widget=Scale,
    )
    on = day_field(_("Seen on"))
    note = forms.CharField(label=_("What was seen"), required=False, max_length=1000)


class GoalStateForm(forms.Form):
    """Close a goal, or open it again."""

    lock_version = forms.IntegerField(widget=forms.HiddenInput)
    is_open = forms.BooleanField(widget=forms.HiddenInput, required=False)


class NoteForm(forms.Form):
    """A note about the child."""

    body = long_text(_("Note"), most=10_000)
    is_private = forms.BooleanField(
        label=_("Private: for me alone"),
        required=False,
        help_text=_("Otherwise the care team and the child’s guardians read it."),
    )


SCORES = 4


class AssessmentForm(forms.Form):
    """The totals of a standard instrument; its questions stay on their licensed paper."""

    instrument = code_field(_("Instrument"), Instrument, empty=_("Choose"))
    on = day_field(_("On"))
    respondent = forms.CharField(
        label=_("Answered by"), required=False, max_length=120, help_text=_("Mother, teacher, yourself …")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, SCORES + 1):
            self.fields[f"score_{number}"] = forms.CharField(
                label=gettext("Score %(number)d") % {"number": number},
                required=number == 1,
                max_length=80,
                help_text=_("Its name, such as Touch.") if number == 1 else "",
            )
            self.fields[f"value_{number}"] = forms.FloatField(
                label=_("Value"), required=number == 1, min_value=-10_000, max_value=10_000
            )
            for name, label in (("least", _("From")), ("most", _("To"))):
                self.fields[f"{name}_{number}"] = forms.FloatField(
                    label=label,
                    required=False,
                    min_value=-10_000,
                    max_value=10_000,
                    help_text=_("What it can be.") if number == 1 and name == "least" else "",
                )
            self.fields[f"band_{number}"] = forms.CharField(label=_("Band"), required=False, max_length=80)

    def rows(self) -> Iterable[tuple[forms.BoundField, ...]]:
        """Score, value, what it can be, and band of each line."""
        for number in range(1, SCORES + 1):
            yield tuple(self[f"{name}_{number}"] for name in ("score", "value", "least", "most", "band"))

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        seen: set[str] = set()
        for number in range(1, SCORES + 1):
            name, value = told.get(f"score_{number}", ""), told.get(f"value_{number}")
            if name and value is None and f"value_{number}" not in self.errors:
                self.add_error(f"value_{number}", gettext("Give this score its value."))
            if value is not None and not name and f"score_{number}" not in self.errors:
                self.add_error(f"score_{number}", gettext("Give this value the name of its score."))
            least, most = told.get(f"least_{number}"), told.get(f"most_{number}")
            if value is not None and least is not None and value < least:
                self.add_error(f"least_{number}", gettext("The value is less than this."))
            if value is not None and most is not None and value > most:
                self.add_error(f"most_{number}", gettext("The value is more than this."))
            if name and name in seen:
                self.add_error(f"score_{number}", gettext("This score is there twice."))
            seen.add(name)
        return told

    def totals(self) -> dict[str, dict[str, Any]]:
        """Score name to its value and, where told, what it can be and its band."""
        told = self.cleaned_data
        return {
            told[f"score_{number}"]: {
                name: told[f"{name}_{number}"]
                for name in ("value", "least", "most", "band")
                if told[f"{name}_{number}"] not in (None, "")
            }
            for number in range(1, SCORES + 1)
            if told[f"score_{number}"]
        }
