"""A child who is in hospital or has died: everything automatic ends in one transaction, without any message.

Whoever hears of it first records it, the office as well as the team. Reminders that are planned, claimed or
being retried end here. A message that the mail server is taking at that moment is waited for, so that none
leaves after the transaction has returned. While the child is in hospital open invitations rest, and so do
running programs: nothing is asked, so nothing counts as asked.
"""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from clinic import mail, rls
from clinic.errors import Forbidden
from clinic.models import Child, User
from clinic.policy import may_stop_everything
from clinic.services import closing, invitations
from tracking.models import SuppressedBecause
from tracking.reminders import planning
from tracking.services import pausing


@rls.helped_by("closing")
@transaction.atomic
def set_in_hospital(*, by: User, child: Child, since: dt.date, now: dt.datetime) -> Child:
    """The child in hospital since a local day, the family left alone and programs paused meanwhile.

    Raises Invalid for a day outside the child's life, Forbidden.
    """
    _demand(by, child)
    mail.stop_writing_about(child.pk)
    _end_stay(by, child, now)
    closing.set_in_hospital(by=by, child=child, since=since, now=now)
    planning.drop_deliveries(child=child, reason=SuppressedBecause.HOSPITAL, now=now)
    pausing.rest_in_hospital(by=by, child=child, since=since, now=now)
    return child


@rls.helped_by("closing")
@transaction.atomic
def set_home_again(*, by: User, child: Child, now: dt.datetime) -> Child:
    """The child home from hospital, or never there: reminders are planned again from now on."""
    _demand(by, child)
    _end_stay(by, child, now)
    closing.set_in_hospital(by=by, child=child, since=None, now=now)
    _go_on(child, now)
    return child


@transaction.atomic
def set_died(*, by: User, child: Child, on: dt.date, now: dt.datetime) -> Child:
    """The local day the child died: from now on nothing automatic is sent or asked, whatever comes.

    Open invitations are taken back. Raises Invalid for a day outside the child's life, Forbidden.
    """
    _demand(by, child)
    mail.stop_writing_about(child.pk)
    closing.set_died(by=by, child=child, on=on, now=now)
    planning.drop_deliveries(child=child, reason=SuppressedBecause.DIED, now=now)
    invitations.revoke_all(by=by, child=child, now=now)
    return child


@transaction.atomic
def take_back_death(*, by: User, child: Child, now: dt.datetime) -> Child:
    """A mistake put right: reminders are planned again from now on. Invitations have to be made anew."""
    _demand(by, child)
    closing.set_died(by=by, child=child, on=None, now=now)
    _go_on(child, now)
    return child


def _demand(by: User, child: Child) -> None:
    if not may_stop_everything(by, child):
        raise Forbidden


def _end_stay(by: User, child: Child, now: dt.datetime) -> None:
    if child.in_hospital_since is not None:
        pausing.come_home(by=by, child=child, since=child.in_hospital_since, now=now)


def _go_on(child: Child, now: dt.datetime) -> None:
    if Child.objects.undisturbed().filter(pk=child.pk).exists():
        planning.take_up_again(child=child, now=now)
