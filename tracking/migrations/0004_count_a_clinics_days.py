"""What a clinic's families told by day, counted by triggers of the entries as they are written."""

from django.db import migrations
from django.db.migrations.operations import RunSQL

from clinic import rls

COUNTED = {
    "tracking_massagesession": ("outcome", "coalesce(minutes, 0)"),
    "tracking_bedtime": ("'bedtime'", "0"),
    "tracking_tactileobservation": ("'observation'", "0"),
}
"""The tables, under what their rows are counted, and the minutes each tells."""

CHANGES = {
    "INSERT": {"now_told": 1},
    "UPDATE": {"now_told": 1, "told_before": -1},
    "DELETE": {"told_before": -1},
}
"""Which rows of a statement count for, and which against."""

TABLES = {"now_told": "NEW TABLE AS now_told", "told_before": "OLD TABLE AS told_before"}
COUNTS = "is_latest AND state = 'recorded' AND NOT flags @> ARRAY['clock_off']::varchar[]"
COLUMNS = "clinic_id, local_day, counts, entry_count, child_count, minutes"

ROWS = """SELECT clinic_id, child_id, local_day, {code}::varchar AS counts, {sign} AS moved,
    {sign} * {minutes} AS timed FROM {rows} WHERE {counts}"""

# A statement that changes nothing counted (a flag, a name) writes nothing. How many children there are more is
# told by what the table has of their day after the statement: before it, that was so many less.
KEEP = """
CREATE FUNCTION {table}_{verb}_counted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO tracking_clinicday ({columns})
    SELECT clinic_id, local_day, counts, sum(moved),
        sum((there > 0)::int - (there > moved)::int), sum(timed)
    FROM (
        SELECT part.*, (
            SELECT count(*) FROM {table} one WHERE one.child_id = part.child_id
            AND one.local_day = part.local_day AND {counted} AND {code} = part.counts
        ) AS there
        FROM (
            SELECT clinic_id, child_id, local_day, counts, sum(moved) AS moved, sum(timed) AS timed
            FROM ({rows}) AS told GROUP BY 1, 2, 3, 4 HAVING sum(moved) <> 0 OR sum(timed) <> 0
        ) AS part
    ) AS parts GROUP BY 1, 2, 3;
    RETURN NULL;
END $$;
CREATE TRIGGER {table}_{verb}_counted AFTER {verb} ON {table} REFERENCING {tables}
    FOR EACH STATEMENT EXECUTE FUNCTION {table}_{verb}_counted();
"""

BY_NOBODY_ELSE = """
CREATE POLICY littlefoot_tracking_clinicday_stays ON tracking_clinicday AS RESTRICTIVE FOR DELETE
    USING ((SELECT littlefoot_system()) IN ('rollups', 'seeding'))
"""

SEEN = f"{rls.as_role('owner')} OR {rls.as_role('therapist')}"


def keeping(table: str) -> RunSQL:
    """Count what each statement changes of a table of entries."""
    code, minutes = COUNTED[table]
    told = {"table": table, "code": code, "minutes": minutes, "counted": COUNTS, "columns": COLUMNS}
    triggers = [
        KEEP.format(
            verb=verb,
            rows=" UNION ALL ".join(
                ROWS.format(code=code, sign=sign, minutes=minutes, rows=rows, counts=COUNTS)
                for rows, sign in changed.items()
            ),
            tables=" ".join(TABLES[rows] for rows in changed),
            **told,
        )
        for verb, changed in CHANGES.items()
    ]
    undo = "; ".join(f"DROP FUNCTION {table}_{verb}_counted() CASCADE" for verb in CHANGES)
    return RunSQL("".join(triggers), reverse_sql=undo)


class Migration(migrations.Migration):
    dependencies = [("tracking", "0003_build_the_second_wall")]

    operations = [
        RunSQL(
            "ALTER TABLE tracking_clinicday ALTER id SET DEFAULT gen_random_uuid()",
            reverse_sql=RunSQL.noop,
        ),
        *[keeping(table) for table in COUNTED],
        rls.grant_to_app("tracking_clinicday", verbs="SELECT, INSERT, DELETE"),
        # Triggers may always write, whoever it is they write for.
        rls.row_security("tracking_clinicday", using=SEEN, check="true", systems=("seeding", "rollups")),
        RunSQL(
            BY_NOBODY_ELSE,
            reverse_sql="DROP POLICY littlefoot_tracking_clinicday_stays ON tracking_clinicday",
        ),
        *[rls.admit_job(table, "rollups") for table in COUNTED],
    ]
