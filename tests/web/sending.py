"""Sending a page's form as a browser would: every field as the page has it, but for what is changed."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any


class _Form(HTMLParser):
    """The fields of one form, chosen by its id; of no id, every field of the page."""

    def __init__(self, form_id: str) -> None:
        super().__init__()
        self.form_id = form_id
        self.is_inside = not form_id
        self.fields: dict[str, list[str]] = {}
        self.select: str | None = None
        self.area: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form" and self.form_id:
            self.is_inside = told.get("id") == self.form_id
        if not self.is_inside or "form" in told:
            return
        name = told.get("name", "")
        if tag == "input" and name:
            kind = told.get("type", "text")
            if kind not in ("checkbox", "radio", "submit", "search") or "checked" in told:
                usual = "on" if kind in ("checkbox", "radio") else ""
                self.fields.setdefault(name, []).append(told.get("value", usual))
        elif tag == "select":
            self.select = name
        elif tag == "option" and self.select and "selected" in told:
            self.fields.setdefault(self.select, []).append(told.get("value", ""))
        elif tag == "textarea" and name:
            self.area = name
            self.fields[name] = [""]

    def handle_data(self, data: str) -> None:
        if self.area is not None:
            self.fields[self.area][0] += data.removeprefix("\n") if not self.fields[self.area][0] else data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self.form_id:
            self.is_inside = False
        elif tag == "select":
            self.select = None
        elif tag == "textarea":
            self.area = None


def fields_of(page: Any, form_id: str = "") -> dict[str, list[str]]:
    """The fields a form of a page would send, before anything is changed."""
    parser = _Form(form_id)
    parser.feed(page.content.decode())
    return parser.fields
