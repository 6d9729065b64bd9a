"""Emergency access ("breaking the glass"): reading one child's record without being on its care team.

In the same clinic, with a reason, for four hours, read only. Team and owners are told, and it is listed until
an owner has reviewed it (docs/adr/0028). The faces demand a recent sign-in (`clinic.services.step_up`).
"""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from clinic import audit, mail, policy
from clinic.errors import Conflict, Forbidden, Invalid
from clinic.models import BreakGlass, CareTeam, Child, Clinic, ClinicMembership, User
from clinic.models.break_glass import LASTS, LEAST_REASON
from clinic.services import values
from clinic.vocabulary import AuditCode, Role

LONGEST_REASON = 1000
LONGEST_REVIEW = 2000
NO_SUCH_CHILD = "no_such_child"


class AlreadyReviewed(Conflict):
    """An owner has reviewed this access already."""

    code = "already_reviewed"


@transaction.atomic
def find_child(
    *, by: User, clinic: Clinic, first_name: str, last_name: str, born_on: dt.date, now: dt.datetime
) -> Child | None:
    """The one child of the clinic with this whole name and birthday; None: no such, or two.

    For somebody who cannot see a list of the children. Looking for one in vain is written into the audit as
    a refusal. Raises Forbidden.
    """
    if not policy.may_break_glass_in(by, clinic):
        raise Forbidden
    found = list(
        Child.objects.filter(
            clinic=clinic,
            first_name__iexact=first_name.strip(),
            last_name__iexact=last_name.strip(),
            born_on=born_on,
        )[:2]
    )
    if len(found) == 1:
        return found[0]
    audit.record(AuditCode.REFUSED, by=by, now=now, clinic_id=clinic.pk, detail=NO_SUCH_CHILD)
    return None


@transaction.atomic
def break_glass(*, by: User, child: Child, reason: str, now: dt.datetime, language: str = "") -> BreakGlass:
    """Open the record for four hours; one that is open already stays as it is, reason and all.

    Raises Forbidden for who has no right to treat in the clinic or is on the team anyway, Invalid (`reason`).
    """
    if not policy.may_break_glass(by, child):
        raise Forbidden
    said = values.words(reason, "reason", longest=LONGEST_REASON)
    if len(said) < LEAST_REASON:
        raise Invalid(field="reason", allowed="length", least=LEAST_REASON, most=LONGEST_REASON)
    open_already = BreakGlass.objects.open().filter(child=child, opened_by=by).order_by("id").first()
    if open_already is not None:
        return open_already
    glass = BreakGlass.objects.create(
        clinic_id=child.clinic_id,
        child=child,
        opened_by=by,
        reason=said,
        language=values.written_in(language, by),
        opened_at=now,
        until_at=now + LASTS,
    )
    audit.record(AuditCode.BROKE_GLASS, by=by, now=now, clinic_id=child.clinic_id, child=child, subject=glass)
    _tell(child, by)
    return glass


@transaction.atomic
def end_glass(*, by: User, glass: BreakGlass, now: dt.datetime) -> BreakGlass:
    """End it before its time; one that is over stays as it was. Raises Forbidden unless it is one's own."""
    locked = BreakGlass.objects.select_for_update().get(pk=glass.pk)
    if locked.opened_by_id != by.pk:
        raise Forbidden
    if locked.is_open(now):
        locked.ended_at = now
        locked.save(update_fields=["ended_at"])
        audit.record(
            AuditCode.ENDED_GLASS,
            by=by,
            now=now,
            clinic_id=locked.clinic_id,
            child_id=locked.child_id,
            subject=locked,
        )
    return locked


@transaction.atomic
def review_glass(
    *, by: User, glass: BreakGlass, review: str, now: dt.datetime, language: str = ""
) -> BreakGlass:
    """Say what came of looking at it. Raises Forbidden, Invalid (`review`), AlreadyReviewed (409)."""
    locked = BreakGlass.objects.select_for_update().get(pk=glass.pk)
    if not policy.may_review_glass(by, locked):
        raise Forbidden
    if locked.reviewed_at is not None:
        raise AlreadyReviewed
    locked.review = values.words(review, "review", longest=LONGEST_REVIEW, is_needed=True)
    locked.review_language = values.written_in(language, by)
    locked.reviewed_at, locked.reviewed_by = now, by
    locked.save(update_fields=["review", "review_language", "reviewed_at", "reviewed_by"])
    audit.record(
        AuditCode.REVIEWED_GLASS,
        by=by,
        now=now,
        clinic_id=locked.clinic_id,
        child_id=locked.child_id,
        subject=locked,
    )
    return locked


def _tell(child: Child, by: User) -> None:
    """Write to the team and the owners, without a name or a word of what it is about."""
    treated_by = CareTeam.objects.active().filter(child=child).values("therapist")
    told = (
        ClinicMembership.objects.active()
        .filter(Q(roles__contains=[Role.OWNER]) | Q(user__in=treated_by), clinic=child.clinic_id)
        .exclude(user=by)
        .select_related("user", "clinic")
        .order_by("user_id")
    )
    for membership in told:
        if membership.user.email:
            mail.send_on_commit(
                "glass-broken",
                to=membership.user.email,
                language=membership.user.locale or membership.clinic.locale,
                words={"page": f"{settings.PUBLIC_URL}/c/{membership.clinic.slug}/break-glass/"},
            )
