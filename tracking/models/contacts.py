"""Contacts between clinic and family, who was there, and the clinic's own labels for its services."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from clinic.models import CaregiverGrant, Child, ClinicRow, User
from clinic.models.clinics import keeps_history, language_field
from tracking.models.supervision import is_unsigned
from tracking.vocabulary.contacts import CancelledBy, ContactKind, ContactState

LONGEST_CONTACT_MINUTES = 24 * 60


class ServiceLabelQuerySet(models.QuerySet["ServiceLabel"]):
    def offered(self) -> ServiceLabelQuerySet:
        """Labels that a new contact may carry."""
        return self.filter(retired_at__isnull=True)


@keeps_history
class ServiceLabel(ClinicRow):
    """What a clinic calls a service it counts minutes by. One that is retired stays with its contacts."""

    name = models.CharField(max_length=80)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager[ServiceLabel]] = models.Manager.from_queryset(ServiceLabelQuerySet)()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "clinic",
                Lower("name"),
                name="a_service_label_is_offered_once",
                condition=Q(retired_at__isnull=True),
            ),
        ]


class ContactQuerySet(models.QuerySet["Contact"]):
    def visible_to(self, user: User) -> ContactQuerySet:
        """Contacts of children this person may know of; a family reads none that waits for a signature.

        What of a contact they read is `tracking.policy.contacts`' to say.
        """
        cared_for = Child.objects.cared_for_by(user).values("pk")
        return self.filter(
            Q(child__in=Child.objects.seen_by_staff(user).values("pk"))
            | Q(child__in=Child.objects.read_by_staff(user).values("pk"))
            | Q(child__in=cared_for) & ~is_unsigned(Contact)
        )

    def planned(self) -> ContactQuerySet:
        return self.filter(state=ContactState.PLANNED)


@keeps_history
class Contact(ClinicRow):
    """One meeting of clinic and family, planned or past.

    Kind, state, when, minutes, label and with whom are its times, which owner and office read too; who else
    was there is the team's. What was said and shown stands in notes and demonstrations that point here.
    """

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="contacts")
    kind = models.CharField(max_length=20)
    state = models.CharField(max_length=20, default=ContactState.PLANNED)
    cancelled_by = models.CharField(max_length=10, blank=True)
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(null=True, blank=True, help_text="empty: not counted")
    label = models.ForeignKey(ServiceLabel, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    therapist = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", help_text="whom it is with"
    )
    others_present = models.CharField(max_length=200, blank=True)
    language = language_field()
    has_student = models.BooleanField(default=False)
    has_interpreter = models.BooleanField(default=False)
    class_date = models.ForeignKey(
        "ClassDate", on_delete=models.PROTECT, null=True, blank=True, related_name="contacts"
    )
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    lock_version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager[Contact]] = models.Manager.from_queryset(ContactQuerySet)()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("child", "class_date", name="a_child_has_one_contact_a_class_date"),
            models.CheckConstraint(
                name="a_contact_is_of_a_known_kind", condition=Q(kind__in=[str(kind) for kind in ContactKind])
            ),
            models.CheckConstraint(
                name="a_contact_is_in_a_known_state",
                condition=Q(state__in=[str(state) for state in ContactState]),
            ),
            models.CheckConstraint(
                name="a_cancelled_contact_says_by_whom",
                condition=(
                    Q(state=ContactState.CANCELLED) & Q(cancelled_by__in=[str(by) for by in CancelledBy])
                )
                | (~Q(state=ContactState.CANCELLED) & Q(cancelled_by="")),
            ),
            models.CheckConstraint(
                name="a_contact_takes_at_most_a_day",
                condition=Q(minutes__isnull=True) | Q(minutes__lte=LONGEST_CONTACT_MINUTES),
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["child", "starts_at", "id"], name="contacts_of_a_child")]


@keeps_history
class ContactPresence(ClinicRow):
    """A caregiver who was there, by the grant they hold."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="presences")
    grant = models.ForeignKey(CaregiverGrant, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("contact", "grant", name="a_caregiver_is_at_a_contact_once"),
        ]
