"""Row-level security over people, households and access: the second wall (docs/adr/0003)."""

from django.db import migrations

from clinic import rls

JOBS = ("seeding", "setup", "reminders", "reports", "flags", "invitations")
"""Named jobs that have to know which people there are; each opens no more of the record than it needs."""

NEAR_CLINIC = "id = ANY ((SELECT littlefoot_near_clinics())::uuid[])"
OWN = "user_id = (SELECT littlefoot_asker())"
OPENERS = "opened_by_id = (SELECT littlefoot_asker())"
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

SIGNING_IN = (
    "account_emailaddress",
    "allauth_idp_oidc_token",
    "mfa_authenticator",
    "usersessions_usersession",
)
"""A person's addresses, apps' tokens, second factors and devices: their own; at the doors, whoever they are."""


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0002_keep_rows_in_their_clinic"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("allauth_idp_oidc", "0003_client_allow_uri_wildcards"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("usersessions", "0001_initial"),
    ]

    operations = [
        rls.ask_for_places(rls.PLACES | rls.GLASS),
        rls.row_security(
            "clinic_child", using=CHILD, systems=("seeding", "reminders", "reports", "invitations", "flags")
        ),
        *[rls.row_security(table, using=line, systems=JOBS) for table, line in LINES.items()],
        *[
            rls.history_security(f"{table}event", using=line, systems=("seeding",))
            for table, line in (LINES | {"clinic_family": rls.OF_STAFF}).items()
        ],
        rls.history_security("clinic_childevent", using=CHILD, systems=("seeding",)),
        rls.row_security("clinic_consent", using=rls.OF_CHILD, systems=("seeding",)),
        rls.row_security("clinic_consenttext", using=rls.NEAR, systems=("seeding",)),
        rls.row_security("clinic_invitation", using=rls.OF_CHILD, systems=("seeding", "invitations")),
        rls.row_security("clinic_signincode", using=rls.OF_STAFF, systems=("seeding", "invitations")),
        rls.row_security(
            "clinic_auditevent",
            using=f"{rls.OF_STAFF} OR {rls.GRANTED} OR actor_id = (SELECT littlefoot_asker())",
            check="true",
            systems=("seeding",),
        ),
        rls.row_security(
            "clinic_auditseal",
            using=rls.as_role("owner"),
            check="(SELECT littlefoot_system()) IN ('seeding', 'sealing')",
            systems=("seeding", "sealing"),
        ),
        rls.row_security(
            "clinic_breakglass",
            using=f"{OPENERS} OR {rls.as_role('owner')} OR {rls.OF_TEAM}",
            check=f"{OPENERS} OR {rls.as_role('owner')} OR (SELECT littlefoot_system()) = 'seeding'",
            systems=("seeding",),
        ),
        migrations.RunSQL(
            "CREATE POLICY littlefoot_clinic_breakglass_stays ON clinic_breakglass AS RESTRICTIVE"
            " FOR DELETE USING ((SELECT littlefoot_system()) = 'erasing')",
            reverse_sql="DROP POLICY littlefoot_clinic_breakglass_stays ON clinic_breakglass",
        ),
        rls.read_by_glass("clinic_precaution"),
        *[rls.row_security(table, using=OWN, systems=("seeding", rls.SIGNING_IN)) for table in SIGNING_IN],
        rls.admit_job("clinic_auditevent", "sealing"),
        *[
            rls.admit_job(table, "quarantine")
            for table in ("clinic_child", "clinic_caregivergrant", "clinic_family", "clinic_clinic")
        ],
        rls.admit_owner(*rls.PLACES_TABLES, "clinic_breakglass"),
    ]
