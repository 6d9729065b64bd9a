"""Contacts, who was there, and the clinic's labels for its services; notes and sessions may point to one."""

import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import clinic.models.clinics
import tracking.vocabulary.contacts
from clinic import rls


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0004_say_which_languages_people_speak"),
        ("tracking", "0010_name_the_childs_own_signs"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
                    models.PositiveSmallIntegerField(blank=True, help_text="empty: not counted", null=True),
                ),
                ("others_present", models.CharField(blank=True, max_length=200)),
                ("has_student", models.BooleanField(default=False)),
                ("has_interpreter", models.BooleanField(default=False)),
                ("recorded_at", models.DateTimeField()),
                ("lock_version", models.PositiveIntegerField(default=1)),
            ],
        ),
        migrations.CreateModel(
            name="ContactEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "id",
                    models.UUIDField(default=clinic.models.clinics.new_id, editable=False, serialize=False),
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
                    models.PositiveSmallIntegerField(blank=True, help_text="empty: not counted", null=True),
                ),
                ("others_present", models.CharField(blank=True, max_length=200)),
                ("has_student", models.BooleanField(default=False)),
                ("has_interpreter", models.BooleanField(default=False)),
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
            ],
        ),
        migrations.CreateModel(
            name="ContactPresenceEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "id",
                    models.UUIDField(default=clinic.models.clinics.new_id, editable=False, serialize=False),
                ),
            ],
            options={
                "abstract": False,
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
                ("name", models.CharField(max_length=80)),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="ServiceLabelEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "id",
                    models.UUIDField(default=clinic.models.clinics.new_id, editable=False, serialize=False),
                ),
                ("name", models.CharField(max_length=80)),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="note",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="note",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="note",
            name="delete_delete",
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
        migrations.AddField(
            model_name="contact",
            name="child",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="contacts", to="clinic.child"
            ),
        ),
        migrations.AddField(
            model_name="contact",
            name="clinic",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
            ),
        ),
        migrations.AddField(
            model_name="contact",
            name="recorded_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="contact",
            name="therapist",
            field=models.ForeignKey(
                blank=True,
                help_text="whom it is with",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="massagesession",
            name="contact",
            field=models.ForeignKey(
                blank=True,
                help_text="given at a visit",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tracking.contact",
            ),
        ),
        migrations.AddField(
            model_name="note",
            name="about_contact",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="notes",
                to="tracking.contact",
            ),
        ),
        migrations.AddField(
            model_name="noteevent",
            name="about_contact",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="tracking.contact",
            ),
        ),
        migrations.AddField(
            model_name="contactevent",
            name="child",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="clinic.child",
            ),
        ),
        migrations.AddField(
            model_name="contactevent",
            name="clinic",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="clinic.clinic",
            ),
        ),
        migrations.AddField(
            model_name="contactevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="tracking.contact",
            ),
        ),
        migrations.AddField(
            model_name="contactevent",
            name="recorded_by",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="contactevent",
            name="therapist",
            field=models.ForeignKey(
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
        migrations.AddField(
            model_name="contactpresence",
            name="clinic",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
            ),
        ),
        migrations.AddField(
            model_name="contactpresence",
            name="contact",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="presences", to="tracking.contact"
            ),
        ),
        migrations.AddField(
            model_name="contactpresence",
            name="grant",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.caregivergrant"
            ),
        ),
        migrations.AddField(
            model_name="contactpresenceevent",
            name="clinic",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="clinic.clinic",
            ),
        ),
        migrations.AddField(
            model_name="contactpresenceevent",
            name="contact",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="tracking.contact",
            ),
        ),
        migrations.AddField(
            model_name="contactpresenceevent",
            name="grant",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="clinic.caregivergrant",
            ),
        ),
        migrations.AddField(
            model_name="contactpresenceevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="tracking.contactpresence",
            ),
        ),
        migrations.AddField(
            model_name="servicelabel",
            name="clinic",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
            ),
        ),
        migrations.AddField(
            model_name="contactevent",
            name="label",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="tracking.servicelabel",
            ),
        ),
        migrations.AddField(
            model_name="contact",
            name="label",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tracking.servicelabel",
            ),
        ),
        migrations.AddField(
            model_name="servicelabelevent",
            name="clinic",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="clinic.clinic",
            ),
        ),
        migrations.AddField(
            model_name="servicelabelevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="tracking.servicelabel",
            ),
        ),
        migrations.AddConstraint(
            model_name="contactpresence",
            constraint=models.UniqueConstraint(
                models.F("contact"), models.F("grant"), name="a_caregiver_is_at_a_contact_once"
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
        migrations.AddConstraint(
            model_name="servicelabel",
            constraint=models.UniqueConstraint(
                models.F("clinic"),
                django.db.models.functions.text.Lower("name"),
                condition=models.Q(("retired_at__isnull", True)),
                name="a_service_label_is_offered_once",
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
        migrations.AddIndex(
            model_name="contact",
            index=models.Index(fields=["child", "starts_at", "id"], name="contacts_of_a_child"),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind__in", ["visit", "home_visit", "group_class", "video", "call", "message"])
                ),
                name="a_contact_is_of_a_known_kind",
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["planned", "happened", "no_show", "cancelled"])),
                name="a_contact_is_in_a_known_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state", tracking.vocabulary.contacts.ContactState["CANCELLED"]),
                        ("cancelled_by__in", ["family", "clinic"]),
                    ),
                    models.Q(
                        models.Q(
                            ("state", tracking.vocabulary.contacts.ContactState["CANCELLED"]), _negated=True
                        ),
                        ("cancelled_by", ""),
                    ),
                    _connector="OR",
                ),
                name="a_cancelled_contact_says_by_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.CheckConstraint(
                condition=models.Q(("minutes__isnull", True), ("minutes__lte", 1440), _connector="OR"),
                name="a_contact_takes_at_most_a_day",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contact",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "tracking_contactevent" ("cancelled_by", "child_id", "clinic_id", "has_interpreter", "has_student", "id", "kind", "label_id", "lock_version", "minutes", "others_present", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "starts_at", "state", "therapist_id") VALUES (NEW."cancelled_by", NEW."child_id", NEW."clinic_id", NEW."has_interpreter", NEW."has_student", NEW."id", NEW."kind", NEW."label_id", NEW."lock_version", NEW."minutes", NEW."others_present", NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."starts_at", NEW."state", NEW."therapist_id"); RETURN NULL;',
                    hash="c21f6e3225d2b430dfa332eb065f3a37b43d3034",
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
                    func='INSERT INTO "tracking_contactevent" ("cancelled_by", "child_id", "clinic_id", "has_interpreter", "has_student", "id", "kind", "label_id", "lock_version", "minutes", "others_present", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "starts_at", "state", "therapist_id") VALUES (NEW."cancelled_by", NEW."child_id", NEW."clinic_id", NEW."has_interpreter", NEW."has_student", NEW."id", NEW."kind", NEW."label_id", NEW."lock_version", NEW."minutes", NEW."others_present", NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."starts_at", NEW."state", NEW."therapist_id"); RETURN NULL;',
                    hash="456a84fda604adc9a95ec1707a1a0d07a2fb9123",
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
                    func='INSERT INTO "tracking_contactevent" ("cancelled_by", "child_id", "clinic_id", "has_interpreter", "has_student", "id", "kind", "label_id", "lock_version", "minutes", "others_present", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "starts_at", "state", "therapist_id") VALUES (OLD."cancelled_by", OLD."child_id", OLD."clinic_id", OLD."has_interpreter", OLD."has_student", OLD."id", OLD."kind", OLD."label_id", OLD."lock_version", OLD."minutes", OLD."others_present", NOW(), \'delete\', OLD."id", OLD."recorded_at", OLD."recorded_by_id", OLD."starts_at", OLD."state", OLD."therapist_id"); RETURN NULL;',
                    hash="cc12f80b8be0a3ff4b0a920b6eae277433fa3980",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_5a625",
                    table="tracking_contact",
                    when="AFTER",
                ),
            ),
        ),
        rls.keyed_by_clinic("tracking_contact", "tracking_servicelabel"),
        rls.same_clinic(
            "tracking_contact", ("child_id", "clinic_child"), ("label_id", "tracking_servicelabel")
        ),
        rls.same_clinic(
            "tracking_contactpresence",
            ("contact_id", "tracking_contact"),
            ("grant_id", "clinic_caregivergrant"),
        ),
        rls.same_clinic("tracking_note", ("about_contact_id", "tracking_contact")),
        rls.same_clinic("tracking_massagesession", ("contact_id", "tracking_contact")),
    ]
