"""The clinic's library on its pages: read, hidden, written, adopted."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clinic import rls
from clinic.models import ClinicMembership
from tests.cast import Cast
from tests.pictures import clip, picture
from tests.tracking.prescribing import tonight
from tests.web.sending import fields_of
from tracking.models import HiddenLibraryItem, Preset, Stroke, StrokeMedia, WordingAdoption
from tracking.services import stroke_media

pytestmark = pytest.mark.django_db

LIBRARY = "/c/harbor/library/"


@pytest.fixture
def tess(cast: Cast, sign_in: Any) -> Client:
    client: Client = sign_in(cast.tess)
    return client


@pytest.fixture
def otto(cast: Cast, sign_in: Any) -> Client:
    client: Client = sign_in(cast.otto)
    return client


def words(answer: Any) -> str:
    return str(answer.content.decode())


def built_in(slug: str) -> Stroke:
    return Stroke.objects.get(clinic=None, slug=slug)


def test_every_stroke_and_preset_is_on_the_shelf_as_draft_wording(cast: Cast, tess: Client) -> None:
    page = words(tess.get(LIBRARY))
    assert page.count('class="picker-name"') == 24
    assert "Bedtime calm" in page
    assert "draft wording" in page


def test_the_shelf_is_searched_by_other_names_too(cast: Cast, tess: Client) -> None:
    page = words(tess.get(LIBRARY, {"q": "indian milking"}))
    assert page.count('class="picker-name"') == 2
    assert "Nothing holds these words" in words(tess.get(LIBRARY, {"q": "elbow grease"}))


def test_a_stroke_says_what_the_library_says(cast: Cast, tess: Client) -> None:
    page = words(tess.get(f"{LIBRARY}strokes/{built_in('forehead-smooth').pk}/"))
    assert "Smooth your forehead, soft and calm." in page
    assert "Dislikes touch on the face" in page
    assert "Hide in this clinic" not in page


def test_an_owner_hides_a_stroke_and_offers_it_again(cast: Cast, otto: Client) -> None:
    address = f"{LIBRARY}strokes/{built_in('toe-rolls').pk}/offer/"
    assert "not offered" in words(otto.post(address, {"do": "hide"}, follow=True))
    assert HiddenLibraryItem.objects.filter(clinic=cast.harbor).count() == 1
    otto.post(address, {"do": "show"})
    assert not HiddenLibraryItem.objects.exists()


def test_a_stroke_is_copied_changed_and_kept_as_the_next_version(cast: Cast, tess: Client) -> None:
    source = built_in("leg-long-glide")
    fields = fields_of(tess.get(f"{LIBRARY}strokes/new/?from={source.pk}"))
    made = tess.post(f"{LIBRARY}strokes/new/", {**fields, "name": "Long glide, our way"})
    own = Stroke.objects.get(clinic=cast.harbor)
    assert made.headers["Location"] == f"{LIBRARY}strokes/{own.pk}/"
    tess.post(f"{LIBRARY}strokes/{own.pk}/edit/", {**fields, "name": "Our glide", "typical_seconds": "25"})
    own.refresh_from_db()
    assert own.current_version is not None
    assert (own.current_version.number, own.current_version.typical_seconds) == (2, 25)
    assert tess.get(f"{LIBRARY}strokes/{source.pk}/edit/").status_code == 404


def test_deep_pressure_is_refused_for_the_small(cast: Cast, tess: Client) -> None:
    fields = fields_of(tess.get(f"{LIBRARY}strokes/new/?from={built_in('leg-long-glide').pk}"))
    answer = tess.post(f"{LIBRARY}strokes/new/", {**fields, "name": "Deep glide", "pressure": "deep"})
    assert answer.status_code == 200
    assert "From this age, in weeks:" in words(answer)
    assert not Stroke.objects.filter(clinic=cast.harbor).exists()


def test_a_preset_is_made_of_rows_and_empty_rows_are_left_out(cast: Cast, tess: Client) -> None:
    nothing = tess.post(f"{LIBRARY}presets/new/", {"name": "Morning feet"})
    assert nothing.status_code == 200
    rows = {"stroke_0": "hello-hands", "stroke_1": "", "stroke_2": "toe-rolls"}
    assert tess.post(f"{LIBRARY}presets/new/", {"name": "Morning feet", **rows}).status_code == 302
    own = Preset.objects.get(clinic=cast.harbor)
    assert own.stroke_slugs == ["hello-hands", "toe-rolls"]
    assert "Morning feet" in words(tess.get(f"/children/{cast.cleo.pk}/programs/new/"))
    tess.post(f"{LIBRARY}presets/{own.pk}/retire/")
    assert "Morning feet" not in words(tess.get(f"/children/{cast.cleo.pk}/programs/new/"))


def test_a_picture_is_shown_to_the_clinic_and_to_no_other(
    cast: Cast, tess: Client, sign_in: Any, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    stroke = built_in("toe-rolls")
    wrong = SimpleUploadedFile("feet.png", b"<svg onload=alert(1)>", content_type="image/png")
    refused = tess.post(f"{LIBRARY}strokes/{stroke.pk}/media/", {"file": wrong, "alt_text": "Feet"})
    assert refused.status_code == 200
    sent = SimpleUploadedFile("feet.png", picture(), content_type="image/png")
    tess.post(f"{LIBRARY}strokes/{stroke.pk}/media/", {"file": sent, "alt_text": "Two small feet"})
    media = StrokeMedia.objects.get(clinic=cast.harbor)
    address = f"{LIBRARY}media/{media.pk}/"
    assert address in words(tess.get(f"{LIBRARY}strokes/{stroke.pk}/"))
    answer = tess.get(address)
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/jpeg", "nosniff")
    assert answer["Cache-Control"] == "private, no-store"
    assert sign_in(cast.tova).get(address).status_code == 404
    tess.post(f"{address}remove/")
    assert not StrokeMedia.objects.exists()


def test_a_clip_is_awaited_and_a_family_sees_it_at_its_step(
    cast: Cast, tess: Client, sign_in: Any, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    page = f"{LIBRARY}strokes/{built_in('hello-hands').pk}/"
    sent = SimpleUploadedFile("hands.mp4", clip(), content_type="video/mp4")
    tess.post(f"{page}media/", {"file": sent, "alt_text": "Two hands at rest"})
    media = StrokeMedia.objects.get(clinic=cast.harbor)
    waiting = words(tess.get(page))
    assert "The clip is waiting for its turn" in waiting
    assert 'hx-trigger="every 2s"' in waiting
    assert tess.get(f"{LIBRARY}media/{media.pk}/").status_code == 404
    stroke_media.prepare_clip(media_id=media.pk)
    assert "<video" in words(tess.get(page))
    with rls.acting_as(cast.tess):
        program = tonight(cast)
    assert "There is a clip of this in the family corner." in words(
        tess.get(f"/programs/{program.pk}/handout/")
    )
    fay = sign_in(cast.fay)
    address = f"/family/{cast.cleo.pk}/media/{media.pk}/"
    routine = words(fay.get(f"/family/{cast.cleo.pk}/routine/{program.pk}/1/"))
    assert f'src="{address}" aria-label="Two hands at rest"' in routine
    assert fay.get(address)["Content-Type"] == "video/mp4"
    assert sign_in(cast.finn).get(address).status_code == 404


def test_what_is_too_large_is_told_with_its_limit(
    cast: Cast, tess: Client, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    address = f"{LIBRARY}strokes/{built_in('toe-rolls').pk}/media/"
    large = SimpleUploadedFile("feet.png", b"\xff" * (10 * 1024 * 1024 + 1), content_type="image/png")
    refused = tess.post(address, {"file": large, "alt_text": "Feet"})
    assert "File is too large: 10 MB at most." in words(refused)
    larger = tess.post(address, {"alt_text": "Feet"}, CONTENT_LENGTH=str(60 * 1024 * 1024))
    assert larger.status_code == 413
    assert "A picture may have 10 MB, a clip 50 MB." in words(larger)
    assert not StrokeMedia.objects.exists()


def test_pictures_are_moved_and_described_on_their_page(
    cast: Cast, tess: Client, settings: Any, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    page = f"{LIBRARY}strokes/{built_in('toe-rolls').pk}/"
    for said in ("First", "Second"):
        sent = SimpleUploadedFile("feet.png", picture(), content_type="image/png")
        tess.post(f"{page}media/", {"file": sent, "alt_text": said})
    second = StrokeMedia.objects.get(alt_text="Second")
    tess.post(f"{LIBRARY}media/{second.pk}/move/", {"to": "earlier"})
    moved = words(tess.post(f"{LIBRARY}media/{second.pk}/describe/", {"alt_text": "Ten toes"}, follow=True))
    assert moved.index('alt="Ten toes"') < moved.index('alt="First"')
    refused = tess.post(f"{LIBRARY}media/{second.pk}/describe/", {"alt_text": " "}, follow=True)
    assert "has to have 1 to 300 characters" in words(refused)


def test_the_wording_is_adopted_by_name_and_credential(cast: Cast, tess: Client, otto: Client) -> None:
    assert "Watch your child more than your hands." in words(tess.get(f"{LIBRARY}texts/"))
    without = otto.get(f"{LIBRARY}texts/")
    assert "Adopting needs a credential" in words(without)
    tess.post(f"{LIBRARY}texts/", {"credential": "OTR/L"})
    assert WordingAdoption.objects.get(clinic=cast.harbor).adopted_by_id == cast.tess.pk
    assert "was adopted by" in words(tess.get(LIBRARY))
    assert ClinicMembership.objects.get(user=cast.otto, clinic=cast.harbor).credentials == []


def test_the_shelf_costs_the_same_with_more_on_it(cast: Cast, tess: Client) -> None:
    few = _cost(tess)
    fields = fields_of(tess.get(f"{LIBRARY}strokes/new/?from={built_in('leg-long-glide').pk}"))
    for number in range(5):
        tess.post(f"{LIBRARY}strokes/new/", {**fields, "name": f"Glide {number}"})
    assert Stroke.objects.filter(clinic=cast.harbor).count() == 5
    tess.get(LIBRARY)  # reads what was said after each one
    assert _cost(tess) == few


def _cost(client: Client) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(LIBRARY).status_code == 200
    return len(captured)
