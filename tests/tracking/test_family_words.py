"""A household's own words and voice: its own alone, unless it shares them."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import imageio_ffmpeg
import pytest

from clinic import files, recordings, rls
from clinic.errors import Forbidden, Invalid
from tests.cast import Cast
from tests.tracking.records import at
from tracking.models import FamilyWords
from tracking.readings.family_words import own_words_of, shared_words_of
from tracking.services import family_words

NOW = at("12:00")


def voice(tmp_path: Path, *, ending: str = "webm", seconds: int = 2, title: str = "") -> bytes:
    """A recording as a phone makes one: a tone."""
    made = tmp_path / f"voice.{ending}"
    subprocess.run(
        [
            imageio_ffmpeg.get_ffmpeg_exe(),
            *("-nostdin", "-loglevel", "error", "-y", "-f", "lavfi"),
            *("-i", f"sine=frequency=300:duration={seconds}", "-metadata", f"title={title}", str(made)),
        ],
        check=True,
    )
    return made.read_bytes()


def kept(cast: Cast, by: str = "fay", **told: Any) -> FamilyWords:
    user = cast.people()[by]
    family = cast.gregs_home if by == "greg" else cast.fays_home
    given: dict[str, Any] = {"about": "leg-long-glide", "words": "هكذا ندلك الساق", "language": "ar"}
    with rls.acting_as(user):
        return family_words.keep_family_words(
            by=user, child=cast.cleo, family=family, now=NOW, **(given | told)
        )


def test_a_household_says_it_in_its_words_and_nobody_elses_household_reads_them(cast: Cast) -> None:
    kept(cast)
    kept(cast, by="greg", words="Así masajeamos la pierna", language="es")
    kept(cast, words="هكذا", about="verse_legs")
    for user, family, expected in (
        (cast.nan, cast.fays_home, "هكذا ندلك الساق"),
        (cast.greg, cast.gregs_home, "Así masajeamos la pierna"),
    ):
        with rls.acting_as(user):
            assert own_words_of(user, cast.cleo, family.pk)["leg-long-glide"].words == expected
    with rls.acting_as(cast.greg):
        assert own_words_of(cast.greg, cast.cleo, cast.fays_home.pk) == {}
    with rls.acting_as(cast.tess):
        assert shared_words_of(cast.tess, cast.cleo) == {}


def test_what_is_shared_reaches_the_team_and_is_given_up_again(cast: Cast) -> None:
    row = kept(cast, is_shared=True)
    with rls.acting_as(cast.tess):
        assert shared_words_of(cast.tess, cast.cleo)["leg-long-glide"].language == "ar"
        with pytest.raises(Forbidden):
            family_words.give_up_family_words(by=cast.tess, words=row, now=NOW)
    with rls.acting_as(cast.fay):
        family_words.give_up_family_words(by=cast.fay, words=row, now=NOW)
        assert own_words_of(cast.fay, cast.cleo, cast.fays_home.pk) == {}


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"about": "no-such-stroke"}, "about"),
        ({"about": "verse_moon"}, "about"),
        ({"words": " "}, "words"),
        ({"recording": b"MZ not a voice"}, "recording"),
    ],
)
def test_own_words_are_about_something_and_say_something(
    cast: Cast, told: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as refusal:
        kept(cast, **told)
    assert refusal.value.field == field


@pytest.mark.parametrize("by", ["nan", "tess", "otto", "finn"])
def test_only_a_guardian_changes_the_words_of_their_household(cast: Cast, by: str) -> None:
    with pytest.raises(Forbidden):
        kept(cast, by=by)


@pytest.mark.parametrize("ending", ["webm", "ogg", "m4a", "mp3"])
def test_a_voice_is_written_anew_and_says_nothing_of_itself(cast: Cast, tmp_path: Path, ending: str) -> None:
    sent = voice(tmp_path, ending=ending, title="Fays kitchen")
    row = kept(cast, words="", recording=sent)
    with files.open_stored(row.recording) as stored:
        content = stored.read()
    assert row.recording.endswith(".m4a")
    assert b"Fays kitchen" in sent
    assert b"Fays kitchen" not in content
    again = kept(cast, words="Now in words", drops_recording=True)
    assert (again.pk, again.recording) == (row.pk, "")


def test_half_a_minute_is_kept_and_more_is_refused(tmp_path: Path) -> None:
    _, seconds = recordings.written_anew(voice(tmp_path, seconds=30))
    assert 29 < seconds < 31
    with pytest.raises(recordings.RecordingTooLong) as refusal:
        recordings.written_anew(voice(tmp_path, seconds=33))
    assert refusal.value.parameters == {"seconds": 30}
