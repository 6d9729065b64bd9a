"""The audit's word for a caseload that came from a file."""

from django.db import migrations

from clinic.migrating import know_audit_codes


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0003_build_the_second_wall"),
    ]

    operations = [
        know_audit_codes("imported_caseload"),
    ]
