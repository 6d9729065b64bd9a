"""Row-level security over the record: the second wall (docs/adr/0003)."""

from django.db import migrations

from clinic import rls

LOOKED_AT = ("recording", "reminders", "flags")
"""Jobs that look at what was logged: to keep it, to be silent once it is, to see what asks for attention."""

PLANNED = ("recording", "reminders", "flags", "closing")

RECORD = {
    "tracking_massagesession": LOOKED_AT,
    "tracking_bedtime": LOOKED_AT,
    "tracking_tactileobservation": LOOKED_AT,
    "tracking_stimulusday": LOOKED_AT,
    "tracking_apartanswer": LOOKED_AT,
    "tracking_concern": LOOKED_AT,
    "tracking_writereceipt": ("recording",),
    "tracking_askplan": LOOKED_AT,
    "tracking_trackedstimulus": LOOKED_AT,
    "tracking_childsign": ("recording",),
    "tracking_childstrategy": ("recording",),
    "tracking_demonstration": ("recording",),
    "tracking_concernphoto": ("recording", "photos"),
    "tracking_concernplan": (),
    "tracking_handofflook": (),
    "tracking_recordexport": ("exports",),
    "tracking_aftercare": ("closing",),
    "tracking_excusedday": LOOKED_AT,
    "tracking_familywords": ("recording",),
    "tracking_goal": (),
    "tracking_assessment": (),
    "tracking_note": (),
    "tracking_message": (),
    "tracking_threadread": (),
    "tracking_report": ("reports",),
    "tracking_reportaddendum": (),
    "tracking_reportschedule": ("reports",),
}
"""What is in a child's record, with the named jobs that read it without being anybody."""

PEOPLE = {
    "tracking_classplace": (),
    "tracking_contact": (),
    "tracking_cosigning": ("closing",),
    "tracking_notice": ("reminders", "reports", "flags"),
    "tracking_reminderdelivery": ("reminders",),
    "tracking_reminderrule": ("reminders",),
    "tracking_reminderoccurrence": ("reminders",),
}
"""About a child, and for the whole staff of its clinic: times, and what waits for whom."""

THROUGH = {
    "tracking_chosenadvice": ("program_id", "tracking_homeprogram", ("flags",)),
    "tracking_conflictacknowledgement": ("version_id", "tracking_programversion", PLANNED),
    "tracking_contactpresence": ("contact_id", "tracking_contact", ()),
    "tracking_goalrating": ("goal_id", "tracking_goal", ()),
    "tracking_photokeeping": ("photo_id", "tracking_concernphoto", ("photos",)),
    "tracking_programpause": ("program_id", "tracking_homeprogram", PLANNED),
    "tracking_programschedule": ("version_id", "tracking_programversion", PLANNED),
    "tracking_programslot": ("version_id", "tracking_programversion", PLANNED),
    "tracking_programstep": ("version_id", "tracking_programversion", PLANNED),
    "tracking_programversion": ("program_id", "tracking_homeprogram", PLANNED),
    "tracking_remindermute": ("rule_id", "tracking_reminderrule", ("reminders",)),
}
"""Parts of what has its own line: seen with it."""

LIBRARY = (
    "tracking_librarytext",
    "tracking_preset",
    "tracking_presetwords",
    "tracking_stroke",
    "tracking_strokemedia",
    "tracking_strokeversion",
    "tracking_strokewords",
)

CLINICS_OWN = (
    "tracking_clinicclosure",
    "tracking_clinichours",
    "tracking_flagresponse",
    "tracking_flagswitch",
    "tracking_flagtext",
    "tracking_flagthreshold",
    "tracking_hiddenlibraryitem",
    "tracking_readergap",
    "tracking_safeguardinglead",
    "tracking_servicelabel",
    "tracking_strategy",
    "tracking_wordingadoption",
)
"""What a clinic sets for itself; its families go by it."""

TITLES = f"{rls.OF_RECORD} OR {rls.as_role('office')}"
OWN_WORDS = f"{rls.OF_TEAM} OR author_id = (SELECT littlefoot_asker())"

REACHING = ("calendarfeed", "phonenumber", "pushsubscription", "reachwishes")
"""How a person is reached: their own alone."""

FIGURES = f"{rls.as_role('owner')} OR {rls.as_role('therapist')}"
"""What a clinic's months came to, on the page and on paper."""

CLINICS_REPORT = f"(kind = 'clinic_outcomes' AND ({FIGURES})) OR (asked_by_id = (SELECT littlefoot_asker()) AND ({FIGURES}))"
"""A clinic's outcomes are for all who read its figures; a caseload is for whoever asked for it."""

HISTORIES = {
    "tracking_aftercareevent": rls.OF_RECORD,
    "tracking_classdateevent": rls.OF_STAFF,
    "tracking_childsignevent": rls.OF_RECORD,
    "tracking_concernplanevent": rls.OF_RECORD,
    "tracking_contactevent": rls.OF_CHILD,
    "tracking_contactpresenceevent": rls.OF_STAFF,
    "tracking_familywordsevent": rls.OF_RECORD,
    "tracking_goalevent": rls.OF_RECORD,
    "tracking_groupclassevent": rls.OF_STAFF,
    "tracking_homeprogramevent": TITLES,
    "tracking_noteevent": rls.OF_RECORD,
    "tracking_reminderruleevent": rls.OF_CHILD,
    "tracking_servicelabelevent": rls.NEAR,
    "tracking_strategyevent": rls.NEAR,
    "tracking_strokemediaevent": rls.NEAR_OR_BUILT_IN,
}

SEES_FLAG = f"""
{rls.OF_RECORD}
OR (
    {rls.as_role("owner")}
    AND 'owner' = ANY (readers)
    AND (owner_reader_id IS NULL OR owner_reader_id = (SELECT littlefoot_asker()))
)
OR (SELECT littlefoot_system()) IN ('seeding', 'reminders', 'reports', 'invitations', 'flags')
"""

TEAMS_FLAG = f"EXISTS (SELECT FROM tracking_flag above WHERE above.id = flag_id AND above.{rls.OF_TEAM})"
SEES_PART = TEAMS_FLAG + " OR (SELECT littlefoot_system()) IN ('seeding', 'flags')"

SEES_OWN_PART = SEES_PART + " OR by_id = (SELECT littlefoot_asker())"

CLINICS_OF_LEAD = """
CREATE FUNCTION littlefoot_safeguarding_clinics() RETURNS uuid[] LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(clinic_id), '{}') FROM tracking_safeguardinglead
    WHERE user_id = littlefoot_asker() AND (until_at IS NULL OR until_at > littlefoot_now())
    AND clinic_id = ANY (littlefoot_staff_clinics())
$$;
"""

OWN = "user_id = (SELECT littlefoot_asker())"
AUTHOR = "author_id = (SELECT littlefoot_asker()) OR (SELECT littlefoot_system()) = 'seeding'"

LEADS = "clinic_id = ANY ((SELECT littlefoot_safeguarding_clinics())::uuid[])"
ASKED = f"{rls.GRANTED} AND asked_by_id = (SELECT littlefoot_asker())"

# ---- who broke the glass: a record to be read for a while, and nothing of it to be written --------------------

READ_BY_GLASS = (
    "tracking_aftercare",
    "tracking_apartanswer",
    "tracking_askplan",
    "tracking_assessment",
    "tracking_bedtime",
    "tracking_chartchoice",
    "tracking_childsign",
    "tracking_childstrategy",
    "tracking_demonstration",
    "tracking_excusedday",
    "tracking_goal",
    "tracking_homeprogram",
    "tracking_massagesession",
    "tracking_message",
    "tracking_note",
    "tracking_report",
    "tracking_reportaddendum",
    "tracking_reportschedule",
    "tracking_stimulusday",
    "tracking_tactileobservation",
    "tracking_trackedstimulus",
)
"""What the access table opens by break-glass. Concerns, check-ins and a household's own words it does not."""

FLAG_BY_GLASS = f"{rls.OF_GLASS} AND {rls.as_role('owner')}"
OF_FLAG_BY_GLASS = (
    f"EXISTS (SELECT FROM tracking_flag above WHERE above.id = flag_id AND above.{rls.OF_GLASS})"
)

OF_PROGRAM = "tracking_homeprogram above WHERE above.id = program_id"
OF_VERSION = (
    "tracking_programversion version JOIN tracking_homeprogram above ON above.id = version.program_id"
    " WHERE version.id = version_id"
)
PARTS_BY_GLASS = {
    "tracking_chosenadvice": OF_PROGRAM,
    "tracking_conflictacknowledgement": OF_VERSION,
    "tracking_goalrating": "tracking_goal above WHERE above.id = goal_id",
    "tracking_programpause": OF_PROGRAM,
    "tracking_programschedule": OF_VERSION,
    "tracking_programslot": OF_VERSION,
    "tracking_programstep": OF_VERSION,
    "tracking_programversion": OF_PROGRAM,
}
"""Parts of the record that are seen with what they belong to, and how the child is found from each."""

# ---- named jobs that read a table and write none of it -------------------------------------------------------

JOBS = {
    "archiving": ("clinic_child", "clinic_clinic"),
    "feed": ("tracking_change",),
    "metrics": ("tracking_reminderdelivery",),
    "outcomes": (
        "clinic_caregivergrant",
        "clinic_child",
        "clinic_clinic",
        "clinic_invitation",
        "tracking_apartanswer",
        "tracking_askplan",
        "tracking_bedtime",
        "tracking_clinicday",
        "tracking_excusedday",
        "tracking_goal",
        "tracking_homeprogram",
        "tracking_massagesession",
        "tracking_programpause",
        "tracking_programschedule",
        "tracking_programslot",
        "tracking_programstep",
        "tracking_programversion",
        "tracking_stimulusday",
        "tracking_tactileobservation",
        "tracking_trackedstimulus",
    ),
    "reminders": (
        "tracking_change",
        "tracking_clinicclosure",
        "tracking_clinichours",
        "tracking_flagthreshold",
        "tracking_report",
        "tracking_threadread",
    ),
    "reports": ("tracking_clinicmonth",),
}

FEED_GOES = """
GRANT DELETE ON tracking_change TO littlefoot_app;
CREATE POLICY littlefoot_tracking_change_goes ON tracking_change FOR DELETE
    USING ((SELECT littlefoot_system()) = 'feed');
CREATE POLICY littlefoot_tracking_change_stays ON tracking_change AS RESTRICTIVE FOR DELETE
    USING ((SELECT littlefoot_system()) IN ('feed', 'erasing', 'seeding'))
"""
"""What devices have long been told of is let go by one job."""

FEED_STAYS = """
DROP POLICY littlefoot_tracking_change_stays ON tracking_change;
DROP POLICY littlefoot_tracking_change_goes ON tracking_change;
REVOKE DELETE ON tracking_change FROM littlefoot_app
"""


def let_archiving_place(table: str) -> migrations.RunSQL:
    """Let the job that archives a clinic write itself a place, which its transaction takes back."""
    policy = f"littlefoot_{table}_archiving"
    return migrations.RunSQL(
        f"CREATE POLICY {policy} ON {table} FOR INSERT"
        " WITH CHECK ((SELECT littlefoot_system()) = 'archiving')",
        reverse_sql=f"DROP POLICY {policy} ON {table}",
    )


class Migration(migrations.Migration):
    dependencies = [("tracking", "0002_keep_rows_in_their_clinic")]

    operations = [
        *[
            rls.row_security(table, using=rls.OF_RECORD, systems=("seeding", *jobs))
            for table, jobs in RECORD.items()
        ],
        *[
            rls.row_security(table, using=rls.OF_CHILD, systems=("seeding", *jobs))
            for table, jobs in PEOPLE.items()
        ],
        *[
            rls.row_security(table, using=rls.through(column, above), systems=("seeding", *jobs))
            for table, (column, above, jobs) in THROUGH.items()
        ],
        *[
            rls.row_security(
                table, using=rls.NEAR_OR_BUILT_IN, systems=("seeding", "setup", "library", "media", *PLANNED)
            )
            for table in LIBRARY
        ],
        *[rls.row_security(table, using=rls.NEAR, systems=("seeding", "flags")) for table in CLINICS_OWN],
        *[rls.history_security(table, using=line, systems=("seeding",)) for table, line in HISTORIES.items()],
        *[
            rls.row_security(table, using=rls.OF_STAFF, systems=("seeding",))
            for table in ("tracking_classdate", "tracking_groupclass", "tracking_supervision")
        ],
        rls.row_security("tracking_homeprogram", using=TITLES, systems=("seeding", *PLANNED)),
        rls.row_security("tracking_checkin", using=OWN_WORDS, systems=("seeding", "flags")),
        rls.row_security("tracking_flag", using=SEES_FLAG),
        rls.row_security("tracking_flagacknowledgement", using=SEES_OWN_PART),
        rls.row_security("tracking_flagsnooze", using=SEES_OWN_PART),
        rls.row_security("tracking_flagescalation", using=SEES_PART),
        migrations.RunSQL(CLINICS_OF_LEAD, reverse_sql="DROP FUNCTION littlefoot_safeguarding_clinics()"),
        rls.row_security(
            "tracking_safeguardingnote",
            using=f"{AUTHOR} OR {LEADS}",
            check=AUTHOR,
        ),
        rls.row_security(
            "tracking_erasure", using=f"{rls.as_role('owner')} OR {LEADS}", systems=("seeding",)
        ),
        rls.row_security(
            "tracking_erasurerequest", using=f"{rls.as_role('owner')} OR ({ASKED})", systems=("seeding",)
        ),
        rls.row_security("tracking_recordhold", using=rls.as_role("owner"), systems=("seeding",)),
        rls.row_security("tracking_retentionperiod", using=rls.OF_STAFF, systems=("seeding",)),
        rls.row_security("tracking_retentionrun", using=rls.as_role("owner"), systems=("seeding",)),
        rls.row_security("tracking_quarantinedentry", using=rls.OF_TEAM, systems=("seeding", "quarantine")),
        # Triggers may always write, whoever it is they write for.
        rls.row_security("tracking_change", using=rls.OF_RECORD, check="true", systems=("seeding",)),
        *[
            rls.row_security(f"tracking_{table}", using=OWN, systems=("seeding", "reminders"))
            for table in REACHING
        ],
        rls.append_only("tracking_clinicmonth"),
        rls.grant_to_app("tracking_clinicmonth", verbs="SELECT, INSERT"),
        rls.row_security(
            "tracking_clinicmonth",
            using=FIGURES,
            check="(SELECT littlefoot_system()) IN ('seeding', 'outcomes')",
            systems=("seeding", "outcomes"),
        ),
        rls.row_security("tracking_outcomesschedule", using=FIGURES, systems=("seeding", "reports")),
        rls.row_security("tracking_clinicreport", using=CLINICS_REPORT, systems=("seeding", "reports")),
        rls.row_security("tracking_listedchild", using=rls.OF_TEAM, systems=("seeding", "reports")),
        rls.row_security("tracking_chartchoice", using=rls.OF_TEAM, systems=("seeding",)),
        *[rls.read_by_glass(table) for table in READ_BY_GLASS],
        rls.read_by_glass("tracking_flag", FLAG_BY_GLASS),
        *[
            rls.read_by_glass(table, OF_FLAG_BY_GLASS)
            for table in ("tracking_flagacknowledgement", "tracking_flagsnooze", "tracking_flagescalation")
        ],
        *[rls.no_write_by_glass(table, above) for table, above in PARTS_BY_GLASS.items()],
        *[rls.admit_job(table, job) for job, tables in JOBS.items() for table in tables],
        *[let_archiving_place(table) for table in ("clinic_clinicmembership", "clinic_careteam")],
        migrations.RunSQL(FEED_GOES, reverse_sql=FEED_STAYS),
    ]
