"""The state of providers, as rows that every worker reads: left alone, being probed, or working."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q

from tracking.models import ProviderStanding
from tracking.reminders import breakers
from tracking.reminders.breakers import Passes, Standing
from tracking.reminders.candidates import Candidate, Postponed
from tracking.reminders.channels import Answer, Result


def hold_back(
    rows: Sequence[Candidate], due: Collection[uuid.UUID], *, now: datetime
) -> dict[uuid.UUID, Postponed]:
    """Those that wait because their provider is left alone: until it is looked at again, or they expire.

    No try of theirs is spent. Where a provider may be probed, the first due row goes, for whichever claim
    says so first.
    """
    found = ProviderStanding.objects.filter(open_until__isnull=False).order_by("provider")
    standings = {row.provider: _standing(row) for row in found}
    if not standings:
        return {}
    held: dict[uuid.UUID, Postponed] = {}
    for row in rows:
        standing = standings.get(row.provider)
        if standing is None:
            continue
        passing, again = breakers.passes(standing, now=now)
        if passing is Passes.ONE and row.id in due:
            standings[row.provider] = breakers.probing(standing, now=now)
            if _says_first(row.provider, standings[row.provider], now=now):
                continue
        if passing is not Passes.ALL:
            held[row.id] = Postponed(min(again, row.expires_at))
    return held


def _says_first(provider: str, probing: Standing, *, now: datetime) -> bool:
    is_free = Q(probed_until=None) | Q(probed_until__lte=now)
    said: int = ProviderStanding.objects.filter(is_free, provider=provider, open_until__lte=now).update(
        probed_until=probing.probed_until
    )
    return said == 1


def record(provider: str, answer: Answer, *, now: datetime) -> None:
    """Note what a provider answered; one that answers is well again, whatever it says of one recipient."""
    if answer.result in (Result.ACCEPTED, Result.REFUSED) or not breakers.is_failure(answer.code):
        ProviderStanding.objects.filter(provider=provider, failures__gt=0).update(**_columns(Standing()))
        return
    row, _ = ProviderStanding.objects.select_for_update().get_or_create(provider=provider)
    standing = breakers.after_failure(_standing(row), now=now, asked_for=answer.wait)
    ProviderStanding.objects.filter(pk=row.pk).update(**_columns(standing))


def _standing(row: ProviderStanding) -> Standing:
    return Standing(row.failures, row.open_until, row.probed_until)


def _columns(standing: Standing) -> dict[str, Any]:
    return {
        "failures": standing.failures,
        "open_until": standing.open_until,
        "probed_until": standing.probed_until,
    }
