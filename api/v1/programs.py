"""A child's home programs: what is prescribed, step by step, with the words to say."""

from __future__ import annotations

import dataclasses
import datetime as dt
import uuid
from typing import Any

from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.resources import Resource
from api.v1.media import MediaOut, in_programs
from clinic import access
from clinic.errors import Unseen
from clinic.models import Child
from clinic.vocabulary import AuditCode
from tracking.models import HomeProgram, ProgramPause, ProgramState
from tracking.readings import programs
from tracking.readings.family_words import own_words_of
from tracking.readings.program_versions import VersionReading
from tracking.readings.programs import ProgramReading
from tracking.readings.sight import Sight
from tracking.readings.teaching import teaching_in_sight
from tracking.services.pausing import day_of
from tracking.vocabulary.body import Side
from tracking.vocabulary.programs import (
    AmountKind,
    ChangeKind,
    FrequencyPer,
    Phase,
    ProductKind,
    Provider,
    StepKind,
)


def _one_of(codes: Any, **kwargs: Any) -> serializers.ChoiceField:
    return serializers.ChoiceField([str(code) for code in codes], **kwargs)


def _words(**kwargs: Any) -> serializers.CharField:
    return serializers.CharField(allow_blank=True, **kwargs)


class StepOut(serializers.Serializer[Any]):
    """One step of the routine, with its words in the language asked for."""

    id = serializers.UUIDField(help_text="Name it as `step` in a session.")
    order = serializers.IntegerField()
    kind = _one_of(StepKind)
    stroke = _words(help_text="A stroke's slug; empty for other kinds.")
    stroke_version = serializers.UUIDField(allow_null=True)
    name = serializers.CharField()
    region = _words()
    side = _one_of(Side)
    is_side_specific = serializers.BooleanField()
    seconds = serializers.IntegerField(help_text="Seconds in all, both sides together, from 0.")
    repetitions = serializers.IntegerField(
        allow_null=True, help_text="How many, from 1; null: fewest to most."
    )
    fewest_repetitions = serializers.IntegerField(allow_null=True)
    most_repetitions = serializers.IntegerField(allow_null=True)
    pressure = _words()
    pressure_text = _words()
    contact = _words()
    position = _words()
    instruction = _words()
    words_to_say = _words()
    words_language = _words(help_text="Of words of the family's own; empty: the language asked for.")
    has_own_words = serializers.BooleanField(help_text="The words are the family's own.")
    recording = serializers.UUIDField(
        allow_null=True, help_text="Your household's voice is at /words/{stroke}/recording."
    )
    verse = _words(help_text="To sing, for its part of the body.")
    verse_language = _words()
    verse_recording = serializers.UUIDField(allow_null=True)
    verse_tune = _words()
    precautions = serializers.ListField(child=serializers.CharField())
    note = _words(help_text="The therapist's.")
    library_note = _words()
    opens_in_week = serializers.IntegerField(allow_null=True)
    opens_when_taught = serializers.BooleanField()
    is_open = serializers.BooleanField(
        help_text="Whether it belongs to your routine this week, and was shown to you if that is asked."
    )
    media = MediaOut(many=True)


class SlotOut(serializers.Serializer[Any]):
    """A place in the day."""

    number = serializers.IntegerField(help_text="A number from 1: send it as `slot` with a session.")
    anchor = serializers.CharField()
    anchor_name = _words()
    label = serializers.CharField()  # type: ignore[assignment]  # a name of ours


class ScheduleOut(serializers.Serializer[Any]):
    """How often one provider does it."""

    id = serializers.UUIDField()
    provider = _one_of(Provider)
    phase = _one_of(Phase)
    per = _one_of(FrequencyPer)
    count = serializers.IntegerField()
    count_kind = _one_of(AmountKind)
    most = serializers.IntegerField(allow_null=True)
    weekdays = serializers.ListField(
        child=serializers.IntegerField(), help_text="Numbers from 0, which is Monday, to 6."
    )
    minutes = serializers.IntegerField(allow_null=True)
    minutes_kind = _one_of(AmountKind)
    rounds = serializers.IntegerField(help_text="How many passes of the steps fill the minutes, from 1.")
    slots = SlotOut(many=True)


class ConflictOut(serializers.Serializer[Any]):
    """What has to be heeded with this child."""

    code = serializers.CharField()
    how = serializers.CharField()
    why = serializers.CharField()
    stroke = _words()
    region = _words()
    orders = serializers.ListField(child=serializers.IntegerField(), help_text="The steps it concerns.")
    sentence = serializers.CharField()
    is_block = serializers.BooleanField()
    is_open = serializers.BooleanField()
    reason = _words(help_text="The therapist's, to the care team alone.")
    acknowledged_at = serializers.DateTimeField(allow_null=True)


class AdoptionOut(serializers.Serializer[Any]):
    """Who adopted the clinical wording for the clinic."""

    name = serializers.CharField()
    credential = serializers.CharField()
    at = serializers.DateTimeField()


class VersionOut(serializers.Serializer[Any]):
    """A published version never changes; a draft is the care team's alone."""

    id = serializers.UUIDField(help_text="Send it as `program_version` with a session.")
    number = serializers.IntegerField()
    change_kind = _one_of(ChangeKind)
    phase_number = serializers.IntegerField()
    phase_name = _words()
    baseline_starts_on = serializers.DateField(allow_null=True)
    starts_on = serializers.DateField()
    effective_on = serializers.DateField(allow_null=True)
    ends_on = serializers.DateField(allow_null=True)
    published_at = serializers.DateTimeField(allow_null=True)
    published_by = _words()
    drafted_by = serializers.CharField()
    sentence = _words(help_text="The prescription in one sentence.")
    sentences = serializers.ListField(child=serializers.CharField())
    note = _words(help_text="To the family.")
    target_states = serializers.ListField(child=serializers.CharField())
    product_kind = _one_of(ProductKind)
    product_name = _words()
    product_patch_tested_on = serializers.DateField(allow_null=True)
    lights_out_within_minutes = serializers.IntegerField(allow_null=True)
    schedules = ScheduleOut(many=True)
    steps = StepOut(many=True)
    one_pass_seconds = serializers.IntegerField()
    one_pass_minutes = serializers.IntegerField()
    conflicts = ConflictOut(many=True)
    safe_sleep = _words(help_text="Show it with the routine; empty where it does not apply.")
    stop_rule = _words()
    asks_before = serializers.ListField(
        child=serializers.CharField(), help_text="What to look at before each session."
    )
    adopted = AdoptionOut(allow_null=True, help_text="null: the library's words are draft wording.")


class PhaseLineOut(serializers.Serializer[Any]):
    """One published version in the list of them."""

    version = serializers.UUIDField()
    number = serializers.IntegerField()
    change_kind = _one_of(ChangeKind)
    phase_number = serializers.IntegerField()
    phase_name = _words()
    effective_on = serializers.DateField(allow_null=True)
    published_at = serializers.DateTimeField()
    published_by = _words()


class PauseOut(serializers.Serializer[Any]):
    """Days on which nothing is asked for, both ends included."""

    id = serializers.UUIDField()
    from_on = serializers.DateField()
    until_on = serializers.DateField(allow_null=True, help_text="null: until it is ended.")
    reason = serializers.CharField()
    was_told_late = serializers.BooleanField()
    covers_today = serializers.BooleanField()


class ProgramHeadOut(serializers.Serializer[Any]):
    """A program without its steps."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    title_language = serializers.CharField(allow_blank=True)
    state = serializers.ChoiceField(ProgramState.values)
    is_waitlist = serializers.BooleanField(help_text="Diary only; nothing is prescribed yet.")
    lock_version = serializers.IntegerField()
    week = serializers.IntegerField(allow_null=True)
    weeks = serializers.IntegerField(
        allow_null=True, help_text="How many in all, from 1; null while it has no end."
    )
    is_paused = serializers.BooleanField()
    ended_on = serializers.DateField(allow_null=True)
    end_reason = _words()
    sentence = _words(help_text="What runs, or is drafted, in one sentence.")
    current_version = serializers.UUIDField(allow_null=True)
    versions = PhaseLineOut(many=True)
    pauses = PauseOut(many=True)


class ProgramOut(ProgramHeadOut):
    """A program with the version that runs, and for the care team its draft."""

    current = VersionOut(allow_null=True)
    draft = VersionOut(allow_null=True)


class ProgramsOut(serializers.Serializer[Any]):
    """Programs in sight, newest first."""

    items = ProgramHeadOut(many=True)


class ProgramResource(Resource):
    """What programs are read with: the reader's day and language, and whether they are of the team."""

    def reading(self, child: Child, sight: Sight) -> dict[str, Any]:
        own = own_words_of(self.by, child, sight.family_id)
        return {
            "today": self.today(child),
            "language": get_language(),
            "for_team": sight.is_team,
            "teaching": teaching_in_sight(child, sight),
            "own": own,
        }

    def today(self, child: Child) -> dt.date:
        return day_of(self.by, child, self.now)

    def fetch_program(self, pk: uuid.UUID, child: Child) -> HomeProgram:
        program: HomeProgram = access.fetch(HomeProgram.objects.filter(child=child), self.by, pk=pk)
        program.child = child
        return program

    def fetch_pause(self, pk: uuid.UUID, program: HomeProgram) -> ProgramPause:
        pause = programs.pause_of(program, pk)
        if pause is None:
            raise Unseen
        return pause


class Programs(ProgramResource):
    """A child's programs."""

    is_kept = True

    @extend_schema(operation_id="list_programs", responses=ProgramsOut, tags=["programs"])
    def get(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002  # DRF's signature
        """What runs, then drafts, then what ended."""
        about, sight = self.fetch_record(child, viewed=AuditCode.VIEWED_PROGRAM)
        seen = programs.programs_of(self.by, about)
        readings = programs.read_programs(about, seen, **self.reading(about, sight))
        return Response({"items": [_head(reading) for reading in readings]})


class Program(ProgramResource):
    """One program."""

    is_kept = True

    @extend_schema(operation_id="get_program", responses=ProgramOut, tags=["programs"])
    def get(self, request: Request, child: uuid.UUID, program: uuid.UUID) -> Response:  # noqa: ARG002
        """With every step and the words to say."""
        about, sight = self.fetch_record(child, viewed=AuditCode.VIEWED_PROGRAM)
        found = self.fetch_program(program, about)
        reading = programs.read_program(found, **self.reading(about, sight))
        return Response(
            _head(reading)
            | {"current": _version(about, reading.current), "draft": _version(about, reading.draft)}
        )


class Version(ProgramResource):
    """One version of a program."""

    is_kept = True

    @extend_schema(operation_id="get_program_version", responses=VersionOut, tags=["programs"])
    def get(
        self,
        request: Request,  # noqa: ARG002  # DRF's signature
        child: uuid.UUID,
        program: uuid.UUID,
        version: uuid.UUID,
    ) -> Response:
        """Older ones too: what an entry answered."""
        about, sight = self.fetch_record(child, viewed=AuditCode.VIEWED_PROGRAM)
        found = self.fetch_program(program, about)
        reading = programs.read_version(found, version, **self.reading(about, sight))
        if reading is None:
            raise Unseen
        return Response(_version(about, reading))


def _version(child: Child, reading: VersionReading | None) -> VersionReading | None:
    """The version with the addresses of its steps' pictures and clips."""
    if reading is None:
        return None
    steps = (dataclasses.replace(step, media=in_programs(child.pk, step.media)) for step in reading.steps)
    return dataclasses.replace(reading, steps=tuple(steps))


def _head(reading: ProgramReading) -> dict[str, Any]:
    shown = reading.current or reading.draft
    head = {
        field.name: getattr(reading, field.name)
        for field in dataclasses.fields(reading)
        if field.name not in ("child_id", "current", "draft", "proposal", "phases")
    }
    return head | {
        "sentence": shown.sentence if shown else "",
        "current_version": reading.current.id if reading.current else None,
        "versions": reading.phases,
    }
