"""A household says it in its own words, and in its own voice."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import clinic.models.clinics
from clinic import rls


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0005_say_by_whose_word_a_child_is_where"),
        ("tracking", "0020_leave_days_out"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FamilyWords",
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
                ("about", models.CharField(max_length=80)),
                ("words", models.TextField(blank=True)),
                (
                    "language",
                    models.CharField(blank=True, help_text="of its words, a BCP 47 tag", max_length=16),
                ),
                ("recording", models.CharField(blank=True, max_length=120)),
                ("is_shared", models.BooleanField(default=False, help_text="with the care team")),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="family_words",
                        to="clinic.child",
                    ),
                ),
                (
                    "clinic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.family"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="FamilyWordsEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "id",
                    models.UUIDField(default=clinic.models.clinics.new_id, editable=False, serialize=False),
                ),
                ("about", models.CharField(max_length=80)),
                ("words", models.TextField(blank=True)),
                (
                    "language",
                    models.CharField(blank=True, help_text="of its words, a BCP 47 tag", max_length=16),
                ),
                ("recording", models.CharField(blank=True, max_length=120)),
                ("is_shared", models.BooleanField(default=False, help_text="with the care team")),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="clinic.child",
                    ),
                ),
                (
                    "clinic",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="clinic.clinic",
                    ),
                ),
                (
                    "family",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="clinic.family",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="tracking.familywords",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="familywords",
            constraint=models.UniqueConstraint(
                models.F("child"),
                models.F("family"),
                models.F("about"),
                name="a_household_has_its_words_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="familywords",
            constraint=models.CheckConstraint(
                condition=models.Q(("recording", ""), ("words", ""), _negated=True),
                name="own_words_are_written_or_spoken",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="familywords",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "tracking_familywordsevent" ("about", "at", "by_id", "child_id", "clinic_id", "family_id", "id", "is_shared", "language", "pgh_created_at", "pgh_label", "pgh_obj_id", "recording", "words") VALUES (NEW."about", NEW."at", NEW."by_id", NEW."child_id", NEW."clinic_id", NEW."family_id", NEW."id", NEW."is_shared", NEW."language", NOW(), \'insert\', NEW."id", NEW."recording", NEW."words"); RETURN NULL;',
                    hash="a8ff9fdb7c1948013e8dba11f5dde85c47ef9dc7",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_9aa56",
                    table="tracking_familywords",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="familywords",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "tracking_familywordsevent" ("about", "at", "by_id", "child_id", "clinic_id", "family_id", "id", "is_shared", "language", "pgh_created_at", "pgh_label", "pgh_obj_id", "recording", "words") VALUES (NEW."about", NEW."at", NEW."by_id", NEW."child_id", NEW."clinic_id", NEW."family_id", NEW."id", NEW."is_shared", NEW."language", NOW(), \'update\', NEW."id", NEW."recording", NEW."words"); RETURN NULL;',
                    hash="ca0c94e7607122e95eec47f29fbd6572b466fea9",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_85e58",
                    table="tracking_familywords",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="familywords",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "tracking_familywordsevent" ("about", "at", "by_id", "child_id", "clinic_id", "family_id", "id", "is_shared", "language", "pgh_created_at", "pgh_label", "pgh_obj_id", "recording", "words") VALUES (OLD."about", OLD."at", OLD."by_id", OLD."child_id", OLD."clinic_id", OLD."family_id", OLD."id", OLD."is_shared", OLD."language", NOW(), \'delete\', OLD."id", OLD."recording", OLD."words"); RETURN NULL;',
                    hash="35cd03edd0d4689c100eb8c48f02607d8bf3d890",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_0f165",
                    table="tracking_familywords",
                    when="AFTER",
                ),
            ),
        ),
        rls.same_clinic("tracking_familywords", ("child_id", "clinic_child"), ("family_id", "clinic_family")),
    ]
