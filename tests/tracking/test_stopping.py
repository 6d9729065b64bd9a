"""The stop rule as a face asks it: by the child's own sensitivity, from the library's text."""

from __future__ import annotations

import pytest

from clinic import rls
from tests.cast import Cast
from tests.tracking.records import MONDAY, cleos_session
from tracking.readings.stopping import stop_advice
from tracking.sync.bodies import CueNoted
from tracking.vocabulary.cues import StopAdvice


@pytest.mark.parametrize(
    ("sensitivity", "advice"),
    # One quiet cue, as in outcome_vectors.json (`stop_rule`): lighten, or pause for a gentle child.
    [("usual", StopAdvice.LIGHTEN), ("gentle", StopAdvice.PAUSE), ("", StopAdvice.PAUSE)],
)
def test_one_quiet_cue_pauses_a_child_who_came_from_neonatal_care(
    cast: Cast, sensitivity: str, advice: StopAdvice
) -> None:
    cast.cleo.stop_sensitivity = sensitivity
    cues = (CueNoted(code="ds_look_away", at_seconds=20),)
    with rls.acting_as(cast.fay):
        assert stop_advice(cast.cleo, cues, on=MONDAY) == advice


def test_cleos_evening_ends_in_a_pause_and_an_unknown_cue_says_nothing(cast: Cast) -> None:
    with rls.acting_as(cast.fay):
        assert stop_advice(cast.cleo, cleos_session().cues, on=MONDAY) == StopAdvice.PAUSE
        unknown = (CueNoted(code="ep_wave"), CueNoted(code="dp_cry", moment="after"))
        assert stop_advice(cast.cleo, unknown, on=MONDAY) == StopAdvice.GO_ON
