"""Seals for the audit: its rows in chains, one a clinic (docs/adr/0026)."""

from django.db import migrations, models

import clinic.models.audit
from clinic import rls


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0005_know_erasing_in_the_audit"),
    ]

    operations = [
        migrations.CreateModel(
            name="AuditSeal",
            fields=[
                ("event_id", models.UUIDField(editable=False, primary_key=True, serialize=False)),
                ("clinic_id", models.UUIDField(null=True)),
                ("position", models.BigIntegerField()),
                ("digest", models.CharField(max_length=64)),
                (
                    "written_in",
                    clinic.models.audit.TransactionIdField(
                        help_text="the row's own, so that the chain's end knows its place"
                    ),
                ),
                ("sealed_at", models.DateTimeField()),
            ],
        ),
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    "ALTER TABLE clinic_auditevent"
                    " ADD COLUMN written_in xid8 NOT NULL DEFAULT pg_current_xact_id()",
                    reverse_sql="ALTER TABLE clinic_auditevent DROP COLUMN written_in",
                )
            ],
            state_operations=[
                migrations.AddField(
                    model_name="auditevent",
                    name="written_in",
                    field=clinic.models.audit.TransactionIdField(
                        default=clinic.models.audit.ThisTransaction, editable=False
                    ),
                )
            ],
        ),
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(fields=["clinic_id", "written_in", "id"], name="audit_as_it_is_sealed"),
        ),
        migrations.AddConstraint(
            model_name="auditseal",
            constraint=models.UniqueConstraint(
                models.F("clinic_id"),
                models.F("position"),
                name="a_chain_has_one_row_at_a_place",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="auditseal",
            constraint=models.CheckConstraint(
                condition=models.Q(("position__gte", 1)), name="a_chain_begins_at_1"
            ),
        ),
        rls.append_only("clinic_auditseal"),
        rls.grant_to_app("clinic_auditseal", verbs="SELECT, INSERT"),
        rls.row_security(
            "clinic_auditseal",
            using=rls.as_role("owner"),
            check="(SELECT littlefoot_system()) IN ('seeding', 'sealing')",
            systems=("seeding", "sealing"),
        ),
        rls.admit_job("clinic_auditevent", "sealing"),
    ]
