"""References stay inside a clinic; what was published, logged, signed or settled is never changed, and goes by an
erasure that is due; what changes is told to devices.
"""

from django.db import migrations

from clinic import rls

CHILD = ("child_id", "clinic_child")
FAMILY = ("family_id", "clinic_family")
GRANT = ("grant_id", "clinic_caregivergrant")
TOLD_BY = ("told_by_grant_id", "clinic_caregivergrant")
LABEL = ("label_id", "tracking_servicelabel")
PROGRAM = ("program_id", "tracking_homeprogram")
VERSION = ("version_id", "tracking_programversion")
CONTACT = ("contact_id", "tracking_contact")
FLAG = ("flag_id", "tracking_flag")

KEYED = (
    "tracking_classdate",
    "tracking_clinicreport",
    "tracking_concern",
    "tracking_concernphoto",
    "tracking_contact",
    "tracking_flag",
    "tracking_goal",
    "tracking_groupclass",
    "tracking_homeprogram",
    "tracking_notice",
    "tracking_outcomesschedule",
    "tracking_programschedule",
    "tracking_programversion",
    "tracking_quarantinedentry",
    "tracking_reminderdelivery",
    "tracking_reminderoccurrence",
    "tracking_reminderrule",
    "tracking_report",
    "tracking_reportaddendum",
    "tracking_reportschedule",
    "tracking_safeguardingnote",
    "tracking_servicelabel",
    "tracking_trackedstimulus",
)

REFERENCES = {
    "tracking_aftercare": (CHILD, PROGRAM, ("episode_id", "clinic_episode")),
    "tracking_apartanswer": (CHILD,),
    "tracking_askplan": (CHILD,),
    "tracking_assessment": (CHILD,),
    "tracking_bedtime": (CHILD, FAMILY, TOLD_BY),
    "tracking_change": (CHILD,),
    "tracking_chartchoice": (CHILD,),
    "tracking_checkin": (CHILD,),
    "tracking_childsign": (CHILD,),
    "tracking_childstrategy": (CHILD,),
    "tracking_chosenadvice": (PROGRAM,),
    "tracking_classdate": (("group_class_id", "tracking_groupclass"),),
    "tracking_classplace": (CHILD, ("group_class_id", "tracking_groupclass")),
    "tracking_clinicreport": (("schedule_id", "tracking_outcomesschedule"),),
    "tracking_concern": (CHILD, FAMILY, TOLD_BY, ("follows_id", "tracking_concern")),
    "tracking_concernphoto": (CHILD, ("concern_id", "tracking_concern")),
    "tracking_concernplan": (CHILD,),
    "tracking_conflictacknowledgement": (VERSION,),
    "tracking_contact": (CHILD, LABEL, ("class_date_id", "tracking_classdate")),
    "tracking_contactpresence": (CONTACT, GRANT),
    "tracking_cosigning": (CHILD,),
    "tracking_demonstration": (CHILD, FAMILY, CONTACT, GRANT),
    "tracking_erasurerequest": (CHILD,),
    "tracking_excusedday": (CHILD, FAMILY),
    "tracking_familywords": (CHILD, FAMILY),
    "tracking_flag": (CHILD,),
    "tracking_flagacknowledgement": (FLAG,),
    "tracking_flagescalation": (FLAG,),
    "tracking_flagsnooze": (FLAG,),
    "tracking_goal": (CHILD,),
    "tracking_goalrating": (("goal_id", "tracking_goal"),),
    "tracking_groupclass": (LABEL,),
    "tracking_handofflook": (CHILD,),
    "tracking_homeprogram": (CHILD, ("current_version_id", "tracking_programversion")),
    "tracking_listedchild": (CHILD, ("report_id", "tracking_clinicreport")),
    "tracking_massagesession": (
        CHILD,
        FAMILY,
        TOLD_BY,
        PROGRAM,
        CONTACT,
        ("program_version_id", "tracking_programversion"),
    ),
    "tracking_message": (CHILD,),
    "tracking_note": (CHILD, ("about_contact_id", "tracking_contact")),
    "tracking_notice": (CHILD,),
    "tracking_photokeeping": (("photo_id", "tracking_concernphoto"),),
    "tracking_programpause": (PROGRAM,),
    "tracking_programschedule": (VERSION,),
    "tracking_programslot": (VERSION, ("schedule_id", "tracking_programschedule")),
    "tracking_programstep": (VERSION,),
    "tracking_programversion": (PROGRAM,),
    "tracking_quarantinedentry": (CHILD, GRANT),
    "tracking_recordexport": (CHILD,),
    "tracking_recordhold": (CHILD,),
    "tracking_reminderdelivery": (
        CHILD,
        ("notice_id", "tracking_notice"),
        ("occurrence_id", "tracking_reminderoccurrence"),
        ("carried_by_id", "tracking_reminderdelivery"),
    ),
    "tracking_remindermute": (("rule_id", "tracking_reminderrule"),),
    "tracking_reminderoccurrence": (CHILD, ("rule_id", "tracking_reminderrule")),
    "tracking_reminderrule": (CHILD, FAMILY, PROGRAM),
    "tracking_report": (CHILD, FAMILY, ("schedule_id", "tracking_reportschedule")),
    "tracking_reportaddendum": (CHILD, ("report_id", "tracking_report")),
    "tracking_reportschedule": (CHILD,),
    "tracking_safeguardingnote": (CHILD, ("follows_id", "tracking_safeguardingnote")),
    "tracking_stimulusday": (CHILD, FAMILY, TOLD_BY, ("tracked_stimulus_id", "tracking_trackedstimulus")),
    "tracking_tactileobservation": (CHILD, FAMILY, TOLD_BY),
    "tracking_threadread": (CHILD,),
    "tracking_trackedstimulus": (CHILD,),
    "tracking_writereceipt": (CHILD,),
}

ENTRIES = {
    "tracking_massagesession": "session",
    "tracking_bedtime": "bedtime",
    "tracking_tactileobservation": "observation",
    "tracking_stimulusday": "stimulus_day",
}
"""What is logged of a day, and what devices are told of it as."""

ADDED_TO = (
    "tracking_concern",
    "tracking_demonstration",
    "tracking_flagresponse",
    "tracking_flagswitch",
    "tracking_flagthreshold",
    "tracking_reportaddendum",
    "tracking_retentionperiod",
    "tracking_safeguardingnote",
)
"""Tables that are only ever added to."""

CHANGED = (
    "tracking_erasure",
    "tracking_erasurerequest",
    "tracking_quarantinedentry",
    "tracking_recordhold",
    "tracking_retentionrun",
)
"""Tables from which the application removes nothing."""

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

STAYS = f"""
CREATE FUNCTION tracking_published_version_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    {rls.UNLESS_ERASING}
    IF OLD.published_at IS NOT NULL THEN
        RAISE EXCEPTION 'a published program version is never changed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE FUNCTION tracking_published_part_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
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
CREATE FUNCTION tracking_entry_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
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

PARTS = ("programschedule", "programslot", "programstep", "conflictacknowledgement")

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

SIGNED_STAYS = f"""
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

WISHED_OTHERWISE = """
CREATE FUNCTION tracking_rule_is_wished_otherwise() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    UPDATE tracking_reminderoccurrence SET planned_from = NULL
    WHERE rule_id = NEW.id AND planned_from IS NOT NULL;
    RETURN NULL;
END $$;
CREATE TRIGGER tracking_reminderrule_is_wished_otherwise AFTER UPDATE ON tracking_reminderrule FOR EACH ROW
WHEN (to_jsonb(OLD) - 'next_on' - 'next_plan_at' IS DISTINCT FROM to_jsonb(NEW) - 'next_on' - 'next_plan_at')
EXECUTE FUNCTION tracking_rule_is_wished_otherwise()
"""

# ---- what devices are told --------------------------------------------------------------------------------

PARTS_TOLD = {
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

INNER_TOLD = {
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


TELLING = [
    *[
        tell(table, "entry_changed", kind, on="INSERT OR UPDATE", when="NEW.is_latest")
        for table, kind in ENTRIES.items()
    ],
    *[tell(table, "part_changed", *told) for table, told in PARTS_TOLD.items() if table != "clinic_child"],
    tell("clinic_child", "part_changed", *PARTS_TOLD["clinic_child"], on="UPDATE"),
    *[tell(table, "inner_part_changed", *told) for table, told in INNER_TOLD.items()],
    tell(
        "tracking_threadread",
        "part_changed",
        *("messages_read", "child_id", "", "", "user_id"),
        on="INSERT OR UPDATE",
    ),
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
    dependencies = [("clinic", "0003_build_the_second_wall"), ("tracking", "0001_initial")]

    operations = [
        rls.keyed_by_clinic(*KEYED),
        *[rls.same_clinic(table, *references) for table, references in REFERENCES.items()],
        migrations.RunSQL(ERASE, reverse_sql=migrations.RunSQL.noop),
        *[rls.append_only(table, until_erased=True) for table in ADDED_TO],
        rls.grant_to_app(*ADDED_TO, "tracking_change", "tracking_feedepoch", verbs="SELECT, INSERT"),
        rls.grant_to_app(*CHANGED, verbs="SELECT, INSERT, UPDATE"),
        rls.grant_to_app("tracking_askplan", "tracking_chartchoice", verbs="SELECT, INSERT, DELETE"),
        # A draft that is removed looks here for what goes with it: what was added to it stays all the same.
        rls.grant_to_app("tracking_reportaddendum", verbs="SELECT, INSERT, DELETE"),
        migrations.RunSQL(
            STAYS
            + "CREATE TRIGGER tracking_published_version_stays BEFORE UPDATE OR DELETE ON tracking_programversion"
            " FOR EACH ROW EXECUTE FUNCTION tracking_published_version_stays();"
            + "".join(
                f"CREATE TRIGGER tracking_{part}_stays BEFORE INSERT OR UPDATE OR DELETE ON tracking_{part}"
                " FOR EACH ROW EXECUTE FUNCTION tracking_published_part_stays();"
                for part in PARTS
            )
            + "".join(
                f"CREATE TRIGGER {table}_{ending} BEFORE {verb} ON {table}"
                " FOR EACH ROW EXECUTE FUNCTION tracking_entry_stays();"
                for table in ENTRIES
                for ending, verb in (("stays", "UPDATE"), ("is_erased_only", "DELETE"))
            )
        ),
        migrations.RunSQL(SIGNED_STAYS, reverse_sql="DROP FUNCTION tracking_signed_report_stays() CASCADE"),
        migrations.RunSQL(
            WISHED_OTHERWISE, reverse_sql="DROP FUNCTION tracking_rule_is_wished_otherwise() CASCADE"
        ),
        migrations.RunSQL(
            "ALTER TABLE tracking_change ALTER id SET DEFAULT gen_random_uuid(),"
            " ALTER written_in SET DEFAULT pg_current_xact_id(),"
            " ALTER place ADD GENERATED BY DEFAULT AS IDENTITY",
            reverse_sql=migrations.RunSQL.noop,
        ),
        migrations.RunSQL(TELL, reverse_sql=UNTELL),
        migrations.RunSQL("; ".join(TELLING), reverse_sql=migrations.RunSQL.noop),
    ]
