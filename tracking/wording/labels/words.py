"""The type of a label: in full, on a tile, and for clinicians."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Words(NamedTuple):
    """`long` is the parent's wording; `tile` fits a button (empty: `long` does); `clinical` is the
    therapist's term and `more` an example or anchor beneath it, empty where there is none.
    """

    long: str | _StrPromise
    tile: str | _StrPromise = ""
    clinical: str | _StrPromise = ""
    more: str | _StrPromise = ""


Table: TypeAlias = dict[type[Enum], dict[Any, Words]]
