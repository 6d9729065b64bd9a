"""The paper week: printed for families that log on paper, and typed in by staff."""

from __future__ import annotations

import datetime as dt
import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from clinic.errors import DomainError, Forbidden, Unseen
from clinic.models import Child, Family
from clinic.vocabulary import AuditCode
from tracking import policy
from tracking.readings import people as reading
from tracking.readings.paper import DAYS, PaperWeek, paper_week
from tracking.services.paper import record_paper_day
from web.desk import ChildDesk, open_child, open_record
from web.forms.paper import PaperDayForm, PaperHeadForm, WeekForm
from web.home.corner import enter, of_the_living
from web.pages import page
from web.refusals import say_success, tell


@page("GET", viewed=AuditCode.VIEWED_PROGRAM)
def sheet(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """The sheet of one home and week, for the team to hand out; `home` and `first` choose them."""
    desk = open_record(request, child)
    homes = reading.families_of(desk.child)
    family = next((home for home in homes if str(home.pk) == request.GET.get("home")), None)
    if request.GET.get("home") and family is None:
        raise Unseen
    first = _first(request, default=desk.today)
    back = reverse("child_people", kwargs={"child": desk.child.pk})
    return _printed(request, desk.child, family or next(iter(homes), None), first, back=back, homes=homes)


@page("GET", viewed=AuditCode.VIEWED_PROGRAM)
@of_the_living
def own_sheet(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """The sheet of one's own household."""
    corner = enter(request, child)
    back = reverse("family_more", kwargs={"child": corner.child.pk})
    first = _first(request, default=corner.today)
    return _printed(request, corner.child, corner.home, first, back=back, grant=corner.grant.kind)


def _printed(
    request: HttpRequest,
    child: Child,
    family: Family | None,
    first: dt.date,
    *,
    back: str,
    homes: list[Family] | None = None,
    grant: str | None = None,
) -> HttpResponse:
    """In the language of the home, as far as there is one."""
    language = family.locale if family else translation.get_language() or "en"
    week = paper_week(child, family, first=first, language=language, with_words=True, grant=grant)
    with translation.override(language if translation.check_for_language(language) else None):
        return render(
            request,
            "paper/week.html",
            {
                "clinic": child.clinic,
                "child": child,
                "week": week,
                "homes": homes,
                "back": back,
                "form": WeekForm(initial={"first": first}),
            },
        )


@page("GET", "POST")
def typing(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """The grid: a row a day, kept each on its own. What was wrong comes back, with the reason."""
    desk = open_child(request, child)
    desk.demand(policy.may_record_entry)
    first = _first(request, default=desk.today - dt.timedelta(days=DAYS - 1))
    week = paper_week(desk.child, None, first=first, language="en", with_words=False)
    data = request.POST or None
    head = PaperHeadForm(data, tellers=reading.tellers_of(desk.child))
    rows = [PaperDayForm(day, week, data) for day in week.days if day.on <= desk.today]
    kept: list[PaperDayForm] = []
    if request.method == "POST" and head.is_valid():
        kept = [row for row in rows if row.is_valid() and _keep(desk, head, row)]
        wrong = [row for row in rows if row.errors]
        told = [row for row in kept if row.told()]
        if not wrong:
            say_success(request, _days_kept(len(told)))
            return redirect("child_diary" if desk.reads_record else "child_people", child=desk.child.pk)
        kept = told
    return render(request, "paper/typing.html", _grid(desk, week, head, rows, kept))


def _grid(
    desk: ChildDesk, week: PaperWeek, head: PaperHeadForm, rows: list[PaperDayForm], kept: list[PaperDayForm]
) -> dict[str, object]:
    return desk.page(
        "diary",
        week=week,
        head=head,
        rows=[(row, row in kept) for row in rows],
        kept_words=_days_kept(len(kept)) if kept else "",
        heads=list(rows[0]) if rows else [],
        choose=WeekForm(initial={"first": week.first}),
        earlier=week.first - dt.timedelta(days=DAYS),
    )


def _keep(desk: ChildDesk, head: PaperHeadForm, row: PaperDayForm) -> bool:
    """Whether a row's day was kept; an empty row is. What was refused stands on the row."""
    told = row.told()
    if told is None:
        return True
    try:
        record_paper_day(by=desk.user, child=desk.child, told=told, now=desk.now, **head.cleaned_data)
    except (Unseen, Forbidden):
        raise
    except DomainError as error:
        tell(row, error)
        return False
    return True


def _days_kept(count: int) -> str:
    said = ngettext("%(count)d day was written down.", "%(count)d days were written down.", count)
    return said % {"count": count} if count else _("Nothing was typed.")


def _first(request: HttpRequest, *, default: dt.date) -> dt.date:
    """The first day of the week the address names; anything else is as if nothing had been asked."""
    try:
        first = dt.date.fromisoformat(request.GET.get("first", ""))
    except ValueError:
        return default
    return first if abs(first - default) < dt.timedelta(days=3660) else default
