"""An id in a page's form names what its sender may see, or is as unknown as one that was never given.

Forms are read off the pages that people are shown. Each field that names a row is sent another family's and
another clinic's like row, and nobody's: the answers are alike, to the byte.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator
from functools import cache

from tests import matrix
from tests.alike import difference
from tests.cast import Cast
from tests.forms import LOOKING, Form, shown, submitted
from tests.matrix import NOBODYS, World


def test_a_foreign_id_in_a_form_is_as_unknown_as_any(
    cast: Cast, say_at_the_end: Callable[[str], None]
) -> None:
    world = matrix.build(cast)
    told, asked, pairs = [], set(), 0

    @cache  # the same few rows are named on every page
    def likes(value: str) -> frozenset[object]:
        return frozenset(matrix.like(uuid.UUID(value), child) for child in (cast.fern, cast.cody)) - {NOBODYS}

    for actor, page, form, name, value in offered(world):
        route = routed(form.action)
        if (route, name) in asked:
            continue
        hidden = {one for one in likes(value) if str(one) not in page}
        if not hidden:
            continue
        asked.add((route, name))
        nobodys = submitted(world, actor, form, name, NOBODYS)
        for one in hidden:
            pairs += 1
            theirs = submitted(world, actor, form, name, one)
            if theirs != nobodys:
                told.append(f"{route} {name} as {actor}: {difference(theirs=theirs, nobodys=nobodys)}")
    say_at_the_end(
        f"fields of forms that name a row: {len(asked)}, pairs of foreign and unknown ids: {pairs}"
    )
    assert len(asked) > FEWEST_FIELDS
    assert not told, "\n".join(told)


FEWEST_FIELDS = 5


def offered(world: World) -> Iterator[tuple[str, str, Form, str, str]]:
    """Every field of a form that names a row, as somebody is shown it: who, page, form, field, row."""
    for actor, page, form in shown(world, LOOKING):
        yield from ((actor, page, form, name, value) for name, value in form.naming.items())


def routed(action: str) -> str:
    """An address without the ids in it."""
    return re.sub(r"[0-9a-f-]{36}", "<id>", action)
