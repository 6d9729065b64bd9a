"""docs/api/README.md, run from top to bottom as an app would."""

from __future__ import annotations

import datetime as dt
import json
import re
import uuid
from functools import reduce
from typing import Any
from zoneinfo import ZoneInfo

from clinic import rls
from clinic.models import CaregiverGrant
from tests import factories
from tests.api.client import App
from tests.cast import PASSWORD, Cast
from tests.database import ROOT
from tests.tracking.prescribing import tonight

EXAMPLE = re.compile(r"```http\n(\w+) (\S+)\n(.*?)→ (\d+)([^\n]*)\n```", re.DOTALL)
MADE = (
    *("session", "not_today", "bedtime", "observation", "concern", "message"),
    *("queued", "of_sibling", "another"),
)
"""The ids that an app makes."""

NEW_YORK = ZoneInfo("America/New_York")


def fill(text: str, known: dict[str, Any]) -> str:
    return re.sub(r"\{(\w+)\}", lambda found: str(known[found[1]]), text)


def reach(body: Any, path: str) -> Any:
    return reduce(
        lambda value, name: value[int(name)] if name.isdigit() else value[name], path.split("."), body
    )


def test_every_example_of_the_guide_answers_as_it_says(stranger: App, cast: Cast) -> None:
    with rls.acting_as(cast.tess):
        tonight(cast)
    factories.sibling(cast.cleo, grants=CaregiverGrant.objects.filter(child=cast.cleo, user=cast.fay))
    yesterday = rls.now().astimezone(NEW_YORK).date() - dt.timedelta(days=1)
    known: dict[str, Any] = {
        "email": cast.fay.email,
        "therapist": cast.tess.email,
        "password": PASSWORD,
        "evening": yesterday,
        **{name: uuid.uuid4() for name in MADE},
    }
    examples = EXAMPLE.findall((ROOT / "docs" / "api" / "README.md").read_text("utf-8"))
    assert len(examples) == 37
    for method, path, body, status, kept in examples:
        sent = fill(body, known).encode()
        if path.endswith("/auth/login"):
            stranger.token = None
        assert not body.strip() or json.loads(sent) is not None
        answer = stranger.raw(method, fill(path, known), sent)
        assert answer.status == int(status), (method, path, answer.body)
        for found in re.finditer(r"\{(\w+)(?:=([\w.]+))?\}", kept):
            known[found[1]] = reach(answer.body, found[2] or found[1])
        stranger.token = known.get("access_token")
    assert known["child"] == str(cast.cleo.pk)
    assert (known["minutes"], known["version_answered"]) == (19, known["version"])
    assert (known["advised"], known["unread_count"]) == ("pause", 0)
    assert (known["contract"], known["minimum_app_version"]) == ("1.0.0", "")
    assert (known["result"], known["of_the_sibling"], known["withdrawn"]) == (
        "applied",
        "applied",
        "withdrawn",
    )
    assert known["has_more"] is False
    assert (known["state"], known["too_early"]) == ("asked", "report_not_ready")
    assert (known["code"], known["field"]) == ("invalid", "occurred_at")
