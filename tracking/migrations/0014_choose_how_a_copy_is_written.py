"""A copy of a record as JSON, as CSV, or as a workbook."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tracking", "0013_name_what_goals_are_measured_by"),
    ]

    operations = [
        migrations.AddField(
            model_name="familyexport",
            name="file_format",
            field=models.CharField(default="json", max_length=8),
        ),
        migrations.AddConstraint(
            model_name="familyexport",
            constraint=models.CheckConstraint(
                condition=models.Q(("file_format__in", ["json", "csv", "xlsx"])),
                name="an_export_has_a_known_format",
            ),
        ),
    ]
