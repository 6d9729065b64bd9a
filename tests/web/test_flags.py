"""The flag pages: who reads what of a flag, what they do about it, and what the clinic sets."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from clinic import rls
from clinic.models import CareTeam, Child
from tests import factories
from tests.cast import Cast
from tests.tracking.flags import MORNING, adopt, raise_flag, set_readers
from tests.web.sending import fields_of
from tests.web.test_query_budgets import statements, told_twice
from tracking.models import ClinicClosure, ClinicHours, Flag, FlagResponse, FlagText
from tracking.readings.flag_settings import thresholds_of
from tracking.vocabulary.concerns import FlagCode

pytestmark = pytest.mark.django_db

FLAGS = "/c/harbor/flags/"
SETTINGS = "/c/harbor/settings/flags/"
LIST_BUDGET = 16


@pytest.fixture
def tess(cast: Cast, sign_in: Any) -> Client:
    client: Client = sign_in(cast.tess)
    return client


@pytest.fixture
def otto(cast: Cast, sign_in: Any) -> Client:
    client: Client = sign_in(cast.otto)
    return client


def words(answer: Any) -> str:
    assert answer.status_code == 200
    return str(answer.content.decode())


def page_of(flag: Flag) -> str:
    return f"{FLAGS}{flag.pk}/"


# ---- the list and one flag -------------------------------------------------------------------------------


def test_the_soonest_due_comes_first_and_what_somebody_has_is_elsewhere(cast: Cast, tess: Client) -> None:
    raise_flag(cast.cleo, FlagCode.LOW_DOSE, week_1=0.4, week_2=0.3)
    urgent = raise_flag(cast.cleo, FlagCode.SKILL_LOSS)
    page = words(tess.get(FLAGS))
    assert page.index("Lost skill") < page.index("Offered 40% and 30% of what was prescribed")
    tess.post(page_of(urgent), {"do": "acknowledge", "will_do": "Call Fay today"})
    assert "Lost skill" not in words(tess.get(FLAGS))
    assert cast.tess.name in words(tess.get(FLAGS, {"shown": "taken"}))
    assert "Call Fay today" in words(tess.get(page_of(urgent)))


def test_a_flag_is_put_off_and_closed_with_what_was_done(cast: Cast, tess: Client, sign_in: Any) -> None:
    flag = raise_flag(cast.cleo, FlagCode.NO_LOGS, days=7)
    page = words(tess.get(page_of(flag)))
    assert "7 days without any entry" in page
    assistant = sign_in(cast.asha)
    seen = words(assistant.get(page_of(flag)))
    assert "7 days without any entry" in seen
    assert 'name="do"' in page
    assert 'name="do"' not in seen
    overview = f"/children/{cast.cleo.pk}/"
    assert 'name="do"' in words(tess.get(overview))
    assert 'name="do"' not in words(assistant.get(overview))
    assert assistant.post(page_of(flag), {"do": "close", "reason": "Done"}).status_code == 403
    assert tess.post(page_of(flag), {"do": "snooze", "hours": "24", "reason": ""}).status_code == 200
    assert (
        tess.post(page_of(flag), {"do": "snooze", "hours": "24", "reason": "On holiday"}).status_code == 302
    )
    assert "On holiday" in words(tess.get(page_of(flag)))
    assert "No entries" in words(tess.get(FLAGS, {"shown": "put_off"}))
    tess.post(page_of(flag), {"do": "close", "reason": "Back on Friday"})
    with rls.acting_as(cast.tess):
        flag.refresh_from_db()
    assert flag.close_reason == "Back on Friday"
    assert "Back on Friday" in words(tess.get(page_of(flag)))


def test_a_medical_flag_is_not_offered_a_day(cast: Cast, tess: Client) -> None:
    flag = raise_flag(cast.cleo, FlagCode.SEIZURE)
    answer = tess.post(page_of(flag), {"do": "snooze", "hours": "24", "reason": "Later"})
    assert "4 hours" in words(answer)
    assert "1 day" not in words(answer)


def test_an_owner_reads_the_head_of_a_flag_and_nothing_of_what_it_is_about(cast: Cast, otto: Client) -> None:
    flag = raise_flag(cast.cleo, FlagCode.SKILL_LOSS)
    adopt(cast.cleo, FlagCode.SKILL_LOSS, "Please call us today.", by=cast.tess)
    for page in (words(otto.get(FLAGS)), words(otto.get(page_of(flag)))):
        assert "Cleo" in page
        assert "Urgent" in page
        assert "skill" not in page.lower()
        assert "Please call us" not in page
    otto.post(page_of(flag), {"do": "acknowledge", "will_do": "Ask Tess"})
    with rls.acting_as(cast.otto):
        flag.refresh_from_db()
    assert flag.acknowledged_by == cast.otto


def test_words_that_change_care_are_a_suggestion_until_they_are_chosen(cast: Cast, tess: Client) -> None:
    program = factories.program(cast.cleo, by=cast.tess)
    flag = raise_flag(cast.cleo, FlagCode.DISTRESS_RUN, sessions=3, of_last=5)
    assert "draft wording" in words(tess.get(page_of(flag)))
    adopt(cast.cleo, FlagCode.DISTRESS_RUN, "Shorter, with still hands.", by=cast.tess)
    page = words(tess.get(page_of(flag)))
    assert "Shorter, with still hands." in page
    assert "Let the family read it" in page
    choose = f"{page_of(flag)}advice/{program.pk}/"
    tess.post(choose, {"do": "choose"})
    assert "chosen" in words(tess.get(page_of(flag)))
    tess.post(choose, {"do": "end"})
    assert "Let the family read it" in words(tess.get(page_of(flag)))


def test_thirty_flags_cost_as_much_as_three(cast: Cast, tess: Client) -> None:
    def more(count: int) -> None:
        for number in range(count):
            with rls.acting_as(cast.otto):
                child = Child.objects.create(
                    clinic=cast.harbor,
                    first_name=f"Child {number}",
                    born_on=cast.cleo.born_on,
                    created_at=MORNING,
                )
                CareTeam.objects.create(
                    clinic=cast.harbor,
                    child=child,
                    therapist=cast.tess,
                    from_at=rls.now() - dt.timedelta(days=1),
                )
            raise_flag(child)

    more(3)
    told_twice(lambda: statements(tess, FLAGS), lambda: more(27), "flags", LIST_BUDGET)


# ---- what the clinic sets --------------------------------------------------------------------------------


def test_hours_are_set_as_a_week_and_a_day_is_closed_and_opened(cast: Cast, otto: Client) -> None:
    told = {name: "" for name in fields_of(otto.get(SETTINGS)) if name.startswith(("opens_", "closes_"))}
    told |= {"opens_0_0": "08:00", "closes_0_0": "12:00", "opens_0_1": "13:00", "closes_0_1": "16:00"}
    assert otto.post(SETTINGS, told).status_code == 302
    assert ClinicHours.objects.filter(ended_at=None).count() == 2
    assert "Give both times" in words(otto.post(SETTINGS, {**told, "closes_0_1": ""}))
    assert "overlap" in words(otto.post(SETTINGS, {**told, "opens_0_1": "11:00"}))
    otto.post(
        f"{SETTINGS}closures/", {"from_on": "2026-12-24", "until_on": "2026-12-26", "reason": "Holidays"}
    )
    assert "Holidays" in words(otto.get(SETTINGS))
    otto.post(f"{SETTINGS}closures/", {"end": ClinicClosure.objects.get().pk})
    assert "Holidays" not in words(otto.get(SETTINGS))


def test_an_order_without_a_reader_is_refused_beside_the_form(cast: Cast, otto: Client) -> None:
    told = {"urgent-within_minutes": "60", "urgent-first": "cover"}
    assert "Nobody would read the urgent flags" in words(otto.post(f"{SETTINGS}readers/urgent/", told))
    assert not FlagResponse.objects.exists()
    told |= {"urgent-second": "owner", "urgent-owner": str(cast.otto.pk)}
    assert otto.post(f"{SETTINGS}readers/urgent/", told).status_code == 302
    assert FlagResponse.objects.get().readers == ["cover", "owner"]


def test_when_the_last_reader_leaves_the_owner_is_told_at_once(cast: Cast, otto: Client) -> None:
    set_readers(cast, "care_team")
    assert "Nobody reads the urgent flags" not in words(otto.get(FLAGS))
    place = CareTeam.objects.get(child=cast.cleo, therapist=cast.asha)
    otto.post(f"/children/{cast.cleo.pk}/team/{place.pk}/leave/")
    lead = CareTeam.objects.get(child=cast.cleo, therapist=cast.tess)
    answer = otto.post(f"/children/{cast.cleo.pk}/team/{lead.pk}/leave/", follow=True)
    assert "Nobody reads the urgent flags of 1 child" in words(answer)
    assert "Nobody reads the urgent flags of 1 child" in words(otto.get(FLAGS))


def test_numbers_are_set_within_their_range_and_emptied_again(cast: Cast, otto: Client) -> None:
    def days() -> int:
        return thresholds_of([cast.harbor.pk])[cast.harbor.pk].no_logs_flag_after_days

    assert otto.post(f"{SETTINGS}rules/", {"no_logs_flag_after_days": "10"}).status_code == 302
    assert days() == 10
    assert otto.post(f"{SETTINGS}rules/", {"no_logs_flag_after_days": "99"}).status_code == 200
    assert otto.post(f"{SETTINGS}rules/", {"no_logs_flag_after_days": ""}).status_code == 302
    assert days() == 7


def test_a_medical_rule_that_is_off_is_read_by_everybody_who_reads_flags(
    cast: Cast, otto: Client, tess: Client
) -> None:
    address = f"{SETTINGS}rules/seizure/"
    assert otto.post(address, {"do": "off", "seizure-reason": "No"}).status_code == 200
    otto.post(address, {"do": "off", "seizure-reason": "The hospital’s line takes these calls"})
    assert "The hospital’s line takes these calls" in words(tess.get(FLAGS))
    otto.post(address, {"do": "on"})
    assert "The hospital’s line takes these calls" not in words(tess.get(FLAGS))


def test_a_text_is_a_draft_until_a_therapist_signs_for_it(cast: Cast, otto: Client, tess: Client) -> None:
    address = f"{SETTINGS}texts/fever_any/"
    assert otto.post(address, {"do": "write", "fever_any-text": "Rest."}).status_code == 302
    assert FlagText.objects.get().adopted_at is None
    told = {"do": "adopt", "fever_any-text": "Rest.", "fever_any-credential": "OTR/L"}
    assert tess.post(address, told).status_code == 302
    assert FlagText.objects.get().adopted_by == cast.tess
    assert f"Adopted by {cast.tess.name}, OTR/L" in words(otto.get(f"{SETTINGS}texts/"))


# ---- the family's side -----------------------------------------------------------------------------------


def test_a_family_reads_adopted_words_tonight_and_in_the_diary(cast: Cast, sign_in: Any) -> None:
    raise_flag(cast.cleo, FlagCode.SKILL_LOSS)
    adopt(cast.cleo, FlagCode.SKILL_LOSS, "Please call us today.", by=cast.tess)
    fay, nan = sign_in(cast.fay), sign_in(cast.nan)
    for page in (f"/family/{cast.cleo.pk}/", f"/family/{cast.cleo.pk}/diary/"):
        assert "Please call us today." in words(fay.get(page))
        assert "Please call us today." not in words(nan.get(page))


def test_beside_words_that_let_the_massage_rest_nothing_presses_for_one(cast: Cast, sign_in: Any) -> None:
    factories.every_day_at(cast.cleo, cast.fays_home)
    factories.prescribed(cast.cleo, by=cast.tess)
    raise_flag(cast.cleo, FlagCode.FEVER_ANY)
    fay = sign_in(cast.fay)

    def first() -> str:
        page = fay.get(f"/family/{cast.cleo.pk}/").content.decode()
        return "not-today" if "/not-today/" in page.split("btn-primary")[1][:200] else "routine"

    assert first() == "routine"
    adopt(cast.cleo, FlagCode.FEVER_ANY, "Let the massage rest.", by=cast.tess)
    assert first() == "not-today"
    assert "Start together" in words(fay.get(f"/family/{cast.cleo.pk}/"))


def test_whoever_massages_reads_that_products_are_put_away(cast: Cast, sign_in: Any) -> None:
    nan, put_away = sign_in(cast.nan), "dry hands, no oil or lotion"
    assert put_away not in words(nan.get(f"/family/{cast.cleo.pk}/"))
    raise_flag(cast.cleo, FlagCode.SKIN_REACTION)
    assert put_away in words(nan.get(f"/family/{cast.cleo.pk}/"))


def test_a_rest_is_one_tap_and_so_is_going_on(cast: Cast, sign_in: Any) -> None:
    program = factories.prescribed(cast.cleo, by=cast.tess)
    fay = sign_in(cast.fay)
    fay.post(f"/family/{cast.cleo.pk}/pause/", {"do": "begin"})
    assert program.pauses.count() == 1
    fay.post(f"/family/{cast.cleo.pk}/pause/", {"do": "begin"})
    assert program.pauses.count() == 1
    assert "Go on with it" in words(fay.get(f"/family/{cast.cleo.pk}/"))
    fay.post(f"/family/{cast.cleo.pk}/pause/", {"do": "end"})
    assert program.pauses.count() == 0
