"""Template tags for small visual parts that need arithmetic. They never query."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, Literal

from django import template
from django.template.loader import get_template
from django.utils import formats, timesince
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from clinic import typed_codes
from tracking.reports.svg import region_marks
from tracking.vocabulary.outcomes import DayState
from tracking.wording.days import LETTERS, WORDS

register = template.Library()

Direction = Literal["toward", "away", "unclear"]


# ---- somebody's words --------------------------------------------------------------------------------------


@register.simple_tag
def words_in(language: str = "") -> SafeString:
    """The attributes of an element with a person's words: their language, and their own direction.

    `<p{% words_in entry.language %}>`; a language that is not known leaves the page's to stand.
    """
    return format_html(' lang="{}" dir="auto"', language) if language else mark_safe(' dir="auto"')  # our own


@register.filter
def in_groups(number: str) -> str:
    """A number as it is read aloud and typed: in groups of four."""
    return typed_codes.grouped(number)


@register.filter
def on_one_line(text: str) -> str:
    """The lines of an address behind each other, commas between them."""
    return ", ".join(line.strip(" ,") for line in text.splitlines() if line.strip(" ,"))


# ---- one day of a strip ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Mark:
    """How a day is drawn: a letter or an icon (a dot and a dash are drawn by the style), and its words."""

    state: str
    words: Promise | str
    letter: Promise | str = ""
    icon: str = ""


ICONS: Final = {DayState.DONE: "check2", DayState.PAUSED: "pause-fill"}

MARKS: Final = {
    **{
        str(state): Mark(str(state), WORDS[state], LETTERS.get(state, ""), ICONS.get(state, ""))
        for state in DayState
    },
    "upcoming": Mark("upcoming", gettext_lazy("still to come")),
}


@register.filter(expects_localtime=True)
def weekday(on: dt.date) -> str:
    """A day as said where the year is known, "Thursday, November 26"; with its year a day is DATE_FORMAT."""
    told = {"weekday": formats.date_format(on, "l"), "day": formats.date_format(on, "MONTH_DAY_FORMAT")}
    return _("%(weekday)s, %(day)s") % told


@register.filter
def ago(at: dt.datetime, now: dt.datetime) -> str:
    """How long ago something was, where nobody's time zone is known: "3 hours, 2 minutes ago"."""
    if now - at < dt.timedelta(minutes=1):
        return _("just now")
    return _("%(time)s ago") % {"time": timesince.timesince(at, now)}


def mark_of(state: str) -> Mark:
    """The mark of a day's state; an unknown state shows as no record rather than breaking a page."""
    return MARKS.get(str(state), MARKS["no_record"])


@register.simple_tag
def day_mark(state: str, on: dt.date | None = None, count: int = 0) -> SafeString:
    """One square of the strip. `on` names the day for those who cannot see it; `count` shows from two on."""
    return drawn_day(str(state), on, count, get_language())


@lru_cache(maxsize=2048)
def drawn_day(state: str, on: dt.date | None, count: int, language: str | None) -> SafeString:  # noqa: ARG001
    """A square as markup in the active language; a caseload has hundreds, and few that differ."""
    mark = mark_of(state)
    words = str(mark.words)
    if on is not None:
        words = _("%(day)s: %(state)s") % {"day": weekday(on), "state": words}
    if count > 1:
        words = _("%(words)s, %(count)d times") % {"words": words, "count": count}
    shown = {"mark": mark, "words": words, "count": count if count > 1 else 0}
    return mark_safe(get_template("parts/_day.html").render(shown))  # noqa: S308  # a template escaped it


FIRST_OF_SECOND_WEEK: Final = 7


@register.simple_tag
def day_marks(days: Iterable[Any]) -> SafeString:
    """The squares of a fortnight, as items of its list; the second week stands a little apart.

    Not a template's loop: a caseload of sixty has eight hundred squares.
    """
    language = get_language()
    items = (
        ('<li class="strip-week">' if number == FIRST_OF_SECOND_WEEK else "<li>")
        + drawn_day(str(day.state), day.on, day.count, language)
        + "</li>"
        for number, day in enumerate(days)
    )
    return mark_safe("".join(items))  # noqa: S308  # made of squares, which a template escaped


@register.inclusion_tag("parts/_legend.html")
def strip_legend(days: Iterable[Any] | None = None) -> dict[str, Any]:
    """What the marks mean: of those in `days`, or of all that can be."""
    if days is None:
        return {"marks": [mark for mark in MARKS.values() if mark.state != "upcoming"]}
    present = {str(getattr(day, "state", day)) for day in days}
    return {"marks": [mark for state, mark in MARKS.items() if state in present]}


# ---- a line of change --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Spark:
    """A line in a box of 96 by 28: one path for each unbroken run, and where it ends."""

    paths: tuple[str, ...]
    end_x: float
    end_y: float
    words: str
    direction: Direction


def _spark_runs(values: Sequence[float | None]) -> list[list[tuple[float, float]]]:
    known = [value for value in values if value is not None]
    low, high = min(known), max(known)
    span = high - low or 1.0
    step = 88 / max(len(values) - 1, 1)
    runs: list[list[tuple[float, float]]] = [[]]
    for index, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            middle = 14.0 if high == low else 4 + 20 * (high - value) / span
            runs[-1].append((round(4 + index * step, 1), round(middle, 1)))
    return [run for run in runs if run]


def spark_line(values: Sequence[float | None], words: str, direction: Direction = "unclear") -> Spark | None:
    """The drawing of `values` (oldest first, None where nothing was recorded); None for fewer than two."""
    if sum(value is not None for value in values) < 2:
        return None
    runs = _spark_runs(values)
    paths = tuple(
        "M" + "L".join(f"{x} {y}" for x, y in run) if len(run) > 1 else f"M{run[0][0]} {run[0][1]}h0.01"
        for run in runs
    )
    end_x, end_y = runs[-1][-1]
    return Spark(paths=paths, end_x=end_x, end_y=end_y, words=words, direction=direction)


@register.inclusion_tag("parts/_sparkline.html")
def sparkline(values: Sequence[float | None], words: str, direction: Direction = "unclear") -> dict[str, Any]:
    """A small line with its sentence. `direction` is measured against what is wished for, not up or down."""
    return {"spark": spark_line(values, words, direction)}


# ---- people ------------------------------------------------------------------------------------------------


@register.filter
def initials(name: object) -> str:
    """The first letters of the first and last word: "Cleo Example" is CE, "Cleo" is C, nothing is "·"."""
    words = [word for word in str(name or "").replace("-", " ").split() if word[0].isalpha()]
    if not words:
        return "·"
    return (words[0][0] if len(words) == 1 else words[0][0] + words[-1][0]).upper()


# The first that is named wins: browsers claim to be their ancestors too.
BROWSERS: Final = {
    "Edg": "Edge",
    "OPR/": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "Firefox": "Firefox",
    "FxiOS": "Firefox",
    "Chrome": "Chrome",
    "CriOS": "Chrome",
    "Safari": "Safari",
}
SYSTEMS: Final = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": "Android",
    "CrOS": "ChromeOS",
    "Windows": "Windows",
    "Mac OS X": "Mac",
    "Linux": "Linux",
}


@register.filter
def device(user_agent: object) -> str:
    """A browser's own long name in two words: "Firefox, Linux"; what cannot be told is an unknown device."""
    said = str(user_agent or "")
    known = [
        next((words for sign, words in names.items() if sign in said), "") for names in (BROWSERS, SYSTEMS)
    ]
    return ", ".join(word for word in known if word) or _("a device of unknown kind")


# ---- forms -------------------------------------------------------------------------------------------------


@register.filter
def sentence_count(errors: Mapping[str, Sequence[str]]) -> int:
    """How many sentences the errors of a form are: a field may need more than one."""
    return sum(len(of_field) for of_field in errors.values())


# ---- flags -------------------------------------------------------------------------------------------------

SEVERITY_ICONS: Final = {
    "emergency": "exclamation-triangle",
    "urgent": "exclamation-circle",
    "pause": "pause-fill",
    "review": "flag",
    "follow_up": "clock-history",
}


@register.filter
def severity_icon(severity: object) -> str:
    """The icon of a flag's severity."""
    return SEVERITY_ICONS.get(str(severity), "flag")


# ---- charts ------------------------------------------------------------------------------------------------


@register.inclusion_tag("parts/_chart.html")
def chart(
    specification: dict[str, Any],
    *,
    name: str,
    title: str,
    words: str,
    note: str = "",
    table: Any = None,
    language: str = "",
) -> dict[str, Any]:
    """A figure drawn from a Vega-Lite specification.

    `name` is unique on the page; `title` may stand above it already; `words` tells in a sentence what is to
    be seen; `table` is an object with `columns` and `rows`, the same numbers for reading. `language` is that
    of a title which somebody wrote.
    """
    return {
        "specification": specification,
        "chart_id": f"chart-{name}",
        "title": title,
        "words": words,
        "note": note,
        "table": table,
        "language": language,
    }


# ---- where on the child ------------------------------------------------------------------------------------


@register.inclusion_tag("parts/_region.html")
def region_picture(region: object) -> dict[str, Any]:
    """A child with one body region marked; decoration, its name stands beside it."""
    return dict(region_marks(str(region)))
