"""Every code has words, and words for families keep the promises of the product."""

from __future__ import annotations

import inspect
import pkgutil
from enum import Enum, IntEnum, StrEnum
from importlib import import_module

import pytest
from django.utils import translation

import clinic.vocabulary
import tracking.models
import tracking.vocabulary
from tracking.vocabulary.cues import Cue
from tracking.vocabulary.states import InfantState
from tracking.vocabulary.touch import Intensity
from tracking.wording import labels


def vocabularies() -> list[type[Enum]]:
    modules = [clinic.vocabulary, tracking.models] + [
        import_module(f"tracking.vocabulary.{module.name}")
        for module in pkgutil.iter_modules(tracking.vocabulary.__path__)
    ]
    found = {
        value
        for module in modules
        for _, value in inspect.getmembers(module, inspect.isclass)
        if issubclass(value, Enum) and value not in {StrEnum, IntEnum} and len(value)
    }
    return sorted(found, key=lambda kind: kind.__name__)


@pytest.mark.parametrize("kind", vocabularies(), ids=lambda kind: kind.__name__)
def test_every_code_of_every_vocabulary_has_words(kind: type[Enum]) -> None:
    assert set(labels.TABLE[kind]) == set(kind)
    for member in kind:
        assert labels.label(kind, member.value).strip()


@pytest.mark.parametrize("kind", vocabularies(), ids=lambda kind: kind.__name__)
def test_labels_of_one_vocabulary_can_be_told_apart(kind: type[Enum]) -> None:
    for spoken in (labels.label, labels.tile):
        words = [spoken(kind, member.value) for member in kind]
        assert len(words) == len(set(words)), words


def test_tiles_fit_on_a_button() -> None:
    too_long = {
        labels.tile(kind, member.value)
        for kind in (Cue, InfantState, Intensity)
        for member in kind
        if len(labels.tile(kind, member.value)) > 20
    }
    assert not too_long


def test_no_label_blames_exclaims_or_counts_percent() -> None:
    for table in labels.TABLE.values():
        for words in table.values():
            for text in map(str, words):
                assert not {"!", "%"} & set(text), text
                for word in ("missed", "forgot", "overdue", "streak", "failed", "compliance"):
                    assert word not in text.lower(), text


def test_the_essays_own_cues_are_told_as_a_parent_would() -> None:
    assert labels.label(Cue, "ep_gaze") == "Looks at your face"
    assert labels.tile(Cue, "ep_offer") == "Offers next foot"
    assert labels.clinical(InfantState, "quiet_alert") == "Quiet alert"
    assert labels.more(Intensity, 3).startswith("Strong: cries")


def test_a_code_this_version_does_not_know_is_shown_as_it_came() -> None:
    assert labels.label(Cue, "ep_from_the_future") == "ep_from_the_future"
    assert labels.label(Cue, "") == ""


def test_lists_read_as_a_phrase() -> None:
    with translation.override("en"):
        assert labels.listed(["bath"]) == "bath"
        assert labels.listed(["bath", "massage", "lights out"]) == "bath, massage and lights out"
