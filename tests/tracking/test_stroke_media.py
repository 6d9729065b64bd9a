"""A clinic's own pictures and clips of strokes: rows, order, words, and clips on their way to being shown."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from clinic import clips, files, rls
from clinic.errors import Forbidden, Invalid, Unseen
from clinic.models import User
from tests.cast import Cast
from tests.pictures import clip, picture
from tests.tracking.prescribing import tonight
from tracking.models import HomeProgram, MediaState, Stroke, StrokeMedia
from tracking.readings.shelf import shelf
from tracking.readings.stroke_media import file_in_programs, media_of_stroke
from tracking.services import stroke_media
from tracking.services.stroke_media import TooManyMedia

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _media(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def hello() -> Stroke:
    return Stroke.objects.get(clinic=None, slug="hello-hands")


def added(
    cast: Cast, *, by: User | None = None, alt_text: str = "Two hands", content: bytes = b""
) -> StrokeMedia:
    """A picture, or the clip of `content`, put to a built-in stroke."""
    with rls.acting_as(by or cast.tess):
        return stroke_media.add_media(
            by=by or cast.tess,
            clinic=cast.harbor,
            stroke=hello(),
            kind="clip" if content else "photo",
            content=content or picture(),
            alt_text=alt_text,
            now=rls.now(),
        )


def stored() -> list[str]:
    return sorted(path.name for path in Path(files.default_storage.location).rglob("*") if path.is_file())


def words_in_order(cast: Cast) -> list[str]:
    return [one.alt_text for one in media_of_stroke(cast.harbor, hello().pk)]


def on_the_shelf(cast: Cast, clinic: str = "harbor") -> list[str]:
    offered = shelf(getattr(cast, clinic), language="en").strokes
    return [one.alt_text for one in next(card for card in offered if card.slug == "hello-hands").media]


def test_a_clinic_puts_its_own_picture_to_a_stroke_with_words_for_it(cast: Cast) -> None:
    with pytest.raises(Invalid), transaction.atomic():
        added(cast, alt_text=" ")
    added(cast, alt_text="Two hands resting on a belly")
    assert on_the_shelf(cast) == ["Two hands resting on a belly"]
    assert on_the_shelf(cast, "solo") == []


def test_an_assistant_adds_none(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        added(cast, by=cast.asha)


def test_a_stroke_has_a_dozen_at_most(cast: Cast) -> None:
    for number in range(stroke_media.MOST_OF_A_STROKE):
        added(cast, alt_text=f"Picture {number}")
    with pytest.raises(TooManyMedia):
        added(cast)


def test_pictures_are_put_in_order_and_described_anew(cast: Cast) -> None:
    first, second, third = (added(cast, alt_text=words) for words in ("one", "two", "three"))
    assert words_in_order(cast) == ["one", "two", "three"]
    with rls.acting_as(cast.tess):
        stroke_media.move_media(by=cast.tess, media=third, is_earlier=True, now=rls.now())
        assert words_in_order(cast) == ["one", "three", "two"]
        stroke_media.move_media(by=cast.tess, media=first, is_earlier=True, now=rls.now())
        stroke_media.move_media(by=cast.tess, media=second, is_earlier=False, now=rls.now())
        assert words_in_order(cast) == ["one", "three", "two"]
        stroke_media.describe_media(by=cast.tess, media=second, alt_text="two feet", now=rls.now())
    assert on_the_shelf(cast) == ["one", "three", "two feet"]


def test_what_is_taken_away_leaves_no_file(cast: Cast, django_capture_on_commit_callbacks: Any) -> None:
    media = added(cast)
    assert len(stored()) == 1
    with rls.acting_as(cast.tess), django_capture_on_commit_callbacks(execute=True):
        stroke_media.remove_media(by=cast.tess, media=media, now=rls.now())
    assert stored() == []
    assert not StrokeMedia.objects.exists()


# ---- clips ------------------------------------------------------------------------------------------------


def test_a_clip_is_shown_once_it_is_drawn_anew(cast: Cast, django_capture_on_commit_callbacks: Any) -> None:
    media = added(cast, content=clip(title="Fays kitchen"))
    assert on_the_shelf(cast) == []
    [sent] = stored()
    [waiting] = media_of_stroke(cast.harbor, hello().pk)
    assert (waiting.is_under_way, waiting.failure) == (True, "")
    with django_capture_on_commit_callbacks(execute=True):
        stroke_media.prepare_clip(media_id=media.pk)
    media.refresh_from_db()
    assert media.state == MediaState.READY
    assert on_the_shelf(cast) == ["Two hands"]
    assert stored() == [Path(media.file_name).name] != [sent]
    stroke_media.prepare_clip(media_id=media.pk)
    assert stored() == [Path(media.file_name).name]


def test_a_clip_that_cannot_be_shown_says_why_and_leaves_no_file(
    cast: Cast, django_capture_on_commit_callbacks: Any
) -> None:
    media = added(cast, content=b"\0\0\0\x18ftypmp42 and no more")
    with django_capture_on_commit_callbacks(execute=True):
        stroke_media.prepare_clip(media_id=media.pk)
    [failed] = media_of_stroke(cast.harbor, hello().pk)
    assert failed.failure == "The clip cannot be read. Save it anew as MP4 or WebM."
    assert (stored(), on_the_shelf(cast)) == ([], [])


def test_a_clip_taken_away_while_it_is_drawn_leaves_no_file(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    media = added(cast, content=clip())

    def taken_away(content: bytes, ending: str) -> bytes:
        with rls.acting_as(cast.tess):
            stroke_media.remove_media(by=cast.tess, media=media, now=rls.now())
        return content

    monkeypatch.setattr(clips, "drawn_anew", taken_away)
    pk = media.pk
    with django_capture_on_commit_callbacks(execute=True):
        stroke_media.prepare_clip(media_id=pk)
    assert not StrokeMedia.objects.exists()
    assert stored() == []


def test_a_clip_whose_message_or_worker_was_lost_is_found(cast: Cast) -> None:
    waiting, working = added(cast, content=clip()), added(cast, content=clip())
    StrokeMedia.objects.filter(pk=working.pk).update(state=MediaState.WORKING, claimed_at=rls.now())
    with rls.acting_as(system="media"):
        assert stroke_media.sweep_clips(now=rls.now()) == 0
        assert stroke_media.sweep_clips(now=rls.now() + dt.timedelta(minutes=1)) == 1
        assert stroke_media.sweep_clips(now=rls.now() + dt.timedelta(minutes=11)) == 2
    waiting.refresh_from_db()
    working.refresh_from_db()
    assert (waiting.state, working.state, working.failure_code) == ("waiting", "failed", "not_made")


# ---- who may have the file --------------------------------------------------------------------------------


def test_a_family_has_the_files_of_its_own_program_and_no_others(cast: Cast) -> None:
    media = added(cast)
    with rls.acting_as(cast.fay), pytest.raises(Unseen):
        file_in_programs(cast.fay, cast.cleo, media.pk)
    with rls.acting_as(cast.tess):
        program = tonight(cast)
    for name in ("fay", "greg", "nan", "tess", "asha"):
        person = getattr(cast, name)
        with rls.acting_as(person):
            assert file_in_programs(person, cast.cleo, media.pk) == media.file_name
    for name in ("rex", "finn", "tova", "theo", "otto"):
        person = getattr(cast, name)
        with rls.acting_as(person), pytest.raises(Unseen):
            file_in_programs(person, cast.cleo, media.pk)
    HomeProgram.objects.filter(pk=program.pk).update(state="ended")
    with rls.acting_as(cast.nan), pytest.raises(Unseen):
        file_in_programs(cast.nan, cast.cleo, media.pk)
    with rls.acting_as(cast.fay):
        assert file_in_programs(cast.fay, cast.cleo, media.pk) == media.file_name
