"""A person's own notification settings: by which channel, when not, and in which browsers."""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import uuid

from cryptography.hazmat.primitives.asymmetric import ec
from django.core import signing
from django.db import transaction

from clinic import audit, rls
from clinic.errors import Conflict, Invalid, Unseen
from clinic.models import CaregiverGrant, ClinicMembership, User
from clinic.services import values
from clinic.vocabulary import AuditCode
from tracking.models import CalendarFeed, Channel, PhoneNumber, PushSubscription, ReachWishes
from tracking.models.reaching import Browser
from tracking.readings.reaching import offered
from tracking.reminders.channels import endpoints
from tracking.reminders.channels.email import STOPPING
from tracking.reminders.reach import reach_of

MOST_BROWSERS = 10
"""Of one person, the latest."""

LONGEST_DEVICE = 60


class ChannelNotReady(Conflict):
    """This channel leads nowhere yet: the number is not verified, or no browser accepts pushes."""

    code = "channel_not_ready"


@transaction.atomic
def say_wishes(
    *,
    by: User,
    reminders_by: str,
    notices_by: str,
    quiet_from: dt.time,
    quiet_until: dt.time,
    now: dt.datetime,
) -> ReachWishes:
    """By what one is reminded and told news (empty: not at all), and when one is left alone.

    The same time twice: no quiet hours. What is planned goes by it too. Raises Invalid for a channel that is
    not offered here, ChannelNotReady (409) for one that leads nowhere yet.
    """
    ready = reach_of([by.pk])[by.pk].addresses
    for field, wish in (("reminders_by", reminders_by), ("notices_by", notices_by)):
        if wish and wish not in offered():
            raise Invalid(field=field, allowed=[str(one) for one in offered()])
        if wish and wish != Channel.EMAIL and wish not in ready:
            raise ChannelNotReady(field=field)
    wishes, _ = ReachWishes.objects.update_or_create(
        user=by,
        defaults={
            "reminders_by": reminders_by,
            "notices_by": notices_by,
            "quiet_from": quiet_from,
            "quiet_until": quiet_until,
            "updated_at": now,
        },
    )
    _tell("wishes", by, now)
    return wishes


@transaction.atomic
def stop_by_mail(*, token: str, now: dt.datetime) -> User:
    """Nothing like the mail that carried the token comes to its reader any more, by no channel.

    Whoever has the mail may, signed in or not; its reader takes it back on their own page. Once is enough.
    Raises Unseen for what is no such token.
    """
    user, field = read_stopping(token=token)
    with rls.acting_as(user):
        wishes, _ = ReachWishes.objects.get_or_create(user=user, defaults={"updated_at": now})
        setattr(wishes, field, "")
        wishes.updated_at = now
        wishes.save(update_fields=[field, "updated_at"])
        _tell("stopped_by_mail", user, now)
    return user


def read_stopping(*, token: str) -> tuple[User, str]:
    """Whose mail a token came with, and the wish it would end. Raises Unseen."""
    try:
        user_id, field = signing.loads(token, salt=STOPPING)
    except (signing.BadSignature, ValueError):
        raise Unseen from None
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None:
        raise Unseen
    return user, str(field)


# ---- browsers ----------------------------------------------------------------------------------------------


@transaction.atomic
def add_browser(
    *, by: User, endpoint: str, p256dh: str, auth: str, device: str = "", now: dt.datetime
) -> PushSubscription:
    """A browser that takes pushes for oneself from now on, and for nobody who used it before.

    Said again it is still one. Raises Invalid, naming `endpoint` or a key.
    """
    try:
        provider = endpoints.provider_of(endpoint)
    except endpoints.EndpointRefused:
        raise Invalid(field="endpoint", allowed="push_service") from None
    _demand_keys(p256dh, auth)
    device = values.words(device, "device", longest=LONGEST_DEVICE)
    kept = PushSubscription(user=by, provider=provider, device=device, made_at=now)
    kept.keep(Browser(endpoint, p256dh, auth))
    with rls.helped_by("reminders"):
        PushSubscription.objects.filter(endpoint_hash=kept.endpoint_hash).delete()
    kept.save(force_insert=True)
    beyond = PushSubscription.objects.filter(user=by).order_by("-made_at", "-id")[MOST_BROWSERS:]
    PushSubscription.objects.filter(pk__in=[one.pk for one in beyond]).delete()
    _tell("browser_added", by, now)
    return kept


@transaction.atomic
def remove_browser(*, by: User, browser: uuid.UUID, now: dt.datetime) -> None:
    """Nothing is pushed there any more. Raises Unseen for one that is not one's own."""
    if not PushSubscription.objects.filter(user=by, pk=browser).delete()[0]:
        raise Unseen
    _tell("browser_removed", by, now)


def _demand_keys(p256dh: str, auth: str) -> None:
    """Raises Invalid unless something can be encrypted for these keys."""
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _raw(p256dh))
    except ValueError:
        raise Invalid(field="p256dh", allowed="push_key") from None
    try:
        is_whole = len(_raw(auth)) == 16
    except ValueError:
        is_whole = False
    if not is_whole:
        raise Invalid(field="auth", allowed="push_key")


def _raw(text: str) -> bytes:
    """Raises ValueError for what is not base64url."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError from error


# ---- who cares for nobody any more -------------------------------------------------------------------------


@rls.helped_by("reminders")
def forget_ways(*, user: User, now: dt.datetime) -> None:
    """Drop the browsers and the calendar of somebody who cares for no child and works nowhere any more.

    For whoever cares for another child, nothing of this one goes there: each message asks for itself.
    """
    cares = CaregiverGrant.objects.valid().filter(user=user).exists()
    if cares or ClinicMembership.objects.active().filter(user=user).exists():
        return
    PushSubscription.objects.filter(user=user).delete()
    PhoneNumber.objects.filter(user=user).delete()
    CalendarFeed.objects.filter(user=user, revoked_at__isnull=True).update(revoked_at=now)


def _tell(change: str, by: User, now: dt.datetime) -> None:
    audit.record(AuditCode.CHANGED_ACCOUNT, by=by, now=now, clinic_id=None, subject=by, detail=change)
