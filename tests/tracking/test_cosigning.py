"""What an assistant or student drafts is the team's until somebody who treats the child signs it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError

from clinic import rls
from clinic.errors import Forbidden, Invalid
from clinic.models import AuditEvent, Precaution, User
from clinic.vocabulary import AuditCode
from tests import factories
from tests.cast import Cast, make_id, planted
from tests.tracking.records import MONDAY, at
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
from tracking.readings.cosigning import READERS, queue
from tracking.readings.today import today
from tracking.services import asking, contacts, cosigning, messaging, notes, precautions, signs, teaching
from tracking.services.cosigning import DraftChanged
from tracking.vocabulary.contacts import ContactKind
from tracking.vocabulary.cues import SignMeaning
from tracking.vocabulary.supervision import DraftKind
from tracking.vocabulary.teaching import Teachable
from tracking.vocabulary.touch import Stimulus

NOW = at("12:00")


def a_note(cast: Cast, by: User, **changes: Any) -> Note:
    with rls.acting_as(by):
        return notes.write_note(by=by, child=cast.cleo, body="She likes the song.", now=NOW, **changes)


def draft_of(cast: Cast, subject: Any) -> Cosigning:
    with rls.acting_as(cast.tess):
        return Cosigning.objects.unsigned().get(subject_id=subject.pk)


def sign(cast: Cast, *drafts: Cosigning, by: User | None = None) -> None:
    by = by or cast.tess
    with rls.acting_as(by):
        cosigning.cosign(by=by, drafts=drafts, now=NOW)


def readers(cast: Cast, rows: Any, pk: Any) -> set[str]:
    """Who of the cast is shown the row."""
    found = set()
    for name, user in cast.people().items():
        with rls.acting_as(user):
            if rows.objects.visible_to(user).filter(pk=pk).exists():
                found.add(name)
    return found


TEAM, FAMILY = {"tess", "asha"}, {"fay", "greg"}
CAREGIVERS = FAMILY | {"nan"}
TIMES = {"otto", "opal"}
"""Owner and office know when there was a contact, signed or not."""


def a_contact(cast: Cast) -> Contact:
    return contacts.record_contact(
        by=cast.asha, child=cast.cleo, kind=ContactKind.VISIT, starts_at=at("09:00"), minutes=45, now=NOW
    )


def a_demonstration(cast: Cast) -> Demonstration:
    shown = teaching.Shown(
        what=Teachable.STROKE, stroke="toe-rolls", name="Aunt May", family=cast.fays_home.pk
    )
    return teaching.teach(by=cast.asha, child=cast.cleo, shown=[shown], now=NOW)[0]


def an_ask_plan(cast: Cast) -> AskPlan:
    return asking.change_ask_plan(by=cast.asha, child=cast.cleo, questions=["state_after"], now=NOW)


def a_touch(cast: Cast) -> TrackedStimulus:
    return asking.track_stimulus(
        by=cast.asha, child=cast.cleo, stimulus=Stimulus.SUNSCREEN_LOTION, from_on=MONDAY, now=NOW
    )


def a_sign(cast: Cast) -> ChildSign:
    return signs.tell_sign(
        by=cast.asha,
        child=cast.cleo,
        client_id=make_id(),
        asks_for=SignMeaning.ENOUGH,
        words="Pulls her foot away",
        now=NOW,
    ).sign


Write = Callable[[Cast], Any]
DRAFTED: list[tuple[Any, Write, set[str], set[str], str]] = [
    (Note, lambda cast: a_note(cast, cast.asha), TEAM, FAMILY, "She likes the song."),
    (Goal, lambda cast: factories.goal(cast.cleo, by=cast.asha), TEAM, FAMILY, planted("goal-title")),
    (Contact, a_contact, TEAM | TIMES, CAREGIVERS, "45 minutes"),
    (Demonstration, a_demonstration, TEAM, {"fay"}, "Aunt May"),
    (AskPlan, an_ask_plan, TEAM, CAREGIVERS, "How the child is after a massage"),
    (TrackedStimulus, a_touch, TEAM, CAREGIVERS, "Sunscreen or lotion"),
    (ChildSign, a_sign, TEAM, CAREGIVERS, "Pulls her foot away"),
    (
        ChildStrategy,
        lambda cast: factories.strategy(cast.cleo, by=cast.asha),
        TEAM,
        CAREGIVERS,
        planted("strategy-name"),
    ),
    (
        Assessment,
        lambda cast: factories.assessment(cast.cleo, by=cast.asha),
        TEAM,
        FAMILY,
        planted("assessment-band"),
    ),
]


@pytest.mark.parametrize(
    ("rows", "write", "staff", "family", "words"), DRAFTED, ids=[row[0].__name__ for row in DRAFTED]
)
def test_the_family_reads_a_draft_once_its_words_are_signed(
    cast: Cast, rows: Any, write: Write, staff: set[str], family: set[str], words: str
) -> None:
    with rls.acting_as(cast.asha):
        subject = write(cast)
    draft = draft_of(cast, subject)
    assert (draft.drafted_by, draft.supervisor) == (cast.asha, cast.tess)
    assert readers(cast, rows, subject.pk) == staff
    with rls.acting_as(cast.tess):
        (stack,) = queue(cast.tess, cast.harbor, now=NOW).yours
    assert words in "\n".join([stack.drafts[0].text.title, *stack.drafts[0].text.parts])
    sign(cast, draft)
    assert readers(cast, rows, subject.pk) == staff | family


def test_every_kind_of_draft_is_read_by_whoever_signs_it() -> None:
    drafted = {rows._meta.model_name for rows, *_ in DRAFTED} | {DraftKind.PRECAUTION}
    assert set(READERS) == set(DraftKind) == drafted


def test_what_a_therapist_writes_waits_for_nobody(cast: Cast) -> None:
    note = a_note(cast, cast.tess)
    assert readers(cast, Note, note.pk) == TEAM | FAMILY
    with rls.acting_as(cast.tess):
        assert not Cosigning.objects.exists()


def test_private_notes_and_messages_are_no_drafts(cast: Cast) -> None:
    a_note(cast, cast.asha, is_private=True)
    with rls.acting_as(cast.asha):
        messaging.send_message(
            by=cast.asha, child=cast.cleo, client_id=make_id(), body="See you on Monday.", now=NOW
        )
        assert not Cosigning.objects.exists()


def test_a_drafted_precaution_holds_at_once_and_is_read_by_the_family_once_signed(cast: Cast) -> None:
    with rls.acting_as(cast.asha):
        drafted = precautions.record_precaution(
            by=cast.asha, child=cast.cleo, code="hip", from_on=MONDAY, now=NOW
        )
        assert drafted in Precaution.objects.filter(child=cast.cleo).on_day(MONDAY)

    def heeded(user: User) -> tuple[str, ...]:
        with rls.acting_as(user):
            return today(user, cast.cleo, now=NOW).precautions

    assert ("hip" in heeded(cast.tess), "hip" in heeded(cast.fay)) == (True, False)
    sign(cast, draft_of(cast, drafted))
    assert "hip" in heeded(cast.fay)


def test_a_precaution_taken_back_waits_no_more(cast: Cast) -> None:
    with rls.acting_as(cast.asha):
        drafted = precautions.record_precaution(
            by=cast.asha, child=cast.cleo, code="hip", from_on=MONDAY, now=NOW
        )
    with rls.acting_as(cast.tess):
        assert precautions.end_precaution(by=cast.tess, precaution=drafted, now=NOW) is None
        assert not Cosigning.objects.waiting().exists()


def test_a_draft_is_returned_with_a_remark_and_rewritten(cast: Cast) -> None:
    note = a_note(cast, cast.asha)
    first = draft_of(cast, note)
    with rls.acting_as(cast.tess):
        with pytest.raises(Invalid) as refused:
            cosigning.return_draft(by=cast.tess, draft=first, remark=" ", now=NOW)
        assert refused.value.field == "remark"
        returned = cosigning.return_draft(by=cast.tess, draft=first, remark="Which song?", now=NOW)
    assert (returned.remark, returned.returned_by) == ("Which song?", cast.tess)
    assert readers(cast, Note, note.pk) == TEAM
    with rls.acting_as(cast.asha):
        notes.rewrite_note(by=cast.asha, note=note, lock_version=1, body="The song of the feet.", now=NOW)
    second = draft_of(cast, note)
    assert second.pk != first.pk
    with pytest.raises(DraftChanged):
        sign(cast, first)
    assert readers(cast, Note, note.pk) == TEAM
    sign(cast, second)
    assert readers(cast, Note, note.pk) == TEAM | FAMILY


def test_all_or_none_of_several_drafts_are_signed(cast: Cast) -> None:
    one, other = (draft_of(cast, a_note(cast, cast.asha)) for _ in range(2))
    sign(cast, one)
    with pytest.raises(DraftChanged):
        sign(cast, one, other)
    assert draft_of(cast, Note(pk=other.subject_id)) == other
    with rls.acting_as(cast.otto):
        codes = AuditEvent.objects.filter(subject_id__in=[one.pk, other.pk]).values_list("code", "actor_id")
        assert list(codes) == [(AuditCode.COSIGNED, cast.tess.pk)]


def test_nobody_signs_their_own_draft_and_only_whoever_treats_the_child_signs(cast: Cast) -> None:
    draft = draft_of(cast, a_note(cast, cast.asha))
    for user in (cast.asha, cast.otto, cast.theo, cast.fay):
        with pytest.raises(Forbidden):
            sign(cast, draft, by=user)
    with rls.acting_as(cast.otto):
        cast.asha.memberships.update(roles=["therapist"])
    with pytest.raises(Forbidden):
        sign(cast, draft, by=cast.asha)
    sign(cast, draft)


def test_the_row_refuses_a_signature_of_nobody(cast: Cast) -> None:
    draft = draft_of(cast, a_note(cast, cast.asha))
    with rls.acting_as(cast.tess), pytest.raises(IntegrityError, match="a_signature_has_a_signer"):
        Cosigning.objects.filter(pk=draft.pk).update(signed_at=NOW)
