"""A clinic's own presets: ready-made sequences of strokes to begin a program from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils.text import slugify

from clinic.errors import Invalid
from clinic.models import Clinic, User
from tracking.models import Preset, PresetWords, Stroke
from tracking.services.allowed import one_of, short_text
from tracking.services.library import (
    AlreadyInTheLibrary,
    NotYours,
    check_may_change,
    check_tags,
    clinic_of,
    content_hash,
    tell_of,
)
from tracking.vocabulary.body import Contact

MOST_STROKES_IN_PRESET = 60


@transaction.atomic
def add_preset(
    *,
    by: User,
    clinic: Clinic,
    name: str,
    strokes: Sequence[str],
    now: dt.datetime,
    language: str = "en",
    tags: Sequence[str] = (),
    contact: str = "",
    note: str = "",
) -> Preset:
    """A ready-made order of strokes, by their slugs; one may come twice. Raises as `add_stroke`."""
    check_may_change(by, clinic)
    named = short_text("name", name, least=1, most=200)
    _check_preset(clinic, strokes, tags, contact)
    slug = slugify(named)[:60] or "preset"
    if Preset.objects.filter(clinic=clinic, slug=slug).exists():
        raise AlreadyInTheLibrary(field="name")
    preset = Preset.objects.create(
        clinic=clinic,
        slug=slug,
        stroke_slugs=list(strokes),
        contact=contact,
        tags=list(tags),
        content_hash=_hash_of(strokes, tags, contact),
        created_by=by,
    )
    PresetWords.objects.create(
        clinic=clinic, preset=preset, language=language, name=named, note=short_text("note", note, most=1000)
    )
    tell_of(by, clinic, preset, now, "added")
    return preset


@transaction.atomic
def change_preset(
    *,
    by: User,
    preset: Preset,
    name: str,
    strokes: Sequence[str],
    now: dt.datetime,
    language: str = "en",
    tags: Sequence[str] = (),
    contact: str = "",
    note: str = "",
) -> Preset:
    """The clinic's own preset with another content and the next number; programs made from it stay.

    Raises NotYours for a built-in one, Invalid, Forbidden.
    """
    row = _own_preset(by, preset)
    clinic = clinic_of(row)
    _check_preset(clinic, strokes, tags, contact)
    row.stroke_slugs, row.tags, row.contact = list(strokes), list(tags), contact
    row.content_hash = _hash_of(strokes, tags, contact)
    row.number += 1
    row.save()
    PresetWords.objects.update_or_create(
        preset=row,
        language=language,
        defaults={
            "clinic": clinic,
            "name": short_text("name", name, least=1, most=200),
            "note": short_text("note", note, most=1000),
        },
    )
    tell_of(by, clinic, row, now, "changed")
    return row


@transaction.atomic
def retire_preset(*, by: User, preset: Preset, now: dt.datetime) -> Preset:
    """The clinic's own preset, no longer offered. Raises NotYours for a built-in one, Forbidden."""
    row = _own_preset(by, preset)
    row.retired_at = row.retired_at or now
    row.save(update_fields=["retired_at"])
    tell_of(by, clinic_of(row), row, now, "retired")
    return row


def _check_preset(clinic: Clinic, strokes: Sequence[str], tags: Sequence[str], contact: str) -> None:
    if not 1 <= len(strokes) <= MOST_STROKES_IN_PRESET:
        raise Invalid(field="strokes", allowed="length", least=1, most=MOST_STROKES_IN_PRESET)
    offered = set(Stroke.objects.offered_in(clinic).filter(slug__in=strokes).values_list("slug", flat=True))
    for place, slug in enumerate(strokes):
        if slug not in offered:
            raise Invalid(field=f"strokes.{place}", allowed="stroke_of_the_library")
    one_of("contact", contact, Contact, or_empty=True)
    check_tags(tags)


def _hash_of(strokes: Sequence[str], tags: Sequence[str], contact: str) -> str:
    return content_hash({"strokes": list(strokes), "contact": contact, "tags": list(tags)})


def _own_preset(by: User, preset: Preset) -> Preset:
    if preset.clinic is None:
        raise NotYours
    check_may_change(by, preset.clinic)
    return Preset.objects.select_for_update(of=("self",)).select_related("clinic").get(pk=preset.pk)
