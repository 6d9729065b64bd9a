"""Whatever leaves the product: one list of ways out, each with what searches it, and the search itself.

A module that reaches out by a way that is not here, or an answer of a kind that is not here, fails
tests/architecture/test_outlets.py: register it with the test that looks in it for planted words.

`words_in` reads bytes as their readers would: pages (entities), JSON (escapes), addresses (percent), letters
(quoted-printable, base64), calendar files (folded lines), PDFs (compressed streams, subset fonts), archives.
"""

from __future__ import annotations

import base64
import binascii
import gzip
import html
import io
import quopri
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote_plus

from pypdf import PdfReader


@dataclass(frozen=True, slots=True)
class Outlet:
    """A way out: the modules that use it, and the tests that search what leaves by it."""

    name: str
    modules: tuple[str, ...]
    searched_by: tuple[str, ...]


ACCESS = "tests/architecture/test_access.py::test_every_cell_answers_as_the_table_says"
WATCH = "tests/conftest.py::_nothing_is_let_out"
LEFT = "tests/searching.py::left_behind"

HERE = "tests/architecture/test_outlets.py"

OUTLETS = (
    Outlet(
        "answers to requests",
        ("api", "web", "config.refusals", "clinic.middleware", "clinic.files"),
        (ACCESS,),
    ),
    Outlet(
        "letters",
        ("clinic.mail", "tracking.reminders.channels.email"),
        (
            WATCH,
            "tests/processes.py::mailbox",
            "tests/architecture/test_outlets.py::test_a_letter_says_nothing",
        ),
    ),
    Outlet(
        "messages to the broker",
        ("clinic.jobs", "clinic.tasks", "config.celery", "tracking.tasks"),
        (WATCH, LEFT),
    ),
    Outlet("the cache", ("api.throttling", "clinic.limits", "clinic.middleware"), (LEFT,)),
    Outlet("the log", ("config.logs",), (WATCH, "tests/processes.py::_process")),
    Outlet("PostgreSQL's own log", ("config.embedded.postgres",), (LEFT,)),
    Outlet(
        "files made to be taken away",
        (
            "tracking.reports.pdf",
            "tracking.reports.svg",
            "tracking.reports.exports",
            "web.contacts.exports",
            "web.reports",
        ),
        (ACCESS, f"{HERE}::test_a_report_says_what_its_readers_may_know"),
    ),
    Outlet(
        "copies of a record",
        (
            "tracking.reports.copies.archive",
            "tracking.reports.copies.clinic_archive",
            "tracking.reports.copies.packing",
            "tracking.reports.spreadsheets",
        ),
        (
            "tests/tracking/test_family_archive.py::test_a_copy_says_what_its_reader_may_know",
            "tests/tracking/test_clinic_copies.py::test_it_says_what_who_treats_the_child_may_know",
            "tests/tracking/test_clinic_archive.py::test_it_holds_no_word_of_another_clinic_nor_what_no_team_reads",
            "tests/tracking/test_spreadsheets.py",
        ),
    ),
    Outlet(
        "series for statistics",
        ("tracking.reports.single_case_files",),
        (ACCESS, "tests/tracking/test_single_case_files.py"),
    ),
    Outlet(
        "a caseload's file, which is only read", ("clinic.csv_files",), ("tests/clinic/test_importing.py",)
    ),
    Outlet(
        "pushes and text messages",
        (
            "tracking.reminders.channels.endpoints",
            "tracking.reminders.channels.sms",
            "tracking.reminders.channels.web_push",
        ),
        ("tests/outside.py::push_service", "tests/outside.py::sms_gateway"),
    ),
    Outlet("codes to scan", ("web.people.giving",), (ACCESS,)),
    Outlet(
        "programs that are given a file",
        ("clinic.clips", "clinic.recordings"),
        ("tests/clinic/test_clips.py",),
    ),
    Outlet(
        "what serves a clinic on one machine, and speaks to that machine alone",
        ("config.embedded",),
        ("tests/faults/test_run.py",),
    ),
)

KINDS = {
    "text/html": ACCESS,
    "application/json": ACCESS,
    "application/problem+json": ACCESS,
    "application/yaml": ACCESS,
    "text/plain": ACCESS,
    "text/calendar": "tests/tracking/test_reaching.py::test_a_calendar_shows_when_and_neither_who_nor_what",
    "text/csv": ACCESS,
    "application/pdf": f"{HERE}::test_a_report_says_what_its_readers_may_know",
    "application/zip": "tests/tracking/test_family_archive.py::test_a_copy_says_what_its_reader_may_know",
    "image/jpeg": "tests/clinic/test_files.py",
    "image/png": "tests/clinic/test_files.py",
    "image/webp": "tests/clinic/test_files.py",
    "audio/mp4": "tests/web/test_family_words.py",
    "audio/mpeg": "tests/web/test_family_words.py",
    "audio/ogg": "tests/web/test_family_words.py",
    "audio/webm": "tests/web/test_family_words.py",
    "video/mp4": "tests/clinic/test_clips.py",
    "video/webm": "tests/clinic/test_clips.py",
}
"""Every kind of content that the product takes or sends, and what looks into it."""

# ---- the search -------------------------------------------------------------------------------------------

WHOLE = re.compile(r"planted-[a-z0-9-]+?-word(?![a-z])")
STUMP = re.compile(r"planted-[a-z0-9-]*")
"""A word that was cut short is told too."""

BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{16,}(?:\r?\n[A-Za-z0-9+/_-]{4,})*={0,2}")
JSON_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
FOLD = re.compile(rb"\r?\n[ \t]")


def words_in(*told: bytes | str) -> frozenset[str]:
    """Every planted word in what is told, whole or cut short, in lower case."""
    found: set[str] = set()
    for one in told:
        found |= _words_in(one.encode() if isinstance(one, str) else one)
    return frozenset(found)


@lru_cache(maxsize=2048)
def _words_in(told: bytes) -> frozenset[str]:
    found: set[str] = set()
    for text in readings(told):
        low = text.lower()
        if "planted-" in low:
            found |= set(WHOLE.findall(low))
            found |= set(STUMP.findall(WHOLE.sub(" ", low)))
    return frozenset(found)


def readings(told: bytes, depth: int = 3) -> Iterator[str]:
    """What these bytes say, in every way of reading them that fits."""
    text = told.decode(errors="replace")
    yield text
    if told[:4] == b"%PDF":
        yield from _of_pdf(told)
        return
    if told[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(told)) as archive:
            for name in archive.namelist():
                yield name
                yield from readings(archive.read(name), depth)
        return
    if told[:2] in (b"\xff\xfe", b"\xfe\xff") or b"p\x00l\x00a\x00n\x00" in told:
        yield told.decode("utf-16-le", errors="replace")
        yield told.decode("utf-16-be", errors="replace")
    for inner in _unpacked(told):
        yield from readings(inner, depth)
    yield from _unescaped(text)
    if b"=\n" in told or b"=\r\n" in told or b"=2D" in told:
        yield quopri.decodestring(told).decode(errors="replace")
    if FOLD.search(told):
        yield FOLD.sub(b"", told).decode(errors="replace")
    if depth:
        for run in BASE64.findall(told):
            plain = _plain(run)
            if plain is not None:
                yield from readings(plain, depth - 1)


def _unescaped(text: str) -> Iterator[str]:
    if "&" in text:
        yield html.unescape(text)
    if "%" in text:
        yield unquote_plus(text)
    if "\\u" in text:
        yield JSON_ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)


def _unpacked(told: bytes) -> Iterator[bytes]:
    """What was compressed as a whole: by gzip, or deflated."""
    if told[:2] == b"\x1f\x8b":
        try:
            yield gzip.decompress(told)
        except (OSError, EOFError, zlib.error):  # it only began like a packed file
            return
    elif told[:1] == b"\x78":
        try:
            yield zlib.decompress(told)
        except zlib.error:
            return


def _plain(run: bytes) -> bytes | None:
    """What base64 says; None for what only looks like it."""
    packed = re.sub(rb"\s", b"", run).rstrip(b"=").translate(bytes.maketrans(b"-_", b"+/"))
    try:
        return base64.b64decode(packed + b"=" * (-len(packed) % 4))
    except binascii.Error:
        return None


def _of_pdf(told: bytes) -> Iterator[str]:
    """Its pages' text, with lines joined that end in a hyphen, and what it says of itself."""
    reader = PdfReader(io.BytesIO(told))
    for page in reader.pages:
        text = page.extract_text().replace("\u200b", "")  # which a long word may be broken at
        yield re.sub(r"-\s+", "-", text)
    yield " ".join(str(value) for value in (reader.metadata or {}).values())
    if reader.xmp_metadata is not None:
        yield reader.xmp_metadata.stream.get_data().decode(errors="replace")
    for name, contents in reader.attachments.items():
        yield name
        for content in contents:
            yield from readings(content)
