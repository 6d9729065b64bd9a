"""A household's own words, for its members and, if shared, for the care team."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from clinic.models import Child, Family, User
from tracking.models import FamilyWords, HomeProgram, Stroke
from tracking.readings.prescriptions import parts_of
from tracking.readings.texts import sentences, stroke_texts


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What is said instead. `words` empty: the library's, in the household's voice."""

    id: uuid.UUID
    about: str
    words: str
    language: str
    has_recording: bool
    is_shared: bool


@dataclass(frozen=True, slots=True)
class Sayable:
    """Something of a routine that may be said in one's own words: a stroke, or the verse of a region."""

    about: str
    name: str
    region: str
    library_words: str
    own: OwnWords | None


def own_words_of(user: User, child: Child, family_id: uuid.UUID | None) -> Mapping[str, OwnWords]:
    """The household's by what they are about, as far as `user` may read them; one statement at most."""
    if family_id is None:
        return {}
    rows = FamilyWords.objects.visible_to(user).filter(child=child, family=family_id)
    return _by_about(rows.order_by("about", "id"))


def shared_words_of(user: User, child: Child, *, home: uuid.UUID | None = None) -> Mapping[str, OwnWords]:
    """What one household, or (None) any, shares with the care team; one statement.

    Of two households' words for one stroke the later ones: what is given to a family is asked for by `home`.
    """
    rows = _shared(user, child)
    if home is not None:
        rows = rows.filter(family=home)
    return _by_about(rows)


def words_for_team(user: User, child: Child) -> tuple[OwnWords, ...]:
    """Everything every household shares with the care team, oldest first; one statement."""
    return tuple(own_words(row) for row in _shared(user, child))


def _shared(user: User, child: Child) -> QuerySet[FamilyWords]:
    shared = FamilyWords.objects.visible_to(user).with_hearing(user).filter(child=child, is_shared=True)
    return shared.order_by("at", "id")


def shared_sayable(user: User, child: Child, *, language: str) -> tuple[Sayable, ...]:
    """What is shared with the care team, by the names of strokes and regions; three statements."""
    shared = shared_words_of(user, child)
    strokes = Stroke.objects.filter(
        Q(clinic__isnull=True) | Q(clinic=child.clinic_id), slug__in=shared, current_version__isnull=False
    )
    versions = dict(strokes.order_by("slug", "id").values_list("slug", "current_version"))
    texts = stroke_texts(list(versions.values()), language)
    return tuple(
        Sayable(
            about=about,
            name=texts[versions[about]].name if versions.get(about) in texts else "",
            region=about.removeprefix("verse_"),
            library_words="",
            own=own,
        )
        for about, own in shared.items()
    )


def sayable(user: User, child: Child, family: Family, *, language: str) -> tuple[Sayable, ...]:
    """The strokes and regions of the child's running programs, each once, in the order of the routine."""
    programs = HomeProgram.objects.visible_to(user).active().filter(child=child)
    versions = [
        program.current_version
        for program in programs.select_related("current_version").order_by("created_at", "id")
        if program.current_version is not None
    ]
    parts = parts_of(versions)
    strokes = {
        step.stroke_version.stroke.slug: step.stroke_version
        for version in versions
        for step in parts[version.pk].steps
        if step.stroke_version
    }
    texts = stroke_texts([version.pk for version in strokes.values()], language)
    verses = sentences(child.clinic_id, language, "verse.")
    own = own_words_of(user, child, family.pk)
    found = [
        Sayable(
            slug, texts[version.pk].name, version.body_region, texts[version.pk].words_to_say, own.get(slug)
        )
        for slug, version in strokes.items()
        if version.pk in texts
    ]
    regions = dict.fromkeys(one.region for one in found)
    sung = [
        Sayable(
            about=f"verse_{region}",
            name="",
            region=region,
            library_words=verses[f"verse.{region}"].text,
            own=own.get(f"verse_{region}"),
        )
        for region in regions
        if f"verse.{region}" in verses
    ]
    return (*found, *sung)


def own_words(row: FamilyWords) -> OwnWords:
    return OwnWords(
        id=row.pk,
        about=row.about,
        words=row.words,
        language=row.language,
        has_recording=bool(row.recording) and getattr(row, "may_hear", True),
        is_shared=row.is_shared,
    )


def _by_about(rows: Iterable[FamilyWords]) -> Mapping[str, OwnWords]:
    return {row.about: own_words(row) for row in rows}
