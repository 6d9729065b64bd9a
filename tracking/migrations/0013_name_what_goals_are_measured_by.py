"""A goal keeps on which day it was named what it is measured by; so far, the day it was set."""

import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

NAMED_WHEN_SET = """
ALTER TABLE tracking_goal NO FORCE ROW LEVEL SECURITY;
UPDATE tracking_goal SET outcome_named_on = set_on WHERE primary_outcome <> '';
ALTER TABLE tracking_goal FORCE ROW LEVEL SECURITY
"""
"""Migrations are the owner's, whom the second wall holds as well."""


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0003_build_the_second_wall"),
        ("tracking", "0012_tell_how_providers_stand"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
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
        migrations.AddField(
            model_name="goal",
            name="outcome_named_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="goalevent",
            name="outcome_named_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.RunSQL(NAMED_WHEN_SET, reverse_sql=migrations.RunSQL.noop),
        pgtrigger.migrations.AddTrigger(
            model_name="goal",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "tracking_goalevent" ("baseline_level", "child_id", "clinic_id", "created_by_id", "difficulty", "id", "importance", "is_open", "ladder", "language", "lock_version", "outcome_named_on", "own_words", "own_words_language", "pgh_created_at", "pgh_label", "pgh_obj_id", "primary_outcome", "set_on", "title") VALUES (NEW."baseline_level", NEW."child_id", NEW."clinic_id", NEW."created_by_id", NEW."difficulty", NEW."id", NEW."importance", NEW."is_open", NEW."ladder", NEW."language", NEW."lock_version", NEW."outcome_named_on", NEW."own_words", NEW."own_words_language", NOW(), \'insert\', NEW."id", NEW."primary_outcome", NEW."set_on", NEW."title"); RETURN NULL;',
                    hash="aa1578c645e4d1268dfbf3a105a649f6008253c5",
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
                    func='INSERT INTO "tracking_goalevent" ("baseline_level", "child_id", "clinic_id", "created_by_id", "difficulty", "id", "importance", "is_open", "ladder", "language", "lock_version", "outcome_named_on", "own_words", "own_words_language", "pgh_created_at", "pgh_label", "pgh_obj_id", "primary_outcome", "set_on", "title") VALUES (NEW."baseline_level", NEW."child_id", NEW."clinic_id", NEW."created_by_id", NEW."difficulty", NEW."id", NEW."importance", NEW."is_open", NEW."ladder", NEW."language", NEW."lock_version", NEW."outcome_named_on", NEW."own_words", NEW."own_words_language", NOW(), \'update\', NEW."id", NEW."primary_outcome", NEW."set_on", NEW."title"); RETURN NULL;',
                    hash="d7f8a549007440835c958b3244f2e9a4d6b0e5a7",
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
                    func='INSERT INTO "tracking_goalevent" ("baseline_level", "child_id", "clinic_id", "created_by_id", "difficulty", "id", "importance", "is_open", "ladder", "language", "lock_version", "outcome_named_on", "own_words", "own_words_language", "pgh_created_at", "pgh_label", "pgh_obj_id", "primary_outcome", "set_on", "title") VALUES (OLD."baseline_level", OLD."child_id", OLD."clinic_id", OLD."created_by_id", OLD."difficulty", OLD."id", OLD."importance", OLD."is_open", OLD."ladder", OLD."language", OLD."lock_version", OLD."outcome_named_on", OLD."own_words", OLD."own_words_language", NOW(), \'delete\', OLD."id", OLD."primary_outcome", OLD."set_on", OLD."title"); RETURN NULL;',
                    hash="000e88bcbee12bcff73b27ef4b4ec92bb4843323",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_64acb",
                    table="tracking_goal",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="goal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("outcome_named_on__isnull", True), ("primary_outcome", "")),
                    models.Q(
                        ("outcome_named_on__isnull", False),
                        (
                            "primary_outcome__in",
                            [
                                "sleep_latency",
                                "bedtime_resistance",
                                "touch_intensity",
                                "touch_weekly",
                                "touch_per_opportunity",
                                "recovery_minutes",
                                "target_state",
                                "own_requests",
                            ],
                        ),
                    ),
                    _connector="OR",
                ),
                name="a_primary_outcome_is_known_and_was_named_on_a_day",
            ),
        ),
    ]
