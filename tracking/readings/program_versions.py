"""One version of a program, draft or published, in words, with everything to watch out for."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from clinic.ages import Ages
from clinic.models import Child
from tracking.dose import rounds_needed
from tracking.models import ProgramSlot, ProgramVersion
from tracking.precautions import asks_before
from tracking.prescription import pass_seconds, prefilled_minutes
from tracking.readings.conflicts import (
    ConflictsOfChild,
    StandingConflict,
    day_of_conflicts,
    stroke_rules,
    told,
)
from tracking.readings.family_words import OwnWords
from tracking.readings.prescriptions import Parts, parts_of, prescription_of
from tracking.readings.program_steps import StepReading, StepWords, media_of
from tracking.readings.safe_sleep import asks_safe_sleep
from tracking.readings.teaching import Teaching
from tracking.readings.texts import Adoption, adoption, sentences, stroke_texts
from tracking.vocabulary.programs import Anchor, Phase, ProductKind, StepKind
from tracking.wording import conflicts as conflict_wording
from tracking.wording import prescription as prescription_wording
from tracking.wording.labels import label


@dataclass(frozen=True, slots=True)
class ConflictReading:
    """A conflict in words: `what` stands in the way, `sentence` also what it asks for.

    `is_open` keeps the version from being published. `reason` is the therapist's, and what the conflict asks
    of one is said, for the care team alone.
    """

    code: str
    how: str
    why: str
    stroke: str
    region: str
    orders: tuple[int, ...]
    what: str
    sentence: str
    is_block: bool
    is_open: bool
    reason: str
    acknowledged_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class SlotReading:
    number: int
    anchor: str
    anchor_name: str
    label: str


@dataclass(frozen=True, slots=True)
class ScheduleReading:
    """One provider's schedule in one phase; `rounds` of one pass fill its minutes, 1 where one does."""

    id: uuid.UUID
    provider: str
    phase: str
    per: str
    count: int
    count_kind: str
    most: int | None
    weekdays: tuple[int, ...]
    minutes: int | None
    minutes_kind: str
    rounds: int
    slots: tuple[SlotReading, ...]


@dataclass(frozen=True, slots=True)
class VersionReading:
    """A version, draft or published.

    `sentences` begin with the prescription's; `sentence` is that alone, empty for a diary. `safe_sleep` is
    empty where it does not apply, `asks_before` what to look at before each session. `adopted` is None while
    the library's words are draft wording.
    """

    id: uuid.UUID
    number: int
    change_kind: str
    phase_number: int
    phase_name: str
    baseline_starts_on: dt.date | None
    starts_on: dt.date
    effective_on: dt.date | None
    ends_on: dt.date | None
    published_at: dt.datetime | None
    published_by: str
    drafted_by: str
    sentence: str
    sentences: tuple[str, ...]
    note: str
    language: str
    target_states: tuple[str, ...]
    product_kind: str
    product_name: str
    product_patch_tested_on: dt.date | None
    lights_out_within_minutes: int | None
    schedules: tuple[ScheduleReading, ...]
    steps: tuple[StepReading, ...]
    one_pass_seconds: int
    one_pass_minutes: int
    conflicts: tuple[ConflictReading, ...]
    safe_sleep: str
    stop_rule: str
    asks_before: tuple[str, ...]
    adopted: Adoption | None

    @property
    def waits_for_patch_test(self) -> bool:
        """A product is prescribed and no patch test of it is noted."""
        return self.product_kind != ProductKind.NONE and self.product_patch_tested_on is None

    @property
    def may_be_published(self) -> bool:
        return not any(conflict.is_open for conflict in self.conflicts)


class VersionsReader:
    """Versions of one child's programs, with what they are worded and judged by, read in a dozen queries."""

    def __init__(
        self,
        child: Child,
        versions: Sequence[ProgramVersion],
        *,
        today: dt.date,
        language: str,
        for_team: bool,
        teaching: Teaching,
        own: Mapping[str, OwnWords] | None = None,
    ) -> None:
        self.child = child
        self.for_team = for_team
        self.today = today
        self.ages: Ages = child.ages_on(today)
        self.parts = parts_of(versions)
        steps = [step for parts in self.parts.values() for step in parts.steps]
        strokes = [step.stroke_version for step in steps if step.stroke_version]
        self.texts = stroke_texts((stroke.pk for stroke in strokes), language)
        kinds = ("verse.", "pressure.", "stop_rule", "safe_sleep_line", "contraindication.")
        self.sentences = sentences(child.clinic_id, language, *kinds)
        media = media_of(child.clinic_id, (stroke.stroke_id for stroke in strokes))
        self.words = StepWords(self.texts, self.sentences, media, teaching, own or {})
        self.adopted = adoption(child.clinic_id)
        self.conflicts = ConflictsOfChild(child, versions)

    def read(self, version: ProgramVersion, *, week: int | None) -> VersionReading:
        """A version in program week `week`, None before the first."""
        parts = self.parts[version.pk]
        prescription = prescription_of(version, parts)
        one_pass = pass_seconds(prescription.steps)
        said = prescription_wording.sentences(prescription)
        rules = stroke_rules(parts.steps)
        return VersionReading(
            id=version.pk,
            number=version.number,
            change_kind=version.change_kind,
            phase_number=version.phase_number,
            phase_name=version.phase_name,
            baseline_starts_on=version.baseline_starts_on,
            starts_on=version.starts_on,
            effective_on=version.effective_on,
            ends_on=version.ends_on,
            published_at=version.published_at,
            published_by=version.published_by.name if version.published_by else "",
            drafted_by=version.drafted_by.name,
            sentence=prescription_wording.sentence(prescription),
            sentences=said,
            note=version.note,
            language=version.language,
            target_states=tuple(version.target_states),
            product_kind=version.product_kind,
            product_name=version.product_name,
            product_patch_tested_on=version.product_patch_tested_on,
            lights_out_within_minutes=version.lights_out_within_minutes,
            schedules=_schedules(parts, one_pass),
            steps=tuple(self.words.read(step, week=week) for step in parts.steps),
            one_pass_seconds=one_pass,
            one_pass_minutes=prefilled_minutes(prescription.steps),
            conflicts=self._conflicts(version, parts),
            safe_sleep=self._text("safe_sleep_line") if self._asks_safe_sleep(version, parts) else "",
            stop_rule=self._text("stop_rule"),
            asks_before=tuple(
                self._text(f"contraindication.{code}")
                for code in (asks_before(rules, self.conflicts.rules) if rules else ())
            ),
            adopted=self.adopted,
        )

    def _conflicts(self, version: ProgramVersion, parts: Parts) -> tuple[ConflictReading, ...]:
        on = day_of_conflicts(version, self.today)
        ages = self.child.ages_on(on)
        found = self.conflicts.of(version, parts.steps, self.texts, on=on)
        return tuple(_conflict(one, ages, for_team=self.for_team) for one in found)

    def _asks_safe_sleep(self, version: ProgramVersion, parts: Parts) -> bool:
        """Under 12 months by the younger age, for a routine of the evening or one meant to end in sleep."""
        return asks_safe_sleep(
            self.ages,
            anchors=[slot.anchor for slot in parts.slots],
            target_states=version.target_states,
            has_lights_out=version.lights_out_within_minutes is not None
            or any(step.kind == StepKind.LIGHTS_OUT for step in parts.steps),
        )

    def _text(self, code: str) -> str:
        found = self.sentences.get(code)
        return found.text if found else ""


def _conflict(one: StandingConflict, ages: Ages, *, for_team: bool) -> ConflictReading:
    about = told(one, ages)
    acknowledged = one.acknowledged if for_team else None
    return ConflictReading(
        code=one.code,
        how=str(one.how),
        why=str(one.conflict.reason),
        stroke=one.stroke,
        region=one.conflict.region,
        orders=one.orders,
        what=conflict_wording.what(about),
        sentence=conflict_wording.conflict(about) if for_team else conflict_wording.what(about),
        is_block=one.is_block,
        is_open=one.is_open,
        reason=acknowledged.reason if acknowledged else "",
        acknowledged_at=acknowledged.at if acknowledged else None,
    )


def _schedules(parts: Parts, one_pass: int) -> tuple[ScheduleReading, ...]:
    return tuple(
        ScheduleReading(
            id=row.pk,
            provider=row.provider,
            phase=row.phase,
            per=row.per,
            count=row.count,
            count_kind=row.count_kind,
            most=row.most,
            weekdays=tuple(row.weekdays),
            minutes=row.minutes,
            minutes_kind=row.minutes_kind,
            rounds=(
                rounds_needed(minutes=row.minutes, pass_seconds=one_pass)
                if row.minutes is not None and row.phase == Phase.PROGRAM
                else 1
            ),
            slots=tuple(_slot(slot) for slot in parts.slots_of(row)),
        )
        for row in parts.schedules
    )


def _slot(slot: ProgramSlot) -> SlotReading:
    return SlotReading(
        slot.number, slot.anchor, slot.anchor_name, slot.anchor_name or label(Anchor, slot.anchor)
    )
