"""Group classes, for the clinic's staff: dates, rosters, attendance, and what was shown.

Each reader sees the children of a roster they may know of. Families have no address here: their child's place
in a class is a contact of the child, like a visit, and reveals no other family.
"""

from __future__ import annotations

import uuid
from dataclasses import asdict
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import IdField, Input, InstantField, TextField, VisibleRelatedField, WholeField
from api.resources import Resource
from clinic import access
from clinic.errors import Unseen
from clinic.models import Child, Clinic
from tracking import policy
from tracking.models import ClassDate, GroupClass
from tracking.models.contacts import LONGEST_CONTACT_MINUTES
from tracking.readings import classes as reading
from tracking.services import classes
from tracking.services.classes import Came
from tracking.vocabulary.contacts import ContactState
from tracking.vocabulary.teaching import ShownWith, TaughtLevel

MOST_CHILDREN = 100
MOST_STROKES = 100
HOW_ONE_CAME = [str(ContactState.HAPPENED), str(ContactState.NO_SHOW), str(ContactState.CANCELLED)]


class ClassIn(Input):
    """A new class."""

    title = TextField(max_length=120, allow_blank=False, help_text="For staff; no family reads it.")
    led_by = IdField(help_text="A therapist of the clinic.")
    minutes = WholeField(min_value=1, max_value=LONGEST_CONTACT_MINUTES, default=60)
    label = IdField(required=False, allow_null=True, default=None)  # type: ignore[assignment]  # a name of ours


class ClassDateIn(Input):
    """A date, and what is shown that week."""

    starts_at = InstantField()
    preset = IdField(required=False, allow_null=True, default=None)


class ClassChildIn(Input):
    """A child that comes from now on."""

    child = VisibleRelatedField(lambda context: Child.objects.filter(clinic=context["clinic"]))


class CameIn(Input):
    """A child on a date."""

    child = IdField()
    state = serializers.ChoiceField(HOW_ONE_CAME, default=str(ContactState.HAPPENED))
    caregivers = serializers.ListField(
        child=IdField(), max_length=50, default=list, help_text="Grants of who came with the child."
    )
    name = TextField(max_length=120, default="", help_text="Of somebody without an account.")


class AttendanceIn(Input):
    """Who came, and what all of those there were shown."""

    came = serializers.ListField(child=CameIn(), min_length=1, max_length=MOST_CHILDREN)
    strokes = serializers.ListField(
        child=TextField(max_length=60),
        max_length=MOST_STROKES,
        default=list,
        help_text="Slugs, as a rule the date's own.",
    )
    level = serializers.ChoiceField([str(one) for one in TaughtLevel], default=str(TaughtLevel.SHOWN))
    shown_with = serializers.ChoiceField([str(one) for one in ShownWith], default=str(ShownWith.DOLL))


class ClassDateOut(serializers.Serializer[Any]):
    """A date of a class. It is open until it was held or called off."""

    id = serializers.UUIDField()
    starts_at = serializers.DateTimeField()
    preset = serializers.CharField(allow_blank=True, help_text="What is shown that week, by its name.")
    strokes = serializers.ListField(child=serializers.CharField(), help_text="Slugs of that preset.")
    is_held = serializers.BooleanField()
    is_called_off = serializers.BooleanField()


class ClassOut(serializers.Serializer[Any]):
    """A class and its dates, in order."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    led_by = serializers.CharField()
    minutes = serializers.IntegerField()
    dates = ClassDateOut(many=True)


class ClassesOut(serializers.Serializer[Any]):
    """Classes, newest first."""

    items = ClassOut(many=True)


class RosterCaregiverOut(serializers.Serializer[Any]):
    """Who may have come with a child."""

    grant = serializers.UUIDField()
    name = serializers.CharField()


class RosterLineOut(serializers.Serializer[Any]):
    """A child with a place; its caregivers for who treats it."""

    child = serializers.UUIDField()
    name = serializers.CharField()
    is_treated = serializers.BooleanField(help_text="You are of its team, and say whether it came.")
    caregivers = RosterCaregiverOut(many=True)
    state = serializers.ChoiceField(
        ["", *(str(one) for one in ContactState)], help_text="On the date asked about; else empty."
    )


class ClassWithRosterOut(ClassOut):
    """A class, and of its children those you may know of, by name."""

    roster = RosterLineOut(many=True)


class ClassDateWithRosterOut(ClassDateOut):
    """A date, and what became of it for each child you may know of."""

    roster = RosterLineOut(many=True)


class ClassResource(Resource):
    def fetch_class(self, clinic: str, group: uuid.UUID) -> GroupClass:
        of = self.fetch_clinic(clinic)
        row: GroupClass = access.fetch(
            GroupClass.objects.filter(clinic=of).select_related("led_by", "clinic"), self.by, pk=group
        )
        return row

    def fetch_to_change(self, clinic: str, group: uuid.UUID) -> GroupClass:
        row = self.fetch_class(clinic, group)
        access.demand(policy.may_change_class, self.by, row)
        return row

    def fetch_date(self, group: GroupClass, date: uuid.UUID) -> ClassDate:
        on: ClassDate | None = group.dates.filter(pk=date).first()
        if on is None:
            raise Unseen
        on.group_class = group
        return on

    def answer_class(self, group: GroupClass, *, status: int = 200) -> Response:
        seen = reading.one_class(group, language=self.language)
        roster = reading.roster_of(self.by, group)
        return Response(ClassWithRosterOut({**asdict(seen), "roster": roster}).data, status=status)

    def answer_date(self, on: ClassDate, *, status: int = 200) -> Response:
        dates = reading.one_class(on.group_class, language=self.language).dates
        seen = next(one for one in dates if one.id == on.pk)
        roster = reading.roster_of(self.by, on.group_class, on)
        return Response(ClassDateWithRosterOut({**asdict(seen), "roster": roster}).data, status=status)


class Classes(ClassResource):
    """The classes of a clinic."""

    @extend_schema(operation_id="list_classes", responses=ClassesOut, tags=["classes"])
    def get(self, request: Request, clinic: str) -> Response:  # noqa: ARG002  # DRF's signature
        """Those you lead, keep the calendar of, or have a child in; newest first."""
        seen = reading.classes_of(self.by, self.fetch_clinic(clinic), language=self.language)
        return Response(ClassesOut({"items": seen}).data)

    @extend_schema(
        operation_id="start_class", request=ClassIn, responses={201: ClassWithRosterOut}, tags=["classes"]
    )
    def post(self, request: Request, clinic: str) -> Response:  # noqa: ARG002  # DRF's signature
        """A class without dates or children yet."""
        of: Clinic = self.fetch_clinic(clinic)
        access.demand(policy.may_start_class, self.by, of)
        made = classes.start_class(by=self.by, clinic=of, now=self.now, **self.read(ClassIn))
        return self.answer_class(made, status=201)


class OneClass(ClassResource):
    """One class."""

    @extend_schema(operation_id="get_class", responses=ClassWithRosterOut, tags=["classes"])
    def get(self, request: Request, clinic: str, group: uuid.UUID) -> Response:  # noqa: ARG002
        """Its dates, and of its children those you may know of."""
        return self.answer_class(self.fetch_class(clinic, group))


class ClassChildren(ClassResource):
    """Who comes to a class."""

    @extend_schema(
        operation_id="join_class",
        request=ClassChildIn,
        responses={201: ClassWithRosterOut},
        tags=["classes"],
    )
    def post(self, request: Request, clinic: str, group: uuid.UUID) -> Response:  # noqa: ARG002
        """A child that its leader treats has a place from now on, and a contact for each date to come."""
        row = self.fetch_to_change(clinic, group)
        child = self.read(ClassChildIn, clinic=row.clinic)["child"]
        classes.join_class(by=self.by, group_class=row, child=child, now=self.now)
        return self.answer_class(row, status=201)


class ClassChild(ClassResource):
    """A child's place in a class."""

    @extend_schema(
        operation_id="leave_class", request=None, responses={200: ClassWithRosterOut}, tags=["classes"]
    )
    def delete(self, request: Request, clinic: str, group: uuid.UUID, child: uuid.UUID) -> Response:  # noqa: ARG002
        """It comes no more; what was planned for it is called off."""
        row = self.fetch_to_change(clinic, group)
        place = row.places.open().filter(child=self.fetch_child(child)).select_related("child").first()
        if place is None:
            raise Unseen
        place.group_class = row
        classes.leave_class(by=self.by, place=place, now=self.now)
        return self.answer_class(row)


class ClassDates(ClassResource):
    """The dates of a class."""

    @extend_schema(
        operation_id="add_class_date",
        request=ClassDateIn,
        responses={201: ClassDateWithRosterOut},
        tags=["classes"],
    )
    def post(self, request: Request, clinic: str, group: uuid.UUID) -> Response:  # noqa: ARG002
        """Another one, planned for every child of the class."""
        row = self.fetch_to_change(clinic, group)
        made = classes.add_date(by=self.by, group_class=row, now=self.now, **self.read(ClassDateIn))
        return self.answer_date(made, status=201)


class OneClassDate(ClassResource):
    """One date."""

    @extend_schema(operation_id="get_class_date", responses=ClassDateWithRosterOut, tags=["classes"])
    def get(self, request: Request, clinic: str, group: uuid.UUID, date: uuid.UUID) -> Response:  # noqa: ARG002
        """What was shown, and who came."""
        return self.answer_date(self.fetch_date(self.fetch_class(clinic, group), date))


class ClassAttendance(ClassResource):
    """Who came on a date."""

    @extend_schema(
        operation_id="hold_class_date",
        request=AttendanceIn,
        responses=ClassDateWithRosterOut,
        tags=["classes"],
    )
    def put(self, request: Request, clinic: str, group: uuid.UUID, date: uuid.UUID) -> Response:  # noqa: ARG002
        """In one step: a contact for each child, what those there were shown, and the steps this opens."""
        row = self.fetch_class(clinic, group)
        on = self.fetch_date(row, date)
        access.demand(policy.may_hold_class_date, self.by, row)
        sent = self.read(AttendanceIn)
        came = [Came(**one | {"caregivers": tuple(one["caregivers"])}) for one in sent.pop("came")]
        classes.hold_date(by=self.by, class_date=on, came=came, now=self.now, **sent)
        return self.answer_date(on)


class ClassCancellation(ClassResource):
    """No class on a date."""

    @extend_schema(
        operation_id="call_off_class_date",
        request=None,
        responses=ClassDateWithRosterOut,
        tags=["classes"],
    )
    def put(self, request: Request, clinic: str, group: uuid.UUID, date: uuid.UUID) -> Response:  # noqa: ARG002
        """Called off by the clinic, for every child."""
        on = self.fetch_date(self.fetch_to_change(clinic, group), date)
        classes.call_off(by=self.by, class_date=on, now=self.now)
        return self.answer_date(on)
