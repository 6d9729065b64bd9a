"""Own words on the family's pages: in the routine, in the handout once shared, and never in another home."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from clinic import rls
from tests.cast import Cast
from tests.tracking.prescribing import tonight
from tests.tracking.test_family_words import voice
from tracking.models import FamilyWords

pytestmark = pytest.mark.django_db


def test_own_words_and_voice_stand_in_the_routine_and_once_shared_in_the_handout(
    cast: Cast, sign_in: Any, tmp_path: Path
) -> None:
    with rls.acting_as(cast.tess):
        program = tonight(cast)
        slug = program.current_version.steps.order_by("order").first().stroke_version.stroke.slug
    fays, room = sign_in(cast.fay), f"/family/{cast.cleo.pk}/"
    assert f"{room}words/{slug}/" in fays.get(f"{room}words/").content.decode()

    told = {"words": "هكذا ندلك", "language": "ar"}
    sent = SimpleUploadedFile("recording", voice(tmp_path), content_type="audio/webm")
    assert fays.post(f"{room}words/{slug}/", told | {"recording": sent}).status_code == 302
    own = FamilyWords.objects.get()
    routine = fays.get(f"{room}routine/{program.pk}/1/").content.decode()
    assert '<blockquote class="words" lang="ar" dir="auto">' in routine
    assert f"{room}words/{own.pk}/recording/" in routine

    heard = fays.get(f"{room}words/{own.pk}/recording/")
    assert (heard.status_code, heard.headers["Content-Type"]) == (200, "audio/mp4")
    begun = fays.get(f"{room}words/{own.pk}/recording/", headers={"range": "bytes=0-1"})
    assert (begun.status_code, begun.content) == (206, heard.content[:2])
    assert sign_in(cast.greg).get(f"{room}words/{own.pk}/recording/").status_code == 404
    tesss, theirs = sign_in(cast.tess), f"/children/{cast.cleo.pk}/words/{own.pk}/recording/"
    assert tesss.get(theirs).status_code == 404
    assert "هكذا ندلك" not in tesss.get(f"/programs/{program.pk}/handout/").content.decode()

    fays.post(f"{room}words/{slug}/", told | {"is_shared": "on"})
    assert tesss.get(theirs).status_code == 200
    assert "هكذا ندلك" in tesss.get(f"/programs/{program.pk}/handout/").content.decode()
    others = tesss.get(f"/programs/{program.pk}/handout/", {"home": str(cast.gregs_home.pk)})
    assert "هكذا ندلك" not in others.content.decode()

    fays.post(f"{room}words/{slug}/", {"verb": "give_up"})
    assert not FamilyWords.objects.exists()
    assert tesss.get(theirs).status_code == 404


def test_a_file_that_is_no_voice_is_told_at_its_field(cast: Cast, sign_in: Any) -> None:
    with rls.acting_as(cast.tess):
        slug = tonight(cast).current_version.steps.order_by("order").first().stroke_version.stroke.slug
    sent = SimpleUploadedFile("voice.webm", b"MZ no voice", content_type="audio/webm")
    page = sign_in(cast.fay).post(f"/family/{cast.cleo.pk}/words/{slug}/", {"recording": sent})
    assert "This cannot be heard" in page.content.decode()
