"""Tables about the child: identity, care, precautions, own signs and strategies."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from clinic.models import Precaution
from clinic.vocabulary import GrantKind, Role, SharingMode
from tracking.models.supervision import is_unsigned
from tracking.readings.after_care import care_ended, care_of
from tracking.readings.own import children_of
from tracking.readings.people import team_of
from tracking.readings.signs import retired_signs_of, signs_of
from tracking.readings.strategies import strategies_of
from tracking.reports.copies.tables import Column, Kind, Table, Taker
from tracking.vocabulary.body import ObservationRegion
from tracking.vocabulary.cues import Cue, SignMeaning
from tracking.vocabulary.reasons import PrecautionCode
from tracking.vocabulary.touch import Accommodation, Stimulus

CHILD = Table(
    "child",
    _("Who the child is, in one row"),
    (
        Column("id", Kind.ID, _("Of the child")),
        Column("first_name", Kind.TEXT, _("First name")),
        Column("last_name", Kind.TEXT, _("Last name")),
        Column("nickname", Kind.TEXT, _("What you call the child")),
        Column("born_on", Kind.DAY, _("Birthday")),
        Column("clinic", Kind.TEXT, _("The clinic"), "clinic_name"),
        Column("grant", Kind.CODE, _("What you are to the child"), codes=GrantKind),
        Column("sharing_mode", Kind.CODE, _("What homes read of each other's entries"), codes=SharingMode),
    ),
    lambda taker: children_of(taker.user, now=taker.now, pk=taker.child.pk).children,
)

CARE = Table(
    "care",
    _("Where care stands, in one row"),
    (
        Column("state", Kind.CODE, _("Of the care")),
        Column("started_on", Kind.DAY, _("First day")),
        Column("ended_on", Kind.DAY, _("Last day"), empty=_("It goes on")),
        Column("in_hospital_since", Kind.DAY, _("In hospital since"), empty=_("Not in hospital")),
        Column("died_on", Kind.DAY, _("Day of death")),
    ),
    lambda taker: [care_of(taker.child)],
)


def _ended(taker: Taker) -> Iterable[Any]:
    ended = care_ended(taker.child, taker.sight)
    return [ended] if ended else []


AFTER_CARE = Table(
    "after_care",
    _("What the clinic gave you to go on with, once care has ended"),
    (
        Column("on", Kind.DAY, _("The day on which care ended")),
        Column("words", Kind.TEXT, _("Words for the family")),
        Column("summary", Kind.TEXT, _("What was done and what changed")),
        Column("language", Kind.TEXT, _("Of words and summary")),
        Column("program", Kind.ID, _("The program that may go on")),
        Column("follow_up_on", Kind.DAY, _("When the clinic asks again")),
    ),
    _ended,
)

CARE_TEAM = Table(
    "care_team",
    _("Who treats the child"),
    (
        Column("name", Kind.TEXT, _("Name"), "place.therapist.name"),
        Column("roles", Kind.CODES, _("As what they work at the clinic"), codes=Role),
    ),
    lambda taker: team_of(taker.child, now=taker.now),
)

PRECAUTIONS = Table(
    "precautions",
    _("What has to be heeded"),
    (
        Column("code", Kind.CODE, _("What it is"), codes=PrecautionCode),
        Column("region", Kind.CODE, _("Where on the body"), codes=ObservationRegion),
        Column("substance", Kind.TEXT, _("To what")),
        Column("from_on", Kind.DAY, _("First day")),
        Column("until_on", Kind.DAY, _("Last day"), empty=_("Until somebody lifts it")),
    ),
    lambda taker: Precaution.objects.filter(~is_unsigned(Precaution), child=taker.child).order_by(
        "recorded_at", "id"
    ),
)

SIGNS = Table(
    "signs",
    _("The child's own signs"),
    (
        Column("id", Kind.ID, _("Of the sign")),
        Column("asks_for", Kind.CODE, _("What the child asks for by it"), codes=SignMeaning),
        Column("words", Kind.TEXT, _("The sign, in words")),
        Column("language", Kind.TEXT, _("Of those words")),
        Column("cue", Kind.CODE, _("The cue that stands for it"), codes=Cue),
        Column("retired_at", Kind.INSTANT, _("Since when it is no longer used"), empty=_("It is used")),
    ),
    lambda taker: (*signs_of(taker.user, taker.child), *retired_signs_of(taker.user, taker.child)),
)

STRATEGIES = Table(
    "strategies",
    _("What may make a touch easier, as it is prescribed now"),
    (
        Column("id", Kind.ID, _("Of the strategy")),
        Column("code", Kind.CODE, _("What it is"), codes=Accommodation),
        Column("name", Kind.TEXT, _("What it is called")),
        Column("text", Kind.TEXT, _("How it is done")),
        Column("language", Kind.TEXT, _("Of name and text")),
        Column("stimuli", Kind.CODES, _("For which touches"), codes=Stimulus),
    ),
    lambda taker: strategies_of(taker.user, taker.child),
)

TABLES = (
    CHILD,
    CARE,
    AFTER_CARE,
    CARE_TEAM,
    PRECAUTIONS,
    SIGNS,
    STRATEGIES,
)
