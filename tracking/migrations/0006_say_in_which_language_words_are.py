"""Every text a person writes stores its language."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tracking", "0005_hold_drafts_until_signed"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="goal",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="goal",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="goal",
            name="delete_delete",
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
            model_name="bedtime",
            name="language",
            field=models.CharField(blank=True, help_text="of its words, a BCP 47 tag", max_length=16),
        ),
        migrations.AddField(
            model_name="conflictacknowledgement",
            name="language",
            field=models.CharField(blank=True, help_text="of its words, a BCP 47 tag", max_length=16),
        ),
        migrations.AddField(
            model_name="goal",
            name="language",
            field=models.CharField(blank=True, help_text="of its words, a BCP 47 tag", max_length=16),
        ),
        migrations.AddField(
            model_name="goal",
            name="own_words_language",
            field=models.CharField(blank=True, help_text="of its words, a BCP 47 tag", max_length=16),
        ),
        migrations.AddField(
            model_name="goalevent",
            name="language",
            field=models.CharField(blank=True, help_text="of its words, a BCP 47 tag", max_length=16),
        ),
        migrations.AddField(
            model_name="goalevent",
            name="own_words_language",
            field=models.CharField(blank=True, help_text="of its words, a BCP 47 tag", max_length=16),
        ),
        migrations.AddField(
            model_name="goalrating",
            name="language",
            field=models.CharField(blank=True, help_text="of its words, a BCP 47 tag", max_length=16),
        ),
        migrations.AddField(
            model_name="massagesession",
            name="language",
            field=models.CharField(blank=True, help_text="of its words, a BCP 47 tag", max_length=16),
        ),
        migrations.AddField(
            model_name="message",
            name="language",
            field=models.CharField(blank=True, help_text="of its words, a BCP 47 tag", max_length=16),
        ),
        migrations.AddField(
            model_name="note",
            name="language",
            field=models.CharField(blank=True, help_text="of its words, a BCP 47 tag", max_length=16),
        ),
        migrations.AddField(
            model_name="noteevent",
            name="language",
            field=models.CharField(blank=True, help_text="of its words, a BCP 47 tag", max_length=16),
        ),
        migrations.AddField(
            model_name="programversion",
            name="language",
            field=models.CharField(blank=True, help_text="of its words, a BCP 47 tag", max_length=16),
        ),
        migrations.AddField(
            model_name="stimulusday",
            name="language",
            field=models.CharField(blank=True, help_text="of its words, a BCP 47 tag", max_length=16),
        ),
        migrations.AddField(
            model_name="tactileobservation",
            name="language",
            field=models.CharField(blank=True, help_text="of its words, a BCP 47 tag", max_length=16),
        ),
        migrations.AddField(
            model_name="trackedstimulus",
            name="language",
            field=models.CharField(blank=True, help_text="of its words, a BCP 47 tag", max_length=16),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="goal",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "tracking_goalevent" ("baseline_level", "child_id", "clinic_id", "created_by_id", "difficulty", "id", "importance", "is_open", "ladder", "language", "lock_version", "own_words", "own_words_language", "pgh_created_at", "pgh_label", "pgh_obj_id", "primary_outcome", "set_on", "title") VALUES (NEW."baseline_level", NEW."child_id", NEW."clinic_id", NEW."created_by_id", NEW."difficulty", NEW."id", NEW."importance", NEW."is_open", NEW."ladder", NEW."language", NEW."lock_version", NEW."own_words", NEW."own_words_language", NOW(), \'insert\', NEW."id", NEW."primary_outcome", NEW."set_on", NEW."title"); RETURN NULL;',
                    hash="dfc912b3b287b0a403718218fe4533c4563cbc18",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_24fb3",
                    table="tracking_goal",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="goal",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "tracking_goalevent" ("baseline_level", "child_id", "clinic_id", "created_by_id", "difficulty", "id", "importance", "is_open", "ladder", "language", "lock_version", "own_words", "own_words_language", "pgh_created_at", "pgh_label", "pgh_obj_id", "primary_outcome", "set_on", "title") VALUES (NEW."baseline_level", NEW."child_id", NEW."clinic_id", NEW."created_by_id", NEW."difficulty", NEW."id", NEW."importance", NEW."is_open", NEW."ladder", NEW."language", NEW."lock_version", NEW."own_words", NEW."own_words_language", NOW(), \'update\', NEW."id", NEW."primary_outcome", NEW."set_on", NEW."title"); RETURN NULL;',
                    hash="e8e334cb311189308a1a24b1f29acfcfe95523cd",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_8a549",
                    table="tracking_goal",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="goal",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "tracking_goalevent" ("baseline_level", "child_id", "clinic_id", "created_by_id", "difficulty", "id", "importance", "is_open", "ladder", "language", "lock_version", "own_words", "own_words_language", "pgh_created_at", "pgh_label", "pgh_obj_id", "primary_outcome", "set_on", "title") VALUES (OLD."baseline_level", OLD."child_id", OLD."clinic_id", OLD."created_by_id", OLD."difficulty", OLD."id", OLD."importance", OLD."is_open", OLD."ladder", OLD."language", OLD."lock_version", OLD."own_words", OLD."own_words_language", NOW(), \'delete\', OLD."id", OLD."primary_outcome", OLD."set_on", OLD."title"); RETURN NULL;',
                    hash="98e3db9193e5e4527d3ec3f3457e3993e4dbc6f8",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_64acb",
                    table="tracking_goal",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="note",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "tracking_noteevent" ("about_entry", "author_id", "body", "child_id", "clinic_id", "id", "is_private", "language", "lock_version", "pgh_created_at", "pgh_label", "pgh_obj_id", "written_at") VALUES (NEW."about_entry", NEW."author_id", NEW."body", NEW."child_id", NEW."clinic_id", NEW."id", NEW."is_private", NEW."language", NEW."lock_version", NOW(), \'insert\', NEW."id", NEW."written_at"); RETURN NULL;',
                    hash="580909be976006c319548be9a7eef8d9bbc8ada9",
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
                    func='INSERT INTO "tracking_noteevent" ("about_entry", "author_id", "body", "child_id", "clinic_id", "id", "is_private", "language", "lock_version", "pgh_created_at", "pgh_label", "pgh_obj_id", "written_at") VALUES (NEW."about_entry", NEW."author_id", NEW."body", NEW."child_id", NEW."clinic_id", NEW."id", NEW."is_private", NEW."language", NEW."lock_version", NOW(), \'update\', NEW."id", NEW."written_at"); RETURN NULL;',
                    hash="c67573f1fc577457fff531939d10a2c29d65a12b",
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
                    func='INSERT INTO "tracking_noteevent" ("about_entry", "author_id", "body", "child_id", "clinic_id", "id", "is_private", "language", "lock_version", "pgh_created_at", "pgh_label", "pgh_obj_id", "written_at") VALUES (OLD."about_entry", OLD."author_id", OLD."body", OLD."child_id", OLD."clinic_id", OLD."id", OLD."is_private", OLD."language", OLD."lock_version", NOW(), \'delete\', OLD."id", OLD."written_at"); RETURN NULL;',
                    hash="0e1037d3987eff3a3af1b21a20b8cfc7dfcf493d",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_4db5b",
                    table="tracking_note",
                    when="AFTER",
                ),
            ),
        ),
    ]
