"""Who is in the demo: clinics, staff, children, and how each child's story goes."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from clinic.vocabulary import Role


class Course(StrEnum):
    """How a child's record develops; the shapes are those of the studies in domain G, none is promised."""

    STEP = "step"  # most change in the first nights, then level (Mindell 2018)
    GRADUAL = "gradual"
    NONE = "none"
    DROPS_OUT = "drops_out"


class Plan(StrEnum):
    """What was prescribed."""

    BEDTIME = "bedtime"  # every evening after the bath
    MINDELL = "mindell"  # bath, massage, quiet, lights out within 30 minutes
    MENICI = "menici"  # at least 20 minutes, at least 5 days a week, 8 weeks
    QIGONG = "qigong"  # parents daily, therapist weekly, 5 months
    FIELD = "field"  # three times a day for 10 days
    PRESCHOOL = "preschool"  # deep pressure at bedtime
    COLIC = "colic"  # tummy ease, three named days
    WAITLIST = "waitlist"  # diary only


class Logging(StrEnum):
    """How a family keeps its diary."""

    PROMPT = "prompt"
    LATE = "late"  # writes up two or three days at once
    UNTIMED = "untimed"  # "done, didn't time it"
    SPARSE = "sparse"


@dataclass(frozen=True, slots=True)
class Staff:
    """A member of a clinic: name, sign-in, roles, credentials."""

    name: str
    login: str
    roles: tuple[Role, ...]
    credentials: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Home:
    """A household and its caregivers (name, relationship, whether a guardian, whether access ended)."""

    name: str
    caregivers: tuple[Caregiver, ...]
    zone: str = ""
    weekdays: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Caregiver:
    name: str
    login: str
    relationship: str
    is_guardian: bool = True
    has_ended: bool = False


@dataclass(frozen=True, slots=True)
class Worry:
    """Something that worried somebody, `hours_ago`; `told` is what a concern says beside its kind."""

    login: str
    kind: str
    hours_ago: int
    told: tuple[tuple[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class ChildStory:
    """One child. Ages are in weeks yesterday; the program began `weeks_in` weeks ago."""

    first_name: str
    last_name: str
    age_weeks: int
    plan: Plan
    therapist: str
    homes: tuple[Home, ...]
    gestation: tuple[int, int] | None = (39, 0)
    course: Course = Course.STEP
    logging: Logging = Logging.PROMPT
    weeks_in: int = 8
    baseline_days: int = 10
    start_latency: float = 42.0
    start_intensity: float = 2.6
    stimulus: str = "cloth_tag"
    precautions: tuple[str, ...] = ()
    paused_in_week: int | None = None
    changed_in_week: int | None = None
    neonatal_care: bool = False
    messages: tuple[tuple[str, str], ...] = ()
    worries: tuple[Worry, ...] = ()
    own_plan: tuple[str, str] | None = None
    goal: tuple[str, ...] = field(default=())
    tells_on_paper: bool = False


@dataclass(frozen=True, slots=True)
class ClinicStory:
    name: str
    slug: str
    zone: str
    address: str
    phone: str
    staff: tuple[Staff, ...]
    children: tuple[ChildStory, ...]


def one_home(surname: str, mother: str, *more: Caregiver, zone: str = "") -> tuple[Home, ...]:
    """The usual household: one mother, and whoever else."""
    login = mother.lower()
    return (Home(f"{surname} family", (Caregiver(f"{mother} {surname}", login, "mother"), *more), zone=zone),)


TAG_GOAL = (
    "Wear any shirt in the morning",
    "Mornings without a fight about clothes",
    "cries and removes every shirt with a tag",
    "wears it under 5 minutes with help",
    "wears it 30 minutes with one reminder",
    "a morning without reminder",
    "all day, any shirt",
)
FACE_GOAL = (
    "Face washing without tears",
    "I want to wipe her face without her crying",
    "turns away and cries before the cloth touches",
    "allows one wipe of the chin, fusses",
    "allows the whole face with a song",
    "allows the whole face without help",
    "holds the cloth and wipes too",
)
SLEEP_GOAL = (
    "Falling asleep calmly in the own bed",
    "Bedtime that does not take an hour",
    "cries in bed, needs carrying most evenings",
    "settles with an adult's hand, over half an hour",
    "settles with an adult in the room",
    "settles alone most evenings",
    "asks for bed and settles alone",
)

NAN = Caregiver("Nan Morgan", "nan", "grandmother", is_guardian=False)
ADA = Caregiver("Ada Okafor", "ada", "childminder", is_guardian=False)
"""Milo's mother, who minds Jonah: one person with two children, the guardian of one."""

RIVERSIDE = ClinicStory(
    name="Riverside Children's Therapy",
    slug="riverside",
    zone="America/New_York",
    address="12 Mill Street\nRiverside, NY 10000",
    phone="+1 555 0100",
    staff=(
        Staff("Otto Lindqvist", "otto", (Role.OWNER,)),
        Staff("Tess Alvarez", "tess", (Role.THERAPIST,), ("OTR/L", "CIMI")),
        Staff("Theo Brandt", "theo", (Role.THERAPIST,), ("OTR/L",)),
        Staff("Asha Rao", "asha", (Role.THERAPIST_ASSISTANT,), ("COTA/L",)),
        Staff("Stella Marin", "stella", (Role.STUDENT,)),
        Staff("Opal Jensen", "opal", (Role.OFFICE,)),
    ),
    children=(
        ChildStory(
            "Cleo",
            "Morgan",
            39,
            Plan.BEDTIME,
            "tess",
            (
                Home(
                    "Fay's home",
                    (
                        Caregiver("Fay Morgan", "fay", "mother"),
                        NAN,
                        Caregiver("Rex Doyle", "rex", "au pair", is_guardian=False, has_ended=True),
                    ),
                    weekdays=(0, 1, 2, 3, 4),
                ),
                Home(
                    "Greg's home",
                    (Caregiver("Greg Hale", "greg", "father"),),
                    zone="America/Chicago",
                    weekdays=(5, 6),
                ),
            ),
            gestation=(31, 0),
            neonatal_care=True,
            precautions=("face_aversion",),
            stimulus="groom_face_wash",
            weeks_in=5,
            goal=FACE_GOAL,
            worries=(
                Worry(
                    "nan",
                    "temperature",
                    200,
                    (
                        ("temperature", Decimal("38.3")),
                        ("temperature_unit", "celsius"),
                        ("temperature_site", "ear"),
                        ("note", "She is hot and sleepy, but she drinks."),
                        ("shown_version", "concerns-1"),
                        ("shown_advice", "feels_hot"),
                    ),
                ),
                Worry(
                    "fay",
                    "skin_reaction",
                    20,
                    (
                        ("region", "legs"),
                        ("product", "Grandmother’s almond oil"),
                        ("answers", (("face_swelling", "no"), ("trouble_breathing", "no"))),
                        ("note", "Red spots on both legs since this morning."),
                    ),
                ),
                Worry("fay", "parent_strain", 44, (("note", "I have not slept through since Sunday."),)),
            ),
            own_plan=(
                "seizure_like_event",
                "On her side, nothing in the mouth. After 3 minutes: the medicine in the blue box, and 911.",
            ),
            messages=(
                ("fay", "She offered me her other foot tonight. I nearly cried."),
                ("tess", "That is exactly the sign to follow. Let her choose the side first tomorrow."),
            ),
        ),
        ChildStory(
            "Milo",
            "Okafor",
            110,
            Plan.MINDELL,
            "tess",
            one_home("Okafor", "Ada"),
            weeks_in=3,
            baseline_days=7,
            start_latency=55,
            stimulus="bed_linen",
            goal=SLEEP_GOAL,
        ),
        ChildStory(
            "Ines",
            "Castellanos-Montgomery",
            22,
            Plan.MENICI,
            "tess",
            one_home("Castellanos-Montgomery", "Rosa"),
            gestation=(29, 4),
            neonatal_care=True,
            weeks_in=7,
            course=Course.GRADUAL,
            stimulus="diaper_change",
        ),
        ChildStory(
            "Theodor",
            "Vance",
            212,
            Plan.QIGONG,
            "tess",
            one_home("Vance", "Mara"),
            weeks_in=18,
            course=Course.GRADUAL,
            start_intensity=3.1,
            goal=TAG_GOAL,
            logging=Logging.UNTIMED,
        ),
        ChildStory(
            "Ruby",
            "Nakamura",
            178,
            Plan.PRESCHOOL,
            "tess",
            one_home("Nakamura", "Emi"),
            weeks_in=9,
            changed_in_week=5,
            goal=TAG_GOAL,
            stimulus="cloth_seam",
        ),
        ChildStory(
            "Jonah",
            "Petrov",
            14,
            Plan.COLIC,
            "tess",
            one_home("Petrov", "Vera", ADA),
            weeks_in=4,
            course=Course.NONE,
            start_latency=35,
            stimulus="bath_enter",
            logging=Logging.LATE,
            tells_on_paper=True,
        ),
        ChildStory(
            "Wren",
            "Abernathy",
            61,
            Plan.BEDTIME,
            "tess",
            one_home("Abernathy", "Joan"),
            weeks_in=10,
            course=Course.DROPS_OUT,
            stimulus="towel_dry",
        ),
        ChildStory(
            "Ezra",
            "Lowell",
            88,
            Plan.BEDTIME,
            "tess",
            one_home("Lowell", "Dina"),
            weeks_in=6,
            paused_in_week=3,
            stimulus="groom_hair_wash",
        ),
        ChildStory(
            "Saoirse",
            "Byrne",
            150,
            Plan.WAITLIST,
            "tess",
            one_home("Byrne", "Orla"),
            weeks_in=3,
            course=Course.NONE,
            goal=SLEEP_GOAL,
        ),
        ChildStory(
            "Luca",
            "Romano",
            47,
            Plan.BEDTIME,
            "theo",
            one_home("Romano", "Giulia"),
            weeks_in=12,
            course=Course.NONE,
            precautions=("reflux",),
            stimulus="groom_nails",
        ),
        ChildStory(
            "Hana",
            "Suleiman",
            240,
            Plan.PRESCHOOL,
            "theo",
            one_home("Suleiman", "Noor"),
            weeks_in=7,
            start_intensity=3.3,
            stimulus="shoes_socks",
            goal=TAG_GOAL,
        ),
        ChildStory(
            "Otis",
            "Grant",
            31,
            Plan.MENICI,
            "theo",
            one_home("Grant", "Lena"),
            gestation=(27, 2),
            neonatal_care=True,
            weeks_in=8,
            precautions=("foot_sensitivity",),
            stimulus="held_cuddled",
        ),
        ChildStory(
            "Maeve",
            "Lindholm",
            6,
            Plan.FIELD,
            "theo",
            one_home("Lindholm", "Siri"),
            gestation=(33, 5),
            neonatal_care=True,
            weeks_in=1,
            baseline_days=0,
            course=Course.NONE,
            stimulus="diaper_change",
        ),
        ChildStory(
            "Amir",
            "Haddad",
            130,
            Plan.MINDELL,
            "theo",
            one_home("Haddad", "Layla"),
            weeks_in=2,
            baseline_days=7,
            logging=Logging.SPARSE,
            stimulus="sunscreen_lotion",
        ),
    ),
)

LITTLE_STEPS = ClinicStory(
    name="Little Steps Occupational Therapy",
    slug="little-steps",
    zone="America/Los_Angeles",
    address="400 Harbor View\nSeabright, CA 90000",
    phone="+1 555 0180",
    staff=(
        Staff("Olga Marsh", "olga", (Role.OWNER, Role.THERAPIST), ("OTR/L",)),
        Staff("Tova Stein", "tova", (Role.THERAPIST,), ("OTR/L", "CEIM")),
        Staff("Sten Hall", "sten", (Role.STUDENT,)),
    ),
    children=(
        ChildStory(
            "Cody", "Whitfield", 60, Plan.BEDTIME, "tova", one_home("Whitfield", "Dana"), gestation=None
        ),
        ChildStory(
            "Pia",
            "Engel",
            95,
            Plan.MINDELL,
            "tova",
            one_home("Engel", "Katja"),
            weeks_in=3,
            baseline_days=7,
            start_latency=61,
            goal=SLEEP_GOAL,
        ),
        ChildStory(
            "Noah",
            "Tran",
            205,
            Plan.QIGONG,
            "tova",
            one_home("Tran", "Linh"),
            weeks_in=20,
            course=Course.GRADUAL,
            start_intensity=3.0,
            goal=TAG_GOAL,
        ),
        ChildStory(
            "Zuri",
            "Mwangi",
            19,
            Plan.MENICI,
            "tova",
            one_home("Mwangi", "Wanjiru"),
            gestation=(30, 1),
            neonatal_care=True,
            weeks_in=5,
            course=Course.GRADUAL,
        ),
        ChildStory(
            "Felix",
            "Moreau",
            164,
            Plan.PRESCHOOL,
            "tova",
            one_home("Moreau", "Claire"),
            course=Course.NONE,
            logging=Logging.LATE,
            goal=TAG_GOAL,
        ),
        ChildStory(
            "Iris",
            "Kowalska",
            73,
            Plan.BEDTIME,
            "olga",
            one_home("Kowalska", "Ewa"),
            paused_in_week=4,
        ),
        ChildStory(
            "Santiago",
            "Reyes",
            12,
            Plan.COLIC,
            "olga",
            one_home("Reyes", "Luz"),
            weeks_in=3,
            course=Course.STEP,
            start_latency=30,
        ),
        ChildStory(
            "Bea",
            "Thornton",
            118,
            Plan.BEDTIME,
            "olga",
            one_home("Thornton", "Alma"),
            weeks_in=14,
            course=Course.DROPS_OUT,
        ),
        ChildStory("Kai", "Nakoa", 143, Plan.WAITLIST, "olga", one_home("Nakoa", "Leilani"), weeks_in=2),
        ChildStory(
            "Elif",
            "Demir",
            55,
            Plan.BEDTIME,
            "olga",
            one_home("Demir", "Sevgi"),
            logging=Logging.UNTIMED,
            changed_in_week=4,
        ),
    ),
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

CLINICS = (RIVERSIDE, LITTLE_STEPS, JUNIPER)

DEMO_LOGINS = {
    "tess": "therapist",
    "asha": "therapist assistant, whom Tess supervises",
    "stella": "student, whom Tess supervises",
    "theo": "therapist; also gives the code of an app",
    "otto": "owner of the clinic",
    "sol": "owner and only therapist of a small clinic",
    "fay": "mother; her child has two homes",
    "greg": "father, in the other home",
    "nan": "grandmother, who only logs",
    "ada": "mother, who also minds the child of another family",
    "orla": "mother; a diary, before anything is prescribed",
    "joan": "mother; her child is in hospital",
    "alma": "mother; her reminders rest",
    "dina": "mother, after the discharge",
}
"""Printed after seeding, with who they are; everybody else has an account without a password."""

WITH_AN_APP = "theo"
"""Who gives the code of an authenticator app too, so that the second step at sign-in can be tried."""
