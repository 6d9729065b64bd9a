"""A caregiver says once a week how it was for them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import clinic.models.clinics
from clinic import rls


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0004_say_which_languages_people_speak"),
        ("tracking", "0014_tell_concerns"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="CheckIn",
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
                ("client_id", models.UUIDField()),
                ("week_on", models.DateField()),
                ("how_it_was", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("how_sure", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("words", models.TextField(blank=True)),
                (
                    "language",
                    models.CharField(blank=True, help_text="of its words, a BCP 47 tag", max_length=16),
                ),
                ("is_left", models.BooleanField(default=False)),
                ("told_at", models.DateTimeField()),
                ("received_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("body_hash", models.CharField(max_length=64)),
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
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="check_ins",
                        to="clinic.child",
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
                    models.Index(fields=["child", "author", "week_on", "id"], name="check_ins_by_author")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("child"),
                        models.F("author"),
                        models.F("client_id"),
                        name="a_check_in_is_told_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("how_it_was__isnull", True), ("how_it_was__range", (1, 5)), _connector="OR"
                        ),
                        name="how_it_was_is_1_to_5",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("how_sure__isnull", True), ("how_sure__range", (1, 5)), _connector="OR"
                        ),
                        name="how_sure_is_1_to_5",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_left", False),
                            models.Q(("how_it_was__isnull", True), ("how_sure__isnull", True), ("words", "")),
                            _connector="OR",
                        ),
                        name="a_check_in_left_out_says_nothing",
                    ),
                ],
            },
        ),
        rls.same_clinic("tracking_checkin", ("child_id", "clinic_child")),
    ]
