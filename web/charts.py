"""Which charts are drawn of a child, beside those every child has."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from tracking import policy
from tracking.readings.charts import chosen_charts
from tracking.services.charts import choose_charts
from web.desk import open_record
from web.forms.charts import ChartsForm
from web.pages import page
from web.refusals import say_success, send


@page("GET", "POST")
def charts(request: HttpRequest, child: uuid.UUID) -> HttpResponse:
    """What is chosen, for whoever treats the child to choose otherwise."""
    desk = open_record(request, child)
    desk.demand(policy.may_choose_charts)
    if request.method == "POST":
        form = ChartsForm(request.POST)
        if form.is_valid() and send(
            form,
            choose_charts,
            by=desk.user,
            child=desk.child,
            charts=form.cleaned_data["charts"],
            now=desk.now,
        ):
            say_success(request, _("Chosen. It is drawn here, and in reports from now on."))
            return redirect("child", child=desk.child.pk)
    else:
        form = ChartsForm(initial={"charts": [str(one) for one in chosen_charts(desk.child)]})
    return render(request, "child/charts.html", desk.page("overview", form=form))
