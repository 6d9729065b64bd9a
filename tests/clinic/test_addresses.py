"""Addresses that are known to be read, and how somebody comes to be known to read one."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import IntegrityError, transaction
from django.test import Client

from clinic import rls
from clinic.errors import DomainError
from clinic.jobs import as_system
from clinic.models import AuditEvent, ChildHome, User
from clinic.services import accounts, clinics
from tests import database
from tests.cast import PASSWORD, Cast

SignIn = Callable[[User], Client]
HERS = "uma@example.org"
GOOD = "nine green lanterns drift"


@pytest.fixture(autouse=True)
def _uncounted() -> None:
    cache.clear()


@pytest.fixture
def invited(cast: Cast, sign_in: SignIn, django_capture_on_commit_callbacks: Any) -> str:
    """The path of the link that Tess is shown, having invited Uma by her address."""
    home = ChildHome.objects.get(child=cast.cleo, family=cast.fays_home)
    with django_capture_on_commit_callbacks(execute=True):
        page = sign_in(cast.tess).post(
            f"/children/{cast.cleo.pk}/homes/{home.pk}/invite/", {"kind": "guardian", "email": HERS}
        )
    return path_in(page.content.decode())


def path_in(text: str) -> str:
    found = re.search(r"/invitations/[\w.-]+/", text)
    assert found is not None, text
    return found[0]


@pytest.fixture
def join(django_capture_on_commit_callbacks: Any) -> Callable[[str], tuple[Client, User]]:
    def joined(path: str) -> tuple[Client, User]:
        client = Client()
        with django_capture_on_commit_callbacks(execute=True):
            answer = client.post(path, {"name": "Uma", "email": HERS, "way": "password", "password": GOOD})
        assert answer.status_code == 302, answer.content.decode()
        return client, User.objects.get(email=HERS)

    return joined


def link_in(letter: Any) -> str:
    found = re.search(r"http://localhost:8000(/accounts/\S+)", str(letter.body))
    assert found is not None, letter.body
    return found[1]


def test_who_comes_by_the_letter_of_an_invitation_is_known_to_read_its_address(
    invited: str, join: Callable[[str], tuple[Client, User]]
) -> None:
    (letter,) = mail.outbox
    in_letter = path_in(str(letter.body))
    assert in_letter != invited
    _, uma = join(in_letter)
    assert uma.email_verified_at is not None
    assert len(mail.outbox) == 1, "nothing is left to ask"
    assert AuditEvent.objects.filter(actor_id=uma.pk, detail="email_verified").exists()


def test_the_link_that_was_shown_proves_nothing_and_a_letter_asks(
    invited: str, join: Callable[[str], tuple[Client, User]]
) -> None:
    """Whoever invites may hand it on by any way, and may have mistyped the address."""
    client, uma = join(invited)
    assert uma.email_verified_at is None
    asked = mail.outbox[-1]
    assert (asked.to, asked.subject) == ([HERS], "Is this your address?")
    page = client.get(link_in(asked)).content.decode()
    assert "Is this your address?" in page
    uma.refresh_from_db()
    assert uma.email_verified_at is None, "looking proves nothing: programs that scan letters look too"
    assert client.post(link_in(asked)).headers["Location"] == "/accounts/reaching/"
    uma.refresh_from_db()
    assert (uma.email, uma.email_verified_at is not None) == (HERS, True)
    assert len(mail.outbox) == 2, "nothing was changed that anybody had to be told of"


def test_a_made_up_ending_of_the_shown_link_proves_nothing(
    invited: str, join: Callable[[str], tuple[Client, User]]
) -> None:
    _, uma = join(invited.removesuffix("/") + "." + "0" * 64 + "/")
    assert uma.email_verified_at is None


def test_the_letter_of_an_address_is_of_use_to_its_account_alone(
    invited: str, join: Callable[[str], tuple[Client, User]], sign_in: SignIn, cast: Cast
) -> None:
    _, uma = join(invited)
    assert sign_in(cast.greg).post(link_in(mail.outbox[-1])).status_code == 410
    uma.refresh_from_db()
    assert uma.email_verified_at is None


def test_a_password_by_letter_proves_that_its_address_is_read(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    User.objects.filter(pk=cast.fay.pk).update(email_verified_at=None)
    with django_capture_on_commit_callbacks(execute=True), as_system(rls.SIGNING_IN):
        accounts.send_password_link(user_id=cast.fay.pk)
    client = Client()
    opened = client.get(link_in(mail.outbox[0])).headers["Location"]
    cast.fay.refresh_from_db()
    assert cast.fay.email_verified_at is None
    assert client.post(opened, {"password1": GOOD, "password2": GOOD}).status_code == 302
    cast.fay.refresh_from_db()
    assert cast.fay.email_verified_at is not None


def test_another_password_by_the_old_one_proves_nothing(cast: Cast, sign_in: SignIn) -> None:
    client = sign_in(cast.fay)
    User.objects.filter(pk=cast.fay.pk).update(email_verified_at=None)
    told = {"oldpassword": PASSWORD, "password1": GOOD, "password2": GOOD}
    assert client.post("/accounts/password/change/", told).status_code == 302
    cast.fay.refresh_from_db()
    assert cast.fay.check_password(GOOD)
    assert cast.fay.email_verified_at is None


def test_another_address_is_verified_by_the_link_that_makes_it_ones_own(
    cast: Cast, sign_in: SignIn, django_capture_on_commit_callbacks: Any
) -> None:
    User.objects.filter(pk=cast.fay.pk).update(email_verified_at=None)
    client = sign_in(cast.fay)
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/accounts/email/", {"email": HERS})
    with django_capture_on_commit_callbacks(execute=True):
        client.post(link_in(mail.outbox[0]))
    cast.fay.refresh_from_db()
    assert (cast.fay.email, cast.fay.email_verified_at is not None) == (HERS, True)


def test_who_sets_up_the_first_clinic_is_asked_as_well(transactional_db: None) -> None:
    database.empty()
    with transaction.atomic():
        _, owner = clinics.create_first_clinic(
            clinic_name="Brook Therapy",
            zone="Europe/Dublin",
            name="Orla",
            email=HERS,
            password="brisk heron under lamplight",
            now=rls.now(),
        )
    assert owner.email_verified_at is None
    assert [letter.to for letter in mail.outbox] == [[HERS]]


def test_only_an_address_is_verified(cast: Cast) -> None:
    with pytest.raises(IntegrityError, match="only_an_address_is_verified"), transaction.atomic():
        User.objects.filter(pk=cast.fay.pk).update(email=None)


def test_letters_to_an_address_are_few(cast: Cast) -> None:
    cast.fay.email_verified_at = None
    for _ in range(6):
        accounts.ask_whether_address_is_read(by=cast.fay)
    with pytest.raises(DomainError) as refusal:
        accounts.ask_whether_address_is_read(by=cast.fay)
    assert refusal.value.code == "too_many_requests"
