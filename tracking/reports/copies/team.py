"""Further tables of the clinic's copy: what only the care team reads.

Of private notes, only the taker's own. Safeguarding notes are in no copy.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from clinic.models import CaregiverGrant, Precaution
from clinic.vocabulary import (
    ConsentKind,
    ConsentStanding,
    DischargeReason,
    EpisodeState,
    GrantKind,
    PrecautionSource,
    SharingMode,
)
from tracking.models import Flag, FlagAcknowledgement, FlagSnooze
from tracking.models.supervision import is_unsigned
from tracking.readings.checkins import check_ins_of_each
from tracking.readings.consents import consents_of
from tracking.readings.family_words import words_for_team
from tracking.readings.people import families_of
from tracking.readings.reports import reports_of
from tracking.reports.copies import child, communication, entries, goals, programs
from tracking.reports.copies.household import CHECK_INS, OWN_WORDS
from tracking.reports.copies.tables import Column, Kind, Table, Taker, parts_of
from tracking.vocabulary.concerns import FlagCode, Severity
from tracking.vocabulary.flags import CloseHow

IS_DRAFT = Column("is_draft", Kind.YES_NO, _("Whether it waits for a signature"))
IS_DRAFT_OF = Column("is_draft", Kind.YES_NO, _("Whether it waits for a signature"), "whole.is_draft")

CHILD = Table(
    "child",
    _("Who the child is, in one row"),
    (
        Column("id", Kind.ID, _("Of the child")),
        Column("first_name", Kind.TEXT, _("First name")),
        Column("last_name", Kind.TEXT, _("Last name")),
        Column("nickname", Kind.TEXT, _("What the family calls the child")),
        Column("born_on", Kind.DAY, _("Birthday")),
        Column("gestation_weeks", Kind.WHOLE, _("Completed weeks at birth"), within=(20, 45)),
        Column("gestation_days", Kind.WHOLE, _("Days beyond those weeks"), within=(0, 6)),
        Column("had_neonatal_care", Kind.YES_NO, _("Whether the child was in neonatal care")),
        Column("is_moving_about", Kind.YES_NO, _("Whether the child moves about by itself")),
        Column("clinic", Kind.TEXT, _("The clinic"), "clinic.name"),
        Column("sharing_mode", Kind.CODE, _("What homes read of each other's entries"), codes=SharingMode),
        Column("enrolled_at", Kind.INSTANT, _("When the child was enrolled"), "created_at"),
        Column("archived_at", Kind.INSTANT, _("When the record was put away"), empty=_("It is in use")),
    ),
    lambda taker: [taker.child],
)

EPISODES = Table(
    "episodes",
    _("Episodes of care"),
    (
        Column("state", Kind.CODE, _("How it stands"), codes=EpisodeState),
        Column("started_on", Kind.DAY, _("First day")),
        Column("ended_on", Kind.DAY, _("Last day"), empty=_("It goes on")),
        Column("discharge_reason", Kind.CODE, _("Why it ended"), codes=DischargeReason),
    ),
    lambda taker: taker.child.episodes.order_by("started_on", "id"),
)

PRECAUTIONS = Table(
    "precautions",
    child.PRECAUTIONS.says,
    (
        *child.PRECAUTIONS.columns,
        Column("note", Kind.TEXT, _("A note to it")),
        Column("language", Kind.TEXT, _("Of the note")),
        Column("source", Kind.CODE, _("Who said so"), codes=PrecautionSource),
        Column("recorded_by", Kind.TEXT, _("Who wrote it down"), "recorded_by.name"),
        Column("recorded_at", Kind.INSTANT, _("When it was written down")),
        IS_DRAFT,
    ),
    lambda taker: (
        Precaution.objects.filter(child=taker.child)
        .annotate(is_draft=is_unsigned(Precaution))
        .select_related("recorded_by")
        .order_by("recorded_at", "id")
    ),
)

HOMES = Table(
    "homes",
    _("The child's households, and how they are reached"),
    (
        Column("id", Kind.ID, _("Of the household"), "pk"),
        Column("name", Kind.TEXT, _("What it is called")),
        Column("zone", Kind.TEXT, _("Its time zone")),
        Column("locale", Kind.TEXT, _("Its language")),
        Column("phone", Kind.TEXT, _("Its telephone")),
        Column("email", Kind.TEXT, _("Its e-mail address"), "contact_email"),
        Column("address", Kind.TEXT, _("Where it is")),
    ),
    lambda taker: families_of(taker.child),
)

CAREGIVERS = Table(
    "caregivers",
    _("Who cares or cared for the child, and through which household"),
    (
        Column("home", Kind.ID, _("The household"), "family_id"),
        Column("name", Kind.TEXT, _("Name"), "user.name"),
        Column("relationship", Kind.TEXT, _("What they are to the child")),
        Column("kind", Kind.CODE, _("What they may do"), codes=GrantKind),
        Column("from_at", Kind.INSTANT, _("Since when"), "valid_from"),
        Column("until_at", Kind.INSTANT, _("Until when it was given"), "valid_until", empty=_("No end")),
        Column("ended_at", Kind.INSTANT, _("When somebody ended it"), "revoked_at", empty=_("Nobody did")),
    ),
    lambda taker: (
        CaregiverGrant.objects.filter(child=taker.child).select_related("user").order_by("valid_from", "id")
    ),
)


def _check_ins(taker: Taker) -> Iterable[Any]:
    return check_ins_of_each(taker.user, taker.child, taker.sight, now=taker.now, most=None)


TEAM_CHECK_INS = Table(
    "check_ins",
    _("How caregivers said it was for them, each for themselves"),
    (
        Column("name", Kind.TEXT, _("Who"), "whole.name"),
        *(
            replace(one, of=f"part.{one.of or one.name}")
            for one in CHECK_INS.columns
            if one.name not in ("is_left", "is_withdrawn")  # neither is told to the team
        ),
    ),
    parts_of(_check_ins, "check_ins"),
)


def shared_words(taker: Taker) -> Iterable[Any]:
    return words_for_team(taker.user, taker.child)


TEAM_WORDS = Table(
    "own_words",
    _("What households say in place of the library's words and share; recordings are in the folder named so"),
    tuple(one for one in OWN_WORDS.columns if one.name != "is_shared"),
    shared_words,
)


def _consents(taker: Taker) -> Iterable[Any]:
    return consents_of(taker.child)


CONSENTS = Table(
    "consents",
    _("How the guardians together stand to what they were asked"),
    (
        Column("kind", Kind.CODE, _("To what"), codes=ConsentKind),
        Column("standing", Kind.CODE, _("How they stand"), codes=ConsentStanding),
    ),
    lambda taker: taker.once(_consents),
)

CONSENT_WORDS = Table(
    "consent_words",
    _("What each guardian said, latest first"),
    (
        Column("kind", Kind.CODE, _("To what"), "whole.kind", ConsentKind),
        Column("name", Kind.TEXT, _("Who"), "part.name"),
        Column("is_given", Kind.YES_NO, _("Whether they agreed"), "part.is_given"),
        Column("on", Kind.DAY, _("When they said so"), "part.on"),
        Column("is_on_paper", Kind.YES_NO, _("Whether on paper"), "part.is_on_paper"),
        Column("recorded_by", Kind.TEXT, _("Who wrote it down"), "part.recorded_by"),
        Column("wording", Kind.WHOLE, _("The version they were asked"), "part.number", empty=_("On paper")),
    ),
    parts_of(_consents, "said"),
)


def _flags(taker: Taker) -> Any:
    return Flag.objects.visible_to(taker.user).filter(child=taker.child)


def _named(name: str) -> Any:
    return lambda row: getattr(row, name).name if getattr(row, name) else ""


FLAGS = Table(
    "flags",
    _("What asked for somebody's attention, and how it ended"),
    (
        Column("id", Kind.ID, _("Of the flag"), "pk"),
        Column("code", Kind.CODE, _("What it was"), codes=FlagCode),
        Column("severity", Kind.CODE, _("How urgent"), codes=Severity),
        Column("raised_at", Kind.INSTANT, _("When it came")),
        Column("acknowledged_at", Kind.INSTANT, _("When somebody took it")),
        Column("acknowledged_by", Kind.TEXT, _("Who took it"), _named("acknowledged_by")),
        Column("closed_at", Kind.INSTANT, _("When it ended"), empty=_("It is open")),
        Column("closed_by", Kind.TEXT, _("Who ended it"), _named("closed_by")),
        Column("closed_how", Kind.CODE, _("How it ended"), codes=CloseHow),
        Column("close_reason", Kind.TEXT, _("Why")),
        Column("language", Kind.TEXT, _("Of those words")),
    ),
    lambda taker: _flags(taker).select_related("acknowledged_by", "closed_by").order_by("raised_at", "id"),
)

FLAG_ANSWERS = Table(
    "flag_answers",
    _("Who looked at a flag, and what they said they would do"),
    (
        Column("flag", Kind.ID, _("The flag"), "flag_id"),
        Column("by", Kind.TEXT, _("Who"), "by.name"),
        Column("at", Kind.INSTANT, _("When")),
        Column("will_do", Kind.TEXT, _("What they would do")),
        Column("language", Kind.TEXT, _("Of those words")),
    ),
    lambda taker: (
        FlagAcknowledgement.objects.filter(flag__in=_flags(taker)).select_related("by").order_by("at", "id")
    ),
)

FLAG_SNOOZES = Table(
    "flag_snoozes",
    _("Who put a flag off, until when, and why"),
    (
        Column("flag", Kind.ID, _("The flag"), "flag_id"),
        Column("by", Kind.TEXT, _("Who"), "by.name"),
        Column("at", Kind.INSTANT, _("When")),
        Column("until_at", Kind.INSTANT, _("Until when")),
        Column("reason", Kind.TEXT, _("Why")),
        Column("language", Kind.TEXT, _("Of those words")),
    ),
    lambda taker: FlagSnooze.objects.filter(flag__in=_flags(taker)).select_related("by").order_by("at", "id"),
)


def _of_presence(name: str) -> Any:
    return lambda row: getattr(row.presence, name) if row.presence else None


VISITS = communication.VISITS.told_to_clinic(
    communication.VISITS.says,
    Column("service", Kind.TEXT, _("The clinic's own word for it"), "label"),
    Column("caregivers", Kind.TEXT, _("Which caregivers were there"),
           lambda row: "; ".join(row.presence.caregivers) if row.presence else ""),
    Column("others", Kind.TEXT, _("Who else was there"), _of_presence("others")),
    Column("has_student", Kind.YES_NO, _("Whether a student was there"), _of_presence("has_student")),
    Column("has_interpreter", Kind.YES_NO, _("Whether an interpreter was there"),
           _of_presence("has_interpreter")),
    IS_DRAFT,
)  # fmt: skip

NOTES = communication.NOTES.told_to_clinic(
    _("Notes: those that are shared, and private ones of whoever took this copy"),
    Column("is_private", Kind.YES_NO, _("Whether it is its author's alone")),
    IS_DRAFT,
)

DEMONSTRATIONS = communication.DEMONSTRATIONS.told_to_clinic(
    _("What was shown to whom at home, and how far each got")
)


def finished_reports(taker: Taker) -> list[Any]:
    """Reports that are signed or were given to the family, newest first."""
    told = reports_of(taker.user, taker.child)
    return [one for one in told if one.is_ready and (one.signed_at or one.shared_at)]


REPORTS = Table(
    "reports",
    _("Reports that are signed or were shared; the files are in the folder named so"),
    communication.REPORTS.columns,
    finished_reports,
)

GOALS = goals.GOALS.told_to_clinic(
    goals.GOALS.says,
    Column("importance", Kind.WHOLE, _("How much it matters")),
    Column("difficulty", Kind.WHOLE, _("How hard it is")),
    Column("primary_outcome", Kind.CODE, _("What it is measured by")),
    Column("outcome_named_on", Kind.DAY, _("When that was named")),
    IS_DRAFT,
)

GOAL_RATINGS = goals.GOAL_RATINGS.told_to_clinic(
    goals.GOAL_RATINGS.says,
    Column("by", Kind.TEXT, _("Who said so"), "part.by"),
    Column("note", Kind.TEXT, _("A note to it"), "part.note"),
    Column("language", Kind.TEXT, _("Of the note"), "part.language"),
)

TOTALS = goals.TOTALS.told_to_clinic(
    goals.TOTALS.says,
    Column("band", Kind.TEXT, _("What the instrument calls it"), "part.band"),
    Column("respondent", Kind.TEXT, _("Who answered"), "whole.respondent"),
    Column("by", Kind.TEXT, _("Who entered it"), "whole.by"),
    IS_DRAFT_OF,
)

GROUPS = (
    entries.TABLES,
    (
        CHILD,
        EPISODES,
        child.AFTER_CARE.told_to_clinic(_("What the family was given to go on with, once care has ended")),
        child.CARE_TEAM,
        PRECAUTIONS,
        child.SIGNS,
        child.STRATEGIES,
        FLAGS,
        FLAG_ANSWERS,
        FLAG_SNOOZES,
    ),
    programs.TABLES,
    (GOALS, goals.GOAL_STEPS, GOAL_RATINGS, TOTALS),
    (VISITS, NOTES, communication.MESSAGES, DEMONSTRATIONS, REPORTS),
    (HOMES, CAREGIVERS, TEAM_CHECK_INS, TEAM_WORDS, CONSENTS, CONSENT_WORDS),
)
"""Read in one transaction each."""
