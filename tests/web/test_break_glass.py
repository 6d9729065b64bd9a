"""Opening a record in an emergency, over HTTP: asked again who one is, reading alone, told to everybody."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from clinic import rls
from clinic.models import AuditEvent, BreakGlass, User
from clinic.vocabulary import AuditCode
from tests import factories, signing_in
from tests.cast import Cast, planted
from tests.factories import Record
from tracking.models import Note, ThreadRead

SignIn = Callable[[User], Client]
PAGE = "/c/harbor/break-glass/"
REASON = "Found asleep on the floor, hard to wake"


def whom(cast: Cast, **changed: Any) -> dict[str, Any]:
    return {
        "first_name": "Cleo",
        "last_name": planted("cleo-last-name"),
        "born_on": cast.cleo.born_on.isoformat(),
        "reason": REASON,
        **changed,
    }


@pytest.fixture
def record(cast: Cast) -> Record:
    return factories.record(cast)


@pytest.fixture
def theo(cast: Cast, record: Record, sign_in: SignIn) -> Client:
    """Theo, who has broken the glass for Cleo."""
    client = sign_in(cast.theo)
    answer = client.post(PAGE, whom(cast))
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/children/{cast.cleo.pk}/")
    return client


def test_somebody_is_asked_again_who_they_are_and_then_goes_on(cast: Cast) -> None:
    client = Client()
    signing_in.sign_in(client, cast.theo, seconds_ago=3600)
    assert client.get(PAGE).status_code == 200
    answer = client.post(PAGE, whom(cast))
    assert answer.headers["Location"].startswith("/accounts/reauthenticate/")
    assert not BreakGlass.objects.exists()


def test_whoever_opened_a_record_reads_it_under_a_banner(cast: Cast, record: Record, theo: Client) -> None:
    child = f"/children/{cast.cleo.pk}/"
    for address in ("", "diary/", "programs/", "signs/", "strategies/", "goals/", "messages/", "reports/",
                    "visits/", "people/", "asking/"):  # fmt: skip
        page = theo.get(child + address)
        assert page.status_code == 200, address
        assert "you read the record of Cleo in an emergency" in page.content.decode(), address
    assert planted("note-body") in theo.get(f"{child}goals/").content.decode()
    assert theo.get(f"/programs/{record.program.pk}/").status_code == 200
    assert theo.get(f"/reports/{record.report.pk}/").status_code == 200


def test_what_the_access_table_keeps_shut_stays_shut(cast: Cast, record: Record, theo: Client) -> None:
    child = f"/children/{cast.cleo.pk}/"
    assert theo.get(f"/reports/{record.report.pk}/file/").status_code == 403
    assert theo.get(f"{child}visits/file/").status_code == 403
    assert theo.get(f"{child}concerns/").status_code == 403
    assert theo.get(f"{child}safeguarding/").status_code == 403
    assert theo.get(f"{child}people/seen/").status_code == 403
    assert theo.get(f"/programs/{record.draft.pk}/").status_code in (403, 404, 302)
    page = theo.get(child).content.decode()
    for name in ("fay-check-in", "flag-will-do", "drafted-private"):
        assert planted(name) not in page


def test_nothing_can_be_written_by_it(cast: Cast, theo: Client) -> None:
    child = f"/children/{cast.cleo.pk}/"
    notes = Note.objects.count()
    for address in (
        "notes/",
        "messages/",
        "edit/",
        "care/hospital/",
        "signs/",
        "strategies/",
        "break-glass/",
    ):
        assert theo.post(child + address, {"body": "x", "words": "x"}).status_code == 403, address
    assert Note.objects.count() == notes
    assert not ThreadRead.objects.filter(user=cast.theo).exists()


def test_each_read_is_written_and_the_end_too(cast: Cast, theo: Client) -> None:
    theo.get(f"/children/{cast.cleo.pk}/diary/")
    codes = set(
        AuditEvent.objects.filter(actor_id=cast.theo.pk, child_id=cast.cleo.pk).values_list("code", flat=True)
    )
    assert codes >= {AuditCode.BROKE_GLASS, AuditCode.VIEWED_DIARY}
    glass = BreakGlass.objects.open().get(opened_by=cast.theo)
    assert theo.post(f"{PAGE}{glass.pk}/end/").headers["Location"] == PAGE
    assert theo.get(f"/children/{cast.cleo.pk}/").status_code == 404
    assert AuditEvent.objects.filter(code=AuditCode.ENDED_GLASS, child_id=cast.cleo.pk).count() == 1


@pytest.mark.parametrize("changed", [{"last_name": ""}, {"born_on": "2001-01-01"}, {"first_name": "Sami"}])
def test_a_child_that_is_not_named_in_full_is_not_found(
    cast: Cast, sign_in: SignIn, changed: dict[str, str]
) -> None:
    page = sign_in(cast.theo).post(PAGE, whom(cast, **changed))
    assert "No child of this clinic" in page.content.decode()
    assert not BreakGlass.objects.exists()
    assert AuditEvent.objects.filter(code=AuditCode.REFUSED, actor_id=cast.theo.pk).count() == 1


def test_a_reason_too_short_opens_nothing(cast: Cast, sign_in: SignIn) -> None:
    page = sign_in(cast.theo).post(PAGE, whom(cast, reason="An emergency"))
    assert page.status_code == 200
    assert not BreakGlass.objects.exists()


def test_an_owner_opens_one_from_the_childs_page(cast: Cast, record: Record, sign_in: SignIn) -> None:
    otto = sign_in(cast.otto)
    child = f"/children/{cast.cleo.pk}/"
    assert f"{child}break-glass/" in otto.get(child).content.decode()
    assert otto.get(f"{child}diary/").status_code == 403
    assert otto.post(f"{child}break-glass/", {"reason": REASON}).headers["Location"] == child
    assert otto.get(f"{child}diary/").status_code == 200


def test_an_owner_who_reads_by_it_is_offered_nothing_to_change(
    cast: Cast, record: Record, sign_in: SignIn
) -> None:
    otto, child = sign_in(cast.otto), f"/children/{cast.cleo.pk}/"
    offered = (f"{child}access/", f"{child}homes/", f"{child}edit/", f"{child}care/discharge/")

    def offers() -> list[str]:
        pages = "".join(otto.get(child + page).content.decode() for page in ("people/", "care/"))
        return [address for address in offered if f'href="{address}' in pages]

    assert offers() == list(offered)
    otto.post(f"{child}break-glass/", {"reason": REASON})
    assert offers() == []


def test_the_team_reads_on_the_childs_page_who_opened_it_and_why(
    cast: Cast, theo: Client, sign_in: SignIn
) -> None:
    page = sign_in(cast.tess).get(f"/children/{cast.cleo.pk}/").content.decode()
    assert "opened this record in an emergency" in page
    assert REASON in page
    assert REASON not in sign_in(cast.fay).get(f"/family/{cast.cleo.pk}/").content.decode()


def test_it_is_listed_until_an_owner_has_reviewed_it(cast: Cast, theo: Client, sign_in: SignIn) -> None:
    otto = sign_in(cast.otto)
    assert (
        "opened in an emergency and waits for your review" in otto.get("/c/harbor/caseload/").content.decode()
    )
    glass = BreakGlass.objects.open().get(opened_by=cast.theo)
    review = f"{PAGE}{glass.pk}/review/"
    assert review in otto.get(PAGE).content.decode()
    assert REASON in otto.get(review).content.decode()
    assert otto.post(review, {"review": ""}).status_code == 200
    assert otto.post(review, {"review": "Spoke with Theo and Tess"}).headers["Location"] == PAGE
    page = otto.get(PAGE).content.decode()
    assert review not in page
    assert "Spoke with Theo and Tess" in page
    assert REASON not in sign_in(cast.tess).get(f"/children/{cast.cleo.pk}/").content.decode()


def test_the_list_takes_as_many_statements_however_long(
    cast: Cast, sign_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    otto = sign_in(cast.otto)
    otto.get(PAGE)
    counted = []
    for more in (1, 9):
        with rls.acting_as(system="seeding"):
            for _ in range(more):
                factories.broken_glass(cast)
        with django_assert_max_num_queries(40) as captured:
            otto.get(PAGE)
        counted.append(len(captured))
    assert counted[0] == counted[1]
