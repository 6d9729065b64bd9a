"""Every row carries its clinic, every reference stays inside it, every table has a way to keep its past."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models
from pghistory.models import Event

from clinic import models as clinic_models
from clinic.migrating import know_audit_codes
from clinic.models import Clinic, ClinicRow
from clinic.vocabulary import AuditCode
from tests.cast import Cast
from tests.database import as_owner
from tracking import models as tracking_models
from tracking.models import Entry

OURS = ("clinic", "tracking")

WITHOUT_CLINIC = {
    "clinic.Clinic": "is the clinic",
    "clinic.User": "identity is global: staff here, guardian there",
    "clinic.AuditEvent": "carries clinic_id as a plain column, which strangers have none of",
    "clinic.AuditSeal": "carries clinic_id as what it seals does",
    "tracking.Contraindication": "built in, the same for everybody",
    "tracking.FeedEpoch": "since when cursors hold: nobody's data",
    "tracking.FeedMark": "how far changes had been written: nobody's data",
    "tracking.ProviderStanding": "whether a mail server or a push service answers: nobody's data",
    "tracking.CalendarFeed": "a person's own, whichever clinics know them",
    "tracking.PhoneNumber": "as above",
    "tracking.PushSubscription": "as above",
    "tracking.ReachWishes": "as above",
}

CLINIC_OR_BUILT_IN = {
    "tracking.Stroke",
    "tracking.StrokeVersion",
    "tracking.StrokeWords",
    "tracking.Preset",
    "tracking.PresetWords",
    "tracking.LibraryText",
}
"""The library: a clinic's own row carries it, a built-in one has none."""


class Past(StrEnum):
    """How a table keeps what was."""

    HISTORY = "every state a row had, by pghistory's triggers"
    REVISIONS = "a correction is a new row; a trigger refuses to change one"
    PUBLISHED = "changes while it is a draft; published, a trigger refuses to change it"
    APPEND_ONLY = "a trigger refuses to change or delete"
    VERSIONS = "a new text or number is a new row, by its loader; nothing changes one"
    DATED = "rows are added, and ended by columns of their own"
    ADDED = "rows are only added, and removed with what they belong to"
    STEPS = "a row goes once through its states to a last one, and says when"
    LATEST = "only the latest matters: how far somebody has read, how they wish to be reached"
    COUNTED = "made from other rows, in parts that are laid together; a command compares"
    IDENTITY = "the account of a person; the audit says what happened to it"


PASTS: dict[str, Past] = {
    "clinic.Clinic": Past.HISTORY,
    "clinic.ClinicMembership": Past.HISTORY,
    "clinic.Family": Past.HISTORY,
    "clinic.RoutineTime": Past.HISTORY,
    "clinic.Child": Past.HISTORY,
    "clinic.Precaution": Past.HISTORY,
    "clinic.ChildHome": Past.HISTORY,
    "clinic.ChildHomeException": Past.HISTORY,
    "clinic.ChildHomeWeek": Past.HISTORY,
    "clinic.CaregiverGrant": Past.HISTORY,
    "clinic.CareTeam": Past.HISTORY,
    "clinic.Episode": Past.HISTORY,
    "clinic.User": Past.IDENTITY,
    "clinic.Consent": Past.APPEND_ONLY,
    "clinic.ConsentText": Past.STEPS,
    "clinic.Invitation": Past.STEPS,
    "clinic.BreakGlass": Past.STEPS,
    "clinic.SignInCode": Past.STEPS,
    "clinic.AuditEvent": Past.APPEND_ONLY,
    "clinic.AuditSeal": Past.APPEND_ONLY,
    "tracking.Concern": Past.APPEND_ONLY,
    "tracking.ConcernPlan": Past.HISTORY,
    "tracking.ConcernPhoto": Past.ADDED,
    "tracking.PhotoKeeping": Past.DATED,
    "tracking.HomeProgram": Past.HISTORY,
    "tracking.Goal": Past.HISTORY,
    "tracking.AfterCare": Past.HISTORY,
    "tracking.Note": Past.HISTORY,
    "tracking.StrokeMedia": Past.HISTORY,
    "tracking.ReminderRule": Past.HISTORY,
    "tracking.FamilyWords": Past.HISTORY,
    "tracking.Strategy": Past.HISTORY,
    "tracking.ChildSign": Past.HISTORY,
    "tracking.Contact": Past.HISTORY,
    "tracking.GroupClass": Past.HISTORY,
    "tracking.ClassDate": Past.HISTORY,
    "tracking.ContactPresence": Past.HISTORY,
    "tracking.ServiceLabel": Past.HISTORY,
    "tracking.MassageSession": Past.REVISIONS,
    "tracking.Bedtime": Past.REVISIONS,
    "tracking.TactileObservation": Past.REVISIONS,
    "tracking.StimulusDay": Past.REVISIONS,
    "tracking.ProgramVersion": Past.PUBLISHED,
    "tracking.ProgramSchedule": Past.PUBLISHED,
    "tracking.ProgramSlot": Past.PUBLISHED,
    "tracking.ProgramStep": Past.PUBLISHED,
    "tracking.ConflictAcknowledgement": Past.PUBLISHED,
    "tracking.Stroke": Past.VERSIONS,
    "tracking.StrokeVersion": Past.VERSIONS,
    "tracking.StrokeWords": Past.VERSIONS,
    "tracking.Preset": Past.VERSIONS,
    "tracking.PresetWords": Past.VERSIONS,
    "tracking.Contraindication": Past.VERSIONS,
    "tracking.LibraryText": Past.VERSIONS,
    "tracking.ProgramPause": Past.DATED,
    "tracking.ClassPlace": Past.DATED,
    "tracking.ExcusedDay": Past.DATED,
    "tracking.TrackedStimulus": Past.DATED,
    "tracking.CheckIn": Past.DATED,
    "tracking.ChildStrategy": Past.DATED,
    "tracking.HiddenLibraryItem": Past.ADDED,
    "tracking.WordingAdoption": Past.ADDED,
    "tracking.GoalRating": Past.ADDED,
    "tracking.Assessment": Past.ADDED,
    "tracking.Message": Past.ADDED,
    "tracking.Demonstration": Past.APPEND_ONLY,
    "tracking.Change": Past.ADDED,
    "tracking.ClinicDay": Past.COUNTED,
    "tracking.ClinicMonth": Past.APPEND_ONLY,
    "tracking.ClinicReport": Past.STEPS,
    "tracking.ListedChild": Past.ADDED,
    "tracking.OutcomesSchedule": Past.STEPS,
    "tracking.FeedEpoch": Past.ADDED,
    "tracking.FeedMark": Past.LATEST,
    "tracking.ProviderStanding": Past.LATEST,
    "tracking.QuarantinedEntry": Past.STEPS,
    "tracking.WriteReceipt": Past.ADDED,
    "tracking.ReminderOccurrence": Past.ADDED,
    "tracking.ReminderMute": Past.ADDED,
    "tracking.ApartAnswer": Past.ADDED,
    "tracking.AskPlan": Past.ADDED,
    "tracking.ChartChoice": Past.ADDED,
    "tracking.Flag": Past.STEPS,
    "tracking.FlagEscalation": Past.ADDED,
    "tracking.FlagText": Past.STEPS,
    "tracking.ReaderGap": Past.STEPS,
    "tracking.FlagAcknowledgement": Past.ADDED,
    "tracking.FlagSnooze": Past.ADDED,
    "tracking.FlagThreshold": Past.APPEND_ONLY,
    "tracking.FlagSwitch": Past.APPEND_ONLY,
    "tracking.FlagResponse": Past.APPEND_ONLY,
    "tracking.ClinicHours": Past.DATED,
    "tracking.ClinicClosure": Past.DATED,
    "tracking.ChosenAdvice": Past.DATED,
    "tracking.Cosigning": Past.STEPS,
    "tracking.Supervision": Past.ADDED,
    "tracking.SafeguardingLead": Past.DATED,
    "tracking.SafeguardingNote": Past.APPEND_ONLY,
    "tracking.RecordExport": Past.STEPS,
    "tracking.Report": Past.STEPS,
    "tracking.ReportAddendum": Past.APPEND_ONLY,
    "tracking.ReportSchedule": Past.STEPS,
    "tracking.ReminderDelivery": Past.STEPS,
    "tracking.Notice": Past.STEPS,
    "tracking.Erasure": Past.STEPS,
    "tracking.ErasureRequest": Past.STEPS,
    "tracking.RecordHold": Past.DATED,
    "tracking.RetentionPeriod": Past.APPEND_ONLY,
    "tracking.RetentionRun": Past.ADDED,
    "tracking.HandOffLook": Past.LATEST,
    "tracking.ThreadRead": Past.LATEST,
    "tracking.ReachWishes": Past.LATEST,
    "tracking.PhoneNumber": Past.LATEST,
    "tracking.PushSubscription": Past.ADDED,
    "tracking.CalendarFeed": Past.DATED,
}


def ours() -> list[type[models.Model]]:
    """Every model of the product, history's own and those made by a many-to-many aside."""
    return [
        model
        for label in OURS
        for model in apps.get_app_config(label).get_models()
        if not issubclass(model, Event)
    ]


def histories() -> dict[type[models.Model], type[models.Model]]:
    """The history of each model that has one."""
    return {
        model.pgh_tracked_model: model
        for label in OURS
        for model in apps.get_app_config(label).get_models()
        if issubclass(model, Event)
    }


# ---- the clinic of a row --------------------------------------------------------------------------------


def test_every_row_has_a_clinic_or_a_reason() -> None:
    for model in ours():
        label = model._meta.label
        if label in WITHOUT_CLINIC:
            continue
        clinic = model._meta.get_field("clinic")
        assert clinic.related_model is Clinic, label
        assert clinic.null == (label in CLINIC_OR_BUILT_IN), label


def test_the_reasons_are_not_stale() -> None:
    labels = {model._meta.label: model for model in ours()}
    for label in WITHOUT_CLINIC:
        fields = {field.name for field in labels[label]._meta.get_fields() if not field.auto_created}
        assert "clinic" not in fields, f"{label} has a clinic now"
    for label in CLINIC_OR_BUILT_IN:
        assert not issubclass(labels[label], ClinicRow), f"{label} has a clinic of its own now"


def test_a_history_carries_the_clinic_of_its_rows() -> None:
    for tracked, history in histories().items():
        names = {field.name for field in history._meta.get_fields()}
        assert tracked is Clinic or "clinic" in names, history._meta.label


# ---- references stay inside a clinic --------------------------------------------------------------------


def references() -> Iterator[tuple[str, str, str]]:
    """(table, column, other table) for each foreign key from a clinic's row to a clinic's row."""
    for model in ours():
        if not issubclass(model, ClinicRow):
            continue
        for field in model._meta.concrete_fields:
            other = field.related_model
            if isinstance(other, type) and issubclass(other, ClinicRow):
                yield model._meta.db_table, field.column, other._meta.db_table


COMPOSITE = """
SELECT c.conrelid::regclass::text, c.confrelid::regclass::text,
    (SELECT array_agg(a.attname::text ORDER BY k.place) FROM unnest(c.conkey) WITH ORDINALITY k(n, place)
     JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.n),
    (SELECT array_agg(a.attname::text ORDER BY k.place) FROM unnest(c.confkey) WITH ORDINALITY k(n, place)
     JOIN pg_attribute a ON a.attrelid = c.confrelid AND a.attnum = k.n)
FROM pg_constraint c WHERE c.contype = 'f' AND c.convalidated AND cardinality(c.conkey) = 2
"""


def test_every_reference_between_a_clinics_rows_carries_the_clinic(cast: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute(COMPOSITE)
        kept = {
            (table, columns[0], other)
            for table, other, columns, others in cursor.fetchall()
            if columns[1:] == ["clinic_id"] and others == ["id", "clinic_id"]
        }
    declared = set(references())
    assert len(declared) > 40
    assert not declared - kept, "add rls.same_clinic for these in a migration"


# ---- the past of a table --------------------------------------------------------------------------------


def test_every_table_says_how_it_keeps_its_past() -> None:
    labels = {model._meta.label for model in ours()}
    assert not labels - set(PASTS), "say in PASTS how these keep their past"
    assert not set(PASTS) - labels, "these are no tables any more"


def test_what_is_said_to_have_history_has_it_and_nothing_else() -> None:
    with_history = {model._meta.label for model in histories()}
    assert with_history == {label for label, past in PASTS.items() if past is Past.HISTORY}


def test_what_is_said_to_be_kept_by_a_trigger_is(cast: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, array_agg(tgname::text), bool_or(tgtype & 16 > 0)"
            " FROM pg_trigger WHERE NOT tgisinternal GROUP BY 1"
        )
        triggers = {table: (names, guards_update) for table, names, guards_update in cursor.fetchall()}
    ending = {Past.REVISIONS: "_stays", Past.PUBLISHED: "_stays", Past.APPEND_ONLY: "_append_only"}
    for label, past in PASTS.items():
        if past in ending:
            names, guards_update = triggers[apps.get_model(label)._meta.db_table]
            assert guards_update, label
            assert any(name.endswith(ending[past]) for name in names), label


def test_every_kind_of_entry_grows_by_revisions() -> None:
    entries = {model._meta.label for model in ours() if issubclass(model, Entry)}
    assert entries == {label for label, past in PASTS.items() if past is Past.REVISIONS}


# ---- words of a vocabulary ------------------------------------------------------------------------------

AUDIT_CODES = """
SELECT array_agg(told[1])
FROM pg_constraint, regexp_matches(pg_get_constraintdef(oid), $$'(\\w+)'$$, 'g') told
WHERE conname = 'an_audit_event_is_of_a_known_code'
"""


@pytest.mark.usefixtures("django_db_setup")
def test_the_database_knows_the_codes_of_the_audit_and_no_others() -> None:
    with as_owner() as cursor:
        known = set(cursor.execute(AUDIT_CODES).fetchone()[0])
    assert not set(AuditCode) - known, "add know_audit_codes for these in a migration"
    assert not known - set(AuditCode), "these are no codes any more"


@pytest.mark.usefixtures("django_db_setup")
def test_a_migration_names_new_codes_of_the_audit_alone() -> None:
    with as_owner() as cursor:
        before = cursor.execute(AUDIT_CODES).fetchone()[0]
        cursor.execute(know_audit_codes("yawned", "stretched").sql)
        after = cursor.execute(AUDIT_CODES).fetchone()[0]
        cursor.connection.rollback()
    assert after == [*before, "yawned", "stretched"]


# ---- migrations and names -------------------------------------------------------------------------------


def test_migrations_are_complete(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("makemigrations", check=True, dry_run=True)
    assert "No changes detected" in capsys.readouterr().out


def test_models_are_exported_where_others_import_them() -> None:
    for package, label in ((clinic_models, "clinic"), (tracking_models, "tracking")):
        named = {model.__name__ for model in ours() if model._meta.app_label == label}
        assert named <= set(package.__all__)


def test_nothing_is_ordered_behind_the_readers_back() -> None:
    assert [model._meta.label for model in ours() if model._meta.ordering] == []


def test_rows_are_spoken_of_by_kind_and_id() -> None:
    for model in ours():
        if model is not tracking_models.Contraindication:
            row = model()
            assert str(row.pk) in str(row), model._meta.label
