"""Joining without an e-mail address, and coming back by a code from the care team."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client

from clinic import rls, typed_codes
from clinic.models import AuditEvent, CaregiverGrant, ChildHome, ClinicMembership, SignInCode, User
from clinic.services import sign_in_codes
from clinic.vocabulary import AuditCode, GrantKind
from tests.cast import PASSWORD, Cast

pytestmark = pytest.mark.django_db

SignIn = Callable[[User], Client]
GOOD = "four odd words together"
BETTER = "nine green lanterns drift"


@pytest.fixture(autouse=True)
def _uncounted() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def words(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.fixture
def tess(cast: Cast, sign_in: SignIn) -> Client:
    return sign_in(cast.tess)


@pytest.fixture
def uma(cast: Cast, tess: Client) -> User:
    """Somebody of Fay's household without an address, who joined with a letter."""
    home = ChildHome.objects.get(child=cast.cleo, family=cast.fays_home)
    letter = words(tess.post(f"/children/{cast.cleo.pk}/homes/{home.pk}/invite/", {"kind": "guardian"}))
    code = re.search(r"(?<![\w-])[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}(?![\w-])", letter)
    assert code
    joining = Client()
    joining.post("/join/", {"code": code[0]})
    answer = joining.post("/join/offer/", {"name": "Uma", "email": "", "way": "password", "password": GOOD})
    assert answer.headers["Location"].startswith("/accounts/number/")
    user = User.objects.get(name="Uma")
    assert typed_codes.grouped(str(user.sign_in_number)) in words(joining.get(answer.headers["Location"]))
    return user


def log_in(user: User, password: str, typed: str = "") -> Client:
    client = Client()
    client.post("/accounts/login/", {"login": typed or user.sign_in_number, "password": password})
    return client


def is_in(client: Client, cast: Cast) -> bool:
    return client.get(f"/family/{cast.cleo.pk}/").status_code == 200


def given(cast: Cast, client: Client, user: User) -> Any:
    grant = CaregiverGrant.objects.get(child=cast.cleo, user=user)
    return client.post(f"/children/{cast.cleo.pk}/access/{grant.pk}/code/")


def code_in(answer: Any) -> str:
    found = re.search(r'class="sheet-typed"[^>]*>([0-9A-Z-]{14})<', words(answer))
    assert found, words(answer)[:2000]
    return found[1]


# ---- joining -----------------------------------------------------------------------------------------------


def test_a_letter_is_enough_to_join_and_the_number_to_sign_in(cast: Cast, uma: User) -> None:
    assert (uma.email, len(str(uma.sign_in_number))) == (None, 8)
    number = str(uma.sign_in_number)
    for typed in (number, f"{number[:4]} {number[4:]}", f"{number[:4]}-{number[4:]}"):
        assert is_in(log_in(uma, GOOD, typed), cast), typed
    eastern = number.translate({48 + digit: 0x0660 + digit for digit in range(10)})
    assert is_in(log_in(uma, GOOD, eastern), cast)
    assert not is_in(log_in(uma, "not her password"), cast)


def test_an_address_still_signs_in_and_a_wrong_number_answers_like_a_wrong_password(
    cast: Cast, uma: User
) -> None:
    assert is_in(log_in(cast.fay, PASSWORD, str(cast.fay.email)), cast)

    def said(login: str) -> str:
        answer = words(Client().post("/accounts/login/", {"login": login, "password": "not her password"}))
        return re.sub(r"[A-Za-z0-9]{64}", "", answer).replace(login, "")

    assert said(str(uma.sign_in_number)) == said("00000000")
    failed = AuditEvent.objects.filter(code=AuditCode.FAILED_TO_SIGN_IN)
    assert list(failed.order_by("at", "id").values_list("subject_id", flat=True)) == [uma.pk, None]


def test_a_bound_invitation_needs_its_address_and_a_password_is_needed_unless_by_passkey(
    cast: Cast, tess: Client
) -> None:
    home = ChildHome.objects.get(child=cast.cleo, family=cast.fays_home)
    address = f"/children/{cast.cleo.pk}/homes/{home.pk}/invite/"
    bound = re.search(
        r"/invitations/[\w-]{43}/", words(tess.post(address, {"kind": "caregiver", "email": "v@example.org"}))
    )
    free = re.search(r"/invitations/[\w-]{43}/", words(tess.post(address, {"kind": "caregiver"})))
    assert bound
    assert free
    assert "This is needed" in words(
        Client().post(bound[0], {"name": "V", "email": "", "way": "password", "password": GOOD})
    )
    assert "Choose a password, or sign in with this device" in words(
        Client().post(free[0], {"name": "V", "way": "password"})
    )
    joining = Client()
    joined = joining.post(free[0], {"name": "Vi", "way": "passkey"})
    assert joined.headers["Location"] == "/accounts/number/?next=%2Faccounts%2F2fa%2Fwebauthn%2Fadd%2F"
    assert joining.get("/accounts/2fa/webauthn/add/").status_code == 200
    assert not User.objects.get(name="Vi").has_usable_password()


def test_an_invitation_to_what_one_has_already_leads_back_to_ones_pages(
    cast: Cast, tess: Client, sign_in: SignIn
) -> None:
    home = ChildHome.objects.get(child=cast.cleo, family=cast.fays_home)
    made = words(tess.post(f"/children/{cast.cleo.pk}/homes/{home.pk}/invite/", {"kind": "guardian"}))
    link = re.search(r"/invitations/[\w-]{43}/", made)
    assert link
    said = words(sign_in(cast.fay).post(link[0]))
    assert "You care for this child already" in said
    assert "Accept as" not in said
    assert sign_in(cast.finn).post(link[0]).status_code == 302, "it still waits for whom it was meant"


def test_the_page_of_the_number_leads_nowhere_else(cast: Cast, uma: User) -> None:
    client = log_in(uma, GOOD)
    for elsewhere in ("https://example.org/", "//example.org/", "javascript:alert(1)"):
        page = words(client.get("/accounts/number/", {"next": elsewhere}))
        assert "example.org" not in page
        assert "alert" not in page


def test_who_joins_and_who_comes_back_is_signed_in_on_a_device_they_can_end(
    cast: Cast, tess: Client, uma: User
) -> None:
    back = Client(headers={"user-agent": "A borrowed phone"})
    back.post("/accounts/code/", {"code": code_in(given(cast, tess, uma)), "password": BETTER})
    assert UserSession.objects.get(user=uma).user_agent == "A borrowed phone", "the first sign-in has ended"
    assert "this device" in words(back.get("/accounts/sessions/"))
    own = log_in(uma, BETTER)
    borrowed = UserSession.objects.get(user=uma, user_agent="A borrowed phone")
    own.post(f"/accounts/sessions/{borrowed.pk}/end/")
    assert not is_in(back, cast)
    assert is_in(own, cast)


# ---- coming back -------------------------------------------------------------------------------------------


def test_a_new_code_ends_what_was_and_opens_once(cast: Cast, tess: Client, uma: User) -> None:
    lost = log_in(uma, GOOD)
    assert is_in(lost, cast)
    with rls.acting_as(system="seeding"):
        Authenticator.objects.create(user=uma, type=Authenticator.Type.WEBAUTHN, data={})
    code = code_in(given(cast, tess, uma))
    assert not is_in(lost, cast), "signed out as it is given"
    assert not SignInCode.objects.filter(code_hash__contains=code.replace("-", "")).exists()
    assert code in words(Client().get(f"/accounts/code/{code}/")), "looking uses nothing up"
    weak = Client().post("/accounts/code/", {"code": code, "password": "short"})
    assert "a longer password, of 15 characters or more" in words(weak)
    back = Client()
    used = back.post("/accounts/code/", {"code": code, "password": BETTER})
    assert used.headers["Location"] == "/accounts/number/"
    assert is_in(back, cast)
    assert not Authenticator.objects.filter(user=uma).exists()
    assert is_in(log_in(uma, BETTER), cast)
    assert not is_in(log_in(uma, GOOD), cast)
    again = Client().post("/accounts/code/", {"code": code, "password": GOOD})
    assert "This opens nothing" in words(again)


def test_an_expired_a_replaced_and_a_made_up_code_answer_alike(cast: Cast, tess: Client, uma: User) -> None:
    replaced = code_in(given(cast, tess, uma))
    expired = code_in(given(cast, tess, uma))
    SignInCode.objects.filter(ended_at=None).update(expires_at=rls.now())
    said = set()
    for code in (replaced, expired, typed_codes.new_code()):
        answer = Client().post("/accounts/code/", {"code": code, "password": BETTER})
        said.add(re.sub(r"[A-Za-z0-9]{64}", "", words(answer)).replace(code, ""))
    assert len(said) == 1
    assert "This opens nothing" in said.pop()


def test_no_code_is_given_in_silence(cast: Cast, sign_in: SignIn, tess: Client, uma: User) -> None:
    """Tess gives a code and uses it herself: Uma reads of it at each sign-in, the team on its page."""
    code = code_in(given(cast, tess, uma))
    Client().post("/accounts/code/", {"code": code, "password": BETTER})
    for _each in range(2):
        umas = log_in(uma, BETTER)
        told = words(umas.get(f"/family/{cast.cleo.pk}/"))
        assert f"{cast.tess.name} of Harbor Lane Therapy gave a new sign-in code for you" in told
    devices = words(umas.get("/accounts/sessions/"))
    assert f"{cast.tess.name} of Harbor Lane Therapy gave a new sign-in code" in devices
    assert "It was used just now." in devices
    people = words(sign_in(cast.asha).get(f"/children/{cast.cleo.pk}/people/"))
    assert f"by {cast.tess.name}, used on" in people
    codes = [AuditCode.GAVE_SIGN_IN_CODE, AuditCode.USED_SIGN_IN_CODE]
    audited = AuditEvent.objects.filter(child_id=cast.cleo.pk, code__in=codes).order_by("at", "id")
    assert list(audited.values_list("code", "actor_id")) == [
        ("gave_sign_in_code", cast.tess.pk),
        ("used_sign_in_code", uma.pk),
    ]


@pytest.mark.parametrize("who", ["theo", "asha", "opal", "fay", "nan", "tova", "olga"])
def test_only_who_gives_access_gives_codes(cast: Cast, sign_in: SignIn, uma: User, who: str) -> None:
    assert given(cast, sign_in(cast.people()[who]), uma).status_code in (403, 404)
    assert not SignInCode.objects.exists()


def has_an_address(cast: Cast, user: User) -> None:
    user.email = "uma@example.org"
    user.save(update_fields=["email"])


def works_somewhere(cast: Cast, user: User) -> None:
    ClinicMembership.objects.create(
        clinic=cast.elsewhere, user=user, roles=["office"], started_at=cast.cleo.created_at
    )


def cares_elsewhere(cast: Cast, user: User) -> None:
    CaregiverGrant.objects.create(
        clinic=cast.elsewhere,
        child=cast.cody,
        family=cast.danas_home,
        user=user,
        kind=GrantKind.CAREGIVER,
        valid_from=cast.cleo.created_at,
    )


@pytest.mark.parametrize("changed", [has_an_address, works_somewhere])
def test_a_code_opens_no_more_than_its_clinic_when_given_and_when_used(
    cast: Cast, tess: Client, uma: User, changed: Callable[[Cast, User], None]
) -> None:
    before = code_in(given(cast, tess, uma))
    changed(cast, uma)
    used = Client().post("/accounts/code/", {"code": before, "password": BETTER})
    assert used.status_code == 200
    uma.refresh_from_db()
    assert uma.check_password(GOOD)
    answer = given(cast, tess, uma)
    assert answer.headers["Location"] == f"/children/{cast.cleo.pk}/people/"
    said = words(tess.get(answer.headers["Location"]))
    assert "A new sign-in code cannot be given for this person here" in said


def use(password: str, *codes: str) -> Any:
    told = {"code": codes[0], "other_codes": ", ".join(codes[1:]), "password": password}
    return Client().post("/accounts/code/", told)


def given_elsewhere(cast: Cast, by: User) -> str:
    """A code that `by` of the other clinic gives Uma, who cares for Cody there."""
    grant = CaregiverGrant.objects.select_related("child", "user").get(child=cast.cody, user__name="Uma")
    with rls.acting_as(by):
        return sign_in_codes.give(by=by, grant=grant, now=rls.now()).code


def test_one_clinic_alone_does_not_take_over_who_cares_for_anothers_child(
    cast: Cast, tess: Client, uma: User
) -> None:
    """Tess gives herself a way into Uma's account, and would read Cody, whom another clinic treats."""
    cares_elsewhere(cast, uma)
    code = code_in(given(cast, tess, uma))
    alone = use(BETTER, code)
    assert "a code of each clinic" in words(alone)
    twice = use(BETTER, code, code)
    assert "a code of each clinic" in words(twice)
    made_up = use(BETTER, code, typed_codes.new_code())
    assert "This opens nothing" in words(made_up)
    uma.refresh_from_db()
    assert uma.check_password(GOOD)
    both = use(BETTER, code, given_elsewhere(cast, cast.tova))
    assert both.headers["Location"] == "/accounts/number/"
    uma.refresh_from_db()
    assert uma.check_password(BETTER)
    told = AuditEvent.objects.filter(code=AuditCode.USED_SIGN_IN_CODE).values_list("child_id", flat=True)
    assert set(told) == {cast.cleo.pk, cast.cody.pk}


def test_whoever_works_in_both_clinics_gives_one_of_the_codes_alone(
    cast: Cast, tess: Client, uma: User
) -> None:
    cares_elsewhere(cast, uma)
    ClinicMembership.objects.create(
        clinic=cast.elsewhere, user=cast.tess, roles=["owner"], started_at=cast.cleo.created_at
    )
    code, other = code_in(given(cast, tess, uma)), given_elsewhere(cast, cast.tess)
    assert "a code of each clinic" in words(use(BETTER, code, other))
    assert use(BETTER, code, given_elsewhere(cast, cast.tova)).status_code == 302


def test_access_that_begins_on_a_day_to_come_needs_its_clinics_code_and_ended_access_none(
    cast: Cast, tess: Client, uma: User
) -> None:
    cares_elsewhere(cast, uma)
    elsewhere = CaregiverGrant.objects.filter(user=uma, child=cast.cody)
    code = code_in(given(cast, tess, uma))
    elsewhere.update(valid_from=rls.now() + dt.timedelta(days=7))
    assert "a code of each clinic" in words(use(BETTER, code))
    elsewhere.update(valid_from=cast.cleo.created_at, revoked_at=rls.now())
    assert use(BETTER, code).status_code == 302


def test_whose_access_has_ended_is_given_no_code(cast: Cast, tess: Client, uma: User) -> None:
    CaregiverGrant.objects.filter(user=uma).update(revoked_at=rls.now())
    assert given(cast, tess, uma).status_code == 404


def test_codes_are_guessed_ten_times_an_hour(cast: Cast) -> None:
    said = [
        Client().post("/accounts/code/", {"code": typed_codes.new_code(), "password": BETTER}).status_code
        for _ in range(12)
    ]
    assert said == [200] * 10 + [429] * 2
