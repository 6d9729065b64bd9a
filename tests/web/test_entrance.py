"""Where the front page sends whom."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from tests.cast import Cast

pytestmark = pytest.mark.django_db


def test_a_letter_leads_staff_to_their_flags_and_nobody_else(cast: Cast, sign_in: Any) -> None:
    for name, address in {"tess": "/c/harbor/flags/", "fay": "/family/"}.items():
        answer = sign_in(getattr(cast, name)).get("/?to=flags")
        assert (answer.status_code, answer["Location"]) == (302, address)
    assert sign_in(cast.tess).get("/?to=elsewhere")["Location"] == "/c/harbor/caseload/"


def test_whoever_works_here_and_is_a_parent_elsewhere_chooses(cast: Cast, sign_in: Any) -> None:
    assert b"/c/harbor/flags/" in sign_in(cast.dana).get("/?to=flags").content


def test_who_is_not_signed_in_comes_to_the_flags_after_that(cast: Cast) -> None:
    assert Client().get("/?to=flags")["Location"] == "/accounts/login/?next=/%3Fto%3Dflags"
