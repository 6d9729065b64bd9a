"""What families log and tell: massages, bedtimes, touches, concerns, check-ins, signs, words, messages."""

from __future__ import annotations

import datetime as dt
from typing import Any

from clinic import rls
from clinic.localtime import local_day, monday_of
from clinic.models import CaregiverGrant, Child, Family, User
from tests.cast import Cast, make_id, planted
from tests.factories.people import first_name, said
from tracking.models import (
    Bedtime,
    CheckIn,
    ChildSign,
    Concern,
    ConcernPhoto,
    EntryDoor,
    FamilyWords,
    MassageSession,
    Message,
    QuarantinedEntry,
    TactileObservation,
)
from tracking.services.quarantining import quarantine_entry
from tracking.sync.bodies import SessionBody
from tracking.vocabulary.concerns import AdviceLevel, ConcernKind
from tracking.vocabulary.cues import SignMeaning
from tracking.vocabulary.programs import SessionOutcome
from tracking.vocabulary.touch import Stimulus


def entry_fields(child: Child, *, by: User, at: dt.datetime | None = None) -> dict[str, Any]:
    """The columns every entry has, for one told at `at` (default: now) and received at once."""
    at = at or rls.now()
    return {
        "clinic": child.clinic,
        "child": child,
        "client_id": make_id(),
        "occurred_at": at,
        "zone": "America/New_York",
        "local_day": at.date(),
        "first_received_at": at,
        "received_at": at,
        "reported_by": by,
        "door": EntryDoor.API,
        "body_hash": "0" * 64,
        "note": said(child, "entry-note"),
    }


def session(child: Child, *, by: User, at: dt.datetime | None = None, **fields: Any) -> MassageSession:
    with rls.acting_as(by, system="seeding"):
        return MassageSession.objects.create(
            **{"outcome": SessionOutcome.DONE, **entry_fields(child, by=by, at=at), **fields}
        )


def bedtime(child: Child, *, by: User, at: dt.datetime | None = None, **fields: Any) -> Bedtime:
    with rls.acting_as(by, system="seeding"):
        return Bedtime.objects.create(**{**entry_fields(child, by=by, at=at), **fields})


def observation(
    child: Child, *, by: User, at: dt.datetime | None = None, **fields: Any
) -> TactileObservation:
    with rls.acting_as(by, system="seeding"):
        return TactileObservation.objects.create(
            **{
                "stimulus": Stimulus.SUNSCREEN_LOTION,
                "intensity": 3,
                **entry_fields(child, by=by, at=at),
                **fields,
            }
        )


def late_entry(cast: Cast) -> QuarantinedEntry:
    """What Rex's phone sent of an evening while he still cared for Cleo."""
    grant = CaregiverGrant.objects.select_related("child__clinic", "family").get(
        child=cast.cleo, user=cast.rex
    )
    assert grant.revoked_at is not None
    with rls.acting_as(cast.rex):
        return quarantine_entry(
            by=cast.rex,
            grant=grant,
            client_id=make_id(),
            entry=SessionBody(
                outcome=SessionOutcome.DONE,
                occurred_at=grant.revoked_at - dt.timedelta(hours=5),
                note=planted("late-note"),
            ),
            door=EntryDoor.API,
            now=rls.now(),
        )


def concern(child: Child, *, by: User, kind: str = ConcernKind.TEMPERATURE) -> Concern:
    with rls.acting_as(by, system="seeding"):
        fields = entry_fields(child, by=by)
        del fields["first_received_at"]
        is_own = kind == ConcernKind.PARENT_STRAIN
        fields["note"] = planted(f"{first_name(by)}-strain") if is_own else said(child, "concern-note")
        return Concern.objects.create(
            **fields,
            kind=kind,
            rules_version="concerns-1",
            advice="fever_any",
            level=AdviceLevel.PAUSE,
        )


def concern_photo(concern: Concern, *, by: User) -> ConcernPhoto:
    """A row without its file."""
    with rls.acting_as(by, system="seeding"):
        return ConcernPhoto.objects.create(
            clinic=concern.clinic,
            child=concern.child,
            concern=concern,
            client_id=make_id(),
            file_name="photo/of-nothing.jpg",
            content_hash="0" * 64,
            sent_by=by,
            sent_at=rls.now(),
        )


def check_in(child: Child, *, by: User, **fields: Any) -> CheckIn:
    """How this week was for a caregiver, in words nobody but them and the team may read."""
    with rls.acting_as(by, system="seeding"):
        now = rls.now()
        return CheckIn.objects.create(
            **{
                "clinic": child.clinic,
                "child": child,
                "author": by,
                "client_id": make_id(),
                "week_on": monday_of(local_day(now, child.clinic.zone)),
                "how_it_was": 4,
                "how_sure": 2,
                "words": planted(f"{first_name(by)}-check-in"),
                "told_at": now,
                "received_at": now,
                "body_hash": "0" * 64,
                **fields,
            }
        )


def sign(child: Child, *, by: User, **told: Any) -> ChildSign:
    """A sign of the child's own, last in order; of enough, with no cue that stands for it."""
    given = {"asks_for": SignMeaning.ENOUGH, "words": said(child, "sign-words")}
    with rls.acting_as(by, system="seeding"):
        return ChildSign.objects.create(
            clinic=child.clinic,
            child=child,
            client_id=make_id(),
            order=ChildSign.objects.current().filter(child=child).count() + 1,
            created_by=by,
            created_at=rls.now(),
            **(given | told),
        )


def family_words(child: Child, *, by: User, family: Family, **told: Any) -> FamilyWords:
    """What a household says with the long glide, for itself alone."""
    with rls.acting_as(by, system="seeding"):
        return FamilyWords.objects.create(
            **{
                "clinic": child.clinic,
                "child": child,
                "family": family,
                "about": "leg-long-glide",
                "words": said(child, "family-words"),
                "by": by,
                "at": rls.now(),
                **told,
            }
        )


def message(child: Child, *, by: User, is_from_staff: bool = False) -> Message:
    with rls.acting_as(by, system="seeding"):
        return Message.objects.create(
            clinic=child.clinic,
            child=child,
            client_id=make_id(),
            author=by,
            is_from_staff=is_from_staff,
            body=said(child, "message-body"),
            sent_at=rls.now(),
        )
