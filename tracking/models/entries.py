"""What every entry carries, whatever it records: identity, revision, time, place and author.

Entries grow by revision and are never changed: a correction is a new row with the next revision, of which
one is the latest. A withdrawn entry is a revision that counts nowhere (trust, section 2).
"""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from clinic.models import CaregiverGrant, Child, ClinicRow, Family, User
from clinic.models.clinics import codes_field, language_field
from clinic.vocabulary import GrantKind, SharingMode
from tracking.vocabulary.programs import EntryFlag, EntryState, Precision


class EntrySource(models.TextChoices):
    """Through which door an entry came."""

    API = "api"
    FAMILY_PAGES = "family_pages"
    CLINIC_PAGES = "clinic_pages"
    SEED = "seed"


class EntryQuerySet(models.QuerySet[Any]):
    """Questions every kind of entry answers."""

    def visible_to(self, user: User) -> Self:
        """Entries this person may read.

        The care team reads all of a child's; a guardian by the child's sharing mode; a log-only caregiver
        their own (trust, section 1).
        """
        granted = CaregiverGrant.objects.filter(user=user).valid()
        guarded = granted.filter(kind=GrantKind.GUARDIAN)
        return self.filter(
            Q(child__in=Child.objects.on_team_of(user).values("pk"))
            | (
                Q(child__in=guarded.values("child"))
                & (Q(reported_by=user) | ~Q(child__sharing_mode=SharingMode.OWN_ONLY))
            )
            | (Q(child__in=granted.values("child")) & Q(reported_by=user))
        )

    def current(self) -> Self:
        """The latest revision of each entry, withdrawn ones included."""
        return self.filter(is_latest=True)

    def counted(self) -> Self:
        """Entries that figures are made of: latest, not withdrawn, and with a clock that can be believed."""
        return self.filter(is_latest=True, state=EntryState.RECORDED).exclude(
            flags__contains=[EntryFlag.CLOCK_OFF]
        )


class Entry(ClinicRow):
    """The columns of an entry; sessions, bedtimes, observations and stimulus days add their own.

    `client_id` is made by the sender and unique per child. `occurred_at` is as the device said, or, when
    its clock was off, placed by arrival. `local_day` is the day in `zone` the entry counts for.
    """

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="%(class)s_entries")
    client_id = models.UUIDField()
    revision = models.PositiveIntegerField(default=1)
    is_latest = models.BooleanField(default=True)
    state = models.CharField(max_length=20, default=EntryState.RECORDED)
    flags = codes_field()
    occurred_at = models.DateTimeField()
    precision = models.CharField(max_length=20, default=Precision.EXACT)
    zone = models.CharField(max_length=64, help_text="IANA name, of the place it happened")
    local_day = models.DateField()
    device_time = models.DateTimeField(
        null=True, blank=True, help_text="as the device sent it, where that cannot have been"
    )
    first_received_at = models.DateTimeField(help_text="when revision 1 arrived")
    received_at = models.DateTimeField()
    reported_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    is_on_behalf = models.BooleanField(default=False, help_text="logged by staff for the family")
    source = models.CharField(max_length=20)
    family = models.ForeignKey(Family, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    body_hash = models.CharField(max_length=64, help_text="of the request that made this revision")
    note = models.TextField(blank=True)
    language = language_field()

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
            name=f"{name}_first_came_before_it_was_revised",
            condition=Q(first_received_at__lte=F("received_at")),
        ),
    ]


def entry_indexes(name: str) -> list[models.Index]:
    """A child's entries of a span of days, the question every page asks."""
    return [
        models.Index(
            fields=["child", "local_day", "id"], name=f"{name}_by_child_day", condition=Q(is_latest=True)
        ),
    ]
