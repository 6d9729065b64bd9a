"""What a family wishes of its reminders, and which of them was the last one said gently."""

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

from clinic import rls


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0003_build_the_second_wall"),
        ("tracking", "0009_keep_how_people_are_reached"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="reminderrule",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="reminderrule",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="reminderrule",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="remindermute",
            name="chosen_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="reminderoccurrence",
            name="is_gentle",
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name="reminderrule",
            name="counts_from",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="reminderrule",
            name="only_on_home_days",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="reminderrule",
            name="paused_through",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="reminderrule",
            name="weekdays",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.PositiveSmallIntegerField(), blank=True, default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="reminderruleevent",
            name="counts_from",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="reminderruleevent",
            name="only_on_home_days",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="reminderruleevent",
            name="paused_through",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="reminderruleevent",
            name="weekdays",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.PositiveSmallIntegerField(), blank=True, default=list, size=None
            ),
        ),
        migrations.AlterField(
            model_name="reminderrule",
            name="muted_by",
            field=models.ManyToManyField(
                related_name="+",
                through="tracking.ReminderMute",
                through_fields=("rule", "user"),
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="reminderoccurrence",
            index=models.Index(
                condition=models.Q(("is_gentle", True)),
                fields=["child", "local_day"],
                name="gentle_reminders_of_a_child",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reminderrule",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "tracking_reminderruleevent" ("child_id", "clinic_id", "counts_from", "family_id", "id", "is_on", "lock_version", "next_on", "next_plan_at", "only_on_home_days", "paused_through", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "slot_number", "weekdays") VALUES (NEW."child_id", NEW."clinic_id", NEW."counts_from", NEW."family_id", NEW."id", NEW."is_on", NEW."lock_version", NEW."next_on", NEW."next_plan_at", NEW."only_on_home_days", NEW."paused_through", NOW(), \'insert\', NEW."id", NEW."program_id", NEW."slot_number", NEW."weekdays"); RETURN NULL;',
                    hash="357eff4397660647ad1b889f6178284ab7476f59",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_0f6df",
                    table="tracking_reminderrule",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reminderrule",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."child_id" IS DISTINCT FROM (NEW."child_id") OR OLD."clinic_id" IS DISTINCT FROM (NEW."clinic_id") OR OLD."counts_from" IS DISTINCT FROM (NEW."counts_from") OR OLD."family_id" IS DISTINCT FROM (NEW."family_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_on" IS DISTINCT FROM (NEW."is_on") OR OLD."lock_version" IS DISTINCT FROM (NEW."lock_version") OR OLD."only_on_home_days" IS DISTINCT FROM (NEW."only_on_home_days") OR OLD."paused_through" IS DISTINCT FROM (NEW."paused_through") OR OLD."program_id" IS DISTINCT FROM (NEW."program_id") OR OLD."slot_number" IS DISTINCT FROM (NEW."slot_number") OR OLD."weekdays" IS DISTINCT FROM (NEW."weekdays"))',
                    func='INSERT INTO "tracking_reminderruleevent" ("child_id", "clinic_id", "counts_from", "family_id", "id", "is_on", "lock_version", "next_on", "next_plan_at", "only_on_home_days", "paused_through", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "slot_number", "weekdays") VALUES (NEW."child_id", NEW."clinic_id", NEW."counts_from", NEW."family_id", NEW."id", NEW."is_on", NEW."lock_version", NEW."next_on", NEW."next_plan_at", NEW."only_on_home_days", NEW."paused_through", NOW(), \'update\', NEW."id", NEW."program_id", NEW."slot_number", NEW."weekdays"); RETURN NULL;',
                    hash="02c252141a08bc3ee3095d283632ca9a0c180a54",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_59feb",
                    table="tracking_reminderrule",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reminderrule",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "tracking_reminderruleevent" ("child_id", "clinic_id", "counts_from", "family_id", "id", "is_on", "lock_version", "next_on", "next_plan_at", "only_on_home_days", "paused_through", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "slot_number", "weekdays") VALUES (OLD."child_id", OLD."clinic_id", OLD."counts_from", OLD."family_id", OLD."id", OLD."is_on", OLD."lock_version", OLD."next_on", OLD."next_plan_at", OLD."only_on_home_days", OLD."paused_through", NOW(), \'delete\', OLD."id", OLD."program_id", OLD."slot_number", OLD."weekdays"); RETURN NULL;',
                    hash="02c5143745ac6a040de76259acc2630654c1a54b",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_b2ab8",
                    table="tracking_reminderrule",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="reminderrule",
            constraint=models.CheckConstraint(
                condition=models.Q(("weekdays__contained_by", [0, 1, 2, 3, 4, 5, 6])),
                name="a_wished_weekday_is_one_of_seven",
            ),
        ),
        rls.admit_job("tracking_flagthreshold", "reminders"),
    ]
