"""A caseload from a file, on the clinic's pages: a template, what it would do, and what was made."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile

from clinic.models import Child, Invitation
from clinic.services.importing import COLUMNS
from tests.cast import Cast

pytestmark = pytest.mark.django_db

ROOM = "/c/harbor/children/import/"
TWO = (
    "first_name,born_on,home_name,home_address,guardian_email\r\n"
    'Mila,2025-03-31,Sand’s home,"1 Quay\r\n<Harbor> & ""more""",ada@sand.example\r\n'
    "Noé,2023-04-01,Sand’s home,,\r\n"
)


def sent(text: str | bytes) -> dict[str, Any]:
    content = text if isinstance(text, bytes) else text.encode("utf-8-sig")
    return {"file": SimpleUploadedFile("caseload.csv", content, "text/csv")}


def checked(answer: Any) -> str:
    """What the page that shows a plan would send to have it done."""
    found = re.search(r'name="checked" value="([^"]*)"', answer.content.decode())
    assert found is not None
    return html.unescape(found[1])


def test_a_file_is_looked_at_first_and_then_done_with_links_to_all_it_made(cast: Cast, sign_in: Any) -> None:
    tess = sign_in(cast.tess)
    looked = tess.post(ROOM, sent(TWO))
    assert "2 children would be enrolled" in looked.content.decode()
    assert not Child.objects.filter(first_name="Mila").exists()
    done = tess.post(ROOM, {"checked": checked(looked)}).content.decode()
    mila = Child.objects.get(first_name="Mila")
    assert f"/children/{mila.pk}/people/" in done
    assert "/c/harbor/invitations/" in done
    assert mila.homes.get().family.address.splitlines() == ["1 Quay", '<Harbor> & "more"']
    assert Invitation.objects.filter(child=mila, token_hash__isnull=True).count() == 1
    assert mail.outbox == [], "an import sends nothing"
    again = tess.post(ROOM, {"checked": checked(looked)}).content.decode()
    assert "nobody was enrolled" in again
    assert Child.objects.filter(first_name="Mila").count() == 1


def test_what_is_not_right_is_told_by_row_and_column_in_words(cast: Cast, sign_in: Any) -> None:
    told = sign_in(cast.tess).post(
        ROOM, sent("first_name,born_on,home_name\n,2025-03-31,Home\nMila,x,Home\n")
    )
    page = told.content.decode()
    assert "2 things are to be put right" in page
    assert 'data-label="Row">3</td>' in page
    assert "<code>born_on</code>" in page
    assert "written like 2024-03-31" in page
    assert 'name="checked"' not in page


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04", "This is a workbook."),
        ("first_name,born_on,home_name\nNoé,2025-01-01,Home\n".encode("cp1252"), "not in UTF-8"),
        (b"x" * 600_000, "0.5 MB at most"),
        (b'first_name,born_on,home_name\n"Mila,2025-01-01,Home\n', "a quotation mark is opened"),
    ],
)
def test_a_file_that_is_none_is_refused_beside_the_field(
    cast: Cast, sign_in: Any, content: bytes, said: str
) -> None:
    answer = sign_in(cast.opal).post(ROOM, sent(content))
    assert answer.status_code == 200
    assert said in answer.content.decode()


def test_nothing_sent_is_asked_for_again(cast: Cast, sign_in: Any) -> None:
    answer = sign_in(cast.otto).post(ROOM)
    assert (answer.status_code, "Choose a file." in answer.content.decode()) == (200, True)


def test_the_template_names_every_column_and_is_read_back(cast: Cast, sign_in: Any) -> None:
    tess = sign_in(cast.tess)
    answer = tess.get(f"{ROOM}template/")
    heads = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert heads.strip().split(",") == list(COLUMNS)
    row = "Mila,,,2025-03-31,,,,Home" + "," * 8
    assert "One child would be enrolled" in tess.post(ROOM, sent(f"{heads}{row}\r\n")).content.decode()
    assert "Download the template" in tess.get(ROOM).content.decode()


def test_a_sample_is_read_as_it_stands_and_is_enrolled_once(cast: Cast, sign_in: Any) -> None:
    tess = sign_in(cast.tess)
    assert "Download a sample" in tess.get(ROOM).content.decode()
    sample = b"".join(tess.get(f"{ROOM}sample/").streaming_content)
    assert sample.decode("utf-8-sig").splitlines()[0].split(",") == list(COLUMNS)
    looked = tess.post(ROOM, sent(sample))
    page = looked.content.decode()
    assert "3 children would be enrolled" in page
    assert "In 2 homes." in page
    assert "3 invitations would be drafted" in page
    tess.post(ROOM, {"checked": checked(looked)})
    assert Child.objects.filter(first_name="Noé", clinic=cast.harbor).count() == 1
    assert "3 things are to be put right" in tess.post(ROOM, sent(sample)).content.decode()
    assert sign_in(cast.asha).get(f"{ROOM}sample/").status_code == 403
