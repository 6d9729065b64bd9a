"""A report may be made for one of the child's homes, whose guardians alone read it once it is shared."""

import django.db.models.deletion
from django.db import migrations, models

from clinic import rls


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0004_know_of_imported_caseloads"),
        ("tracking", "0021_freeze_signed_reports"),
    ]

    operations = [
        migrations.AddField(
            model_name="report",
            name="family",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="clinic.family",
            ),
        ),
        rls.same_clinic("tracking_report", ("family_id", "clinic_family")),
        rls.admit_job("tracking_report", "reminders"),
    ]
