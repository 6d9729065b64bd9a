"""The demo's flags: hours and adopted words, and a few that are due, taken, put off and gone on."""

from __future__ import annotations

import datetime as dt

from clinic.models import Clinic, User
from clinic.vocabulary import Role
from tracking.management.demo.people import Planted
from tracking.management.demo.stories import ClinicStory
from tracking.models import Flag, HomeProgram, ProgramState
from tracking.red_flags import Raised
from tracking.response_times import Closure, OpenHours
from tracking.services import flag_escalating, flag_handling, flag_settings, flagging
from tracking.vocabulary.concerns import FlagCode
from tracking.wording.flags import DRAFTS

ADOPTED = (
    FlagCode.NO_LOGS,
    FlagCode.DISTRESS_REGION,
    FlagCode.FEEDING_WEIGHT,
    FlagCode.SKIN_REACTION,
    FlagCode.FEVER_ANY,
)

RAISED = (
    (3, Raised(FlagCode.FEEDING_WEIGHT)),
    (2, Raised(FlagCode.DISTRESS_REGION, (("region", "face"), ("sessions", 3), ("of_last", 4)))),
    (1, Raised(FlagCode.SKIN_REACTION)),
)
"""How many days ago, and what: one for each of a therapist's children from the second on. The first has
worries of her own, of which the fever is long over.
"""


def plant_flags(story: ClinicStory, planted: Planted, *, now: dt.datetime) -> None:
    """What the first clinic has set, and its flags of the last days; written by the services themselves."""
    owner = holder(story, planted, Role.OWNER)
    therapist = holder(story, planted, Role.THERAPIST)
    clinic = planted.clinic
    _set(clinic, owner, now=now - dt.timedelta(days=60))
    _adopt(story, planted, clinic, therapist, now=now - dt.timedelta(days=50))
    children = [
        planted.children[one.first_name]
        for one in story.children
        if planted.staff[one.therapist] == therapist
    ]
    flags = []
    for (days, raised), child in zip(RAISED, children[1:], strict=False):
        at = now - dt.timedelta(days=days)
        flags += flagging.raise_flags({child.pk: [raised]}, clinics={child.pk: clinic.pk}, now=at)
    for fever in Flag.objects.open().filter(child=children[0], code=FlagCode.FEVER_ANY):
        flag_handling.close_flag(
            by=therapist,
            flag=fever,
            reason="Well since the next morning, her mother says on the phone.",
            now=now - dt.timedelta(days=6),
        )
    flag_escalating.escalate_due(now=now - dt.timedelta(days=1), limit=100)
    _handle(flags, therapist, now=now)


def _set(clinic: Clinic, owner: User, *, now: dt.datetime) -> None:
    week = [OpenHours(day, dt.time(8, 30), dt.time(12)) for day in range(5)]
    week += [OpenHours(day, dt.time(13), dt.time(17)) for day in range(4)]
    flag_settings.set_hours(by=owner, clinic=clinic, hours=week, now=now)
    holidays = Closure(dt.date(now.year, 12, 24), dt.date(now.year + 1, 1, 1))
    flag_settings.add_closure(
        by=owner,
        clinic=clinic,
        from_on=holidays.from_on,
        until_on=holidays.until_on,
        reason="Winter holidays",
        now=now,
    )


def _adopt(
    story: ClinicStory, planted: Planted, clinic: Clinic, therapist: User, *, now: dt.datetime
) -> None:
    member = next(one for one in story.staff if planted.staff[one.login] == therapist)
    for code in ADOPTED:
        flag_settings.write_and_adopt_text(
            by=therapist,
            clinic=clinic,
            code=code,
            language=clinic.locale,
            text=str(DRAFTS[code]),
            credential=member.credentials[0],
            now=now,
        )


def _handle(flags: list[Flag], therapist: User, *, now: dt.datetime) -> None:
    """One is taken, one put off, the rest wait."""
    for flag in flags:
        if flag.code == FlagCode.DISTRESS_REGION:
            flag_handling.acknowledge_flag(
                by=therapist,
                flag=flag,
                will_do="Ask at Thursday's visit whether the face hurts, or is only too much.",
                now=now - dt.timedelta(hours=20),
            )
            program = HomeProgram.objects.filter(child=flag.child, state=ProgramState.ACTIVE).first()
            if program is not None:
                flag_handling.choose_advice(
                    by=therapist, program=program, code=flag.code, now=now - dt.timedelta(hours=20)
                )
        if flag.code == FlagCode.SKIN_REACTION:
            flag_handling.snooze_flag(
                by=therapist,
                flag=flag,
                until_at=now + dt.timedelta(hours=3),
                reason="The family is at the pharmacy; they call back this afternoon.",
                now=now,
            )


def holder(story: ClinicStory, planted: Planted, role: Role) -> User:
    return next(planted.staff[one.login] for one in story.staff if role in one.roles)
