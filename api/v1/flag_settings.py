"""A clinic's flag settings: opening hours, response times and readers, thresholds, disabled flags, texts.

All staff read them and owners change them; a text is written and adopted by someone who may answer for it.
Nothing is overwritten: each change applies from now on, so no request has to name the state it changes.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.fields import (
    ClockField,
    DayField,
    IdField,
    Input,
    LanguageField,
    NumberField,
    TextField,
    TruthField,
    WholeField,
)
from api.resources import Resource
from clinic import access
from clinic.errors import Unseen
from clinic.models import Clinic, User
from tracking import policy
from tracking.models import ClinicClosure
from tracking.readings.flag_readers import owner_of
from tracking.readings.flag_settings import closures_in_force, settings_of
from tracking.response_times import MOST_MINUTES, OpenHours
from tracking.services import flag_settings
from tracking.thresholds import SETTINGS
from tracking.vocabulary.concerns import FlagCode, Severity
from tracking.vocabulary.flags import SAID_TO_FAMILIES, ReaderKind

READERS = [str(one) for one in ReaderKind]
SEVERITIES = [str(one) for one in Severity]


class OpenIn(Input):
    """A stretch of a weekday on which somebody is there."""

    weekday = WholeField(min_value=0, max_value=6, help_text="A number from 0, which is Monday, to 6.")
    opens = ClockField()
    closes = ClockField()


class HoursIn(Input):
    """When somebody is there, all of a week."""

    hours = serializers.ListField(
        child=OpenIn(), min_length=1, max_length=flag_settings.MOST_HOURS_A_WEEK, help_text="All of a week."
    )


class ClosureIn(Input):
    """Days on which nobody is there, both ends included."""

    from_on = DayField()
    until_on = DayField(required=False, allow_null=True, default=None, help_text="Absent: that one day.")
    reason = TextField(max_length=300, default="")


class ResponseIn(Input):
    """Who reads flags of one severity, and how soon."""

    within_minutes = WholeField(
        min_value=5, max_value=max(MOST_MINUTES.values()), help_text="Minutes of clinic hours, from 5."
    )
    readers = serializers.ListField(
        child=serializers.ChoiceField(READERS), min_length=1, max_length=len(READERS), help_text="In order."
    )
    owner = IdField(
        required=False, allow_null=True, default=None, help_text="The one owner who reads; null: every owner."
    )


class NumbersIn(Input):
    """Those that change; null goes back to the default."""

    values = serializers.DictField(
        child=NumberField(min_value=0, max_value=max(one.most for one in SETTINGS.values()), allow_null=True),
        help_text="By `name`.",
    )


class SwitchIn(Input):
    """Whether a rule looks."""

    is_on = TruthField()
    reason = TextField(
        max_length=300, default="", help_text="Needed, in 20 characters, to switch a medical one off."
    )


class TextIn(Input):
    """A wording, for families."""

    text = TextField(max_length=flag_settings.LONGEST_TEXT, allow_blank=False)
    language = LanguageField(default="", help_text="Empty: the clinic's.")


class AdoptionIn(TextIn):
    """The wording as a therapist of the clinic answers for it."""

    credential = TextField(max_length=60, allow_blank=False, help_text="One of yours, under which you adopt.")


class OpenOut(serializers.Serializer[Any]):
    """A stretch of a weekday on which somebody is there."""

    weekday = serializers.IntegerField()
    opens = serializers.TimeField()
    closes = serializers.TimeField()


class ClosureOut(serializers.Serializer[Any]):
    """Days on which nobody is there, both ends included."""

    id = serializers.UUIDField()
    from_on = serializers.DateField()
    until_on = serializers.DateField()
    reason = serializers.CharField(allow_blank=True)
    language = serializers.CharField(allow_blank=True)


class ResponseOut(serializers.Serializer[Any]):
    """Who reads flags of one severity, and how soon."""

    severity = serializers.ChoiceField(SEVERITIES)
    within_minutes = serializers.IntegerField(help_text="Minutes of clinic hours, from 5.")
    readers = serializers.ListField(child=serializers.ChoiceField(READERS), help_text="In order.")
    owner = serializers.UUIDField(allow_null=True, help_text="null: every owner.")


class NumberOut(serializers.Serializer[Any]):
    """One number that a rule goes by."""

    name = serializers.CharField()
    code = serializers.CharField(help_text="Of `flag_codes`: the flag that goes by it.")
    value = serializers.FloatField()
    default = serializers.FloatField()
    least = serializers.FloatField()
    most = serializers.FloatField()
    is_set = serializers.BooleanField(help_text="The clinic's own number.")


class OffOut(serializers.Serializer[Any]):
    """A rule that is switched off, by whom and why."""

    code = serializers.CharField(help_text="Of `flag_codes`.")
    reason = serializers.CharField(allow_blank=True)
    language = serializers.CharField(allow_blank=True)
    set_by = serializers.CharField(source="set_by.name")
    set_at = serializers.DateTimeField()


class AdoptedTextOut(serializers.Serializer[Any]):
    """The wording that families read now, and who answers for it."""

    text = serializers.CharField()
    language = serializers.CharField()
    name = serializers.CharField()
    credential = serializers.CharField()
    at = serializers.DateTimeField()


class FlagTextOut(serializers.Serializer[Any]):
    """What families are to read about a flag; only what is adopted is read."""

    code = serializers.CharField(help_text="Of `flag_codes`.")
    text = serializers.CharField(help_text="As it was worded last.")
    language = serializers.CharField()
    is_adopted = serializers.BooleanField(help_text="`text` itself is.")
    adopted = AdoptedTextOut(allow_null=True, help_text="What families read; null: nothing.")


class FlagSettingsOut(serializers.Serializer[Any]):
    """All that is in force now."""

    hours = OpenOut(many=True)
    is_usual = serializers.BooleanField(help_text="The clinic has set no hours of its own.")
    closures = ClosureOut(many=True)
    responses = ResponseOut(many=True)
    numbers = NumberOut(many=True)
    off = OffOut(many=True)
    texts = FlagTextOut(many=True)


class FlagSettingsResource(Resource):
    def fetch_to_change(
        self, slug: str, may: Callable[[User, Clinic], bool] = policy.may_change_flag_settings
    ) -> Clinic:
        clinic = self.fetch_clinic(slug)
        access.demand(may, self.by, clinic)
        return clinic

    def answer(self, clinic: Clinic, *, status: int = 200) -> Response:
        """As it stands now."""
        return Response(FlagSettingsOut(settings_of(clinic)).data, status=status)


class FlagSettings(FlagSettingsResource):
    """What is set."""

    @extend_schema(operation_id="get_flag_settings", responses=FlagSettingsOut, tags=["flag settings"])
    def get(self, request: Request, clinic: str) -> Response:  # noqa: ARG002  # DRF's signature
        return self.answer(self.fetch_clinic(clinic))


class FlagHours(FlagSettingsResource):
    """When the clinic is open."""

    @extend_schema(
        operation_id="put_flag_hours", request=HoursIn, responses=FlagSettingsOut, tags=["flag settings"]
    )
    def put(self, request: Request, clinic: str) -> Response:  # noqa: ARG002  # DRF's signature
        """Instead of those before, for flags from now on."""
        of = self.fetch_to_change(clinic)
        hours = [OpenHours(**one) for one in self.read(HoursIn)["hours"]]
        flag_settings.set_hours(by=self.by, clinic=of, hours=hours, now=self.now)
        return self.answer(of)


class FlagClosures(FlagSettingsResource):
    """Days on which it is closed."""

    @extend_schema(
        operation_id="add_closure",
        request=ClosureIn,
        responses={201: FlagSettingsOut},
        tags=["flag settings"],
    )
    def post(self, request: Request, clinic: str) -> Response:  # noqa: ARG002  # DRF's signature
        of = self.fetch_to_change(clinic)
        flag_settings.add_closure(by=self.by, clinic=of, now=self.now, **self.read(ClosureIn))
        return self.answer(of, status=201)


class FlagClosure(FlagSettingsResource):
    """Some of them."""

    @extend_schema(
        operation_id="end_closure", request=None, responses={200: FlagSettingsOut}, tags=["flag settings"]
    )
    def delete(self, request: Request, clinic: str, closure: uuid.UUID) -> Response:  # noqa: ARG002
        """The clinic is open on these days after all."""
        of = self.fetch_to_change(clinic)
        flag_settings.end_closure(by=self.by, closure=_closure(of, closure), now=self.now)
        return self.answer(of)


class FlagResponseTo(FlagSettingsResource):
    """How soon flags of a severity are looked at, and by whom."""

    @extend_schema(
        operation_id="put_flag_response",
        request=ResponseIn,
        responses=FlagSettingsOut,
        tags=["flag settings"],
    )
    def put(self, request: Request, clinic: str, severity: str) -> Response:  # noqa: ARG002
        """409 `nobody_reads` where an urgent one would be left without a reader."""
        of = self.fetch_to_change(clinic)
        known = _known(severity, frozenset(Severity))
        sent = self.read(ResponseIn)
        owner = owner_of(of, sent.pop("owner"))
        flag_settings.set_response(by=self.by, clinic=of, severity=known, owner=owner, now=self.now, **sent)
        return self.answer(of)


class FlagNumbers(FlagSettingsResource):
    """The numbers of the rules."""

    @extend_schema(
        operation_id="change_flag_numbers",
        request=NumbersIn,
        responses=FlagSettingsOut,
        tags=["flag settings"],
    )
    def patch(self, request: Request, clinic: str) -> Response:  # noqa: ARG002  # DRF's signature
        of = self.fetch_to_change(clinic)
        flag_settings.set_thresholds(by=self.by, clinic=of, now=self.now, **self.read(NumbersIn))
        return self.answer(of)


class FlagSwitched(FlagSettingsResource):
    """Whether a rule is on."""

    @extend_schema(
        operation_id="switch_flag", request=SwitchIn, responses=FlagSettingsOut, tags=["flag settings"]
    )
    def put(self, request: Request, clinic: str, code: str) -> Response:  # noqa: ARG002
        of = self.fetch_to_change(clinic)
        known = _known(code, frozenset(FlagCode))
        flag_settings.switch_flag(by=self.by, clinic=of, code=known, now=self.now, **self.read(SwitchIn))
        return self.answer(of)


class FlagText(FlagSettingsResource):
    """What families are to read about a flag."""

    @extend_schema(
        operation_id="write_flag_text", request=TextIn, responses=FlagSettingsOut, tags=["flag settings"]
    )
    def put(self, request: Request, clinic: str, code: str) -> Response:  # noqa: ARG002
        """The next wording: a draft, which no family reads."""
        of = self.fetch_to_change(clinic, policy.may_write_flag_text)
        known = _known(code, SAID_TO_FAMILIES)
        told = _told(of, self.read(TextIn))
        flag_settings.write_text(by=self.by, clinic=of, code=known, now=self.now, **told)
        return self.answer(of)


class FlagTextAdoption(FlagSettingsResource):
    """Who answers for it."""

    @extend_schema(
        operation_id="adopt_flag_text",
        request=AdoptionIn,
        responses=FlagSettingsOut,
        tags=["flag settings"],
    )
    def put(self, request: Request, clinic: str, code: str) -> Response:  # noqa: ARG002
        """The wording as you send it, under your name, credential and this day: families read it now."""
        of = self.fetch_to_change(clinic, policy.may_adopt_flag_text)
        known = _known(code, SAID_TO_FAMILIES)
        told = _told(of, self.read(AdoptionIn))
        flag_settings.write_and_adopt_text(by=self.by, clinic=of, code=known, now=self.now, **told)
        return self.answer(of)


def _known(told: str, among: frozenset[Any]) -> str:
    """The code of an address. Raises Unseen for one that is not among these."""
    if told not in among:
        raise Unseen
    return told


def _told(clinic: Clinic, sent: dict[str, Any]) -> dict[str, Any]:
    return sent | {"language": sent["language"] or clinic.locale}


def _closure(clinic: Clinic, pk: uuid.UUID) -> ClinicClosure:
    for one in closures_in_force([clinic.pk]):
        if one.pk == pk:
            return one
    raise Unseen
