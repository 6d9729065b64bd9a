"""Consent item by item, each word a row of its own, in a wording that a clinic adopts."""

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import clinic.models.clinics
from clinic import rls


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0008_break_the_glass"),
    ]

    operations = [
        # Consents of the first plan, of which nobody ever gave one: a row was changed when it was taken back.
        migrations.DeleteModel(name="Consent"),
        migrations.CreateModel(
            name="Consent",
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
                ("kind", models.CharField(max_length=20)),
                ("is_given", models.BooleanField()),
                ("giver_name", models.CharField(blank=True, max_length=200)),
                ("on", models.DateField()),
                ("at", models.DateTimeField()),
                ("is_on_paper", models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name="ConsentText",
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
                ("kind", models.CharField(max_length=20)),
                ("language", models.CharField(max_length=16)),
                ("number", models.PositiveIntegerField()),
                ("text", models.TextField()),
                ("written_at", models.DateTimeField()),
                ("adopted_at", models.DateTimeField(blank=True, null=True)),
                ("adopted_name", models.CharField(blank=True, max_length=200)),
            ],
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="clinic",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="clinic",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="clinic",
            name="delete_delete",
        ),
        migrations.AddField(
            model_name="clinic",
            name="consents_of_every_guardian",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=20),
                blank=True,
                default=clinic.models.clinics.of_every_guardian,
                help_text="kinds of consent",
                size=None,
            ),
        ),
        migrations.AddField(
            model_name="clinicevent",
            name="consents_of_every_guardian",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=20),
                blank=True,
                default=clinic.models.clinics.of_every_guardian,
                help_text="kinds of consent",
                size=None,
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="clinic",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "clinic_clinicevent" ("address", "consents_of_every_guardian", "corrected_age_until_months", "created_at", "emergency_number", "id", "is_demo", "locale", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "slug", "staff_must_use_mfa", "vaccination_wait_hours", "zone") VALUES (NEW."address", NEW."consents_of_every_guardian", NEW."corrected_age_until_months", NEW."created_at", NEW."emergency_number", NEW."id", NEW."is_demo", NEW."locale", NEW."name", NOW(), \'insert\', NEW."id", NEW."phone", NEW."slug", NEW."staff_must_use_mfa", NEW."vaccination_wait_hours", NEW."zone"); RETURN NULL;',
                    hash="60e9c75c9c98328b1ac56f7e32ebe25f70901e51",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_89e20",
                    table="clinic_clinic",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="clinic",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "clinic_clinicevent" ("address", "consents_of_every_guardian", "corrected_age_until_months", "created_at", "emergency_number", "id", "is_demo", "locale", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "slug", "staff_must_use_mfa", "vaccination_wait_hours", "zone") VALUES (NEW."address", NEW."consents_of_every_guardian", NEW."corrected_age_until_months", NEW."created_at", NEW."emergency_number", NEW."id", NEW."is_demo", NEW."locale", NEW."name", NOW(), \'update\', NEW."id", NEW."phone", NEW."slug", NEW."staff_must_use_mfa", NEW."vaccination_wait_hours", NEW."zone"); RETURN NULL;',
                    hash="262eea65a21d73cb20daec814fd074f367588880",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_20361",
                    table="clinic_clinic",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="clinic",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "clinic_clinicevent" ("address", "consents_of_every_guardian", "corrected_age_until_months", "created_at", "emergency_number", "id", "is_demo", "locale", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "slug", "staff_must_use_mfa", "vaccination_wait_hours", "zone") VALUES (OLD."address", OLD."consents_of_every_guardian", OLD."corrected_age_until_months", OLD."created_at", OLD."emergency_number", OLD."id", OLD."is_demo", OLD."locale", OLD."name", NOW(), \'delete\', OLD."id", OLD."phone", OLD."slug", OLD."staff_must_use_mfa", OLD."vaccination_wait_hours", OLD."zone"); RETURN NULL;',
                    hash="e0f7dbf0e5bacfcb9a5f64e2aa71fd0be71b015c",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_b174d",
                    table="clinic_clinic",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="clinic",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("consents_of_every_guardian__contained_by", ["record", "sharing", "media", "research"])
                ),
                name="consents_of_every_guardian_are_of_known_kinds",
            ),
        ),
        migrations.AddField(
            model_name="consent",
            name="child",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="consents", to="clinic.child"
            ),
        ),
        migrations.AddField(
            model_name="consent",
            name="clinic",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
            ),
        ),
        migrations.AddField(
            model_name="consent",
            name="giver",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="consent",
            name="recorded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="consenttext",
            name="adopted_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="consenttext",
            name="clinic",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
            ),
        ),
        migrations.AddField(
            model_name="consenttext",
            name="written_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="consent",
            name="text",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="clinic.consenttext",
            ),
        ),
        migrations.AddConstraint(
            model_name="consenttext",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["record", "sharing", "media", "research"])),
                name="a_consent_text_is_of_a_known_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="consenttext",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("adopted_at__isnull", True), ("adopted_by__isnull", True)),
                    models.Q(("adopted_at__isnull", False), ("adopted_by__isnull", False)),
                    _connector="OR",
                ),
                name="a_consent_text_is_adopted_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="consenttext",
            constraint=models.UniqueConstraint(
                models.F("clinic"),
                models.F("kind"),
                models.F("language"),
                models.F("number"),
                name="a_consent_text_version_is_used_once",
            ),
        ),
        migrations.AddIndex(
            model_name="consent",
            index=models.Index(fields=["child", "kind", "on", "id"], name="consents_of_a_child"),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["record", "sharing", "media", "research"])),
                name="a_consent_is_of_a_known_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("giver__isnull", False), ("giver_name", "")),
                    models.Q(("giver__isnull", True), models.Q(("giver_name", ""), _negated=True)),
                    _connector="OR",
                ),
                name="a_consent_is_somebodys",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_on_paper", True), ("is_given", False), ("text__isnull", False), _connector="OR"
                ),
                name="a_consent_names_its_wording_or_is_on_paper",
            ),
        ),
        migrations.AddConstraint(
            model_name="consent",
            constraint=models.CheckConstraint(
                condition=models.Q(("giver__isnull", False), ("is_on_paper", True), _connector="OR"),
                name="only_paper_is_by_name_alone",
            ),
        ),
        rls.keyed_by_clinic("clinic_consenttext"),
        rls.same_clinic("clinic_consent", ("child_id", "clinic_child"), ("text_id", "clinic_consenttext")),
        rls.append_only("clinic_consent", until_erased=True),
        rls.grant_to_app("clinic_consent", verbs="SELECT, INSERT"),
        rls.row_security("clinic_consent", using=rls.OF_CHILD, systems=("seeding",)),
        rls.row_security("clinic_consenttext", using=rls.NEAR, systems=("seeding",)),
    ]
