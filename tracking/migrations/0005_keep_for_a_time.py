"""How long a clinic keeps what, and what its nights removed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import clinic.models.clinics
from clinic import rls


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0003_build_the_second_wall"),
        ("tracking", "0004_erase_for_good"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RetentionPeriod",
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
                ("kept", models.CharField(max_length=20)),
                (
                    "amount",
                    models.PositiveSmallIntegerField(
                        blank=True, help_text="years or days, by what it is", null=True
                    ),
                ),
                ("set_at", models.DateTimeField()),
                (
                    "clinic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
                    ),
                ),
                (
                    "set_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["clinic", "kept", "-set_at", "-id"], name="latest_retention_period")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kept__in",
                                [
                                    "record",
                                    "record_of_age",
                                    "unsigned_report",
                                    "reminder",
                                    "invitation",
                                    "erasure_wait",
                                ],
                            )
                        ),
                        name="a_period_is_about_something_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RetentionRun",
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
                ("ran_on", models.DateField()),
                ("kept", models.CharField(max_length=20)),
                ("removed_count", models.PositiveIntegerField(default=0)),
                ("held_count", models.PositiveIntegerField(default=0)),
                ("finished_at", models.DateTimeField()),
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
                        models.F("clinic"),
                        models.F("ran_on"),
                        models.F("kept"),
                        name="one_report_a_night_and_kind",
                    )
                ],
            },
        ),
        rls.append_only("tracking_retentionperiod", until_erased=True),
        rls.grant_to_app("tracking_retentionperiod", verbs="SELECT, INSERT"),
        rls.grant_to_app("tracking_retentionrun", verbs="SELECT, INSERT, UPDATE"),
        rls.row_security("tracking_retentionperiod", using=rls.OF_STAFF, systems=("seeding",)),
        rls.row_security("tracking_retentionrun", using=rls.as_role("owner"), systems=("seeding",)),
    ]
