"""The audit's word for what a household wishes of its reminders."""

from django.db import migrations

from clinic.migrating import know_audit_codes


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0005_know_whose_address_is_read"),
    ]

    operations = [
        know_audit_codes("changed_reminders"),
    ]
