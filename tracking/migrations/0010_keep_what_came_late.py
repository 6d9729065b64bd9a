"""What came after its author's access had ended, for the care team alone."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import clinic.models.clinics
from clinic import rls


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0014_know_late_entries_in_the_audit"),
        ("tracking", "0009_tell_devices_what_changed"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="QuarantinedEntry",
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
                ("client_id", models.UUIDField()),
                ("base_revision", models.PositiveIntegerField(default=0)),
                (
                    "door",
                    models.CharField(
                        choices=[
                            ("api", "Api"),
                            ("family_pages", "Family Pages"),
                            ("clinic_pages", "Clinic Pages"),
                            ("seed", "Seed"),
                        ],
                        max_length=20,
                    ),
                ),
                ("body", models.JSONField()),
                ("body_hash", models.CharField(max_length=64)),
                ("happened_at", models.DateTimeField()),
                ("received_at", models.DateTimeField()),
                ("decision", models.CharField(blank=True, max_length=20)),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                ("reason", models.TextField(blank=True, help_text="why it was left out, for the team alone")),
                (
                    "language",
                    models.CharField(blank=True, help_text="of its words, a BCP 47 tag", max_length=16),
                ),
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
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "grant",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="clinic.caregivergrant",
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
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("decided_at__isnull", True)),
                        fields=["clinic", "received_at", "id"],
                        name="entries_that_wait",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("child"),
                        models.F("sent_by"),
                        models.F("client_id"),
                        models.F("base_revision"),
                        models.F("body_hash"),
                        name="a_late_write_waits_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", True), ("decided_by__isnull", True), ("decision", "")
                            ),
                            models.Q(
                                ("decided_at__isnull", False),
                                ("decided_by__isnull", False),
                                ("decision__in", ["accepted", "discarded"]),
                            ),
                            _connector="OR",
                        ),
                        name="a_decision_says_by_whom_and_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decision", "discarded"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="what_is_left_out_has_a_reason",
                    ),
                ],
            },
        ),
        rls.keyed_by_clinic("tracking_quarantinedentry"),
        rls.same_clinic(
            "tracking_quarantinedentry", ("child_id", "clinic_child"), ("grant_id", "clinic_caregivergrant")
        ),
        rls.grant_to_app("tracking_quarantinedentry", verbs="SELECT, INSERT, UPDATE"),
        rls.row_security("tracking_quarantinedentry", using=rls.OF_TEAM, systems=("seeding", "quarantine")),
        *[
            rls.admit_job(table, "quarantine")
            for table in ("clinic_child", "clinic_caregivergrant", "clinic_family", "clinic_clinic")
        ],
    ]
