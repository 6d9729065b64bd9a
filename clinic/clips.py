"""Video clips re-encoded as MP4 of at most 720 lines, without location, camera data or other metadata.

ffmpeg runs in a process of its own, which is ended if it takes too long, reads only this file and no URLs,
and is told which of two formats to expect.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from pathlib import Path
from typing import ClassVar

import imageio_ffmpeg

from clinic.errors import DomainError

LONGEST_SECONDS = 60
MOST_PIXELS = 16_000_000
"""Of one picture of the clip; more is refused before it is unpacked."""

TIME_LIMIT_SECONDS = 150

READERS = {"mp4": "mov", "webm": "matroska"}
"""What ffmpeg calls the reader of a file by its ending."""

_SMALLER = (
    "scale=w='if(gt(iw,ih),-2,trunc(min(720,iw)/2)*2)':h='if(gt(iw,ih),trunc(min(720,ih)/2)*2,-2)',setsar=1"
)
_WRITTEN_UNTIL = re.compile(rb"^out_time_us=(\d+)\s*$", re.MULTILINE)


class NotAClip(DomainError):
    """The file cannot be read as the clip it claims to be."""

    code = "not_a_clip"
    status: ClassVar[int] = 400


class ClipTooLong(DomainError):
    """The clip is longer than `seconds`."""

    code = "clip_too_long"
    status: ClassVar[int] = 400


class ClipTookTooLong(DomainError):
    """Re-encoding the clip took too long and was given up."""

    code = "clip_took_too_long"
    status: ClassVar[int] = 400


def drawn_anew(content: bytes, ending: str) -> bytes:
    """The clip as MP4 (H.264, AAC), at most 720 pixels on its shorter side and 30 pictures a second.

    `ending` is mp4 (which reads QuickTime too) or webm. Raises NotAClip, ClipTooLong, ClipTookTooLong.
    """
    with tempfile.TemporaryDirectory(prefix="littlefoot-clip-") as folder:
        sent, drawn = Path(folder) / f"sent.{ending}", Path(folder) / "drawn.mp4"
        sent.write_bytes(content)
        content, _ = produce(_command(sent, drawn, READERS[ending]), drawn, longest_seconds=LONGEST_SECONDS)
        return content


def produce(command: list[str], drawn: Path, *, longest_seconds: int) -> tuple[bytes, float]:
    """What ffmpeg wrote to `drawn`, and how many seconds of it there are.

    Raises NotAClip, ClipTooLong, ClipTookTooLong.
    """
    try:
        # The program comes with the package; every argument is ours, the file alone is a stranger's.
        done = subprocess.run(  # noqa: S603
            command, capture_output=True, check=False, timeout=TIME_LIMIT_SECONDS
        )
    except subprocess.TimeoutExpired:
        raise ClipTookTooLong from None
    until = [int(told) for told in _WRITTEN_UNTIL.findall(done.stdout)]
    if done.returncode != 0 or not drawn.exists() or not until:
        raise NotAClip
    seconds = until[-1] / 1_000_000
    if seconds > longest_seconds + 0.5:
        raise ClipTooLong(seconds=longest_seconds)
    return drawn.read_bytes(), seconds


def _command(sent: Path, drawn: Path, reader: str) -> list[str]:
    # A second more than allowed is drawn, so that a clip of no stated length shows that it is too long.
    return [
        imageio_ffmpeg.get_ffmpeg_exe(),
        *("-nostdin", "-hide_banner", "-loglevel", "error", "-progress", "pipe:1"),
        *("-protocol_whitelist", "file", "-max_pixels", str(MOST_PIXELS), "-f", reader, "-i", str(sent)),
        *("-t", str(LONGEST_SECONDS + 1), "-map", "0:v:0", "-map", "0:a:0?", "-sn", "-dn"),
        *("-map_metadata", "-1", "-map_chapters", "-1", "-fflags", "+bitexact", "-threads", "1"),
        *("-vf", _SMALLER, "-fpsmax", "30", "-c:v", "libx264", "-preset", "veryfast", "-crf", "25"),
        *("-maxrate", "4M", "-bufsize", "8M", "-pix_fmt", "yuv420p"),
        *("-c:a", "aac", "-b:a", "96k", "-ac", "2", "-movflags", "+faststart", str(drawn)),
    ]
