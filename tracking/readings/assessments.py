"""Totals and bands of standard instruments as a reader may see them; item answers are never stored."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from clinic.models import Child, User
from tracking.goal_scaling import is_notable
from tracking.models import Assessment
from tracking.models.supervision import is_unsigned
from tracking.readings.sight import Sight
from tracking.vocabulary.programs import Instrument


@dataclass(frozen=True, slots=True)
class Total:
    """One score of an instrument. `least` and `most` are what it can be, None where nobody said.

    `band` is what the instrument calls it, empty: nobody said. `since_first` is the difference to the first
    total of this name by this instrument, None for that itself. `notable_from`, of COPM alone, are the points
    from which the clinic notes a rise: the publisher's rule of thumb or its own.
    """

    score: str
    value: float
    least: float | None
    most: float | None
    band: str
    since_first: float | None = None
    notable_from: float | None = None

    @property
    def is_notable(self) -> bool | None:
        """Whether it rose by those points since the first; None where that is not asked."""
        if self.since_first is None or self.notable_from is None:
            return None
        return is_notable(self.since_first, points=self.notable_from)


@dataclass(frozen=True, slots=True)
class AssessmentCard:
    """What an instrument said on a day; one that `is_draft` waits for a signature.

    What a total is called, from where on it is notable and who answered are the team's: guardians get the
    numbers.
    """

    id: uuid.UUID
    client_id: uuid.UUID
    instrument: str
    on: dt.date
    respondent: str
    language: str
    by: str
    is_draft: bool
    totals: tuple[Total, ...]


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """One score of an instrument, on the latest day, the day before it, and the first that told it.

    None where that day does not tell it; `first` also where no other does.
    """

    score: str
    latest: Total | None
    previous: Total | None
    first: Total | None
    first_on: dt.date | None

    @property
    def change(self) -> float | None:
        """How much more it is than at first, negative: less; None without two to compare."""
        if self.latest is None or self.first is None:
            return None
        return round(self.latest.value - self.first.value, 2)

    @property
    def is_notable(self) -> bool:
        """Whether that is a rise its clinic notes: of COPM alone, and no proof."""
        points = self.latest.notable_from if self.latest else None
        return self.change is not None and points is not None and is_notable(self.change, points=points)


@dataclass(frozen=True, slots=True)
class InstrumentCard:
    """One instrument, its days newest first; at least one."""

    instrument: Instrument
    days: tuple[AssessmentCard, ...]

    @property
    def latest(self) -> AssessmentCard:
        return self.days[0]

    @property
    def previous(self) -> AssessmentCard | None:
        return self.days[1] if len(self.days) > 1 else None

    @property
    def is_answered_by_others(self) -> bool:
        """Whether somebody else answered the latest than one before; only where all said who."""
        return len({one.respondent.casefold() for one in self.days if one.respondent}) > 1

    @property
    def lines(self) -> tuple[ScoreLine, ...]:
        """Its scores by their names, whatever their case: those of the latest day first."""
        told: defaultdict[str, dict[uuid.UUID, Total]] = defaultdict(dict)
        for day in self.days:
            for total in day.totals:
                told[total.score.casefold()][day.id] = total
        return tuple(self._line(by_day) for by_day in told.values())

    def _line(self, by_day: dict[uuid.UUID, Total]) -> ScoreLine:
        """Of one score's totals, newest first."""
        oldest = next(day for day in reversed(self.days) if day.id in by_day)
        is_compared = len(by_day) > 1
        return ScoreLine(
            score=next(iter(by_day.values())).score,
            latest=by_day.get(self.latest.id),
            previous=by_day.get(self.previous.id) if self.previous else None,
            first=by_day[oldest.id] if is_compared else None,
            first_on=oldest.on if is_compared else None,
        )


def assessments_of(user: User, child: Child, sight: Sight) -> tuple[AssessmentCard, ...]:
    """Those `user` may see, newest first; one statement."""
    rows = Assessment.objects.visible_to(user).filter(child=child).select_related("by")
    annotated = list(rows.annotate(is_draft=is_unsigned(Assessment)).order_by("-on", "-at", "-id"))
    compared = _compared(annotated, copm_points=float(child.clinic.copm_notable_points))
    return tuple(
        AssessmentCard(
            id=row.pk,
            client_id=row.client_id,
            instrument=row.instrument,
            on=row.on,
            respondent=row.respondent if sight.is_team else "",
            language=row.language,
            by=row.by.name,
            is_draft=vars(row)["is_draft"],
            totals=compared[row.pk] if sight.is_team else _numbers_alone(compared[row.pk]),
        )
        for row in annotated
    )


def totals_of(assessment: Assessment) -> tuple[Total, ...]:
    return tuple(
        Total(name, told["value"], told.get("least"), told.get("most"), told.get("band", ""))
        for name, told in assessment.totals.items()
    )


def by_instrument(newest_first: Iterable[AssessmentCard]) -> tuple[InstrumentCard, ...]:
    """The days of each instrument, the one that was done last first."""
    days: defaultdict[Instrument, list[AssessmentCard]] = defaultdict(list)
    for one in newest_first:
        days[Instrument(one.instrument)].append(one)
    return tuple(InstrumentCard(instrument, tuple(told)) for instrument, told in days.items())


def _numbers_alone(totals: Iterable[Total]) -> tuple[Total, ...]:
    return tuple(replace(one, band="", notable_from=None) for one in totals)


def _compared(
    newest_first: Sequence[Assessment], *, copm_points: float
) -> dict[uuid.UUID, tuple[Total, ...]]:
    """The totals of each assessment, each with its difference to the first of its name."""
    firsts: dict[tuple[str, str], float] = {}
    found: dict[uuid.UUID, tuple[Total, ...]] = {}
    for row in reversed(newest_first):
        notable_from = copm_points if row.instrument == Instrument.COPM else None
        totals = []
        for total in totals_of(row):
            key = row.instrument, total.score.casefold()
            since = round(total.value - firsts[key], 2) if key in firsts else None
            firsts.setdefault(key, total.value)
            totals.append(replace(total, since_first=since, notable_from=notable_from))
        found[row.pk] = tuple(totals)
    return found
