"""Reminders as rows: the rule of a slot, its occurrence on a day, and the delivery to a person.

A delivery carries an occurrence or a notice. Rows hold the truth; Celery only ticks and sends
(docs/adr/0014).
"""

from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q

from clinic.models import CaregiverGrant, Child, ClinicRow, Family, User
from clinic.models.audit import TransactionIdField
from clinic.models.clinics import codes_field, keeps_history_but
from tracking.models.notices import Notice
from tracking.models.programs import HomeProgram


class Channel(models.TextChoices):
    EMAIL = "email"
    WEB_PUSH = "web_push"
    SMS = "sms"


class DeliveryState(models.TextChoices):
    """Every delivery ends in one of the states after `retry`, with its reason.

    `merged`: another message to the same person about the same child carried it (`carried_by`). `unknown`:
    senders died over it again and again, and nobody knows whether it went out.
    """

    DUE = "due"
    LEASED = "leased"
    RETRY = "retry"
    SENT = "sent"
    MERGED = "merged"
    SUPPRESSED = "suppressed"
    QUIET = "quiet"
    EXPIRED = "expired"
    UNKNOWN = "unknown"
    DEAD = "dead"


OPEN_DELIVERY_STATES = (DeliveryState.DUE, DeliveryState.LEASED, DeliveryState.RETRY)
GIVEN_UP = (DeliveryState.DEAD, DeliveryState.UNKNOWN)
REPLAYED = "replayed"


class SuppressedBecause(models.TextChoices):
    LOGGED = "logged"
    SEEN = "seen"
    REVOKED = "revoked"
    PAUSED = "paused"
    HOSPITAL = "hospital"
    DIED = "died"
    MUTED = "muted"
    ENDED = "ended"
    OTHER_HOME = "other_home"
    BACKED_OFF = "backed_off"


class ReminderRuleQuerySet(models.QuerySet["ReminderRule"]):
    def visible_to(self, user: User) -> ReminderRuleQuerySet:
        """Those of the households from which this person cares for the child."""
        here = CaregiverGrant.objects.valid().filter(
            user=user, child=OuterRef("child"), family=OuterRef("family")
        )
        return self.filter(Exists(here))


@keeps_history_but("next_on", "next_plan_at")
class ReminderRule(ClinicRow):
    """One slot of one program at one household: when it is next due, and what the family wishes of it.

    `next_on` is the next local day to plan; planning cost grows with rules that are due, not with all. A rule
    with nothing more to plan (the program ended, the slot is gone) has no `next_on`.

    The wishes: `is_on`; `weekdays` (Monday is 0; none: every day the program asks); `paused_through`, the
    last local day of the household's own pause; `only_on_home_days`, or also while the child sleeps
    elsewhere. Reminders due before `counts_from` do not count as ignored (`tracking/reminders/resting.py`).
    """

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="reminder_rules")
    family = models.ForeignKey(Family, on_delete=models.CASCADE, related_name="reminder_rules")
    program = models.ForeignKey(HomeProgram, on_delete=models.CASCADE, related_name="reminder_rules")
    slot_number = models.PositiveSmallIntegerField()
    is_on = models.BooleanField(default=True)
    weekdays = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    paused_through = models.DateField(null=True, blank=True)
    only_on_home_days = models.BooleanField(default=True)
    counts_from = models.DateTimeField(null=True, blank=True)
    muted_by = models.ManyToManyField(
        User, through="ReminderMute", through_fields=("rule", "user"), related_name="+"
    )
    next_on = models.DateField(null=True, blank=True, help_text="next local day to plan; empty: nothing more")
    next_plan_at = models.DateTimeField(null=True, blank=True, help_text="when that day is to be planned")
    lock_version = models.PositiveIntegerField(default=1)

    objects: ClassVar[models.Manager[ReminderRule]] = models.Manager.from_queryset(ReminderRuleQuerySet)()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "program", "family", "slot_number", name="one_rule_per_program_household_and_slot"
            ),
            models.CheckConstraint(
                name="a_wished_weekday_is_one_of_seven", condition=Q(weekdays__contained_by=list(range(7)))
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_plan_at", "id"],
                name="reminder_rules_to_plan",
                condition=Q(is_on=True, next_plan_at__isnull=False),
            ),
        ]


class ReminderMute(ClinicRow):
    """One caregiver's wish not to be reminded by a rule; the others still are.

    `chosen_by` is the guardian who chose so; None: it is their own wish, which nobody else takes back.
    """

    rule = models.ForeignKey(ReminderRule, on_delete=models.CASCADE, related_name="mutes")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    chosen_by = models.ForeignKey(User, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("rule", "user", name="a_rule_is_muted_once_by_a_person"),
        ]


class ReminderOccurrence(ClinicRow):
    """A slot on a local day: planned once, however many planners run.

    `is_gentle`: its message was the last one of a rule that was ignored (`tracking/reminders/resting.py`).
    `planned_from`: nothing spoke against it when it was planned, and the planner saw what every transaction
    before this one wrote. While nothing was written of the child since, nothing speaks against it still
    (`tracking/reminders/plain.py`). None: to be looked at with care.
    """

    rule = models.ForeignKey(ReminderRule, on_delete=models.CASCADE, related_name="occurrences")
    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="+")
    local_day = models.DateField()
    slot_number = models.PositiveSmallIntegerField()
    is_gentle = models.BooleanField(default=False)
    due_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    planned_at = models.DateTimeField()
    planned_from = TransactionIdField(null=True, blank=True, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint("rule", "local_day", "slot_number", name="an_occurrence_is_planned_once"),
            models.CheckConstraint(
                name="an_occurrence_expires_after_it_is_due", condition=Q(expires_at__gt=models.F("due_at"))
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["child", "local_day"],
                name="gentle_reminders_of_a_child",
                condition=Q(is_gentle=True),
            ),
        ]


class ReminderDelivery(ClinicRow):
    """One message to one person by one channel: of an occurrence, or of a notice.

    `attempt` is the fence: only its holder may mark the row. `round` is 0 as planned, 1 and 2 where the
    recipient asked for it again later. `provider_codes` holds one code for each time a provider was asked;
    losing a lease is no such time. `begun` counts the same times when they begin: where it is ahead, a sender
    died over the row. `replayed` stands in `provider_codes` where somebody had it tried anew.
    """

    child = models.ForeignKey(Child, on_delete=models.CASCADE, related_name="+")
    occurrence = models.ForeignKey(
        ReminderOccurrence, on_delete=models.CASCADE, null=True, blank=True, related_name="deliveries"
    )
    notice = models.ForeignKey(
        Notice, on_delete=models.CASCADE, null=True, blank=True, related_name="deliveries"
    )
    recipient = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    channel = models.CharField(max_length=20, default=Channel.EMAIL)
    round = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=20, default=DeliveryState.DUE)
    reason = models.CharField(max_length=40, blank=True)
    idempotency_key = models.UUIDField(unique=True)
    due_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    attempt = models.PositiveSmallIntegerField(default=0)
    begun = models.PositiveSmallIntegerField(default=0)
    leased_until = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    provider_codes = codes_field(length=80)
    carried_by = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="carried"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                *("occurrence", "recipient", "channel", "round"),
                name="a_delivery_is_made_once_per_person_and_channel",
            ),
            models.UniqueConstraint("notice", "recipient", name="a_notice_is_delivered_once_per_person"),
            models.CheckConstraint(
                name="a_delivery_is_of_an_occurrence_or_a_notice",
                condition=Q(occurrence__isnull=True) ^ Q(notice__isnull=True),
            ),
            models.CheckConstraint(
                name="a_delivery_is_in_a_known_state", condition=Q(state__in=DeliveryState.values)
            ),
            models.CheckConstraint(
                name="an_ended_delivery_says_when",
                condition=Q(state__in=[str(s) for s in OPEN_DELIVERY_STATES]) | Q(ended_at__isnull=False),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["next_try_at", "id"],
                name="deliveries_to_try",
                condition=Q(state__in=[str(s) for s in OPEN_DELIVERY_STATES]),
            ),
            models.Index(
                fields=["clinic", "next_try_at", "id"],
                name="deliveries_to_try_of_a_clinic",
                condition=Q(state__in=[str(s) for s in OPEN_DELIVERY_STATES]),
            ),
            models.Index(
                fields=["clinic", "ended_at"],
                name="deliveries_given_up",
                condition=Q(state__in=[str(s) for s in GIVEN_UP]),
            ),
            models.Index(
                fields=["ended_at"],
                name="deliveries_ended_lately",
                condition=Q(ended_at__isnull=False),
            ),
            models.Index(
                fields=["recipient", "due_at"],
                name="deliveries_open_of_a_person",
                condition=Q(state__in=[str(s) for s in OPEN_DELIVERY_STATES]),
            ),
            models.Index(
                fields=["recipient", "ended_at"],
                name="deliveries_a_person_was_sent",
                condition=Q(state__in=[str(DeliveryState.SENT), str(DeliveryState.MERGED)]),
            ),
        ]
