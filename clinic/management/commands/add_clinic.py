"""`manage.py add_clinic`: create a further clinic on this server, with its first owner."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from clinic import rls
from clinic.errors import DomainError
from clinic.services import clinics, staff
from clinic.vocabulary import Role


class Command(BaseCommand):
    help = (
        "Add a clinic and its owner. Somebody with an account becomes its owner as they are; somebody new is"
        " written to and chooses a password. (The first clinic is made on the first page.)"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="what the clinic is called")
        parser.add_argument("--zone", required=True, help="time zone, for instance America/New_York")
        parser.add_argument("--locale", default="en", help="language of its letters (en)")
        parser.add_argument("--owner", required=True, metavar="EMAIL", help="the owner's e-mail address")
        parser.add_argument("--owner-name", default="", help="the owner's name, if they have no account yet")
        parser.add_argument("--treats", action="store_true", help="the owner is a therapist, too")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with rls.acting_as(system="setup"), transaction.atomic():
                clinic = clinics.create_clinic(
                    by=None,
                    name=options["name"],
                    zone=options["zone"],
                    locale=options["locale"],
                    now=rls.now(),
                )
                staff.add_staff(
                    by=None,
                    clinic=clinic,
                    name=options["owner_name"] or options["owner"],
                    email=options["owner"],
                    roles=[Role.OWNER, *([Role.THERAPIST] if options["treats"] else [])],
                    now=rls.now(),
                )
        except DomainError as error:
            raise CommandError(
                f"Nothing was added: {error.field or ''} {error.code} {error.parameters}"
            ) from None
        self.stdout.write(f"Added. Its pages are under /c/{clinic.slug}/.")
