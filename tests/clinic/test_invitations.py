"""Invitations: bound, single use, seven days, and never used up by being looked at."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from typing import Any

import pytest
from django.core import mail as outbox

from clinic import policy, rls
from clinic.errors import DomainError, Forbidden
from clinic.models import CaregiverGrant, CareTeam, Invitation, User
from clinic.services import accounts, answering_invitations, caseload, invitations
from clinic.services.answering_invitations import Key, OpensNothing
from clinic.services.invitations import Sent
from clinic.vocabulary import GrantKind
from tests.cast import Cast, planted_email

GOOD_PASSWORD = "nine green lanterns drift"


def link_to(token: str) -> str:
    return f"https://littlefoot.example/invitations/{token}/"


def invite(cast: Cast, by: str = "tess", kind: GrantKind = GrantKind.CAREGIVER, **given: Any) -> Sent:
    user = cast.people()[by]
    with rls.acting_as(user):
        return invitations.invite(
            by=user,
            child=given.pop("child", cast.cleo),
            family=given.pop("family", cast.fays_home),
            kind=kind,
            link_to=link_to,
            now=rls.now(),
            **given,
        )


def accept(user: User, sent: Sent, *, later: dt.timedelta = dt.timedelta(0)) -> CaregiverGrant:
    with rls.acting_as(user):
        return answering_invitations.accept(by=user, key=Key.of_token(sent.token), now=rls.now() + later)


def test_an_accepted_invitation_opens_the_child(cast: Cast) -> None:
    sent = invite(cast, kind=GrantKind.GUARDIAN, relationship="aunt")
    grant = accept(cast.finn, sent)
    assert (grant.kind, grant.family_id, grant.relationship) == ("guardian", cast.fays_home.pk, "aunt")
    with rls.acting_as(cast.finn):
        assert policy.may_view_child(cast.finn, cast.cleo)


def test_only_hashes_of_token_and_code_are_kept(cast: Cast) -> None:
    sent = invite(cast)
    assert len(sent.token) >= 43  # 256 bits
    assert re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{4}-){2}[0-9A-HJKMNP-TV-Z]{4}", sent.code)
    kept = str(Invitation.objects.filter(pk=sent.invitation.pk).values().get())
    assert sent.token not in kept
    assert sent.code.replace("-", "") not in kept
    assert hashlib.sha256(sent.code.replace("-", "").encode()).hexdigest() not in kept, "60 bits need a key"
    assert sent.link == link_to(sent.token)


def test_an_invitation_opens_once(cast: Cast) -> None:
    sent = invite(cast)
    accept(cast.finn, sent)
    with pytest.raises(OpensNothing):
        accept(cast.sol, sent)


def test_looking_at_an_invitation_changes_nothing(cast: Cast) -> None:
    sent = invite(cast)
    for _ in range(3):
        offer = answering_invitations.look_at(key=Key.of_token(sent.token), now=rls.now())
    assert (offer.child_first_name, offer.kind) == ("Cleo", GrantKind.CAREGIVER)
    accept(cast.finn, sent)


def test_an_invitation_lives_seven_days(cast: Cast) -> None:
    sent = invite(cast)
    with pytest.raises(OpensNothing):
        accept(cast.finn, sent, later=dt.timedelta(days=7))
    accept(cast.finn, sent, later=dt.timedelta(days=6, hours=23))


def test_a_renewed_invitation_has_a_new_link_and_the_old_one_opens_nothing(cast: Cast) -> None:
    old = invite(cast)
    with rls.acting_as(cast.tess):
        new = invitations.renew(
            by=cast.tess, invitation=old.invitation, link_to=link_to, now=rls.now() + dt.timedelta(days=9)
        )
    with pytest.raises(OpensNothing):
        accept(cast.finn, old)
    accept(cast.finn, new, later=dt.timedelta(days=10))


def test_a_revoked_invitation_opens_nothing_and_is_not_renewed(cast: Cast) -> None:
    sent = invite(cast)
    with rls.acting_as(cast.tess):
        invitations.revoke(by=cast.tess, invitation=sent.invitation, now=rls.now())
        with pytest.raises(invitations.InvitationOver):
            invitations.renew(by=cast.tess, invitation=sent.invitation, link_to=link_to, now=rls.now())
    with pytest.raises(OpensNothing):
        accept(cast.finn, sent)


def test_a_made_up_token_is_nothing(cast: Cast) -> None:
    with pytest.raises(OpensNothing):
        answering_invitations.look_at(key=Key.of_token("x" * 43), now=rls.now())


def test_a_guardian_invites_caregivers_into_their_own_household_only(cast: Cast) -> None:
    invite(cast, by="fay")
    with pytest.raises(invitations.GuardiansInviteCaregivers) as refusal:
        invite(cast, by="fay", kind=GrantKind.GUARDIAN)
    assert refusal.value.field == "kind"
    with pytest.raises(invitations.GuardiansInviteCaregivers) as refusal:
        invite(cast, by="fay", family=cast.gregs_home)
    assert refusal.value.field == "family"


@pytest.mark.parametrize("who", ["asha", "opal", "nan", "theo"])
def test_who_only_helps_invites_nobody(cast: Cast, who: str) -> None:
    with pytest.raises(invitations.GuardiansInviteCaregivers):
        invite(cast, by=who)


def test_nobody_is_invited_into_a_household_that_is_not_the_childs(cast: Cast) -> None:
    with pytest.raises(invitations.NotTheChildsHome):
        invite(cast, family=cast.finns_home)


def test_an_invitation_bound_to_an_address_opens_for_that_account_alone(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        sent = invite(cast, email=planted_email("finn").upper())
    (message,) = outbox.outbox
    assert message.to == [planted_email("finn")]
    assert sent.link.removesuffix("/") in message.body
    assert "Cleo" not in message.message().as_string()
    with pytest.raises(answering_invitations.InvitationForAnother):
        accept(cast.sol, sent)
    accept(cast.finn, sent)


def test_an_invitation_without_an_address_is_handed_over_not_sent(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        invite(cast)
    assert not outbox.outbox


def test_a_caregiver_becomes_a_guardian_and_no_guardian_becomes_less(cast: Cast) -> None:
    grant = accept(cast.nan, invite(cast, kind=GrantKind.GUARDIAN))
    assert grant.kind == GrantKind.GUARDIAN
    assert CaregiverGrant.objects.valid().filter(child=cast.cleo, user=cast.nan).count() == 1
    for kind in GrantKind:
        with pytest.raises(answering_invitations.AlreadyHasAccess):
            accept(cast.fay, invite(cast, kind=kind))


def test_whoever_lost_access_gets_it_back_only_by_a_new_invitation(cast: Cast) -> None:
    accept(cast.rex, invite(cast))
    with rls.acting_as(cast.rex):
        assert policy.may_view_child(cast.rex, cast.cleo)


def join(sent: Sent, **given: Any) -> tuple[User, CaregiverGrant]:
    fields = {"name": "Uma", "email": "uma@example.org", "password": GOOD_PASSWORD, **given}
    return answering_invitations.join(key=Key.of_token(sent.token), now=rls.now(), **fields)


def test_somebody_without_an_account_makes_one_with_the_invitation(cast: Cast) -> None:
    user, grant = join(invite(cast), email=" Uma@Example.org ")
    assert (user.email, grant.user) == ("uma@example.org", user)
    assert user.check_password(GOOD_PASSWORD)


@pytest.mark.parametrize(
    ("given", "error", "field"),
    [
        ({"password": "short"}, accounts.PasswordTooWeak, "password"),
        ({"password": "password1234"}, accounts.PasswordTooWeak, "password"),
        ({"email": planted_email("greg").upper()}, answering_invitations.CannotJoin, "email"),
        ({"name": ""}, accounts.Invalid, "name"),
    ],
)
def test_a_refused_account_leaves_the_invitation_unused(
    cast: Cast, given: dict[str, str], error: type[Exception], field: str
) -> None:
    sent = invite(cast)
    with pytest.raises(error) as refusal:
        join(sent, **given)
    assert refusal.value.field == field  # type: ignore[attr-defined]
    join(sent)


def test_an_account_of_another_address_than_the_invited_one_is_not_made(cast: Cast) -> None:
    sent = invite(cast, email="vera@example.org")
    with pytest.raises(answering_invitations.InvitationForAnother):
        join(sent)
    assert not User.objects.filter(email="uma@example.org").exists()


# ---- who answers for one --------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", list(GrantKind))
@pytest.mark.parametrize("home", ["fays_home", "gregs_home"])
def test_whoever_may_invite_backs_an_invitation_and_nobody_else_does(
    cast: Cast, kind: GrantKind, home: str
) -> None:
    """The service's rule and the query's, over the whole cast."""
    sent = invite(cast, kind=kind, family=getattr(cast, home))
    for name, user in cast.people().items():
        Invitation.objects.filter(pk=sent.invitation.pk).update(invited_by=user)
        is_backed = Invitation.objects.living().filter(pk=sent.invitation.pk).exists()
        try:
            invite(cast, by=name, kind=kind, family=getattr(cast, home))
            may = True
        except DomainError:  # elsewhere, the child's home is not known
            may = False
        assert is_backed is may, name


def test_an_invitation_follows_its_therapists_place_to_whoever_takes_it_over(cast: Cast) -> None:
    sent = invite(cast)
    with rls.acting_as(cast.tess):
        place = CareTeam.objects.get(child=cast.cleo, therapist=cast.tess)
        caseload.hand_over(by=cast.tess, place=place, to=cast.theo, now=rls.now())
    accept(cast.finn, sent)


def test_an_invitation_stops_with_its_therapists_place_and_lives_again_renewed(cast: Cast) -> None:
    sent = invite(cast)
    CareTeam.objects.filter(child=cast.cleo, therapist=cast.tess).update(until_at=rls.now())
    with pytest.raises(OpensNothing):
        accept(cast.finn, sent)
    with rls.acting_as(cast.otto):
        renewed = invitations.renew(by=cast.otto, invitation=sent.invitation, link_to=link_to, now=rls.now())
    accept(cast.finn, renewed)


def test_nobody_is_invited_to_a_record_that_is_put_away(cast: Cast) -> None:
    sent = invite(cast)
    cast.cleo.archived_at = rls.now()
    cast.cleo.save(update_fields=["archived_at"])
    with pytest.raises(invitations.RecordPutAway):
        invite(cast)
    with pytest.raises(OpensNothing):
        accept(cast.finn, sent)


def test_a_guardian_takes_back_only_what_they_answer_for(cast: Cast) -> None:
    of_tess, of_fay = invite(cast).invitation, invite(cast, by="fay").invitation
    with rls.acting_as(cast.fay):
        with pytest.raises(Forbidden):
            invitations.revoke(by=cast.fay, invitation=of_tess, now=rls.now())
        invitations.revoke(by=cast.fay, invitation=of_fay, now=rls.now())
    assert set(Invitation.objects.open()) == {of_tess}
