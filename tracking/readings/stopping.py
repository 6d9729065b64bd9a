"""What the stop rule answers for a child and the cues noted so far: for faces that cannot compute it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from clinic.models import Child
from tracking.readings.library import stop_rule
from tracking.readings.today import stop_sensitivity
from tracking.stop_rule import NotedCue, advice
from tracking.sync.bodies import CueNoted
from tracking.vocabulary.cues import Cue, CueMoment, StopAdvice


def stop_advice(child: Child, cues: Iterable[CueNoted], *, on: dt.date) -> StopAdvice:
    """What the cues noted during a massage ask for, by the library's rule and this child's sensitivity.

    Cues without a time are taken as noted together; unknown ones say nothing. One statement. Raises
    LibraryText.DoesNotExist before the library is loaded.
    """
    noted = [
        NotedCue(Cue(one.code), float(one.at_seconds or 0))
        for one in cues
        if one.moment == CueMoment.DURING and one.code in frozenset(Cue)
    ]
    return advice(stop_rule(), noted, sensitivity=stop_sensitivity(child, on=on))
