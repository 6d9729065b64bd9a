"""Invitations to care for a child."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Q

from clinic.models.caseload import CareTeam
from clinic.models.clinics import ClinicRow
from clinic.models.families import CaregiverGrant, Child, Family
from clinic.models.people import ClinicMembership, User
from clinic.rls import Now
from clinic.vocabulary import TREATING_ROLES, GrantKind, Role


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def visible_to(self, user: User) -> InvitationQuerySet:
        """To staff all of a child they see, to a guardian those they answer for."""
        return self.filter(
            Q(child__in=Child.objects.seen_by_staff(user).values("pk"))
            | Q(child__in=Child.objects.guarded_by(user).values("pk"), invited_by=user)
        )

    def open(self) -> InvitationQuerySet:
        """Invitations that nobody has accepted or taken back, and that have not run out; drafts do not."""
        lives = Q(expires_at__gt=Now()) | Q(token_hash__isnull=True)
        return self.filter(lives, accepted_at__isnull=True, revoked_at__isnull=True)

    def drafts(self) -> InvitationQuerySet:
        """Those that wait for somebody who may invite."""
        return self.open().filter(token_hash__isnull=True)

    def sendable_by(self, user: User) -> InvitationQuerySet:
        """Those of children to whom `user` may give access (`clinic.policy.may_grant_access`)."""
        working = ClinicMembership.objects.active().filter(user=user)
        return self.filter(
            Q(clinic__in=working.with_role(Role.OWNER).values("clinic"))
            | Q(
                child__in=Child.objects.on_team_of(user).values("pk"),
                clinic__in=working.with_role(*TREATING_ROLES).values("clinic"),
            )
        )

    def with_backing(self) -> InvitationQuerySet:
        """Each with `is_backed`: whether whoever answers for it may still invite."""
        backed = models.ExpressionWrapper(self._backed(), output_field=models.BooleanField())
        return self.annotate(is_backed=backed)

    def living(self) -> InvitationQuerySet:
        """Invitations that open something now: open, still backed, to an access that is not over before it
        began, and their child neither put away nor in hospital.
        """
        return self.open().filter(
            Q(access_until__isnull=True) | Q(access_until__gt=Now()),
            self._backed(),
            child__archived_at__isnull=True,
            child__in_hospital_since__isnull=True,
        )

    @staticmethod
    def _backed() -> Q:
        """Agrees with what `clinic.services.invitations` asks of whoever makes one (a test proves it)."""
        inviter = OuterRef("invited_by")
        working = ClinicMembership.objects.active().filter(user=inviter, clinic=OuterRef("clinic"))
        on_team = CareTeam.objects.active().filter(child=OuterRef("child"), therapist=inviter)
        guarding = CaregiverGrant.objects.valid().guardians().filter(
            child=OuterRef("child"), family=OuterRef("family"), user=inviter
        )  # fmt: skip
        return (
            Q(Exists(working.with_role(Role.OWNER)))
            | Q(Exists(working.with_role(*TREATING_ROLES)), Exists(on_team))
            | Q(Exists(guarding), kind=GrantKind.CAREGIVER)
        )


class Invitation(ClinicRow):
    """An offer of access to one child, single use; only hashes of its token and typed code are kept.

    One without a token is a draft: it opens nothing and nothing of it was sent. `drafted_by` is who drafted
    it, None where whoever may invite made it; `invited_by` whoever answers for it, of a draft its drafter.
    """

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="invitations")
    family = models.ForeignKey(Family, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    relationship = models.CharField(max_length=60, blank=True)
    email = models.EmailField(null=True, blank=True, help_text="bound to this address where given")
    token_hash = models.CharField(max_length=64, unique=True, null=True, help_text="none: a draft")
    code_hash = models.CharField(max_length=64, unique=True, null=True, help_text="of its typed code")
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    drafted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_on = models.DateField(null=True, blank=True, help_text="last day of the access, at that home")
    access_until = models.DateTimeField(null=True, blank=True, help_text="the end of it; None: for good")
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)

    words_about: ClassVar = {"accepted_by": ("email", "relationship")}
    objects: ClassVar[models.Manager[Invitation]] = models.Manager.from_queryset(InvitationQuerySet)()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="an_invitation_is_to_a_guardian_or_a_caregiver",
                condition=Q(kind__in=[str(kind) for kind in GrantKind]),
            ),
            models.CheckConstraint(
                name="an_access_that_ends_has_a_last_day",
                condition=Q(last_on__isnull=True, access_until__isnull=True)
                | Q(last_on__isnull=False, access_until__isnull=False),
            ),
            models.CheckConstraint(
                name="a_drafted_invitation_opens_nothing",
                condition=Q(token_hash__isnull=False)
                | Q(code_hash__isnull=True, accepted_at__isnull=True, drafted_by__isnull=False),
            ),
        ]
