"""What a clinic asks guardians to agree to: its rules and its own wording. All staff read, owners change."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from clinic import access, policy
from clinic.errors import Unseen
from clinic.models import ConsentText
from clinic.services import consents as services
from clinic.vocabulary import ConsentKind
from tracking.readings import consents as reading
from tracking.wording.consents import DRAFT
from web.desk import Desk, enter
from web.forms.consents import ConsentTextForm
from web.pages import page
from web.refusals import attempt, say_success, send


@page("GET")
def texts(request: HttpRequest, clinic: str) -> HttpResponse:
    """Each item: how many have to agree, and the words they are asked in."""
    return _page(request, enter(request, clinic))


@page("POST")
def text(request: HttpRequest, clinic: str, item: str) -> HttpResponse:
    """The wording of an item in one language, as a draft or adopted."""
    desk, kind = _owned(request, clinic, item)
    form = ConsentTextForm(request.POST, prefix=kind)
    if not form.is_valid():
        return _page(request, desk, at_fault=(kind, form))
    row: ConsentText | None = send(
        form,
        services.write_text,
        by=desk.user,
        clinic=desk.clinic,
        kind=kind,
        now=desk.now,
        **form.cleaned_data,
    )
    if row is None:
        return _page(request, desk, at_fault=(kind, form))
    if request.POST.get("do") == "adopt":
        attempt(
            request,
            _("Adopted. Guardians are asked in these words from now on."),
            services.adopt_text,
            by=desk.user,
            text=row,
            now=desk.now,
        )
    else:
        say_success(request, _("Kept as a draft."))
    return redirect("consent_texts", clinic=desk.clinic.slug)


@page("POST")
def rule(request: HttpRequest, clinic: str, item: str) -> HttpResponse:
    """Whether an item needs every guardian's agreement."""
    desk, kind = _owned(request, clinic, item)
    services.set_rule(
        by=desk.user,
        clinic=desk.clinic,
        kind=kind,
        needs_every=request.POST.get("needs") == "every",
        now=desk.now,
    )
    say_success(request, _("Kept."))
    return redirect("consent_texts", clinic=desk.clinic.slug)


def _owned(request: HttpRequest, clinic: str, item: str) -> tuple[Desk, ConsentKind]:
    desk = enter(request, clinic)
    access.demand(policy.may_change_clinic, desk.user, desk.clinic)
    kind = next((one for one in ConsentKind if one == item), None)
    if kind is None:
        raise Unseen
    return desk, kind


def _page(
    request: HttpRequest, desk: Desk, *, at_fault: tuple[ConsentKind, ConsentTextForm] | None = None
) -> HttpResponse:
    forms = dict([at_fault] if at_fault else [])
    rows = reading.texts_of(desk.clinic)
    items = []
    for kind in ConsentKind:
        written = [row for row in rows if row.kind == kind]
        form = forms.get(kind) or ConsentTextForm(prefix=kind, initial=_initial(desk, written, kind))
        items.append((kind, kind in desk.clinic.consents_of_every_guardian, written, form))
    return render(request, "settings/consents.html", desk.page("settings", items=items))


def _initial(desk: Desk, written: list[ConsentText], kind: ConsentKind) -> dict[str, str]:
    """The clinic's own words to go on from, or the draft wording; in the clinic's language."""
    own = next((row for row in written if row.language == desk.clinic.locale), None)
    return {"language": desk.clinic.locale, "text": own.text if own else str(DRAFT[kind])}
