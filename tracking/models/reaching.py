"""How a person is reached: channels, quiet hours, devices, phone numbers and calendars.

They belong to the person, whichever clinics know them, so these rows have no clinic.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from clinic import encryption
from clinic.models import User
from clinic.models.clinics import new_id
from tracking.models.reminders import Channel

NIGHT_FROM = dt.time(22)
NIGHT_UNTIL = dt.time(6)
"""When nobody is disturbed who has not said otherwise. Our own rule."""

PURPOSE = "push subscriptions"


class OwnRow(models.Model):
    """A row of one person, which they alone see and change."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class ReachWishes(OwnRow):
    """By which channel somebody is reminded and told news, and when they are left alone.

    One channel each, so that nothing comes twice; empty: not at all. Quiet hours are of the clock where the
    person is, may go over midnight, and are none where both ends are the same. Who has no row is written to
    by e-mail and left alone at night.
    """

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="+")
    reminders_by = models.CharField(max_length=20, blank=True, default=Channel.EMAIL, help_text="a channel")
    notices_by = models.CharField(max_length=20, blank=True, default=Channel.EMAIL, help_text="a channel")
    quiet_from = models.TimeField(default=NIGHT_FROM)
    quiet_until = models.TimeField(default=NIGHT_UNTIL)
    updated_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="somebody_is_reached_by_a_known_channel_or_not_at_all",
                condition=Q(reminders_by__in=["", *Channel.values]) & Q(notices_by__in=["", *Channel.values]),
            ),
        ]


@dataclass(frozen=True, slots=True)
class Browser:
    """What a browser tells whoever may push to it (`PushSubscription.toJSON`); keys in base64url."""

    endpoint: str
    p256dh: str
    auth: str


class PushSubscription(OwnRow):
    """A browser that takes pushes for somebody: of whoever subscribed in it last.

    `secret` is what the browser told (its address at the push service, its keys), encrypted; `provider` is
    the host of that service.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    endpoint_hash = models.CharField(max_length=64, unique=True)
    provider = models.CharField(max_length=100)
    secret = models.TextField()
    device = models.CharField(max_length=60, blank=True, help_text="what its owner calls it")
    made_at = models.DateTimeField()

    def keep(self, browser: Browser) -> None:
        self.endpoint_hash = hashlib.sha256(browser.endpoint.encode()).hexdigest()
        self.secret = encryption.encrypt(json.dumps(dataclasses.asdict(browser)), purpose=PURPOSE)

    @property
    def browser(self) -> Browser:
        """Raises InvalidToken for what was encrypted with a key that is known no more."""
        return Browser(**json.loads(encryption.decrypt(self.secret, purpose=PURPOSE)))


class PhoneNumber(OwnRow):
    """Where somebody takes text messages; of use once they have typed the code that was sent there."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="+")
    number = models.CharField(max_length=16, help_text="E.164, with its +")
    verified_at = models.DateTimeField(null=True, blank=True)
    code_hash = models.CharField(max_length=64, blank=True, help_text="none: nothing waits for a code")
    code_expires_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="a_phone_number_is_in_e_164", condition=Q(number__regex=r"^\+[1-9][0-9]{6,14}$")
            ),
            models.CheckConstraint(
                name="a_code_for_a_phone_number_runs_out",
                condition=Q(code_hash="") | Q(code_expires_at__isnull=False),
            ),
        ]


class CalendarFeed(OwnRow):
    """A secret address at which somebody's calendar reads their quiet times; only its hash is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                "user", name="one_calendar_feed_a_person", condition=Q(revoked_at__isnull=True)
            ),
            models.CheckConstraint(
                name="a_calendar_feed_is_made_before_it_ends",
                condition=Q(revoked_at__isnull=True) | Q(revoked_at__gte=F("made_at")),
            ),
        ]
