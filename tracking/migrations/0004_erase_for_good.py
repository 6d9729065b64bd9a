"""Erasing for good: what is asked and confirmed, and the one way rows go that are never changed."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import clinic.models.clinics
from clinic import rls

ADDED_TO = (
    "tracking_concern",
    "tracking_demonstration",
    "tracking_flagresponse",
    "tracking_flagswitch",
    "tracking_flagthreshold",
    "tracking_safeguardingnote",
)
"""Tables that are only ever added to, and name a child or a person."""

OPEN_EVERY_TABLE = f"""
DO $$ DECLARE one regclass; BEGIN
    FOR one IN SELECT oid FROM pg_class WHERE relforcerowsecurity AND NOT EXISTS (
        SELECT FROM pg_policy WHERE polrelid = pg_class.oid AND polname = 'littlefoot_erasing'
    ) LOOP
        EXECUTE format($open${rls.OPEN_TO_ERASING.format(table="%s")}$open$, one);
    END LOOP;
END $$
"""  # noqa: S608  # every name in it is our own
"""Tables that stood behind the wall before erasing was thought of."""

ERASE = f"""
CREATE FUNCTION littlefoot_is_erasing() RETURNS boolean LANGUAGE sql STABLE
AS $$ SELECT littlefoot_system() = '{rls.ERASING}' AND current_user <> '{rls.APP_ROLE}' $$;

CREATE FUNCTION littlefoot_erasing_in(erasure uuid) RETURNS uuid LANGUAGE plpgsql STABLE AS $$
DECLARE its_clinic uuid; BEGIN
    SELECT clinic_id INTO its_clinic FROM tracking_erasure
    WHERE id = erasure AND done_at IS NULL AND called_off_at IS NULL AND due_at <= littlefoot_now();
    IF its_clinic IS NULL OR littlefoot_system() IS DISTINCT FROM '{rls.ERASING}' THEN
        RAISE EXCEPTION 'nothing is erased but by an erasure that is due'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN its_clinic;
END $$;

CREATE FUNCTION littlefoot_erase(erasure uuid, rows_of regclass, key text, keys uuid[]) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE gone bigint; BEGIN
    EXECUTE format('DELETE FROM %s WHERE %I = ANY ($1) AND clinic_id = $2', rows_of, key)
    USING keys, littlefoot_erasing_in(erasure);
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END $$;

CREATE FUNCTION littlefoot_unname(erasure uuid, rows_of regclass, key text, person uuid, instead jsonb)
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE unnamed bigint; names text; BEGIN
    SELECT string_agg(format('%I', name), ', ' ORDER BY name) INTO names FROM jsonb_object_keys(instead) name;
    EXECUTE format(
        'UPDATE %1$s SET (%2$s) = (SELECT %2$s FROM jsonb_populate_record(NULL::%1$s, $3))'
        ' WHERE %3$I = $1 AND clinic_id = $2', rows_of, names, key
    ) USING person, littlefoot_erasing_in(erasure), instead;
    GET DIAGNOSTICS unnamed = ROW_COUNT;
    RETURN unnamed;
END $$;
"""  # noqa: S608  # every name in it is our own
"""Rows go, and names of people from rows that stay, as the role that owns them, for an erasure that is due."""

STAYS_UNTIL_ERASED = f"""
CREATE OR REPLACE FUNCTION tracking_published_version_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    {rls.UNLESS_ERASING}
    IF OLD.published_at IS NOT NULL THEN
        RAISE EXCEPTION 'a published program version is never changed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE OR REPLACE FUNCTION tracking_published_part_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    {rls.UNLESS_ERASING}
    IF EXISTS (
        SELECT FROM tracking_programversion
        WHERE id = CASE TG_OP WHEN 'INSERT' THEN NEW.version_id ELSE OLD.version_id END
        AND published_at IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'a published program version is never changed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE OR REPLACE FUNCTION tracking_entry_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    {rls.UNLESS_ERASING}
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'an entry goes only when it is erased' USING ERRCODE = 'restrict_violation';
    END IF;
    IF (to_jsonb(NEW) - 'is_latest' - 'flags') IS DISTINCT FROM (to_jsonb(OLD) - 'is_latest' - 'flags')
        OR (NEW.is_latest AND NOT OLD.is_latest) THEN
        RAISE EXCEPTION 'an entry is revised by a new row, never changed'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""  # noqa: S608  # every name in it is our own

ENTRIES = ("massagesession", "bedtime", "tactileobservation", "stimulusday")

CHILD = ("child_id", "clinic_child")
ASKED = f"{rls.GRANTED} AND asked_by_id = (SELECT littlefoot_asker())"
LEADS = "clinic_id = ANY ((SELECT littlefoot_safeguarding_clinics())::uuid[])"


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0003_build_the_second_wall"),
        ("tracking", "0003_build_the_second_wall"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="checkin",
            name="author",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AlterField(
            model_name="familywords",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
            ),
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
                ("subject", models.CharField(max_length=10)),
                ("subject_id", models.UUIDField()),
                ("because", models.CharField(max_length=20)),
                (
                    "written_on",
                    models.DateField(
                        blank=True, help_text="day of the request in writing, if any", null=True
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("confirmed_at", models.DateTimeField(blank=True, null=True)),
                ("due_at", models.DateTimeField(blank=True, null=True)),
                ("called_off_at", models.DateTimeField(blank=True, null=True)),
                ("done_at", models.DateTimeField(blank=True, null=True)),
                ("counts", models.JSONField(blank=True, default=dict)),
                (
                    "unnamed_count",
                    models.PositiveIntegerField(default=0, help_text="rows that stay, without the name"),
                ),
                ("file_count", models.PositiveIntegerField(default=0)),
                (
                    "files",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=120), blank=True, default=list, size=None
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
                (
                    "clinic",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="clinic.clinic"
                    ),
                ),
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
                                ("confirmed_at__isnull", False), ("due_at__gte", models.F("confirmed_at"))
                            ),
                            _connector="OR",
                        ),
                        name="an_erasure_is_due_once_it_is_confirmed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("done_at__isnull", True),
                            models.Q(("called_off_at__isnull", True), ("done_at__gte", models.F("due_at"))),
                            _connector="OR",
                        ),
                        name="an_erasure_is_done_only_when_it_was_due",
                    ),
                    models.UniqueConstraint(
                        models.F("clinic"),
                        models.F("subject_id"),
                        condition=models.Q(("called_off_at__isnull", True), ("done_at__isnull", True)),
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
                ("client_id", models.UUIDField()),
                ("about", models.CharField(max_length=10)),
                ("asked_at", models.DateTimeField()),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("answered_at", models.DateTimeField(blank=True, null=True)),
                (
                    "declined_because",
                    models.CharField(blank=True, help_text="empty: taken up, or open", max_length=20),
                ),
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
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
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
                        condition=models.Q(("answered_at__isnull", True), ("withdrawn_at__isnull", True)),
                        name="one_open_request_to_erase",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("about__in", ["child", "me"])),
                        name="a_request_to_erase_is_about_a_child_or_oneself",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("declined_because__in", ["", "must_be_kept", "other_guardian", "talked_about"])
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
                ("reason", models.CharField(max_length=300)),
                ("set_at", models.DateTimeField()),
                ("lifted_at", models.DateTimeField(blank=True, null=True)),
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
                    "lifted_by",
                    models.ForeignKey(
                        blank=True,
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
        migrations.RunSQL(ERASE, reverse_sql=migrations.RunSQL.noop),
        migrations.RunSQL(OPEN_EVERY_TABLE, reverse_sql=migrations.RunSQL.noop),
        migrations.RunSQL(STAYS_UNTIL_ERASED, reverse_sql=migrations.RunSQL.noop),
        migrations.RunSQL(
            "".join(
                f"CREATE TRIGGER tracking_{entry}_is_erased_only BEFORE DELETE ON tracking_{entry}"
                " FOR EACH ROW EXECUTE FUNCTION tracking_entry_stays();"
                for entry in ENTRIES
            )
        ),
        rls.append_only_until_erased(*ADDED_TO),
        rls.same_clinic("tracking_erasurerequest", CHILD),
        rls.same_clinic("tracking_recordhold", CHILD),
        rls.grant_to_app(
            "tracking_erasure",
            "tracking_erasurerequest",
            "tracking_recordhold",
            verbs="SELECT, INSERT, UPDATE",
        ),
        rls.row_security(
            "tracking_erasure", using=f"{rls.as_role('owner')} OR {LEADS}", systems=("seeding",)
        ),
        rls.row_security(
            "tracking_erasurerequest", using=f"{rls.as_role('owner')} OR ({ASKED})", systems=("seeding",)
        ),
        rls.row_security("tracking_recordhold", using=rls.as_role("owner"), systems=("seeding",)),
    ]
