"""Home programs, what is asked and reminded, and who was shown what."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from clinic import rls
from clinic.localtime import local_day
from clinic.models import Child, ChildHome, Family, User
from tests.cast import make_id
from tests.factories.people import said
from tracking.models import (
    AskPlan,
    ChartChoice,
    ChildStrategy,
    Demonstration,
    HomeProgram,
    ProgramSchedule,
    ProgramSlot,
    ProgramState,
    ProgramStep,
    ProgramVersion,
    ReminderRule,
    Stroke,
)
from tracking.services import strategies
from tracking.vocabulary.charts import ChosenChart
from tracking.vocabulary.programs import Anchor, FrequencyPer, Phase, Provider
from tracking.vocabulary.teaching import ShownWith, TaughtLevel, Teachable
from tracking.vocabulary.touch import Stimulus


def program(
    child: Child,
    *,
    by: User,
    state: str = ProgramState.ACTIVE,
    strokes: Sequence[str] = (),
    **fields: Any,
) -> HomeProgram:
    """A program with one version, published unless it is a draft; its steps are built-in strokes."""
    with rls.acting_as(by, system="seeding"):
        version = _drafted(child, by=by, program=fields, note=said(child, "program-note"))
        for order, slug in enumerate(strokes, start=1):
            ProgramStep.objects.create(
                clinic=child.clinic,
                version=version,
                order=order,
                stroke_version=Stroke.objects.get(clinic=None, slug=slug).current_version,
                seconds=60,
            )
        if state != ProgramState.DRAFT:
            _publish(version, by=by)
        version.program.state = state
        version.program.save()
        return version.program


def prescribed(
    child: Child,
    *,
    by: User,
    anchors: Sequence[str] = ("after_bath",),
    per: str = FrequencyPer.DAY,
    count: int | None = None,
    weekdays: Sequence[int] = (),
    starts_on: dt.date | None = None,
    ends_on: dt.date | None = None,
    provider: str = Provider.CAREGIVER,
    diary_from: dt.date | None = None,
) -> HomeProgram:
    """An active program whose caregivers have one slot for each of `anchors`; by default every day's one.

    `diary_from`: before it starts, the last of its slots is a diary's at bedtime.
    """
    with rls.acting_as(by, system="seeding"):
        dates = {"starts_on": starts_on, "baseline_starts_on": diary_from, "ends_on": ends_on}
        version = _drafted(child, by=by, **{name: on for name, on in dates.items() if on is not None})
        schedule = ProgramSchedule.objects.create(
            clinic=child.clinic,
            version=version,
            provider=provider,
            per=per,
            count=count or (len(anchors) if per == FrequencyPer.DAY else 1),
            weekdays=list(weekdays),
        )
        for number, anchor in enumerate(anchors, start=1):
            ProgramSlot.objects.create(
                clinic=child.clinic, version=version, schedule=schedule, number=number, anchor=anchor
            )
        if diary_from is not None:
            diary = ProgramSchedule.objects.create(
                clinic=child.clinic, version=version, per=FrequencyPer.DAY, count=1, phase=Phase.BASELINE
            )
            ProgramSlot.objects.create(
                clinic=child.clinic,
                version=version,
                schedule=diary,
                number=len(anchors) + 1,
                anchor=Anchor.BEDTIME,
            )
        _publish(version, by=by)
        version.program.state = ProgramState.ACTIVE
        version.program.save()
        return version.program


def _drafted(
    child: Child, *, by: User, program: Mapping[str, Any] | None = None, **fields: Any
) -> ProgramVersion:
    """The first version of a new program. It starts twenty days ago unless `fields` say when."""
    now = rls.now()
    made = HomeProgram.objects.create(
        clinic=child.clinic,
        child=child,
        title=said(child, "program-title"),
        created_by=by,
        created_at=now,
        **(program or {}),
    )
    starts_on = now.date() - dt.timedelta(days=20)
    return ProgramVersion.objects.create(
        clinic=child.clinic,
        program=made,
        number=1,
        drafted_by=by,
        drafted_at=now,
        **{"starts_on": starts_on, **fields},
    )


def _publish(version: ProgramVersion, *, by: User) -> None:
    ProgramVersion.objects.filter(pk=version.pk).update(
        published_at=rls.now(), published_by=by, effective_on=version.starts_on
    )
    version.program.current_version = version


def reminder(child: Child, *, by: User, family: Family) -> ReminderRule:
    """The reminder of an evening program in one of the child's homes."""
    evening = prescribed(child, by=by)
    return ReminderRule.objects.create(
        clinic=child.clinic, child=child, family=family, program=evening, slot_number=1
    )


def ask_plan(
    child: Child, *, by: User, questions: Sequence[str] = ("state_after",), at: dt.datetime | None = None
) -> AskPlan:
    """A choice of what is asked from the day on that it is made."""
    with rls.acting_as(by, system="seeding"):
        now = at or rls.now()
        return AskPlan.objects.create(
            clinic=child.clinic,
            child=child,
            from_on=local_day(now, child.clinic.zone),
            questions=list(questions),
            chosen_by=by,
            chosen_at=now,
        )


def chart_choice(child: Child, *, by: User, charts: Sequence[str] = tuple(ChosenChart)) -> ChartChoice:
    """Every chart there is, unless told otherwise."""
    with rls.acting_as(by, system="seeding"):
        return ChartChoice.objects.create(
            clinic=child.clinic, child=child, charts=list(charts), chosen_by=by, chosen_at=rls.now()
        )


def strategy(child: Child, *, by: User, **told: Any) -> ChildStrategy:
    """One prescribed for sunscreen, in words of the therapist's own."""
    given = {
        "name": said(child, "strategy-name"),
        "text": said(child, "strategy-text"),
        "stimuli": [Stimulus.SUNSCREEN_LOTION],
    }
    with rls.acting_as(by, system="seeding"):
        return strategies.prescribe_strategy(
            by=by, child=child, client_id=make_id(), now=rls.now(), **(given | told)
        ).strategy


def demonstration(child: Child, *, by: User, **fields: Any) -> Demonstration:
    """A stroke shown to somebody without an account, in the child's first home."""
    with rls.acting_as(by, system="seeding"):
        now = rls.now()
        home = ChildHome.objects.filter(child=child).order_by("id").first()
        named = {} if "grant" in fields else {"caregiver_name": said(child, "shown-to-name")}
        return Demonstration.objects.create(
            **{
                "clinic": child.clinic,
                "child": child,
                "family_id": home.family_id if home else None,
                "what": Teachable.STROKE,
                "stroke_slug": "toe-rolls",
                "shown_with": ShownWith.CHILD,
                "level": TaughtLevel.SHOWN,
                "shown_by": by,
                "shown_at": now,
                "recorded_at": now,
                **named,
                **fields,
            }
        )
