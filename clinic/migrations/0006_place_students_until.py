"""Placements end by the clock, behind both walls."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

CLINICS_OF_STAFF = """
CREATE OR REPLACE FUNCTION littlefoot_staff_clinics() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(clinic_id), '{}') FROM clinic_clinicmembership
    WHERE user_id = littlefoot_asker() AND (ended_at IS NULL OR ended_at > littlefoot_now())
    AND (placed_until IS NULL OR placed_until > littlefoot_now())
$$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0005_say_by_whose_word_a_child_is_where"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="clinicmembership",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="clinicmembership",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="clinicmembership",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="clinicmembership",
            name="placed_until",
            field=models.DateTimeField(
                blank=True, help_text="when a student's placement is over; empty: no placement", null=True
            ),
        ),
        migrations.AddField(
            model_name="clinicmembershipevent",
            name="placed_until",
            field=models.DateTimeField(
                blank=True, help_text="when a student's placement is over; empty: no placement", null=True
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="clinicmembership",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "clinic_clinicmembershipevent" ("clinic_id", "credentials", "ended_at", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placed_until", "roles", "started_at", "user_id") VALUES (NEW."clinic_id", NEW."credentials", NEW."ended_at", NEW."id", NOW(), \'insert\', NEW."id", NEW."placed_until", NEW."roles", NEW."started_at", NEW."user_id"); RETURN NULL;',
                    hash="b0e36f31919a91f866ea6412ee60667cbc5d06df",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_a7896",
                    table="clinic_clinicmembership",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="clinicmembership",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "clinic_clinicmembershipevent" ("clinic_id", "credentials", "ended_at", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placed_until", "roles", "started_at", "user_id") VALUES (NEW."clinic_id", NEW."credentials", NEW."ended_at", NEW."id", NOW(), \'update\', NEW."id", NEW."placed_until", NEW."roles", NEW."started_at", NEW."user_id"); RETURN NULL;',
                    hash="5ca1dd4ad2ebdd812c931c4943d06107b8ca5eaf",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_989c1",
                    table="clinic_clinicmembership",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="clinicmembership",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "clinic_clinicmembershipevent" ("clinic_id", "credentials", "ended_at", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placed_until", "roles", "started_at", "user_id") VALUES (OLD."clinic_id", OLD."credentials", OLD."ended_at", OLD."id", NOW(), \'delete\', OLD."id", OLD."placed_until", OLD."roles", OLD."started_at", OLD."user_id"); RETURN NULL;',
                    hash="c30735bd0797cda0267e53a142322baa779938c6",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_3ae61",
                    table="clinic_clinicmembership",
                    when="AFTER",
                ),
            ),
        ),
        migrations.RunSQL(CLINICS_OF_STAFF, reverse_sql=migrations.RunSQL.noop),
    ]
