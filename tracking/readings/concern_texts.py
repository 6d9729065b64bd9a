"""The rules of advice as they ship, and their texts in a reader's language."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tracking.concern_advice import Rules
from tracking.readings.texts import Adoption, adoption, sentences
from tracking.vocabulary.concerns import AdviceLevel

DATA = Path(__file__).parent / "advice_data" / "concerns.json"
TEXTS = "concern."
"""What the codes of these texts begin with in the library: `concern.fever_young.title`, `….text`."""
PARTS = ("title", "text")


@dataclass(frozen=True, slots=True)
class AdviceText:
    """What a family reads; `language` is that of `text`, which may not be the one asked for."""

    title: str
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class AdviceTexts:
    """The texts by advice key, and who adopted them for the clinic; None: draft wording."""

    by_key: dict[str, AdviceText]
    adopted: Adoption | None

    def __getitem__(self, key: str) -> AdviceText:
        """An advice of rules that are no longer here reads as something to call about."""
        return self.by_key.get(key) or self.by_key["unknown_kind"]


@cache
def document() -> dict[str, Any]:
    """The rules as a phone gets them, with their texts in the built-in language."""
    told: dict[str, Any] = json.loads(DATA.read_text(encoding="utf-8"))
    return told


@cache
def rules() -> Rules:
    return Rules.from_data(document())


def built_in_texts() -> Iterator[tuple[str, str]]:
    """(code, text) of each text in the built-in language, as the library keeps them."""
    for key, parts in document()["texts"].items():
        for part in PARTS:
            yield f"{TEXTS}{key}.{part}", parts[part]


@dataclass(frozen=True, slots=True)
class SourcedAdvice:
    """One advice as the clinic reads about it: its words, and where its rule is from."""

    key: str
    level: AdviceLevel
    text: AdviceText
    source: str


def advice_with_sources(clinic_id: uuid.UUID, language: str) -> tuple[SourcedAdvice, ...]:
    """Every advice once, in the order of the rules."""
    texts = advice_texts(clinic_id, language)
    first = {row["key"]: row for row in reversed(document()["rules"])}
    return tuple(
        SourcedAdvice(key, AdviceLevel(first[key]["level"]), texts[key], first[key]["source"])
        for key in texts.by_key
    )


def advice_texts(clinic_id: uuid.UUID, language: str) -> AdviceTexts:
    """Every advice in a language, field by field; a clinic's own words before the built-in ones."""
    found = sentences(clinic_id, language, TEXTS)
    by_key = {}
    for key in document()["texts"]:
        title, text = (found[f"{TEXTS}{key}.{part}"] for part in PARTS)
        by_key[key] = AdviceText(title.text, text.text, text.language)
    return AdviceTexts(by_key, adoption(clinic_id, version=rules().version))
