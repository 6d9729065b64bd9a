"""Totals of standard instruments in the demo: one child measured twice, one once. No item of any is here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from clinic.localtime import local_day
from clinic.models import User
from tracking.management.demo.people import Planted
from tracking.services.goals import record_assessment
from tracking.vocabulary.programs import Instrument

TWICE, ONCE = "Theodor", "Ruby"
MOTHER = "his mother"


def plant_measures(planted: Planted, therapists: Mapping[str, User], *, now: dt.datetime) -> None:
    """Enter them for the clinic that has these children; `therapists` by the child's first name."""
    if TWICE not in planted.children:
        return
    told: tuple[tuple[str, Instrument, int, str, dict[str, dict[str, Any]]], ...] = (
        (
            TWICE,
            Instrument.COPM,
            126,
            MOTHER,
            {"performance": {"value": 3.4}, "satisfaction": {"value": 2.2}},
        ),
        (TWICE, Instrument.COPM, 7, MOTHER, {"performance": {"value": 5.6}, "satisfaction": {"value": 4.0}}),
        (
            TWICE,
            Instrument.SSC,
            126,
            MOTHER,
            {"Tactile and oral": {"value": 29}, "Other senses": {"value": 24}},
        ),
        (TWICE, Instrument.SSC, 7, "his father", {"Tactile and oral": {"value": 23}}),
        (
            ONCE,
            Instrument.SP2_CHILD,
            60,
            "her mother",
            {"Touch": {"value": 34, "band": "more than others"}},
        ),
    )
    for name, instrument, days, respondent, totals in told:
        child = planted.children[name]
        at = now - dt.timedelta(days=days)
        record_assessment(
            by=therapists[name],
            child=child,
            instrument=instrument,
            on=local_day(at, child.clinic.zone),
            totals=totals,
            respondent=respondent,
            now=at,
        )
