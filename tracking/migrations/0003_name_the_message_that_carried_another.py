"""A merged delivery names its carrier; moving a rule to its next day makes no history."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from clinic import rls


class Migration(migrations.Migration):
    dependencies = [
        ("tracking", "0002_keep_rows_in_their_clinic"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="reminderrule",
            name="update_update",
        ),
        migrations.AddField(
            model_name="reminderdelivery",
            name="carried_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="carried",
                to="tracking.reminderdelivery",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="reminderrule",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."child_id" IS DISTINCT FROM (NEW."child_id") OR OLD."clinic_id" IS DISTINCT FROM (NEW."clinic_id") OR OLD."family_id" IS DISTINCT FROM (NEW."family_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_on" IS DISTINCT FROM (NEW."is_on") OR OLD."lock_version" IS DISTINCT FROM (NEW."lock_version") OR OLD."program_id" IS DISTINCT FROM (NEW."program_id") OR OLD."slot_number" IS DISTINCT FROM (NEW."slot_number"))',
                    func='INSERT INTO "tracking_reminderruleevent" ("child_id", "clinic_id", "family_id", "id", "is_on", "lock_version", "next_on", "next_plan_at", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "slot_number") VALUES (NEW."child_id", NEW."clinic_id", NEW."family_id", NEW."id", NEW."is_on", NEW."lock_version", NEW."next_on", NEW."next_plan_at", NOW(), \'update\', NEW."id", NEW."program_id", NEW."slot_number"); RETURN NULL;',
                    hash="c245f062848f3dd5538bbca67f8098359ab4c040",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_59feb",
                    table="tracking_reminderrule",
                    when="AFTER",
                ),
            ),
        ),
        rls.keyed_by_clinic("tracking_reminderdelivery"),
        rls.same_clinic("tracking_reminderdelivery", ("carried_by_id", "tracking_reminderdelivery")),
    ]
