"""Who saw a child, over the API."""

from __future__ import annotations

from collections.abc import Callable

from clinic.models import User
from clinic.vocabulary import AuditCode
from tests.api.client import App
from tests.cast import Cast
from tests.web.test_audit import look


def test_a_guardians_app_reads_who_looked_by_day(cast: Cast, app_of: Callable[[User], App]) -> None:
    for who in ("tess", "opal", "greg"):
        look(cast.people()[who], cast.cleo)
    look(cast.tess, cast.cleo, AuditCode.VIEWED_DIARY)
    answer = app_of(cast.fay).get(f"/api/v1/children/{cast.cleo.pk}/who-saw")
    assert answer.status == 200
    (day,) = answer.body["items"]
    seen = {(one["viewer"], one["name"]): one["kinds"] for one in day["sightings"]}
    assert seen == {
        ("team", cast.tess.name): ["viewed_child", "viewed_diary"],
        ("staff", ""): ["viewed_child"],
    }
    assert answer.body["earlier"] is None
    assert app_of(cast.nan).get(f"/api/v1/children/{cast.cleo.pk}/who-saw").status == 403
    assert app_of(cast.tess).get(f"/api/v1/children/{cast.cleo.pk}/who-saw").status == 403
