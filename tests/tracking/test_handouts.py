"""The program to take home, and the week on paper to send along: of one home, in its language and words."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from clinic import rls
from clinic.models import ChildHome
from tests import factories
from tests.cast import Cast, planted
from tests.tracking import prescribing
from tests.tracking.reporting import asked, paper_of, place_of, printed, words, written
from tracking.models import ReportKind
from tracking.reports import handout, svg
from tracking.vocabulary.cues import SignMeaning

pytestmark = pytest.mark.django_db

NOT_ON_A_HANDOUT = (
    "note-body",
    "cleo-precaution",
    "cleo-last-name",
    "cleo-nickname",
    "entry-note",
    "report-narrative",
    "message-body",
    "concern-note",
    "fay-check-in",
    "flag-will-do",
    "goal-title",
    "family-words",
    "fay-name",
    "greg-name",
    "fays-home",
    "gregs-home",
)
"""Words of the record, of people and of homes; `family-words` are not shared with the clinic."""


@pytest.fixture
def tonight(cast: Cast) -> None:
    with rls.acting_as(cast.tess, system="seeding"):
        prescribing.tonight(cast)


@pytest.mark.usefixtures("tonight")
def test_a_handout_says_what_to_do_and_say_when_to_stop_and_whom_to_reach(cast: Cast) -> None:
    _, text = paper_of(cast, ReportKind.HANDOUT, home=cast.fays_home)
    for said in (
        "Every evening after bath, at least 5 minutes, for 8 weeks.",
        "After bath: 6:30 p.m.",
        "1. Hello hands",
        "Hello, my hands are here. Shall we begin?",
        "This is the way we massage your legs",
        "Stopping is good care and counts.",
        "You are not up to it right now",
        "Dislikes touch on the face",
        "For sleep: on the back",
        "Nobody watches at night",
        "OTR/L",
        planted("harbor-phone"),
        "Draft wording",
    ):
        assert said in text
    for never in ("!", "%", "missed", "streak"):
        assert never not in text.lower()


@pytest.mark.usefixtures("tonight")
def test_a_handout_holds_no_private_word_of_the_record(cast: Cast) -> None:
    factories.record(cast)
    for home in (None, cast.fays_home, cast.gregs_home):
        _, text = paper_of(cast, ReportKind.HANDOUT, home=home)
        assert [word for word in NOT_ON_A_HANDOUT if planted(word) in text] == []


@pytest.mark.usefixtures("tonight")
def test_a_home_reads_its_own_words_and_times_and_none_of_the_other_home(cast: Cast) -> None:
    own = {"language": "es", "is_shared": True}
    factories.family_words(
        cast.cleo, by=cast.fay, family=cast.fays_home, words="Así vamos, pierna larga", **own
    )
    factories.family_words(cast.cleo, by=cast.greg, family=cast.gregs_home, words="Pierna mía", **own)
    texts = [
        paper_of(cast, ReportKind.HANDOUT, home=home)[1] for home in (cast.fays_home, cast.gregs_home, None)
    ]
    assert [("Así vamos" in text, "Pierna mía" in text) for text in texts] == [
        (True, False),
        (False, True),
        (False, False),
    ]
    assert ["6:30 p.m." in text for text in texts] == [True, True, False]


def test_a_handout_is_of_the_published_version_and_never_of_its_draft(cast: Cast) -> None:
    with rls.acting_as(cast.tess, system="seeding"):
        program = prescribing.tonight(cast)
        program = prescribing.next_draft(cast.tess, program)
        prescribing.changed(
            cast.tess, program, note="Only drafted so far.", steps=prescribing.strokes("toe-rolls")
        )
    _, text = paper_of(cast, ReportKind.HANDOUT, home=cast.fays_home)
    assert "Only drafted so far." not in text
    assert "Toe rolls" not in text
    assert "Hello hands" in text


@pytest.mark.usefixtures("tonight")
def test_a_handout_tells_the_childs_own_signs_by_what_they_ask_for(cast: Cast) -> None:
    factories.sign(cast.cleo, by=cast.fay, words="Rubs her ear", asks_for=SignMeaning.ENOUGH)
    factories.sign(cast.cleo, by=cast.fay, words="Gives the other foot", asks_for=SignMeaning.MORE)
    _, text = paper_of(cast, ReportKind.HANDOUT, home=cast.gregs_home)
    assert "How Cleo says it More, please • Gives the other foot Enough • Rubs her ear" in text


@pytest.mark.usefixtures("tonight")
def test_a_sign_in_a_language_from_right_to_left_stands_beside_its_bullet(cast: Cast) -> None:
    factories.sign(cast.cleo, by=cast.fay, words="تمدّ قدمها", language="ar", asks_for=SignMeaning.MORE)
    paper, _ = paper_of(cast, ReportKind.HANDOUT, home=cast.fays_home)
    assert place_of(paper, r"[\u0600-\u06ff]") - place_of(paper, "•") < 20


def test_before_a_program_is_published_a_handout_says_so_and_shows_no_steps(cast: Cast) -> None:
    with rls.acting_as(cast.tess, system="seeding"):
        prescribing.calm(cast)
    paper, text = paper_of(cast, ReportKind.HANDOUT, home=cast.fays_home)
    assert "No program has been published for the family yet." in text
    assert "Step by step" not in text
    assert "Draft wording" not in text
    assert len(paper.pages) == 1


@pytest.mark.usefixtures("tonight")
def test_a_phone_finds_tonights_routine_by_the_code_on_a_handout(cast: Cast) -> None:
    report = asked(cast, ReportKind.HANDOUT, home=cast.fays_home)
    told = written(cast, report)
    address = f"http://localhost:8000/family/{cast.cleo.pk}/"
    assert told.data["code"] == svg.qr_code(address)
    [page, *_] = printed(report, told).pages
    assert [note.get_object()["/A"]["/URI"] for note in page["/Annots"]] == [address]


@pytest.mark.usefixtures("tonight")
def test_a_handout_in_a_language_from_right_to_left_runs_that_way(cast: Cast) -> None:
    report = asked(cast, ReportKind.HANDOUT, home=cast.fays_home, language="ar")
    with rls.acting_as(cast.tess), translation.override("ar"):
        told = handout.write(report, child=cast.cleo, viewer=cast.tess, now=rls.now())
    paper = printed(report, told)
    assert (told.data["is_rtl"], paper.trailer["/Root"]["/Lang"]) == (True, "ar")
    assert "Hello hands" in words(paper)  # nobody has translated the library


@pytest.mark.usefixtures("tonight")
def test_words_of_another_script_stand_on_a_page_whose_sentences_are_not_translated(cast: Cast) -> None:
    factories.family_words(
        cast.cleo,
        by=cast.fay,
        family=cast.fays_home,
        words="هذه قدمك الصغيرة",
        language="ar-EG",
        is_shared=True,
    )
    paper, text = paper_of(cast, ReportKind.HANDOUT, home=cast.fays_home, language="ar-EG")
    assert paper.trailer["/Root"]["/Lang"] == "en"
    assert re.search("[\u0600-\u06ff\ufe70-\ufeff]{3}", text)


@pytest.mark.usefixtures("tonight")
@pytest.mark.parametrize("kind", [ReportKind.HANDOUT, ReportKind.PAPER_WEEK])
def test_writing_for_more_homes_and_signs_asks_no_more(cast: Cast, kind: ReportKind) -> None:
    factories.sign(cast.cleo, by=cast.fay)
    report = asked(cast, kind, home=cast.fays_home)
    with CaptureQueriesContext(connection) as few:
        written(cast, report)
    for number in range(4):
        factories.sign(cast.cleo, by=cast.fay, words=f"Sign {number}")
        factories.precaution(cast.cleo, by=cast.tess)
    with CaptureQueriesContext(connection) as many:
        written(cast, report)
    assert len(many) == len(few)


# ---- the week on paper ----------------------------------------------------------------------------------


@pytest.mark.usefixtures("tonight")
def test_a_paper_week_has_the_boxes_of_the_printed_page_on_one_sheet(cast: Cast) -> None:
    paper, text = paper_of(cast, ReportKind.PAPER_WEEK, home=cast.fays_home)
    assert len(paper.pages) == 1
    assert text.count("After bath, 6:30 p.m.") == 5
    assert text.count("At the other home") == 2
    for box in ("Done", "Stopped early", "Child said no", "Not today", "in bed at", "asleep at"):
        assert text.count(box) >= 5
    assert "Words to say" in text
    assert planted("cleo-last-name") not in text
    assert planted("cleo-nickname") not in text


@pytest.mark.usefixtures("tonight")
def test_a_week_at_one_home_alone_still_fits_its_sheet(cast: Cast) -> None:
    with rls.acting_as(system="seeding"):
        ChildHome.objects.filter(child=cast.cleo, family=cast.gregs_home).delete()
        ChildHome.objects.filter(child=cast.cleo).update(weekdays=[])
    paper, text = paper_of(cast, ReportKind.PAPER_WEEK, home=cast.fays_home)
    assert (len(paper.pages), text.count("After bath, 6:30 p.m.")) == (1, 7)


def test_a_week_in_which_nothing_is_asked_says_so(cast: Cast) -> None:
    _, text = paper_of(cast, ReportKind.PAPER_WEEK, home=cast.fays_home)
    assert "No massage is asked for in this week." in text
    assert "Stopped early" not in text


def test_a_part_of_the_body_is_drawn_on_paper_as_on_pages() -> None:
    assert 'is-marked"><path class="region-edge" d="M60 104' in svg.region("legs")
    assert "var(--" not in svg.region("legs")
