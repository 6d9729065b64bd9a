"""Goals and instrument totals in sentences, shared by page and report.

T scores are for therapists only: no family's page or report has one.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from clinic.models.clinics import PUBLISHERS_COPM_POINTS
from tracking.readings.assessments import InstrumentCard, ScoreLine, Total
from tracking.readings.goals import Attainment, GoalCard
from tracking.reports.writing import date
from tracking.vocabulary.programs import Instrument
from tracking.wording import labels
from tracking.wording.goals import signed

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

EXPECTED = 0
"""The level that was expected."""

NO_DIAGNOSIS: _StrPromise = gettext_lazy(
    "A total is what one person answered, or one child did, on one day. It is not a diagnosis."
)
COPM_SOURCES: _StrPromise = gettext_lazy(
    "The publisher traces the 2 points to a program standard for 49 adults (thecopm.ca). The review: doi"
    " 10.1177/00084174221142177 (2023). Others found 0.9 to 1.9 points among outpatients (Eyssen 2011), and"
    " 2.20 for performance and 2.06 for satisfaction among inpatients (doi 10.1186/s41687-021-00405-y)."
)
_OTHERS_ANSWERED: _StrPromise = gettext_lazy(
    "Not always answered by the same person, and two people seldom see the same: differences may be theirs."
)
_SP2: _StrPromise = gettext_lazy("Its bands run from “much less than others” to “much more than others”.")
_NOTES: dict[Instrument, _StrPromise] = {
    Instrument.SP2_INFANT: _SP2,
    Instrument.SP2_TODDLER: _SP2,
    Instrument.SP2_CHILD: _SP2,
    Instrument.SP2_SHORT: _SP2,
    Instrument.SP2_SCHOOL_COMPANION: _SP2,
    Instrument.SPM_2: gettext_lazy("Standard scores: 50 is usual for the age; more is more difficulty."),
    Instrument.TIE: gettext_lazy(
        "Answered by the child; a parent’s answers agree with them only moderately."
    ),
    Instrument.TSFI: gettext_lazy(
        "Its bands are normal, at risk, deficient. Those of a single subtest often change from one test to"
        " the next; the total is steadier."
    ),
    Instrument.SSC: gettext_lazy("Less is better."),
    Instrument.COPM: gettext_lazy("Rated from 1 to 10 by the child or a parent; more is better."),
}
"""What the clinical reference says of an instrument and of its bands."""


@dataclass(frozen=True, slots=True)
class Row:
    """One score in words, empty where it was not told: its latest total with its band, the one before, and
    what changed since the first.
    """

    score: str
    latest: str
    band: str
    previous: str
    previous_band: str
    change: str


@dataclass(frozen=True, slots=True)
class Said:
    """What an instrument said. `notes` are how to read it; `sources` where they are from, empty: nowhere."""

    rows: tuple[Row, ...]
    changes: tuple[str, ...]
    notes: tuple[str, ...]
    sources: str


def said_of(card: InstrumentCard) -> Said:
    lines = card.lines
    is_copm = card.instrument is Instrument.COPM
    changes = tuple(sentence for one in lines if (sentence := _went(one))) if is_copm else ()
    notes = [str(_NOTES[card.instrument])] if card.instrument in _NOTES else []
    if card.previous is None:
        notes.append(_("Done once so far: there is nothing to compare with."))
    if card.is_answered_by_others:
        notes.append(str(_OTHERS_ANSWERED))
    if changes:
        notes.append(_caution(_clinics_own_points(card.lines)))
    return Said(
        rows=tuple(_row(one, card) for one in lines),
        changes=changes,
        notes=tuple(notes),
        sources=str(COPM_SOURCES) if changes else "",
    )


def _row(line: ScoreLine, card: InstrumentCard) -> Row:
    return Row(
        score=line.score,
        latest=total_in_words(line.latest),
        band=line.latest.band if line.latest else "",
        previous=total_in_words(line.previous) if card.previous else "",
        previous_band=line.previous.band if line.previous else "",
        change=_change(line),
    )


def total_in_words(total: Total | None) -> str:
    """A number with what it can be: "31 (0 to 60)"; that it was not told."""
    if total is None:
        return _("not told")
    value = _points(total.value)
    if total.least is None or total.most is None:
        return value
    return _("%(value)s (%(least)s to %(most)s)") % {
        "value": value,
        "least": _points(total.least),
        "most": _points(total.most),
    }


def _caution(own_points: str) -> str:
    """Of a COPM change: whose points it is noted by, and that they prove nothing."""
    if not own_points:
        return _(
            "A change of 2 points or more is the publisher’s rule of thumb, not a proof: a review of 100"
            " studies did not find it supported."
        )
    return _(
        "A change is noted from %(points)s on: this clinic’s own threshold, not a proof. The publisher’s rule"
        " of thumb is 2 points; a review of 100 studies did not find it supported."
    ) % {"points": own_points}


def _went(line: ScoreLine) -> str:
    """How a COPM rating went from first to latest; empty without two."""
    if line.change is None or line.first is None or line.latest is None or line.first_on is None:
        return ""
    told = _("%(score)s went from %(first)s on %(day)s to %(latest)s: %(change)s.") % {
        "score": line.score,
        "first": _points(line.first.value),
        "day": date(line.first_on),
        "latest": _points(line.latest.value),
        "change": _change(line),
    }
    told = told[:1].upper() + told[1:]
    points = line.latest.notable_from
    if points is None or not line.is_notable:
        return told
    noted = (
        _("That is 2 points or more.")
        if points == PUBLISHERS_COPM_POINTS
        else _("That reaches this clinic’s threshold of %(points)s.") % {"points": _points(points)}
    )
    return f"{told} {noted}"


def _clinics_own_points(lines: Iterable[ScoreLine]) -> str:
    """From how many points on the clinic notes a COPM change; empty where by its publisher's rule."""
    told = [one.latest.notable_from for one in lines if one.latest and one.latest.notable_from is not None]
    return _points(told[0]) if told and told[0] != PUBLISHERS_COPM_POINTS else ""


def _change(line: ScoreLine) -> str:
    """As "2 more", "0.5 less" or "the same"; empty without two to compare."""
    if line.change is None:
        return ""
    if line.change == 0:
        return _("the same")
    said = _("%(points)s more") if line.change > 0 else _("%(points)s less")
    return said % {"points": _points(abs(line.change))}


def _points(value: float) -> str:
    """As told, to two decimals, in the reader's own notation."""
    rounded = round(value, 2)
    return str(formats.localize(rounded if rounded % 1 else int(rounded)))


# ---- goals -------------------------------------------------------------------------------------------------


def where(goal: GoalCard) -> str:
    """On which level the child is, and since when anybody says so."""
    level = signed(goal.level_now)
    if goal.ratings:
        return _("Level %(level)s, as seen on %(day)s.") % {"level": level, "day": date(goal.ratings[0].on)}
    return _("Level %(level)s, as it was when set; not rated since.") % {"level": level}


def together(goals: Iterable[GoalCard]) -> str:
    """How many open goals are where they were expected to be; empty without one."""
    counted = [one for one in goals if one.is_open and not one.is_draft]
    if not counted:
        return ""
    reached = sum(one.level_now >= EXPECTED for one in counted)
    said = ngettext(
        "%(reached)d of %(count)d open goal is at the level that was expected, or above.",
        "%(reached)d of %(count)d open goals are at the level that was expected, or above.",
        len(counted),
    )
    return said % {"reached": reached, "count": len(counted)}


def in_a_sentence(goals: Iterable[GoalCard], assessed: Iterable[InstrumentCard]) -> str:
    """How many goals are where they were expected to be, and how COPM ratings went; empty without either."""
    lines = [line for one in assessed if one.instrument is Instrument.COPM for line in one.lines]
    went = [
        _("%(score)s %(first)s to %(latest)s")
        % {"score": line.score, "first": _points(line.first.value), "latest": _points(line.latest.value)}
        for line in lines
        if line.first and line.latest and line.change is not None
    ]
    told = _copm_in_a_sentence(went, _clinics_own_points(lines)) if went else ""
    return " ".join(part for part in (together(goals), told) if part)


def _copm_in_a_sentence(went: Iterable[str], own_points: str) -> str:
    """How ratings went, and whose points and no proof it is that a clinic notes them by."""
    said = (
        _("COPM since the first: %(went)s; %(points)s more is this clinic’s own threshold, not a proof.")
        if own_points
        else _("COPM since the first: %(went)s; 2 points are its publisher’s rule of thumb, not a proof.")
    )
    return said % {"went": labels.listed(went), "points": own_points}


@dataclass(frozen=True, slots=True)
class TScores:
    """For therapists alone: T scores as they are written, a dash where undefined, and what they mean."""

    began: str
    now: str
    notes: tuple[str, ...]


def t_scores(attained: Attainment) -> TScores:
    notes = [
        _(
            "50: all goals as expected, whatever they weigh; 10 points are one standard deviation. It is not"
            " compared between children."
        ),
        _("Weighted by importance times difficulty.")
        if attained.is_weighted
        else _("Not every goal has a weight, so all count alike."),
    ]
    if attained.began is None:
        notes.append(_("Undefined: every goal weighs 0."))
    elif attained.now is None:
        unrated = ngettext(
            "Undefined now: %(count)d goal has not been rated yet.",
            "Undefined now: %(count)d goals have not been rated yet.",
            attained.unrated_count,
        )
        notes.append(unrated % {"count": attained.unrated_count})
    return TScores(_t_score(attained.began), _t_score(attained.now), tuple(notes))


def t_scores_in_words(attained: Attainment) -> str:
    """Both in one sentence, for a professional; empty where either is undefined."""
    if attained.began is None or attained.now is None:
        return ""
    said = _("Goal attainment T score %(began)s when set, %(now)s by the latest ratings (50: as expected).")
    return said % {"began": _t_score(attained.began), "now": _t_score(attained.now)}


def _t_score(score: float | None) -> str:
    return "–" if score is None else str(formats.number_format(score, decimal_pos=1))
