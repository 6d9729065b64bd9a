"""Whatever leaves the product is on one list (tests/outlets.py), is searched, and the search finds."""

from __future__ import annotations

import ast
import base64
import gzip
import io
import json
import logging
import os
import quopri
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest
from celery import current_app
from django.core.mail import EmailMessage

from clinic import jobs, mail, rls
from tests import factories, matrix, searching
from tests.cast import Cast, planted, planted_email
from tests.database import as_owner
from tests.outlets import KINDS, OUTLETS, words_in
from tracking.reports import kinds, pdf

PRODUCT = ("api", "clinic", "config", "tracking", "web")

REACHING = {
    "aiohttp", "aiosmtpd", "anymail", "asyncio", "boto3", "celery", "csv", "django.core.mail", "ftplib",
    "http.client", "httpx", "imaplib", "kombu", "logging.handlers", "openpyxl", "paramiko", "pywebpush",
    "redis", "requests", "segno", "smtplib", "socket", "ssl", "storages", "subprocess", "telnetlib", "typst",
    "urllib.request", "urllib3", "vl_convert", "webbrowser", "websockets", "xlsxwriter", "zipfile",
}  # fmt: skip
"""Libraries by which something may leave, or that make a file which is meant to."""

ANSWERS = {"FileResponse", "StreamingHttpResponse"}
MIME = re.compile(r"(?:text|application|image|audio|video|multipart|font|message)/[a-z0-9.+-]*[a-z0-9]")
NOT_SENT = {"application/octet-stream", "multipart/form-data", "application/x-www-form-urlencoded"}


def modules() -> Iterator[tuple[str, ast.Module]]:
    """Every module of the product, migrations aside."""
    for floor in PRODUCT:
        for path in sorted(Path(floor).rglob("*.py")):
            if "migrations" not in path.parts:
                name = ".".join(path.with_suffix("").parts).removesuffix(".__init__")
                yield name, ast.parse(path.read_text())


def reaches(tree: ast.Module) -> set[str]:
    """What of REACHING a module imports, and streamed answers."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
            found |= {alias.name for alias in node.names} & ANSWERS
        else:
            continue
        found |= {name for name in names for way in REACHING if name == way or name.startswith(f"{way}.")}
    return found


def is_registered(module: str) -> bool:
    return any(
        module == known or module.startswith(f"{known}.") for outlet in OUTLETS for known in outlet.modules
    )


def test_whatever_reaches_out_is_on_the_list() -> None:
    unlisted = {name: sorted(reaches(tree)) for name, tree in modules() if reaches(tree)}
    unlisted = {name: ways for name, ways in unlisted.items() if not is_registered(name)}
    assert not unlisted, "say in tests/outlets.py what searches what leaves by these"


def test_a_new_way_out_is_found() -> None:
    assert reaches(ast.parse("import httpx\nfrom urllib.request import urlopen")) >= {
        "httpx",
        "urllib.request",
    }
    assert reaches(ast.parse("from django.http import FileResponse")) == {"FileResponse"}
    assert not is_registered("tracking.reminders.channels.push")


def test_every_kind_of_content_is_on_the_list() -> None:
    told = {
        kind
        for _, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and len(node.value) < 200
        for kind in MIME.findall(node.value)
    }
    assert told - NOT_SENT == set(KINDS)


def test_every_search_on_the_list_is_there() -> None:
    searches = {search for outlet in OUTLETS for search in outlet.searched_by} | set(KINDS.values())
    for search in searches:
        path, _, name = search.partition("::")
        assert Path(path).is_file(), search
        assert not name or f"def {name}(" in Path(path).read_text(), search
    names = {name for name, _ in modules()}
    for outlet in OUTLETS:
        assert set(outlet.modules) <= names, f"{outlet.name}: no such module"


# ---- the search finds, however it is written --------------------------------------------------------------

WORD = planted("fay-phone")
SENTENCE = f"Call her at {WORD} after five, please, or write to the clinic instead. Grüße."


def archived(text: str) -> bytes:
    """As a spreadsheet is: a ZIP of XML."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/sharedStrings.xml", f"<si><t>{text}</t></si>")
    return packed.getvalue()


def as_letter(text: str, encoding: str) -> bytes:
    encode = base64.encodebytes if encoding == "base64" else quopri.encodestring
    return b"Subject: -\n\n" + encode(text.encode())


def folded(text: str) -> bytes:
    """As a calendar file is: broken every 20 octets, also inside a word."""
    told = f"DESCRIPTION:{text}".encode()
    return b"\r\n ".join(told[at : at + 20] for at in range(0, len(told), 20))


@pytest.mark.parametrize(
    "told",
    [
        SENTENCE.encode(),
        SENTENCE.upper().encode(),
        json.dumps({"body": SENTENCE}).encode(),
        SENTENCE.replace("-", "\\u002d").encode(),
        SENTENCE.replace("-", "&#45;").encode(),
        SENTENCE.replace("-", "&#x2d;").encode(),
        quote(SENTENCE).replace("-", "%2D").encode(),
        base64.b64encode(SENTENCE.encode()),
        base64.urlsafe_b64encode(SENTENCE.encode()).rstrip(b"="),
        f'{{"image": "data:text/plain;base64,{base64.b64encode(SENTENCE.encode()).decode()}"}}'.encode(),
        as_letter(SENTENCE * 3, "base64"),
        as_letter("a" * 60 + SENTENCE, "quoted-printable"),
        folded(SENTENCE),
        gzip.compress(SENTENCE.encode()),
        SENTENCE.encode("utf-16"),
        SENTENCE.encode("utf-16-be"),
        archived(SENTENCE),
        f"Call her at {WORD[:15]}".encode(),
    ],
    ids=[
        "plain", "capitals", "json", "json-escapes", "entities", "hex-entities", "percent", "base64",
        "base64url", "data-address", "base64-letter", "quoted-printable", "calendar", "gzip", "utf-16-le",
        "utf-16-be", "spreadsheet", "cut-short",
    ],
)  # fmt: skip
def test_a_word_is_found_however_it_is_written(told: bytes) -> None:
    found = words_in(told)
    assert WORD in found or found == {WORD[:15]}
    assert all(WORD.startswith(one) for one in found)


def test_a_word_is_found_in_a_file_for_printing(cast: Cast) -> None:
    with rls.acting_as(cast.tess):
        report = factories.report(cast.cleo, by=cast.tess)
        written = kinds.write(report, child=cast.cleo, viewer=cast.tess, now=rls.now())
        told = pdf.compile_pdf("progress", written.data, charts=written.charts)
    assert planted("report-narrative").encode() not in told
    assert planted("report-narrative") in words_in(told)


def test_nothing_is_found_where_nothing_was_planted() -> None:
    assert words_in(b"We planted a tree.", archived("a plant"), gzip.compress(b"x")) == frozenset()


# ---- ways out that are no answers -------------------------------------------------------------------------


def test_a_report_says_what_its_readers_may_know(cast: Cast) -> None:
    """Written for a guardian: nothing private, nothing of another home, no name but child and signer."""
    world = matrix.build(cast)
    with rls.acting_as(cast.tess):
        report = factories.report(world.cast.cleo, by=cast.tess)
        written = kinds.write(report, child=cast.cleo, viewer=cast.tess, now=rls.now())
        told = words_in(pdf.compile_pdf("progress", written.data, charts=written.charts))
    readers = {word for word in told if not matrix.table().may_read("fay", word)}
    # What a therapist decides to share, she reads: their words, and bands of instruments (ADR 50).
    assert readers == {planted("report-narrative"), planted("assessment-band")}
    assert told


def test_a_letter_says_nothing(cast: Cast, mailoutbox: list[EmailMessage]) -> None:
    """Of whatever the templates are given, but the address it goes to."""
    words = {
        "child": cast.cleo, "user": cast.fay, "by": cast.tess, "clinic": cast.harbor, "link": "https://example.org/",
    }  # fmt: skip
    for name in sorted({path.name.rsplit("-", 1)[0] for path in Path("templates/emails").iterdir()}):
        mail.compose(name, to=planted_email("fay"), language="", words=words).send()
    assert len(mailoutbox) >= 3
    assert searching.in_letters(sent.message() for sent in mailoutbox) == frozenset()


def test_a_letter_that_says_more_is_found(mailoutbox: list[EmailMessage]) -> None:
    with searching.watched() as watch:
        EmailMessage(subject="-", body=f"From {WORD}", to=[planted_email("fay")]).send()
        assert watch.leaks() == [f"a letter says {WORD}"]
        mailoutbox.clear()


def test_a_log_that_says_more_is_found() -> None:
    with searching.watched() as watch:
        logging.getLogger("littlefoot.request").warning("asked by %s", WORD)
        assert watch.leaks() == []  # the values a sentence is filled with are not written
        said = f"asked by {WORD}"  # put together beforehand, where no formatter can leave it out
        logging.getLogger("somebody").error(said)
        assert watch.leaks() == [f"the log says {WORD}"]


def test_a_message_to_the_broker_that_says_more_is_found(cast: Cast) -> None:
    with searching.watched() as watch:
        jobs._send("tracking.tasks.make_report", {"report_id": WORD})
        assert watch.leaks() == [f"a message to the broker says {WORD}"]
        assert any(f"the broker says {WORD}" in leak for leak in searching.left_behind())
    current_app.control.purge()
    assert searching.left_behind() == []


def test_postgres_says_nothing_of_what_it_refuses(cast: Cast) -> None:
    """That somebody came with a wrong name it says, so this is its log; of a refused value nothing."""
    for statement in (
        "INSERT INTO clinic_user SELECT * FROM clinic_user LIMIT 1",
        f"SELECT '{WORD}'::uuid",
        f"SELECT {WORD.replace('-', '_')}",
    ):
        with pytest.raises(psycopg.Error), as_owner() as cursor:
            cursor.execute(statement)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(re.sub(r"//[^:]+:[^@]*@", "//nobody_of_ours:x@", os.environ["DATABASE_URL"]))
    assert "nobody_of_ours" in searching.postgres_log().read_text(errors="replace")
    assert searching.in_file(searching.postgres_log()) == frozenset()
