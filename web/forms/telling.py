"""Fields about how something reached the clinic: from whom, by which way, how exactly the time is known."""

from __future__ import annotations

import dataclasses
import uuid
from collections.abc import Iterable
from typing import TypeVar

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tracking.readings.people import Teller
from tracking.sync.arrival import standing_at
from tracking.sync.bodies import EntryBody
from tracking.vocabulary.programs import EntrySource, PartOfDay, Precision
from tracking.wording import labels
from web.forms.inputs import code_field, day_field

BodyT = TypeVar("BodyT", bound=EntryBody)


class WhoseWordsForm(forms.Form):
    """Who told it: a caregiver of the child, or somebody without an account. Neither is compulsory."""

    told_by_grant = forms.TypedChoiceField(
        label=_("Who told it?"), required=False, coerce=uuid.UUID, empty_value=None
    )
    told_by_name = forms.CharField(label=_("Somebody else, by name"), required=False, max_length=120)

    def __init__(self, *args: object, tellers: Iterable[Teller], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # what a form takes
        names = [(str(one.grant), one.words) for one in tellers]
        self.fields["told_by_grant"].choices = [("", gettext("not said")), *names]  # type: ignore[attr-defined]


class TellingForm(WhoseWordsForm):
    """Beside the form of an entry that staff write down for a family."""

    source = code_field(_("How was it told?"), EntrySource, required=False)
    on = day_field(
        _("Only the day is known"),
        required=False,
        help_text=_("Instead of a time: the day, and the part of it."),
    )
    part_of_day = code_field(_("Part of the day"), PartOfDay, required=False, empty=_("not said"))

    field_order = ("source", "told_by_grant", "told_by_name", "on", "part_of_day")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # what a form takes
        told = (EntrySource.PHONE_CALL, EntrySource.IN_PERSON, EntrySource.PAPER)
        self.fields["source"].choices = labels.choices(EntrySource, told)  # type: ignore[attr-defined]

    def completed(self, body: BodyT, *, zone: str) -> BodyT:
        """The body with whose words it is; with a day, known no more exactly than that."""
        told = self.cleaned_data
        body = dataclasses.replace(
            body,
            source=told["source"] or EntrySource.PHONE_CALL,
            told_by_grant=told["told_by_grant"],
            told_by_name=told["told_by_name"],
        )
        if not told["on"]:
            return body
        part = told["part_of_day"]
        return dataclasses.replace(
            body,
            occurred_at=standing_at(told["on"], part, zone),
            precision=Precision.PART_OF_DAY if part else Precision.DAY,
            part_of_day=part,
        )
