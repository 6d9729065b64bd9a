"""Something worries a family: told over HTTP, and from a phone that had no network when it happened."""

from __future__ import annotations

import datetime as dt
import io
import uuid
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.files.storage import default_storage
from PIL import Image

from clinic import rls
from clinic.models import Child, Clinic, User
from tests import factories
from tests.api.client import App
from tests.cast import Cast, planted
from tests.database import Clock
from tests.tracking.phone import Phone
from tracking.models import Concern, ConcernPhoto, Flag

AppOf = Callable[[User], App]
NEW_YORK = ZoneInfo("America/New_York")


def room(cast: Cast) -> str:
    return f"/api/v1/children/{cast.cleo.pk}"


def fever(degrees: float = 38.4, **more: Any) -> dict[str, Any]:
    return {
        "kind": "temperature",
        "temperature": degrees,
        "temperature_unit": "celsius",
        "temperature_site": "ear",
        "occurred_at": rls.now().isoformat(),
        **more,
    }


def test_a_concern_is_told_once_and_answered_with_advice(app_of: AppOf, cast: Cast) -> None:
    fay = app_of(cast.fay)
    path, body = f"{room(cast)}/concerns/{uuid.uuid4()}", fever(note="She is hot.", language="en")
    first, again = fay.put(path, body), fay.put(path, body)
    assert (first.status, again.status) == (201, 200)
    assert first.content == again.content
    assert (first["advice"]["key"], first["advice"]["level"]) == ("fever_any", "pause")
    assert first["receipt"].startswith("The clinic has this since ")
    assert "Nobody watches at night" in first["watch"]
    assert first["proposal"]["code"] == "fever"
    assert (first["celsius"], first["language"]) == (38.4, "en")
    other = fay.put(path, fever(39))
    assert (other.status, other.code) == (409, "id_already_used")


def test_what_is_proposed_is_in_force_with_one_tap(app_of: AppOf, cast: Cast) -> None:
    fay, nan = app_of(cast.fay), app_of(cast.nan)
    path = f"{room(cast)}/concerns/{uuid.uuid4()}"
    fay.put(path, fever())
    assert fay.put(f"{path}/precaution", None)["proposal"] is None
    for helper in (fay, nan):  # who only logs massages too, and is to heed the same
        assert "fever" in helper.get(f"{room(cast)}/today")["precautions"]
    nothing = f"{room(cast)}/concerns/{uuid.uuid4()}"
    fay.put(nothing, {"kind": "other", "occurred_at": rls.now().isoformat()})
    assert fay.put(f"{nothing}/precaution", None).code == "nothing_to_heed"


def test_a_strain_is_read_by_its_author_and_the_team(app_of: AppOf, cast: Cast) -> None:
    fay, greg, tess = app_of(cast.fay), app_of(cast.greg), app_of(cast.tess)
    path = f"{room(cast)}/concerns/{uuid.uuid4()}"
    fay.put(path, {"kind": "parent_strain", "occurred_at": rls.now().isoformat(), "note": "Too much."})
    assert [app.get(path).status for app in (fay, greg, tess)] == [200, 404, 200]
    assert greg.get(f"{room(cast)}/concerns")["items"] == []
    assert len(tess.get(f"{room(cast)}/concerns")["items"]) == 1


def test_who_only_logs_is_answered_and_then_reads_their_strain_alone(app_of: AppOf, cast: Cast) -> None:
    nan = app_of(cast.nan)
    path = f"{room(cast)}/concerns/{uuid.uuid4()}"
    told = nan.put(path, fever())
    assert (told.status, told["advice"]["key"], told["proposal"]) == (201, "fever_any", None)
    assert nan.get(path).status == 404
    nan.put(
        f"{room(cast)}/concerns/{uuid.uuid4()}", {"kind": "parent_strain", "occurred_at": told["received_at"]}
    )
    assert [one["kind"] for one in nan.get(f"{room(cast)}/concerns")["items"]] == ["parent_strain"]


def test_concerns_come_in_pages_newest_first(app_of: AppOf, cast: Cast) -> None:
    fay = app_of(cast.fay)
    for minutes in range(5):
        at = (rls.now() - dt.timedelta(minutes=minutes)).isoformat()
        fay.put(f"{room(cast)}/concerns/{uuid.uuid4()}", {"kind": "other", "occurred_at": at})
    first = fay.get(f"{room(cast)}/concerns", limit=3)
    then = fay.get(f"{room(cast)}/concerns", limit=3, cursor=first["next_cursor"])
    assert (len(first["items"]), len(then["items"]), then["next_cursor"]) == (3, 2, None)
    times = [one["occurred_at"] for one in (*first["items"], *then["items"])]
    assert times == sorted(times, reverse=True)


def test_only_what_cannot_be_understood_is_refused(app_of: AppOf, cast: Cast) -> None:
    fay = app_of(cast.fay)
    refused = fay.put(f"{room(cast)}/concerns/{uuid.uuid4()}", {})
    assert (refused.status, refused.fields) == (400, {"kind": "required", "occurred_at": "required"})
    kept = fay.put(f"{room(cast)}/concerns/{uuid.uuid4()}", fever(101, region="of_a_newer_app"))
    assert (kept.status, set(kept["flags"])) == (201, {"unknown_code", "needs_review"})


def test_an_earlier_concern_of_another_child_is_an_unknown_one(app_of: AppOf, cast: Cast) -> None:
    ferns = factories.concern(cast.fern, by=cast.finn)
    fay = app_of(cast.fay)
    answers = [
        fay.put(f"{room(cast)}/concerns/{uuid.uuid4()}", fever(follows=str(earlier)))
        for earlier in (ferns.client_id, uuid.uuid4())
    ]
    assert answers[0].status == 400
    assert "follows" in answers[0].fields
    assert answers[0].content == answers[1].content


# ---- photos ------------------------------------------------------------------------------------------------


def picture() -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (30, 20), (200, 120, 110)).save(written, "PNG")
    return written.getvalue()


def look(app: App, path: str) -> Any:
    return app.client.get(path, headers={"Authorization": f"Bearer {app.token}"})


def test_a_photo_is_sent_as_bytes_and_only_the_team_sees_it(app_of: AppOf, cast: Cast) -> None:
    fay, greg, tess = app_of(cast.fay), app_of(cast.greg), app_of(cast.tess)
    concern = f"{room(cast)}/concerns/{uuid.uuid4()}"
    fay.put(concern, {"kind": "skin_reaction", "occurred_at": rls.now().isoformat()})
    path = f"{concern}/photos/{uuid.uuid4()}"
    sent = [fay.raw("PUT", path, picture(), "image/png") for _ in range(2)]
    assert [(answer.status, answer["photo_count"], answer["photos"]) for answer in sent] == [(200, 1, [])] * 2
    assert (greg.get(concern)["photo_count"], len(tess.get(concern)["photos"])) == (None, 1)
    assert [look(app, path).status_code for app in (fay, greg)] == [404, 404]
    seen = look(tess, path)
    assert (seen.status_code, seen["Content-Type"]) == (200, "image/jpeg")
    assert seen.content.startswith(b"\xff\xd8")
    default_storage.delete(ConcernPhoto.objects.get().file_name)


def test_the_team_keeps_a_photo_for_longer_with_a_reason_and_lets_it_go_again(
    app_of: AppOf, cast: Cast
) -> None:
    fay, tess = app_of(cast.fay), app_of(cast.tess)
    concern = f"{room(cast)}/concerns/{uuid.uuid4()}"
    fay.put(concern, {"kind": "skin_reaction", "occurred_at": rls.now().isoformat()})
    path = f"{concern}/photos/{uuid.uuid4()}"
    fay.raw("PUT", path, picture(), "image/png")
    kept = tess.put(f"{path}/keeping", {"reason": "تذهب إلى طبيب الجلد", "language": "ar"})
    [photo] = kept["photos"]
    assert (photo["goes_on"], photo["keep_reason"], photo["keep_language"]) == (
        None,
        "تذهب إلى طبيب الجلد",
        "ar",
    )
    assert tess.put(f"{path}/keeping", {"reason": ""}).fields == {"reason": "blank"}
    assert fay.put(f"{path}/keeping", {"reason": "Mine"}).status == 404
    [photo] = tess.delete(f"{path}/keeping")["photos"]
    assert photo["goes_on"] is not None
    default_storage.delete(ConcernPhoto.objects.get().file_name)


@pytest.mark.parametrize(
    ("content", "media_type", "status"),
    [
        (b"<svg/>", "image/svg+xml", 400),
        (b"\x00" * (10 * 1024 * 1024 + 1), "image/jpeg", 413),
        (b"{}", "application/json", 415),
    ],
)
def test_what_is_no_photo_is_refused(
    app_of: AppOf, cast: Cast, content: bytes, media_type: str, status: int
) -> None:
    fay = app_of(cast.fay)
    concern = f"{room(cast)}/concerns/{uuid.uuid4()}"
    fay.put(concern, {"kind": "skin_reaction", "occurred_at": rls.now().isoformat()})
    assert fay.raw("PUT", f"{concern}/photos/{uuid.uuid4()}", content, media_type).status == status


# ---- a phone without network -------------------------------------------------------------------------------


def test_the_bundle_says_all_a_phone_has_to_know(app_of: AppOf, cast: Cast) -> None:
    with rls.acting_as(cast.otto):
        Clinic.objects.filter(pk=cast.harbor.pk).update(emergency_number="911")
    factories.concern_plan(cast.cleo, by=cast.tess)
    fay = app_of(cast.fay)
    bundle = fay.get(f"{room(cast)}/concern-bundle")
    assert bundle["emergency_number"] == "911"
    assert [plan["text"] for plan in bundle["plans"]] == [planted("concern-plan")]
    assert bundle["ages"]["chronological_days"] - bundle["ages"]["corrected_days"] == 9 * 7
    assert bundle["adopted"] is None
    assert bundle.headers["ETag"] == f'"{bundle["digest"]}"'
    assert fay.get(f"{room(cast)}/concern-bundle")["digest"] == bundle["digest"]
    with rls.acting_as(cast.otto):
        Clinic.objects.filter(pk=cast.harbor.pk).update(emergency_number="")
    without = fay.get(f"{room(cast)}/concern-bundle")
    assert without["digest"] != bundle["digest"]
    assert without["say"]["call"] == "Call the emergency number of the place you are in."


def test_a_fever_on_saturday_night_offline_is_advised_then_and_sent_on_sunday(
    app_of: AppOf, cast: Cast, clock: Clock
) -> None:
    with rls.acting_as(cast.tess):
        young = Child.objects.filter(pk=cast.cleo.pk)
        young.update(born_on=(rls.now() - dt.timedelta(weeks=20)).date())
        Clinic.objects.filter(pk=cast.harbor.pk).update(emergency_number="911")
    app = app_of(cast.fay)
    phone = Phone(str(cast.cleo.pk), NEW_YORK, "America/New_York", network=app)
    phone.refresh()
    phone.network = None

    night = rls.now() - dt.timedelta(hours=14)
    told = {key: value for key, value in fever(38.2).items() if key != "occurred_at"}
    screen = phone.tell(told, at=night)
    # 20 weeks old and born at 31: 11 weeks by the age that counts for a fever.
    assert (screen.key, screen.level, screen.call) == ("fever_young", "emergency", "Emergency: call 911")
    assert screen.receipt.startswith("Not sent yet: your phone has no network.")
    assert not Concern.objects.exists()

    phone.network = app
    [answer] = phone.send(clock=rls.now())
    assert (answer.status, answer["advice"]["key"], answer["shown_advice"]) == (201, "fever_young", None)
    assert dt.datetime.fromisoformat(answer["occurred_at"]) == night
    assert dt.datetime.fromisoformat(answer["received_at"]) - night == dt.timedelta(hours=14)
    assert answer["flags"] == []
    assert answer["receipt"].startswith("The clinic has this since ")
    with rls.acting_as(cast.tess):
        assert Flag.objects.get(child=cast.cleo).severity == "emergency"
    assert phone.queue == []


def test_an_old_bundle_is_outvoted_by_the_child_that_began_to_crawl_and_nothing_is_refused(
    app_of: AppOf, cast: Cast
) -> None:
    with rls.acting_as(cast.tess):
        Child.objects.filter(pk=cast.cleo.pk).update(is_moving_about=True)
    app = app_of(cast.fay)
    phone = Phone(str(cast.cleo.pk), NEW_YORK, "America/New_York", network=app)
    phone.refresh()
    with rls.acting_as(cast.tess):
        Child.objects.filter(pk=cast.cleo.pk).update(is_moving_about=False)
    explained = [{"question": "is_unexplained", "answer": "no"}]
    screen = phone.tell({"kind": "bruise_or_swelling", "answers": explained}, at=rls.now())
    assert screen.key == "bruise_explained"
    [answer] = phone.send(clock=rls.now())
    assert (answer.status, answer["advice"]["key"], answer["shown_advice"]["key"]) == (
        201,
        "bruise_not_moving",
        "bruise_explained",
    )
    assert answer["flags"] == ["advice_differs"]


def test_the_childs_own_plan_is_shown_first(app_of: AppOf, cast: Cast) -> None:
    factories.concern_plan(cast.cleo, by=cast.tess)
    phone = Phone(str(cast.cleo.pk), NEW_YORK, "America/New_York", network=app_of(cast.nan))
    phone.refresh()
    screen = phone.tell({"kind": "seizure_like_event"}, at=rls.now())
    assert (screen.plan, screen.level) == (planted("concern-plan"), "emergency")


def test_a_therapist_writes_the_childs_own_plan_and_says_which_text_it_replaces(
    cast: Cast, app_of: AppOf
) -> None:
    at = f"/api/v1/children/{cast.cleo.pk}/concern-plans/seizure_like_event"
    tesss, fays = app_of(cast.tess), app_of(cast.fay)
    assert (tesss.get(at)["text"], tesss.get(at).headers["ETag"]) == ("", '"0"')
    sent = {"text": "Two minutes: call us.", "language": "en"}
    written = tesss.put(at, sent, **{"If-Match": '"0"'})
    assert (written.status, written["lock_version"], written["written_by"]) == (200, 1, cast.tess.name)
    assert [one["text"] for one in fays.get(at.rpartition("/")[0])["items"]] == ["Two minutes: call us."]
    assert tesss.put(at, sent).code == "revision_needed"
    assert tesss.put(at, sent, **{"If-Match": '"0"'}).code == "stale"
    assert fays.put(at, sent, **{"If-Match": '"1"'}).status == 403
    assert tesss.put(at, {"text": ""}, **{"If-Match": '"1"'}).status == 200
    assert fays.get(at.rpartition("/")[0])["items"] == []
    assert tesss.get(at.replace("seizure_like_event", "boredom")).status == 404
