"""A step's instructions in a few words: "30 seconds, both sides, 4 to 6 times"."""

from __future__ import annotations

from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracking.vocabulary.body import Contact, Side
from tracking.wording import labels


class Dosed(Protocol):
    """A step, as far as it is dosed."""

    @property
    def seconds(self) -> int: ...
    @property
    def is_side_specific(self) -> bool: ...
    @property
    def side(self) -> str: ...
    @property
    def repetitions(self) -> int | None: ...
    @property
    def fewest_repetitions(self) -> int | None: ...
    @property
    def most_repetitions(self) -> int | None: ...
    @property
    def has_own_contact(self) -> bool: ...
    @property
    def contact(self) -> str: ...
    @property
    def opens_when_taught(self) -> bool: ...
    @property
    def opens_in_week(self) -> int | None: ...


def dose(step: Dosed) -> str:
    """Seconds, side, repetitions, contact, when it begins; empty where nothing is asked."""
    said = []
    if step.seconds:
        said.append(seconds(step.seconds))
    if step.is_side_specific:
        said.append(labels.label(Side, step.side).lower())
    if step.repetitions:
        said.append(times(step.repetitions, step.repetitions))
    elif step.fewest_repetitions and step.most_repetitions:
        said.append(times(step.fewest_repetitions, step.most_repetitions))
    if step.has_own_contact:
        said.append(labels.label(Contact, step.contact).lower())
    if step.opens_when_taught:
        said.append(_("once it has been taught"))
    elif step.opens_in_week and step.opens_in_week > 1:
        said.append(_("from week %(week)d") % {"week": step.opens_in_week})
    return _(", ").join(said)


def seconds(number: int) -> str:
    """A length of time as people say it: "30 seconds", "90 seconds", "2 minutes"."""
    if number and number % 60 == 0:
        return ngettext("%(n)d minute", "%(n)d minutes", number // 60) % {"n": number // 60}
    return ngettext("%(n)d second", "%(n)d seconds", number) % {"n": number}


def times(fewest: int, most: int) -> str:
    """How often: "4 to 6 times", "once"."""
    if fewest != most:
        return _("%(fewest)d to %(most)d times") % {"fewest": fewest, "most": most}
    return ngettext("once", "%(n)d times", fewest) % {"n": fewest}
