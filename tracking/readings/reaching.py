"""A person's own notification settings, and the choices they have."""

from __future__ import annotations

import base64
import datetime as dt
import uuid
from dataclasses import dataclass

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key
from django.conf import settings

from clinic.models import CaregiverGrant, User
from clinic.rls import Now
from tracking.models import CalendarFeed, Channel, PhoneNumber, PushSubscription, ReachWishes


def offered() -> tuple[Channel, ...]:
    """The channels this Littlefoot has: e-mail always, the others where they are set up."""
    return (
        Channel.EMAIL,
        *([Channel.WEB_PUSH] if settings.VAPID_PRIVATE_KEY else []),
        *([Channel.SMS] if settings.SMS_GATEWAY_URL else []),
    )


def push_key() -> str:
    """What a browser subscribes with: the public half of our key, in base64url; empty: there is no push."""
    if not settings.VAPID_PRIVATE_KEY:
        return ""
    key = load_pem_private_key(settings.VAPID_PRIVATE_KEY.encode(), None).public_key()
    point = key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return base64.urlsafe_b64encode(point).rstrip(b"=").decode()


@dataclass(frozen=True, slots=True)
class OwnBrowser:
    """A browser that takes pushes, by what it is called."""

    id: uuid.UUID
    device: str
    made_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Ways:
    """One's own ways to be reached, and what could be chosen. `phone` is a number or empty.

    `wishes` are as they were said, or what holds for who said none. `ready` are the channels that lead
    somewhere now, of those that are `offered`. `calendar_since` None: no calendar reads along. `push_key` is
    what a browser subscribes with, empty: no push here. `is_caregiver`: there is a child whose reminders and
    quiet times could be theirs.
    """

    wishes: ReachWishes
    offered: tuple[Channel, ...]
    email: str
    is_email_verified: bool
    phone: str
    is_phone_verified: bool
    waits_for_code: bool
    browsers: tuple[OwnBrowser, ...]
    calendar_since: dt.datetime | None
    push_key: str
    is_caregiver: bool

    @property
    def ready(self) -> tuple[Channel, ...]:
        leads = {
            Channel.EMAIL: self.is_email_verified,
            Channel.WEB_PUSH: bool(self.browsers),
            Channel.SMS: self.is_phone_verified,
        }
        return tuple(channel for channel in self.offered if leads[channel])


def ways_of(user: User) -> Ways:
    """How somebody is reached, as they read it themselves."""
    phone = PhoneNumber.objects.filter(user=user).first()
    waiting = PhoneNumber.objects.filter(user=user, code_expires_at__gt=Now()).exclude(code_hash="")
    browsers = PushSubscription.objects.filter(user=user).order_by("-made_at", "-id")
    calendar = CalendarFeed.objects.filter(user=user, revoked_at__isnull=True).first()
    return Ways(
        wishes=ReachWishes.objects.filter(user=user).first() or ReachWishes(),
        offered=offered(),
        email=user.email or "",
        is_email_verified=user.email_verified_at is not None,
        phone=phone.number if phone else "",
        is_phone_verified=phone is not None and phone.verified_at is not None,
        waits_for_code=waiting.exists(),
        browsers=tuple(OwnBrowser(one.pk, one.device, one.made_at) for one in browsers),
        calendar_since=calendar.made_at if calendar else None,
        push_key=push_key(),
        is_caregiver=CaregiverGrant.objects.valid().filter(user=user).exists(),
    )
