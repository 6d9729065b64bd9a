"""What was signed stays as it was signed, with what is added to it later beside; letters say to whom they go."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import clinic.models.clinics
from clinic import rls
from clinic.migrating import know_audit_codes

BEING_MADE = (
    "state",
    "progress_percent",
    "failure_code",
    "finished_at",
    "file_name",
    "content_sha256",
    "asked_at",
    "content",
)
"""What still moves after signing, until the file with the signature is there."""

WITHOUT = " - ".join(["", *(f"'{name}'" for name in BEING_MADE)])

STAYS = f"""
CREATE FUNCTION tracking_signed_report_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE was jsonb := to_jsonb(OLD) - 'shared_at'; is_now jsonb; BEGIN
    {rls.UNLESS_ERASING}
    IF OLD.signed_at IS NULL THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    is_now := CASE TG_OP WHEN 'DELETE' THEN NULL ELSE to_jsonb(NEW) - 'shared_at' END;
    IF OLD.state <> 'ready' THEN
        was := was{WITHOUT};
        is_now := is_now{WITHOUT};
    END IF;
    IF is_now IS DISTINCT FROM was THEN
        RAISE EXCEPTION 'a signed report is never changed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER tracking_signed_report_stays BEFORE UPDATE OR DELETE ON tracking_report
    FOR EACH ROW EXECUTE FUNCTION tracking_signed_report_stays();
"""

UNSTAY = """
DROP TRIGGER tracking_signed_report_stays ON tracking_report;
DROP FUNCTION tracking_signed_report_stays();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0004_know_of_imported_caseloads"),
        ("tracking", "0020_keep_figures_of_months"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="report",
            name="addressee",
            field=models.CharField(blank=True, help_text="whom a letter goes to", max_length=200),
        ),
        migrations.AddField(
            model_name="report",
            name="content",
            field=models.JSONField(
                blank=True, help_text="what is set, until it is signed and made", null=True
            ),
        ),
        migrations.AddField(
            model_name="report",
            name="for_chart",
            field=models.TextField(
                blank=True, help_text="its sentences as plain text, for a chart elsewhere"
            ),
        ),
        migrations.AddField(
            model_name="report",
            name="question",
            field=models.TextField(blank=True, help_text="what a letter asks its reader"),
        ),
        migrations.CreateModel(
            name="ReportAddendum",
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
                ("words", models.TextField()),
                (
                    "language",
                    models.CharField(blank=True, help_text="of its words, a BCP 47 tag", max_length=16),
                ),
                ("written_at", models.DateTimeField()),
                (
                    "child",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="clinic.child"
                    ),
                ),
                (
                    "clinic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="addenda",
                        to="tracking.report",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["report", "written_at"], name="addenda_of_a_report")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True), name="an_addendum_says_something"
                    )
                ],
            },
        ),
        migrations.RunSQL(STAYS, reverse_sql=UNSTAY),
        # A draft that is removed looks here for what goes with it: the trigger below keeps what there is.
        rls.grant_to_app("tracking_reportaddendum", verbs="SELECT, INSERT, DELETE"),
        rls.append_only("tracking_reportaddendum", until_erased=True),
        rls.keyed_by_clinic("tracking_report", "tracking_reportaddendum"),
        rls.same_clinic(
            "tracking_reportaddendum", ("child_id", "clinic_child"), ("report_id", "tracking_report")
        ),
        rls.row_security("tracking_reportaddendum", using=rls.OF_RECORD, systems=("seeding",)),
        rls.read_by_glass("tracking_reportaddendum"),
        know_audit_codes("added_to_report"),
    ]
