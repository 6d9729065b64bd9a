"""Permissions on a household's own words."""

from __future__ import annotations

from clinic.models import CaregiverGrant, Child, Family, User
from clinic.policy import places
from tracking.models import FamilyWords


def may_view_family_words(user: User, words: FamilyWords) -> bool:
    """Agrees with `FamilyWords.objects.visible_to(user)`: never another household's, unless as its team."""
    if (
        CaregiverGrant.objects.valid()
        .filter(user=user, child=words.child_id, family=words.family_id)
        .exists()
    ):
        return True
    return words.is_shared and places(user, words.child).is_team


def may_change_family_words(user: User, child: Child, family: Family) -> bool:
    """A guardian, those of the household they care from."""
    return CaregiverGrant.objects.valid().guardians().filter(user=user, child=child, family=family).exists()
