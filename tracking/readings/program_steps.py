"""The steps of a program as a family follows them and a therapist reads them."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from clinic.vocabulary import FileKind
from tracking.models import ProgramStep, StrokeMedia
from tracking.readings.family_words import OwnWords
from tracking.readings.teaching import Teaching
from tracking.readings.texts import Sentence, StrokeText
from tracking.schedule import is_open
from tracking.vocabulary.programs import StepKind
from tracking.wording.labels import label


@dataclass(frozen=True, slots=True)
class Media:
    """A clinic's picture or clip; the face makes its address."""

    id: uuid.UUID
    kind: str
    alt_text: str
    language: str

    @property
    def is_clip(self) -> bool:
        return self.kind == FileKind.CLIP


@dataclass(frozen=True, slots=True)
class StepReading:
    """One step, with the words in the reader's language.

    `stroke` is a slug, empty for other kinds. `seconds` in all, both sides together. `repetitions` is None
    where the library's `fewest` to `most` hold (both None for other kinds). `contact` is how it is done here.
    `words_to_say` are the household's own where it has some, else those prescribed, else the library's;
    `recording` is its voice. `has_own_…`: the program says it, not the
    library. `verse` may be sung for its part of the body. `is_open`: it belongs to the routine this week.
    """

    id: uuid.UUID
    order: int
    kind: str
    stroke: str
    stroke_version: uuid.UUID | None
    name: str
    has_own_name: bool
    region: str
    side: str
    is_side_specific: bool
    seconds: int
    repetitions: int | None
    fewest_repetitions: int | None
    most_repetitions: int | None
    pressure: str
    pressure_text: str
    contact: str
    has_own_contact: bool
    position: str
    instruction: str
    words_to_say: str
    words_language: str
    has_own_words: bool
    recording: uuid.UUID | None
    verse: str
    verse_language: str
    verse_recording: uuid.UUID | None
    verse_tune: str
    precautions: tuple[str, ...]
    note: str
    library_note: str
    opens_in_week: int | None
    opens_when_taught: bool
    is_open: bool
    media: tuple[Media, ...]

    @property
    def is_stroke(self) -> bool:
        return self.kind == StepKind.STROKE

    @property
    def has_clip(self) -> bool:
        return any(one.is_clip for one in self.media)


def media_of(clinic_id: uuid.UUID, stroke_ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, tuple[Media, ...]]:
    """What of a clinic's media can be shown, by stroke id and in order; in one query."""
    found: dict[uuid.UUID, list[Media]] = defaultdict(list)
    rows = StrokeMedia.objects.filter(clinic=clinic_id, stroke__in=set(stroke_ids)).ready()
    for row in rows.in_order():
        found[row.stroke_id].append(Media(row.pk, row.kind, row.alt_text, row.language))
    return {stroke: tuple(media) for stroke, media in found.items()}


@dataclass(frozen=True, slots=True)
class StepWords:
    """What the steps of several versions are worded with, read once."""

    strokes: Mapping[uuid.UUID, StrokeText]
    sentences: Mapping[str, Sentence]
    media: Mapping[uuid.UUID, tuple[Media, ...]]
    teaching: Teaching
    own: Mapping[str, OwnWords]

    def read(self, step: ProgramStep, *, week: int | None) -> StepReading:
        """A step in program week `week`, None before the first."""
        version = step.stroke_version
        text = self.strokes.get(version.pk, StrokeText()) if version else StrokeText()
        region = version.body_region if version else ""
        verse = self.sentences.get(f"verse.{region}")
        own = self.own.get(version.stroke.slug) if version else None
        sung = self.own.get(f"verse_{region}")
        pressure = self.sentences.get(f"pressure.{version.pressure}") if version else None
        return StepReading(
            id=step.pk,
            order=step.order,
            kind=step.kind,
            stroke=version.stroke.slug if version else "",
            stroke_version=version.pk if version else None,
            name=step.name or text.name or label(StepKind, step.kind),
            has_own_name=bool(step.name),
            region=region,
            side=step.side,
            is_side_specific=version.is_side_specific if version else False,
            seconds=step.seconds,
            repetitions=step.repetitions,
            fewest_repetitions=version.fewest_repetitions if version else None,
            most_repetitions=version.most_repetitions if version else None,
            pressure=version.pressure if version else "",
            pressure_text=pressure.text if pressure else "",
            contact=step.contact or (version.contact if version else ""),
            has_own_contact=bool(step.contact),
            position=text.position,
            instruction=text.instruction,
            words_to_say=(own and own.words) or step.words_to_say or text.words_to_say,
            words_language=own.language if own and own.words else "",
            has_own_words=bool((own and own.words) or step.words_to_say),
            recording=own.id if own and own.has_recording else None,
            verse=(sung and sung.words) or (verse.text if verse else ""),
            verse_language=sung.language if sung and sung.words else "",
            verse_recording=sung.id if sung and sung.has_recording else None,
            verse_tune=str(verse.data.get("tune", "")) if verse else "",
            precautions=text.precautions,
            note=step.note,
            library_note=text.note,
            opens_in_week=step.opens_in_week,
            opens_when_taught=step.opens_when_taught,
            is_open=is_open(
                opens_in_week=step.opens_in_week,
                opens_when_taught=step.opens_when_taught,
                week=week,
                is_taught=step.opens_when_taught
                and self.teaching.is_taught(version.stroke.slug if version else ""),
            ),
            media=self.media.get(version.stroke_id, ()) if version else (),
        )
