"""Strategies beside strokes, and for everything that was tried an answer of its own."""

import django.contrib.postgres.fields
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
        ("tracking", "0015_ask_how_it_was"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveField(
            model_name="tactileobservation",
            name="accommodation_helped",
        ),
        migrations.RemoveField(
            model_name="tactileobservation",
            name="accommodations",
        ),
        migrations.AddField(
            model_name="tactileobservation",
            name="tried",
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.CreateModel(
            name="Strategy",
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
                ("name", models.CharField(max_length=120)),
                ("text", models.TextField(help_text="to the family, in plain words")),
                (
                    "language",
                    models.CharField(blank=True, help_text="of its words, a BCP 47 tag", max_length=16),
                ),
                (
                    "stimuli",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), blank=True, default=list, size=None
                    ),
                ),
                ("created_at", models.DateTimeField()),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
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
            ],
        ),
        migrations.CreateModel(
            name="StrategyEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "id",
                    models.UUIDField(default=clinic.models.clinics.new_id, editable=False, serialize=False),
                ),
                ("name", models.CharField(max_length=120)),
                ("text", models.TextField(help_text="to the family, in plain words")),
                (
                    "language",
                    models.CharField(blank=True, help_text="of its words, a BCP 47 tag", max_length=16),
                ),
                (
                    "stimuli",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), blank=True, default=list, size=None
                    ),
                ),
                ("created_at", models.DateTimeField()),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
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
                        to="tracking.strategy",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ChildStrategy",
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
                ("code", models.CharField(blank=True, max_length=40)),
                (
                    "name",
                    models.CharField(blank=True, help_text="empty: what the code is called", max_length=120),
                ),
                ("text", models.TextField(blank=True, help_text="to the family, in plain words")),
                (
                    "language",
                    models.CharField(blank=True, help_text="of its words, a BCP 47 tag", max_length=16),
                ),
                (
                    "stimuli",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), blank=True, default=list, size=None
                    ),
                ),
                ("prescribed_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="strategies",
                        to="clinic.child",
                    ),
                ),
                (
                    "clinic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "prescribed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("child"), models.F("client_id"), name="a_strategy_is_prescribed_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "stimuli__contained_by",
                                [
                                    "cloth_tag",
                                    "cloth_seam",
                                    "cloth_texture",
                                    "cloth_fit",
                                    "cloth_change",
                                    "shoes_socks",
                                    "diaper_change",
                                    "groom_hair_brush",
                                    "groom_haircut",
                                    "groom_hair_wash",
                                    "groom_face_wash",
                                    "groom_teeth",
                                    "groom_nails",
                                    "sunscreen_lotion",
                                    "touch_light_unexpected",
                                    "touch_expected",
                                    "touch_from_behind",
                                    "kiss_hug",
                                    "held_cuddled",
                                    "hand_hold",
                                    "tickle",
                                    "prox_line",
                                    "prox_circle_time",
                                    "prox_crowd",
                                    "prox_sibling",
                                    "messy_wet",
                                    "messy_sticky",
                                    "messy_dry",
                                    "messy_food_hands",
                                    "food_texture_mixed",
                                    "food_texture_smooth",
                                    "food_lumpy",
                                    "utensil",
                                    "barefoot_grass",
                                    "barefoot_sand",
                                    "barefoot_carpet",
                                    "barefoot_cold",
                                    "bath_enter",
                                    "shower_spray",
                                    "water_splash",
                                    "towel_dry",
                                    "swim",
                                    "bed_linen",
                                    "bandage_plaster",
                                    "medical_exam",
                                    "temperature",
                                    "massage",
                                    "other",
                                ],
                            ),
                            ("stimuli__len__gt", 0),
                        ),
                        name="a_prescribed_strategy_is_for_known_stimuli",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("code", ""), ("name", ""), _negated=True),
                        name="a_prescribed_strategy_has_a_code_or_a_name",
                    ),
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="strategy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "stimuli__contained_by",
                        [
                            "cloth_tag",
                            "cloth_seam",
                            "cloth_texture",
                            "cloth_fit",
                            "cloth_change",
                            "shoes_socks",
                            "diaper_change",
                            "groom_hair_brush",
                            "groom_haircut",
                            "groom_hair_wash",
                            "groom_face_wash",
                            "groom_teeth",
                            "groom_nails",
                            "sunscreen_lotion",
                            "touch_light_unexpected",
                            "touch_expected",
                            "touch_from_behind",
                            "kiss_hug",
                            "held_cuddled",
                            "hand_hold",
                            "tickle",
                            "prox_line",
                            "prox_circle_time",
                            "prox_crowd",
                            "prox_sibling",
                            "messy_wet",
                            "messy_sticky",
                            "messy_dry",
                            "messy_food_hands",
                            "food_texture_mixed",
                            "food_texture_smooth",
                            "food_lumpy",
                            "utensil",
                            "barefoot_grass",
                            "barefoot_sand",
                            "barefoot_carpet",
                            "barefoot_cold",
                            "bath_enter",
                            "shower_spray",
                            "water_splash",
                            "towel_dry",
                            "swim",
                            "bed_linen",
                            "bandage_plaster",
                            "medical_exam",
                            "temperature",
                            "massage",
                            "other",
                        ],
                    ),
                    ("stimuli__len__gt", 0),
                ),
                name="a_strategy_is_for_known_stimuli",
            ),
        ),
        migrations.AddConstraint(
            model_name="strategy",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="a_strategy_has_a_name"
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="strategy",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "tracking_strategyevent" ("clinic_id", "created_at", "created_by_id", "id", "language", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "retired_at", "stimuli", "text") VALUES (NEW."clinic_id", NEW."created_at", NEW."created_by_id", NEW."id", NEW."language", NEW."name", NOW(), \'insert\', NEW."id", NEW."retired_at", NEW."stimuli", NEW."text"); RETURN NULL;',
                    hash="d1633259a42e16f1ebfac913d7c0c1f4c9e157ac",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_ed6d4",
                    table="tracking_strategy",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="strategy",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "tracking_strategyevent" ("clinic_id", "created_at", "created_by_id", "id", "language", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "retired_at", "stimuli", "text") VALUES (NEW."clinic_id", NEW."created_at", NEW."created_by_id", NEW."id", NEW."language", NEW."name", NOW(), \'update\', NEW."id", NEW."retired_at", NEW."stimuli", NEW."text"); RETURN NULL;',
                    hash="b5212b09b5b4efe03f730b5ab26f860c09f7bd42",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_91230",
                    table="tracking_strategy",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="strategy",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "tracking_strategyevent" ("clinic_id", "created_at", "created_by_id", "id", "language", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "retired_at", "stimuli", "text") VALUES (OLD."clinic_id", OLD."created_at", OLD."created_by_id", OLD."id", OLD."language", OLD."name", NOW(), \'delete\', OLD."id", OLD."retired_at", OLD."stimuli", OLD."text"); RETURN NULL;',
                    hash="0f76b0dc25bc8ec4b5817ebe2f5d574d0b617449",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_69739",
                    table="tracking_strategy",
                    when="AFTER",
                ),
            ),
        ),
        rls.same_clinic("tracking_childstrategy", ("child_id", "clinic_child")),
    ]
