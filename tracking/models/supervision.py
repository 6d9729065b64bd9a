"""Drafts of assistants and students, until their supervisor has signed or returned them."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q

from clinic.models import CareTeam, Child, ClinicMembership, ClinicRow, User
from clinic.models.clinics import language_field
from clinic.vocabulary import TREATING_ROLES, CareTeamKind


class CosigningQuerySet(models.QuerySet["Cosigning"]):
    def visible_to(self, user: User) -> CosigningQuerySet:
        """Drafts of children on one's team; families and the desk know of none."""
        return self.filter(child__in=Child.objects.on_team_of(user).values("pk"))

    def unsigned(self) -> CosigningQuerySet:
        """What stands as it was last drafted and nobody has signed: waiting, or returned."""
        return self.filter(signed_at__isnull=True, replaced_at__isnull=True)

    def waiting(self) -> CosigningQuerySet:
        return self.unsigned().filter(returned_at__isnull=True)

    def signable_by(self, user: User) -> CosigningQuerySet:
        """Drafts of others about children whom this person treats."""
        treats = ClinicMembership.objects.active().filter(user=user).with_role(*TREATING_ROLES)
        return self.visible_to(user).filter(clinic__in=treats.values("clinic")).exclude(drafted_by=user)

    def asked_of(self, user: User) -> CosigningQuerySet:
        """Those this person is to sign: as the supervisor, or for one who treats the child no more.

        The latter go to whoever leads or covers, and where nobody does, to all who treat the child.
        """
        heads = CareTeam.objects.active().filter(
            child=OuterRef("child"), kind__in=[str(CareTeamKind.LEAD), str(CareTeamKind.COVER)]
        )
        falls_to = Q(Exists(heads.filter(therapist=user))) | ~Q(Exists(heads))
        return self.signable_by(user).filter(Q(supervisor=user) | ~Q(supervisor_treats()) & falls_to)


class Cosigning(ClinicRow):
    """One draft of one row, by its table's name and its key, as it was when it was asked about.

    A row that is written anew gets another: the older one is replaced, so that nobody signs what they have
    not read. `supervisor` is who was asked; None: whoever leads.
    """

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="cosignings")
    subject_kind = models.CharField(max_length=40, help_text="the drafted row's model name")
    subject_id = models.UUIDField()
    drafted_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    supervisor = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField()
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    signed_at = models.DateTimeField(null=True, blank=True)
    returned_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    returned_at = models.DateTimeField(null=True, blank=True)
    remark = models.TextField(blank=True, help_text="what the supervisor asks for, for the team alone")
    language = language_field()
    replaced_at = models.DateTimeField(null=True, blank=True, help_text="when the row was written anew")

    objects: ClassVar[models.Manager[Cosigning]] = models.Manager.from_queryset(CosigningQuerySet)()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "subject_kind",
                "subject_id",
                name="a_draft_waits_for_one_signature",
                condition=Q(signed_at__isnull=True, replaced_at__isnull=True),
            ),
            models.CheckConstraint(
                name="a_signature_has_a_signer",
                condition=Q(signed_at__isnull=True, signed_by__isnull=True)
                | Q(signed_at__isnull=False, signed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="a_returned_draft_says_by_whom_and_why",
                condition=Q(returned_at__isnull=True, returned_by__isnull=True)
                | Q(returned_at__isnull=False, returned_by__isnull=False) & ~Q(remark=""),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["clinic", "asked_at", "id"],
                name="drafts_of_a_clinic",
                condition=Q(signed_at__isnull=True, replaced_at__isnull=True),
            ),
        ]


def supervisor_treats() -> Exists:
    """True of a draft whose supervisor is on the child's team still, and works here."""
    working = ClinicMembership.objects.active().filter(clinic=OuterRef("clinic"), user=OuterRef("therapist"))
    return Exists(
        CareTeam.objects.active().filter(
            Exists(working), child=OuterRef("child"), therapist=OuterRef("supervisor")
        )
    )


def is_unsigned(model: type[models.Model]) -> Exists:
    """True of a row of `model`, inside a filter of its own queryset, whose draft nobody has signed yet.

    The team reads such a row, the family does not: `Q(child__in=guarded) & ~is_unsigned(Note)`.
    """
    drafts = Cosigning.objects.unsigned()
    return Exists(drafts.filter(subject_kind=model._meta.model_name, subject_id=OuterRef("pk")))


def awaits_signature(row: models.Model) -> bool:
    """Whether this row is a draft that nobody has signed yet; one statement."""
    drafts: Any = Cosigning.objects.unsigned()
    return bool(drafts.filter(subject_kind=row._meta.model_name, subject_id=row.pk).exists())


def drafts_among(keys: Iterable[uuid.UUID]) -> frozenset[uuid.UUID]:
    """Those of these rows, of whatever kind, that nobody has signed yet; one statement."""
    drafts: Any = Cosigning.objects.unsigned()
    return frozenset(drafts.filter(subject_id__in=list(keys)).values_list("subject_id", flat=True))
