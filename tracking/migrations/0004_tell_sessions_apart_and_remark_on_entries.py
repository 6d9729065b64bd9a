"""Possible duplicates may be told apart, and notes remark on entries."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import clinic.models.clinics
from clinic import rls


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0002_keep_rows_in_their_clinic"),
        ("tracking", "0003_name_the_message_that_carried_another"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ApartAnswer",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=clinic.models.clinics.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("one", models.UUIDField()),
                ("other", models.UUIDField(help_text="the larger id of the two")),
                ("at", models.DateTimeField()),
            ],
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="note",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="note",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="note",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="note",
            name="about_entry",
            field=models.UUIDField(blank=True, help_text="client id of the entry it remarks on", null=True),
        ),
        migrations.AddField(
            model_name="noteevent",
            name="about_entry",
            field=models.UUIDField(blank=True, help_text="client id of the entry it remarks on", null=True),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="note",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "tracking_noteevent" ("about_entry", "author_id", "body", "child_id", "clinic_id", "id", "is_private", "lock_version", "pgh_created_at", "pgh_label", "pgh_obj_id", "written_at") VALUES (NEW."about_entry", NEW."author_id", NEW."body", NEW."child_id", NEW."clinic_id", NEW."id", NEW."is_private", NEW."lock_version", NOW(), \'insert\', NEW."id", NEW."written_at"); RETURN NULL;',
                    hash="9666810c01bd3e9c4218b8c729870143a477a935",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_d6c84",
                    table="tracking_note",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="note",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "tracking_noteevent" ("about_entry", "author_id", "body", "child_id", "clinic_id", "id", "is_private", "lock_version", "pgh_created_at", "pgh_label", "pgh_obj_id", "written_at") VALUES (NEW."about_entry", NEW."author_id", NEW."body", NEW."child_id", NEW."clinic_id", NEW."id", NEW."is_private", NEW."lock_version", NOW(), \'update\', NEW."id", NEW."written_at"); RETURN NULL;',
                    hash="4d9b46a1fc2266864f7328bac58bee3b18c8ede5",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_44613",
                    table="tracking_note",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="note",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "tracking_noteevent" ("about_entry", "author_id", "body", "child_id", "clinic_id", "id", "is_private", "lock_version", "pgh_created_at", "pgh_label", "pgh_obj_id", "written_at") VALUES (OLD."about_entry", OLD."author_id", OLD."body", OLD."child_id", OLD."clinic_id", OLD."id", OLD."is_private", OLD."lock_version", NOW(), \'delete\', OLD."id", OLD."written_at"); RETURN NULL;',
                    hash="320d7922e4e34339e034919d4dcf3b1bdf6b4047",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_4db5b",
                    table="tracking_note",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="apartanswer",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="apartanswer",
            name="child",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="apart_answers", to="clinic.child"
            ),
        ),
        migrations.AddField(
            model_name="apartanswer",
            name="clinic",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
            ),
        ),
        migrations.AddConstraint(
            model_name="apartanswer",
            constraint=models.UniqueConstraint(
                models.F("child"), models.F("one"), models.F("other"), name="two_sessions_are_told_apart_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="apartanswer",
            constraint=models.CheckConstraint(
                condition=models.Q(("one__lt", models.F("other"))),
                name="two_sessions_are_told_apart_in_order",
            ),
        ),
        rls.same_clinic("tracking_apartanswer", ("child_id", "clinic_child")),
    ]
