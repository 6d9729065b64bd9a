"""Stored files: random names, sizes by kind, pictures drawn anew without what else they carried."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from clinic import files
from clinic.vocabulary import FileKind

SECRET = b"40.7128 N 74.0060 W"


@pytest.fixture(autouse=True)
def _media(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def stored(name: str) -> bytes:
    with files.open_stored(name) as file:
        content: bytes = file.read()
        return content


def photo(size: tuple[int, int] = (40, 20)) -> bytes:
    picture = Image.new("RGB", size, "teal")
    exif = Image.Exif()
    exif[0x0112] = 6  # turned a quarter
    exif[0x010E] = SECRET.decode()
    written = io.BytesIO()
    picture.save(written, "JPEG", exif=exif, comment=SECRET)
    return written.getvalue()


def test_a_photo_is_kept_upright_and_without_what_else_it_carried() -> None:
    sent = photo()
    assert SECRET in sent
    name = files.save(FileKind.PHOTO, sent)
    kept = stored(name)
    assert SECRET not in kept
    with Image.open(io.BytesIO(kept)) as picture:
        assert (picture.format, picture.size, len(picture.getexif())) == ("JPEG", (20, 40), 0)


def test_a_drawing_with_holes_stays_one_and_loses_its_texts() -> None:
    texts = PngInfo()
    texts.add_text("Comment", SECRET.decode())
    written = io.BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(written, "PNG", pnginfo=texts)
    kept = stored(files.save(FileKind.PHOTO, written.getvalue()))
    assert SECRET not in kept
    with Image.open(io.BytesIO(kept)) as picture:
        assert (picture.format, picture.getpixel((0, 0))) == ("PNG", (0, 0, 0, 0))


def test_a_large_photo_is_made_smaller() -> None:
    kept = stored(files.save(FileKind.PHOTO, photo((5000, 2500))))
    with Image.open(io.BytesIO(kept)) as picture:
        assert max(picture.size) == 2048


def test_names_are_random_and_say_nothing() -> None:
    names = {files.save(FileKind.PHOTO, photo()) for _ in range(5)}
    assert len(names) == 5
    assert all(len(Path(name).stem) == 32 for name in names)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"GIF89a",
        photo()[:200],
        b"\x89PNG\r\n\x1a\n" + b"\0" * 50,
    ],
)
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(files.NotThisKind) as refusal:
        files.save(FileKind.PHOTO, content, field="picture")
    assert refusal.value.field == "picture"
    assert refusal.value.parameters["allowed"] == ["jpeg", "png", "webp"]


def test_too_many_bytes_or_pixels_are_refused_before_they_are_unpacked() -> None:
    with pytest.raises(files.FileTooLarge) as refusal:
        files.save(FileKind.PHOTO, b"\xff" * (10 * 1024 * 1024 + 1))
    assert refusal.value.parameters == {"megabytes": 10}
    written = io.BytesIO()
    Image.new("1", (9000, 9000)).save(written, "PNG")
    with pytest.raises(files.FileTooLarge):
        files.save(FileKind.PHOTO, written.getvalue())


def test_a_report_is_a_pdf_and_a_clip_a_clip() -> None:
    name = files.save(FileKind.REPORT, b"%PDF-1.7 ...")
    assert name.endswith(".pdf")
    assert stored(name) == b"%PDF-1.7 ..."
    assert files.save(FileKind.CLIP, b"\0\0\0\x18ftypmp42").endswith(".mp4")
    for kind in (FileKind.REPORT, FileKind.CLIP):
        with pytest.raises(files.NotThisKind):
            files.save(kind, b"#!/bin/sh")


def test_a_deleted_file_is_gone_and_deleting_it_again_is_as_good() -> None:
    name = files.save(FileKind.REPORT, b"%PDF-1.7")
    files.delete(name)
    files.delete(name)
    with pytest.raises(FileNotFoundError):
        files.open_stored(name)


@pytest.mark.parametrize(
    ("asked", "status", "part", "says"),
    [
        ({}, 200, b"%PDF-1.7", None),
        ({"Range": "bytes=0-1"}, 206, b"%P", "bytes 0-1/8"),
        ({"Range": "bytes=7-7"}, 206, b"7", "bytes 7-7/8"),
        ({"Range": "bytes=5-"}, 206, b"1.7", "bytes 5-7/8"),
        ({"Range": "bytes=5-999"}, 206, b"1.7", "bytes 5-7/8"),
        ({"Range": "bytes=-3"}, 206, b"1.7", "bytes 5-7/8"),
        ({"Range": "bytes=8-"}, 416, b"", "bytes */8"),
        ({"Range": "bytes=0-1,4-5"}, 200, b"%PDF-1.7", None),
        ({"Range": "lines=1-2"}, 200, b"%PDF-1.7", None),
        ({"Range": "bytes=0-1", "If-Range": '"some tag"'}, 200, b"%PDF-1.7", None),
    ],
)
def test_a_part_of_a_file_is_answered_to_who_asks_for_a_part(
    asked: dict[str, str], status: int, part: bytes, says: str | None
) -> None:
    answer = files.answer(files.save(FileKind.REPORT, b"%PDF-1.7"), asked)
    assert (answer.status_code, answer.content, answer.get("Content-Range")) == (status, part, says)
    assert answer["Accept-Ranges"] == "bytes"
    assert answer["Cache-Control"] == "private, no-store"
