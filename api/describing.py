"""Postprocessing of the OpenAPI description: meanings, codes, examples, headers, tags, open lists."""

from __future__ import annotations

from typing import Any

from api.codes import fault_codes, problem_codes
from api.meanings import example_for, meaning, meaning_of_codes, meaning_of_parameter
from api.meanings.examples import BY_FORMAT
from api.meanings.headers import ANSWERED, ASKED
from api.meanings.tags import TAGS
from api.schema import OF_APPS, Schema

ANY_TEXT = {"type": "string"}


def tell_meanings(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Says of every property, parameter and list of codes what it means (`api.meanings`)."""
    for shape, schema in result["components"]["schemas"].items():
        codes = meaning_of_codes(shape)
        if codes is not None:
            schema.setdefault("description", codes)
        for name, described in schema.get("properties", {}).items():
            told = meaning(shape, name)
            if told is not None and "description" not in described:
                schema["properties"][name] = _with_description(described, told)
    for operations in result["paths"].values():
        for operation in operations.values():
            for parameter in operation.get("parameters", ()):
                told = meaning_of_parameter(parameter["name"], parameter["in"])
                if told is not None:
                    parameter.setdefault("description", told)
    return result


def _with_description(schema: dict[str, Any], description: str) -> dict[str, Any]:
    """A reference is wrapped: many a reader drops what stands beside one."""
    return ({"allOf": [schema]} if "$ref" in schema else schema) | {"description": description}


def let_apps_in(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Says how apps of others are let in."""
    result["components"]["securitySchemes"] |= OF_APPS
    return result


def tell_codes(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Lists what the codes of refusals can be, and what each means."""
    schemas = result["components"]["schemas"]
    codes = problem_codes()
    lines = "\n".join(f"| `{code}` | {status} | {told} |" for code, (status, told) in codes.items())
    schemas["ProblemCode"] = ANY_TEXT | {
        "enum": list(codes),
        "description": f"Every refusal's code.\n\n| code | status | meaning |\n|---|---|---|\n{lines}",
    }
    schemas["FieldFault"] = ANY_TEXT | {
        "enum": fault_codes(),
        "description": "Which rule a single input broke, where it is none of the refusals' codes.",
    }
    for shape, lists in (("ProblemOut", ["ProblemCode"]), ("FieldProblemOut", ["ProblemCode", "FieldFault"])):
        told = schemas[shape]["properties"]["code"]
        told["anyOf"] = [{"$ref": f"#/components/schemas/{name}"} for name in lists] + [ANY_TEXT]
        del told["type"]
    result["components"]["schemas"] = dict(sorted(schemas.items()))
    return result


def open_lists(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Makes every list of codes in answers one that may grow: what is not on it is a text all the same.

    A client made from the description then reads a newer server's codes instead of failing on them.
    """
    schemas = result["components"]["schemas"]
    lists = {f"#/components/schemas/{name}" for name, schema in schemas.items() if "enum" in schema}
    for name, schema in schemas.items():
        if not name.endswith("Request"):
            for described in schema.get("properties", {}).values():
                _open(described, lists)
                _open(described.get("items", {}), lists)
    return result


def _open(schema: dict[str, Any], lists: set[str]) -> None:
    """Let a schema of a list of codes be any text besides."""
    options = next((schema[how] for how in ("allOf", "oneOf") if how in schema), [schema])
    if any(option.get("$ref") in lists for option in options):
        options = [dict(option) for option in options]
        for name in ("allOf", "oneOf", "$ref"):
            schema.pop(name, None)
        schema["anyOf"] = [*options, ANY_TEXT]


def tell_headers(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Tells each header once, and names it wherever it may be asked with or is answered."""
    components = result["components"]
    components["headers"] = ANSWERED
    components["parameters"] = {
        name: {"name": name, "in": "header", "required": False, **told} for name, told in ASKED.items()
    }
    for operations in result["paths"].values():
        for operation in operations.values():
            is_kept = "304" in operation["responses"]
            asked = [name for name in ASKED if is_kept or name != "If-None-Match"]
            operation["parameters"] = [
                *operation.get("parameters", ()),
                *({"$ref": f"#/components/parameters/{name}"} for name in asked),
            ]
            for status, response in operation["responses"].items():
                told = {name: {"$ref": f"#/components/headers/{name}"} for name in _answered(status, is_kept)}
                response["headers"] = response.get("headers", {}) | told
    return result


def _answered(status: str, is_kept: bool) -> list[str]:
    tag = ["ETag"] if is_kept and status in ("200", "304") else []
    return ["Content-Language", "Vary", *tag, *(["Retry-After"] if status == "429" else [])]


def share_refusals(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Tells once the refusals that are told alike wherever they are answered."""
    shared: dict[str, Any] = {}
    for operations in result["paths"].values():
        for operation in operations.values():
            for status, response in operation["responses"].items():
                if status >= "400" and response["description"] == Schema.words.get(status):
                    shared[f"Refused{status}"] = response
                    operation["responses"][status] = {"$ref": f"#/components/responses/Refused{status}"}
    result["components"]["responses"] = dict(sorted(shared.items()))
    return result


def tell_tags(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Puts what belongs together in the order in which a developer comes to need it."""
    result["tags"] = [{"name": name, "description": told} for name, told in TAGS.items()]
    return result


def tell_examples(result: dict[str, Any], **_: Any) -> dict[str, Any]:
    """Puts an example beside every JSON body that is sent."""
    schemas = result["components"]["schemas"]
    for operations in result["paths"].values():
        for operation in operations.values():
            body = operation.get("requestBody", {}).get("content", {}).get("application/json")
            if body is not None:
                body["example"] = _example(body["schema"], schemas)
    return result


def _example(schema: dict[str, Any], schemas: dict[str, Any], name: str = "") -> Any:
    """What a schema may be: of an object what it needs and what there is an example of."""
    for option in (schema, *schema.get("allOf", ()), *schema.get("oneOf", ())):
        if "$ref" in option:
            name = option["$ref"].rpartition("/")[2]
            return _example(schemas[name], schemas, name)
    if "properties" not in schema:
        return _value(schema, schemas)
    told = {key: example_for(name, key) for key in schema["properties"]}
    return {
        key: _example(inner, schemas) if told[key] is None else told[key]
        for key, inner in schema["properties"].items()
        if key in schema.get("required", ()) or told[key] is not None
    }


def _value(schema: dict[str, Any], schemas: dict[str, Any]) -> Any:
    """The first of its codes, or anything else of its type."""
    match schema:
        case {"enum": [first, *_]}:
            return first
        case {"type": "array"}:
            return [_example(schema["items"], schemas)]
        case {"type": "object"}:
            return {}
        case {"type": "boolean"}:
            return True
        case {"type": "integer"}:
            return schema.get("minimum", 1)
    return BY_FORMAT.get(schema.get("format", ""))
