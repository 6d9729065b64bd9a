"""The second wall: every table stands behind it, and it holds its three lines where no query asks it to.

No row of another clinic; for a caregiver, no row of a child without a valid grant; for staff, no row of a
record of a child whose care team they are not on (docs/adr/0003).
"""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, models
from django.db.transaction import atomic
from pghistory.models import Event

from clinic import rls
from clinic.models import CaregiverGrant, CareTeam, Child, ClinicMembership, Precaution, User
from clinic.models.clinics import new_id
from clinic.vocabulary import Role
from tests import factories
from tests.cast import Cast
from tracking.models import MassageSession, Note, ProgramVersion, SafeguardingNote

OPEN_TABLES = {
    "allauth_idp_oidc_client": "apps that were registered: nobody's data",
    "account_emailconfirmation": "allauth's, unused: confirmations are signed, not stored",
    "auth_group": "Django's, unused",
    "auth_group_permissions": "Django's, unused",
    "auth_permission": "Django's, unused",
    "clinic_user": "identity is global: somebody is found by an address before anybody is signed in",
    "django_content_type": "names of tables",
    "django_migrations": "names of migrations",
    "django_session": "read by its key before anybody is known",
    "littlefoot_test_clock": "the tests' own",
    "pghistory_context": "history carries no context (docs/adr/0012)",
    "tracking_feedepoch": "since when cursors hold: nobody's data",
    "tracking_feedmark": "how far changes had been written: nobody's data",
    "tracking_providerstanding": "whether a mail server or a push service answers: nobody's data",
    "tracking_contraindication": "built in, the same for everybody",
}
"""Tables without row-level security, each with its reason."""


def test_every_table_stands_behind_the_wall_or_says_why_not(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, relrowsecurity AND relforcerowsecurity FROM pg_class"
            " WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p', 'v', 'm')"
        )
        is_covered = dict(cursor.fetchall())
    assert {name for name, covered in is_covered.items() if not covered} == set(OPEN_TABLES)


def test_every_policy_tells_readers_apart(db: None) -> None:
    """No policy lets everybody read: only the owner, for the functions that ask who somebody is."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename, roles, qual FROM pg_policies WHERE qual = 'true'")
        assert {(table, tuple(roles)) for table, roles, _ in cursor.fetchall()} == {
            (table, ("littlefoot_owner",)) for table in (*rls.PLACES_TABLES, "clinic_breakglass")
        }


# ---- the three lines --------------------------------------------------------------------------------------

OF_PEOPLE = {
    "AuditEvent": "who did what: a clinic's own",
    "BreakGlass": "who opened a record in an emergency: its opener's, the team's and owners' to read",
    "CareTeam": "who looks after a child",
    "CaregiverGrant": "who cares for a child",
    "ChildHome": "where a child lives",
    "ChildHomeException": "where a child lives",
    "ClassPlace": "which class a child comes to",
    "Consent": "who agreed to what",
    "Contact": "when somebody was seen: the words are notes",
    "Cosigning": "what waits for whose signature: no words but a remark",
    "Episode": "whether a child is in care",
    "ErasureRequest": "who wishes what to be erased: its author, and owners",
    "Invitation": "who was asked to care for a child",
    "SignInCode": "who was given a new way in",
    "RecordHold": "that a record has to stay: owners",
    "Notice": "that there is something to read: no words",
    "ReminderDelivery": "when somebody is reminded: no words",
    "ReminderOccurrence": "when somebody is reminded: no words",
    "ReminderRule": "when somebody is reminded: no words",
}
"""About a child and no part of its record: the staff of its clinic may see these."""

ALSO_SEEN_BY = {"Flag": Role.OWNER, "HomeProgram": Role.OFFICE}
"""An owner sees that there is a flag, the office what a program is called."""


def about_a_child() -> list[type[models.Model]]:
    """Every model, histories aside, whose rows are about one child."""
    return [
        model
        for label in ("clinic", "tracking")
        for model in apps.get_app_config(label).get_models()
        if any(field.column == "child_id" for field in model._meta.fields)
        and not issubclass(model, Event)
        and model is not SafeguardingNote  # its author's and the leads', wherever they work: tests of its own
    ]


def children_in(model: type[models.Model]) -> set[object]:
    """The children that rows of a table are about, asked for without any question of ours."""
    return set(model._base_manager.order_by().values_list("child_id", flat=True).distinct()) - {None}


def admitted(user: User, *, is_record: bool) -> set[object]:
    """Children of whom the rows of people admit somebody to the record, or only to who they are."""
    working_in = ClinicMembership.objects.active().filter(user=user).values("clinic")
    caring_for = CaregiverGrant.objects.valid().filter(user=user).values_list("child_id", flat=True)
    if is_record:
        treated = CareTeam.objects.active().filter(therapist=user, clinic__in=working_in).values("child")
    else:
        treated = Child.objects.filter(clinic__in=working_in).values("pk")
    return {*treated.values_list("pk" if not is_record else "child", flat=True), *caring_for}


@pytest.mark.parametrize("model", about_a_child(), ids=lambda model: model.__name__)
def test_no_row_is_seen_across_a_line_where_nothing_asks_who_is_asking(
    cast: Cast, model: type[models.Model]
) -> None:
    factories.record(cast)
    is_record = model.__name__ not in OF_PEOPLE
    for name, user in cast.people().items():
        allowed = admitted(user, is_record=is_record)
        role = ALSO_SEEN_BY.get(model.__name__)
        if role and ClinicMembership.objects.active().filter(user=user).with_role(role).exists():
            allowed = admitted(user, is_record=False)
        with rls.acting_as(user):
            assert children_in(model) <= allowed, name


def test_the_wall_lets_through_what_it_should(cast: Cast) -> None:
    factories.record(cast)
    for name, sees in {
        "tess": True,
        "asha": True,
        "fay": True,
        "greg": True,
        "theo": False,
        "rex": False,
    }.items():
        with rls.acting_as(getattr(cast, name)):
            assert (cast.cleo.pk in children_in(Note)) is sees, name


def test_parts_without_a_child_of_their_own_are_seen_with_what_they_belong_to(cast: Cast) -> None:
    factories.prescribed(cast.cleo, by=cast.tess)
    for name, sees in {"tess": True, "fay": True, "theo": False, "otto": False, "sol": False}.items():
        with rls.acting_as(getattr(cast, name)):
            assert ProgramVersion.objects.exists() is sees, name


@pytest.mark.parametrize("model", [Note, MassageSession, Precaution], ids=lambda model: model.__name__)
def test_nothing_is_written_into_a_record_one_may_not_read(cast: Cast, model: type[models.Model]) -> None:
    factories.record(cast)
    row = model._base_manager.filter(child_id=cast.cleo.pk).first()
    assert row is not None
    row.pk = new_id()
    with rls.acting_as(cast.theo), pytest.raises(ProgrammingError, match="row-level security"), atomic():
        row.save(force_insert=True)


def test_no_stamp_opens_nothing(cast: Cast) -> None:
    factories.record(cast)
    with rls.acting_as(None):
        assert not [model.__name__ for model in about_a_child() if model._base_manager.exists()]
