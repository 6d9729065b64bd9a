"""What docs/api/client/README.md shows, run from top to bottom against the running product."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from clinic import rls
from tests.cast import PASSWORD, Cast
from tests.database import ROOT
from tests.processes import Running
from tests.tracking.prescribing import tonight

GUIDE = ROOT / "docs" / "api" / "client" / "README.md"


@pytest.mark.e2e
def test_what_the_reference_client_shows_is_what_it_does(
    live_cast: Cast,
    running_web: Running,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with rls.acting_as(live_cast.tess), transaction.atomic():
        tonight(live_cast)
    monkeypatch.chdir(tmp_path)
    known: dict[str, Any] = {"server": running_web.url, "email": live_cast.fay.email, "password": PASSWORD}
    said = []
    for shown in re.findall(r"```python\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL):
        exec(shown, known)
        said.append(capsys.readouterr().out)
    assert said == [
        "2026-11-25T23:55:00Z done\n",
        "occurred_at An instant is written 2026-05-01T18:30:00-04:00, with its offset, or Z for UTC.\n",
    ]
    phone, child = known["phone"], known["child"]
    assert (phone.refused(), phone.disk.queue()) == ([], [])
    (session,) = phone.disk.things(child, "session")
    assert (session.revision, session.body["occurred_at"]) == (2, "2026-11-25T23:50:00Z")
