"""A clinic's flag settings: hours, readers, rules, texts. All staff read, owners change."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from clinic import access
from clinic.errors import Unseen
from clinic.policy import membership_in
from tracking import policy
from tracking.readings import flag_settings as reading
from tracking.readings.flag_readers import hours_page
from tracking.readings.flag_settings import HoursPage
from tracking.services import flag_settings
from tracking.vocabulary.concerns import FlagCode, Severity
from tracking.vocabulary.flags import SAID_TO_FAMILIES
from tracking.wording.flags import DRAFTS
from web.desk import Desk, enter
from web.forms.flags import (
    ClosureForm,
    HoursForm,
    ResponseForm,
    SwitchForm,
    TextForm,
    ThresholdsForm,
)
from web.pages import page
from web.refusals import attempt, say_success, send

# ---- hours and readers ----------------------------------------------------------------------------------


@page("GET", "POST")
def hours(request: HttpRequest, clinic: str) -> HttpResponse:
    """When the clinic is open, and who looks at what how soon."""
    desk = enter(request, clinic)
    set_to = hours_page(desk.clinic)
    form = HoursForm(request.POST or None, initial=HoursForm.initial_of(set_to.rules.hours))
    if request.method == "POST":
        access.demand(policy.may_change_flag_settings, desk.user, desk.clinic)
        if form.is_valid() and send(
            form,
            flag_settings.set_hours,
            by=desk.user,
            clinic=desk.clinic,
            hours=form.told(),
            now=desk.now,
        ):
            say_success(request, _("Kept, for flags from now on."))
            return redirect("flag_hours", clinic=desk.clinic.slug)
    return _hours(request, desk, set_to, form=form)


@page("POST")
def closures(request: HttpRequest, clinic: str) -> HttpResponse:
    """Days on which the clinic is closed: one more, or one fewer."""
    desk = enter(request, clinic)
    access.demand(policy.may_change_flag_settings, desk.user, desk.clinic)
    set_to = hours_page(desk.clinic)
    ending = request.POST.get("end", "")
    if ending:
        row = next((one for one in set_to.closures if str(one.pk) == ending), None)
        if row is None:
            raise Unseen
        flag_settings.end_closure(by=desk.user, closure=row, now=desk.now)
        say_success(request, _("The clinic is open on these days."))
        return redirect("flag_hours", clinic=desk.clinic.slug)
    form = ClosureForm(request.POST)
    if form.is_valid() and send(
        form, flag_settings.add_closure, by=desk.user, clinic=desk.clinic, now=desk.now, **form.cleaned_data
    ):
        say_success(request, _("Kept."))
        return redirect("flag_hours", clinic=desk.clinic.slug)
    return _hours(request, desk, set_to, closure_form=form)


@page("POST")
def readers(request: HttpRequest, clinic: str, severity: str) -> HttpResponse:
    """How soon flags of a severity are looked at, and by whom."""
    desk = enter(request, clinic)
    access.demand(policy.may_change_flag_settings, desk.user, desk.clinic)
    of = next((one for one in Severity if one == severity), None)
    if of is None:
        raise Unseen
    set_to = hours_page(desk.clinic)
    form = ResponseForm(request.POST, severity=of, owners=_owners(set_to))
    if form.is_valid() and send(
        form,
        flag_settings.set_response,
        fields={"readers": "first"},
        by=desk.user,
        clinic=desk.clinic,
        severity=of,
        within_minutes=form.cleaned_data["within_minutes"],
        readers=form.readers(),
        owner=next((one for one in set_to.owners if str(one.pk) == form.cleaned_data["owner"]), None),
        now=desk.now,
    ):
        say_success(request, _("Kept, for flags from now on."))
        return redirect("flag_hours", clinic=desk.clinic.slug)
    return _hours(request, desk, set_to, response_form=(of, form))


def _hours(
    request: HttpRequest,
    desk: Desk,
    set_to: HoursPage,
    *,
    form: HoursForm | None = None,
    closure_form: ClosureForm | None = None,
    response_form: tuple[Severity, ResponseForm] | None = None,
) -> HttpResponse:
    at_fault = dict([response_form] if response_form else [])
    responses = [
        (
            severity,
            set_to.rules.responses[severity],
            at_fault.get(severity)
            or ResponseForm(
                severity=severity,
                owners=_owners(set_to),
                initial=ResponseForm.initial_of(set_to.rules.responses[severity]),
            ),
        )
        for severity in Severity
    ]
    return render(
        request,
        "flags/hours.html",
        _page(
            desk,
            "hours",
            set_to=set_to,
            form=form or HoursForm(initial=HoursForm.initial_of(set_to.rules.hours)),
            closure_form=closure_form or ClosureForm(),
            responses=responses,
            names={str(one.pk): one.name for one in set_to.owners},
        ),
    )


def _owners(set_to: HoursPage) -> list[tuple[str, str]]:
    return [(str(one.pk), one.name) for one in set_to.owners]


# ---- rules and numbers ----------------------------------------------------------------------------------


@page("GET", "POST")
def rules(request: HttpRequest, clinic: str) -> HttpResponse:
    """What raises a flag, with its numbers, and what is switched off."""
    desk = enter(request, clinic)
    form = ThresholdsForm(request.POST or None, initial=reading.set_thresholds_of(desk.clinic))
    if request.method == "POST":
        access.demand(policy.may_change_flag_settings, desk.user, desk.clinic)
        if form.is_valid() and send(
            form,
            flag_settings.set_thresholds,
            by=desk.user,
            clinic=desk.clinic,
            values=form.told(),
            now=desk.now,
        ):
            say_success(request, _("Kept, from now on."))
            return redirect("flag_rules", clinic=desk.clinic.slug)
    return _rules(request, desk, form=form)


@page("POST")
def switch(request: HttpRequest, clinic: str, code: str) -> HttpResponse:
    """Switch a rule off, or on again."""
    desk = enter(request, clinic)
    access.demand(policy.may_change_flag_settings, desk.user, desk.clinic)
    known = _code(code, frozenset(FlagCode))
    form = SwitchForm(request.POST, code=known)
    is_on = request.POST.get("do") == "on"
    if form.is_valid() and attempt(
        request,
        _("Switched on.") if is_on else _("Switched off."),
        flag_settings.switch_flag,
        by=desk.user,
        clinic=desk.clinic,
        code=known,
        is_on=is_on,
        reason=form.cleaned_data["reason"],
        now=desk.now,
    ):
        return redirect("flag_rules", clinic=desk.clinic.slug)
    return _rules(request, desk, switch_form=(known, form))


def _rules(
    request: HttpRequest,
    desk: Desk,
    *,
    form: ThresholdsForm | None = None,
    switch_form: tuple[FlagCode, SwitchForm] | None = None,
) -> HttpResponse:
    numbers = form or ThresholdsForm(initial=reading.set_thresholds_of(desk.clinic))
    off = {FlagCode(row.code): row for row in reading.switched_off([desk.clinic.pk])}
    at_fault = dict([switch_form] if switch_form else [])
    rows = [
        (code, numbers.of(code), off.get(code), at_fault.get(code) or SwitchForm(code=code))
        for code in FlagCode
    ]
    return render(request, "flags/rules.html", _page(desk, "rules", form=numbers, rows=rows))


# ---- texts ----------------------------------------------------------------------------------------------


@page("GET")
def texts(request: HttpRequest, clinic: str) -> HttpResponse:
    """What families read about each flag, and who answers for it."""
    return _texts(request, enter(request, clinic))


@page("POST")
def text(request: HttpRequest, clinic: str, code: str) -> HttpResponse:
    """Keep a wording as a draft, or adopt it by name and credential."""
    desk = enter(request, clinic)
    known = _code(code, SAID_TO_FAMILIES)
    form = TextForm(request.POST, code=known, credentials=_credentials(desk))
    is_adopting = request.POST.get("do") == "adopt"
    access.demand(
        policy.may_adopt_flag_text if is_adopting else policy.may_write_flag_text, desk.user, desk.clinic
    )
    if form.is_valid():
        verb = flag_settings.write_and_adopt_text if is_adopting else flag_settings.write_text
        more = {"credential": form.cleaned_data["credential"]} if is_adopting else {}
        if send(
            form,
            verb,
            by=desk.user,
            clinic=desk.clinic,
            code=known,
            language=desk.clinic.locale,
            text=form.cleaned_data["text"],
            now=desk.now,
            **more,
        ):
            said = _("Adopted. Families read it from now on.") if is_adopting else _("Kept as a draft.")
            say_success(request, said)
            return redirect("flag_texts", clinic=desk.clinic.slug)
    return _texts(request, desk, at_fault={known: form})


def _texts(
    request: HttpRequest, desk: Desk, *, at_fault: dict[FlagCode, TextForm] | None = None
) -> HttpResponse:
    language = desk.clinic.locale
    drafts = reading.latest_texts(desk.clinic.pk, language)
    spoken = reading.adopted_texts(desk.clinic.pk, language)
    credentials = _credentials(desk)
    rows = []
    for code in (one for one in FlagCode if one in SAID_TO_FAMILIES):
        draft = drafts.get(code)
        words = draft.text if draft else str(DRAFTS[code])
        form = (at_fault or {}).get(code) or TextForm(
            code=code, credentials=credentials, initial={"text": words}
        )
        rows.append((code, spoken.get(code), words, form))
    may_adopt = policy.may_adopt_flag_text(desk.user, desk.clinic)
    return render(
        request,
        "flags/texts.html",
        _page(desk, "texts", rows=rows, may_adopt=may_adopt, credentials=credentials),
    )


def _credentials(desk: Desk) -> list[str]:
    membership = membership_in(desk.user, desk.clinic.slug)
    return membership.credentials if membership else []


def _code(told: str, among: frozenset[FlagCode]) -> FlagCode:
    """The code of an address. Raises Unseen for one that is not among these."""
    for code in among:
        if code == told:
            return code
    raise Unseen


def _page(desk: Desk, tab: str, **answers: Any) -> dict[str, Any]:
    may_change = policy.may_change_flag_settings(desk.user, desk.clinic)
    return desk.page("settings", tab=tab, may_change=may_change, **answers)
