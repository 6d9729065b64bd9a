"""Notices: the last look before one goes out."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import datetime

from tracking.models.reminders import DeliveryState, SuppressedBecause
from tracking.reminders.candidates import Candidate, Ending, Postponed


def look_at(notices: Sequence[Candidate], *, now: datetime) -> dict[uuid.UUID, Ending | Postponed]:
    """How those end, or until when they wait, that may not go out now; the others may."""
    decided: dict[uuid.UUID, Ending | Postponed] = {}
    for one in notices:
        if not one.is_recipient_active:
            decided[one.id] = Ending(DeliveryState.SUPPRESSED, SuppressedBecause.REVOKED)
        elif not one.address:
            decided[one.id] = Ending(DeliveryState.DEAD, "no_address")
        elif now >= one.expires_at:
            decided[one.id] = Ending(DeliveryState.EXPIRED, one.codes[-1] if one.codes else "")
    return decided
