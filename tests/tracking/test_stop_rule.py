"""The stop rule by its vectors, read from the library's own data."""

import json
import uuid
from pathlib import Path
from typing import Any

import pytest

from clinic.vocabulary import StopSensitivity
from tests.data import OUTCOMES
from tracking.stop_rule import (
    EnoughSign,
    NotedCue,
    StopRule,
    advice,
    sensitivity_by_default,
)
from tracking.vocabulary.cues import Cue, is_engagement, is_potent

LIBRARY = Path(__file__).parents[2] / "tracking/services/library_data/strokes.json"
RULE = StopRule.from_data(json.loads(LIBRARY.read_text())["stop_rule"])


def answer(*cues: tuple[str, float], sensitivity: str = "usual") -> str:
    noted = [NotedCue(Cue(code), at) for code, at in cues]
    return advice(RULE, noted, sensitivity=StopSensitivity(sensitivity)).value


@pytest.mark.parametrize("vector", OUTCOMES["stop_rule"], ids=lambda vector: str(vector["cues"]))
def test_the_advice_follows_the_vectors(vector: dict[str, Any]) -> None:
    cues = [(code, at) for code, at in vector["cues"]]
    assert answer(*cues, sensitivity=vector["sensitivity"]) == vector["advice"]


def test_every_potent_sign_of_enough_has_its_place_in_the_rule() -> None:
    placed = RULE.end_hands_off | RULE.end_and_comfort | RULE.pause_at
    assert placed == {cue for cue in Cue if is_potent(cue) and not is_engagement(cue)}


def test_a_sign_of_enough_that_no_cue_stands_for_is_one_quiet_sign() -> None:
    own, other = EnoughSign(uuid.UUID(int=1)), EnoughSign(uuid.UUID(int=2))

    def answered(*noted: tuple[Cue | EnoughSign, float], sensitivity: str = "usual") -> str:
        cues = [NotedCue(cue, at) for cue, at in noted]
        return advice(RULE, cues, sensitivity=StopSensitivity(sensitivity)).value

    assert answered((own, 20)) == "lighten"
    assert answered((own, 20), sensitivity="gentle") == "pause"
    assert answered((own, 20), (own, 22)) == "lighten"
    assert answered((own, 20), (other, 22)) == "pause"
    assert answered((own, 20), (Cue.LOOKS_AWAY, 22)) == "pause"
    assert answered((Cue.SAYS_NO, 20), (own, 22)) == "end_hands_off"


def test_nothing_noted_goes_on() -> None:
    assert answer() == "go_on"


def test_two_quiet_signs_count_together_within_fifteen_seconds_and_not_twice_the_same() -> None:
    assert answer(("ds_look_away", 20), ("ds_stiff", 35)) == "pause"
    assert answer(("ds_look_away", 20), ("ds_stiff", 36)) == "lighten"
    assert answer(("ds_look_away", 20), ("ds_look_away", 22)) == "lighten"


def test_a_sign_still_there_fifteen_to_sixty_seconds_after_the_pause_began_ends_it() -> None:
    assert answer(("dp_arch", 40), ("dp_fuss", 54)) == "pause"
    assert answer(("dp_arch", 40), ("dp_fuss", 55)) == "end_and_comfort"
    assert answer(("dp_arch", 40), ("dp_fuss", 100)) == "end_and_comfort"
    assert answer(("dp_arch", 40), ("dp_fuss", 101)) == "pause"
    assert answer(("dp_arch", 40), ("ds_stiff", 58), ("ds_grimace", 60)) == "end_and_comfort"


def test_a_pause_that_passed_goes_on() -> None:
    assert answer(("dp_arch", 40), ("ep_smile", 45)) == "pause"
    assert answer(("dp_arch", 40), ("ep_smile", 70)) == "go_on"
    assert answer(("dp_arch", 40), ("ds_yawn", 70)) == "lighten"


def test_a_no_outweighs_everything_and_an_end_stays_an_end() -> None:
    assert answer(("dp_cry", 10), ("dp_push", 12)) == "end_hands_off"
    assert answer(("dp_no", 10), ("ep_smile", 20)) == "end_hands_off"


def test_the_order_in_which_cues_are_sent_decides_nothing() -> None:
    assert answer(("ds_stiff", 24), ("ds_look_away", 20)) == "pause"


def test_the_very_young_and_those_after_intensive_care_get_the_gentle_rule() -> None:
    assert sensitivity_by_default(corrected_months=2, had_neonatal_care=False) is StopSensitivity.GENTLE
    assert sensitivity_by_default(corrected_months=3, had_neonatal_care=False) is StopSensitivity.USUAL
    assert sensitivity_by_default(corrected_months=30, had_neonatal_care=True) is StopSensitivity.GENTLE
