"""The fields that every kind of entry has: identity, revision, time, place and author.

Entries are never changed: a correction is a new row with the next revision, and one revision is the latest. A
withdrawn entry is a revision that counts nowhere (docs/adr/0005).
"""

from __future__ import annotations

import uuid
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from clinic.models import CaregiverGrant, Child, ClinicRow, Family, User
from clinic.models.clinics import codes_field, language_field
from clinic.vocabulary import GrantKind, SharingMode
from tracking.vocabulary.programs import EntryFlag, EntrySource, EntryState, PartOfDay, Precision


class EntryDoor(models.TextChoices):
    """By which interface an entry came in."""

    API = "api"
    FAMILY_PAGES = "family_pages"
    CLINIC_PAGES = "clinic_pages"
    SEED = "seed"


def told_by(user_id: uuid.UUID) -> Q:
    """Entries that this person reported, whoever typed them."""
    return Q(reported_by=user_id) | Q(told_by_grant__user=user_id)


class EntryQuerySet(models.QuerySet[Any]):
    """Queries that every kind of entry has."""

    def told_by(self, user: User) -> Self:
        """What this person logged, or told somebody who logged it for them."""
        return self.filter(told_by(user.pk))

    def visible_to(self, user: User) -> Self:
        """Entries this person may read.

        The care team reads all of a child's; a guardian by the child's sharing mode; a log-only caregiver
        their own (docs/access.md).
        """
        granted = CaregiverGrant.objects.filter(user=user).valid()
        guarded = granted.filter(kind=GrantKind.GUARDIAN)
        return self.filter(
            Q(child__in=Child.objects.read_by_staff(user).values("pk"))
            | (
                Q(child__in=guarded.values("child"))
                & (told_by(user.pk) | ~Q(child__sharing_mode=SharingMode.OWN_ONLY))
            )
            | (Q(child__in=granted.values("child")) & told_by(user.pk))
        )

    def current(self) -> Self:
        """The latest revision of each entry, withdrawn ones included."""
        return self.filter(is_latest=True)

    def counted(self) -> Self:
        """Entries that figures include: the latest revision, not withdrawn, with a credible clock."""
        return self.filter(is_latest=True, state=EntryState.RECORDED).exclude(
            flags__contains=[EntryFlag.CLOCK_OFF]
        )


class Entry(ClinicRow):
    """The columns of every entry; sessions, bedtimes, observations and stimulus days add their own.

    `reported_by` typed it. If somebody else told it, that is `told_by_grant`, a caregiver, or `told_by_name`,
    somebody without an account.

    The sender makes `client_id`, which is unique per child. `occurred_at` is what the device said, or, if its
    clock was wrong, derived from the arrival. `local_day` is the day in `zone` for which the entry counts.
    `not_asked` lists what the ask plan of that day left out and the entry does not contain: an empty value
    there is not a missing answer.
    """

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="%(class)s_entries")
    client_id = models.UUIDField()
    revision = models.PositiveIntegerField(default=1)
    is_latest = models.BooleanField(default=True)
    state = models.CharField(max_length=20, default=EntryState.RECORDED)
    flags = codes_field()
    occurred_at = models.DateTimeField()
    precision = models.CharField(max_length=20, default=Precision.MINUTE)
    part_of_day = models.CharField(max_length=20, blank=True)
    zone = models.CharField(max_length=64, help_text="IANA name, of the place it happened")
    local_day = models.DateField()
    device_time = models.DateTimeField(
        null=True, blank=True, help_text="as the device sent it, where that cannot have been"
    )
    first_received_at = models.DateTimeField(help_text="when revision 1 arrived")
    received_at = models.DateTimeField()
    reported_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    is_on_behalf = models.BooleanField(default=False, help_text="logged by staff for the family")
    source = models.CharField(max_length=20, default=EntrySource.APP, help_text="how the family told it")
    door = models.CharField(max_length=20, help_text="through which of our doors it came in")
    told_by_grant = models.ForeignKey(
        CaregiverGrant, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    told_by_name = models.CharField(max_length=120, blank=True)
    family = models.ForeignKey(Family, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    body_hash = models.CharField(max_length=64, help_text="of the request that made this revision")
    note = models.TextField(blank=True)
    language = language_field()
    not_asked = codes_field()

    objects: ClassVar[Any]

    class Meta:
        abstract = True

    @property
    def is_withdrawn(self) -> bool:
        return self.state == EntryState.WITHDRAWN


def entry_constraints(name: str) -> list[models.BaseConstraint]:
    """The constraints every kind of entry has, named after it."""
    return [
        models.UniqueConstraint(
            fields=["child", "client_id", "revision"], name=f"{name}_revision_is_written_once"
        ),
        models.UniqueConstraint(
            fields=["child", "client_id"], name=f"{name}_has_one_latest", condition=Q(is_latest=True)
        ),
        models.CheckConstraint(
            name=f"{name}_is_recorded_or_withdrawn",
            condition=Q(state__in=[str(state) for state in EntryState]),
        ),
        models.CheckConstraint(
            name=f"{name}_precision_is_known",
            condition=Q(precision__in=[str(precision) for precision in Precision]),
        ),
        models.CheckConstraint(
            name=f"{name}_names_a_part_of_its_day_or_none",
            condition=Q(precision=Precision.PART_OF_DAY, part_of_day__in=[str(part) for part in PartOfDay])
            | (~Q(precision=Precision.PART_OF_DAY) & Q(part_of_day="")),
        ),
        models.CheckConstraint(
            name=f"{name}_source_is_known", condition=Q(source__in=[str(source) for source in EntrySource])
        ),
        models.CheckConstraint(
            name=f"{name}_first_came_before_it_was_revised",
            condition=Q(first_received_at__lte=F("received_at")),
        ),
    ]


def entry_indexes(name: str) -> list[models.Index]:
    """An index for a child's entries over a range of days, which every page reads."""
    return [
        models.Index(
            fields=["child", "local_day", "id"], name=f"{name}_by_child_day", condition=Q(is_latest=True)
        ),
    ]
