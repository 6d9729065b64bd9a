"""Breaking the glass: who may, for how long, who hears of it, and that it opens reading alone, also below."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.core import mail
from django.db import DatabaseError, ProgrammingError, connection, models, transaction

from clinic import policy, rls
from clinic.errors import Forbidden, Invalid
from clinic.models import AuditEvent, BreakGlass, Child, Precaution
from clinic.models.clinics import new_id
from clinic.services import break_glass as services
from clinic.services.break_glass import AlreadyReviewed
from clinic.vocabulary import AuditCode
from tests import factories
from tests.cast import Cast, planted
from tests.database import Clock
from tracking import policy as record
from tracking.models import (
    Flag,
    FlagAcknowledgement,
    Goal,
    GoalRating,
    HomeProgram,
    MassageSession,
    Note,
    ProgramSchedule,
    ProgramVersion,
)

REASON = "Found asleep on the floor, the team is away"


def broken(cast: Cast, who: str = "theo", child: Child | None = None) -> BreakGlass:
    user = cast.people()[who]
    with rls.acting_as(user):
        return services.break_glass(by=user, child=child or cast.cleo, reason=REASON, now=rls.now())


def audited(code: AuditCode) -> list[tuple[Any, Any]]:
    rows = AuditEvent.objects.filter(code=code).order_by("at", "id")
    return [(row.actor_id, row.child_id) for row in rows]


def test_who_treats_in_the_clinic_opens_a_record_for_four_hours(cast: Cast) -> None:
    glass = broken(cast)
    assert glass.until_at - glass.opened_at == dt.timedelta(hours=4)
    assert audited(AuditCode.BROKE_GLASS) == [(cast.theo.pk, cast.cleo.pk)]
    with rls.acting_as(cast.theo):
        assert policy.may_view_child(cast.theo, cast.cleo)
        assert not policy.may_view_child(cast.theo, cast.sami)
        assert broken(cast) == glass
        assert Child.objects.visible_to(cast.theo).filter(pk=cast.cleo.pk).exists()


@pytest.mark.parametrize("who", ["tess", "asha", "opal", "fay", "rex", "tara", "tova", "olga"])
def test_nobody_else_does(cast: Cast, who: str) -> None:
    cast.tara.memberships.update(ended_at=rls.now())
    with pytest.raises(Forbidden):
        broken(cast, who)


@pytest.mark.parametrize("reason", ["", " " * 30, "An emergency      ", "x" * 1001])
def test_a_reason_of_twenty_characters_is_needed(cast: Cast, reason: str) -> None:
    with rls.acting_as(cast.theo), pytest.raises(Invalid) as refused:
        services.break_glass(by=cast.theo, child=cast.cleo, reason=reason, now=rls.now())
    assert refused.value.field == "reason"


def test_the_team_and_the_owners_are_written_to_without_a_name(
    cast: Cast, django_capture_on_commit_callbacks: Callable[..., Any]
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        broken(cast)
    assert {one.to[0] for one in mail.outbox} == {cast.tess.email, cast.asha.email, cast.otto.email}
    for one in mail.outbox:
        words = f"{one.subject} {one.body} {one.alternatives}"
        assert "Cleo" not in words
        assert "planted-" not in words
        assert "/c/harbor/break-glass/" in words


def test_it_ends_by_itself_and_earlier_by_a_tap(cast: Cast) -> None:
    glass = broken(cast)
    with rls.acting_as(cast.otto), pytest.raises(Forbidden):
        services.end_glass(by=cast.otto, glass=glass, now=rls.now())
    with rls.acting_as(cast.theo):
        services.end_glass(by=cast.theo, glass=glass, now=rls.now())
        services.end_glass(by=cast.theo, glass=glass, now=rls.now())
        assert not policy.may_view_child(cast.theo, cast.cleo)
    assert audited(AuditCode.ENDED_GLASS) == [(cast.theo.pk, cast.cleo.pk)]


def test_after_four_hours_both_walls_are_shut_without_any_job(live_cast: Cast, clock: Clock) -> None:
    cast = live_cast
    with rls.acting_as(system="seeding"), transaction.atomic():
        factories.record(cast)
        broken(cast)

    def sees() -> list[bool]:
        with rls.acting_as(cast.theo), transaction.atomic():
            return [
                policy.may_view_child(cast.theo, cast.cleo),
                Note.objects.filter(child=cast.cleo).exists(),
            ]

    clock.advance(hours=3.9)
    assert sees() == [True, True]
    clock.advance(hours=0.2)
    assert sees() == [False, False]


def test_an_owner_reviews_it_once_and_never_their_own_where_there_is_another(cast: Cast) -> None:
    glass, own = broken(cast), broken(cast, "otto")
    with rls.acting_as(cast.theo), pytest.raises(Forbidden):
        services.review_glass(by=cast.theo, glass=glass, review="Fine", now=rls.now())
    with rls.acting_as(cast.otto):
        with pytest.raises(Invalid):
            services.review_glass(by=cast.otto, glass=glass, review="  ", now=rls.now())
        services.review_glass(by=cast.otto, glass=glass, review="Spoke with Theo", now=rls.now())
        with pytest.raises(AlreadyReviewed):
            services.review_glass(by=cast.otto, glass=glass, review="Again", now=rls.now())
        services.review_glass(by=cast.otto, glass=own, review="Alone here", now=rls.now())
    assert audited(AuditCode.REVIEWED_GLASS) == [(cast.otto.pk, cast.cleo.pk)] * 2
    cast.dana.memberships.update(roles=["owner"])
    again = broken(cast, "otto")
    assert again == own, "still open"
    with rls.acting_as(cast.otto):
        assert not policy.may_review_glass(cast.otto, own)


def test_a_child_is_found_by_its_whole_name_and_birthday_and_a_vain_look_is_written(cast: Cast) -> None:
    told = {"first_name": "cleo", "last_name": planted("cleo-last-name"), "born_on": cast.cleo.born_on}
    with rls.acting_as(cast.theo):
        assert services.find_child(by=cast.theo, clinic=cast.harbor, now=rls.now(), **told) == cast.cleo
        wrong = told | {"born_on": cast.cleo.born_on + dt.timedelta(days=1)}
        assert services.find_child(by=cast.theo, clinic=cast.harbor, now=rls.now(), **wrong) is None
        with pytest.raises(Forbidden):
            services.find_child(by=cast.theo, clinic=cast.elsewhere, now=rls.now(), **told)
    assert audited(AuditCode.REFUSED) == [(cast.theo.pk, None)]


# ---- below ------------------------------------------------------------------------------------------------

CLOSED = {
    "CheckIn",
    "Concern",
    "ConcernPhoto",
    "ConcernPlan",
    "RecordExport",
    "FamilyWords",
    "HandOffLook",
    "SafeguardingNote",
    "ThreadRead",
    "WriteReceipt",
}
"""What the access table does not open by break-glass."""


def records() -> Iterator[type[models.Model]]:
    """Every table whose rows the second wall keeps for the care team."""
    with_glass = _tables_with_glass()
    for label in ("clinic", "tracking"):
        for model in apps.get_app_config(label).get_models():
            if model._meta.db_table in with_glass:
                yield model


def _tables_with_glass() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename FROM pg_policies WHERE cmd = 'SELECT' AND policyname LIKE '%\\_glass'"
        )
        return {name for (name,) in cursor.fetchall()}


def test_the_glass_opens_what_the_access_table_says_and_nothing_else(cast: Cast) -> None:
    full_record(cast)
    broken(cast)
    with rls.acting_as(cast.theo):
        for model in (Note, MassageSession, Precaution, HomeProgram, ProgramVersion, ProgramSchedule):
            assert model._base_manager.exists(), model.__name__
        for name in CLOSED:
            assert not _of_cleo(cast, apps.get_model("tracking", name)), name
    opened = {model.__name__ for model in records()}
    assert not opened & CLOSED
    assert len(opened) > 18


def full_record(cast: Cast) -> factories.Record:
    """Cleo's record, with a goal and a program with a schedule."""
    goal = factories.goal(cast.cleo, by=cast.tess)
    GoalRating.objects.create(
        clinic=cast.harbor, goal=goal, level=0, on=rls.now().date(), by=cast.tess, at=rls.now()
    )
    factories.prescribed(cast.cleo, by=cast.tess)
    return factories.record(cast)


def _of_cleo(cast: Cast, model: type[models.Model]) -> bool:
    # What is Theo's to read as a lead for safeguarding is his with or without the glass.
    rows = model._base_manager.filter(child_id=cast.cleo.pk)
    return model.__name__ != "SafeguardingNote" and rows.exists()


def test_the_database_refuses_every_write_by_glass(cast: Cast) -> None:
    full_record(cast)
    broken(cast)
    tried = 0
    for model in [*records(), ProgramVersion, GoalRating]:
        row = model._base_manager.filter(clinic=cast.harbor).first()
        if row is None:
            continue
        tried += 1
        with rls.acting_as(cast.theo):
            assert _changed(model, row) == 0, model.__name__
            row.pk = new_id()
            if isinstance(row, ProgramVersion):  # a draft, or its own trigger would be first
                row.number, row.published_at, row.published_by, row.effective_on = 99, None, None, None
            with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                model._base_manager.bulk_create([row])
    assert tried > 12


def _changed(model: type[models.Model], row: models.Model) -> int:
    """How many rows an UPDATE and a DELETE by key reach."""
    table = model._meta.db_table
    reached = 0
    for statement in (f"UPDATE {table} SET clinic_id = clinic_id", f"DELETE FROM {table}"):
        with contextlib.suppress(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"{statement} WHERE id = %s", [row.pk])  # or: permission denied
            reached += cursor.rowcount
    return reached


def test_an_owner_reads_the_flags_a_therapist_does_not(cast: Cast) -> None:
    flag = factories.record(cast).flag
    Flag.objects.filter(pk=flag.pk).update(readers=[])
    for user, reads in ((cast.otto, True), (cast.theo, False)):
        with rls.acting_as(user):
            services.break_glass(by=user, child=cast.cleo, reason=REASON, now=rls.now())
            assert Flag.objects.exists() is reads
            assert FlagAcknowledgement.objects.exists() is reads
            assert record.may_view_flag_record(user, flag) is reads
            assert not record.may_act_on_flag(user, Flag(child=cast.cleo, readers=[]))


def test_who_is_on_the_team_writes_as_before(cast: Cast) -> None:
    full_record(cast)
    broken(cast)
    with rls.acting_as(cast.tess):
        assert Goal.objects.filter(child=cast.cleo).update(title="Sleeps") == 1


def test_another_childs_record_stays_shut(cast: Cast) -> None:
    factories.record(cast)
    broken(cast, "otto", cast.fern)
    with rls.acting_as(cast.otto):
        assert not Note.objects.filter(child=cast.cleo).exists()
        assert not policy.may_view_record(cast.otto, cast.cleo)
        assert policy.may_view_record(cast.otto, cast.fern)


def test_somebody_whose_place_in_the_clinic_has_ended_reads_nothing_by_it(cast: Cast) -> None:
    factories.record(cast)
    broken(cast)
    cast.theo.memberships.update(ended_at=rls.now())
    with rls.acting_as(cast.theo):
        assert not Note.objects.exists()
        assert not policy.may_view_child(cast.theo, cast.cleo)
