"""Languages: which tags are taken, and in which language somebody's words are."""

from __future__ import annotations

from typing import Any

import pytest

from clinic import rls
from clinic.errors import Forbidden, Invalid
from clinic.languages import language_tag
from clinic.models import CaregiverGrant, User
from clinic.services import languages, values
from tests.cast import Cast


@pytest.mark.parametrize(
    ("told", "tag"),
    [
        ("en", "en"),
        ("pt-BR", "pt-br"),
        ("zh_Hant", "zh-hant"),
        (" ckb ", "ckb"),
        ("es-419", "es-419"),
        ("x", None),
        ("english", None),
        ("en-", None),
        ("ar<b>", None),
        ("", None),
    ],
)
def test_a_tag_has_one_spelling_or_is_none(told: str, tag: str | None) -> None:
    assert language_tag(told) == tag


def test_words_are_in_the_language_that_is_told_else_in_the_one_their_author_reads() -> None:
    fay = User(name="Fay", locale="en", reading_language="ar")
    assert values.written_in("he", fay) == "he"
    assert values.written_in("", fay) == "ar"
    assert values.written_in("", User(name="Tess", locale="pt-BR")) == "pt-br"
    assert values.written_in("", User(name="Nan")) == ""


def test_a_caregiver_and_the_team_say_what_is_spoken_and_no_other_guardian(cast: Cast) -> None:
    with rls.acting_as(cast.fay):
        grant = CaregiverGrant.objects.select_related("user", "child").get(user=cast.fay, child=cast.cleo)
    told: dict[str, Any] = {"grant": grant, "spoken": ["ar", "en", "ar"], "reading": "ar", "now": rls.now()}
    for user in (cast.fay, cast.tess, cast.asha, cast.opal):
        with rls.acting_as(user):
            languages.set_languages(by=user, needs_interpreter=True, **told)
    fay = User.objects.get(pk=cast.fay.pk)
    assert (fay.spoken_languages, fay.writes_in) == (["ar", "en"], "ar")
    assert grant.needs_interpreter
    for user in (cast.greg, cast.nan, cast.theo):
        with pytest.raises(Forbidden), rls.acting_as(user):
            languages.set_languages(by=user, needs_interpreter=False, **told)
    with pytest.raises(Invalid) as refusal, rls.acting_as(cast.fay):
        languages.set_languages(by=cast.fay, needs_interpreter=False, **told | {"spoken": ["Arabic"]})
    assert refusal.value.field == "spoken_languages"


def test_what_is_no_tag_is_refused_with_its_field() -> None:
    with pytest.raises(Invalid) as refusal:
        values.written_in("Arabic please", User(name="Fay"))
    assert refusal.value.field == "language"
