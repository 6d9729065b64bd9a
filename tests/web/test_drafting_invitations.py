"""Invitations that the office and assistants draft, and somebody who may give access sends."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils.formats import date_format

from clinic import policy, rls
from clinic.localtime import day_bounds, local_day
from clinic.models import AuditEvent, CaregiverGrant, ChildHome, Invitation, User
from clinic.services import answering_invitations
from clinic.services.answering_invitations import Key
from tests.cast import Cast
from tests.clinic.test_step_up import A_WHILE
from tests.signing_in import sign_in as sign_in_at

SignIn = Callable[[User], Client]
AUNT = "aunt@example.org"
LIST = "/c/harbor/invitations/"


def words(answer: Any) -> str:
    return str(answer.content.decode())


def invite_page(cast: Cast) -> str:
    home = ChildHome.objects.get(child=cast.cleo, family=cast.fays_home)
    return f"/children/{cast.cleo.pk}/homes/{home.pk}/invite/"


@pytest.fixture
def draft(cast: Cast, sign_in: SignIn) -> Invitation:
    """Opal of the office drafted an invitation of Cleo's aunt."""
    asked = {"kind": "caregiver", "relationship": "aunt", "email": AUNT}
    answer = sign_in(cast.opal).post(invite_page(cast), asked)
    assert answer.headers["Location"] == f"/children/{cast.cleo.pk}/people/"
    return Invitation.objects.get(email=AUNT)


def address_of(draft: Invitation, verb: str) -> str:
    return f"/children/{draft.child_id}/invitations/{draft.pk}/{verb}/"


def test_nothing_leaves_and_nothing_can_be_opened_before_it_is_sent(
    cast: Cast, draft: Invitation, sign_in: SignIn, django_capture_on_commit_callbacks: Any
) -> None:
    assert (draft.token_hash, draft.code_hash, draft.drafted_by) == (None, None, cast.opal)
    assert mail.outbox == []
    for nothing in ("None", "", "null"):
        with pytest.raises(answering_invitations.OpensNothing):
            answering_invitations.look_at(key=Key.of_token(nothing), now=rls.now())
    with django_capture_on_commit_callbacks(execute=True):
        letter = words(sign_in(cast.tess).post(address_of(draft, "renew")))
    link = re.search(r"/invitations/[\w-]{43}/", letter)
    assert link
    assert [letter.to for letter in mail.outbox] == [[AUNT]]
    assert Client().get(link[0]).status_code == 200
    draft.refresh_from_db()
    assert (draft.invited_by, draft.drafted_by) == (cast.tess, cast.opal)
    codes = AuditEvent.objects.filter(subject_id=draft.pk).order_by("at", "id")
    assert list(codes.values_list("code", "actor_id")) == [
        ("drafted_invitation", cast.opal.pk),
        ("invited", cast.tess.pk),
    ]


def test_the_database_keeps_a_draft_without_anything_to_open(draft: Invitation) -> None:
    with pytest.raises(IntegrityError, match="a_drafted_invitation_opens_nothing"), transaction.atomic():
        Invitation.objects.filter(pk=draft.pk).update(code_hash="0" * 64)


def test_it_stands_in_a_list_until_it_is_sent_in_one_tap(
    cast: Cast, draft: Invitation, sign_in: SignIn
) -> None:
    tess, opal, theo = sign_in(cast.tess), sign_in(cast.opal), sign_in(cast.theo)
    assert "1 invitation was drafted" in words(tess.get("/c/harbor/caseload/"))
    assert "was drafted" not in words(theo.get("/c/harbor/caseload/"))
    send = f'action="{address_of(draft, "renew")}"'
    assert send in words(tess.get(LIST))
    assert send in words(sign_in(cast.otto).get(LIST))
    assert (AUNT in words(opal.get(LIST)), send in words(opal.get(LIST))) == (True, False)
    assert AUNT not in words(theo.get(LIST))
    assert send in words(tess.get(f"/children/{cast.cleo.pk}/people/"))
    tess.post(address_of(draft, "renew"))
    assert AUNT not in words(tess.get(LIST))


@pytest.mark.parametrize("who", ["opal", "asha", "theo", "fay"])
def test_whoever_may_not_give_access_does_not_send(
    cast: Cast, draft: Invitation, sign_in: SignIn, who: str
) -> None:
    assert sign_in(cast.people()[who]).post(address_of(draft, "renew")).status_code in (403, 404)
    draft.refresh_from_db()
    assert draft.token_hash is None


def test_a_draft_is_dropped_by_who_made_it_or_may_send_it(
    cast: Cast, draft: Invitation, sign_in: SignIn
) -> None:
    assert sign_in(cast.asha).post(address_of(draft, "revoke")).status_code == 403, "of somebody else"
    assert sign_in(cast.opal).post(address_of(draft, "revoke")).status_code == 302
    refused = sign_in(cast.tess).post(address_of(draft, "renew"), follow=True)
    draft.refresh_from_db()
    assert draft.token_hash is None
    assert "taken back" in words(refused)


def test_an_assistant_drafts_a_guardian_and_is_asked_again_who_they_are(cast: Cast) -> None:
    client = Client()
    sign_in_at(client, cast.asha, seconds_ago=A_WHILE)
    asked = client.post(invite_page(cast), {"kind": "guardian"})
    assert asked.headers["Location"].startswith("/accounts/reauthenticate/")
    sign_in_at(client, cast.asha)
    client.post(invite_page(cast), {"kind": "guardian"})
    (row,) = Invitation.objects.drafts().filter(child=cast.cleo)
    assert (row.kind, row.drafted_by) == ("guardian", cast.asha)


def test_a_last_day_goes_from_the_draft_to_the_letter_and_the_access(cast: Cast, sign_in: SignIn) -> None:
    last = local_day(rls.now(), cast.fays_home.zone) + dt.timedelta(days=14)
    sign_in(cast.opal).post(invite_page(cast), {"kind": "caregiver", "last_on": last.isoformat()})
    (row,) = Invitation.objects.drafts().filter(child=cast.cleo)
    letter = words(sign_in(cast.tess).post(address_of(row, "renew")))
    said = f"The access ends after {date_format(last)}"
    assert said in letter
    link = re.search(r"/invitations/[\w-]{43}/", letter)
    assert link
    finn = sign_in(cast.finn)
    assert said in words(finn.get(link[0]))
    finn.post(link[0])
    until = CaregiverGrant.objects.get(child=cast.cleo, user=cast.finn).valid_until
    assert until == day_bounds(last, cast.fays_home.zone)[1]


def test_who_may_send_is_who_may_give_access(cast: Cast, draft: Invitation) -> None:
    for name, user in cast.people().items():
        sends = Invitation.objects.drafts().sendable_by(user).filter(pk=draft.pk).exists()
        assert sends == policy.may_grant_access(user, cast.cleo), name
    assert not CaregiverGrant.objects.filter(user__email=AUNT).exists()
