"""The audit's word for a caseload that came from a file."""

from django.db import migrations

from clinic.migrating import know_audit_codes


class Migration(migrations.Migration):
    dependencies = [
        ("tracking", "0014_choose_how_a_copy_is_written"),
    ]

    operations = [
        know_audit_codes("imported_caseload"),
    ]
