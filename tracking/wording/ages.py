"""Ages in words: "30 weeks corrected (8 months old)", "3 weeks before the due date (5 weeks old)"."""

from __future__ import annotations

from django.utils.translation import gettext, ngettext

from clinic.ages import Age, Ages, AgeUnit, weeks_and_days

DAYS_UNDER = 14
WEEKS_UNDER = 16
CORRECTED_WEEKS_UNDER = 52
MONTHS_UNDER = 24


def age(ages: Ages) -> str:
    """Age since birth, and corrected age beside it for as long as correcting applies."""
    born = chronological_age(ages)
    if not ages.is_corrected or ages.corrected is None:
        return gettext("%(age)s old") % {"age": born}
    if ages.corrected.days < 0:
        return gettext("%(time)s before the due date (%(age)s old)") % {
            "time": before_due_date(ages),
            "age": born,
        }
    return gettext("%(corrected)s corrected (%(age)s old)") % {"corrected": corrected_age(ages), "age": born}


def chronological_age(ages: Ages) -> str:
    """Days under 2 weeks, weeks under 16 weeks, months under 24 months, then years and months."""
    born = ages.chronological
    if born.weeks < WEEKS_UNDER:
        return _days_or_weeks(born)
    return _months_or_years(born)


def corrected_age(ages: Ages) -> str:
    """In weeks for the first year, as the library's minimum ages are; empty where nothing is corrected.

    Before the due date it is negative: `before_due_date` says that.
    """
    corrected = ages.corrected
    if corrected is None or corrected.days < 0:
        return ""
    if corrected.weeks < CORRECTED_WEEKS_UNDER:
        return _days_or_weeks(corrected)
    return _months_or_years(corrected)


def before_due_date(ages: Ages) -> str:
    """Time until the due date in whole weeks, in days in the last week; empty once it has passed."""
    if ages.corrected is None or ages.corrected.days >= 0:
        return ""
    left = weeks_and_days(-ages.corrected.days)[0]
    return amount(left.amount, left.unit)


def age_warning(ages: Ages) -> str:
    """Why the age may be wrong; empty where nothing is."""
    if ages.warning is None:
        return ""
    return gettext("Weeks of pregnancy at birth are not known; the age is counted from birth.")


def minimum_age(weeks: int) -> str:
    """A stroke's minimum age: "4 weeks", "24 months" for two years and more."""
    if weeks >= 2 * 52:
        return amount(round(weeks * 12 / 52), AgeUnit.MONTHS)
    return amount(weeks, AgeUnit.WEEKS)


def amount(number: int, unit: AgeUnit) -> str:
    """A number of days, weeks, months or years."""
    match unit:
        case AgeUnit.DAYS:
            text = ngettext("%(number)d day", "%(number)d days", number)
        case AgeUnit.WEEKS:
            text = ngettext("%(number)d week", "%(number)d weeks", number)
        case AgeUnit.MONTHS:
            text = ngettext("%(number)d month", "%(number)d months", number)
        case AgeUnit.YEARS:
            text = ngettext("%(number)d year", "%(number)d years", number)
    return text % {"number": number}


def _days_or_weeks(one: Age) -> str:
    if one.days < DAYS_UNDER:
        return amount(max(one.days, 0), AgeUnit.DAYS)
    return amount(one.weeks, AgeUnit.WEEKS)


def _months_or_years(one: Age) -> str:
    if one.months < MONTHS_UNDER:
        return amount(one.months, AgeUnit.MONTHS)
    years, months = divmod(one.months, 12)
    if not months:
        return amount(years, AgeUnit.YEARS)
    return gettext("%(years)s and %(months)s") % {
        "years": amount(years, AgeUnit.YEARS),
        "months": amount(months, AgeUnit.MONTHS),
    }
