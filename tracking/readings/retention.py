"""How long a clinic keeps what, as its owner set it or as we propose it, and what its runs removed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from clinic.models import Clinic
from tracking.models import RetentionPeriod
from tracking.retention import ALWAYS_IN_FORCE, PROPOSALS, Proposal
from tracking.vocabulary.retention import Kept


@dataclass(frozen=True, slots=True)
class PeriodInForce:
    """What is in force: `amount` None keeps for good. While nobody adopted it, a proposal is in force nowhere
    (`is_in_force` False), the wait before an erasure excepted.
    """

    kept: Kept
    proposal: Proposal
    amount: int | None
    is_in_force: bool
    set_by: str = ""
    set_at: dt.datetime | None = None


def periods_of(clinic: Clinic) -> Mapping[Kept, PeriodInForce]:
    """Every period of a clinic, in the order they are shown; one statement."""
    latest = {
        Kept(row.kept): row
        for row in RetentionPeriod.objects.filter(clinic=clinic)
        .select_related("set_by")
        .order_by("kept", "-set_at", "-id")
        .distinct("kept")
    }
    return {kept: _in_force(kept, latest.get(kept)) for kept in Kept}


def amount_of(clinic: Clinic, kept: Kept) -> int | None:
    """How many years or days are in force; None: kept for good. One statement."""
    period = periods_of(clinic)[kept]
    return period.amount if period.is_in_force else None


def _in_force(kept: Kept, row: RetentionPeriod | None) -> PeriodInForce:
    proposal = PROPOSALS[kept]
    if row is None:
        return PeriodInForce(kept, proposal, proposal.amount, is_in_force=kept in ALWAYS_IN_FORCE)
    return PeriodInForce(
        kept, proposal, row.amount, is_in_force=True, set_by=row.set_by.name, set_at=row.set_at
    )
