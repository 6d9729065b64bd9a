"""Loading the built-in library: strokes, presets, contraindications and texts, from their data files.

Loading again changes nothing that is the same. A changed number or text makes a new version beside the old
one, so that a program published earlier still says what it said. What left the library is retired, never
removed.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Model

from tracking.models import (
    Contraindication,
    LibraryText,
    Preset,
    PresetWords,
    Stroke,
    StrokeVersion,
    StrokeWords,
)
from tracking.readings import concern_texts

DATA = Path(__file__).parent / "library_data" / "strokes.json"
BASIS = {"per side": True, "total": False}


@dataclass(slots=True)
class Loaded:
    """What loading did, counted by kind of row: `added`, `new_versions`, `retired`; the rest was the same."""

    added: Counter[str] = field(default_factory=Counter)
    new_versions: Counter[str] = field(default_factory=Counter)
    retired: Counter[str] = field(default_factory=Counter)

    @property
    def is_unchanged(self) -> bool:
        return not (self.added or self.new_versions or self.retired)


def read_library(path: Path = DATA) -> dict[str, Any]:
    """The library as it ships, in its own language."""
    library: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return library


@transaction.atomic
def load_library(*, library: Mapping[str, Any], now: dt.datetime) -> Loaded:
    """Bring the built-in rows up to `library`, a document in one language.

    A stroke's words in another language are carried over to its new version. Raises KeyError for a document
    of another shape.
    """
    loaded = Loaded()
    language = library["language"]
    _load_strokes(library["strokes"], language, now, loaded)
    _load_presets(library["presets"], language, now, loaded)
    _load_contraindications(library["contraindications"], loaded)
    _load_texts(_texts(library), language, loaded)
    return loaded


# ---- strokes -------------------------------------------------------------------------------------------


def _load_strokes(
    documents: Iterable[Mapping[str, Any]], language: str, now: dt.datetime, loaded: Loaded
) -> None:
    standing = {
        stroke.slug: stroke
        for stroke in Stroke.objects.filter(clinic=None)
        .select_related("current_version")
        .prefetch_related("current_version__words")
    }
    for document in documents:
        stroke = standing.pop(document["slug"], None)
        if stroke is None:
            stroke = Stroke.objects.create(slug=document["slug"])
            loaded.added["stroke"] += 1
        elif stroke.retired_at is not None:
            stroke.retired_at = None
            stroke.save(update_fields=["retired_at"])
            loaded.added["stroke"] += 1
        _load_stroke(stroke, document, language, now, loaded)
    for stroke in standing.values():
        _retire(stroke, now, loaded)


def _load_stroke(
    stroke: Stroke, document: Mapping[str, Any], language: str, now: dt.datetime, loaded: Loaded
) -> None:
    facts, words = _stroke_facts(document), _stroke_words(document)
    current = stroke.current_version
    others: list[StrokeWords] = []
    if current is not None:
        texts = {text.language: text for text in current.words.all()}
        own = texts.pop(language, None)
        others = list(texts.values())
        if _holds(current, facts) and own is None:
            StrokeWords.objects.create(version=current, language=language, **words)
            loaded.added["stroke words"] += 1
            return
        if _holds(current, facts) and own is not None and _holds(own, words):
            return
        loaded.new_versions["stroke"] += 1
    version = StrokeVersion.objects.create(
        stroke=stroke,
        number=current.number + 1 if current else 1,
        content_hash=_hash({"facts": facts, language: words}),
        created_at=now,
        **facts,
    )
    StrokeWords.objects.create(version=version, language=language, **words)
    for text in others:
        kept = {name: getattr(text, name) for name in words}
        StrokeWords.objects.create(version=version, language=text.language, **kept)
    stroke.current_version = version
    stroke.save(update_fields=["current_version"])


def _stroke_facts(document: Mapping[str, Any]) -> dict[str, Any]:
    fewest, most = document["typical_repetitions"]
    if BASIS[document["seconds_basis"]] != document["side_specific"]:
        raise ValueError(f"{document['slug']}: seconds are counted per side where a stroke is side-specific")
    return {
        "order": document["order"],
        "body_region": document["body_region"],
        "is_side_specific": document["side_specific"],
        "pressure": document["pressure"],
        "contact": document["contact"],
        "may_use_product": document["may_use_product"],
        "typical_seconds": document["typical_seconds"],
        "fewest_repetitions": fewest,
        "most_repetitions": most,
        "min_corrected_age_weeks": document["min_corrected_age_weeks"],
        "gate": document["gate"],
        "tags": document["tags"],
        "conflicts": document["conflicts"],
    }


def _stroke_words(document: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "name": document["name"],
        "also_known_as": document["also_known_as"],
        "position": document["position"],
        "instruction": document["instruction"],
        "words_to_say": document["body_awareness_phrase"],
        "precautions": document["precautions"],
        "note": document["note"] or "",
    }


# ---- presets -------------------------------------------------------------------------------------------


def _load_presets(
    documents: Iterable[Mapping[str, Any]], language: str, now: dt.datetime, loaded: Loaded
) -> None:
    standing = {
        preset.slug: preset for preset in Preset.objects.filter(clinic=None).prefetch_related("words")
    }
    for document in documents:
        facts = {
            "stroke_slugs": document["strokes"],
            "contact": document.get("contact", ""),
            "tags": document["tags"],
        }
        words = {
            "name": document["name"],
            "position": document.get("position", ""),
            "note": document.get("note", ""),
        }
        content = {"content_hash": _hash({"facts": facts, language: words}), **facts}
        preset = standing.pop(document["slug"], None)
        if preset is None:
            preset = Preset.objects.create(slug=document["slug"], **content)
            PresetWords.objects.create(preset=preset, language=language, **words)
            loaded.added["preset"] += 1
            continue
        own = next((text for text in preset.words.all() if text.language == language), None)
        if own is None:
            PresetWords.objects.create(preset=preset, language=language, **words)
            loaded.added["preset words"] += 1
        said_the_same = own is None or _holds(own, words)
        if _holds(preset, facts) and said_the_same and preset.retired_at is None:
            continue
        PresetWords.objects.filter(preset=preset, language=language).update(**words)
        Preset.objects.filter(pk=preset.pk).update(number=preset.number + 1, retired_at=None, **content)
        loaded.new_versions["preset"] += 1
    for preset in standing.values():
        _retire(preset, now, loaded)


# ---- contraindications and texts -----------------------------------------------------------------------


def _load_contraindications(documents: Iterable[Mapping[str, Any]], loaded: Loaded) -> None:
    standing = {row.code: row for row in Contraindication.objects.filter(is_current=True)}
    for order, document in enumerate(documents, start=1):
        facts = {
            "order": order,
            "how": document["how"],
            "applies_to": document["applies_to"],
            "action": document["action"],
            "needs": document["needs"],
            "is_of_the_moment": document.get("moment", False),
        }
        current = standing.pop(document["code"], None)
        if current is not None and _holds(current, facts):
            continue
        number = 1
        if current is not None:
            number = current.number + 1
            Contraindication.objects.filter(pk=current.pk).update(is_current=False)
        elif past := Contraindication.objects.filter(code=document["code"]).order_by("-number").first():
            number = past.number + 1
        Contraindication.objects.create(code=document["code"], number=number, **facts)
        (loaded.added if number == 1 else loaded.new_versions)["contraindication"] += 1
    for row in standing.values():
        Contraindication.objects.filter(pk=row.pk).update(is_current=False)
        loaded.retired["contraindication"] += 1


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence of the library by its code, with its source and the numbers it stands for."""

    code: str
    text: str
    source: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)


def _texts(library: Mapping[str, Any]) -> Iterator[Text]:
    about = ("version", "authorship", "viewpoint", "age_rule", "usual_order")
    yield Text("library", library["clinical_status"], data={name: library[name] for name in about})
    rule = dict(library["stop_rule"])
    yield Text("stop_rule", rule.pop("text"), source=rule["status"], data=rule)
    sleep = library["safe_sleep_line"]
    yield Text("safe_sleep_line", sleep["text"], source=sleep["source"], data={"applies": sleep["applies"]})
    for level in library["pressure_levels"]:
        yield Text(f"pressure.{level['code']}", level["description"], data={"label": level["label"]})
    for row in library["contraindications"]:
        note = {"note": row["note"]} if "note" in row else {}
        yield Text(f"contraindication.{row['code']}", row["text"], data=note)
    for verse in library["verses"][library["language"]]:
        yield Text(f"verse.{verse['region']}", verse["verse"], data={"tune": verse["tune"]})
    if library["language"] == concern_texts.document()["language"]:
        yield from (Text(code, text) for code, text in concern_texts.built_in_texts())


def _load_texts(texts: Iterable[Text], language: str, loaded: Loaded) -> None:
    standing = {
        row.code: row for row in LibraryText.objects.filter(clinic=None, language=language, is_current=True)
    }
    for text in texts:
        facts = {"text": text.text, "source": text.source, "data": dict(text.data)}
        current = standing.pop(text.code, None)
        if current is not None and _holds(current, facts):
            continue
        past = LibraryText.objects.filter(clinic=None, language=language, code=text.code)
        number = max(past.values_list("number", flat=True), default=0) + 1
        past.filter(is_current=True).update(is_current=False)
        LibraryText.objects.create(code=text.code, language=language, number=number, **facts)
        (loaded.added if number == 1 else loaded.new_versions)["text"] += 1
    for row in standing.values():
        LibraryText.objects.filter(pk=row.pk).update(is_current=False)
        loaded.retired["text"] += 1


# ---- both ----------------------------------------------------------------------------------------------


def _holds(row: Model, values: Mapping[str, Any]) -> bool:
    return all(getattr(row, name) == value for name, value in values.items())


def _retire(row: Stroke | Preset, now: dt.datetime, loaded: Loaded) -> None:
    if row.retired_at is None:
        row.retired_at = now
        row.save(update_fields=["retired_at"])
        loaded.retired["preset" if isinstance(row, Preset) else "stroke"] += 1


def _hash(content: Mapping[str, Any]) -> str:
    """SHA-256 of the content, whatever the order of its keys."""
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
