"""`make prove-studies`: four study protocols at the size of their studies, as families who log over the API.

Menici 2021 (19 infants), Qigong Sensory Training (103 preschoolers, as in 2015), the bedtime routine of 2009
(134 infants and 133 toddlers with the routine), three times a day (40 infants). LITTLEFOOT_SHARE, 0 to 1,
plays a part of the families; LITTLEFOOT_SEED repeats a run. What is printed of a change is of simulated
families: in half of them something changes as the program starts.
"""

from __future__ import annotations

import os
import random
from dataclasses import replace
from statistics import mean, stdev

import pytest

from tests.cast import Cast
from tests.database import Clock
from tests.studies.playing import play
from tests.studies.protocols import FIELD, MENICI, MINDELL, QIGONG, Study
from tests.studies.test_studies import holds

SHARE = float(os.environ.get("LITTLEFOOT_SHARE", "1"))
SEED = int(os.environ.get("LITTLEFOOT_SEED", "0")) or random.SystemRandom().randrange(1, 10**6)
TODDLERS = replace(MINDELL, name="Bedtime routine (Mindell 2009), toddlers", weeks_old=115)
SIZES = {
    "menici": (MENICI, 19),
    "field": (FIELD, 40),
    "mindell-infants": (MINDELL, 134),
    "mindell-toddlers": (TODDLERS, 133),
    "qigong": (QIGONG, 103),
}


@pytest.mark.parametrize(("study", "families"), SIZES.values(), ids=SIZES)
def test_a_study_is_prescribed_logged_and_read_back(
    cast: Cast, clock: Clock, study: Study, families: int
) -> None:
    result = play(study, cast, clock, families=max(2, round(families * SHARE)), seed=SEED)
    print(f"\nseed {SEED}: {result.row()}")
    holds(result)
    if study is MENICI:
        totals = [one.exposure.dose_minutes for one in result.played]
        counts = [one.exposure.timed_count for one in result.played]
        sessions = [total / count for total, count in zip(totals, counts, strict=True)]
        print(
            f"Menici: at the least 800 min (13.33 h); mean total {mean(totals) / 60:.2f} h, which is"
            f" {100 * mean(totals) / 800:.1f} % of it; a session {mean(sessions):.2f}"
            f" (SD {stdev(sessions):.2f}) min; {mean(totals) / mean(sessions):.1f} sessions as the ratio of"
            f" means, {mean(counts):.2f} counted, {mean(counts) / 8:.1f} a week. The 89.74 % of mothers is"
            f" quoted from its source ({MENICI.source}), no share of 19 and never computed."
        )
        parts = ", ".join(f"{part} {100 * share:.1f} %" for part, share in result.shares.items())
        print(f"Massages with each part of the body, shares of our own: {parts}.")
        assert mean(totals) / 800 == pytest.approx(1.578, abs=5e-4)
        assert mean(totals) / mean(sessions) == pytest.approx(45.4, abs=0.1)
