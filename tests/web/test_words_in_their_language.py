"""Words of staff keep the language of who wrote them, and pages show them in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from clinic import rls
from clinic.models import User
from tests import factories
from tests.cast import Cast
from tests.pictures import picture
from tests.tracking.prescribing import tonight
from tracking.models import Stroke
from tracking.services import contacts, flag_handling, goals, stroke_media

pytestmark = pytest.mark.django_db

WORDS = 'lang="ar" dir="auto"'


@pytest.fixture
def tess(cast: Cast, tmp_path: Path, settings: Any) -> User:
    """Tess, who reads and writes Arabic."""
    settings.MEDIA_ROOT = tmp_path
    User.objects.filter(pk=cast.tess.pk).update(reading_language="ar")
    cast.tess.reading_language = "ar"
    return cast.tess


def shown(client: Any, address: str, words: str) -> str:
    """The tag that holds these words, as a page has them."""
    text: str = client.get(address).content.decode()
    before, found, _ = text.partition(words)
    assert found, f"{address} does not say {words}"
    return before[before.rindex("<") :]


def test_what_is_said_of_a_flag_is_shown_in_its_language(cast: Cast, tess: User, sign_in: Any) -> None:
    flag = factories.flag(cast.cleo, by=tess)
    with rls.acting_as(tess):
        told: dict[str, Any] = {"by": tess, "flag": flag, "now": rls.now()}
        flag_handling.acknowledge_flag(will_do="أتصل بهم", **told)
        flag_handling.close_flag(reason="We spoke.", language="en", **told)
    page = f"/c/harbor/flags/{flag.pk}/"
    assert WORDS in shown(sign_in(tess), page, "أتصل بهم")
    assert 'lang="en"' in shown(sign_in(tess), page, "We spoke.")


def test_who_answered_who_was_there_and_a_title_are_shown_in_their_language(
    cast: Cast, tess: User, sign_in: Any
) -> None:
    with rls.acting_as(tess):
        now = rls.now()
        visit = contacts.record_contact(
            by=tess, child=cast.cleo, kind="visit", starts_at=now, others_present="الجدة", now=now
        )
        goals.record_assessment(
            by=tess, child=cast.cleo, instrument="spm_2", on=now.date(), totals={}, respondent="الأم", now=now
        )
        program = tonight(cast)
    assert program.language == "en"  # the library's name of the preset
    tesss, child = sign_in(tess), f"/children/{cast.cleo.pk}"
    assert WORDS in shown(tesss, f"{child}/visits/{visit.pk}/", "الجدة")
    assert WORDS in shown(tesss, f"{child}/goals/", "الأم")
    assert 'lang="en"' in shown(sign_in(cast.fay), f"/family/{cast.cleo.pk}/", program.title)


def test_words_for_a_picture_are_read_to_a_family_in_their_language(
    cast: Cast, tess: User, sign_in: Any
) -> None:
    with rls.acting_as(tess):
        program = tonight(cast)
        stroke: Stroke = program.current_version.steps.order_by("order").first().stroke_version.stroke
        stroke_media.add_media(
            by=tess,
            clinic=cast.harbor,
            stroke=stroke,
            kind="photo",
            content=picture(),
            alt_text="يدان",
            now=rls.now(),
        )
    page = sign_in(cast.fay).get(f"/family/{cast.cleo.pk}/routine/{program.pk}/1/").content.decode()
    assert f'alt="يدان" loading="lazy" {WORDS}' in page
