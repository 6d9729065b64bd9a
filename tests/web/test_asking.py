"""What is asked, on pages: nothing else appears, one's own words stay one's own, and one tap is enough."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

import pytest

from clinic import rls
from clinic.models import User
from tests import factories
from tests.cast import Cast, make_id, planted
from tests.tracking.flags import adopt
from tracking.models import AskPlan, CheckIn, MassageSession, TrackedStimulus
from tracking.vocabulary.concerns import FlagCode


@pytest.fixture
def cleo(cast: Cast) -> Cast:
    factories.prescribed(cast.cleo, by=cast.tess, anchors=("bedtime",))
    return cast


def read(client: Any, address: str) -> str:
    answer = client.get(address, follow=True)
    assert answer.status_code == 200
    return str(answer.content.decode())


def corner(cast: Cast, page: str = "") -> str:
    return f"/family/{cast.cleo.pk}/{page}"


def program_page(cast: Cast) -> str:
    with rls.acting_as(cast.fay):
        program = cast.cleo.programs.get()
    return corner(cast, f"routine/{program.pk}/1/")


# ---- nothing else is asked --------------------------------------------------------------------------------


def test_a_question_that_is_not_asked_appears_on_no_page_of_the_family(cleo: Cast, sign_in: Any) -> None:
    fay = sign_in(cleo.fay)
    pages = ("", "log/", "massage/", "bedtime/", "touch/")
    words = (
        "In bed now",
        "A touch moment",
        "What did you see?",
        "How was it for you?",
        'name="state_before"',
    )
    asked = "".join(read(fay, corner(cleo, page)) for page in pages)
    assert [one for one in words if one not in asked] == []
    factories.ask_plan(cleo.cleo, by=cleo.tess, questions=("state_after",))
    asked = "".join([*(read(fay, corner(cleo, page)) for page in pages), read(fay, program_page(cleo))])
    assert [one for one in words if one in asked] == []
    assert 'name="state_after"' in asked


def test_a_massage_ends_without_a_question_where_none_is_asked(cleo: Cast, sign_in: Any) -> None:
    factories.ask_plan(cleo.cleo, by=cleo.tess, questions=())
    told = {"client_id": make_id(), "outcome": "done"}
    answer = sign_in(cleo.fay).post(corner(cleo, "massage/"), told)
    assert answer["Location"] == corner(cleo)
    with rls.acting_as(cleo.fay):
        assert MassageSession.objects.get().not_asked == ["state_before", "state_after", "cues"]


def test_the_set_scale_is_the_one_that_is_asked(cleo: Cast, sign_in: Any) -> None:
    fay = sign_in(cleo.fay)
    assert "Lightly asleep" in read(fay, corner(cleo, "massage/"))
    sign_in(cleo.tess).post(
        f"/children/{cleo.cleo.pk}/asking/",
        {"verb": "questions", "questions": ["state_after"], "state_scale": "arousal"},
    )
    assert "Lightly asleep" not in read(fay, corner(cleo, "massage/"))


# ---- choosing ---------------------------------------------------------------------------------------------


def test_a_guardian_chooses_on_the_page_and_the_clinic_reads_who_it_was(cleo: Cast, sign_in: Any) -> None:
    fay = sign_in(cleo.fay)
    fay.post(corner(cleo, "asking/"), {"verb": "questions", "questions": ["cues"]})
    fay.post(corner(cleo, "asking/"), {"verb": "touch", "stimulus": "cloth_tag", "label": "the red shirt"})
    with rls.acting_as(cleo.fay):
        assert AskPlan.objects.get().questions == ["cues"]
        tracked = TrackedStimulus.objects.get()
    page = read(sign_in(cleo.tess), f"/children/{cleo.cleo.pk}/asking/")
    assert planted("fay-name") in page
    assert "the red shirt" in page
    fay.post(corner(cleo, "asking/"), {"verb": f"stop:{tracked.pk}"})
    fay.post(corner(cleo, "asking/"), {"verb": "by_age"})
    with rls.acting_as(cleo.fay):
        assert TrackedStimulus.objects.get().until_on is not None
        assert AskPlan.objects.in_order().last().follows_age
    assert planted("fay-name") not in read(sign_in(cleo.greg), corner(cleo, "asking/"))


def test_who_only_logs_reads_what_is_asked_and_changes_nothing(cleo: Cast, sign_in: Any) -> None:
    nan = sign_in(cleo.nan)
    assert "From today on" not in read(nan, corner(cleo, "asking/"))
    assert nan.post(corner(cleo, "asking/"), {"verb": "by_age"}).status_code == 403


# ---- how it was -------------------------------------------------------------------------------------------


def test_a_check_in_is_two_taps_on_tonight_and_then_out_of_the_way(cleo: Cast, sign_in: Any) -> None:
    fay = sign_in(cleo.fay)
    told = {"client_id": make_id(), "how_it_was": 2, "how_sure": 4, "words": planted("said")}
    fay.post(corner(cleo, "check-ins/"), told)
    assert "How was it for you?" not in read(fay, corner(cleo))
    assert planted("said") in read(fay, corner(cleo, "check-ins/"))
    tess = read(sign_in(cleo.tess), f"/children/{cleo.cleo.pk}/")
    assert planted("said") in tess
    assert planted("said") not in read(sign_in(cleo.greg), corner(cleo, "check-ins/"))


def test_a_week_can_be_left_and_a_check_in_taken_back(cleo: Cast, sign_in: Any) -> None:
    fay = sign_in(cleo.fay)
    fay.post(corner(cleo, "check-ins/"), {"client_id": make_id(), "leave": "1"})
    assert "How was it for you?" not in read(fay, corner(cleo))
    row = factories.check_in(cleo.cleo, by=cleo.fay)
    fay.post(corner(cleo, f"check-ins/{row.client_id}/withdraw/"))
    with rls.acting_as(cleo.fay):
        assert CheckIn.objects.get(pk=row.pk).withdrawn_at is not None
    assert planted("fay-check-in") not in read(sign_in(cleo.tess), f"/children/{cleo.cleo.pk}/")


def test_who_carries_much_is_told_so_and_nobody_else_is(cleo: Cast, sign_in: Any) -> None:
    this_week = factories.check_in(cleo.cleo, by=cleo.fay, how_it_was=5).week_on
    factories.check_in(cleo.cleo, by=cleo.fay, week_on=this_week - dt.timedelta(weeks=1), how_it_was=5)
    factories.flag(cleo.cleo, by=cleo.tess, code=FlagCode.PARENT_STRAIN)

    def reads(user: User) -> str:
        return read(sign_in(user), corner(cleo)) + read(sign_in(user), corner(cleo, "check-ins/"))

    assert "Thank you for telling us" in reads(cleo.fay)
    for other in (cleo.greg, cleo.nan):
        assert "Thank you for telling us" not in reads(other)
        assert "strain" not in reads(other).lower()


def test_who_says_that_it_is_too_much_reads_the_clinics_words_and_nobody_else_does(
    cleo: Cast, sign_in: Any
) -> None:
    fay = sign_in(cleo.fay)
    told = {"client_id": uuid.uuid4()}

    def tell() -> str:
        answer = fay.post(corner(cleo, "worry/parent_strain/"), told)
        assert answer.status_code == 200
        return str(answer.content.decode())

    assert "you do not have to carry it alone" in tell()
    adopt(cleo.cleo, FlagCode.PARENT_STRAIN, "Call Tess; she has time for you.", by=cleo.tess, now=rls.now())
    assert "Call Tess; she has time for you." in tell()
    for page in ("", "check-ins/"):
        assert "Call Tess; she has time for you." in read(fay, corner(cleo, page))
    for other in (cleo.greg, cleo.nan):
        theirs = read(sign_in(other), corner(cleo)) + read(sign_in(other), corner(cleo, "check-ins/"))
        assert "Thank you for telling us" not in theirs
        assert "Call Tess" not in theirs


# ---- not up to it -----------------------------------------------------------------------------------------


def test_one_tap_is_an_answer_and_nothing_asks_again_tonight(cleo: Cast, sign_in: Any) -> None:
    factories.every_day_at(cleo.cleo, cleo.fays_home)
    fay = sign_in(cleo.fay)
    assert "Not up to it tonight" in read(fay, corner(cleo))
    fay.post(corner(cleo, "not-up-to-it/"), {"client_id": make_id()})
    tonight = read(fay, corner(cleo))
    assert "That is fine" in tonight
    for asked in ("Start together", "In bed now", "How was it for you?", "Not up to it tonight"):
        assert asked not in tonight
    with rls.acting_as(cleo.fay):
        row = MassageSession.objects.get()
        assert (row.outcome, row.not_today_reason) == ("not_today", "not_up_to_it")


def test_the_other_home_reads_that_it_was_not_today_and_no_reason(cleo: Cast, sign_in: Any) -> None:
    fay, greg, tess = sign_in(cleo.fay), sign_in(cleo.greg), sign_in(cleo.tess)
    fay.post(corner(cleo, "not-up-to-it/"), {"client_id": make_id()})
    assert "not up to it" in read(fay, corner(cleo, "diary/")).lower()
    assert "not up to it" not in read(greg, corner(cleo, "diary/")).lower()
    assert "not up to it" in read(tess, f"/children/{cleo.cleo.pk}/diary/").lower()


# ---- not asked is not "no answer" -------------------------------------------------------------------------


def test_the_clinics_diary_tells_not_asked_from_no_answer(cleo: Cast, sign_in: Any) -> None:
    factories.session(cleo.cleo, by=cleo.fay, not_asked=["cues"], state_after="drowsy")
    diary = read(sign_in(cleo.tess), f"/children/{cleo.cleo.pk}/diary/")
    assert "Not asked: signs." in diary
    assert "No answer: before a massage." in diary
    assert "No answer" not in read(sign_in(cleo.fay), corner(cleo, "diary/"))
