"""Notices, and deliveries that carry one of them or a reminder."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import clinic.models.clinics
from clinic import rls

# Deliveries now name their child. Those of before a first release are let go; the next day is planned anew.
FORGET = "TRUNCATE tracking_reminderdelivery, tracking_reminderoccurrence"

JOBS = "'seeding', 'reminders'"
SEEN = f"(SELECT littlefoot_system()) IN ({JOBS}) OR {rls.OF_CHILD}"
SEEN_THROUGH = f"(SELECT littlefoot_system()) IN ({JOBS}) OR " + rls.through(
    "occurrence_id", "tracking_reminderoccurrence"
)
ALTER = "ALTER POLICY littlefoot_tracking_reminderdelivery ON tracking_reminderdelivery USING ({0}) WITH CHECK ({0})"


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0003_build_the_second_wall"),
        ("tracking", "0007_keep_what_guardians_take_away"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunSQL(FORGET, reverse_sql=FORGET),
        migrations.CreateModel(
            name="Notice",
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
                ("kind", models.CharField(max_length=20)),
                ("subject_id", models.UUIDField()),
                ("is_to_staff", models.BooleanField(default=False)),
                ("made_at", models.DateTimeField()),
                ("planned_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="reminderdelivery",
            name="a_delivery_is_made_once_per_person_and_channel",
        ),
        migrations.AddField(
            model_name="reminderdelivery",
            name="child",
            field=models.ForeignKey(
                default=None, on_delete=django.db.models.deletion.CASCADE, related_name="+", to="clinic.child"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="reminderdelivery",
            name="round",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name="reminderdelivery",
            name="occurrence",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="deliveries",
                to="tracking.reminderoccurrence",
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="child",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="clinic.child"
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="clinic",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="to",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="reminderdelivery",
            name="notice",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="deliveries",
                to="tracking.notice",
            ),
        ),
        migrations.AddIndex(
            model_name="reminderdelivery",
            index=models.Index(
                condition=models.Q(("state__in", ["due", "leased", "retry"])),
                fields=["recipient", "due_at"],
                name="deliveries_open_of_a_person",
            ),
        ),
        migrations.AddConstraint(
            model_name="reminderdelivery",
            constraint=models.UniqueConstraint(
                models.F("occurrence"),
                models.F("recipient"),
                models.F("channel"),
                models.F("round"),
                name="a_delivery_is_made_once_per_person_and_channel",
            ),
        ),
        migrations.AddConstraint(
            model_name="reminderdelivery",
            constraint=models.UniqueConstraint(
                models.F("notice"), models.F("recipient"), name="a_notice_is_delivered_once_per_person"
            ),
        ),
        migrations.AddConstraint(
            model_name="reminderdelivery",
            constraint=models.CheckConstraint(
                condition=models.Q(("occurrence__isnull", True), ("notice__isnull", True), _connector="XOR"),
                name="a_delivery_is_of_an_occurrence_or_a_notice",
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("planned_at__isnull", True)),
                fields=["made_at", "id"],
                name="notices_to_plan",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        ["message", "program_version", "report_shared", "flag", "urgent_flag", "flag_unread"],
                    )
                ),
                name="a_notice_is_of_a_known_kind",
            ),
        ),
        rls.keyed_by_clinic("tracking_notice"),
        rls.same_clinic("tracking_notice", ("child_id", "clinic_child")),
        rls.same_clinic(
            "tracking_reminderdelivery", ("child_id", "clinic_child"), ("notice_id", "tracking_notice")
        ),
        rls.row_security(
            "tracking_notice", using=rls.OF_CHILD, systems=("seeding", "reminders", "reports", "flags")
        ),
        migrations.RunSQL(ALTER.format(SEEN), reverse_sql=ALTER.format(SEEN_THROUGH)),
    ]
