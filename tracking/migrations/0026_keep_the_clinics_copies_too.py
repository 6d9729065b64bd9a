"""A copy of a record is a family's or the clinic's, and no longer named after the family alone."""

from django.db import migrations, models

OLD, NEW = "tracking_familyexport", "tracking_recordexport"
UNDER_WAY = ("state__in", ("asked", "working"))


def renamed(old: str, new: str) -> str:
    """What of the second wall carries a table's name, which renaming the table leaves as it was."""
    return (
        f"ALTER POLICY littlefoot_{old} ON {new} RENAME TO littlefoot_{new};"
        f"ALTER TABLE {new} RENAME CONSTRAINT {old}_child_id_same_clinic TO {new}_child_id_same_clinic"
    )


class Migration(migrations.Migration):
    dependencies = [("tracking", "0025_draft_reports_every_month")]

    operations = [
        migrations.RenameModel(old_name="FamilyExport", new_name="RecordExport"),
        migrations.RunSQL(renamed(OLD, NEW), reverse_sql=migrations.RunSQL.noop),
        migrations.AddField(
            model_name="recordexport",
            name="copy_for",
            field=models.CharField(default="family", max_length=8),
        ),
        migrations.RenameIndex(
            model_name="recordexport", old_name="exports_of_a_guardian", new_name="exports_of_an_asker"
        ),
        migrations.RemoveConstraint(model_name="recordexport", name="one_export_is_made_at_a_time"),
        migrations.AddConstraint(
            model_name="recordexport",
            constraint=models.CheckConstraint(
                condition=models.Q(("copy_for__in", ["family", "clinic"])),
                name="an_export_is_somebodys_copy",
            ),
        ),
        migrations.AddConstraint(
            model_name="recordexport",
            constraint=models.UniqueConstraint(
                models.F("child"),
                models.F("asked_by"),
                models.F("copy_for"),
                condition=models.Q(UNDER_WAY),
                name="one_export_is_made_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="recordexport",
            constraint=models.UniqueConstraint(
                models.F("asked_by"),
                condition=models.Q(("copy_for", "clinic"), UNDER_WAY),
                name="one_clinic_copy_of_a_person_is_made_at_a_time",
            ),
        ),
    ]
