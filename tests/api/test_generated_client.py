"""A client made from docs/api/openapi.yaml by a public generator, used against the running product."""

from __future__ import annotations

import datetime as dt
import importlib
import io
import os
import re
import shlex
import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.db import transaction

from clinic import rls
from tests.api.client import description
from tests.cast import PASSWORD, Cast
from tests.database import ROOT
from tests.processes import Running
from tests.tracking.prescribing import tonight
from tests.tracking.test_family_words import voice

GUIDE = ROOT / "docs" / "api" / "README.md"
PACKAGE = "littlefoot_api"


def snippets(language: str) -> list[str]:
    """What the guide shows in that language."""
    return re.findall(rf"```{language}\n(.*?)```", GUIDE.read_text("utf-8"), re.DOTALL)


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of a fresh client, made as the guide says and importable while it is there.

    A warning of the generator fails.
    """
    folder = tmp_path_factory.mktemp("generated")
    (command,) = snippets("sh")
    made = subprocess.run(
        [
            *(sys.executable, "-m", "openapi_python_client"),
            *(str(folder / PACKAGE) if part == PACKAGE else part for part in shlex.split(command)[1:]),
            "--fail-on-warning",
        ],
        cwd=GUIDE.parent,
        env={**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stdout + made.stderr
    sys.path.insert(0, str(folder))
    yield folder / PACKAGE
    sys.path.remove(str(folder))
    for name in [name for name in sys.modules if name.split(".", maxsplit=1)[0] == PACKAGE]:
        del sys.modules[name]


def part(name: str) -> ModuleType:
    return importlib.import_module(f"{PACKAGE}.{name}")


def call(operation: str, *where: Any, **what: Any) -> Any:
    """The answer to `sessions.put_session` and the like: its `status_code`, and `parsed` into its shape."""
    return part(f"api.{operation}").sync_detailed(*where, **what)


def test_no_operation_is_left_out_of_a_generated_client(generated: Path) -> None:
    made = {
        path.stem for path in generated.glob("api/*/*.py") if path.stem != "__init__" and path.stat().st_size
    }
    paths = description()["paths"].values()
    told = {operation["operationId"] for operations in paths for operation in operations.values()}
    assert made == told


@pytest.mark.e2e
def test_a_generated_client_logs_a_session_and_reads_it_back(
    generated: Path, live_cast: Cast, running_web: Running, tmp_path: Path
) -> None:
    with rls.acting_as(live_cast.tess), transaction.atomic():
        tonight(live_cast)
    models = part("models")
    credentials = models.CredentialsInRequest(email=live_cast.fay.email, password=PASSWORD)
    with part("client").Client(running_web.url) as stranger:
        tokens = call("sign_in.sign_in", client=stranger, body=credentials).parsed
    assert isinstance(tokens, models.TokensOut)
    with part("client").AuthenticatedClient(running_web.url, tokens.access_token) as fay:
        _log_an_evening(fay, models, not_hers=live_cast.fern.pk)
        _sing(fay, voice(tmp_path))

    (shown,) = snippets("python")
    known = {"server": running_web.url, "email": live_cast.fay.email, "password": PASSWORD}
    exec(shown, known)
    assert isinstance(known["kept"], models.SessionOut)
    assert known["kept"].by.shown_as == "you"


def _sing(fay: Any, sung: bytes) -> None:
    """A recording is sent as its bytes, and heard again."""
    (child,) = (one.id for one in call("children.list_children", client=fay).parsed.items)
    call(
        "words.put_words",
        child,
        "leg-long-glide",
        client=fay,
        body=part("models").WordsInRequest(words="Down"),
    )
    sent = part("types").File(payload=io.BytesIO(sung))
    kept = call("words.put_recording", child, "leg-long-glide", client=fay, body=sent)
    assert (kept.status_code, kept.parsed.has_recording) == (200, True), kept.content
    heard = call("words.get_recording", child, "leg-long-glide", client=fay)
    assert heard.status_code == 200
    assert heard.headers["content-type"] == "audio/mp4"


def _log_an_evening(fay: Any, models: ModuleType, *, not_hers: uuid.UUID) -> None:
    (child,) = (one.id for one in call("children.list_children", client=fay).parsed.items)
    today = call("today.get_today", child, client=fay).parsed
    (program,) = today.programs
    sent = models.SessionInRequest(
        occurred_at=dt.datetime.combine(today.on - dt.timedelta(days=1), dt.time(23), dt.UTC),
        outcome=models.OutcomeEnum.STOPPED,
        ended_by="child",
        minutes=3.5,
        cues=[models.CueInRequest(code="ep_gaze", moment="during", at_seconds=20)],
        program_version=program.program_version,
    )
    session = uuid.uuid4()
    first = call("sessions.put_session", child, session, client=fay, body=sent)
    again = call("sessions.put_session", child, session, client=fay, body=sent)
    assert (first.status_code, again.status_code) == (201, 200), first.content
    kept = call("sessions.get_session", child, session, client=fay).parsed
    assert isinstance(kept, models.SessionOut)
    assert first.parsed == again.parsed == kept
    assert (kept.id, kept.minutes, kept.cues[0].code) == (session, 3.5, "ep_gaze")

    newer = models.SessionOut.from_dict({**kept.to_dict(), "outcome": "hummed", "hummed": "a tune"})
    assert (newer.outcome, newer.additional_properties) == ("hummed", {"hummed": "a tune"})

    unseen = call("sessions.get_session", not_hers, session, client=fay)
    assert isinstance(unseen.parsed, models.ProblemOut)
    assert (unseen.status_code, unseen.parsed.code) == (404, "not_found")
    sent.minutes = -1
    refused = call("sessions.put_session", child, uuid.uuid4(), client=fay, body=sent)
    assert (refused.status_code, refused.parsed.code) == (400, "invalid")
    assert [error.field for error in refused.parsed.errors] == ["minutes"]
