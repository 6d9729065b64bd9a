"""Accounts: what allauth asks of us, answered through its adapter; no signals (architecture, rule 13)."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Nobody signs up alone: people join by invitation, or are added as staff."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  # allauth's signature
        return False

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """People have no user name, only an e-mail address or none."""
