"""Entries say how exactly they are known, how the family told them, and who told them; the door stands beside.

"Exact" and "about" become "to the minute": nothing ever told them apart. `source` becomes `door`, and every
entry kept so far was told in an app or on the family's pages.
"""

import django.db.models.deletion
from django.db import migrations, models

from clinic import rls

PRECISIONS = ["minute", "part_of_day", "day"]
PARTS = ["morning", "midday", "afternoon", "evening", "night"]
SOURCES = ["app", "paper", "phone_call", "in_person"]

KINDS = {
    "massagesession": "a_session",
    "bedtime": "a_bedtime",
    "tactileobservation": "an_observation",
    "stimulusday": "a_stimulus_day",
}


def retold(table, *, was, now):
    """The rows' precision in other words; what keeps entries as they are is lifted meanwhile."""
    return (
        f"ALTER TABLE {table} DISABLE TRIGGER {table}_stays;"  # noqa: S608  # names of ours
        f"UPDATE {table} SET precision = '{now}' WHERE precision IN {was};"
        f"ALTER TABLE {table} ENABLE TRIGGER {table}_stays"
    )


def operations_on(kind, name):
    table = f"tracking_{kind}"
    return [
        migrations.RemoveConstraint(model_name=kind, name=f"{name}_precision_is_known"),
        migrations.RunSQL(
            retold(table, was="('exact', 'about')", now="minute"),
            reverse_sql=retold(table, was="('minute')", now="exact"),
        ),
        migrations.RenameField(model_name=kind, old_name="source", new_name="door"),
        migrations.AlterField(
            model_name=kind,
            name="door",
            field=models.CharField(help_text="through which of our doors it came in", max_length=20),
        ),
        migrations.AddField(
            model_name=kind,
            name="source",
            field=models.CharField(default="app", help_text="how the family told it", max_length=20),
        ),
        migrations.AlterField(
            model_name=kind,
            name="precision",
            field=models.CharField(default="minute", max_length=20),
        ),
        migrations.AddField(
            model_name=kind,
            name="part_of_day",
            field=models.CharField(blank=True, default="", max_length=20),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name=kind,
            name="told_by_name",
            field=models.CharField(blank=True, default="", max_length=120),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name=kind,
            name="told_by_grant",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="clinic.caregivergrant",
            ),
        ),
        rls.same_clinic(table, ("told_by_grant_id", "clinic_caregivergrant")),
        migrations.AddConstraint(
            model_name=kind,
            constraint=models.CheckConstraint(
                condition=models.Q(precision__in=PRECISIONS), name=f"{name}_precision_is_known"
            ),
        ),
        migrations.AddConstraint(
            model_name=kind,
            constraint=models.CheckConstraint(
                condition=models.Q(precision="part_of_day", part_of_day__in=PARTS)
                | (~models.Q(precision="part_of_day") & models.Q(part_of_day="")),
                name=f"{name}_names_a_part_of_its_day_or_none",
            ),
        ),
        migrations.AddConstraint(
            model_name=kind,
            constraint=models.CheckConstraint(
                condition=models.Q(source__in=SOURCES), name=f"{name}_source_is_known"
            ),
        ),
    ]


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0003_audit_more_of_what_happens"),
        ("tracking", "0007_prepare_clips_and_order_media"),
    ]

    operations = [
        rls.keyed_by_clinic("clinic_caregivergrant"),
        *(operation for kind, name in KINDS.items() for operation in operations_on(kind, name)),
    ]
