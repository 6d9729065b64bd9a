"""What is advised when something worries a family: thresholds on both sides, ages at their edges."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clinic.ages import Age, ages, gestation_days
from tests.tracking import phone
from tracking.concern_advice import About, Advice, Told, advise
from tracking.readings.concern_texts import document, rules
from tracking.red_flags import SEVERITIES
from tracking.vocabulary.concerns import (
    AdviceLevel,
    ConcernAnswer,
    ConcernKind,
    ConcernQuestion,
    FlagCode,
    Severity,
    TemperatureUnit,
)

TODAY = dt.date(2026, 11, 28)
BORN = {
    "12 weeks": TODAY - dt.timedelta(weeks=12),
    "a day under 3 months": dt.date(2026, 8, 29),
    "3 months": dt.date(2026, 8, 28),
    "a day under 6 months": dt.date(2026, 5, 29),
    "6 months": dt.date(2026, 5, 28),
    "2 years": dt.date(2024, 11, 28),
}


def fever(
    degrees: str | None, born_on: dt.date, *, unit: str = TemperatureUnit.CELSIUS, **answers: str
) -> Advice:
    told = Told("temperature", None if degrees is None else Decimal(degrees), unit, answers)
    return advise(rules(), told, About(Age(born_on, TODAY), None))


def of(kind: str, *, moves: bool | None = None, **answers: str) -> Advice:
    return advise(rules(), Told(kind, answers=answers), About(Age(BORN["2 years"], TODAY), moves))


@pytest.mark.parametrize(
    ("age", "degrees", "key"),
    [
        ("12 weeks", "37.9", "no_fever"),
        ("12 weeks", "38.0", "fever_young"),
        ("a day under 3 months", "38.0", "fever_young"),
        ("a day under 3 months", "39.0", "fever_young"),
        ("3 months", "38.0", "fever_any"),
        ("3 months", "38.9", "fever_any"),
        ("3 months", "39.0", "fever_3_6"),
        ("a day under 6 months", "38.9", "fever_any"),
        ("a day under 6 months", "39.0", "fever_3_6"),
        ("6 months", "39.0", "fever_any"),
        ("2 years", "37.9", "no_fever"),
        ("2 years", "38.0", "fever_any"),
    ],
)
def test_a_fever_is_as_urgent_as_the_child_is_young(age: str, degrees: str, key: str) -> None:
    assert fever(degrees, BORN[age]).key == key


def test_each_fever_raises_its_flag_at_the_severity_of_the_reference() -> None:
    for degrees, age, flag in (
        ("38.0", "12 weeks", FlagCode.FEVER_YOUNG),
        ("39.0", "3 months", FlagCode.FEVER_3_6),
        ("38.0", "2 years", FlagCode.FEVER_ANY),
    ):
        advice = fever(degrees, BORN[age])
        assert (advice.flag, advice.severity) == (flag, SEVERITIES[flag])
        assert advice.is_massage_stopped
        assert advice.precaution is not None
        assert advice.precaution.code == "fever"


@pytest.mark.parametrize(
    ("fahrenheit", "key"),
    [("100.3", "no_fever"), ("100.4", "fever_young"), ("102.1", "fever_young")],
)
def test_fahrenheit_is_read_as_fahrenheit(fahrenheit: str, key: str) -> None:
    assert fever(fahrenheit, BORN["12 weeks"], unit=TemperatureUnit.FAHRENHEIT).key == key
    assert fever("102.2", BORN["3 months"], unit=TemperatureUnit.FAHRENHEIT).key == "fever_3_6"
    assert fever("102.1", BORN["3 months"], unit=TemperatureUnit.FAHRENHEIT).key == "fever_any"


@pytest.mark.parametrize("degrees", [None, "101", "3.8", "29.99"])
def test_a_temperature_that_cannot_be_is_a_child_who_feels_hot(degrees: str | None) -> None:
    assert fever(degrees, BORN["2 years"]).key == "feels_hot"
    young = fever(degrees, BORN["12 weeks"])
    assert (young.key, young.level, young.severity) == (
        "feels_hot_young",
        AdviceLevel.URGENT,
        Severity.URGENT,
    )


def test_a_child_who_looks_unwell_is_looked_at_today_whatever_was_measured() -> None:
    assert fever("37.2", BORN["2 years"], looks_unwell="yes").level is AdviceLevel.TODAY
    assert fever("37.2", BORN["2 years"], looks_unwell="no").level is AdviceLevel.NOTE
    assert fever("38.0", BORN["12 weeks"], looks_unwell="no").level is AdviceLevel.EMERGENCY


def test_fever_rules_read_the_younger_age_also_where_correcting_has_ended() -> None:
    early = ages(born_on=TODAY - dt.timedelta(weeks=20), gestation=gestation_days(31), on=TODAY)
    assert (early.chronological.months, early.younger.months) == (4, 2)
    told = Told("temperature", Decimal("38.0"))
    assert advise(rules(), told, About(early.younger, None)).key == "fever_young"
    assert advise(rules(), told, About(early.chronological, None)).key == "fever_any"


@pytest.mark.parametrize(
    ("kind", "answers", "key", "severity"),
    [
        ("colour_breathing", {}, "colour_breathing", Severity.EMERGENCY),
        ("seizure_like_event", {}, "seizure", Severity.EMERGENCY),
        ("skin_reaction", {}, "skin_reaction", Severity.URGENT),
        ("skin_reaction", {"after_massage": "no", "face_swelling": "no"}, "skin_reaction", Severity.URGENT),
        ("skin_reaction", {"face_swelling": "yes"}, "skin_emergency", Severity.EMERGENCY),
        ("skin_reaction", {"trouble_breathing": "yes"}, "skin_emergency", Severity.EMERGENCY),
        ("feeding", {"choked": "yes", "only_vomited": "yes"}, "choked", Severity.EMERGENCY),
        ("feeding", {"only_vomited": "yes"}, "vomiting", None),
        ("feeding", {}, "feeding", Severity.URGENT),
        ("pain_or_limp", {}, "pain_or_limp", Severity.URGENT),
        ("limb_not_moved", {}, "limb_not_moved", Severity.URGENT),
        ("lost_skill", {}, "lost_skill", Severity.URGENT),
        ("parent_strain", {}, "parent_strain", Severity.URGENT),
        ("other", {}, "other", None),
        ("of_a_newer_app", {}, "unknown_kind", None),
    ],
)
def test_each_kind_has_its_advice(
    kind: str, answers: dict[str, str], key: str, severity: Severity | None
) -> None:
    advice = of(kind, **answers)
    assert (advice.key, advice.severity) == (key, severity)
    assert advice.is_product_stopped is (kind == "skin_reaction")


def test_a_rash_without_massage_or_danger_only_rests_that_skin() -> None:
    advice = of("skin_reaction", after_massage="no", face_swelling="no", trouble_breathing="no")
    assert (advice.key, advice.level, advice.is_product_stopped) == ("skin_other", AdviceLevel.PAUSE, False)


def test_vomiting_alone_is_no_emergency_and_choking_is() -> None:
    assert of("feeding", only_vomited="yes").level is AdviceLevel.PAUSE
    assert of("feeding", choked="yes").level is AdviceLevel.EMERGENCY


@pytest.mark.parametrize(
    ("recorded", "said", "key"),
    [
        (None, None, "bruise_not_moving"),
        (None, "not_known", "bruise_not_moving"),
        (False, "yes", "bruise_not_moving"),
        (True, "no", "bruise_not_moving"),
        (True, None, "bruise_explained"),
        (None, "yes", "bruise_explained"),
    ],
)
def test_a_bruise_is_urgent_unless_the_child_surely_moves_about(
    recorded: bool | None, said: str | None, key: str
) -> None:
    answers = {} if said is None else {"moves_about": said}
    assert of("bruise_or_swelling", moves=recorded, is_unexplained="no", **answers).key == key


@pytest.mark.parametrize("unexplained", ["yes", "not_known", None])
def test_a_bruise_that_nobody_can_explain_is_urgent_in_every_child(unexplained: str | None) -> None:
    answers = {} if unexplained is None else {"is_unexplained": unexplained}
    advice = of("bruise_or_swelling", moves=True, **answers)
    assert (advice.key, advice.severity) == ("bruise_unexplained", Severity.URGENT)


def test_every_advice_has_its_words_and_every_word_its_advice() -> None:
    keys = {rule.advice.key for rule in rules().rules}
    assert keys == set(document()["texts"])
    for parts in document()["texts"].values():
        for text in (parts["title"], parts["text"]):
            assert text
            assert not {"!", "%"} & set(text)


def test_rules_of_a_kind_go_from_the_most_to_the_least_urgent() -> None:
    """An app that does not know a condition takes it as holding: it may then only err to the urgent side."""
    order = list(AdviceLevel)
    for kind in ConcernKind:
        levels = [order.index(advice.level) for advice in rules().of_kind(kind)]
        assert levels == sorted(levels), kind


# ---- the phone's own reading of the same document ----------------------------------------------------------

TEMPERATURES = [
    *((degrees, "celsius") for degrees in (None, 36.6, 37.9, 37.99, 38.0, 38.9, 39.0, 41.2, 3.8, 101.0)),
    *((degrees, "fahrenheit") for degrees in (98.6, 100.2, 100.3, 100.39, 100.4, 102.1, 102.2, 38.0)),
]


def both(
    kind: str,
    degrees: float | None,
    unit: str,
    answers: dict[str, str],
    *,
    moves: bool | None,
    chronological: int,
    early: int,
    passed: int = 0,
) -> tuple[str, str]:
    """The key of the server's advice and of the phone's, whose bundle is `passed` days old."""
    held = {
        **document(),
        "is_moving_about": moves,
        "ages": {
            "on": (TODAY - dt.timedelta(days=passed)).isoformat(),
            "chronological_days": chronological - passed,
            "corrected_days": chronological - early - passed if early else None,
        },
    }
    told = {
        "kind": kind,
        "temperature": degrees,
        "temperature_unit": unit,
        "answers": [{"question": question, "answer": answer} for question, answer in answers.items()],
    }
    younger = Age(TODAY - dt.timedelta(days=chronological - early), TODAY)
    here = advise(
        rules(),
        Told(kind, None if degrees is None else Decimal(str(degrees)), unit, answers),
        About(younger, moves),
    )
    return here.key, phone.advice(held, told, TODAY)["key"]


@pytest.mark.parametrize("unwell", ["yes", "no"])
@pytest.mark.parametrize("age", BORN)
@pytest.mark.parametrize(("degrees", "unit"), TEMPERATURES)
def test_phone_and_server_read_a_temperature_alike(
    degrees: float | None, unit: str, age: str, unwell: str
) -> None:
    days = (TODAY - BORN[age]).days
    for early, passed in product((0, 40, 63), (0, 1, 30)):
        here, there = both(
            "temperature",
            degrees,
            unit,
            {"looks_unwell": unwell},
            moves=None,
            chronological=days + early,
            early=early,
            passed=passed,
        )
        assert here == there


# How fast values are made says how busy the machine is, nothing about the rules.
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    kind=st.sampled_from([*map(str, ConcernKind), "of_a_newer_app"]),
    degrees=st.none() | st.integers(2500, 11000).map(lambda hundredths: hundredths / 100),
    unit=st.sampled_from([str(unit) for unit in TemperatureUnit]),
    answers=st.dictionaries(
        st.sampled_from([str(question) for question in ConcernQuestion]),
        st.sampled_from([str(answer) for answer in ConcernAnswer]),
    ),
    moves=st.sampled_from([True, False, None]),
    chronological=st.integers(0, 900),
    early=st.integers(0, 120),
    passed=st.integers(0, 60),
)
def test_phone_and_server_advise_alike_whatever_is_told(**told: object) -> None:
    here, there = both(**told)  # as the strategies make them
    assert here == there
