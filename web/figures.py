"""A child's progress as figures on a page: the report's own charts, each with its sentence and its table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from tracking.readings.progress import Progress
from tracking.reports import drawing, signs
from tracking.reports.signs import SignLine


@dataclass(frozen=True, slots=True)
class Table:
    """The numbers behind a chart, for reading."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    specification: dict[str, Any]
    words: str
    note: str
    table: Table


@dataclass(frozen=True, slots=True)
class SignTable:
    """What the child said without words; without lines it says why there are none."""

    lines: tuple[SignLine, ...]
    words: str
    note: str


@dataclass(frozen=True, slots=True)
class Figures:
    """None where nothing has been told yet."""

    latency: Figure | None
    touch: Figure | None
    weeks: Figure | None
    signs: SignTable | None


def of_progress(progress: Progress) -> Figures:
    return Figures(
        latency=_latency(progress),
        touch=_touch(progress),
        weeks=_weeks(progress),
        signs=_signs(progress),
    )


def _latency(progress: Progress) -> Figure | None:
    if not progress.latency.points:
        return None
    rows = tuple(
        (_day(point.on), f"> {point.value:.0f}" if point.is_more_than else f"{point.value:.0f}")
        for point in reversed(progress.latency.points)
    )
    return Figure(
        specification=drawing.latency(progress),
        words=drawing.latency_words(progress),
        note=drawing.latency_note(progress),
        table=Table((_("Night"), _("Minutes")), rows),
    )


def _touch(progress: Progress) -> Figure | None:
    if not progress.touch.points:
        return None
    rows = tuple((_day(point.on), f"{point.value:.0f}") for point in reversed(progress.touch.points))
    return Figure(
        specification=drawing.touch(progress),
        words=drawing.touch_words(progress),
        note=drawing.touch_note(progress),
        table=Table((_("Day"), _("Intensity, 0 to 4")), rows),
    )


def _weeks(progress: Progress) -> Figure | None:
    weeks = drawing.week_bars(progress)
    if not weeks:
        return None
    rows = tuple(
        (week.number, f"{week.prescribed:g}", f"{week.offered:g}", f"{week.done:.1f}") for week in weeks
    )
    return Figure(
        specification=drawing.weeks(progress),
        words=drawing.weeks_words(progress),
        note=_("Line: prescribed. Light: offered, whoever ended it. Dark: done."),
        table=Table((_("Week"), _("Prescribed"), _("Offered"), _("Done")), rows),
    )


def _signs(progress: Progress) -> SignTable | None:
    told = signs.sentences(progress.signs)
    return SignTable(tuple(signs.lines(progress.signs)), " ".join(told), signs.note()) if told else None


def _day(on: Any) -> str:
    return formats.date_format(on, "DATE_FORMAT")
