"""Voice recordings re-encoded as AAC in MP4, at most half a minute, without metadata.

Browsers record WebM, Ogg or MP4, and not all of them play each other's files; the re-encoded file plays
everywhere.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import imageio_ffmpeg

from clinic.clips import ClipTooLong, NotAClip, produce
from clinic.errors import DomainError, Invalid

LONGEST_SECONDS = 30
READERS = {"webm": "matroska", "ogg": "ogg", "m4a": "mov", "mp3": "mp3"}
"""What ffmpeg calls the reader of a file by its kind."""


class NotARecording(Invalid):
    """The file cannot be read as a recording; `allowed` lists the formats."""

    code = "not_a_recording"


class RecordingTooLong(DomainError):
    """The recording is longer than `seconds`."""

    code = "recording_too_long"


def kind_of(content: bytes) -> str | None:
    """The kind of recording by the first bytes of the file; None for none we take."""
    if content.startswith(b"\x1a\x45\xdf\xa3"):
        return "webm"
    if content.startswith(b"OggS"):
        return "ogg"
    if content[4:8] == b"ftyp":
        return "m4a"
    if content.startswith(b"ID3") or (len(content) > 1 and content[0] == 0xFF and content[1] & 0xE0 == 0xE0):
        return "mp3"
    return None


def written_anew(content: bytes, *, field: str = "recording") -> tuple[bytes, float]:
    """The recording, and its length in seconds.

    Raises NotARecording, RecordingTooLong, ClipTookTooLong (400).
    """
    kind = kind_of(content)
    if kind is None:
        raise NotARecording(field=field, allowed=sorted(READERS))
    with tempfile.TemporaryDirectory(prefix="littlefoot-recording-") as folder:
        sent, written = Path(folder) / f"sent.{kind}", Path(folder) / "written.m4a"
        sent.write_bytes(content)
        try:
            return produce(_command(sent, written, READERS[kind]), written, longest_seconds=LONGEST_SECONDS)
        except NotAClip:
            raise NotARecording(field=field, allowed=sorted(READERS)) from None
        except ClipTooLong:
            raise RecordingTooLong(field=field, seconds=LONGEST_SECONDS) from None


def _command(sent: Path, written: Path, reader: str) -> list[str]:
    return [
        imageio_ffmpeg.get_ffmpeg_exe(),
        *("-nostdin", "-hide_banner", "-loglevel", "error", "-progress", "pipe:1"),
        *("-protocol_whitelist", "file", "-f", reader, "-i", str(sent)),
        *("-t", str(LONGEST_SECONDS + 1), "-map", "0:a:0", "-vn", "-sn", "-dn"),
        *("-map_metadata", "-1", "-map_chapters", "-1", "-fflags", "+bitexact", "-threads", "1"),
        *("-c:a", "aac", "-b:a", "64k", "-ac", "1", "-movflags", "+faststart", str(written)),
    ]
