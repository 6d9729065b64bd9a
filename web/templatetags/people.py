"""Template tags for people, ages and homes. They never query."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import gettext as _

from clinic.ages import Ages
from clinic.chain import Fault
from clinic.vocabulary import (
    AuditCode,
    CareTeamKind,
    ConsentKind,
    ConsentStanding,
    DischargeReason,
    EpisodeState,
    GrantKind,
    InvitationStanding,
    Role,
    SharingMode,
    StopSensitivity,
)
from tracking.readings.who_saw import Viewer, ViewerKind
from tracking.vocabulary.body import ObservationRegion
from tracking.vocabulary.reasons import PrecautionCode
from tracking.vocabulary.supervision import DraftKind
from tracking.wording import ages as ages_in_words
from tracking.wording import labels
from tracking.wording.languages import language_name

register = template.Library()


@register.filter
def zone(name: str) -> str:
    """A time zone by the city it is named for: "New York"."""
    return name.rpartition("/")[2].replace("_", " ")


@register.filter
def age_warning(ages: Ages) -> str:
    return ages_in_words.age_warning(ages)


@register.filter
def draft_kind(code: str) -> str:
    return labels.label(DraftKind, code)


@register.filter
def language(tag: str) -> str:
    """A language by its name; empty where it is not known."""
    return language_name(tag)


@register.filter
def languages(tags: Iterable[str]) -> str:
    """Languages as one phrase."""
    return labels.listed(language_name(tag) for tag in tags)


@register.filter
def stop_sensitivity(code: str) -> str:
    return labels.label(StopSensitivity, code)


@register.filter
def role(code: str) -> str:
    return labels.label(Role, code)


@register.filter
def roles(codes: Iterable[str]) -> str:
    return labels.listed(labels.label(Role, code) for code in codes)


@register.filter
def grant_kind(code: str) -> str:
    return labels.label(GrantKind, code)


@register.filter
def team_kind(code: str) -> str:
    return labels.label(CareTeamKind, code)


@register.filter
def episode_state(code: str) -> str:
    return labels.label(EpisodeState, code)


@register.filter
def discharge_reason(code: str) -> str:
    return labels.label(DischargeReason, code)


@register.filter
def consent_kind(code: str) -> str:
    return labels.label(ConsentKind, code)


@register.filter
def consent_standing(code: str) -> str:
    return labels.label(ConsentStanding, code)


@register.filter
def invitation_standing(code: str) -> str:
    return labels.tile(InvitationStanding, code)


@register.filter
def sharing_mode(code: str) -> str:
    return labels.label(SharingMode, code)


@register.filter
def precaution(code: str) -> str:
    return labels.label(PrecautionCode, code)


@register.filter
def body_part(code: str) -> str:
    return labels.label(ObservationRegion, code)


@register.filter
def weekdays(days: Iterable[int]) -> str:
    """The days a child is at a home: "Monday to Friday" for a run, else named; none means every day."""
    numbers = sorted(set(days))
    if not numbers or len(numbers) == 7:
        return _("every day")
    if len(numbers) > 2 and numbers == list(range(numbers[0], numbers[-1] + 1)):
        return _("%(first)s to %(last)s") % {"first": WEEKDAYS[numbers[0]], "last": WEEKDAYS[numbers[-1]]}
    names = WEEKDAYS if len(numbers) < 3 else WEEKDAYS_ABBR
    return labels.listed(str(names[number]) for number in numbers)


@register.filter
def audit_code(code: str) -> str:
    return labels.label(AuditCode, code)


@register.filter
def viewer(seen: Viewer) -> str:
    """Who looked, as a guardian is told: the team by name, others by what they do here."""
    roles = labels.listed(labels.label(Role, role) for role in seen.roles)
    match seen.kind:
        case ViewerKind.TEAM:
            return _("%(name)s, care team") % {"name": seen.name}
        case ViewerKind.STAFF:
            return _("Somebody of the clinic (%(roles)s)") % {"roles": roles.lower()}
        case ViewerKind.CAREGIVER:
            return seen.name or _("Somebody who helps at home")
    return _("Somebody whose access has ended")


@register.filter
def audit_fault(fault: str) -> str:
    """What is wrong at a place of the audit's chain."""
    return {
        Fault.EDITED: _("the row is not what was sealed, or what stood before it is gone"),
        Fault.DELETED: _("the row is gone"),
        Fault.INSERTED: _("a row was put there later"),
        Fault.RECHAINED: _("the chain is not the one that was downloaded: it was written anew"),
        Fault.CUT: _("the chain ends before what was downloaded"),
    }[Fault(fault)]


@register.filter
def looked_at(kinds: Iterable[str]) -> str:
    """What was looked at, in a line."""
    return " · ".join(labels.label(AuditCode, kind) for kind in kinds)
