"""`manage.py seed_demo`: three invented clinics with months of history, ending yesterday evening."""

from __future__ import annotations

import json
import os
import secrets
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from clinic import rls
from clinic.jobs import as_system
from clinic.models import Clinic, User
from tracking.management.demo.clinics import DEMO_LOGINS, WITH_AN_APP
from tracking.management.demo.planting import is_planted, plant
from tracking.management.demo.reports import plant_clinic_report, plant_reports
from tracking.services import clinic_figures

WORDS = ("amber", "birch", "cedar", "clover", "fern", "hazel", "linden", "maple", "meadow", "willow", "wren")


class Command(BaseCommand):
    help = "Write the demo, three clinics with months of history, into an empty database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seed", type=int, default=1, help="another number tells another story")
        parser.add_argument(
            "--logins-file", type=Path, help="also write the sign-ins here as JSON, readable by you alone"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        passwords = {login: _password() for login in DEMO_LOGINS}
        with rls.acting_as(system="seeding"), transaction.atomic():
            if is_planted():
                raise CommandError("The demo is already here. `make demo` builds it anew.")
            if Clinic.objects.exists():
                raise CommandError("This database holds a real clinic; the demo goes into an empty one only.")
            now = rls.now()
            planting = plant(now=now, seed=options["seed"], passwords=passwords, say=self._say)
            secret = generate_totp_secret()
            TOTP.activate(User.objects.get(email=_address(WITH_AN_APP)), secret)
        plant_reports(planting.first, now=now)
        self._say("a signed report, a letter and a draft")
        with as_system("outcomes") as begun:
            due = clinic_figures.months_due(now=begun)
        for clinic_id, month_on in due:
            clinic_figures.make_month(clinic_id=clinic_id, month_on=month_on, at_once=100)
        plant_clinic_report(planting.first)
        logins = [
            {"email": _address(login), "password": password, "who": DEMO_LOGINS[login]}
            | ({"app_secret": secret} if login == WITH_AN_APP else {})
            for login, password in passwords.items()
        ]
        if options["logins_file"]:
            _write_for_owner_alone(options["logins_file"], json.dumps(logins, indent=2))
        self.stdout.write(
            f"The demo is ready: {planting.clinics} clinics, {planting.children} children, "
            f"{planting.entries} entries."
        )
        for login in logins:
            self.stdout.write(f"  {login['email']:24} {login['password']:24} {login['who']}")
            if "app_secret" in login:
                self.stdout.write(f"  {'':24} and a code: give an authenticator app {login['app_secret']}")

    def _say(self, line: str) -> None:
        self.stdout.write(f"  … {line}")
        self.stdout.flush()


def _address(login: str) -> str:
    return f"{login}@demo.example"


def _password() -> str:
    """Two words and a random part, made anew at every seeding and printed once."""
    return "-".join([secrets.choice(WORDS), secrets.choice(WORDS), secrets.token_hex(4)])


def _write_for_owner_alone(path: Path, text: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
