"""What a password has to be (NIST SP 800-63B-4, 3.1.1.2)."""

from __future__ import annotations

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client

from clinic.models import User
from tests.cast import PASSWORD, Cast
from tests.signing_in import sign_in


def problems(password: str, user: User | None = None) -> list[str | None]:
    try:
        validate_password(password, user)
    except ValidationError as error:
        return [problem.code for problem in error.error_list]
    return []


def test_fifteen_characters_are_enough_alone_and_fourteen_are_not(cast: Cast) -> None:
    assert problems("quiet lamp boat", cast.fay) == []
    assert problems("quiet lamp boa", cast.fay) == ["password_too_short"]


def test_eight_are_enough_beside_a_second_factor_and_seven_are_not(cast: Cast) -> None:
    TOTP.activate(cast.fay, generate_totp_secret())
    assert problems("vq lampy", cast.fay) == []
    assert problems("vq lamp", cast.fay) == ["password_too_short"]


def test_a_common_one_is_refused_however_it_is_guarded(cast: Cast) -> None:
    TOTP.activate(cast.fay, generate_totp_secret())
    assert problems("baseball1", cast.fay) == ["password_too_common"]


@pytest.mark.parametrize(
    "password",
    ["äbcdefg äbcdefg", "ONLY CAPITALS HERE", "只有漢字也可以因為每個字都算一", "a b c d e f g h i"],
)
def test_any_characters_do_and_none_is_demanded(cast: Cast, password: str) -> None:
    assert problems(password, cast.fay) == []


def test_a_letter_of_two_code_points_counts_once() -> None:
    decomposed = "e\u0301" * 5 + "abcdefghi"
    assert problems(decomposed) == ["password_too_short"]
    assert problems(decomposed + "j") == []


def test_long_ones_are_taken_whole() -> None:
    assert problems("a quiet lamp on a boat " * 43) == []
    assert problems("a quiet lamp on a boat " * 44) == ["password_too_long"]


@pytest.mark.parametrize(
    "password", ["littlefoot12345", "Harbor-Lane-Therapy", "fay.planted-fay-word", "PlantedFayName!!"]
)
def test_what_everybody_knows_of_the_person_is_refused(cast: Cast, password: str) -> None:
    assert "password_too_similar" in problems(password, cast.fay)
    stranger = User(name="Zoë Quist", email="zoe@example.org")
    if "little" not in password:
        assert "password_too_similar" not in problems(password, stranger)


def test_words_of_the_context_may_stand_in_a_longer_sentence(cast: Cast) -> None:
    assert problems("littlefoot sings to every boat", cast.fay) == []


def test_one_key_held_down_is_refused() -> None:
    assert problems("aaaaaaaaaaaaaaaaaaaa") == ["password_too_even"]


def test_a_page_says_what_is_wrong_and_a_good_one_is_taken(cast: Cast) -> None:
    client = Client()
    sign_in(client, cast.fay)
    told = {"oldpassword": PASSWORD, "password1": "too short", "password2": "too short"}
    answer = client.post("/accounts/password/change/", told)
    assert "at least 15 characters" in answer.content.decode()
    told = {"oldpassword": PASSWORD, "password1": "quiet lamp boats", "password2": "quiet lamp boats"}
    assert client.post("/accounts/password/change/", told).status_code == 302
    cast.fay.refresh_from_db()
    assert cast.fay.check_password("quiet lamp boats")
