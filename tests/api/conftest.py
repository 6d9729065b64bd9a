"""Fixtures of the API's tests: apps that sign in over HTTP."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from clinic.models import User
from tests.api.client import App


@pytest.fixture
def stranger(db: None) -> App:
    """An app in which nobody is signed in."""
    return App()


@pytest.fixture
def app_of(db: None) -> Callable[[User], App]:
    """`app_of(user)` is an app in which that person has signed in."""

    def signed_in(user: User) -> App:
        app = App()
        answer = app.sign_in(user)
        assert answer.status == 200, answer.body
        return app

    return signed_in
