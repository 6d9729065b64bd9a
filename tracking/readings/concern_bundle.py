"""What a phone stores to advise a family offline: rules, texts, the child's plans, whom to call."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from clinic.localtime import local_day
from clinic.models import Child, User
from tracking.readings.concern_texts import AdviceText, advice_texts, document
from tracking.readings.concerns import SeenPlan, plans_of_child, zone_here
from tracking.readings.sight import Sight
from tracking.readings.texts import Adoption
from tracking.wording import concerns as wording


@dataclass(frozen=True, slots=True)
class BundleAges:
    """The child's ages in days on the local day `on`, so that a phone can count on from there.

    `corrected_days` is None where age is not corrected; negative before the due date. Rules read the smaller.
    """

    on: dt.date
    chronological_days: int
    corrected_days: int | None


@dataclass(frozen=True, slots=True)
class Sayings:
    """Sentences around an advice; a phone puts the clock time into `received` and the number into `call`."""

    received: str
    not_sent: str
    nobody_watches: str
    call: str


@dataclass(frozen=True, slots=True)
class Bundle:
    """One child's bundle in one language. `adopted` None: the texts are draft wording, and say so.

    `emergency_number` is empty where the clinic has named none. `digest` changes with anything in it.
    """

    version: str
    language: str
    reading: str
    believed_celsius: tuple[float, float]
    questions: Mapping[str, list[str]]
    rules: list[Mapping[str, Any]]
    texts: Mapping[str, AdviceText]
    adopted: Adoption | None
    say: Sayings
    emergency_number: str
    clinic_phone: str
    plans: tuple[SeenPlan, ...]
    ages: BundleAges
    is_moving_about: bool | None
    digest: str


def bundle_of(user: User, child: Child, sight: Sight, *, now: dt.datetime, language: str) -> Bundle:
    """The bundle as it holds today where the reader is, in a constant number of statements."""
    rules, texts = document(), advice_texts(child.clinic_id, language)
    today = local_day(now, zone_here(sight, child))
    ages = child.ages_on(today)
    lowest, highest = rules["believed_celsius"]
    made = Bundle(
        version=rules["version"],
        language=language,
        reading=rules["reading"],
        believed_celsius=(lowest, highest),
        questions=rules["questions"],
        rules=rules["rules"],
        texts=texts.by_key,
        adopted=texts.adopted,
        say=Sayings(
            received=wording.received(),
            not_sent=wording.not_sent(),
            nobody_watches=wording.nobody_watches(),
            call=wording.call(wording.NUMBER if child.clinic.emergency_number else ""),
        ),
        emergency_number=child.clinic.emergency_number,
        clinic_phone=child.clinic.phone,
        plans=tuple(plans_of_child(user, child).values()),
        ages=BundleAges(
            on=today,
            chronological_days=ages.chronological.days,
            corrected_days=ages.corrected.days if ages.corrected else None,
        ),
        is_moving_about=child.is_moving_about,
        digest="",
    )
    return dataclasses.replace(made, digest=_digest(made))


def _digest(bundle: Bundle) -> str:
    told = json.dumps(dataclasses.asdict(bundle), sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(told.encode()).hexdigest()
