"""The contracts of pyproject.toml cover what they say they cover."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
CONTRACTS = {
    contract["id"]: contract
    for contract in tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
}
NOT_PURE = {
    "clinic.encryption": "the secret it draws keys from is a setting",
    "clinic.migrating": "how migrations make tables",
    "clinic.among": "a condition of querysets",
    "clinic.prepared": "querysets whose SQL is written once",
    "clinic.rls": "the stamp and the row policies",
    "clinic.typed_codes": "the keyed hash is the framework's",
}


def modules_below_the_rows(package: str) -> set[str]:
    """The modules that exist in the layers beneath `models`."""
    layers: list[str] = CONTRACTS[package]["layers"]
    names = [re.findall(r"\w+", layer) for layer in layers]
    [rows] = [place for place, layer in enumerate(names) if "models" in layer]
    return {
        f"{package}.{name}"
        for layer in names[rows + 1 :]
        for name in layer
        if any((ROOT / package / candidate).exists() for candidate in (f"{name}.py", f"{name}/__init__.py"))
    }


def test_every_module_below_the_rows_is_held_to_be_pure() -> None:
    named: Any = CONTRACTS["pure"]["source_modules"]
    below = modules_below_the_rows("clinic") | modules_below_the_rows("tracking")
    assert below - set(NOT_PURE) == set(named)


def test_no_exception_is_stale() -> None:
    below = modules_below_the_rows("clinic") | modules_below_the_rows("tracking")
    assert set(NOT_PURE) <= below
