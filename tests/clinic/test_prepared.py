"""A question whose SQL is kept is answered as one that is written anew."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clinic import access, policy, rls
from clinic.errors import Unseen
from clinic.models import CaregiverGrant, Child, Clinic, ClinicMembership, User
from clinic.policy import Places
from clinic.prepared import Prepared, written_each_time
from clinic.vocabulary import Role
from tests.cast import Cast


def told(user: User, child: Child) -> Places | None:
    with rls.acting_as(user):
        try:
            found, place = access.fetch_child(user, child.pk)
        except Unseen:
            return None
    assert (found, found.clinic) == (child, child.clinic)
    return place


def test_everybody_is_told_of_every_child_what_they_would_be_told_anew(cast: Cast) -> None:
    pairs = [(user, child) for user in cast.people().values() for child in cast.children().values()]
    kept = [told(user, child) for user, child in pairs]
    with written_each_time():
        anew = [told(user, child) for user, child in pairs]
    assert kept == anew
    assert len(set(kept)) > 5
    assert None in kept


def test_what_every_request_asks_is_answered_as_if_asked_anew(cast: Cast) -> None:
    pairs = [(user, child) for user in cast.people().values() for child in cast.children().values()]

    def answers() -> list[tuple[Places, frozenset[Role], ClinicMembership | None, bool]]:
        return [
            (
                policy.places(user, child),
                policy.roles_in(user, child.clinic),
                policy.membership_in(user, child.clinic.slug),
                policy.must_add_second_factor(user),
            )
            for user, child in pairs
        ]

    Clinic.objects.filter(pk=cast.solo.pk).update(staff_must_use_mfa=True)
    User.objects.filter(pk=cast.greg.pk).update(is_active=False)
    kept = answers()
    with written_each_time():
        assert answers() == kept
    places, roles, memberships, demands = (set(column) for column in zip(*kept, strict=True))
    assert len(places) > 5
    assert len(roles) > 3
    assert len(memberships) > 8
    assert all(one is None or one.clinic.slug in ("harbor", "elsewhere", "solo") for one in memberships)
    assert demands == {True, False}


def test_what_is_kept_is_asked_in_one_statement_that_was_written_before(cast: Cast) -> None:
    built = []

    def build(user: uuid.UUID, child: uuid.UUID) -> Any:
        built.append(user)
        return CaregiverGrant.objects.valid().filter(user=user, child=child).select_related("family")

    grants = Prepared(build)
    with CaptureQueriesContext(connection) as captured:
        (of_fay,) = grants(user=cast.fay.pk, child=cast.cleo.pk)
        (of_greg,) = grants(user=cast.greg.pk, child=cast.cleo.pk)
        assert grants(user=cast.finn.pk, child=cast.cleo.pk) == []
        assert (of_fay.family, of_greg.family) == (cast.fays_home, cast.gregs_home)
    assert len(captured) == 3
    assert len(built) == 1
    with pytest.raises(KeyError):
        grants(user=cast.fay.pk)


def test_what_a_connection_is_asked_for_the_seventh_time_it_does_not_plan_again(cast: Cast) -> None:
    for _ in range(7):
        policy.places(cast.tess, cast.cleo)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT custom_plans, generic_plans FROM pg_prepared_statements WHERE statement LIKE %s",
            ['%"clinic_breakglass"%FROM "clinic_user" WHERE%'],
        )
        assert cursor.fetchall() == [(5, 1)]
