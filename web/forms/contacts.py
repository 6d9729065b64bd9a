"""Forms for visits and calls, and for the clinic's labels of its services."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from clinic.localtime import local_wall, to_instant
from tracking.models import Contact
from tracking.models.contacts import LONGEST_CONTACT_MINUTES
from tracking.readings.contacts import ContactChoices, Presence
from tracking.services.service_labels import LONGEST_NAME
from tracking.vocabulary.contacts import CancelledBy, ContactKind, ContactState
from tracking.vocabulary.programs import SessionOutcome
from tracking.wording import labels
from web.forms.inputs import ClockInput, code_field, day_field, long_text

ENDS = {
    "happened": (ContactState.HAPPENED, ""),
    "no_show": (ContactState.NO_SHOW, ""),
    "family": (ContactState.CANCELLED, CancelledBy.FAMILY),
    "clinic": (ContactState.CANCELLED, CancelledBy.CLINIC),
}
ENDS_SAID = (
    ("happened", _("It happened")),
    ("no_show", _("Nobody came")),
    ("family", _("The family called it off")),
    ("clinic", _("The clinic called it off")),
)


PRESENT = ("caregivers", "others_present", "has_student", "has_interpreter")


class ContactForm(forms.Form):
    """A contact; who may tell times alone (`describes` False) is asked for nothing else."""

    kind = code_field(_("What it is"), ContactKind)
    day = day_field(_("Day"))
    clock = forms.TimeField(label=_("Time"), widget=ClockInput())
    minutes = forms.IntegerField(
        label=_("Minutes"), required=False, min_value=0, max_value=LONGEST_CONTACT_MINUTES
    )
    label = forms.TypedChoiceField(label=_("Service"), required=False, coerce=uuid.UUID, empty_value=None)
    therapist = forms.TypedChoiceField(label=_("With"), required=False, coerce=uuid.UUID, empty_value=None)
    end = forms.ChoiceField(
        label=_("What became of it"),
        required=False,
        choices=[("", _("planned, or happened if past")), *ENDS_SAID],
    )
    caregivers = forms.TypedMultipleChoiceField(
        label=_("Who was there"), required=False, coerce=uuid.UUID, widget=forms.CheckboxSelectMultiple
    )
    others_present = forms.CharField(
        label=_("Who else"), required=False, max_length=200, help_text=_("A brother, a grandmother.")
    )
    has_student = forms.BooleanField(label=_("A student was there"), required=False)
    has_interpreter = forms.BooleanField(label=_("An interpreter was there"), required=False)
    lock_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, choices: ContactChoices, zone: str, describes: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        self._choose("label", [("", _("none")), *choices.labels])
        self._choose("therapist", [("", _("nobody named")), *choices.team])
        self._choose("caregivers", choices.caregivers)
        for name in () if describes else PRESENT:
            del self.fields[name]
        if "caregivers" in self.fields and not choices.caregivers:
            del self.fields["caregivers"]

    def _choose(self, name: str, choices: Any) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def told(self) -> dict[str, Any]:
        """What the services are told."""
        told = dict(self.cleaned_data)
        wall = dt.datetime.combine(told.pop("day"), told.pop("clock"))
        told["starts_at"] = to_instant(wall, self.zone)
        end = told.pop("end")
        if end:
            told["state"], told["cancelled_by"] = ENDS[end]
        told.pop("lock_version")
        return told


class NewContactForm(ContactForm):
    """A contact with the first notes on it."""

    shared_note = long_text(
        _("Note for the family"),
        required=False,
        most=10_000,
        help_text=_("The care team and the child’s guardians read it."),
    )
    private_note = long_text(_("Note for me alone"), required=False, most=10_000)

    def __init__(self, *args: Any, describes: bool, **kwargs: Any) -> None:
        super().__init__(*args, describes=describes, **kwargs)
        for name in () if describes else ("shared_note", "private_note"):
            del self.fields[name]


def initial_of(contact: Contact, presence: Presence | None, *, zone: str) -> dict[str, Any]:
    """A contact as its form shows it; `presence` is None for who tells times alone."""
    wall = local_wall(contact.starts_at, zone)
    told = (contact.state, contact.cancelled_by)
    initial: dict[str, Any] = {
        "kind": contact.kind,
        "day": wall.date(),
        "clock": wall.time(),
        "minutes": contact.minutes,
        "label": contact.label_id,
        "therapist": contact.therapist_id,
        "end": next((name for name, end in ENDS.items() if end == told), ""),
        "lock_version": contact.lock_version,
    }
    if presence is not None:
        initial |= {
            "caregivers": presence.grants,
            "others_present": presence.others,
            "has_student": presence.has_student,
            "has_interpreter": presence.has_interpreter,
        }
    return initial


class EndForm(forms.Form):
    """What became of a planned contact."""

    end = forms.ChoiceField(choices=ENDS_SAID)
    lock_version = forms.IntegerField()

    def told(self) -> dict[str, Any]:
        state, cancelled_by = ENDS[self.cleaned_data["end"]]
        return {
            "state": state,
            "cancelled_by": cancelled_by,
            "lock_version": self.cleaned_data["lock_version"],
        }


class RewriteForm(forms.Form):
    """One's own note, put otherwise."""

    body = long_text(_("Note"), most=10_000)
    lock_version = forms.IntegerField(widget=forms.HiddenInput)


class VisitMassageForm(forms.Form):
    """A massage the therapist gave at the visit."""

    client_id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label=_("How it went"),
        choices=lambda: labels.choices(
            SessionOutcome, [SessionOutcome.DONE, SessionOutcome.STOPPED, SessionOutcome.DECLINED]
        ),
    )
    minutes = forms.DecimalField(label=_("Minutes"), required=False, min_value=0, max_value=240)


class LabelForm(forms.Form):
    """What a clinic calls a service."""

    name = forms.CharField(label=_("Service"), max_length=LONGEST_NAME)
