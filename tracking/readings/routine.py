"""A program's routine as a family does it: steps with their words, when to stop, safe sleep."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace

from clinic.models import Child
from tracking.models import HomeProgram, ProgramStep, ProgramVersion
from tracking.readings.family_words import OwnWords
from tracking.readings.prescriptions import Parts, parts_of, prescription_of
from tracking.readings.program_steps import Media, media_of
from tracking.readings.safe_sleep import asks_safe_sleep
from tracking.readings.teaching import Teaching
from tracking.readings.texts import Sentence, StrokeText, sentences, stroke_texts
from tracking.schedule import program_week
from tracking.vocabulary.programs import StepKind
from tracking.wording import labels, prescription


@dataclass(frozen=True, slots=True)
class RoutineStep:
    """One step. `seconds` are both sides together; `stroke` and `region` are empty where it is no stroke.

    `media` are the clinic's own pictures and clips of it, `recording` the household's voice.
    """

    id: uuid.UUID
    kind: StepKind
    stroke: str
    region: str
    name: str
    instruction: str
    words: str
    note: str
    side: str
    seconds: int
    repetitions: int | None
    media: tuple[Media, ...] = ()
    words_language: str = ""
    recording: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Routine:
    """What is done today; `safe_sleep_line` is empty where it does not apply.

    `waiting` names the strokes of this week that open once they have been shown.
    """

    program_id: uuid.UUID
    version_id: uuid.UUID
    title: str
    title_language: str
    prescription: str
    note: str
    language: str
    steps: tuple[RoutineStep, ...]
    waiting: tuple[str, ...]
    stop_rule: str
    safe_sleep_line: str


def routine(
    program: HomeProgram,
    child: Child,
    *,
    teaching: Teaching,
    on: dt.date,
    language: str,
    own: Mapping[str, OwnWords] | None = None,
) -> Routine | None:
    """The routine of a program in force on a local day, in seven statements; None before it is published.

    The caller has fetched the program through the one door. Steps that open in a later week, or once they
    have been shown, are left out. `own` are the words of a household, instead of the program's and the
    library's.
    """
    version = program.current_version
    if version is None:
        return None
    parts = parts_of([version])[version.pk]
    week = program_week(started_on=version.starts_on, day=on) or 1
    this_week = [step for step in parts.steps if (step.opens_in_week or 1) <= week]
    steps = [step for step in this_week if not step.opens_when_taught or teaching.is_taught(_slug(step))]
    waiting = [step for step in this_week if step not in steps]
    texts = stroke_texts([step.stroke_version_id for step in this_week if step.stroke_version_id], language)
    strokes = [step.stroke_version.stroke_id for step in steps if step.stroke_version]
    media = media_of(program.clinic_id, strokes)
    said = sentences(program.clinic_id, language, "stop_rule", "safe_sleep_line", "verse.")
    return Routine(
        program_id=program.pk,
        version_id=version.pk,
        title=program.title,
        title_language=program.language,
        prescription=prescription.sentence(prescription_of(version, parts)),
        note=version.note,
        language=version.language,
        steps=tuple(_in_own_words(_step(step, texts, said, media), own or {}) for step in steps),
        waiting=tuple(_step(step, texts, said, media).name for step in waiting),
        stop_rule=said["stop_rule"].text if "stop_rule" in said else "",
        safe_sleep_line=_safe_sleep_line(version, parts, child, said, on=on),
    )


def _slug(step: ProgramStep) -> str:
    return step.stroke_version.stroke.slug if step.stroke_version else ""


def _step(
    step: ProgramStep,
    texts: dict[uuid.UUID, StrokeText],
    said: dict[str, Sentence],
    media: dict[uuid.UUID, tuple[Media, ...]],
) -> RoutineStep:
    stroke = step.stroke_version
    if stroke is None:
        return RoutineStep(
            id=step.pk,
            kind=StepKind(step.kind),
            stroke="",
            region="",
            name=step.name or labels.label(StepKind, step.kind),
            instruction="",
            words=step.words_to_say,
            note=step.note,
            side=step.side,
            seconds=step.seconds,
            repetitions=step.repetitions,
        )
    text = texts.get(stroke.pk, StrokeText())
    verse = said.get(f"verse.{stroke.body_region}")
    return RoutineStep(
        id=step.pk,
        kind=StepKind.STROKE,
        stroke=stroke.stroke.slug,
        region=stroke.body_region,
        name=text.name,
        instruction=text.instruction,
        words=step.words_to_say or text.words_to_say or (verse.text if verse else ""),
        note=step.note,
        side=step.side,
        seconds=step.seconds,
        repetitions=step.repetitions,
        media=media.get(stroke.stroke_id, ()),
    )


def _in_own_words(step: RoutineStep, own: Mapping[str, OwnWords]) -> RoutineStep:
    """The step as a household says it: the stroke in its own words, else its verse, else as it was."""
    spoken, sung = own.get(step.stroke), own.get(f"verse_{step.region}")
    written = next((one for one in (spoken, sung) if one is not None and one.words), None)
    heard = next((one for one in (spoken, sung) if one is not None and one.has_recording), None)
    return replace(
        step,
        words=written.words if written else step.words,
        words_language=written.language if written else "",
        recording=heard.id if heard else None,
    )


def _safe_sleep_line(
    version: ProgramVersion, parts: Parts, child: Child, said: dict[str, Sentence], *, on: dt.date
) -> str:
    is_asked = asks_safe_sleep(
        child.ages_on(on), anchors=[slot.anchor for slot in parts.slots], target_states=version.target_states
    )
    return said["safe_sleep_line"].text if is_asked and "safe_sleep_line" in said else ""
