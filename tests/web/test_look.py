"""The small pieces of the look: marks, lines, initials, fields."""

from __future__ import annotations

import datetime as dt

import pytest
from django import forms
from django.template import Context, Template
from django.template.loader import get_template
from django.test import Client

from tracking.outcomes.sessions import StripDay
from tracking.vocabulary.outcomes import DayState
from web.forms.widgets import Scale, TileCheckboxes
from web.templatetags import look


def rendered(source: str, **context: object) -> str:
    return Template("{% load look assets %}" + source).render(Context(context))


def test_every_mark_of_a_day_says_in_words_what_it_is() -> None:
    for mark in look.MARKS.values():
        html = rendered("{% day_mark state on %}", state=mark.state, on=dt.date(2026, 11, 4))
        assert f'<span class="visually-hidden">Wednesday, November 4: {mark.words}</span>' in html


def test_no_two_marks_look_alike_without_color() -> None:
    drawn = [(str(mark.letter), mark.icon) for mark in look.MARKS.values() if mark.letter or mark.icon]
    assert len(drawn) == len(set(drawn))


def test_a_state_nobody_knows_shows_as_no_record() -> None:
    assert look.mark_of("surprise").state == "no_record"


def test_a_second_session_of_a_day_is_counted_aloud() -> None:
    assert "done, 2 times" in rendered("{% day_mark 'done' None 2 %}")


def test_a_strip_has_every_day_and_sets_the_second_week_apart() -> None:
    first = dt.date(2026, 11, 4)
    days = [StripDay(first + dt.timedelta(days=number), DayState.DONE, 1) for number in range(14)]
    items = rendered("{% day_marks days %}", days=days).split("<li")[1:]
    drawn = [rendered("{% day_mark 'done' on 1 %}", on=day.on) for day in days]
    assert [item.partition(">")[2].removesuffix("</li>") for item in items] == drawn
    assert [number for number, item in enumerate(items) if item.startswith(' class="strip-week"')] == [7]


def test_a_line_falls_from_its_highest_to_its_lowest_value() -> None:
    line = look.spark_line([40, 20], "from 40 to 20", "toward")
    assert line is not None
    assert line.paths == ("M4.0 4.0L92.0 24.0",)
    assert (line.end_x, line.end_y) == (92.0, 24.0)


def test_a_line_breaks_where_nothing_was_recorded() -> None:
    line = look.spark_line([1, 2, None, 3], "three known")
    assert line is not None
    assert len(line.paths) == 2


def test_a_line_of_equal_values_runs_level() -> None:
    line = look.spark_line([3, 3, 3], "level")
    assert line is not None
    assert line.paths == ("M4.0 14.0L48.0 14.0L92.0 14.0",)


def test_one_value_is_no_line() -> None:
    assert look.spark_line([3, None], "one") is None


@pytest.mark.parametrize(
    ("name", "letters"), [("Cleo", "C"), ("Mira Beispiel-Lang", "ML"), ("  ", "·"), ("Ádám Örs", "ÁÖ")]
)
def test_initials_are_the_first_and_last_words(name: str, letters: str) -> None:
    assert look.initials(name) == letters


FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) "
    "Version/18.5 Mobile/15E148 Safari/604.1"
)
ANDROID = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/138.0.0.0 Mobile Safari/537.36"
)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (FIREFOX, "Firefox, Linux"),
        (PHONE, "Safari, iPhone"),
        (ANDROID, "Chrome, Android"),
        ("", "a device of unknown kind"),
    ],
)
def test_a_device_is_named_in_two_words(said: str, words: str) -> None:
    assert look.device(said) == words


@pytest.mark.parametrize(
    "name", ["400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html"]
)
def test_a_refusal_can_be_shown_when_nothing_else_is_known(name: str) -> None:
    html = get_template(name).render()
    assert "<h1>" in html
    assert 'href="/"' in html


class TouchForm(forms.Form):
    name = forms.CharField(label="First name", help_text="As the family says it.")
    note = forms.CharField(label="Note", required=False)
    cues = forms.MultipleChoiceField(
        label="Cues", choices=[("More", [("ep_gaze", "Looks at you")])], widget=TileCheckboxes, required=False
    )
    intensity = forms.ChoiceField(label="Strong", choices=[("0", "0"), ("1", "1")], widget=Scale)


def test_a_field_is_joined_to_its_label_help_and_error() -> None:
    html = str(TouchForm({"name": ""}))
    assert '<label for="id_name">First name</label>' in html
    assert '<p class="field-help" id="id_name_helptext">As the family says it.</p>' in html
    assert 'id="id_name_error"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html


def test_the_list_of_faults_leads_to_the_fields() -> None:
    html = str(TouchForm({"name": ""}))
    assert "2 things need another look" in html
    assert '<a href="#id_name">First name: This is needed.</a>' in html
    assert '<a href="#id_intensity">Strong: Choose one.</a>' in html


class SeamsForm(forms.Form):
    count = forms.IntegerField(min_value=0, max_value=4)
    note = forms.CharField(max_length=5)
    email = forms.EmailField()


def test_a_refusal_says_what_would_be_taken() -> None:
    told = SeamsForm({"count": "5", "note": "too long", "email": "fay"}).errors
    assert told == {
        "count": ["4 at most."],
        "note": ["5 characters at most; this has 8."],
        "email": ["An e-mail address is written name@example.org."],
    }
    assert SeamsForm({"count": "x"}).errors["count"] == ["This has to be a whole number, such as 5."]


def test_the_sign_in_pages_speak_as_all_pages_do(client: Client, db: None) -> None:
    said = client.post("/accounts/login/", {}).content.decode()
    assert said.count("This is needed.") == 4  # above the form and beside the field
    assert "This field" not in said


def test_a_form_without_faults_has_no_list_of_them() -> None:
    assert "error-summary" not in str(TouchForm())


def test_what_may_be_left_out_says_so() -> None:
    html = str(TouchForm())
    assert html.count("(optional)") == 2


def test_tiles_keep_their_groups_names() -> None:
    html = str(TouchForm()["cues"])
    assert '<div class="tiles-group" role="group" aria-label="More">' in html
    assert '<label class="tile" for="id_cues_0_0">' in html


def test_what_a_person_wrote_is_never_markup() -> None:
    html = rendered("{% sparkline values words %}", values=[1, 2], words='"><script>')
    assert "<script>" not in html
    assert "<b>" not in rendered('{% include "parts/_words.html" with words=words %}', words="<b>")
