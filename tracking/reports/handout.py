"""The handout: a published program for the family. What to do and say, when to stop, whom to contact."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _

from clinic.models import Child, ClinicMembership, Family, Precaution, RoutineTime, User
from clinic.vocabulary import TREATING_ROLES
from tracking.models import ProgramState, Report
from tracking.models.supervision import is_unsigned
from tracking.readings.family_words import shared_words_of
from tracking.readings.program_steps import StepReading
from tracking.readings.program_versions import VersionReading
from tracking.readings.programs import ProgramReading, programs_of, read_programs
from tracking.readings.signs import SignReading, signs_of
from tracking.reports import svg, writing
from tracking.reports.writing import Written
from tracking.vocabulary.cues import SignMeaning
from tracking.vocabulary.programs import Phase, Provider
from tracking.wording import concerns, labels, steps
from tracking.wording.conflicts import precaution


def write(report: Report, *, child: Child, viewer: User, now: dt.datetime) -> Written:
    """Every running program as it is published, with the words and clock times of the report's home.

    Without a home it says the program's words and the library's, and no times: it may go to any home. The
    library's are read in the report's language, also where our own sentences are not translated.
    """
    home, on = report.family, report.period_until
    running = [one for one in programs_of(viewer, child) if one.state == ProgramState.ACTIVE]
    own = shared_words_of(viewer, child, home=home.pk) if home else {}
    read = read_programs(child, running, today=on, language=report.language, own=own)
    current = [(one, one.current) for one in read if one.current is not None]
    times = _clock_times(home)
    versions = [version for _program, version in current]
    sheet = writing.sheet(report, child, title=_title(child, current), now=now)
    return Written(
        {
            **sheet,
            "period": writing.date(on),
            "is_draft": bool(versions) and sheet["is_draft"],
            "empty": "" if current else _("No program has been published for the family yet."),
            "programs": [_program(program, version, times) for program, version in current],
            "has_several": len(current) > 1,
            "stop": next((one.stop_rule for one in versions if one.stop_rule), ""),
            "signs": _signs(signs_of(viewer, child)) if current else [],
            "before": list(dict.fromkeys(line for one in versions for line in one.asks_before)),
            "heed": _heed(child, versions, on=on) if current else [],
            "safe_sleep": next((one.safe_sleep for one in versions if one.safe_sleep), ""),
            "reach": _reach(child, versions),
            "code": svg.qr_code(_address(child)),
            "address": _address(child),
            "words": _words(child),
        }
    )


def _title(child: Child, current: list[tuple[ProgramReading, VersionReading]]) -> str:
    if len(current) == 1:
        return _("%(program)s, for %(name)s") % {"program": current[0][0].title, "name": child.first_name}
    return _("The program for %(name)s") % {"name": child.first_name}


def _address(child: Child) -> str:
    """Where tonight's routine starts in the family corner; whoever opens it signs in first."""
    return settings.PUBLIC_URL + reverse("family_tonight", kwargs={"child": child.pk})


def _clock_times(home: Family | None) -> dict[str, dt.time]:
    if home is None:
        return {}
    return dict(RoutineTime.objects.filter(family=home).values_list("anchor", "at"))


def _program(program: ProgramReading, version: VersionReading, times: dict[str, dt.time]) -> dict[str, Any]:
    slots = [
        slot
        for schedule in version.schedules
        if schedule.provider == Provider.CAREGIVER and schedule.phase == Phase.PROGRAM
        for slot in schedule.slots
    ]
    return {
        "title": program.title,
        "language": program.title_language,
        "sentences": list(version.sentences),
        "times": [_when(slot.label, times[slot.anchor]) for slot in slots if slot.anchor in times],
        "paused": _("This program is paused at the moment.") if program.is_paused else "",
        "note": version.note,
        "note_language": version.language,
        "steps": _steps(version),
    }


def _when(label: str, at: dt.time) -> str:
    return _("%(anchor)s: %(time)s") % {"anchor": label, "time": formats.time_format(at, "TIME_FORMAT")}


def _steps(version: VersionReading) -> list[dict[str, Any]]:
    sung: set[str] = set()
    told = []
    for step in version.steps:
        told.append(_step(step, version, is_first_there=step.region not in sung))
        sung.add(step.region)
    return told


def _step(step: StepReading, version: VersionReading, *, is_first_there: bool) -> dict[str, Any]:
    """One step; the verse of a part of the body stands with the first stroke there."""
    return {
        "name": step.name,
        "picture": svg.region(step.region) if step.region else "",
        "dose": _("; ").join(part for part in (steps.dose(step), step.position) if part),
        "instruction": step.instruction,
        "say": step.words_to_say,
        "say_language": step.words_language,
        "sing": step.verse if is_first_there and step.verse != step.words_to_say else "",
        "sing_language": step.verse_language,
        "tune": step.verse_tune,
        "precautions": list(step.precautions),
        "note": step.note,
        "note_language": version.language,
    }


def _signs(signs: Iterable[SignReading]) -> list[dict[str, Any]]:
    """More and enough, each with the signs that somebody of the family or team has told; drafts are none."""
    told = [sign for sign in signs if not sign.is_draft]
    return [
        {
            "asks_for": labels.label(SignMeaning, meaning),
            "signs": [
                {"words": sign.words, "language": sign.language} for sign in told if sign.asks_for is meaning
            ],
        }
        for meaning in SignMeaning
        if any(sign.asks_for is meaning for sign in told)
    ]


def _heed(child: Child, versions: Iterable[VersionReading], *, on: dt.date) -> list[str]:
    """What stands in the way of single steps, and the child's own precautions: codes, never their notes."""
    found = [one.what for version in versions for one in version.conflicts]
    standing = Precaution.objects.on_day(on).filter(~is_unsigned(Precaution), child=child)
    rows = standing.order_by("recorded_at", "id")
    return list(dict.fromkeys([*(_of_child(row) for row in rows), *found]))


def _of_child(row: Precaution) -> str:
    said = precaution(row.code, row.region)
    if row.substance:
        said = _("%(precaution)s: %(substance)s") % {"precaution": said, "substance": row.substance}
    if row.until_on is not None:
        said = _("%(precaution)s, until %(day)s") % {
            "precaution": said,
            "day": formats.date_format(row.until_on, "DATE_FORMAT"),
        }
    return said


def _reach(child: Child, versions: Iterable[VersionReading]) -> list[str]:
    clinic = child.clinic
    team = (
        ClinicMembership.objects.active()
        .with_role(*TREATING_ROLES)
        .filter(clinic=clinic, user__in=child.care_team.active().values("therapist"))
        .select_related("user")
        .order_by("started_at", "id")
    )
    people = [", ".join([one.user.name, *one.credentials]) for one in team]
    adopted = next((one.adopted for one in versions if one.adopted), None)
    return [
        *([_("Ask %(people)s.") % {"people": labels.listed(people)}] if people else []),
        ", ".join(part for part in (clinic.name, clinic.phone, " ".join(clinic.address.split())) if part),
        concerns.nobody_watches(),
        concerns.call(clinic.emergency_number),
        *(
            [
                _("Texts adopted by %(name)s, %(credential)s, %(day)s.")
                % {
                    "name": adopted.name,
                    "credential": adopted.credential,
                    "day": formats.date_format(adopted.at, "DATE_FORMAT"),
                }
            ]
            if adopted
            else []
        ),
    ]


def _words(child: Child) -> dict[str, str]:
    return {
        "when": _("When"),
        "stop": _("When to stop"),
        "signs": _("How %(name)s says it") % {"name": child.first_name},
        "steps": _("Step by step"),
        "before": _("Look before you begin"),
        "heed": _("Heed with %(name)s") % {"name": child.first_name},
        "sleep": _("For sleep"),
        "reach": _("Whom to reach"),
        "code": _("Point a phone’s camera here: tonight’s routine opens, after signing in."),
        "code_alt": _("A code that opens tonight’s routine"),
        "sing": _("Sing:"),
    }
