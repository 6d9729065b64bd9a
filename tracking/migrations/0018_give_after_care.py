"""What a family takes along when care ends."""

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
        ("tracking", "0017_keep_demonstrations"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="AfterCare",
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
                ("words", models.TextField(blank=True)),
                ("summary", models.TextField(blank=True)),
                (
                    "language",
                    models.CharField(blank=True, help_text="of its words, a BCP 47 tag", max_length=16),
                ),
                ("written_at", models.DateTimeField()),
                (
                    "follow_up_on",
                    models.DateField(blank=True, help_text="the day the clinic looks again", null=True),
                ),
                ("followed_up_at", models.DateTimeField(blank=True, null=True)),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="clinic.child"
                    ),
                ),
                (
                    "clinic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
                    ),
                ),
                (
                    "episode",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="clinic.episode"
                    ),
                ),
                (
                    "followed_up_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "program",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracking.homeprogram",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AfterCareEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "id",
                    models.UUIDField(default=clinic.models.clinics.new_id, editable=False, serialize=False),
                ),
                ("words", models.TextField(blank=True)),
                ("summary", models.TextField(blank=True)),
                (
                    "language",
                    models.CharField(blank=True, help_text="of its words, a BCP 47 tag", max_length=16),
                ),
                ("written_at", models.DateTimeField()),
                (
                    "follow_up_on",
                    models.DateField(blank=True, help_text="the day the clinic looks again", null=True),
                ),
                ("followed_up_at", models.DateTimeField(blank=True, null=True)),
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
                    "episode",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="clinic.episode",
                    ),
                ),
                (
                    "followed_up_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="tracking.aftercare",
                    ),
                ),
                (
                    "program",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="tracking.homeprogram",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="aftercare",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("followed_up_at__isnull", True), ("follow_up_on__isnull", False), _connector="OR"
                ),
                name="only_a_day_to_look_again_is_looked_at",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="aftercare",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "tracking_aftercareevent" ("child_id", "clinic_id", "episode_id", "follow_up_on", "followed_up_at", "followed_up_by_id", "id", "language", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "summary", "words", "written_at", "written_by_id") VALUES (NEW."child_id", NEW."clinic_id", NEW."episode_id", NEW."follow_up_on", NEW."followed_up_at", NEW."followed_up_by_id", NEW."id", NEW."language", NOW(), \'insert\', NEW."id", NEW."program_id", NEW."summary", NEW."words", NEW."written_at", NEW."written_by_id"); RETURN NULL;',
                    hash="5689096e142bb2806c78ff2d1d7cdb326c689772",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_feaca",
                    table="tracking_aftercare",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="aftercare",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "tracking_aftercareevent" ("child_id", "clinic_id", "episode_id", "follow_up_on", "followed_up_at", "followed_up_by_id", "id", "language", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "summary", "words", "written_at", "written_by_id") VALUES (NEW."child_id", NEW."clinic_id", NEW."episode_id", NEW."follow_up_on", NEW."followed_up_at", NEW."followed_up_by_id", NEW."id", NEW."language", NOW(), \'update\', NEW."id", NEW."program_id", NEW."summary", NEW."words", NEW."written_at", NEW."written_by_id"); RETURN NULL;',
                    hash="51dc561b9b41209095416633f69cd524aafb5eb2",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_02bab",
                    table="tracking_aftercare",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="aftercare",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "tracking_aftercareevent" ("child_id", "clinic_id", "episode_id", "follow_up_on", "followed_up_at", "followed_up_by_id", "id", "language", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "summary", "words", "written_at", "written_by_id") VALUES (OLD."child_id", OLD."clinic_id", OLD."episode_id", OLD."follow_up_on", OLD."followed_up_at", OLD."followed_up_by_id", OLD."id", OLD."language", NOW(), \'delete\', OLD."id", OLD."program_id", OLD."summary", OLD."words", OLD."written_at", OLD."written_by_id"); RETURN NULL;',
                    hash="10cb44b87745da702bc101ffd6e703212450cbaf",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_a5575",
                    table="tracking_aftercare",
                    when="AFTER",
                ),
            ),
        ),
        rls.keyed_by_clinic("clinic_episode"),
        rls.same_clinic(
            "tracking_aftercare",
            ("child_id", "clinic_child"),
            ("episode_id", "clinic_episode"),
            ("program_id", "tracking_homeprogram"),
        ),
    ]
