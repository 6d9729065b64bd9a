"""The codes are the clinical reference's: none missing, none of our own slipped in."""

from tracking.vocabulary.body import BodyRegion, ObservationRegion
from tracking.vocabulary.cues import Cue, CueFamily, CueStrength, family, is_engagement, is_potent, strength
from tracking.vocabulary.states import ArousalLevel, InfantState, StateScale, scale_for_age
from tracking.vocabulary.touch import STIMULI_BY_GROUP, RecoveryBand, Stimulus, recovery_band

ENGAGEMENT_POTENT = "gaze smile coo reach turn_to offer smooth ask"
ENGAGEMENT_SUBTLE = "brow bright open_hand still relax head_up deep_breath"
DISENGAGEMENT_POTENT = (
    "cry fuss arch pull_away push turn_far halt_hand no flushed spit_up choke_gag leave shutdown"
)
DISENGAGEMENT_SUBTLE = "look_away stiff grimace yawn hiccup splay hand_face kick startle dull tongue"


def test_the_cues_are_the_four_lists_of_the_reference() -> None:
    expected = {
        **{f"ep_{name}": (CueFamily.ENGAGEMENT, CueStrength.POTENT) for name in ENGAGEMENT_POTENT.split()},
        **{f"es_{name}": (CueFamily.ENGAGEMENT, CueStrength.SUBTLE) for name in ENGAGEMENT_SUBTLE.split()},
        **{
            f"dp_{name}": (CueFamily.DISENGAGEMENT, CueStrength.POTENT)
            for name in DISENGAGEMENT_POTENT.split()
        },
        **{
            f"ds_{name}": (CueFamily.DISENGAGEMENT, CueStrength.SUBTLE)
            for name in DISENGAGEMENT_SUBTLE.split()
        },
    }
    assert {cue.value: (family(cue), strength(cue)) for cue in Cue} == expected


def test_a_cue_tells_its_family_and_strength() -> None:
    assert is_engagement(Cue.OFFERS_NEXT_LIMB)
    assert is_potent(Cue.ARCHES)
    assert not is_engagement(Cue.LOOKS_AWAY)
    assert not is_potent(Cue.LOOKS_AWAY)


def test_infant_states_rank_by_arousal() -> None:
    ranked = [(state.value, state.rank) for state in InfantState]
    assert ranked == [
        ("deep_sleep", 1),
        ("light_sleep", 2),
        ("drowsy", 3),
        ("quiet_alert", 4),
        ("active_alert", 5),
        ("crying", 6),
    ]


def test_arousal_runs_from_minus_two_to_two_with_sleepy_calm_beside_the_scale() -> None:
    assert [level.level for level in ArousalLevel] == [-2, -1, 0, 1, 2, None]


def test_infants_and_toddlers_have_different_scales() -> None:
    assert scale_for_age(-1) is StateScale.INFANT_STATE
    assert scale_for_age(11) is StateScale.INFANT_STATE
    assert scale_for_age(12) is StateScale.AROUSAL


def test_every_stimulus_has_exactly_one_group() -> None:
    grouped = [stimulus for stimuli in STIMULI_BY_GROUP.values() for stimulus in stimuli]
    assert sorted(grouped) == sorted(Stimulus)
    assert Stimulus.CLOTH_SEAM.group.value == "clothing"


def test_an_observation_may_name_every_region_of_a_stroke_and_three_more() -> None:
    more = {region.value for region in ObservationRegion} - {region.value for region in BodyRegion}
    assert more == {"head_hair", "mouth", "neck"}
    assert {region.value for region in BodyRegion} <= {region.value for region in ObservationRegion}


def test_exact_minutes_fall_into_the_recovery_bands() -> None:
    bands = {
        0: "0",
        1: "1-2",
        2: "1-2",
        3: "3-5",
        5: "3-5",
        6: "6-15",
        15: "6-15",
        16: "16-30",
        30: "16-30",
        31: ">30",
    }
    assert {minutes: recovery_band(minutes).value for minutes in bands} == bands
    assert set(bands.values()) == {band.value for band in RecoveryBand}
