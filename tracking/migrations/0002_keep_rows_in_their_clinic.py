"""References stay inside a clinic; what was published, logged or settled is never changed."""

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
    "tracking_concern",
    "tracking_concernphoto",
    "tracking_contact",
    "tracking_flag",
    "tracking_goal",
    "tracking_groupclass",
    "tracking_homeprogram",
    "tracking_programschedule",
    "tracking_programversion",
    "tracking_reminderdelivery",
    "tracking_reminderoccurrence",
    "tracking_reminderrule",
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
    "tracking_checkin": (CHILD,),
    "tracking_childsign": (CHILD,),
    "tracking_childstrategy": (CHILD,),
    "tracking_chosenadvice": (PROGRAM,),
    "tracking_classdate": (("group_class_id", "tracking_groupclass"),),
    "tracking_classplace": (CHILD, ("group_class_id", "tracking_groupclass")),
    "tracking_concern": (CHILD, FAMILY, TOLD_BY, ("follows_id", "tracking_concern")),
    "tracking_concernphoto": (CHILD, ("concern_id", "tracking_concern")),
    "tracking_concernplan": (CHILD,),
    "tracking_conflictacknowledgement": (VERSION,),
    "tracking_contact": (CHILD, LABEL, ("class_date_id", "tracking_classdate")),
    "tracking_contactpresence": (CONTACT, GRANT),
    "tracking_cosigning": (CHILD,),
    "tracking_demonstration": (CHILD, FAMILY, CONTACT, GRANT),
    "tracking_excusedday": (CHILD, FAMILY),
    "tracking_familywords": (CHILD, FAMILY),
    "tracking_flag": (CHILD,),
    "tracking_flagacknowledgement": (FLAG,),
    "tracking_flagescalation": (FLAG,),
    "tracking_flagsnooze": (FLAG,),
    "tracking_goal": (CHILD,),
    "tracking_goalrating": (("goal_id", "tracking_goal"),),
    "tracking_groupclass": (LABEL,),
    "tracking_homeprogram": (CHILD, ("current_version_id", "tracking_programversion")),
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
    "tracking_photokeeping": (("photo_id", "tracking_concernphoto"),),
    "tracking_programpause": (PROGRAM,),
    "tracking_programschedule": (VERSION,),
    "tracking_programslot": (VERSION, ("schedule_id", "tracking_programschedule")),
    "tracking_programstep": (VERSION,),
    "tracking_programversion": (PROGRAM,),
    "tracking_reminderdelivery": (
        ("occurrence_id", "tracking_reminderoccurrence"),
        ("carried_by_id", "tracking_reminderdelivery"),
    ),
    "tracking_remindermute": (("rule_id", "tracking_reminderrule"),),
    "tracking_reminderoccurrence": (CHILD, ("rule_id", "tracking_reminderrule")),
    "tracking_reminderrule": (CHILD, FAMILY, PROGRAM),
    "tracking_report": (CHILD,),
    "tracking_safeguardingnote": (CHILD, ("follows_id", "tracking_safeguardingnote")),
    "tracking_stimulusday": (CHILD, FAMILY, TOLD_BY, ("tracked_stimulus_id", "tracking_trackedstimulus")),
    "tracking_tactileobservation": (CHILD, FAMILY, TOLD_BY),
    "tracking_threadread": (CHILD,),
    "tracking_trackedstimulus": (CHILD,),
    "tracking_writereceipt": (CHILD,),
}

ADDED_TO = (
    "tracking_concern",
    "tracking_demonstration",
    "tracking_flagresponse",
    "tracking_flagswitch",
    "tracking_flagthreshold",
    "tracking_safeguardingnote",
)
"""Tables that are only ever added to."""

PUBLISHED_STAYS = """
CREATE FUNCTION tracking_published_version_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF OLD.published_at IS NOT NULL THEN
        RAISE EXCEPTION 'a published program version is never changed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER tracking_published_version_stays BEFORE UPDATE OR DELETE ON tracking_programversion
    FOR EACH ROW EXECUTE FUNCTION tracking_published_version_stays();
CREATE FUNCTION tracking_published_part_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF EXISTS (
        SELECT FROM tracking_programversion
        WHERE id = CASE TG_OP WHEN 'INSERT' THEN NEW.version_id ELSE OLD.version_id END
        AND published_at IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'a published program version is never changed' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
"""

PARTS = ("programschedule", "programslot", "programstep", "conflictacknowledgement")

LOGGED_STAYS = """
CREATE FUNCTION tracking_entry_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF (to_jsonb(NEW) - 'is_latest' - 'flags') IS DISTINCT FROM (to_jsonb(OLD) - 'is_latest' - 'flags')
        OR (NEW.is_latest AND NOT OLD.is_latest) THEN
        RAISE EXCEPTION 'an entry is revised by a new row, never changed'
            USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
"""

ENTRIES = ("massagesession", "bedtime", "tactileobservation", "stimulusday")


class Migration(migrations.Migration):
    dependencies = [("clinic", "0003_build_the_second_wall"), ("tracking", "0001_initial")]

    operations = [
        rls.keyed_by_clinic(*KEYED),
        *[rls.same_clinic(table, *references) for table, references in REFERENCES.items()],
        *[rls.append_only(table) for table in ADDED_TO],
        rls.grant_to_app(*ADDED_TO, verbs="SELECT, INSERT"),
        rls.grant_to_app("tracking_askplan", verbs="SELECT, INSERT, DELETE"),
        migrations.RunSQL(
            PUBLISHED_STAYS
            + "".join(
                f"CREATE TRIGGER tracking_{part}_stays BEFORE INSERT OR UPDATE OR DELETE ON tracking_{part}"
                " FOR EACH ROW EXECUTE FUNCTION tracking_published_part_stays();"
                for part in PARTS
            )
        ),
        migrations.RunSQL(
            LOGGED_STAYS
            + "".join(
                f"CREATE TRIGGER tracking_{entry}_stays BEFORE UPDATE ON tracking_{entry}"
                " FOR EACH ROW EXECUTE FUNCTION tracking_entry_stays();"
                for entry in ENTRIES
            )
        ),
    ]
