"""Who broke the glass reads a child's record for a while, and writes nothing of it (trust, section 1)."""

from django.db import migrations

from clinic import rls

RECORD = (
    "tracking_aftercare",
    "tracking_apartanswer",
    "tracking_askplan",
    "tracking_assessment",
    "tracking_bedtime",
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
    "tracking_stimulusday",
    "tracking_tactileobservation",
    "tracking_trackedstimulus",
)
"""What the access table opens by break-glass. Concerns, check-ins and a household's own words it does not."""

FLAG = f"{rls.OF_GLASS} AND {rls.as_role('owner')}"
OF_FLAG = f"EXISTS (SELECT FROM tracking_flag above WHERE above.id = flag_id AND above.{rls.OF_GLASS})"

OF_PROGRAM = "tracking_homeprogram above WHERE above.id = program_id"
OF_VERSION = (
    "tracking_programversion version JOIN tracking_homeprogram above ON above.id = version.program_id"
    " WHERE version.id = version_id"
)
PARTS = {
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


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0008_break_the_glass"),
        ("tracking", "0007_let_kept_photos_go"),
    ]

    operations = [
        *[rls.read_by_glass(table) for table in RECORD],
        rls.read_by_glass("tracking_flag", FLAG),
        *[
            rls.read_by_glass(table, OF_FLAG)
            for table in ("tracking_flagacknowledgement", "tracking_flagsnooze", "tracking_flagescalation")
        ],
        *[rls.no_write_by_glass(table, above) for table, above in PARTS.items()],
    ]
