"""Every route against every role: tests/access.toml is the whole truth about who is answered what."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator

import pytest

from config.logs import JsonFormatter
from tests import access, factories
from tests.access import ACTORS, Answer, Door, Row
from tests.cast import Cast, planted

CLINICAL = (
    "note-body",
    "drafted-body",
    "message-body",
    "entry-note",
    "cleo-precaution",
    "report-narrative",
    "program-note",
    "contact-others",
    "contact-shared",
    "contact-private",
    "concern-plan",
    "shown-to-name",
    "sign-words",
    "strategy-name",
    "strategy-text",
    "family-words",
)
FOR_THE_TEAM = ("flag-will-do", "flag-snooze", "flag-closing", "supervision")
AT_A_VISIT = ("contact-others", "contact-private")
CONTACT = ("{0}", "{0}-phone", "{0}-address")
CHECK_INS = {f"{name}-check-in" for name in ("fay", "greg", "nan")}
OUT_OF_SIGHT = {
    "otto": (*CLINICAL, *CHECK_INS, *FOR_THE_TEAM),
    "theo": (*CHECK_INS, *FOR_THE_TEAM),
    "opal": (*CLINICAL, *CHECK_INS, *FOR_THE_TEAM),
    "tess": ("family-words",),
    "asha": ("contact-private", "family-words"),
    "fay": [
        *(word.format("gregs-home") for word in CONTACT),
        *("greg", "class-title", "report-narrative", "drafted-body", *AT_A_VISIT, *FOR_THE_TEAM),
        *(CHECK_INS - {"fay-check-in"}),
    ],
    "greg": [
        *(word.format("fays-home") for word in CONTACT),
        *("fay", "class-title", "report-narrative", "drafted-body", "shown-to-name", *AT_A_VISIT),
        *("family-words", *FOR_THE_TEAM),
        *(CHECK_INS - {"greg-check-in"}),
    ],
    "nan": [
        *(word.format("gregs-home") for word in CONTACT),
        # Her own household's name she may read, not how its guardian is reached.
        *("fays-home-phone", "fays-home-address", "greg", "fay"),
        *("note-body", "drafted-body", "message-body", "report-narrative", "contact-shared", *AT_A_VISIT),
        *("shown-to-name", "class-title", *(CHECK_INS - {"nan-check-in"}), *FOR_THE_TEAM),
    ],
}
"""Words planted in Cleo's record that a person never meets, also where they are let in (trust, section 1):
what is clinical for who does not treat, another household's contact data, a report that is not shared,
what another caregiver says of themselves.
A safeguarding note is Asha's, who wrote it, and Theo's, who is named, whatever else somebody may read.
"""

PLANTED = re.compile(r"planted-[a-z-]+?-word")


@pytest.fixture
def filled(cast: Cast) -> dict[str, object]:
    return access.values(cast, factories.record(cast))


@pytest.fixture
def doors(cast: Cast) -> dict[str, Door]:
    return {actor: Door(actor, cast) for actor in ACTORS}


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """Everything that is logged meanwhile, as the product writes it."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(JsonFormatter())
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)


def test_every_route_has_a_row_and_every_row_a_route() -> None:
    declared = {f"{method} {address}" for address, methods in access.routes() for method in methods}
    listed = {str(row) for row in access.rows()}
    assert not declared - listed, "routes without a row in tests/access.toml"
    assert not listed - declared, "rows of tests/access.toml without a route"


def test_every_route_answers_each_role_as_the_table_says(
    doors: dict[str, Door], filled: dict[str, object], log: io.StringIO
) -> None:
    wrong, told = [], []
    for row in access.rows():
        answers = {actor: doors[actor].ask(row, filled) for actor in ACTORS}
        got = [answers[actor].status for actor in ACTORS]
        if got != [row.statuses[actor] for actor in ACTORS]:
            wrong.append(f'"{row}" = {got}  # says {list(row.statuses.values())}')
        told += [f"{row} tells {actor} {words}" for actor, words in _told_to_the_refused(answers)]
        told += [f"{row} tells {actor} {words}" for actor, words in _told_out_of_sight(answers)]
    assert not wrong, "\n".join(["answers that are not the table's:", *wrong])
    assert not told, "\n".join(told)
    assert not PLANTED.findall(log.getvalue()), "the log names people"
    assert '"event": "request"' in log.getvalue(), "nothing was logged, so nothing was looked at"


def _told_to_the_refused(answers: dict[str, Answer]) -> Iterator[tuple[str, set[str]]]:
    for actor, answer in answers.items():
        if answer.status >= 400:
            own = {planted(f"{actor}-name"), planted(actor)}
            words = set(PLANTED.findall(answer.text)) - own
            if words:
                yield actor, words


def _told_out_of_sight(answers: dict[str, Answer]) -> Iterator[tuple[str, set[str]]]:
    for actor in ACTORS:
        names = [*OUT_OF_SIGHT.get(actor, ()), *([] if actor in ("asha", "theo") else ["safeguarding-body"])]
        words = {planted(name) for name in names} & set(PLANTED.findall(answers[actor].text))
        if words:
            yield actor, words


def test_a_child_that_does_not_exist_answers_like_one_out_of_sight(
    doors: dict[str, Door], filled: dict[str, object]
) -> None:
    wrong = []
    for row in access.rows():
        if "<child>" not in row.address:
            continue
        for actor in ("anonymous", "tess", "fay", "tova"):
            nobodys = doors[actor].ask(row, access.nobodys(filled))
            stranger = doors["anonymous" if actor == "anonymous" else "tova"].ask(row, filled)
            if nobodys.status != stranger.status:
                wrong.append(f"{row} answers {actor} {nobodys.status}, about Cleo {stranger.status}")
            elif row.is_api and nobodys.text != stranger.text:
                wrong.append(f"{row} answers {actor} in other words")
    assert not wrong, "\n".join(wrong)


def test_a_row_names_all_actors_or_tells_only_who_is_signed_in() -> None:
    assert access.ACTORS[0] == "anonymous"
    assert len(set(access.ACTORS)) == 12
    for row in access.rows():
        assert isinstance(row, Row)
        assert set(row.statuses) == set(ACTORS)
