"""Group classes: dates, places, and the contact each child has on a date."""

import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import clinic.models.clinics
from clinic import rls


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0005_say_by_whose_word_a_child_is_where"),
        ("tracking", "0018_give_after_care"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
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
                ("starts_at", models.DateTimeField()),
                ("held_at", models.DateTimeField(blank=True, null=True)),
                ("called_off_at", models.DateTimeField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name="ClassDateEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "id",
                    models.UUIDField(default=clinic.models.clinics.new_id, editable=False, serialize=False),
                ),
                ("starts_at", models.DateTimeField()),
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
                ("from_at", models.DateTimeField()),
                ("until_at", models.DateTimeField(blank=True, null=True)),
            ],
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
                ("title", models.CharField(max_length=120)),
                ("minutes", models.PositiveSmallIntegerField()),
                ("created_at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="GroupClassEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "id",
                    models.UUIDField(default=clinic.models.clinics.new_id, editable=False, serialize=False),
                ),
                ("title", models.CharField(max_length=120)),
                ("minutes", models.PositiveSmallIntegerField()),
                ("created_at", models.DateTimeField()),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="contact",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="contact",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="contact",
            name="delete_delete",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="contact",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "tracking_contactevent" ("cancelled_by", "child_id", "class_date_id", "clinic_id", "has_interpreter", "has_student", "id", "kind", "label_id", "lock_version", "minutes", "others_present", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "starts_at", "state", "therapist_id") VALUES (NEW."cancelled_by", NEW."child_id", NEW."class_date_id", NEW."clinic_id", NEW."has_interpreter", NEW."has_student", NEW."id", NEW."kind", NEW."label_id", NEW."lock_version", NEW."minutes", NEW."others_present", NOW(), \'insert\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."starts_at", NEW."state", NEW."therapist_id"); RETURN NULL;',
                    hash="41628024cf97164794f5d025e81955d744e47336",
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
                    func='INSERT INTO "tracking_contactevent" ("cancelled_by", "child_id", "class_date_id", "clinic_id", "has_interpreter", "has_student", "id", "kind", "label_id", "lock_version", "minutes", "others_present", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "starts_at", "state", "therapist_id") VALUES (NEW."cancelled_by", NEW."child_id", NEW."class_date_id", NEW."clinic_id", NEW."has_interpreter", NEW."has_student", NEW."id", NEW."kind", NEW."label_id", NEW."lock_version", NEW."minutes", NEW."others_present", NOW(), \'update\', NEW."id", NEW."recorded_at", NEW."recorded_by_id", NEW."starts_at", NEW."state", NEW."therapist_id"); RETURN NULL;',
                    hash="8b05d4148ffe326d4bae8aaf61cf4cc45a6f8535",
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
                    func='INSERT INTO "tracking_contactevent" ("cancelled_by", "child_id", "class_date_id", "clinic_id", "has_interpreter", "has_student", "id", "kind", "label_id", "lock_version", "minutes", "others_present", "pgh_created_at", "pgh_label", "pgh_obj_id", "recorded_at", "recorded_by_id", "starts_at", "state", "therapist_id") VALUES (OLD."cancelled_by", OLD."child_id", OLD."class_date_id", OLD."clinic_id", OLD."has_interpreter", OLD."has_student", OLD."id", OLD."kind", OLD."label_id", OLD."lock_version", OLD."minutes", OLD."others_present", NOW(), \'delete\', OLD."id", OLD."recorded_at", OLD."recorded_by_id", OLD."starts_at", OLD."state", OLD."therapist_id"); RETURN NULL;',
                    hash="7244c234f3698dc14f5da043233489f7232e5e64",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_5a625",
                    table="tracking_contact",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="classdate",
            name="clinic",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
            ),
        ),
        migrations.AddField(
            model_name="classdate",
            name="preset",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="tracking.preset",
            ),
        ),
        migrations.AddField(
            model_name="contact",
            name="class_date",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="contacts",
                to="tracking.classdate",
            ),
        ),
        migrations.AddField(
            model_name="contactevent",
            name="class_date",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="tracking.classdate",
            ),
        ),
        migrations.AddConstraint(
            model_name="contact",
            constraint=models.UniqueConstraint(
                models.F("child"), models.F("class_date"), name="a_child_has_one_contact_a_class_date"
            ),
        ),
        migrations.AddField(
            model_name="classdateevent",
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
            model_name="classdateevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="tracking.classdate",
            ),
        ),
        migrations.AddField(
            model_name="classdateevent",
            name="preset",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="tracking.preset",
            ),
        ),
        migrations.AddField(
            model_name="classplace",
            name="child",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="class_places", to="clinic.child"
            ),
        ),
        migrations.AddField(
            model_name="classplace",
            name="clinic",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
            ),
        ),
        migrations.AddField(
            model_name="groupclass",
            name="clinic",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
            ),
        ),
        migrations.AddField(
            model_name="groupclass",
            name="created_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="groupclass",
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
            model_name="groupclass",
            name="led_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="classplace",
            name="group_class",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="places", to="tracking.groupclass"
            ),
        ),
        migrations.AddField(
            model_name="classdateevent",
            name="group_class",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="tracking.groupclass",
            ),
        ),
        migrations.AddField(
            model_name="classdate",
            name="group_class",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="dates", to="tracking.groupclass"
            ),
        ),
        migrations.AddField(
            model_name="groupclassevent",
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
            model_name="groupclassevent",
            name="created_by",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="groupclassevent",
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
            model_name="groupclassevent",
            name="led_by",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="groupclassevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="tracking.groupclass",
            ),
        ),
        migrations.AddConstraint(
            model_name="groupclass",
            constraint=models.CheckConstraint(
                condition=models.Q(("minutes__range", (1, 1440))), name="a_class_takes_at_most_a_day"
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
        migrations.AddConstraint(
            model_name="classplace",
            constraint=models.UniqueConstraint(
                models.F("group_class"),
                models.F("child"),
                condition=models.Q(("until_at__isnull", True)),
                name="a_child_has_one_place_in_a_class",
            ),
        ),
        migrations.AddConstraint(
            model_name="classdate",
            constraint=models.UniqueConstraint(
                models.F("group_class"), models.F("starts_at"), name="a_class_is_once_at_a_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="classdate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("held_at__isnull", True), ("called_off_at__isnull", True), _connector="OR"
                ),
                name="a_class_date_is_held_or_called_off",
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
        rls.keyed_by_clinic("tracking_groupclass", "tracking_classdate"),
        rls.same_clinic("tracking_groupclass", ("label_id", "tracking_servicelabel")),
        rls.same_clinic("tracking_classdate", ("group_class_id", "tracking_groupclass")),
        rls.same_clinic(
            "tracking_classplace", ("group_class_id", "tracking_groupclass"), ("child_id", "clinic_child")
        ),
        rls.same_clinic("tracking_contact", ("class_date_id", "tracking_classdate")),
    ]
