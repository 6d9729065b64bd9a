"""Permissions on contacts, and on the clinic's labels for them (docs/access.md).

A contact is read in two parts. Its times are for everyone who may know of the child. Who else was there, and
what was said and shown, is for the team, and for guardians as far as it is shared.
"""

from __future__ import annotations

from clinic.models import Child, Clinic, User
from clinic.policy import places, roles_in
from clinic.vocabulary import Role
from tracking.models import Contact
from tracking.models.supervision import awaits_signature


def may_view_contact(user: User, contact: Contact) -> bool:
    """See its times. Agrees with `Contact.objects.visible_to(user)`: drafts are for staff."""
    p = places(user, contact.child)
    return p.is_reading or p.is_owner or p.is_office or (p.is_caregiver and not awaits_signature(contact))


def may_record_contact(user: User, child: Child) -> bool:
    """Plan and record contacts: the team, and the office, which keeps the calendar."""
    p = places(user, child)
    return p.is_team or p.is_office


def may_describe_contact(user: User, child: Child) -> bool:
    """Say who was there and what happened: the team."""
    return places(user, child).is_team


def may_export_contacts(user: User, child: Child) -> bool:
    """Take a child's contacts away as a file: who treats it, and an owner, who gets times alone."""
    p = places(user, child)
    return p.is_treating or p.is_owner


def may_take_contacts_away(user: User, child: Child) -> bool:
    """As a file, what is shared of them: a guardian, also after the care has ended."""
    return places(user, child).is_guardian


def may_export_clinic_contacts(user: User, clinic: Clinic) -> bool:
    """Owners the clinic's times, therapists those of their own caseload."""
    return bool(roles_in(user, clinic) & {Role.OWNER, Role.THERAPIST})


def may_change_service_labels(user: User, clinic: Clinic) -> bool:
    return bool(roles_in(user, clinic) & {Role.OWNER, Role.THERAPIST})
