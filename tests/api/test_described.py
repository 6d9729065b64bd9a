"""Nothing in the API's description is left to be guessed: docs/api/openapi.yaml, walked from end to end."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Any

import jsonschema
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from api.codes import OF_SIGNING_IN
from api.errors import _FRAMEWORK_CODES
from api.fields import Input
from api.meanings import CODES, MEANINGS
from api.meanings.addresses import ADDRESSES, QUERIES
from api.meanings.examples import EXAMPLES
from clinic.services.break_glass import NO_SUCH_CHILD
from tests.api.client import description
from tests.database import ROOT

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


def test_every_header_that_is_asked_with_is_told_where_it_is_read() -> None:
    for name, operation in operations():
        asked = {one["name"] for one in operation["parameters"] if one["in"] == "header"}
        assert "Accept-Language" in asked, name
        assert ("If-None-Match" in asked) == ("304" in operation["responses"]), name
        assert ("If-Match" in asked) == ("412" in operation["responses"]), name
        tagged = "ETag" in operation["responses"].get("200", {}).get("headers", {})
        assert tagged == ("304" in operation["responses"]), name


def test_every_operation_stands_where_a_developer_looks_for_it() -> None:
    told = [tag["name"] for tag in description()["tags"]]
    assert {tag for _, operation in operations() for tag in operation["tags"]} == set(told)
    assert all(tag["description"] for tag in description()["tags"])


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


def bodies() -> Iterator[tuple[str, dict[str, Any]]]:
    """(`SessionIn`, schema and example) of every JSON body that is sent; files are only bytes."""
    for _, operation in operations():
        for kind, body in operation.get("requestBody", {}).get("content", {}).items():
            if kind == "application/json":
                yield body["schema"]["$ref"].rpartition("/")[2].removesuffix("Request"), body


def test_every_body_that_is_sent_has_an_example_that_is_one() -> None:
    known = Registry().with_resource("urn:openapi", DRAFT202012.create_resource(description()))
    for name, body in bodies():
        shape = {"$ref": f"urn:openapi{body['schema']['$ref']}"}
        checker = jsonschema.FormatChecker()
        jsonschema.Draft202012Validator(shape, registry=known, format_checker=checker).validate(
            body["example"]
        )
        assert body["example"] or name == "ConfirmationIn", f"{name} shows nothing"


def shape_of(full: str) -> str:
    """`Session.outcome` of `SessionInRequest.outcome`."""
    shape, _, name = full.partition(".")
    return f"{shape.removeprefix('Patched').removesuffix('InRequest')}.{name}"


def test_no_example_is_left_over() -> None:
    sent = [name for name, _ in properties() if name.partition(".")[0].endswith("Request")]
    assert EXAMPLES.keys() <= {part for name in sent for part in (name.partition(".")[2], shape_of(name))}


# ---- codes -----------------------------------------------------------------------------------------------


def sources() -> Iterator[ast.Module]:
    for floor in ("api", "clinic", "config", "tracking"):
        for path in (ROOT / floor).rglob("*.py"):
            yield ast.parse(path.read_text("utf-8"))


def codes_of_errors() -> set[str]:
    """`code` of every class in the sources that derives from DomainError, imported or not."""
    classes = [node for module in sources() for node in ast.walk(module) if isinstance(node, ast.ClassDef)]
    errors, found = {"DomainError"}, 0
    while found != len(errors):
        found = len(errors)
        errors |= {one.name for one in classes if errors & {getattr(base, "id", "") for base in one.bases}}
    return {
        line.value.value
        for one in classes
        if one.name in errors - {"DomainError"}
        for line in one.body
        if isinstance(line, ast.Assign) and isinstance(line.value, ast.Constant)
        if any(getattr(target, "id", "") == "code" for target in line.targets)
    }


def codes_of_problems() -> set[str]:
    """The literal codes with which problems are made that no error stands behind."""
    calls = [node for module in sources() for node in ast.walk(module) if isinstance(node, ast.Call)]
    made = [call for call in calls if getattr(call.func, "id", "") in ("Problem", "plain_problem")]
    told = [argument.value for call in made for argument in call.args if isinstance(argument, ast.Constant)]
    return {code for code in told if isinstance(code, str)} | set(_FRAMEWORK_CODES.values())


def statuses() -> dict[str, str]:
    """The status of each code, as the table in the description has it beside what the code means."""
    table = description()["components"]["schemas"]["ProblemCode"]["description"]
    return dict(re.findall(r"^\| `(\w+)` \| ([45]\d\d) \| \S.* \|$", table, re.MULTILINE))


def test_every_code_of_a_refusal_is_told_with_its_status_and_meaning() -> None:
    told = description()["components"]["schemas"]["ProblemCode"]
    raised = codes_of_errors() | codes_of_problems() | OF_SIGNING_IN.keys() | {NO_SUCH_CHILD}
    assert set(told["enum"]) == raised
    assert statuses().keys() == set(told["enum"])


def test_a_code_that_an_operation_names_is_one_of_them() -> None:
    """`409 `label_in_use`` in a description is a status and a code that belong together, and are answered."""
    codes, named = statuses(), 0
    for name, operation in operations():
        for status, code in re.findall(r"\b(4\d\d) `([a-z_]+)`", operation["description"]):
            assert codes[code] == status, (name, code)
            assert status in operation["responses"], (name, code)
            named += 1
    assert named > 10
