"""Where the child is according to one's own household, and days that may be excluded.

About another household it says only that the child is there.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import DayField, Input, TruthField, WholeField
from api.resources import Resource
from clinic import access
from clinic.errors import Unseen
from clinic.models import Child, Family
from clinic.vocabulary import AuditCode
from tracking.readings.home_days import HomeDayHere, home_days
from tracking.services import excusing, homes


class HomeDayIn(Input):
    """Whether the child is here on a day."""

    is_here = TruthField(help_text="Of one's own household, and of its side alone.")


class HomeWeekIn(Input):
    """From a day on."""

    weekdays = serializers.ListField(
        child=WholeField(min_value=0, max_value=6),
        max_length=7,
        help_text="Numbers from 0, which is Monday, to 6.",
    )
    from_on = DayField()


class HomeDayOut(serializers.Serializer[Any]):
    """One day. `said` is your own household's word, null: none."""

    on = serializers.DateField()
    is_here = serializers.BooleanField()
    is_own = serializers.BooleanField(help_text="By the week it is your household's.")
    said = serializers.BooleanField(allow_null=True)
    is_claimed = serializers.BooleanField(help_text="Another home would like this day of yours.")
    is_settled = serializers.BooleanField(help_text="The clinic said where the child is.")
    is_at_odds = serializers.BooleanField(help_text="The homes contradict each other; the week stands.")
    is_excused = serializers.BooleanField(help_text="The day is left out of what was asked.")
    may_be_excused = serializers.BooleanField(help_text="One tap leaves it out.")


class HomeDaysOut(serializers.Serializer[Any]):
    """The days to come, as your household sees them."""

    has_others = serializers.BooleanField(help_text="The child has another home too.")
    weekdays = serializers.ListField(
        child=serializers.IntegerField(), help_text="0 is Monday; none: every day."
    )
    items = HomeDayOut(many=True)


class HomeDays(Resource):
    """The days around today at one's own household."""

    @extend_schema(operation_id="list_home_days", responses=HomeDaysOut, tags=["home days"])
    def get(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002  # DRF's signature
        """A week back and two ahead, in order."""
        about, family = _own(self, child)
        self.write_read(AuditCode.VIEWED_CHILD)
        told = home_days(about, family, now=self.now)
        days = [*reversed(told.past), *told.coming]
        return Response(
            {
                "has_others": told.has_others,
                "weekdays": told.weekdays,
                "items": [_answer(day) for day in days],
            }
        )


class HomeWeek(Resource):
    """The weekdays of one's own household."""

    @extend_schema(
        operation_id="put_home_week", request=HomeWeekIn, responses={204: None}, tags=["home days"]
    )
    def put(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002  # DRF's signature
        """From a day on, by its guardians; days gone by stay, another home's days are not to be taken."""
        about, family = _own(self, child)
        home = about.homes.select_related("child__clinic", "family").get(family=family)
        homes.change_own_week(by=self.by, home=home, now=self.now, **self.read(HomeWeekIn))
        return Response(status=204)


class HomeDay(Resource):
    """One of them."""

    is_queued = True

    @extend_schema(operation_id="put_home_day", request=HomeDayIn, responses={204: None}, tags=["home days"])
    def put(self, request: Request, child: uuid.UUID, on: dt.date) -> Response:  # noqa: ARG002
        """Its guardians' to say; reminders follow the child."""
        about, family = _own(self, child)
        return self._say(about, family, on, self.read(HomeDayIn)["is_here"])

    @extend_schema(operation_id="take_back_home_day", request=None, responses={204: None}, tags=["home days"])
    def delete(self, request: Request, child: uuid.UUID, on: dt.date) -> Response:  # noqa: ARG002
        """As the week says."""
        about, family = _own(self, child)
        return self._say(about, family, on, None)

    def _say(self, about: Child, family: Family, on: dt.date, is_here: bool | None) -> Response:
        homes.say_home_on(by=self.by, child=about, family=family, on=on, is_here=is_here, now=self.now)
        return Response(status=204)


class ExcusedDay(Resource):
    """A day left out of what was asked, where nobody at that home had been shown the routine."""

    is_queued = True

    @extend_schema(operation_id="excuse_day", request=None, responses={204: None}, tags=["home days"])
    def put(self, request: Request, child: uuid.UUID, on: dt.date) -> Response:  # noqa: ARG002
        """What was logged that day stays and counts; 409 `somebody_was_shown` where it is not offered."""
        return self._call(excusing.excuse_day, child, on)

    @extend_schema(
        operation_id="take_back_excused_day", request=None, responses={204: None}, tags=["home days"]
    )
    def delete(self, request: Request, child: uuid.UUID, on: dt.date) -> Response:  # noqa: ARG002
        """It is asked for again."""
        return self._call(excusing.take_back_excuse, child, on)

    def _call(self, verb: Callable[..., object], child: uuid.UUID, on: dt.date) -> Response:
        about, _ = self.fetch_record(child)
        verb(by=self.by, child=about, on=on, now=self.now)
        return Response(status=204)


def _own(view: Resource, pk: uuid.UUID) -> tuple[Child, Family]:
    """The child, and the household through which the asker cares for it. Raises Unseen for anybody else."""
    about, here = view.fetch_record(pk)
    if here.family_id is None:
        raise Unseen
    family: Family = access.fetch(Family.objects.lived_in_by(view.by), view.by, pk=here.family_id)
    return about, family


def _answer(day: HomeDayHere) -> dict[str, Any]:
    return asdict(day)
