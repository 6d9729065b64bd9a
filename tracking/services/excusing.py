"""Excluding a day from what was asked, and including it again."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from clinic import audit
from clinic.errors import Conflict, Forbidden, Invalid
from clinic.localtime import local_day
from clinic.models import Child, Family, User
from clinic.policy import places
from clinic.vocabulary import AuditCode
from clinic.whereabouts import whereabouts
from tracking import policy
from tracking.models import ExcusedDay
from tracking.readings.home_days import may_be_excused
from tracking.services.locks import one_at_a_time


class SomebodyWasShown(Conflict):
    """Somebody at that home has been shown the routine, so only the care team can exclude the day."""

    code = "somebody_was_shown"


@transaction.atomic
def excuse_day(*, by: User, child: Child, on: dt.date, now: dt.datetime) -> ExcusedDay:
    """The local day leaves the denominator of every program; what was logged that day stays and counts.

    A day that is excused already stays as it is. Raises Forbidden for anybody but the care team and a
    guardian of the home where the child was, SomebodyWasShown (409) for that guardian where the tap is not
    offered, Invalid (field `on`) for a day to come or before the child was born.
    """
    one_at_a_time(child)
    where = whereabouts(child, since=on)
    home = where.on(on).family
    family = Family.objects.get(pk=home) if home is not None else None
    if not policy.may_excuse_day(by, child, family):
        raise Forbidden
    if not child.born_on <= on <= local_day(now, where.zone_on(on)):
        raise Invalid(field="on", allowed="day_of_the_childs_life")
    known = ExcusedDay.objects.filter(child=child, on=on, taken_back_at__isnull=True).first()
    if known is not None:
        return known
    if not places(by, child).is_team and not may_be_excused(child, home, [on]):
        raise SomebodyWasShown
    excused = ExcusedDay.objects.create(
        clinic_id=child.clinic_id, child=child, family=family, on=on, excused_by=by, excused_at=now
    )
    _audit(excused, by=by, now=now)
    return excused


@transaction.atomic
def take_back_excuse(*, by: User, child: Child, on: dt.date, now: dt.datetime) -> None:
    """The day is asked for again. Nothing happens to one that is. Raises Forbidden as `excuse_day`."""
    one_at_a_time(child)
    excused = (
        ExcusedDay.objects.filter(child=child, on=on, taken_back_at__isnull=True)
        .select_related("family")
        .first()
    )
    if not policy.may_excuse_day(by, child, excused.family if excused else None):
        raise Forbidden
    if excused is None:
        return
    excused.taken_back_by, excused.taken_back_at = by, now
    excused.save(update_fields=["taken_back_by", "taken_back_at"])
    _audit(excused, by=by, now=now)


def _audit(excused: ExcusedDay, *, by: User, now: dt.datetime) -> None:
    audit.record(
        AuditCode.EXCUSED_DAY,
        by=by,
        now=now,
        clinic_id=excused.clinic_id,
        child=excused.child,
        subject=excused,
        detail="taken_back" if excused.taken_back_at else "",
    )
