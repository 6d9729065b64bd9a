"""Clips are drawn anew: smaller, shorter than a minute, and without what the file said of itself."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import imageio_ffmpeg
import pytest

from clinic import clips
from clinic.errors import DomainError
from tests.pictures import clip

SECRET = "Fays kitchen, 52.5200 N"


def told_of(content: bytes, tmp_path: Path) -> str:
    """What ffmpeg says of a clip."""
    kept = tmp_path / "kept.mp4"
    kept.write_bytes(content)
    asked = subprocess.run(
        [imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-i", str(kept)], capture_output=True, check=False
    )
    return asked.stderr.decode()


@pytest.mark.parametrize(
    ("size", "expected"), [("1920x1080", "1280x720"), ("1080x1920", "720x1280"), ("321x241", "320x240")]
)
def test_a_clip_is_made_no_larger_than_720_lines_and_says_nothing_of_itself(
    size: str, expected: str, tmp_path: Path
) -> None:
    sent = clip(size=size, ending="webm", title=SECRET)
    assert SECRET.encode() in sent
    drawn = clips.drawn_anew(sent, "webm")
    assert SECRET.encode() not in drawn
    found = re.search(r"Video: h264.*?, (\d+x\d+)", told_of(drawn, tmp_path))
    assert found is not None
    assert found[1] == expected


def test_a_minute_is_kept_and_more_is_refused() -> None:
    assert clips.drawn_anew(clip(seconds=60, size="64x48"), "mp4")
    with pytest.raises(clips.ClipTooLong) as refusal:
        clips.drawn_anew(clip(seconds=62, size="64x48", ending="webm"), "webm")
    assert refusal.value.parameters == {"seconds": 60}


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (b"\0\0\0\x18ftypmp42" + b"x" * 200, "mp4"),
        (b"\x1a\x45\xdf\xa3", "webm"),
        # A list of addresses that calls itself a clip: the reader is named, so nothing of it is followed.
        (b"#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/\n", "mp4"),
        (b"ffconcat version 1.0\nfile /etc/passwd\n", "webm"),
        (clip()[:1500], "mp4"),
    ],
)
def test_what_cannot_be_read_as_a_clip_is_refused(content: bytes, ending: str) -> None:
    with pytest.raises(clips.NotAClip):
        clips.drawn_anew(content, ending)


def test_a_clip_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clips, "TIME_LIMIT_SECONDS", 0.01)
    with pytest.raises(DomainError) as refusal:
        clips.drawn_anew(clip(seconds=5), "mp4")
    assert refusal.value.code == "clip_took_too_long"
