"""The labels of every code, in the language an app asked for (Accept-Language)."""

from __future__ import annotations

from enum import Enum, IntEnum
from typing import Any

from tracking.models import EntryDoor, ProgramState
from tracking.vocabulary import (
    asking,
    body,
    charts,
    concerns,
    contacts,
    cues,
    erasure,
    programs,
    reasons,
    reminders,
    sleep,
    states,
    supervision,
    teaching,
    touch,
)
from tracking.wording import labels

LISTS: dict[str, type[Enum]] = {
    # sessions
    "outcomes": programs.SessionOutcome,
    "ended_by": states.EndedBy,
    "not_today_reasons": reasons.NotTodayReason,
    "infant_states": states.InfantState,
    "arousal_levels": states.ArousalLevel,
    "cues": cues.Cue,
    "cue_families": cues.CueFamily,
    "cue_strengths": cues.CueStrength,
    "cue_moments": cues.CueMoment,
    "sign_meanings": cues.SignMeaning,
    "stop_advice": cues.StopAdvice,
    "product_kinds": programs.ProductKind,
    # bedtimes
    "sleep_methods": sleep.SleepMethod,
    "sleep_locations": sleep.SleepLocation,
    "sleep_confounders": sleep.SleepConfounder,
    "sleep_accuracies": sleep.SleepAccuracy,
    "bedtime_resistance": sleep.BedtimeResistance,
    # touch
    "stimuli": touch.Stimulus,
    "stimulus_groups": touch.StimulusGroup,
    "responses": touch.TouchResponse,
    "intensities": touch.Intensity,
    "recovery_bands": touch.RecoveryBand,
    "observation_regions": body.ObservationRegion,
    "touch_types": touch.TouchType,
    "expectedness": touch.Expectedness,
    "settings": touch.Setting,
    "accommodations": touch.Accommodation,
    "helped": touch.Helped,
    "observation_confounders": touch.Confounder,
    # programs
    "body_regions": body.BodyRegion,
    "sides": body.Side,
    "pressures": body.Pressure,
    "contacts": body.Contact,
    "providers": programs.Provider,
    "frequencies": programs.FrequencyPer,
    "amount_kinds": programs.AmountKind,
    "weekdays": programs.Weekday,
    "anchors": programs.Anchor,
    "step_kinds": programs.StepKind,
    "phases": programs.Phase,
    "change_kinds": programs.ChangeKind,
    "program_states": ProgramState,
    "pause_reasons": reasons.PauseReason,
    "precautions": reasons.PrecautionCode,
    "reminder_fates": reminders.ReminderFate,
    # what is asked
    "questions": asking.Question,
    "chosen_charts": charts.ChosenChart,
    "how_it_was": asking.HowItWas,
    "how_sure": asking.HowSure,
    "state_scales": states.StateScale,
    # contacts
    "contact_kinds": contacts.ContactKind,
    "contact_states": contacts.ContactState,
    "cancelled_by": contacts.CancelledBy,
    # concerns
    "concern_kinds": concerns.ConcernKind,
    "concern_questions": concerns.ConcernQuestion,
    "concern_answers": concerns.ConcernAnswer,
    "advice_levels": concerns.AdviceLevel,
    "temperature_units": concerns.TemperatureUnit,
    "temperature_sites": concerns.TemperatureSite,
    # flags and drafts
    "flag_codes": concerns.FlagCode,
    "severities": concerns.Severity,
    "draft_kinds": supervision.DraftKind,
    # what was shown
    "teachables": teaching.Teachable,
    "shown_with": teaching.ShownWith,
    "taught_levels": teaching.TaughtLevel,
    # having things erased
    "erasure_requests": erasure.RequestAbout,
    "erasure_request_states": erasure.RequestState,
    "erasure_declined": erasure.DeclinedBecause,
    # every entry
    "precisions": programs.Precision,
    "parts_of_day": programs.PartOfDay,
    "entry_sources": programs.EntrySource,
    "entry_states": programs.EntryState,
    "entry_flags": programs.EntryFlag,
    "entry_doors": EntryDoor,
}


def vocabulary() -> dict[str, list[dict[str, Any]]]:
    """Every list of codes with its words, in the order a person is shown them."""
    return {name: [_word(kind, member) for member in kind] for name, kind in LISTS.items()}


def _word(kind: type[Enum], member: Enum) -> dict[str, Any]:
    return {
        "code": str(member.value),
        "label": labels.label(kind, member.value),
        "tile": labels.tile(kind, member.value),
        "more": labels.more(kind, member.value),
        "group": _group(member),
        "strength": cues.strength(member) if isinstance(member, cues.Cue) else None,
        "value": _value(member),
        "is_offered_at_bedtime": member not in cues.NOT_OFFERED_AT_BEDTIME,
    }


def _group(member: Enum) -> str | None:
    if isinstance(member, cues.Cue):
        return cues.family(member)
    return member.group if isinstance(member, touch.Stimulus) else None


def _value(member: Enum) -> int | None:
    """The number a code stands for where it has one: a score, a rank of arousal."""
    if isinstance(member, IntEnum):
        return member.value
    if isinstance(member, states.InfantState):
        return member.rank
    return member.level if isinstance(member, states.ArousalLevel) else None
