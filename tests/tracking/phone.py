"""A family's phone, for tests: it holds a bundle, advises with no network, and sends later what it kept.

It knows the bundle's document and nothing of the server's code, as an app would; `reading` in the bundle is
what it was written from.
"""

from __future__ import annotations

import calendar
import datetime as dt
import math
import uuid
from dataclasses import dataclass, field
from typing import Any, Protocol


class Network(Protocol):
    """What the phone is connected to (`tests.api.client.App`)."""

    def get(self, path: str, **query: Any) -> Any: ...
    def put(self, path: str, body: Any, **headers: str) -> Any: ...


def celsius(bundle: dict[str, Any], value: float | None, unit: str) -> float | None:
    if value is None:
        return None
    hundredths = value * 100
    if unit == "fahrenheit":
        hundredths = (value - 32) * 500 / 9
    # A double lies a hair beside the number it stands for; a hair is not a hundredth.
    rounded = math.floor(round(hundredths, 6) + 0.5) / 100
    lowest, highest = bundle["believed_celsius"]
    return rounded if lowest <= rounded <= highest else None


def months_old(days: int, on: dt.date) -> int:
    """Completed calendar months of an age in days on a day."""
    born = on - dt.timedelta(days=days)
    months = (on.year * 12 + on.month) - (born.year * 12 + born.month)
    last_of_month = calendar.monthrange(on.year, on.month)[1]
    return months - (on.day < min(born.day, last_of_month))


def younger_days(bundle: dict[str, Any], on: dt.date) -> int:
    """The smaller age, counted on from the day the bundle's ages hold for."""
    ages = bundle["ages"]
    passed = (on - dt.date.fromisoformat(ages["on"])).days
    both = [ages["chronological_days"], ages["corrected_days"]]
    return min(days for days in both if days is not None) + passed


def moving_about(bundle: dict[str, Any], answers: dict[str, str]) -> str:
    said = answers.get("moves_about", "not_known")
    recorded = {True: "yes", False: "no", None: "not_known"}[bundle["is_moving_about"]]
    if "no" in (said, recorded):
        return "no"
    return "yes" if "yes" in (said, recorded) else "not_known"


def advice(bundle: dict[str, Any], told: dict[str, Any], on: dt.date) -> dict[str, Any]:
    """The rule that fits what was told of a local day."""
    answers = {one["question"]: one["answer"] for one in told.get("answers", [])}
    degrees = celsius(bundle, told.get("temperature"), told.get("temperature_unit", "celsius"))
    months = months_old(younger_days(bundle, on), on)
    for rule in bundle["rules"]:
        fits = []
        for name, wanted in rule["when"].items():
            if name == "kind":
                fits.append(told["kind"] == wanted)
            elif name == "celsius_at_least":
                fits.append(degrees is not None and degrees >= wanted)
            elif name == "celsius_known":
                fits.append((degrees is not None) is wanted)
            elif name == "age_months_under":
                fits.append(months < wanted)
            elif name == "moving_about":
                fits.append(moving_about(bundle, answers) in wanted)
            elif name == "answers":
                fits.extend(answers.get(asked, "not_known") in ok for asked, ok in wanted.items())
        if all(fits):
            return rule
    raise AssertionError("the last rule fits everything")


@dataclass(frozen=True, slots=True)
class Screen:
    """What the phone shows: the child's own plan first, where there is one."""

    key: str
    level: str
    plan: str
    title: str
    text: str
    call: str
    receipt: str


@dataclass(slots=True)
class Phone:
    """One child on one phone; `network` None: there is none."""

    child: str
    zone: dt.tzinfo
    zone_name: str
    network: Network | None
    bundle: dict[str, Any] = field(default_factory=dict)
    queue: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    @property
    def room(self) -> str:
        return f"/api/v1/children/{self.child}"

    def refresh(self) -> None:
        assert self.network is not None
        self.bundle = self.network.get(f"{self.room}/concern-bundle").body

    def tell(self, told: dict[str, Any], *, at: dt.datetime) -> Screen:
        """Advise at once from what the phone holds; keep what was told until it can be sent."""
        rule = advice(self.bundle, told, at.astimezone(self.zone).date())
        body = {
            **told,
            "occurred_at": at.isoformat(),
            "zone": self.zone_name,
            "shown_version": self.bundle["version"],
            "shown_advice": rule["key"],
        }
        self.queue.append((str(uuid.uuid4()), body))
        plans = {plan["kind"]: plan["text"] for plan in self.bundle["plans"]}
        text, say = self.bundle["texts"][rule["key"]], self.bundle["say"]
        return Screen(
            key=rule["key"],
            level=rule["level"],
            plan=plans.get(told["kind"], ""),
            title=text["title"],
            text=text["text"],
            call=say["call"].replace("{number}", self.bundle["emergency_number"]),
            receipt=say["not_sent"],
        )

    def send(self, *, clock: dt.datetime) -> list[Any]:
        """Everything that waits, in order; what was answered stays sent."""
        assert self.network is not None
        answers = [
            self.network.put(f"{self.room}/concerns/{made}", {**body, "sent_at": clock.isoformat()})
            for made, body in self.queue
        ]
        self.queue = [waiting for waiting, got in zip(self.queue, answers, strict=True) if got.status >= 500]
        return answers
