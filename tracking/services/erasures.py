"""Requesting, confirming and cancelling the erasure of a record or person; `erasing` carries it out."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db import transaction

from clinic import audit
from clinic.errors import Conflict, Forbidden, Invalid
from clinic.localtime import local_day
from clinic.models import CaregiverGrant, Child, Clinic, ClinicMembership, User
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.models import Erasure, RecordHold
from tracking.readings.retention import amount_of
from tracking.services.allowed import one_of
from tracking.vocabulary.erasure import ErasureBecause, ErasureOf
from tracking.vocabulary.retention import Kept


class AlreadyAsked(Conflict):
    """An erasure of this child or person is pending already."""

    code = "erasure_already_asked"


class RecordIsHeld(Conflict):
    """The record is on hold: nothing of it is erased until the hold is lifted."""

    code = "record_is_held"


class StillWorksHere(Conflict):
    """This person works in the clinic; end their membership first, and hand over their children."""

    code = "still_works_here"


class TypedOtherwise(Invalid):
    """The typed name does not match the person to be erased."""

    code = "typed_otherwise"


class NeedsSecondPerson(Conflict):
    """Another person must confirm; or, if there is nobody else, it is too early: `days` are left at most."""

    code = "needs_second_person"


class ErasureIsOver(Conflict):
    """The erasure is done or was cancelled."""

    code = "erasure_is_over"


@transaction.atomic
def ask_erasure(
    *,
    by: User,
    clinic: Clinic,
    subject: ErasureOf,
    subject_id: uuid.UUID,
    because: ErasureBecause,
    typed_name: str,
    now: dt.datetime,
    written_on: dt.date | None = None,
) -> Erasure:
    """What was asked; nothing is erased until somebody else has confirmed it and the wait is over.

    `typed_name` is the child's first name or the person's name, typed again. Raises Forbidden, Invalid for a
    reason, a day to come or somebody unknown here, TypedOtherwise (400), AlreadyAsked, RecordIsHeld,
    StillWorksHere (409). Whoever is alone in a clinic gives the day of the request in writing (400).
    """
    if not policy.may_ask_erasure(by, clinic):
        raise Forbidden
    one_of("because", because, ErasureBecause)
    if because == ErasureBecause.TIME_IS_OVER:
        raise Invalid(field="because", allowed=[str(one) for one in ErasureBecause if one != because])
    if written_on is not None and written_on > local_day(now, clinic.zone):
        raise Invalid(field="written_on", allowed="day_in_the_past")
    is_alone = not policy.second_people(clinic, besides=by.pk)
    if is_alone and written_on is None and because != ErasureBecause.BY_MISTAKE:
        raise Invalid(field="written_on", allowed="not_empty")
    name = _name_of_child(clinic, subject_id) if subject == ErasureOf.CHILD else _name_of(clinic, subject_id)
    if " ".join(typed_name.split()).casefold() != " ".join(name.split()).casefold():
        raise TypedOtherwise(field="typed_name")
    if Erasure.objects.open().filter(clinic=clinic, subject_id=subject_id).exists():
        raise AlreadyAsked
    made = Erasure.objects.create(
        clinic=clinic,
        subject=subject,
        subject_id=subject_id,
        because=because,
        written_on=written_on,
        asked_by=by,
        asked_at=now,
    )
    _tell(by, made, now, "asked")
    return made


@transaction.atomic
def confirm_erasure(*, by: User, erasure: Erasure, now: dt.datetime) -> Erasure:
    """The second person's word: from now the clinic's wait runs, then it is carried out.

    Raises Forbidden, NeedsSecondPerson, ErasureIsOver, RecordIsHeld, StillWorksHere (409).
    """
    if not policy.may_view_erasures(by, erasure.clinic):
        raise Forbidden
    erasure = _held(erasure)
    if not policy.may_confirm_erasure(by, erasure, now):
        raise NeedsSecondPerson(days=_days_alone(by, erasure, now))
    if erasure.subject == ErasureOf.CHILD:
        demand_not_held(erasure.subject_id)
    else:
        demand_left(erasure.clinic, erasure.subject_id)
    erasure.confirmed_by = by
    erasure.confirmed_at = now
    erasure.due_at = now + dt.timedelta(days=amount_of(erasure.clinic, Kept.ERASURE_WAIT) or 0)
    erasure.save(update_fields=["confirmed_by", "confirmed_at", "due_at"])
    _tell(by, erasure, now, "confirmed")
    return erasure


@transaction.atomic
def call_off_erasure(*, by: User, erasure: Erasure, now: dt.datetime) -> Erasure:
    """Nothing is erased. Raises Forbidden, ErasureIsOver (409)."""
    if not policy.may_call_off_erasure(by, erasure):
        raise Forbidden
    erasure = _held(erasure)
    erasure.called_off_by = by
    erasure.called_off_at = now
    erasure.save(update_fields=["called_off_by", "called_off_at"])
    _tell(by, erasure, now, "called_off")
    return erasure


def demand_not_held(child_id: uuid.UUID) -> None:
    """Raises RecordIsHeld while the child's record has to stay."""
    if RecordHold.objects.open().filter(child=child_id).exists():
        raise RecordIsHeld


def demand_left(clinic: Clinic, user_id: uuid.UUID) -> None:
    """Raises StillWorksHere for somebody who has a place in the clinic."""
    if ClinicMembership.objects.active().filter(clinic=clinic, user=user_id).exists():
        raise StillWorksHere


def _name_of_child(clinic: Clinic, child_id: uuid.UUID) -> str:
    child = Child.objects.filter(clinic=clinic, pk=child_id).first()
    if child is None:
        raise Invalid(field="subject_id", allowed="known")
    demand_not_held(child.pk)
    return child.first_name


def _name_of(clinic: Clinic, user_id: uuid.UUID) -> str:
    """The name of somebody who is or was something in the clinic."""
    places = (CaregiverGrant.objects.filter(clinic=clinic), ClinicMembership.objects.filter(clinic=clinic))
    if not any(place.filter(user=user_id).exists() for place in places):
        raise Invalid(field="subject_id", allowed="known")
    demand_left(clinic, user_id)
    return User.objects.get(pk=user_id).name


def _days_alone(by: User, erasure: Erasure, now: dt.datetime) -> int:
    """How many days whoever is alone still waits; 0 where somebody else is there to confirm."""
    if by.pk != erasure.asked_by_id or policy.second_people(erasure.clinic, besides=by.pk):
        return 0
    left = erasure.asked_at + policy.ALONE_FOR - now
    return max(-(-left // dt.timedelta(days=1)), 0)


def _held(erasure: Erasure) -> Erasure:
    """The erasing as it stands, kept until the transaction ends. Raises ErasureIsOver."""
    held = Erasure.objects.select_for_update().get(pk=erasure.pk)
    if held.done_at is not None or held.called_off_at is not None:
        raise ErasureIsOver
    return held


def _tell(by: User, erasure: Erasure, now: dt.datetime, what: str) -> None:
    audit.record(
        AuditCode.CHANGED_ERASURE,
        by=by,
        now=now,
        clinic_id=erasure.clinic_id,
        child_id=erasure.subject_id if erasure.subject == ErasureOf.CHILD else None,
        subject=erasure,
        detail=what,
    )
