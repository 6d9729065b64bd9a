"""Which charts a therapist chose for a child."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import clinic.models.clinics
from clinic import rls
from clinic.migrating import know_audit_codes


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0004_know_of_imported_caseloads"),
        ("tracking", "0022_make_reports_for_a_home"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ChartChoice",
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
                (
                    "charts",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), blank=True, default=list, size=None
                    ),
                ),
                ("chosen_at", models.DateTimeField()),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="chart_choices",
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
                "indexes": [
                    models.Index(fields=["child", "chosen_at", "id"], name="chart_choices_of_a_child")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "charts__contained_by",
                                ["body_map", "state_flow", "cue_balance", "touch_map", "goal_ladder"],
                            )
                        ),
                        name="a_chart_choice_names_known_charts",
                    )
                ],
            },
        ),
        rls.same_clinic("tracking_chartchoice", ("child_id", "clinic_child")),
        rls.grant_to_app("tracking_chartchoice", verbs="SELECT, INSERT, DELETE"),
        rls.row_security("tracking_chartchoice", using=rls.OF_TEAM, systems=("seeding",)),
        rls.read_by_glass("tracking_chartchoice"),
        know_audit_codes("chose_charts"),
    ]
