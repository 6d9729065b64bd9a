"""`Among` finds what `IN` does, in words that do not hang on how many are asked for."""

from __future__ import annotations

import pytest

from clinic.among import Among
from clinic.models import CareTeam, Child
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_among_finds_what_in_finds(cast: Cast) -> None:
    children = [child.pk for child in cast.children().values()]
    for ids in ([], children[:1], children[:2], children):
        found = CareTeam.objects.filter(Among("child", ids)).order_by("id")
        assert list(found) == list(CareTeam.objects.filter(child__in=ids).order_by("id"))
        through = CareTeam.objects.filter(~Among("child", ids)).order_by("id")
        assert list(through) == list(CareTeam.objects.exclude(child__in=ids).order_by("id"))


def test_two_children_and_all_are_asked_for_in_the_same_words(cast: Cast) -> None:
    children = [child.pk for child in cast.children().values()]
    asked = {
        Child.objects.filter(Among("pk", ids)).query.sql_with_params()[0] for ids in (children, children[:2])
    }
    assert len(asked) == 1
