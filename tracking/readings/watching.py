"""The data the flag rules use, for many children at once; and the contraindications of a single session."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import OuterRef, Subquery

from clinic.localtime import local_day
from clinic.models import Child, ChildHome
from clinic.models.families import ChildQuerySet
from clinic.vocabulary import EpisodeState
from tracking.dose import BEGUN
from tracking.models import ConflictAcknowledgement, MassageSession, ProgramState, ProgramStep, Stroke
from tracking.outcomes.plans import Plan, plans_of
from tracking.outcomes.points import intensity_points, latency_points
from tracking.outcomes.series import SeriesPoint
from tracking.outcomes.sessions import SessionFact, exposure, sessions_of
from tracking.precautions import ChildPrecaution, Conflict, StrokeRule, conflicts
from tracking.readings.advice import is_product_withdrawn
from tracking.readings.conflicts import stroke_rules
from tracking.readings.flag_settings import thresholds_of
from tracking.readings.library import child_precautions, contraindication_rules, product_of, stroke_rule
from tracking.readings.progress import last_entry_days, main_plan
from tracking.red_flags import (
    Raised,
    SessionEnd,
    SessionSteps,
    StepTold,
    TouchEvent,
    contra_conflict,
    cried_afterwards,
    distress_region,
    distress_run,
    low_dose,
    silence,
    sleep_worse,
    tactile_regression,
    withdrawn_product,
)
from tracking.thresholds import Thresholds
from tracking.vocabulary.programs import EntryFlag, EntryState, Provider
from tracking.vocabulary.states import EndedBy

LOOK_BACK = dt.timedelta(weeks=26)
"""Baselines older than this are no longer compared with."""

EXPOSURE_WEEKS = dt.timedelta(weeks=8)


def watched_children() -> ChildQuerySet:
    """Children the nightly rules look at: in care, at home, with a running program."""
    children: ChildQuerySet = Child.objects.not_archived()
    return children.filter(
        died_on__isnull=True,
        in_hospital_since__isnull=True,
        episodes__state=EpisodeState.ACTIVE,
        programs__state=ProgramState.ACTIVE,
    ).distinct()


def what_to_raise(
    clinics: Mapping[uuid.UUID, uuid.UUID], *, now: dt.datetime
) -> dict[uuid.UUID, list[Raised]]:
    """What the rules raise for each child whose program runs today; ten statements for any number.

    `clinics` are those of the children, by child.
    """
    child_ids = list(clinics)
    plans = plans_of(child_ids)
    zones = _zones(child_ids)
    last = now.date() + dt.timedelta(days=1)
    first = last - LOOK_BACK
    sessions = sessions_of(child_ids, first=first, last=last)
    thresholds = thresholds_of(set(clinics.values()))
    record = _Record(
        sessions=sessions,
        steps=session_steps(sessions),
        nights=latency_points(child_ids, first=first, last=last),
        touches=intensity_points(child_ids, first=first, last=last),
        last_entry_on=last_entry_days(child_ids),
    )
    found: dict[uuid.UUID, list[Raised]] = {}
    for child_id, running in plans.items():
        today = local_day(now, zones[child_id])
        plan = main_plan(running, on=today)
        if plan is not None and plan.phase_on(today) is not None:
            found[child_id] = [
                raised
                for raised in record.of(child_id, plan, today=today, thresholds=thresholds[clinics[child_id]])
                if raised is not None
            ]
    return found


@dataclass(frozen=True, slots=True)
class _Record:
    sessions: Mapping[uuid.UUID, Sequence[SessionFact]]
    steps: Mapping[uuid.UUID, Sequence[SessionSteps]]
    nights: Mapping[uuid.UUID, Sequence[SeriesPoint]]
    touches: Mapping[uuid.UUID, Sequence[SeriesPoint]]
    last_entry_on: Mapping[uuid.UUID, dt.date]

    def of(
        self, child_id: uuid.UUID, plan: Plan, *, today: dt.date, thresholds: Thresholds
    ) -> Iterable[Raised | None]:
        sessions = self.sessions.get(child_id, ())
        yield silence(
            last_entry_on=self.last_entry_on.get(child_id),
            started_on=plan.baseline_starts_on or plan.started_on,
            today=today,
            pauses=plan.pauses,
            thresholds=thresholds,
        ).flag
        given = exposure(plan, sessions, until=today, since=today - EXPOSURE_WEEKS)
        if given is not None:
            weeks = [week.offered_ratio for week in given.weeks if week.is_complete]
            yield low_dose(weeks, thresholds=thresholds)
        yield distress_run(session_ends(sessions), thresholds=thresholds)
        yield distress_region(self.steps.get(child_id, ()), thresholds=thresholds)
        nights = self.nights.get(child_id, ())
        yield sleep_worse(
            baseline=[night.measured for night in nights if night.on < plan.started_on],
            nights=[night.measured for night in nights if night.on >= plan.started_on],
            thresholds=thresholds,
        )
        yield self._touch(child_id, today=today, thresholds=thresholds)

    def _touch(self, child_id: uuid.UUID, *, today: dt.date, thresholds: Thresholds) -> Raised | None:
        """The rule is asked of each reporter's own events: two people do not see the same."""
        by_reporter: defaultdict[uuid.UUID | None, list[TouchEvent]] = defaultdict(list)
        for point in self.touches.get(child_id, ()):
            by_reporter[point.by].append(TouchEvent(point.on, int(point.value)))
        answers = (
            tactile_regression(events, today=today, thresholds=thresholds) for events in by_reporter.values()
        )
        return next((raised for raised in answers if raised is not None), None)


def session_ends(sessions: Iterable[SessionFact]) -> list[SessionEnd]:
    """How the sessions begun at home ended, in order of time."""
    return [
        SessionEnd(
            ended_by=_ended_by(one.ended_by),
            cried_afterwards=cried_afterwards(
                state_after=one.state_after,
                cues=[(str(cue["code"]), str(cue.get("moment", ""))) for cue in one.cues],
            ),
        )
        for one in sessions
        if _began_at_home(one)
    ]


def session_steps(
    sessions: Mapping[uuid.UUID, Sequence[SessionFact]],
) -> dict[uuid.UUID, list[SessionSteps]]:
    """The steps of the sessions begun at home, by child, in order of time; two statements.

    Only steps with a stroke have a region; a session without any says nothing.
    """
    told = [one for several in sessions.values() for one in several if _began_at_home(one) and one.steps]
    ids = {step["step"] for one in told for step in one.steps if step.get("step")}
    slugs = {step["stroke"] for one in told for step in one.steps if step.get("stroke")}
    prescribed = ProgramStep.objects.filter(pk__in=ids, stroke_version__isnull=False)
    regions: dict[str, str] = {
        str(step): region for step, region in prescribed.values_list("pk", "stroke_version__body_region")
    }
    strokes = Stroke.objects.filter(slug__in=slugs, current_version__isnull=False).order_by("clinic", "id")
    regions |= dict(strokes.values_list("slug", "current_version__body_region"))
    found: defaultdict[uuid.UUID, list[SessionSteps]] = defaultdict(list)
    for one in told:
        known = [
            (regions.get(str(step.get("step"))) or regions.get(str(step.get("stroke"))), step)
            for step in one.steps
        ]
        steps = tuple(StepTold(region, bool(step.get("is_done"))) for region, step in known if region)
        if steps:
            found[one.child_id].append(SessionSteps(_ended_by(one.ended_by), steps))
    return dict(found)


def _began_at_home(session: SessionFact) -> bool:
    return session.outcome in BEGUN and session.provider == Provider.CAREGIVER


def _ended_by(code: str) -> EndedBy | None:
    return EndedBy(code) if code in frozenset(EndedBy) else None


def ended_in_distress(session: MassageSession) -> bool:
    """Whether a session was begun and ended by the child, or with the child crying."""
    cues = [(str(cue["code"]), str(cue["moment"])) for cue in session.cues]
    cried = cried_afterwards(state_after=session.state_after, cues=cues)
    return session.outcome in BEGUN and (session.ended_by == EndedBy.CHILD or cried)


def left_something_out(session: MassageSession) -> bool:
    """Whether a session tells a step that was not done: then a region may have been refused."""
    return session.outcome in BEGUN and any(not step["is_done"] for step in session.steps)


def withdrawn_conflict(child: Child, session: MassageSession) -> Raised | None:
    """A product used while products are put away; one statement for a session that tells of one."""
    product = product_of(kind=session.product_kind, name=session.product_name)
    is_used = product.is_used and session.outcome in BEGUN and session.state == EntryState.RECORDED
    return withdrawn_product(is_used=is_used, is_withdrawn=is_used and is_product_withdrawn(child))


def session_conflict(child: Child, session: MassageSession) -> Raised | None:
    """What stood in the way of a session on its day, by the strokes done; None where nothing did.

    One statement where the child has no precaution that day.
    """
    if session.outcome not in BEGUN or session.state != EntryState.RECORDED:
        return None
    if EntryFlag.CLOCK_OFF in session.flags:
        return None
    active = [one for one in child_precautions(child) if one.is_active(session.local_day)]
    if not active:
        return None
    return contra_conflict(
        _conflicts(child, session, active),
        acknowledged=list(
            ConflictAcknowledgement.objects.filter(version=session.program_version_id).values_list(
                "stroke_slug", "code"
            )
        ),
    )


def _conflicts(
    child: Child, session: MassageSession, active: Sequence[ChildPrecaution]
) -> Iterable[Conflict]:
    """The conflicts that come of the precautions alone: ages were looked at when it was prescribed."""
    codes = {one.code for one in active}
    found = conflicts(
        precautions=active,
        rules=contraindication_rules(),
        strokes=_strokes_done(session),
        product=product_of(kind=session.product_kind, name=session.product_name),
        ages=child.ages_on(session.local_day),
        on=session.local_day,
    )
    return [one for one in found if one.code in codes]


def _strokes_done(session: MassageSession) -> list[StrokeRule]:
    """The strokes a session tells of; of a session that names none, all its program's."""
    steps = ProgramStep.objects.select_related("stroke_version__stroke").order_by("order", "id")
    if not session.steps:
        return stroke_rules(steps.filter(version=session.program_version_id))
    done = [step for step in session.steps if step["is_done"]]
    ids = [step["step"] for step in done if step["step"]]
    named = steps.filter(pk__in=ids, version__program__child=session.child_id) if ids else ()
    slugs = [step["stroke"] for step in done if not step["step"] and step["stroke"]]
    own = (
        Stroke.objects.filter(slug__in=slugs, current_version__isnull=False)
        .select_related("current_version__stroke")
        .order_by("id")
        if slugs
        else ()
    )
    return [
        *stroke_rules(named),
        *(stroke_rule(one.current_version) for one in own if one.current_version is not None),
    ]


def _zones(child_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    home = ChildHome.objects.filter(child=OuterRef("pk")).order_by("id").values("family__zone")[:1]
    rows = Child.objects.filter(pk__in=list(child_ids)).annotate(zone=Subquery(home))
    return {
        child_id: zone or clinic_zone
        for child_id, zone, clinic_zone in rows.values_list("pk", "zone", "clinic__zone")
    }
