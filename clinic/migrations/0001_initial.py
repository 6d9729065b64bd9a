import datetime as dt

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import clinic.models.audit
import clinic.models.clinics
import clinic.vocabulary
from clinic import rls
from clinic.migrating import MakeTogether


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.RunSQL(rls.CLOCK_SQL, reverse_sql="DROP FUNCTION littlefoot_now()"),
        migrations.RunSQL(
            rls.ASKER_SQL, reverse_sql="DROP FUNCTION littlefoot_asker(); DROP FUNCTION littlefoot_system()"
        ),
        MakeTogether(
            operations=[
                migrations.CreateModel(
                    name="Clinic",
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
                        ("name", models.CharField(max_length=200)),
                        ("slug", models.SlugField(max_length=60, unique=True)),
                        ("zone", models.CharField(help_text="IANA name", max_length=64)),
                        ("locale", models.CharField(default="en", max_length=16)),
                        ("address", models.TextField(blank=True)),
                        ("phone", models.CharField(blank=True, max_length=40)),
                        ("emergency_number", models.CharField(blank=True, max_length=20)),
                        ("corrected_age_until_months", models.PositiveSmallIntegerField(default=24)),
                        ("vaccination_wait_hours", models.PositiveSmallIntegerField(default=48)),
                        (
                            "consents_of_every_guardian",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=20),
                                blank=True,
                                default=clinic.models.clinics.of_every_guardian,
                                help_text="kinds of consent",
                                size=None,
                            ),
                        ),
                        ("staff_must_use_mfa", models.BooleanField(default=True)),
                        ("is_demo", models.BooleanField(default=False)),
                        ("created_at", models.DateTimeField()),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("corrected_age_until_months__in", [24, 30, 36])),
                                name="corrected_age_ends_at_24_30_or_36_months",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "consents_of_every_guardian__contained_by",
                                        ["record", "sharing", "media", "research"],
                                    )
                                ),
                                name="consents_of_every_guardian_are_of_known_kinds",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ClinicEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="clinic.clinic",
                            ),
                        ),
                        (
                            "id",
                            models.UUIDField(
                                default=clinic.models.clinics.new_id, editable=False, serialize=False
                            ),
                        ),
                        ("name", models.CharField(max_length=200)),
                        ("slug", models.SlugField(db_index=False, max_length=60)),
                        ("zone", models.CharField(help_text="IANA name", max_length=64)),
                        ("locale", models.CharField(default="en", max_length=16)),
                        ("address", models.TextField(blank=True)),
                        ("phone", models.CharField(blank=True, max_length=40)),
                        ("emergency_number", models.CharField(blank=True, max_length=20)),
                        ("corrected_age_until_months", models.PositiveSmallIntegerField(default=24)),
                        ("vaccination_wait_hours", models.PositiveSmallIntegerField(default=48)),
                        (
                            "consents_of_every_guardian",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=20),
                                blank=True,
                                default=clinic.models.clinics.of_every_guardian,
                                help_text="kinds of consent",
                                size=None,
                            ),
                        ),
                        ("staff_must_use_mfa", models.BooleanField(default=True)),
                        ("is_demo", models.BooleanField(default=False)),
                        ("created_at", models.DateTimeField()),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="AuditEvent",
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
                        (
                            "clinic_id",
                            models.UUIDField(
                                help_text="empty: nobody's clinic (a refused stranger)", null=True
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("hour", models.DateTimeField(null=True)),
                        ("actor_id", models.UUIDField(null=True)),
                        ("code", models.CharField(max_length=40)),
                        ("child_id", models.UUIDField(null=True)),
                        ("subject_kind", models.CharField(blank=True, max_length=40)),
                        ("subject_id", models.UUIDField(null=True)),
                        (
                            "detail",
                            models.CharField(
                                blank=True, help_text="a code, never a word of anybody's", max_length=60
                            ),
                        ),
                        (
                            "written_in",
                            clinic.models.audit.TransactionIdField(
                                default=clinic.models.audit.ThisTransaction, editable=False
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["clinic_id", "at", "id"], name="audit_of_a_clinic"),
                            models.Index(fields=["child_id", "at", "id"], name="audit_of_a_child"),
                            models.Index(
                                fields=["clinic_id", "written_in", "id"], name="audit_as_it_is_sealed"
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("actor_id"),
                                models.F("child_id"),
                                models.F("code"),
                                models.F("hour"),
                                condition=models.Q(("hour__isnull", False)),
                                name="a_read_is_one_row_an_hour",
                                nulls_distinct=False,
                            )
                        ],
                    },
                ),
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
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("clinic_id"),
                                models.F("position"),
                                name="a_chain_has_one_row_at_a_place",
                                nulls_distinct=False,
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("position__gte", 1)), name="a_chain_begins_at_1"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="User",
                    fields=[
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        (
                            "last_login",
                            models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                        ),
                        (
                            "id",
                            models.UUIDField(
                                default=clinic.models.clinics.new_id,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("name", models.CharField(max_length=200)),
                        ("email", models.EmailField(blank=True, max_length=254, null=True)),
                        (
                            "email_verified_at",
                            models.DateTimeField(
                                blank=True,
                                help_text="since when they are known to read what is sent there",
                                null=True,
                            ),
                        ),
                        (
                            "sign_in_number",
                            models.CharField(
                                blank=True,
                                help_text="of whoever has no e-mail address",
                                max_length=8,
                                null=True,
                                unique=True,
                            ),
                        ),
                        (
                            "zone",
                            models.CharField(
                                blank=True, help_text="IANA name; empty: the household's", max_length=64
                            ),
                        ),
                        (
                            "locale",
                            models.CharField(blank=True, help_text="of pages and mails", max_length=16),
                        ),
                        (
                            "spoken_languages",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=16),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "reading_language",
                            models.CharField(
                                blank=True, help_text="of its words, a BCP 47 tag", max_length=16
                            ),
                        ),
                        ("is_active", models.BooleanField(default=True)),
                        ("joined_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                django.db.models.functions.text.Lower("email"),
                                name="an_email_belongs_to_one_person",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("email_verified_at__isnull", True),
                                    ("email__isnull", False),
                                    _connector="OR",
                                ),
                                name="only_an_address_is_verified",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ClinicMembership",
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
                        (
                            "clinic",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.clinic",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="memberships",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "roles",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "credentials",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=60),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        ("started_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "placed_until",
                            models.DateTimeField(
                                blank=True,
                                help_text="when a student's placement is over; empty: no placement",
                                null=True,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "roles__contained_by",
                                        ["owner", "therapist", "therapist_assistant", "student", "office"],
                                    ),
                                    ("roles__len__gt", 0),
                                ),
                                name="a_membership_holds_known_roles",
                            ),
                            models.UniqueConstraint(
                                models.F("clinic"),
                                models.F("user"),
                                condition=models.Q(("ended_at__isnull", True)),
                                name="one_open_membership_per_person_and_clinic",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ClinicMembershipEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="clinic.clinicmembership",
                            ),
                        ),
                        (
                            "id",
                            models.UUIDField(
                                default=clinic.models.clinics.new_id, editable=False, serialize=False
                            ),
                        ),
                        (
                            "clinic",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clinic.clinic",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "roles",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "credentials",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=60),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        ("started_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "placed_until",
                            models.DateTimeField(
                                blank=True,
                                help_text="when a student's placement is over; empty: no placement",
                                null=True,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Family",
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
                        (
                            "clinic",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.clinic",
                            ),
                        ),
                        ("name", models.CharField(max_length=200)),
                        ("zone", models.CharField(help_text="IANA name", max_length=64)),
                        ("locale", models.CharField(default="en", max_length=16)),
                        ("phone", models.CharField(blank=True, max_length=40)),
                        ("contact_email", models.EmailField(blank=True, max_length=254)),
                        ("address", models.TextField(blank=True)),
                        ("created_at", models.DateTimeField()),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="FamilyEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="clinic.family",
                            ),
                        ),
                        (
                            "id",
                            models.UUIDField(
                                default=clinic.models.clinics.new_id, editable=False, serialize=False
                            ),
                        ),
                        (
                            "clinic",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clinic.clinic",
                            ),
                        ),
                        ("name", models.CharField(max_length=200)),
                        ("zone", models.CharField(help_text="IANA name", max_length=64)),
                        ("locale", models.CharField(default="en", max_length=16)),
                        ("phone", models.CharField(blank=True, max_length=40)),
                        ("contact_email", models.EmailField(blank=True, max_length=254)),
                        ("address", models.TextField(blank=True)),
                        ("created_at", models.DateTimeField()),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="RoutineTime",
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
                        (
                            "clinic",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.clinic",
                            ),
                        ),
                        (
                            "family",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="routine_times",
                                to="clinic.family",
                            ),
                        ),
                        ("anchor", models.CharField(max_length=40)),
                        ("at", models.TimeField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("family"),
                                models.F("anchor"),
                                name="one_time_per_household_and_anchor",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RoutineTimeEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="clinic.routinetime",
                            ),
                        ),
                        (
                            "id",
                            models.UUIDField(
                                default=clinic.models.clinics.new_id, editable=False, serialize=False
                            ),
                        ),
                        (
                            "clinic",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clinic.clinic",
                            ),
                        ),
                        (
                            "family",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clinic.family",
                            ),
                        ),
                        ("anchor", models.CharField(max_length=40)),
                        ("at", models.TimeField()),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Child",
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
                        (
                            "clinic",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.clinic",
                            ),
                        ),
                        ("first_name", models.CharField(max_length=100)),
                        ("last_name", models.CharField(blank=True, max_length=100)),
                        ("nickname", models.CharField(blank=True, max_length=100)),
                        ("born_on", models.DateField()),
                        (
                            "gestation_weeks",
                            models.PositiveSmallIntegerField(
                                blank=True, help_text="completed weeks at birth; empty: not known", null=True
                            ),
                        ),
                        ("gestation_days", models.PositiveSmallIntegerField(default=0)),
                        (
                            "sharing_mode",
                            models.CharField(
                                default=clinic.vocabulary.SharingMode["ROLE_LABEL"], max_length=20
                            ),
                        ),
                        (
                            "stop_sensitivity",
                            models.CharField(
                                blank=True,
                                help_text="empty: by age and history, as the stop rule says",
                                max_length=10,
                            ),
                        ),
                        ("had_neonatal_care", models.BooleanField(default=False)),
                        (
                            "is_moving_about",
                            models.BooleanField(blank=True, help_text="empty: not known", null=True),
                        ),
                        ("in_hospital_since", models.DateField(blank=True, null=True)),
                        ("died_on", models.DateField(blank=True, null=True)),
                        ("created_at", models.DateTimeField()),
                        ("archived_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "indexes": [models.Index(fields=["clinic", "id"], name="child_by_clinic")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("gestation_weeks__isnull", True),
                                    ("gestation_weeks__range", (20, 45)),
                                    _connector="OR",
                                ),
                                name="gestation_at_birth_is_20_to_45_weeks",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("gestation_days__range", (0, 6))),
                                name="gestation_days_are_0_to_6",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("sharing_mode__in", ["full", "role_label", "own_only"])),
                                name="sharing_mode_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("stop_sensitivity__in", ["", "usual", "gentle"])),
                                name="stop_sensitivity_is_known",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ChildEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="clinic.child",
                            ),
                        ),
                        (
                            "id",
                            models.UUIDField(
                                default=clinic.models.clinics.new_id, editable=False, serialize=False
                            ),
                        ),
                        (
                            "clinic",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clinic.clinic",
                            ),
                        ),
                        ("first_name", models.CharField(max_length=100)),
                        ("last_name", models.CharField(blank=True, max_length=100)),
                        ("nickname", models.CharField(blank=True, max_length=100)),
                        ("born_on", models.DateField()),
                        (
                            "gestation_weeks",
                            models.PositiveSmallIntegerField(
                                blank=True, help_text="completed weeks at birth; empty: not known", null=True
                            ),
                        ),
                        ("gestation_days", models.PositiveSmallIntegerField(default=0)),
                        (
                            "sharing_mode",
                            models.CharField(
                                default=clinic.vocabulary.SharingMode["ROLE_LABEL"], max_length=20
                            ),
                        ),
                        (
                            "stop_sensitivity",
                            models.CharField(
                                blank=True,
                                help_text="empty: by age and history, as the stop rule says",
                                max_length=10,
                            ),
                        ),
                        ("had_neonatal_care", models.BooleanField(default=False)),
                        (
                            "is_moving_about",
                            models.BooleanField(blank=True, help_text="empty: not known", null=True),
                        ),
                        ("in_hospital_since", models.DateField(blank=True, null=True)),
                        ("died_on", models.DateField(blank=True, null=True)),
                        ("created_at", models.DateTimeField()),
                        ("archived_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Precaution",
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
                        (
                            "clinic",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.clinic",
                            ),
                        ),
                        (
                            "child",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="precautions",
                                to="clinic.child",
                            ),
                        ),
                        ("code", models.CharField(max_length=40)),
                        ("region", models.CharField(blank=True, max_length=40)),
                        ("substance", models.CharField(blank=True, max_length=100)),
                        ("from_on", models.DateField(blank=True, null=True)),
                        (
                            "until_on",
                            models.DateField(
                                blank=True, help_text="last day it applies; empty: open", null=True
                            ),
                        ),
                        ("note", models.TextField(blank=True)),
                        (
                            "language",
                            models.CharField(
                                blank=True, help_text="of its words, a BCP 47 tag", max_length=16
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                default=clinic.vocabulary.PrecautionSource["THERAPIST"], max_length=20
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("recorded_at", models.DateTimeField()),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("from_on__isnull", True),
                                    ("until_on__isnull", True),
                                    ("until_on__gte", models.F("from_on")),
                                    _connector="OR",
                                ),
                                name="a_precaution_ends_after_it_begins",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PrecautionEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="clinic.precaution",
                            ),
                        ),
                        (
                            "id",
                            models.UUIDField(
                                default=clinic.models.clinics.new_id, editable=False, serialize=False
                            ),
                        ),
                        (
                            "clinic",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clinic.clinic",
                            ),
                        ),
                        (
                            "child",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clinic.child",
                            ),
                        ),
                        ("code", models.CharField(max_length=40)),
                        ("region", models.CharField(blank=True, max_length=40)),
                        ("substance", models.CharField(blank=True, max_length=100)),
                        ("from_on", models.DateField(blank=True, null=True)),
                        (
                            "until_on",
                            models.DateField(
                                blank=True, help_text="last day it applies; empty: open", null=True
                            ),
                        ),
                        ("note", models.TextField(blank=True)),
                        (
                            "language",
                            models.CharField(
                                blank=True, help_text="of its words, a BCP 47 tag", max_length=16
                            ),
                        ),
                        (
                            "source",
                            models.CharField(
                                default=clinic.vocabulary.PrecautionSource["THERAPIST"], max_length=20
                            ),
                        ),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("recorded_at", models.DateTimeField()),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ChildHome",
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
                        (
                            "clinic",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.clinic",
                            ),
                        ),
                        (
                            "child",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="homes",
                                to="clinic.child",
                            ),
                        ),
                        (
                            "family",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="child_homes",
                                to="clinic.family",
                            ),
                        ),
                        (
                            "weekdays",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.PositiveSmallIntegerField(),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        ("from_on", models.DateField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("child"), models.F("family"), name="a_child_has_a_home_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("weekdays__contained_by", [0, 1, 2, 3, 4, 5, 6])),
                                name="weekdays_are_0_to_6",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ChildHomeEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="clinic.childhome",
                            ),
                        ),
                        (
                            "id",
                            models.UUIDField(
                                default=clinic.models.clinics.new_id, editable=False, serialize=False
                            ),
                        ),
                        (
                            "clinic",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clinic.clinic",
                            ),
                        ),
                        (
                            "child",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clinic.child",
                            ),
                        ),
                        (
                            "family",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clinic.family",
                            ),
                        ),
                        (
                            "weekdays",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.PositiveSmallIntegerField(),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        ("from_on", models.DateField(blank=True, null=True)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ChildHomeWeek",
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
                        (
                            "clinic",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.clinic",
                            ),
                        ),
                        (
                            "home",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="weeks",
                                to="clinic.childhome",
                            ),
                        ),
                        ("from_on", models.DateField()),
                        (
                            "weekdays",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.PositiveSmallIntegerField(),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("home"), models.F("from_on"), name="a_home_has_one_week_from_a_day"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("weekdays__contained_by", [0, 1, 2, 3, 4, 5, 6])),
                                name="weekdays_of_a_week_are_0_to_6",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ChildHomeWeekEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="clinic.childhomeweek",
                            ),
                        ),
                        (
                            "id",
                            models.UUIDField(
                                default=clinic.models.clinics.new_id, editable=False, serialize=False
                            ),
                        ),
                        (
                            "clinic",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clinic.clinic",
                            ),
                        ),
                        (
                            "home",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clinic.childhome",
                            ),
                        ),
                        ("from_on", models.DateField()),
                        (
                            "weekdays",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.PositiveSmallIntegerField(),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ChildHomeException",
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
                        (
                            "clinic",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.clinic",
                            ),
                        ),
                        (
                            "child",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="home_exceptions",
                                to="clinic.child",
                            ),
                        ),
                        (
                            "family",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.family",
                            ),
                        ),
                        ("on", models.DateField()),
                        ("is_here", models.BooleanField(default=True)),
                        (
                            "word",
                            models.CharField(
                                default=clinic.vocabulary.HomeWord["CLINIC"],
                                help_text="whose it is",
                                max_length=20,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("child"),
                                models.F("on"),
                                condition=models.Q(("word", clinic.vocabulary.HomeWord["CLINIC"])),
                                name="the_clinic_says_one_home_per_day",
                            ),
                            models.UniqueConstraint(
                                models.F("child"),
                                models.F("family"),
                                models.F("on"),
                                condition=models.Q(("word", clinic.vocabulary.HomeWord["HOUSEHOLD"])),
                                name="a_household_says_one_thing_per_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("word__in", ["household", "clinic"])),
                                name="a_word_on_a_day_is_somebodys",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("word", clinic.vocabulary.HomeWord["HOUSEHOLD"]),
                                    ("is_here", True),
                                    _connector="OR",
                                ),
                                name="the_clinic_says_where_a_child_is",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ChildHomeExceptionEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="clinic.childhomeexception",
                            ),
                        ),
                        (
                            "id",
                            models.UUIDField(
                                default=clinic.models.clinics.new_id, editable=False, serialize=False
                            ),
                        ),
                        (
                            "clinic",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clinic.clinic",
                            ),
                        ),
                        (
                            "child",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clinic.child",
                            ),
                        ),
                        (
                            "family",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clinic.family",
                            ),
                        ),
                        ("on", models.DateField()),
                        ("is_here", models.BooleanField(default=True)),
                        (
                            "word",
                            models.CharField(
                                default=clinic.vocabulary.HomeWord["CLINIC"],
                                help_text="whose it is",
                                max_length=20,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="CaregiverGrant",
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
                        (
                            "clinic",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.clinic",
                            ),
                        ),
                        (
                            "child",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="grants",
                                to="clinic.child",
                            ),
                        ),
                        (
                            "family",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="grants",
                                to="clinic.family",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="grants",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("kind", models.CharField(max_length=20)),
                        (
                            "relationship",
                            models.CharField(
                                blank=True, help_text="mother, grandfather, nanny …", max_length=60
                            ),
                        ),
                        (
                            "basis",
                            models.CharField(blank=True, help_text="why access was given", max_length=200),
                        ),
                        (
                            "needs_interpreter",
                            models.BooleanField(
                                default=False,
                                help_text="to speak with this clinic; what somebody speaks is theirs (`User`)",
                            ),
                        ),
                        ("valid_from", models.DateTimeField()),
                        ("valid_until", models.DateTimeField(blank=True, null=True)),
                        ("revoked_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "revoked_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["guardian", "caregiver"])),
                                name="a_grant_is_to_a_guardian_or_a_caregiver",
                            ),
                            models.UniqueConstraint(
                                models.F("child"),
                                models.F("user"),
                                condition=models.Q(("revoked_at__isnull", True)),
                                name="one_open_grant_per_child_and_person",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CaregiverGrantEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="clinic.caregivergrant",
                            ),
                        ),
                        (
                            "id",
                            models.UUIDField(
                                default=clinic.models.clinics.new_id, editable=False, serialize=False
                            ),
                        ),
                        (
                            "clinic",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clinic.clinic",
                            ),
                        ),
                        (
                            "child",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clinic.child",
                            ),
                        ),
                        (
                            "family",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clinic.family",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("kind", models.CharField(max_length=20)),
                        (
                            "relationship",
                            models.CharField(
                                blank=True, help_text="mother, grandfather, nanny …", max_length=60
                            ),
                        ),
                        (
                            "basis",
                            models.CharField(blank=True, help_text="why access was given", max_length=200),
                        ),
                        (
                            "needs_interpreter",
                            models.BooleanField(
                                default=False,
                                help_text="to speak with this clinic; what somebody speaks is theirs (`User`)",
                            ),
                        ),
                        ("valid_from", models.DateTimeField()),
                        ("valid_until", models.DateTimeField(blank=True, null=True)),
                        ("revoked_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "revoked_by",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="BreakGlass",
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
                        (
                            "clinic",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.clinic",
                            ),
                        ),
                        (
                            "child",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="broken_glass",
                                to="clinic.child",
                            ),
                        ),
                        (
                            "opened_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("reason", models.TextField()),
                        (
                            "language",
                            models.CharField(
                                blank=True, help_text="of its words, a BCP 47 tag", max_length=16
                            ),
                        ),
                        ("opened_at", models.DateTimeField()),
                        ("until_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("reviewed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "reviewed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("review", models.TextField(blank=True)),
                        (
                            "review_language",
                            models.CharField(
                                blank=True, help_text="of its words, a BCP 47 tag", max_length=16
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["opened_by", "until_at"], name="broken_glass_of_a_person"),
                            models.Index(
                                fields=["clinic", "opened_at", "id"], name="broken_glass_of_a_clinic"
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("reason__regex", ".{20,}")),
                                name="a_broken_glass_has_a_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("until_at__gt", models.F("opened_at")),
                                    (
                                        "until_at__lte",
                                        django.db.models.expressions.CombinedExpression(
                                            models.F("opened_at"),
                                            "+",
                                            models.Value(dt.timedelta(seconds=14400)),
                                        ),
                                    ),
                                ),
                                name="a_broken_glass_lasts_four_hours_at_most",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("review", ""),
                                        ("reviewed_at__isnull", True),
                                        ("reviewed_by__isnull", True),
                                    ),
                                    models.Q(
                                        ("reviewed_at__isnull", False),
                                        ("reviewed_by__isnull", False),
                                        models.Q(("review", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_review_is_somebodys_and_says_something",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CareTeam",
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
                        (
                            "clinic",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.clinic",
                            ),
                        ),
                        (
                            "child",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="care_team",
                                to="clinic.child",
                            ),
                        ),
                        (
                            "therapist",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="care_teams",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(default=clinic.vocabulary.CareTeamKind["MEMBER"], max_length=20),
                        ),
                        (
                            "supervisor",
                            models.ForeignKey(
                                blank=True,
                                help_text="publishes and signs what an assistant or student drafts",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("from_at", models.DateTimeField()),
                        ("until_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["member", "lead", "cover"])),
                                name="a_place_on_the_team_is_of_a_known_kind",
                            ),
                            models.UniqueConstraint(
                                models.F("child"),
                                models.F("therapist"),
                                condition=models.Q(("until_at__isnull", True)),
                                name="one_open_place_per_child_and_person",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CareTeamEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="clinic.careteam",
                            ),
                        ),
                        (
                            "id",
                            models.UUIDField(
                                default=clinic.models.clinics.new_id, editable=False, serialize=False
                            ),
                        ),
                        (
                            "clinic",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clinic.clinic",
                            ),
                        ),
                        (
                            "child",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clinic.child",
                            ),
                        ),
                        (
                            "therapist",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(default=clinic.vocabulary.CareTeamKind["MEMBER"], max_length=20),
                        ),
                        (
                            "supervisor",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="publishes and signs what an assistant or student drafts",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("from_at", models.DateTimeField()),
                        ("until_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Episode",
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
                        (
                            "clinic",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.clinic",
                            ),
                        ),
                        (
                            "child",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="episodes",
                                to="clinic.child",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                default=clinic.vocabulary.EpisodeState["REFERRED"], max_length=20
                            ),
                        ),
                        ("started_on", models.DateField()),
                        ("ended_on", models.DateField(blank=True, null=True)),
                        ("discharge_reason", models.CharField(blank=True, max_length=20)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "referred",
                                            "waiting",
                                            "active",
                                            "on_hold",
                                            "discharged",
                                            "archived",
                                        ],
                                    )
                                ),
                                name="an_episode_is_in_a_known_state",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state", clinic.vocabulary.EpisodeState["DISCHARGED"]), _negated=True
                                    ),
                                    (
                                        "discharge_reason__in",
                                        [
                                            "goals_met",
                                            "family_choice",
                                            "moved_away",
                                            "transferred",
                                            "no_contact",
                                            "aged_out",
                                            "funding_ended",
                                            "died",
                                            "other",
                                        ],
                                    ),
                                    _connector="OR",
                                ),
                                name="a_discharge_has_a_reason",
                            ),
                            models.UniqueConstraint(
                                models.F("child"),
                                condition=models.Q(
                                    ("state__in", ["referred", "waiting", "active", "on_hold"])
                                ),
                                name="one_open_episode_per_child",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EpisodeEvent",
                    fields=[
                        ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                        ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                        ("pgh_label", models.TextField(help_text="The event label.")),
                        (
                            "pgh_obj",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="events",
                                to="clinic.episode",
                            ),
                        ),
                        (
                            "id",
                            models.UUIDField(
                                default=clinic.models.clinics.new_id, editable=False, serialize=False
                            ),
                        ),
                        (
                            "clinic",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clinic.clinic",
                            ),
                        ),
                        (
                            "child",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clinic.child",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                default=clinic.vocabulary.EpisodeState["REFERRED"], max_length=20
                            ),
                        ),
                        ("started_on", models.DateField()),
                        ("ended_on", models.DateField(blank=True, null=True)),
                        ("discharge_reason", models.CharField(blank=True, max_length=20)),
                    ],
                    options={
                        "abstract": False,
                    },
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
                        (
                            "clinic",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.clinic",
                            ),
                        ),
                        ("kind", models.CharField(max_length=20)),
                        ("language", models.CharField(max_length=16)),
                        ("number", models.PositiveIntegerField()),
                        ("text", models.TextField()),
                        (
                            "written_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("written_at", models.DateTimeField()),
                        (
                            "adopted_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("adopted_at", models.DateTimeField(blank=True, null=True)),
                        ("adopted_name", models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["record", "sharing", "media", "research"])),
                                name="a_consent_text_is_of_a_known_kind",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("adopted_at__isnull", True), ("adopted_by__isnull", True)),
                                    models.Q(("adopted_at__isnull", False), ("adopted_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="a_consent_text_is_adopted_by_somebody",
                            ),
                            models.UniqueConstraint(
                                models.F("clinic"),
                                models.F("kind"),
                                models.F("language"),
                                models.F("number"),
                                name="a_consent_text_version_is_used_once",
                            ),
                        ],
                    },
                ),
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
                        (
                            "clinic",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.clinic",
                            ),
                        ),
                        (
                            "child",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="consents",
                                to="clinic.child",
                            ),
                        ),
                        ("kind", models.CharField(max_length=20)),
                        ("is_given", models.BooleanField()),
                        (
                            "giver",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("giver_name", models.CharField(blank=True, max_length=200)),
                        (
                            "text",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.consenttext",
                            ),
                        ),
                        ("on", models.DateField()),
                        ("at", models.DateTimeField()),
                        ("is_on_paper", models.BooleanField(default=False)),
                        (
                            "recorded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["child", "kind", "on", "id"], name="consents_of_a_child")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["record", "sharing", "media", "research"])),
                                name="a_consent_is_of_a_known_kind",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("giver__isnull", False), ("giver_name", "")),
                                    models.Q(
                                        ("giver__isnull", True), models.Q(("giver_name", ""), _negated=True)
                                    ),
                                    _connector="OR",
                                ),
                                name="a_consent_is_somebodys",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("is_on_paper", True),
                                    ("is_given", False),
                                    ("text__isnull", False),
                                    _connector="OR",
                                ),
                                name="a_consent_names_its_wording_or_is_on_paper",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("giver__isnull", False), ("is_on_paper", True), _connector="OR"
                                ),
                                name="only_paper_is_by_name_alone",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Invitation",
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
                        (
                            "clinic",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.clinic",
                            ),
                        ),
                        (
                            "child",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="invitations",
                                to="clinic.child",
                            ),
                        ),
                        (
                            "family",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.family",
                            ),
                        ),
                        ("kind", models.CharField(max_length=20)),
                        ("relationship", models.CharField(blank=True, max_length=60)),
                        (
                            "email",
                            models.EmailField(
                                blank=True,
                                help_text="bound to this address where given",
                                max_length=254,
                                null=True,
                            ),
                        ),
                        (
                            "token_hash",
                            models.CharField(
                                help_text="none: a draft", max_length=64, null=True, unique=True
                            ),
                        ),
                        (
                            "code_hash",
                            models.CharField(
                                help_text="of its typed code", max_length=64, null=True, unique=True
                            ),
                        ),
                        (
                            "invited_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "drafted_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("created_at", models.DateTimeField()),
                        ("expires_at", models.DateTimeField()),
                        (
                            "last_on",
                            models.DateField(
                                blank=True, help_text="last day of the access, at that home", null=True
                            ),
                        ),
                        (
                            "access_until",
                            models.DateTimeField(
                                blank=True, help_text="the end of it; None: for good", null=True
                            ),
                        ),
                        ("accepted_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "accepted_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("revoked_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["guardian", "caregiver"])),
                                name="an_invitation_is_to_a_guardian_or_a_caregiver",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("access_until__isnull", True), ("last_on__isnull", True)),
                                    models.Q(("access_until__isnull", False), ("last_on__isnull", False)),
                                    _connector="OR",
                                ),
                                name="an_access_that_ends_has_a_last_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("token_hash__isnull", False),
                                    models.Q(
                                        ("accepted_at__isnull", True),
                                        ("code_hash__isnull", True),
                                        ("drafted_by__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_drafted_invitation_opens_nothing",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SignInCode",
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
                        (
                            "clinic",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.clinic",
                            ),
                        ),
                        (
                            "child",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="clinic.child",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("code_hash", models.CharField(max_length=64, unique=True)),
                        (
                            "given_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("given_at", models.DateTimeField()),
                        ("expires_at", models.DateTimeField()),
                        ("used_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "ended_at",
                            models.DateTimeField(
                                blank=True, help_text="when a newer one took its place", null=True
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("user"),
                                models.F("clinic"),
                                condition=models.Q(("ended_at__isnull", True), ("used_at__isnull", True)),
                                name="one_open_sign_in_code_a_person_and_clinic",
                            )
                        ],
                    },
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
                pgtrigger.migrations.AddTrigger(
                    model_name="childhomeweek",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "clinic_childhomeweekevent" ("clinic_id", "from_on", "home_id", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "weekdays") VALUES (NEW."clinic_id", NEW."from_on", NEW."home_id", NEW."id", NOW(), \'insert\', NEW."id", NEW."weekdays"); RETURN NULL;',
                            hash="977fb4356df88d9eb04ea7093a2ae964afb68963",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_3d39e",
                            table="clinic_childhomeweek",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="childhomeweek",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "clinic_childhomeweekevent" ("clinic_id", "from_on", "home_id", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "weekdays") VALUES (NEW."clinic_id", NEW."from_on", NEW."home_id", NEW."id", NOW(), \'update\', NEW."id", NEW."weekdays"); RETURN NULL;',
                            hash="b4975e51e0d44aad61f398d022fcf6c097fea4a4",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_7a01a",
                            table="clinic_childhomeweek",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="childhomeweek",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "clinic_childhomeweekevent" ("clinic_id", "from_on", "home_id", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "weekdays") VALUES (OLD."clinic_id", OLD."from_on", OLD."home_id", OLD."id", NOW(), \'delete\', OLD."id", OLD."weekdays"); RETURN NULL;',
                            hash="b28e3437dd9aade9758ae69788be91920794fd21",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_6d0a4",
                            table="clinic_childhomeweek",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="child",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "clinic_childevent" ("archived_at", "born_on", "clinic_id", "created_at", "died_on", "first_name", "gestation_days", "gestation_weeks", "had_neonatal_care", "id", "in_hospital_since", "is_moving_about", "last_name", "nickname", "pgh_created_at", "pgh_label", "pgh_obj_id", "sharing_mode", "stop_sensitivity") VALUES (NEW."archived_at", NEW."born_on", NEW."clinic_id", NEW."created_at", NEW."died_on", NEW."first_name", NEW."gestation_days", NEW."gestation_weeks", NEW."had_neonatal_care", NEW."id", NEW."in_hospital_since", NEW."is_moving_about", NEW."last_name", NEW."nickname", NOW(), \'insert\', NEW."id", NEW."sharing_mode", NEW."stop_sensitivity"); RETURN NULL;',
                            hash="e6549dd92bd2ef8e959816a4f77c4ada30fd3bd5",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_98e28",
                            table="clinic_child",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="child",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "clinic_childevent" ("archived_at", "born_on", "clinic_id", "created_at", "died_on", "first_name", "gestation_days", "gestation_weeks", "had_neonatal_care", "id", "in_hospital_since", "is_moving_about", "last_name", "nickname", "pgh_created_at", "pgh_label", "pgh_obj_id", "sharing_mode", "stop_sensitivity") VALUES (NEW."archived_at", NEW."born_on", NEW."clinic_id", NEW."created_at", NEW."died_on", NEW."first_name", NEW."gestation_days", NEW."gestation_weeks", NEW."had_neonatal_care", NEW."id", NEW."in_hospital_since", NEW."is_moving_about", NEW."last_name", NEW."nickname", NOW(), \'update\', NEW."id", NEW."sharing_mode", NEW."stop_sensitivity"); RETURN NULL;',
                            hash="1016fb18c3d76c0c5c6f7f91871294a5d8aa7675",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_1bbf2",
                            table="clinic_child",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="child",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "clinic_childevent" ("archived_at", "born_on", "clinic_id", "created_at", "died_on", "first_name", "gestation_days", "gestation_weeks", "had_neonatal_care", "id", "in_hospital_since", "is_moving_about", "last_name", "nickname", "pgh_created_at", "pgh_label", "pgh_obj_id", "sharing_mode", "stop_sensitivity") VALUES (OLD."archived_at", OLD."born_on", OLD."clinic_id", OLD."created_at", OLD."died_on", OLD."first_name", OLD."gestation_days", OLD."gestation_weeks", OLD."had_neonatal_care", OLD."id", OLD."in_hospital_since", OLD."is_moving_about", OLD."last_name", OLD."nickname", NOW(), \'delete\', OLD."id", OLD."sharing_mode", OLD."stop_sensitivity"); RETURN NULL;',
                            hash="7e000523a5241ccff62c6133383208ea34ef7d81",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_ec569",
                            table="clinic_child",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="careteam",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "clinic_careteamevent" ("child_id", "clinic_id", "from_at", "id", "kind", "pgh_created_at", "pgh_label", "pgh_obj_id", "supervisor_id", "therapist_id", "until_at") VALUES (NEW."child_id", NEW."clinic_id", NEW."from_at", NEW."id", NEW."kind", NOW(), \'insert\', NEW."id", NEW."supervisor_id", NEW."therapist_id", NEW."until_at"); RETURN NULL;',
                            hash="f45283064879326c7d1f4e04889ae9f36a29e4ac",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_4687f",
                            table="clinic_careteam",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="careteam",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "clinic_careteamevent" ("child_id", "clinic_id", "from_at", "id", "kind", "pgh_created_at", "pgh_label", "pgh_obj_id", "supervisor_id", "therapist_id", "until_at") VALUES (NEW."child_id", NEW."clinic_id", NEW."from_at", NEW."id", NEW."kind", NOW(), \'update\', NEW."id", NEW."supervisor_id", NEW."therapist_id", NEW."until_at"); RETURN NULL;',
                            hash="c9fe6d6a9f7afc962c651028c83aa0aafcbbebb2",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_0a94a",
                            table="clinic_careteam",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="careteam",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "clinic_careteamevent" ("child_id", "clinic_id", "from_at", "id", "kind", "pgh_created_at", "pgh_label", "pgh_obj_id", "supervisor_id", "therapist_id", "until_at") VALUES (OLD."child_id", OLD."clinic_id", OLD."from_at", OLD."id", OLD."kind", NOW(), \'delete\', OLD."id", OLD."supervisor_id", OLD."therapist_id", OLD."until_at"); RETURN NULL;',
                            hash="cabe7d74552ba6f4d3000e1d2f76387eb12836fc",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_c5860",
                            table="clinic_careteam",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="clinicmembership",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "clinic_clinicmembershipevent" ("clinic_id", "credentials", "ended_at", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placed_until", "roles", "started_at", "user_id") VALUES (NEW."clinic_id", NEW."credentials", NEW."ended_at", NEW."id", NOW(), \'insert\', NEW."id", NEW."placed_until", NEW."roles", NEW."started_at", NEW."user_id"); RETURN NULL;',
                            hash="b0e36f31919a91f866ea6412ee60667cbc5d06df",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_a7896",
                            table="clinic_clinicmembership",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="clinicmembership",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "clinic_clinicmembershipevent" ("clinic_id", "credentials", "ended_at", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placed_until", "roles", "started_at", "user_id") VALUES (NEW."clinic_id", NEW."credentials", NEW."ended_at", NEW."id", NOW(), \'update\', NEW."id", NEW."placed_until", NEW."roles", NEW."started_at", NEW."user_id"); RETURN NULL;',
                            hash="5ca1dd4ad2ebdd812c931c4943d06107b8ca5eaf",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_989c1",
                            table="clinic_clinicmembership",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="clinicmembership",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "clinic_clinicmembershipevent" ("clinic_id", "credentials", "ended_at", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "placed_until", "roles", "started_at", "user_id") VALUES (OLD."clinic_id", OLD."credentials", OLD."ended_at", OLD."id", NOW(), \'delete\', OLD."id", OLD."placed_until", OLD."roles", OLD."started_at", OLD."user_id"); RETURN NULL;',
                            hash="c30735bd0797cda0267e53a142322baa779938c6",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_3ae61",
                            table="clinic_clinicmembership",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="episode",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "clinic_episodeevent" ("child_id", "clinic_id", "discharge_reason", "ended_on", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "started_on", "state") VALUES (NEW."child_id", NEW."clinic_id", NEW."discharge_reason", NEW."ended_on", NEW."id", NOW(), \'insert\', NEW."id", NEW."started_on", NEW."state"); RETURN NULL;',
                            hash="8ec1ba8427dbe04acb4a159827c8bd0d03de8898",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_4dd20",
                            table="clinic_episode",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="episode",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "clinic_episodeevent" ("child_id", "clinic_id", "discharge_reason", "ended_on", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "started_on", "state") VALUES (NEW."child_id", NEW."clinic_id", NEW."discharge_reason", NEW."ended_on", NEW."id", NOW(), \'update\', NEW."id", NEW."started_on", NEW."state"); RETURN NULL;',
                            hash="533377b812c16cc2f5ed17205c8ee4e705458b29",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_dc6f1",
                            table="clinic_episode",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="episode",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "clinic_episodeevent" ("child_id", "clinic_id", "discharge_reason", "ended_on", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "started_on", "state") VALUES (OLD."child_id", OLD."clinic_id", OLD."discharge_reason", OLD."ended_on", OLD."id", NOW(), \'delete\', OLD."id", OLD."started_on", OLD."state"); RETURN NULL;',
                            hash="2f5f2bed6405fb3f014297972defc814c3e54cd3",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_6a61e",
                            table="clinic_episode",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="family",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "clinic_familyevent" ("address", "clinic_id", "contact_email", "created_at", "id", "locale", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "zone") VALUES (NEW."address", NEW."clinic_id", NEW."contact_email", NEW."created_at", NEW."id", NEW."locale", NEW."name", NOW(), \'insert\', NEW."id", NEW."phone", NEW."zone"); RETURN NULL;',
                            hash="bea3ae9221ee7aee22f83908b59a3cb3a01baece",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_ce67e",
                            table="clinic_family",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="family",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "clinic_familyevent" ("address", "clinic_id", "contact_email", "created_at", "id", "locale", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "zone") VALUES (NEW."address", NEW."clinic_id", NEW."contact_email", NEW."created_at", NEW."id", NEW."locale", NEW."name", NOW(), \'update\', NEW."id", NEW."phone", NEW."zone"); RETURN NULL;',
                            hash="d3bed5b12a8dc3caff85417a592c01cb5557d842",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_fb0ec",
                            table="clinic_family",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="family",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "clinic_familyevent" ("address", "clinic_id", "contact_email", "created_at", "id", "locale", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "zone") VALUES (OLD."address", OLD."clinic_id", OLD."contact_email", OLD."created_at", OLD."id", OLD."locale", OLD."name", NOW(), \'delete\', OLD."id", OLD."phone", OLD."zone"); RETURN NULL;',
                            hash="166bba7431a1d69d11bb3a3bcf5c4503f65ebd27",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_a754c",
                            table="clinic_family",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="childhomeexception",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "clinic_childhomeexceptionevent" ("child_id", "clinic_id", "family_id", "id", "is_here", "on", "pgh_created_at", "pgh_label", "pgh_obj_id", "word") VALUES (NEW."child_id", NEW."clinic_id", NEW."family_id", NEW."id", NEW."is_here", NEW."on", NOW(), \'insert\', NEW."id", NEW."word"); RETURN NULL;',
                            hash="dd1d1f2fe27618b070dd9289bbcb6a76531b8edf",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_47ddc",
                            table="clinic_childhomeexception",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="childhomeexception",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "clinic_childhomeexceptionevent" ("child_id", "clinic_id", "family_id", "id", "is_here", "on", "pgh_created_at", "pgh_label", "pgh_obj_id", "word") VALUES (NEW."child_id", NEW."clinic_id", NEW."family_id", NEW."id", NEW."is_here", NEW."on", NOW(), \'update\', NEW."id", NEW."word"); RETURN NULL;',
                            hash="2891f985488aecf7903b74ab6484bc59c048e311",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_80c4d",
                            table="clinic_childhomeexception",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="childhomeexception",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "clinic_childhomeexceptionevent" ("child_id", "clinic_id", "family_id", "id", "is_here", "on", "pgh_created_at", "pgh_label", "pgh_obj_id", "word") VALUES (OLD."child_id", OLD."clinic_id", OLD."family_id", OLD."id", OLD."is_here", OLD."on", NOW(), \'delete\', OLD."id", OLD."word"); RETURN NULL;',
                            hash="ee145d395a14582267d12a04b76b3ac0aebbd371",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_bed0f",
                            table="clinic_childhomeexception",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="childhome",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "clinic_childhomeevent" ("child_id", "clinic_id", "family_id", "from_on", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "weekdays") VALUES (NEW."child_id", NEW."clinic_id", NEW."family_id", NEW."from_on", NEW."id", NOW(), \'insert\', NEW."id", NEW."weekdays"); RETURN NULL;',
                            hash="1bff44b27f1c7b3a73fb81c271464d029be88987",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_74123",
                            table="clinic_childhome",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="childhome",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "clinic_childhomeevent" ("child_id", "clinic_id", "family_id", "from_on", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "weekdays") VALUES (NEW."child_id", NEW."clinic_id", NEW."family_id", NEW."from_on", NEW."id", NOW(), \'update\', NEW."id", NEW."weekdays"); RETURN NULL;',
                            hash="d4ef3590a451606546f8a668e7b245d474b6c301",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_5dc6a",
                            table="clinic_childhome",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="childhome",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "clinic_childhomeevent" ("child_id", "clinic_id", "family_id", "from_on", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "weekdays") VALUES (OLD."child_id", OLD."clinic_id", OLD."family_id", OLD."from_on", OLD."id", NOW(), \'delete\', OLD."id", OLD."weekdays"); RETURN NULL;',
                            hash="daa084bd685a9803201ccb74f3f2177fd7043fa9",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_3be27",
                            table="clinic_childhome",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="caregivergrant",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "clinic_caregivergrantevent" ("basis", "child_id", "clinic_id", "family_id", "id", "kind", "needs_interpreter", "pgh_created_at", "pgh_label", "pgh_obj_id", "relationship", "revoked_at", "revoked_by_id", "user_id", "valid_from", "valid_until") VALUES (NEW."basis", NEW."child_id", NEW."clinic_id", NEW."family_id", NEW."id", NEW."kind", NEW."needs_interpreter", NOW(), \'insert\', NEW."id", NEW."relationship", NEW."revoked_at", NEW."revoked_by_id", NEW."user_id", NEW."valid_from", NEW."valid_until"); RETURN NULL;',
                            hash="3a7057fd19d03811b99c118d9c720b381b211016",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_aec78",
                            table="clinic_caregivergrant",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="caregivergrant",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "clinic_caregivergrantevent" ("basis", "child_id", "clinic_id", "family_id", "id", "kind", "needs_interpreter", "pgh_created_at", "pgh_label", "pgh_obj_id", "relationship", "revoked_at", "revoked_by_id", "user_id", "valid_from", "valid_until") VALUES (NEW."basis", NEW."child_id", NEW."clinic_id", NEW."family_id", NEW."id", NEW."kind", NEW."needs_interpreter", NOW(), \'update\', NEW."id", NEW."relationship", NEW."revoked_at", NEW."revoked_by_id", NEW."user_id", NEW."valid_from", NEW."valid_until"); RETURN NULL;',
                            hash="0d240f041366da8e5563cebfa40bb867bfec4636",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f3b9c",
                            table="clinic_caregivergrant",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="caregivergrant",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "clinic_caregivergrantevent" ("basis", "child_id", "clinic_id", "family_id", "id", "kind", "needs_interpreter", "pgh_created_at", "pgh_label", "pgh_obj_id", "relationship", "revoked_at", "revoked_by_id", "user_id", "valid_from", "valid_until") VALUES (OLD."basis", OLD."child_id", OLD."clinic_id", OLD."family_id", OLD."id", OLD."kind", OLD."needs_interpreter", NOW(), \'delete\', OLD."id", OLD."relationship", OLD."revoked_at", OLD."revoked_by_id", OLD."user_id", OLD."valid_from", OLD."valid_until"); RETURN NULL;',
                            hash="e48e051b63e7bb2f8562d78e48037f5a2eef7894",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_49eb8",
                            table="clinic_caregivergrant",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="precaution",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "clinic_precautionevent" ("child_id", "clinic_id", "code", "from_on", "id", "language", "note", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "region", "source", "substance", "until_on") VALUES (NEW."child_id", NEW."clinic_id", NEW."code", NEW."from_on", NEW."id", NEW."language", NEW."note", NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."region", NEW."source", NEW."substance", NEW."until_on"); RETURN NULL;',
                            hash="77e6ad267ee3ab541936a34123bf3c980b7db3bc",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_a137e",
                            table="clinic_precaution",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="precaution",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "clinic_precautionevent" ("child_id", "clinic_id", "code", "from_on", "id", "language", "note", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "region", "source", "substance", "until_on") VALUES (NEW."child_id", NEW."clinic_id", NEW."code", NEW."from_on", NEW."id", NEW."language", NEW."note", NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."region", NEW."source", NEW."substance", NEW."until_on"); RETURN NULL;',
                            hash="900048c1def7e253bb9b1ae2b25897aec6db6aa2",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_127a8",
                            table="clinic_precaution",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="precaution",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "clinic_precautionevent" ("child_id", "clinic_id", "code", "from_on", "id", "language", "note", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "region", "source", "substance", "until_on") VALUES (OLD."child_id", OLD."clinic_id", OLD."code", OLD."from_on", OLD."id", OLD."language", OLD."note", NOW(), \'delete\', OLD."id", OLD."recorded_at", OLD."recorded_by_id", OLD."region", OLD."source", OLD."substance", OLD."until_on"); RETURN NULL;',
                            hash="ef74df221c3810d10f311fc72b8c5d5f929ac714",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_9c187",
                            table="clinic_precaution",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="routinetime",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "clinic_routinetimeevent" ("anchor", "at", "clinic_id", "family_id", "id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."anchor", NEW."at", NEW."clinic_id", NEW."family_id", NEW."id", NOW(), \'insert\', NEW."id"); RETURN NULL;',
                            hash="09318dbe85be82b15ab45407050697cca0edf374",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_452a5",
                            table="clinic_routinetime",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="routinetime",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "clinic_routinetimeevent" ("anchor", "at", "clinic_id", "family_id", "id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."anchor", NEW."at", NEW."clinic_id", NEW."family_id", NEW."id", NOW(), \'update\', NEW."id"); RETURN NULL;',
                            hash="977139852a057d82289c6dea6dd6cfc5ab7fdbd8",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_88110",
                            table="clinic_routinetime",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="routinetime",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "clinic_routinetimeevent" ("anchor", "at", "clinic_id", "family_id", "id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."anchor", OLD."at", OLD."clinic_id", OLD."family_id", OLD."id", NOW(), \'delete\', OLD."id"); RETURN NULL;',
                            hash="29fd910d1f360121227f4b6797d95b20b935aa56",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_3194d",
                            table="clinic_routinetime",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        ),
    ]
