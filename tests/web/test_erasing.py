"""The clinic's pages of erasing, and the family's."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from clinic import rls
from clinic.models import Child
from tests import factories
from tests.cast import Cast, planted
from tests.tracking.erasures import carry_out, due_erasure
from tracking.models import Erasure, ErasureRequest, RecordHold, RetentionPeriod
from tracking.vocabulary.erasure import ErasureOf, RequestState

HERE = "/c/harbor/settings/erasure/"


@pytest.fixture
def otto(cast: Cast, sign_in: Any) -> Client:
    client: Client = sign_in(cast.otto)
    return client


def text(page: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def asked(cast: Cast, otto: Client, **told: str) -> Any:
    fields = {"because": "guardian_asked", "typed_name": "Cleo", "written_on": "2026-01-10"}
    return otto.post(f"{HERE}children/{cast.cleo.pk}/", {**fields, **told})


def test_an_owner_sees_what_would_go_before_asking_for_it(cast: Cast, otto: Client) -> None:
    factories.record(cast)
    page = text(otto.get(f"{HERE}children/{cast.cleo.pk}/"))
    assert "Massage session 1 0" in page
    assert "further tables hold nothing of it" in page
    assert planted("fay-name") in page
    assert planted("gregs-home") in page
    assert asked(cast, otto, typed_name="Clea").status_code == 200
    assert not Erasure.objects.exists()
    assert asked(cast, otto).status_code == 302
    assert Erasure.objects.get().subject_id == cast.cleo.pk
    assert Child.objects.filter(pk=cast.cleo.pk).exists()


def test_the_second_person_confirms_on_the_same_page_and_the_first_may_call_it_off(
    cast: Cast, otto: Client, sign_in: Any
) -> None:
    factories.safeguarding_note(cast)
    asked(cast, otto)
    one = f"{HERE}{Erasure.objects.get().pk}/"
    assert "Confirm" not in text(otto.get(one))
    otto.post(f"{one}confirm/")
    assert Erasure.objects.get().confirmed_at is None
    theo = sign_in(cast.theo)
    assert "Confirm" in text(theo.get(one))
    assert theo.post(f"{one}confirm/").status_code == 302
    assert Erasure.objects.get().confirmed_by == cast.theo
    assert "To be carried out, not before" in text(otto.get(one))
    otto.post(f"{one}call-off/")
    assert "Called off by" in text(otto.get(one))


def test_what_went_is_told_by_table_once_it_is_done(cast: Cast, otto: Client) -> None:
    factories.record(cast)
    made = due_erasure(cast.harbor, ErasureOf.CHILD, cast.cleo.pk, by=cast.otto, confirmed_by=cast.theo)
    carry_out()
    page = text(otto.get(f"{HERE}{made.pk}/"))
    assert "Massage session" in page
    assert "tracking_" not in page
    assert "Cleo" not in page
    assert "Cleo" not in text(otto.get(HERE))


def test_a_person_is_found_by_name_and_whom_a_clinic_does_not_know_is_not(cast: Cast, otto: Client) -> None:
    assert planted("rex-name") in text(otto.get(f"{HERE}find/"))
    page = text(otto.get(f"{HERE}find/", {"name": "Na"}))
    assert planted("nan-name") in page
    assert planted("dana-name") in page
    assert planted("tova-name") not in text(otto.get(f"{HERE}find/", {"name": "Tova"}))
    assert otto.get(f"{HERE}people/{cast.nan.pk}/").status_code == 200
    assert otto.get(f"{HERE}people/{cast.tova.pk}/").status_code == 404


def test_a_record_is_held_and_the_hold_lifted(cast: Cast, otto: Client) -> None:
    hold = f"{HERE}children/{cast.cleo.pk}/hold/"
    assert otto.post(hold, {"reason": "short"}).status_code == 200
    assert otto.post(hold, {"reason": "a claim is open"}).status_code == 302
    assert "a claim is open" in text(otto.get(HERE))
    assert "This record is held" in text(otto.get(f"{HERE}children/{cast.cleo.pk}/"))
    otto.post(f"{HERE}holds/{RecordHold.objects.get().pk}/lift/")
    assert "No record is held" in text(otto.get(HERE))


def test_a_family_asks_the_clinic_answers_and_both_read_it(cast: Cast, otto: Client, sign_in: Any) -> None:
    fay = sign_in(cast.fay)
    corner = f"/family/{cast.cleo.pk}/erasure/"
    assert fay.post(corner, {"about": "child"}).status_code == 302
    assert "The clinic has it" in text(fay.get(corner))
    wish = ErasureRequest.objects.get()
    assert "asks to erase everything about Cleo" in text(otto.get(HERE))
    otto.post(f"{HERE}wishes/{wish.pk}/", {"declined_because": "must_be_kept"})
    assert "The law asks us to keep it" in text(fay.get(corner))
    assert fay.post(corner, {"about": "me"}).status_code == 302
    other = ErasureRequest.objects.get(about="me")
    taken_up = otto.post(f"{HERE}wishes/{other.pk}/", {"declined_because": ""})
    assert taken_up.headers["Location"] == f"{HERE}people/{cast.fay.pk}/"
    assert ErasureRequest.objects.get(pk=other.pk).state == RequestState.TAKEN_UP


def test_who_only_logs_is_offered_themselves_alone(cast: Cast, sign_in: Any) -> None:
    nan = sign_in(cast.nan)
    corner = f"/family/{cast.cleo.pk}/erasure/"
    assert "Everything about my child" not in text(nan.get(corner))
    assert nan.post(corner, {"about": "child"}).status_code == 200
    assert not ErasureRequest.objects.exists()


def test_a_shorter_period_is_looked_at_before_it_is_adopted(cast: Cast, otto: Client) -> None:
    retention = "/c/harbor/settings/retention/"
    factories.report(cast.cleo, by=cast.tess, asked_at=rls.now().replace(year=2024))
    told = {"kept": "unsigned_report", "amount": "365"}
    looked = otto.post(retention, told)
    assert looked.status_code == 200
    assert "This would remove 1 of them tonight" in text(looked)
    assert not RetentionPeriod.objects.exists()
    assert otto.post(retention, {**told, "is_sure": "on"}).status_code == 302
    assert "In force: 365 days" in text(otto.get(retention))
    assert otto.post(retention, {"kept": "invitation", "amount": ""}).status_code == 200


def test_the_board_asks_the_database_as_often_for_ten_as_for_one(
    cast: Cast, otto: Client, django_assert_num_queries: Any, django_assert_max_num_queries: Any
) -> None:
    factories.erasure_request(cast.cleo, by=cast.fay)
    factories.erasure(cast)
    with django_assert_max_num_queries(30) as one:
        otto.get(HERE)
    for by in (cast.greg, cast.nan):
        factories.erasure_request(cast.cleo, by=by, about="me")
    for person in (cast.fay, cast.nan, cast.finn):
        due_erasure(cast.harbor, ErasureOf.PERSON, person.pk, by=cast.otto, confirmed_by=cast.theo)
    with django_assert_num_queries(len(one.captured_queries)):
        otto.get(HERE)
