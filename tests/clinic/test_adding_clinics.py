"""A further clinic, by the operator's command."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from clinic import policy, rls
from clinic.models import Clinic
from tests.cast import Cast, planted_email


def test_somebody_with_an_account_owns_the_new_clinic(cast: Cast, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("add_clinic", "Quay Therapy", zone="Europe/Lisbon", owner=planted_email("olga"))
    assert "/c/quay-therapy/" in capsys.readouterr().out
    clinic = Clinic.objects.get(slug="quay-therapy")
    with rls.acting_as(cast.olga):
        assert policy.may_change_clinic(cast.olga, clinic)


def test_what_cannot_be_adds_nothing_and_says_what(cast: Cast) -> None:
    with pytest.raises(CommandError, match="zone"):
        call_command("add_clinic", "Quay Therapy", zone="Lisbon", owner=planted_email("olga"))
    with pytest.raises(CommandError, match="email"):
        call_command("add_clinic", "Quay Therapy", zone="Europe/Lisbon", owner="no address")
    assert not Clinic.objects.filter(slug="quay-therapy").exists()
