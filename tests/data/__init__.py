"""Vectors copied from the clinical reference, unchanged."""

import json
from pathlib import Path
from typing import Any


def load(name: str) -> dict[str, Any]:
    """The vectors of `tests/data/<name>.json`."""
    loaded: dict[str, Any] = json.loads((Path(__file__).parent / f"{name}.json").read_text())
    return loaded


OUTCOMES = load("outcome_vectors")
SINGLE_CASES = load("sced_vectors")
