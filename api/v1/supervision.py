"""The supervision log: written by the supervisor, read by both."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import DayField, IdField, Input, LanguageField, TextField, WholeField
from api.resources import Resource
from clinic import access
from clinic.models import Clinic
from clinic.policy import roles_in
from clinic.vocabulary import Role
from tracking import policy
from tracking.readings import supervision as reading
from tracking.readings.supervision import SupervisionLine
from tracking.services import supervising


class SupervisionIn(Input):
    """One conversation with somebody you supervise."""

    person = IdField()
    on = DayField()
    minutes = WholeField(min_value=1, max_value=600)
    discussed = TextField(max_length=supervising.LONGEST, default="", help_text="For the two of you.")
    language = LanguageField(default="", help_text="Empty: the one you read.")


class SupervisionLineOut(serializers.Serializer[Any]):
    """One conversation."""

    on = serializers.DateField()
    minutes = serializers.IntegerField()
    supervisor = serializers.CharField()
    discussed = serializers.CharField(allow_blank=True, help_text="Empty for who was not part of it.")
    language = serializers.CharField(allow_blank=True)


class SupervisionLogOut(serializers.Serializer[Any]):
    """Of one person, newest first."""

    person = serializers.UUIDField()
    name = serializers.CharField()
    minutes = serializers.IntegerField()
    lines = SupervisionLineOut(many=True)


class SupervisedOut(serializers.Serializer[Any]):
    """Somebody whom you supervise."""

    id = serializers.UUIDField()
    name = serializers.CharField()


class SupervisionLogsOut(serializers.Serializer[Any]):
    """Whom you supervise, and what was written down about it."""

    supervised = SupervisedOut(many=True, help_text="Who works under you today.")
    items = SupervisionLogOut(many=True)


class SupervisionLogs(Resource):
    """The logs you have a part in; for an owner the days and minutes of all."""

    @extend_schema(operation_id="list_supervision", responses=SupervisionLogsOut, tags=["supervision"])
    def get(self, request: Request, clinic: str) -> Response:  # noqa: ARG002  # DRF's signature
        of = self.fetch_clinic(clinic)
        access.demand(policy.may_use_cosigning, self.by, of)
        return self.answer(of)

    @extend_schema(
        operation_id="log_supervision",
        request=SupervisionIn,
        responses={201: SupervisionLogsOut},
        tags=["supervision"],
    )
    def post(self, request: Request, clinic: str) -> Response:  # noqa: ARG002  # DRF's signature
        """What was talked about on a day; written once."""
        of = self.fetch_clinic(clinic)
        access.demand(policy.may_use_cosigning, self.by, of)
        sent = self.read(SupervisionIn)
        person = reading.supervised_person(self.by, of, sent.pop("person"))
        supervising.log_supervision(by=self.by, clinic=of, person=person, now=self.now, **sent)
        answer = self.answer(of)
        answer.status_code = 201
        return answer

    def answer(self, clinic: Clinic) -> Response:
        is_owner = Role.OWNER in roles_in(self.by, clinic)
        logs = reading.logs_of(self.by, clinic, is_owner=is_owner)
        people = reading.supervised_by(self.by, clinic)
        return Response(
            {
                "supervised": [{"id": one.pk, "name": one.name} for one in people],
                "items": [
                    {
                        "person": log.person,
                        "name": log.name,
                        "minutes": log.minutes,
                        "lines": [_line(line) for line in log.lines],
                    }
                    for log in logs
                ],
            }
        )


def _line(line: SupervisionLine) -> dict[str, Any]:
    return {name: getattr(line, name) for name in SupervisionLineOut._declared_fields}
