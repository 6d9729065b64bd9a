"""The job that archives a clinic: it reads which children there are, and has a reader placed for each."""

from django.db import migrations

from clinic import rls
from clinic.migrating import know_audit_codes

PLACED_IN = ("clinic_clinicmembership", "clinic_careteam")


def let_place(table: str) -> migrations.RunSQL:
    """Let the job write a place, which its transaction takes back."""
    policy = f"littlefoot_{table}_archiving"
    return migrations.RunSQL(
        f"CREATE POLICY {policy} ON {table} FOR INSERT"
        " WITH CHECK ((SELECT littlefoot_system()) = 'archiving')",
        reverse_sql=f"DROP POLICY {policy} ON {table}",
    )


class Migration(migrations.Migration):
    dependencies = [("tracking", "0026_keep_the_clinics_copies_too")]

    operations = [
        rls.admit_job("clinic_clinic", "archiving"),
        rls.admit_job("clinic_child", "archiving"),
        *[let_place(table) for table in PLACED_IN],
        know_audit_codes("exported_clinic"),
    ]
