"""docs/operations.md names every variable the product reads, and none it does not."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
READ = re.compile(
    r"""(?:environ(?:\.get\(|\[)|_flag\(|_list\(|_required\(|_number\()\s*"([A-Z][A-Z0-9_]+)\"""", re.VERBOSE
)
# The shell's own, what CI says of itself, and what only the tests tell each other.
NOT_OURS = {
    "PATH",
    "XDG_DATA_HOME",
    "XDG_CACHE_HOME",
    "CI",
    "DJANGO_SETTINGS_MODULE",
    "LITTLEFOOT_TEST_MIGRATED",
    "LITTLEFOOT_TEST_SUPERUSER_URL",
}


def variables_read() -> set[str]:
    files = [ROOT / "config" / "settings.py", *(ROOT / "config" / "embedded").glob("*.py")]
    names = {name for file in files for name in READ.findall(file.read_text())} - NOT_OURS
    return {name for name in names if not name.startswith("LITTLEFOOT_TEST_")}


def variables_told() -> set[str]:
    words = re.findall(r"`([A-Z][A-Z0-9_]{3,})(?:=[^`]*)?`", (ROOT / "docs" / "operations.md").read_text())
    return set(words)


def test_every_variable_is_told() -> None:
    assert variables_read() <= variables_told()


def test_no_variable_is_told_that_nothing_reads() -> None:
    assert variables_told() <= variables_read()
