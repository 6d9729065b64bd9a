"""References stay inside a clinic; what was published or logged is never changed."""

from django.db import migrations

from clinic import rls

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
    dependencies = [("clinic", "0002_keep_rows_in_their_clinic"), ("tracking", "0001_initial")]

    operations = [
        rls.keyed_by_clinic(
            "tracking_goal",
            "tracking_homeprogram",
            "tracking_programschedule",
            "tracking_programversion",
            "tracking_reminderoccurrence",
            "tracking_reminderrule",
            "tracking_trackedstimulus",
        ),
        rls.same_clinic("tracking_bedtime", ("child_id", "clinic_child"), ("family_id", "clinic_family")),
        rls.same_clinic("tracking_goal", ("child_id", "clinic_child")),
        rls.same_clinic("tracking_goalrating", ("goal_id", "tracking_goal")),
        rls.same_clinic("tracking_assessment", ("child_id", "clinic_child")),
        rls.same_clinic("tracking_note", ("child_id", "clinic_child")),
        rls.same_clinic("tracking_message", ("child_id", "clinic_child")),
        rls.same_clinic("tracking_threadread", ("child_id", "clinic_child")),
        rls.same_clinic("tracking_flag", ("child_id", "clinic_child")),
        rls.same_clinic(
            "tracking_tactileobservation", ("child_id", "clinic_child"), ("family_id", "clinic_family")
        ),
        rls.same_clinic("tracking_trackedstimulus", ("child_id", "clinic_child")),
        rls.same_clinic(
            "tracking_stimulusday",
            ("child_id", "clinic_child"),
            ("family_id", "clinic_family"),
            ("tracked_stimulus_id", "tracking_trackedstimulus"),
        ),
        rls.same_clinic(
            "tracking_homeprogram",
            ("child_id", "clinic_child"),
            ("current_version_id", "tracking_programversion"),
        ),
        rls.same_clinic("tracking_programversion", ("program_id", "tracking_homeprogram")),
        rls.same_clinic("tracking_programschedule", ("version_id", "tracking_programversion")),
        rls.same_clinic(
            "tracking_programslot",
            ("version_id", "tracking_programversion"),
            ("schedule_id", "tracking_programschedule"),
        ),
        rls.same_clinic("tracking_programstep", ("version_id", "tracking_programversion")),
        rls.same_clinic("tracking_conflictacknowledgement", ("version_id", "tracking_programversion")),
        rls.same_clinic("tracking_programpause", ("program_id", "tracking_homeprogram")),
        rls.same_clinic("tracking_writereceipt", ("child_id", "clinic_child")),
        rls.same_clinic(
            "tracking_reminderrule",
            ("child_id", "clinic_child"),
            ("family_id", "clinic_family"),
            ("program_id", "tracking_homeprogram"),
        ),
        rls.same_clinic("tracking_remindermute", ("rule_id", "tracking_reminderrule")),
        rls.same_clinic(
            "tracking_reminderoccurrence", ("rule_id", "tracking_reminderrule"), ("child_id", "clinic_child")
        ),
        rls.same_clinic("tracking_reminderdelivery", ("occurrence_id", "tracking_reminderoccurrence")),
        rls.same_clinic("tracking_report", ("child_id", "clinic_child")),
        rls.same_clinic(
            "tracking_massagesession",
            ("child_id", "clinic_child"),
            ("family_id", "clinic_family"),
            ("program_id", "tracking_homeprogram"),
            ("program_version_id", "tracking_programversion"),
        ),
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
