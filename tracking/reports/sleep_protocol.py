"""The sleep protocol: fourteen nights on a page, night by night, with medians."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clinic.models import Child, User
from tracking.models import Report
from tracking.readings import bylines
from tracking.readings.nights import Night, NightFigures, Nights, ToldBedtime, nights_of
from tracking.readings.sight import Moment
from tracking.reports import writing
from tracking.reports.writing import Written
from tracking.single_case import FEWEST_POINTS
from tracking.sleep import AtLeast, Minutes, at_face
from tracking.vocabulary.sleep import SleepConfounder
from tracking.wording import ages, labels
from tracking.wording.numbers import median_in_words, number


def write(report: Report, *, child: Child, viewer: User, now: dt.datetime) -> Written:
    """The protocol of the fourteen nights up to the report's last day, for the team or for one home."""
    read = nights_of(viewer, child, family=report.family, last=report.period_until, now=now)
    name = writing.full_name(child)
    return Written(
        {
            **writing.sheet(report, child, title=_("Sleep protocol: %(name)s") % {"name": name}, now=now),
            "period": writing.days(read.first, read.last),
            "is_draft": False,
            "facts": _facts(report, child),
            "sentences": _sentences(read) if read.told else [_nothing()],
            "strip": _strip(read.nights),
            "strip_words": _strip_words(read),
            "rows": [row for night in read.nights for row in _rows(night)] if read.told else [],
            "reading": _reading(read) if read.told else [],
            "words": _words(),
        }
    )


def _nothing() -> str:
    return _("No night has been told here in these fourteen days. That says nothing about how they were.")


def _facts(report: Report, child: Child) -> list[dict[str, str]]:
    facts = [
        {"label": _("Age"), "value": ages.age(child.ages_on(report.period_until))},
        {"label": _("Born"), "value": writing.date(child.born_on)},
    ]
    if report.family is not None:
        facts.append({"label": _("For the home"), "value": report.family.name})
    return facts


# ---- what is typical ------------------------------------------------------------------------------------


def _sentences(read: Nights) -> list[str]:
    told = [capfirst(_latency(read.all_nights))]
    if read.marked_count:
        marked = ngettext(
            "Without the %(count)d night of illness or travel:",
            "Without the %(count)d nights of illness or travel:",
            read.marked_count,
        )
        told.append(f"{marked % {'count': read.marked_count}} {_latency(read.without_marked)}")
    told += _wakings(read.all_nights)
    told.append(_tellers(read))
    return told


def _latency(figures: NightFigures) -> str:
    of = {"count": figures.count, "of": figures.of}
    if figures.latency is None:
        return _("no night of %(of)d tells how long falling asleep took.") % of
    if figures.count < FEWEST_POINTS:
        said = ngettext(
            "%(count)d night of %(of)d tells how long falling asleep took: too few to say anything.",
            "%(count)d nights of %(of)d tell how long falling asleep took: too few to say anything.",
            figures.count,
        )
        return said % of
    return _(
        "median %(median)s minutes from lights out to sleep, the middle half from %(lower)s to %(upper)s "
        "(%(count)d of %(of)d nights)."
    ) % {
        **of,
        "median": median_in_words(figures.latency.median),
        "lower": median_in_words(figures.latency.lower),
        "upper": median_in_words(figures.latency.upper),
    }


def _wakings(figures: NightFigures) -> list[str]:
    if figures.wakings is None or figures.wakings.count < FEWEST_POINTS:
        return []
    said = _("Wakings in the night: median %(median)s (%(count)d of %(of)d nights).") % {
        "median": median_in_words(figures.wakings.median),
        "count": figures.wakings.count,
        "of": figures.of,
    }
    return [said]


def _tellers(read: Nights) -> str:
    each = [
        _("%(name)s %(count)d") % {"name": bylines.in_words(by), "count": count}
        for by, count in read.tellers.most_common()
    ]
    late = sum(one.entry.is_late for one in read.told)
    said = _("Told by: %(tellers)s.") % {"tellers": _(", ").join(each)}
    if not late:
        return said
    told_late = ngettext(
        "%(count)d of %(of)d was logged more than two days late.",
        "%(count)d of %(of)d were logged more than two days late.",
        late,
    )
    return f"{said} {told_late % {'count': late, 'of': len(read.told)}}"


def _reading(read: Nights) -> list[str]:
    latencies = [one.details.latency for one in read.told if one.details.latency is not None]
    return [
        _("Told by those who were there. These nights say how it was, never why."),
        _("Days in a row tend to be alike; figures from few days say little."),
        *(
            [_("> 60: still awake when last seen; there the counting stopped.")]
            if _has_bound(latencies)
            else []
        ),
        *(
            [_("In brackets: an odd time that waits to be confirmed; it is in no figure until then.")]
            if any(one.needs_review for one in latencies)
            else []
        ),
        *(
            [_("Where two told of one night, the first told is in the figures.")]
            if any(len(night.told) > 1 for night in read.nights)
            else []
        ),
    ]


def _has_bound(latencies: Iterable[Any]) -> bool:
    return any(one.is_more_than for one in latencies)


# ---- night by night -------------------------------------------------------------------------------------


def _rows(night: Night) -> list[dict[str, Any]]:
    if not night.told:
        return [{"night": _night(night.on), "is_marked": False, "empty": _why_empty(night)}]
    return [_row(night, one, is_first=place == 0) for place, one in enumerate(night.told)]


def _why_empty(night: Night) -> str:
    if not night.is_here:
        return _("At the other home")
    return _("No record") if night.is_asked else _("Not asked about")


def _row(night: Night, one: ToldBedtime, *, is_first: bool) -> dict[str, Any]:
    told = one.details
    by = bylines.in_words(one.by)
    return {
        "night": _night(night.on) if is_first else "",
        "is_marked": night.is_marked,
        "empty": "",
        "began": _clock(told.routine_started),
        "lights_out": _clock(told.lights_out),
        "asleep": _asleep(one),
        "minutes": _minutes(one),
        "wakings": _night_wakings(one),
        "marks": _(", ").join(labels.tile(SleepConfounder, code) for code in told.confounders),
        "by": _("%(name)s, logged late") % {"name": by} if one.entry.is_late else by,
    }


def _asleep(one: ToldBedtime) -> str:
    told = one.details
    if told.asleep is None and told.still_awake is not None:
        return _("awake at %(time)s") % {"time": _clock(told.still_awake)}
    return _clock(told.asleep)


def _minutes(one: ToldBedtime) -> str:
    """As "24", "about 25", "> 60", or in brackets what waits to be confirmed."""
    latency = one.details.latency
    if latency is None:
        return "–"
    said = number(round(latency.minutes))
    if latency.is_more_than:
        said = f"> {said}"
    elif latency.is_about:
        said = _("about %(minutes)s") % {"minutes": said}
    return f"({said})" if latency.needs_review else said


def _night_wakings(one: ToldBedtime) -> str:
    count, minutes = one.details.night_waking_count, one.details.night_waking_minutes
    if count is None:
        return "–"
    if not minutes:
        return str(count)
    return _("%(count)d (%(minutes)d min)") % {"count": count, "minutes": minutes}


def _night(on: dt.date) -> str:
    told = {"weekday": formats.date_format(on, "D"), "day": formats.date_format(on, "MONTH_DAY_FORMAT")}
    return _("%(weekday)s, %(day)s") % told


def _clock(moment: Moment | None) -> str:
    return formats.time_format(moment.wall, "TIME_FORMAT") if moment else "–"


# ---- the strip ------------------------------------------------------------------------------------------


def _strip(nights: Iterable[Night]) -> list[dict[str, Any]]:
    """A bar a night, from nothing up to the longest; none where no night tells how long it took."""
    told = [(night, night.counted.minutes if night.counted else None) for night in nights]
    longest = max((at_face(minutes) for _night, minutes in told if minutes is not None), default=None)
    if longest is None:
        return []
    return [_bar(night, minutes, longest=longest or 1) for night, minutes in told]


def _bar(night: Night, minutes: Minutes | None, *, longest: float) -> dict[str, Any]:
    """One night of the strip; `height` is a share of the longest, None where no latency was told."""
    return {
        "day": formats.date_format(night.on, "j"),
        "height": None if minutes is None else at_face(minutes) / longest,
        "said": "" if minutes is None else median_in_words(minutes),
        "is_more_than": isinstance(minutes, AtLeast),
        "is_marked": night.is_marked,
        "is_told": bool(night.told),
    }


def _strip_words(read: Nights) -> str:
    said = [_("Minutes from lights out to sleep, night by night.")]
    if read.marked_count:
        said.append(_("Hatched: illness or travel."))
    if any(isinstance(night.counted.minutes, AtLeast) for night in read.nights if night.counted):
        said.append(_("Open at the top: more than was seen."))
    if any(not night.told for night in read.nights):
        said.append(_("Dot: no record."))
    return " ".join(said)


def _words() -> dict[str, str]:
    return {
        "typical": _("What is typical"),
        "nights": _("Night by night"),
        "night": _("Night"),
        "began": _("Routine began"),
        "lights_out": _("Lights out"),
        "asleep": _("Asleep"),
        "minutes": _("Minutes"),
        "wakings": _("Woke"),
        "marks": _("What else"),
        "by": _("Told by"),
        "reading": _("How to read this"),
    }
