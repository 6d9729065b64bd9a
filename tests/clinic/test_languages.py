"""Languages: which tags are taken, and in which language somebody's words are."""

from __future__ import annotations

import pytest

from clinic.errors import Invalid
from clinic.languages import language_tag
from clinic.models import User
from clinic.services import values


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


def test_what_is_no_tag_is_refused_with_its_field() -> None:
    with pytest.raises(Invalid) as refusal:
        values.written_in("Arabic please", User(name="Fay"))
    assert refusal.value.field == "language"
