"""Whatever holds something of a child or a person is reached when they are erased, or says why it stays."""

from __future__ import annotations

from django.db import connection
from django.db.models import CASCADE, ForeignKey

from clinic.belongings import histories, is_of_a_clinic, reached_from, tables
from clinic.models import Child, User
from clinic.models.clinics import FileNameField

STAYS = {
    "clinic.AuditEvent.child_id": "ids and codes alone: the audit outlives what it speaks of (docs/adr/0006)",
    "clinic.AuditEvent.subject_id": "as above",
    "tracking.Erasure.subject_id": "which ids were erased, so that a restored backup can be told",
}
"""Columns that name a child by its id in rows that outlive it."""

CLINICS_OWN = {
    "pghistory.MiddlewareEvents": "unused: history carries no context (docs/adr/0012)",
}
"""Tables of packages that name a person and do not go with the account."""


def test_every_table_that_names_a_child_or_a_part_of_its_record_goes_with_it() -> None:
    reached = reached_from(Child)
    assert len(reached) > 50
    left = {
        f"{table._meta.label}.{column.name}"
        for table in tables()
        if table not in reached
        for column in table._meta.concrete_fields
        if column.related_model in reached and column.related_model is not User
    }
    assert left == set(), "these name a part of a record and would stay, pointing at nothing"


def test_no_column_hides_a_child_from_the_walk() -> None:
    reached = reached_from(Child)
    named = {
        f"{table._meta.label}.{column.attname}"
        for table in tables()
        if table not in reached
        for column in table._meta.concrete_fields
        if "child_id" in column.attname or column.attname == "subject_id"
        if not isinstance(column, ForeignKey)
    }
    assert named <= set(STAYS)
    assert {name for name in STAYS if "child_id" in name} <= named, "these are no columns any more"


def test_every_table_of_the_packages_we_use_goes_with_the_account_it_names() -> None:
    naming = {
        table._meta.label
        for table in tables()
        if not is_of_a_clinic(table)
        for column in table._meta.concrete_fields
        if column.related_model is User and column.remote_field.on_delete is not CASCADE
    }
    assert naming <= set(CLINICS_OWN)


def test_words_about_a_person_are_columns_beside_the_one_that_names_them() -> None:
    for table in tables():
        for column, words in getattr(table, "words_about", {}).items():
            assert table._meta.get_field(column).related_model is User
            for name in words:
                table._meta.get_field(name)


def test_a_column_with_the_name_of_a_file_is_known_as_one() -> None:
    for table in tables():
        for column in table._meta.concrete_fields:
            is_told = "name in storage" in column.help_text
            if is_told or column.name in {"recording", "file_name", "sent_file_name"}:
                assert isinstance(column, FileNameField), f"{table._meta.label}.{column.name}"


def test_what_is_never_changed_lets_itself_be_erased(db: None) -> None:
    """A trigger that refuses a DELETE on something of a child or a person has the one exception."""
    going = {table._meta.db_table for table in reached_from(Child) | reached_from(User)}
    going |= {
        table._meta.db_table
        for table in tables()
        if is_of_a_clinic(table)
        for column in table._meta.concrete_fields
        if column.related_model is User
    }
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, pg_get_functiondef(tgfoid) FROM pg_trigger"
            " WHERE NOT tgisinternal AND tgtype & 2 > 0"
        )
        refusing = [(table, source) for table, source in cursor.fetchall() if "RAISE EXCEPTION" in source]
    assert len(refusing) > 10
    assert {
        table for table, source in refusing if table in going and "littlefoot_is_erasing()" not in source
    } == set(), "give their migration append_only(…, until_erased=True)"


def test_every_history_names_the_row_it_is_of(db: None) -> None:
    for tracked, history in histories().items():
        assert history._meta.get_field("pgh_obj").related_model is tracked


def test_erasing_sees_every_table(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relforcerowsecurity AND NOT EXISTS (SELECT FROM pg_policy"
            " WHERE polrelid = pg_class.oid AND polname = 'littlefoot_erasing')"
        )
        assert cursor.fetchall() == []
