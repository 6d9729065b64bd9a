"""What the family is asked about every day: at most three touches at a time."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from clinic.errors import Conflict, Forbidden, Invalid
from clinic.models import Child, User
from clinic.services import values
from tracking import policy
from tracking.models import TrackedStimulus
from tracking.services.recording import one_at_a_time
from tracking.vocabulary.touch import Stimulus

MOST_AT_A_TIME = 3
"""Our own: more questions a day are not answered."""


class TooManyTracked(Conflict):
    """Three are asked about already; end one first."""

    code = "too_many_tracked"


class AlreadyTracked(Conflict):
    """This one is asked about already."""

    code = "already_tracked"


@transaction.atomic
def track_stimulus(
    *, by: User, child: Child, stimulus: str, label: str = "", language: str = "", from_on: dt.date
) -> TrackedStimulus:
    """Ask about a stimulus daily from a local day on; `label` is the family's words for it, in
    `language` (empty: the one `by` reads).

    The care team decides what is asked. Raises Forbidden, Invalid (field `stimulus`), TooManyTracked,
    AlreadyTracked (409).
    """
    if not policy.may_track_stimulus(by, child):
        raise Forbidden
    if stimulus not in frozenset(Stimulus):
        raise Invalid(field="stimulus", allowed=[str(one) for one in Stimulus])
    one_at_a_time(child)
    asked = list(TrackedStimulus.objects.filter(child=child, until_on__isnull=True).order_by("id"))
    if any((one.stimulus, one.label) == (stimulus, label) for one in asked):
        raise AlreadyTracked(field="stimulus")
    if len(asked) >= MOST_AT_A_TIME:
        raise TooManyTracked(most=MOST_AT_A_TIME)
    return TrackedStimulus.objects.create(
        clinic_id=child.clinic_id,
        child=child,
        stimulus=stimulus,
        label=label,
        language=values.written_in(language, by),
        from_on=from_on,
        created_by=by,
    )


@transaction.atomic
def stop_tracking(*, by: User, tracked: TrackedStimulus, until_on: dt.date) -> TrackedStimulus:
    """Ask no longer after the local day `until_on`; what was answered stays. Raises Forbidden."""
    if not policy.may_track_stimulus(by, tracked.child):
        raise Forbidden
    tracked.until_on = until_on
    tracked.save(update_fields=["until_on"])
    return tracked
