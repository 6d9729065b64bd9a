"""Clinics, and the base of every row that belongs to one."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

import pghistory
import uuid_utils.compat
from django.contrib.postgres.fields import ArrayField
from django.db import models

from clinic.languages import LONGEST_TAG
from clinic.vocabulary import ConsentKind

Row = TypeVar("Row", bound=models.Model)

PUBLISHERS_COPM_POINTS = 2
"""The rise of a COPM mean rating that its publisher calls clinically important: a rule of thumb."""
COPM_NOTABLE_POINTS = (0.5, 5)
"""What a clinic may set, both included; studies found 0.9 to 2.2 (docs/clinical/sources.md, S69 and S70)."""


def new_id() -> uuid.UUID:
    """A UUIDv7: random, and ordered by the moment it was made, so that keys stay dense."""
    return uuid_utils.compat.uuid7()


def keeps_history(model: type[Row]) -> type[Row]:
    """Keep every state of a row by database trigger, for rows that are changed in place.

    The audit says who changed it, so history has no context (docs/adr/0012).
    """
    tracked: type[Row] = pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        context_field=None,  # type: ignore[arg-type]  # None is allowed, the stub forgets it
    )(model)
    return tracked


def keeps_history_but(*fields: str) -> Callable[[type[Row]], type[Row]]:
    """As `keeps_history`, but changes of these fields alone, which only machines make, are not kept."""

    def track(model: type[Row]) -> type[Row]:
        tracked: type[Row] = pghistory.track(
            pghistory.InsertEvent(),
            pghistory.UpdateEvent(condition=pghistory.AnyChange(exclude=list(fields))),
            pghistory.DeleteEvent(),
            context_field=None,  # type: ignore[arg-type]  # as above
        )(model)
        return tracked

    return track


def of_every_guardian() -> list[str]:
    """Consents that every guardian must give by default; for the record itself one guardian is enough."""
    return [str(kind) for kind in ConsentKind if kind is not ConsentKind.RECORD]


@keeps_history
class Clinic(models.Model):
    """A clinic and its settings. Every other row carries its id."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=60, unique=True)
    zone = models.CharField(max_length=64, help_text="IANA name")
    locale = models.CharField(max_length=16, default="en")
    address = models.TextField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    emergency_number = models.CharField(max_length=20, blank=True)
    corrected_age_until_months = models.PositiveSmallIntegerField(default=24)
    vaccination_wait_hours = models.PositiveSmallIntegerField(default=48)
    copm_notable_points = models.DecimalField(
        max_digits=3, decimal_places=2, default=PUBLISHERS_COPM_POINTS, help_text="of mean ratings 1 to 10"
    )
    consents_of_every_guardian = ArrayField(
        models.CharField(max_length=20), default=of_every_guardian, blank=True, help_text="kinds of consent"
    )
    staff_must_use_mfa = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="corrected_age_ends_at_24_30_or_36_months",
                condition=models.Q(corrected_age_until_months__in=[24, 30, 36]),
            ),
            models.CheckConstraint(
                name="copm_is_notable_from_half_a_point_to_five",
                condition=models.Q(copm_notable_points__range=COPM_NOTABLE_POINTS),
            ),
            models.CheckConstraint(
                name="consents_of_every_guardian_are_of_known_kinds",
                condition=models.Q(
                    consents_of_every_guardian__contained_by=[str(kind) for kind in ConsentKind]
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"clinic {self.pk}"


class ClinicRow(models.Model):
    """A row of one clinic. Composite foreign keys keep its references inside that clinic."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    clinic = models.ForeignKey(Clinic, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


def language_field() -> models.CharField[str, str]:
    """The language of the words in a row (`clinic.languages`); empty: not known."""
    return models.CharField(max_length=LONGEST_TAG, blank=True, help_text="of its words, a BCP 47 tag")


def codes_field(*, length: int = 40) -> ArrayField[Any, Any]:
    """A list of short codes, empty by default."""
    return ArrayField(models.CharField(max_length=length), default=list, blank=True)


if TYPE_CHECKING:
    TextColumn = models.CharField[str, str]
else:
    TextColumn = models.CharField


class FileNameField(TextColumn):
    """The random name of a stored file (`clinic.files`), empty for none; erasing the row removes the file."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 120, **options})

    def deconstruct(self) -> tuple[str, str, Any, dict[str, Any]]:
        """As the plain column it is: migrations need not know."""
        name, _, arguments, options = super().deconstruct()
        return name, "django.db.models.CharField", arguments, options
