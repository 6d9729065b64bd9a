"""The caseload: who needs me today? One table, with the fortnight, what was offered, and what to look at."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from clinic import audit, policy
from clinic.vocabulary import AuditCode
from tracking import policy as record
from tracking.readings import caseload as reading
from tracking.readings.break_glass import waiting_for
from tracking.readings.caseload import Filter, Sort
from tracking.readings.invitations import drafts_waiting_for
from web.desk import enter
from web.pages import page

Code = TypeVar("Code", bound=StrEnum)

FILTERS: tuple[tuple[Filter, Promise], ...] = (
    (Filter.ALL, _("Everybody")),
    (Filter.MINE, _("My children")),
    (Filter.FLAGGED, _("Open flags")),
    (Filter.UNREAD, _("Unread")),
    (Filter.QUIET, _("Gone quiet")),
    (Filter.WITHOUT_PROGRAM, _("No program")),
)

COLUMNS: tuple[tuple[Sort, Promise], ...] = (
    (Sort.NAME, _("Child")),
    (Sort.WEEK, _("Program")),
    (Sort.OFFERED, _("Offered")),
    (Sort.LAST_ENTRY, _("Last entry")),
    (Sort.ATTENTION, _("To look at")),
)


@dataclass(frozen=True, slots=True)
class Choice:
    """A link that changes one thing about the table and keeps the rest."""

    code: str
    words: Promise
    query: str
    is_chosen: bool
    is_reversed: bool = False


@page("GET")
def caseload(request: HttpRequest, clinic: str) -> HttpResponse:
    desk = enter(request, clinic)
    shown = _one_of(Filter, request.GET.get("shown", ""), Filter.ALL)
    sort = _one_of(Sort, request.GET.get("sort", ""), Sort.ATTENTION)
    is_reversed = request.GET.get("reversed") == "1"
    search = request.GET.get("q", "").replace("\x00", "")[:100]
    answer = reading.caseload(
        desk.user,
        desk.clinic,
        now=desk.now,
        shown=shown,
        sort=sort,
        search=search,
        is_reversed=is_reversed,
        of_team=not desk.is_administrative,
    )
    audit.record_read(AuditCode.VIEWED_CASELOAD, by=desk.user, now=desk.now, clinic_id=desk.clinic.pk)
    filters = [
        Choice(one, words, _query(q=search, shown=one, sort=sort), one == shown) for one, words in FILTERS
    ]
    columns = {
        one.value: Choice(
            one,
            words,
            _query(q=search, shown=shown, sort=one, reversed="1" if one == sort and not is_reversed else ""),
            one == sort,
            is_reversed,
        )
        for one, words in COLUMNS
    }
    return render(
        request,
        "caseload/caseload.html",
        desk.page(
            "caseload",
            caseload=answer,
            filters=filters,
            columns=columns,
            search=search,
            shown=shown,
            sort=sort,
            draft_count=drafts_waiting_for(desk.user, desk.clinic),
            glass_count=waiting_for(desk.user, desk.clinic) if desk.is_owner else 0,
            is_narrowed=bool(search) or shown != Filter.ALL,
            views_figures=bool(desk.roles & record.VIEWING_FIGURES),
            may_enroll=bool(desk.roles & policy.ENROLLING),
        ),
    )


def _one_of(kind: type[Code], told: str, usual: Code) -> Code:
    """The code told, or the usual one: a stale link shows the caseload, not an error."""
    return next((one for one in kind if one.value == told), usual)


def _query(**wanted: str) -> str:
    return "?" + urlencode({name: value for name, value in wanted.items() if value})
