"""Safeguarding notes, and the leads who read them: the database shows them to nobody else."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import clinic.models.clinics
from clinic import rls

CLINICS_OF_LEAD = """
CREATE FUNCTION littlefoot_safeguarding_clinics() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(clinic_id), '{}') FROM tracking_safeguardinglead
    WHERE user_id = littlefoot_asker() AND (until_at IS NULL OR until_at > littlefoot_now())
    AND clinic_id = ANY (littlefoot_staff_clinics())
$$;
"""

AUTHOR = "author_id = (SELECT littlefoot_asker()) OR (SELECT littlefoot_system()) = 'seeding'"


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0004_say_which_languages_people_speak"),
        ("tracking", "0012_settle_how_flags_are_read"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="SafeguardingLead",
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
                ("from_at", models.DateTimeField()),
                ("until_at", models.DateTimeField(blank=True, null=True)),
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
                    "named_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "user",
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
                        models.F("clinic"),
                        models.F("user"),
                        condition=models.Q(("until_at__isnull", True)),
                        name="a_lead_is_named_once",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SafeguardingNote",
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
                ("body", models.TextField()),
                (
                    "language",
                    models.CharField(blank=True, help_text="of its words, a BCP 47 tag", max_length=16),
                ),
                ("written_at", models.DateTimeField()),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.child"
                    ),
                ),
                (
                    "clinic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
                    ),
                ),
                (
                    "follows",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followed_by",
                        to="tracking.safeguardingnote",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["clinic", "written_at", "id"], name="safeguarding_notes_of_a_clinic")
                ],
            },
        ),
        rls.keyed_by_clinic("tracking_safeguardingnote"),
        rls.same_clinic(
            "tracking_safeguardingnote",
            ("child_id", "clinic_child"),
            ("follows_id", "tracking_safeguardingnote"),
        ),
        rls.append_only("tracking_safeguardingnote"),
        rls.grant_to_app("tracking_safeguardingnote", verbs="SELECT, INSERT"),
        migrations.RunSQL(CLINICS_OF_LEAD, reverse_sql="DROP FUNCTION littlefoot_safeguarding_clinics()"),
        rls.row_security(
            "tracking_safeguardingnote",
            using=f"{AUTHOR} OR clinic_id = ANY ((SELECT littlefoot_safeguarding_clinics())::uuid[])",
            check=AUTHOR,
        ),
    ]
