"""Refusals as sentences that name the field and say what is allowed; pages and API use the same ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeAlias

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from clinic.errors import DomainError
from tracking.wording import conflicts, importing
from tracking.wording.fields import field_name

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Parameters: TypeAlias = dict[str, Any]
MOST_LISTED = 12

_PLAIN: dict[str, _StrPromise] = {
    "refused": _("This cannot be done."),
    "not_found": _("There is nothing here, or nothing you can see."),
    "forbidden": _("You may see this, but not do that to it."),
    "conflict": _("What was sent no longer fits what is stored."),
    "stale": _("Somebody else has changed this meanwhile. Look at it again before you change it."),
    # people and access
    "more_codes_needed": _(
        "This account opens with a code of each clinic where you care for a child, each from somebody else."
        " Ask for the others, and type them all at once."
    ),
    "address_in_use": _("Another account has this address."),
    "already_has_access": _("You care for this child already."),
    "already_on_team": _("This person is on the child’s team already."),
    "already_set_up": _("There is a clinic here already; its owner can add you."),
    "already_staff": _("This person works in the clinic already; change their roles instead."),
    "nothing_to_replay": _(
        "Nothing of this is to go out any more: its time has passed, or it is not wanted."
    ),
    "already_reviewed": _("Somebody has reviewed this already."),
    "cannot_join": _(
        "No account can be made with this address. If you have one, sign in and open the link again."
    ),
    "episode_already_open": _("The child is in care already."),
    "guardians_invite_caregivers": _(
        "You may invite people who log, into your own household. The clinic invites guardians."
    ),
    "sharing_refused": _("A guardian has taken back that the homes share what they write."),
    "wording_changed": _("The wording has changed meanwhile. Read it again before you agree."),
    "nothing_to_take_back": _("You have not agreed to this, so there is nothing to take back."),
    "wording_adopted": _("This wording is adopted already. Write it anew, and adopt that."),
    "media_refused": _("A guardian has taken back that photos and recordings are shared with the clinic."),
    "day_is_anothers": _(
        "One of these days is the other home’s. Say it day by day, or ask the care team to change the week."
    ),
    "somebody_was_shown": _("Somebody there had been shown the routine. Ask your care team about this day."),
    "home_already_there": _("The child lives in this household already."),
    "invitation_for_another": _("This invitation was sent to another address than yours."),
    "invitation_over": _("This invitation is over. Make a new one."),
    "too_many_requests": _("That was tried too often. Wait an hour, and try again."),
    "opens_nothing": _(
        "This opens nothing. It may be mistyped, used already, replaced, taken back or out of date, or it"
        " rests for now. Ask whoever gave it to you for a new one."
    ),
    "record_put_away": _("The record is put away; nobody is invited to it."),
    "last_owner": _("A clinic keeps one owner. Make somebody else an owner first."),
    "no_open_episode": _("The child is not in care now."),
    "not_for_a_code": _(
        "A new sign-in code cannot be given for this person here. With an e-mail address they"
        " choose a new password by mail."
    ),
    "not_on_team": _("This place on the team has ended."),
    "not_staff_any_more": _("This person does not work here any more."),
    "not_staff_here": _("This person does not work with children in this clinic."),
    "not_the_childs_home": _("The child does not live in this household."),
    "scope_needed": _("This app was not let do that."),
    "not_placed": _("A placement is for assistants and students who hold no other role here."),
    "not_your_place": _(
        "You may hand over your own place on the team; the others are the owner’s to change."
    ),
    "feed_renewed": _("What this device keeps is fetched anew."),
    "too_many_children": _("More children are yours than a device keeps. Look at them one by one."),
    "grant_revoked": _("Your access to this child has ended. The care team of the clinic can help you."),
    "already_decided": _("Somebody of the team has decided about this meanwhile."),
    "erasure_already_asked": _("This waits to be erased already."),
    "erasure_is_over": _("This erasing is done, or was called off."),
    "record_is_held": _("This record is held: it stays until the hold is lifted."),
    "still_works_here": _("This person works here. End their place in the clinic first."),
    "typed_otherwise": _("This is not the name. Type it as it is written above."),
    "already_requested": _("You have asked for this already; the clinic has it."),
    "request_is_over": _("This request was answered or taken back."),
    "hold_is_over": _("This hold was lifted already."),
    "recent_sign_in_needed": _("Say once more who you are, then ask again: you signed in a while ago."),
    "second_factor_demanded": _(
        "Your clinic asks for a second factor. Sign in on the pages, set one up, and come back."
    ),
    "supervisor_needed": _("Assistants and students need a supervisor who treats the child."),
    "link_over": _("This link opens nothing any more. Ask for a new one."),
    "already_safeguarding_lead": _("This person is named already."),
    "not_safeguarding_lead_any_more": _("This person is no safeguarding lead any more."),
    "code_opens_nothing": _("This is not the code that was sent, or it is too old. Ask for another."),
    "channel_not_ready": _("Nothing leads there yet. Set it up first, then choose it."),
    "nothing_to_follow_up": _("There is nothing to look at again, or somebody has looked."),
    "draft_changed": _(
        "This draft was written anew, signed or taken back meanwhile. Read it again before you sign."
    ),
    # the record
    "already_closed": _("This flag is closed already."),
    "already_enrolled": _("A child of this name and birthday is enrolled already."),
    "caseload_not_right": _("Something in the file is not right yet, so nobody was enrolled."),
    "already_adopted": _("This wording is adopted already. Write it anew, and adopt that."),
    "nothing_to_put_off": _("No reminder of this has just come that could come again."),
    "put_off_enough": _("It came again twice. That was the last one for today."),
    "too_late_to_put_off": _("It gets too late for this one today."),
    "already_tracked": _("This is asked about every day already."),
    "id_already_used": _(
        "This id names something else already. To change that, say which revision of it you change."
    ),
    "nothing_to_heed": _("There is nothing to put in force here, or a part of the body is missing."),
    "too_many_photos": _("No more photos can be sent with this."),
    "not_yours_to_revise": _("Only the person who logged an entry may change or withdraw it."),
    "outcome_is_fixed": _(
        "The program has begun, and what this goal is measured by was named before. Close the goal and set"
        " another to look at something else."
    ),
    "too_late_to_revise": _(
        "The time in which you could change this entry is over. Write to the care team instead."
    ),
    "not_a_recording": _("This cannot be heard. A recording is WebM, Ogg, M4A or MP3."),
    "recording_too_long": _("A recording may be half a minute long at most."),
    "sign_retired": _("This sign is no longer used. Add it anew if your child shows it again."),
    "too_many_signs": _("Six signs are in use already. Retire one first."),
    "too_many_tracked": _("No more touches can be asked about every day."),
    # programs
    "already_paused": _("The program is paused on these days already."),
    "child_not_in_care": _("No program can be started: the child is not in care any more."),
    "draft_is_open": _("A draft of the next version is open already. Go on with that one."),
    "never_published": _("This program never ran. Discard its draft instead."),
    "no_draft": _("There is no draft. Open the next version first."),
    "no_such_conflict": _("There is no conflict here that a reason would lift."),
    "not_running": _("Only a program that is running can be paused."),
    "program_has_ended": _("This program has ended. Start a new one."),
    # contacts
    "already_held": _("This date was held already."),
    "already_in_class": _("The child is in this class already."),
    "label_in_use": _("There is a label of this name already."),
    # reports
    "already_signed": _("This report is signed and stays as it is. Ask for a new one."),
    "period_too_long": _("A report covers two years at most."),
    "period_turned_round": _("The last day of the period comes before the first."),
    "report_not_ready": _("This report is not ready yet."),
    "report_not_made": _("This report could not be made. Ask for it to be made again."),
    "other_export_under_way": _(
        "A copy of another child’s record is being made for you. Ask again once it is ready."
    ),
    "export_not_ready": _("This copy is not ready, or its time is over: ask for a new one."),
    "report_never_signed": _("This is handed out as it is; nobody signs it."),
    "report_not_for_families": _("This is written for a professional and is not shared with the family."),
    "report_not_of_one_home": _(
        "This says who told what. Make it for one home, whose guardians may then read it."
    ),
    "report_not_signed": _("Only a signed report is added to. Change its words instead."),
    "report_file_altered": _(
        "The stored file is not the one that was made, so it is not opened. Tell whoever runs Littlefoot."
    ),
    "report_not_failed": _("This report is made already, or being made."),
    # the library
    "built_in": _("What is built in can be hidden, or copied as your own, but not changed."),
    "already_in_the_library": _("The clinic’s library has something of this name already."),
    "clip_took_too_long": _("The clip took too long to prepare. A shorter or smaller one will do."),
    "not_a_clip": _("The clip cannot be read. Save it anew as MP4 or WebM."),
    "not_made": _("Something went wrong here while it was prepared. Take it away and add it again."),
    "credential_needed": _("Adopting the wording needs a credential; the clinic’s owner can add yours."),
}

_ALLOWED: dict[str, _StrPromise] = {
    "after_the_hours_before": _("%(field)s: these hours overlap with others of the same day."),
    "a_list": _("%(field)s has to be a list."),
    "a_number": _("%(field)s has to be a number."),
    "an_object": _("%(field)s has to be an object."),
    "a_whole_number": _("%(field)s has to be a whole number."),
    "after_the_beginning": _("%(field)s has to come after the beginning."),
    "after_today": _("%(field)s has to be a day to come."),
    "another_session": _("%(field)s has to be another session of the same child."),
    "as_published": _("%(field)s stays as published once the program has begun."),
    "another_time": _("%(field)s: the class is at this time already."),
    "at_least_one_day": _("%(field)s: choose at least one."),
    "at_least_one_touch": _("%(field)s: choose at least one touch."),
    "before_start": _("%(field)s has to come before the first day of the program."),
    "caregiver_of_the_child": _("%(field)s has to be somebody who cares for this child."),
    "child_of_the_leaders": _("Whoever leads a class is on the care team of each child in it."),
    "code": _("%(field)s is not known here."),
    "contact_of_the_child": _("Name a visit of this child."),
    "concern": _("%(field)s has to be something told about this child before."),
    "day_of_the_childs_life": _("%(field)s has to be a day since the child was born, and not to come."),
    "day_of_the_episode": _("%(field)s has to be a day since the care began, and not to come."),
    "day_within_years": _("%(field)s lies more than %(years)d years back."),
    "day_in_the_past": _("%(field)s cannot be in the future."),
    "built_in": _("%(field)s has to be built in; retire what is your own."),
    "deep_from_24_months": _("%(field)s: deep pressure is for 24 months and older, blocked below."),
    "email_address": _("%(field)s has to be an e-mail address."),
    "empty": _("%(field)s has to stay empty here."),
    "guardian_of_the_child": _("%(field)s has to be a guardian of this child."),
    "five_levels": _("%(field)s needs a text for each of its five levels."),
    "instant_with_offset": _(
        "%(field)s has to be a time with its offset, such as 2026-11-20T19:42:00-05:00."
    ),
    "home_of_the_child": _("%(field)s: say in which of the child’s homes."),
    "household_of_the_clinic": _("%(field)s has to be a household of this clinic."),
    "items": _("%(field)s can have %(most)s items at most."),
    "language_tag": _("%(field)s has to be a language's tag, such as en or pt-BR."),
    "iana_zone": _("%(field)s has to be a time zone, such as America/New_York."),
    "moment_in_the_past": _("%(field)s is still to come."),
    "left_or_told": _("%(field)s: say something, or leave it for this week, not both."),
    "needed": _("%(field)s is needed."),
    "not_before_the_first_day": _("%(field)s cannot come before the first day."),
    "not_before_start": _("%(field)s cannot come before the first day."),
    "not_before_today": _("%(field)s cannot lie in the past."),
    "on_team": _("%(field)s has to be somebody on the child’s team."),
    "not_empty": _("%(field)s cannot be empty."),
    "phone_number": _("%(field)s has to begin with its country, such as +1 555 010 0123."),
    "plain_text": _("%(field)s holds a character that cannot be kept."),
    "precaution_of_the_child": _("%(field)s has to be something that lasts, not a matter of the moment."),
    "program_version": _("%(field)s has to be a version of a program of this child."),
    "push_key": _("%(field)s is not what a browser gives with its subscription."),
    "push_service": _("%(field)s does not lead to a push service that is known here."),
    "range": _("%(field)s has to be a number from %(least)s to %(most)s."),
    "score_value_band": _("%(field)s: give each score a name, and a number or a band."),
    "each_sign_once": _("%(field)s: name each sign that is in use once."),
    "sign_of_the_child": _("%(field)s has to be a sign of this child."),
    "service_label": _("%(field)s has to be one that the clinic offers."),
    "slug": _("%(field)s: use small letters, digits and hyphens."),
    "stroke_or_verse": _("%(field)s has to be a stroke, or a verse for a part of the body."),
    "strategy_of_the_child": _("%(field)s has to be a strategy of this child."),
    "stroke_of_the_library": _("%(field)s has to be one that your clinic’s library offers."),
    "text": _("%(field)s cannot be empty."),
    "words": _("%(field)s has to be text."),
    "true_or_false": _("%(field)s has to be true or false."),
    "tracked_stimulus": _("%(field)s has to be a touch that is asked about for this child."),
    "owner_of_the_clinic": _("%(field)s has to be an owner of this clinic."),
    "day_as_written": _("%(field)s has to be a day, written like 2024-03-31 or 31.3.2024."),
    "no_cell_without_column": _("A cell stands in a column without a name."),
    "within_hours_from_now": _("%(field)s has to lie within %(most)d hours from now."),
    "within_days_of_today": _("%(field)s has to lie within %(most)d days of today."),
}


def sentence_of_code(code: str) -> str:
    """The refusal of this code, where nothing but the code was kept; never empty."""
    if code in _WORDED:
        return _WORDED[code]("", {})
    return str(_PLAIN.get(code, _PLAIN["refused"]))


def sentence(error: DomainError) -> str:
    """The refusal in the active language; never empty, whatever the error."""
    code, parameters = error.code, error.parameters
    if code in _PLAIN:
        return str(_PLAIN[code])
    if code in _WORDED:
        return _WORDED[code](error.field or "", parameters)
    if error.field is not None:
        return not_allowed(error.field, parameters)
    return str(_PLAIN["refused"])


def not_allowed(field: str, parameters: Parameters) -> str:
    """What a field may be, by `allowed`: a list of values, or the name of a rule with its numbers."""
    name = field_name(field)
    allowed = parameters.get("allowed")
    match allowed:
        case "length":
            return _length(name, parameters)
        case "no_more_than":
            said = gettext("%(field)s cannot be more than: %(other)s.")
            return said % {"field": name, "other": field_name(parameters["than"])}
        case str() if allowed in _ALLOWED:
            return str(_ALLOWED[allowed]) % {"field": name, "least": 0, **_numbers(parameters)}
        case list() | tuple() | set() | frozenset() if allowed:
            return _one_of(name, allowed)
    return gettext("%(field)s cannot be what was sent.") % {"field": name}


def _one_of(name: str, allowed: Iterable[object]) -> str:
    values = [str(value) for value in allowed]
    if len(values) == 1:
        return gettext("%(field)s can only be %(value)s here.") % {"field": name, "value": values[0]}
    listed = gettext(", ").join(values[:MOST_LISTED]) + (" …" if len(values) > MOST_LISTED else "")
    return gettext("%(field)s has to be one of: %(values)s.") % {"field": name, "values": listed}


def _length(name: str, parameters: Parameters) -> str:
    least, most = int(parameters.get("least", 0)), int(parameters["most"])
    numbers = {"field": name, "least": least, "most": most}
    if least:
        return gettext("%(field)s has to have %(least)d to %(most)d characters.") % numbers
    return gettext("%(field)s is too long: %(most)d at most.") % numbers


def _numbers(parameters: Parameters) -> Parameters:
    return {name: value for name, value in parameters.items() if isinstance(value, int | float)}


# ---- errors that say more ---------------------------------------------------------------------------------


def _by_conflicts(field: str, parameters: Parameters) -> str:  # noqa: ARG001
    return conflicts.conflicts(parameters["conflicts"])


def _incomplete(field: str, parameters: Parameters) -> str:  # noqa: ARG001
    match parameters.get("needs"):
        case "step":
            return gettext("A program needs at least one step.")
        case "diary":
            return gettext("The days before the program need a diary: add a schedule of the diary.")
        case _:
            return gettext("A program needs a schedule: say how often it is to be done.")


def _still_supervises(field: str, parameters: Parameters) -> str:  # noqa: ARG001
    count = int(parameters["count"])
    return ngettext(
        "%(count)d person works under this one here. Name them another supervisor first.",
        "%(count)d people work under this one here. Name them another supervisor first.",
        count,
    ) % {"count": count}


def _nobody_reads(field: str, parameters: Parameters) -> str:  # noqa: ARG001
    count = int(parameters["count"])
    return ngettext(
        "Nobody would read the urgent flags of %(count)d child in care: no therapist on its team, no cover,"
        " and no owner in the order of readers. Add one of them first.",
        "Nobody would read the urgent flags of %(count)d children in care: no therapist on their teams, no"
        " cover, and no owner in the order of readers. Add one of them first.",
        count,
    ) % {"count": count}


def _home_still_needed(field: str, parameters: Parameters) -> str:  # noqa: ARG001
    count = int(parameters["count"])
    return ngettext(
        "%(count)d person reaches the child’s record through this household. End that access first.",
        "%(count)d people reach the child’s record through this household. End that access first.",
        count,
    ) % {"count": count}


def _not_yours(field: str, parameters: Parameters) -> str:  # noqa: ARG001
    return gettext("%(field)s is not yours to change.") % {"field": field_name(field)}


def _file_too_large(field: str, parameters: Parameters) -> str:
    said = gettext("%(field)s is too large: %(most)s at most.")
    if "megapixels" in parameters:
        most = gettext("%(count)s million pixels") % {"count": parameters["megapixels"]}
    else:
        most = gettext("%(count)s MB") % {"count": parameters["megabytes"]}
    return said % {"field": field_name(field), "most": most}


def _not_this_kind(field: str, parameters: Parameters) -> str:
    kinds = gettext(", ").join(
        KINDS_OF_FILE.get(str(kind), str(kind)) for kind in parameters.get("allowed", ())
    )
    return gettext("%(field)s has to be one of these: %(kinds)s.") % {
        "field": field_name(field),
        "kinds": kinds,
    }


KINDS_OF_FILE = {"jpeg": "JPEG", "mp4": "MP4", "pdf": "PDF", "png": "PNG", "webm": "WebM", "webp": "WebP"}
"""Names of kinds of files, the same in every language."""


def _clip_too_long(field: str, parameters: Parameters) -> str:  # noqa: ARG001
    seconds = int(parameters.get("seconds", 60))
    return ngettext(
        "The clip is longer than %(count)d second.", "The clip is longer than %(count)d seconds.", seconds
    ) % {"count": seconds}


def _too_many_media(field: str, parameters: Parameters) -> str:  # noqa: ARG001
    return gettext("A stroke has %(most)d pictures and clips at most. Take one away first.") % {
        "most": int(parameters.get("most", 12))
    }


def _password_too_weak(field: str, parameters: Parameters) -> str:  # noqa: ARG001
    return gettext(
        "Take a longer password, of %(least)d characters or more: four words that do not belong together, and"
        " neither your name nor your address, the clinic’s or Littlefoot."
    ) % {"least": int(parameters.get("least", 15))}


def _precaution_needs(field: str, parameters: Parameters) -> str:
    precaution = conflicts.precaution(str(parameters["precaution"]))
    return gettext("%(precaution)s: please also give this: %(field)s.") % {
        "precaution": precaution,
        "field": field_name(field).lower(),
    }


def _needs_second_person(field: str, parameters: Parameters) -> str:  # noqa: ARG001
    days = int(parameters.get("days", 0))
    if not days:
        return gettext("Somebody else has to confirm this: another owner, or a named lead.")
    return ngettext(
        "Somebody else has to confirm this. Where there is nobody else, you can in %(count)d day.",
        "Somebody else has to confirm this. Where there is nobody else, you can in %(count)d days.",
        days,
    ) % {"count": days}


_WORDED: dict[str, Callable[[str, Parameters], str]] = {
    "blocked_by_conflict": _by_conflicts,
    "needs_acknowledgement": _by_conflicts,
    "incomplete_program": _incomplete,
    "nobody_reads": _nobody_reads,
    "still_supervises": _still_supervises,
    "needs_second_person": _needs_second_person,
    "home_still_needed": _home_still_needed,
    "not_yours_to_change": _not_yours,
    "file_too_large": _file_too_large,
    "not_this_kind_of_file": _not_this_kind,
    "clip_too_long": _clip_too_long,
    "too_many_media": _too_many_media,
    "password_too_weak": _password_too_weak,
    "precaution_needs_more": _precaution_needs,
    "not_a_csv_file": importing.not_a_csv_file,
    "twice_in_the_file": importing.twice_in_the_file,
    "other_home_of_this_name": importing.other_home_of_this_name,
}


def worded_codes() -> frozenset[str]:
    """The codes that have a sentence of their own; `invalid` is worded by its field."""
    return frozenset(_PLAIN) | frozenset(_WORDED)
