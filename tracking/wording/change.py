"""Sentences about a comparison: "changed alongside", never more.

Everybody reads in the same plain words why nothing is said. The team also reads medians and days; families
read no figures and no statistics. A test reads every sentence and fails if one names a cause.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from tracking.alongside import Alongside, Beside, Side
from tracking.single_case import FEWEST_POINTS
from tracking.vocabulary.outcomes import (
    Caution,
    Finding,
    Judgement,
    JudgementReason,
    Outcome,
    WithheldBecause,
)
from tracking.vocabulary.touch import Intensity
from tracking.wording.numbers import median_in_words
from tracking.wording.prescription import element

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_WITHHELD: dict[WithheldBecause, _StrPromise] = {
    WithheldBecause.NOT_BEGUN: _("The program has not begun: so far this is how it was before."),
    WithheldBecause.NO_BASELINE: _(
        "No diary was kept before the program began, so there is nothing to compare with."
    ),
    WithheldBecause.ANOTHER_TELLER: _(
        "One person recorded this before the program began, and another since. Two people see things"
        " differently, so before and since are not compared."
    ),
    WithheldBecause.HALF_MISSING: _(
        "More than half of the days before or since the program began have no record. Those days may have"
        " been different, so nothing is said about change."
    ),
    WithheldBecause.UNEVENLY_TOLD: _(
        "The diary was kept much more often before the program began than since, or the other way round. The"
        " days without a record may have been different, so nothing is said about change."
    ),
    WithheldBecause.FEW_DAYS: _(
        "Everything told from before or since the program began is of one or two days. Such a day can be"
        " anything, an easy one or a hard one, so nothing is said about change."
    ),
}
_TOO_FEW: dict[JudgementReason, _StrPromise] = {
    JudgementReason.FEWER_THAN_FIVE: _(
        "Too little is recorded from before or since the program began to say whether anything changed."
    ),
    JudgementReason.OFTEN_STILL_AWAKE: _(
        "On more than one day in four nobody saw how long it took, so nothing can be said about change."
    ),
}
_FOUND: dict[Finding, _StrPromise] = {
    Finding.AS_WISHED: _(
        "This changed alongside the program, in the direction hoped for. One family’s diary cannot say why."
    ),
    Finding.OTHERWISE: _(
        "This changed alongside the program, in the other direction than hoped for. One family’s diary cannot"
        " say why."
    ),
    Finding.NO_CLEAR_CHANGE: _(
        "No clear change so far: what was told before and since the program began overlaps too much to tell."
    ),
}
_FOUND_FOR_FAMILIES: dict[Finding, _StrPromise] = {
    Finding.AS_WISHED: _(
        "Since the program began, this has gone more as you hoped than before. A diary cannot say why: other"
        " things change too."
    ),
    Finding.OTHERWISE: _(
        "Since the program began, this has gone less as you hoped than before. A diary cannot say why: talk"
        " it over with your therapist."
    ),
    Finding.NO_CLEAR_CHANGE: _("So far this diary cannot tell whether it goes otherwise than before."),
}
_CAUTIONS: dict[Caution, _StrPromise] = {
    Caution.LOOK_BACK: _(
        "This was chosen after the program had begun, so it is a look back and nothing is judged by it."
    ),
    Caution.ALREADY_CHANGING: _("It was already changing before the program began."),
    Caution.ALIKE_DAYS: _("Days in a row are alike here, so they tell less than as many days apart would."),
    Caution.ILLNESS_MATTERS: _("Without the days of illness and travel it looks different."),
    Caution.FEW_WITHOUT_ILLNESS: _("Without the days of illness and travel too little is left to judge."),
    Caution.ONE_TELLER_OF_SEVERAL: _(
        "Several people recorded this, and people see things differently: what is said here is from one of"
        " them, who recorded most before and since."
    ),
}
_BESIDE: dict[Finding, _StrPromise] = {
    Finding.AS_WISHED: _(
        "From the one to the other this changed alongside the massages, in the direction hoped for. One"
        " family’s diary cannot say why."
    ),
    Finding.OTHERWISE: _(
        "From the one to the other this changed alongside the massages, in the other direction than hoped"
        " for. One family’s diary cannot say why."
    ),
    Finding.NO_CLEAR_CHANGE: _(
        "No clear change from the one to the other: what was told with each overlaps too much to tell."
    ),
}
_BESIDE_FOR_FAMILIES: dict[Finding, _StrPromise] = {
    Finding.AS_WISHED: _(
        "With the massages, this has gone more as you hoped than with what came before them (%(what)s). A"
        " diary cannot say why: other things change too."
    ),
    Finding.OTHERWISE: _(
        "With the massages, this has gone less as you hoped than with what came before them (%(what)s). A"
        " diary cannot say why: talk it over with your therapist."
    ),
    Finding.NO_CLEAR_CHANGE: _(
        "This diary cannot tell whether it goes otherwise with the massages than with what came before them"
        " (%(what)s)."
    ),
}
_FAMILY_READS = frozenset(
    {
        Caution.LOOK_BACK,
        Caution.ALREADY_CHANGING,
        Caution.ILLNESS_MATTERS,
        Caution.FEW_WITHOUT_ILLNESS,
    }
)
"""Cautions without statistics, and without others who told."""
_OF_NO_FINDING = frozenset({Caution.ALREADY_CHANGING, Caution.ONE_TELLER_OF_SEVERAL})
"""Cautions about medians alone."""
_NO_CAUSE: _StrPromise = _("Whatever changed here changed alongside the program; a diary cannot say why.")


def for_family(change: Alongside) -> tuple[str, ...]:
    """What a family reads: plain words without a figure; why, where nothing is said."""
    finding = change.finding
    said = [*why(change)] if finding is None else [str(_FOUND_FOR_FAMILIES[finding])]
    cautions = (str(_CAUTIONS[one]) for one in change.cautions if one in _FAMILY_READS)
    return (*said, *cautions, *_beside_for_family(change))


def for_team(change: Alongside) -> tuple[str, ...]:
    """What the page and the report say: medians and days, what is found or why nothing is, and cautions."""
    return (
        *medians(change),
        *strong(change),
        *days_told(change),
        *found(change),
        *_beside_for_team(change),
    )


def found(change: Alongside) -> tuple[str, ...]:
    """What is found or why nothing is, and cautions; for whoever reads medians and days beside."""
    finding = change.finding
    said = why(change) if finding is None else [str(_FOUND[finding])]
    return (*said, *(str(_CAUTIONS[one]) for one in change.cautions))


def of_no_goal(change: Alongside) -> tuple[str, ...]:
    """What the team reads of an outcome that no goal names: the same figures by the same rules.

    Nothing is found, since of many outcomes looked at some differ by chance. Empty where nothing was told.
    """
    if not change.before.point_count and not change.since.point_count:
        return ()
    both = [*medians(change), *strong(change)]
    return (
        *(both or _one_side(change)),
        *days_told(change),
        *why(change),
        *([str(_NO_CAUSE)] if both else []),
        *(str(_CAUTIONS[one]) for one in change.cautions if one in _OF_NO_FINDING),
    )


def _one_side(change: Alongside) -> list[str]:
    """What the one side says that has enough values, where nothing is compared for want of others."""
    sides = {
        gettext("Median before the program began: %(median)s."): change.before,
        gettext("Median since the program began: %(median)s."): change.since,
    }
    enough = [(words, side) for words, side in sides.items() if side.value_days >= FEWEST_POINTS]
    if len(enough) != 1 or change.is_told_unevenly:
        return []
    [(words, side)] = enough
    told = [words % {"median": _typical(change, side)}]
    if change.outcome is Outcome.TOUCH_INTENSITY:
        counts = {"a": side.at_or_above(Intensity.STRONG), "of": side.point_count}
        told.append(gettext("Strong or extreme (3 or 4): %(a)d of %(of)d.") % counts)
    return told


def _beside_for_team(change: Alongside) -> list[str]:
    """The massages beside what came before them, by the same rules; empty where nothing came before."""
    if change.beside is None:
        return []
    seen = change.beside.compared
    what = {"what": _named(change.beside)}
    told = [gettext("Before the massages, something else was prescribed: %(what)s.") % what]
    if seen.judgement is not Judgement.REFUSED:
        medians = gettext("Median with it: %(before)s; with the massages: %(since)s.")
        told.append(medians % {"before": _typical(seen, seen.before), "since": _typical(seen, seen.since)})
    if seen.before.asked_days or seen.since.asked_days:
        if seen.outcome.is_nightly:
            days = gettext("Nights told: %(a)d of %(of_a)d with it, %(b)d of %(of_b)d with the massages.")
        else:
            days = gettext(
                "Days with an entry: %(a)d of %(of_a)d with it, %(b)d of %(of_b)d with the massages."
            )
        told.append(days % _days(seen))
    told += _why_not_beside(seen) if seen.finding is None else [str(_BESIDE[seen.finding])]
    if Caution.ALREADY_CHANGING in seen.cautions:
        told.append(gettext("It was already changing before the massages began."))
    further = set(seen.cautions) - set(change.cautions) - {Caution.ALREADY_CHANGING}
    return [*told, *(str(words) for one, words in _CAUTIONS.items() if one in further)]


def _beside_for_family(change: Alongside) -> list[str]:
    if change.beside is None:
        return []
    seen = change.beside.compared
    if seen.finding is None:
        return _why_not_beside(seen)
    return [str(_BESIDE_FOR_FAMILIES[seen.finding]) % {"what": _named(change.beside)}]


def _why_not_beside(seen: Alongside) -> list[str]:
    """Why nothing is found of the two, for everybody; the first comparison says what a look back is."""
    if seen.withheld is not None:
        return [
            gettext(
                "Many days without massages or with them are not told, so the two are not compared. Days that"
                " are told may differ from days that are not."
            )
        ]
    if seen.comparison.judgement is Judgement.OK and not seen.is_of_few_days:
        return []
    return [gettext("Too little is recorded from before or since the massages began to compare the two.")]


def _named(beside: Beside) -> str:
    return ", ".join(element(kind) for kind in beside.kinds)


def why(change: Alongside) -> list[str]:
    """Why nothing is found, for everybody; empty where something is, or the cautions say it."""
    if change.withheld is not None:
        return [str(_WITHHELD[change.withheld])]
    comparison = change.comparison
    if comparison.judgement is Judgement.REFUSED:
        return _few(change)
    if comparison.judgement is Judgement.TOO_FEW:
        return [str(_TOO_FEW[comparison.reason])]
    return [str(_TOO_FEW[JudgementReason.FEWER_THAN_FIVE])] if change.is_of_few_days else []


def medians(change: Alongside) -> list[str]:
    """Medians and middle halves of both sides that have three values or more; none where nothing is shown."""
    if change.judgement is Judgement.REFUSED:
        return []
    told = gettext("Median before the program began: %(before)s; since: %(since)s.")
    return [told % {"before": _typical(change, change.before), "since": _typical(change, change.since)}]


def strong(change: Alongside) -> list[str]:
    """How many answers to touch were strong or extreme on both sides; none of what is counted otherwise."""
    if change.outcome is not Outcome.TOUCH_INTENSITY or change.judgement is Judgement.REFUSED:
        return []
    told = gettext("Strong or extreme (3 or 4): %(a)d of %(of_a)d before; %(b)d of %(of_b)d since.")
    before, since = change.before, change.since
    counts = {
        "a": before.at_or_above(Intensity.STRONG),
        "of_a": before.point_count,
        "b": since.at_or_above(Intensity.STRONG),
        "of_b": since.point_count,
    }
    return [told % counts]


def days_told(change: Alongside) -> list[str]:
    """Of how many days there is a record, on both sides."""
    if not change.before.asked_days and not change.since.asked_days:
        return []
    if change.outcome.is_nightly:
        told = gettext("Nights told: %(a)d of %(of_a)d before, %(b)d of %(of_b)d since.")
    else:
        told = gettext("Days with an entry: %(a)d of %(of_a)d before, %(b)d of %(of_b)d since.")
    return [told % _days(change)]


def _days(change: Alongside) -> dict[str, int]:
    before, since = change.before, change.since
    return {
        "a": before.told_days,
        "of_a": before.asked_days,
        "b": since.told_days,
        "of_b": since.asked_days,
    }


def logged_late(change: Alongside) -> str:
    """How many of the values arrived more than two days after; empty without any value."""
    return told_late(change.late_count, of=change.told_count)


def told_late(late_count: int, *, of: int) -> str:
    """As `logged_late`, of anything that is told."""
    if not of:
        return ""
    told = ngettext(
        "%(late)d of %(count)d value was logged more than two days late.",
        "%(late)d of %(count)d values were logged more than two days late.",
        of,
    )
    return told % {"late": late_count, "count": of}


def unit(outcome: Outcome) -> str:
    """What the numbers are."""
    if outcome.is_share:
        return gettext("of 100")
    if outcome in (Outcome.SLEEP_LATENCY, Outcome.RECOVERY_MINUTES):
        return gettext("minutes")
    return gettext("0 to 4")


def _typical(change: Alongside, side: Side) -> str:
    """A median with its unit and quartiles: "24 minutes (20 to 31)"."""
    if side.typical is None:
        return "–"
    values = {
        "median": median_in_words(side.typical.median),
        "low": median_in_words(side.typical.lower),
        "high": median_in_words(side.typical.upper),
    }
    if change.outcome.is_share:
        return gettext("%(median)s of 100 (middle half of the weeks: %(low)s to %(high)s)") % values
    if change.outcome in (Outcome.SLEEP_LATENCY, Outcome.RECOVERY_MINUTES):
        return gettext("%(median)s minutes (middle half: %(low)s to %(high)s)") % values
    return gettext("%(median)s on a scale of 0 to 4 (middle half: %(low)s to %(high)s)") % values


# ---- too few -----------------------------------------------------------------------------------------------


def _few(change: Alongside) -> list[str]:
    """Which side has fewer than three values, and how many it has."""
    before, since = change.before.point_count, change.since.point_count
    if before == 0 and change.outcome.is_of_massages:
        return [gettext("This is told of massages, and none from before the program began tells it.")]
    if before == 0:
        return [
            gettext("Nothing was told from before the program began, so there is nothing to compare with.")
        ]
    if before < FEWEST_POINTS:
        return [_told_before(change.outcome, before), _anything(change.outcome)]
    if since == 0:
        return [gettext("Nothing has been told since the program began.")]
    return [_told_since(change.outcome, since), gettext("Once there are more, something can be said.")]


def _told_before(outcome: Outcome, count: int) -> str:
    if outcome.is_nightly:
        told = ngettext(
            "Only one evening was told from before the program began.",
            "Only %(count)d evenings were told from before the program began.",
            count,
        )
    elif outcome.is_weekly:
        told = ngettext(
            "Only one week was told from before the program began.",
            "Only %(count)d weeks were told from before the program began.",
            count,
        )
    else:
        told = ngettext(
            "Only one touch was told from before the program began.",
            "Only %(count)d touches were told from before the program began.",
            count,
        )
    return told % {"count": count}


def _told_since(outcome: Outcome, count: int) -> str:
    if outcome.is_nightly:
        told = ngettext(
            "So far one evening has been told since the program began.",
            "So far %(count)d evenings have been told since the program began.",
            count,
        )
    elif outcome.is_weekly:
        told = ngettext(
            "So far one week has been told since the program began.",
            "So far %(count)d weeks have been told since the program began.",
            count,
        )
    else:
        told = ngettext(
            "So far one touch has been told since the program began.",
            "So far %(count)d touches have been told since the program began.",
            count,
        )
    return told % {"count": count}


def _anything(outcome: Outcome) -> str:
    """Why so few are nothing to go by."""
    if outcome.is_nightly:
        return gettext(
            "A single evening can be anything, an easy one or a hard one, so nothing is said about change."
        )
    return gettext("So few can be anything, easy ones or hard ones, so nothing is said about change.")
