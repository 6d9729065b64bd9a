"""The forms of pages, as people are shown them and would send them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

from tests import access, matrix
from tests.access import Row
from tests.alike import plainly
from tests.cast import PASSWORD
from tests.matrix import World

LOOKING = ("otto", "tess", "opal", "fay", "nan")
"""Who is shown forms: between them, every kind of place."""


@dataclass(slots=True)
class Form:
    """A form of a page: where it goes, what stands in it, and which fields name rows or people."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)
    naming: dict[str, str] = field(default_factory=dict)
    addresses: list[str] = field(default_factory=list)


TYPED = {"text": "Some words", "password": PASSWORD, "number": "1", "date": "2027-03-01", "time": "10:00"}
"""What is typed into an empty field, by its kind."""


class Forms(HTMLParser):
    """The forms of a page that write."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address
        self.found: list[Form] = []
        self.form: Form | None = None
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.form = Form(told.get("action") or self.address)
            self.found += [self.form] if told.get("method", "").lower() == "post" else []
        elif self.form is None:
            return
        elif tag == "select":
            self.select = told.get("name", "")
        elif tag == "option":
            self.offer(self.select, told.get("value", ""), is_chosen="selected" in told)
        elif tag in ("input", "button") and told.get("name"):
            kind = told.get("type", "")
            is_chosen = kind not in ("checkbox", "radio", "submit") or "checked" in told
            self.offer(told["name"], told.get("value") or TYPED.get(kind, ""), is_chosen=is_chosen)
            self.form.addresses += [told["name"]] if kind == "email" else []
        elif tag == "textarea":
            self.offer(told.get("name", ""), "Some words.", is_chosen=True)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.form = None

    def offer(self, name: str, value: str, *, is_chosen: bool) -> None:
        """Something that may be sent: what stands there, else what is offered first."""
        assert self.form is not None
        if is_chosen or not self.form.fields.get(name):
            self.form.fields[name] = value
        if matrix.is_id(value):
            self.form.naming.setdefault(name, value)


def shown(world: World, actors: Sequence[str]) -> Iterator[tuple[str, str, Form]]:
    """Every form that writes, and the page it stands on."""
    known = matrix.table()
    for actor in actors:
        for row in known.rows.values():
            if row.method != "GET" or row.is_api or known.expected(row, actor, "cleo") != 200:
                continue
            answer = world.doors[actor].ask(row, world.values["cleo"])
            if any(line.startswith("Content-Type: text/html") for line in answer.headers):
                page = Forms(access.fill(row.address, world.values["cleo"]))
                page.feed(answer.text)
                yield from ((actor, answer.text, form) for form in page.found)


def submitted(world: World, actor: str, form: Form, name: str, one: object) -> bytes:
    """What is answered to a form in which one field says something else, plainly."""
    row = Row("POST", form.action, {}, {**form.fields, name: str(one)})
    return plainly(world.doors[actor].ask(row, world.values["cleo"]), one)
