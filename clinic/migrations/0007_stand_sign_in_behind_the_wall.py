"""A person's second factors, devices, addresses and apps' tokens are their own; at the doors, by whom they are."""

from django.db import migrations

from clinic import rls

OWN = "user_id = (SELECT littlefoot_asker())"
TABLES = (
    "account_emailaddress",
    "allauth_idp_oidc_token",
    "mfa_authenticator",
    "usersessions_usersession",
)


class Migration(migrations.Migration):
    dependencies = [
        ("clinic", "0006_seal_the_audit"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("allauth_idp_oidc", "0003_client_allow_uri_wildcards"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("usersessions", "0001_initial"),
    ]

    operations = [rls.row_security(table, using=OWN, systems=("seeding", rls.SIGNING_IN)) for table in TABLES]
