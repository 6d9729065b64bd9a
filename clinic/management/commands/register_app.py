"""`manage.py register_app`: register a third-party app that users may connect to their account."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from clinic.errors import DomainError
from clinic.services.connected_apps import Scope, register_app


class Command(BaseCommand):
    help = (
        "Register an app of others (OAuth 2 and OpenID Connect, PKCE, no secret). People let it in one by"
        " one; it does at most what its scopes and they may do."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="what people read when they are asked")
        parser.add_argument("--redirect-uri", required=True, action="append", help="https or its scheme")
        parser.add_argument("--write", action="store_true", help="it may log and write, not only read")

    def handle(self, *args: Any, **options: Any) -> None:
        scopes = [Scope.READ, *([Scope.WRITE] if options["write"] else [])]
        try:
            app = register_app(name=options["name"], redirect_uris=options["redirect_uri"], scopes=scopes)
        except DomainError as error:
            said = f"Nothing was registered: {error.field or ''} {error.code} {error.parameters}"
            raise CommandError(said) from error
        self.stdout.write(f"Registered. Its client id: {app.pk}")
