"""Every precaution the library says in prose is one the software can act on, or has a reason not to be.

`SPEAKS_OF` says which conflict code a phrase stands for. A sentence is covered when a child with each code
it speaks of meets a conflict on that very stroke. What is left is how to do the stroke, good for every
child: it is listed with the reason why no child's record could decide it.
"""

from datetime import date, timedelta
from typing import Any

import pytest

from clinic.ages import ages
from tests.tracking.test_precautions import LIBRARY, RULES, STROKES
from tracking.precautions import ChildPrecaution, Product, asks_before, conflicts
from tracking.vocabulary.programs import ProductKind

TODAY = date(2026, 11, 20)
SUNFLOWER = Product(ProductKind.OIL, "Sunflower oil")

SPEAKS_OF = {
    "broken skin": "skin_open",
    "rash": "skin_open",
    "bruise": "bruise_or_injury",
    "swelling in the leg": "bruise_or_injury",
    "splint or injury": "bruise_or_injury",
    "hip brace": "hip",
    "hip dysplasia": "hip",
    "hip harness": "hip",
    "stiff or floppy": "limb_tone",
    "a cast": "shunt_or_device",
    "line or dressing": "shunt_or_device",
    "stoma": "shunt_or_device",
    "feeding tube": "shunt_or_device",
    "chest drain": "shunt_or_device",
    "central line": "shunt_or_device",
    "a drip": "shunt_or_device",
    "facial tube": "shunt_or_device",
    "heel pricks": "foot_sensitivity",
    "foot pulls back": "foot_sensitivity",
    "fracture": "surgery_recent",
    "surgery": "surgery_recent",
    "brittle bones": "bleeding_bone",
    "low platelets": "bleeding_bone",
    "after a feed": "just_fed",
    "cord stump": "cord_navel",
    "navel": "cord_navel",
    "swollen or tender tummy": "hernia_abdomen",
    "hernia": "hernia_abdomen",
    "reflux": "reflux",
    "breathing difficulty": "heart_breathing",
    "no oil on hands": "allergy",
    "brachial plexus": "brachial_plexus",
    "shoulder injury": "brachial_plexus",
    "tubes, suction or tape": "face_aversion",
    "dislikes face washing": "face_aversion",
    "not hungry": "asleep_hungry_crying",
    "while your child is awake": "asleep_hungry_crying",
    "mouth sores": "mouth_sore",
    "teething pain": "mouth_sore",
    "touch-sensitive": "touch_light_aversive",
    "stop word or sign": "no_stop_sign",
    "seizures": "seizures",
    "reduced feeling": "reduced_feeling",
}

SAME_AS = {
    "as the tummy paddle": "tummy-paddle",
    "as the open book": "chest-open-book",
    "as the back side-to-side": "back-side-to-side",
}

TECHNIQUE = "where the hands go and how: true for every child, so no child's record decides it"
LIMITS = "how far a limb may be moved: true for every child, so no child's record decides it"
HOW_TO_DO_IT = {
    "Anything but a yes: follow the stop rule; this counts as a session in the diary.": (
        "the child's answer at the moment: the stop rule acts on it, session by session"
    ),
    "Glide over the knee without pressing on it.": TECHNIQUE,
    "Very small turns only; the skin should move with you and never feel pinched.": TECHNIQUE,
    "Not over the knee or ankle joint.": TECHNIQUE,
    "Stay off the bony points themselves.": TECHNIQUE,
    "Thumbs lie flat and do not dig in.": TECHNIQUE,
    "Always clockwise, following the bowel.": TECHNIQUE,
    "Every line ends at the lower right as you look at it; never go the other way round.": TECHNIQUE,
    "Do not press on the breast area or the front of the neck.": TECHNIQUE,
    "No oil near the eyes; stay off the soft spot on the head.": TECHNIQUE,
    "Hands pass over the spine without pressing on it.": TECHNIQUE,
    "Begin below the neck.": TECHNIQUE,
    "Squeeze the fleshy parts only: not the neck, tummy, spine or joints, and never use weights, cushions or"
    " straps.": TECHNIQUE,
    "Never pull the toe.": LIMITS,
    "Small movement only; the hip should not swing.": LIMITS,
    "Never pull the arm straight.": LIMITS,
    "Do not force a fist open.": LIMITS,
}

SENTENCES = [
    (stroke["slug"], sentence) for stroke in LIBRARY["strokes"] for sentence in stroke["precautions"]
]


def spoken_of(sentence: str) -> set[str]:
    """The codes a sentence speaks of, those of a stroke it refers to included."""
    codes = {code for phrase, code in SPEAKS_OF.items() if phrase in sentence}
    for phrase, slug in SAME_AS.items():
        if phrase in sentence:
            for referred in prose_of(slug):
                codes |= spoken_of(referred)
    return codes


def prose_of(slug: str) -> list[str]:
    found: Any = next(stroke["precautions"] for stroke in LIBRARY["strokes"] if stroke["slug"] == slug)
    return list(found)


@pytest.mark.parametrize(("slug", "sentence"), SENTENCES, ids=lambda text: text[:40])
def test_a_precaution_is_acted_on_or_is_how_to_do_the_stroke(slug: str, sentence: str) -> None:
    codes = spoken_of(sentence)
    assert codes or sentence in HOW_TO_DO_IT, "nothing acts on this sentence, and no reason says why"
    stroke = STROKES[slug]
    for code in codes:
        made = conflicts(
            precautions=[ChildPrecaution(code, region=stroke.region, substance="seeds")],
            rules=RULES,
            strokes=[stroke],
            product=SUNFLOWER,
            ages=ages(born_on=TODAY - timedelta(days=1500), gestation=280, on=TODAY),
            on=TODAY,
        )
        assert [conflict for conflict in made if conflict.code == code], f"{slug} does not heed {code}"


def test_what_holds_for_an_hour_is_asked_before_the_massage() -> None:
    for slug, sentence in SENTENCES:
        momentary = {code for code in spoken_of(sentence) if RULES[code].is_of_the_moment}
        assert momentary <= set(asks_before([STROKES[slug]], RULES))


def test_no_listed_phrase_or_reason_is_stale() -> None:
    prose = " ".join(sentence for _, sentence in SENTENCES)
    assert [phrase for phrase in (*SPEAKS_OF, *SAME_AS) if phrase not in prose] == []
    sentences = {sentence for _, sentence in SENTENCES}
    assert [sentence for sentence in HOW_TO_DO_IT if sentence not in sentences] == []
    assert [sentence for sentence in HOW_TO_DO_IT if spoken_of(sentence)] == []


def test_every_conflict_a_stroke_lists_is_one_the_library_knows() -> None:
    assert {code for stroke in STROKES.values() for code, _ in stroke.conflicts} <= set(RULES)
