"""Whoever asks with an address learns nothing of whether it is anybody's (docs/adr/0008)."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from clinic import rls
from clinic.jobs import as_system
from clinic.models import User
from clinic.services import accounts
from tests.cast import Cast

NOBODYS = "nobody.at.all@example.org"
OF_THE_MOMENT = ("Content-Length", "Expires")


def bytes_of(answer: Any, address: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and body; without the address, the second it was asked in, and what is random."""
    body = answer.content.replace(address.encode(), b"")
    body = re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", body)
    headers = {name: value for name, value in answer.headers.items() if name not in OF_THE_MOMENT}
    return answer.status_code, headers, body


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ("/accounts/login/", {"login": "{}", "password": "not the password"}),
        ("/accounts/password/reset/", {"email": "{}"}),
        ("/accounts/signup/", {"email": "{}", "password1": "a long enough one"}),
    ],
)
def test_pages_answer_a_known_and_an_unknown_address_with_the_same_bytes(
    cast: Cast, page: str, told: dict[str, str]
) -> None:
    answers = []
    for address in (str(cast.fay.email), NOBODYS):
        client = Client()
        filled = {name: value.format(address) for name, value in told.items()}
        answer = client.post(page, filled)
        if answer.status_code == 302:
            answer = client.get(answer.headers["Location"])
        answers.append(bytes_of(answer, address))
    assert answers[0] == answers[1]


def test_asking_for_a_new_password_hands_the_same_work_on_whoever_asks(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    sent: list[tuple[str, list[str]]] = []
    monkeypatch.setattr(
        "clinic.jobs.current_app.send_task", lambda name, *, kwargs, **_: sent.append((name, sorted(kwargs)))
    )
    for address in (str(cast.fay.email), NOBODYS):
        with django_capture_on_commit_callbacks(execute=True):
            Client().post("/accounts/password/reset/", {"email": address})
    assert sent == [("clinic.tasks.send_password_link", ["user_id"])] * 2
    assert mail.outbox == [], "no letter is written while somebody waits for the answer"


def test_the_letter_goes_to_who_has_an_account_and_its_link_opens(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    for user_id in (cast.fay.pk, uuid.uuid4()):
        with django_capture_on_commit_callbacks(execute=True), as_system(rls.SIGNING_IN):
            accounts.send_password_link(user_id=user_id)
    (letter,) = mail.outbox
    assert letter.to == [cast.fay.email]
    link = re.search(r"http://localhost:8000(/accounts/password/reset/key/\S+)", str(letter.body))
    assert link is not None
    client = Client()
    opened = client.get(link[1])
    told = {"password1": "quiet lamp boats", "password2": "quiet lamp boats"}
    assert client.post(opened.headers["Location"], told).status_code == 302
    cast.fay.refresh_from_db()
    assert cast.fay.check_password("quiet lamp boats")
    assert "Your link" not in letter.subject
    assert "planted" not in str(letter.body).replace(str(cast.fay.email), "")


def test_another_address_is_asked_for_alike_whether_it_is_taken_or_free(
    cast: Cast, sign_in: Callable[[User], Client], django_capture_on_commit_callbacks: Any
) -> None:
    answers = []
    for address in (str(cast.greg.email), NOBODYS):
        client = sign_in(cast.fay)
        with django_capture_on_commit_callbacks(execute=True):
            answers.append(bytes_of(client.post("/accounts/email/", {"email": address}), address))
    assert answers[0] == answers[1]
    assert [letter.to for letter in mail.outbox] == [[cast.greg.email], [NOBODYS]]


def test_an_address_counts_once_its_link_is_followed_and_the_former_one_is_told(
    cast: Cast, sign_in: Callable[[User], Client], django_capture_on_commit_callbacks: Any
) -> None:
    former = cast.fay.email
    client = sign_in(cast.fay)
    with django_capture_on_commit_callbacks(execute=True):
        client.post("/accounts/email/", {"email": "New.Fay@example.org"})
    link = re.search(r"http://localhost:8000(/accounts/email/\S+)", str(mail.outbox[0].body))
    assert link is not None
    assert client.get(link[1]).status_code == 200
    cast.fay.refresh_from_db()
    assert cast.fay.email == former
    assert sign_in(cast.greg).post(link[1]).status_code == 410
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(link[1]).status_code == 302
    cast.fay.refresh_from_db()
    assert cast.fay.email == "new.fay@example.org"
    assert mail.outbox[-1].to == [former]
    assert client.post(link[1]).status_code == 410
