"""What people speak and read, who needs an interpreter, and in which language a note is."""

import django.contrib.postgres.fields
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0003_audit_more_of_what_happens"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="caregivergrant",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="caregivergrant",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="caregivergrant",
            name="delete_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="precaution",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="precaution",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="precaution",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="caregivergrant",
            name="needs_interpreter",
            field=models.BooleanField(
                default=False, help_text="to speak with this clinic; what somebody speaks is theirs (`User`)"
            ),
        ),
        migrations.AddField(
            model_name="caregivergrantevent",
            name="needs_interpreter",
            field=models.BooleanField(
                default=False, help_text="to speak with this clinic; what somebody speaks is theirs (`User`)"
            ),
        ),
        migrations.AddField(
            model_name="precaution",
            name="language",
            field=models.CharField(blank=True, help_text="of its words, a BCP 47 tag", max_length=16),
        ),
        migrations.AddField(
            model_name="precautionevent",
            name="language",
            field=models.CharField(blank=True, help_text="of its words, a BCP 47 tag", max_length=16),
        ),
        migrations.AddField(
            model_name="user",
            name="reading_language",
            field=models.CharField(blank=True, help_text="of its words, a BCP 47 tag", max_length=16),
        ),
        migrations.AddField(
            model_name="user",
            name="spoken_languages",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=16), blank=True, default=list, size=None
            ),
        ),
        migrations.AlterField(
            model_name="user",
            name="locale",
            field=models.CharField(blank=True, help_text="of pages and mails", max_length=16),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="caregivergrant",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "clinic_caregivergrantevent" ("basis", "child_id", "clinic_id", "family_id", "id", "kind", "needs_interpreter", "pgh_created_at", "pgh_label", "pgh_obj_id", "relationship", "revoked_at", "revoked_by_id", "user_id", "valid_from", "valid_until") VALUES (NEW."basis", NEW."child_id", NEW."clinic_id", NEW."family_id", NEW."id", NEW."kind", NEW."needs_interpreter", NOW(), \'insert\', NEW."id", NEW."relationship", NEW."revoked_at", NEW."revoked_by_id", NEW."user_id", NEW."valid_from", NEW."valid_until"); RETURN NULL;',
                    hash="3a7057fd19d03811b99c118d9c720b381b211016",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_aec78",
                    table="clinic_caregivergrant",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="caregivergrant",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "clinic_caregivergrantevent" ("basis", "child_id", "clinic_id", "family_id", "id", "kind", "needs_interpreter", "pgh_created_at", "pgh_label", "pgh_obj_id", "relationship", "revoked_at", "revoked_by_id", "user_id", "valid_from", "valid_until") VALUES (NEW."basis", NEW."child_id", NEW."clinic_id", NEW."family_id", NEW."id", NEW."kind", NEW."needs_interpreter", NOW(), \'update\', NEW."id", NEW."relationship", NEW."revoked_at", NEW."revoked_by_id", NEW."user_id", NEW."valid_from", NEW."valid_until"); RETURN NULL;',
                    hash="0d240f041366da8e5563cebfa40bb867bfec4636",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_f3b9c",
                    table="clinic_caregivergrant",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="caregivergrant",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "clinic_caregivergrantevent" ("basis", "child_id", "clinic_id", "family_id", "id", "kind", "needs_interpreter", "pgh_created_at", "pgh_label", "pgh_obj_id", "relationship", "revoked_at", "revoked_by_id", "user_id", "valid_from", "valid_until") VALUES (OLD."basis", OLD."child_id", OLD."clinic_id", OLD."family_id", OLD."id", OLD."kind", OLD."needs_interpreter", NOW(), \'delete\', OLD."id", OLD."relationship", OLD."revoked_at", OLD."revoked_by_id", OLD."user_id", OLD."valid_from", OLD."valid_until"); RETURN NULL;',
                    hash="e48e051b63e7bb2f8562d78e48037f5a2eef7894",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_49eb8",
                    table="clinic_caregivergrant",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="precaution",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "clinic_precautionevent" ("child_id", "clinic_id", "code", "from_on", "id", "language", "note", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "region", "source", "substance", "until_on") VALUES (NEW."child_id", NEW."clinic_id", NEW."code", NEW."from_on", NEW."id", NEW."language", NEW."note", NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."region", NEW."source", NEW."substance", NEW."until_on"); RETURN NULL;',
                    hash="77e6ad267ee3ab541936a34123bf3c980b7db3bc",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_a137e",
                    table="clinic_precaution",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="precaution",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "clinic_precautionevent" ("child_id", "clinic_id", "code", "from_on", "id", "language", "note", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "region", "source", "substance", "until_on") VALUES (NEW."child_id", NEW."clinic_id", NEW."code", NEW."from_on", NEW."id", NEW."language", NEW."note", NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."region", NEW."source", NEW."substance", NEW."until_on"); RETURN NULL;',
                    hash="900048c1def7e253bb9b1ae2b25897aec6db6aa2",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_127a8",
                    table="clinic_precaution",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="precaution",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "clinic_precautionevent" ("child_id", "clinic_id", "code", "from_on", "id", "language", "note", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "region", "source", "substance", "until_on") VALUES (OLD."child_id", OLD."clinic_id", OLD."code", OLD."from_on", OLD."id", OLD."language", OLD."note", NOW(), \'delete\', OLD."id", OLD."recorded_at", OLD."recorded_by_id", OLD."region", OLD."source", OLD."substance", OLD."until_on"); RETURN NULL;',
                    hash="ef74df221c3810d10f311fc72b8c5d5f929ac714",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_9c187",
                    table="clinic_precaution",
                    when="AFTER",
                ),
            ),
        ),
    ]
