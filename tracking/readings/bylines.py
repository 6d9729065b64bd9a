"""How an author is named to a reader."""

from __future__ import annotations

import uuid
from collections.abc import Iterable

from django.utils.translation import gettext as _

from tracking.readings.sight import AuthorRole, Byline, ShownAs, Sight


def in_words(by: Byline) -> str:
    """Who wrote something: by name, by role, or as somebody in the family."""
    if by.shown_as == ShownAs.YOU:
        return _("you")
    if by.shown_as == ShownAs.NAME and by.name:
        return by.name
    if by.shown_as == ShownAs.HIDDEN or by.role is None:
        return _("somebody in the family")
    return {
        AuthorRole.GUARDIAN: _("a guardian"),
        AuthorRole.CAREGIVER: _("a caregiver"),
        AuthorRole.CARE_TEAM: _("the care team"),
    }[by.role]


def told_by(sight: Sight, people: Iterable[uuid.UUID | None]) -> str:
    """Everybody who told any of it, each once and in no order of who told most; empty: nobody is known."""
    names = sorted({in_words(_byline(sight, one)) for one in people if one is not None})
    return _("Reported by: %(names)s.") % {"names": ", ".join(names)} if names else ""


def _byline(sight: Sight, person: uuid.UUID) -> Byline:
    place = sight.caregivers.get(person)
    return sight.byline(reported_by_id=person, name=place.name if place else "")
