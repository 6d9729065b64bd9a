"""Reports of a clinic that are made like those of a child, and that its outcomes are put on paper monthly."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import clinic.models.clinics
from clinic import rls
from clinic.migrating import know_audit_codes

SEEN = f"{rls.as_role('owner')} OR {rls.as_role('therapist')}"
OWN = f"asked_by_id = (SELECT littlefoot_asker()) AND ({SEEN})"
REPORTS = f"(kind = 'clinic_outcomes' AND ({SEEN})) OR ({OWN})"
JOBS = ("seeding", "reports")


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0003_build_the_second_wall"),
        ("tracking", "0004_count_a_clinics_days"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="OutcomesSchedule",
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
                ("set_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_because", models.CharField(blank=True, max_length=20)),
                (
                    "clinic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
                    ),
                ),
                (
                    "wanted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ClinicReport",
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
                ("asked_at", models.DateTimeField()),
                ("state", models.CharField(default="asked", max_length=20)),
                ("progress_percent", models.PositiveSmallIntegerField(default=0)),
                ("failure_code", models.CharField(blank=True, max_length=40)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                (
                    "file_name",
                    models.CharField(blank=True, help_text="the random name in storage", max_length=120),
                ),
                ("content_sha256", models.CharField(blank=True, max_length=64)),
                ("kind", models.CharField(max_length=20)),
                ("month_on", models.DateField(blank=True, null=True)),
                ("language", models.CharField(default="en", max_length=16)),
                ("figures_at", models.DateTimeField(blank=True, null=True)),
                (
                    "kept_until",
                    models.DateTimeField(blank=True, help_text="when row and file are removed", null=True),
                ),
                (
                    "listed_count",
                    models.PositiveIntegerField(default=0, help_text="how many children its file names"),
                ),
                (
                    "asked_by",
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
                    "schedule",
                    models.ForeignKey(
                        blank=True,
                        help_text="by which it was asked for; none: by hand",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tracking.outcomesschedule",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ListedChild",
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
                ("file_name", models.CharField(max_length=120)),
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
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="listed",
                        to="tracking.clinicreport",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        models.F("report"), models.F("child"), name="a_child_is_listed_once"
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="outcomesschedule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("ended_because", "")),
                    models.Q(("ended_at__isnull", False), ("ended_because__in", ["by_hand", "access_ended"])),
                    _connector="OR",
                ),
                name="monthly_outcomes_end_for_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="outcomesschedule",
            constraint=models.UniqueConstraint(
                models.F("clinic"),
                condition=models.Q(("ended_at__isnull", True)),
                name="one_monthly_paper_of_a_clinic",
            ),
        ),
        migrations.AddIndex(
            model_name="clinicreport",
            index=models.Index(fields=["clinic", "asked_at"], name="reports_of_a_clinic"),
        ),
        migrations.AddIndex(
            model_name="clinicreport",
            index=models.Index(
                condition=models.Q(("kept_until__isnull", False)),
                fields=["kept_until"],
                name="clinic_reports_over",
            ),
        ),
        migrations.AddConstraint(
            model_name="clinicreport",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["asked", "working", "ready", "failed"])),
                name="a_clinicreport_is_in_a_known_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="clinicreport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "ready"), _negated=True),
                    models.Q(
                        models.Q(("file_name", ""), _negated=True),
                        models.Q(("content_sha256", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="a_ready_clinicreport_has_a_file",
            ),
        ),
        migrations.AddConstraint(
            model_name="clinicreport",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kept_until__isnull", True),
                        ("kind", "clinic_outcomes"),
                        ("listed_count", 0),
                        ("month_on__isnull", False),
                    ),
                    models.Q(
                        ("kept_until__isnull", False),
                        ("kind", "caseload"),
                        ("month_on__isnull", True),
                        ("schedule__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="a_clinics_report_is_of_a_month_or_kept_for_a_while",
            ),
        ),
        migrations.AddConstraint(
            model_name="clinicreport",
            constraint=models.UniqueConstraint(
                models.F("clinic"),
                models.F("month_on"),
                condition=models.Q(("schedule__isnull", False)),
                name="a_month_is_put_on_paper_by_itself_once",
            ),
        ),
        rls.keyed_by_clinic("tracking_outcomesschedule", "tracking_clinicreport"),
        rls.same_clinic("tracking_clinicreport", ("schedule_id", "tracking_outcomesschedule")),
        rls.same_clinic(
            "tracking_listedchild", ("report_id", "tracking_clinicreport"), ("child_id", "clinic_child")
        ),
        rls.row_security("tracking_outcomesschedule", using=SEEN, systems=JOBS),
        rls.row_security("tracking_clinicreport", using=REPORTS, systems=JOBS),
        rls.row_security("tracking_listedchild", using=rls.OF_TEAM, systems=JOBS),
        rls.admit_job("tracking_clinicmonth", "reports"),
        rls.admit_job("tracking_clinicday", "outcomes"),
        know_audit_codes("asked_clinic_report", "scheduled_outcomes", "ended_outcomes_schedule"),
    ]
