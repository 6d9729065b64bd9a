"""Stored files: random names, size limits by kind, and images re-encoded.

The name that `save` returns is the only way to a file; the view that serves it checks access on every
request. Files lie under MEDIA_ROOT, or wherever the default storage puts them.
"""

from __future__ import annotations

import datetime as dt
import io
import secrets
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import IO, Any, ClassVar

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.http import HttpResponse, StreamingHttpResponse
from PIL import Image, ImageOps
from whitenoise.responders import StaticFile

from clinic.errors import DomainError, Invalid, Unseen
from clinic.recordings import written_anew
from clinic.vocabulary import FileKind

MEGABYTE = 1024 * 1024
LARGEST = {
    FileKind.PHOTO: 10 * MEGABYTE,
    FileKind.CLIP: 50 * MEGABYTE,
    FileKind.REPORT: 50 * MEGABYTE,
    FileKind.RECORDING: 2 * MEGABYTE,
    FileKind.ARCHIVE: 100 * MEGABYTE,
}
"""In bytes, as sent."""

MOST_PIXELS = 50_000_000
"""A picture of more is refused before it is unpacked."""

LONGEST_SIDE = 2048

PICTURES = ("JPEG", "PNG", "WEBP")

CONTENT_TYPES = {
    ".jpg": "image/jpeg",
    ".m4a": "audio/mp4",
    ".mp4": "video/mp4",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".webm": "video/webm",
    ".zip": "application/zip",
}


class FileTooLarge(DomainError):
    """The file is too large for its kind; `megabytes` is the limit."""

    code = "file_too_large"
    status: ClassVar[int] = 413


class NotThisKind(Invalid):
    """The file has the wrong type; `allowed` lists the right ones."""

    code = "not_this_kind_of_file"


def save(kind: FileKind, content: bytes, *, field: str = "file") -> str:
    """The random name under which the file is kept.

    Pictures (JPEG, PNG, WebP) are drawn anew, at most 2048 pixels a side and without whatever else was in the
    file: place, camera, scripts. Reports are PDF, clips MP4 or WebM; recordings are
    written anew too (`clinic.recordings`). Raises FileTooLarge (413) or
    NotThisKind (400).
    """
    _demand_size(kind, len(content), field)
    match kind:
        case FileKind.PHOTO:
            content, ending = _drawn_anew(content, field)
        case FileKind.REPORT:
            if not content.startswith(b"%PDF-"):
                raise NotThisKind(field=field, allowed=["pdf"])
            ending = "pdf"
        case FileKind.CLIP:
            ending = _clip_ending(content, field)
        case FileKind.RECORDING:
            content, ending = written_anew(content, field=field)[0], "m4a"
        case FileKind.ARCHIVE:
            return save_archive(io.BytesIO(content), field=field)
    return _kept(kind, ContentFile(content), ending)


def save_archive(packed: IO[bytes], *, field: str = "file") -> str:
    """As `save`, of a ZIP that lies in a file: it is read in parts. Raises FileTooLarge or NotThisKind."""
    whole = File(packed)
    _demand_size(FileKind.ARCHIVE, whole.size, field)
    if packed.read(4) != b"PK\x03\x04":
        raise NotThisKind(field=field, allowed=["zip"])
    packed.seek(0)
    return _kept(FileKind.ARCHIVE, whole, "zip")


def _demand_size(kind: FileKind, size: int, field: str) -> None:
    if size > LARGEST[kind]:
        raise FileTooLarge(field=field, megabytes=LARGEST[kind] // MEGABYTE)


def _kept(kind: FileKind, content: File[bytes], ending: str) -> str:
    kept: str = default_storage.save(f"{kind}/{secrets.token_hex(16)}.{ending}", content)
    return kept


def open_stored(name: str) -> File[Any]:
    """The stored file, to be read and closed. Raises FileNotFoundError."""
    return default_storage.open(name)


def answer(name: str, asked: Mapping[str, str]) -> HttpResponse:
    """The stored file as an answer to whoever asked, once the view has seen to it that they may.

    `asked` are the request's headers: with a Range of one part, that part (206), or 416 where the file has
    none such; some browsers play no sound or clip otherwise. Kept nowhere on the way, shown as what it is and
    nothing else. Raises Unseen for a file that is gone.
    """
    try:
        with open_stored(name) as stored:
            response = _part_of(stored, asked)
    except FileNotFoundError:
        raise Unseen from None
    response["Content-Type"] = CONTENT_TYPES[PurePosixPath(name).suffix]
    response["Accept-Ranges"] = "bytes"
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Disposition"] = "inline"
    return response


def csv_answer(lines: Iterable[str], name: str) -> HttpResponse:
    """The lines of a table as a file of this name, sent while they are made and kept nowhere on the way."""
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    response["Cache-Control"] = "private, no-store"
    return response  # type: ignore[return-value]  # a view answers either kind


def pdf_answer(data: bytes, name: str) -> HttpResponse:
    """A paper made for whoever asks, opened in place under this name and kept nowhere on the way."""
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


def _part_of(stored: File[Any], asked: Mapping[str, str]) -> HttpResponse:
    """What of the file is asked for; all of it where the Range is none we know, or hangs on a condition."""
    try:
        start, last = StaticFile.parse_byte_range(asked.get("Range", ""))
    except ValueError:
        return HttpResponse(stored.read())
    if "If-Range" in asked:  # a file has no tag it could name
        return HttpResponse(stored.read())
    size = stored.size
    start = max(start + size, 0) if start < 0 else start
    last = size - 1 if last is None else min(last, size - 1)
    if start > last:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    stored.seek(start)
    part = stored.read(last - start + 1)
    return HttpResponse(part, status=206, headers={"Content-Range": f"bytes {start}-{last}/{size}"})


def delete(name: str) -> None:
    """Remove a stored file; one that is gone already is as good."""
    default_storage.delete(name)


def stored_before(instant: dt.datetime) -> Iterator[str]:
    """The names of all stored files that were last written before an instant."""
    for kind in FileKind:
        try:
            _, names = default_storage.listdir(str(kind))
        except FileNotFoundError:
            continue
        for name in sorted(names):
            path = f"{kind}/{name}"
            if default_storage.get_modified_time(path) < instant:
                yield path


def _drawn_anew(content: bytes, field: str) -> tuple[bytes, str]:
    refused = NotThisKind(field=field, allowed=[kind.lower() for kind in PICTURES])
    try:
        with Image.open(io.BytesIO(content), formats=PICTURES) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise FileTooLarge(field=field, megapixels=MOST_PIXELS // 1_000_000)
            upright = ImageOps.exif_transpose(picture)
            has_holes = upright.has_transparency_data
            drawn = upright.convert("RGBA" if has_holes else "RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise refused from None
    drawn.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    # Pixels alone go into a new picture, whatever Pillow would have carried along.
    clean = Image.frombytes(drawn.mode, drawn.size, drawn.tobytes())
    written = io.BytesIO()
    if has_holes:
        clean.save(written, "PNG", optimize=True)
        return written.getvalue(), "png"
    clean.save(written, "JPEG", quality=85, optimize=True)
    return written.getvalue(), "jpg"


def _clip_ending(content: bytes, field: str) -> str:
    if content[4:8] == b"ftyp":
        return "mp4"
    if content.startswith(b"\x1a\x45\xdf\xa3"):
        return "webm"
    raise NotThisKind(field=field, allowed=["mp4", "webm"])
