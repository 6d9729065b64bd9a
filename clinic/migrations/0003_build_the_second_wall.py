"""Row-level security over people, households and access: the second wall (trust, section 1)."""

from django.db import migrations

from clinic import rls

JOBS = ("seeding", "setup", "reminders", "reports", "flags", "invitations")
"""Named jobs that have to know which people there are; each opens no more of the record than it needs."""

NEAR_CLINIC = "id = ANY ((SELECT littlefoot_near_clinics())::uuid[])"
OWN = "user_id = (SELECT littlefoot_asker())"
HOUSEHOLD = "{} = ANY ((SELECT littlefoot_granted_households())::uuid[])"

CHILD = f"{rls.OF_STAFF} OR id = ANY ((SELECT littlefoot_granted_children())::uuid[])"

HOME = "EXISTS (SELECT FROM clinic_childhome home WHERE home.family_id = clinic_family.id)"
"""A household a child in one's care lives in, the other one too: its clock tells where the child is. What
else of it somebody may read is the first wall's to say.
"""

LINES = {
    "clinic_clinic": NEAR_CLINIC,
    "clinic_clinicmembership": f"{rls.NEAR} OR {OWN}",
    "clinic_family": f"{rls.OF_STAFF} OR {HOME}",
    "clinic_routinetime": f"{rls.OF_STAFF} OR {HOUSEHOLD.format('family_id')}",
    "clinic_childhome": rls.OF_CHILD,
    "clinic_childhomeexception": rls.OF_CHILD,
    "clinic_childhomeweek": f"{rls.OF_STAFF} OR {rls.through('home_id', 'clinic_childhome')}",
    "clinic_caregivergrant": rls.OF_CHILD,
    "clinic_careteam": rls.OF_CHILD,
    "clinic_episode": rls.OF_CHILD,
    "clinic_precaution": rls.OF_RECORD,
}


class Migration(migrations.Migration):
    dependencies = [("clinic", "0002_keep_rows_in_their_clinic")]

    operations = [
        rls.ask_for_places(),
        rls.row_security(
            "clinic_child", using=CHILD, systems=("seeding", "reminders", "reports", "invitations", "flags")
        ),
        *[rls.row_security(table, using=line, systems=JOBS) for table, line in LINES.items()],
        *[
            rls.history_security(f"{table}event", using=line, systems=("seeding",))
            for table, line in (LINES | {"clinic_family": rls.OF_STAFF}).items()
        ],
        rls.history_security("clinic_childevent", using=CHILD, systems=("seeding",)),
        rls.row_security("clinic_consent", using=rls.OF_CHILD, systems=("seeding", "invitations")),
        rls.row_security("clinic_invitation", using=rls.OF_CHILD, systems=("seeding", "invitations")),
        rls.row_security(
            "clinic_auditevent",
            using=f"{rls.OF_STAFF} OR {rls.GRANTED} OR actor_id = (SELECT littlefoot_asker())",
            check="true",
            systems=("seeding",),
        ),
        rls.admit_owner(*rls.PLACES_TABLES),
    ]
