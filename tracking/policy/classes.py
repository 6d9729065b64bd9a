"""Permissions on group classes. Families may do nothing with them and do not learn that they exist.

What concerns one child at a class follows that child's rules: its team says who came and what was shown.
"""

from __future__ import annotations

from clinic.models import Child, Clinic, User
from clinic.policy import roles_in
from clinic.vocabulary import ADMINISTRATIVE_ROLES, Role
from tracking.models import ClassPlace, GroupClass


def may_view_class(user: User, group_class: GroupClass) -> bool:
    """Agrees with `GroupClass.objects.visible_to(user)`."""
    roles = roles_in(user, group_class.clinic)
    if roles & ADMINISTRATIVE_ROLES or (roles and group_class.led_by_id == user.pk):
        return True
    return may_hold_class_date(user, group_class)


def may_start_class(user: User, clinic: Clinic) -> bool:
    return bool(roles_in(user, clinic) & {Role.OWNER, Role.OFFICE, Role.THERAPIST})


def may_hold_class_date(user: User, group_class: GroupClass) -> bool:
    """Say who of the children one treats came, and what they were shown."""
    own = Child.objects.on_team_of(user).values("pk")
    return ClassPlace.objects.open().filter(group_class=group_class, child__in=own).exists()


def may_change_class(user: User, group_class: GroupClass) -> bool:
    """Its dates and who comes: whoever leads it, and who keeps the clinic's calendar."""
    roles = roles_in(user, group_class.clinic)
    return bool(roles & ADMINISTRATIVE_ROLES or (roles and group_class.led_by_id == user.pk))
