"""May this person sign what an assistant or student drafted? (trust, section 1)"""

from __future__ import annotations

from clinic.models import User
from clinic.policy import places
from tracking.models import Cosigning


def may_view_cosigning(user: User, draft: Cosigning) -> bool:
    """Agrees with `Cosigning.objects.visible_to(user)`."""
    return places(user, draft.child).is_team


def may_cosign(user: User, draft: Cosigning) -> bool:
    """Sign or return: whoever treats the child, as with a program's draft, so that no absence holds it up.

    Nobody signs what they drafted, whatever they have become since.
    """
    return draft.drafted_by_id != user.pk and places(user, draft.child).is_treating
