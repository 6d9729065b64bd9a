"""What the inputs of services are called, for the sentences that refuse one.

A field is a dotted path, places counted from 0: `steps.7.side` is "Step 8: side".
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tracking.wording.flags import THRESHOLDS

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

_PLACES: dict[str, _StrPromise] = {
    "steps": _("Step %(number)d"),
    "schedules": _("Schedule %(number)d"),
    "slots": _("Time of day %(number)d"),
    "cues": _("Cue %(number)d"),
    "tried": _("What was tried, %(number)d"),
}
_NAMES: dict[str, _StrPromise] = {
    "asks_for": _("more or enough"),
    **THRESHOLDS,
    "anchor": _("time of day"),
    "anchor_name": _("name of the time of day"),
    "baseline_level": _("level at the beginning"),
    "baseline_starts_on": _("first day of the diary"),
    "body": _("text"),
    "born_on": _("date of birth"),
    "cancelled_by": _("who called it off"),
    "caregivers": _("who was there"),
    "change_kind": _("correction or change"),
    "clinic_name": _("name of the clinic"),
    "closes": _("closes"),
    "code": _("code"),
    "contact": _("through clothes or on the skin"),
    "contact_email": _("e-mail address"),
    "count": _("how many times"),
    "cue": _("cue"),
    "count_kind": _("at least or about"),
    "credential": _("credential"),
    "email": _("e-mail address"),
    "ends_on": _("last day"),
    "family": _("household"),
    "file": _("file"),
    "first_name": _("first name"),
    "from_on": _("first day"),
    "gate": _("what the minimum age does"),
    "gestation_days": _("days of pregnancy"),
    "gestation_weeks": _("weeks of pregnancy"),
    "how_it_was": _("how it was for you"),
    "how_sure": _("how sure you felt"),
    "instruction": _("instruction"),
    "is_left": _("left for this week"),
    "kind": _("kind"),
    "label": _("service"),
    "ladder": _("ladder of the goal"),
    "language": _("language"),
    "last_name": _("last name"),
    "level": _("level"),
    "lights_out_within_minutes": _("minutes to lights out"),
    "locale": _("language"),
    "min_corrected_age_weeks": _("minimum age"),
    "minutes": _("minutes"),
    "minutes_kind": _("at least or about"),
    "most": _("how many times at most"),
    "hours": _("opening hours"),
    "name": _("name"),
    "nickname": _("nickname"),
    "note": _("note"),
    "occurred_at": _("when it happened"),
    "opens": _("opens"),
    "opens_in_week": _("week in which it begins"),
    "others_present": _("who else was there"),
    "outcome": _("how it went"),
    "part_of_day": _("part of the day"),
    "owner": _("owner"),
    "password": _("password"),
    "per": _("a day, a week or on named days"),
    "period_from": _("first day of the period"),
    "period_until": _("last day of the period"),
    "phase": _("diary or program"),
    "phase_name": _("name of the phase"),
    "precision": _("how exactly it is known"),
    "product_kind": _("kind of product"),
    "product_name": _("product"),
    "product_patch_tested_on": _("day of the patch test"),
    "provider": _("who does it"),
    "reason": _("reason"),
    "readers": _("who reads"),
    "region": _("part of the body"),
    "relationship": _("relationship"),
    "repetitions": _("repetitions"),
    "roles": _("roles"),
    "schedules": _("schedules"),
    "seconds": _("seconds"),
    "sharing_mode": _("what households see of each other"),
    "side": _("side"),
    "since": _("first day"),
    "sign": _("sign"),
    "signs": _("signs"),
    "slots": _("times of day"),
    "source": _("how it was told"),
    "started_on": _("first day"),
    "starts_at": _("when it begins"),
    "starts_on": _("first day"),
    "state": _("what became of it"),
    "steps": _("steps"),
    "stimulus": _("what it was"),
    "stimuli": _("touches"),
    "strategy": _("strategy"),
    "stroke": _("stroke"),
    "stop_sensitivity": _("stop rule"),
    "substance": _("substance"),
    "supervisor": _("supervisor"),
    "text": _("text"),
    "target_states": _("how the child should be at the end"),
    "therapist": _("therapist"),
    "title": _("title"),
    "told_by_grant": _("who told it"),
    "told_by_name": _("who told it"),
    "until_at": _("until when"),
    "until_on": _("last day"),
    "will_do": _("what you will do"),
    "within_minutes": _("minutes of clinic hours"),
    "weekdays": _("days of the week"),
    "weeks": _("weeks"),
    "words": _("words"),
    "words_to_say": _("words to say"),
    "zone": _("time zone"),
}


def field_name(path: str) -> str:
    """A field as people call it; one without a name of its own by its words."""
    parts = path.split(".")
    said = []
    for part, place in pairwise([*parts, ""]):
        if part.isdigit():
            continue
        if place.isdigit() and part in _PLACES:
            said.append(str(_PLACES[part]) % {"number": int(place) + 1})
        elif part in _NAMES:
            said.append(str(_NAMES[part]))
        elif part:
            said.append(part.replace("_", " "))
    name = gettext(": ").join(said)
    return name[:1].upper() + name[1:]
