"""Permissions on erasures, holds and retention periods (docs/access.md)."""

from __future__ import annotations

import datetime as dt
import uuid

from clinic.models import Child, Clinic, ClinicMembership, User
from clinic.policy import places, roles_in
from clinic.vocabulary import Role
from tracking.models import Erasure, ErasureRequest, SafeguardingLead
from tracking.vocabulary.erasure import ErasureState, RequestAbout, RequestState

ALONE_FOR = dt.timedelta(days=14)
"""How long whoever is alone in a clinic waits before they may confirm what they asked for themselves."""


def may_view_erasures(user: User, clinic: Clinic) -> bool:
    """Agrees with `Erasure.objects.visible_to(user)`: owners, and named leads, who may have to confirm."""
    roles = roles_in(user, clinic)
    return Role.OWNER in roles or (bool(roles) and user.pk in _leads(clinic))


def may_ask_erasure(user: User, clinic: Clinic) -> bool:
    return Role.OWNER in roles_in(user, clinic)


def may_call_off_erasure(user: User, erasure: Erasure) -> bool:
    """Whoever could have asked or confirmed: stopping needs nobody's consent."""
    return may_view_erasures(user, erasure.clinic)


def may_confirm_erasure(user: User, erasure: Erasure, now: dt.datetime) -> bool:
    """Another owner; a named lead where there is none; where there is nobody else at all, whoever asked, a
    fortnight later.
    """
    if erasure.state != ErasureState.ASKED:
        return False
    second = second_people(erasure.clinic, besides=erasure.asked_by_id)
    if second:
        return user.pk in second
    is_still_owner = may_ask_erasure(user, erasure.clinic)
    return is_still_owner and user.pk == erasure.asked_by_id and now >= erasure.asked_at + ALONE_FOR


def second_people(clinic: Clinic, *, besides: uuid.UUID | None) -> frozenset[uuid.UUID]:
    """Who may confirm what `besides` asks for: the other owners, else the named leads, else nobody."""
    owners = ClinicMembership.objects.active().filter(clinic=clinic).with_role(Role.OWNER)
    others = set(owners.values_list("user_id", flat=True)) - {besides}
    return frozenset(others or _leads(clinic) - {besides})


def may_hold_record(user: User, clinic: Clinic) -> bool:
    return Role.OWNER in roles_in(user, clinic)


def may_change_retention(user: User, clinic: Clinic) -> bool:
    return Role.OWNER in roles_in(user, clinic)


def may_view_retention(user: User, clinic: Clinic) -> bool:
    """All staff read how long things are kept."""
    return bool(roles_in(user, clinic))


def may_request_erasure(user: User, child: Child, about: RequestAbout) -> bool:
    """A guardian asks for the child; whoever cares for the child asks for themselves."""
    p = places(user, child)
    return p.is_guardian if about == RequestAbout.CHILD else p.is_caregiver


def may_request_own_erasure(user: User, child: Child) -> bool:
    return may_request_erasure(user, child, RequestAbout.ME)


def may_withdraw_erasure_request(user: User, request: ErasureRequest) -> bool:
    return request.asked_by_id == user.pk and request.state == RequestState.OPEN


def may_answer_erasure_request(user: User, request: ErasureRequest) -> bool:
    return may_ask_erasure(user, request.clinic)


def _leads(clinic: Clinic) -> set[uuid.UUID]:
    working = ClinicMembership.objects.active().filter(clinic=clinic).values("user")
    active = SafeguardingLead.objects.active().filter(clinic=clinic, user__in=working)
    return set(active.values_list("user_id", flat=True))
