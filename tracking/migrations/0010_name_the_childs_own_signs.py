"""The child's own signs of more and enough, at most six in use."""

import django.db.models.constraints
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import clinic.models.clinics
from clinic import rls


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0004_say_which_languages_people_speak"),
        ("tracking", "0009_choose_what_is_asked"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ChildSign",
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
                ("client_id", models.UUIDField()),
                ("asks_for", models.CharField(max_length=10)),
                ("words", models.CharField(max_length=120)),
                (
                    "language",
                    models.CharField(blank=True, help_text="of its words, a BCP 47 tag", max_length=16),
                ),
                ("cue", models.CharField(blank=True, max_length=40)),
                ("order", models.PositiveSmallIntegerField(null=True)),
                ("created_at", models.DateTimeField()),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="signs", to="clinic.child"
                    ),
                ),
                (
                    "clinic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
                    ),
                ),
                (
                    "created_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "retired_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ChildSignEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "id",
                    models.UUIDField(default=clinic.models.clinics.new_id, editable=False, serialize=False),
                ),
                ("client_id", models.UUIDField()),
                ("asks_for", models.CharField(max_length=10)),
                ("words", models.CharField(max_length=120)),
                (
                    "language",
                    models.CharField(blank=True, help_text="of its words, a BCP 47 tag", max_length=16),
                ),
                ("cue", models.CharField(blank=True, max_length=40)),
                ("order", models.PositiveSmallIntegerField(null=True)),
                ("created_at", models.DateTimeField()),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
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
                    "created_by",
                    models.ForeignKey(
                        db_constraint=False,
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
                        to="tracking.childsign",
                    ),
                ),
                (
                    "retired_by",
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
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="childsign",
            constraint=models.UniqueConstraint(
                models.F("child"), models.F("client_id"), name="a_sign_is_told_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="childsign",
            constraint=models.UniqueConstraint(
                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                fields=("child", "order"),
                name="signs_stand_in_one_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="childsign",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("order__isnull", False), ("order__range", (1, 6)), ("retired_at__isnull", True)
                    ),
                    models.Q(("order__isnull", True), ("retired_at__isnull", False)),
                    _connector="OR",
                ),
                name="a_child_has_at_most_six_signs",
            ),
        ),
        migrations.AddConstraint(
            model_name="childsign",
            constraint=models.CheckConstraint(
                condition=models.Q(("words", ""), _negated=True), name="a_sign_is_in_words"
            ),
        ),
        migrations.AddConstraint(
            model_name="childsign",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("asks_for", "more"),
                        (
                            "cue__in",
                            [
                                "",
                                "ep_gaze",
                                "ep_smile",
                                "ep_coo",
                                "ep_reach",
                                "ep_turn_to",
                                "ep_offer",
                                "ep_smooth",
                                "ep_ask",
                                "es_brow",
                                "es_bright",
                                "es_open_hand",
                                "es_still",
                                "es_relax",
                                "es_head_up",
                                "es_deep_breath",
                            ],
                        ),
                    ),
                    models.Q(
                        ("asks_for", "enough"),
                        (
                            "cue__in",
                            [
                                "",
                                "dp_cry",
                                "dp_fuss",
                                "dp_arch",
                                "dp_pull_away",
                                "dp_push",
                                "dp_turn_far",
                                "dp_halt_hand",
                                "dp_no",
                                "dp_flushed",
                                "dp_spit_up",
                                "dp_choke_gag",
                                "dp_leave",
                                "dp_shutdown",
                                "ds_look_away",
                                "ds_stiff",
                                "ds_grimace",
                                "ds_yawn",
                                "ds_hiccup",
                                "ds_splay",
                                "ds_hand_face",
                                "ds_kick",
                                "ds_startle",
                                "ds_dull",
                                "ds_tongue",
                            ],
                        ),
                    ),
                    _connector="OR",
                ),
                name="a_sign_asks_for_what_its_cue_asks_for",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="childsign",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "tracking_childsignevent" ("asks_for", "child_id", "client_id", "clinic_id", "created_at", "created_by_id", "cue", "id", "language", "order", "pgh_created_at", "pgh_label", "pgh_obj_id", "retired_at", "retired_by_id", "words") VALUES (NEW."asks_for", NEW."child_id", NEW."client_id", NEW."clinic_id", NEW."created_at", NEW."created_by_id", NEW."cue", NEW."id", NEW."language", NEW."order", NOW(), \'insert\', NEW."id", NEW."retired_at", NEW."retired_by_id", NEW."words"); RETURN NULL;',
                    hash="f2e67f548e76407c4a19e7e85ef7e04d324e6482",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_fab8e",
                    table="tracking_childsign",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="childsign",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "tracking_childsignevent" ("asks_for", "child_id", "client_id", "clinic_id", "created_at", "created_by_id", "cue", "id", "language", "order", "pgh_created_at", "pgh_label", "pgh_obj_id", "retired_at", "retired_by_id", "words") VALUES (NEW."asks_for", NEW."child_id", NEW."client_id", NEW."clinic_id", NEW."created_at", NEW."created_by_id", NEW."cue", NEW."id", NEW."language", NEW."order", NOW(), \'update\', NEW."id", NEW."retired_at", NEW."retired_by_id", NEW."words"); RETURN NULL;',
                    hash="420abcf169e95e03c32e4061fb3c9db8269f87dd",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_3425d",
                    table="tracking_childsign",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="childsign",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "tracking_childsignevent" ("asks_for", "child_id", "client_id", "clinic_id", "created_at", "created_by_id", "cue", "id", "language", "order", "pgh_created_at", "pgh_label", "pgh_obj_id", "retired_at", "retired_by_id", "words") VALUES (OLD."asks_for", OLD."child_id", OLD."client_id", OLD."clinic_id", OLD."created_at", OLD."created_by_id", OLD."cue", OLD."id", OLD."language", OLD."order", NOW(), \'delete\', OLD."id", OLD."retired_at", OLD."retired_by_id", OLD."words"); RETURN NULL;',
                    hash="6627e11142e3b879ca022899c3b2274312959f74",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_db818",
                    table="tracking_childsign",
                    when="AFTER",
                ),
            ),
        ),
        rls.same_clinic("tracking_childsign", ("child_id", "clinic_child")),
    ]
