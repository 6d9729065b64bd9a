import datetime as dt

import django.contrib.postgres.fields
import django.contrib.postgres.functions
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import clinic.models.audit
import clinic.models.clinics
import tracking.models.flags
import tracking.vocabulary.body
import tracking.vocabulary.contacts
import tracking.vocabulary.flags
import tracking.vocabulary.programs
import tracking.vocabulary.teaching
from clinic.migrating import MakeTogether


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("clinic", "0001_initial"),
        ("clinic", "__first__"),
    ]

    operations = [
        MakeTogether(
            operations=[
                migrations.CreateModel(
                    name="Stroke",
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
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.clinic",
                            ),
                        ),
                        ("slug", models.SlugField(max_length=60)),
                        (
                            "current_version",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="tracking.strokeversion",
                            ),
                        ),
                        ("retired_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("clinic"),
                                models.F("slug"),
                                name="a_stroke_slug_is_used_once",
                                nulls_distinct=False,
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StrokeVersion",
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
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.clinic",
                            ),
                        ),
                        (
                            "stroke",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="versions",
                                to="tracking.stroke",
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        ("order", models.PositiveSmallIntegerField(default=999)),
                        ("body_region", models.CharField(max_length=40)),
                        ("is_side_specific", models.BooleanField()),
                        ("pressure", models.CharField(max_length=20)),
                        ("contact", models.CharField(max_length=20)),
                        ("may_use_product", models.BooleanField()),
                        (
                            "typical_seconds",
                            models.PositiveSmallIntegerField(
                                help_text="per side where side-specific, else in all"
                            ),
                        ),
                        ("fewest_repetitions", models.PositiveSmallIntegerField()),
                        ("most_repetitions", models.PositiveSmallIntegerField()),
                        ("min_corrected_age_weeks", models.PositiveSmallIntegerField()),
                        (
                            "gate",
                            models.CharField(
                                help_text="what the minimum age does: acknowledge or block", max_length=40
                            ),
                        ),
                        (
                            "tags",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        ("conflicts", models.JSONField(blank=True, default=list)),
                        ("content_hash", models.CharField(max_length=64)),
                        ("created_at", models.DateTimeField()),
                        (
                            "created_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("stroke"),
                                models.F("number"),
                                name="a_stroke_version_number_is_used_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("typical_seconds__range", (5, 600))),
                                name="a_stroke_takes_5_to_600_seconds",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("fewest_repetitions__gte", 1),
                                    ("most_repetitions__gte", models.F("fewest_repetitions")),
                                ),
                                name="repetitions_are_a_range",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StrokeWords",
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
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.clinic",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="words",
                                to="tracking.strokeversion",
                            ),
                        ),
                        ("language", models.CharField(max_length=16)),
                        ("name", models.CharField(max_length=200)),
                        (
                            "also_known_as",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=120),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        ("position", models.CharField(blank=True, max_length=200)),
                        ("instruction", models.TextField()),
                        ("words_to_say", models.TextField(blank=True)),
                        (
                            "precautions",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.TextField(), blank=True, default=list, size=None
                            ),
                        ),
                        ("note", models.TextField(blank=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("version"),
                                models.F("language"),
                                name="a_stroke_version_has_one_text_a_language",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StrokeMedia",
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
                            "stroke",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="media",
                                to="tracking.stroke",
                            ),
                        ),
                        ("kind", models.CharField(max_length=20)),
                        (
                            "place",
                            models.PositiveSmallIntegerField(
                                default=0, help_text="from the first to the last shown"
                            ),
                        ),
                        ("state", models.CharField(default="ready", max_length=20)),
                        (
                            "claimed_at",
                            models.DateTimeField(
                                blank=True, help_text="when a worker began with it", null=True
                            ),
                        ),
                        ("failure_code", models.CharField(blank=True, max_length=40)),
                        (
                            "file_name",
                            models.CharField(
                                blank=True, help_text="the random name in storage", max_length=120
                            ),
                        ),
                        (
                            "sent_file_name",
                            models.CharField(
                                blank=True, help_text="as sent, until it is drawn anew", max_length=120
                            ),
                        ),
                        ("alt_text", models.CharField(max_length=300)),
                        (
                            "language",
                            models.CharField(
                                blank=True, help_text="of its words, a BCP 47 tag", max_length=16
                            ),
                        ),
                        (
                            "uploaded_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("uploaded_at", models.DateTimeField()),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["waiting", "working", "ready", "failed"])),
                                name="media_are_in_a_known_state",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "ready"), _negated=True),
                                    models.Q(("file_name", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="ready_media_have_a_file",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StrokeMediaEvent",
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
                                to="tracking.strokemedia",
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
                            "stroke",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="tracking.stroke",
                            ),
                        ),
                        ("kind", models.CharField(max_length=20)),
                        (
                            "place",
                            models.PositiveSmallIntegerField(
                                default=0, help_text="from the first to the last shown"
                            ),
                        ),
                        ("state", models.CharField(default="ready", max_length=20)),
                        (
                            "claimed_at",
                            models.DateTimeField(
                                blank=True, help_text="when a worker began with it", null=True
                            ),
                        ),
                        ("failure_code", models.CharField(blank=True, max_length=40)),
                        (
                            "file_name",
                            models.CharField(
                                blank=True, help_text="the random name in storage", max_length=120
                            ),
                        ),
                        (
                            "sent_file_name",
                            models.CharField(
                                blank=True, help_text="as sent, until it is drawn anew", max_length=120
                            ),
                        ),
                        ("alt_text", models.CharField(max_length=300)),
                        (
                            "language",
                            models.CharField(
                                blank=True, help_text="of its words, a BCP 47 tag", max_length=16
                            ),
                        ),
                        (
                            "uploaded_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("uploaded_at", models.DateTimeField()),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Preset",
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
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.clinic",
                            ),
                        ),
                        ("slug", models.SlugField(max_length=60)),
                        (
                            "number",
                            models.PositiveIntegerField(
                                default=1, help_text="version, raised when its content changes"
                            ),
                        ),
                        (
                            "stroke_slugs",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.SlugField(max_length=60),
                                help_text="in order; one may come twice",
                                size=None,
                            ),
                        ),
                        ("contact", models.CharField(blank=True, max_length=20)),
                        (
                            "tags",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        ("content_hash", models.CharField(max_length=64)),
                        ("retired_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "created_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("clinic"),
                                models.F("slug"),
                                name="a_preset_slug_is_used_once",
                                nulls_distinct=False,
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PresetWords",
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
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.clinic",
                            ),
                        ),
                        (
                            "preset",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="words",
                                to="tracking.preset",
                            ),
                        ),
                        ("language", models.CharField(max_length=16)),
                        ("name", models.CharField(max_length=200)),
                        ("position", models.CharField(blank=True, max_length=200)),
                        ("note", models.TextField(blank=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("preset"),
                                models.F("language"),
                                name="a_preset_has_one_text_a_language",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Contraindication",
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
                        ("code", models.CharField(max_length=40)),
                        ("number", models.PositiveIntegerField(default=1)),
                        ("order", models.PositiveSmallIntegerField(default=0)),
                        ("how", models.CharField(max_length=20)),
                        ("applies_to", models.CharField(max_length=20)),
                        ("action", models.CharField(max_length=60)),
                        (
                            "needs",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        ("is_of_the_moment", models.BooleanField(default=False)),
                        ("is_current", models.BooleanField(default=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("code"),
                                models.F("number"),
                                name="a_contraindication_version_is_used_once",
                            ),
                            models.UniqueConstraint(
                                models.F("code"),
                                condition=models.Q(("is_current", True)),
                                name="one_current_contraindication_a_code",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LibraryText",
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
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.clinic",
                            ),
                        ),
                        ("code", models.CharField(max_length=80)),
                        ("language", models.CharField(max_length=16)),
                        ("number", models.PositiveIntegerField()),
                        ("text", models.TextField()),
                        ("source", models.CharField(blank=True, max_length=300)),
                        (
                            "data",
                            models.JSONField(
                                blank=True,
                                default=dict,
                                help_text="the rule's numbers, where the text has any",
                            ),
                        ),
                        ("is_current", models.BooleanField(default=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("clinic"),
                                models.F("code"),
                                models.F("language"),
                                models.F("number"),
                                name="a_library_text_version_is_used_once",
                                nulls_distinct=False,
                            ),
                            models.UniqueConstraint(
                                models.F("clinic"),
                                models.F("code"),
                                models.F("language"),
                                condition=models.Q(("is_current", True)),
                                name="one_current_library_text",
                                nulls_distinct=False,
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HiddenLibraryItem",
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
                            "stroke",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="tracking.stroke",
                            ),
                        ),
                        (
                            "preset",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="tracking.preset",
                            ),
                        ),
                        (
                            "hidden_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("hidden_at", models.DateTimeField()),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("preset__isnull", True), ("stroke__isnull", False)),
                                    models.Q(("preset__isnull", False), ("stroke__isnull", True)),
                                    _connector="OR",
                                ),
                                name="a_hidden_item_is_a_stroke_or_a_preset",
                            ),
                            models.UniqueConstraint(
                                models.F("clinic"),
                                models.F("stroke"),
                                models.F("preset"),
                                name="an_item_is_hidden_once",
                                nulls_distinct=False,
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WordingAdoption",
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
                        ("library_version", models.CharField(max_length=20)),
                        (
                            "adopted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("name", models.CharField(max_length=200)),
                        ("credential", models.CharField(max_length=60)),
                        ("adopted_at", models.DateTimeField()),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="HomeProgram",
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
                                related_name="programs",
                                to="clinic.child",
                            ),
                        ),
                        ("title", models.CharField(max_length=200)),
                        (
                            "language",
                            models.CharField(
                                blank=True, help_text="of its words, a BCP 47 tag", max_length=16
                            ),
                        ),
                        ("state", models.CharField(default="draft", max_length=20)),
                        (
                            "is_waitlist",
                            models.BooleanField(
                                default=False, help_text="diary only, nothing prescribed yet"
                            ),
                        ),
                        (
                            "current_version",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="tracking.programversion",
                            ),
                        ),
                        ("lock_version", models.PositiveIntegerField(default=1)),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("created_at", models.DateTimeField()),
                        ("ended_on", models.DateField(blank=True, null=True)),
                        ("end_reason", models.CharField(blank=True, max_length=40)),
                    ],
                    options={
                        "indexes": [models.Index(fields=["child", "state"], name="programs_of_a_child")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["draft", "active", "ended"])),
                                name="a_program_is_in_a_known_state",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "active"), _negated=True),
                                    ("current_version__isnull", False),
                                    _connector="OR",
                                ),
                                name="an_active_program_has_a_published_version",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HomeProgramEvent",
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
                                to="tracking.homeprogram",
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
                        ("title", models.CharField(max_length=200)),
                        (
                            "language",
                            models.CharField(
                                blank=True, help_text="of its words, a BCP 47 tag", max_length=16
                            ),
                        ),
                        ("state", models.CharField(default="draft", max_length=20)),
                        (
                            "is_waitlist",
                            models.BooleanField(
                                default=False, help_text="diary only, nothing prescribed yet"
                            ),
                        ),
                        (
                            "current_version",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="tracking.programversion",
                            ),
                        ),
                        ("lock_version", models.PositiveIntegerField(default=1)),
                        (
                            "created_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("created_at", models.DateTimeField()),
                        ("ended_on", models.DateField(blank=True, null=True)),
                        ("end_reason", models.CharField(blank=True, max_length=40)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ProgramVersion",
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
                            "program",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="versions",
                                to="tracking.homeprogram",
                            ),
                        ),
                        ("number", models.PositiveIntegerField()),
                        (
                            "change_kind",
                            models.CharField(
                                default=tracking.vocabulary.programs.ChangeKind["FIRST"], max_length=20
                            ),
                        ),
                        (
                            "phase_number",
                            models.PositiveSmallIntegerField(default=1, help_text="rises with each change"),
                        ),
                        ("phase_name", models.CharField(blank=True, max_length=120)),
                        ("baseline_starts_on", models.DateField(blank=True, null=True)),
                        (
                            "starts_on",
                            models.DateField(help_text="first day of this program; week 1 begins here"),
                        ),
                        (
                            "effective_on",
                            models.DateField(
                                blank=True, help_text="first day this version applies", null=True
                            ),
                        ),
                        (
                            "ends_on",
                            models.DateField(blank=True, help_text="last day; empty: open", null=True),
                        ),
                        (
                            "target_states",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "product_kind",
                            models.CharField(
                                default=tracking.vocabulary.programs.ProductKind["NONE"], max_length=20
                            ),
                        ),
                        ("product_name", models.CharField(blank=True, max_length=120)),
                        ("product_patch_tested_on", models.DateField(blank=True, null=True)),
                        (
                            "lights_out_within_minutes",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                help_text="from the first step of the routine to lights out",
                                null=True,
                            ),
                        ),
                        ("note", models.TextField(blank=True, help_text="to the family")),
                        (
                            "language",
                            models.CharField(
                                blank=True, help_text="of its words, a BCP 47 tag", max_length=16
                            ),
                        ),
                        (
                            "drafted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("drafted_at", models.DateTimeField()),
                        (
                            "published_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("published_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("program"),
                                models.F("number"),
                                name="a_program_version_number_is_used_once",
                            ),
                            models.UniqueConstraint(
                                models.F("program"),
                                condition=models.Q(("published_at__isnull", True)),
                                name="one_draft_per_program",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ends_on__isnull", True),
                                    ("ends_on__gte", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="a_program_ends_after_it_starts",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("baseline_starts_on__isnull", True),
                                    ("baseline_starts_on__lt", models.F("starts_on")),
                                    _connector="OR",
                                ),
                                name="a_baseline_comes_before_the_program",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("change_kind__in", ["first", "correction", "change"])),
                                name="a_change_is_first_correction_or_change",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("product_kind__in", ["none", "emollient", "oil", "other"])
                                ),
                                name="a_product_is_of_a_known_kind",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProgramSchedule",
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
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="schedules",
                                to="tracking.programversion",
                            ),
                        ),
                        (
                            "provider",
                            models.CharField(
                                default=tracking.vocabulary.programs.Provider["CAREGIVER"], max_length=20
                            ),
                        ),
                        ("per", models.CharField(max_length=20)),
                        ("count", models.PositiveSmallIntegerField()),
                        ("most", models.PositiveSmallIntegerField(blank=True, null=True)),
                        (
                            "count_kind",
                            models.CharField(
                                default=tracking.vocabulary.programs.AmountKind["TARGET"], max_length=20
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
                        ("minutes", models.PositiveSmallIntegerField(blank=True, null=True)),
                        (
                            "minutes_kind",
                            models.CharField(
                                default=tracking.vocabulary.programs.AmountKind["TARGET"], max_length=20
                            ),
                        ),
                        (
                            "phase",
                            models.CharField(
                                default=tracking.vocabulary.programs.Phase["PROGRAM"], max_length=20
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("per__in", ["day", "week", "named_days"])),
                                name="a_schedule_counts_per_day_week_or_named_days",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("provider__in", ["caregiver", "therapist"])),
                                name="a_schedule_is_for_a_caregiver_or_a_therapist",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("count__range", (1, 28))),
                                name="a_schedule_counts_1_to_28",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("per", tracking.vocabulary.programs.FrequencyPer["NAMED_DAYS"]),
                                        ("weekdays__len__gt", 0),
                                    ),
                                    models.Q(
                                        models.Q(
                                            ("per", tracking.vocabulary.programs.FrequencyPer["NAMED_DAYS"]),
                                            _negated=True,
                                        ),
                                        ("weekdays__len", 0),
                                    ),
                                    _connector="OR",
                                ),
                                name="named_days_are_named",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("minutes__isnull", True), ("minutes__range", (1, 240)), _connector="OR"
                                ),
                                name="prescribed_minutes_are_1_to_240",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProgramSlot",
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
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="slots",
                                to="tracking.programversion",
                            ),
                        ),
                        (
                            "schedule",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="slots",
                                to="tracking.programschedule",
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField()),
                        ("anchor", models.CharField(max_length=40)),
                        (
                            "anchor_name",
                            models.CharField(
                                blank=True, help_text="the family's word, for other", max_length=80
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("version"), models.F("number"), name="a_slot_number_is_used_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProgramStep",
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
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="steps",
                                to="tracking.programversion",
                            ),
                        ),
                        ("order", models.PositiveSmallIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                default=tracking.vocabulary.programs.StepKind["STROKE"], max_length=20
                            ),
                        ),
                        (
                            "stroke_version",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="tracking.strokeversion",
                            ),
                        ),
                        (
                            "name",
                            models.CharField(
                                blank=True, help_text="of a step that is not a stroke", max_length=120
                            ),
                        ),
                        (
                            "side",
                            models.CharField(default=tracking.vocabulary.body.Side["BOTH"], max_length=10),
                        ),
                        (
                            "seconds",
                            models.PositiveSmallIntegerField(help_text="in all, both sides together"),
                        ),
                        ("repetitions", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("contact", models.CharField(blank=True, max_length=20)),
                        (
                            "words_to_say",
                            models.TextField(blank=True, help_text="the family's own; empty: the library's"),
                        ),
                        ("note", models.TextField(blank=True)),
                        ("opens_in_week", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("opens_when_taught", models.BooleanField(default=False)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("version"), models.F("order"), name="steps_stand_in_one_order"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("kind", tracking.vocabulary.programs.StepKind["STROKE"]),
                                        ("stroke_version__isnull", False),
                                    ),
                                    models.Q(
                                        models.Q(
                                            ("kind", tracking.vocabulary.programs.StepKind["STROKE"]),
                                            _negated=True,
                                        ),
                                        ("stroke_version__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_stroke_step_names_its_stroke",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("side__in", ["left", "right", "both"])),
                                name="a_step_is_on_a_known_side",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("contact__in", ["", "through_clothes", "dry_skin", "skin"])
                                ),
                                name="a_step_has_a_known_contact",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ConflictAcknowledgement",
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
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="acknowledgements",
                                to="tracking.programversion",
                            ),
                        ),
                        (
                            "stroke_slug",
                            models.SlugField(blank=True, help_text="empty: the whole program", max_length=60),
                        ),
                        ("code", models.CharField(max_length=40)),
                        ("reason", models.TextField()),
                        (
                            "language",
                            models.CharField(
                                blank=True, help_text="of its words, a BCP 47 tag", max_length=16
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("version"),
                                models.F("stroke_slug"),
                                models.F("code"),
                                name="a_conflict_is_acknowledged_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("reason", ""), _negated=True),
                                name="an_acknowledgement_gives_a_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProgramPause",
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
                            "program",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="pauses",
                                to="tracking.homeprogram",
                            ),
                        ),
                        ("from_on", models.DateField()),
                        (
                            "until_on",
                            models.DateField(
                                blank=True, help_text="last paused day; empty: until ended", null=True
                            ),
                        ),
                        ("reason", models.CharField(max_length=40)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("was_told_late", models.BooleanField(default=False)),
                        (
                            "ended_by",
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
                                condition=models.Q(
                                    ("until_on__isnull", True),
                                    ("until_on__gte", models.F("from_on")),
                                    _connector="OR",
                                ),
                                name="a_pause_ends_after_it_begins",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AfterCare",
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
                            "episode",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="clinic.episode",
                            ),
                        ),
                        ("words", models.TextField(blank=True)),
                        ("summary", models.TextField(blank=True)),
                        (
                            "language",
                            models.CharField(
                                blank=True, help_text="of its words, a BCP 47 tag", max_length=16
                            ),
                        ),
                        (
                            "program",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="tracking.homeprogram",
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
                        ("written_at", models.DateTimeField()),
                        (
                            "follow_up_on",
                            models.DateField(
                                blank=True, help_text="the day the clinic looks again", null=True
                            ),
                        ),
                        ("followed_up_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "followed_up_by",
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
                                condition=models.Q(
                                    ("followed_up_at__isnull", True),
                                    ("follow_up_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="only_a_day_to_look_again_is_looked_at",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AfterCareEvent",
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
                                to="tracking.aftercare",
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
                            "episode",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clinic.episode",
                            ),
                        ),
                        ("words", models.TextField(blank=True)),
                        ("summary", models.TextField(blank=True)),
                        (
                            "language",
                            models.CharField(
                                blank=True, help_text="of its words, a BCP 47 tag", max_length=16
                            ),
                        ),
                        (
                            "program",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="tracking.homeprogram",
                            ),
                        ),
                        (
                            "written_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("written_at", models.DateTimeField()),
                        (
                            "follow_up_on",
                            models.DateField(
                                blank=True, help_text="the day the clinic looks again", null=True
                            ),
                        ),
                        ("followed_up_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "followed_up_by",
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
                    name="Cosigning",
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
                                related_name="cosignings",
                                to="clinic.child",
                            ),
                        ),
                        (
                            "subject_kind",
                            models.CharField(help_text="the drafted row's model name", max_length=40),
                        ),
                        ("subject_id", models.UUIDField()),
                        (
                            "drafted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "supervisor",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("asked_at", models.DateTimeField()),
                        (
                            "signed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("signed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "returned_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("returned_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "remark",
                            models.TextField(
                                blank=True, help_text="what the supervisor asks for, for the team alone"
                            ),
                        ),
                        (
                            "language",
                            models.CharField(
                                blank=True, help_text="of its words, a BCP 47 tag", max_length=16
                            ),
                        ),
                        (
                            "replaced_at",
                            models.DateTimeField(
                                blank=True, help_text="when the row was written anew", null=True
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(
                                    ("replaced_at__isnull", True), ("signed_at__isnull", True)
                                ),
                                fields=["clinic", "asked_at", "id"],
                                name="drafts_of_a_clinic",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("subject_kind"),
                                models.F("subject_id"),
                                condition=models.Q(
                                    ("replaced_at__isnull", True), ("signed_at__isnull", True)
                                ),
                                name="a_draft_waits_for_one_signature",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("signed_at__isnull", True), ("signed_by__isnull", True)),
                                    models.Q(("signed_at__isnull", False), ("signed_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="a_signature_has_a_signer",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("returned_at__isnull", True), ("returned_by__isnull", True)),
                                    models.Q(
                                        ("returned_at__isnull", False),
                                        ("returned_by__isnull", False),
                                        models.Q(("remark", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_returned_draft_says_by_whom_and_why",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AskPlan",
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
                                related_name="ask_plans",
                                to="clinic.child",
                            ),
                        ),
                        ("from_on", models.DateField()),
                        (
                            "questions",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        ("follows_age", models.BooleanField(default=False)),
                        ("state_scale", models.CharField(blank=True, max_length=20)),
                        (
                            "chosen_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("chosen_at", models.DateTimeField()),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["child", "chosen_at", "id"], name="ask_plans_of_a_child")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "questions__contained_by",
                                        [
                                            "state_before",
                                            "state_after",
                                            "cues",
                                            "bedtime",
                                            "touch",
                                            "check_in",
                                        ],
                                    )
                                ),
                                name="an_ask_plan_asks_known_questions",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("follows_age", False), ("questions", []), _connector="OR"
                                ),
                                name="an_ask_plan_by_age_lists_nothing",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state_scale__in", ["", "infant_state", "arousal"])),
                                name="an_ask_plan_names_a_known_scale",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Bedtime",
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
                                related_name="%(class)s_entries",
                                to="clinic.child",
                            ),
                        ),
                        ("client_id", models.UUIDField()),
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("is_latest", models.BooleanField(default=True)),
                        (
                            "state",
                            models.CharField(
                                default=tracking.vocabulary.programs.EntryState["RECORDED"], max_length=20
                            ),
                        ),
                        (
                            "flags",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        ("occurred_at", models.DateTimeField()),
                        (
                            "precision",
                            models.CharField(
                                default=tracking.vocabulary.programs.Precision["MINUTE"], max_length=20
                            ),
                        ),
                        ("part_of_day", models.CharField(blank=True, max_length=20)),
                        (
                            "zone",
                            models.CharField(help_text="IANA name, of the place it happened", max_length=64),
                        ),
                        ("local_day", models.DateField()),
                        (
                            "device_time",
                            models.DateTimeField(
                                blank=True,
                                help_text="as the device sent it, where that cannot have been",
                                null=True,
                            ),
                        ),
                        ("first_received_at", models.DateTimeField(help_text="when revision 1 arrived")),
                        ("received_at", models.DateTimeField()),
                        (
                            "reported_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "is_on_behalf",
                            models.BooleanField(default=False, help_text="logged by staff for the family"),
                        ),
                        (
                            "source",
                            models.CharField(
                                default=tracking.vocabulary.programs.EntrySource["APP"],
                                help_text="how the family told it",
                                max_length=20,
                            ),
                        ),
                        (
                            "door",
                            models.CharField(
                                help_text="through which of our doors it came in", max_length=20
                            ),
                        ),
                        (
                            "told_by_grant",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.caregivergrant",
                            ),
                        ),
                        ("told_by_name", models.CharField(blank=True, max_length=120)),
                        (
                            "family",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.family",
                            ),
                        ),
                        (
                            "body_hash",
                            models.CharField(
                                help_text="of the request that made this revision", max_length=64
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
                            "not_asked",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        ("routine_started_at", models.DateTimeField(blank=True, null=True)),
                        ("massage_ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "lights_out_at",
                            models.DateTimeField(blank=True, help_text="in bed, lights out", null=True),
                        ),
                        ("asleep_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "still_awake_at",
                            models.DateTimeField(
                                blank=True, help_text="still awake when last seen", null=True
                            ),
                        ),
                        ("about_minutes", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("method", models.CharField(blank=True, max_length=20)),
                        ("resistance", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("call_out_count", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("location", models.CharField(blank=True, max_length=20)),
                        ("nap_ended_at", models.DateTimeField(blank=True, null=True)),
                        ("night_waking_count", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("night_waking_minutes", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("woke_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "confounders",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        ("accuracy", models.CharField(blank=True, max_length=20)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("is_latest", True)),
                                fields=["child", "local_day", "id"],
                                name="bedtime_by_child_day",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("child", "client_id", "revision"),
                                name="a_bedtime_revision_is_written_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("is_latest", True)),
                                fields=("child", "client_id"),
                                name="a_bedtime_has_one_latest",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["recorded", "withdrawn"])),
                                name="a_bedtime_is_recorded_or_withdrawn",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("precision__in", ["minute", "part_of_day", "day"])),
                                name="a_bedtime_precision_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        (
                                            "part_of_day__in",
                                            ["morning", "midday", "afternoon", "evening", "night"],
                                        ),
                                        ("precision", tracking.vocabulary.programs.Precision["PART_OF_DAY"]),
                                    ),
                                    models.Q(
                                        models.Q(
                                            (
                                                "precision",
                                                tracking.vocabulary.programs.Precision["PART_OF_DAY"],
                                            ),
                                            _negated=True,
                                        ),
                                        ("part_of_day", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_bedtime_names_a_part_of_its_day_or_none",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("source__in", ["app", "paper", "phone_call", "in_person"])
                                ),
                                name="a_bedtime_source_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("first_received_at__lte", models.F("received_at"))),
                                name="a_bedtime_first_came_before_it_was_revised",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("resistance__isnull", True),
                                    ("resistance__range", (0, 4)),
                                    _connector="OR",
                                ),
                                name="bedtime_resistance_is_0_to_4",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Change",
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
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.clinic",
                            ),
                        ),
                        (
                            "child",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="clinic.child",
                            ),
                        ),
                        ("written_in", clinic.models.audit.TransactionIdField(editable=False)),
                        ("place", models.BigIntegerField(editable=False)),
                        ("kind", models.CharField(max_length=20)),
                        ("thing", models.UUIDField(null=True)),
                        ("household", models.UUIDField(null=True)),
                        ("person", models.UUIDField(null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["child", "written_in", "place"], name="changes_of_a_child")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "session",
                                            "bedtime",
                                            "observation",
                                            "stimulus_day",
                                            "concern",
                                            "message",
                                            "ask_plan",
                                            "care",
                                            "check_ins",
                                            "child",
                                            "concern_bundle",
                                            "consents",
                                            "contacts",
                                            "demonstrations",
                                            "goals",
                                            "home_days",
                                            "messages_read",
                                            "notes",
                                            "precautions",
                                            "programs",
                                            "routine_times",
                                            "signs",
                                            "strategies",
                                            "tracked_stimuli",
                                            "words",
                                        ],
                                    )
                                ),
                                name="a_change_is_of_a_known_kind",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FeedEpoch",
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
                        ("begun_at", models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name="FeedMark",
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
                        ("made_at", models.DateTimeField()),
                        (
                            "written_in",
                            clinic.models.audit.TransactionIdField(
                                default=clinic.models.audit.OldestOpen, editable=False
                            ),
                        ),
                        ("is_emptied", models.BooleanField(default=False)),
                    ],
                ),
                migrations.CreateModel(
                    name="ChartChoice",
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
                                related_name="chart_choices",
                                to="clinic.child",
                            ),
                        ),
                        (
                            "charts",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "chosen_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("chosen_at", models.DateTimeField()),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["child", "chosen_at", "id"], name="chart_choices_of_a_child")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "charts__contained_by",
                                        ["body_map", "state_flow", "cue_balance", "touch_map", "goal_ladder"],
                                    )
                                ),
                                name="a_chart_choice_names_known_charts",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CheckIn",
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
                                related_name="check_ins",
                                to="clinic.child",
                            ),
                        ),
                        (
                            "author",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("client_id", models.UUIDField()),
                        ("week_on", models.DateField()),
                        ("how_it_was", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("how_sure", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("words", models.TextField(blank=True)),
                        (
                            "language",
                            models.CharField(
                                blank=True, help_text="of its words, a BCP 47 tag", max_length=16
                            ),
                        ),
                        ("is_left", models.BooleanField(default=False)),
                        ("told_at", models.DateTimeField()),
                        ("received_at", models.DateTimeField()),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        ("body_hash", models.CharField(max_length=64)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["child", "author", "week_on", "id"], name="check_ins_by_author"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("child"),
                                models.F("author"),
                                models.F("client_id"),
                                name="a_check_in_is_told_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("how_it_was__isnull", True),
                                    ("how_it_was__range", (1, 5)),
                                    _connector="OR",
                                ),
                                name="how_it_was_is_1_to_5",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("how_sure__isnull", True), ("how_sure__range", (1, 5)), _connector="OR"
                                ),
                                name="how_sure_is_1_to_5",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("is_left", False),
                                    models.Q(
                                        ("how_it_was__isnull", True),
                                        ("how_sure__isnull", True),
                                        ("words", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_check_in_left_out_says_nothing",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ServiceLabel",
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
                        ("name", models.CharField(max_length=80)),
                        ("retired_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("clinic"),
                                django.db.models.functions.text.Lower("name"),
                                condition=models.Q(("retired_at__isnull", True)),
                                name="a_service_label_is_offered_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ServiceLabelEvent",
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
                                to="tracking.servicelabel",
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
                        ("name", models.CharField(max_length=80)),
                        ("retired_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Contact",
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
                                related_name="contacts",
                                to="clinic.child",
                            ),
                        ),
                        ("kind", models.CharField(max_length=20)),
                        (
                            "state",
                            models.CharField(
                                default=tracking.vocabulary.contacts.ContactState["PLANNED"], max_length=20
                            ),
                        ),
                        ("cancelled_by", models.CharField(blank=True, max_length=10)),
                        ("starts_at", models.DateTimeField()),
                        (
                            "minutes",
                            models.PositiveSmallIntegerField(
                                blank=True, help_text="empty: not counted", null=True
                            ),
                        ),
                        (
                            "label",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="tracking.servicelabel",
                            ),
                        ),
                        (
                            "therapist",
                            models.ForeignKey(
                                blank=True,
                                help_text="whom it is with",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("others_present", models.CharField(blank=True, max_length=200)),
                        (
                            "language",
                            models.CharField(
                                blank=True, help_text="of its words, a BCP 47 tag", max_length=16
                            ),
                        ),
                        ("has_student", models.BooleanField(default=False)),
                        ("has_interpreter", models.BooleanField(default=False)),
                        (
                            "class_date",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="contacts",
                                to="tracking.classdate",
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
                        ("lock_version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["child", "starts_at", "id"], name="contacts_of_a_child")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("child"),
                                models.F("class_date"),
                                name="a_child_has_one_contact_a_class_date",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        ["visit", "home_visit", "group_class", "video", "call", "message"],
                                    )
                                ),
                                name="a_contact_is_of_a_known_kind",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["planned", "happened", "no_show", "cancelled"])
                                ),
                                name="a_contact_is_in_a_known_state",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("state", tracking.vocabulary.contacts.ContactState["CANCELLED"]),
                                        ("cancelled_by__in", ["family", "clinic"]),
                                    ),
                                    models.Q(
                                        models.Q(
                                            ("state", tracking.vocabulary.contacts.ContactState["CANCELLED"]),
                                            _negated=True,
                                        ),
                                        ("cancelled_by", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_cancelled_contact_says_by_whom",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("minutes__isnull", True), ("minutes__lte", 1440), _connector="OR"
                                ),
                                name="a_contact_takes_at_most_a_day",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ContactEvent",
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
                                to="tracking.contact",
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
                        ("kind", models.CharField(max_length=20)),
                        (
                            "state",
                            models.CharField(
                                default=tracking.vocabulary.contacts.ContactState["PLANNED"], max_length=20
                            ),
                        ),
                        ("cancelled_by", models.CharField(blank=True, max_length=10)),
                        ("starts_at", models.DateTimeField()),
                        (
                            "minutes",
                            models.PositiveSmallIntegerField(
                                blank=True, help_text="empty: not counted", null=True
                            ),
                        ),
                        (
                            "label",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="tracking.servicelabel",
                            ),
                        ),
                        (
                            "therapist",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                help_text="whom it is with",
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("others_present", models.CharField(blank=True, max_length=200)),
                        (
                            "language",
                            models.CharField(
                                blank=True, help_text="of its words, a BCP 47 tag", max_length=16
                            ),
                        ),
                        ("has_student", models.BooleanField(default=False)),
                        ("has_interpreter", models.BooleanField(default=False)),
                        (
                            "class_date",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="tracking.classdate",
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
                        ("lock_version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ContactPresence",
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
                            "contact",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="presences",
                                to="tracking.contact",
                            ),
                        ),
                        (
                            "grant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.caregivergrant",
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("contact"),
                                models.F("grant"),
                                name="a_caregiver_is_at_a_contact_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ContactPresenceEvent",
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
                                to="tracking.contactpresence",
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
                            "contact",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="tracking.contact",
                            ),
                        ),
                        (
                            "grant",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="clinic.caregivergrant",
                            ),
                        ),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="GroupClass",
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
                        ("title", models.CharField(max_length=120)),
                        (
                            "led_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "label",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="tracking.servicelabel",
                            ),
                        ),
                        ("minutes", models.PositiveSmallIntegerField()),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("created_at", models.DateTimeField()),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("minutes__range", (1, 1440))),
                                name="a_class_takes_at_most_a_day",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GroupClassEvent",
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
                                to="tracking.groupclass",
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
                        ("title", models.CharField(max_length=120)),
                        (
                            "led_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "label",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="tracking.servicelabel",
                            ),
                        ),
                        ("minutes", models.PositiveSmallIntegerField()),
                        (
                            "created_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("created_at", models.DateTimeField()),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ClassDate",
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
                            "group_class",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="dates",
                                to="tracking.groupclass",
                            ),
                        ),
                        ("starts_at", models.DateTimeField()),
                        (
                            "preset",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="tracking.preset",
                            ),
                        ),
                        ("held_at", models.DateTimeField(blank=True, null=True)),
                        ("called_off_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("group_class"),
                                models.F("starts_at"),
                                name="a_class_is_once_at_a_time",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("held_at__isnull", True),
                                    ("called_off_at__isnull", True),
                                    _connector="OR",
                                ),
                                name="a_class_date_is_held_or_called_off",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ClassDateEvent",
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
                                to="tracking.classdate",
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
                            "group_class",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="tracking.groupclass",
                            ),
                        ),
                        ("starts_at", models.DateTimeField()),
                        (
                            "preset",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="tracking.preset",
                            ),
                        ),
                        ("held_at", models.DateTimeField(blank=True, null=True)),
                        ("called_off_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ClassPlace",
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
                            "group_class",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="places",
                                to="tracking.groupclass",
                            ),
                        ),
                        (
                            "child",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="class_places",
                                to="clinic.child",
                            ),
                        ),
                        ("from_at", models.DateTimeField()),
                        ("until_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("group_class"),
                                models.F("child"),
                                condition=models.Q(("until_at__isnull", True)),
                                name="a_child_has_one_place_in_a_class",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ClinicMonth",
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
                        ("month_on", models.DateField(help_text="its first day")),
                        ("made_at", models.DateTimeField()),
                        ("figures", models.JSONField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("clinic"),
                                models.F("month_on"),
                                name="figures_of_a_month_are_made_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("month_on__day", 1)),
                                name="a_month_begins_on_its_first_day",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReportSchedule",
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
                            "therapist",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("day_of_month", models.PositiveSmallIntegerField()),
                        ("next_on", models.DateField()),
                        ("set_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("ended_because", models.CharField(blank=True, max_length=20)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("ended_at__isnull", True)),
                                fields=["next_on"],
                                name="monthly_reports_due",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("day_of_month__range", (1, 28))),
                                name="a_monthly_report_is_on_a_day_of_every_month",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_at__isnull", True), ("ended_because", "")),
                                    models.Q(
                                        ("ended_at__isnull", False),
                                        ("ended_because__in", ["by_hand", "care_ended", "access_ended"]),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_monthly_report_ends_for_a_reason",
                            ),
                            models.UniqueConstraint(
                                models.F("child"),
                                condition=models.Q(("ended_at__isnull", True)),
                                name="one_monthly_report_of_a_child",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OutcomesSchedule",
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
                            "wanted_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("set_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        ("ended_because", models.CharField(blank=True, max_length=20)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("ended_at__isnull", True), ("ended_because", "")),
                                    models.Q(
                                        ("ended_at__isnull", False),
                                        ("ended_because__in", ["by_hand", "access_ended"]),
                                    ),
                                    _connector="OR",
                                ),
                                name="monthly_outcomes_end_for_a_reason",
                            ),
                            models.UniqueConstraint(
                                models.F("clinic"),
                                condition=models.Q(("ended_at__isnull", True)),
                                name="one_monthly_paper_of_a_clinic",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ClinicReport",
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
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("asked_at", models.DateTimeField()),
                        ("state", models.CharField(default="asked", max_length=20)),
                        ("progress_percent", models.PositiveSmallIntegerField(default=0)),
                        ("failure_code", models.CharField(blank=True, max_length=40)),
                        ("finished_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "file_name",
                            models.CharField(
                                blank=True, help_text="the random name in storage", max_length=120
                            ),
                        ),
                        ("content_sha256", models.CharField(blank=True, max_length=64)),
                        ("kind", models.CharField(max_length=20)),
                        ("month_on", models.DateField(blank=True, null=True)),
                        (
                            "schedule",
                            models.ForeignKey(
                                blank=True,
                                help_text="by which it was asked for; none: by hand",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="tracking.outcomesschedule",
                            ),
                        ),
                        ("language", models.CharField(default="en", max_length=16)),
                        ("figures_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "kept_until",
                            models.DateTimeField(
                                blank=True, help_text="when row and file are removed", null=True
                            ),
                        ),
                        (
                            "listed_count",
                            models.PositiveIntegerField(
                                default=0, help_text="how many children its file names"
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["clinic", "asked_at"], name="reports_of_a_clinic"),
                            models.Index(
                                condition=models.Q(("kept_until__isnull", False)),
                                fields=["kept_until"],
                                name="clinic_reports_over",
                            ),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["asked", "working", "ready", "failed"])),
                                name="a_clinicreport_is_in_a_known_state",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "ready"), _negated=True),
                                    models.Q(
                                        models.Q(("file_name", ""), _negated=True),
                                        models.Q(("content_sha256", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_ready_clinicreport_has_a_file",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("kept_until__isnull", True),
                                        ("kind", "clinic_outcomes"),
                                        ("listed_count", 0),
                                        ("month_on__isnull", False),
                                    ),
                                    models.Q(
                                        ("kept_until__isnull", False),
                                        ("kind", "caseload"),
                                        ("month_on__isnull", True),
                                        ("schedule__isnull", True),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_clinics_report_is_of_a_month_or_kept_for_a_while",
                            ),
                            models.UniqueConstraint(
                                models.F("clinic"),
                                models.F("month_on"),
                                condition=models.Q(("schedule__isnull", False)),
                                name="a_month_is_put_on_paper_by_itself_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ListedChild",
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
                            "report",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="listed",
                                to="tracking.clinicreport",
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
                        ("file_name", models.CharField(max_length=120)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("report"), models.F("child"), name="a_child_is_listed_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Concern",
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
                                related_name="concerns",
                                to="clinic.child",
                            ),
                        ),
                        ("client_id", models.UUIDField()),
                        ("kind", models.CharField(max_length=40)),
                        (
                            "follows",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="followed_by",
                                to="tracking.concern",
                            ),
                        ),
                        (
                            "flags",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        ("occurred_at", models.DateTimeField()),
                        (
                            "precision",
                            models.CharField(
                                default=tracking.vocabulary.programs.Precision["MINUTE"], max_length=20
                            ),
                        ),
                        ("part_of_day", models.CharField(blank=True, max_length=20)),
                        (
                            "zone",
                            models.CharField(help_text="IANA name, of the place it happened", max_length=64),
                        ),
                        ("local_day", models.DateField()),
                        (
                            "device_time",
                            models.DateTimeField(
                                blank=True,
                                help_text="as the device sent it, where that cannot have been",
                                null=True,
                            ),
                        ),
                        ("received_at", models.DateTimeField()),
                        (
                            "reported_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "is_on_behalf",
                            models.BooleanField(default=False, help_text="told by staff for the family"),
                        ),
                        (
                            "source",
                            models.CharField(
                                default=tracking.vocabulary.programs.EntrySource["APP"],
                                help_text="how the family told it",
                                max_length=20,
                            ),
                        ),
                        (
                            "door",
                            models.CharField(
                                help_text="through which of our doors it came in", max_length=20
                            ),
                        ),
                        (
                            "told_by_grant",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.caregivergrant",
                            ),
                        ),
                        ("told_by_name", models.CharField(blank=True, max_length=120)),
                        (
                            "family",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.family",
                            ),
                        ),
                        (
                            "body_hash",
                            models.CharField(help_text="of the request that told it", max_length=64),
                        ),
                        (
                            "temperature",
                            models.DecimalField(
                                blank=True,
                                decimal_places=2,
                                help_text="in its unit, as it was read",
                                max_digits=5,
                                null=True,
                            ),
                        ),
                        ("temperature_unit", models.CharField(blank=True, max_length=20)),
                        ("temperature_site", models.CharField(blank=True, max_length=20)),
                        ("region", models.CharField(blank=True, max_length=40)),
                        ("answers", models.JSONField(blank=True, default=dict)),
                        (
                            "product",
                            models.CharField(blank=True, help_text="what was on the skin", max_length=100),
                        ),
                        ("note", models.TextField(blank=True)),
                        (
                            "language",
                            models.CharField(
                                blank=True, help_text="of its words, a BCP 47 tag", max_length=16
                            ),
                        ),
                        ("rules_version", models.CharField(max_length=20)),
                        ("advice", models.CharField(max_length=40)),
                        ("level", models.CharField(max_length=20)),
                        ("shown_version", models.CharField(blank=True, max_length=20)),
                        ("shown_advice", models.CharField(blank=True, max_length=40)),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["child", "occurred_at", "id"], name="concerns_of_a_child")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("child"), models.F("client_id"), name="a_concern_is_told_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("level__in", ["emergency", "urgent", "today", "pause", "note"])
                                ),
                                name="a_concern_has_a_known_level",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("precision__in", ["minute", "part_of_day", "day"])),
                                name="a_concern_has_a_known_precision",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        (
                                            "part_of_day__in",
                                            ["morning", "midday", "afternoon", "evening", "night"],
                                        ),
                                        ("precision", tracking.vocabulary.programs.Precision["PART_OF_DAY"]),
                                    ),
                                    models.Q(
                                        models.Q(
                                            (
                                                "precision",
                                                tracking.vocabulary.programs.Precision["PART_OF_DAY"],
                                            ),
                                            _negated=True,
                                        ),
                                        ("part_of_day", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_concern_names_a_part_of_its_day_or_none",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("source__in", ["app", "paper", "phone_call", "in_person"])
                                ),
                                name="a_concern_has_a_known_source",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ConcernPhoto",
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
                            "concern",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="photos",
                                to="tracking.concern",
                            ),
                        ),
                        ("client_id", models.UUIDField()),
                        (
                            "file_name",
                            models.CharField(help_text="the random name in storage", max_length=120),
                        ),
                        (
                            "content_hash",
                            models.CharField(help_text="of the file as it was sent", max_length=64),
                        ),
                        (
                            "sent_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("sent_at", models.DateTimeField()),
                    ],
                    options={
                        "indexes": [models.Index(fields=["sent_at", "id"], name="photos_by_age")],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("child"), models.F("client_id"), name="a_photo_is_sent_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PhotoKeeping",
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
                            "photo",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="keepings",
                                to="tracking.concernphoto",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("reason", models.CharField(max_length=300)),
                        (
                            "language",
                            models.CharField(
                                blank=True, help_text="of its words, a BCP 47 tag", max_length=16
                            ),
                        ),
                        (
                            "ended_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("photo"),
                                condition=models.Q(("ended_at__isnull", True)),
                                name="a_photo_is_kept_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ConcernPlan",
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
                                related_name="concern_plans",
                                to="clinic.child",
                            ),
                        ),
                        ("kind", models.CharField(max_length=40)),
                        ("text", models.TextField(blank=True)),
                        (
                            "language",
                            models.CharField(
                                blank=True, help_text="of its words, a BCP 47 tag", max_length=16
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
                        ("written_at", models.DateTimeField()),
                        ("lock_version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("child"), models.F("kind"), name="a_child_has_one_plan_a_kind"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "temperature",
                                            "skin_reaction",
                                            "bruise_or_swelling",
                                            "colour_breathing",
                                            "seizure_like_event",
                                            "pain_or_limp",
                                            "limb_not_moved",
                                            "feeding",
                                            "lost_skill",
                                            "parent_strain",
                                            "other",
                                        ],
                                    )
                                ),
                                name="a_plan_is_for_a_known_kind",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ConcernPlanEvent",
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
                                to="tracking.concernplan",
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
                        ("kind", models.CharField(max_length=40)),
                        ("text", models.TextField(blank=True)),
                        (
                            "language",
                            models.CharField(
                                blank=True, help_text="of its words, a BCP 47 tag", max_length=16
                            ),
                        ),
                        (
                            "written_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("written_at", models.DateTimeField()),
                        ("lock_version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Demonstration",
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
                                related_name="demonstrations",
                                to="clinic.child",
                            ),
                        ),
                        (
                            "contact",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="demonstrations",
                                to="tracking.contact",
                            ),
                        ),
                        (
                            "grant",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.caregivergrant",
                            ),
                        ),
                        (
                            "caregiver_name",
                            models.CharField(
                                blank=True, help_text="of somebody without an account", max_length=120
                            ),
                        ),
                        (
                            "family",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.family",
                            ),
                        ),
                        ("what", models.CharField(max_length=20)),
                        ("stroke_slug", models.SlugField(blank=True, max_length=60)),
                        ("shown_with", models.CharField(max_length=10)),
                        ("level", models.CharField(max_length=10)),
                        (
                            "language",
                            models.CharField(
                                blank=True, help_text="of its words, a BCP 47 tag", max_length=16
                            ),
                        ),
                        (
                            "shown_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("shown_at", models.DateTimeField()),
                        ("recorded_at", models.DateTimeField()),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["child", "shown_at", "id"], name="demonstrations_of_a_child")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("caregiver_name", ""), ("grant__isnull", False)),
                                    models.Q(
                                        ("grant__isnull", True),
                                        models.Q(("caregiver_name", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_demonstration_is_to_a_caregiver_by_grant_or_name",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("what", tracking.vocabulary.teaching.Teachable["STROKE"]),
                                        models.Q(("stroke_slug", ""), _negated=True),
                                    ),
                                    models.Q(
                                        models.Q(
                                            ("what", tracking.vocabulary.teaching.Teachable["STROKE"]),
                                            _negated=True,
                                        ),
                                        ("stroke_slug", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_demonstration_of_a_stroke_names_it",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("what__in", ["stroke", "routine", "cue_reading", "stop_rule"])
                                ),
                                name="a_demonstration_shows_something_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("shown_with__in", ["child", "doll", "video"])),
                                name="a_demonstration_is_on_child_doll_or_video",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("level__in", ["shown", "with_help", "alone", "again"])),
                                name="a_demonstration_is_at_a_known_level",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SafeguardingLead",
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
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("from_at", models.DateTimeField()),
                        (
                            "named_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("until_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "ended_by",
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
                            models.UniqueConstraint(
                                models.F("clinic"),
                                models.F("user"),
                                condition=models.Q(("until_at__isnull", True)),
                                name="a_lead_is_named_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SafeguardingNote",
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.child",
                            ),
                        ),
                        (
                            "author",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("body", models.TextField()),
                        (
                            "language",
                            models.CharField(
                                blank=True, help_text="of its words, a BCP 47 tag", max_length=16
                            ),
                        ),
                        ("written_at", models.DateTimeField()),
                        (
                            "follows",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="followed_by",
                                to="tracking.safeguardingnote",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["clinic", "written_at", "id"], name="safeguarding_notes_of_a_clinic"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Erasure",
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
                        ("subject", models.CharField(max_length=10)),
                        ("subject_id", models.UUIDField()),
                        ("because", models.CharField(max_length=20)),
                        (
                            "written_on",
                            models.DateField(
                                blank=True, help_text="day of the request in writing, if any", null=True
                            ),
                        ),
                        (
                            "asked_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("asked_at", models.DateTimeField()),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                        ("due_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "called_off_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("called_off_at", models.DateTimeField(blank=True, null=True)),
                        ("done_at", models.DateTimeField(blank=True, null=True)),
                        ("counts", models.JSONField(blank=True, default=dict)),
                        (
                            "unnamed_count",
                            models.PositiveIntegerField(
                                default=0, help_text="rows that stay, without the name"
                            ),
                        ),
                        ("file_count", models.PositiveIntegerField(default=0)),
                        (
                            "files",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=120),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("subject__in", ["child", "person"])),
                                name="an_erasure_is_of_a_child_or_a_person",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "because__in",
                                        [
                                            "guardian_asked",
                                            "person_asked",
                                            "by_mistake",
                                            "no_longer_needed",
                                            "time_is_over",
                                        ],
                                    )
                                ),
                                name="an_erasure_has_a_known_reason",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("confirmed_at__isnull", True), ("due_at__isnull", True)),
                                    models.Q(
                                        ("confirmed_at__isnull", False),
                                        ("due_at__gte", models.F("confirmed_at")),
                                    ),
                                    _connector="OR",
                                ),
                                name="an_erasure_is_due_once_it_is_confirmed",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("done_at__isnull", True),
                                    models.Q(
                                        ("called_off_at__isnull", True), ("done_at__gte", models.F("due_at"))
                                    ),
                                    _connector="OR",
                                ),
                                name="an_erasure_is_done_only_when_it_was_due",
                            ),
                            models.UniqueConstraint(
                                models.F("clinic"),
                                models.F("subject_id"),
                                condition=models.Q(
                                    ("called_off_at__isnull", True), ("done_at__isnull", True)
                                ),
                                name="one_open_erasure_of_a_child_or_a_person",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ErasureRequest",
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
                        ("client_id", models.UUIDField()),
                        ("about", models.CharField(max_length=10)),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("asked_at", models.DateTimeField()),
                        ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "answered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "declined_because",
                            models.CharField(blank=True, help_text="empty: taken up, or open", max_length=20),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("child"),
                                models.F("asked_by"),
                                models.F("client_id"),
                                name="a_request_to_erase_has_its_id_once",
                            ),
                            models.UniqueConstraint(
                                models.F("child"),
                                models.F("asked_by"),
                                models.F("about"),
                                condition=models.Q(
                                    ("answered_at__isnull", True), ("withdrawn_at__isnull", True)
                                ),
                                name="one_open_request_to_erase",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("about__in", ["child", "me"])),
                                name="a_request_to_erase_is_about_a_child_or_oneself",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "declined_because__in",
                                        ["", "must_be_kept", "other_guardian", "talked_about"],
                                    )
                                ),
                                name="a_request_is_declined_for_a_known_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RecordHold",
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
                        ("reason", models.CharField(max_length=300)),
                        (
                            "language",
                            models.CharField(
                                blank=True, help_text="of its words, a BCP 47 tag", max_length=16
                            ),
                        ),
                        (
                            "set_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("set_at", models.DateTimeField()),
                        (
                            "lifted_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("lifted_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("child"),
                                condition=models.Q(("lifted_at__isnull", True)),
                                name="one_open_hold_per_child",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ExcusedDay",
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
                                related_name="excused_days",
                                to="clinic.child",
                            ),
                        ),
                        (
                            "family",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.family",
                            ),
                        ),
                        ("on", models.DateField()),
                        (
                            "excused_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("excused_at", models.DateTimeField()),
                        (
                            "taken_back_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("taken_back_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("child"),
                                models.F("on"),
                                condition=models.Q(("taken_back_at__isnull", True)),
                                name="a_day_is_excused_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("taken_back_at__isnull", True), ("taken_back_by__isnull", True)
                                    ),
                                    models.Q(
                                        ("taken_back_at__isnull", False), ("taken_back_by__isnull", False)
                                    ),
                                    _connector="OR",
                                ),
                                name="an_excuse_is_taken_back_by_somebody_at_some_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RecordExport",
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
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("asked_at", models.DateTimeField()),
                        ("copy_for", models.CharField(default="family", max_length=8)),
                        ("language", models.CharField(default="en", max_length=16)),
                        ("file_format", models.CharField(default="json", max_length=8)),
                        ("state", models.CharField(default="asked", max_length=20)),
                        ("progress_percent", models.PositiveSmallIntegerField(default=0)),
                        ("failure_code", models.CharField(blank=True, max_length=40)),
                        ("finished_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "expires_at",
                            models.DateTimeField(blank=True, help_text="when the file is removed", null=True),
                        ),
                        (
                            "file_name",
                            models.CharField(
                                blank=True, help_text="the random name in storage", max_length=120
                            ),
                        ),
                        ("byte_count", models.PositiveIntegerField(blank=True, null=True)),
                        ("content_sha256", models.CharField(blank=True, max_length=64)),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["child", "asked_by", "asked_at"], name="exports_of_an_asker")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["asked", "working", "ready", "failed", "expired"])
                                ),
                                name="an_export_is_in_a_known_state",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("file_format__in", ["json", "csv", "xlsx"])),
                                name="an_export_has_a_known_format",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("copy_for__in", ["family", "clinic"])),
                                name="an_export_is_somebodys_copy",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "ready"), _negated=True),
                                    models.Q(
                                        models.Q(("file_name", ""), _negated=True),
                                        models.Q(("content_sha256", ""), _negated=True),
                                        ("expires_at__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_ready_export_has_a_file_for_a_while",
                            ),
                            models.UniqueConstraint(
                                models.F("child"),
                                models.F("asked_by"),
                                models.F("copy_for"),
                                condition=models.Q(("state__in", ("asked", "working"))),
                                name="one_export_is_made_at_a_time",
                            ),
                            models.UniqueConstraint(
                                models.F("asked_by"),
                                condition=models.Q(
                                    ("copy_for", "clinic"), ("state__in", ("asked", "working"))
                                ),
                                name="one_clinic_copy_of_a_person_is_made_at_a_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FamilyWords",
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
                                related_name="family_words",
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
                        ("about", models.CharField(max_length=80)),
                        ("words", models.TextField(blank=True)),
                        (
                            "language",
                            models.CharField(
                                blank=True, help_text="of its words, a BCP 47 tag", max_length=16
                            ),
                        ),
                        ("recording", models.CharField(blank=True, max_length=120)),
                        ("is_shared", models.BooleanField(default=False, help_text="with the care team")),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("child"),
                                models.F("family"),
                                models.F("about"),
                                name="a_household_has_its_words_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("recording", ""), ("words", ""), _negated=True),
                                name="own_words_are_written_or_spoken",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FamilyWordsEvent",
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
                                to="tracking.familywords",
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
                        ("about", models.CharField(max_length=80)),
                        ("words", models.TextField(blank=True)),
                        (
                            "language",
                            models.CharField(
                                blank=True, help_text="of its words, a BCP 47 tag", max_length=16
                            ),
                        ),
                        ("recording", models.CharField(blank=True, max_length=120)),
                        ("is_shared", models.BooleanField(default=False, help_text="with the care team")),
                        (
                            "by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="FlagThreshold",
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
                        ("name", models.CharField(max_length=40)),
                        ("value", models.DecimalField(blank=True, decimal_places=2, max_digits=7, null=True)),
                        (
                            "set_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("set_at", models.DateTimeField()),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["clinic", "name", "-set_at", "-id"], name="latest_flag_threshold"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "name__in",
                                        [
                                            "distress_of_last",
                                            "distress_sessions",
                                            "low_dose_below_ratio",
                                            "low_dose_weeks",
                                            "no_logs_flag_after_days",
                                            "no_logs_remind_after_days",
                                            "region_of_last",
                                            "region_refused",
                                            "sleep_baseline_nights",
                                            "sleep_nights",
                                            "sleep_worse_factor",
                                            "sleep_worse_minutes",
                                            "touch_extreme_events",
                                            "touch_extreme_within_days",
                                            "touch_window",
                                            "touch_worse_points",
                                        ],
                                    )
                                ),
                                name="a_threshold_is_of_a_known_name",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FlagSwitch",
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
                        ("code", models.CharField(max_length=40)),
                        ("is_on", models.BooleanField()),
                        ("reason", models.CharField(blank=True, max_length=300)),
                        (
                            "language",
                            models.CharField(
                                blank=True, help_text="of its words, a BCP 47 tag", max_length=16
                            ),
                        ),
                        (
                            "set_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("set_at", models.DateTimeField()),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["clinic", "code", "-set_at", "-id"], name="latest_flag_switch"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "code__in",
                                        [
                                            "fever_young",
                                            "fever_3_6",
                                            "fever_any",
                                            "skin_reaction",
                                            "distress_run",
                                            "distress_region",
                                            "pain_or_swelling",
                                            "colour_breathing",
                                            "seizure",
                                            "tactile_regression",
                                            "skill_loss",
                                            "feeding_weight",
                                            "sleep_worse",
                                            "no_logs",
                                            "low_dose",
                                            "parent_strain",
                                            "contra_conflict",
                                        ],
                                    )
                                ),
                                name="a_flag_switch_is_of_a_known_code",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FlagText",
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
                        ("code", models.CharField(max_length=40)),
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
                        ("adopted_name", models.CharField(blank=True, max_length=200)),
                        ("adopted_credential", models.CharField(blank=True, max_length=60)),
                        ("adopted_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("clinic"),
                                models.F("code"),
                                models.F("language"),
                                models.F("number"),
                                name="a_flag_text_version_is_used_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "code__in",
                                        [
                                            "colour_breathing",
                                            "contra_conflict",
                                            "distress_region",
                                            "distress_run",
                                            "feeding_weight",
                                            "fever_3_6",
                                            "fever_any",
                                            "fever_young",
                                            "no_logs",
                                            "pain_or_swelling",
                                            "parent_strain",
                                            "seizure",
                                            "skill_loss",
                                            "skin_reaction",
                                        ],
                                    )
                                ),
                                name="a_flag_text_is_said_to_families",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("adopted_at__isnull", True),
                                        ("adopted_by__isnull", True),
                                        ("adopted_credential", ""),
                                        ("adopted_name", ""),
                                    ),
                                    models.Q(
                                        ("adopted_at__isnull", False),
                                        ("adopted_by__isnull", False),
                                        models.Q(("adopted_name", ""), _negated=True),
                                        models.Q(("adopted_credential", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="an_adoption_has_name_credential_and_day",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FlagResponse",
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
                        ("severity", models.CharField(max_length=20)),
                        ("within_minutes", models.PositiveIntegerField()),
                        (
                            "readers",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=20), size=None
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                blank=True,
                                help_text="the owner who reads; none: every owner",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "set_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("set_at", models.DateTimeField()),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["clinic", "severity", "-set_at", "-id"], name="latest_flag_response"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("severity__in", ["emergency", "urgent", "pause", "review", "follow_up"])
                                ),
                                name="a_response_is_of_a_known_severity",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("readers__contained_by", ["care_team", "cover", "owner"])
                                ),
                                name="a_response_names_known_readers",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ClinicHours",
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
                        ("weekday", models.PositiveSmallIntegerField()),
                        ("opens", models.TimeField()),
                        ("closes", models.TimeField()),
                        (
                            "set_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("set_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("weekday__range", (0, 6))), name="hours_are_of_a_weekday"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("closes__gt", models.F("opens"))),
                                name="a_clinic_closes_later",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ClinicClosure",
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
                        ("from_on", models.DateField()),
                        ("until_on", models.DateField()),
                        ("reason", models.CharField(blank=True, max_length=120)),
                        (
                            "language",
                            models.CharField(
                                blank=True, help_text="of its words, a BCP 47 tag", max_length=16
                            ),
                        ),
                        (
                            "set_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("set_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("until_on__gte", models.F("from_on"))),
                                name="a_closure_ends_no_earlier",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReaderGap",
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
                        ("found_at", models.DateTimeField()),
                        ("child_count", models.PositiveIntegerField()),
                        ("told_at", models.DateTimeField(blank=True, null=True)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("ended_at__isnull", True)),
                                fields=("clinic",),
                                name="one_open_reader_gap_a_clinic",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Flag",
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
                                related_name="flags",
                                to="clinic.child",
                            ),
                        ),
                        ("code", models.CharField(max_length=40)),
                        ("severity", models.CharField(max_length=20)),
                        (
                            "detail",
                            models.JSONField(
                                blank=True, default=dict, help_text="codes and numbers the rule looked at"
                            ),
                        ),
                        ("raised_at", models.DateTimeField()),
                        ("due_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "readers",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=20),
                                default=tracking.models.flags.usual_readers,
                                size=None,
                            ),
                        ),
                        (
                            "owner_reader",
                            models.ForeignKey(
                                blank=True,
                                help_text="the owner who reads it; none: every owner",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("asked_count", models.PositiveSmallIntegerField(default=1)),
                        ("escalates_at", models.DateTimeField(blank=True, null=True)),
                        ("snoozed_until", models.DateTimeField(blank=True, null=True)),
                        ("acknowledged_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "acknowledged_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("closed_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "closed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("closed_how", models.CharField(blank=True, max_length=20)),
                        ("close_reason", models.CharField(blank=True, max_length=200)),
                        (
                            "language",
                            models.CharField(
                                blank=True, help_text="of its words, a BCP 47 tag", max_length=16
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(
                                    ("closed_at__isnull", True), ("escalates_at__isnull", False)
                                ),
                                fields=["escalates_at", "id"],
                                name="flags_that_may_go_on",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("child"),
                                models.F("code"),
                                condition=models.Q(("closed_at__isnull", True)),
                                name="one_open_flag_per_code_and_child",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "code__in",
                                        [
                                            "fever_young",
                                            "fever_3_6",
                                            "fever_any",
                                            "skin_reaction",
                                            "distress_run",
                                            "distress_region",
                                            "pain_or_swelling",
                                            "colour_breathing",
                                            "seizure",
                                            "tactile_regression",
                                            "skill_loss",
                                            "feeding_weight",
                                            "sleep_worse",
                                            "no_logs",
                                            "low_dose",
                                            "parent_strain",
                                            "contra_conflict",
                                        ],
                                    )
                                ),
                                name="a_flag_is_of_a_known_code",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("severity__in", ["emergency", "urgent", "pause", "review", "follow_up"])
                                ),
                                name="a_flag_has_a_known_severity",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("readers__contained_by", ["care_team", "cover", "owner"])
                                ),
                                name="a_flag_goes_to_known_readers",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("closed_how__in", ["", "by_hand", "by_contact"])),
                                name="a_flag_ends_in_a_known_way",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FlagAcknowledgement",
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
                            "flag",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="acknowledgements",
                                to="tracking.flag",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("will_do", models.CharField(blank=True, max_length=300)),
                        (
                            "language",
                            models.CharField(
                                blank=True, help_text="of its words, a BCP 47 tag", max_length=16
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("flag"), models.F("by"), name="a_person_acknowledges_a_flag_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FlagSnooze",
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
                            "flag",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="snoozes",
                                to="tracking.flag",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("until_at", models.DateTimeField()),
                        ("reason", models.CharField(max_length=300)),
                        (
                            "language",
                            models.CharField(
                                blank=True, help_text="of its words, a BCP 47 tag", max_length=16
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("until_at__gt", models.F("at"))),
                                name="a_snooze_ends_later",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FlagEscalation",
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
                            "flag",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="escalations",
                                to="tracking.flag",
                            ),
                        ),
                        (
                            "step",
                            models.PositiveSmallIntegerField(
                                help_text="its place in the order of readers, from 1"
                            ),
                        ),
                        ("kind", models.CharField(max_length=20)),
                        (
                            "to",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "because",
                            models.CharField(
                                default=tracking.vocabulary.flags.EscalationBecause["UNREAD"], max_length=20
                            ),
                        ),
                        ("at", models.DateTimeField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("flag"),
                                models.F("step"),
                                models.F("to"),
                                name="a_flag_goes_to_a_person_once_a_step",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("kind__in", ["care_team", "cover", "owner"])),
                                name="an_escalation_goes_to_a_known_reader",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ChosenAdvice",
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
                            "program",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="chosen_advice",
                                to="tracking.homeprogram",
                            ),
                        ),
                        ("code", models.CharField(max_length=40)),
                        (
                            "chosen_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("chosen_at", models.DateTimeField()),
                        (
                            "ended_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("program"),
                                models.F("code"),
                                condition=models.Q(("ended_at__isnull", True)),
                                name="advice_is_chosen_once_for_a_program",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("code__in", ["distress_region", "distress_run"])),
                                name="advice_that_is_chosen_changes_care",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Goal",
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
                                related_name="goals",
                                to="clinic.child",
                            ),
                        ),
                        (
                            "client_id",
                            models.UUIDField(
                                db_default=django.contrib.postgres.functions.RandomUUID(),
                                default=clinic.models.clinics.new_id,
                                help_text="its sender's",
                            ),
                        ),
                        ("title", models.CharField(max_length=200)),
                        ("own_words", models.TextField(blank=True, help_text="as the parent said it")),
                        (
                            "own_words_language",
                            models.CharField(
                                blank=True, help_text="of its words, a BCP 47 tag", max_length=16
                            ),
                        ),
                        (
                            "ladder",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.TextField(),
                                help_text="texts of levels -2, -1, 0, +1, +2",
                                size=5,
                            ),
                        ),
                        (
                            "language",
                            models.CharField(
                                blank=True, help_text="of its words, a BCP 47 tag", max_length=16
                            ),
                        ),
                        ("baseline_level", models.SmallIntegerField(default=-1)),
                        ("importance", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("difficulty", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("primary_outcome", models.CharField(blank=True, max_length=40)),
                        ("outcome_named_on", models.DateField(blank=True, null=True)),
                        ("is_open", models.BooleanField(default=True)),
                        ("set_on", models.DateField()),
                        ("lock_version", models.PositiveIntegerField(default=1)),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("child"), models.F("client_id"), name="a_goal_is_set_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("baseline_level__in", [-2, -1])),
                                name="a_goal_begins_at_minus_1_or_minus_2",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("ladder__len", 5)), name="a_ladder_has_five_levels"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("importance__isnull", True),
                                        ("importance__range", (0, 3)),
                                        _connector="OR",
                                    ),
                                    models.Q(
                                        ("difficulty__isnull", True),
                                        ("difficulty__range", (0, 3)),
                                        _connector="OR",
                                    ),
                                ),
                                name="importance_and_difficulty_are_0_to_3",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("outcome_named_on__isnull", True), ("primary_outcome", "")),
                                    models.Q(
                                        ("outcome_named_on__isnull", False),
                                        (
                                            "primary_outcome__in",
                                            [
                                                "sleep_latency",
                                                "bedtime_resistance",
                                                "touch_intensity",
                                                "touch_weekly",
                                                "touch_per_opportunity",
                                                "recovery_minutes",
                                                "target_state",
                                                "own_requests",
                                            ],
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_primary_outcome_is_known_and_was_named_on_a_day",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GoalEvent",
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
                                to="tracking.goal",
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
                            "client_id",
                            models.UUIDField(
                                db_default=django.contrib.postgres.functions.RandomUUID(),
                                default=clinic.models.clinics.new_id,
                                help_text="its sender's",
                            ),
                        ),
                        ("title", models.CharField(max_length=200)),
                        ("own_words", models.TextField(blank=True, help_text="as the parent said it")),
                        (
                            "own_words_language",
                            models.CharField(
                                blank=True, help_text="of its words, a BCP 47 tag", max_length=16
                            ),
                        ),
                        (
                            "ladder",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.TextField(),
                                help_text="texts of levels -2, -1, 0, +1, +2",
                                size=5,
                            ),
                        ),
                        (
                            "language",
                            models.CharField(
                                blank=True, help_text="of its words, a BCP 47 tag", max_length=16
                            ),
                        ),
                        ("baseline_level", models.SmallIntegerField(default=-1)),
                        ("importance", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("difficulty", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("primary_outcome", models.CharField(blank=True, max_length=40)),
                        ("outcome_named_on", models.DateField(blank=True, null=True)),
                        ("is_open", models.BooleanField(default=True)),
                        ("set_on", models.DateField()),
                        ("lock_version", models.PositiveIntegerField(default=1)),
                        (
                            "created_by",
                            models.ForeignKey(
                                db_constraint=False,
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
                    name="GoalRating",
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
                            "goal",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="ratings",
                                to="tracking.goal",
                            ),
                        ),
                        (
                            "client_id",
                            models.UUIDField(
                                db_default=django.contrib.postgres.functions.RandomUUID(),
                                default=clinic.models.clinics.new_id,
                                help_text="its sender's",
                            ),
                        ),
                        ("level", models.SmallIntegerField()),
                        ("on", models.DateField()),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                        ("note", models.TextField(blank=True)),
                        (
                            "language",
                            models.CharField(
                                blank=True, help_text="of its words, a BCP 47 tag", max_length=16
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("goal"), models.F("client_id"), name="a_rating_is_told_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("level__range", (-2, 2))), name="a_level_is_minus_2_to_2"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Assessment",
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
                                related_name="assessments",
                                to="clinic.child",
                            ),
                        ),
                        (
                            "client_id",
                            models.UUIDField(
                                db_default=django.contrib.postgres.functions.RandomUUID(),
                                default=clinic.models.clinics.new_id,
                                help_text="its sender's",
                            ),
                        ),
                        ("instrument", models.CharField(max_length=40)),
                        ("on", models.DateField()),
                        ("totals", models.JSONField(default=dict, help_text="score name -> {value, band}")),
                        ("respondent", models.CharField(blank=True, max_length=120)),
                        (
                            "language",
                            models.CharField(
                                blank=True, help_text="of its words, a BCP 47 tag", max_length=16
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("child"), models.F("client_id"), name="an_assessment_is_entered_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "instrument__in",
                                        [
                                            "sp2_infant",
                                            "sp2_toddler",
                                            "sp2_child",
                                            "sp2_short",
                                            "sp2_school_companion",
                                            "itsp_2002",
                                            "spm_2",
                                            "tie",
                                            "tsfi",
                                            "ssc",
                                            "copm",
                                        ],
                                    )
                                ),
                                name="an_assessment_is_by_a_known_instrument",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="HandOffLook",
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
                        ("looked_until", models.DateTimeField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("child"),
                                models.F("user"),
                                name="a_hand_off_is_looked_at_up_to_one_point",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Note",
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
                                related_name="notes",
                                to="clinic.child",
                            ),
                        ),
                        (
                            "author",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("is_private", models.BooleanField(default=False)),
                        ("body", models.TextField()),
                        (
                            "language",
                            models.CharField(
                                blank=True, help_text="of its words, a BCP 47 tag", max_length=16
                            ),
                        ),
                        (
                            "about_entry",
                            models.UUIDField(
                                blank=True, help_text="client id of the entry it remarks on", null=True
                            ),
                        ),
                        (
                            "about_contact",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="notes",
                                to="tracking.contact",
                            ),
                        ),
                        ("written_at", models.DateTimeField()),
                        ("lock_version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="NoteEvent",
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
                                to="tracking.note",
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
                            "author",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("is_private", models.BooleanField(default=False)),
                        ("body", models.TextField()),
                        (
                            "language",
                            models.CharField(
                                blank=True, help_text="of its words, a BCP 47 tag", max_length=16
                            ),
                        ),
                        (
                            "about_entry",
                            models.UUIDField(
                                blank=True, help_text="client id of the entry it remarks on", null=True
                            ),
                        ),
                        (
                            "about_contact",
                            models.ForeignKey(
                                blank=True,
                                db_constraint=False,
                                null=True,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="tracking.contact",
                            ),
                        ),
                        ("written_at", models.DateTimeField()),
                        ("lock_version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="Message",
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
                                related_name="messages",
                                to="clinic.child",
                            ),
                        ),
                        ("client_id", models.UUIDField()),
                        (
                            "author",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("is_from_staff", models.BooleanField()),
                        ("body", models.TextField()),
                        (
                            "language",
                            models.CharField(
                                blank=True, help_text="of its words, a BCP 47 tag", max_length=16
                            ),
                        ),
                        (
                            "about_entry",
                            models.UUIDField(
                                blank=True, help_text="client id of the entry it answers", null=True
                            ),
                        ),
                        ("sent_at", models.DateTimeField()),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["child", "sent_at", "id"], name="messages_of_a_child")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("child"), models.F("client_id"), name="a_message_is_sent_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ThreadRead",
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
                        ("read_until", models.DateTimeField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("child"), models.F("user"), name="a_thread_is_read_up_to_one_point"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Notice",
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
                        ("kind", models.CharField(max_length=20)),
                        ("subject_id", models.UUIDField()),
                        ("is_to_staff", models.BooleanField(default=False)),
                        (
                            "to",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("made_at", models.DateTimeField()),
                        ("planned_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("planned_at__isnull", True)),
                                fields=["made_at", "id"],
                                name="notices_to_plan",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "message",
                                            "program_version",
                                            "report_shared",
                                            "flag",
                                            "urgent_flag",
                                            "flag_unread",
                                        ],
                                    )
                                ),
                                name="a_notice_is_of_a_known_kind",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TactileObservation",
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
                                related_name="%(class)s_entries",
                                to="clinic.child",
                            ),
                        ),
                        ("client_id", models.UUIDField()),
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("is_latest", models.BooleanField(default=True)),
                        (
                            "state",
                            models.CharField(
                                default=tracking.vocabulary.programs.EntryState["RECORDED"], max_length=20
                            ),
                        ),
                        (
                            "flags",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        ("occurred_at", models.DateTimeField()),
                        (
                            "precision",
                            models.CharField(
                                default=tracking.vocabulary.programs.Precision["MINUTE"], max_length=20
                            ),
                        ),
                        ("part_of_day", models.CharField(blank=True, max_length=20)),
                        (
                            "zone",
                            models.CharField(help_text="IANA name, of the place it happened", max_length=64),
                        ),
                        ("local_day", models.DateField()),
                        (
                            "device_time",
                            models.DateTimeField(
                                blank=True,
                                help_text="as the device sent it, where that cannot have been",
                                null=True,
                            ),
                        ),
                        ("first_received_at", models.DateTimeField(help_text="when revision 1 arrived")),
                        ("received_at", models.DateTimeField()),
                        (
                            "reported_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "is_on_behalf",
                            models.BooleanField(default=False, help_text="logged by staff for the family"),
                        ),
                        (
                            "source",
                            models.CharField(
                                default=tracking.vocabulary.programs.EntrySource["APP"],
                                help_text="how the family told it",
                                max_length=20,
                            ),
                        ),
                        (
                            "door",
                            models.CharField(
                                help_text="through which of our doors it came in", max_length=20
                            ),
                        ),
                        (
                            "told_by_grant",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.caregivergrant",
                            ),
                        ),
                        ("told_by_name", models.CharField(blank=True, max_length=120)),
                        (
                            "family",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.family",
                            ),
                        ),
                        (
                            "body_hash",
                            models.CharField(
                                help_text="of the request that made this revision", max_length=64
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
                            "not_asked",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        ("stimulus", models.CharField(max_length=40)),
                        (
                            "stimulus_text",
                            models.CharField(blank=True, help_text="what it was, for other", max_length=120),
                        ),
                        (
                            "responses",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        ("intensity", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("recovery_minutes", models.PositiveSmallIntegerField(blank=True, null=True)),
                        ("recovery_band", models.CharField(blank=True, max_length=20)),
                        ("is_not_settled", models.BooleanField(default=False)),
                        ("region", models.CharField(blank=True, max_length=40)),
                        ("expectedness", models.CharField(blank=True, max_length=20)),
                        ("touch_type", models.CharField(blank=True, max_length=20)),
                        ("setting", models.CharField(blank=True, max_length=20)),
                        ("people_present", models.CharField(blank=True, max_length=200)),
                        ("tried", models.JSONField(blank=True, default=list)),
                        (
                            "confounders",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("is_latest", True)),
                                fields=["child", "local_day", "id"],
                                name="observation_by_child_day",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("child", "client_id", "revision"),
                                name="an_observation_revision_is_written_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("is_latest", True)),
                                fields=("child", "client_id"),
                                name="an_observation_has_one_latest",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["recorded", "withdrawn"])),
                                name="an_observation_is_recorded_or_withdrawn",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("precision__in", ["minute", "part_of_day", "day"])),
                                name="an_observation_precision_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        (
                                            "part_of_day__in",
                                            ["morning", "midday", "afternoon", "evening", "night"],
                                        ),
                                        ("precision", tracking.vocabulary.programs.Precision["PART_OF_DAY"]),
                                    ),
                                    models.Q(
                                        models.Q(
                                            (
                                                "precision",
                                                tracking.vocabulary.programs.Precision["PART_OF_DAY"],
                                            ),
                                            _negated=True,
                                        ),
                                        ("part_of_day", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="an_observation_names_a_part_of_its_day_or_none",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("source__in", ["app", "paper", "phone_call", "in_person"])
                                ),
                                name="an_observation_source_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("first_received_at__lte", models.F("received_at"))),
                                name="an_observation_first_came_before_it_was_revised",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("intensity__isnull", True), ("intensity__range", (0, 4)), _connector="OR"
                                ),
                                name="intensity_is_0_to_4",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TrackedStimulus",
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
                                related_name="tracked_stimuli",
                                to="clinic.child",
                            ),
                        ),
                        ("stimulus", models.CharField(max_length=40)),
                        (
                            "label",
                            models.CharField(
                                blank=True, help_text="the family's words for it", max_length=120
                            ),
                        ),
                        (
                            "language",
                            models.CharField(
                                blank=True, help_text="of its words, a BCP 47 tag", max_length=16
                            ),
                        ),
                        ("from_on", models.DateField()),
                        ("until_on", models.DateField(blank=True, null=True)),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("child"),
                                models.F("stimulus"),
                                models.F("label"),
                                condition=models.Q(("until_on__isnull", True)),
                                name="a_stimulus_is_tracked_once_at_a_time",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StimulusDay",
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
                                related_name="%(class)s_entries",
                                to="clinic.child",
                            ),
                        ),
                        ("client_id", models.UUIDField()),
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("is_latest", models.BooleanField(default=True)),
                        (
                            "state",
                            models.CharField(
                                default=tracking.vocabulary.programs.EntryState["RECORDED"], max_length=20
                            ),
                        ),
                        (
                            "flags",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        ("occurred_at", models.DateTimeField()),
                        (
                            "precision",
                            models.CharField(
                                default=tracking.vocabulary.programs.Precision["MINUTE"], max_length=20
                            ),
                        ),
                        ("part_of_day", models.CharField(blank=True, max_length=20)),
                        (
                            "zone",
                            models.CharField(help_text="IANA name, of the place it happened", max_length=64),
                        ),
                        ("local_day", models.DateField()),
                        (
                            "device_time",
                            models.DateTimeField(
                                blank=True,
                                help_text="as the device sent it, where that cannot have been",
                                null=True,
                            ),
                        ),
                        ("first_received_at", models.DateTimeField(help_text="when revision 1 arrived")),
                        ("received_at", models.DateTimeField()),
                        (
                            "reported_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "is_on_behalf",
                            models.BooleanField(default=False, help_text="logged by staff for the family"),
                        ),
                        (
                            "source",
                            models.CharField(
                                default=tracking.vocabulary.programs.EntrySource["APP"],
                                help_text="how the family told it",
                                max_length=20,
                            ),
                        ),
                        (
                            "door",
                            models.CharField(
                                help_text="through which of our doors it came in", max_length=20
                            ),
                        ),
                        (
                            "told_by_grant",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.caregivergrant",
                            ),
                        ),
                        ("told_by_name", models.CharField(blank=True, max_length=120)),
                        (
                            "family",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.family",
                            ),
                        ),
                        (
                            "body_hash",
                            models.CharField(
                                help_text="of the request that made this revision", max_length=64
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
                            "not_asked",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "tracked_stimulus",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="days",
                                to="tracking.trackedstimulus",
                            ),
                        ),
                        ("came_up", models.BooleanField()),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("is_latest", True)),
                                fields=["child", "local_day", "id"],
                                name="stimulus_day_by_child_day",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("child", "client_id", "revision"),
                                name="a_stimulus_day_revision_is_written_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("is_latest", True)),
                                fields=("child", "client_id"),
                                name="a_stimulus_day_has_one_latest",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["recorded", "withdrawn"])),
                                name="a_stimulus_day_is_recorded_or_withdrawn",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("precision__in", ["minute", "part_of_day", "day"])),
                                name="a_stimulus_day_precision_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        (
                                            "part_of_day__in",
                                            ["morning", "midday", "afternoon", "evening", "night"],
                                        ),
                                        ("precision", tracking.vocabulary.programs.Precision["PART_OF_DAY"]),
                                    ),
                                    models.Q(
                                        models.Q(
                                            (
                                                "precision",
                                                tracking.vocabulary.programs.Precision["PART_OF_DAY"],
                                            ),
                                            _negated=True,
                                        ),
                                        ("part_of_day", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_stimulus_day_names_a_part_of_its_day_or_none",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("source__in", ["app", "paper", "phone_call", "in_person"])
                                ),
                                name="a_stimulus_day_source_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("first_received_at__lte", models.F("received_at"))),
                                name="a_stimulus_day_first_came_before_it_was_revised",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ProviderStanding",
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
                        ("provider", models.CharField(max_length=120, unique=True)),
                        ("failures", models.PositiveIntegerField(default=0)),
                        ("open_until", models.DateTimeField(blank=True, null=True)),
                        ("probed_until", models.DateTimeField(blank=True, null=True)),
                    ],
                ),
                migrations.CreateModel(
                    name="QuarantinedEntry",
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
                            "grant",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="clinic.caregivergrant",
                            ),
                        ),
                        (
                            "sent_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("kind", models.CharField(max_length=20)),
                        ("client_id", models.UUIDField()),
                        ("base_revision", models.PositiveIntegerField(default=0)),
                        (
                            "door",
                            models.CharField(
                                choices=[
                                    ("api", "Api"),
                                    ("family_pages", "Family Pages"),
                                    ("clinic_pages", "Clinic Pages"),
                                    ("seed", "Seed"),
                                ],
                                max_length=20,
                            ),
                        ),
                        ("body", models.JSONField()),
                        ("body_hash", models.CharField(max_length=64)),
                        ("happened_at", models.DateTimeField()),
                        ("received_at", models.DateTimeField()),
                        ("decision", models.CharField(blank=True, max_length=20)),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "reason",
                            models.TextField(blank=True, help_text="why it was left out, for the team alone"),
                        ),
                        (
                            "language",
                            models.CharField(
                                blank=True, help_text="of its words, a BCP 47 tag", max_length=16
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("decided_at__isnull", True)),
                                fields=["clinic", "received_at", "id"],
                                name="entries_that_wait",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("child"),
                                models.F("sent_by"),
                                models.F("client_id"),
                                models.F("base_revision"),
                                models.F("body_hash"),
                                name="a_late_write_waits_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("decided_at__isnull", True),
                                        ("decided_by__isnull", True),
                                        ("decision", ""),
                                    ),
                                    models.Q(
                                        ("decided_at__isnull", False),
                                        ("decided_by__isnull", False),
                                        ("decision__in", ["accepted", "discarded"]),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_decision_says_by_whom_and_when",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("decision", "discarded"), _negated=True),
                                    models.Q(("reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="what_is_left_out_has_a_reason",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReminderRule",
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
                                related_name="reminder_rules",
                                to="clinic.child",
                            ),
                        ),
                        (
                            "family",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reminder_rules",
                                to="clinic.family",
                            ),
                        ),
                        (
                            "program",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reminder_rules",
                                to="tracking.homeprogram",
                            ),
                        ),
                        ("slot_number", models.PositiveSmallIntegerField()),
                        ("is_on", models.BooleanField(default=True)),
                        (
                            "weekdays",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.PositiveSmallIntegerField(),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        ("paused_through", models.DateField(blank=True, null=True)),
                        ("only_on_home_days", models.BooleanField(default=True)),
                        ("counts_from", models.DateTimeField(blank=True, null=True)),
                        (
                            "next_on",
                            models.DateField(
                                blank=True, help_text="next local day to plan; empty: nothing more", null=True
                            ),
                        ),
                        (
                            "next_plan_at",
                            models.DateTimeField(
                                blank=True, help_text="when that day is to be planned", null=True
                            ),
                        ),
                        ("lock_version", models.PositiveIntegerField(default=1)),
                        (
                            "muted_by",
                            models.ManyToManyField(
                                related_name="+",
                                through="tracking.ReminderMute",
                                through_fields=("rule", "user"),
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("is_on", True), ("next_plan_at__isnull", False)),
                                fields=["next_plan_at", "id"],
                                name="reminder_rules_to_plan",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("program"),
                                models.F("family"),
                                models.F("slot_number"),
                                name="one_rule_per_program_household_and_slot",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("weekdays__contained_by", [0, 1, 2, 3, 4, 5, 6])),
                                name="a_wished_weekday_is_one_of_seven",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReminderRuleEvent",
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
                                to="tracking.reminderrule",
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
                            "program",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to="tracking.homeprogram",
                            ),
                        ),
                        ("slot_number", models.PositiveSmallIntegerField()),
                        ("is_on", models.BooleanField(default=True)),
                        (
                            "weekdays",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.PositiveSmallIntegerField(),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        ("paused_through", models.DateField(blank=True, null=True)),
                        ("only_on_home_days", models.BooleanField(default=True)),
                        ("counts_from", models.DateTimeField(blank=True, null=True)),
                        (
                            "next_on",
                            models.DateField(
                                blank=True, help_text="next local day to plan; empty: nothing more", null=True
                            ),
                        ),
                        (
                            "next_plan_at",
                            models.DateTimeField(
                                blank=True, help_text="when that day is to be planned", null=True
                            ),
                        ),
                        ("lock_version", models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ReminderMute",
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
                            "rule",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="mutes",
                                to="tracking.reminderrule",
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
                        (
                            "chosen_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("rule"), models.F("user"), name="a_rule_is_muted_once_by_a_person"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReminderOccurrence",
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
                            "rule",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="occurrences",
                                to="tracking.reminderrule",
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
                        ("local_day", models.DateField()),
                        ("slot_number", models.PositiveSmallIntegerField()),
                        ("is_gentle", models.BooleanField(default=False)),
                        ("due_at", models.DateTimeField()),
                        ("expires_at", models.DateTimeField()),
                        ("planned_at", models.DateTimeField()),
                        (
                            "planned_from",
                            clinic.models.audit.TransactionIdField(blank=True, editable=False, null=True),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("is_gentle", True)),
                                fields=["child", "local_day"],
                                name="gentle_reminders_of_a_child",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("rule"),
                                models.F("local_day"),
                                models.F("slot_number"),
                                name="an_occurrence_is_planned_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("expires_at__gt", models.F("due_at"))),
                                name="an_occurrence_expires_after_it_is_due",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReminderDelivery",
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
                            "occurrence",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="deliveries",
                                to="tracking.reminderoccurrence",
                            ),
                        ),
                        (
                            "notice",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="deliveries",
                                to="tracking.notice",
                            ),
                        ),
                        (
                            "recipient",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("channel", models.CharField(default="email", max_length=20)),
                        ("round", models.PositiveSmallIntegerField(default=0)),
                        ("state", models.CharField(default="due", max_length=20)),
                        ("reason", models.CharField(blank=True, max_length=40)),
                        ("idempotency_key", models.UUIDField(unique=True)),
                        ("due_at", models.DateTimeField()),
                        ("expires_at", models.DateTimeField()),
                        ("next_try_at", models.DateTimeField()),
                        ("attempt", models.PositiveSmallIntegerField(default=0)),
                        ("begun", models.PositiveSmallIntegerField(default=0)),
                        ("leased_until", models.DateTimeField(blank=True, null=True)),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "provider_codes",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=80),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "carried_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="carried",
                                to="tracking.reminderdelivery",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("state__in", ["due", "leased", "retry"])),
                                fields=["next_try_at", "id"],
                                name="deliveries_to_try",
                            ),
                            models.Index(
                                condition=models.Q(("state__in", ["due", "leased", "retry"])),
                                fields=["clinic", "next_try_at", "id"],
                                name="deliveries_to_try_of_a_clinic",
                            ),
                            models.Index(
                                condition=models.Q(("state__in", ["dead", "unknown"])),
                                fields=["clinic", "ended_at"],
                                name="deliveries_given_up",
                            ),
                            models.Index(
                                condition=models.Q(("ended_at__isnull", False)),
                                fields=["ended_at"],
                                name="deliveries_ended_lately",
                            ),
                            models.Index(
                                condition=models.Q(("state__in", ["due", "leased", "retry"])),
                                fields=["recipient", "due_at"],
                                name="deliveries_open_of_a_person",
                            ),
                            models.Index(
                                condition=models.Q(("state__in", ["sent", "merged"])),
                                fields=["recipient", "ended_at"],
                                name="deliveries_a_person_was_sent",
                            ),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("occurrence"),
                                models.F("recipient"),
                                models.F("channel"),
                                models.F("round"),
                                name="a_delivery_is_made_once_per_person_and_channel",
                            ),
                            models.UniqueConstraint(
                                models.F("notice"),
                                models.F("recipient"),
                                name="a_notice_is_delivered_once_per_person",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("occurrence__isnull", True), ("notice__isnull", True), _connector="XOR"
                                ),
                                name="a_delivery_is_of_an_occurrence_or_a_notice",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "state__in",
                                        [
                                            "due",
                                            "leased",
                                            "retry",
                                            "sent",
                                            "merged",
                                            "suppressed",
                                            "quiet",
                                            "expired",
                                            "unknown",
                                            "dead",
                                        ],
                                    )
                                ),
                                name="a_delivery_is_in_a_known_state",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["due", "leased", "retry"]),
                                    ("ended_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="an_ended_delivery_says_when",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReachWishes",
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
                            "user",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "reminders_by",
                            models.CharField(
                                blank=True, default="email", help_text="a channel", max_length=20
                            ),
                        ),
                        (
                            "notices_by",
                            models.CharField(
                                blank=True, default="email", help_text="a channel", max_length=20
                            ),
                        ),
                        ("quiet_from", models.TimeField(default=dt.time(22, 0))),
                        ("quiet_until", models.TimeField(default=dt.time(6, 0))),
                        ("updated_at", models.DateTimeField()),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("reminders_by__in", ["", "email", "web_push", "sms"]),
                                    ("notices_by__in", ["", "email", "web_push", "sms"]),
                                ),
                                name="somebody_is_reached_by_a_known_channel_or_not_at_all",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PushSubscription",
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
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("endpoint_hash", models.CharField(max_length=64, unique=True)),
                        ("provider", models.CharField(max_length=100)),
                        ("secret", models.TextField()),
                        (
                            "device",
                            models.CharField(blank=True, help_text="what its owner calls it", max_length=60),
                        ),
                        ("made_at", models.DateTimeField()),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="PhoneNumber",
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
                            "user",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("number", models.CharField(help_text="E.164, with its +", max_length=16)),
                        ("verified_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "code_hash",
                            models.CharField(
                                blank=True, help_text="none: nothing waits for a code", max_length=64
                            ),
                        ),
                        ("code_expires_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("number__regex", "^\\+[1-9][0-9]{6,14}$")),
                                name="a_phone_number_is_in_e_164",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("code_hash", ""), ("code_expires_at__isnull", False), _connector="OR"
                                ),
                                name="a_code_for_a_phone_number_runs_out",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CalendarFeed",
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
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("token_hash", models.CharField(max_length=64, unique=True)),
                        ("made_at", models.DateTimeField()),
                        ("revoked_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("user"),
                                condition=models.Q(("revoked_at__isnull", True)),
                                name="one_calendar_feed_a_person",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("revoked_at__isnull", True),
                                    ("revoked_at__gte", models.F("made_at")),
                                    _connector="OR",
                                ),
                                name="a_calendar_feed_is_made_before_it_ends",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="WriteReceipt",
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
                        ("kind", models.CharField(max_length=40)),
                        ("client_id", models.UUIDField()),
                        (
                            "base_revision",
                            models.PositiveIntegerField(
                                default=0, help_text="the revision the sender had; 0: new"
                            ),
                        ),
                        ("body_hash", models.CharField(max_length=64)),
                        ("revision", models.PositiveIntegerField()),
                        ("received_at", models.DateTimeField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("child"),
                                models.F("client_id"),
                                models.F("body_hash"),
                                models.F("base_revision"),
                                name="a_write_is_received_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Report",
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
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("asked_at", models.DateTimeField()),
                        ("state", models.CharField(default="asked", max_length=20)),
                        ("progress_percent", models.PositiveSmallIntegerField(default=0)),
                        ("failure_code", models.CharField(blank=True, max_length=40)),
                        ("finished_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "file_name",
                            models.CharField(
                                blank=True, help_text="the random name in storage", max_length=120
                            ),
                        ),
                        ("content_sha256", models.CharField(blank=True, max_length=64)),
                        (
                            "child",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="reports",
                                to="clinic.child",
                            ),
                        ),
                        (
                            "family",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.family",
                            ),
                        ),
                        ("kind", models.CharField(default="progress", max_length=20)),
                        (
                            "schedule",
                            models.ForeignKey(
                                blank=True,
                                help_text="by which it was drafted; none: asked for by hand",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="tracking.reportschedule",
                            ),
                        ),
                        ("period_from", models.DateField()),
                        ("period_until", models.DateField()),
                        (
                            "addressee",
                            models.CharField(blank=True, help_text="whom a letter goes to", max_length=200),
                        ),
                        ("question", models.TextField(blank=True, help_text="what a letter asks its reader")),
                        ("narrative", models.TextField(blank=True)),
                        ("language", models.CharField(default="en", max_length=16)),
                        (
                            "content",
                            models.JSONField(
                                blank=True, help_text="what is set, until it is signed and made", null=True
                            ),
                        ),
                        (
                            "for_chart",
                            models.TextField(
                                blank=True, help_text="its sentences as plain text, for a chart elsewhere"
                            ),
                        ),
                        (
                            "signed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("signed_at", models.DateTimeField(blank=True, null=True)),
                        ("shared_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["asked", "working", "ready", "failed"])),
                                name="a_report_is_in_a_known_state",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "ready"), _negated=True),
                                    models.Q(
                                        models.Q(("file_name", ""), _negated=True),
                                        models.Q(("content_sha256", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_ready_report_has_a_file",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kind__in",
                                        [
                                            "progress",
                                            "parent",
                                            "letter",
                                            "handout",
                                            "paper_week",
                                            "sleep_protocol",
                                            "visit",
                                        ],
                                    )
                                ),
                                name="a_report_is_of_a_known_kind",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("period_until__gte", models.F("period_from"))),
                                name="a_report_covers_days_in_order",
                            ),
                        ],
                    },
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
                        (
                            "clinic",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.clinic",
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
                            "child",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="clinic.child",
                            ),
                        ),
                        ("words", models.TextField()),
                        (
                            "language",
                            models.CharField(
                                blank=True, help_text="of its words, a BCP 47 tag", max_length=16
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
                        ("written_at", models.DateTimeField()),
                    ],
                    options={
                        "indexes": [
                            models.Index(fields=["report", "written_at"], name="addenda_of_a_report")
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("words", ""), _negated=True),
                                name="an_addendum_says_something",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RetentionPeriod",
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
                        ("kept", models.CharField(max_length=20)),
                        (
                            "amount",
                            models.PositiveSmallIntegerField(
                                blank=True, help_text="years or days, by what it is", null=True
                            ),
                        ),
                        (
                            "set_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("set_at", models.DateTimeField()),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["clinic", "kept", "-set_at", "-id"], name="latest_retention_period"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "kept__in",
                                        [
                                            "record",
                                            "record_of_age",
                                            "unsigned_report",
                                            "reminder",
                                            "invitation",
                                            "erasure_wait",
                                        ],
                                    )
                                ),
                                name="a_period_is_about_something_known",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RetentionRun",
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
                        ("ran_on", models.DateField()),
                        ("kept", models.CharField(max_length=20)),
                        ("removed_count", models.PositiveIntegerField(default=0)),
                        ("held_count", models.PositiveIntegerField(default=0)),
                        ("finished_at", models.DateTimeField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("clinic"),
                                models.F("ran_on"),
                                models.F("kept"),
                                name="one_report_a_night_and_kind",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ClinicDay",
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
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.clinic",
                            ),
                        ),
                        ("local_day", models.DateField()),
                        ("counts", models.CharField(max_length=20)),
                        ("entry_count", models.IntegerField()),
                        ("child_count", models.IntegerField()),
                        ("minutes", models.DecimalField(decimal_places=2, max_digits=12)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["clinic", "local_day", "counts"],
                                include=("entry_count", "child_count", "minutes"),
                                name="days_of_a_clinic",
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "counts__in",
                                        [
                                            "done",
                                            "stopped",
                                            "declined",
                                            "not_today",
                                            "bedtime",
                                            "observation",
                                        ],
                                    )
                                ),
                                name="a_clinic_day_counts_something_known",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MassageSession",
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
                                related_name="%(class)s_entries",
                                to="clinic.child",
                            ),
                        ),
                        ("client_id", models.UUIDField()),
                        ("revision", models.PositiveIntegerField(default=1)),
                        ("is_latest", models.BooleanField(default=True)),
                        (
                            "state",
                            models.CharField(
                                default=tracking.vocabulary.programs.EntryState["RECORDED"], max_length=20
                            ),
                        ),
                        (
                            "flags",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        ("occurred_at", models.DateTimeField()),
                        (
                            "precision",
                            models.CharField(
                                default=tracking.vocabulary.programs.Precision["MINUTE"], max_length=20
                            ),
                        ),
                        ("part_of_day", models.CharField(blank=True, max_length=20)),
                        (
                            "zone",
                            models.CharField(help_text="IANA name, of the place it happened", max_length=64),
                        ),
                        ("local_day", models.DateField()),
                        (
                            "device_time",
                            models.DateTimeField(
                                blank=True,
                                help_text="as the device sent it, where that cannot have been",
                                null=True,
                            ),
                        ),
                        ("first_received_at", models.DateTimeField(help_text="when revision 1 arrived")),
                        ("received_at", models.DateTimeField()),
                        (
                            "reported_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "is_on_behalf",
                            models.BooleanField(default=False, help_text="logged by staff for the family"),
                        ),
                        (
                            "source",
                            models.CharField(
                                default=tracking.vocabulary.programs.EntrySource["APP"],
                                help_text="how the family told it",
                                max_length=20,
                            ),
                        ),
                        (
                            "door",
                            models.CharField(
                                help_text="through which of our doors it came in", max_length=20
                            ),
                        ),
                        (
                            "told_by_grant",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.caregivergrant",
                            ),
                        ),
                        ("told_by_name", models.CharField(blank=True, max_length=120)),
                        (
                            "family",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="clinic.family",
                            ),
                        ),
                        (
                            "body_hash",
                            models.CharField(
                                help_text="of the request that made this revision", max_length=64
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
                            "not_asked",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "program",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="tracking.homeprogram",
                            ),
                        ),
                        (
                            "program_version",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="tracking.programversion",
                            ),
                        ),
                        (
                            "contact",
                            models.ForeignKey(
                                blank=True,
                                help_text="given at a visit",
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="tracking.contact",
                            ),
                        ),
                        ("slot_number", models.PositiveSmallIntegerField(blank=True, null=True)),
                        (
                            "provider",
                            models.CharField(
                                default=tracking.vocabulary.programs.Provider["CAREGIVER"], max_length=20
                            ),
                        ),
                        ("outcome", models.CharField(max_length=20)),
                        ("ended_by", models.CharField(blank=True, max_length=20)),
                        ("not_today_reason", models.CharField(blank=True, max_length=40)),
                        (
                            "minutes",
                            models.DecimalField(blank=True, decimal_places=2, max_digits=6, null=True),
                        ),
                        ("state_before", models.CharField(blank=True, max_length=40)),
                        ("state_after", models.CharField(blank=True, max_length=40)),
                        ("steps", models.JSONField(blank=True, default=list)),
                        ("cues", models.JSONField(blank=True, default=list)),
                        ("product_kind", models.CharField(blank=True, max_length=20)),
                        ("product_name", models.CharField(blank=True, max_length=120)),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                condition=models.Q(("is_latest", True)),
                                fields=["child", "local_day", "id"],
                                name="session_by_child_day",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("child", "client_id", "revision"),
                                name="a_session_revision_is_written_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("is_latest", True)),
                                fields=("child", "client_id"),
                                name="a_session_has_one_latest",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("state__in", ["recorded", "withdrawn"])),
                                name="a_session_is_recorded_or_withdrawn",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("precision__in", ["minute", "part_of_day", "day"])),
                                name="a_session_precision_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        (
                                            "part_of_day__in",
                                            ["morning", "midday", "afternoon", "evening", "night"],
                                        ),
                                        ("precision", tracking.vocabulary.programs.Precision["PART_OF_DAY"]),
                                    ),
                                    models.Q(
                                        models.Q(
                                            (
                                                "precision",
                                                tracking.vocabulary.programs.Precision["PART_OF_DAY"],
                                            ),
                                            _negated=True,
                                        ),
                                        ("part_of_day", ""),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_session_names_a_part_of_its_day_or_none",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("source__in", ["app", "paper", "phone_call", "in_person"])
                                ),
                                name="a_session_source_is_known",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("first_received_at__lte", models.F("received_at"))),
                                name="a_session_first_came_before_it_was_revised",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("outcome__in", ["done", "stopped", "declined", "not_today"])
                                ),
                                name="a_session_has_a_known_outcome",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("minutes__isnull", True), ("minutes__gte", 0), _connector="OR"
                                ),
                                name="a_session_takes_no_negative_time",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ApartAnswer",
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
                                related_name="apart_answers",
                                to="clinic.child",
                            ),
                        ),
                        ("one", models.UUIDField()),
                        ("other", models.UUIDField(help_text="the larger id of the two")),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("at", models.DateTimeField()),
                    ],
                    options={
                        "constraints": [
                            models.UniqueConstraint(
                                models.F("child"),
                                models.F("one"),
                                models.F("other"),
                                name="two_sessions_are_told_apart_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("one__lt", models.F("other"))),
                                name="two_sessions_are_told_apart_in_order",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ChildSign",
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
                                related_name="signs",
                                to="clinic.child",
                            ),
                        ),
                        ("client_id", models.UUIDField()),
                        ("asks_for", models.CharField(max_length=10)),
                        ("words", models.CharField(max_length=120)),
                        (
                            "language",
                            models.CharField(
                                blank=True, help_text="of its words, a BCP 47 tag", max_length=16
                            ),
                        ),
                        ("cue", models.CharField(blank=True, max_length=40)),
                        ("order", models.PositiveSmallIntegerField(null=True)),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("created_at", models.DateTimeField()),
                        ("retired_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "retired_by",
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
                            models.UniqueConstraint(
                                models.F("child"), models.F("client_id"), name="a_sign_is_told_once"
                            ),
                            models.UniqueConstraint(
                                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                                fields=("child", "order"),
                                name="signs_stand_in_one_order",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("order__isnull", False),
                                        ("order__range", (1, 6)),
                                        ("retired_at__isnull", True),
                                    ),
                                    models.Q(("order__isnull", True), ("retired_at__isnull", False)),
                                    _connector="OR",
                                ),
                                name="a_child_has_at_most_six_signs",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("words", ""), _negated=True), name="a_sign_is_in_words"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("asks_for", "more"),
                                        (
                                            "cue__in",
                                            [
                                                "",
                                                "ep_gaze",
                                                "ep_smile",
                                                "ep_coo",
                                                "ep_reach",
                                                "ep_turn_to",
                                                "ep_offer",
                                                "ep_smooth",
                                                "ep_ask",
                                                "es_brow",
                                                "es_bright",
                                                "es_open_hand",
                                                "es_still",
                                                "es_relax",
                                                "es_head_up",
                                                "es_deep_breath",
                                            ],
                                        ),
                                    ),
                                    models.Q(
                                        ("asks_for", "enough"),
                                        (
                                            "cue__in",
                                            [
                                                "",
                                                "dp_cry",
                                                "dp_fuss",
                                                "dp_arch",
                                                "dp_pull_away",
                                                "dp_push",
                                                "dp_turn_far",
                                                "dp_halt_hand",
                                                "dp_no",
                                                "dp_flushed",
                                                "dp_spit_up",
                                                "dp_choke_gag",
                                                "dp_leave",
                                                "dp_shutdown",
                                                "ds_look_away",
                                                "ds_stiff",
                                                "ds_grimace",
                                                "ds_yawn",
                                                "ds_hiccup",
                                                "ds_splay",
                                                "ds_hand_face",
                                                "ds_kick",
                                                "ds_startle",
                                                "ds_dull",
                                                "ds_tongue",
                                            ],
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="a_sign_asks_for_what_its_cue_asks_for",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ChildSignEvent",
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
                                to="tracking.childsign",
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
                        ("client_id", models.UUIDField()),
                        ("asks_for", models.CharField(max_length=10)),
                        ("words", models.CharField(max_length=120)),
                        (
                            "language",
                            models.CharField(
                                blank=True, help_text="of its words, a BCP 47 tag", max_length=16
                            ),
                        ),
                        ("cue", models.CharField(blank=True, max_length=40)),
                        ("order", models.PositiveSmallIntegerField(null=True)),
                        (
                            "created_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("created_at", models.DateTimeField()),
                        ("retired_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "retired_by",
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
                    name="Strategy",
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
                        ("name", models.CharField(max_length=120)),
                        ("text", models.TextField(help_text="to the family, in plain words")),
                        (
                            "language",
                            models.CharField(
                                blank=True, help_text="of its words, a BCP 47 tag", max_length=16
                            ),
                        ),
                        (
                            "stimuli",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("created_at", models.DateTimeField()),
                        ("retired_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "stimuli__contained_by",
                                        [
                                            "cloth_tag",
                                            "cloth_seam",
                                            "cloth_texture",
                                            "cloth_fit",
                                            "cloth_change",
                                            "shoes_socks",
                                            "diaper_change",
                                            "groom_hair_brush",
                                            "groom_haircut",
                                            "groom_hair_wash",
                                            "groom_face_wash",
                                            "groom_teeth",
                                            "groom_nails",
                                            "sunscreen_lotion",
                                            "touch_light_unexpected",
                                            "touch_expected",
                                            "touch_from_behind",
                                            "kiss_hug",
                                            "held_cuddled",
                                            "hand_hold",
                                            "tickle",
                                            "prox_line",
                                            "prox_circle_time",
                                            "prox_crowd",
                                            "prox_sibling",
                                            "messy_wet",
                                            "messy_sticky",
                                            "messy_dry",
                                            "messy_food_hands",
                                            "food_texture_mixed",
                                            "food_texture_smooth",
                                            "food_lumpy",
                                            "utensil",
                                            "barefoot_grass",
                                            "barefoot_sand",
                                            "barefoot_carpet",
                                            "barefoot_cold",
                                            "bath_enter",
                                            "shower_spray",
                                            "water_splash",
                                            "towel_dry",
                                            "swim",
                                            "bed_linen",
                                            "bandage_plaster",
                                            "medical_exam",
                                            "temperature",
                                            "massage",
                                            "other",
                                        ],
                                    ),
                                    ("stimuli__len__gt", 0),
                                ),
                                name="a_strategy_is_for_known_stimuli",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("name", ""), _negated=True), name="a_strategy_has_a_name"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="StrategyEvent",
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
                                to="tracking.strategy",
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
                        ("name", models.CharField(max_length=120)),
                        ("text", models.TextField(help_text="to the family, in plain words")),
                        (
                            "language",
                            models.CharField(
                                blank=True, help_text="of its words, a BCP 47 tag", max_length=16
                            ),
                        ),
                        (
                            "stimuli",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                related_query_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("created_at", models.DateTimeField()),
                        ("retired_at", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "abstract": False,
                    },
                ),
                migrations.CreateModel(
                    name="ChildStrategy",
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
                                related_name="strategies",
                                to="clinic.child",
                            ),
                        ),
                        ("client_id", models.UUIDField()),
                        ("code", models.CharField(blank=True, max_length=40)),
                        (
                            "name",
                            models.CharField(
                                blank=True, help_text="empty: what the code is called", max_length=120
                            ),
                        ),
                        ("text", models.TextField(blank=True, help_text="to the family, in plain words")),
                        (
                            "language",
                            models.CharField(
                                blank=True, help_text="of its words, a BCP 47 tag", max_length=16
                            ),
                        ),
                        (
                            "stimuli",
                            django.contrib.postgres.fields.ArrayField(
                                base_field=models.CharField(max_length=40),
                                blank=True,
                                default=list,
                                size=None,
                            ),
                        ),
                        (
                            "prescribed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("prescribed_at", models.DateTimeField()),
                        ("ended_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "ended_by",
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
                            models.UniqueConstraint(
                                models.F("child"), models.F("client_id"), name="a_strategy_is_prescribed_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "stimuli__contained_by",
                                        [
                                            "cloth_tag",
                                            "cloth_seam",
                                            "cloth_texture",
                                            "cloth_fit",
                                            "cloth_change",
                                            "shoes_socks",
                                            "diaper_change",
                                            "groom_hair_brush",
                                            "groom_haircut",
                                            "groom_hair_wash",
                                            "groom_face_wash",
                                            "groom_teeth",
                                            "groom_nails",
                                            "sunscreen_lotion",
                                            "touch_light_unexpected",
                                            "touch_expected",
                                            "touch_from_behind",
                                            "kiss_hug",
                                            "held_cuddled",
                                            "hand_hold",
                                            "tickle",
                                            "prox_line",
                                            "prox_circle_time",
                                            "prox_crowd",
                                            "prox_sibling",
                                            "messy_wet",
                                            "messy_sticky",
                                            "messy_dry",
                                            "messy_food_hands",
                                            "food_texture_mixed",
                                            "food_texture_smooth",
                                            "food_lumpy",
                                            "utensil",
                                            "barefoot_grass",
                                            "barefoot_sand",
                                            "barefoot_carpet",
                                            "barefoot_cold",
                                            "bath_enter",
                                            "shower_spray",
                                            "water_splash",
                                            "towel_dry",
                                            "swim",
                                            "bed_linen",
                                            "bandage_plaster",
                                            "medical_exam",
                                            "temperature",
                                            "massage",
                                            "other",
                                        ],
                                    ),
                                    ("stimuli__len__gt", 0),
                                ),
                                name="a_prescribed_strategy_is_for_known_stimuli",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("code", ""), ("name", ""), _negated=True),
                                name="a_prescribed_strategy_has_a_code_or_a_name",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Supervision",
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
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "supervisor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        ("on", models.DateField()),
                        ("minutes", models.PositiveSmallIntegerField()),
                        ("discussed", models.TextField(blank=True)),
                        (
                            "language",
                            models.CharField(
                                blank=True, help_text="of its words, a BCP 47 tag", max_length=16
                            ),
                        ),
                        ("written_at", models.DateTimeField()),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["clinic", "person", "on", "id"], name="supervision_of_a_person"
                            )
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("person", models.F("supervisor")), _negated=True),
                                name="nobody_supervises_themselves",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("minutes__range", (1, 600))),
                                name="supervision_lasts_1_to_600_minutes",
                            ),
                        ],
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="childsign",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "tracking_childsignevent" ("asks_for", "child_id", "client_id", "clinic_id", "created_at", "created_by_id", "cue", "id", "language", "order", "pgh_created_at", "pgh_label", "pgh_obj_id", "retired_at", "retired_by_id", "words") VALUES (NEW."asks_for", NEW."child_id", NEW."client_id", NEW."clinic_id", NEW."created_at", NEW."created_by_id", NEW."cue", NEW."id", NEW."language", NEW."order", NOW(), \'insert\', NEW."id", NEW."retired_at", NEW."retired_by_id", NEW."words"); RETURN NULL;',
                            hash="f2e67f548e76407c4a19e7e85ef7e04d324e6482",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_fab8e",
                            table="tracking_childsign",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="childsign",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "tracking_childsignevent" ("asks_for", "child_id", "client_id", "clinic_id", "created_at", "created_by_id", "cue", "id", "language", "order", "pgh_created_at", "pgh_label", "pgh_obj_id", "retired_at", "retired_by_id", "words") VALUES (NEW."asks_for", NEW."child_id", NEW."client_id", NEW."clinic_id", NEW."created_at", NEW."created_by_id", NEW."cue", NEW."id", NEW."language", NEW."order", NOW(), \'update\', NEW."id", NEW."retired_at", NEW."retired_by_id", NEW."words"); RETURN NULL;',
                            hash="420abcf169e95e03c32e4061fb3c9db8269f87dd",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_3425d",
                            table="tracking_childsign",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="childsign",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "tracking_childsignevent" ("asks_for", "child_id", "client_id", "clinic_id", "created_at", "created_by_id", "cue", "id", "language", "order", "pgh_created_at", "pgh_label", "pgh_obj_id", "retired_at", "retired_by_id", "words") VALUES (OLD."asks_for", OLD."child_id", OLD."client_id", OLD."clinic_id", OLD."created_at", OLD."created_by_id", OLD."cue", OLD."id", OLD."language", OLD."order", NOW(), \'delete\', OLD."id", OLD."retired_at", OLD."retired_by_id", OLD."words"); RETURN NULL;',
                            hash="6627e11142e3b879ca022899c3b2274312959f74",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_db818",
                            table="tracking_childsign",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="concernplan",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "tracking_concernplanevent" ("child_id", "clinic_id", "id", "kind", "language", "lock_version", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "written_at", "written_by_id") VALUES (NEW."child_id", NEW."clinic_id", NEW."id", NEW."kind", NEW."language", NEW."lock_version", NOW(), \'insert\', NEW."id", NEW."text", NEW."written_at", NEW."written_by_id"); RETURN NULL;',
                            hash="92ddecfcf1ccc85ecf165078bce9414fb9521018",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_7bff2",
                            table="tracking_concernplan",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="concernplan",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "tracking_concernplanevent" ("child_id", "clinic_id", "id", "kind", "language", "lock_version", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "written_at", "written_by_id") VALUES (NEW."child_id", NEW."clinic_id", NEW."id", NEW."kind", NEW."language", NEW."lock_version", NOW(), \'update\', NEW."id", NEW."text", NEW."written_at", NEW."written_by_id"); RETURN NULL;',
                            hash="08779cb151e1a0e916e7d3d330d843d2ff43312b",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f1f90",
                            table="tracking_concernplan",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="concernplan",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "tracking_concernplanevent" ("child_id", "clinic_id", "id", "kind", "language", "lock_version", "pgh_created_at", "pgh_label", "pgh_obj_id", "text", "written_at", "written_by_id") VALUES (OLD."child_id", OLD."clinic_id", OLD."id", OLD."kind", OLD."language", OLD."lock_version", NOW(), \'delete\', OLD."id", OLD."text", OLD."written_at", OLD."written_by_id"); RETURN NULL;',
                            hash="dae5dd90d77ee5d57fac2442cd358240c230d1d4",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_a7279",
                            table="tracking_concernplan",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contactpresence",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "tracking_contactpresenceevent" ("clinic_id", "contact_id", "grant_id", "id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."clinic_id", NEW."contact_id", NEW."grant_id", NEW."id", NOW(), \'insert\', NEW."id"); RETURN NULL;',
                            hash="e91d7f9978cd988fb6e595ac54d9b3eab6848418",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_8fac7",
                            table="tracking_contactpresence",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contactpresence",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "tracking_contactpresenceevent" ("clinic_id", "contact_id", "grant_id", "id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."clinic_id", NEW."contact_id", NEW."grant_id", NEW."id", NOW(), \'update\', NEW."id"); RETURN NULL;',
                            hash="0ca8ee2ad2bfbb2829dfce705203cdffbc1371e1",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_74857",
                            table="tracking_contactpresence",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contactpresence",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "tracking_contactpresenceevent" ("clinic_id", "contact_id", "grant_id", "id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."clinic_id", OLD."contact_id", OLD."grant_id", OLD."id", NOW(), \'delete\', OLD."id"); RETURN NULL;',
                            hash="f1aa8dc80acd6572491b6f83f49c1f5539ef5a26",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_43fc8",
                            table="tracking_contactpresence",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="familywords",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "tracking_familywordsevent" ("about", "at", "by_id", "child_id", "clinic_id", "family_id", "id", "is_shared", "language", "pgh_created_at", "pgh_label", "pgh_obj_id", "recording", "words") VALUES (NEW."about", NEW."at", NEW."by_id", NEW."child_id", NEW."clinic_id", NEW."family_id", NEW."id", NEW."is_shared", NEW."language", NOW(), \'insert\', NEW."id", NEW."recording", NEW."words"); RETURN NULL;',
                            hash="a8ff9fdb7c1948013e8dba11f5dde85c47ef9dc7",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_9aa56",
                            table="tracking_familywords",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="familywords",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "tracking_familywordsevent" ("about", "at", "by_id", "child_id", "clinic_id", "family_id", "id", "is_shared", "language", "pgh_created_at", "pgh_label", "pgh_obj_id", "recording", "words") VALUES (NEW."about", NEW."at", NEW."by_id", NEW."child_id", NEW."clinic_id", NEW."family_id", NEW."id", NEW."is_shared", NEW."language", NOW(), \'update\', NEW."id", NEW."recording", NEW."words"); RETURN NULL;',
                            hash="ca0c94e7607122e95eec47f29fbd6572b466fea9",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_85e58",
                            table="tracking_familywords",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="familywords",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "tracking_familywordsevent" ("about", "at", "by_id", "child_id", "clinic_id", "family_id", "id", "is_shared", "language", "pgh_created_at", "pgh_label", "pgh_obj_id", "recording", "words") VALUES (OLD."about", OLD."at", OLD."by_id", OLD."child_id", OLD."clinic_id", OLD."family_id", OLD."id", OLD."is_shared", OLD."language", NOW(), \'delete\', OLD."id", OLD."recording", OLD."words"); RETURN NULL;',
                            hash="35cd03edd0d4689c100eb8c48f02607d8bf3d890",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_0f165",
                            table="tracking_familywords",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="goal",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "tracking_goalevent" ("baseline_level", "child_id", "client_id", "clinic_id", "created_by_id", "difficulty", "id", "importance", "is_open", "ladder", "language", "lock_version", "outcome_named_on", "own_words", "own_words_language", "pgh_created_at", "pgh_label", "pgh_obj_id", "primary_outcome", "set_on", "title") VALUES (NEW."baseline_level", NEW."child_id", NEW."client_id", NEW."clinic_id", NEW."created_by_id", NEW."difficulty", NEW."id", NEW."importance", NEW."is_open", NEW."ladder", NEW."language", NEW."lock_version", NEW."outcome_named_on", NEW."own_words", NEW."own_words_language", NOW(), \'insert\', NEW."id", NEW."primary_outcome", NEW."set_on", NEW."title"); RETURN NULL;',
                            hash="77f1af1508cdbd8646275262e472be96d32910b4",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_24fb3",
                            table="tracking_goal",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="goal",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "tracking_goalevent" ("baseline_level", "child_id", "client_id", "clinic_id", "created_by_id", "difficulty", "id", "importance", "is_open", "ladder", "language", "lock_version", "outcome_named_on", "own_words", "own_words_language", "pgh_created_at", "pgh_label", "pgh_obj_id", "primary_outcome", "set_on", "title") VALUES (NEW."baseline_level", NEW."child_id", NEW."client_id", NEW."clinic_id", NEW."created_by_id", NEW."difficulty", NEW."id", NEW."importance", NEW."is_open", NEW."ladder", NEW."language", NEW."lock_version", NEW."outcome_named_on", NEW."own_words", NEW."own_words_language", NOW(), \'update\', NEW."id", NEW."primary_outcome", NEW."set_on", NEW."title"); RETURN NULL;',
                            hash="2e8591db26ea2664fa81133cb8c468b18b06a31d",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_8a549",
                            table="tracking_goal",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="goal",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "tracking_goalevent" ("baseline_level", "child_id", "client_id", "clinic_id", "created_by_id", "difficulty", "id", "importance", "is_open", "ladder", "language", "lock_version", "outcome_named_on", "own_words", "own_words_language", "pgh_created_at", "pgh_label", "pgh_obj_id", "primary_outcome", "set_on", "title") VALUES (OLD."baseline_level", OLD."child_id", OLD."client_id", OLD."clinic_id", OLD."created_by_id", OLD."difficulty", OLD."id", OLD."importance", OLD."is_open", OLD."ladder", OLD."language", OLD."lock_version", OLD."outcome_named_on", OLD."own_words", OLD."own_words_language", NOW(), \'delete\', OLD."id", OLD."primary_outcome", OLD."set_on", OLD."title"); RETURN NULL;',
                            hash="560f37e1369a805e1b0b98e95a163b5593fdef31",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_64acb",
                            table="tracking_goal",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="aftercare",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "tracking_aftercareevent" ("child_id", "clinic_id", "episode_id", "follow_up_on", "followed_up_at", "followed_up_by_id", "id", "language", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "summary", "words", "written_at", "written_by_id") VALUES (NEW."child_id", NEW."clinic_id", NEW."episode_id", NEW."follow_up_on", NEW."followed_up_at", NEW."followed_up_by_id", NEW."id", NEW."language", NOW(), \'insert\', NEW."id", NEW."program_id", NEW."summary", NEW."words", NEW."written_at", NEW."written_by_id"); RETURN NULL;',
                            hash="5689096e142bb2806c78ff2d1d7cdb326c689772",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_feaca",
                            table="tracking_aftercare",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="aftercare",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "tracking_aftercareevent" ("child_id", "clinic_id", "episode_id", "follow_up_on", "followed_up_at", "followed_up_by_id", "id", "language", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "summary", "words", "written_at", "written_by_id") VALUES (NEW."child_id", NEW."clinic_id", NEW."episode_id", NEW."follow_up_on", NEW."followed_up_at", NEW."followed_up_by_id", NEW."id", NEW."language", NOW(), \'update\', NEW."id", NEW."program_id", NEW."summary", NEW."words", NEW."written_at", NEW."written_by_id"); RETURN NULL;',
                            hash="51dc561b9b41209095416633f69cd524aafb5eb2",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_02bab",
                            table="tracking_aftercare",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="aftercare",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "tracking_aftercareevent" ("child_id", "clinic_id", "episode_id", "follow_up_on", "followed_up_at", "followed_up_by_id", "id", "language", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "summary", "words", "written_at", "written_by_id") VALUES (OLD."child_id", OLD."clinic_id", OLD."episode_id", OLD."follow_up_on", OLD."followed_up_at", OLD."followed_up_by_id", OLD."id", OLD."language", NOW(), \'delete\', OLD."id", OLD."program_id", OLD."summary", OLD."words", OLD."written_at", OLD."written_by_id"); RETURN NULL;',
                            hash="10cb44b87745da702bc101ffd6e703212450cbaf",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_a5575",
                            table="tracking_aftercare",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="note",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "tracking_noteevent" ("about_contact_id", "about_entry", "author_id", "body", "child_id", "clinic_id", "id", "is_private", "language", "lock_version", "pgh_created_at", "pgh_label", "pgh_obj_id", "written_at") VALUES (NEW."about_contact_id", NEW."about_entry", NEW."author_id", NEW."body", NEW."child_id", NEW."clinic_id", NEW."id", NEW."is_private", NEW."language", NEW."lock_version", NOW(), \'insert\', NEW."id", NEW."written_at"); RETURN NULL;',
                            hash="1ff99a27a46bb7c7046896251a0ea819f7238dcb",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_d6c84",
                            table="tracking_note",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="note",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "tracking_noteevent" ("about_contact_id", "about_entry", "author_id", "body", "child_id", "clinic_id", "id", "is_private", "language", "lock_version", "pgh_created_at", "pgh_label", "pgh_obj_id", "written_at") VALUES (NEW."about_contact_id", NEW."about_entry", NEW."author_id", NEW."body", NEW."child_id", NEW."clinic_id", NEW."id", NEW."is_private", NEW."language", NEW."lock_version", NOW(), \'update\', NEW."id", NEW."written_at"); RETURN NULL;',
                            hash="e7accfb9c25e9a9d4c15474c13f72820b5a27e4e",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_44613",
                            table="tracking_note",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="note",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "tracking_noteevent" ("about_contact_id", "about_entry", "author_id", "body", "child_id", "clinic_id", "id", "is_private", "language", "lock_version", "pgh_created_at", "pgh_label", "pgh_obj_id", "written_at") VALUES (OLD."about_contact_id", OLD."about_entry", OLD."author_id", OLD."body", OLD."child_id", OLD."clinic_id", OLD."id", OLD."is_private", OLD."language", OLD."lock_version", NOW(), \'delete\', OLD."id", OLD."written_at"); RETURN NULL;',
                            hash="7d5a1785827241e5ad58e576bb2fe50d42923190",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_4db5b",
                            table="tracking_note",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="classdate",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "tracking_classdateevent" ("called_off_at", "clinic_id", "group_class_id", "held_at", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "preset_id", "starts_at") VALUES (NEW."called_off_at", NEW."clinic_id", NEW."group_class_id", NEW."held_at", NEW."id", NOW(), \'insert\', NEW."id", NEW."preset_id", NEW."starts_at"); RETURN NULL;',
                            hash="490fe9a49010906b70155fabdb3b2cf29bb28f23",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_99df2",
                            table="tracking_classdate",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="classdate",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "tracking_classdateevent" ("called_off_at", "clinic_id", "group_class_id", "held_at", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "preset_id", "starts_at") VALUES (NEW."called_off_at", NEW."clinic_id", NEW."group_class_id", NEW."held_at", NEW."id", NOW(), \'update\', NEW."id", NEW."preset_id", NEW."starts_at"); RETURN NULL;',
                            hash="f156e351e6e25a9a3036111a761fb795034983f2",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_8d306",
                            table="tracking_classdate",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="classdate",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "tracking_classdateevent" ("called_off_at", "clinic_id", "group_class_id", "held_at", "id", "pgh_created_at", "pgh_label", "pgh_obj_id", "preset_id", "starts_at") VALUES (OLD."called_off_at", OLD."clinic_id", OLD."group_class_id", OLD."held_at", OLD."id", NOW(), \'delete\', OLD."id", OLD."preset_id", OLD."starts_at"); RETURN NULL;',
                            hash="d8e892b50644d9e0016e93c5282748f41556d8ec",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_68596",
                            table="tracking_classdate",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="homeprogram",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "tracking_homeprogramevent" ("child_id", "clinic_id", "created_at", "created_by_id", "current_version_id", "end_reason", "ended_on", "id", "is_waitlist", "language", "lock_version", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "title") VALUES (NEW."child_id", NEW."clinic_id", NEW."created_at", NEW."created_by_id", NEW."current_version_id", NEW."end_reason", NEW."ended_on", NEW."id", NEW."is_waitlist", NEW."language", NEW."lock_version", NOW(), \'insert\', NEW."id", NEW."state", NEW."title"); RETURN NULL;',
                            hash="a677d7c5f3abfff9070865bdef2de3c613641b3b",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_ce570",
                            table="tracking_homeprogram",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="homeprogram",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "tracking_homeprogramevent" ("child_id", "clinic_id", "created_at", "created_by_id", "current_version_id", "end_reason", "ended_on", "id", "is_waitlist", "language", "lock_version", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "title") VALUES (NEW."child_id", NEW."clinic_id", NEW."created_at", NEW."created_by_id", NEW."current_version_id", NEW."end_reason", NEW."ended_on", NEW."id", NEW."is_waitlist", NEW."language", NEW."lock_version", NOW(), \'update\', NEW."id", NEW."state", NEW."title"); RETURN NULL;',
                            hash="5d5545e098b257b460988a7d27f3966d945011fa",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_eef8c",
                            table="tracking_homeprogram",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="homeprogram",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "tracking_homeprogramevent" ("child_id", "clinic_id", "created_at", "created_by_id", "current_version_id", "end_reason", "ended_on", "id", "is_waitlist", "language", "lock_version", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "title") VALUES (OLD."child_id", OLD."clinic_id", OLD."created_at", OLD."created_by_id", OLD."current_version_id", OLD."end_reason", OLD."ended_on", OLD."id", OLD."is_waitlist", OLD."language", OLD."lock_version", NOW(), \'delete\', OLD."id", OLD."state", OLD."title"); RETURN NULL;',
                            hash="5fd4e2cf07e2b8e6e277ed215af20d73f4fa4256",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_e06e8",
                            table="tracking_homeprogram",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="reminderrule",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "tracking_reminderruleevent" ("child_id", "clinic_id", "counts_from", "family_id", "id", "is_on", "lock_version", "next_on", "next_plan_at", "only_on_home_days", "paused_through", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "slot_number", "weekdays") VALUES (NEW."child_id", NEW."clinic_id", NEW."counts_from", NEW."family_id", NEW."id", NEW."is_on", NEW."lock_version", NEW."next_on", NEW."next_plan_at", NEW."only_on_home_days", NEW."paused_through", NOW(), \'insert\', NEW."id", NEW."program_id", NEW."slot_number", NEW."weekdays"); RETURN NULL;',
                            hash="357eff4397660647ad1b889f6178284ab7476f59",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_0f6df",
                            table="tracking_reminderrule",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="reminderrule",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."child_id" IS DISTINCT FROM (NEW."child_id") OR OLD."clinic_id" IS DISTINCT FROM (NEW."clinic_id") OR OLD."counts_from" IS DISTINCT FROM (NEW."counts_from") OR OLD."family_id" IS DISTINCT FROM (NEW."family_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_on" IS DISTINCT FROM (NEW."is_on") OR OLD."lock_version" IS DISTINCT FROM (NEW."lock_version") OR OLD."only_on_home_days" IS DISTINCT FROM (NEW."only_on_home_days") OR OLD."paused_through" IS DISTINCT FROM (NEW."paused_through") OR OLD."program_id" IS DISTINCT FROM (NEW."program_id") OR OLD."slot_number" IS DISTINCT FROM (NEW."slot_number") OR OLD."weekdays" IS DISTINCT FROM (NEW."weekdays"))',
                            func='INSERT INTO "tracking_reminderruleevent" ("child_id", "clinic_id", "counts_from", "family_id", "id", "is_on", "lock_version", "next_on", "next_plan_at", "only_on_home_days", "paused_through", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "slot_number", "weekdays") VALUES (NEW."child_id", NEW."clinic_id", NEW."counts_from", NEW."family_id", NEW."id", NEW."is_on", NEW."lock_version", NEW."next_on", NEW."next_plan_at", NEW."only_on_home_days", NEW."paused_through", NOW(), \'update\', NEW."id", NEW."program_id", NEW."slot_number", NEW."weekdays"); RETURN NULL;',
                            hash="02c252141a08bc3ee3095d283632ca9a0c180a54",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_59feb",
                            table="tracking_reminderrule",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="reminderrule",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "tracking_reminderruleevent" ("child_id", "clinic_id", "counts_from", "family_id", "id", "is_on", "lock_version", "next_on", "next_plan_at", "only_on_home_days", "paused_through", "pgh_created_at", "pgh_label", "pgh_obj_id", "program_id", "slot_number", "weekdays") VALUES (OLD."child_id", OLD."clinic_id", OLD."counts_from", OLD."family_id", OLD."id", OLD."is_on", OLD."lock_version", OLD."next_on", OLD."next_plan_at", OLD."only_on_home_days", OLD."paused_through", NOW(), \'delete\', OLD."id", OLD."program_id", OLD."slot_number", OLD."weekdays"); RETURN NULL;',
                            hash="02c5143745ac6a040de76259acc2630654c1a54b",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_b2ab8",
                            table="tracking_reminderrule",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="servicelabel",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "tracking_servicelabelevent" ("clinic_id", "id", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "retired_at") VALUES (NEW."clinic_id", NEW."id", NEW."name", NOW(), \'insert\', NEW."id", NEW."retired_at"); RETURN NULL;',
                            hash="6c4da51b6a1e95b070f26dfc01b4dedba2036bd2",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_4ffa1",
                            table="tracking_servicelabel",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="servicelabel",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "tracking_servicelabelevent" ("clinic_id", "id", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "retired_at") VALUES (NEW."clinic_id", NEW."id", NEW."name", NOW(), \'update\', NEW."id", NEW."retired_at"); RETURN NULL;',
                            hash="58e5e483cbf173d62eccb086b97d783353fcd7fd",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_8690a",
                            table="tracking_servicelabel",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="servicelabel",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "tracking_servicelabelevent" ("clinic_id", "id", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "retired_at") VALUES (OLD."clinic_id", OLD."id", OLD."name", NOW(), \'delete\', OLD."id", OLD."retired_at"); RETURN NULL;',
                            hash="bc37f8444f8e4cc790bb60696f470a8e3adf8a0e",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_0afb3",
                            table="tracking_servicelabel",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="groupclass",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "tracking_groupclassevent" ("clinic_id", "created_at", "created_by_id", "id", "label_id", "led_by_id", "minutes", "pgh_created_at", "pgh_label", "pgh_obj_id", "title") VALUES (NEW."clinic_id", NEW."created_at", NEW."created_by_id", NEW."id", NEW."label_id", NEW."led_by_id", NEW."minutes", NOW(), \'insert\', NEW."id", NEW."title"); RETURN NULL;',
                            hash="a2b5c960cbc477418ed3e27b7ddb02d45e58c919",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_a0989",
                            table="tracking_groupclass",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="groupclass",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "tracking_groupclassevent" ("clinic_id", "created_at", "created_by_id", "id", "label_id", "led_by_id", "minutes", "pgh_created_at", "pgh_label", "pgh_obj_id", "title") VALUES (NEW."clinic_id", NEW."created_at", NEW."created_by_id", NEW."id", NEW."label_id", NEW."led_by_id", NEW."minutes", NOW(), \'update\', NEW."id", NEW."title"); RETURN NULL;',
                            hash="b48b98c3bcd55b1804846c0ba7d7aec19fa5be60",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_1542b",
                            table="tracking_groupclass",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="groupclass",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "tracking_groupclassevent" ("clinic_id", "created_at", "created_by_id", "id", "label_id", "led_by_id", "minutes", "pgh_created_at", "pgh_label", "pgh_obj_id", "title") VALUES (OLD."clinic_id", OLD."created_at", OLD."created_by_id", OLD."id", OLD."label_id", OLD."led_by_id", OLD."minutes", NOW(), \'delete\', OLD."id", OLD."title"); RETURN NULL;',
                            hash="c3606fa6707e7d55d1364896c774c7c6104428af",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_1930c",
                            table="tracking_groupclass",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contact",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "tracking_contactevent" ("cancelled_by", "child_id", "class_date_id", "clinic_id", "has_interpreter", "has_student", "id", "kind", "label_id", "language", "lock_version", "minutes", "others_present", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "starts_at", "state", "therapist_id") VALUES (NEW."cancelled_by", NEW."child_id", NEW."class_date_id", NEW."clinic_id", NEW."has_interpreter", NEW."has_student", NEW."id", NEW."kind", NEW."label_id", NEW."language", NEW."lock_version", NEW."minutes", NEW."others_present", NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."starts_at", NEW."state", NEW."therapist_id"); RETURN NULL;',
                            hash="10d7dc0e93d1a025aa092c3e36017dc62f27861b",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_0d28d",
                            table="tracking_contact",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contact",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "tracking_contactevent" ("cancelled_by", "child_id", "class_date_id", "clinic_id", "has_interpreter", "has_student", "id", "kind", "label_id", "language", "lock_version", "minutes", "others_present", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "starts_at", "state", "therapist_id") VALUES (NEW."cancelled_by", NEW."child_id", NEW."class_date_id", NEW."clinic_id", NEW."has_interpreter", NEW."has_student", NEW."id", NEW."kind", NEW."label_id", NEW."language", NEW."lock_version", NEW."minutes", NEW."others_present", NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."starts_at", NEW."state", NEW."therapist_id"); RETURN NULL;',
                            hash="a2b853eaa0ebf5b6b78dfa34fa01017b2f9fcf7a",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_7b7fa",
                            table="tracking_contact",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="contact",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "tracking_contactevent" ("cancelled_by", "child_id", "class_date_id", "clinic_id", "has_interpreter", "has_student", "id", "kind", "label_id", "language", "lock_version", "minutes", "others_present", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "starts_at", "state", "therapist_id") VALUES (OLD."cancelled_by", OLD."child_id", OLD."class_date_id", OLD."clinic_id", OLD."has_interpreter", OLD."has_student", OLD."id", OLD."kind", OLD."label_id", OLD."language", OLD."lock_version", OLD."minutes", OLD."others_present", NOW(), \'delete\', OLD."id", OLD."recorded_at", OLD."recorded_by_id", OLD."starts_at", OLD."state", OLD."therapist_id"); RETURN NULL;',
                            hash="d62a42fdceab39b3de4c98db156ffdf092149a6a",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_5a625",
                            table="tracking_contact",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="strategy",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "tracking_strategyevent" ("clinic_id", "created_at", "created_by_id", "id", "language", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "retired_at", "stimuli", "text") VALUES (NEW."clinic_id", NEW."created_at", NEW."created_by_id", NEW."id", NEW."language", NEW."name", NOW(), \'insert\', NEW."id", NEW."retired_at", NEW."stimuli", NEW."text"); RETURN NULL;',
                            hash="d1633259a42e16f1ebfac913d7c0c1f4c9e157ac",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_ed6d4",
                            table="tracking_strategy",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="strategy",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "tracking_strategyevent" ("clinic_id", "created_at", "created_by_id", "id", "language", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "retired_at", "stimuli", "text") VALUES (NEW."clinic_id", NEW."created_at", NEW."created_by_id", NEW."id", NEW."language", NEW."name", NOW(), \'update\', NEW."id", NEW."retired_at", NEW."stimuli", NEW."text"); RETURN NULL;',
                            hash="b5212b09b5b4efe03f730b5ab26f860c09f7bd42",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_91230",
                            table="tracking_strategy",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="strategy",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "tracking_strategyevent" ("clinic_id", "created_at", "created_by_id", "id", "language", "name", "pgh_created_at", "pgh_label", "pgh_obj_id", "retired_at", "stimuli", "text") VALUES (OLD."clinic_id", OLD."created_at", OLD."created_by_id", OLD."id", OLD."language", OLD."name", NOW(), \'delete\', OLD."id", OLD."retired_at", OLD."stimuli", OLD."text"); RETURN NULL;',
                            hash="0f76b0dc25bc8ec4b5817ebe2f5d574d0b617449",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_69739",
                            table="tracking_strategy",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="strokemedia",
                    trigger=pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "tracking_strokemediaevent" ("alt_text", "claimed_at", "clinic_id", "failure_code", "file_name", "id", "kind", "language", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "sent_file_name", "state", "stroke_id", "uploaded_at", "uploaded_by_id") VALUES (NEW."alt_text", NEW."claimed_at", NEW."clinic_id", NEW."failure_code", NEW."file_name", NEW."id", NEW."kind", NEW."language", NOW(), \'insert\', NEW."id", NEW."place", NEW."sent_file_name", NEW."state", NEW."stroke_id", NEW."uploaded_at", NEW."uploaded_by_id"); RETURN NULL;',
                            hash="1a4b17050996d851b1b7bf66086ee662fa8996e3",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_48bd3",
                            table="tracking_strokemedia",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="strokemedia",
                    trigger=pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."alt_text" IS DISTINCT FROM (NEW."alt_text") OR OLD."clinic_id" IS DISTINCT FROM (NEW."clinic_id") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."language" IS DISTINCT FROM (NEW."language") OR OLD."place" IS DISTINCT FROM (NEW."place") OR OLD."stroke_id" IS DISTINCT FROM (NEW."stroke_id") OR OLD."uploaded_at" IS DISTINCT FROM (NEW."uploaded_at") OR OLD."uploaded_by_id" IS DISTINCT FROM (NEW."uploaded_by_id"))',
                            func='INSERT INTO "tracking_strokemediaevent" ("alt_text", "claimed_at", "clinic_id", "failure_code", "file_name", "id", "kind", "language", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "sent_file_name", "state", "stroke_id", "uploaded_at", "uploaded_by_id") VALUES (NEW."alt_text", NEW."claimed_at", NEW."clinic_id", NEW."failure_code", NEW."file_name", NEW."id", NEW."kind", NEW."language", NOW(), \'update\', NEW."id", NEW."place", NEW."sent_file_name", NEW."state", NEW."stroke_id", NEW."uploaded_at", NEW."uploaded_by_id"); RETURN NULL;',
                            hash="93b8e1f2c62a4d38546dbcf8273392ce1393dce6",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_aaba4",
                            table="tracking_strokemedia",
                            when="AFTER",
                        ),
                    ),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name="strokemedia",
                    trigger=pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "tracking_strokemediaevent" ("alt_text", "claimed_at", "clinic_id", "failure_code", "file_name", "id", "kind", "language", "pgh_created_at", "pgh_label", "pgh_obj_id", "place", "sent_file_name", "state", "stroke_id", "uploaded_at", "uploaded_by_id") VALUES (OLD."alt_text", OLD."claimed_at", OLD."clinic_id", OLD."failure_code", OLD."file_name", OLD."id", OLD."kind", OLD."language", NOW(), \'delete\', OLD."id", OLD."place", OLD."sent_file_name", OLD."state", OLD."stroke_id", OLD."uploaded_at", OLD."uploaded_by_id"); RETURN NULL;',
                            hash="13ea96f34f08d2fbd021f3e0ac365815e32e36f0",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_beb6f",
                            table="tracking_strokemedia",
                            when="AFTER",
                        ),
                    ),
                ),
            ]
        )
    ]
