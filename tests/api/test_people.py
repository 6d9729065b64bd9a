"""Who one is, whom one may know of, and one's own household, over HTTP."""

from __future__ import annotations

from collections.abc import Callable

from clinic import rls
from clinic.models import CaregiverGrant, Child, User
from tests.api.client import App
from tests.cast import Cast, planted

AppOf = Callable[[User], App]


def test_a_mother_is_told_her_household_and_no_clinic(app_of: AppOf, cast: Cast) -> None:
    me = app_of(cast.fay).get("/api/v1/me")
    assert me["id"] == str(cast.fay.pk)
    assert me["clinics"] == []
    (home,) = me["households"]
    assert home == {
        "id": str(cast.fays_home.pk),
        "name": planted("fays-home"),
        "zone": "America/New_York",
        "locale": "en",
        "may_change": True,
    }


def test_a_therapist_who_is_a_mother_elsewhere_is_both(app_of: AppOf, cast: Cast) -> None:
    dana = app_of(cast.dana)
    me = dana.get("/api/v1/me")
    assert [(clinic["slug"], clinic["roles"]) for clinic in me["clinics"]] == [("harbor", ["therapist"])]
    assert [home["zone"] for home in me["households"]] == ["Europe/Berlin"]
    (child,) = dana.get("/api/v1/children")["items"]
    assert (child["id"], child["grant"], child["is_on_team"]) == (str(cast.cody.pk), "guardian", False)


def test_a_guardian_reads_the_childs_ages_with_the_corrected_one(app_of: AppOf, cast: Cast) -> None:
    child = app_of(cast.fay).get(f"/api/v1/children/{cast.cleo.pk}")
    assert child["born_on"] == cast.cleo.born_on.isoformat()
    assert child["ages"]["is_corrected"] is True
    assert child["ages"]["chronological_days"] - child["ages"]["corrected_days"] == 9 * 7, "31 weeks: 9 early"
    assert child["ages"]["text"].startswith(f"{child['ages']['corrected_days'] // 7} weeks corrected (")
    assert child["state_scale"] == "infant_state"
    assert child["household"] == str(cast.fays_home.pk)


def test_who_only_logs_knows_the_first_name(app_of: AppOf, cast: Cast) -> None:
    answer = app_of(cast.nan).get(f"/api/v1/children/{cast.cleo.pk}")
    assert answer["first_name"] == "Cleo"
    assert (answer["last_name"], answer["nickname"]) == ("", "")
    assert (answer["born_on"], answer["ages"]) == (None, None)
    assert planted("cleo-last-name").encode() not in answer.content


def test_who_has_no_access_any_more_has_no_children(app_of: AppOf, cast: Cast) -> None:
    assert app_of(cast.rex).get("/api/v1/children")["items"] == []
    assert app_of(cast.tara).get("/api/v1/children")["items"] == []


def test_a_token_opens_nothing_once_the_grant_is_ended(app_of: AppOf, cast: Cast) -> None:
    nan = app_of(cast.nan)
    assert nan.get(f"/api/v1/children/{cast.cleo.pk}").status == 200
    with rls.acting_as(cast.tess):
        CaregiverGrant.objects.filter(user=cast.nan).update(revoked_at=rls.now(), revoked_by=cast.tess)
    assert nan.get(f"/api/v1/children/{cast.cleo.pk}").status == 404
    assert nan.get("/api/v1/children")["items"] == []


def test_children_come_in_pages(app_of: AppOf, cast: Cast) -> None:
    with rls.acting_as(system="seeding"):
        for _ in range(5):
            Child.objects.create(
                clinic=cast.harbor, first_name="X", born_on=cast.cleo.born_on, created_at=rls.now()
            )
    otto = app_of(cast.otto)
    seen: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        page = otto.get("/api/v1/children", limit=2, **cursor)
        assert len(page["items"]) <= 2
        seen += [child["id"] for child in page["items"]]
        if page["next_cursor"] is None:
            break
        cursor = {"cursor": page["next_cursor"]}
    everything = [child["id"] for child in otto.get("/api/v1/children")["items"]]
    assert seen == everything
    assert len(seen) == len(set(seen)) == 7


def test_a_cursor_is_of_one_person_and_one_list(app_of: AppOf, cast: Cast) -> None:
    with rls.acting_as(system="seeding"):
        Child.objects.create(
            clinic=cast.harbor, first_name="X", born_on=cast.cleo.born_on, created_at=rls.now()
        )
    cursor = app_of(cast.otto).get("/api/v1/children", limit=1)["next_cursor"]
    answer = app_of(cast.opal).get("/api/v1/children", cursor=cursor)
    assert (answer.status, answer.code) == (400, "cursor_not_valid")
    answer = app_of(cast.tess).get(f"/api/v1/children/{cast.cleo.pk}/sessions", cursor=cursor)
    assert (answer.status, answer.code) == (400, "cursor_not_valid")


def test_a_guardian_sets_when_the_bath_is_over(app_of: AppOf, cast: Cast) -> None:
    fay = app_of(cast.fay)
    path = f"/api/v1/households/{cast.fays_home.pk}/routine-times"
    assert fay.get(path)["items"] == [
        {"anchor": "after_bath", "at": "18:30:00"},
        {"anchor": "bedtime", "at": "19:30:00"},
    ]
    for _ in range(2):
        answer = fay.put(f"{path}/after_bath", {"at": "18:45"})
        assert (answer.status, answer.body) == (200, {"anchor": "after_bath", "at": "18:45:00"})
    assert fay.put(f"{path}/bedtime", {"at": None})["at"] is None
    assert fay.get(path)["items"] == [{"anchor": "after_bath", "at": "18:45:00"}]


def test_a_routine_nobody_knows_is_refused_with_what_is_known(app_of: AppOf, cast: Cast) -> None:
    path = f"/api/v1/households/{cast.fays_home.pk}/routine-times"
    answer = app_of(cast.fay).put(f"{path}/tea_time", {"at": "16:00"})
    assert answer.fields == {"anchor": "invalid"}
    assert "after_bath" in answer["errors"][0]["allowed"]
    answer = app_of(cast.fay).put(f"{path}/bedtime", {"at": "25:00"})
    assert answer.fields == {"at": "invalid"}


def test_another_household_is_out_of_sight_also_for_a_parent_of_the_same_child(
    app_of: AppOf, cast: Cast
) -> None:
    answer = app_of(cast.greg).get(f"/api/v1/households/{cast.fays_home.pk}/routine-times")
    assert (answer.status, answer.code) == (404, "not_found")


def test_one_says_what_one_speaks_and_reads_and_whether_this_clinic_needs_an_interpreter(
    app_of: AppOf, cast: Cast
) -> None:
    fays = app_of(cast.fay)
    told = fays.put("/api/v1/me/languages", {"spoken_languages": ["ar", "EN"], "reading_language": "ar"})
    assert (told["spoken_languages"], told["reading_language"]) == (["ar", "en"], "ar")
    assert fays.get("/api/v1/me")["reading_language"] == "ar"
    refused = fays.put("/api/v1/me/languages", {"spoken_languages": ["Arabic"], "reading_language": ""})
    assert (refused.status, refused.fields) == (400, {"spoken_languages.0": "invalid"})
    assert fays.put(f"/api/v1/children/{cast.cleo.pk}/interpreter", {"is_needed": True})["is_needed"]
    assert CaregiverGrant.objects.get(user=cast.fay, child=cast.cleo).needs_interpreter
    assert not CaregiverGrant.objects.get(user=cast.greg, child=cast.cleo).needs_interpreter


def test_staff_say_what_they_read_too(app_of: AppOf, cast: Cast) -> None:
    told = app_of(cast.tess).put("/api/v1/me/languages", {"spoken_languages": [], "reading_language": "es"})
    assert (told.status, told["reading_language"]) == (200, "es")
