"""Juniper: a practice of one, owner and only therapist."""

from __future__ import annotations

from clinic.vocabulary import Role
from tracking.management.demo.stories import (
    TAG_GOAL,
    ChildStory,
    ClinicStory,
    Course,
    Logging,
    Plan,
    Staff,
    one_home,
)

JUNIPER = ClinicStory(
    name="Sol Whitaker, Pediatric OT",
    slug="juniper",
    zone="America/Denver",
    address="7 Juniper Lane\nAspen Grove, CO 80000",
    phone="+1 555 0142",
    staff=(Staff("Sol Whitaker", "sol", (Role.OWNER, Role.THERAPIST), ("OTR/L", "SWC")),),
    children=(
        ChildStory("Sami", "Aalto", 200, Plan.PRESCHOOL, "sol", one_home("Aalto", "Tuuli"), goal=TAG_GOAL),
        ChildStory(
            "Nell",
            "Hastings",
            33,
            Plan.BEDTIME,
            "sol",
            one_home("Hastings", "Cora"),
            gestation=(34, 2),
            weeks_in=6,
        ),
        ChildStory(
            "Arlo",
            "Quist",
            84,
            Plan.MINDELL,
            "sol",
            one_home("Quist", "Berit"),
            weeks_in=3,
            baseline_days=7,
        ),
        ChildStory(
            "Odile",
            "Fontaine",
            156,
            Plan.QIGONG,
            "sol",
            one_home("Fontaine", "Margot"),
            weeks_in=11,
            course=Course.GRADUAL,
            logging=Logging.SPARSE,
            goal=TAG_GOAL,
        ),
        ChildStory("Bram", "de Wit", 26, Plan.BEDTIME, "sol", one_home("de Wit", "Sanne"), weeks_in=2),
    ),
)
