"""Every sentence about a change: none says what made it, families read no figure, and each says why not."""

from __future__ import annotations

import re
from itertools import product
from typing import Any

import pytest

from tracking.alongside import Alongside, Beside, Side
from tracking.single_case import Value, compare
from tracking.sleep import AtLeast, typical
from tracking.vocabulary.outcomes import Finding, Judgement, Outcome, WithheldBecause
from tracking.wording import change as wording
from tracking.wording import labels, statistics

SLOW: list[Value] = [50, 42, 61, 38, 55, 47, 52]
QUICK: list[Value] = [31, 22, 25, 30, 18, 27, 21]
FALLING: list[Value] = [60, 55, 50, 45, 40, 35, 30]
SIDES: tuple[list[Value], ...] = (
    [],
    [60],
    [60, 50],
    SLOW[:3],
    SLOW,
    QUICK,
    FALLING,
    [20, 30, 25, AtLeast(40), AtLeast(30), AtLeast(20)],
)
A_CAUSE = re.compile(
    r"\b(work(s|ed)?|caus\w*|effect\w*|because of|due to|thanks to|led to|result\w*|prov(e|es|ed|en)"
    r"|success\w*|improv\w*|cur(e|es|ed)|help(s|ed)?|heal\w*|responded|benefit\w*|treat\w*)\b",
    re.IGNORECASE,
)
A_STATISTIC = re.compile(
    r"%|\b(nap|tau|median|average|mean|interval|index|confidence|significan\w*|percent|autocorrelation)\b"
    r"|\d\.\d",
    re.IGNORECASE,
)

A_SAMENESS = re.compile(
    r"\b(alike|same|unchanged|as (it did )?before|did not change|nothing changed)\b", re.IGNORECASE
)
"""Few or scattered days keep the range wide around no change: that is not knowing, and no finding of none."""


def side(values: list[Value]) -> Side:
    known = [one for one in values if one is not None]
    return Side(tuple(known), len(known), len(known), 7, typical(known))


def said(outcome: Outcome, before: list[Value], since: list[Value], **more: Any) -> Alongside:
    return Alongside(
        outcome,
        side(before),
        side(since),
        compare(before, since, improvement=outcome.direction),
        told_count=len(before) + len(since),
        **more,
    )


def every_case() -> list[Alongside]:
    found = []
    for outcome, before, since in product(Outcome, SIDES, SIDES):
        found.append(said(outcome, before, since))
        found.append(
            said(
                outcome,
                before,
                since,
                without_illness=compare(before[:2], since[:2], improvement=outcome.direction),
                is_look_back=len(before) == 7,
                is_one_of_several=True,
                late_count=1,
            )
        )
    found += [said(one, SLOW, QUICK, withheld=why) for one, why in product(Outcome, WithheldBecause)]
    return found + [
        said(one.outcome, SLOW, QUICK, beside=Beside(("story",), one))
        for one in found
        if one.withheld in (None, WithheldBecause.HALF_MISSING)
    ]


def test_no_sentence_says_that_anything_worked() -> None:
    sentences = set()
    for case in every_case():
        sentences |= {
            *wording.for_team(case),
            *wording.of_no_goal(case),
            *wording.for_family(case),
            wording.logged_late(case),
        }
        sentences |= {words for one in statistics.figures(case) for words in (one.name, one.meaning)}
    for kind in (Finding, Judgement, WithheldBecause):
        sentences |= {labels.label(kind, code) for code in kind}
    print(f"change: {len(sentences)} sentences read")
    assert len(sentences) > 100
    assert [words for words in sentences if A_CAUSE.search(words)] == []
    assert A_CAUSE.search("The massage worked.")
    assert A_CAUSE.search("An effect of the program")


def test_families_read_no_figure_and_no_statistics() -> None:
    for case in every_case():
        for words in wording.for_family(case):
            assert not A_STATISTIC.search(words), words
            assert "!" not in words
            assert not re.search(r"\d", re.sub(r"^(Only|So far) \d ", "", words)), words


def test_where_no_change_is_clear_nobody_is_told_that_nothing_changed() -> None:
    open_to_either = [one for one in every_case() if one.finding is Finding.NO_CLEAR_CHANGE]
    assert open_to_either
    for case in open_to_either:
        for told in (wording.for_team(case), wording.for_family(case)):
            said = [words for words in told if "alike here" not in words]
            assert not A_SAMENESS.search(" ".join(said)), said
            assert "tell" in " ".join(said)


def test_there_is_always_a_sentence_and_a_reason_where_nothing_is_found() -> None:
    for case in every_case():
        assert wording.for_family(case)
        assert wording.for_team(case)
        if case.finding is None:
            assert wording.why(case) or case.cautions


def test_one_magical_night_is_told_to_be_one() -> None:
    night = said(Outcome.SLEEP_LATENCY, [60], [5, *QUICK])
    assert wording.for_family(night) == (
        "Only one evening was told from before the program began.",
        "A single evening can be anything, an easy one or a hard one, so nothing is said about change.",
    )
    assert statistics.figures(night) == ()


def test_what_is_found_is_said_with_its_medians_and_days() -> None:
    medians, *others = wording.for_team(said(Outcome.SLEEP_LATENCY, SLOW, QUICK))
    assert medians.startswith("Median before the program began: 50 minutes (middle half: 42 to 55);")
    assert medians.endswith("; since: 25 minutes (middle half: 21 to 30).")
    assert others == [
        "Nights told: 7 of 7 before, 7 of 7 since.",
        "This changed alongside the program, in the direction hoped for. One family’s diary cannot say why.",
    ]


def test_answers_to_touch_are_told_with_how_many_were_strong() -> None:
    """Beside NAP, counts at 3 and 4."""
    touch = said(Outcome.TOUCH_INTENSITY, [4, 3, 3, 2, 3], [1, 0, 3, 1, 2, 4])
    assert "Strong or extreme (3 or 4): 4 of 5 before; 2 of 6 since." in wording.for_team(touch)
    assert not any(
        "Strong" in words for words in wording.for_team(said(Outcome.TOUCH_WEEKLY, [3] * 5, [1] * 5))
    )
    assert not any("Strong" in words for words in wording.for_family(touch))


def test_of_minutes_the_medians_are_told_apart_by_minutes_and_in_percent_of_the_first() -> None:
    """NAP with the difference of medians, and their log ratio as a change in percent."""
    shown = {one.name: one for one in statistics.figures(said(Outcome.SLEEP_LATENCY, SLOW, QUICK))}
    assert shown["difference of medians"].value == "\N{MINUS SIGN}25.00"
    assert shown["the same in percent"].value == "\N{MINUS SIGN}50.00"
    low, high = (
        float(words.replace("\N{MINUS SIGN}", "-"))
        for words in shown["the same in percent"].range.split(" to ")
    )
    assert -100 < low < -50 < high
    unseen = [AtLeast(80), AtLeast(80), AtLeast(80), 50, 60]
    hidden = {one.name for one in statistics.figures(said(Outcome.SLEEP_LATENCY, SLOW, unseen))}
    assert "NAP" in hidden
    assert not {"difference of medians", "the same in percent"} & hidden


@pytest.mark.parametrize("outcome", Outcome)
def test_figures_stand_with_their_ranges_and_ratios_only_of_minutes(outcome: Outcome) -> None:
    names = {one.name: one for one in statistics.figures(said(outcome, SLOW, QUICK))}
    assert names["NAP"].range
    assert ("log response ratio" in names) is (outcome in statistics.RATIOS)
    assert all("nan" not in one.value.lower() for one in names.values())


def test_a_story_before_the_massages_is_named_and_compared_in_the_same_words() -> None:
    case = said(
        Outcome.SLEEP_LATENCY,
        SLOW,
        SLOW + QUICK,
        beside=Beside(("story",), said(Outcome.SLEEP_LATENCY, SLOW, QUICK)),
    )
    team = " ".join(wording.for_team(case))
    assert "Before the massages, something else was prescribed: story." in team
    assert "Median with it: 50 minutes (middle half: 42 to 55); with the massages: 25 minutes" in team
    assert "Nights told: 7 of 7 with it, 7 of 7 with the massages." in team
    assert "this changed alongside the massages, in the direction hoped for" in team
    family = " ".join(wording.for_family(case))
    assert "more as you hoped than with what came before them (story). A diary cannot say why" in family
    few = said(
        Outcome.SLEEP_LATENCY, SLOW, QUICK, beside=Beside(("story",), said(case.outcome, SLOW[:2], QUICK))
    )
    assert wording.for_family(few)[-1].startswith("Too little is recorded from before or since the massages")
    assert "Median with it" not in " ".join(wording.for_team(few))
