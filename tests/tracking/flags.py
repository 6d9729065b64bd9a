"""Flags as tests of them need them: raised by the record, at a moment the clinic is open."""

from __future__ import annotations

import datetime as dt

from clinic import rls
from clinic.models import Child, User
from tests.cast import Cast
from tests.tracking.records import at
from tracking.models import Flag, FlagText
from tracking.red_flags import Raised
from tracking.services import flag_settings, flagging
from tracking.vocabulary.concerns import FlagCode, Severity

MORNING = at("10:00")
"""A Monday, an hour after Harbor Lane opens."""

HOUR = dt.timedelta(hours=1)


def raise_flag(
    child: Child,
    code: FlagCode = FlagCode.SKILL_LOSS,
    *,
    now: dt.datetime = MORNING,
    graver: Severity | None = None,
    **figures: float | str,
) -> Flag:
    """The flag, raised as the record does it."""
    raised = Raised(code, tuple(figures.items()), graver)
    with rls.acting_as(system="flags"):
        (flag,) = flagging.raise_flags({child.pk: [raised]}, clinics={child.pk: child.clinic_id}, now=now)
    return flag


def adopt(child: Child, code: FlagCode, text: str, *, by: User, now: dt.datetime = MORNING) -> FlagText:
    """The clinic's text about a code, adopted by a therapist of it."""
    with rls.acting_as(by):
        row = flag_settings.write_text(
            by=by, clinic=child.clinic, code=code, language="en", text=text, now=now
        )
        return flag_settings.adopt_text(by=by, text=row, credential="OTR/L", now=now)


def set_readers(cast: Cast, *readers: str, minutes: int = 30) -> None:
    """The order in which Harbor Lane reads what is urgent, as its owner sets it."""
    with rls.acting_as(cast.otto):
        for severity in ("emergency", "urgent"):
            flag_settings.set_response(
                by=cast.otto,
                clinic=cast.harbor,
                severity=severity,
                within_minutes=minutes,
                readers=readers,
                now=MORNING,
            )
