"""Flags in sentences: their figures, the numbers of their rules, and draft texts for families.

The draft texts are our own proposals. A family reads none of them until somebody of its clinic has adopted it
by name, credential and date.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from tracking.vocabulary.body import BodyRegion
from tracking.vocabulary.concerns import FlagCode
from tracking.wording import labels

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


DRAFTS: dict[FlagCode, _StrPromise] = {
    FlagCode.FEVER_YOUNG: _(
        "No massage now. A temperature like this in a baby this young needs urgent medical help: please get"
        " it now. Nobody here watches messages at night."
    ),
    FlagCode.FEVER_3_6: _("No massage now. Please ask a doctor or nurse today about this temperature."),
    FlagCode.FEVER_ANY: _("Let the massage rest until your child has been well for 24 hours."),
    FlagCode.SKIN_REACTION: _(
        "Leave out the product you used, wash it off with water, and ask a doctor, nurse or pharmacist for"
        " advice. Swelling of the face or trouble breathing: call for emergency help now."
    ),
    FlagCode.DISTRESS_RUN: _(
        "Until we have spoken, keep the massage short and let your hands rest still. Stopping early is good"
        " care."
    ),
    FlagCode.DISTRESS_REGION: _("Until we have spoken, leave out this part of the body."),
    FlagCode.PAIN_OR_SWELLING: _(
        "No massage now. Please have this looked at by a doctor today, and call us."
    ),
    FlagCode.COLOUR_BREATHING: _("Stop. Call for emergency help now."),
    FlagCode.SEIZURE: _(
        "Stop. Keep your child safe on the side and call for emergency help now, unless your own plan says"
        " otherwise."
    ),
    FlagCode.SKILL_LOSS: _("Please call us or your child’s doctor today."),
    FlagCode.FEEDING_WEIGHT: _("Please call us, so that we can think about feeding together."),
    FlagCode.NO_LOGS: _(
        "It has been quiet here for some days, and that is all right. If you need a rest, pause the program."
    ),
    FlagCode.PARENT_STRAIN: _(
        "Thank you for telling us. You do not have to carry this alone: we will call you."
    ),
    FlagCode.CONTRA_CONFLICT: _(
        "A precaution that is noted for your child speaks against massage for now. Please look at it"
        " together with us before the next one."
    ),
}
"""What a family would read about each code, as a clinic finds it before it writes its own."""


THRESHOLDS: dict[str, _StrPromise] = {
    "no_logs_remind_after_days": _("Days without an entry until the family is reminded gently"),
    "no_logs_flag_after_days": _("Days without an entry until the team is asked to call"),
    "low_dose_below_ratio": _("Share of what was prescribed that counts as little (0 to 1)"),
    "low_dose_weeks": _("Weeks in a row that it has to be little"),
    "distress_sessions": _("Massages that ended in distress"),
    "distress_of_last": _("out of the last"),
    "region_refused": _("Massages in which the same part of the body was refused"),
    "region_of_last": _("out of the last that came to it"),
    "sleep_nights": _("Nights looked at now"),
    "sleep_baseline_nights": _("Nights needed from before the program"),
    "sleep_worse_factor": _("How many times as long it takes"),
    "sleep_worse_minutes": _("and at least this many minutes longer"),
    "touch_window": _("Touches looked at together"),
    "touch_worse_points": _("Points by which their median is worse than the best"),
    "touch_extreme_events": _("Or touches answered at 4"),
    "touch_extreme_within_days": _("within this many days"),
}


def figures(code: str, detail: Mapping[str, Any]) -> str:
    """What a rule looked at, as one sentence; empty where the code says all there is."""
    told = _SENTENCES.get(code)
    return told(detail) if told and detail else ""


def _number(value: Any) -> str:
    return f"{float(value):g}"


def _distress_run(detail: Mapping[str, Any]) -> str:
    return gettext("%(sessions)s of the last %(of)s massages ended with the child in distress.") % {
        "sessions": _number(detail["sessions"]),
        "of": _number(detail["of_last"]),
    }


def _distress_region(detail: Mapping[str, Any]) -> str:
    said = gettext("%(region)s: refused in %(sessions)s of the last %(of)s massages that came to it.")
    return said % {
        "region": labels.label(BodyRegion, detail["region"]),
        "sessions": _number(detail["sessions"]),
        "of": _number(detail["of_last"]),
    }


def _no_logs(detail: Mapping[str, Any]) -> str:
    days = int(detail["days"])
    return ngettext(
        "%(days)d day without any entry, pauses left out.",
        "%(days)d days without any entry, pauses left out.",
        days,
    ) % {"days": days}


def _low_dose(detail: Mapping[str, Any]) -> str:
    shares = [f"{float(share):.0%}" for _name, share in sorted(detail.items())]
    return gettext("Offered %(shares)s of what was prescribed, week by week.") % {
        "shares": labels.listed(shares)
    }


def _sleep_worse(detail: Mapping[str, Any]) -> str:
    said = gettext("The median night took %(now)s minutes to fall asleep, before the program %(before)s.")
    return said % {"now": _number(detail["now_minutes"]), "before": _number(detail["before_minutes"])}


def _tactile_regression(detail: Mapping[str, Any]) -> str:
    if "extreme_events" in detail:
        count = int(detail["extreme_events"])
        return ngettext(
            "%(count)d touch answered at 4 of 4 within a few days.",
            "%(count)d touches answered at 4 of 4 within a few days.",
            count,
        ) % {"count": count}
    said = gettext("The median answer to touch is now %(now)s of 4; at its best it was %(best)s.")
    return said % {"now": _number(detail["now_median"]), "best": _number(detail["best_median"])}


def _contra_conflict(detail: Mapping[str, Any]) -> str:
    if "product_withdrawn" in detail:
        return gettext("A product was used while a skin reaction waits for its review.")
    count = int(detail["conflicts"])
    return ngettext(
        "%(count)d precaution stood in the way of a massage on its day.",
        "%(count)d precautions stood in the way of a massage on its day.",
        count,
    ) % {"count": count}


_SENTENCES: dict[str, Callable[[Mapping[str, Any]], str]] = {
    FlagCode.DISTRESS_RUN: _distress_run,
    FlagCode.DISTRESS_REGION: _distress_region,
    FlagCode.NO_LOGS: _no_logs,
    FlagCode.LOW_DOSE: _low_dose,
    FlagCode.SLEEP_WORSE: _sleep_worse,
    FlagCode.TACTILE_REGRESSION: _tactile_regression,
    FlagCode.CONTRA_CONFLICT: _contra_conflict,
}
