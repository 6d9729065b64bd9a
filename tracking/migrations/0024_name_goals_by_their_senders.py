"""Goals, ratings and totals have an id that their sender made; those there are get one each by lot."""

import django.contrib.postgres.functions
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import clinic.models.clinics


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0005_know_whose_address_is_read"),
        ("tracking", "0023_choose_charts"),
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
            model_name="assessment",
            name="client_id",
            field=models.UUIDField(
                db_default=django.contrib.postgres.functions.RandomUUID(),
                default=clinic.models.clinics.new_id,
                help_text="its sender's",
            ),
        ),
        migrations.AddField(
            model_name="goal",
            name="client_id",
            field=models.UUIDField(
                db_default=django.contrib.postgres.functions.RandomUUID(),
                default=clinic.models.clinics.new_id,
                help_text="its sender's",
            ),
        ),
        migrations.AddField(
            model_name="goalevent",
            name="client_id",
            field=models.UUIDField(
                db_default=django.contrib.postgres.functions.RandomUUID(),
                default=clinic.models.clinics.new_id,
                help_text="its sender's",
            ),
        ),
        migrations.AddField(
            model_name="goalrating",
            name="client_id",
            field=models.UUIDField(
                db_default=django.contrib.postgres.functions.RandomUUID(),
                default=clinic.models.clinics.new_id,
                help_text="its sender's",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="goal",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "tracking_goalevent" ("baseline_level", "child_id", "client_id", "clinic_id", "created_by_id", "difficulty", "id", "importance", "is_open", "ladder", "language", "lock_version", "outcome_named_on", "own_words", "own_words_language", "pgh_created_at", "pgh_label", "pgh_obj_id", "primary_outcome", "set_on", "title") VALUES (NEW."baseline_level", NEW."child_id", NEW."client_id", NEW."clinic_id", NEW."created_by_id", NEW."difficulty", NEW."id", NEW."importance", NEW."is_open", NEW."ladder", NEW."language", NEW."lock_version", NEW."outcome_named_on", NEW."own_words", NEW."own_words_language", NOW(), \'insert\', NEW."id", NEW."primary_outcome", NEW."set_on", NEW."title"); RETURN NULL;',
                    hash="77f1af1508cdbd8646275262e472be96d32910b4",
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
                    func='INSERT INTO "tracking_goalevent" ("baseline_level", "child_id", "client_id", "clinic_id", "created_by_id", "difficulty", "id", "importance", "is_open", "ladder", "language", "lock_version", "outcome_named_on", "own_words", "own_words_language", "pgh_created_at", "pgh_label", "pgh_obj_id", "primary_outcome", "set_on", "title") VALUES (NEW."baseline_level", NEW."child_id", NEW."client_id", NEW."clinic_id", NEW."created_by_id", NEW."difficulty", NEW."id", NEW."importance", NEW."is_open", NEW."ladder", NEW."language", NEW."lock_version", NEW."outcome_named_on", NEW."own_words", NEW."own_words_language", NOW(), \'update\', NEW."id", NEW."primary_outcome", NEW."set_on", NEW."title"); RETURN NULL;',
                    hash="2e8591db26ea2664fa81133cb8c468b18b06a31d",
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
                    func='INSERT INTO "tracking_goalevent" ("baseline_level", "child_id", "client_id", "clinic_id", "created_by_id", "difficulty", "id", "importance", "is_open", "ladder", "language", "lock_version", "outcome_named_on", "own_words", "own_words_language", "pgh_created_at", "pgh_label", "pgh_obj_id", "primary_outcome", "set_on", "title") VALUES (OLD."baseline_level", OLD."child_id", OLD."client_id", OLD."clinic_id", OLD."created_by_id", OLD."difficulty", OLD."id", OLD."importance", OLD."is_open", OLD."ladder", OLD."language", OLD."lock_version", OLD."outcome_named_on", OLD."own_words", OLD."own_words_language", NOW(), \'delete\', OLD."id", OLD."primary_outcome", OLD."set_on", OLD."title"); RETURN NULL;',
                    hash="560f37e1369a805e1b0b98e95a163b5593fdef31",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_64acb",
                    table="tracking_goal",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.UniqueConstraint(
                models.F("child"), models.F("client_id"), name="an_assessment_is_entered_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="goal",
            constraint=models.UniqueConstraint(
                models.F("child"), models.F("client_id"), name="a_goal_is_set_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="goalrating",
            constraint=models.UniqueConstraint(
                models.F("goal"), models.F("client_id"), name="a_rating_is_told_once"
            ),
        ),
    ]
