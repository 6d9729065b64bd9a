"""A person's coming quiet times as a calendar (RFC 5545), without names or health.

It shows when the programs of their households ask for a massage, as long as those households want reminders;
nothing about a child who is in hospital or has died. It contains no alarms.
"""

from __future__ import annotations

import datetime as dt
import urllib.parse
import uuid
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext, override
from icalendar import Calendar, Event

from clinic import localtime
from clinic.models import CaregiverGrant, Child, User
from tracking.models import ReminderRule
from tracking.reminders.asking import Asking
from tracking.reminders.planning import place_of

SHOWN = 28
"""Days, from today on."""

LASTS = dt.timedelta(minutes=20)
"""How much of an evening is kept free. Our own."""

READ_AGAIN = dt.timedelta(hours=4)


def calendar_of(user: User, *, now: dt.datetime) -> bytes:
    """The calendar as bytes, the same for the same times on the same day."""
    moments = _moments(user, now)
    calendar = Calendar()
    calendar.add("prodid", "-//Littlefoot//Quiet times//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    with override(user.locale or settings.LANGUAGE_CODE):
        summary = gettext("Quiet time together")
    calendar.add("x-wr-calname", summary)
    calendar.add("refresh-interval", READ_AGAIN, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", READ_AGAIN)
    host = urllib.parse.urlsplit(settings.PUBLIC_URL).hostname
    for key in sorted(moments, key=lambda one: (moments[one], str(one))):
        event = Event()
        event.add("uid", f"{key}@{host}")
        event.add("dtstamp", now.replace(hour=0, minute=0, second=0, microsecond=0))
        event.add("dtstart", moments[key])
        event.add("dtend", moments[key] + LASTS)
        event.add("summary", summary)
        event.add("transp", "TRANSPARENT")
        event.add("class", "PRIVATE")
        calendar.add_component(event)
    calendar.add_missing_timezones()
    told: bytes = calendar.to_ical()
    return told


def _moments(user: User, now: dt.datetime) -> dict[uuid.UUID, dt.datetime]:
    """When there is a quiet time, with the household's zone, by a key that stays the same when it moves.

    One for each household, day and routine, however many children share it.
    """
    grants = CaregiverGrant.objects.valid().filter(user=user)
    cared_for = set(grants.values_list("child_id", "family_id"))
    undisturbed = Child.objects.cared_for_by(user).undisturbed().not_archived()
    rules = ReminderRule.objects.filter(child__in=undisturbed, is_on=True).exclude(mutes__user=user)
    places = [place_of(rule) for rule in rules.order_by("id") if (rule.child_id, rule.family_id) in cared_for]
    asking = Asking(places)
    found: dict[uuid.UUID, dt.datetime] = {}
    for place in places:
        zone = asking.zones[place.family_id]
        today = localtime.local_day(now, zone)
        for day in (today + dt.timedelta(days=number) for number in range(SHOWN)):
            schedule = asking.schedule_on(place, day)
            due = asking.due_at(place, day)
            if schedule is None or due is None or asking.is_diary(place, day) or asking.refusal(place, day):
                continue
            anchor = next(slot.anchor for slot in schedule.slots if slot.number == place.slot_number)
            found[uuid.uuid5(place.family_id, f"{day}/{anchor}")] = due.astimezone(ZoneInfo(zone))
    return found
