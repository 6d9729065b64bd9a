"""A household's own reminder settings: when, where, for whom; and what comes next.

Other households and staff cannot read them.
"""

from __future__ import annotations

import uuid
from dataclasses import asdict
from typing import Any

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import DayField, IdField, Input, TruthField, WholeField
from api.resources import Resource
from clinic import access
from clinic.errors import Forbidden, Unseen
from clinic.models import Child, Family
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.models import ReminderRule
from tracking.readings.own import grant_to
from tracking.reminders.shown import HouseholdReminders, ShownReminder, reminders_of
from tracking.services import household, putting_off

MOST_CARERS = 50

IF_MATCH = OpenApiParameter(
    "If-Match", OpenApiTypes.STR, OpenApiParameter.HEADER, required=True, description='`"lock_version"`'
)


class ReminderIn(Input):
    """What of it is changed; what is not sent stays as it is."""

    is_on = TruthField(required=False, help_text="Whether this home is reminded of the slot.")
    weekdays = serializers.ListField(
        child=WholeField(min_value=0, max_value=6),
        required=False,
        max_length=7,
        help_text="Numbers from 0, which is Monday, to 6; none: every day the program asks.",
    )
    paused_through = DayField(required=False, allow_null=True, help_text="The last day; null: no pause.")
    only_on_home_days = TruthField(required=False, help_text="Not while the child sleeps elsewhere.")
    recipients = serializers.ListField(
        child=IdField(), required=False, max_length=MOST_CARERS, help_text="Grants of those it reaches."
    )


class OwnReminderIn(Input):
    """Whether it reaches you."""

    is_reminded = TruthField(help_text="Your own wish.")


class ReminderPauseIn(Input):
    """A rest from all reminders about the child in this home."""

    through = DayField(allow_null=True, help_text="The last day of it; null: they go on.")


class ReminderRecipientOut(serializers.Serializer[Any]):
    """Somebody of the household."""

    grant_id = serializers.UUIDField(help_text="Of their access to the child: send it in `recipients`.")
    name = serializers.CharField(help_text="Their name.")
    is_me = serializers.BooleanField(help_text="It is you.")
    is_reminded = serializers.BooleanField(help_text="It reaches them.")
    is_own_wish = serializers.BooleanField(help_text="They wish not to be; nobody else takes that back.")


class ReminderOut(serializers.Serializer[Any]):
    """The reminder of one slot of a running program."""

    id = serializers.UUIDField(help_text="Of the reminder.")
    lock_version = serializers.IntegerField(
        help_text="Which state of it this is, from 0: send it as If-Match with a change."
    )
    program_title = serializers.CharField(help_text="What the program is called, for people.")
    title_language = serializers.CharField(help_text="Of the title, a BCP 47 tag; empty: not known.")
    slot = serializers.IntegerField(help_text="Its place in the day, a number from 1.")
    anchor = serializers.CharField(help_text="The part of the day, of the list `anchors`.")
    anchor_name = serializers.CharField(help_text="In the family's words; empty: none.")
    is_diary = serializers.BooleanField(help_text="Of the diary before the program, not of a massage.")
    at = serializers.TimeField(allow_null=True, help_text="The household's time; null: none, no reminder.")
    is_on = serializers.BooleanField(help_text="This home is reminded of it.")
    asked_weekdays = serializers.ListField(
        child=serializers.IntegerField(),
        help_text="Weekdays the program asks on, numbers from 0, which is Monday, to 6.",
    )
    weekdays = serializers.ListField(
        child=serializers.IntegerField(),
        help_text="Those of them the household wants, numbers from 0, which is Monday, to 6.",
    )
    paused_through = serializers.DateField(allow_null=True, help_text="The last day; null: no pause.")
    only_on_home_days = serializers.BooleanField(help_text="Not while the child sleeps elsewhere.")
    rests = serializers.BooleanField(
        help_text="Nobody answered for some days: nothing comes until somebody logs or brings it back."
    )
    next_at = serializers.DateTimeField(
        allow_null=True, help_text="When you are reminded next; null: not in the weeks to come."
    )
    may_put_off = serializers.BooleanField(help_text="You may ask for the one you got again.")
    is_hushed = serializers.BooleanField(help_text="By your quiet hours, or your channel, it never comes.")
    recipients = ReminderRecipientOut(many=True, help_text="The whole home for its guardians, else you.")


class RemindersOut(serializers.Serializer[Any]):
    """The reminders about a child in your household."""

    rests = serializers.BooleanField(help_text="Some of them wait to be brought back.")
    paused_through = serializers.DateField(
        allow_null=True, help_text="All of them rest up to this day; null: they do not."
    )
    leads_nowhere = serializers.BooleanField(
        help_text="None reaches you: no address of yours is known to be read."
    )
    items = ReminderOut(many=True, help_text="In the order of the day.")


class _OwnHome(Resource):
    """Addresses of one's own household's reminders."""

    def enter(self, child: uuid.UUID) -> tuple[Child, Family]:
        """Raises Unseen for whoever does not care for the child."""
        about = self.fetch_child(child)
        grant = grant_to(self.by, about)
        if grant is None:
            raise Unseen
        return about, grant.family

    def rule(self, about: Child, family: Family, pk: uuid.UUID) -> ReminderRule:
        rule: ReminderRule = access.fetch(ReminderRule.objects, self.by, pk=pk, child=about, family=family)
        return rule

    def demand_guardian(self, about: Child, family: Family) -> None:
        if not policy.may_change_reminders(self.by, about, family):
            raise Forbidden

    def told(self, about: Child, family: Family) -> HouseholdReminders:
        return reminders_of(self.by, about, family, now=self.now)

    def answer(self, about: Child, family: Family, pk: uuid.UUID) -> Response:
        """One reminder as it is now. Raises Unseen where its program does not run any more."""
        for one in self.told(about, family).reminders:
            if one.rule_id == pk:
                return Response(_item(one), headers={"ETag": f'"{one.lock_version}"'})
        raise Unseen


class Reminders(_OwnHome):
    """The reminders of one's own household."""

    @extend_schema(operation_id="list_reminders", responses=RemindersOut, tags=["reminders"])
    def get(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002  # DRF's signature
        """In the order of the day, each with when it comes next."""
        about, family = self.enter(child)
        self.write_read(AuditCode.VIEWED_CHILD)
        return _answer(self.told(about, family))


class Reminder(_OwnHome):
    """One of them."""

    @extend_schema(
        operation_id="change_reminder",
        parameters=[IF_MATCH],
        request=ReminderIn,
        responses=ReminderOut,
        tags=["reminders"],
    )
    def patch(self, request: Request, child: uuid.UUID, reminder: uuid.UUID) -> Response:  # noqa: ARG002
        """Its guardians' to say; a reminder that rests begins again."""
        about, family = self.enter(child)
        rule = self.rule(about, family, reminder)
        access.demand(policy.may_change_reminder, self.by, rule)
        lock_version = self.revision_asked()
        sent = self.read(ReminderIn)
        household.change_reminder(by=self.by, rule=rule, lock_version=lock_version, now=self.now, **sent)
        return self.answer(about, family, rule.pk)


class OwnReminder(_OwnHome):
    """Whether a reminder reaches oneself."""

    @extend_schema(
        operation_id="mute_reminder", request=OwnReminderIn, responses={200: ReminderOut}, tags=["reminders"]
    )
    def put(self, request: Request, child: uuid.UUID, reminder: uuid.UUID) -> Response:  # noqa: ARG002
        """Everybody's own wish, whatever a guardian chose; the others are still reminded."""
        about, family = self.enter(child)
        rule = self.rule(about, family, reminder)
        is_reminded = self.read(OwnReminderIn)["is_reminded"]
        household.mute_rule(by=self.by, rule=rule, is_muted=not is_reminded, now=self.now)
        return self.answer(about, family, rule.pk)


class ReminderAgain(_OwnHome):
    """A reminder that came at a bad moment."""

    @extend_schema(
        operation_id="put_off_reminder", request=None, responses={200: ReminderOut}, tags=["reminders"]
    )
    def post(self, request: Request, child: uuid.UUID, reminder: uuid.UUID) -> Response:  # noqa: ARG002
        """Again in half an hour, for you alone, twice at most; silent if somebody logs before."""
        about, family = self.enter(child)
        rule = self.rule(about, family, reminder)
        putting_off.put_off(by=self.by, rule=rule, now=self.now)
        return self.answer(about, family, rule.pk)


class ReminderPause(_OwnHome):
    """A rest from reminders; the program goes on."""

    @extend_schema(
        operation_id="pause_reminders",
        request=ReminderPauseIn,
        responses={200: RemindersOut},
        tags=["reminders"],
    )
    def put(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002  # DRF's signature
        """All of this home's, up to and including a day."""
        about, family = self.enter(child)
        self.demand_guardian(about, family)
        through = self.read(ReminderPauseIn)["through"]
        household.pause_reminders(by=self.by, child=about, family=family, through=through, now=self.now)
        return _answer(self.told(about, family))


class RemindersBack(_OwnHome):
    """Reminders that rest because nobody answered."""

    @extend_schema(
        operation_id="bring_reminders_back", request=None, responses={200: RemindersOut}, tags=["reminders"]
    )
    def post(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002  # DRF's signature
        """They begin again, and so does the count."""
        about, family = self.enter(child)
        self.demand_guardian(about, family)
        household.bring_back(by=self.by, child=about, family=family, now=self.now)
        return _answer(self.told(about, family))


def _answer(told: HouseholdReminders) -> Response:
    items = [_item(one) for one in told.reminders]
    return Response(
        {
            "rests": told.rests,
            "paused_through": told.paused_through,
            "leads_nowhere": told.leads_nowhere,
            "items": items,
        }
    )


def _item(one: ShownReminder) -> dict[str, Any]:
    values = asdict(one)
    return {"id": values.pop("rule_id"), "slot": values.pop("slot_number"), **values}
