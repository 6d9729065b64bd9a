"""A child's invitations, for those who may invite: how each stands, and whose it is."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from clinic.models import CaregiverGrant, Child, Clinic, Invitation, User
from clinic.vocabulary import GrantKind, InvitationStanding


@dataclass(frozen=True, slots=True)
class Invited:
    """One invitation; `name` is whoever accepted it, empty while nobody has; `ended_at` when it was accepted
    or taken back. `invited_by` of a draft is who drafted it.
    """

    id: uuid.UUID
    family_id: uuid.UUID
    kind: GrantKind
    relationship: str
    email: str
    invited_by_id: uuid.UUID
    invited_by: str
    created_at: dt.datetime
    expires_at: dt.datetime
    last_on: dt.date | None
    standing: InvitationStanding
    name: str
    ended_at: dt.datetime | None

    @property
    def is_over(self) -> bool:
        """Whether it can be neither renewed nor taken back."""
        return self.standing in (InvitationStanding.ACCEPTED, InvitationStanding.REVOKED)

    @property
    def is_draft(self) -> bool:
        return self.standing == InvitationStanding.DRAFT


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
            invited_by_id=row.invited_by_id,
            invited_by=row.invited_by.name,
            created_at=row.created_at,
            expires_at=row.expires_at,
            last_on=row.last_on,
            standing=_standing(row, child, now),
            name=row.accepted_by.name if row.accepted_by else "",
            ended_at=row.accepted_at or row.revoked_at,
        )
        for row in rows.order_by("-created_at", "-id")
    ]


@dataclass(frozen=True, slots=True)
class Drafted:
    """A draft in a clinic's list; `may_send` for who reads this, else it is their own."""

    id: uuid.UUID
    child_id: uuid.UUID
    child_name: str
    home: str
    kind: GrantKind
    relationship: str
    email: str
    drafted_by: str
    drafted_at: dt.datetime
    may_send: bool


def drafts_in(user: User, clinic: Clinic) -> list[Drafted]:
    """What `user` may send, oldest first, then what of theirs waits for others; two statements."""
    here = Invitation.objects.drafts().filter(clinic=clinic)
    here = here.select_related("child", "family", "invited_by").order_by("created_at", "id")
    sendable = list(here.sendable_by(user))
    own = here.filter(invited_by=user).exclude(pk__in=[row.pk for row in sendable])
    return [
        Drafted(
            id=row.pk,
            child_id=row.child_id,
            child_name=f"{row.child.first_name} {row.child.last_name}".strip(),
            home=row.family.name,
            kind=GrantKind(row.kind),
            relationship=row.relationship,
            email=row.email or "",
            drafted_by=row.invited_by.name,
            drafted_at=row.created_at,
            may_send=may_send,
        )
        for rows, may_send in ((sendable, True), (own, False))
        for row in rows
    ]


def drafts_waiting_for(user: User, clinic: Clinic) -> int:
    """How many drafts this person may send; one statement."""
    return Invitation.objects.drafts().filter(clinic=clinic).sendable_by(user).count()


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
    is_over_before = row.access_until is not None and row.access_until <= now
    if row.token_hash is None and not is_over_before:
        return InvitationStanding.DRAFT
    if row.expires_at <= now or is_over_before:
        return InvitationStanding.EXPIRED
    if not row.is_backed:  # type: ignore[attr-defined]  # `with_backing` adds it
        return InvitationStanding.UNBACKED
    return InvitationStanding.RESTING if child.in_hospital_since else InvitationStanding.OPEN
