"""The child's own signs: six at most, in somebody's words, and what a session keeps of them."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from clinic import rls
from clinic.errors import Forbidden, IdAlreadyUsed, Invalid
from clinic.models import AuditEvent
from clinic.vocabulary import AuditCode
from tests import factories
from tests.cast import Cast, make_id
from tests.tracking.records import MONDAY, at, log_session
from tracking.models import ChildSign, MassageSession
from tracking.readings.progress import progress
from tracking.readings.signs import retired_signs_of, signs_of
from tracking.readings.stopping import stop_advice, stop_setting
from tracking.services import cosigning, signs
from tracking.services.signs import SignRetired, TooManySigns
from tracking.sync.bodies import CueNoted
from tracking.sync.rereading import body_of
from tracking.vocabulary.cues import GentleBecause, SignMeaning, StopAdvice

NOW = at("12:00")


def told(cast: Cast, by: str = "fay", **changes: Any) -> ChildSign:
    user = cast.people()[by]
    given: dict[str, Any] = {
        "client_id": make_id(),
        "asks_for": "enough",
        "words": "Rubs her ear",
    }
    with rls.acting_as(user):
        return signs.tell_sign(by=user, child=cast.cleo, now=NOW, **(given | changes)).sign


def words_seen(cast: Cast, by: str) -> list[str]:
    user = cast.people()[by]
    with rls.acting_as(user):
        return [sign.words for sign in signs_of(user, cast.cleo)]


def test_a_guardian_tells_six_and_not_a_seventh(cast: Cast) -> None:
    for number in range(6):
        told(cast, words=f"Sign {number}")
    with pytest.raises(TooManySigns) as refusal:
        told(cast, by="tess")
    assert refusal.value.parameters == {"most": 6}
    assert words_seen(cast, "nan") == [f"Sign {number}" for number in range(6)]
    events = AuditEvent.objects.filter(child_id=cast.cleo.pk, code=AuditCode.CHANGED_SIGNS)
    assert set(events.values_list("detail", flat=True)) == {"added"}


def test_the_row_itself_refuses_a_seventh_and_a_contradiction(cast: Cast) -> None:
    for refused in ({"order": 7}, {"order": None}, {"cue": "ep_smile"}, {"words": ""}):
        row = factories.sign(cast.cleo, by=cast.fay)
        with pytest.raises(IntegrityError), transaction.atomic():
            ChildSign.objects.filter(pk=row.pk).update(**refused)
        ChildSign.objects.filter(pk=row.pk).delete()


@pytest.mark.parametrize("by", ["nan", "opal", "otto", "theo"])
def test_signs_are_told_by_guardians_and_the_team(cast: Cast, by: str) -> None:
    with pytest.raises(Forbidden):
        told(cast, by=by)


def test_a_sign_told_again_is_the_same_and_may_be_mapped_anew(cast: Cast) -> None:
    sign = told(cast)
    again = told(cast, by="tess", client_id=sign.client_id, cue="ds_hand_face")
    assert (again.pk, again.cue, ChildSign.objects.count()) == (sign.pk, "ds_hand_face", 1)
    with pytest.raises(IdAlreadyUsed):
        told(cast, client_id=sign.client_id, words="Something else")
    with pytest.raises(Invalid) as refusal:
        told(cast, client_id=sign.client_id, cue="ep_smile")
    assert refusal.value.field == "cue"


def test_what_an_assistant_tells_waits_for_a_signature(cast: Cast) -> None:
    sign = told(cast, by="asha")
    assert words_seen(cast, "fay") == []
    assert words_seen(cast, "tess") == ["Rubs her ear"]
    with rls.acting_as(cast.tess):
        [draft] = cosigning.Cosigning.objects.filter(subject_id=sign.pk)
        cosigning.cosign(by=cast.tess, drafts=[draft], now=NOW)
    assert words_seen(cast, "fay") == ["Rubs her ear"]


def test_signs_are_put_in_order_and_retired_without_a_gap(cast: Cast) -> None:
    one, two, three = (told(cast, words=words) for words in ("One", "Two", "Three"))
    with rls.acting_as(cast.fay):
        signs.move_sign_up(by=cast.fay, sign=three, now=NOW)
        assert words_seen(cast, "fay") == ["One", "Three", "Two"]
        with pytest.raises(Invalid):
            signs.order_signs(by=cast.fay, child=cast.cleo, client_ids=[one.client_id], now=NOW)
        signs.retire_sign(by=cast.fay, sign=one, now=NOW)
        signs.retire_sign(by=cast.fay, sign=one, now=NOW)
        assert list(ChildSign.objects.current().values_list("words", "order")) == [("Three", 1), ("Two", 2)]
        assert [sign.words for sign in retired_signs_of(cast.fay, cast.cleo)] == ["One"]
        with pytest.raises(SignRetired):
            told(cast, client_id=one.client_id, words="One")
    assert two.pk


def test_a_session_keeps_a_sign_with_its_words_and_its_cue_of_that_time(cast: Cast) -> None:
    sign = told(cast, cue="ds_hand_face", language="ar", words="تفرك أذنها")
    with rls.acting_as(cast.fay):
        row = log_session(cast.fay, cast.cleo, cues=(CueNoted(sign=sign.client_id, at_seconds=30),)).row
    told(cast, client_id=sign.client_id, words="تفرك أذنها", cue="dp_cry")
    [cue] = row.cues
    assert (cue["code"], cue["sign"]["words"], cue["sign"]["language"]) == (
        "ds_hand_face",
        "تفرك أذنها",
        "ar",
    )
    assert row.flags == []
    assert body_of(row).cues == (CueNoted(code="ds_hand_face", at_seconds=30, sign=sign.client_id),)


def test_a_sign_of_another_child_is_unknown_as_a_random_one(cast: Cast) -> None:
    ferns = factories.sign(cast.fern, by=cast.finn)
    for unknown in (ferns.client_id, uuid.uuid4()):
        with pytest.raises(Invalid) as refusal, rls.acting_as(cast.fay):
            log_session(cast.fay, cast.cleo, cues=(CueNoted(code="ep_gaze"), CueNoted(sign=unknown)))
        assert (refusal.value.field, refusal.value.parameters["allowed"]) == (
            "cues.1.sign",
            "sign_of_the_child",
        )
    assert not MassageSession.objects.exists()


def test_an_unmapped_sign_counts_in_the_stop_rule_and_asks_for_what_it_asks_for(cast: Cast) -> None:
    enough, more = told(cast), told(cast, asks_for="more", words="Hums")
    cues = (
        CueNoted(sign=enough.client_id, at_seconds=20),
        CueNoted(sign=more.client_id, at_seconds=25),
        CueNoted(code="ep_gaze", at_seconds=30),
    )
    with rls.acting_as(cast.fay):
        cast.cleo.stop_sensitivity = "usual"
        assert stop_advice(cast.cleo, cues, on=MONDAY) == StopAdvice.LIGHTEN
        cast.cleo.stop_sensitivity = "gentle"
        assert stop_advice(cast.cleo, cues[:1], on=MONDAY) == StopAdvice.PAUSE
        log_session(cast.fay, cast.cleo, cues=cues)
        read = progress(cast.fay, cast.cleo, first=MONDAY, last=MONDAY)
    assert [(one.asks_for, one.words or one.code) for one in read.signs.signs] == [
        (SignMeaning.MORE, "Hums"),
        (SignMeaning.ENOUGH, enough.words),
        (SignMeaning.MORE, "ep_gaze"),
    ]


def test_the_gentle_rule_says_why_and_a_treating_therapist_sets_another(cast: Cast) -> None:
    setting = stop_setting(cast.cleo, on=MONDAY)
    assert (setting.sensitivity, setting.is_set, setting.because) == (
        "gentle",
        False,
        (GentleBecause.NEONATAL_CARE,),
    )
    with rls.acting_as(cast.tess):
        signs.set_stop_sensitivity(by=cast.tess, child=cast.cleo, sensitivity="usual", now=NOW)
        setting = stop_setting(cast.cleo, on=MONDAY)
        assert (setting.sensitivity, setting.is_set, setting.by_default) == ("usual", True, "gentle")
        with pytest.raises(Invalid):
            signs.set_stop_sensitivity(by=cast.tess, child=cast.cleo, sensitivity="loud", now=NOW)
    for user in (cast.asha, cast.fay, cast.otto):
        with pytest.raises(Forbidden), rls.acting_as(user):
            signs.set_stop_sensitivity(by=user, child=cast.cleo, sensitivity="", now=NOW)
