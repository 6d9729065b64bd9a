"""Reports are of several kinds; those so far are progress reports."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0004_know_of_imported_caseloads"),
        ("tracking", "0018_count_a_clinics_days"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="report",
            name="kind",
            field=models.CharField(default="progress", max_length=20),
        ),
        migrations.AddConstraint(
            model_name="report",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        ["progress", "parent", "letter", "handout", "paper_week", "sleep_protocol", "visit"],
                    )
                ),
                name="a_report_is_of_a_known_kind",
            ),
        ),
    ]
