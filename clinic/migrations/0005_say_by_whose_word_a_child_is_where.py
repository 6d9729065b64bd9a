"""A home's week holds from a day on; households say of one day "here" or "not here", and the clinic which."""

import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

import clinic.models.clinics
from clinic import rls


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0004_say_which_languages_people_speak"),
    ]

    operations = [
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
                ("from_on", models.DateField()),
                (
                    "weekdays",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(), blank=True, default=list, size=None
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ChildHomeWeekEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                (
                    "id",
                    models.UUIDField(default=clinic.models.clinics.new_id, editable=False, serialize=False),
                ),
                ("from_on", models.DateField()),
                (
                    "weekdays",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(), blank=True, default=list, size=None
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="childhome",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="childhome",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="childhome",
            name="delete_delete",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="childhomeexception",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="childhomeexception",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="childhomeexception",
            name="delete_delete",
        ),
        migrations.RemoveConstraint(
            model_name="childhomeexception",
            name="one_home_exception_per_day",
        ),
        migrations.AddField(
            model_name="childhome",
            name="from_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="childhomeevent",
            name="from_on",
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="childhomeexception",
            name="is_here",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="childhomeexception",
            name="word",
            field=models.CharField(default="clinic", help_text="whose it is", max_length=20),
        ),
        migrations.AddField(
            model_name="childhomeexceptionevent",
            name="is_here",
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name="childhomeexceptionevent",
            name="word",
            field=models.CharField(default="clinic", help_text="whose it is", max_length=20),
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
        migrations.AddConstraint(
            model_name="childhomeexception",
            constraint=models.UniqueConstraint(
                models.F("child"),
                models.F("on"),
                condition=models.Q(("word", "clinic")),
                name="the_clinic_says_one_home_per_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="childhomeexception",
            constraint=models.UniqueConstraint(
                models.F("child"),
                models.F("family"),
                models.F("on"),
                condition=models.Q(("word", "household")),
                name="a_household_says_one_thing_per_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="childhomeexception",
            constraint=models.CheckConstraint(
                condition=models.Q(("word__in", ["household", "clinic"])), name="a_word_on_a_day_is_somebodys"
            ),
        ),
        migrations.AddConstraint(
            model_name="childhomeexception",
            constraint=models.CheckConstraint(
                condition=models.Q(("word", "household"), ("is_here", True), _connector="OR"),
                name="the_clinic_says_where_a_child_is",
            ),
        ),
        migrations.AddField(
            model_name="childhomeweek",
            name="clinic",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
            ),
        ),
        migrations.AddField(
            model_name="childhomeweek",
            name="home",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="weeks", to="clinic.childhome"
            ),
        ),
        migrations.AddField(
            model_name="childhomeweekevent",
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
            model_name="childhomeweekevent",
            name="home",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="clinic.childhome",
            ),
        ),
        migrations.AddField(
            model_name="childhomeweekevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="clinic.childhomeweek",
            ),
        ),
        migrations.AddConstraint(
            model_name="childhomeweek",
            constraint=models.UniqueConstraint(
                models.F("home"), models.F("from_on"), name="a_home_has_one_week_from_a_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="childhomeweek",
            constraint=models.CheckConstraint(
                condition=models.Q(("weekdays__contained_by", [0, 1, 2, 3, 4, 5, 6])),
                name="weekdays_of_a_week_are_0_to_6",
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
        rls.keyed_by_clinic("clinic_childhome"),
        rls.same_clinic("clinic_childhomeweek", ("home_id", "clinic_childhome")),
    ]
