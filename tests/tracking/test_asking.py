"""What a family is asked: chosen by the day, and told apart from what it did not answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from clinic import rls
from clinic.errors import Forbidden, Invalid
from clinic.models import AuditEvent, Child
from clinic.vocabulary import AuditCode
from tests.cast import Cast, make_id
from tests.tracking.records import MONDAY, at, cleos_bedtime, cleos_lotion, log_session, publish_program
from tracking.models import AskPlan, Bedtime, Cosigning, TrackedStimulus
from tracking.readings.asking import ask_plans_of, asking, tracked_stimuli
from tracking.readings.progress import progress
from tracking.readings.sight import ShownAs, sight_of
from tracking.services import asking as choosing
from tracking.services import cosigning, recording
from tracking.services.asking import AlreadyTracked, TooManyTracked
from tracking.vocabulary.asking import Question
from tracking.vocabulary.states import StateScale

NOON = at("12:00")
FEW = ["state_after", "check_in"]
DAY = dt.timedelta(days=1)


@pytest.fixture
def tess(cast: Cast) -> Iterator[Cast]:
    with rls.acting_as(cast.tess):
        Child.objects.filter(pk=cast.cleo.pk).update(born_on=MONDAY - dt.timedelta(weeks=39))
        cast.cleo.born_on = MONDAY - dt.timedelta(weeks=39)
        yield cast


def choose(cast: Cast, questions: list[str] | None, *, now: dt.datetime = NOON, **told: object) -> AskPlan:
    by = told.pop("by", cast.tess)
    return choosing.change_ask_plan(by=by, child=cast.cleo, questions=questions, now=now, **told)


def test_a_child_without_a_choice_is_asked_by_age(tess: Cast) -> None:
    plans = ask_plans_of(tess.cleo)
    assert not plans.on(MONDAY - dt.timedelta(weeks=12)).asks(Question.BEDTIME)
    assert plans.on(MONDAY).asks(Question.BEDTIME)


def test_a_choice_holds_from_its_day_and_past_days_keep_theirs(tess: Cast) -> None:
    choose(tess, FEW)
    choose(tess, ["cues"], now=NOON + 2 * DAY)
    plans = ask_plans_of(tess.cleo)
    assert plans.on(MONDAY - DAY).asks(Question.BEDTIME)
    assert plans.on(MONDAY + DAY).questions == {"state_after", "check_in"}
    assert plans.on(MONDAY + 2 * DAY).questions == {"cues"}
    assert plans.days_without(Question.CUES, [MONDAY - DAY, MONDAY, MONDAY + 2 * DAY]) == {MONDAY}
    with pytest.raises(Invalid) as refused:
        choose(tess, FEW, from_on=MONDAY - DAY)
    assert refused.value.field == "from_on"


def test_a_choice_can_go_back_to_what_the_age_suggests(tess: Cast) -> None:
    choose(tess, FEW)
    choose(tess, None, now=NOON + DAY)
    assert ask_plans_of(tess.cleo).on(MONDAY + DAY).asks(Question.BEDTIME)


def test_a_later_day_may_be_named_and_the_last_word_holds(tess: Cast) -> None:
    choose(tess, ["cues"], from_on=MONDAY + 7 * DAY)
    assert ask_plans_of(tess.cleo).on(MONDAY + 6 * DAY).asks(Question.BEDTIME)
    choose(tess, FEW, now=NOON + DAY)
    assert ask_plans_of(tess.cleo).on(MONDAY + 7 * DAY).questions == {"state_after", "check_in"}


def test_the_scale_follows_the_age_unless_the_team_sets_it(tess: Cast) -> None:
    choose(tess, FEW, state_scale="arousal")
    assert ask_plans_of(tess.cleo).on(MONDAY).scale is StateScale.AROUSAL
    with rls.acting_as(tess.fay):
        choose(tess, ["cues"], by=tess.fay)
        assert ask_plans_of(tess.cleo).on(MONDAY).scale is StateScale.AROUSAL
        with pytest.raises(Forbidden):
            choose(tess, ["cues"], by=tess.fay, state_scale="")


def test_team_and_guardians_choose_and_nobody_else(tess: Cast) -> None:
    with rls.acting_as(tess.greg):
        assert choose(tess, FEW, by=tess.greg).chosen_by == tess.greg
    for name in ("nan", "theo", "otto", "opal", "finn", "rex", "tara"):
        someone = getattr(tess, name)
        with rls.acting_as(someone), pytest.raises(Forbidden):
            choose(tess, FEW, by=someone)
    told = AuditEvent.objects.filter(code=AuditCode.CHANGED_ASK_PLAN, child_id=tess.cleo.pk)
    assert [row.actor_id for row in told] == [tess.greg.pk]


def test_an_unknown_question_is_refused(tess: Cast) -> None:
    with pytest.raises(Invalid) as refused:
        choose(tess, ["mood"])
    assert refused.value.field == "questions"


def test_what_an_assistant_drafts_is_asked_from_the_day_it_is_signed(tess: Cast) -> None:
    with rls.acting_as(tess.asha):
        draft = choose(tess, FEW, by=tess.asha)
    assert ask_plans_of(tess.cleo).on(MONDAY).asks(Question.BEDTIME)
    with rls.acting_as(tess.fay):
        assert draft not in AskPlan.objects.visible_to(tess.fay)
    waiting = Cosigning.objects.waiting().get(subject_id=draft.pk)
    cosigning.cosign(by=tess.tess, drafts=[waiting], now=NOON + DAY)
    plans = ask_plans_of(tess.cleo)
    assert plans.on(MONDAY).asks(Question.BEDTIME)
    assert plans.on(MONDAY + DAY).questions == {"state_after", "check_in"}


# ---- what an entry was not asked --------------------------------------------------------------------------


def test_a_session_knows_what_its_day_did_not_ask(tess: Cast) -> None:
    choose(tess, ["state_before", "check_in"])
    with rls.acting_as(tess.fay):
        told_anyway = log_session(tess.fay, tess.cleo, cues=(), not_asked=("state_before",)).row
        nothing_told = log_session(
            tess.fay, tess.cleo, state_before="", state_after="", cues=(), not_asked=("state_before",)
        ).row
        not_today = log_session(tess.fay, tess.cleo, outcome="not_today", ended_by="").row
    assert told_anyway.not_asked == ["cues"]
    assert nothing_told.not_asked == ["state_after", "cues", "state_before"]
    assert not_today.not_asked == []


def test_an_answer_that_is_missing_though_asked_is_no_answer(tess: Cast) -> None:
    with rls.acting_as(tess.fay):
        row = log_session(tess.fay, tess.cleo, state_before="", state_after="", cues=()).row
    assert row.not_asked == []


def test_a_late_entry_answers_the_plan_of_its_day(tess: Cast) -> None:
    choose(tess, FEW)
    with rls.acting_as(tess.fay):
        row = log_session(
            tess.fay, tess.cleo, occurred_at=at("19:20", on=MONDAY - DAY), cues=(), now=at("20:00")
        ).row
    assert row.not_asked == []


def test_a_bedtime_and_a_touch_nobody_asked_for_are_kept_and_say_so(tess: Cast) -> None:
    choose(tess, FEW)
    with rls.acting_as(tess.fay):
        mine = {"by": tess.fay, "child": tess.cleo, "door": "api", "now": at("20:05")}
        night = recording.record_bedtime(client_id=make_id(), entry=cleos_bedtime(), **mine).row
        touch = recording.record_observation(client_id=make_id(), entry=cleos_lotion(), **mine).row
    assert (night.not_asked, touch.not_asked) == (["bedtime"], ["touch"])
    assert Bedtime.objects.get(pk=night.pk).not_asked == ["bedtime"]


# ---- the page about it ------------------------------------------------------------------------------------


def test_the_page_says_who_chose_and_when_the_child_has_grown(tess: Cast) -> None:
    Child.objects.filter(pk=tess.cleo.pk).update(born_on=MONDAY - dt.timedelta(days=170), gestation_weeks=40)
    tess.cleo.refresh_from_db()
    with rls.acting_as(tess.fay):
        choose(tess, FEW, by=tess.fay)
    page = asking(tess.cleo, sight_of(tess.tess, tess.cleo), on=MONDAY)
    assert page.chosen is not None
    assert (page.chosen.by.name, page.chosen.questions) == (tess.fay.name, {"state_after", "check_in"})
    assert (page.grown_since, page.changes_at_months) == (None, 6)
    later = asking(tess.cleo, sight_of(tess.tess, tess.cleo), on=MONDAY + 30 * DAY)
    assert later.grown_since == MONDAY
    seen_by_greg = asking(tess.cleo, sight_of(tess.greg, tess.cleo), on=MONDAY)
    assert [one.by.shown_as for one in seen_by_greg.history] == [ShownAs.ROLE]


# ---- touches ----------------------------------------------------------------------------------------------


def track(cast: Cast, stimulus: str, *, on: dt.date = MONDAY, by: object = None) -> TrackedStimulus:
    return choosing.track_stimulus(
        by=by or cast.tess, child=cast.cleo, stimulus=stimulus, from_on=on, now=NOON
    )


def test_at_most_three_touches_are_asked_about(tess: Cast) -> None:
    asked = [track(tess, stimulus) for stimulus in ("cloth_tag", "groom_teeth", "barefoot_sand")]
    with pytest.raises(AlreadyTracked):
        track(tess, "cloth_tag")
    with pytest.raises(TooManyTracked):
        track(tess, "kiss_hug")
    choosing.stop_tracking(by=tess.tess, tracked=asked[0], until_on=MONDAY, now=NOON)
    with pytest.raises(TooManyTracked):
        track(tess, "kiss_hug")
    track(tess, "kiss_hug", on=MONDAY + DAY)
    assert len(tracked_stimuli(tess.cleo, on=MONDAY)) == 3
    assert len(tracked_stimuli(tess.cleo, on=MONDAY + DAY)) == 3


def test_a_guardian_chooses_touches_and_ends_them_and_who_only_logs_does_not(tess: Cast) -> None:
    with rls.acting_as(tess.fay):
        tracked = track(tess, "tickle", by=tess.fay)
        choosing.stop_tracking(by=tess.fay, tracked=tracked, until_on=MONDAY, now=NOON)
    with rls.acting_as(tess.nan), pytest.raises(Forbidden):
        track(tess, "tickle", by=tess.nan)
    with rls.acting_as(tess.asha):
        drafted = track(tess, "kiss_hug", by=tess.asha, on=MONDAY + DAY)
        with pytest.raises(Forbidden):
            choosing.stop_tracking(by=tess.asha, tracked=drafted, until_on=MONDAY, now=NOON)
    assert drafted not in tracked_stimuli(tess.cleo, on=MONDAY + DAY)


# ---- in figures -------------------------------------------------------------------------------------------


def test_figures_count_only_the_days_on_which_one_was_asked(tess: Cast) -> None:
    publish_program(tess.cleo, tess.tess)
    choose(tess, ["state_after"], now=NOON - 6 * DAY)
    choose(tess, None, now=NOON - 2 * DAY)
    with rls.acting_as(tess.fay):
        for days_ago in (1, 4):
            evening = MONDAY - days_ago * DAY
            told = cleos_bedtime(lights_out_at=at("19:42", on=evening), asleep_at=at("20:01", on=evening))
            recording.record_bedtime(
                by=tess.fay,
                child=tess.cleo,
                client_id=make_id(),
                entry=told,
                door="api",
                now=at("20:05", on=evening),
            )
    read = progress(tess.tess, tess.cleo, first=MONDAY - 9 * DAY, last=MONDAY)
    (phase,) = read.latency_phases
    assert (phase.point_count, phase.day_count) == (2, 1)
    assert (phase.possible_days, phase.not_asked_days) == (6, 4)


def test_a_massage_without_a_state_was_not_asked_or_not_answered(tess: Cast) -> None:
    publish_program(tess.cleo, tess.tess)
    with rls.acting_as(tess.fay):
        log_session(tess.fay, tess.cleo, state_after="")
        log_session(tess.fay, tess.cleo, occurred_at=at("12:20"))
    choose(tess, ["cues"], now=NOON + DAY)
    with rls.acting_as(tess.fay):
        log_session(tess.fay, tess.cleo, occurred_at=at("19:20", on=MONDAY + DAY), state_after="")
    states = progress(tess.tess, tess.cleo, first=MONDAY, last=MONDAY + DAY).target_states
    assert states is not None
    assert (states.known_count, states.unanswered_count, states.not_asked_count) == (1, 1, 1)
