"""Whom an entry is from: a caregiver of one household, or staff on behalf of a family."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import QuerySet

from clinic.errors import Forbidden, Invalid
from clinic.models import CaregiverGrant, Child, Family, User
from clinic.prepared import Prepared
from clinic.vocabulary import GrantKind
from tracking import policy
from tracking.readings.after_care import care_ended_on
from tracking.sync.bodies import EntryBody


@dataclass(frozen=True, slots=True)
class Author:
    """Who writes, and through which household; without one: staff, on a family's behalf.

    `care_ended_on` is the child's, loaded here to save a query; None: care goes on. `has_ended`: their access
    is over, and the care team accepts what they reported before.
    """

    user: User
    kind: GrantKind | None
    family: Family | None
    care_ended_on: dt.date | None = None
    has_ended: bool = False

    @property
    def is_on_behalf(self) -> bool:
        return self.kind is None


def author_of(by: User, child: Child) -> Author:
    """The author: a caregiver of a household, or staff writing on its behalf; otherwise Forbidden."""
    for grant in _grants(user=by.pk, child=child.pk):
        return Author(by, GrantKind(grant.kind), grant.family, vars(grant)["care_ended_on"])
    if not policy.may_record_entry(by, child):
        raise Forbidden
    ended_on = child.episodes.order_by("-started_on", "-id").values_list("ended_on", flat=True).first()
    return Author(by, None, None, ended_on)


def _valid_grants(user: uuid.UUID, child: uuid.UUID) -> QuerySet[CaregiverGrant]:
    grants = CaregiverGrant.objects.valid().filter(child=child, user=user).select_related("family")
    return grants.annotate(care_ended_on=care_ended_on()).order_by("id")


_grants = Prepared(_valid_grants)


def teller_of(author: Author, child: Child, entry: EntryBody) -> CaregiverGrant | None:
    """The caregiver from whom staff heard it, whose access may have ended since; None: nobody is named."""
    if entry.told_by_grant is None:
        return None
    grants = CaregiverGrant.objects.filter(child=child, pk=entry.told_by_grant).select_related("family")
    teller = grants.first() if author.is_on_behalf else None
    if teller is None:
        raise Invalid(field="told_by_grant", allowed="caregiver_of_the_child")
    return teller
