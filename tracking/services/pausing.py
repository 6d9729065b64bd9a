"""Pausing a program: days on which nothing is prescribed, as the child's caregivers report them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q

from clinic import audit
from clinic.errors import Conflict, Forbidden, Invalid
from clinic.localtime import ONE_DAY, local_day
from clinic.models import CaregiverGrant, Child, User
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.models import HomeProgram, ProgramPause, ProgramState
from tracking.reminders.planning import keep_rules
from tracking.services.allowed import one_of
from tracking.vocabulary.reasons import PauseReason

FARTHEST_DAYS = 400


class NotRunning(Conflict):
    """Only a running program can be paused."""

    code = "not_running"


class AlreadyPaused(Conflict):
    """Another pause covers some of these days; `pause` is its id."""

    code = "already_paused"


@transaction.atomic
def pause_program(
    *,
    by: User,
    program: HomeProgram,
    reason: str,
    now: dt.datetime,
    from_on: dt.date | None = None,
    until_on: dt.date | None = None,
) -> ProgramPause:
    """A pause from a local day (None: today) until its last day (None: until it is ended).

    Days leave the denominator of adherence; a pause that began before today is kept and marked as told late.
    Raises NotRunning, AlreadyPaused, Invalid naming the field, Forbidden.
    """
    row = _locked(program)
    if not policy.may_pause_program(by, row):
        raise Forbidden
    one_of("reason", reason, PauseReason)
    if row.state != ProgramState.ACTIVE:
        raise NotRunning
    today = day_of(by, row.child, now)
    first = from_on or today
    if abs((first - today).days) > FARTHEST_DAYS:
        raise Invalid(field="from_on", allowed="within_days_of_today", most=FARTHEST_DAYS)
    if until_on is not None and until_on < first:
        raise Invalid(field="until_on", allowed="not_before_start")
    other = _overlapping(row, first, until_on)
    if other is not None:
        raise AlreadyPaused(field="from_on", pause=str(other.pk))
    return _begin(row, first, until_on, reason, by=by, today=today, now=now)


@transaction.atomic
def end_pause(
    *, by: User, pause: ProgramPause, now: dt.datetime, last_on: dt.date | None = None
) -> ProgramPause | None:
    """The pause with its last day, None: yesterday, so that today is a day of the program again.

    A pause of which no day is left is taken back, and None answered; one that was over before stays as it is.
    Raises Forbidden for a caregiver who only logs.
    """
    program = _locked(pause.program)
    pause = ProgramPause.objects.get(pk=pause.pk)
    pause.program = program
    if not policy.may_end_pause(by, pause):
        raise Forbidden
    last = last_on or day_of(by, program.child, now) - ONE_DAY
    if pause.until_on is not None and pause.until_on < last:
        return pause
    return _end(pause, last, by=by, now=now)


@transaction.atomic
def rest(*, by: User, child: Child, reason: str, now: dt.datetime) -> list[ProgramPause]:
    """Every program of the child that runs and does not rest yet, paused from today until it is ended.

    Raises Forbidden.
    """
    today = day_of(by, child, now)
    return [
        pause_program(by=by, program=program, reason=reason, now=now)
        for program in _running(child)
        if _overlapping(program, today, None) is None
    ]


@transaction.atomic
def go_on(*, by: User, child: Child, now: dt.datetime) -> None:
    """Every pause that covers today ended, so that today is a day of the program again. Raises Forbidden."""
    today = day_of(by, child, now)
    resting = ProgramPause.objects.filter(
        Q(until_on__isnull=True) | Q(until_on__gte=today),
        program__child=child,
        program__state=ProgramState.ACTIVE,
        from_on__lte=today,
    )
    for pause in resting.select_related("program").order_by("id"):
        end_pause(by=by, pause=pause, now=now)


@transaction.atomic
def rest_in_hospital(*, by: User, child: Child, since: dt.date, now: dt.datetime) -> None:
    """Every running program paused from the day the child went to hospital until it is home again.

    One that rests until somebody ends it stays as it is. The caller has made sure that `by` may say so.
    """
    today = local_day(now, child.clinic.zone)
    for program in _running(child):
        row = _locked(program)
        if not row.pauses.filter(until_on__isnull=True, from_on__lte=since).exists():
            _begin(row, since, None, PauseReason.HOSPITAL, by=by, today=today, now=now)


@transaction.atomic
def come_home(*, by: User, child: Child, since: dt.date, now: dt.datetime) -> None:
    """Those pauses ended with yesterday; taken back where they were told today, as by a wrong tap."""
    today = local_day(now, child.clinic.zone)
    resting = ProgramPause.objects.filter(
        program__child=child,
        program__state=ProgramState.ACTIVE,
        reason=PauseReason.HOSPITAL,
        from_on=since,
        until_on__isnull=True,
    )
    for pause in resting.order_by("id"):
        pause.program = _locked(pause.program)
        was_told_today = local_day(pause.at, child.clinic.zone) == today
        _end(pause, since - ONE_DAY if was_told_today else today - ONE_DAY, by=by, now=now)


def day_of(by: User, child: Child, now: dt.datetime) -> dt.date:
    """Today where `by` cares for the child; the clinic's day for staff."""
    grant = CaregiverGrant.objects.filter(user=by, child=child).valid().select_related("family").first()
    return local_day(now, grant.family.zone if grant else child.clinic.zone)


def _running(child: Child) -> Iterable[HomeProgram]:
    return HomeProgram.objects.filter(child=child, state=ProgramState.ACTIVE).order_by("id")


def _begin(
    program: HomeProgram,
    first: dt.date,
    last: dt.date | None,
    reason: str,
    *,
    by: User,
    today: dt.date,
    now: dt.datetime,
) -> ProgramPause:
    pause = ProgramPause.objects.create(
        clinic=program.clinic,
        program=program,
        from_on=first,
        until_on=last,
        reason=reason,
        by=by,
        at=now,
        was_told_late=first < today,
    )
    _tell(program, pause, by, now, "began_late" if pause.was_told_late else "began")
    return pause


def _end(pause: ProgramPause, last: dt.date, *, by: User, now: dt.datetime) -> ProgramPause | None:
    """The pause with its last day; taken back, and None, where no day of it is left."""
    if last < pause.from_on:
        pause.delete()
        _tell(pause.program, pause, by, now, "taken_back")
        return None
    pause.until_on = last
    pause.ended_by = by
    pause.save(update_fields=["until_on", "ended_by"])
    _tell(pause.program, pause, by, now, "ended")
    return pause


def _locked(program: HomeProgram) -> HomeProgram:
    return (
        HomeProgram.objects.select_for_update(of=("self",))
        .select_related("child__clinic", "clinic")
        .get(pk=program.pk)
    )


def _overlapping(program: HomeProgram, first: dt.date, last: dt.date | None) -> ProgramPause | None:
    pauses = program.pauses.filter(Q(until_on__isnull=True) | Q(until_on__gte=first))
    if last is not None:
        pauses = pauses.filter(from_on__lte=last)
    return pauses.order_by("from_on", "id").first()


def _tell(program: HomeProgram, pause: ProgramPause, by: User, now: dt.datetime, what: str) -> None:
    program.lock_version += 1
    program.save(update_fields=["lock_version"])
    keep_rules(program=program, now=now)
    audit.record(
        AuditCode.PAUSED_PROGRAM,
        by=by,
        now=now,
        clinic_id=program.clinic_id,
        child=program.child,
        subject=program if what == "taken_back" else pause,
        detail=what,
    )
