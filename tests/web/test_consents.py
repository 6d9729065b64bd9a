"""Consent on the pages: read and given by guardians, each their own; read by the team; kept by the clinic."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from clinic import files, rls
from clinic.models import CaregiverGrant, Child, Consent, ConsentText
from clinic.vocabulary import ConsentKind, FileKind, SharingMode
from tests import factories
from tests.cast import Cast
from tests.tracking.test_family_words import voice
from tracking.models import ConcernPhoto, FamilyWords, MassageSession

pytestmark = pytest.mark.django_db


def words(answer: Any) -> str:
    return str(answer.content.decode())


def corner(cast: Cast) -> str:
    return f"/family/{cast.cleo.pk}/consent/"


def say(client: Client, cast: Cast, verb: str, kind: ConsentKind, text: ConsentText | None = None) -> None:
    told = {"kind": str(kind), "verb": verb, "text": str(text.pk) if text else ""}
    answer = client.post(corner(cast), told)
    assert answer.headers["Location"] == corner(cast)


def test_a_guardian_agrees_in_the_clinics_words_and_takes_it_back(cast: Cast, sign_in: Any) -> None:
    text = factories.consent_text(cast.harbor, ConsentKind.RESEARCH)
    fay = sign_in(cast.fay)
    asked = words(fay.get(corner(cast)))
    assert factories.consent_words(cast.harbor) in asked
    assert "Your clinic has not settled its words for this yet" in asked
    assert "Another guardian is asked as well." in asked
    say(fay, cast, "give", ConsentKind.RESEARCH, text)
    assert "you agreed" in words(fay.get(corner(cast)))
    say(fay, cast, "withdraw", ConsentKind.RESEARCH)
    assert "You took it back on" in words(fay.get(corner(cast)))
    assert list(Consent.objects.in_order().values_list("is_given", flat=True)) == [True, False]


def test_words_that_changed_meanwhile_are_read_again(cast: Cast, sign_in: Any) -> None:
    old = factories.consent_text(cast.harbor, ConsentKind.RECORD)
    factories.consent_text(cast.harbor, ConsentKind.RECORD)
    fay = sign_in(cast.fay)
    say(fay, cast, "give", ConsentKind.RECORD, old)
    assert "The wording has changed meanwhile" in words(fay.get(corner(cast)))
    assert not Consent.objects.exists()


def test_no_guardian_reads_what_another_said(cast: Cast, sign_in: Any) -> None:
    text = factories.consent_text(cast.harbor, ConsentKind.RESEARCH)
    fay, greg = sign_in(cast.fay), sign_in(cast.greg)
    before = words(fay.get(corner(cast)))
    say(greg, cast, "give", ConsentKind.RESEARCH, text)
    after = words(fay.get(corner(cast)))
    token = r"[A-Za-z0-9]{64}"  # of the forms, new at each look
    assert re.sub(token, "", before) == re.sub(token, "", after)
    assert sign_in(cast.nan).get(corner(cast)).status_code == 403


def test_the_team_reads_who_said_what_and_the_desk_how_it_stands(cast: Cast, sign_in: Any) -> None:
    text = factories.consent_text(cast.harbor, ConsentKind.RESEARCH)
    say(sign_in(cast.fay), cast, "give", ConsentKind.RESEARCH, text)
    page = f"/children/{cast.cleo.pk}/consents/"
    read = words(sign_in(cast.tess).get(page))
    assert cast.fay.name in read.split("On paper")[0]
    assert "waits for another guardian" in read
    for who in (cast.otto, cast.opal, cast.asha):
        status = words(sign_in(who).get(page))
        assert "waits for another guardian" in status
        assert f"<span>{cast.fay.name}</span>" not in status


def test_a_paper_is_written_down_at_the_desk(cast: Cast, sign_in: Any) -> None:
    page = f"/children/{cast.cleo.pk}/consents/"
    opal, tess = sign_in(cast.opal), sign_in(cast.tess)
    on = str(rls.now().date() - dt.timedelta(days=7))
    told = {"kind": "media", "is_given": "yes", "signer": "named", "name": "Gran Ada", "on": on}
    assert "Their name" in words(opal.post(page, {**told, "name": ""}))
    assert opal.post(page, told).status_code == 302
    read = words(tess.get(page))
    assert "Gran Ada" in read
    assert f"on paper, written down by {cast.opal.name}" in read
    grant = CaregiverGrant.objects.get(child=cast.cleo, user=cast.greg)
    assert tess.post(page, {**told, "signer": str(grant.pk), "is_given": "no"}).status_code == 302
    assert "You took it back on" in words(sign_in(cast.greg).get(corner(cast)))


def test_a_record_taken_back_deletes_nothing_and_tells_the_team(cast: Cast, sign_in: Any) -> None:
    text = factories.consent_text(cast.harbor, ConsentKind.RECORD)
    fay, tess = sign_in(cast.fay), sign_in(cast.tess)
    say(fay, cast, "give", ConsentKind.RECORD, text)
    told = "A guardian has taken back that this record is kept"
    assert told not in words(tess.get(f"/children/{cast.cleo.pk}/"))
    say(fay, cast, "withdraw", ConsentKind.RECORD)
    for page in ("", "diary/"):
        assert told in words(tess.get(f"/children/{cast.cleo.pk}/{page}"))
    assert "This is not a deletion" in words(tess.get(f"/children/{cast.cleo.pk}/consents/"))
    assert fay.get(f"/family/{cast.cleo.pk}/").status_code == 200


def test_sharing_taken_back_closes_the_homes_to_each_other(cast: Cast, sign_in: Any) -> None:
    text = factories.consent_text(cast.harbor, ConsentKind.SHARING)
    factories.session(cast.cleo, by=cast.fay)
    fay = sign_in(cast.fay)

    def of_fay() -> int:
        with rls.acting_as(cast.greg):
            return MassageSession.objects.visible_to(cast.greg).filter(child=cast.cleo).count()

    assert of_fay() == 1
    say(fay, cast, "give", ConsentKind.SHARING, text)
    say(fay, cast, "withdraw", ConsentKind.SHARING)
    assert Child.objects.get(pk=cast.cleo.pk).sharing_mode == SharingMode.OWN_ONLY
    assert of_fay() == 0


def test_photos_are_hidden_and_refused_until_it_is_agreed_again(cast: Cast, sign_in: Any) -> None:
    text = factories.consent_text(cast.harbor, ConsentKind.MEDIA)
    fay, tess = sign_in(cast.fay), sign_in(cast.tess)
    photo = factories.concern_photo(factories.concern(cast.cleo, by=cast.fay), by=cast.fay)

    def seen() -> bool:
        with rls.acting_as(cast.tess):
            return ConcernPhoto.objects.visible_to(cast.tess).filter(pk=photo.pk).exists()

    assert seen()
    say(fay, cast, "withdraw", ConsentKind.MEDIA)
    assert not seen()
    address = f"/children/{cast.cleo.pk}/concerns/{photo.concern.client_id}/photos/{photo.client_id}/"
    assert tess.get(address).status_code == 404
    say(fay, cast, "give", ConsentKind.MEDIA, text)
    assert seen()


def test_a_voice_is_the_homes_own_while_the_team_may_not_hear_it(
    cast: Cast, sign_in: Any, tmp_path: Path
) -> None:
    fay, tess = sign_in(cast.fay), sign_in(cast.tess)
    own = factories.family_words(cast.cleo, by=cast.fay, family=cast.fays_home, is_shared=True)
    name = files.save(FileKind.RECORDING, voice(tmp_path), field="recording")
    FamilyWords.objects.filter(pk=own.pk).update(recording=name)
    at_home = f"/family/{cast.cleo.pk}/words/{own.pk}/recording/"
    here = f"/children/{cast.cleo.pk}/words/{own.pk}/recording/"
    assert [fay.get(at_home).status_code, tess.get(here).status_code] == [200, 200]
    say(sign_in(cast.greg), cast, "withdraw", ConsentKind.MEDIA)
    assert [fay.get(at_home).status_code, tess.get(here).status_code] == [200, 404]


# ---- the clinic's words ------------------------------------------------------------------------------------


def test_an_owner_adopts_a_wording_and_families_are_asked_in_it(cast: Cast, sign_in: Any) -> None:
    page = "/c/harbor/settings/consent/"
    otto, fay = sign_in(cast.otto), sign_in(cast.fay)
    assert "draft wording" in words(otto.get(page))
    told = {"media-language": "en", "media-text": "Photos may be seen by our team.", "do": "write"}
    otto.post(f"{page}media/", told)
    assert "Photos may be seen by our team." not in words(fay.get(corner(cast)))
    otto.post(f"{page}media/", {**told, "do": "adopt"})
    asked = words(fay.get(corner(cast)))
    assert "Photos may be seen by our team." in asked
    assert cast.otto.name in asked
    otto.post(f"{page}media/", {**told, "media-language": "es", "media-text": "Fotos", "do": "adopt"})
    cast.fay.reading_language = "es-mx"
    cast.fay.save(update_fields=["reading_language"])
    assert '<p class="reading" lang="es"' in words(fay.get(corner(cast)))
    assert ConsentText.objects.filter(clinic=cast.harbor).count() == 2
    assert "Adopted by" in words(sign_in(cast.tess).get(page))


def test_an_owner_lets_one_guardian_suffice(cast: Cast, sign_in: Any) -> None:
    otto = sign_in(cast.otto)
    otto.post("/c/harbor/settings/consent/media/rule/", {"needs": "one"})
    cast.harbor.refresh_from_db()
    assert cast.harbor.consents_of_every_guardian == ["sharing", "research"]
    assert otto.post("/c/harbor/settings/consent/weather/rule/", {"needs": "one"}).status_code == 404
