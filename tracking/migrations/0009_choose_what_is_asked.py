"""What a family is asked is chosen by the day, and every entry knows what it was not asked."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import clinic.models.clinics
from clinic import rls


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0003_audit_more_of_what_happens"),
        ("tracking", "0008_say_how_an_entry_was_told"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="bedtime",
            name="not_asked",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=40), blank=True, default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="stimulusday",
            name="not_asked",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=40), blank=True, default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="tactileobservation",
            name="not_asked",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=40), blank=True, default=list, size=None
            ),
        ),
        migrations.CreateModel(
            name="AskPlan",
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
                ("from_on", models.DateField()),
                (
                    "questions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), blank=True, default=list, size=None
                    ),
                ),
                ("follows_age", models.BooleanField(default=False)),
                ("state_scale", models.CharField(blank=True, max_length=20)),
                ("chosen_at", models.DateTimeField()),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="ask_plans",
                        to="clinic.child",
                    ),
                ),
                (
                    "chosen_by",
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
            ],
            options={
                "indexes": [models.Index(fields=["child", "chosen_at", "id"], name="ask_plans_of_a_child")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "questions__contained_by",
                                ["state_before", "state_after", "cues", "bedtime", "touch", "check_in"],
                            )
                        ),
                        name="an_ask_plan_asks_known_questions",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("follows_age", False), ("questions", []), _connector="OR"),
                        name="an_ask_plan_by_age_lists_nothing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state_scale__in", ["", "infant_state", "arousal"])),
                        name="an_ask_plan_names_a_known_scale",
                    ),
                ],
            },
        ),
        rls.same_clinic("tracking_askplan", ("child_id", "clinic_child")),
        rls.grant_to_app("tracking_askplan", verbs="SELECT, INSERT, DELETE"),
    ]
