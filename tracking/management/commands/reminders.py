"""`manage.py reminders`: how reminders of all clinics are doing, what was given up, and trying it again."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from clinic import rls
from clinic.jobs import as_system
from clinic.models import Clinic
from tracking.readings.reminder_health import health
from tracking.services import replaying


class Command(BaseCommand):
    help = (
        "Without options: what is on its way, what ended lately, what was given up in a day and how providers"
        " stand. With --replay: has what was given up tried again, where its time has not passed and it is"
        " still wanted. Prints counts and codes, no names."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--replay", action="store_true", help="have what was given up tried again")
        parser.add_argument("--reason", help="with --replay: only what was given up for this reason")
        parser.add_argument("--clinic", metavar="SLUG", help="with --replay: only this clinic's")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["replay"]:
            self._replay(options["clinic"], options["reason"])
        elif options["reason"] or options["clinic"]:
            raise CommandError("--reason and --clinic say what to --replay.")
        else:
            self._status()

    def _status(self) -> None:
        with as_system("reminders") as now:
            found = health(now=now)
        on_its_way = ", ".join(f"{state} {count}" for state, count in sorted(found.open.items()))
        ended = ", ".join(f"{state} {count}" for state, count in sorted(found.ended.items()))
        late = ", ".join(f"{of:.0%} {seconds:.0f} s" for of, seconds in found.lateness_seconds.items())
        self.stdout.write(f"On the way: {on_its_way or 'nothing'}.")
        self.stdout.write(f"Waiting for a worker: {found.oldest_due_seconds:.0f} s at the longest.")
        self.stdout.write(f"Ended in 15 minutes: {ended or 'nothing'}." + (f" Late: {late}." if late else ""))
        for (state, reason), count in found.given_up.items():
            self.stdout.write(f"Given up in a day: {count} {state} ({reason}).")
        for provider, (failures, is_open) in found.providers.items():
            standing = "left alone" if is_open else "in use"
            self.stdout.write(f"{provider}: {failures} failures in a row, {standing}.")

    def _replay(self, slug: str | None, reason: str | None) -> None:
        clinic = None
        if slug:
            with as_system(rls.ERASING):
                clinic = Clinic.objects.filter(slug=slug).first()
            if clinic is None:
                raise CommandError(f"There is no clinic {slug}.")
        with as_system("reminders") as now:
            count = replaying.replay_everywhere(clinic=clinic, reason=reason, now=now)
        self.stdout.write(f"{count} are tried again.")
