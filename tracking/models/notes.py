"""Notes and messages about a child, and flags that ask for somebody's attention."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from clinic.models import Child, ClinicMembership, ClinicRow, User
from clinic.models.clinics import keeps_history
from clinic.vocabulary import Role
from tracking.vocabulary.concerns import FlagCode, Severity


class NoteQuerySet(models.QuerySet["Note"]):
    def visible_to(self, user: User) -> NoteQuerySet:
        """Shared notes of children in one's care; private ones for their author alone."""
        team = Child.objects.on_team_of(user).values("pk")
        guarded = Child.objects.guarded_by(user).values("pk")
        return self.filter(
            (Q(child__in=team) & (Q(is_private=False) | Q(author=user)))
            | (Q(child__in=guarded) & Q(is_private=False))
        )


@keeps_history
class Note(ClinicRow):
    """A clinician's note: shared with the guardians, or private to its author."""

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    is_private = models.BooleanField(default=False)
    body = models.TextField()
    about_entry = models.UUIDField(null=True, blank=True, help_text="client id of the entry it remarks on")
    written_at = models.DateTimeField()
    lock_version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager[Note]] = models.Manager.from_queryset(NoteQuerySet)()


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, user: User) -> MessageQuerySet:
        team = Child.objects.on_team_of(user).values("pk")
        guarded = Child.objects.guarded_by(user).values("pk")
        return self.filter(Q(child__in=team) | Q(child__in=guarded))


class Message(ClinicRow):
    """One message in a child's thread, between its guardians and its care team."""

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="messages")
    client_id = models.UUIDField()
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    is_from_staff = models.BooleanField()
    body = models.TextField()
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


class FlagQuerySet(models.QuerySet["Flag"]):
    def visible_to(self, user: User) -> FlagQuerySet:
        """Flags of children on one's team, and for owners those of the clinic's children, to act on them."""
        owned = ClinicMembership.objects.active().filter(user=user).with_role(Role.OWNER)
        return self.filter(
            Q(child__in=Child.objects.on_team_of(user).values("pk")) | Q(clinic__in=owned.values("clinic"))
        )

    def open(self) -> FlagQuerySet:
        return self.filter(closed_at__isnull=True)


class Flag(ClinicRow):
    """Something that asks for attention (domain, J); medical ones are never closed by software."""

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="flags")
    code = models.CharField(max_length=40)
    severity = models.CharField(max_length=20)
    detail = models.JSONField(default=dict, blank=True, help_text="codes and numbers the rule looked at")
    raised_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    close_reason = models.CharField(max_length=200, blank=True)

    objects: ClassVar[models.Manager[Flag]] = models.Manager.from_queryset(FlagQuerySet)()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "child", "code", name="one_open_flag_per_code_and_child", condition=Q(closed_at__isnull=True)
            ),
            models.CheckConstraint(
                name="a_flag_is_of_a_known_code", condition=Q(code__in=[str(code) for code in FlagCode])
            ),
            models.CheckConstraint(
                name="a_flag_has_a_known_severity",
                condition=Q(severity__in=[str(severity) for severity in Severity]),
            ),
        ]
