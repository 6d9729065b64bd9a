"""The rows an entry refers to: program version, signs, strategies, contact, stimulus and household.

A reference to something that is not the child's is Invalid (400), naming the field.
"""

from __future__ import annotations

import datetime as dt
import uuid

from clinic.errors import Invalid
from clinic.models import Child, Family
from clinic.whereabouts import whereabouts
from tracking.models import ChildSign, ChildStrategy, Contact, ProgramVersion, TrackedStimulus
from tracking.models.programs import ProgramState
from tracking.sync import building
from tracking.sync.bodies import BedtimeBody, EntryBody, ObservationBody, SessionBody
from tracking.vocabulary.programs import Precision


def version_answered(child: Child, named: uuid.UUID | None, day: dt.date) -> ProgramVersion | None:
    """The version a session belongs to: the one it names, even an older one; else what runs on its day."""
    published = ProgramVersion.objects.filter(
        program__child=child, published_at__isnull=False
    ).select_related("program")
    if named is not None:
        version = published.filter(pk=named).first()
        if version is None:
            raise Invalid(field="program_version", allowed="program_version")
        return version
    running = [
        version
        for version in published.filter(program__state=ProgramState.ACTIVE).order_by(
            "program__created_at", "program_id", "number", "id"
        )
        if version.ends_on is None or day <= version.ends_on
    ]
    if not running:
        return None
    of_program = [version for version in running if version.program_id == running[0].program_id]
    begun = [version for version in of_program if (version.effective_on or version.starts_on) <= day]
    return (begun or of_program[:1])[-1]


def signs_named(child: Child, entry: SessionBody) -> dict[uuid.UUID, ChildSign]:
    """The child's own signs that a session's cues name, retired ones included."""
    named = {cue.sign for cue in entry.cues if cue.sign is not None}
    if not named:
        return {}
    signs = {
        sign.client_id: sign
        for sign in ChildSign.objects.filter(child=child, client_id__in=named).order_by("id")
    }
    for place, cue in enumerate(entry.cues):
        if cue.sign is not None and cue.sign not in signs:
            raise Invalid(field=f"cues.{place}.sign", allowed="sign_of_the_child")
    return signs


def strategies_named(child: Child, entry: ObservationBody) -> dict[uuid.UUID, ChildStrategy]:
    """The prescribed strategies that an observation names, ended ones included."""
    named = {one.strategy for one in entry.tried if one.strategy is not None}
    if not named:
        return {}
    rows = ChildStrategy.objects.filter(child=child, client_id__in=named).order_by("id")
    strategies = {strategy.client_id: strategy for strategy in rows}
    for place, one in enumerate(entry.tried):
        if one.strategy is not None and one.strategy not in strategies:
            raise Invalid(field=f"tried.{place}.strategy", allowed="strategy_of_the_child")
    return strategies


def contact_named(child: Child, contact_id: uuid.UUID) -> Contact:
    contact = Contact.objects.filter(child=child, pk=contact_id).first()
    if contact is None:
        raise Invalid(field="contact", allowed="contact_of_the_child")
    return contact


def stimulus_named(child: Child, stimulus_id: uuid.UUID) -> TrackedStimulus:
    tracked = TrackedStimulus.objects.filter(child=child, pk=stimulus_id).first()
    if tracked is None:
        raise Invalid(field="tracked_stimulus", allowed="tracked_stimulus")
    return tracked


def home_of(child: Child, entry: EntryBody, now: dt.datetime) -> Family | None:
    """The household the child was at by its homes' week and what was said of the day; None without homes."""
    is_night = isinstance(entry, BedtimeBody) and entry.precision == Precision.MINUTE
    family = whereabouts(child).home_at(building.occurred(entry) or now, zone=entry.zone, is_night=is_night)
    return Family.objects.get(pk=family) if family is not None else None
