"""Rows and bodies that tests of the record share: a published program, an evening of Cleo's."""

from __future__ import annotations

import datetime as dt
import uuid
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from clinic.models import Child, User
from tests.cast import make_id
from tracking.models import HomeProgram, ProgramSchedule, ProgramSlot, ProgramState, ProgramVersion
from tracking.services import recording
from tracking.sync.bodies import BedtimeBody, CueNoted, ObservationBody, SessionBody, StepDone
from tracking.vocabulary.programs import Anchor, FrequencyPer, Provider

NEW_YORK = "America/New_York"
MONDAY = dt.date(2026, 11, 16)


def at(clock: str, *, on: dt.date = MONDAY, zone: str = NEW_YORK) -> dt.datetime:
    """The instant at which clocks in a place show "19:42"."""
    return dt.datetime.combine(on, dt.time.fromisoformat(clock), ZoneInfo(zone)).astimezone(dt.UTC)


def publish_program(
    child: Child,
    by: User,
    *,
    starts_on: dt.date = MONDAY - dt.timedelta(days=14),
    ends_on: dt.date | None = None,
    baseline_starts_on: dt.date | None = None,
    per: FrequencyPer = FrequencyPer.DAY,
    count: int = 1,
    weekdays: list[int] | None = None,
    minutes: int | None = 5,
    anchor: str = Anchor.AFTER_BATH,
    provider: str = Provider.CAREGIVER,
    title: str = "Bedtime calm",
) -> HomeProgram:
    """A running program of one version, every evening after the bath unless told otherwise."""
    published_at = dt.datetime.combine(starts_on, dt.time(9), dt.UTC)
    program = HomeProgram.objects.create(
        clinic_id=child.clinic_id, child=child, title=title, created_by=by, created_at=published_at
    )
    version = ProgramVersion.objects.create(
        clinic_id=child.clinic_id,
        program=program,
        number=1,
        starts_on=starts_on,
        effective_on=starts_on,
        ends_on=ends_on,
        baseline_starts_on=baseline_starts_on,
        target_states=["drowsy", "quiet_alert"],
        drafted_by=by,
        drafted_at=published_at,
    )
    schedule = ProgramSchedule.objects.create(
        clinic_id=child.clinic_id,
        version=version,
        per=per,
        count=count,
        weekdays=weekdays or [],
        minutes=minutes,
        provider=provider,
    )
    for number in range(1, count + 1 if per == FrequencyPer.DAY else 2):
        ProgramSlot.objects.create(
            clinic_id=child.clinic_id, version=version, schedule=schedule, number=number, anchor=anchor
        )
    ProgramVersion.objects.filter(pk=version.pk).update(published_at=published_at, published_by=by)
    program.current_version = ProgramVersion.objects.get(pk=version.pk)
    program.state = ProgramState.ACTIVE
    program.save()
    return program


def cleos_session(**changes: Any) -> SessionBody:
    """The evening of the story: begun quiet alert, ended by her, drowsy after."""
    told: dict[str, Any] = {
        "occurred_at": at("19:20"),
        "outcome": "stopped",
        "ended_by": "child",
        "minutes": Decimal("4.5"),
        "state_before": "quiet_alert",
        "state_after": "drowsy",
        "steps": (
            StepDone(stroke="leg-long-glide"),
            StepDone(stroke="back-long-sweep", is_done=False),
        ),
        "cues": (
            CueNoted(code="ep_gaze", at_seconds=20),
            CueNoted(code="ep_offer", at_seconds=60),
            CueNoted(code="ds_look_away", at_seconds=250),
            CueNoted(code="ds_stiff", at_seconds=262),
        ),
    }
    return SessionBody(**(told | changes))


def cleos_bedtime(**changes: Any) -> BedtimeBody:
    """In bed at 19:42, asleep at 20:01: 19 minutes."""
    told: dict[str, Any] = {"lights_out_at": at("19:42"), "asleep_at": at("20:01")}
    return BedtimeBody(**(told | changes))


def cleos_lotion(**changes: Any) -> ObservationBody:
    """Lotion on her hands: she pulled away and cried, strongly, and was settled in four minutes."""
    told: dict[str, Any] = {
        "occurred_at": at("19:05"),
        "stimulus": "sunscreen_lotion",
        "region": "hands",
        "responses": ("withdraw", "cry"),
        "intensity": 3,
        "recovery_minutes": 4,
    }
    return ObservationBody(**(told | changes))


def log_session(
    by: User,
    child: Child,
    *,
    client_id: uuid.UUID | None = None,
    now: dt.datetime | None = None,
    base_revision: int | None = None,
    **changes: Any,
) -> recording.Recorded[Any]:
    """Record a session as `by`; by default it arrives ten minutes after it began."""
    entry = cleos_session(**changes)
    assert entry.occurred_at is not None
    return recording.record_session(
        by=by,
        child=child,
        client_id=client_id or make_id(),
        entry=entry,
        door="api",
        base_revision=base_revision,
        now=now or entry.occurred_at + dt.timedelta(minutes=10),
    )
