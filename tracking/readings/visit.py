"""Visit preparation: what has happened since the last visit, for whoever treats the child.

Limited to what the reader may read. Each list is short and says how much more there is.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import takewhile

from clinic.localtime import day_bounds, local_day
from clinic.models import Child, Precaution, User
from tracking.models import Concern, Contact, Flag, Message
from tracking.vocabulary.contacts import ContactKind, ContactState

MEETINGS = (ContactKind.VISIT, ContactKind.HOME_VISIT, ContactKind.VIDEO, ContactKind.GROUP_CLASS)
"""Where clinic and family see one another; a call or a message is no visit."""

WITHOUT_VISIT = dt.timedelta(weeks=8)
"""How far to look back where there was none yet, unless care began later."""

RENEWED_WITHIN = dt.timedelta(weeks=4)
"""A precaution that ends within these weeks is one to talk about. Our own."""


MOST_QUESTIONS = 20


@dataclass(frozen=True, slots=True)
class Meeting:
    """A contact of the past or to come; `therapist` is a name, empty where nobody is named."""

    kind: str
    starts_at: dt.datetime
    therapist: str


@dataclass(frozen=True, slots=True)
class FlagHead:
    """An open flag; `taken_by` whoever has looked at it, and says what they will do."""

    flag: Flag
    taken_by: str
    will_do: str
    language: str


@dataclass(frozen=True, slots=True)
class BeforeVisit:
    """`since` is the local day of the last visit; where there was none, `last` is None and it is how far was
    looked back. `questions` are messages of the family that the team has not answered, oldest first. `due`
    are precautions that end soon or ended since.
    """

    since: dt.date
    last: Meeting | None
    next: Meeting | None
    flags: tuple[FlagHead, ...]
    concerns: tuple[Concern, ...]
    questions: tuple[Message, ...]
    due: tuple[Precaution, ...]


def before_visit(user: User, child: Child, *, on: dt.date) -> BeforeVisit:
    """What there is on the local day `on`, in eight statements. The caller has fetched the child."""
    zone = child.clinic.zone
    begins, ends = day_bounds(on, zone)
    contacts = Contact.objects.visible_to(user).filter(child=child).select_related("therapist")
    met = contacts.filter(state=ContactState.HAPPENED, kind__in=MEETINGS, starts_at__lt=ends)
    last = met.order_by("-starts_at", "-id").first()
    coming = contacts.planned().filter(starts_at__gte=begins).order_by("starts_at", "id").first()
    since = local_day(last.starts_at, zone) if last else _looked_back(child, on)
    concerns = Concern.objects.visible_to(user).filter(child=child, local_day__gte=since)
    return BeforeVisit(
        since=since,
        last=_meeting(last),
        next=_meeting(coming),
        flags=_flags(user, child),
        concerns=tuple(concerns.order_by("-occurred_at", "-id")),
        questions=_unanswered(user, child),
        due=tuple(
            Precaution.objects.filter(
                child=child, until_on__gte=since, until_on__lte=on + RENEWED_WITHIN
            ).order_by("until_on", "id")
        ),
    )


def _looked_back(child: Child, on: dt.date) -> dt.date:
    episode = child.episodes.order_by("-started_on", "-id").first()
    return max(on - WITHOUT_VISIT, episode.started_on) if episode else on - WITHOUT_VISIT


def _meeting(contact: Contact | None) -> Meeting | None:
    if contact is None:
        return None
    return Meeting(contact.kind, contact.starts_at, contact.therapist.name if contact.therapist else "")


def _flags(user: User, child: Child) -> tuple[FlagHead, ...]:
    rows = Flag.objects.visible_to(user).open().filter(child=child)
    rows = rows.select_related("acknowledged_by").prefetch_related("acknowledgements")
    return tuple(_head(row) for row in rows.order_by("raised_at", "id"))


def _head(row: Flag) -> FlagHead:
    looked = row.acknowledgements.all()
    taken = next((one for one in looked if one.by_id == row.acknowledged_by_id), None)
    return FlagHead(
        flag=row,
        taken_by=row.acknowledged_by.name if row.acknowledged_by else "",
        will_do=taken.will_do if taken else "",
        language=taken.language if taken else "",
    )


def _unanswered(user: User, child: Child) -> tuple[Message, ...]:
    """What the family wrote since the team last did; of a long silence the latest."""
    rows = Message.objects.visible_to(user).filter(child=child).select_related("author")
    latest = rows.order_by("-sent_at", "-id")[:MOST_QUESTIONS]
    return tuple(reversed(list(takewhile(lambda one: not one.is_from_staff, latest))))
