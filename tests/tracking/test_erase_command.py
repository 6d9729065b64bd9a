"""What an operator reads and does about erasing, from the command line."""

from __future__ import annotations

import io
import re

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from clinic import rls
from clinic.belongings import reached_from
from clinic.models import Child
from tests import factories
from tests.cast import Cast
from tests.tracking.erasures import due_erasure
from tracking.models import Erasure
from tracking.services.holding import hold_record
from tracking.vocabulary.erasure import ErasureOf


def erase(*told: str) -> str:
    """What the command prints."""
    out = io.StringIO()
    call_command("erase", *told, stdout=out)
    return out.getvalue()


def of_cleo(cast: Cast) -> Erasure:
    return due_erasure(cast.harbor, ErasureOf.CHILD, cast.cleo.pk, by=cast.otto, confirmed_by=cast.theo)


def test_a_dry_run_lists_every_table_and_changes_nothing(cast: Cast) -> None:
    factories.record(cast)
    printed = erase("--child", str(cast.cleo.pk))
    listed = set(re.findall(r"^(\w+)  ", printed, re.MULTILINE))
    assert {table._meta.db_table for table in reached_from(Child)} <= listed
    assert re.search(r"^tracking_massagesession +[1-9]", printed, re.MULTILINE)
    assert "Nothing was changed" in printed
    assert Child.objects.filter(pk=cast.cleo.pk).exists()
    assert "planted" not in printed + erase("--person", str(cast.fay.pk), "--clinic", "harbor")


def test_what_is_due_is_carried_out_and_told(cast: Cast) -> None:
    factories.record(cast)
    assert erase() == "Nothing is under way.\n"
    of_cleo(cast)
    listed = erase()
    assert re.search(rf"harbor: child {cast.cleo.pk}, due \d{{4}}-", listed)
    printed = erase("--due")
    assert re.search(rf"child {cast.cleo.pk}: \d+ rows of \d+ tables are gone", printed)
    assert "1 carried out" in printed
    assert not Child.objects.filter(pk=cast.cleo.pk).exists()
    assert "planted" not in listed + printed
    assert erase("--due").startswith("0 carried out")


def test_what_is_not_confirmed_or_is_held_stays_and_is_said_to(cast: Cast) -> None:
    erasure = of_cleo(cast)
    with rls.acting_as(cast.otto, system="seeding"):
        hold_record(by=cast.otto, child=cast.cleo, reason="An inspection asks for it", now=rls.now())
    assert "stopped: the record is held" in erase()
    assert erase("--due").startswith("0 carried out")
    Erasure.objects.filter(pk=erasure.pk).update(confirmed_at=None, confirmed_by=None, due_at=None)
    assert "waits for a second person" in erase("--clinic", "harbor")
    assert erase("--clinic", "elsewhere") == "Nothing is under way.\n"


@pytest.mark.parametrize(
    ("told", "said"),
    [
        (["--child", "cleo"], "is no id"),
        (["--child", "01980000-0000-7000-8000-000000000000"], "There is no child"),
        (["--person", "01980000-0000-7000-8000-000000000000"], "say which with --clinic"),
        (["--clinic", "nowhere"], "There is no clinic nowhere"),
    ],
)
def test_mistakes_are_answered_plainly(cast: Cast, told: list[str], said: str) -> None:
    with pytest.raises(CommandError, match=said):
        erase(*told)
