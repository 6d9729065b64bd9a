"""The figures of a clinic's months, and the job that makes them."""

import django.db.models.deletion
from django.db import migrations, models

import clinic.models.clinics
from clinic import rls
from clinic.migrating import know_audit_codes

READ = (
    "clinic_caregivergrant",
    "clinic_child",
    "clinic_clinic",
    "clinic_invitation",
    "tracking_apartanswer",
    "tracking_askplan",
    "tracking_bedtime",
    "tracking_excusedday",
    "tracking_goal",
    "tracking_homeprogram",
    "tracking_massagesession",
    "tracking_programpause",
    "tracking_programschedule",
    "tracking_programslot",
    "tracking_programstep",
    "tracking_programversion",
    "tracking_stimulusday",
    "tracking_tactileobservation",
    "tracking_trackedstimulus",
)
"""What a month's figures are made of, by a job that writes none of it."""

SEEN = f"{rls.as_role('owner')} OR {rls.as_role('therapist')}"
MADE = "(SELECT littlefoot_system()) IN ('seeding', 'outcomes')"


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0004_know_of_imported_caseloads"),
        ("tracking", "0019_tell_kinds_of_reports"),
    ]

    operations = [
        migrations.CreateModel(
            name="ClinicMonth",
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
                ("month_on", models.DateField(help_text="its first day")),
                ("made_at", models.DateTimeField()),
                ("figures", models.JSONField()),
                (
                    "clinic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("clinic"), models.F("month_on"), name="figures_of_a_month_are_made_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("month_on__day", 1)), name="a_month_begins_on_its_first_day"
                    ),
                ],
            },
        ),
        rls.append_only("tracking_clinicmonth"),
        rls.grant_to_app("tracking_clinicmonth", verbs="SELECT, INSERT"),
        rls.row_security("tracking_clinicmonth", using=SEEN, check=MADE, systems=("seeding", "outcomes")),
        *[rls.admit_job(table, "outcomes") for table in READ],
        know_audit_codes("exported_caseload", "exported_figures"),
    ]
