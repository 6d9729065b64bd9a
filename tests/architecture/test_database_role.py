"""Tests, like web and worker, are the application's role inside stamped transactions."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.utils import Error

from clinic import rls
from clinic.models import AuditEvent, Child
from clinic.vocabulary import AuditCode
from tests.cast import Cast


def test_the_role_of_the_tests_owns_nothing_and_bypasses_nothing(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, rolsuper, rolbypassrls,"
            " (SELECT count(*) FROM pg_class WHERE relowner = r.oid) FROM pg_roles r"
            " WHERE rolname = current_user"
        )
        assert cursor.fetchone() == ("littlefoot_app", False, False, 0)


def test_a_query_that_asks_for_nobody_sees_no_child(cast: Cast) -> None:
    with rls.acting_as(None):
        assert rls.current_stamp() == rls.NOBODY
        assert not Child.objects.exists()


def test_a_query_without_visible_to_stays_behind_the_second_wall(cast: Cast) -> None:
    with rls.acting_as(cast.tess):
        assert set(Child.objects.all()) == {cast.cleo, cast.fern}
    with rls.acting_as(cast.fay):
        assert set(Child.objects.all()) == {cast.cleo}
    with rls.acting_as(cast.rex):
        assert set(Child.objects.all()) == set()
    with rls.acting_as(cast.sol):
        assert set(Child.objects.all()) == {cast.sami}


def test_the_stamp_of_a_block_ends_with_it_inside_one_transaction(cast: Cast) -> None:
    with rls.acting_as(cast.tess):
        with rls.acting_as(cast.sol):
            assert set(Child.objects.all()) == {cast.sami}
        assert set(Child.objects.all()) == {cast.cleo, cast.fern}
    assert set(Child.objects.all()) == set(cast.children().values())


def test_the_audit_can_be_added_to_but_not_changed(cast: Cast) -> None:
    event = AuditEvent.objects.create(at=rls.now(), code=AuditCode.REFUSED)
    with pytest.raises(Error):
        AuditEvent.objects.filter(pk=event.pk).update(code=AuditCode.INVITED)
