"""Words of flags, photos, visits, drafts, instruments, pictures and titles say in which language they are."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tracking", "0005_keep_for_a_time"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="contact",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="contact",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="contact",
            name="delete_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="homeprogram",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="homeprogram",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="homeprogram",
            name="delete_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="strokemedia",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="strokemedia",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="strokemedia",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="assessment",
            name="language",
            field=models.CharField(blank=True, help_text="of its words, a BCP 47 tag", max_length=16),
        ),
        migrations.AddField(
            model_name="clinicclosure",
            name="language",
            field=models.CharField(blank=True, help_text="of its words, a BCP 47 tag", max_length=16),
        ),
        migrations.AddField(
            model_name="contact",
            name="language",
            field=models.CharField(blank=True, help_text="of its words, a BCP 47 tag", max_length=16),
        ),
        migrations.AddField(
            model_name="contactevent",
            name="language",
            field=models.CharField(blank=True, help_text="of its words, a BCP 47 tag", max_length=16),
        ),
        migrations.AddField(
            model_name="cosigning",
            name="language",
            field=models.CharField(blank=True, help_text="of its words, a BCP 47 tag", max_length=16),
        ),
        migrations.AddField(
            model_name="flag",
            name="language",
            field=models.CharField(blank=True, help_text="of its words, a BCP 47 tag", max_length=16),
        ),
        migrations.AddField(
            model_name="flagacknowledgement",
            name="language",
            field=models.CharField(blank=True, help_text="of its words, a BCP 47 tag", max_length=16),
        ),
        migrations.AddField(
            model_name="flagsnooze",
            name="language",
            field=models.CharField(blank=True, help_text="of its words, a BCP 47 tag", max_length=16),
        ),
        migrations.AddField(
            model_name="flagswitch",
            name="language",
            field=models.CharField(blank=True, help_text="of its words, a BCP 47 tag", max_length=16),
        ),
        migrations.AddField(
            model_name="homeprogram",
            name="language",
            field=models.CharField(blank=True, help_text="of its words, a BCP 47 tag", max_length=16),
        ),
        migrations.AddField(
            model_name="homeprogramevent",
            name="language",
            field=models.CharField(blank=True, help_text="of its words, a BCP 47 tag", max_length=16),
        ),
        migrations.AddField(
            model_name="photokeeping",
            name="language",
            field=models.CharField(blank=True, help_text="of its words, a BCP 47 tag", max_length=16),
        ),
        migrations.AddField(
            model_name="recordhold",
            name="language",
            field=models.CharField(blank=True, help_text="of its words, a BCP 47 tag", max_length=16),
        ),
        migrations.AddField(
            model_name="strokemedia",
            name="language",
            field=models.CharField(blank=True, help_text="of its words, a BCP 47 tag", max_length=16),
        ),
        migrations.AddField(
            model_name="strokemediaevent",
            name="language",
            field=models.CharField(blank=True, help_text="of its words, a BCP 47 tag", max_length=16),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contact",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "tracking_contactevent" ("cancelled_by", "child_id", "class_date_id", "clinic_id", "has_interpreter", "has_student", "id", "kind", "label_id", "language", "lock_version", "minutes", "others_present", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "starts_at", "state", "therapist_id") VALUES (NEW."cancelled_by", NEW."child_id", NEW."class_date_id", NEW."clinic_id", NEW."has_interpreter", NEW."has_student", NEW."id", NEW."kind", NEW."label_id", NEW."language", NEW."lock_version", NEW."minutes", NEW."others_present", NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."starts_at", NEW."state", NEW."therapist_id"); RETURN NULL;',
                    hash="10d7dc0e93d1a025aa092c3e36017dc62f27861b",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_0d28d",
                    table="tracking_contact",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contact",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "tracking_contactevent" ("cancelled_by", "child_id", "class_date_id", "clinic_id", "has_interpreter", "has_student", "id", "kind", "label_id", "language", "lock_version", "minutes", "others_present", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "starts_at", "state", "therapist_id") VALUES (NEW."cancelled_by", NEW."child_id", NEW."class_date_id", NEW."clinic_id", NEW."has_interpreter", NEW."has_student", NEW."id", NEW."kind", NEW."label_id", NEW."language", NEW."lock_version", NEW."minutes", NEW."others_present", NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."starts_at", NEW."state", NEW."therapist_id"); RETURN NULL;',
                    hash="a2b853eaa0ebf5b6b78dfa34fa01017b2f9fcf7a",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_7b7fa",
                    table="tracking_contact",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contact",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "tracking_contactevent" ("cancelled_by", "child_id", "class_date_id", "clinic_id", "has_interpreter", "has_student", "id", "kind", "label_id", "language", "lock_version", "minutes", "others_present", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "starts_at", "state", "therapist_id") VALUES (OLD."cancelled_by", OLD."child_id", OLD."class_date_id", OLD."clinic_id", OLD."has_interpreter", OLD."has_student", OLD."id", OLD."kind", OLD."label_id", OLD."language", OLD."lock_version", OLD."minutes", OLD."others_present", NOW(), \'delete\', OLD."id", OLD."recorded_at", OLD."recorded_by_id", OLD."starts_at", OLD."state", OLD."therapist_id"); RETURN NULL;',
                    hash="d62a42fdceab39b3de4c98db156ffdf092149a6a",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_5a625",
                    table="tracking_contact",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="homeprogram",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "tracking_homeprogramevent" ("child_id", "clinic_id", "created_at", "created_by_id", "current_version_id", "end_reason", "ended_on", "id", "is_waitlist", "language", "lock_version", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "title") VALUES (NEW."child_id", NEW."clinic_id", NEW."created_at", NEW."created_by_id", NEW."current_version_id", NEW."end_reason", NEW."ended_on", NEW."id", NEW."is_waitlist", NEW."language", NEW."lock_version", NOW(), \'insert\', NEW."id", NEW."state", NEW."title"); RETURN NULL;',
                    hash="a677d7c5f3abfff9070865bdef2de3c613641b3b",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_ce570",
                    table="tracking_homeprogram",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="homeprogram",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "tracking_homeprogramevent" ("child_id", "clinic_id", "created_at", "created_by_id", "current_version_id", "end_reason", "ended_on", "id", "is_waitlist", "language", "lock_version", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "title") VALUES (NEW."child_id", NEW."clinic_id", NEW."created_at", NEW."created_by_id", NEW."current_version_id", NEW."end_reason", NEW."ended_on", NEW."id", NEW."is_waitlist", NEW."language", NEW."lock_version", NOW(), \'update\', NEW."id", NEW."state", NEW."title"); RETURN NULL;',
                    hash="5d5545e098b257b460988a7d27f3966d945011fa",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_eef8c",
                    table="tracking_homeprogram",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="homeprogram",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "tracking_homeprogramevent" ("child_id", "clinic_id", "created_at", "created_by_id", "current_version_id", "end_reason", "ended_on", "id", "is_waitlist", "language", "lock_version", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "title") VALUES (OLD."child_id", OLD."clinic_id", OLD."created_at", OLD."created_by_id", OLD."current_version_id", OLD."end_reason", OLD."ended_on", OLD."id", OLD."is_waitlist", OLD."language", OLD."lock_version", NOW(), \'delete\', OLD."id", OLD."state", OLD."title"); RETURN NULL;',
                    hash="5fd4e2cf07e2b8e6e277ed215af20d73f4fa4256",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_e06e8",
                    table="tracking_homeprogram",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="strokemedia",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "tracking_strokemediaevent" ("alt_text", "claimed_at", "clinic_id", "failure_code", "file_name", "id", "kind", "language", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "sent_file_name", "state", "stroke_id", "uploaded_at", "uploaded_by_id") VALUES (NEW."alt_text", NEW."claimed_at", NEW."clinic_id", NEW."failure_code", NEW."file_name", NEW."id", NEW."kind", NEW."language", NOW(), \'insert\', NEW."id", NEW."place", NEW."sent_file_name", NEW."state", NEW."stroke_id", NEW."uploaded_at", NEW."uploaded_by_id"); RETURN NULL;',
                    hash="1a4b17050996d851b1b7bf66086ee662fa8996e3",
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
                    condition='WHEN (OLD."alt_text" IS DISTINCT FROM (NEW."alt_text") OR OLD."clinic_id" IS DISTINCT FROM (NEW."clinic_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."place" IS DISTINCT FROM (NEW."place") OR OLD."stroke_id" IS DISTINCT FROM (NEW."stroke_id") OR OLD."uploaded_at" IS DISTINCT FROM (NEW."uploaded_at") OR OLD."uploaded_by_id" IS DISTINCT FROM (NEW."uploaded_by_id"))',
                    func='INSERT INTO "tracking_strokemediaevent" ("alt_text", "claimed_at", "clinic_id", "failure_code", "file_name", "id", "kind", "language", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "sent_file_name", "state", "stroke_id", "uploaded_at", "uploaded_by_id") VALUES (NEW."alt_text", NEW."claimed_at", NEW."clinic_id", NEW."failure_code", NEW."file_name", NEW."id", NEW."kind", NEW."language", NOW(), \'update\', NEW."id", NEW."place", NEW."sent_file_name", NEW."state", NEW."stroke_id", NEW."uploaded_at", NEW."uploaded_by_id"); RETURN NULL;',
                    hash="93b8e1f2c62a4d38546dbcf8273392ce1393dce6",
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
                    func='INSERT INTO "tracking_strokemediaevent" ("alt_text", "claimed_at", "clinic_id", "failure_code", "file_name", "id", "kind", "language", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "sent_file_name", "state", "stroke_id", "uploaded_at", "uploaded_by_id") VALUES (OLD."alt_text", OLD."claimed_at", OLD."clinic_id", OLD."failure_code", OLD."file_name", OLD."id", OLD."kind", OLD."language", NOW(), \'delete\', OLD."id", OLD."place", OLD."sent_file_name", OLD."state", OLD."stroke_id", OLD."uploaded_at", OLD."uploaded_by_id"); RETURN NULL;',
                    hash="13ea96f34f08d2fbd021f3e0ac365815e32e36f0",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_beb6f",
                    table="tracking_strokemedia",
                    when="AFTER",
                ),
            ),
        ),
    ]
