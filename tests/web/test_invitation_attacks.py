"""What somebody could try with an invitation, over HTTP: each fails as it should, and teaches nothing."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from clinic import rls, typed_codes
from clinic.models import AuditEvent, CaregiverGrant, CareTeam, Child, ChildHome, Invitation, User
from clinic.services import staff
from clinic.vocabulary import DischargeReason, GrantKind
from tests.cast import Cast, planted_email
from tracking.services import archiving

pytestmark = pytest.mark.django_db

ANN = {"name": "Ann", "email": "ann@example.org", "way": "password", "password": "four odd words together"}
SignIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _uncounted() -> Iterator[None]:
    """Limits are counted in the cache, which no transaction puts back."""
    cache.clear()
    yield
    cache.clear()


def words(answer: Any) -> str:
    return str(answer.content.decode())


def letter(client: Client, cast: Cast, **told: str) -> tuple[str, str]:
    """The link and the typed code of a fresh invitation."""
    home = ChildHome.objects.get(child=cast.cleo, family=cast.fays_home)
    address = f"/children/{cast.cleo.pk}/homes/{home.pk}/invite/"
    return opened_by(client.post(address, {"kind": "caregiver", **told}))


def opened_by(answer: Any) -> tuple[str, str]:
    link = re.search(r"/invitations/[\w-]{43}/", words(answer))
    code = re.search(r"(?<![\w-])[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}(?![\w-])", words(answer))
    assert link, words(answer)
    assert code
    return link[0], code[0]


def type_in(client: Client, code: str, **extra: Any) -> Any:
    return client.post("/join/", {"code": code}, **extra)


def nothing(answer: Any) -> bytes:
    """The answer of what opens nothing, its one-time form token aside."""
    assert answer.status_code == 404
    return re.sub(rb'name="csrfmiddlewaretoken" value="\w+"', b"", answer.content)


def grants() -> int:
    return CaregiverGrant.objects.count()


# ---- looking -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_mail_scanner_that_follows_the_link_uses_nothing_up(
    cast: Cast, sign_in: SignIn, method: str
) -> None:
    link, _ = letter(sign_in(cast.tess), cast)
    before = (list(Invitation.objects.values()), AuditEvent.objects.count(), grants())
    scanner = Client(headers={"user-agent": "LinkScanner/1.0"})
    for _look in range(20):
        assert getattr(scanner, method)(link).status_code == 200
    assert (list(Invitation.objects.values()), AuditEvent.objects.count(), grants()) == before
    assert Client().post(link, ANN).status_code == 302


def test_a_link_tells_nobody_else_where_it_was_followed_from(cast: Cast, sign_in: SignIn) -> None:
    link, _ = letter(sign_in(cast.tess), cast)
    answer = Client().get(link)
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert "http" not in re.sub(r'href="/|http://www.w3.org/2000/svg', "", words(answer))


# ---- what opens nothing answers alike ----------------------------------------------------------------------


def test_wrong_used_expired_withdrawn_and_replaced_links_answer_with_the_same_bytes(
    cast: Cast, sign_in: SignIn
) -> None:
    tess = sign_in(cast.tess)
    used, expired, withdrawn, replaced, resting = (letter(tess, cast)[0] for _ in range(5))
    rows = list(Invitation.objects.order_by("created_at", "id"))
    assert Client().post(used, ANN).status_code == 302
    Invitation.objects.filter(pk=rows[1].pk).update(expires_at=rls.now())
    tess.post(f"/children/{cast.cleo.pk}/invitations/{rows[2].pk}/revoke/")
    tess.post(f"/children/{cast.cleo.pk}/invitations/{rows[3].pk}/renew/")
    Child.objects.filter(pk=cast.cleo.pk).update(in_hospital_since=cast.cleo.born_on)
    answers = [f"/invitations/{'x' * 43}/", used, expired, withdrawn, replaced, resting]
    for method in ("get", "post"):
        told = {"data": ANN} if method == "post" else {}
        assert len({nothing(getattr(Client(), method)(link, **told)) for link in answers}) == 1
    assert "Cleo" not in words(Client().get(used))


def test_wrong_used_expired_and_withdrawn_codes_answer_with_the_same_bytes(
    cast: Cast, sign_in: SignIn
) -> None:
    tess = sign_in(cast.tess)
    codes = [letter(tess, cast)[1] for _ in range(3)]
    rows = list(Invitation.objects.order_by("created_at", "id"))
    typing = Client()
    type_in(typing, codes[0])
    assert typing.post("/join/offer/", ANN).status_code == 302
    Invitation.objects.filter(pk=rows[1].pk).update(expires_at=rls.now())
    tess.post(f"/children/{cast.cleo.pk}/invitations/{rows[2].pk}/revoke/")
    shown = {
        re.sub(code.encode(), b"", nothing(type_in(Client(), code)))
        for code in [*codes, typed_codes.new_code(), "AAAA-BBBB-CCCC"]
    }
    assert len(shown) == 1


# ---- once, and no more -------------------------------------------------------------------------------------


def test_a_used_link_opens_nothing_for_anybody(cast: Cast, sign_in: SignIn) -> None:
    link, code = letter(sign_in(cast.tess), cast)
    first = Client()
    assert first.post(link, ANN).status_code == 302
    before = grants()
    for again in (first, Client(), sign_in(cast.finn)):
        nothing(again.post(link, {**ANN, "email": "bea@example.org"}))
    nothing(type_in(Client(), code))
    assert grants() == before


def test_a_renewed_invitation_leaves_the_old_link_and_the_old_code_dead(cast: Cast, sign_in: SignIn) -> None:
    tess = sign_in(cast.tess)
    link, code = letter(tess, cast)
    typing = Client()
    assert type_in(typing, code).status_code == 302
    row = Invitation.objects.get()
    new_link, new_code = opened_by(tess.post(f"/children/{cast.cleo.pk}/invitations/{row.pk}/renew/"))
    nothing(Client().post(link, ANN))
    nothing(type_in(Client(), code))
    nothing(typing.post("/join/offer/", ANN))  # typed in before it was renewed
    assert type_in(Client(), new_code.lower().replace("-", " ")).status_code == 302
    assert Client().post(new_link, ANN).status_code == 302


# ---- who one is --------------------------------------------------------------------------------------------


def test_an_invitation_bound_to_an_address_shows_another_account_nothing(cast: Cast, sign_in: SignIn) -> None:
    link, code = letter(sign_in(cast.tess), cast, email=planted_email("finn"))
    dana = sign_in(cast.dana)
    for answer in (dana.get(link), dana.post(link)):
        assert answer.status_code == 403
        assert "Cleo" not in words(answer)
        assert "planted-" not in words(answer)
    type_in(dana, code)
    assert dana.post("/join/offer/").status_code == 403
    joining = Client().post(link, ANN)
    assert "another address" in words(joining)
    assert not User.objects.filter(email=ANN["email"]).exists()
    assert sign_in(cast.finn).post(link).status_code == 302


def test_accepting_as_another_gives_that_person_a_grant_and_nothing_in_the_clinic(
    cast: Cast, sign_in: SignIn
) -> None:
    """Somebody of another clinic holds the letter: they care for this child from now on, and no more."""
    link, _ = letter(sign_in(cast.tess), cast)
    tova = sign_in(cast.tova)
    assert tova.post(link).status_code == 302
    assert tova.get(f"/family/{cast.cleo.pk}/").status_code == 200
    for closed in (f"/children/{cast.cleo.pk}/people/", f"/family/{cast.fern.pk}/", "/c/harbor/caseload/"):
        assert tova.get(closed).status_code in (403, 404)


def test_another_clinics_people_neither_see_renew_nor_take_back(cast: Cast, sign_in: SignIn) -> None:
    link, _ = letter(sign_in(cast.tess), cast)
    row = Invitation.objects.get()
    olga = sign_in(cast.olga)
    for child in (cast.cleo, cast.cody):
        for verb in ("renew", "revoke"):
            assert olga.post(f"/children/{child.pk}/invitations/{row.pk}/{verb}/").status_code == 404
    greg = sign_in(cast.greg)
    assert greg.post(f"/family/{cast.cleo.pk}/people/{row.pk}/revoke/").status_code == 404
    assert Client().get(link).status_code == 200


def test_an_invitation_into_a_household_elsewhere_is_not_made(cast: Cast, sign_in: SignIn) -> None:
    home = ChildHome.objects.get(child=cast.cody)
    for child in (cast.cleo, cast.cody):
        address = f"/children/{child.pk}/homes/{home.pk}/invite/"
        assert sign_in(cast.tess).post(address, {"kind": "guardian"}).status_code == 404
    assert not Invitation.objects.exists()


def test_a_tampered_form_raises_nobody(cast: Cast, sign_in: SignIn) -> None:
    link, _ = letter(sign_in(cast.tess), cast)
    raised = {
        **ANN,
        "kind": "guardian",
        "role": "owner",
        "roles": "owner",
        "family": str(cast.gregs_home.pk),
        "clinic": str(cast.elsewhere.pk),
        "is_staff": "on",
    }
    assert Client().post(link, raised).status_code == 302
    ann = CaregiverGrant.objects.get(user__email=ANN["email"])
    assert (ann.kind, ann.family_id, ann.clinic_id) == (
        GrantKind.CAREGIVER,
        cast.fays_home.pk,
        cast.harbor.pk,
    )
    assert not ann.user.memberships.exists()


def test_a_guardian_who_asks_for_a_guardian_gets_a_caregiver_at_their_own_home(
    cast: Cast, sign_in: SignIn
) -> None:
    told = {"kind": "guardian", "family": str(cast.gregs_home.pk), "relationship": "aunt"}
    answer = sign_in(cast.fay).post(f"/family/{cast.cleo.pk}/people/", told)
    link, _ = opened_by(answer)
    row = Invitation.objects.get()
    assert (row.kind, row.family_id, row.invited_by_id) == ("caregiver", cast.fays_home.pk, cast.fay.pk)
    assert f"{cast.fay.name} invites you" in words(Client().get(link))
    assert sign_in(cast.nan).post(f"/family/{cast.cleo.pk}/people/", told).status_code == 403


# ---- the ground it stood on is gone ------------------------------------------------------------------------


def test_a_letter_expires_after_seven_days(cast: Cast, sign_in: SignIn, clock: Any) -> None:
    link, code = letter(sign_in(cast.tess), cast)
    row = Invitation.objects.get()
    assert (row.expires_at - row.created_at).days == 7
    Invitation.objects.update(expires_at=rls.now())
    nothing(Client().post(link, ANN))
    nothing(type_in(Client(), code))


def left_the_clinic(cast: Cast) -> None:
    CareTeam.objects.filter(supervisor=cast.tess).update(until_at=rls.now())
    with rls.acting_as(cast.otto):
        staff.end_staff(by=cast.otto, membership=cast.tess.memberships.get(), now=rls.now())


def left_the_team(cast: Cast) -> None:
    CareTeam.objects.filter(therapist=cast.tess).update(until_at=rls.now())


def put_away(cast: Cast) -> None:
    with rls.acting_as(cast.otto):
        archiving.archive_child(by=cast.otto, child=cast.cleo, now=rls.now())


def discharged(cast: Cast) -> None:
    with rls.acting_as(cast.otto):
        archiving.discharge_child(
            by=cast.otto, child=cast.cleo, reason=DischargeReason.MOVED_AWAY, now=rls.now()
        )


@pytest.mark.parametrize("gone", [left_the_clinic, left_the_team, put_away, discharged])
def test_an_invitation_ends_with_what_it_stood_on(
    cast: Cast, sign_in: SignIn, gone: Callable[[Cast], None]
) -> None:
    link, code = letter(sign_in(cast.tess), cast)
    gone(cast)
    nothing(Client().get(link))
    nothing(Client().post(link, ANN))
    nothing(sign_in(cast.finn).post(link))
    nothing(type_in(Client(), code))
    assert not User.objects.filter(email=ANN["email"]).exists()


def test_a_guardians_invitation_ends_with_their_own_access(cast: Cast, sign_in: SignIn) -> None:
    link, _ = opened_by(sign_in(cast.fay).post(f"/family/{cast.cleo.pk}/people/", {}))
    grant = CaregiverGrant.objects.get(child=cast.cleo, user=cast.fay)
    sign_in(cast.tess).post(f"/children/{cast.cleo.pk}/access/{grant.pk}/end/")
    nothing(Client().post(link, ANN))


# ---- guessing ----------------------------------------------------------------------------------------------


def test_codes_are_guessed_ten_times_an_hour_and_the_right_persons_link_opens_all_the_same(
    cast: Cast, sign_in: SignIn
) -> None:
    link, code = letter(sign_in(cast.tess), cast)
    said = [type_in(Client(), typed_codes.new_code()).status_code for _ in range(12)]
    assert said == [404] * 10 + [429] * 2
    assert type_in(Client(), code).status_code == 429, "from this address even the right one"
    assert type_in(Client(), code, REMOTE_ADDR="203.0.113.9").status_code == 302
    assert Client().post(link, ANN).status_code == 302


def test_right_codes_count_against_nobody(cast: Cast, sign_in: SignIn) -> None:
    """Twenty families in one waiting room have one address."""
    _, code = letter(sign_in(cast.tess), cast)
    assert {type_in(Client(), code).status_code for _ in range(20)} == {302}


def test_neighbours_of_an_ipv6_network_are_counted_together(cast: Cast) -> None:
    said = [
        type_in(Client(), typed_codes.new_code(), REMOTE_ADDR=f"2001:db8:1:2::{n:x}").status_code
        for n in range(1, 12)
    ]
    assert said == [404] * 10 + [429]
    elsewhere = type_in(Client(), typed_codes.new_code(), REMOTE_ADDR="2001:db8:1:3::1")
    assert elsewhere.status_code == 404


def test_whoever_wears_out_the_code_does_not_wear_out_the_link(cast: Cast, sign_in: SignIn) -> None:
    link, code = letter(sign_in(cast.tess), cast)
    thief = Client()
    type_in(thief, code)
    said = [thief.post("/join/offer/", {**ANN, "password": "short"}).status_code for _ in range(12)]
    assert said == [200] * 10 + [429] * 2
    assert Client().post(link, ANN).status_code == 302


def test_the_limit_holds_for_eight_who_guess_at_once(live_cast: Cast) -> None:
    ready, said, lock = threading.Barrier(8), [], threading.Lock()

    def guess() -> None:
        client = Client()
        ready.wait(timeout=20)
        for _ in range(4):
            status = type_in(client, typed_codes.new_code()).status_code
            with lock:
                said.append(status)
        connection.close()

    threads = [threading.Thread(target=guess) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(said) == [404] * 10 + [429] * 22
