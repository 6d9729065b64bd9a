"""Nothing in the API's description is left to be guessed: docs/api/openapi.yaml, walked from end to end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from api.fields import Input
from api.meanings import CODES, MEANINGS
from api.meanings.addresses import ADDRESSES, QUERIES
from tests.api.client import description

UNIT = re.compile(
    r"\b(minutes?|seconds?|days|weeks|bytes|MB|celsius|temperature_unit|HTTP status|points|unit"
    r"|how many|how often|level|number|rank|score|place|1 to 5|which (telling|week|state|phase))\b",
    re.IGNORECASE,
)
"""A number's unit, or that it is a mere number: a count, a place in an order, a level of a scale."""

RANGE = re.compile(r"-?\d+ (to|or more)|from -?\d+|negative|`least`", re.IGNORECASE)


def shapes() -> Iterator[tuple[str, dict[str, Any]]]:
    yield from description()["components"]["schemas"].items()


def properties() -> Iterator[tuple[str, dict[str, Any]]]:
    """(`SessionOut.minutes`, what is told of it) for every property of every shape."""
    for shape, schema in shapes():
        for name, told in schema.get("properties", {}).items():
            yield f"{shape}.{name}", told


def operations() -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in description()["paths"].items():
        for method, operation in methods.items():
            yield f"{method.upper()} {path}", operation


def is_number(schema: dict[str, Any]) -> bool:
    kinds = schema.get("type", [])
    return not {"integer", "number"}.isdisjoint([kinds] if isinstance(kinds, str) else kinds)


def test_every_operation_parameter_and_answer_says_what_it_is() -> None:
    for name, operation in operations():
        assert operation.get("description"), name
        for parameter in operation.get("parameters", ()):
            assert parameter.get("description"), (name, parameter["name"])
        for status, answer in operation["responses"].items():
            assert answer.get("description"), (name, status)


def test_every_shape_list_of_codes_and_property_says_what_it_is() -> None:
    nothing = Input.__doc__.split(".", maxsplit=1)[0]
    for name, schema in shapes():
        assert schema.get("description"), name
        assert not schema["description"].startswith(nothing), f"{name} says only what every request does"
    for name, told in properties():
        assert told.get("description"), name


def test_every_number_has_its_unit_and_its_range() -> None:
    numbers = [(name, told) for name, told in properties() if is_number(told)]
    assert len(numbers) > 100
    for name, told in numbers:
        assert UNIT.search(told["description"]), f"{name} has no unit: {told['description']}"
        is_bounded = {"minimum", "maximum"} <= told.keys()
        assert is_bounded or RANGE.search(told["description"]), f"{name} has no range"


def test_no_meaning_is_left_over() -> None:
    """What nothing in the description is called any more is not explained any longer."""
    told = {(name.split(".")[1], schema["description"]) for name, schema in properties()}
    assert [name for name, text in MEANINGS.items() if (name.split(".")[-1], text) not in told] == []
    assert CODES.keys() <= dict(shapes()).keys()
    parameters = {
        (parameter["in"], parameter["name"])
        for _, operation in operations()
        for parameter in operation.get("parameters", ())
    }
    assert {("path", name) for name in ADDRESSES} | {("query", name) for name in QUERIES} <= parameters
