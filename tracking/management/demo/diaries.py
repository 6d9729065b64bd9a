"""The demo's entries: days told in `evenings` become rows by the builders the services use."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from clinic import localtime
from clinic.models import CaregiverGrant, Child, Family, User
from tracking.management.demo.evenings import Day, Massage, Night, Touch
from tracking.management.demo.people import story_id
from tracking.models import (
    Bedtime,
    Entry,
    EntryDoor,
    MassageSession,
    ProgramStep,
    ProgramVersion,
    StimulusDay,
    TactileObservation,
    TrackedStimulus,
    WriteReceipt,
)
from tracking.readings.asking import AskPlans
from tracking.slots import part_of_day
from tracking.sync import building, receipts
from tracking.sync.arrival import standing_at
from tracking.sync.bodies import (
    BedtimeBody,
    CueNoted,
    EntryBody,
    ObservationBody,
    SessionBody,
    StepDone,
    StimulusDayBody,
    Tried,
)
from tracking.vocabulary.programs import EntrySource, Precision, Provider, StepKind


@dataclass(frozen=True, slots=True)
class Published:
    """A published version as the diary needs it: which days it rules, its steps in order, and the numbers of
    its program's slots.
    """

    version: ProgramVersion
    first: dt.date
    steps: tuple[ProgramStep, ...]
    slots: tuple[int, ...]


@dataclass(slots=True)
class DiaryRows:
    """Collects entries and their receipts, then writes each table in one statement."""

    rows: dict[type[Entry], list[Entry]] = field(default_factory=dict)
    receipts: list[WriteReceipt] = field(default_factory=list)

    def add_day(
        self,
        day: Day,
        *,
        child: Child,
        home: Family,
        told_by: User,
        therapist: User,
        published: Sequence[Published],
        tracked: TrackedStimulus | None,
        plans: AskPlans,
        latest: dt.datetime,
        paper: CaregiverGrant | None = None,
    ) -> None:
        """Every entry of a day, as it was told by `told_by` from `home`; never later than `latest`.

        `paper`: on whose words the therapist types it, from a paper week.
        """
        zone = home.zone
        received = min(
            localtime.to_instant(dt.datetime.combine(day.on, dt.time(20, 45)), zone)
            + dt.timedelta(hours=day.told_after_hours),
            latest,
        )
        ruling = _ruling(published, day.on)
        told = _told(day, zone, ruling, tracked, told_by, therapist)
        if paper is not None:
            told = _typed(told, paper, therapist)
        for number, (body, entry_version, references, by) in enumerate(told):
            client_id = story_id("entry", child.id, day.on - latest.date(), number)
            self._add(
                body,
                child=child,
                plans=plans,
                home=home if paper is not None or by is not therapist else None,
                by=by,
                is_on_behalf=by is therapist,
                client_id=client_id,
                received=received,
                zone=zone,
                version=entry_version,
                references=references,
            )

    def _add(
        self,
        body: EntryBody,
        *,
        child: Child,
        plans: AskPlans,
        home: Family | None,
        by: User,
        is_on_behalf: bool,
        client_id: uuid.UUID,
        received: dt.datetime,
        zone: str,
        version: ProgramVersion | None,
        references: dict[str, Any],
    ) -> None:
        body = building.settled(body)
        kind = building.kind_of(body)
        digest = receipts.body_hash(kind, body)
        at = building.placed(body, zone=zone, now=received, first_received_at=received, born_on=child.born_on)
        row = building.build(
            body,
            write=building.Write(
                child=child,
                by=by,
                client_id=client_id,
                revision=1,
                door=EntryDoor.SEED,
                body_hash=digest,
                is_on_behalf=is_on_behalf,
                family=home,
                now=received,
                first_received_at=received,
            ),
            at=at,
            asked=plans.on(at.local_day),
            version=version,
            **references,
        )
        self.rows.setdefault(type(row), []).append(row)
        self.receipts.append(
            WriteReceipt(
                clinic_id=child.clinic_id,
                child=child,
                kind=kind,
                client_id=client_id,
                base_revision=0,
                body_hash=digest,
                revision=1,
                received_at=received,
            )
        )

    def write(self) -> None:
        for kind in (MassageSession, Bedtime, TactileObservation, StimulusDay):
            kind.objects.bulk_create(self.rows.get(kind, []), batch_size=1000)  # type: ignore[arg-type]
        WriteReceipt.objects.bulk_create(self.receipts, batch_size=2000)

    def count(self) -> int:
        return sum(len(rows) for rows in self.rows.values())


Told = tuple[EntryBody, ProgramVersion | None, dict[str, Any], User]


def _told(
    day: Day,
    zone: str,
    ruling: Published | None,
    tracked: TrackedStimulus | None,
    told_by: User,
    therapist: User,
) -> Iterator[Told]:
    for massage in day.massages:
        by = therapist if massage.is_therapists else told_by
        yield _session(massage, day.on, zone, ruling), ruling.version if ruling else None, {}, by
    if day.night:
        yield _bedtime(day.night, day.on, zone), None, {}, told_by
    for touch in day.touches:
        yield _observation(touch, day.on, zone), None, {}, told_by
    if tracked is not None and day.came_up is not None and day.on >= tracked.from_on:
        body = StimulusDayBody(
            tracked_stimulus=tracked.pk,
            came_up=day.came_up or bool(day.touches),
            occurred_at=_instant(day.on, dt.time(20, 30), zone),
            zone=zone,
        )
        yield body, None, {"tracked_stimulus": tracked}, told_by


def _session(massage: Massage, on: dt.date, zone: str, ruling: Published | None) -> SessionBody:
    strokes = [step for step in ruling.steps if step.kind == StepKind.STROKE] if ruling else []
    done = round(len(strokes) * massage.share_of_steps)
    slots = dict(enumerate(ruling.slots, start=1)) if ruling else {}
    return SessionBody(
        outcome=massage.outcome,
        occurred_at=_instant(on, massage.at, zone),
        zone=zone,
        program_version=ruling.version.pk if ruling else None,
        slot_number=slots.get(massage.slot or 0),
        provider=Provider.THERAPIST if massage.is_therapists else Provider.CAREGIVER,
        ended_by=massage.ended_by,
        not_today_reason=massage.not_today_reason,
        minutes=None if massage.minutes is None else Decimal(str(massage.minutes)),
        state_before=massage.state_before,
        state_after=massage.state_after,
        steps=()
        if massage.not_today_reason
        else tuple(
            StepDone(step=step.pk, stroke=_slug(step), is_done=index < done)
            for index, step in enumerate(strokes)
        ),
        cues=tuple(CueNoted(code=code, moment=moment) for code, moment in massage.cues),
    )


def _typed(told: Iterable[Told], grant: CaregiverGrant, therapist: User) -> Iterator[Told]:
    """What a paper week tells of them, typed by the therapist in the caregiver's words."""
    for body, version, references, _ in told:
        on_paper = replace(body, source=EntrySource.PAPER, told_by_grant=grant.pk)
        if isinstance(on_paper, SessionBody):
            on_paper = replace(on_paper, **_part(on_paper))
        yield on_paper, version, references | {"told_by_grant": grant}, therapist


def _part(massage: SessionBody) -> dict[str, Any]:
    """When it was, no nearer than the part of the day."""
    assert massage.occurred_at is not None
    assert massage.zone is not None
    at = massage.occurred_at.astimezone(ZoneInfo(massage.zone))
    part = part_of_day(at.time())
    stands_at = standing_at(at.date(), part, massage.zone)
    return {"precision": Precision.PART_OF_DAY, "part_of_day": part, "occurred_at": stands_at}


def _slug(step: ProgramStep) -> str:
    return step.stroke_version.stroke.slug if step.stroke_version else ""


def _bedtime(night: Night, on: dt.date, zone: str) -> BedtimeBody:
    out = _instant(on, night.lights_out, zone)
    seen = out + dt.timedelta(minutes=night.latency_minutes)
    return BedtimeBody(
        occurred_at=out,
        zone=zone,
        lights_out_at=out,
        asleep_at=None if night.is_still_awake else seen,
        still_awake_at=seen if night.is_still_awake else None,
        method=night.method,
        resistance=night.resistance,
        confounders=night.confounders,
        night_waking_count=night.wakings,
    )


def _observation(touch: Touch, on: dt.date, zone: str) -> ObservationBody:
    return ObservationBody(
        stimulus=touch.stimulus,
        occurred_at=_instant(on, touch.at, zone),
        zone=zone,
        responses=touch.responses,
        intensity=touch.intensity,
        recovery_minutes=touch.recovery_minutes,
        tried=(Tried(code=touch.accommodation, helped=touch.helped),) if touch.accommodation else (),
        setting="home",
    )


def _instant(on: dt.date, at: dt.time, zone: str) -> dt.datetime:
    return localtime.to_instant(dt.datetime.combine(on, at), zone)


def _ruling(published: Sequence[Published], on: dt.date) -> Published | None:
    """The version in force on a day; None in the baseline."""
    ruling = None
    for one in published:
        if one.first <= on:
            ruling = one
    return ruling
