"""What a family reads about open flags: adopted words, and those that change care only where chosen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from clinic.models import Child, User
from tracking.models import ChosenAdvice, Flag
from tracking.outcomes.plans import Plan, plans_of
from tracking.readings.flag_settings import AdoptedText, adopted_texts, thresholds_of
from tracking.readings.progress import last_entry_days, main_plan
from tracking.readings.sight import Sight, sight_of
from tracking.red_flags import SEVERITIES, silence
from tracking.vocabulary.concerns import FlagCode, Severity
from tracking.vocabulary.flags import (
    CHANGES_CARE,
    SAID_TO_FAMILIES,
    SAID_TO_THE_AUTHOR_ALONE,
    SAYS_NO_MASSAGE,
)

READ_FROM_FLAGS = SAID_TO_FAMILIES - SAID_TO_THE_AUTHOR_ALONE - {FlagCode.NO_LOGS}
"""Silence is told to a family before it is a flag, so from the days themselves."""


@dataclass(frozen=True, slots=True)
class Advice:
    """A text the family reads; `region` is the part of the body it is about, empty for none.

    `may_pause`: the text goes with a way to pause the program in one tap.
    """

    code: FlagCode
    severity: Severity
    text: str
    language: str
    region: str = ""
    may_pause: bool = False


@dataclass(frozen=True, slots=True)
class Advised:
    """What is read today. `is_product_withdrawn`: a skin reaction that nobody has reviewed yet."""

    advice: tuple[Advice, ...] = ()
    is_product_withdrawn: bool = False
    emergency_number: str = ""

    @property
    def says_no_massage(self) -> bool:
        """Whether a text that is read today lets the massage rest."""
        return any(one.code in SAYS_NO_MASSAGE for one in self.advice)


def advised(child: Child, sight: Sight, plans: Sequence[Plan], *, today: dt.date, language: str) -> Advised:
    """What the child's guardians read today, most urgent first; the team reads what they read.

    Nothing for a child in hospital or one who has died. A log-only caregiver learns only that products are
    put away. Two statements, one more where words that change care wait, two where silence has words.
    """
    if child.died_on is not None or child.in_hospital_since is not None:
        return Advised()
    flags = Flag.objects.open().filter(child=child, code__in=[str(code) for code in READ_FROM_FLAGS])
    found = list(flags.order_by("raised_at", "id"))
    is_withdrawn = any(flag.code == FlagCode.SKIN_REACTION for flag in found)
    if not (sight.is_team or sight.is_guardian):
        return Advised(is_product_withdrawn=is_withdrawn)
    texts = adopted_texts(child.clinic_id, language)
    kept_back = _kept_back({FlagCode(flag.code) for flag in found} & set(texts) & CHANGES_CARE, plans)
    advice = [
        _advice(
            FlagCode(flag.code), texts, Severity(flag.severity), region=str(flag.detail.get("region", ""))
        )
        for flag in found
        if FlagCode(flag.code) in texts and flag.code not in kept_back
    ]
    if FlagCode.NO_LOGS in texts and _is_quiet(child, plans, today):
        advice.append(_advice(FlagCode.NO_LOGS, texts, SEVERITIES[FlagCode.NO_LOGS], may_pause=True))
    urgency = list(Severity)
    in_order = tuple(sorted(advice, key=lambda one: urgency.index(one.severity)))
    return Advised(in_order, is_withdrawn, child.clinic.emergency_number)


def advice_of(user: User, child: Child, *, today: dt.date, language: str) -> Advised:
    """As `advised`, for a page that has read nothing of the child yet."""
    plans = plans_of([child.pk]).get(child.pk, [])
    return advised(child, sight_of(user, child), plans, today=today, language=language)


def is_product_withdrawn(child: Child) -> bool:
    """Whether products are put away: a skin reaction that nobody has reviewed yet."""
    return Flag.objects.open().filter(child=child, code=FlagCode.SKIN_REACTION).exists()


def _advice(
    code: FlagCode,
    texts: Mapping[FlagCode, AdoptedText],
    severity: Severity,
    *,
    region: str = "",
    may_pause: bool = False,
) -> Advice:
    text = texts[code]
    return Advice(code, severity, text.text, text.language, region=region, may_pause=may_pause)


def _kept_back(codes: Collection[FlagCode], plans: Sequence[Plan]) -> Collection[FlagCode]:
    """Those of `codes` that no therapist has chosen for a program of the child's."""
    if not codes:
        return codes
    programs = [plan.program_id for plan in plans]
    chosen = ChosenAdvice.objects.active().filter(program__in=programs, code__in=codes)
    return set(codes) - {FlagCode(code) for code in chosen.values_list("code", flat=True)}


def _is_quiet(child: Child, plans: Sequence[Plan], today: dt.date) -> bool:
    """Whether the family is reminded gently: some days without an entry on a program that runs."""
    plan = main_plan(plans, on=today)
    last_on = last_entry_days([child.pk]).get(child.pk)
    thresholds = thresholds_of([child.clinic_id])[child.clinic_id]
    if plan is None or plan.phase_on(today) is None:
        return False
    return silence(
        last_entry_on=last_on,
        started_on=plan.baseline_starts_on or plan.started_on,
        today=today,
        pauses=plan.pauses,
        thresholds=thresholds,
    ).is_reminder_due
