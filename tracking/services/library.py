"""A clinic's own strokes; `stroke_media`, `presets` and `offering` hold the rest of its library.

Nothing that was ever prescribed changes: a stroke is changed by a new version and removed by retiring it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils.text import slugify

from clinic import audit
from clinic.errors import Conflict, Forbidden, Invalid
from clinic.models import Clinic, User
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.models import Preset, Stroke, StrokeVersion, StrokeWords
from tracking.readings.library import contraindication_rules
from tracking.services.allowed import in_range, one_of, short_text
from tracking.vocabulary.body import BodyRegion, Contact, Pressure
from tracking.vocabulary.reasons import AgeGate, ConflictHow

MOST_TAGS = 12


class AlreadyInTheLibrary(Conflict):
    """The clinic has a stroke or preset with this slug already."""

    code = "already_in_the_library"


class NotYours(Forbidden):
    """Built-in items can be hidden or copied, but not changed."""

    code = "built_in"


@dataclass(frozen=True, slots=True, kw_only=True)
class StrokeInput:
    """A stroke as a clinic writes it. `typical_seconds` per side where `is_side_specific`, else in all.

    `conflicts` are (precaution code, block | acknowledge | adapt).
    """

    body_region: str
    pressure: str
    typical_seconds: int
    is_side_specific: bool = False
    contact: str = Contact.DRY_SKIN
    may_use_product: bool = False
    fewest_repetitions: int = 3
    most_repetitions: int = 5
    min_corrected_age_weeks: int = 4
    gate: str = AgeGate.ACKNOWLEDGE_UNDER_MINIMUM_AGE
    tags: Sequence[str] = ()
    conflicts: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StrokeWording:
    """A stroke's words in one language."""

    language: str
    name: str
    instruction: str
    words_to_say: str = ""
    position: str = ""
    also_known_as: Sequence[str] = ()
    precautions: Sequence[str] = ()
    note: str = ""


# ---- strokes ----------------------------------------------------------------------------------------------


@transaction.atomic
def add_stroke(
    *, by: User, clinic: Clinic, stroke: StrokeInput, words: Sequence[StrokeWording], now: dt.datetime
) -> Stroke:
    """A stroke of the clinic's own, its slug made of its first name.

    Where a built-in stroke has the same slug, the clinic's own goes before it. Raises AlreadyInTheLibrary,
    Invalid naming the field, Forbidden.
    """
    check_may_change(by, clinic)
    _check_stroke(stroke, words)
    slug = slugify(words[0].name)[:60] or "stroke"
    if Stroke.objects.filter(clinic=clinic, slug=slug).exists():
        raise AlreadyInTheLibrary(field="words.0.name")
    row = Stroke.objects.create(clinic=clinic, slug=slug)
    _write_version(row, stroke, words, by=by, now=now)
    tell_of(by, clinic, row, now, "added")
    return row


@transaction.atomic
def change_stroke(
    *, by: User, stroke: Stroke, facts: StrokeInput, words: Sequence[StrokeWording], now: dt.datetime
) -> StrokeVersion:
    """The next version of the clinic's own stroke; programs that hold an older one keep it.

    Raises NotYours for a built-in one, Invalid, Forbidden.
    """
    row = _own_stroke(by, stroke)
    _check_stroke(facts, words)
    version = _write_version(row, facts, words, by=by, now=now)
    tell_of(by, clinic_of(row), row, now, "changed")
    return version


@transaction.atomic
def retire_stroke(*, by: User, stroke: Stroke, now: dt.datetime) -> Stroke:
    """The clinic's own stroke, no longer offered. Raises NotYours for a built-in one, Forbidden."""
    row = _own_stroke(by, stroke)
    row.retired_at = row.retired_at or now
    row.save(update_fields=["retired_at"])
    tell_of(by, clinic_of(row), row, now, "retired")
    return row


def _write_version(
    stroke: Stroke, facts: StrokeInput, words: Sequence[StrokeWording], *, by: User, now: dt.datetime
) -> StrokeVersion:
    latest = stroke.versions.order_by("-number").first()
    content = {"facts": asdict(facts), "words": [asdict(one) for one in words]}
    version = StrokeVersion.objects.create(
        clinic=stroke.clinic,
        stroke=stroke,
        number=latest.number + 1 if latest else 1,
        body_region=facts.body_region,
        is_side_specific=facts.is_side_specific,
        pressure=facts.pressure,
        contact=facts.contact,
        may_use_product=facts.may_use_product,
        typical_seconds=facts.typical_seconds,
        fewest_repetitions=facts.fewest_repetitions,
        most_repetitions=facts.most_repetitions,
        min_corrected_age_weeks=facts.min_corrected_age_weeks,
        gate=facts.gate,
        tags=list(facts.tags),
        conflicts=[{"code": code, "how": how} for code, how in facts.conflicts],
        content_hash=content_hash(content),
        created_at=now,
        created_by=by,
    )
    StrokeWords.objects.bulk_create(
        StrokeWords(
            clinic=stroke.clinic,
            version=version,
            language=one.language,
            name=one.name.strip(),
            also_known_as=list(one.also_known_as),
            position=one.position.strip(),
            instruction=one.instruction.strip(),
            words_to_say=one.words_to_say.strip(),
            precautions=[text.strip() for text in one.precautions if text.strip()],
            note=one.note.strip(),
        )
        for one in words
    )
    stroke.current_version = version
    stroke.save(update_fields=["current_version"])
    return version


def _check_stroke(stroke: StrokeInput, words: Sequence[StrokeWording]) -> None:
    one_of("body_region", stroke.body_region, BodyRegion)
    one_of("pressure", stroke.pressure, Pressure)
    one_of("contact", stroke.contact, Contact)
    one_of("gate", stroke.gate, AgeGate)
    in_range("typical_seconds", stroke.typical_seconds, 5, 600)
    in_range("fewest_repetitions", stroke.fewest_repetitions, 1, 50)
    in_range("most_repetitions", stroke.most_repetitions, stroke.fewest_repetitions, 50)
    in_range("min_corrected_age_weeks", stroke.min_corrected_age_weeks, 0, 520)
    if stroke.contact == Contact.SKIN and not stroke.may_use_product:
        raise Invalid(field="contact", allowed=[str(Contact.THROUGH_CLOTHES), str(Contact.DRY_SKIN)])
    if stroke.pressure == Pressure.DEEP and (
        stroke.min_corrected_age_weeks < 104 or stroke.gate != AgeGate.BLOCK_UNDER_MINIMUM_AGE
    ):
        raise Invalid(field="min_corrected_age_weeks", allowed="deep_from_24_months")
    check_tags(stroke.tags)
    known = contraindication_rules()
    for place, (code, how) in enumerate(stroke.conflicts):
        if code not in known:
            raise Invalid(field=f"conflicts.{place}.code", allowed=sorted(known))
        one_of(f"conflicts.{place}.how", how, ConflictHow)
    if not words:
        raise Invalid(field="words", allowed="not_empty")
    for place, one in enumerate(words):
        _check_words(f"words.{place}", one)


def _check_words(field: str, one: StrokeWording) -> None:
    short_text(f"{field}.language", one.language, least=2, most=16)
    short_text(f"{field}.name", one.name, least=1, most=200)
    short_text(f"{field}.instruction", one.instruction, least=1, most=4000)
    short_text(f"{field}.words_to_say", one.words_to_say, most=1000)
    short_text(f"{field}.position", one.position, most=200)
    short_text(f"{field}.note", one.note, most=1000)
    for text in one.precautions:
        short_text(f"{field}.precautions", text, most=1000)
    for text in one.also_known_as:
        short_text(f"{field}.also_known_as", text, most=120)


# ---- all --------------------------------------------------------------------------------------------------


def check_may_change(by: User, clinic: Clinic) -> None:
    if not policy.may_change_library(by, clinic):
        raise Forbidden


def _own_stroke(by: User, stroke: Stroke) -> Stroke:
    if stroke.clinic is None:
        raise NotYours
    check_may_change(by, stroke.clinic)
    return Stroke.objects.select_for_update(of=("self",)).select_related("clinic").get(pk=stroke.pk)


def clinic_of(item: Stroke | Preset) -> Clinic:
    assert item.clinic is not None
    return item.clinic


def check_tags(tags: Sequence[str]) -> None:
    if len(tags) > MOST_TAGS:
        raise Invalid(field="tags", allowed="length", most=MOST_TAGS)
    for tag in tags:
        if not tag or slugify(tag).replace("-", "_") != tag.replace("-", "_") or len(tag) > 40:
            raise Invalid(field="tags", allowed="slug")


def tell_of(by: User, clinic: Clinic, subject: object, now: dt.datetime, what: str) -> None:
    audit.record(AuditCode.CHANGED_LIBRARY, by=by, now=now, clinic_id=clinic.pk, subject=subject, detail=what)


def content_hash(content: object) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
