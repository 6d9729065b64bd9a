"""Tables about the taker and their own household; nothing of another household."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _

from clinic.vocabulary import AuditCode, ConsentKind, GrantKind, Role
from tracking.models import ErasureRequest
from tracking.readings.checkins import own_check_ins
from tracking.readings.consents import own_consents
from tracking.readings.family_words import own_words_of
from tracking.readings.home_days import home_days
from tracking.readings.invitations import carers_at
from tracking.readings.own import routine_times_of
from tracking.readings.who_saw import who_saw
from tracking.reminders.shown import reminders_of
from tracking.reports.copies.tables import Column, Kind, Table, Taker, paged
from tracking.vocabulary.programs import Anchor

ONE_DAY = dt.timedelta(days=1)

YOU = Table(
    "you",
    _("Your own account, in one row"),
    (
        Column("name", Kind.TEXT, _("Your name")),
        Column("email", Kind.TEXT, _("Your e-mail address")),
        Column("sign_in_number", Kind.TEXT, _("The number you sign in with, where you have no address")),
        Column("writes_in", Kind.TEXT, _("The language you read and write")),
        Column("speaks", Kind.CODES, _("The languages you speak"), "spoken_languages"),
    ),
    lambda taker: [taker.user],
)

HOUSEHOLD = Table(
    "household",
    _("Your household, in one row"),
    (
        Column("id", Kind.ID, _("Of the household"), "pk"),
        Column("name", Kind.TEXT, _("What it is called")),
        Column("zone", Kind.TEXT, _("Its time zone")),
        Column("locale", Kind.TEXT, _("Its language")),
    ),
    lambda taker: [taker.household],
)

CAREGIVERS = Table(
    "caregivers_at_home",
    _("Who cares for the child in your household"),
    (
        Column("name", Kind.TEXT, _("Name")),
        Column("relationship", Kind.TEXT, _("What they are to the child")),
        Column("kind", Kind.CODE, _("What they may do"), codes=GrantKind),
    ),
    lambda taker: carers_at(taker.child, taker.household.pk),
)

ROUTINE_TIMES = Table(
    "routine_times",
    _("When your household usually does what"),
    (
        Column("anchor", Kind.CODE, _("The routine"), lambda row: row[0], Anchor),
        Column("at", Kind.CLOCK, _("By the clock there"), lambda row: row[1]),
    ),
    lambda taker: routine_times_of(taker.household),
)

REMINDERS = Table(
    "reminders",
    _("What your household is reminded of"),
    (
        Column("program", Kind.TEXT, _("The program"), "program_title"),
        Column("slot", Kind.WHOLE, _("Its place in the day"), "slot_number"),
        Column("anchor", Kind.CODE, _("The routine it hangs on"), codes=Anchor),
        Column("at", Kind.CLOCK, _("By the clock there"), empty=_("No time, no reminder")),
        Column("is_on", Kind.YES_NO, _("Whether anybody is reminded")),
        Column("paused_through", Kind.DAY, _("The last day of your household's pause"), empty=_("No pause")),
        Column("is_muted_by_me", Kind.YES_NO, _("Whether you are left alone")),
    ),
    lambda taker: reminders_of(taker.user, taker.child, taker.household, now=taker.now).reminders,
)


def _days(taker: Taker) -> Iterable[Any]:
    days = home_days(taker.child, taker.household, now=taker.now)
    return (*reversed(days.past), *days.coming)


HOME_DAYS = Table(
    "days_at_home",
    _("Whether the child is with you on the days around today"),
    (
        Column("on", Kind.DAY, _("The day")),
        Column("is_here", Kind.YES_NO, _("Whether the child is with you")),
        Column("said", Kind.YES_NO, _("What your household said of this day"), empty=_("Nothing")),
        Column("is_excused", Kind.YES_NO, _("Whether the day need not count")),
    ),
    _days,
)

CHECK_INS = Table(
    "check_ins",
    _("How it was for you: your own answers alone"),
    (
        Column("id", Kind.ID, _("Of the answer"), "client_id"),
        Column("week_on", Kind.DAY, _("Monday of the week it is about")),
        Column(
            "how_it_was", Kind.WHOLE, _("How it was; more is better"), within=(1, 5), empty=_("No answer")
        ),
        Column(
            "how_sure", Kind.WHOLE, _("How sure you felt; more is surer"), within=(1, 5), empty=_("No answer")
        ),
        Column("words", Kind.TEXT, _("Your words")),
        Column("language", Kind.TEXT, _("Of those words")),
        Column("is_left", Kind.YES_NO, _("Whether you left the week out")),
        Column("told_at", Kind.INSTANT, _("When")),
        Column("is_withdrawn", Kind.YES_NO, _("Whether you took it back")),
    ),
    lambda taker: own_check_ins(taker.user, taker.child, taker.sight, now=taker.now),
)


def own_words(taker: Taker) -> list[Any]:
    """What this household says in place of the library's words."""
    return list(own_words_of(taker.user, taker.child, taker.household.pk).values())


OWN_WORDS = Table(
    "own_words",
    _("What your household says in place of the library's words; recordings are in the folder named so"),
    (
        Column("id", Kind.ID, _("Of the words, and the name of their recording")),
        Column("about", Kind.TEXT, _("The stroke or verse, by its name in the library")),
        Column("words", Kind.TEXT, _("The words")),
        Column("language", Kind.TEXT, _("Of those words")),
        Column("has_recording", Kind.YES_NO, _("Whether there is a recording")),
        Column("is_shared", Kind.YES_NO, _("Whether the care team reads them")),
    ),
    own_words,
)

CONSENTS = Table(
    "consents",
    _("What you agreed to: your own latest word of each"),
    (
        Column("kind", Kind.CODE, _("To what"), codes=ConsentKind),
        Column("is_given", Kind.YES_NO, _("Whether you agree"), empty=_("You said nothing yet")),
        Column("on", Kind.DAY, _("When you said so")),
        Column("is_on_paper", Kind.YES_NO, _("Whether on paper")),
        Column("text", Kind.TEXT, _("What you are asked"), lambda row: row.asked.text if row.asked else ""),
    ),
    lambda taker: own_consents(taker.user, taker.child, language=taker.language),
)


class _Saw:
    """One who saw the record on a day."""

    def __init__(self, on: Any, sighting: Any) -> None:
        self.on, self.sighting = on, sighting


def _who_saw(taker: Taker) -> Iterable[Any]:
    def page(before: Any) -> Any:
        seen = who_saw(
            taker.child, taker.sight, zone=taker.household.zone, before=before or taker.today + ONE_DAY
        )
        return [_Saw(day.on, one) for day in seen.days for one in day.sightings], seen.earlier

    return paged(page)


WHO_SAW = Table(
    "who_saw",
    _("Who looked at the child's record; another guardian is not among them"),
    (
        Column("on", Kind.DAY, _("The day")),
        Column("name", Kind.TEXT, _("Who"), "sighting.viewer.name"),
        Column("roles", Kind.CODES, _("As what they work at the clinic"), "sighting.viewer.roles", Role),
        Column("kinds", Kind.CODES, _("What they looked at"), "sighting.kinds", AuditCode),
        Column(
            "is_emergency", Kind.YES_NO, _("Whether it was opened in an emergency"), "sighting.is_emergency"
        ),
    ),
    _who_saw,
)

WISHES = Table(
    "erasure_wishes",
    _("What you asked to have erased"),
    (
        Column("id", Kind.ID, _("Of the wish"), "client_id"),
        Column("about", Kind.CODE, _("What it is about")),
        Column("asked_at", Kind.INSTANT, _("When you asked")),
        Column("withdrawn_at", Kind.INSTANT, _("When you took it back")),
        Column("answered_at", Kind.INSTANT, _("When the clinic answered")),
    ),
    lambda taker: (
        ErasureRequest.objects.visible_to(taker.user)
        .filter(child=taker.child, asked_by=taker.user)
        .order_by("asked_at", "id")
    ),
)

TABLES = (
    YOU,
    HOUSEHOLD,
    CAREGIVERS,
    ROUTINE_TIMES,
    REMINDERS,
    HOME_DAYS,
    CHECK_INS,
    OWN_WORDS,
    CONSENTS,
    WHO_SAW,
    WISHES,
)
