"""An entry in one sentence, for a line on a page or in an app."""

from __future__ import annotations

import datetime as dt

from django.utils import formats
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tracking.readings.entries import SeenEntry
from tracking.readings.entry_details import BedtimeDetails, ObservationDetails, SessionDetails
from tracking.vocabulary.programs import SessionOutcome
from tracking.vocabulary.reasons import NotTodayReason
from tracking.vocabulary.states import EndedBy
from tracking.vocabulary.touch import Intensity, RecoveryBand, Stimulus
from tracking.wording import labels


def sentence(entry: SeenEntry) -> str:
    """An entry in a sentence: what happened, how long it took, how it ended."""
    details = entry.details
    if isinstance(details, SessionDetails):
        return _session_title(details)
    if isinstance(details, BedtimeDetails):
        return _bedtime_title(details)
    if isinstance(details, ObservationDetails):
        return _touch_title(details)
    name = details.label or labels.label(Stimulus, details.stimulus)
    if details.came_up:
        return _("%(touch)s came up") % {"touch": name}
    return _("%(touch)s did not come up") % {"touch": name}


def _session_title(details: SessionDetails) -> str:
    if details.outcome == SessionOutcome.NOT_TODAY and details.not_today_reason:
        return _("Not today: %(reason)s") % {"reason": labels.label(NotTodayReason, details.not_today_reason)}
    said = labels.label(SessionOutcome, details.outcome)
    if details.minutes:
        minutes = round(details.minutes)
        said = ngettext("%(said)s, %(minutes)d minute", "%(said)s, %(minutes)d minutes", minutes) % {
            "said": said,
            "minutes": minutes,
        }
    if details.ended_by and details.outcome == SessionOutcome.STOPPED:
        said = _("%(said)s: %(ended)s") % {"said": said, "ended": labels.label(EndedBy, details.ended_by)}
    return said


def _bedtime_title(details: BedtimeDetails) -> str:
    latency = details.latency
    if details.is_in_progress and details.lights_out:
        return _("In bed at %(time)s") % {"time": clock(details.lights_out.wall)}
    parts = []
    if details.lights_out:
        parts.append(_("in bed at %(time)s") % {"time": clock(details.lights_out.wall)})
    if details.asleep:
        parts.append(_("asleep at %(time)s") % {"time": clock(details.asleep.wall)})
    elif details.still_awake:
        parts.append(_("still awake at %(time)s") % {"time": clock(details.still_awake.wall)})
    said = capfirst(", ".join(parts)) or _("Bedtime")
    if latency is None:
        return said
    minutes = round(latency.minutes)
    told = ngettext("%(minutes)d minute", "%(minutes)d minutes", minutes) % {"minutes": minutes}
    if latency.is_more_than:
        told = _("more than %(minutes)s") % {"minutes": told}
    elif latency.is_about:
        told = _("about %(minutes)s") % {"minutes": told}
    return _("%(said)s (%(minutes)s)") % {"said": said, "minutes": told}


def _touch_title(details: ObservationDetails) -> str:
    name = details.stimulus_text or labels.label(Stimulus, details.stimulus)
    said: list[str] = []
    if details.intensity is not None:
        said.append(labels.tile(Intensity, details.intensity))
    if details.is_not_settled:
        said.append(_("not settled when last seen"))
    elif details.recovery_minutes is not None:
        said.append(
            ngettext(
                "settled in %(minutes)d minute", "settled in %(minutes)d minutes", details.recovery_minutes
            )
            % {"minutes": details.recovery_minutes}
        )
    elif details.recovery_band:
        said.append(_("settled in %(band)s") % {"band": labels.label(RecoveryBand, details.recovery_band)})
    if not said:
        return name
    # Translators: a touch and the answer, "A tag in the clothes: strong, settled in 10 minutes".
    return _("%(touch)s: %(answer)s") % {"touch": name, "answer": ", ".join(said)}


def clock(wall: dt.datetime) -> str:
    """A wall time as clocks showed it there, whatever the reader's own zone."""
    return formats.time_format(wall.time(), "TIME_FORMAT")
