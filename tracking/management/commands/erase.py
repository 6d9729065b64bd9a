"""`manage.py erase`: what is asked to be erased, what it would take, and carrying out what is due."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from clinic import rls
from clinic.jobs import as_system
from clinic.models import Child, Clinic, User
from tracking.readings import erasures as reading
from tracking.readings.erasures import DryRun, ErasureSeen
from tracking.services import erasing

REMOVED_AT_ONCE = 100


class Command(BaseCommand):
    help = (
        "Without options: each erasing that waits, or whose files are still being removed, by ids. Erasing is"
        " asked for and confirmed by two people on the clinic's pages; nothing here goes around them or the"
        " wait. What is due the worker carries out by itself; --due does it now."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--clinic", metavar="SLUG", help="only this clinic's; needed with --person")
        what = parser.add_mutually_exclusive_group()
        what.add_argument("--child", metavar="ID", help="a dry run: what erasing this child would take")
        what.add_argument("--person", metavar="ID", help="a dry run: what erasing this person would take")
        what.add_argument("--due", action="store_true", help="carry out now what is due, of every clinic")

    def handle(self, *args: Any, **options: Any) -> None:
        with as_system(rls.ERASING):
            clinics = list(Clinic.objects.order_by("slug"))
        if options["clinic"]:
            clinics = [clinic for clinic in clinics if clinic.slug == options["clinic"]]
            if not clinics:
                raise CommandError(f"There is no clinic {options['clinic']}.")
        if options["due"]:
            if options["clinic"]:
                raise CommandError("--due carries out what is due of every clinic; leave --clinic out.")
            self._carry_out()
        elif options["child"]:
            self._tell_dry_run(self._dry_run_of_child(clinics, options["child"]))
        elif options["person"]:
            if not options["clinic"]:
                raise CommandError("A person is erased in one clinic: say which with --clinic.")
            self._tell_dry_run(self._dry_run_of_person(clinics[0], options["person"]))
        else:
            self._list(clinics)

    # ---- counting ----

    def _dry_run_of_child(self, clinics: list[Clinic], told: str) -> DryRun:
        with as_system(rls.ERASING):
            child = Child.objects.filter(pk=_id(told), clinic__in=clinics).first()
            if child is None:
                raise CommandError(f"There is no child {told}.")
            return reading.dry_run_of_child(child)

    def _dry_run_of_person(self, clinic: Clinic, told: str) -> DryRun:
        with as_system(rls.ERASING):
            person = User.objects.filter(pk=_id(told)).first()
            if person is None:
                raise CommandError(f"There is no person {told}.")
            return reading.dry_run_of_person(clinic, person)

    def _tell_dry_run(self, run: DryRun) -> None:
        """Every table that is reached, also those that hold nothing: what is not here is not erased."""
        width = max((len(one.table) for one in run.tables), default=0)
        for one in run.tables:
            self.stdout.write(f"{one.table:<{width}}  {one.rows:>7}  past {one.past:>7}")
        self.stdout.write(
            f"Would go: {run.rows} rows of {len(run.full)} of {len(run.tables)} tables,"
            f" {run.past} earlier states, {run.files} files,"
            f" {len(run.households)} households, {len(run.accounts)} accounts."
            f" {run.unnamed} rows would stay without the name. Nothing was changed."
        )

    # ---- what waits ----

    def _list(self, clinics: list[Clinic]) -> None:
        count = 0
        for clinic in clinics:
            with as_system(rls.ERASING):
                under_way = reading.under_way_in(clinic)
            for one in under_way:
                self.stdout.write(f"{clinic.slug}: {one.subject} {one.subject_id}, {_standing(one)}")
            count += len(under_way)
        self.stdout.write(f"{count} under way." if count else "Nothing is under way.")

    # ---- carrying out ----

    def _carry_out(self) -> None:
        count = 0
        while True:
            with as_system(rls.ERASING) as now:
                done = erasing.carry_out_next(now=now)
            if done is None:
                break
            count += 1
            self.stdout.write(
                f"{done.subject} {done.subject_id}:"
                f" {sum(done.counts.values())} rows of {len(done.counts)} tables are gone,"
                f" {done.unnamed_count} stay without the name, {done.file_count} files to remove"
            )
        removed, gone = 0, REMOVED_AT_ONCE
        while gone:
            with as_system(rls.ERASING):
                gone = erasing.remove_files(limit=REMOVED_AT_ONCE)
            removed += gone
            if gone:
                self.stdout.write(f"{removed} files removed")
        self.stdout.write(f"{count} carried out, {removed} files removed.")


def _id(told: str) -> uuid.UUID:
    try:
        return uuid.UUID(told)
    except ValueError:
        raise CommandError(f"{told} is no id. The pages show one in their address.") from None


def _standing(one: ErasureSeen) -> str:
    if one.done_at is not None:
        return f"done, {one.files_left} of {one.file_count} files left"
    if one.due_at is None:
        return f"asked on {one.asked_at:%Y-%m-%d}, waits for a second person"
    stopped = ", stopped: the record is held, or the person works here" if one.is_stopped else ""
    return f"due {one.due_at:%Y-%m-%d %H:%M}Z{stopped}"
