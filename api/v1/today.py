"""What is due today in one's household, and what is done."""

from __future__ import annotations

import uuid
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from api.resources import Resource
from api.v1.ask_plan import AskedOut, asked_out
from api.v1.bedtimes import BEDTIME, BedtimeOut
from api.v1.entries import ByOut, byline
from api.v1.observations import OBSERVATION, ObservationOut
from api.v1.sessions import SESSION, SessionOut
from api.v1.signs import SignOut
from api.v1.signs import answer as sign_answer
from api.v1.stimulus_days import STIMULUS_DAY, StimulusDayOut
from clinic.vocabulary import AuditCode, StopSensitivity
from tracking.models import Contact
from tracking.outcomes.summaries import NOfN
from tracking.readings import today
from tracking.readings.after_care import CARE_HAS_ENDED, Ended
from tracking.readings.checkins import CheckInDue
from tracking.readings.today import SlotDone, TodayProgram, TodaySlot
from tracking.vocabulary.concerns import FlagCode, Severity
from tracking.vocabulary.contacts import ContactKind
from tracking.vocabulary.programs import Phase, SessionOutcome
from tracking.wording.care import care_has_ended


class NOfNOut(serializers.Serializer[Any]):
    """“4 of the last 7 evenings”: never told as a share."""

    count = serializers.IntegerField()
    of = serializers.IntegerField()


class SlotDoneOut(serializers.Serializer[Any]):
    """What filled a slot; `session` is null where you may know that it happened and nothing more."""

    outcome = serializers.ChoiceField([str(one) for one in SessionOutcome])
    by = ByOut()
    session = serializers.UUIDField(allow_null=True)


class TodaySlotOut(serializers.Serializer[Any]):
    """A place in today."""

    slot = serializers.IntegerField(help_text="Its number, from 1: send it with the session.")
    anchor = serializers.CharField()
    anchor_name = serializers.CharField(allow_blank=True, help_text="The family's word, for `other`.")
    clock_time = serializers.TimeField(allow_null=True, help_text="Your household's usual time for it.")
    at = serializers.DateTimeField(allow_null=True)
    is_suggested = serializers.BooleanField(help_text="Any day of the week will do; today is one of them.")
    done = SlotDoneOut(allow_null=True)


class TodayProgramOut(serializers.Serializer[Any]):
    """One running program today."""

    program = serializers.UUIDField()
    program_version = serializers.UUIDField()
    version_number = serializers.IntegerField()
    title = serializers.CharField()
    title_language = serializers.CharField(allow_blank=True)
    phase = serializers.ChoiceField([str(one) for one in Phase], allow_null=True)
    week = serializers.IntegerField(allow_null=True)
    weeks_in_all = serializers.IntegerField(allow_null=True)
    is_paused = serializers.BooleanField()
    minutes = serializers.IntegerField(allow_null=True)
    minutes_kind = serializers.CharField(allow_blank=True)
    target_states = serializers.ListField(child=serializers.CharField())
    slots = TodaySlotOut(many=True)
    extra = SlotDoneOut(many=True, help_text="Done today beside the slots.")
    recent = NOfNOut(allow_null=True, help_text="Of the last seven days that were asked for.")
    is_evenings = serializers.BooleanField(help_text="Say evenings, not days.")
    week_done = NOfNOut(allow_null=True, help_text="Of this program week, where it counts by the week.")


class AskedStimulusOut(serializers.Serializer[Any]):
    """A touch that is asked about today."""

    tracked_stimulus = serializers.UUIDField()
    stimulus = serializers.CharField()
    label = serializers.CharField(allow_blank=True)  # type: ignore[assignment]  # a name of ours
    came_up = serializers.BooleanField(allow_null=True, help_text="null: not answered yet.")
    answer = StimulusDayOut(allow_null=True)


class NextContactOut(serializers.Serializer[Any]):
    """A visit or call to come."""

    kind = serializers.ChoiceField([str(one) for one in ContactKind])
    starts_at = serializers.DateTimeField()
    minutes = serializers.IntegerField(allow_null=True)
    therapist = serializers.CharField(allow_blank=True)


class EndedOut(serializers.Serializer[Any]):
    """Care that has ended, and what the family was given to go on with."""

    code = serializers.ChoiceField([CARE_HAS_ENDED])
    said = serializers.CharField(help_text="The same as a sentence, in your language.")
    on = serializers.DateField()
    words = serializers.CharField(allow_blank=True)
    summary = serializers.CharField(allow_blank=True, help_text="For guardians; empty for others.")
    language = serializers.CharField(allow_blank=True)
    program = serializers.UUIDField(allow_null=True, help_text="Its steps may go on, without reminders.")
    follow_up_on = serializers.DateField(allow_null=True)


class FlagAdviceOut(serializers.Serializer[Any]):
    """Words of your clinic about something that was noted: show them as they are, first of all."""

    code = serializers.ChoiceField([str(one) for one in FlagCode])
    severity = serializers.ChoiceField([str(one) for one in Severity], help_text="Most urgent first.")
    text = serializers.CharField(help_text="Adopted by the clinic; no draft wording is ever sent.")
    language = serializers.CharField(help_text="What it is written in.")
    region = serializers.CharField(allow_blank=True, help_text="The part of the body it is about.")
    may_pause = serializers.BooleanField(help_text="Offer to pause the program in one tap.")


class TodayOut(serializers.Serializer[Any]):
    """A child's day in your household."""

    child = serializers.UUIDField()
    child_name = serializers.CharField()
    household = serializers.UUIDField(allow_null=True)
    zone = serializers.CharField()
    on = serializers.DateField(help_text="Today, in that zone.")
    night = serializers.DateField(help_text="The evening tonight belongs to; until 11:59 the one before.")
    is_here = serializers.BooleanField(help_text="Whether the child is at this household today.")
    is_resting = serializers.BooleanField(help_text="Nothing is asked for.")
    ended = EndedOut(
        allow_null=True,
        help_text="Care has ended: what is logged is kept, flagged `after_discharge` for later days.",
    )
    signs = SignOut(many=True, help_text="The child's own, to be offered before all other cues.")
    stop_sensitivity = serializers.ChoiceField([str(one) for one in StopSensitivity])
    precautions = serializers.ListField(child=serializers.CharField())
    advice = FlagAdviceOut(many=True)
    is_product_withdrawn = serializers.BooleanField(
        help_text="Products are put away until the clinic has looked at a skin reaction: offer none."
    )
    programs = TodayProgramOut(many=True)
    sessions = SessionOut(many=True)
    bedtime = BedtimeOut(allow_null=True)
    observations = ObservationOut(many=True)
    asked = AskedStimulusOut(many=True)
    plan = AskedOut(help_text="What is asked today besides the touches in `asked`; nothing else is.")
    check_in = serializers.ChoiceField(
        [str(one) for one in CheckInDue], help_text="Your own of this week: offer it once while it is `due`."
    )
    is_quiet = serializers.BooleanField(help_text="You are not up to it tonight: offer nothing more.")
    unread_count = serializers.IntegerField(help_text="How many messages, 0 or more.")
    safe_sleep = serializers.CharField(
        allow_blank=True, help_text="Show it at the end of the evening; empty where it does not apply."
    )
    next_contact = NextContactOut(allow_null=True, help_text="The next visit or call; null: none is planned.")


class Today(Resource):
    """What is due today."""

    is_kept = True

    @extend_schema(operation_id="get_today", responses=TodayOut, tags=["today"])
    def get(self, request: Request, child: uuid.UUID) -> Response:  # noqa: ARG002  # DRF's signature
        """What is due and done for a child, in your household; for staff, at the child's home."""
        about, sight = self.fetch_record(child, viewed=AuditCode.VIEWED_DIARY)
        return Response(_answer(today.today(self.by, about, now=self.now, sight=sight)))


def _answer(day: today.Today) -> dict[str, Any]:
    return {
        "child": day.child_id,
        "child_name": day.child_name,
        "household": day.family_id,
        "zone": day.zone,
        "on": day.on,
        "night": day.night,
        "is_here": day.is_here,
        "is_resting": day.is_resting,
        "ended": day.ended and _ended(day.ended),
        "signs": [sign_answer(sign) for sign in day.signs],
        "stop_sensitivity": day.stop_sensitivity,
        "precautions": day.precautions,
        "advice": [
            {
                "code": one.code,
                "severity": one.severity,
                "text": one.text,
                "language": one.language,
                "region": one.region,
                "may_pause": one.may_pause,
            }
            for one in day.spoken.advice
        ],
        "is_product_withdrawn": day.spoken.is_product_withdrawn,
        "programs": [_program(program) for program in day.programs],
        "sessions": [SESSION.answer(entry) for entry in day.sessions],
        "bedtime": day.bedtime and BEDTIME.answer(day.bedtime),
        "observations": [OBSERVATION.answer(entry) for entry in day.observations],
        "asked": [
            {
                "tracked_stimulus": asked.id,
                "stimulus": asked.stimulus,
                "label": asked.label,
                "came_up": asked.came_up,
                "answer": asked.answer and STIMULUS_DAY.answer(asked.answer),
            }
            for asked in day.asked
        ],
        "plan": asked_out(day.plan),
        "check_in": day.check_in,
        "is_quiet": day.is_quiet,
        "unread_count": day.unread_count,
        "safe_sleep": day.safe_sleep,
        "next_contact": day.next_contact and _next_contact(day.next_contact),
    }


def _ended(ended: Ended) -> dict[str, Any]:
    return {
        "code": CARE_HAS_ENDED,
        "said": care_has_ended(ended.on),
        "on": ended.on,
        "words": ended.words,
        "summary": ended.summary,
        "language": ended.language,
        "program": ended.program,
        "follow_up_on": ended.follow_up_on,
    }


def _next_contact(contact: Contact) -> dict[str, Any]:
    return {
        "kind": contact.kind,
        "starts_at": contact.starts_at,
        "minutes": contact.minutes,
        "therapist": contact.therapist.name if contact.therapist else "",
    }


def _program(program: TodayProgram) -> dict[str, Any]:
    return {
        "program": program.program_id,
        "program_version": program.version_id,
        "version_number": program.version_number,
        "title": program.title,
        "title_language": program.title_language,
        "phase": program.phase,
        "week": program.week,
        "weeks_in_all": program.weeks_in_all,
        "is_paused": program.is_paused,
        "minutes": program.minutes,
        "minutes_kind": program.minutes_kind,
        "target_states": program.target_states,
        "slots": [_slot(slot) for slot in program.slots],
        "extra": [_done(done) for done in program.extra],
        "recent": _n_of_n(program.recent),
        "is_evenings": program.is_evenings,
        "week_done": _n_of_n(program.week_done),
    }


def _slot(slot: TodaySlot) -> dict[str, Any]:
    return {
        "slot": slot.number,
        "anchor": slot.anchor,
        "anchor_name": slot.anchor_name,
        "clock_time": slot.clock_time,
        "at": slot.at,
        "is_suggested": slot.is_suggested,
        "done": slot.done and _done(slot.done),
    }


def _done(done: SlotDone) -> dict[str, Any]:
    return {"outcome": done.outcome, "by": byline(done.by), "session": done.entry}


def _n_of_n(n_of_n: NOfN | None) -> dict[str, int] | None:
    return None if n_of_n is None else {"count": n_of_n.count, "of": n_of_n.of}
