"""Clips of strokes wait until they are drawn anew; pictures and clips have an order and keep their past."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import clinic.models.clinics


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0003_audit_more_of_what_happens"),
        ("tracking", "0006_say_in_which_language_words_are"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="StrokeMediaEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "id",
                    models.UUIDField(default=clinic.models.clinics.new_id, editable=False, serialize=False),
                ),
                ("kind", models.CharField(max_length=20)),
                (
                    "place",
                    models.PositiveSmallIntegerField(default=0, help_text="from the first to the last shown"),
                ),
                ("state", models.CharField(default="ready", max_length=20)),
                (
                    "claimed_at",
                    models.DateTimeField(blank=True, help_text="when a worker began with it", null=True),
                ),
                ("failure_code", models.CharField(blank=True, max_length=40)),
                (
                    "file_name",
                    models.CharField(blank=True, help_text="the random name in storage", max_length=120),
                ),
                (
                    "sent_file_name",
                    models.CharField(blank=True, help_text="as sent, until it is drawn anew", max_length=120),
                ),
                ("alt_text", models.CharField(max_length=300)),
                ("uploaded_at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="strokemedia",
            name="claimed_at",
            field=models.DateTimeField(blank=True, help_text="when a worker began with it", null=True),
        ),
        migrations.AddField(
            model_name="strokemedia",
            name="failure_code",
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddField(
            model_name="strokemedia",
            name="place",
            field=models.PositiveSmallIntegerField(default=0, help_text="from the first to the last shown"),
        ),
        migrations.AddField(
            model_name="strokemedia",
            name="sent_file_name",
            field=models.CharField(blank=True, help_text="as sent, until it is drawn anew", max_length=120),
        ),
        migrations.AddField(
            model_name="strokemedia",
            name="state",
            field=models.CharField(default="ready", max_length=20),
        ),
        migrations.AlterField(
            model_name="strokemedia",
            name="file_name",
            field=models.CharField(blank=True, help_text="the random name in storage", max_length=120),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="strokemedia",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "tracking_strokemediaevent" ("alt_text", "claimed_at", "clinic_id", "failure_code", "file_name", "id", "kind", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "sent_file_name", "state", "stroke_id", "uploaded_at", "uploaded_by_id") VALUES (NEW."alt_text", NEW."claimed_at", NEW."clinic_id", NEW."failure_code", NEW."file_name", NEW."id", NEW."kind", NOW(), \'insert\', NEW."id", NEW."place", NEW."sent_file_name", NEW."state", NEW."stroke_id", NEW."uploaded_at", NEW."uploaded_by_id"); RETURN NULL;',
                    hash="49adf726f8941f08df44415a86487926a81cdbc2",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_48bd3",
                    table="tracking_strokemedia",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="strokemedia",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."alt_text" IS DISTINCT FROM (NEW."alt_text") OR OLD."clinic_id" IS DISTINCT FROM (NEW."clinic_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."place" IS DISTINCT FROM (NEW."place") OR OLD."stroke_id" IS DISTINCT FROM (NEW."stroke_id") OR OLD."uploaded_at" IS DISTINCT FROM (NEW."uploaded_at") OR OLD."uploaded_by_id" IS DISTINCT FROM (NEW."uploaded_by_id"))',
                    func='INSERT INTO "tracking_strokemediaevent" ("alt_text", "claimed_at", "clinic_id", "failure_code", "file_name", "id", "kind", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "sent_file_name", "state", "stroke_id", "uploaded_at", "uploaded_by_id") VALUES (NEW."alt_text", NEW."claimed_at", NEW."clinic_id", NEW."failure_code", NEW."file_name", NEW."id", NEW."kind", NOW(), \'update\', NEW."id", NEW."place", NEW."sent_file_name", NEW."state", NEW."stroke_id", NEW."uploaded_at", NEW."uploaded_by_id"); RETURN NULL;',
                    hash="a8b51aa15d16bbc5b38b55a21a63dc31d5d67ffd",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_aaba4",
                    table="tracking_strokemedia",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="strokemedia",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "tracking_strokemediaevent" ("alt_text", "claimed_at", "clinic_id", "failure_code", "file_name", "id", "kind", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "sent_file_name", "state", "stroke_id", "uploaded_at", "uploaded_by_id") VALUES (OLD."alt_text", OLD."claimed_at", OLD."clinic_id", OLD."failure_code", OLD."file_name", OLD."id", OLD."kind", NOW(), \'delete\', OLD."id", OLD."place", OLD."sent_file_name", OLD."state", OLD."stroke_id", OLD."uploaded_at", OLD."uploaded_by_id"); RETURN NULL;',
                    hash="3e0de9afb06b7b32ae4fe3ffde153ddc31573406",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_beb6f",
                    table="tracking_strokemedia",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="strokemedia",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["waiting", "working", "ready", "failed"])),
                name="media_are_in_a_known_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="strokemedia",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "ready"), _negated=True),
                    models.Q(("file_name", ""), _negated=True),
                    _connector="OR",
                ),
                name="ready_media_have_a_file",
            ),
        ),
        migrations.AddField(
            model_name="strokemediaevent",
            name="clinic",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="clinic.clinic",
            ),
        ),
        migrations.AddField(
            model_name="strokemediaevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="tracking.strokemedia",
            ),
        ),
        migrations.AddField(
            model_name="strokemediaevent",
            name="stroke",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="tracking.stroke",
            ),
        ),
        migrations.AddField(
            model_name="strokemediaevent",
            name="uploaded_by",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
    ]
