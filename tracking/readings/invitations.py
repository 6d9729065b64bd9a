"""Invitations to a child as those see them who may invite: how each stands, and whose it is."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from clinic.models import CaregiverGrant, Child, Invitation, User
from clinic.vocabulary import GrantKind, InvitationStanding


@dataclass(frozen=True, slots=True)
class Invited:
    """One invitation; `name` is whoever accepted it, empty while nobody has; `ended_at` when it was accepted
    or taken back.
    """

    id: uuid.UUID
    family_id: uuid.UUID
    kind: GrantKind
    relationship: str
    email: str
    invited_by: str
    created_at: dt.datetime
    expires_at: dt.datetime
    standing: InvitationStanding
    name: str
    ended_at: dt.datetime | None

    @property
    def is_over(self) -> bool:
        """Whether it can be neither renewed nor taken back."""
        return self.standing in (InvitationStanding.ACCEPTED, InvitationStanding.REVOKED)


def invited_to(child: Child, *, now: dt.datetime, by: User | None = None) -> list[Invited]:
    """Invitations to the child, the latest first; with `by` those this person answers for. One statement."""
    rows = Invitation.objects.filter(child=child).with_backing().select_related("invited_by", "accepted_by")
    if by is not None:
        rows = rows.filter(invited_by=by)
    return [
        Invited(
            id=row.pk,
            family_id=row.family_id,
            kind=GrantKind(row.kind),
            relationship=row.relationship,
            email=row.email or "",
            invited_by=row.invited_by.name,
            created_at=row.created_at,
            expires_at=row.expires_at,
            standing=_standing(row, child, now),
            name=row.accepted_by.name if row.accepted_by else "",
            ended_at=row.accepted_at or row.revoked_at,
        )
        for row in rows.order_by("-created_at", "-id")
    ]


@dataclass(frozen=True, slots=True)
class Carer:
    """Somebody of a household who cares for the child today."""

    name: str
    relationship: str
    kind: GrantKind


def carers_at(child: Child, family_id: uuid.UUID) -> list[Carer]:
    """Who cares for the child through one household today; one statement."""
    grants = CaregiverGrant.objects.valid().filter(child=child, family=family_id).select_related("user")
    return [
        Carer(one.user.name, one.relationship, GrantKind(one.kind))
        for one in grants.order_by("valid_from", "id")
    ]


def _standing(row: Invitation, child: Child, now: dt.datetime) -> InvitationStanding:
    if row.accepted_at is not None:
        return InvitationStanding.ACCEPTED
    if row.revoked_at is not None:
        return InvitationStanding.REVOKED
    if row.expires_at <= now:
        return InvitationStanding.EXPIRED
    if not row.is_backed:  # type: ignore[attr-defined]  # `with_backing` adds it
        return InvitationStanding.UNBACKED
    return InvitationStanding.RESTING if child.in_hospital_since else InvitationStanding.OPEN
