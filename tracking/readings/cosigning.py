"""Drafts that wait for a signature, for those who sign and those who drafted."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.formats import date_format, time_format
from django.utils.translation import get_language, gettext, ngettext

from clinic.localtime import local_wall
from clinic.models import Clinic, ClinicMembership, Precaution, User
from clinic.prepared import Prepared
from clinic.vocabulary import SUPERVISED_ROLES
from tracking.models import (
    AskPlan,
    Assessment,
    ChildSign,
    ChildStrategy,
    Contact,
    Cosigning,
    Demonstration,
    Goal,
    Note,
    TrackedStimulus,
)
from tracking.models.supervision import CosigningQuerySet, supervisor_treats
from tracking.readings.assessments import totals_of
from tracking.readings.teaching import seen_demonstrations
from tracking.vocabulary.asking import Question
from tracking.vocabulary.body import ObservationRegion
from tracking.vocabulary.contacts import ContactKind
from tracking.vocabulary.cues import Cue, SignMeaning
from tracking.vocabulary.programs import Instrument
from tracking.vocabulary.states import StateScale
from tracking.vocabulary.supervision import DraftKind
from tracking.vocabulary.teaching import TaughtLevel
from tracking.vocabulary.touch import Accommodation, Stimulus
from tracking.wording import conflicts, labels
from tracking.wording.goals import signed

SIGNED_FOR = dt.timedelta(days=14)
"""How long a drafter still finds here what was signed."""


@dataclass(frozen=True, slots=True)
class DraftText:
    """What was written: a title where it has one, and its parts in order."""

    title: str = ""
    parts: tuple[str, ...] = ()
    lock_version: int | None = None
    language: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A draft as its reader may see it.

    `supervisor` is None where nobody was named; `has_supervisor` False where whoever was asked does not treat
    the child any more, so that it has gone to the lead.
    """

    id: uuid.UUID
    kind: str
    child: uuid.UUID
    child_name: str
    text: DraftText
    drafted_by: str
    supervisor: str | None
    has_supervisor: bool
    asked_at: dt.datetime
    signed_by: str | None
    signed_at: dt.datetime | None
    returned_by: str | None
    returned_at: dt.datetime | None
    remark: str
    remark_language: str

    @property
    def may_rewrite(self) -> bool:
        return self.kind == DraftKind.NOTE and self.signed_at is None


@dataclass(frozen=True, slots=True)
class Stack:
    """Drafts of one person, the oldest first."""

    drafted_by: str
    drafts: tuple[Draft, ...]


@dataclass(frozen=True, slots=True)
class Queue:
    """`yours` to sign, by who drafted it; `others`: what a colleague was asked about and you may sign too;
    `own`: what you drafted, returned ones first.
    """

    yours: tuple[Stack, ...]
    others: tuple[Draft, ...]
    own: tuple[Draft, ...]


@dataclass(frozen=True, slots=True)
class Signing:
    """Whether co-signing is a thing in this clinic, and how many drafts wait for this person."""

    is_used: bool
    count: int


def signing(user: User, clinic: Clinic) -> Signing:
    """For the navigation of every page; one statement."""
    [(is_used, asked, returned)] = _signed(user=user.pk, clinic=clinic.pk)
    return Signing(is_used=is_used, count=(asked or 0) + (returned or 0))


def _to_sign(user: uuid.UUID, clinic: uuid.UUID) -> QuerySet[Clinic, tuple[Any, ...]]:
    person = User(pk=user)
    supervised = ClinicMembership.objects.active().filter(clinic=OuterRef("pk"))
    asked = Cosigning.objects.waiting().asked_of(person).filter(clinic=OuterRef("pk"))
    drafted = Cosigning.objects.unsigned().visible_to(person).filter(clinic=OuterRef("pk"), drafted_by=user)
    return Clinic.objects.filter(pk=clinic).values_list(
        Exists(supervised.with_role(*SUPERVISED_ROLES)),
        _count(asked),
        _count(drafted.filter(returned_at__isnull=False)),
    )


_signed = Prepared(_to_sign)


def queue(user: User, clinic: Clinic, *, now: dt.datetime) -> Queue:
    """What waits for `user`, and what of theirs waits for others; one statement, and one for each kind."""
    here = Cosigning.objects.visible_to(user).filter(clinic=clinic)
    asked = list(_rows(here.waiting().asked_of(user)))
    others = list(_rows(here.waiting().signable_by(user).exclude(pk__in=[row.pk for row in asked])))
    fresh = Q(signed_at__isnull=True) | Q(signed_at__gt=now - SIGNED_FOR)
    own = list(_rows(here.filter(fresh, replaced_at__isnull=True, drafted_by=user)))
    texts = _texts([*asked, *others, *own])
    drafts = [_draft(row, texts) for row in asked]
    by_person = sorted(drafts, key=lambda draft: draft.drafted_by)
    stacks = [Stack(name, tuple(each)) for name, each in groupby(by_person, lambda draft: draft.drafted_by)]
    return Queue(
        yours=tuple(sorted(stacks, key=lambda stack: stack.drafts[0].asked_at)),
        others=tuple(_draft(row, texts) for row in others),
        own=tuple(sorted((_draft(row, texts) for row in own), key=_returned_first)),
    )


def _rows(drafts: CosigningQuerySet) -> CosigningQuerySet:
    return (
        drafts.annotate(has_supervisor=supervisor_treats())
        .select_related("child", "drafted_by", "supervisor", "signed_by", "returned_by")
        .order_by("asked_at", "id")
    )


def _count(rows: CosigningQuerySet) -> Subquery:
    return Subquery(rows.order_by().values("clinic").annotate(n=Count("pk")).values("n"))


def _returned_first(draft: Draft) -> tuple[bool, bool, dt.datetime]:
    return (draft.signed_at is not None, draft.returned_at is None, draft.asked_at)


def _draft(row: Cosigning, texts: dict[uuid.UUID, DraftText]) -> Draft:
    return Draft(
        id=row.pk,
        kind=row.subject_kind,
        child=row.child_id,
        child_name=f"{row.child.first_name} {row.child.last_name}".strip(),
        text=texts.get(row.subject_id, DraftText()),
        drafted_by=row.drafted_by.name,
        supervisor=row.supervisor.name if row.supervisor else None,
        has_supervisor=vars(row)["has_supervisor"],
        asked_at=row.asked_at,
        signed_by=row.signed_by.name if row.signed_by else None,
        signed_at=row.signed_at,
        returned_by=row.returned_by.name if row.returned_by else None,
        returned_at=row.returned_at,
        remark=row.remark,
        remark_language=row.language,
    )


# ---- what was written, by its kind ----------------------------------------------------------------------

Texts = Iterable[tuple[uuid.UUID, DraftText]]


def _notes(keys: Collection[uuid.UUID]) -> Texts:
    for row in Note.objects.filter(pk__in=keys):
        yield row.pk, DraftText(parts=(row.body,), lock_version=row.lock_version, language=row.language)


def _goals(keys: Collection[uuid.UUID]) -> Texts:
    for row in Goal.objects.filter(pk__in=keys):
        rungs = [f"{signed(level)}  {text}" for level, text in zip(range(-2, 3), row.ladder, strict=True)]
        parts = (*([row.own_words] if row.own_words else []), *reversed(rungs))
        yield row.pk, DraftText(row.title, parts, language=row.language)


def _precautions(keys: Collection[uuid.UUID]) -> Texts:
    for row in Precaution.objects.filter(pk__in=keys):
        region = labels.label(ObservationRegion, row.region) if row.region else ""
        parts = tuple(part for part in (region, row.substance, row.note) if part)
        yield row.pk, DraftText(conflicts.precaution(row.code), parts)


def _contacts(keys: Collection[uuid.UUID]) -> Texts:
    for row in Contact.objects.filter(pk__in=keys).select_related("clinic"):
        wall = local_wall(row.starts_at, row.clinic.zone)
        when = f"{date_format(wall, 'DATE_FORMAT')}, {time_format(wall, 'TIME_FORMAT')}"
        count = row.minutes or 0
        minutes = ngettext("%(count)d minute", "%(count)d minutes", count) % {"count": count}
        yield row.pk, DraftText(labels.label(ContactKind, row.kind), (when, minutes) if count else (when,))


def _demonstrations(keys: Collection[uuid.UUID]) -> Texts:
    rows = list(Demonstration.objects.filter(pk__in=keys).select_related("grant__user", "shown_by"))
    for one in seen_demonstrations(rows, None, language=get_language() or "en"):
        yield one.id, DraftText(one.name, (one.to, labels.label(TaughtLevel, one.level)))


def _ask_plans(keys: Collection[uuid.UUID]) -> Texts:
    for row in AskPlan.objects.filter(pk__in=keys):
        chosen = labels.listed(labels.label(Question, code) for code in row.questions)
        asked = gettext("As the age suggests") if row.follows_age else chosen or gettext("Nothing")
        scale = labels.label(StateScale, row.state_scale) if row.state_scale else ""
        yield row.pk, DraftText(_from_day(row.from_on), tuple(part for part in (asked, scale) if part))


def _touches(keys: Collection[uuid.UUID]) -> Texts:
    for row in TrackedStimulus.objects.filter(pk__in=keys):
        yield row.pk, DraftText(row.label or labels.label(Stimulus, row.stimulus), (_from_day(row.from_on),))


def _signs(keys: Collection[uuid.UUID]) -> Texts:
    for row in ChildSign.objects.filter(pk__in=keys):
        cue = labels.label(Cue, row.cue) if row.cue else ""
        parts = tuple(part for part in (labels.label(SignMeaning, row.asks_for), cue) if part)
        yield row.pk, DraftText(row.words, parts)


def _strategies(keys: Collection[uuid.UUID]) -> Texts:
    for row in ChildStrategy.objects.filter(pk__in=keys):
        touches = labels.listed(labels.label(Stimulus, code) for code in row.stimuli)
        parts = tuple(part for part in (row.text, touches) if part)
        yield row.pk, DraftText(row.name or labels.label(Accommodation, row.code), parts)


def _assessments(keys: Collection[uuid.UUID]) -> Texts:
    for row in Assessment.objects.filter(pk__in=keys):
        parts = tuple(f"{one.score}: {one.value:g} {one.band}".strip() for one in totals_of(row))
        title = f"{labels.label(Instrument, row.instrument)}, {date_format(row.on, 'DATE_FORMAT')}"
        yield row.pk, DraftText(title, parts, language=row.language)


def _from_day(day: dt.date) -> str:
    return gettext("From %(day)s on") % {"day": date_format(day, "DATE_FORMAT")}


READERS: dict[str, Callable[[Collection[uuid.UUID]], Texts]] = {
    DraftKind.NOTE: _notes,
    DraftKind.GOAL: _goals,
    DraftKind.PRECAUTION: _precautions,
    DraftKind.CONTACT: _contacts,
    DraftKind.DEMONSTRATION: _demonstrations,
    DraftKind.ASK_PLAN: _ask_plans,
    DraftKind.TOUCH: _touches,
    DraftKind.SIGN: _signs,
    DraftKind.STRATEGY: _strategies,
    DraftKind.ASSESSMENT: _assessments,
}


def _texts(rows: Iterable[Cosigning]) -> dict[uuid.UUID, DraftText]:
    """What each draft says; one statement for each kind there is."""
    keys = defaultdict(set)
    for row in rows:
        keys[row.subject_kind].add(row.subject_id)
    return {
        key: text for kind, wanted in keys.items() if kind in READERS for key, text in READERS[kind](wanted)
    }
