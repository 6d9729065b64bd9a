"""Conflicts between a child and a program, as sentences for the therapist."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from clinic.ages import AgeUnit
from tracking.vocabulary.body import ObservationRegion
from tracking.vocabulary.programs import StepKind
from tracking.vocabulary.reasons import ConflictHow, ConflictReason, PrecautionCode
from tracking.wording.ages import amount, minimum_age
from tracking.wording.labels import label

_WHAT = {
    ConflictReason.BEFORE_DUE_DATE: _("%(stroke)s: before the due date there is only still touch."),
    ConflictReason.SAME_REGION: _("%(stroke)s is on a part of the body to leave alone: %(precaution)s."),
    ConflictReason.NEAR_REGION: _("%(stroke)s comes near a part of the body to leave alone: %(precaution)s."),
    ConflictReason.PRODUCT: _("The product and the child do not go together: %(precaution)s."),
    ConflictReason.UNKNOWN_CODE: _("The child has a precaution the library does not know: %(precaution)s."),
}


def conflict(told: Mapping[str, Any]) -> str:
    """What stands in the way and what it asks for, in one or two sentences.

    `told` holds `conflict` (code), `how`, `why` (ConflictReason), `stroke`, `stroke_name`, `region`,
    `minimum_age_weeks`, `age_weeks` and `is_corrected`, as errors and readings give them.
    """
    return gettext("%(what)s %(asks)s") % {"what": what(told), "asks": asks(told["how"])}


def conflicts(told: list[dict[str, Any]], *, most: int = 3) -> str:
    """The sentences of several conflicts; beyond `most` only how many more there are."""
    said = [conflict(one) for one in told[:most]]
    left = len(told) - most
    if left > 0:
        said.append(ngettext("And %(count)d more.", "And %(count)d more.", left) % {"count": left})
    return " ".join(said)


def asks(how: str) -> str:
    """What a conflict asks of the therapist."""
    match how:
        case ConflictHow.BLOCK:
            return gettext("It cannot be prescribed for this child now.")
        case ConflictHow.ACKNOWLEDGE:
            return gettext("To prescribe it all the same, give your reason.")
        case _:
            return gettext("Read how to do it differently in its notes.")


def precaution(code: str, region: str = "") -> str:
    """A precaution with the part of the body it concerns."""
    words = label(PrecautionCode, code)
    if not region:
        return words
    return gettext("%(precaution)s (%(region)s)") % {
        "precaution": words,
        "region": label(ObservationRegion, region).lower(),
    }


def what(told: Mapping[str, Any]) -> str:
    """What stands in the way, without what it asks of a therapist: for families."""
    name = told.get("stroke_name") or _step_name(str(told.get("stroke") or ""))
    why = told.get("why")
    if why == ConflictReason.UNDER_MINIMUM_AGE:
        return _under_age(told, name)
    said = _WHAT[ConflictReason(why)] if why in set(_WHAT) else _("%(precaution)s.")
    if why == ConflictReason.LISTED and name:
        said = _("%(stroke)s: %(precaution)s.")
    return str(said) % {
        "stroke": name,
        "precaution": precaution(told["conflict"], told.get("region") or ""),
    }


def _under_age(told: Mapping[str, Any], name: str) -> str:
    weeks = int(told["age_weeks"])
    age = amount(weeks, AgeUnit.WEEKS) if weeks < 2 * 52 else minimum_age(weeks)
    said = {"stroke": name, "minimum": minimum_age(int(told["minimum_age_weeks"] or 0)), "age": age}
    if told.get("is_corrected"):
        return (
            gettext("%(stroke)s is for children from %(minimum)s on; this child is %(age)s corrected.") % said
        )
    return gettext("%(stroke)s is for children from %(minimum)s on; this child is %(age)s old.") % said


def _step_name(code: str) -> str:
    return label(StepKind, code) if code in {str(kind) for kind in StepKind} else code
