"""Discharging or archiving a child, with the programs and reminders that end with it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from clinic import audit, rls
from clinic.errors import Conflict, Forbidden, Invalid
from clinic.localtime import local_day
from clinic.models import Child, Episode, User
from clinic.policy import may_archive, may_discharge
from clinic.services import closing, invitations, values
from clinic.vocabulary import AuditCode, DischargeReason
from tracking import policy
from tracking.models import AfterCare, HomeProgram, ProgramState, ReminderRule, SuppressedBecause
from tracking.reminders import planning
from tracking.vocabulary.reasons import EndReason

LONGEST_WORDS = 8000


class NothingToFollowUp(Conflict):
    """No follow-up day is set, or the follow-up is done."""

    code = "nothing_to_follow_up"


@dataclass(frozen=True, slots=True)
class Given:
    """What the family is given: `words` to go on with, a `summary`, whether the steps they know may go on
    without reminders, and the day on which the clinic looks again.
    """

    words: str = ""
    summary: str = ""
    keeps_steps: bool = False
    follow_up_on: dt.date | None = None


@rls.helped_by("closing")
@transaction.atomic
def discharge_child(
    *,
    by: User,
    child: Child,
    reason: DischargeReason,
    now: dt.datetime,
    on: dt.date | None = None,
    given: Given | None = None,
) -> Episode:
    """The open episode ended; programs and open invitations end with it, and nobody is reminded any more.

    Entries, notes and reports stay readable, what arrives late is kept, and another episode may be opened.
    `given` is what the family takes along. Raises NoOpenEpisode (409), Invalid for the day, a text or the day
    to look again, Forbidden, also for words of somebody who does not treat the child.
    """
    if not may_discharge(by, child):
        raise Forbidden
    program = HomeProgram.objects.active().filter(child=child).order_by("created_at", "id").last()
    episode = closing.discharge(by=by, child=child, reason=reason, on=on, now=now)
    if given is not None and given != Given():
        _give(by, child, episode, given, program, now)
    ended_because = EndReason.DIED if reason == DischargeReason.DIED else EndReason.DISCHARGED
    _end_programs(by, child, ended_because, now)
    invitations.revoke_all(by=by, child=child, now=now)
    _silence(child, now)
    return episode


@transaction.atomic
def follow_up(*, by: User, after: AfterCare, now: dt.datetime) -> None:
    """Somebody has looked at the child again: the day asks for nothing more.

    Raises NothingToFollowUp (409), Forbidden.
    """
    if not policy.may_follow_up(by, after.child):
        raise Forbidden
    open_ones = AfterCare.objects.to_follow_up().filter(pk=after.pk)
    if not open_ones.update(followed_up_at=now, followed_up_by=by):
        raise NothingToFollowUp
    audit.record(
        AuditCode.CHANGED_EPISODE,
        by=by,
        now=now,
        clinic_id=after.clinic_id,
        child_id=after.child_id,
        subject=after,
        detail="followed_up",
    )


@rls.helped_by("closing")
@transaction.atomic
def archive_child(*, by: User, child: Child, now: dt.datetime) -> None:
    """The child put away, out of every list of who is in care; the record stays. Once is enough.

    Raises Forbidden.
    """
    if not may_archive(by, child):
        raise Forbidden
    closing.archive(by=by, child=child, now=now)
    _end_programs(by, child, EndReason.DISCHARGED, now)
    invitations.revoke_all(by=by, child=child, now=now)
    _silence(child, now)


def _give(
    by: User, child: Child, episode: Episode, given: Given, program: HomeProgram | None, now: dt.datetime
) -> None:
    if not policy.may_write_after_care(by, child):
        raise Forbidden
    for name in ("words", "summary"):
        if len(getattr(given, name)) > LONGEST_WORDS:
            raise Invalid(field=name, allowed="length", most=LONGEST_WORDS)
    if given.follow_up_on is not None and given.follow_up_on <= local_day(now, child.clinic.zone):
        raise Invalid(field="follow_up_on", allowed="after_today")
    AfterCare.objects.create(
        clinic_id=child.clinic_id,
        child=child,
        episode=episode,
        words=given.words.strip(),
        summary=given.summary.strip(),
        language=values.written_in("", by),
        program=program if given.keeps_steps else None,
        follow_up_on=given.follow_up_on,
        written_by=by,
        written_at=now,
    )


def _end_programs(by: User, child: Child, reason: EndReason, now: dt.datetime) -> None:
    running = HomeProgram.objects.active().filter(child=child).select_for_update().order_by("id")
    for program in running:
        program.versions.filter(published_at__isnull=True).delete()
        program.state = ProgramState.ENDED
        program.ended_on = local_day(now, child.clinic.zone)
        program.end_reason = reason
        program.lock_version += 1
        program.save(update_fields=["state", "ended_on", "end_reason", "lock_version"])
        audit.record(
            AuditCode.ENDED_PROGRAM,
            by=by,
            now=now,
            clinic_id=child.clinic_id,
            child=child,
            subject=program,
            detail=reason,
        )


def _silence(child: Child, now: dt.datetime) -> None:
    ReminderRule.objects.filter(child=child).update(is_on=False, next_on=None, next_plan_at=None)
    planning.drop_deliveries(child=child, reason=SuppressedBecause.ENDED, now=now)
