"""Notes and messages about a child."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clinic.models import Child, ClinicRow, User
from clinic.models.clinics import keeps_history, language_field
from tracking.models.contacts import Contact
from tracking.models.supervision import is_unsigned


class NoteQuerySet(models.QuerySet["Note"]):
    def visible_to(self, user: User) -> NoteQuerySet:
        """Shared notes of children in one's care, drafts the team's only; private ones for their author."""
        team = Child.objects.read_by_staff(user).values("pk")
        guarded = Child.objects.guarded_by(user).values("pk")
        return self.filter(
            (Q(child__in=team) & (Q(is_private=False) | Q(author=user)))
            | (Q(child__in=guarded) & Q(is_private=False) & ~is_unsigned(Note))
        )


@keeps_history
class Note(ClinicRow):
    """A clinician's note: shared with the guardians, or private to its author."""

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    is_private = models.BooleanField(default=False)
    body = models.TextField()
    language = language_field()
    about_entry = models.UUIDField(null=True, blank=True, help_text="client id of the entry it remarks on")
    about_contact = models.ForeignKey(
        Contact, on_delete=models.PROTECT, null=True, blank=True, related_name="notes"
    )
    written_at = models.DateTimeField()
    lock_version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager[Note]] = models.Manager.from_queryset(NoteQuerySet)()


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, user: User) -> MessageQuerySet:
        team = Child.objects.read_by_staff(user).values("pk")
        guarded = Child.objects.guarded_by(user).values("pk")
        return self.filter(Q(child__in=team) | Q(child__in=guarded))


class Message(ClinicRow):
    """One message in a child's thread, between its guardians and its care team."""

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="messages")
    client_id = models.UUIDField()
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    is_from_staff = models.BooleanField()
    body = models.TextField()
    language = language_field()
    about_entry = models.UUIDField(null=True, blank=True, help_text="client id of the entry it answers")
    sent_at = models.DateTimeField()

    objects: ClassVar[models.Manager[Message]] = models.Manager.from_queryset(MessageQuerySet)()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("child", "client_id", name="a_message_is_sent_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["child", "sent_at", "id"], name="messages_of_a_child")]


class ThreadRead(ClinicRow):
    """How far a person has read a child's thread."""

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    read_until = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("child", "user", name="a_thread_is_read_up_to_one_point"),
        ]
