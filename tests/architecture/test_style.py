"""What the look must never do: lean on one direction, on inline styles or scripts, on a foreign Vega-Lite."""

from __future__ import annotations

import json
import re
from pathlib import Path

import vl_convert

ROOT = Path(__file__).resolve().parents[2]
PHYSICAL = re.compile(
    r"^\s*(?:(?:margin|padding|border)-(?:left|right|top|bottom)|left|right|top|bottom"
    r"|border-(?:top|bottom)-(?:left|right)-radius|(?:min-|max-)?(?:width|height))\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)\b",
    re.MULTILINE,
)
INLINE = re.compile(r"\sstyle=|\son[a-z]+=|<style\b|javascript:", re.IGNORECASE)
SCRIPT = re.compile(r"<script\b(?![^>]*\bsrc=)(?![^>]*application/json)", re.IGNORECASE)
COLOR = re.compile(r"#[0-9a-f]{3,8}\b|\brgba?\(", re.IGNORECASE)


def _pages() -> list[Path]:
    return [path for path in (ROOT / "templates").rglob("*.html") if "emails" not in path.parts]


def test_our_styles_know_start_and_end_but_not_left_and_right() -> None:
    found = [
        f"{path.name}: {match.group().strip()}"
        for path in (ROOT / "assets").glob("styles/*.scss")
        for match in PHYSICAL.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_colors_are_given_once_as_tokens() -> None:
    allowed = {"_tokens.scss", "_paper.scss", "_bootstrap.scss"}
    found = [
        f"{path.name}: {match.group()}"
        for path in (ROOT / "assets").glob("styles/*.scss")
        if path.name not in allowed
        for match in COLOR.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_no_page_carries_a_style_or_a_script_of_its_own() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {match.group().strip()}"
        for path in _pages()
        for pattern in (INLINE, SCRIPT)
        for match in pattern.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_a_page_writes_days_one_way() -> None:
    told = {"DATE_FORMAT", "DATETIME_FORMAT", "MONTH_DAY_FORMAT", "YEAR_MONTH_FORMAT"}
    asked = {"c", "Y-m-d", "H:i"}  # for machines
    alone = {"l", "D", "j"}  # a weekday's name, a day's number: in a week's or a fortnight's row
    found = [
        f"{path.relative_to(ROOT)}: {style}"
        for path in _pages()
        for style in re.findall(r"""\|date:["']([^"']+)["']""", path.read_text(encoding="utf-8"))
        if style not in told | asked | alone
    ]
    assert found == []


def test_every_icon_a_page_names_is_in_the_sprite() -> None:
    listed = {line.strip() for line in (ROOT / "assets/icons.txt").read_text(encoding="utf-8").splitlines()}
    drawn = {path.stem for path in (ROOT / "assets/icons").glob("*.svg")}
    named = {
        (path.name, name)
        for path in _pages()
        for name in re.findall(r'{%\s*icon "([^"]+)"', path.read_text(encoding="utf-8"))
    }
    assert sorted((page, name) for page, name in named if name not in listed | drawn) == []


def test_page_and_paper_speak_the_same_vega_lite() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))
    major, minor, _patch = lock["packages"]["node_modules/vega-lite"]["version"].split(".")
    assert f"{major}.{minor}" in vl_convert.get_vegalite_versions()


def test_the_lock_of_packages_names_no_host() -> None:
    assert '"resolved"' not in (ROOT / "package-lock.json").read_text(encoding="utf-8")


def test_letters_are_read_at_night_and_show_no_bare_address() -> None:
    """Without the word to it a dark reader puts black on black, and a long link runs off a phone."""
    for letter in (ROOT / "templates/emails").glob("*-body.html"):
        written = letter.read_text(encoding="utf-8")
        assert '<meta name="color-scheme" content="light dark">' in written, letter.name
        assert not re.search(r'href="\{\{ (\w+) \}\}">\{\{ \1 \}\}', written), letter.name
