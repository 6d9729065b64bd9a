"""The archive a guardian takes away of a child's record."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import clinic.models.clinics
from clinic import rls
from clinic.migrating import know_audit_codes


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0003_build_the_second_wall"),
        ("tracking", "0006_let_go_of_old_changes"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="FamilyExport",
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
                ("language", models.CharField(default="en", max_length=16)),
                ("state", models.CharField(default="asked", max_length=20)),
                ("progress_percent", models.PositiveSmallIntegerField(default=0)),
                ("failure_code", models.CharField(blank=True, max_length=40)),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                (
                    "expires_at",
                    models.DateTimeField(blank=True, help_text="when the file is removed", null=True),
                ),
                (
                    "file_name",
                    models.CharField(blank=True, help_text="the random name in storage", max_length=120),
                ),
                ("byte_count", models.PositiveIntegerField(blank=True, null=True)),
                ("content_sha256", models.CharField(blank=True, max_length=64)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
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
            ],
            options={
                "indexes": [
                    models.Index(fields=["child", "asked_by", "asked_at"], name="exports_of_a_guardian")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["asked", "working", "ready", "failed", "expired"])),
                        name="an_export_is_in_a_known_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "ready"), _negated=True),
                            models.Q(
                                models.Q(("file_name", ""), _negated=True),
                                models.Q(("content_sha256", ""), _negated=True),
                                ("expires_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="a_ready_export_has_a_file_for_a_while",
                    ),
                    models.UniqueConstraint(
                        models.F("child"),
                        models.F("asked_by"),
                        condition=models.Q(("state__in", ["asked", "working"])),
                        name="one_export_is_made_at_a_time",
                    ),
                ],
            },
        ),
        rls.same_clinic("tracking_familyexport", ("child_id", "clinic_child")),
        rls.row_security("tracking_familyexport", using=rls.OF_RECORD, systems=("seeding", "exports")),
        know_audit_codes("asked_export", "exported_record"),
    ]
