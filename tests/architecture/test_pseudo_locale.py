"""Every sentence of every page goes through gettext: in a language nobody speaks, none is left in English."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
from collections.abc import Iterator

import pytest
from django.conf.locale import LANG_INFO
from django.db import models
from pypdf import PdfReader

from clinic import rls
from clinic.models import CaregiverGrant, Child, Clinic, ClinicMembership, ConsentText, Family, User
from tests import access, factories, pseudo
from tests.access import Answer, Door
from tests.cast import Cast, make_id
from tests.tracking.prescribing import tonight
from tests.tracking.records import cleos_bedtime, cleos_lotion, log_session
from tracking.models import (
    ConflictAcknowledgement,
    EntryDoor,
    LibraryText,
    Preset,
    PresetWords,
    PushSubscription,
    RecordHold,
    ReportKind,
    ServiceLabel,
    Strategy,
    Stroke,
    StrokeMedia,
    StrokeVersion,
    StrokeWords,
)
from tracking.readings.concern_texts import document as advice
from tracking.reports import kinds, pdf
from tracking.services import recording
from tracking.wording import labels
from web.forms.inputs import zone_choices

pytestmark = pytest.mark.django_db

NAMES = {"Littlefoot", "Firefox", "Chrome", "Safari", "Linux", "Android", "English"}
"""The same in every language; a language is called as itself calls it."""

SHORT = r"\b[A-Z]{2,3}\b"
"""Initials; PDF, QR."""

OPENS = r"https?://\S+|\b[0-9A-Z]{4}(?:-[0-9A-Z]{4}){2}\b"
"""An invitation's link and its code, by lot."""

WHO = ("anonymous", "otto", "tess", "opal", "fay", "nan")
"""Who meets every kind of page: nobody, an owner, a therapist, the office, a guardian, who logs."""


def stored(model: type[models.Model], *fields: str) -> set[str]:
    """What stands in these columns, line by line; lists item by item."""
    found = set()
    for row in model._default_manager.values_list(*fields):
        for value in row:
            for text in value if isinstance(value, list) else [value]:
                found |= {line.strip() for line in str(text or "").splitlines()} | {str(text or "").strip()}
    return found


@pytest.fixture
def known(cast: Cast) -> re.Pattern[str]:
    """What people wrote, and the library's words, which have a language of their own."""
    with rls.acting_as(system="seeding"):
        texts = (
            NAMES
            | stored(User, "name", "email")
            | stored(Clinic, "name", "slug", "address", "phone", "zone")
            | stored(ClinicMembership, "credentials")
            | stored(Child, "first_name", "last_name", "nickname")
            | stored(Family, "name", "phone", "address", "zone", "contact_email")
            | stored(CaregiverGrant, "relationship")
            | stored(ConflictAcknowledgement, "reason")
            | stored(
                StrokeWords,
                "name",
                "also_known_as",
                "position",
                "instruction",
                "words_to_say",
                "precautions",
                "note",
            )
            | stored(PresetWords, "name", "position", "note")
            | stored(ConsentText, "text")
            | stored(LibraryText, "text", "source", "code")
            | stored(StrokeVersion, "tags")
            | stored(Preset, "tags")
            | stored(Stroke, "slug")
            | stored(StrokeMedia, "alt_text")
            | stored(Strategy, "name", "text")
            | stored(ServiceLabel, "name")
            | stored(PushSubscription, "device")
            | stored(RecordHold, "reason")
            | {rule["source"] for rule in advice()["rules"]}
            | {language["name_local"] for language in LANG_INFO.values() if "name_local" in language}
            | {name for area, zones in zone_choices() for name in (area, *(place for _, place in zones))}
        )
    longest_first = sorted((text for text in texts if len(text) > 1), key=len, reverse=True)
    words = r"planted-[a-z0-9-]+?-word(?![a-z-])"
    return re.compile("|".join([words, OPENS, *map(re.escape, longest_first), SHORT]))


@pytest.fixture
def filled(cast: Cast) -> dict[str, object]:
    """Cleo's record, with a program of real steps and an evening in all its details."""
    filled = access.values(cast, factories.record(cast))
    with rls.acting_as(cast.tess):
        filled["program"] = tonight(cast).pk
    with rls.acting_as(cast.fay):
        earlier = rls.now() - dt.timedelta(hours=1)
        log_session(cast.fay, cast.cleo, occurred_at=earlier, now=rls.now())
        for record, entry in (
            (recording.record_bedtime, cleos_bedtime(lights_out_at=earlier, asleep_at=rls.now())),
            (recording.record_observation, cleos_lotion(occurred_at=earlier)),
        ):
            record(
                by=cast.fay,
                child=cast.cleo,
                client_id=make_id(),
                entry=entry,
                door=EntryDoor.API,
                now=rls.now(),
            )
    return filled


def test_no_page_says_a_word_that_no_translator_sees(
    cast: Cast, filled: dict[str, object], known: re.Pattern[str]
) -> None:
    doors = {actor: Door(actor, cast) for actor in WHO}
    wrong: dict[str, set[str]] = {}
    asked = 0
    with pseudo.spoken():
        for row in access.rows():
            refused = [actor for actor in WHO if row.statuses[actor] in (400, 403, 404)]
            told = [actor for actor in WHO if row.statuses[actor] == 200]
            for actor in (told[:1] if row.is_api else told) + refused[:1]:
                answer = doors[actor].ask(row, filled)
                asked += 1
                said = told_by_api(answer) if row.is_api else told_by(answer)
                for words in pseudo.untranslated(said, known):
                    wrong.setdefault(words, set()).add(f"{row} {actor}")
    assert asked > 300
    assert not wrong, "\n".join(f"{words!r}: {sorted(where)[:2]}" for words, where in wrong.items())


def told_by(answer: Answer) -> list[str]:
    """What a page says; a document for programs, such as OpenID Connect's, says nothing to anybody."""
    is_page = any(header.startswith("Content-Type: text/html") for header in answer.headers)
    return pseudo.told_by_page(answer.text) if is_page else []


A_SENTENCE = re.compile(r"[^\W\d_]{2,} [^\W\d_]{2,}")
"""Two words beside each other: no code, day or id has them."""

FOR_PROGRAMS = {"data", "rules", "reading", "options", "user_agent", "detail", "verse_tune"}
"""Of an answer that is no refusal: what an app reads and shows to nobody as it is; and names of tunes."""


def told_by_api(answer: Answer) -> list[str]:
    """The sentences of an answer: of a refusal all it says, of others what is more than a code."""
    if not any(
        header.startswith("Content-Type: application/") and "json" in header for header in answer.headers
    ):
        return []
    body = json.loads(answer.text)
    if answer.status >= 400:
        said = [body["title"], body["detail"], *(error["detail"] for error in body["errors"])]
    else:
        said = [text for text in texts_in(body) if A_SENTENCE.search(text)]
    return [piece for text in said for piece in pseudo.told_by_text(text)]


def texts_in(told: object) -> Iterator[str]:
    """Every text of a document, wherever in it it stands."""
    if isinstance(told, dict):
        for name, inner in told.items():
            if name not in FOR_PROGRAMS:
                yield from texts_in(inner)
    elif isinstance(told, list):
        for inner in told:
            yield from texts_in(inner)
    elif isinstance(told, str):
        yield told


@pytest.mark.parametrize("kind", kinds.KINDS)
def test_no_report_says_a_word_that_no_translator_sees(
    cast: Cast, filled: dict[str, object], known: re.Pattern[str], kind: ReportKind
) -> None:
    with pseudo.spoken(), rls.acting_as(cast.tess):
        report = factories.report(cast.cleo, by=cast.tess, kind=kind)
        written = kinds.write(report, child=cast.cleo, viewer=cast.tess, now=rls.now())
        paper = PdfReader(io.BytesIO(pdf.compile_pdf(kind, written.data, charts=written.charts)))
    # Lines break wherever the paper ends, also inside a name.
    read = " ".join(" ".join(page.extract_text() for page in paper.pages).split()).replace("- ", "-")
    for tune in {step["tune"] for one in written.data.get("programs", ()) for step in one["steps"]} - {""}:
        read = read.replace(tune, "")  # called as it is called
    assert read.count(pseudo.OPEN) > 15
    assert pseudo.untranslated(pseudo.told_by_text(read), known) == []


def test_no_word_for_a_code_is_left_in_english() -> None:
    with pseudo.spoken():
        said = [str(said) for codes in labels.TABLE.values() for words in codes.values() for said in words]
    left = [words for words in said if "".join(pseudo.told_by_text(words)).strip()]
    assert len(said) > 600
    assert left == []
