"""Erasures that are requested and confirmed, families' requests for them, and holds."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q

from clinic.models import CaregiverGrant, Child, ClinicMembership, ClinicRow, User
from clinic.models.clinics import language_field
from clinic.rls import Now
from clinic.vocabulary import Role
from tracking.models.safeguarding import SafeguardingLead
from tracking.vocabulary.erasure import (
    DeclinedBecause,
    ErasureBecause,
    ErasureOf,
    ErasureState,
    RequestAbout,
    RequestState,
)


class ErasureQuerySet(models.QuerySet["Erasure"]):
    def visible_to(self, user: User) -> ErasureQuerySet:
        """Erasures of clinics one owns, or is a named lead of and so may be asked to confirm."""
        owned = ClinicMembership.objects.active().with_role(Role.OWNER).filter(user=user)
        working = ClinicMembership.objects.active().filter(user=user).values("clinic")
        led = SafeguardingLead.objects.active().filter(user=user, clinic__in=working)
        return self.filter(Q(clinic__in=owned.values("clinic")) | Q(clinic__in=led.values("clinic")))

    def open(self) -> ErasureQuerySet:
        """Neither done nor called off."""
        return self.filter(done_at__isnull=True, called_off_at__isnull=True)

    def due(self) -> ErasureQuerySet:
        """Confirmed, and waited for long enough."""
        return self.open().filter(due_at__lte=Now())


class Erasure(ClinicRow):
    """One erasing, asked by one person and confirmed by another; it stays, without a word of anybody's.

    `subject_id` is a plain column: the row outlives what it names, so that a restored backup can be told what
    was erased since. `due_at` is when it is carried out, known from its confirming on. `counts` are rows
    removed, by table; `files` the names of stored files that are still to be removed.
    """

    subject = models.CharField(max_length=10)
    subject_id = models.UUIDField()
    because = models.CharField(max_length=20)
    written_on = models.DateField(null=True, blank=True, help_text="day of the request in writing, if any")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    called_off_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    called_off_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    counts = models.JSONField(default=dict, blank=True)
    unnamed_count = models.PositiveIntegerField(default=0, help_text="rows that stay, without the name")
    file_count = models.PositiveIntegerField(default=0)
    files = ArrayField(models.CharField(max_length=120), default=list, blank=True)

    objects: ClassVar[models.Manager[Erasure]] = models.Manager.from_queryset(ErasureQuerySet)()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="an_erasure_is_of_a_child_or_a_person",
                condition=Q(subject__in=[str(one) for one in ErasureOf]),
            ),
            models.CheckConstraint(
                name="an_erasure_has_a_known_reason",
                condition=Q(because__in=[str(one) for one in ErasureBecause]),
            ),
            models.CheckConstraint(
                name="an_erasure_is_due_once_it_is_confirmed",
                condition=Q(confirmed_at__isnull=True, due_at__isnull=True)
                | Q(confirmed_at__isnull=False, due_at__gte=models.F("confirmed_at")),
            ),
            models.CheckConstraint(
                name="an_erasure_is_done_only_when_it_was_due",
                condition=Q(done_at__isnull=True)
                | Q(called_off_at__isnull=True, done_at__gte=models.F("due_at")),
            ),
            models.UniqueConstraint(
                "clinic",
                "subject_id",
                name="one_open_erasure_of_a_child_or_a_person",
                condition=Q(done_at__isnull=True, called_off_at__isnull=True),
            ),
        ]

    @property
    def state(self) -> ErasureState:
        if self.called_off_at is not None:
            return ErasureState.CALLED_OFF
        if self.done_at is not None:
            return ErasureState.DONE
        return ErasureState.WAITING if self.confirmed_at is not None else ErasureState.ASKED


class ErasureRequestQuerySet(models.QuerySet["ErasureRequest"]):
    def visible_to(self, user: User) -> ErasureRequestQuerySet:
        """One's own about a child one cares for; owners read those of their clinic."""
        owned = ClinicMembership.objects.active().with_role(Role.OWNER).filter(user=user).values("clinic")
        caring = CaregiverGrant.objects.valid().filter(user=user, child=OuterRef("child"))
        return self.filter(Q(clinic__in=owned) | (Q(asked_by=user) & Q(Exists(caring))))

    def open(self) -> ErasureRequestQuerySet:
        return self.filter(answered_at__isnull=True, withdrawn_at__isnull=True)


class ErasureRequest(ClinicRow):
    """A caregiver's wish that their child's record, or they themselves, be erased; the clinic answers it."""

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="+")
    client_id = models.UUIDField()
    about = models.CharField(max_length=10)
    asked_by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    declined_because = models.CharField(max_length=20, blank=True, help_text="empty: taken up, or open")

    objects: ClassVar[models.Manager[ErasureRequest]] = models.Manager.from_queryset(ErasureRequestQuerySet)()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "child", "asked_by", "client_id", name="a_request_to_erase_has_its_id_once"
            ),
            models.UniqueConstraint(
                "child",
                "asked_by",
                "about",
                name="one_open_request_to_erase",
                condition=Q(answered_at__isnull=True, withdrawn_at__isnull=True),
            ),
            models.CheckConstraint(
                name="a_request_to_erase_is_about_a_child_or_oneself",
                condition=Q(about__in=[str(one) for one in RequestAbout]),
            ),
            models.CheckConstraint(
                name="a_request_is_declined_for_a_known_reason",
                condition=Q(declined_because__in=["", *(str(one) for one in DeclinedBecause)]),
            ),
        ]

    @property
    def state(self) -> RequestState:
        if self.withdrawn_at is not None:
            return RequestState.WITHDRAWN
        if self.answered_at is None:
            return RequestState.OPEN
        return RequestState.DECLINED if self.declined_because else RequestState.TAKEN_UP


class RecordHoldQuerySet(models.QuerySet["RecordHold"]):
    def visible_to(self, user: User) -> RecordHoldQuerySet:
        """Holds of clinics one owns."""
        owned = ClinicMembership.objects.active().with_role(Role.OWNER).filter(user=user).values("clinic")
        return self.filter(clinic__in=owned)

    def open(self) -> RecordHoldQuerySet:
        return self.filter(lifted_at__isnull=True)


class RecordHold(ClinicRow):
    """A child's record that must stay: while it is held, nothing of it is erased, by anybody or by time."""

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=300)
    language = language_field()
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()
    lifted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager[RecordHold]] = models.Manager.from_queryset(RecordHoldQuerySet)()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "child", name="one_open_hold_per_child", condition=Q(lifted_at__isnull=True)
            ),
        ]
