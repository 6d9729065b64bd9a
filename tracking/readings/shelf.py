"""A clinic's library: strokes and presets in the reader's language, and whose wording it is.

`picker` adds, for one child, what each stroke would conflict with.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from django.db.models import Q

from clinic.errors import Unseen
from clinic.models import Child, Clinic
from tracking.models import HiddenLibraryItem, Preset, Stroke, StrokeVersion
from tracking.precautions import Conflict
from tracking.prescription import Step, pass_seconds, prefilled_minutes
from tracking.readings.conflicts import ConflictsOfChild, StandingConflict, told
from tracking.readings.library import library_version
from tracking.readings.program_steps import Media, media_of
from tracking.readings.texts import (
    Adoption,
    PresetText,
    Sentence,
    StrokeText,
    adoption,
    preset_texts,
    sentences,
    stroke_texts,
)
from tracking.vocabulary.body import BodyRegion
from tracking.vocabulary.programs import StepKind
from tracking.vocabulary.reasons import ConflictHow
from tracking.wording import conflicts as conflict_wording
from tracking.wording.ages import minimum_age


@dataclass(frozen=True, slots=True)
class StrokeConflict:
    """What stands between one child and one stroke, in a sentence."""

    code: str
    how: str
    sentence: str


@dataclass(frozen=True, slots=True)
class StrokeCard:
    """A stroke on the shelf. `seconds` of one pass, both sides together; `text` its words.

    `is_own`: the clinic's; `is_hidden`: built in and not offered here. `conflicts` are those with one child,
    strictest first, empty outside the picker.
    """

    id: uuid.UUID
    version: uuid.UUID
    number: int
    slug: str
    text: StrokeText
    region: str
    pressure: str
    contact: str
    may_use_product: bool
    is_side_specific: bool
    seconds: int
    typical_seconds: int
    fewest_repetitions: int
    most_repetitions: int
    min_corrected_age_weeks: int
    minimum_age: str
    gate: str
    tags: tuple[str, ...]
    conflict_codes: tuple[tuple[str, str], ...]
    is_own: bool
    is_hidden: bool
    is_retired: bool
    media: tuple[Media, ...] = ()
    conflicts: tuple[StrokeConflict, ...] = field(default=())

    @property
    def is_blocked(self) -> bool:
        return any(conflict.how == ConflictHow.BLOCK for conflict in self.conflicts)

    @property
    def needs_reason(self) -> bool:
        return any(conflict.how == ConflictHow.ACKNOWLEDGE for conflict in self.conflicts)


@dataclass(frozen=True, slots=True)
class PresetCard:
    """A preset on the shelf. `strokes` are (slug, name) in order; `seconds` and `minutes` of one pass.

    `blocked` and `needs_reason` count its strokes for one child, 0 outside the picker.
    """

    id: uuid.UUID
    slug: str
    number: int
    name: str
    position: str
    note: str
    strokes: tuple[tuple[str, str], ...]
    seconds: int
    minutes: int
    contact: str
    tags: tuple[str, ...]
    is_own: bool
    is_hidden: bool
    is_retired: bool
    blocked: int = 0
    needs_reason: int = 0


@dataclass(frozen=True, slots=True)
class Shelf:
    """A clinic's library. `adopted` None: the built-in words are draft wording."""

    version: str
    adopted: Adoption | None
    strokes: tuple[StrokeCard, ...]
    presets: tuple[PresetCard, ...]

    def of_region(self, region: str) -> tuple[StrokeCard, ...]:
        return tuple(card for card in self.strokes if card.region == region)


def shelf(clinic: Clinic, *, language: str, with_hidden: bool = False) -> Shelf:
    """What the clinic offers, strokes in the usual order of a massage; in ten queries.

    `with_hidden`: also what it hides and what of its own it has retired, to bring back.
    """
    strokes = _strokes(clinic, with_hidden=with_hidden)
    texts = stroke_texts((_version(stroke).pk for stroke in strokes), language)
    hidden_strokes, hidden_presets = _hidden(clinic) if with_hidden else (frozenset(), frozenset())
    media = media_of(clinic.pk, (stroke.pk for stroke in strokes))
    cards = [
        _card(
            stroke,
            texts.get(_version(stroke).pk, StrokeText(name=stroke.slug)),
            media.get(stroke.pk, ()),
            is_hidden=stroke.pk in hidden_strokes,
        )
        for stroke in strokes
    ]
    by_slug = _by_slug(cards)
    presets = _presets(clinic, with_hidden=with_hidden)
    words = preset_texts((preset.pk for preset in presets), language)
    return Shelf(
        version=library_version(),
        adopted=adoption(clinic.pk),
        strokes=tuple(cards),
        presets=tuple(
            _preset_card(
                preset, words.get(preset.pk, PresetText(preset.slug)), by_slug, preset.pk in hidden_presets
            )
            for preset in presets
        ),
    )


def picker(child: Child, *, on: dt.date, language: str) -> Shelf:
    """The shelf of the child's clinic and what each stroke would be in conflict with on that day."""
    offered = shelf(child.clinic, language=language)
    versions = list(
        StrokeVersion.objects.filter(pk__in=[card.version for card in offered.strokes]).select_related(
            "stroke"
        )
    )
    found = ConflictsOfChild(child, []).of_strokes(versions, on=on)
    ages = child.ages_on(on)
    cards = []
    for card in offered.strokes:
        told_of = [
            StrokeConflict(
                one.code,
                str(one.how),
                conflict_wording.conflict(told(_standing(one, card), ages)),
            )
            for one in found.get(card.version, ())
        ]
        cards.append(replace(card, conflicts=tuple(told_of)))
    by_slug = _by_slug(cards)
    return replace(
        offered,
        strokes=tuple(cards),
        presets=tuple(
            replace(
                preset,
                blocked=sum(by_slug[slug].is_blocked for slug, _ in preset.strokes if slug in by_slug),
                needs_reason=sum(by_slug[slug].needs_reason for slug, _ in preset.strokes if slug in by_slug),
            )
            for preset in offered.presets
        ),
    )


def stroke_of(clinic: Clinic, pk: uuid.UUID) -> Stroke:
    """A built-in stroke or the clinic's own, hidden and retired ones too. Raises Unseen for any other."""
    row = Stroke.objects.filter(Q(clinic=clinic) | Q(clinic__isnull=True), pk=pk).first()
    if row is None:
        raise Unseen
    return row


def preset_of(clinic: Clinic, pk: uuid.UUID) -> Preset:
    """A built-in preset or the clinic's own, hidden and retired ones too. Raises Unseen for any other."""
    row = Preset.objects.filter(Q(clinic=clinic) | Q(clinic__isnull=True), pk=pk).first()
    if row is None:
        raise Unseen
    return row


def library_sentences(clinic: Clinic, *, language: str) -> dict[str, Sentence]:
    """Every clinical sentence by code: stop rule, safe sleep, pressures, verses, contraindications."""
    return sentences(
        clinic.pk, language, "stop_rule", "safe_sleep_line", "pressure.", "verse.", "contraindication."
    )


# ---- rows -------------------------------------------------------------------------------------------------


def _strokes(clinic: Clinic, *, with_hidden: bool) -> list[Stroke]:
    """Strokes with their current version, in the usual order; the clinic's own after the built-in ones."""
    rows = Stroke.objects.filter(current_version__isnull=False).select_related("current_version")
    if with_hidden:
        rows = rows.filter(Q(clinic=clinic) | Q(clinic__isnull=True, retired_at__isnull=True))
    else:
        rows = rows.filter(pk__in=Stroke.objects.offered_in(clinic).values("pk"))
    order = list(BodyRegion)
    return sorted(
        rows.order_by("id"),
        key=lambda row: (
            order.index(BodyRegion(_version(row).body_region)),
            _version(row).order,
            row.slug,
        ),
    )


def _presets(clinic: Clinic, *, with_hidden: bool) -> list[Preset]:
    if with_hidden:
        rows = Preset.objects.filter(Q(clinic=clinic) | Q(clinic__isnull=True, retired_at__isnull=True))
    else:
        rows = Preset.objects.offered_in(clinic)
    return list(rows.order_by("clinic_id", "slug", "id"))


def _hidden(clinic: Clinic) -> tuple[frozenset[uuid.UUID], frozenset[uuid.UUID]]:
    """The ids of the strokes and of the presets this clinic hides."""
    strokes, presets = set(), set()
    for row in HiddenLibraryItem.objects.filter(clinic=clinic).order_by("id"):
        if row.stroke_id is not None:
            strokes.add(row.stroke_id)
        elif row.preset_id is not None:
            presets.add(row.preset_id)
    return frozenset(strokes), frozenset(presets)


def _version(stroke: Stroke) -> StrokeVersion:
    assert stroke.current_version is not None
    return stroke.current_version


def _card(stroke: Stroke, text: StrokeText, media: tuple[Media, ...], *, is_hidden: bool) -> StrokeCard:
    version = _version(stroke)
    return StrokeCard(
        id=stroke.pk,
        version=version.pk,
        number=version.number,
        slug=stroke.slug,
        text=text,
        region=version.body_region,
        pressure=version.pressure,
        contact=version.contact,
        may_use_product=version.may_use_product,
        is_side_specific=version.is_side_specific,
        seconds=version.pass_seconds,
        typical_seconds=version.typical_seconds,
        fewest_repetitions=version.fewest_repetitions,
        most_repetitions=version.most_repetitions,
        min_corrected_age_weeks=version.min_corrected_age_weeks,
        minimum_age=minimum_age(version.min_corrected_age_weeks),
        gate=version.gate,
        tags=tuple(version.tags),
        conflict_codes=tuple((one["code"], one["how"]) for one in version.conflicts),
        is_own=stroke.clinic_id is not None,
        is_hidden=is_hidden,
        is_retired=stroke.retired_at is not None,
        media=media,
    )


def _preset_card(
    preset: Preset, text: PresetText, strokes: Mapping[str, StrokeCard], is_hidden: bool
) -> PresetCard:
    steps = [
        Step(StepKind.STROKE, strokes[slug].seconds, slug) for slug in preset.stroke_slugs if slug in strokes
    ]
    return PresetCard(
        id=preset.pk,
        slug=preset.slug,
        number=preset.number,
        name=text.name,
        position=text.position,
        note=text.note,
        strokes=tuple(
            (slug, strokes[slug].text.name if slug in strokes else slug) for slug in preset.stroke_slugs
        ),
        seconds=pass_seconds(steps),
        minutes=prefilled_minutes(steps),
        contact=preset.contact,
        tags=tuple(preset.tags),
        is_own=preset.clinic_id is not None,
        is_hidden=is_hidden,
        is_retired=preset.retired_at is not None,
    )


def _by_slug(cards: Iterable[StrokeCard]) -> dict[str, StrokeCard]:
    """By slug, the clinic's own before a built-in one, as prescribing chooses."""
    return {card.slug: card for card in sorted(cards, key=lambda card: card.is_own)}


def _standing(one: Conflict, card: StrokeCard) -> StandingConflict:
    """A stroke's own conflict as one of a version with that stroke alone."""
    return StandingConflict(
        conflict=one,
        stroke_name=card.text.name,
        orders=(),
        minimum_age_weeks=card.min_corrected_age_weeks,
    )
