"""What a program can be made of: the strokes and presets a clinic offers, judged for one child."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import get_language

from clinic.ages import Ages
from clinic.models import Child, Clinic
from tracking.models import Preset, Stroke, StrokeVersion
from tracking.precautions import Conflict, StrokeRule, conflicts
from tracking.readings.library import child_precautions, contraindication_rules, stroke_rule
from tracking.readings.texts import PresetText, StrokeText, preset_texts, stroke_texts
from tracking.vocabulary.body import BodyRegion
from tracking.vocabulary.reasons import ConflictHow


@dataclass(frozen=True, slots=True)
class StrokeChoice:
    """A stroke and what stands between it and the child; `refused` is the block, None: it may be added."""

    stroke: Stroke
    text: StrokeText
    conflicts: tuple[Conflict, ...]

    @property
    def slug(self) -> str:
        return self.stroke.slug

    @property
    def refused(self) -> Conflict | None:
        return next((one for one in self.conflicts if one.how is ConflictHow.BLOCK), None)

    @property
    def needs_reason(self) -> bool:
        return any(one.how is ConflictHow.ACKNOWLEDGE for one in self.conflicts)


@dataclass(frozen=True, slots=True)
class RegionChoices:
    """The strokes of one body region, in the library's order."""

    region: BodyRegion
    strokes: tuple[StrokeChoice, ...]


@dataclass(frozen=True, slots=True)
class PresetChoice:
    """A preset: its strokes by name, in order, and the seconds one pass takes.

    `refused` are the names of strokes that cannot be prescribed for the child.
    """

    preset: Preset
    text: PresetText
    names: tuple[str, ...]
    pass_seconds: int
    refused: tuple[str, ...]

    @property
    def minutes(self) -> float:
        return round(self.pass_seconds / 60, 1)


def stroke_choices(child: Child, *, on: dt.date, query: str = "") -> tuple[RegionChoices, ...]:
    """Every stroke the child's clinic offers, by region, judged for this child on a local day.

    `query` keeps those whose name, other name or instruction holds it. Four statements.
    """
    found = _choices(child.clinic, child, on)
    wanted = query.strip().casefold()
    if wanted:
        found = [one for one in found if wanted in _searched(one.text)]
    return tuple(
        RegionChoices(region, strokes)
        for region in BodyRegion
        if (strokes := tuple(one for one in found if _region(one) == region))
    )


def preset_choices(child: Child, *, on: dt.date) -> tuple[PresetChoice, ...]:
    """The presets the child's clinic offers, its own first. Six statements."""
    by_slug = {one.slug: one for one in _choices(child.clinic, child, on)}
    presets = sorted(
        Preset.objects.offered_in(child.clinic).order_by("id"),
        key=lambda preset: preset.clinic_id is None,
    )
    texts = preset_texts([preset.pk for preset in presets], _language())
    return tuple(
        PresetChoice(
            preset=preset,
            text=texts.get(preset.pk, PresetText(name=preset.slug)),
            names=tuple(one.text.name for one in held),
            pass_seconds=sum(_pass_seconds(one) for one in held),
            refused=tuple(one.text.name for one in held if one.refused),
        )
        for preset in presets
        for held in [[by_slug[slug] for slug in preset.stroke_slugs if slug in by_slug]]
    )


def offered_preset(clinic: Clinic, pk: uuid.UUID | None) -> Preset | None:
    """A preset the clinic offers; None for none, and for one it does not."""
    return Preset.objects.offered_in(clinic).filter(pk=pk).first() if pk else None


def _choices(clinic: Clinic, child: Child, on: dt.date) -> list[StrokeChoice]:
    strokes = list(
        Stroke.objects.offered_in(clinic)
        .filter(current_version__isnull=False)
        .select_related("current_version")
        .order_by("current_version__order", "slug", "id")
    )
    texts = stroke_texts(
        [stroke.current_version_id for stroke in strokes if stroke.current_version_id], _language()
    )
    judged = _judged(child, strokes, child.ages_on(on), on)
    return [
        StrokeChoice(
            stroke=stroke,
            text=texts.get(_version(stroke).pk, StrokeText(name=stroke.slug)),
            conflicts=tuple(one for one in judged if one.stroke in ("", stroke.slug)),
        )
        for stroke in strokes
    ]


def _judged(child: Child, strokes: Iterable[Stroke], ages: Ages, on: dt.date) -> tuple[Conflict, ...]:
    return conflicts(
        precautions=child_precautions(child),
        rules=contraindication_rules(),
        strokes=[_rule(stroke) for stroke in strokes],
        ages=ages,
        on=on,
    )


def _rule(stroke: Stroke) -> StrokeRule:
    version = _version(stroke)
    version.stroke = stroke
    return stroke_rule(version)


def _version(stroke: Stroke) -> StrokeVersion:
    assert stroke.current_version is not None, "chosen only where there is one"
    return stroke.current_version


def _region(choice: StrokeChoice) -> str:
    return _version(choice.stroke).body_region


def _pass_seconds(choice: StrokeChoice) -> int:
    return _version(choice.stroke).pass_seconds


def _searched(text: StrokeText) -> str:
    return " ".join([text.name, *text.also_known_as, text.instruction]).casefold()


def _language() -> str:
    return get_language() or "en"
