"""Chronological, corrected and postmenstrual age.

Corrected age = chronological age less the time born before 40 weeks of gestation (American Academy of
Pediatrics, 2004, reaffirmed 2008 and 2021), for children born before 37 weeks 0 days, until 24 months of
chronological age by default (30 or 36 by setting). Gestation counts in completed weeks and days: 25w5d is
not 26 weeks.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum, unique

FULL_TERM_DAYS = 280
PRETERM_BEFORE_DAYS = 37 * 7
CORRECT_UNTIL_MONTHS = (24, 30, 36)
"""What the setting may be, in months of chronological age; the first is the default."""


@unique
class AgeKind(StrEnum):
    """What an age is counted from: birth, the due date, or the last menstrual period."""

    CHRONOLOGICAL = "chronological"
    CORRECTED = "corrected"
    BEFORE_DUE_DATE = "before_due_date"
    POSTMENSTRUAL = "postmenstrual"


@unique
class AgeUnit(StrEnum):
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"


@unique
class AgeWarning(StrEnum):
    """Why the age used may be wrong."""

    GESTATION_UNKNOWN = "gestation_unknown"


@dataclass(frozen=True, slots=True)
class Age:
    """Time from `counted_from` to `on`; negative before the due date."""

    counted_from: date
    on: date

    @property
    def days(self) -> int:
        return (self.on - self.counted_from).days

    @property
    def weeks(self) -> int:
        """Completed weeks; before the due date rounded away from it (-32 days is -5)."""
        return self.days // 7

    @property
    def months(self) -> int:
        """Completed calendar months; a month too short for the day of birth completes on its last day."""
        months = (self.on.year - self.counted_from.year) * 12 + self.on.month - self.counted_from.month
        last_day = monthrange(self.on.year, self.on.month)[1]
        return months if self.on.day >= min(self.counted_from.day, last_day) else months - 1


@dataclass(frozen=True, slots=True)
class Ages:
    """Every age of one child on one day.

    `corrected` is None for children born at term, and where gestation is unknown; it is still given after
    correcting has ended, with `is_corrected` false. `postmenstrual_days` is None where gestation is unknown.
    """

    chronological: Age
    corrected: Age | None
    is_corrected: bool
    postmenstrual_days: int | None
    warning: AgeWarning | None

    @property
    def used(self) -> Age:
        """The age to compare with limits: corrected while that applies, chronological otherwise."""
        return self.corrected if self.is_corrected and self.corrected else self.chronological

    @property
    def younger(self) -> Age:
        """The younger of both, whether or not correcting still applies: for fever rules (Hadhud 2023)."""
        return self.corrected or self.chronological

    @property
    def is_before_due_date(self) -> bool:
        return self.is_corrected and self.used.days < 0


def gestation_days(weeks: int, days: int = 0) -> int:
    """Gestation at birth in days. Raises ValueError unless `days` is 0 to 6 and `weeks` is not negative."""
    if weeks < 0 or not 0 <= days <= 6:
        raise ValueError("gestation is completed weeks and 0 to 6 days")
    return weeks * 7 + days


def days_early(gestation: int | None) -> int:
    """Days by which age is corrected: 0 at 37w0d or later, and where gestation is unknown."""
    if gestation is None or gestation >= PRETERM_BEFORE_DAYS:
        return 0
    return FULL_TERM_DAYS - gestation


def corrected_days(*, born_on: date, gestation: int | None, on: date) -> int:
    """Days of corrected age, which equals chronological age at term; negative before the due date."""
    return (on - born_on).days - days_early(gestation)


def postmenstrual_days(*, born_on: date, gestation: int, on: date) -> int:
    return gestation + (on - born_on).days


def ages(
    *,
    born_on: date,
    gestation: int | None,
    on: date,
    correct_until_months: int = CORRECT_UNTIL_MONTHS[0],
) -> Ages:
    """Every age on the local day `on`. `gestation` in days, None when unknown.

    Raises ValueError for a `correct_until_months` other than 24, 30 or 36.
    """
    if correct_until_months not in CORRECT_UNTIL_MONTHS:
        raise ValueError("age is corrected until 24, 30 or 36 months")
    chronological = Age(born_on, on)
    early = days_early(gestation)
    return Ages(
        chronological=chronological,
        corrected=Age(born_on + timedelta(days=early), on) if early else None,
        is_corrected=bool(early) and chronological.months < correct_until_months,
        postmenstrual_days=(
            None if gestation is None else postmenstrual_days(born_on=born_on, gestation=gestation, on=on)
        ),
        warning=AgeWarning.GESTATION_UNKNOWN if gestation is None else None,
    )


@dataclass(frozen=True, slots=True)
class AgeAmount:
    amount: int
    unit: AgeUnit


@dataclass(frozen=True, slots=True)
class AgeDescription:
    """An age in one or two coded amounts, larger unit first; never negative: the kind tells the side."""

    kind: AgeKind
    amounts: tuple[AgeAmount, ...]


DAYS_ALONE_BELOW = 14
WEEKS_BELOW_DAYS = 16 * 7
MONTHS_ALONE_BELOW = 24


def describe(all_ages: Ages) -> tuple[AgeDescription, ...]:
    """Chronological age and, while correcting applies, corrected age: both are always shown.

    Days under 2 weeks, weeks and days under 16 weeks, months under 24 months, then years and months.
    """
    chronological = AgeDescription(AgeKind.CHRONOLOGICAL, _amounts(all_ages.chronological))
    if not all_ages.is_corrected or all_ages.corrected is None:
        return (chronological,)
    if all_ages.corrected.days < 0:
        before = AgeDescription(AgeKind.BEFORE_DUE_DATE, weeks_and_days(-all_ages.corrected.days))
        return (chronological, before)
    return (chronological, AgeDescription(AgeKind.CORRECTED, _amounts(all_ages.corrected)))


def weeks_and_days(days: int) -> tuple[AgeAmount, ...]:
    """A number of days (0 or more) as weeks and days, leaving out whichever is zero."""
    weeks, rest = divmod(days, 7)
    parts = (AgeAmount(weeks, AgeUnit.WEEKS), AgeAmount(rest, AgeUnit.DAYS))
    return tuple(part for part in parts if part.amount) or (AgeAmount(0, AgeUnit.DAYS),)


def _amounts(age: Age) -> tuple[AgeAmount, ...]:
    if age.days < DAYS_ALONE_BELOW:
        return (AgeAmount(max(age.days, 0), AgeUnit.DAYS),)
    if age.days < WEEKS_BELOW_DAYS:
        return weeks_and_days(age.days)
    if age.months < MONTHS_ALONE_BELOW:
        return (AgeAmount(age.months, AgeUnit.MONTHS),)
    years, months = divmod(age.months, 12)
    parts = (AgeAmount(years, AgeUnit.YEARS), AgeAmount(months, AgeUnit.MONTHS))
    return tuple(part for part in parts if part.amount)
