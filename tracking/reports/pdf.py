"""PDF files: Typst renders a template with data passed as JSON, so user text is never markup."""

from __future__ import annotations

import functools
import importlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

import typst
import vl_convert
from django.conf import settings

from tracking.reports.charts import Spec, on_paper

FONT_PACKAGES = ("fontpkg_literata", "fontpkg_noto_sans", "fontpkg_noto_sans_arabic")
VEGA_LITE = "6.4"
"""Pinned to the version that package.json has for the pages."""


def draw(spec: Spec) -> str:
    """The chart as SVG on paper's colors. The first call in a process starts an engine and takes a second."""
    _register_fonts()
    svg: str = vl_convert.vegalite_to_svg(on_paper(spec), vl_version=VEGA_LITE)
    return svg


def compile_pdf(template: str, data: Mapping[str, Any], *, charts: Mapping[str, Spec]) -> bytes:
    """A tagged PDF of `templates/reports/<template>.typ`, which builds on `house.typ` beside it.

    `house.typ` reads the data with `json(bytes(sys.inputs.data))`; charts are SVG text inside it, by name.
    PDF/UA-1 allows no sign that no font here draws. People write such signs (a smiling face),
    so a report that holds one is made without that claim, the sign an empty box, rather than not at all.
    """
    drawn = {name: draw(spec) for name, spec in charts.items()}
    source = Path(settings.BASE_DIR) / "templates" / "reports" / f"{template}.typ"
    told = json.dumps({**data, "charts": drawn}, ensure_ascii=False)
    try:
        return _compiled(source, told, standard="ua-1")
    except typst.TypstError:
        return _compiled(source, told, standard=None)


def _compiled(source: Path, told: str, *, standard: Literal["ua-1"] | None) -> bytes:
    pdf = typst.compile(
        source,
        root=source.parent,
        sys_inputs={"data": told},
        font_paths=_fonts(),
        pdf_standards=standard,
    )
    assert isinstance(pdf, bytes)  # typst answers with bytes when it is given no file to write
    return pdf


@functools.cache
def _fonts() -> typst.Fonts:
    """Our fonts and no others; to look through their folders takes a tenth of a short paper."""
    return typst.Fonts(include_system_fonts=False, font_paths=[str(path) for path in font_folders()])


@functools.cache
def _register_fonts() -> None:
    """Let the chart engine measure text with the fonts that typst sets it in."""
    for folder in font_folders():
        vl_convert.register_font_directory(str(folder))


@functools.cache
def font_folders() -> tuple[Path, ...]:
    """Where the installed font packages keep their files."""
    return tuple(Path(str(importlib.import_module(name).__file__)).parent / "files" for name in FONT_PACKAGES)
