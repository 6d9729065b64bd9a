"""The change feed: that something about a child changed, in commit order."""

from __future__ import annotations

from enum import StrEnum, unique
from typing import ClassVar

from django.db import models
from django.db.models import Q

from clinic.models import Child, ClinicRow
from clinic.models.audit import OldestOpen, TransactionIdField
from clinic.models.clinics import new_id


@unique
class ChangeKind(StrEnum):
    """A kind of thing a family's device keeps a copy of.

    The first stand for one thing each, told with its id; the others for a list or an answer of the child that
    is to be fetched again.
    """

    SESSION = "session"
    BEDTIME = "bedtime"
    OBSERVATION = "observation"
    STIMULUS_DAY = "stimulus_day"
    CONCERN = "concern"
    MESSAGE = "message"

    ASK_PLAN = "ask_plan"
    CARE = "care"
    CHECK_INS = "check_ins"
    CHILD = "child"
    CONCERN_BUNDLE = "concern_bundle"
    CONSENTS = "consents"
    CONTACTS = "contacts"
    DEMONSTRATIONS = "demonstrations"
    GOALS = "goals"
    HOME_DAYS = "home_days"
    MESSAGES_READ = "messages_read"
    NOTES = "notes"
    PRECAUTIONS = "precautions"
    PROGRAMS = "programs"
    ROUTINE_TIMES = "routine_times"
    SIGNS = "signs"
    STRATEGIES = "strategies"
    TRACKED_STIMULI = "tracked_stimuli"
    WORDS = "words"


class Change(ClinicRow):
    """That a thing of a child was written: no words, no values.

    Written by triggers of the tables themselves, in the transaction that makes it true; nothing else writes
    one. Ordered by `(written_in, place)`, and to be read below the oldest open transaction alone
    (`tracking.sync.changes`). `thing` is a client id, None where the kind is a list. Of `household` and
    `person`, where they are set, nobody else among those who care for the child is told.
    """

    clinic = models.ForeignKey(
        "clinic.Clinic", on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    child = models.ForeignKey(
        Child, on_delete=models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )
    written_in = TransactionIdField(editable=False)
    place = models.BigIntegerField(editable=False)
    kind = models.CharField(max_length=20)
    thing = models.UUIDField(null=True)
    household = models.UUIDField(null=True)
    person = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_change_is_of_a_known_kind", condition=Q(kind__in=[str(kind) for kind in ChangeKind])
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["child", "written_in", "place"], name="changes_of_a_child"),
        ]


class FeedEpoch(models.Model):
    """Since when cursors of the feed hold. A database restored from a copy has forgotten changes that devices
    were told of: it begins another epoch, and they fetch everything anew. No row: the first.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    begun_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"feed epoch {self.pk}"


class FeedMark(models.Model):
    """How far changes had been written when it was made: everything below `written_in` was there already.

    `is_emptied`: what is below it goes, or is gone. Changes have no time of their own; a night's mark tells
    which of them are old (`tracking.services.pruning_feed`).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    made_at = models.DateTimeField()
    written_in = TransactionIdField(default=OldestOpen, editable=False)
    is_emptied = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"feed mark {self.pk}"
