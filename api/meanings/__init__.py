"""The meaning of every name in the API's description, given once.

A name means the same in every schema. Where it does not, or needs more, the serializer says so (`help_text`),
or an entry for one schema does: `"Home.name"` is for `HomeIn` and `HomeOut`.
"""

from __future__ import annotations

import re
from typing import Any

from api.meanings.addresses import ADDRESSES, QUERIES
from api.meanings.clinics import CLINICS
from api.meanings.codes import CODES
from api.meanings.entries import ENTRIES
from api.meanings.examples import EXAMPLES
from api.meanings.people import PEOPLE
from api.meanings.programs import PROGRAMS
from api.meanings.refusals import REFUSALS

MEANINGS: dict[str, str] = {**ENTRIES, **PROGRAMS, **PEOPLE, **CLINICS, **REFUSALS}

_IN_OR_OUT = re.compile(r"^Patched|(?:In|Out)?(?:Request)?$")


def meaning_of_codes(name: str) -> str | None:
    """What the list of codes is that stands in the description by that name; None: nobody has said."""
    return CODES.get(name)


def meaning(shape: str, name: str) -> str | None:
    """What `name` means in a shape of that name (`SessionOut`); None: nobody has said."""
    return MEANINGS.get(f"{_IN_OR_OUT.sub('', shape)}.{name}") or MEANINGS.get(name)


def example_for(shape: str, name: str) -> Any:
    """What `name` may be in a request of that shape; None: nothing is given for it."""
    return EXAMPLES.get(f"{_IN_OR_OUT.sub('', shape)}.{name}", EXAMPLES.get(name))


def meaning_of_parameter(name: str, place: str) -> str | None:
    """What a parameter means that stands in `place`: the path or the query."""
    return (ADDRESSES if place == "path" else QUERIES).get(name)
