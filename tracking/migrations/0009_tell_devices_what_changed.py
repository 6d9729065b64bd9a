"""The change feed: its rows, the triggers that write them, who reads them."""

import django.db.models.deletion
from django.db import migrations, models

import clinic.models.audit
import clinic.models.clinics
from clinic import rls

ENTRIES = {
    "tracking_massagesession": "session",
    "tracking_bedtime": "bedtime",
    "tracking_tactileobservation": "observation",
    "tracking_stimulusday": "stimulus_day",
}

PARTS = {
    "clinic_child": ("child", "id", "", "", ""),
    "clinic_childhome": ("home_days", "child_id", "", "", ""),
    "clinic_childhomeexception": ("home_days", "child_id", "", "", ""),
    "clinic_consent": ("consents", "child_id", "", "", ""),
    "clinic_episode": ("care", "child_id", "", "", ""),
    "clinic_precaution": ("precautions", "child_id", "", "", ""),
    "tracking_aftercare": ("care", "child_id", "", "", ""),
    "tracking_askplan": ("ask_plan", "child_id", "id", "", ""),
    "tracking_checkin": ("check_ins", "child_id", "", "", "author_id"),
    "tracking_childsign": ("signs", "child_id", "id", "", ""),
    "tracking_childstrategy": ("strategies", "child_id", "id", "", ""),
    "tracking_concern": ("concern", "child_id", "client_id", "", ""),
    "tracking_concernplan": ("concern_bundle", "child_id", "", "", ""),
    "tracking_contact": ("contacts", "child_id", "id", "", ""),
    "tracking_demonstration": ("demonstrations", "child_id", "id", "", ""),
    "tracking_excusedday": ("home_days", "child_id", "", "", ""),
    "tracking_familywords": ("words", "child_id", "", "family_id", ""),
    "tracking_goal": ("goals", "child_id", "id", "", ""),
    "tracking_message": ("message", "child_id", "client_id", "", ""),
    "tracking_note": ("notes", "child_id", "id", "", ""),
    "tracking_trackedstimulus": ("tracked_stimuli", "child_id", "id", "", ""),
}
"""What is told of each table: the kind, and the columns of the child, the thing, a household and a person."""

INNER = {
    "clinic_childhomeweek": ("home_days", "home_id", "clinic_childhome"),
    "tracking_goalrating": ("goals", "goal_id", "tracking_goal"),
    "tracking_programpause": ("programs", "program_id", "tracking_homeprogram"),
}
"""Parts without a child of their own: what is told, and the row that has it."""

TELL = """
CREATE FUNCTION littlefoot_entry_changed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO tracking_change (clinic_id, child_id, kind, thing)
    VALUES (NEW.clinic_id, NEW.child_id, TG_ARGV[0], NEW.client_id);
    RETURN NULL;
END $$;

CREATE FUNCTION littlefoot_part_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE told jsonb := to_jsonb(CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END); BEGIN
    INSERT INTO tracking_change (clinic_id, child_id, kind, thing, household, person)
    VALUES (
        (told->>'clinic_id')::uuid, (told->>TG_ARGV[1])::uuid, TG_ARGV[0],
        (told->>TG_ARGV[2])::uuid, (told->>TG_ARGV[3])::uuid, (told->>TG_ARGV[4])::uuid
    );
    RETURN NULL;
END $$;

CREATE FUNCTION littlefoot_inner_part_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE told jsonb := to_jsonb(CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END); BEGIN
    EXECUTE format(
        'INSERT INTO tracking_change (clinic_id, child_id, kind)'
        ' SELECT clinic_id, child_id, $1 FROM %I WHERE id = $2', TG_ARGV[2]
    ) USING TG_ARGV[0], (told->>TG_ARGV[1])::uuid;
    RETURN NULL;
END $$;

CREATE FUNCTION littlefoot_routine_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE home uuid := CASE TG_OP WHEN 'DELETE' THEN OLD.family_id ELSE NEW.family_id END; BEGIN
    INSERT INTO tracking_change (clinic_id, child_id, kind, household)
    SELECT clinic_id, child_id, 'routine_times', home FROM clinic_childhome WHERE family_id = home;
    RETURN NULL;
END $$;

CREATE FUNCTION littlefoot_draft_signed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO tracking_change (clinic_id, child_id, kind, thing)
    VALUES (NEW.clinic_id, NEW.child_id, CASE NEW.subject_kind
        WHEN 'askplan' THEN 'ask_plan' WHEN 'childsign' THEN 'signs' WHEN 'childstrategy' THEN 'strategies'
        WHEN 'trackedstimulus' THEN 'tracked_stimuli' ELSE NEW.subject_kind || 's' END, NEW.subject_id);
    RETURN NULL;
END $$;
"""

UNTELL = "; ".join(
    f"DROP FUNCTION littlefoot_{name}() CASCADE"
    for name in (
        "entry_changed",
        "part_changed",
        "inner_part_changed",
        "routine_changed",
        "draft_signed",
    )
)


def tell(
    table: str, function: str, *told: str, on: str = "INSERT OR UPDATE OR DELETE", when: str = ""
) -> str:
    """A trigger that tells of a table; not of what is being erased, which goes with its child."""
    arguments = ", ".join(f"'{one}'" for one in told)
    only = f" AND {when}" if when else ""
    return (
        f"CREATE TRIGGER {table}_tells AFTER {on} ON {table} FOR EACH ROW"
        f" WHEN (NOT littlefoot_is_erasing(){only}) EXECUTE FUNCTION littlefoot_{function}({arguments})"
    )


TRIGGERS = [
    *[
        tell(table, "entry_changed", kind, on="INSERT OR UPDATE", when="NEW.is_latest")
        for table, kind in ENTRIES.items()
    ],
    *[tell(table, "part_changed", *told) for table, told in PARTS.items() if table != "clinic_child"],
    tell("clinic_child", "part_changed", *PARTS["clinic_child"], on="UPDATE"),
    *[tell(table, "inner_part_changed", *told) for table, told in INNER.items()],
    tell(
        "tracking_homeprogram",
        "part_changed",
        *("programs", "child_id", "", "", ""),
        on="INSERT OR UPDATE",
        when="NEW.state <> 'draft'",
    ),
    tell("clinic_routinetime", "routine_changed"),
    tell(
        "tracking_cosigning",
        "draft_signed",
        on="UPDATE",
        when="OLD.signed_at IS NULL AND NEW.signed_at IS NOT NULL"
        " AND NEW.subject_kind IN ('askplan', 'childsign', 'childstrategy', 'contact', 'demonstration', 'goal',"
        " 'note', 'precaution', 'trackedstimulus')",
    ),
]


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0010_sign_in_without_an_address"),
        ("tracking", "0008_read_by_glass"),
    ]

    operations = [
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
                ("written_in", clinic.models.audit.TransactionIdField(editable=False)),
                ("place", models.BigIntegerField(editable=False)),
                ("kind", models.CharField(max_length=20)),
                ("thing", models.UUIDField(null=True)),
                ("household", models.UUIDField(null=True)),
                ("person", models.UUIDField(null=True)),
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
            ],
            options={
                "indexes": [models.Index(fields=["child", "written_in", "place"], name="changes_of_a_child")],
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
        migrations.RunSQL(
            "ALTER TABLE tracking_change ALTER id SET DEFAULT gen_random_uuid(),"
            " ALTER written_in SET DEFAULT pg_current_xact_id(),"
            " ALTER place ADD GENERATED BY DEFAULT AS IDENTITY",
            reverse_sql=migrations.RunSQL.noop,
        ),
        rls.same_clinic("tracking_change", ("child_id", "clinic_child")),
        rls.grant_to_app("tracking_change", verbs="SELECT, INSERT"),
        rls.grant_to_app("tracking_feedepoch", verbs="SELECT, INSERT"),
        # Triggers may always write, whoever it is they write for.
        rls.row_security("tracking_change", using=rls.OF_RECORD, check="true", systems=("seeding",)),
        migrations.RunSQL(TELL, reverse_sql=UNTELL),
        migrations.RunSQL("; ".join(TRIGGERS), reverse_sql=migrations.RunSQL.noop),
    ]
