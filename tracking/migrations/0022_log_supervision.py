"""The supervision log."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import clinic.models.clinics


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0006_place_students_until"),
        ("tracking", "0021_say_it_in_own_words"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Supervision",
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
                ("on", models.DateField()),
                ("minutes", models.PositiveSmallIntegerField()),
                ("discussed", models.TextField(blank=True)),
                (
                    "language",
                    models.CharField(blank=True, help_text="of its words, a BCP 47 tag", max_length=16),
                ),
                ("written_at", models.DateTimeField()),
                (
                    "clinic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "supervisor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["clinic", "person", "on", "id"], name="supervision_of_a_person")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("person", models.F("supervisor")), _negated=True),
                        name="nobody_supervises_themselves",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("minutes__range", (1, 600))),
                        name="supervision_lasts_1_to_600_minutes",
                    ),
                ],
            },
        ),
    ]
