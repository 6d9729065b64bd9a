"""The library's words in a reader's language, falling back field by field (docs/architecture.md, rule 20).

An untranslated field is read in the next language: the reader's, its base language ("de" for "de-AT"),
English, then any other (a clinic's own stroke may exist in the clinic's language only).
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from tracking.models import LibraryText, PresetWords, StrokeWords, WordingAdoption
from tracking.readings.library import BUILT_IN_LANGUAGE, library_version


@dataclass(frozen=True, slots=True)
class StrokeText:
    """A stroke's words. `language` is that of its instruction, which may not be the one asked for."""

    name: str = ""
    also_known_as: tuple[str, ...] = ()
    position: str = ""
    instruction: str = ""
    words_to_say: str = ""
    precautions: tuple[str, ...] = ()
    note: str = ""
    language: str = BUILT_IN_LANGUAGE


@dataclass(frozen=True, slots=True)
class PresetText:
    """A preset's words; `language` is that of its name."""

    name: str = ""
    position: str = ""
    note: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One text of the library; `source` is where it is from, `data` the numbers it stands for."""

    code: str
    text: str
    language: str
    source: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Adoption:
    """Who adopted the wording for the clinic, with which credential, when."""

    name: str
    credential: str
    at: dt.datetime


def languages(language: str) -> tuple[str, ...]:
    """The languages to read in, best first."""
    wanted = language.lower().replace("_", "-")
    chain = [wanted, wanted.partition("-")[0], BUILT_IN_LANGUAGE]
    return tuple(dict.fromkeys(one for one in chain if one))


def stroke_texts(version_ids: Iterable[uuid.UUID], language: str) -> dict[uuid.UUID, StrokeText]:
    """The words of stroke versions by version id, in one query."""
    rows = StrokeWords.objects.filter(version__in=set(version_ids)).order_by("language", "id")
    found: dict[uuid.UUID, list[StrokeWords]] = defaultdict(list)
    for row in rows:
        found[row.version_id].append(row)
    return {version: _stroke_text(_best_first(rows, language)) for version, rows in found.items()}


def preset_texts(preset_ids: Iterable[uuid.UUID], language: str) -> dict[uuid.UUID, PresetText]:
    """The words of presets by preset id, in one query."""
    found: dict[uuid.UUID, list[PresetWords]] = defaultdict(list)
    for row in PresetWords.objects.filter(preset__in=set(preset_ids)).order_by("language", "id"):
        found[row.preset_id].append(row)
    texts = {}
    for preset, unordered in found.items():
        rows = _best_first(unordered, language)
        texts[preset] = PresetText(
            name=_first(row.name for row in rows),
            position=_first(row.position for row in rows),
            note=_first(row.note for row in rows),
            language=_first(row.language for row in rows if row.name),
        )
    return texts


def sentences(clinic_id: uuid.UUID | None, language: str, *kinds: str) -> dict[str, Sentence]:
    """The library's texts by code, all that begin with one of `kinds` ("verse.", "stop_rule"), in one query.

    A clinic's own text goes before the built-in one of the same language.
    """
    wanted = Q()
    for kind in kinds:
        wanted |= Q(code__startswith=kind)
    rows = LibraryText.objects.filter(
        wanted, Q(clinic__isnull=True) | Q(clinic=clinic_id), is_current=True
    ).order_by("code", "id")
    by_code: dict[str, list[LibraryText]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: row.clinic_id is None):
        by_code[row.code].append(row)
    return {
        code: Sentence(code, best.text, best.language, best.source, best.data)
        for code, rows_of in by_code.items()
        if (best := next(iter(_best_first(rows_of, language)), None))
    }


def adoption(clinic_id: uuid.UUID, *, version: str = "") -> Adoption | None:
    """The clinic's adoption of a version of wording, of the library's that is loaded where none is named;
    None: it is draft wording.
    """
    row = (
        WordingAdoption.objects.filter(clinic=clinic_id, library_version=version or library_version())
        .order_by("-adopted_at", "-id")
        .first()
    )
    return Adoption(row.name, row.credential, row.adopted_at) if row else None


def _best_first(rows: Sequence[Any], language: str) -> list[Any]:
    """Rows in the order their languages are read; rows of one language keep their order."""
    chain = languages(language)
    return sorted(rows, key=lambda row: chain.index(row.language) if row.language in chain else len(chain))


def _stroke_text(rows: Sequence[StrokeWords]) -> StrokeText:
    return StrokeText(
        name=_first(row.name for row in rows),
        also_known_as=tuple(next((row.also_known_as for row in rows if row.also_known_as), ())),
        position=_first(row.position for row in rows),
        instruction=_first(row.instruction for row in rows),
        words_to_say=_first(row.words_to_say for row in rows),
        precautions=tuple(next((row.precautions for row in rows if row.precautions), ())),
        note=_first(row.note for row in rows),
        language=next((row.language for row in rows if row.instruction), BUILT_IN_LANGUAGE),
    )


def _first(texts: Iterable[str]) -> str:
    return next((text for text in texts if text), "")
