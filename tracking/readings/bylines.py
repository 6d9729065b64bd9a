"""An author in words, as a reader may know them."""

from __future__ import annotations

from django.utils.translation import gettext as _

from tracking.readings.sight import AuthorRole, Byline, ShownAs


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
