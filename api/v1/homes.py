"""Where a child usually is, and is on certain days, for staff who know all its homes.

A household speaks only for its own days (`home-week`, `home-days`); what the clinic says of a day overrides
it.
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import DayField, Input, VisibleRelatedField, WholeField
from api.resources import Resource
from clinic import policy
from clinic.errors import Unseen
from clinic.localtime import local_day
from clinic.models import Child, ChildHome, Family
from clinic.vocabulary import AuditCode
from tracking.readings.homes import homes_and_days
from tracking.services import homes


class WeekIn(Input):
    """The weekdays of a home from a day on; days gone by keep the week they had."""

    weekdays = serializers.ListField(
        child=WholeField(min_value=0, max_value=6), max_length=7, help_text="0 is Monday; none: every day."
    )
    from_on = DayField(required=False, allow_null=True, default=None, help_text="Absent: today.")


class WordIn(Input):
    """Where a child is on a day, as the clinic settles it."""

    household = VisibleRelatedField(
        lambda context: Family.objects.filter(child_homes__child=context["child"]),
        help_text="One of the child's.",
    )


class NextWeekOut(serializers.Serializer[Any]):
    """What a home's weekdays will be from a day on."""

    from_on = serializers.DateField()
    weekdays = serializers.ListField(child=serializers.IntegerField())


class HomeOut(serializers.Serializer[Any]):
    """A home, its weekdays of today's week, and what they will be."""

    id = serializers.UUIDField(source="home.pk")
    household = serializers.UUIDField(source="home.family_id")
    name = serializers.CharField(source="home.family.name")
    weekdays = serializers.ListField(
        child=serializers.IntegerField(), help_text="0 is Monday; none: every day."
    )
    next_weeks = NextWeekOut(many=True)


class SaidHereOut(serializers.Serializer[Any]):
    """One word about where the child is on a day."""

    household = serializers.UUIDField(source="family.pk")
    is_here = serializers.BooleanField()
    is_clinics = serializers.BooleanField(help_text="The clinic's word, which stands above all others.")


class SaidDayOut(serializers.Serializer[Any]):
    """A day of which something was said."""

    on = serializers.DateField()
    said = SaidHereOut(many=True)
    household = serializers.UUIDField(
        source="family.pk", allow_null=True, default=None, help_text="Where the child is; null: not certain."
    )
    is_at_odds = serializers.BooleanField(help_text="The homes contradict each other; the week stands.")


class HomesOut(serializers.Serializer[Any]):
    """A child's homes, and the days from today on of which something was said."""

    homes = HomeOut(many=True)
    days = SaidDayOut(many=True)


class _OfStaff(Resource):
    def fetch_for_homes(self, pk: uuid.UUID) -> Child:
        return self.fetch_child(pk, may=policy.may_change_homes)

    def answer(self, child: Child) -> Response:
        """As it stands now."""
        today = local_day(self.now, child.clinic.zone)
        return Response(HomesOut(homes_and_days(child, today=today)).data)


class Homes(_OfStaff):
    """All homes of a child."""

    @extend_schema(operation_id="list_homes", responses=HomesOut, tags=["homes"])
    def get(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002  # DRF's signature
        about = self.fetch_for_homes(child)
        self.write_read(AuditCode.VIEWED_CHILD)
        return self.answer(about)


class HomeWeek(_OfStaff):
    """The week of one home."""

    @extend_schema(operation_id="put_week_of_home", request=WeekIn, responses=HomesOut, tags=["homes"])
    def put(self, request: Request, child: uuid.UUID, home: uuid.UUID) -> Response:  # noqa: ARG002
        """Two homes may both have a day: the clinic knows, and asks nobody to choose."""
        about = self.fetch_for_homes(child)
        row: ChildHome | None = about.homes.select_related("child__clinic", "family").filter(pk=home).first()
        if row is None:
            raise Unseen
        homes.change_weekdays(by=self.by, home=row, now=self.now, **self.read(WeekIn))
        return self.answer(about)


class HomeWord(_OfStaff):
    """The clinic's word of one day."""

    @extend_schema(operation_id="put_home_word", request=WordIn, responses=HomesOut, tags=["homes"])
    def put(self, request: Request, child: uuid.UUID, on: dt.date) -> Response:  # noqa: ARG002
        """In which home the child is that day; reminders follow."""
        about = self.fetch_for_homes(child)
        return self._say(about, on, self.read(WordIn, child=about)["household"])

    @extend_schema(
        operation_id="take_back_home_word", request=None, responses={200: HomesOut}, tags=["homes"]
    )
    def delete(self, request: Request, child: uuid.UUID, on: dt.date) -> Response:  # noqa: ARG002
        """As the homes themselves say."""
        return self._say(self.fetch_for_homes(child), on, None)

    def _say(self, about: Child, on: dt.date, family: Family | None) -> Response:
        homes.set_home_on(by=self.by, child=about, on=on, family=family, now=self.now)
        return self.answer(about)
