"""The API's own description: served as it is committed, and complete."""

from __future__ import annotations

from collections.abc import Iterator

from django.test import Client
from django.urls import get_resolver
from rest_framework.fields import empty

from api.fields import Input
from clinic.services.connected_apps import Scope
from tests import access
from tests.api.client import description
from tests.database import ROOT

NOT_DESCRIBED = {"/api/v1/openapi.yaml", "/api/v1/docs/"}


def test_the_description_is_served_as_it_is_committed(db: None) -> None:
    response = Client().get("/api/v1/openapi.yaml")
    assert response.status_code == 200
    assert response.content == (ROOT / "docs" / "api" / "openapi.yaml").read_bytes()


def test_the_page_to_try_it_on_needs_nothing_from_elsewhere_and_no_inline_script(db: None) -> None:
    response = Client().get("/api/v1/docs/")
    page = response.content.decode()
    assert response.status_code == 200
    assert "script-src 'self'" in response.headers["Content-Security-Policy"]
    assert "://" not in page
    assert "<style" not in page
    assert "<script>" not in page
    assert page.count("<script src=") == 2


def test_every_address_of_the_api_is_described() -> None:
    assert get_resolver()
    declared = {
        f"{method} {address}"
        for address, methods in access.routes()
        for method in methods
        if address.startswith("/api/") and address not in NOT_DESCRIBED
    }
    described = {
        f"{method.upper()} {path.replace('{', '<').replace('}', '>')}"
        for path, operations in description()["paths"].items()
        for method in operations
        if method in ("get", "put", "post", "patch", "delete")
    }
    assert described == declared


def test_every_operation_has_a_name_of_its_own_and_says_how_it_is_refused() -> None:
    names = []
    for path, operations in description()["paths"].items():
        for method, operation in operations.items():
            names.append(operation["operationId"])
            assert "400" in operation["responses"], (method, path)
            assert "Retry-After" in operation["responses"]["429"]["headers"], (method, path)
    assert len(names) == len(set(names))


def test_the_description_is_openapi_3_1() -> None:
    assert description()["openapi"] == "3.1.0"
    assert description()["components"]["securitySchemes"]["bearer"]["scheme"] == "bearer"


def test_how_apps_of_others_are_let_in_is_described_for_every_operation_that_has_a_scope() -> None:
    flow = description()["components"]["securitySchemes"]["apps"]["flows"]["authorizationCode"]
    assert set(flow["scopes"]) == {str(scope) for scope in Scope}
    addresses = {address for address, _ in access.routes()}
    assert {flow["authorizationUrl"], flow["tokenUrl"]} <= addresses
    paths = description()["paths"]
    assert {"apps": ["record:read"]} in paths["/api/v1/children"]["get"]["security"]
    assert {"apps": ["record:write"]} in paths["/api/v1/batch"]["post"]["security"]
    assert paths["/api/auth/app/v1/auth/sessions"]["get"]["security"] == [{"bearer": []}]


def inputs(kind: type[Input] = Input) -> Iterator[type[Input]]:
    """What requests may hold: every class of it."""
    for one in kind.__subclasses__():
        yield one
        yield from inputs(one)


def test_a_default_that_is_told_may_be_sent() -> None:
    assert get_resolver().url_patterns  # with them every input is there
    told = [
        (field, field.default() if callable(field.default) else field.default)
        for one in inputs()
        for field in one().fields.values()
        if field.default is not empty
    ]
    assert len(told) > 100
    for field, default in told:
        field.run_validation(default)
