"""Consent over the API: a guardian's own words, in the clinic's wording."""

from __future__ import annotations

from collections.abc import Callable

from clinic.models import Consent, User
from clinic.vocabulary import ConsentKind
from tests.api.client import App
from tests.cast import Cast
from tests.factories import concern, consent_text, consent_words

AppOf = Callable[[User], App]


def test_a_guardian_reads_agrees_and_takes_back(app_of: AppOf, cast: Cast) -> None:
    text = consent_text(cast.harbor, ConsentKind.MEDIA)
    app, address = app_of(cast.fay), f"/api/v1/children/{cast.cleo.pk}/consents"
    items = {item["kind"]: item for item in app.get(address)["items"]}
    assert list(items) == ["record", "sharing", "media", "research"]
    assert items["record"]["asked"] is None
    assert items["media"]["asked"]["text"] == consent_words(cast.harbor)
    assert (items["media"]["is_given"], items["media"]["needs_every"]) == (None, True)

    given = {"is_given": True, "text": str(text.pk)}
    for _again in range(2):
        answer = app.put(f"{address}/media", given)
        assert (answer.status, answer["is_given"], answer["is_newer"]) == (200, True, False)
    assert Consent.objects.count() == 1
    assert app.put(f"{address}/media", {"is_given": False})["is_given"] is False
    assert app_of(cast.greg).get(address)["items"][2]["is_given"] is None


def test_a_wording_that_is_not_asked_is_a_conflict_and_an_unknown_item_is_not_found(
    app_of: AppOf, cast: Cast
) -> None:
    text = consent_text(cast.harbor, ConsentKind.MEDIA)
    app, address = app_of(cast.fay), f"/api/v1/children/{cast.cleo.pk}/consents"
    for told in ({"is_given": True}, {"is_given": True, "text": str(cast.cleo.pk)}):
        refused = app.put(f"{address}/media", told)
        assert (refused.status, refused.code) == (409, "wording_changed")
    assert app.put(f"{address}/research", {"is_given": True, "text": str(text.pk)}).status == 409
    assert app.put(f"{address}/record", {"is_given": False}).code == "nothing_to_take_back"
    assert app.put(f"{address}/weather", {"is_given": False}).status == 404


def test_a_photo_that_is_not_agreed_to_is_refused_and_the_worry_is_kept(app_of: AppOf, cast: Cast) -> None:
    app = app_of(cast.fay)
    worry = concern(cast.cleo, by=cast.fay)
    assert app.put(f"/api/v1/children/{cast.cleo.pk}/consents/media", {"is_given": False}).status == 200
    address = f"/api/v1/children/{cast.cleo.pk}/concerns/{worry.client_id}/photos/{worry.pk}"
    refused = app.raw("PUT", address, b"\xff\xd8\xff", content_type="image/jpeg")
    assert (refused.status, refused.code) == (409, "media_refused")
