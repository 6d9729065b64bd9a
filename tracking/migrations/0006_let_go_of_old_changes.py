"""Marks of how far the change feed had been written, and the job that drops what is older than one."""

from django.db import migrations, models
from django.db.migrations.operations import RunSQL

import clinic.models.audit
import clinic.models.clinics
from clinic import rls

BY_NOBODY_ELSE = """
GRANT DELETE ON tracking_change TO littlefoot_app;
CREATE POLICY littlefoot_tracking_change_goes ON tracking_change FOR DELETE
    USING ((SELECT littlefoot_system()) = 'feed');
CREATE POLICY littlefoot_tracking_change_stays ON tracking_change AS RESTRICTIVE FOR DELETE
    USING ((SELECT littlefoot_system()) IN ('feed', 'erasing', 'seeding'))
"""

AS_BEFORE = """
DROP POLICY littlefoot_tracking_change_stays ON tracking_change;
DROP POLICY littlefoot_tracking_change_goes ON tracking_change;
REVOKE DELETE ON tracking_change FROM littlefoot_app
"""


class Migration(migrations.Migration):
    dependencies = [("tracking", "0005_keep_how_far_a_hand_off_was_looked_at")]

    operations = [
        migrations.CreateModel(
            name="FeedMark",
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
                ("made_at", models.DateTimeField()),
                (
                    "written_in",
                    clinic.models.audit.TransactionIdField(
                        default=clinic.models.audit.OldestOpen, editable=False
                    ),
                ),
                ("is_emptied", models.BooleanField(default=False)),
            ],
        ),
        rls.admit_job("tracking_change", "feed"),
        RunSQL(BY_NOBODY_ELSE, reverse_sql=AS_BEFORE),
    ]
