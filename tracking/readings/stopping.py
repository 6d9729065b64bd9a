"""How soon the stop rule pauses for a child, and its advice for the cues noted so far."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from clinic.models import Child
from clinic.vocabulary import StopSensitivity
from tracking.models import ChildSign
from tracking.readings.library import stop_rule
from tracking.stop_rule import EnoughSign, NotedCue, advice, reasons_to_be_gentle, sensitivity_by_default
from tracking.sync.bodies import CueNoted
from tracking.vocabulary.cues import Cue, CueMoment, GentleBecause, SignMeaning, StopAdvice


@dataclass(frozen=True, slots=True)
class StopSetting:
    """`sensitivity` holds; `by_default` is what would hold if nobody had set it, for these reasons."""

    sensitivity: StopSensitivity
    is_set: bool
    by_default: StopSensitivity
    because: tuple[GentleBecause, ...]


def stop_setting(child: Child, *, on: dt.date) -> StopSetting:
    """How many quiet signs pause a massage for this child: as set, else by age and history."""
    months, had_neonatal_care = child.ages_on(on).used.months, child.had_neonatal_care
    by_default = sensitivity_by_default(corrected_months=months, had_neonatal_care=had_neonatal_care)
    return StopSetting(
        sensitivity=StopSensitivity(child.stop_sensitivity) if child.stop_sensitivity else by_default,
        is_set=bool(child.stop_sensitivity),
        by_default=by_default,
        because=reasons_to_be_gentle(corrected_months=months, had_neonatal_care=had_neonatal_care),
    )


def stop_sensitivity(child: Child, *, on: dt.date) -> StopSensitivity:
    return stop_setting(child, on=on).sensitivity


def stop_advice(child: Child, cues: Iterable[CueNoted], *, on: dt.date) -> StopAdvice:
    """What the cues noted during a massage ask for, by the library's rule and this child's sensitivity.

    Cues without a time are taken as noted together; unknown ones say nothing. A sign of the child's own is
    the cue that stands for it; one of enough that none stands for is a quiet sign. Two statements at most.
    Raises LibraryText.DoesNotExist before the library is loaded.
    """
    during = [one for one in cues if one.moment == CueMoment.DURING]
    signs = _signs(child, {one.sign for one in during if one.sign is not None and not one.code})
    noted = []
    for one in during:
        cue = _cue(one, signs)
        if cue is not None:
            noted.append(NotedCue(cue, float(one.at_seconds or 0)))
    return advice(stop_rule(), noted, sensitivity=stop_sensitivity(child, on=on))


def _cue(one: CueNoted, signs: dict[uuid.UUID, ChildSign]) -> Cue | EnoughSign | None:
    sign = signs.get(one.sign) if one.sign is not None else None
    code = one.code or (sign.cue if sign else "")
    if code in frozenset(Cue):
        return Cue(code)
    if sign is not None and not code and sign.asks_for == SignMeaning.ENOUGH:
        return EnoughSign(sign.client_id)
    return None


def _signs(child: Child, named: set[uuid.UUID]) -> dict[uuid.UUID, ChildSign]:
    if not named:
        return {}
    rows = ChildSign.objects.filter(child=child, client_id__in=named).order_by("id")
    return {sign.client_id: sign for sign in rows}
