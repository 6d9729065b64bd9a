"""Concerns, their photos, and the child's own plan texts."""

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import clinic.models.clinics
import tracking.vocabulary.programs
from clinic import rls


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0004_say_which_languages_people_speak"),
        ("tracking", "0013_keep_safeguarding_notes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Concern",
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
                ("kind", models.CharField(max_length=40)),
                (
                    "flags",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), blank=True, default=list, size=None
                    ),
                ),
                ("occurred_at", models.DateTimeField()),
                (
                    "precision",
                    models.CharField(default=tracking.vocabulary.programs.Precision["MINUTE"], max_length=20),
                ),
                ("part_of_day", models.CharField(blank=True, max_length=20)),
                ("zone", models.CharField(help_text="IANA name, of the place it happened", max_length=64)),
                ("local_day", models.DateField()),
                (
                    "device_time",
                    models.DateTimeField(
                        blank=True, help_text="as the device sent it, where that cannot have been", null=True
                    ),
                ),
                ("received_at", models.DateTimeField()),
                (
                    "is_on_behalf",
                    models.BooleanField(default=False, help_text="told by staff for the family"),
                ),
                (
                    "source",
                    models.CharField(
                        default=tracking.vocabulary.programs.EntrySource["APP"],
                        help_text="how the family told it",
                        max_length=20,
                    ),
                ),
                ("door", models.CharField(help_text="through which of our doors it came in", max_length=20)),
                ("told_by_name", models.CharField(blank=True, max_length=120)),
                ("body_hash", models.CharField(help_text="of the request that told it", max_length=64)),
                (
                    "temperature",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        help_text="in its unit, as it was read",
                        max_digits=5,
                        null=True,
                    ),
                ),
                ("temperature_unit", models.CharField(blank=True, max_length=20)),
                ("temperature_site", models.CharField(blank=True, max_length=20)),
                ("region", models.CharField(blank=True, max_length=40)),
                ("answers", models.JSONField(blank=True, default=dict)),
                ("product", models.CharField(blank=True, help_text="what was on the skin", max_length=100)),
                ("note", models.TextField(blank=True)),
                (
                    "language",
                    models.CharField(blank=True, help_text="of its words, a BCP 47 tag", max_length=16),
                ),
                ("rules_version", models.CharField(max_length=20)),
                ("advice", models.CharField(max_length=40)),
                ("level", models.CharField(max_length=20)),
                ("shown_version", models.CharField(blank=True, max_length=20)),
                ("shown_advice", models.CharField(blank=True, max_length=40)),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="concerns",
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
                    "family",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clinic.family",
                    ),
                ),
                (
                    "follows",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followed_by",
                        to="tracking.concern",
                    ),
                ),
                (
                    "reported_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "told_by_grant",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="clinic.caregivergrant",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ConcernPhoto",
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
                ("file_name", models.CharField(help_text="the random name in storage", max_length=120)),
                ("content_hash", models.CharField(help_text="of the file as it was sent", max_length=64)),
                ("sent_at", models.DateTimeField()),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="clinic.child"
                    ),
                ),
                (
                    "clinic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
                    ),
                ),
                (
                    "concern",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="photos",
                        to="tracking.concern",
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ConcernPlan",
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
                ("kind", models.CharField(max_length=40)),
                ("text", models.TextField(blank=True)),
                (
                    "language",
                    models.CharField(blank=True, help_text="of its words, a BCP 47 tag", max_length=16),
                ),
                ("written_at", models.DateTimeField()),
                ("lock_version", models.PositiveIntegerField(default=1)),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="concern_plans",
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
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ConcernPlanEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "id",
                    models.UUIDField(default=clinic.models.clinics.new_id, editable=False, serialize=False),
                ),
                ("kind", models.CharField(max_length=40)),
                ("text", models.TextField(blank=True)),
                (
                    "language",
                    models.CharField(blank=True, help_text="of its words, a BCP 47 tag", max_length=16),
                ),
                ("written_at", models.DateTimeField()),
                ("lock_version", models.PositiveIntegerField(default=1)),
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
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="tracking.concernplan",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        db_constraint=False,
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
        migrations.CreateModel(
            name="PhotoKeeping",
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
                ("at", models.DateTimeField()),
                ("reason", models.CharField(max_length=300)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "clinic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
                    ),
                ),
                (
                    "photo",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="keepings",
                        to="tracking.concernphoto",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="concern",
            index=models.Index(fields=["child", "occurred_at", "id"], name="concerns_of_a_child"),
        ),
        migrations.AddConstraint(
            model_name="concern",
            constraint=models.UniqueConstraint(
                models.F("child"), models.F("client_id"), name="a_concern_is_told_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="concern",
            constraint=models.CheckConstraint(
                condition=models.Q(("level__in", ["emergency", "urgent", "today", "pause", "note"])),
                name="a_concern_has_a_known_level",
            ),
        ),
        migrations.AddConstraint(
            model_name="concern",
            constraint=models.CheckConstraint(
                condition=models.Q(("precision__in", ["minute", "part_of_day", "day"])),
                name="a_concern_has_a_known_precision",
            ),
        ),
        migrations.AddConstraint(
            model_name="concern",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("part_of_day__in", ["morning", "midday", "afternoon", "evening", "night"]),
                        ("precision", tracking.vocabulary.programs.Precision["PART_OF_DAY"]),
                    ),
                    models.Q(
                        models.Q(
                            ("precision", tracking.vocabulary.programs.Precision["PART_OF_DAY"]),
                            _negated=True,
                        ),
                        ("part_of_day", ""),
                    ),
                    _connector="OR",
                ),
                name="a_concern_names_a_part_of_its_day_or_none",
            ),
        ),
        migrations.AddConstraint(
            model_name="concern",
            constraint=models.CheckConstraint(
                condition=models.Q(("source__in", ["app", "paper", "phone_call", "in_person"])),
                name="a_concern_has_a_known_source",
            ),
        ),
        migrations.AddIndex(
            model_name="concernphoto",
            index=models.Index(fields=["sent_at", "id"], name="photos_by_age"),
        ),
        migrations.AddConstraint(
            model_name="concernphoto",
            constraint=models.UniqueConstraint(
                models.F("child"), models.F("client_id"), name="a_photo_is_sent_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="concernplan",
            constraint=models.UniqueConstraint(
                models.F("child"), models.F("kind"), name="a_child_has_one_plan_a_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="concernplan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "temperature",
                            "skin_reaction",
                            "bruise_or_swelling",
                            "colour_breathing",
                            "seizure_like_event",
                            "pain_or_limp",
                            "limb_not_moved",
                            "feeding",
                            "lost_skill",
                            "parent_strain",
                            "other",
                        ],
                    )
                ),
                name="a_plan_is_for_a_known_kind",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="concernplan",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "tracking_concernplanevent" ("child_id", "clinic_id", "id", "kind", "language", "lock_version", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "written_at", "written_by_id") VALUES (NEW."child_id", NEW."clinic_id", NEW."id", NEW."kind", NEW."language", NEW."lock_version", NOW(), \'insert\', NEW."id", NEW."text", NEW."written_at", NEW."written_by_id"); RETURN NULL;',
                    hash="92ddecfcf1ccc85ecf165078bce9414fb9521018",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_7bff2",
                    table="tracking_concernplan",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="concernplan",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "tracking_concernplanevent" ("child_id", "clinic_id", "id", "kind", "language", "lock_version", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "written_at", "written_by_id") VALUES (NEW."child_id", NEW."clinic_id", NEW."id", NEW."kind", NEW."language", NEW."lock_version", NOW(), \'update\', NEW."id", NEW."text", NEW."written_at", NEW."written_by_id"); RETURN NULL;',
                    hash="08779cb151e1a0e916e7d3d330d843d2ff43312b",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_f1f90",
                    table="tracking_concernplan",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="concernplan",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "tracking_concernplanevent" ("child_id", "clinic_id", "id", "kind", "language", "lock_version", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "written_at", "written_by_id") VALUES (OLD."child_id", OLD."clinic_id", OLD."id", OLD."kind", OLD."language", OLD."lock_version", NOW(), \'delete\', OLD."id", OLD."text", OLD."written_at", OLD."written_by_id"); RETURN NULL;',
                    hash="dae5dd90d77ee5d57fac2442cd358240c230d1d4",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_a7279",
                    table="tracking_concernplan",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="photokeeping",
            constraint=models.UniqueConstraint(models.F("photo"), name="a_photo_is_kept_once"),
        ),
        rls.keyed_by_clinic("tracking_concern", "tracking_concernphoto"),
        rls.same_clinic(
            "tracking_concern",
            ("child_id", "clinic_child"),
            ("family_id", "clinic_family"),
            ("follows_id", "tracking_concern"),
            ("told_by_grant_id", "clinic_caregivergrant"),
        ),
        rls.same_clinic(
            "tracking_concernphoto", ("child_id", "clinic_child"), ("concern_id", "tracking_concern")
        ),
        rls.same_clinic("tracking_photokeeping", ("photo_id", "tracking_concernphoto")),
        rls.same_clinic("tracking_concernplan", ("child_id", "clinic_child")),
        rls.append_only("tracking_concern"),
        rls.grant_to_app("tracking_concern", verbs="SELECT, INSERT"),
    ]
