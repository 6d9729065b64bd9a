"""Accounts: what allauth asks of us, answered through its adapter; no signals (architecture, rule 13)."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Nobody signs up alone: people join by invitation, or are added as staff."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  # allauth's signature
        return False

    def populate_username(self, request: HttpRequest, user: Any) -> None:
        """People have no user name, only an e-mail address or none."""

    def get_phone(self, user: Any) -> None:
        """Nobody signs in by phone: there is no number to tell."""

    def clean_phone(self, phone: str) -> str:  # noqa: ARG002  # allauth's signature
        """Refuses every number."""
        raise forms.ValidationError(gettext("Signing in by phone is not offered here."), code="not_offered")
