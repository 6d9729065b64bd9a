"""Every component in every state, with invented people. Served only under DEBUG."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any, Final

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from tracking.reports import charts
from web.forms.widgets import Scale, TileCheckboxes, TileRadios
from web.pages import Rule, page

FIRST_DAY: Final = dt.date(2026, 11, 2)


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="First name", help_text="As the family says it.", max_length=40)
    born_on = forms.DateField(label="Born on", widget=forms.DateInput(attrs={"type": "date"}))
    zone = forms.ChoiceField(label="Time zone", choices=[("a", "Europe/Berlin"), ("b", "America/New_York")])
    note = forms.CharField(label="Note", required=False, widget=forms.Textarea(attrs={"rows": 3}))
    sides = forms.ChoiceField(
        label="Side", choices=[("l", "Left"), ("r", "Right"), ("b", "Both")], widget=forms.RadioSelect
    )
    days = forms.MultipleChoiceField(
        label="Days",
        required=False,
        choices=[("mo", "Monday"), ("we", "Wednesday"), ("fr", "Friday")],
        widget=forms.CheckboxSelectMultiple(attrs={"class": "choices-inline"}),
    )
    through = forms.BooleanField(label="Through clothes", required=False, help_text="Skin stays covered.")


class TouchForm(forms.Form):
    """Tiles and a scale, as families meet them."""

    state = forms.ChoiceField(
        label="How is Cleo now?",
        choices=[
            ("quiet_alert", "Bright eyes, quiet body"),
            ("drowsy", "Eyes open and close"),
            ("active_alert", "Lots of movement, fussing"),
            ("crying", "Crying"),
        ],
        widget=TileRadios,
    )
    cues = forms.MultipleChoiceField(
        label="What did you see?",
        required=False,
        choices=[
            ("More, please", [("ep_gaze", "Looks at your face"), ("ep_offer", "Offers the next foot")]),
            ("Enough for now", [("ds_look_away", "Looks away briefly"), ("ds_stiff", "Stiffens a limb")]),
        ],
        widget=TileCheckboxes,
    )
    intensity = forms.ChoiceField(
        label="How strong was it?",
        help_text="0: carried on as usual. 4: the day was affected.",
        choices=[(str(score), str(score)) for score in range(5)],
        widget=Scale,
    )


def _days(states: str) -> list[SimpleNamespace]:
    named = {
        "d": "done",
        "s": "stopped",
        "c": "declined",
        "n": "not_today",
        ".": "no_record",
        "p": "paused",
        "-": "not_prescribed",
        "u": "upcoming",
    }
    return [
        SimpleNamespace(
            on=FIRST_DAY + dt.timedelta(days=index), state=named[letter], count=2 if letter == "s" else 1
        )
        for index, letter in enumerate(states)
    ]


def _children() -> list[dict[str, Any]]:
    return [
        {
            "name": "Cleo Example",
            "age": "9 months",
            "corrected": "30 weeks",
            "week": "Week 3 of 8",
            "days": _days("dds.dcdn.ddsdu"),
            "offered": "11 of 13",
            "since": "today",
            "flags": [{"severity": "review", "label": "Face refused 3 of 4 times"}],
            "unread": 2,
            "spark": [42, 38, None, 40, 33, 30, 28, None, 24, 22],
            "words": "Minutes to fall asleep: from 42 to 22, toward the goal",
            "direction": "toward",
        },
        {
            "name": "Bo Sample",
            "age": "4 years",
            "corrected": "",
            "week": "Week 6 of 12",
            "days": _days("d..n...c.....u"),
            "offered": "2 of 13",
            "since": "6 days ago",
            "flags": [
                {"severity": "follow_up", "label": "No entry for 6 days"},
                {"severity": "urgent", "label": "New rash"},
            ],
            "unread": 0,
            "spark": [1, 1, 2, 2, None, 2, 3, 3],
            "words": "Intensity of answers to touch: from 1 to 3, away from the goal",
            "direction": "away",
        },
        {
            "name": "Mira Beispiel-Lang",
            "age": "14 months",
            "corrected": "12 months",
            "week": "Waiting",
            "days": _days("---------ppppu"),
            "offered": "–",
            "since": "never",
            "flags": [],
            "unread": 0,
            "spark": [],
            "words": "",
            "direction": "unclear",
        },
    ]


def _latency() -> dict[str, Any]:
    minutes = [52, 44, 61, 47, 55, None, 41, 38, 42, 30, None, 33, 60, 29, 24, 31, 22, 25, 19, 24]
    days = [FIRST_DAY + dt.timedelta(days=index) for index in range(len(minutes))]
    points = [
        charts.Point(on=day, value=value, is_at_least=value == 60, is_unusual=value == 61)
        for day, value in zip(days, minutes, strict=True)
        if value is not None
    ]
    return charts.outcome_chart(
        points,
        spans=[
            charts.Span("Diary only", days[0], days[6], 49.5),
            charts.Span("Bedtime calm", days[7], days[-1], 29),
        ],
        marks=[charts.Mark(days[7], "Bedtime calm"), charts.Mark(days[13], "shorter", is_light=True)],
        first=days[0],
        last=days[-1],
        title="Minutes to fall asleep",
        scale=charts.Scale.MINUTES,
    )


def _weeks() -> dict[str, Any]:
    numbers = [(7, 6, 5), (7, 7, 4), (7, 5, 5), (5, 5, 3), (7, 2, 2)]
    return charts.weeks_chart(
        [charts.WeekBar(week, *row) for week, row in enumerate(numbers, start=1)],
        started_on=FIRST_DAY,
        foot=charts.Foot(),
    )


def _speak(request: HttpRequest) -> str:
    return "ar" if request.GET.get("dir") == "rtl" else "en"


@page(rule=Rule.ANYBODY)
def styleguide(request: HttpRequest) -> HttpResponse:
    """The clinic's components; `?dir=rtl` mirrors them."""
    with translation.override(_speak(request)):
        return render(
            request,
            "styleguide.html",
            {
                "clinic": SimpleNamespace(name="Harbor Street OT", slug="harbor"),
                "here": "caseload",
                "children": _children(),
                "days": _days("dds.dcdn-ppdsu"),
                "marks": list("dscn.p-u"),
                "form": SampleForm(),
                "wrong": SampleForm({"name": "", "born_on": "yesterday", "sides": "x"}),
                "latency": _latency(),
                "weeks": _weeks(),
                "table": {
                    "columns": ["Night", "Minutes"],
                    "rows": [["Nov 2", 52], ["Nov 3", 44], ["Nov 4", 61]],
                },
                "regions": ["whole_body", "legs", "feet", "tummy", "chest", "arms", "hands", "face", "back"],
                "severities": ["emergency", "urgent", "pause", "review", "follow_up"],
            },
        )


@page(rule=Rule.ANYBODY)
def styleguide_family(request: HttpRequest) -> HttpResponse:
    """The family corner's components: `?part=tonight`, `step`, `touch` or `more`."""
    with translation.override(_speak(request)):
        return render(
            request,
            "styleguide_family.html",
            {
                "here": "tonight",
                "part": request.GET.get("part", "tonight"),
                "form": TouchForm(),
                "unread_count": 1,
            },
        )
