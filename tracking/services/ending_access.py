"""Ending a caregiver's access at once: the grant, and everything the record keeps for that person."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from clinic import access, policy
from clinic.models import CaregiverGrant, Child, User
from clinic.services import custody, invitations
from tracking.models import Report, ReportState
from tracking.reminders import planning
from tracking.services import exporting, reaching

REPORT_STOPPED = "access_ended"
"""The failure code of a report whose asker may not have it any more."""


@dataclass(frozen=True, slots=True)
class Ended:
    """What ended with the grant: how many queued reminders, running reports, copies of the record, open
    invitations.
    """

    reminder_count: int
    report_count: int
    export_count: int
    invitation_count: int


@transaction.atomic
def end_access(*, by: User, grant: CaregiverGrant, now: dt.datetime) -> Ended:
    """What ended. Raises Forbidden."""
    access.demand(policy.may_grant_access, by, grant.child)
    return cut_off(by=by, grant=grant, now=now)


@transaction.atomic
def cut_off(*, by: User, grant: CaregiverGrant, now: dt.datetime) -> Ended:
    """What ended, where others said already that it has to (an erasure).

    Every request that begins after the commit shows this person nothing of the child.

    Reminders that were claimed and are not yet being sent are dropped too; one that the mail server is taking
    this second may still arrive. It names nobody. Browsers and calendar of whoever cares for nobody any more
    are dropped. Once is enough.
    """
    grant = custody.end_grant(by=by, grant=grant, now=now)
    reaching.forget_ways(user=grant.user, now=now)
    return Ended(
        reminder_count=planning.drop_deliveries(child=grant.child, recipient=grant.user, now=now),
        report_count=_stop_reports(grant.user, grant.child, now),
        export_count=exporting.stop_exports(of=grant.user, child=grant.child, now=now),
        invitation_count=invitations.revoke_those_of(by=by, inviter=grant.user, child=grant.child, now=now),
    )


def _stop_reports(user: User, child: Child, now: dt.datetime) -> int:
    return Report.objects.filter(
        asked_by=user, child=child, state__in=[ReportState.ASKED, ReportState.WORKING]
    ).update(state=ReportState.FAILED, failure_code=REPORT_STOPPED, finished_at=now)
