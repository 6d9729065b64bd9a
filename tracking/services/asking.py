"""Choosing what a family is asked: which questions, on which scale, and at most three touches at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.db import transaction
from django.db.models import Q

from clinic import audit
from clinic.errors import Conflict, Forbidden, Invalid
from clinic.models import Child, User
from clinic.services import values
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.ask_plan import MOST_TOUCHES
from tracking.models import AskPlan, TrackedStimulus
from tracking.readings.asking import ask_plans_of
from tracking.services.allowed import one_of, short_text
from tracking.services.cosigning import ask_for_cosigning
from tracking.services.locks import one_at_a_time
from tracking.services.pausing import day_of
from tracking.vocabulary.asking import Question
from tracking.vocabulary.states import StateScale
from tracking.vocabulary.touch import Stimulus


class TooManyTracked(Conflict):
    """Three touches are asked about; end one first."""

    code = "too_many_tracked"


class AlreadyTracked(Conflict):
    """This touch is asked about already."""

    code = "already_tracked"


@transaction.atomic
def change_ask_plan(
    *,
    by: User,
    child: Child,
    questions: Collection[str] | None,
    state_scale: str | None = None,
    from_on: dt.date | None = None,
    now: dt.datetime,
) -> AskPlan:
    """A new choice of what is asked, from today or a later local day on; past days keep theirs.

    `questions` None: what the child's age suggests, also as it grows. `state_scale` empty: by age; None: as
    it was. It holds at once, the team's and a guardian's alike; an assistant's or student's once it is
    signed.

    Raises Invalid (fields `questions`, `state_scale`, `from_on`), Forbidden, also where a guardian would
    change the scale.
    """
    if not policy.may_change_ask_plan(by, child):
        raise Forbidden
    for code in questions or ():
        one_of("questions", code, Question)
    today = day_of(by, child, now)
    first = from_on or today
    if first < today:
        raise Invalid(field="from_on", allowed="not_before_today")
    standing = ask_plans_of(child).row_on(first)
    scale = standing.state_scale if standing else ""
    if state_scale is not None and state_scale != scale:
        one_of("state_scale", state_scale, StateScale, or_empty=True)
        if not policy.may_set_state_scale(by, child):
            raise Forbidden
        scale = state_scale
    plan = AskPlan.objects.create(
        clinic_id=child.clinic_id,
        child=child,
        from_on=first,
        questions=[str(one) for one in Question if one in (questions or ())],
        follows_age=questions is None,
        state_scale=scale,
        chosen_by=by,
        chosen_at=now,
    )
    ask_for_cosigning(by=by, child=child, subject=plan, now=now)
    _tell(plan, by, "questions", now)
    return plan


@transaction.atomic
def track_stimulus(
    *,
    by: User,
    child: Child,
    stimulus: str,
    label: str = "",
    language: str = "",
    from_on: dt.date,
    now: dt.datetime,
) -> TrackedStimulus:
    """Ask about a stimulus daily from a local day on; `label` is the family's words for it, in `language`
    (empty: the one `by` reads).

    Raises Forbidden, Invalid (fields `stimulus`, `label`), TooManyTracked, AlreadyTracked (409).
    """
    if not policy.may_track_stimulus(by, child):
        raise Forbidden
    one_of("stimulus", stimulus, Stimulus)
    label = short_text("label", label, most=120)
    one_at_a_time(child)
    asked = list(
        TrackedStimulus.objects.filter(child=child).filter(
            Q(until_on__isnull=True) | Q(until_on__gte=from_on)
        )
    )
    if any((one.stimulus, one.label) == (stimulus, label) and one.until_on is None for one in asked):
        raise AlreadyTracked(field="stimulus")
    if len(asked) >= MOST_TOUCHES:
        raise TooManyTracked(most=MOST_TOUCHES)
    tracked = TrackedStimulus.objects.create(
        clinic_id=child.clinic_id,
        child=child,
        stimulus=stimulus,
        label=label,
        language=values.written_in(language, by),
        from_on=from_on,
        created_by=by,
    )
    ask_for_cosigning(by=by, child=child, subject=tracked, now=now)
    _tell(tracked, by, "touch", now)
    return tracked


@transaction.atomic
def stop_tracking(
    *, by: User, tracked: TrackedStimulus, until_on: dt.date, now: dt.datetime
) -> TrackedStimulus:
    """Ask no longer after the local day `until_on`; what was answered stays. Raises Forbidden."""
    if not policy.may_stop_tracking(by, tracked.child):
        raise Forbidden
    tracked.until_on = until_on
    tracked.save(update_fields=["until_on"])
    _tell(tracked, by, "touch", now)
    return tracked


def _tell(subject: AskPlan | TrackedStimulus, by: User, detail: str, now: dt.datetime) -> None:
    audit.record(
        AuditCode.CHANGED_ASK_PLAN,
        by=by,
        now=now,
        clinic_id=subject.clinic_id,
        child=subject.child,
        subject=subject,
        detail=detail,
    )
