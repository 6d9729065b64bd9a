"""What caregivers were shown: many things to several people in one step."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from clinic import audit
from clinic.errors import Forbidden, Invalid
from clinic.models import CaregiverGrant, Child, ChildHome, User
from clinic.models.clinics import new_id
from clinic.policy import places
from clinic.services import values
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.models import Contact, Demonstration, Stroke
from tracking.services.allowed import one_of, short_text
from tracking.services.cosigning import ask_for_cosigning
from tracking.vocabulary.teaching import ShownWith, TaughtLevel, Teachable

MOST_AT_ONCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One thing shown to one caregiver: a grant of the child, or a name in a household.

    `family` None: that of the grant; of a name the child's only home. `stroke` is a slug, for strokes alone.
    `language` empty: the one `by` reads.
    """

    what: str
    stroke: str = ""
    level: str = TaughtLevel.SHOWN
    shown_with: str = ShownWith.CHILD
    grant: uuid.UUID | None = None
    name: str = ""
    family: uuid.UUID | None = None
    language: str = ""


@transaction.atomic
def teach(
    *,
    by: User,
    child: Child,
    shown: Sequence[Shown],
    contact: uuid.UUID | None = None,
    shown_at: dt.datetime | None = None,
    now: dt.datetime,
) -> list[Demonstration]:
    """The rows of what was shown, all or none. `shown_at` None: when the contact was, else now.

    What an assistant or student notes opens nothing for the family before it is signed. Raises Forbidden;
    Invalid, naming the field as `shown.3.level`.
    """
    if not policy.may_demonstrate(by, child):
        raise Forbidden
    if not 1 <= len(shown) <= MOST_AT_ONCE:
        raise Invalid(field="shown", allowed="length", least=1, most=MOST_AT_ONCE)
    at = _contact(child, contact)
    when = shown_at or (at.starts_at if at else now)
    if when > now:
        raise Invalid(field="shown_at", allowed="moment_in_the_past")
    known = _Known.of(child, shown)
    rows = [
        Demonstration(
            id=new_id(),
            clinic_id=child.clinic_id,
            child=child,
            contact=at,
            shown_by=by,
            shown_at=when,
            recorded_at=now,
            language=values.written_in(one.language, by),
            **known.checked(one, f"shown.{place}"),
        )
        for place, one in enumerate(shown)
    ]
    Demonstration.objects.bulk_create(rows)
    if places(by, child).is_supervised:
        for row in rows:
            ask_for_cosigning(by=by, child=child, subject=row, now=now)
    audit.record(
        AuditCode.RECORDED_DEMONSTRATION,
        by=by,
        now=now,
        clinic_id=child.clinic_id,
        child=child,
        subject=at or rows[0],
        detail=str(len(rows)),
    )
    return rows


def _contact(child: Child, contact: uuid.UUID | None) -> Contact | None:
    found = Contact.objects.filter(child=child, pk=contact).first() if contact else None
    if contact is not None and found is None:
        raise Invalid(field="contact", allowed="contact_of_the_child")
    return found


@dataclass(frozen=True, slots=True)
class _Known:
    """What may be named: grants with their households, homes, strokes; read once."""

    grants: dict[uuid.UUID, uuid.UUID]
    homes: tuple[uuid.UUID, ...]
    strokes: frozenset[str]

    @classmethod
    def of(cls, child: Child, shown: Iterable[Shown]) -> _Known:
        grants = CaregiverGrant.objects.valid().filter(child=child)
        homes = ChildHome.objects.filter(child=child).order_by("id")
        strokes = Stroke.objects.filter(
            Q(clinic__isnull=True) | Q(clinic=child.clinic_id), slug__in={one.stroke for one in shown}
        )
        return cls(
            grants=dict(grants.values_list("pk", "family_id")),
            homes=tuple(homes.values_list("family_id", flat=True)),
            strokes=frozenset(strokes.values_list("slug", flat=True)),
        )

    def checked(self, one: Shown, field: str) -> dict[str, object]:
        """The row's columns. Raises Invalid."""
        one_of(f"{field}.what", one.what, Teachable)
        one_of(f"{field}.level", one.level, TaughtLevel)
        one_of(f"{field}.shown_with", one.shown_with, ShownWith)
        if one.what == Teachable.STROKE and one.stroke not in self.strokes:
            raise Invalid(field=f"{field}.stroke", allowed="stroke_of_the_library")
        if one.what != Teachable.STROKE and one.stroke:
            raise Invalid(field=f"{field}.stroke", allowed="empty")
        return {
            "what": one.what,
            "stroke_slug": one.stroke,
            "level": one.level,
            "shown_with": one.shown_with,
            **self._learner(one, field),
        }

    def _learner(self, one: Shown, field: str) -> dict[str, object]:
        if one.grant is not None:
            if one.grant not in self.grants:
                raise Invalid(field=f"{field}.grant", allowed="caregiver_of_the_child")
            if one.name:
                raise Invalid(field=f"{field}.name", allowed="empty")
            return {"grant_id": one.grant, "family_id": self.grants[one.grant]}
        name = short_text(f"{field}.name", one.name, least=1)
        family = one.family or (self.homes[0] if len(self.homes) == 1 else None)
        if self.homes and family not in self.homes:
            raise Invalid(field=f"{field}.family", allowed="home_of_the_child")
        return {"caregiver_name": name, "family_id": family if self.homes else None}
