"""A child's progress report drafted every month, for the therapist who asked for that."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import clinic.models.clinics
from clinic import rls
from clinic.migrating import know_audit_codes


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0006_know_of_changed_reminders"),
        ("tracking", "0024_name_goals_by_their_senders"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ReportSchedule",
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
                ("day_of_month", models.PositiveSmallIntegerField()),
                ("next_on", models.DateField()),
                ("set_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_because", models.CharField(blank=True, max_length=20)),
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
                    "therapist",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="report",
            name="schedule",
            field=models.ForeignKey(
                blank=True,
                help_text="by which it was drafted; none: asked for by hand",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tracking.reportschedule",
            ),
        ),
        migrations.AddIndex(
            model_name="reportschedule",
            index=models.Index(
                condition=models.Q(("ended_at__isnull", True)), fields=["next_on"], name="monthly_reports_due"
            ),
        ),
        migrations.AddConstraint(
            model_name="reportschedule",
            constraint=models.CheckConstraint(
                condition=models.Q(("day_of_month__range", (1, 28))),
                name="a_monthly_report_is_on_a_day_of_every_month",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportschedule",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("ended_because", "")),
                    models.Q(
                        ("ended_at__isnull", False),
                        ("ended_because__in", ["by_hand", "care_ended", "access_ended"]),
                    ),
                    _connector="OR",
                ),
                name="a_monthly_report_ends_for_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="reportschedule",
            constraint=models.UniqueConstraint(
                models.F("child"),
                condition=models.Q(("ended_at__isnull", True)),
                name="one_monthly_report_of_a_child",
            ),
        ),
        rls.keyed_by_clinic("tracking_reportschedule"),
        rls.same_clinic("tracking_reportschedule", ("child_id", "clinic_child")),
        rls.same_clinic("tracking_report", ("schedule_id", "tracking_reportschedule")),
        rls.row_security("tracking_reportschedule", using=rls.OF_RECORD, systems=("seeding", "reports")),
        rls.read_by_glass("tracking_reportschedule"),
        know_audit_codes("scheduled_reports", "ended_report_schedule"),
    ]
