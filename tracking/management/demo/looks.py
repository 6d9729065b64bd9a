"""The demo's audit: who looked at whom in the last days, and two records opened in an emergency."""

from __future__ import annotations

import datetime as dt

from clinic import audit
from clinic.models import BreakGlass, Child, User
from clinic.models.break_glass import LASTS
from clinic.vocabulary import AuditCode, Role
from tracking.management.demo.people import Planted, story_id
from tracking.management.demo.stories import ClinicStory

LOOKED = (
    (0, AuditCode.VIEWED_CHILD),
    (1, AuditCode.VIEWED_DIARY),
    (1, AuditCode.VIEWED_CHILD),
    (4, AuditCode.VIEWED_MESSAGES),
    (6, AuditCode.VIEWED_PROGRAM),
)
"""How many days ago a child's therapist looked, and at what."""

OPENED = (
    (9, "Her mother called about a rash that spread; nobody of the team could be reached."),
    (2, "Brought in asleep and hard to wake; the ambulance asked what she is allergic to."),
)
REVIEW = "Right to look. The team's telephone list hangs at the front desk now."


def plant_looks(story: ClinicStory, planted: Planted, *, now: dt.datetime) -> None:
    """What the first clinic's audit and its families read of it; written without a letter to anybody."""
    for told in story.children:
        child, therapist = planted.children[told.first_name], planted.staff[told.therapist]
        for days, code in LOOKED:
            _look(therapist, child, code, now - dt.timedelta(days=days, hours=2))
        for one in story.staff:
            if Role.OFFICE in one.roles:
                at = now - dt.timedelta(days=3)
                _look(planted.staff[one.login], child, AuditCode.VIEWED_CONTACTS, at)
    first = story.children[0]
    owner = next(planted.staff[one.login] for one in story.staff if Role.OWNER in one.roles)
    colleague = next(
        planted.staff[one.login]
        for one in story.staff
        if Role.THERAPIST in one.roles
        and planted.staff[one.login] not in {owner, planted.staff[first.therapist]}
    )
    for days, reason in OPENED:
        glass = _open(planted.children[first.first_name], colleague, reason, now - dt.timedelta(days=days))
        if days > 7:
            glass.reviewed_at, glass.reviewed_by = now - dt.timedelta(days=days - 1), owner
            glass.review, glass.review_language = REVIEW, "en"
            glass.save()


def _look(by: User, child: Child, code: AuditCode, at: dt.datetime) -> None:
    audit.record_read(code, by=by, now=at, clinic_id=child.clinic_id, child=child)


def _open(child: Child, by: User, reason: str, at: dt.datetime) -> BreakGlass:
    glass = BreakGlass.objects.create(
        id=story_id("glass", child.id, reason),
        clinic_id=child.clinic_id,
        child=child,
        opened_by=by,
        reason=reason,
        language="en",
        opened_at=at,
        until_at=at + LASTS,
    )
    audit.record(AuditCode.BROKE_GLASS, by=by, now=at, clinic_id=child.clinic_id, child=child, subject=glass)
    _look(by, child, AuditCode.VIEWED_CHILD, at + dt.timedelta(minutes=2))
    return glass
