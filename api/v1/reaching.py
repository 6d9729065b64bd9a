"""One's own notification settings: channels, quiet hours, browsers, phone number, calendar."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import ClockField, Input, TextField
from api.resources import Resource, address_of
from clinic.services import accounts
from tracking.models import Channel
from tracking.models.reaching import NIGHT_FROM, NIGHT_UNTIL
from tracking.readings.reaching import Ways, ways_of
from tracking.reminders.channels import endpoints
from tracking.services import calendars, phones, reaching

CHANNELS = [str(one) for one in Channel]


class WishesIn(Input):
    """By what you are reminded and told news, and when you are left alone; all of it."""

    reminders_by = serializers.ChoiceField(CHANNELS, allow_blank=True, help_text="Empty: not at all.")
    notices_by = serializers.ChoiceField(CHANNELS, allow_blank=True, help_text="Empty: not at all.")
    quiet_from = ClockField(default=NIGHT_FROM, help_text="By the clock where you are; may be after the end.")
    quiet_until = ClockField(default=NIGHT_UNTIL, help_text="The same as the beginning: no quiet hours.")


class BrowserIn(Input):
    """What a browser gives with its subscription (`PushSubscription.toJSON`)."""

    endpoint = TextField(max_length=endpoints.LONGEST, help_text="Where its pushes are sent.")
    p256dh = TextField(max_length=100, help_text="Of its `keys`, base64url.")
    auth = TextField(max_length=40, help_text="Of its `keys`, base64url.")
    device = TextField(
        max_length=reaching.LONGEST_DEVICE, required=False, default="", allow_blank=True, help_text="Yours."
    )


class NumberIn(Input):
    """A phone number."""

    number = TextField(max_length=40, help_text="With its country, such as +1 555 010 0123.")


class CodeIn(Input):
    """The code that was sent to the number."""

    code = TextField(max_length=40, help_text="Eight digits, however they are grouped.")


class BrowserOut(serializers.Serializer[Any]):
    """A browser that takes pushes."""

    id = serializers.UUIDField()
    device = serializers.CharField(allow_blank=True, help_text="What you call it.")
    made_at = serializers.DateTimeField(help_text="When it subscribed.")


class CalendarOut(serializers.Serializer[Any]):
    """The secret address of your calendar."""

    address = serializers.URLField(help_text="Shown now and never again; whoever has it may read along.")


class WaysOut(serializers.Serializer[Any]):
    """How you are reached, and what could be chosen."""

    reminders_by = serializers.ChoiceField(CHANNELS, allow_blank=True, help_text="Empty: not at all.")
    notices_by = serializers.ChoiceField(CHANNELS, allow_blank=True, help_text="Empty: not at all.")
    quiet_from = serializers.TimeField(format="%H:%M", help_text="By the clock where you are.")
    quiet_until = serializers.TimeField(format="%H:%M", help_text="The same: no quiet hours.")
    offered = serializers.ListField(
        child=serializers.ChoiceField(CHANNELS), help_text="What this Littlefoot has."
    )
    ready = serializers.ListField(
        child=serializers.ChoiceField(CHANNELS), help_text="Of these, what leads to you now."
    )
    push_key = serializers.CharField(
        allow_blank=True, help_text="`applicationServerKey` to subscribe with; empty: no push here."
    )
    browsers = BrowserOut(many=True, help_text="Those that take pushes for you.")
    email = serializers.CharField(allow_blank=True, help_text="Empty: none.")
    is_email_verified = serializers.BooleanField(
        help_text="A link of a letter to it was followed; until then nothing is sent there."
    )
    phone = serializers.CharField(allow_blank=True, help_text="E.164; empty: none.")
    is_phone_verified = serializers.BooleanField(help_text="Its code was typed.")
    waits_for_code = serializers.BooleanField(help_text="Whether a code was sent that can still be typed.")
    calendar_since = serializers.DateTimeField(
        allow_null=True, help_text="Since when a calendar may read along; null: none may."
    )


class _Own(Resource):
    """One's own ways; no app of others is given them."""

    scope_to_read = scope_to_write = None

    def ways(self, status: int = 200) -> Response:
        return Response(_answer(ways_of(self.by)), status=status)


class Reaching(_Own):
    """How one is reached."""

    may_answer = ("409",)

    @extend_schema(operation_id="get_own_ways", responses=WaysOut, tags=["me"])
    def get(self, request: Request) -> Response:  # noqa: ARG002  # DRF's signature
        """Yours everywhere, whichever clinic writes."""
        return self.ways()

    @extend_schema(operation_id="put_own_wishes", request=WishesIn, responses=WaysOut, tags=["me"])
    def put(self, request: Request) -> Response:  # noqa: ARG002  # DRF's signature
        """What is on its way goes by it too. A channel that leads nowhere any more gives way to e-mail; one
        that leads nowhere yet is not taken (409 `channel_not_ready`).
        """
        reaching.say_wishes(by=self.by, now=self.now, **self.read(WishesIn))
        return self.ways()


class AddressLetter(_Own):
    """The letter that asks whether one's e-mail address is read."""

    @extend_schema(
        operation_id="send_own_address_letter", request=None, responses={202: WaysOut}, tags=["me"]
    )
    def post(self, request: Request) -> Response:  # noqa: ARG002  # DRF's signature
        """Sent once more, unless the address is verified. Its link opens a page of ours."""
        accounts.ask_whether_address_is_read(by=self.by)
        return self.ways(202)


class Browsers(_Own):
    """Browsers that take pushes."""

    @extend_schema(
        operation_id="add_own_browser", request=BrowserIn, responses={201: BrowserOut}, tags=["me"]
    )
    def post(self, request: Request) -> Response:  # noqa: ARG002  # DRF's signature
        """From now on it takes pushes for you, and for nobody who used it before. The latest ten stay."""
        kept = reaching.add_browser(by=self.by, now=self.now, **self.read(BrowserIn))
        return Response(BrowserOut(kept).data, status=201)


class Browser(_Own):
    """One of them."""

    @extend_schema(operation_id="remove_own_browser", responses={204: None}, tags=["me"])
    def delete(self, request: Request, browser: uuid.UUID) -> Response:  # noqa: ARG002
        """Nothing is pushed there any more."""
        reaching.remove_browser(by=self.by, browser=browser, now=self.now)
        return Response(status=204)


class Phone(_Own):
    """One's phone number."""

    may_answer = ("404",)

    @extend_schema(operation_id="put_own_phone", request=NumberIn, responses={202: WaysOut}, tags=["me"])
    def put(self, request: Request) -> Response:
        """A code is sent there; typed, it makes the number yours. 404 where there are no text messages."""
        number = self.read(NumberIn)["number"]
        phones.say_number(by=self.by, number=number, address=address_of(request), now=self.now)
        return self.ways(202)

    @extend_schema(operation_id="delete_own_phone", responses={204: None}, tags=["me"])
    def delete(self, request: Request) -> Response:  # noqa: ARG002  # DRF's signature
        """No text message goes there any more."""
        phones.forget_number(by=self.by, now=self.now)
        return Response(status=204)


class PhoneCode(_Own):
    """The code that was sent to it."""

    may_answer = ("409",)

    @extend_schema(operation_id="confirm_own_phone", request=CodeIn, responses=WaysOut, tags=["me"])
    def post(self, request: Request) -> Response:  # noqa: ARG002  # DRF's signature
        """The number is yours from now on. 409 `code_opens_nothing` for any other code."""
        phones.confirm_number(by=self.by, code=self.read(CodeIn)["code"], now=self.now)
        return self.ways()


class OwnCalendar(_Own):
    """The calendar that reads along."""

    @extend_schema(operation_id="make_own_calendar", request=None, responses={201: CalendarOut}, tags=["me"])
    def post(self, request: Request) -> Response:  # noqa: ARG002  # DRF's signature
        """A new address for a calendar (iCalendar); a former one leads nowhere from now on."""
        token = calendars.make_calendar(by=self.by, now=self.now).token
        address = settings.PUBLIC_URL + reverse("calendar", kwargs={"calendar": token})
        return Response({"address": address}, status=201)

    @extend_schema(operation_id="end_own_calendar", responses={204: None}, tags=["me"])
    def delete(self, request: Request) -> Response:  # noqa: ARG002  # DRF's signature
        """The address leads nowhere from now on."""
        calendars.end_calendar(by=self.by, now=self.now)
        return Response(status=204)


def _answer(ways: Ways) -> dict[str, Any]:
    wishes = ways.wishes
    said: dict[str, Any] = WaysOut(
        {
            "reminders_by": wishes.reminders_by,
            "notices_by": wishes.notices_by,
            "quiet_from": wishes.quiet_from,
            "quiet_until": wishes.quiet_until,
            "offered": ways.offered,
            "ready": ways.ready,
            "push_key": ways.push_key,
            "browsers": ways.browsers,
            "email": ways.email,
            "is_email_verified": ways.is_email_verified,
            "phone": ways.phone,
            "is_phone_verified": ways.is_phone_verified,
            "waits_for_code": ways.waits_for_code,
            "calendar_since": ways.calendar_since,
        }
    ).data
    return said
