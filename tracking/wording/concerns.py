"""Sentences around a concern: whether the clinic has it, who watches, whom to call."""

from __future__ import annotations

import datetime as dt

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext

from tracking.vocabulary.concerns import ConcernKind
from tracking.wording.labels import label

TIME = "{time}"
NUMBER = "{number}"
"""What stands in a sentence that a phone completes by itself."""


def received(time: str = TIME) -> str:
    return gettext("The clinic has this since {time}.").replace(TIME, time)


def received_at(wall: dt.datetime, *, today: dt.date) -> str:
    """As `received`, by the reader's clock; with its day where that is not today."""
    clock = time_format(wall, "TIME_FORMAT").removesuffix(".")  # "4 a.m." ends the sentence by itself
    return received(clock if wall.date() == today else f"{date_format(wall, 'DATE_FORMAT')}, {clock}")


def not_sent() -> str:
    return gettext("Not sent yet: your phone has no network. It will be sent when there is one.")


def nobody_watches() -> str:
    return gettext("We read this in clinic hours. Nobody watches at night or on days off.")


def call(number: str = NUMBER) -> str:
    """Whom to call in an emergency; where the clinic has named no number, in general words."""
    if not number:
        return gettext("Call the emergency number of the place you are in.")
    return gettext("Emergency: call {number}").replace(NUMBER, number)


def named(kind: str, wall: dt.datetime) -> str:
    """A concern told before: what it was, and when by the clock there."""
    when = f"{date_format(wall, 'MONTH_DAY_FORMAT')}, {time_format(wall, 'TIME_FORMAT')}"
    return f"{label(ConcernKind, kind)}, {when}"


def own_plan(name: str) -> str:
    """The heading above the child's own plan."""
    return gettext("%(name)s’s own plan comes first") % {"name": name}
