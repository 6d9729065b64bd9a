"""Something worries me: three taps to advice without script, and what the clinic then reads."""

from __future__ import annotations

import datetime as dt
import io
import re
import uuid
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.formats import date_format
from PIL import Image

from clinic import rls
from clinic.localtime import local_day
from clinic.models import CaregiverGrant, Clinic, Precaution
from tests import factories
from tests.cast import Cast, planted
from tests.web.sending import fields_of
from tests.web.test_query_budgets import statements
from tracking.models import Concern, ConcernPhoto, ConcernPlan, Flag
from tracking.response_times import OpenHours
from tracking.services.flag_settings import add_closure, set_hours

pytestmark = pytest.mark.django_db


@pytest.fixture
def fays(cast: Cast, sign_in: Any) -> Client:
    with rls.acting_as(cast.otto):
        Clinic.objects.filter(pk=cast.harbor.pk).update(emergency_number="911")
    client: Client = sign_in(cast.fay)
    return client


def corner(cast: Cast, page: str = "") -> str:
    return f"/family/{cast.cleo.pk}/{page}"


def tell(client: Client, cast: Cast, kind: str, **told: Any) -> str:
    answer = client.post(corner(cast, f"worry/{kind}/"), {"client_id": uuid.uuid4(), **told})
    assert answer.status_code == 200
    return answer.content.decode()


def picture() -> SimpleUploadedFile:
    written = io.BytesIO()
    Image.new("RGB", (30, 20), (200, 120, 110)).save(written, "PNG")
    return SimpleUploadedFile("rash.png", written.getvalue(), "image/png")


def test_from_tonight_and_from_the_routine_it_is_one_tap_to_what_worries(cast: Cast, fays: Client) -> None:
    program = factories.prescribed(cast.cleo, by=cast.tess)
    for page in ("", f"routine/{program.pk}/1/", "log/"):
        assert f'href="{corner(cast, "worry/")}"' in fays.get(corner(cast, page)).content.decode()


def test_color_and_breathing_stand_first_and_the_number_is_a_tap(cast: Cast, fays: Client) -> None:
    page = fays.get(corner(cast, "worry/")).content.decode()
    kinds = re.findall(rf'href="{corner(cast, "worry/")}(\w+)/"', page)
    assert kinds[:2] == ["colour_breathing", "seizure_like_event"]
    assert kinds[-2:] == ["parent_strain", "other"]
    assert 'href="tel:911"' in page
    assert "Nobody watches at night" in page


def test_an_emergency_is_advised_before_anything_is_sent(cast: Cast, fays: Client) -> None:
    page = fays.get(corner(cast, "worry/colour_breathing/")).content.decode()
    assert "Get emergency help now" in page
    assert 'href="tel:911"' in page
    assert not Concern.objects.exists()
    assert "Get emergency help now" not in fays.get(corner(cast, "worry/temperature/")).content.decode()


def test_without_a_number_it_says_so_in_words(cast: Cast, fays: Client) -> None:
    with rls.acting_as(cast.otto):
        Clinic.objects.filter(pk=cast.harbor.pk).update(emergency_number="")
    page = fays.get(corner(cast, "worry/seizure_like_event/")).content.decode()
    assert "Call the emergency number of the place you are in." in page
    assert 'href="tel:"' not in page


@pytest.mark.parametrize(
    ("typed", "unit", "celsius"), [("38.4", "", 38.4), ("101.1", "", 38.39), ("101.1", "fahrenheit", 38.39)]
)
def test_a_fever_is_answered_with_advice_a_receipt_and_one_tap_more(
    cast: Cast, fays: Client, typed: str, unit: str, celsius: float
) -> None:
    page = tell(fays, cast, "temperature", temperature=typed, temperature_unit=unit)
    assert "No massage until your child is well" in page
    assert "The clinic has this since" in page
    assert "draft wording" in page
    concern = Concern.objects.get()
    assert concern.advice == "fever_any"
    heed = corner(cast, f"worry/{concern.client_id}/heed/")
    assert f'action="{heed}"' in page
    assert fays.post(heed).status_code == 302
    assert Precaution.objects.filter(child=cast.cleo, code="fever").count() == 1
    assert heed not in fays.get(corner(cast, "worry/")).content.decode()


def test_the_advice_says_the_hours_the_clinic_has_set(cast: Cast, fays: Client) -> None:
    hours = "Monday to Wednesday, 9 a.m. to 4:30 p.m."
    before = tell(fays, cast, "feeding")
    assert "clinic hours" in before
    assert hours not in before
    with rls.acting_as(cast.otto):
        weekdays = [OpenHours(day, dt.time(9), dt.time(16, 30)) for day in range(3)]
        set_hours(by=cast.otto, clinic=cast.harbor, hours=weekdays, now=rls.now())
    assert hours in tell(fays, cast, "feeding")


def test_the_advice_says_on_which_days_soon_nobody_is_there(cast: Cast, fays: Client) -> None:
    assert "Closed" not in tell(fays, cast, "feeding")
    with rls.acting_as(cast.otto):
        today = local_day(rls.now(), cast.harbor.zone)
        for first, last in ((2, 5), (30, 31), (-9, -8)):
            days = {"from_on": today + dt.timedelta(first), "until_on": today + dt.timedelta(last)}
            add_closure(by=cast.otto, clinic=cast.harbor, now=rls.now(), **days)
    page = tell(fays, cast, "feeding")
    assert page.count("Closed from") == 1
    assert date_format(today + dt.timedelta(5)) in page


def test_sent_twice_it_is_one_concern_with_the_same_answer(cast: Cast, fays: Client) -> None:
    made = uuid.uuid4()
    pages = [tell(fays, cast, "feeding", client_id=made, happened="2026-11-20T18:42") for _ in range(2)]
    assert Concern.objects.count() == 1
    assert all("Call us today" in page for page in pages)


def test_a_worry_may_be_about_something_told_before(cast: Cast, fays: Client) -> None:
    question = "Is this about something you told us before?"
    assert question not in fays.get(corner(cast, "worry/feeding/")).content.decode()
    tell(fays, cast, "feeding")
    first = Concern.objects.get()
    page = fays.get(corner(cast, "worry/other/")).content.decode()
    assert question in page
    assert f'value="{first.client_id}"' in page
    asked_again = tell(fays, cast, "other", follows=uuid.uuid4())
    assert "field-error" in asked_again
    assert Concern.objects.count() == 1
    assert "Told before: Feeding or weight" in tell(fays, cast, "other", follows=first.client_id)
    assert Concern.objects.get(kind="other").follows == first
    assert fays.get(corner(cast, "diary/")).content.decode().count("Feeding or weight</p>") == 1


def test_what_is_no_number_is_asked_again_and_nothing_is_kept(cast: Cast, fays: Client) -> None:
    page = tell(fays, cast, "temperature", temperature="hot")
    assert "is-invalid" in page or "errorlist" in page or "invalid" in page
    assert not Concern.objects.exists()


def test_the_childs_own_plan_stands_before_the_advice(cast: Cast, fays: Client) -> None:
    factories.concern_plan(cast.cleo, by=cast.tess)
    page = fays.get(corner(cast, "worry/seizure_like_event/")).content.decode()
    assert 0 < page.index(planted("concern-plan")) < page.index("Get emergency help now")
    told = tell(fays, cast, "seizure_like_event")
    assert 0 < told.index(planted("concern-plan")) < told.index("Get emergency help now")


def test_a_photo_that_is_none_does_not_stop_the_concern(cast: Cast, fays: Client) -> None:
    page = tell(fays, cast, "skin_reaction", photo=SimpleUploadedFile("x.svg", b"<svg/>", "image/svg+xml"))
    assert "Stop, wash it off" in page
    assert Concern.objects.count() == 1
    assert not ConcernPhoto.objects.exists()


def test_the_team_sees_the_photo_and_keeps_it_with_a_reason(cast: Cast, fays: Client, sign_in: Any) -> None:
    tell(fays, cast, "skin_reaction", photo=picture())
    photo = ConcernPhoto.objects.get()
    assert "1 photo sent to your care team" in fays.get(corner(cast, "worry/")).content.decode()
    page = f"/children/{cast.cleo.pk}/concerns/"
    address = f"{page}{photo.concern.client_id}/photos/{photo.client_id}/"
    tess = sign_in(cast.tess)
    assert f'src="{address}"' in tess.get(page).content.decode()
    seen = tess.get(address)
    assert (seen.status_code, seen["Content-Type"], seen["Cache-Control"]) == (
        200,
        "image/jpeg",
        "private, no-store",
    )
    assert sign_in(cast.greg).get(address).status_code == 403
    tess.post(f"{address}keep/", {"reason": ""})
    assert not ConcernPhoto.objects.filter(keepings__isnull=False).exists()
    tess.post(f"{address}keep/", {"reason": "For the dermatologist"})
    assert "For the dermatologist" in tess.get(page).content.decode()
    tess.post(f"{address}let-go/")
    assert "For the dermatologist" not in tess.get(page).content.decode()
    default_storage.delete(photo.file_name)


def test_the_clinic_reads_what_was_told_beside_what_phone_and_server_advised(
    cast: Cast, fays: Client, sign_in: Any
) -> None:
    tell(fays, cast, "temperature", temperature="38.4", note="She is so hot.")
    tess = sign_in(cast.tess)
    for page in ("", "concerns/", "diary/"):
        assert "Temperature" in tess.get(f"/children/{cast.cleo.pk}/{page}").content.decode()
    listed = tess.get(f"/children/{cast.cleo.pk}/concerns/").content.decode()
    assert "She is so hot." in listed
    assert "38.4 °C" in listed
    assert "The phone had said" not in listed


@pytest.mark.parametrize("who", ["fay", "tess"])
def test_ten_concerns_are_asked_for_as_one_is(cast: Cast, sign_in: Any, who: str) -> None:
    client = sign_in(getattr(cast, who))
    page = corner(cast, "worry/") if who == "fay" else f"/children/{cast.cleo.pk}/concerns/"
    first = factories.concern(cast.cleo, by=cast.fay)
    factories.concern_photo(first, by=cast.fay)
    statements(client, page)  # the first answer of a process fills what is read once
    before = statements(client, page)
    for _ in range(9):
        factories.concern_photo(factories.concern(cast.cleo, by=cast.fay), by=cast.fay)
    assert statements(client, page) == before


def test_a_strain_is_in_no_other_guardians_corner(cast: Cast, fays: Client, sign_in: Any) -> None:
    tell(fays, cast, "parent_strain", note="I cannot any more.")
    assert "I cannot any more." in fays.get(corner(cast, "worry/")).content.decode()
    for page in ("worry/", "diary/"):
        assert "I cannot any more." not in sign_in(cast.greg).get(corner(cast, page)).content.decode()


def test_a_plan_is_written_by_who_treats_and_not_over_anothers(cast: Cast, sign_in: Any) -> None:
    address = f"/children/{cast.cleo.pk}/concerns/plans/seizure_like_event/"
    tess = sign_in(cast.tess)
    assert tess.post(address, {"text": "Rescue medicine after 3 minutes."}).status_code == 302
    assert ConcernPlan.objects.get().text == "Rescue medicine after 3 minutes."
    stale = tess.post(address, {"text": "After 5 minutes."})
    assert "changed this meanwhile" in stale.content.decode()
    assert tess.post(address, {"text": "After 5 minutes.", "lock_version": 1}).status_code == 302
    assert tess.get(f"/children/{cast.cleo.pk}/concerns/plans/measles/").status_code == 404


def test_a_clinic_adopts_the_advice_and_says_it_in_its_own_words(cast: Cast, sign_in: Any) -> None:
    tess, address = sign_in(cast.tess), "/c/harbor/library/advice/"
    assert "draft wording" in tess.get(address).content.decode()
    tess.post(f"{address}fever_any/", {"title": "Rest", "text": "Wait a day."})
    tess.post(address, {"credential": "OTR/L"})
    page = tess.get(address).content.decode()
    assert "Wait a day." in page
    assert "Adopted for this clinic by" in page
    told = tell(sign_in(cast.fay), cast, "temperature", temperature="38.4")
    assert "Wait a day." in told
    assert "draft wording" not in told


def test_the_settings_ask_for_the_emergency_number(cast: Cast, sign_in: Any) -> None:
    otto = sign_in(cast.otto)
    page = otto.post("/c/harbor/settings/", {"name": "Harbor Lane Therapy", "zone": "America/New_York"})
    assert page.context["form"].errors["emergency_number"]
    assert (
        "the emergency number of the place you are in"
        in sign_in(cast.tess).get("/c/harbor/settings/").content.decode()
    )


def test_a_worry_told_by_phone_is_written_down_with_whose_words_it_is_and_what_to_advise(
    cast: Cast, sign_in: Any
) -> None:
    tess, page = sign_in(cast.tess), f"/children/{cast.cleo.pk}/record/"
    assert f"{page}worry/" in tess.get(page).content.decode()
    assert f"{page}worry/" not in sign_in(cast.opal).get(page).content.decode()
    assert f"{page}worry/temperature/" in tess.get(f"{page}worry/").content.decode()
    grant = CaregiverGrant.objects.get(child=cast.cleo, user=cast.fay)
    form = fields_of(tess.get(f"{page}worry/temperature/"))
    form |= {"temperature": "38.6", "source": "phone_call", "told_by_grant": str(grant.pk)}
    answer = tess.post(f"{page}worry/temperature/", form, follow=True)
    concern = Concern.objects.get()
    assert (concern.source, concern.told_by_grant, concern.is_on_behalf) == ("phone_call", grant, True)
    assert concern.reported_by == cast.tess
    assert "Written down for the family. Tell them:" in answer.content.decode()
    assert Flag.objects.open().filter(child=cast.cleo).exists()


def test_a_worry_of_an_unknown_kind_is_no_page(cast: Cast, sign_in: Any) -> None:
    assert sign_in(cast.tess).get(f"/children/{cast.cleo.pk}/record/worry/boredom/").status_code == 404
