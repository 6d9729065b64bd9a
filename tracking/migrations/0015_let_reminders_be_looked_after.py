"""The job that counts how reminders do, and the word for having given-up ones tried again."""

from django.db import migrations

from clinic import rls
from clinic.migrating import know_audit_codes


class Migration(migrations.Migration):
    dependencies = [("tracking", "0014_choose_how_a_copy_is_written")]

    operations = [
        know_audit_codes("replayed_reminders"),
        rls.admit_job("tracking_reminderdelivery", "metrics"),
    ]
