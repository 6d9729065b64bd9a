"""Pictures and clips as people send them, drawn on the spot."""

from __future__ import annotations

import io
import subprocess
import tempfile
from pathlib import Path

import imageio_ffmpeg
from PIL import Image


def picture(kind: str = "PNG") -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (40, 30), "purple").save(drawn, kind)
    return drawn.getvalue()


def clip(*, seconds: int = 1, size: str = "320x240", ending: str = "mp4", title: str = "") -> bytes:
    """A clip of moving stripes; `title` is written into what a file says of itself."""
    codec = {"mp4": ["-pix_fmt", "yuv420p"], "webm": ["-c:v", "libvpx"]}[ending]
    with tempfile.TemporaryDirectory() as folder:
        drawn = Path(folder) / f"drawn.{ending}"
        source = f"testsrc=size={size}:rate=10:duration={seconds}"
        program = imageio_ffmpeg.get_ffmpeg_exe()
        told = ["-metadata", f"title={title}"] if title else []
        subprocess.run(
            [program, "-loglevel", "error", "-f", "lavfi", "-i", source, *told, *codec, str(drawn)],
            check=True,
        )
        return drawn.read_bytes()
