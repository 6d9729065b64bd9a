"""How providers stand, what was begun of a delivery, and indexes: of a clinic, of what was given up, of late."""

from django.db import migrations, models

import clinic.models.clinics


class Migration(migrations.Migration):
    dependencies = [
        ("tracking", "0011_let_notices_be_planned"),
    ]

    operations = [
        migrations.CreateModel(
            name="ProviderStanding",
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
                ("provider", models.CharField(max_length=120, unique=True)),
                ("failures", models.PositiveIntegerField(default=0)),
                ("open_until", models.DateTimeField(blank=True, null=True)),
                ("probed_until", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.AddField(
            model_name="reminderdelivery",
            name="begun",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddIndex(
            model_name="reminderdelivery",
            index=models.Index(
                condition=models.Q(("state__in", ["due", "leased", "retry"])),
                fields=["clinic", "next_try_at", "id"],
                name="deliveries_to_try_of_a_clinic",
            ),
        ),
        migrations.AddIndex(
            model_name="reminderdelivery",
            index=models.Index(
                condition=models.Q(("state__in", ["dead", "unknown"])),
                fields=["clinic", "ended_at"],
                name="deliveries_given_up",
            ),
        ),
        migrations.AddIndex(
            model_name="reminderdelivery",
            index=models.Index(
                condition=models.Q(("ended_at__isnull", False)),
                fields=["ended_at"],
                name="deliveries_ended_lately",
            ),
        ),
    ]
