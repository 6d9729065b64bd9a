"""Carrying out an erasure: rows, histories and accounts in one transaction, files after the commit.

Everything here runs as the job `erasing`. `clinic.belongings` finds the tables by walking the models; rows
are deleted through `littlefoot_erase`, which the database allows only for an `Erasure` that is due.
"""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, transaction
from django.db.models import Exists, Field, OuterRef, Q
from django.db.models.functions import Coalesce

from clinic import audit, files, rls
from clinic.belongings import (
    Belongings,
    Table,
    belongings_of,
    histories,
    is_named_anywhere,
    is_of_a_clinic,
    mentions_of_people,
    named_files,
)
from clinic.models import (
    CaregiverGrant,
    Child,
    ChildHome,
    ClinicMembership,
    Family,
    Invitation,
    User,
)
from clinic.rls import Now
from clinic.services import devices
from clinic.vocabulary import AuditCode
from tracking.models import Erasure, RecordHold
from tracking.services.ending_access import cut_off
from tracking.vocabulary.erasure import ErasureOf
from tracking.wording.erasure import name_instead

WRITTEN_FOR = dt.timedelta(days=1)
"""How long a file may be without a row that names it."""


@transaction.atomic
def carry_out_next(*, now: dt.datetime) -> Erasure | None:
    """The erasing that was carried out; None where none is due that nothing stands against.

    A held record, and somebody who works in the clinic again, wait until that is over. The names of stored
    files are in the row until `remove_files` has removed them.
    """
    held = RecordHold.objects.open().filter(child=OuterRef("subject_id"))
    works = ClinicMembership.objects.active().filter(clinic=OuterRef("clinic"), user=OuterRef("subject_id"))
    due = Erasure.objects.due().exclude(Exists(held)).exclude(Exists(works)).order_by("due_at", "id")
    erasure = due.select_for_update(skip_locked=True, of=("self",)).first()
    if erasure is None:
        return None
    going = _Going(erasure)
    if erasure.subject == ErasureOf.CHILD:
        going.child(erasure.subject_id)
    else:
        going.person(erasure.subject_id, now)
    erasure.done_at = now
    erasure.counts = {table: count for table, count in sorted(going.counts.items()) if count}
    erasure.unnamed_count = going.unnamed_count
    erasure.files = sorted(going.files)
    erasure.file_count = len(erasure.files)
    erasure.save(update_fields=["done_at", "counts", "unnamed_count", "files", "file_count"])
    audit.record(
        AuditCode.ERASED,
        by=erasure.confirmed_by,
        now=now,
        clinic_id=erasure.clinic_id,
        child_id=erasure.subject_id if erasure.subject == ErasureOf.CHILD else None,
        subject=erasure,
        detail=erasure.because,
    )
    return erasure


@transaction.atomic
def remove_files(*, limit: int) -> int:
    """How many stored files of erased rows were removed, `limit` at most. One that is gone is as good."""
    waiting = Erasure.objects.filter(done_at__isnull=False).exclude(files=[]).order_by("done_at", "id")
    erasure = waiting.select_for_update(skip_locked=True, of=("self",)).first()
    if erasure is None:
        return 0
    gone, erasure.files = erasure.files[:limit], erasure.files[limit:]
    for name in gone:
        files.delete(name)
    erasure.save(update_fields=["files"])
    return len(gone)


@transaction.atomic
def remove_files_of_nobody(*, now: dt.datetime) -> int:
    """How many stored files were removed that no row names: of a write that came to nothing, of a report that
    was made anew. A file of the last day may be of a write that is under way.

    Raises RuntimeError for anybody but the job that erases: whoever sees fewer rows would remove too much.
    """
    if rls.current_stamp().system != rls.ERASING:
        raise RuntimeError("Only the job that erases sees which files are named.")
    named = named_files()
    going = [name for name in files.stored_before(now - WRITTEN_FOR) if name not in named]
    for name in going:
        files.delete(name)
    return len(going)


class _Going:
    """What goes in one erasing, and how much it was."""

    def __init__(self, erasure: Erasure) -> None:
        self.erasure = erasure
        self.counts: Counter[str] = Counter()
        self.unnamed_count = 0
        self.files: set[str] = set()

    def child(self, child_id: uuid.UUID) -> None:
        """A child's record, then the households and accounts that were here for this child alone."""
        # Held, so that nothing new can name the child until it is gone.
        list(Child.objects.select_for_update().filter(pk=child_id))
        homes = set(ChildHome.objects.filter(child=child_id).values_list("family_id", flat=True))
        grants = CaregiverGrant.objects.filter(child=child_id)
        people = set(grants.values_list("user_id", flat=True))
        homes |= set(grants.values_list("family_id", flat=True))
        self._remove(belongings_of(Child, [child_id]))
        for home in homes:
            if not is_named_anywhere(Family, home):
                self._remove(belongings_of(Family, [home]))
        for person in people:
            self._account(person)

    def person(self, user_id: uuid.UUID, now: dt.datetime) -> None:
        """What is a person's own here, their name on what stays, and their account if no clinic needs it."""
        clinic = self.erasure.clinic
        user = User.objects.select_for_update().filter(pk=user_id).first()
        if user is None:
            return
        grants = CaregiverGrant.objects.filter(clinic=clinic, user=user).select_related("child", "user")
        for grant in grants.filter(revoked_at__isnull=True):
            cut_off(by=self.erasure.confirmed_by or user, grant=grant, now=now)
        was_staff = ClinicMembership.objects.filter(clinic=clinic, user=user).exists()
        self._remove(belongings_of(User, [user_id], clinic=clinic), keep=User)
        self._forget_address(user)
        instead = User.objects.create_user(
            email=None, name=name_instead(clinic, was_staff=was_staff), is_active=False
        )
        self._unname(user_id, instead)
        if not is_named_anywhere(User, instead.pk):
            instead.delete()
        self._account(user_id)

    def _account(self, user_id: uuid.UUID) -> None:
        """The account goes once no row that stays names it, in whatever clinic."""
        if is_named_anywhere(User, user_id):
            return
        devices.sign_out_everywhere(user_id)
        self._remove(belongings_of(User, [user_id]))

    def _remove(self, found: Belongings, *, keep: Table | None = None) -> None:
        past = histories()
        going = {table: keys for table, keys in found.keys.items() if keys and table is not keep}
        for table, keys in going.items():
            if is_of_a_clinic(table):
                self.counts[table._meta.db_table] += self._erase(table, "id", keys)
            else:
                rows = table._base_manager.filter(pk__in=keys)
                self.counts[table._meta.db_table] += rows._raw_delete(DEFAULT_DB_ALIAS)
        # Last: removing a row adds to its history.
        for table, keys in going.items():
            if table in past:
                self.counts[past[table]._meta.db_table] += self._erase(past[table], "pgh_obj_id", keys)
        self.files |= found.files

    def _erase(self, table: Table, key: str, keys: Iterable[uuid.UUID]) -> int:
        return self._ask("littlefoot_erase(%s, %s::regclass, %s, %s)", table, key, list(keys))

    def _unname(self, user_id: uuid.UUID, instead: User) -> None:
        for mention in mentions_of_people():
            values: dict[str, object] = {mention.column: str(instead.pk)}
            for name in mention.words:
                values[name] = instead.name if name.endswith("name") else _empty(mention.table, name)
            self.unnamed_count += self._ask(
                "littlefoot_unname(%s, %s::regclass, %s, %s, %s)",
                mention.table,
                mention.column,
                user_id,
                json.dumps(values),
            )

    def _forget_address(self, user: User) -> None:
        """Their address, where a clinic wrote it down for a household or an invitation."""
        if user.email is None:
            return
        clinic = self.erasure.clinic
        written = Q(clinic=clinic, contact_email__iexact=user.email)
        self.unnamed_count += Family.objects.filter(written).update(contact_email="")
        self.unnamed_count += histories()[Family]._base_manager.filter(written).update(contact_email="")
        invited = Invitation.objects.filter(clinic=clinic, email__iexact=user.email)
        self.unnamed_count += invited.update(email=None, revoked_at=Coalesce("revoked_at", Now()))

    def _ask(self, call: str, table: Table, *parameters: Any) -> int:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {call}", [self.erasure.pk, table._meta.db_table, *parameters])
            row = cursor.fetchone()
        assert row is not None
        return int(row[0])


def _empty(table: Table, name: str) -> object:
    """What a column holds that holds nothing: None, an empty text, an empty list."""
    column = table._meta.get_field(name)
    assert isinstance(column, Field)
    return column.get_default()
